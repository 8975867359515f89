"""Interviews become vectors: of each passage, and of each sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from qa.cache import Cache
from qa.datatypes import spoken
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

    A passage is embedded with its speakers' names, and with the question that it replies to.
    `progress` is called with the share that is done, from 0 on.
    """
    import numpy as np

    maker = encoder.fingerprint if isinstance(encoder, Named) else None
    total = sum(len(i.passages) + len(i.sentences) for i in interviews)
    embedded, done = [], 0
    for interview in interviews:
        texts = [spoken(p.context) for p in interview.passages] + [spoken([s]) for s in interview.sentences]
        vectors = cache.load(maker, texts) if maker else None
        if vectors is None:
            parts = []
            for start in range(0, len(texts), _BATCH):
                progress((done + start) / total)
                parts.append(encoder.encode(texts[start : start + _BATCH]))
            vectors = np.concatenate(parts)
            if maker:
                cache.save(maker, texts, vectors)
        done += len(texts)
        split = len(interview.passages)
        embedded.append(Embedded(vectors[:split], vectors[split:]))
    return embedded
