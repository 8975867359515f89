"""Interviews become vectors: of each passage, and of each sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from qa.cache import Cache
from qa.encoder import Encoder
from qa.interview import Interview

if TYPE_CHECKING:
    from qa.datatypes import Vectors

_BATCH = 256  # texts; progress is told after each


@runtime_checkable
class Named(Protocol):
    """An encoder whose vectors can be kept, since it can tell them from those of another."""

    @property
    def fingerprint(self) -> str:
        """The same for encoders that give the same vectors, and for no others."""
        ...


@dataclass(frozen=True, slots=True)
class Embedded:
    """The unit vectors of one interview."""

    passages: Vectors
    """Shape (passages, dimensions)."""
    sentences: Vectors
    """Shape (sentences, dimensions)."""


def embed(
    interviews: Sequence[Interview], encoder: Encoder, cache: Cache, progress: Callable[[float], object]
) -> list[Embedded]:
    """The vectors of each interview; those that the cache holds are not made again.

    `progress` is called with the share that is done of the others, from 0 on.
    """
    import numpy as np

    maker = encoder.fingerprint if isinstance(encoder, Named) else None
    outlines = [interview.outline for interview in interviews]
    kept = [cache.load(maker, o.name, o.passages + o.sentences) if maker else None for o in outlines]
    total = sum(o.passages + o.sentences for o, vectors in zip(outlines, kept, strict=True) if vectors is None)
    embedded, done = [], 0
    for interview, outline, vectors in zip(interviews, outlines, kept, strict=True):
        if vectors is None:
            texts, parts = interview.to_embed(), []
            for start in range(0, len(texts), _BATCH):
                progress((done + start) / total)
                parts.append(encoder.encode(texts[start : start + _BATCH]))
            vectors = np.concatenate(parts)
            if maker:
                cache.save(maker, outline.name, vectors)
            done += len(texts)
        embedded.append(Embedded(vectors[: outline.passages], vectors[outline.passages :]))
    return embedded
