"""What stands on the pages of a document, and the text that it becomes."""

from __future__ import annotations

import re
from dataclasses import dataclass

EDGE = 4
"""Lines at the top and at the bottom of a page that may be running heads."""
CLOSED = re.compile(r"[.!?…:;。！？–—][\"'”’»)\]]*$")
"""The end of a line that may end a paragraph."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text on a page, and where it begins: `x` from the left, `y` downwards, in units of the page."""

    text: str
    x: float
    y: float
    size: float
    """The height of its letters."""


@dataclass(frozen=True, slots=True)
class PagedText:
    """A text, and the offset at which each page begins in it, with the page's number, from 1."""

    text: str
    starts: tuple[tuple[int, int], ...]
    missing: str = ""
    """What is not in it, in sentences for the user."""
