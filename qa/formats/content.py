"""What a file holds, whatever its format: a text, and who speaks when in it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """What is known from character `start` of the text on, until the next mark."""

    start: int
    speaker: str | None = None
    time: float | None = None
    """Seconds from the start of the recording."""
    page: int | None = None
    """Of the document, from 1."""


@dataclass(frozen=True, slots=True)
class Content:
    r"""A text without speakers' labels and times, and marks that tell these, in the order of the text.

    A turn, and whatever else begins anew, follows on a blank line (`\n\n`).
    """

    text: str
    marks: tuple[Mark, ...] = ()
    title: str | None = None
    """The document's own title, where it has one."""
    missing: str = ""
    """What of the document is not in the text, in sentences for the user; empty where all is."""
