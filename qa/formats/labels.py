"""A transcript's labels and times are taken out of its text, and become marks."""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from io import StringIO
from typing import NamedTuple

from qa.formats.content import Content, Mark
from qa.formats.examination import name_examiners
from qa.formats.label_choice import choose
from qa.formats.label_layout import read_layout
from qa.formats.label_lines import Head
from qa.formats.label_names import key
from qa.formats.notices import without_notices
from qa.formats.times import parse_time

__all__ = ["parse_time", "split_labels"]

_WORD = re.compile(r"\S")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")


class _Speech(NamedTuple):
    """A slice of the text without a label in it."""

    start: int
    end: int
    speaker: str | None
    time: float | None
    is_turn: bool
    """Whether somebody begins to speak here; else a time begins."""
    unclosed: str = ""
    """Markup, opened in the label, that is to go."""


def split_labels(text: str, pages: Sequence[tuple[int, int]] = ()) -> Content:
    r"""The text without the labels of speakers and the times that stand in front of what they say.

    `pages` are offsets in `text` where pages begin, in their order, and the numbers of the pages. What
    has no labels is returned as it is, character for character.

    >>> content = split_labels("Q: Where were you born?\nA: In Bergen.")
    >>> content.text
    'Where were you born?\n\nIn Bergen.'
    >>> content.marks
    (Mark(start=0, speaker='Q', time=None, page=None), Mark(start=22, speaker='A', time=None, page=None))
    >>> plain = split_labels("Note: bring boots.")
    >>> plain.text, plain.marks
    ('Note: bring boots.', ())
    """
    page_starts = _page_starts(text, pages)
    heads = name_examiners(text, choose(read_layout(text)))
    content = _without(text, without_notices(text, heads), page_starts)
    if content.text:
        return content
    return Content(text, tuple(Mark(start, page=page) for start, page in page_starts))


def _without(text: str, heads: Sequence[Head], pages: Sequence[tuple[int, int]]) -> Content:
    """The text without these labels; nothing where there are none."""
    starts = [start for start, _ in pages]
    spoken = StringIO()  # of many short turns, a list would take several times the memory
    marks: list[Mark] = []
    length = end = 0
    pending: float | None = None  # a time that stood alone above a label
    is_turn = True
    for speech in _speeches(text, heads):
        before, (start, end) = end, _strip(text, speech.start, speech.end)
        is_turn = is_turn or speech.is_turn
        if start >= end:
            pending, end = pending if speech.is_turn else speech.time, before
            continue
        if marks:
            is_apart = is_turn or _BLANK_LINE.search(text, before, start)
            length += spoken.write("\n\n" if is_apart else _line_end(text, before, start))
        time = pending if speech.time is None else speech.time
        pending, is_turn = None, False
        at = bisect_right(starts, start)
        marks.append(Mark(length, speech.speaker, time, pages[at - 1][1] if at else None))
        cut = _closing(text, speech, end) if speech.unclosed else -1
        gone = len(speech.unclosed) if cut >= 0 else 0
        for place, page in pages[at : bisect_left(starts, end)]:
            marks.append(Mark(length + place - start - (gone if place > cut else 0), speech.speaker, time, page))
        length += spoken.write(text[start:cut] + text[cut + gone : end] if gone else text[start:end])
    return Content(spoken.getvalue(), tuple(marks))


def _closing(text: str, speech: _Speech, end: int) -> int:
    """Where the markup is closed that was opened in a label; -1 where it is not. A name_like_this closes nothing."""
    found = re.compile(
        rf"(?<!\s){re.escape(speech.unclosed)}(?!\w)" if "_" in speech.unclosed else re.escape(speech.unclosed)
    )
    closing = found.search(text, speech.start, end)
    return closing.start() if closing else -1


def _line_end(text: str, start: int, end: int) -> str:
    """What stands between two pieces of a turn: a line end, if one stood there."""
    return "\n" if text.find("\n", start, end) >= 0 else " "


def _speeches(text: str, heads: Sequence[Head]) -> Iterator[_Speech]:
    """What stands before the first label, and after each."""
    if not heads:
        return
    yield _Speech(0, heads[0].start, None, None, is_turn=True)
    roles: dict[str, set[str]] = {}
    for head in heads:
        roles.setdefault(key(head.name), set()).add(head.role)
    speaker: str | None = None
    for head, end in zip(heads, [*(head.start for head in heads[1:]), len(text)], strict=True):
        if head.name:
            # what changes from turn to turn tells how it is said: Anna (laughing)
            # while a number tells persons or works apart: Anna (52), Anna (19)
            is_told = len(roles[key(head.name)]) == 1 or any(map(str.isdigit, head.role))
            role = head.role if is_told else ""
            speaker = sys.intern(" ".join(f"{head.name} {role}".split()))
        yield _Speech(head.speech, end, speaker, head.time, bool(head.name), head.unclosed)


def _page_starts(text: str, pages: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Where the first word of each page stands; pages without one are left out."""
    found: dict[int, int] = {}
    for start, page in pages:
        word = _WORD.search(text, start)
        if word:
            found[word.start()] = page
    return sorted(found.items())


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the white space at its ends."""
    span = text[start:end]
    return start + len(span) - len(span.lstrip()), end - len(span) + len(span.rstrip())
