"""A file becomes text; its extension says how it is read."""

from __future__ import annotations

import stat
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Literal

from qa.errors import FileError
from qa.formats.content import Content
from qa.formats.text import decode

# What reads a kind of file is imported where it is needed: `import qa` must stay instant.

MAX_BYTES = 20_000_000
_MEGABYTE = 1_000_000
_MOST_PIECES = 1_000_000
"""In memory, a line of subtitles or an object of JSON takes some 200 bytes, however short it is in the file."""
_STARS = "**"
_TOO_MANY = "This file holds more than can be read at once. Split it into several files."


def read(path: Path, max_bytes: int = MAX_BYTES) -> Content:
    """What the file holds, read as its extension says.

    Raises FileError as `load` does, and where the file does not hold what its extension says.
    """
    return read_data(path, load(path, max_bytes))


def load(path: Path, max_bytes: int = MAX_BYTES) -> bytes:
    """The bytes of a file.

    Raises FileError where there is no such file, it cannot be opened, its extension is none of EXTENSIONS,
    or it is larger than `max_bytes`.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode) and not path.is_dir():
            raise FileError(path, "This is a device or a pipe. Name a file.")
        with path.open("rb") as file:
            _reader(path)  # before a large file is read in vain
            data = file.read(max_bytes + 1)
    except FileNotFoundError as e:
        raise FileError(path, "There is no such file. Check its name and folder.") from e
    except IsADirectoryError as e:
        raise FileError(path, "This is a folder. Name one file.") from e
    except (OSError, ValueError) as e:
        problem = e.strerror if isinstance(e, OSError) else e
        raise FileError(path, f"This file cannot be opened ({problem}). Check that you may read it.") from e
    if len(data) > max_bytes:
        limit = f"{max_bytes / _MEGABYTE:g} MB"
        raise FileError(path, f"This file is larger than {limit}. Split it into several files.")
    return data


def read_data(path: Path, data: bytes) -> Content:
    """What a file of this name with this content holds; raises FileError as `read` does."""
    reader = _reader(path)
    try:
        return reader(data) if data else Content("")
    except ValueError as e:
        raise FileError(path, str(e)) from e


def _reader(path: Path) -> Callable[[bytes], Content]:
    """What reads a file of this name; it raises ValueError, with sentences for the user, where it cannot."""
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        known = f"{', '.join(EXTENSIONS[:-1])} or {EXTENSIONS[-1]}"
        raise FileError(path, f"Files of this kind cannot be read. Save the text as {known}.")
    return reader


def _text(data: bytes) -> Content:
    from qa.formats.line_numbers import without_numbers

    return _text_or_captions(data, without_numbers)


def _markdown(data: bytes) -> Content:
    from qa.formats.markdown import read_markdown

    return _text_or_captions(data, read_markdown)


def _text_or_captions(data: bytes, tidied: Callable[[str], str]) -> Content:
    """What a text holds, which may be subtitles that were saved under its name."""
    from qa.formats.cues import kind_of
    from qa.formats.labels import split_labels

    text = decode(data)
    kind = kind_of(text)
    return _captions(text, kind) if kind else split_labels(tidied(text))


def _docx(data: bytes) -> Content:
    from qa.formats.docx import read_docx
    from qa.formats.labels import split_labels

    document = read_docx(data)
    content = split_labels(document.text)
    if _STARS in document.text:
        plain = read_docx(data, plain=True)
        if not content.marks or content.text.count(_STARS) > plain.text.count(_STARS):
            content = split_labels(plain.text)  # what is set in bold type was no name
    return replace(content, title=document.title)


def _pdf(data: bytes) -> Content:
    from qa.formats.labels import split_labels
    from qa.formats.pdf import read_pdf

    pages = read_pdf(data)
    return replace(split_labels(pages.text, pages.starts), missing=pages.missing)


def _subtitles(data: bytes, kind: Literal["vtt", "srt"]) -> Content:
    return _captions(decode(data), kind)


def _captions(text: str, kind: Literal["vtt", "srt"]) -> Content:
    from qa.formats.cues import holds_nothing
    from qa.formats.subtitles import read_subtitles

    if text.count("\n") > _MOST_PIECES:
        raise ValueError(_TOO_MANY)
    if holds_nothing(text, kind):
        return Content("")
    try:
        return read_subtitles(text, kind)
    except ValueError as e:
        problem = f"This file ends in .{kind} but holds no subtitles. Save them anew, or save the text as .txt."
        raise ValueError(problem) from e


def _json(data: bytes) -> Content:
    from qa.formats.whisper import read_whisper

    text = decode(data)
    if not text.strip():
        return Content("")
    if text.count("{") + text.count("[") > _MOST_PIECES:
        raise ValueError(_TOO_MANY)
    try:
        return read_whisper(text)
    except ValueError as e:
        raise ValueError(
            "This file ends in .json but is no transcript of Whisper. Save the transcript as .vtt, .srt or .txt."
        ) from e


_READERS: dict[str, Callable[[bytes], Content]] = {
    ".txt": _text,
    ".md": _markdown,
    ".docx": _docx,
    ".pdf": _pdf,
    ".vtt": partial(_subtitles, kind="vtt"),
    ".srt": partial(_subtitles, kind="srt"),
    ".json": _json,
}
EXTENSIONS = tuple(_READERS)
