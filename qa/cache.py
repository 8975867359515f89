"""What was worked out once is kept on disk: vectors, and interviews as they were cut."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from qa.datatypes import Vectors

VARIABLE = "INTERVIEW_QA_CACHE"
"""Names the folder where the environment has it; empty, nothing is kept."""
_SUFFIX, _NOTE, _PREFIX, _PART = ".npy", ".note", "interview-qa-", ".part"
_OURS = re.compile(rf"[0-9a-f]{{64}}(?:\{_SUFFIX}|\{_NOTE})|{_PREFIX}.*\{_PART}")
_OFF_LENGTH = 1e-2  # a vector whose length is further from 1 was damaged


def default_folder() -> Path | None:
    """The folder that VARIABLE names, None where that is empty, else one under the user's own cache."""
    from platformdirs import user_cache_path  # imported here: `import qa` must be instant

    named = os.environ.get(VARIABLE)
    if named is None:
        return user_cache_path("interview-qa", appauthor=False)
    return Path(named) if named else None


class Cache:
    """Unit vectors of texts, a file a list of texts, named by these (see `digest`) and by what made them; and notes.

    Nothing that goes wrong here stops the program: what cannot be read is missing, what cannot be
    written is not kept. Safe to share among threads and processes: files appear whole.
    """

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    def load(self, maker: str, name: str, count: int) -> Vectors | None:
        """This maker's vectors of the `count` texts of this name, shape (count, dimensions); None without.

        They are mapped from the file.
        """
        import numpy as np

        if not self.folder:
            return None
        try:
            vectors: Vectors = np.load(
                self.folder / (self.key(maker, name) + _SUFFIX), mmap_mode="r", allow_pickle=False
            )
            is_sound = vectors.ndim == 2 and len(vectors) == count and vectors.dtype == np.float32
            lengths = np.einsum("ij,ij->i", vectors, vectors) if is_sound else np.zeros(1)
        except (OSError, ValueError, EOFError, SyntaxError):  # numpy raises these for damaged files
            return None
        return vectors if bool((abs(lengths - 1) < _OFF_LENGTH).all()) else None

    def save(self, maker: str, name: str, vectors: Vectors) -> None:
        """Keep the vectors of the texts of this name, shape (texts, dimensions)."""
        import numpy as np

        if self.folder:
            self._write(self.folder / (self.key(maker, name) + _SUFFIX), lambda part: np.save(part, vectors))

    def load_note(self, key: str) -> str | None:
        """The text that was kept under a key (letters and digits); None where there is none, or it is damaged."""
        if not self.folder:
            return None
        try:
            digest, _, data = (self.folder / (key + _NOTE)).read_bytes().partition(b"\n")
        except OSError:
            return None
        return data.decode("utf-8", "surrogatepass") if digest == _digest(data) else None

    def save_note(self, key: str, text: str) -> None:
        """Keep a text under a key."""
        data = text.encode("utf-8", "surrogatepass")
        if self.folder:
            self._write(self.folder / (key + _NOTE), lambda part: part.write(_digest(data) + b"\n" + data))

    def _write(self, path: Path, write: Callable[[IO[bytes]], object]) -> None:
        import tempfile  # a twentieth of what `import qa` takes

        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=path.parent, prefix=_PREFIX, suffix=_PART, delete=False) as part:
                try:
                    write(part)
                    part.close()
                    Path(part.name).replace(path)
                except BaseException:
                    Path(part.name).unlink()
                    raise

    def size(self) -> int:
        """The bytes that are kept."""
        size = 0
        for path in self._files():
            with contextlib.suppress(OSError):  # another process may have removed it
                size += path.stat().st_size
        return size

    def clear(self) -> int:
        """Remove all that is kept, and what was left half written; returns the bytes that became free."""
        freed = 0
        for path in self._files():
            with contextlib.suppress(OSError):
                size = path.stat().st_size
                path.unlink()
                freed += size
        return freed

    def _files(self) -> list[Path]:
        """What was made here; others may have files in this folder, too."""
        return [p for p in self.folder.glob("*") if _OURS.fullmatch(p.name)] if self.folder else []

    @staticmethod
    def key(maker: str, name: str) -> str:
        """Names a maker's vectors of the texts of this name."""
        return digest([maker, name])


def digest(texts: Iterable[str]) -> str:
    """Names these texts, in their order."""
    made = hashlib.sha256()
    for text in texts:
        data = text.encode("utf-8", "surrogatepass")
        made.update(len(data).to_bytes(8, "big") + data)
    return made.hexdigest()


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()
