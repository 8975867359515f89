"""Vectors are searched for the nearest by cosine, exactly."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.datatypes import Vectors


class Index:
    """Unit vectors, one a row, shape (n, dimensions); n may be 0."""

    def __init__(self, vectors: Vectors) -> None:
        if vectors.ndim != 2:
            raise ValueError(f"vectors must have two dimensions, not {vectors.ndim}")
        self.vectors = vectors

    def cosines(self, query: Vectors) -> Vectors:
        """The cosine of a unit vector, shape (dimensions,), and each row: shape (n,)."""
        return self.vectors @ query

    def nearest(self, query: Vectors, k: int) -> list[tuple[int, float]]:
        """The `k` rows nearest to a unit vector, each with its cosine, nearest first; equals in their order."""
        return [(row, cosine) for _, row, cosine in nearest([self], [0], query, k)]


def nearest(indexes: Sequence[Index], numbers: Iterable[int], query: Vectors, k: int) -> list[tuple[int, int, float]]:
    """The `k` rows nearest to a unit vector in the indexes that are numbered, as (number, row, cosine).

    Nearest first, equals in their order. Takes O(n) for the choice: the k-th greatest is found by
    partition, and only what is chosen is sorted.
    """
    import numpy as np

    if k < 1:
        raise ValueError(f"k must be at least 1: {k=}")
    chosen = list(numbers)
    parts = [indexes[number].cosines(query) for number in chosen]
    if not parts:
        return []
    cosines = np.concatenate(parts)
    places = np.arange(len(cosines))
    if k < len(cosines):
        least = np.partition(cosines, -k)[-k]
        above = places[cosines > least]
        places = np.concatenate([above, places[cosines == least][: k - len(above)]])
    places = places[np.lexsort((places, -cosines[places]))]
    starts = np.cumsum([0, *map(len, parts)])
    return [
        (chosen[part], int(place - starts[part]), float(cosines[place]))
        for place, part in zip(places, np.searchsorted(starts, places, side="right") - 1, strict=True)
    ]
