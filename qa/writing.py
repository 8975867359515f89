"""What goes into a file stays text, in every kind of file, and the file appears whole or not at all."""

from __future__ import annotations

import contextlib
import io
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from qa.errors import FileError
from qa.surrogates import without_surrogates

Writer = TypeVar("Writer")

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What begins with one of these is taken for a formula by a spreadsheet; the wide ones by a Japanese one."""

# ":" where it would begin an address or an emoji, "." where www would be an address
_MARKUP = re.compile(r"[\\`*_{}\[\]<>#|~$&]|:(?=//|[a-z_])|(?<=www)\.", re.IGNORECASE)
_NOT_IN_XML = re.compile("[\0-\b\v\f\x0e-\x1f\ufffe\uffff]")


def inert(text: str) -> str:
    """Text that no spreadsheet takes for a formula: with an apostrophe in front where it might.

    >>> inert("=1+1"), inert("three years ago")
    ("'=1+1", 'three years ago')
    """
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text


def csv_of(table: Iterable[Sequence[str]]) -> bytes:
    """The table as CSV, in which no cell is a formula."""
    import csv  # imported here, as is all that `import qa` can do without

    out = io.StringIO()
    csv.writer(out).writerows([inert(text) for text in line] for line in table)
    return out.getvalue().encode("utf-8-sig", "replace")  # with the mark by which a spreadsheet knows UTF-8


def escape_markdown(text: str) -> str:
    r"""Text in which nothing is Markdown, unless it begins a line.

    >>> print(escape_markdown("[a](http://b.c) <i> *d*, 12:31"))
    \[a\](http\://b.c) \<i\> \*d\*, 12:31
    """
    return _MARKUP.sub(r"\\\g<0>", text)


def without_controls(text: str) -> str:
    r"""Text without the few characters that a Word or Excel file cannot hold.

    >>> without_controls("a\0b <c>")
    'ab <c>'
    """
    return _NOT_IN_XML.sub("", without_surrogates(text))


def writer_for(output: Path, writers: Mapping[str, Writer], what: str) -> Writer:
    """The writer for a file of this name; raises FileError where its ending is none of theirs."""
    if output.suffix.lower() not in writers:
        raise FileError(output, f"{what} cannot be written to a file of this kind. Choose one of {', '.join(writers)}.")
    return writers[output.suffix.lower()]


def write_whole(output: Path, data: bytes) -> None:
    """Write the file, which appears whole or not at all; raises FileError where it cannot be written."""
    part = output.with_name(f".{output.name}.{os.getpid()}")
    try:
        part.write_bytes(data)
        part.replace(output)
    except OSError as e:
        with contextlib.suppress(OSError):
            part.unlink()
        raise FileError(output, f"This file cannot be written ({e.strerror}). Choose another with --output.") from e
