"""The text of a PDF, with the page that each part of it stands on."""

from __future__ import annotations

import logging
import re
import time
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from io import BytesIO
from math import hypot, isfinite
from typing import TYPE_CHECKING, Any

from qa.formats.pages import Line, PagedText
from qa.formats.paragraphs import join_pages
from qa.formats.pdf_spacing import with_moves

if TYPE_CHECKING:
    from pypdf import PageObject

MAX_PAGES = 5_000
MAX_CHARACTERS = 20_000_000
MAX_UNPACKED = 8_000_000
"""Bytes of one stream; the text of a page takes some thousand."""
MAX_SECONDS = 60.0

_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_HYPHENS = dict.fromkeys([0xAD, 0x2010, 0x2011], "-")  # a soft hyphen that is drawn is a hyphen
_MENDED = {**_LIGATURES, **_HYPHENS, 0xF0B7: "•"}
_NO_CHARACTER = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")


class _TooLongError(Exception):
    """The file takes more time, or holds more text, than it may."""


def read_pdf(data: bytes) -> PagedText:
    """The text of all pages, as `join_pages` makes it; pages that are only pictures are said to be missing.

    Raises ValueError, with sentences that say what is wrong and what to do, where `data` is no PDF, is
    encrypted, damaged, too large, or a scan without text.
    """
    # imported here, as its 150 ms are of use to these files only
    from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError

    if b"%PDF-" not in data[:1024]:
        raise ValueError("This file ends in .pdf but is no PDF. Open it in the program that wrote it and save it anew.")
    try:
        with _quiet():
            pages, pictures = _pages(data, time.monotonic() + MAX_SECONDS)
    except (_TooLongError, LimitReachedError) as e:
        raise ValueError("This PDF holds more than can be read at once. Split it into several files.") from e
    except FileNotDecryptedError as e:
        raise ValueError("This PDF is protected with a password. Open it and save it without one.") from e
    except Exception as e:  # pypdf: “broken PDF files might cause other Exceptions”
        if isinstance(e, DependencyError) and b"/Encrypt" in data:
            problem = "This PDF is encrypted. Open it, and print it to a new PDF, without a password."
            raise ValueError(problem) from e
        raise ValueError("This PDF is damaged. Open it in another program and print it to a new PDF.") from e
    if not any(map(str.isalnum, "".join(line.text for page in pages for line in page))):
        raise ValueError("This PDF holds no text; it may be a scan. Have its text recognised (OCR), then try again.")
    joined = join_pages(pages)
    return replace(joined, missing=_missing(pictures - {number for _, number in joined.starts}))


def _pages(data: bytes, deadline: float) -> tuple[list[list[Line]], set[int]]:
    """The lines of each page, and the numbers of those that show pictures."""
    from pypdf import PasswordType, PdfReader, apply_configuration
    from pypdf.errors import FileNotDecryptedError, PdfReadError

    if b"startxref" not in data[-2048:]:
        raise PdfReadError("the end is missing")  # pypdf would read the pages that are left
    with apply_configuration(
        zlib_maximum_output_length=MAX_UNPACKED,
        lzw_maximum_output_length=MAX_UNPACKED,
        run_length_maximum_output_length=MAX_UNPACKED,
        array_based_stream_maximum_output_length=MAX_UNPACKED,
        page_tree_maximum_entries=2 * MAX_PAGES,
    ):
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
            raise FileNotDecryptedError
        if not 0 < len(reader.pages) <= MAX_PAGES:
            raise _TooLongError if len(reader.pages) else PdfReadError("no page")
        characters = 0
        pages: list[list[Line]] = []
        pictures: set[int] = set()
        for number, page in enumerate(reader.pages, 1):
            if number % 20 == 0:
                reader.resolved_objects.clear()  # which hold all that was unpacked
            lines, draws = _lines(page, deadline)
            with suppress(Exception):  # a damaged picture takes nothing from the text
                if draws and _has_picture(page):
                    pictures.add(number)
            characters += sum(len(line.text) for line in lines)
            if characters > MAX_CHARACTERS:
                raise _TooLongError
            pages.append(lines)
        return pages, pictures


def _has_picture(page: Any, depth: int = 3) -> bool:
    """Whether a page, or a form on it, has a picture among what it may draw."""
    found = page
    for name in ("/Resources", "/XObject"):
        found = found.get(name)
        found = found and found.get_object()
        if not isinstance(found, dict):
            return False
    parts = [part.get_object() for part in found.values()]
    if any(part.get("/Subtype") == "/Image" for part in parts):
        return True
    return depth > 0 and any(_has_picture(part, depth - 1) for part in parts)


def _missing(numbers: Iterable[int]) -> str:
    """A sentence about the pages with these numbers, which are not in the text.

    >>> _missing({4, 7, 8, 9, 12})
    'Pages 4, 7–9 and 12 are pictures, perhaps scans, and cannot be searched. To search them, have their text \
recognised (OCR), then open the file again.'
    >>> _missing({4})[:40], _missing(())
    ('Page 4 is a picture, perhaps a scan, and', '')
    """
    runs: list[list[int]] = []
    for number in sorted(numbers):
        runs[-1].append(number) if runs and runs[-1][-1] == number - 1 else runs.append([number])
    if not runs:
        return ""
    *most, last = [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]
    if len(runs) == len(runs[0]) == 1:
        told, them, text = f"Page {last} is a picture, perhaps a scan,", "it", "its text"
    else:
        which = f"{', '.join(most)} and {last}" if most else last
        told, them, text = f"Pages {which} are pictures, perhaps scans,", "them", "their text"
    return f"{told} and cannot be searched. To search {them}, have {text} recognised (OCR), then open the file again."


def _lines(page: PageObject, deadline: float) -> tuple[list[Line], bool]:
    """The lines of a page that hold something, in the order of the file; and whether it draws pictures or forms."""
    lines: list[Line] = []
    pieces: list[str] = []
    place = (0.0, 0.0, 0.0)
    draws = False

    def check(operation: object = None, *_: object) -> None:
        nonlocal draws
        draws = draws or operation == b"Do"
        if time.monotonic() > deadline:
            raise _TooLongError

    def add(text: str, outer: list[float], inner: list[float], _font: Any, size: float) -> None:
        nonlocal place
        for at, piece in enumerate(text.split("\n")):
            if at:
                end()
            if piece.strip():
                if not any(map(str.strip, pieces)):
                    place = _place(outer, inner, size)
                pieces.append(piece)
            elif piece:
                pieces.append(" ")

    def end() -> None:
        text = " ".join(_NO_CHARACTER.sub("", "".join(pieces).translate(_MENDED)).split())
        if text:
            lines.append(Line(text, *place))
        pieces.clear()

    with_moves(page, check).extract_text(visitor_operand_before=check, visitor_text=add)
    end()
    check()
    return lines, draws


def _place(outer: list[float], inner: list[float], size: float) -> tuple[float, float, float]:
    """Where text begins along its own direction, how far down across it, and the height of its letters.

    `inner` and `outer` are the matrices of the text and of the page, six numbers each, as PDF has them.

    >>> _place([1, 0, 0, 1, 0, 0], [1, 0, 0, 1, 72, 700], 12)
    (72.0, -700.0, 12.0)
    """
    a, b, c, d, e, f = inner
    A, B, C, D, E, F = outer  # noqa: N806
    right, up = a * A + b * C, a * B + b * D
    x, y = e * A + f * C + E, e * B + f * D + F
    length = hypot(right, up)
    right, up = (right / length, up / length) if length else (1.0, 0.0)
    place = x * right + y * up, x * up - y * right, abs(size) * hypot(c * A + d * C, c * B + d * D)
    return place if all(map(isfinite, place)) else (0.0, 0.0, 0.0)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep pypdf from logging what it mends: the file is the user's, who can do nothing about it."""
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(level)
