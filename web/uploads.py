"""The folder that uploaded files pass through: they stay until they are read, and never fill the disk."""

from __future__ import annotations

import contextlib
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from qa import MAX_BYTES, EmptyInterviewError, FileError, Interview

LARGEST = MAX_BYTES
"""Bytes of one file."""
ENVELOPE = 10_000
"""Bytes that an upload may have beside its file."""
ROOM = 25 * LARGEST
"""Bytes that may lie in the folder, or be on their way to it."""
OLDEST = 600.0
"""Seconds; a file that nobody read by then was broken off or left behind."""
BROKEN = "This file did not arrive whole. Open it once more."


class Uploads:
    """A folder of our own. Each file comes under a name that nobody can guess, and is read by who sent it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.coming = 0
        """Bytes on their way."""

    def refusal(self, length: str) -> int:
        """The HTTP status that refuses an upload with this Content-Length; 0 lets it pass."""
        if not length.isdecimal():
            return 411
        if int(length) > LARGEST + ENVELOPE:
            return 413
        self.sweep()
        lying = sum(status.st_size for path, status in self._lying() if not path.is_dir())
        return 507 if lying + self.coming + int(length) > ROOM else 0

    def sweep(self) -> None:
        """Delete what is too old."""
        for path, status in self._lying():
            if time.time() - status.st_mtime > OLDEST:
                with contextlib.suppress(OSError):
                    path.rmdir() if path.is_dir() else path.unlink()

    def _lying(self) -> Iterator[tuple[Path, os.stat_result]]:
        """What lies here, each folder after what is in it; what others take away meanwhile is passed over."""
        for folder, folders, files in os.walk(self.folder, topdown=False):
            for name in (*files, *folders):
                path = Path(folder, name)
                try:
                    status = path.stat()
                except OSError:
                    continue
                yield path, status

    def take(self, path: str, name: str) -> Interview:
        """The interview in an uploaded file, which is deleted; `name` is what its owner calls it.

        Raises FileError or EmptyInterviewError, which say that name.
        """
        self.sweep()
        with tempfile.TemporaryDirectory(dir=self.folder) as room:
            file = Path(room) / _safe(name)
            try:
                sent = Path(path).resolve()
                if not (sent.is_relative_to(self.folder) and sent.is_file()):
                    raise FileError(name, BROKEN)
                sent.rename(file)  # its folder stays for now: the same text may be on its way there again
            except (OSError, ValueError) as e:
                raise FileError(name, BROKEN) from e
            try:
                return Interview.from_file(file)
            except FileError as e:
                raise FileError(name, e.problem) from e
            except EmptyInterviewError as e:
                raise EmptyInterviewError(name) from e


def _safe(name: str) -> str:
    r"""The last part of a name, in as many bytes as a file system takes, with its extension.

    >>> _safe("a/b\\talk.txt"), len(_safe("é" * 999 + ".txt"))
    ('talk.txt', 104)
    """
    last = Path(name.replace("\\", "/").replace("\0", "")).name.encode("utf-8", "replace").decode() or "file"
    stem, suffix = Path(last).stem, Path(last).suffix[:20]
    return stem.encode()[:200].decode(errors="ignore") + suffix
