"""Memory that is no longer needed goes back to the system.

glibc gives each thread a heap of its own and keeps what lay there: twenty visitors who opened an interview each
left 700 MB behind, and leave nothing so (`python -m benchmarks.load`). Elsewhere this does nothing.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable

_ARENA_MAX = -8
"""The number of this setting in glibc's malloc.h."""
_HEAPS = 2


def share() -> None:
    """Have all threads that begin from now on share a few heaps."""
    if mallopt := _function("mallopt"):
        mallopt(_ARENA_MAX, _HEAPS)


def give_back() -> None:
    """Hand what is free back to the system."""
    if trim := _function("malloc_trim"):
        trim(0)


def _function(name: str) -> Callable[..., object] | None:
    """This function of the C library, None where it has none."""
    return getattr(ctypes.CDLL(None), name, None) if sys.platform == "linux" else None
