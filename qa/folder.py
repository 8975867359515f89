"""Several interviews are read at once, from files and folders."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from qa.cache import Cache, default_folder
from qa.errors import FileError, InterviewError
from qa.formats import EXTENSIONS, MAX_BYTES
from qa.interview import Interview
from qa.shelf import read_interview


def read_interviews(
    paths: Iterable[str | Path], max_bytes: int = MAX_BYTES, cache: Cache | None = None
) -> tuple[list[Interview], list[InterviewError]]:
    """The interviews in these files, and in the files that `find_files` finds in these folders.

    What cannot be read is told by an error each, and the others are read. What was read before, and has
    not changed, comes from the cache: by default the user's own.
    """
    cache = cache or Cache(default_folder())
    interviews: list[Interview] = []
    files, errors = find_files(paths)
    for file in files:
        try:
            interviews.append(read_interview(file, cache, max_bytes))
        except InterviewError as e:
            errors.append(e)
    return interviews, errors


def find_files(paths: Iterable[str | Path]) -> tuple[list[Path], list[InterviewError]]:
    """The files themselves, and all of a readable kind in the folders and those below them, by name.

    Hidden files are passed over; a folder without any that can be read is told by an error.
    """
    found: list[Path] = []
    errors: list[InterviewError] = []
    for path in map(Path, paths):
        files = _inside(path) if path.is_dir() else [path]
        if not files:
            known = ", ".join(EXTENSIONS)
            errors.append(FileError(path, f"This folder holds no interview. Put files in it that end in {known}."))
        found += files
    return found, errors


def _inside(folder: Path) -> list[Path]:
    return sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in EXTENSIONS
        and path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )
