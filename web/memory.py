"""Vectors are kept in memory, so that what was embedded once is not embedded again when more is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa import Cache

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Vectors = npt.NDArray[np.float32]


class Memory(Cache):
    """Vectors for as long as this lives; what it lacks is looked for in `behind`.

    `keeps_behind` has `behind` keep what is new, too: a visitor's texts must not be written anywhere.
    """

    def __init__(self, behind: Cache, *, keeps_behind: bool) -> None:
        super().__init__(None)
        self.behind = behind
        self.keeps_behind = keeps_behind
        self._kept: dict[str, Vectors] = {}

    def load(self, maker: str, name: str, count: int) -> Vectors | None:
        """This maker's vectors of the `count` texts of this name; None without."""
        key = self.key(maker, name)
        vectors = self._kept.get(key)
        if vectors is None:
            vectors = self.behind.load(maker, name, count)
            if vectors is not None and self.keeps_behind:
                self._kept[key] = vectors
        return vectors

    def save(self, maker: str, name: str, vectors: Vectors) -> None:
        """Keep the vectors of the texts of this name."""
        self._kept[self.key(maker, name)] = vectors
        if self.keeps_behind:
            self.behind.save(maker, name, vectors)
