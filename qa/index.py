"""Vectors are searched for the nearest by cosine, exactly."""

from __future__ import annotations

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
        """The `k` rows nearest to a unit vector, each with its cosine, nearest first; equals in their order.

        Takes O(n) for the choice: the k-th greatest is found by partition, and only what is chosen is sorted.
        """
        import numpy as np

        if k < 1:
            raise ValueError(f"k must be at least 1: {k=}")
        cosines = self.cosines(query)
        rows = np.arange(len(cosines))
        if k < len(cosines):
            least = np.partition(cosines, -k)[-k]
            above = rows[cosines > least]
            rows = np.concatenate([above, rows[cosines == least][: k - len(above)]])
        rows = rows[np.lexsort((rows, -cosines[rows]))]
        return [(int(row), float(cosines[row])) for row in rows]
