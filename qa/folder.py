"""Several interviews are read at once, from files and folders."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from qa.errors import FileError, InterviewError
from qa.formats import EXTENSIONS, MAX_BYTES
from qa.interview import Interview


def read_interviews(
    paths: Iterable[str | Path], max_bytes: int = MAX_BYTES
) -> tuple[list[Interview], list[InterviewError]]:
    """The interviews in these files, and in all files of a readable kind in these folders and those below them.

    A folder's are in the order of their names; hidden files are passed over. What cannot be read is
    told by an error each, and the others are read.
    """
    interviews: list[Interview] = []
    errors: list[InterviewError] = []
    for path in map(Path, paths):
        files = _files(path) if path.is_dir() else [path]
        if not files:
            known = ", ".join(EXTENSIONS)
            errors.append(FileError(path, f"This folder holds no interview. Put files in it that end in {known}."))
        for file in files:
            try:
                interviews.append(Interview.from_file(file, max_bytes=max_bytes))
            except InterviewError as e:
                errors.append(e)
    return interviews, errors


def _files(folder: Path) -> list[Path]:
    return sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in EXTENSIONS
        and path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )
