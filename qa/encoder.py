"""Text becomes unit vectors whose dot product is the cosine of what the texts mean."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from qa.errors import ModelError
from qa.runtime import best_device, folder_of, has_bfloat16, in_turn, quiet
from qa.surrogates import without_surrogates

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

    from qa.datatypes import Vectors


class Encoder(Protocol):
    """Anything that turns texts into vectors; the pipeline takes any."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row of length 1 for each text: shape (len(texts), dimensions)."""
        ...


class SentenceEncoder:
    """A sentence-transformers model: the bundled all-MiniLM-L6-v2, or another by path or name.

    The model loads at the first `encode`, once a process, and from this machine only. `device` is
    "cpu", "cuda" or "mps"; without it a GPU is taken where there is one. Safe to share among threads.
    """

    def __init__(self, model: str | Path | None = None, device: str | None = None) -> None:
        self.model = model
        self.device = device

    @property
    def fingerprint(self) -> str:
        """Names the model, as it lies on this machine, and the type of number that it computes with.

        Raises ModelError as `encode` does.
        """
        model = self._loaded()
        folder = Path(folder_of(None if self.model is None else str(self.model)))
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        sizes = [(str(path.relative_to(folder)), path.stat().st_size) for path in files]
        weights = folder / "model.safetensors"
        changed = "" if self.model is None or not weights.exists() else weights.stat().st_mtime_ns
        return f"{self.model or 'bundled'} {sizes} {changed} {model.dtype} {model.device.type}"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, shape (len(texts), dimensions), float32.

        Raises ModelError where the model is not on this machine.
        """
        import numpy as np

        model = self._loaded()
        clean = [without_surrogates(text) for text in texts]  # they would stop the tokenizer
        vectors = in_turn(lambda: model.encode(clean, show_progress_bar=False, convert_to_tensor=True))
        array: Vectors = vectors.float().cpu().numpy()
        array /= np.linalg.norm(array, axis=1, keepdims=True)
        return array

    def _loaded(self) -> SentenceTransformer:
        return _load(None if self.model is None else str(self.model), self.device)


def bundled_embeddings(device: str) -> tuple[Any, Any]:
    """The bundled model's torch modules that give a vector to each word piece and each place, for others to share."""
    transformer: Any = _load(None, device)[0]
    embeddings = transformer.auto_model.embeddings
    return embeddings.word_embeddings, embeddings.position_embeddings


_loading = threading.Lock()


def _load(model: str | None, device: str | None) -> SentenceTransformer:
    with _loading:  # so that two askers who come at once do not load it twice
        return _load_once(model, device or best_device())  # whoever names that device shares what is loaded


@lru_cache(maxsize=4)
def _load_once(model: str | None, device: str) -> SentenceTransformer:
    # imported here: torch and transformers take seconds, which `import qa` must not
    import torch

    with quiet():
        from sentence_transformers import SentenceTransformer

        kwargs: dict[str, Any] = {"dtype": torch.bfloat16} if has_bfloat16(device) else {}
        try:
            folder = folder_of(model)
            loaded = SentenceTransformer(folder, device=device, local_files_only=True, model_kwargs=kwargs)
        except (OSError, ValueError) as e:
            raise ModelError(
                str(model), "is not on this machine. Give the path of a sentence-transformers model."
            ) from e
    return loaded.eval()
