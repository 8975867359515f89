"""Lines as they stand on pages become running text: in paragraphs, words mended, without heads and line numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from qa.formats.line_numbers import without_line_numbers
from qa.formats.pages import CLOSED, Line, PagedText
from qa.formats.running_heads import without_heads

_NEWER, _LARGER, _FULL, _MOVED, _SINGLE = 1.25, 1.2, 0.8, 0.5, 1.4
_FRESH = re.compile(  # a time, an item, question or answer, a heading of a deposition, name and time, a label
    r"[\[(]?\d{1,2}:\d\d\b|[-*•]\s|\d{1,3}[.)]\s|[QA]\.\s|(?:[A-Z-]{1,20} ){0,3}[A-Z-]{0,20}EXAMINATION\b"
    r"|(?![a-zß-ÿ])(?:[\w.'’-]{1,30} ){1,4}[\[(]?\d{1,2}(?::\d\d){1,2}[\])]?$"
    r"|(?=[^\W\d_])(?![a-zß-ÿ])[\w.'’()-]{1,30}(?: [\w.'’()-]{1,30}){0,3}:(?:\s|$)"
)
_BROKEN = re.compile(r"([\w-]{0,40}\w)-\n([\w-]{0,40}\w)")  # with a bound, lest a line of one word take hours
_HYPHENATED = frozenset("twenty thirty forty fifty sixty seventy eighty ninety self".split())


@dataclass(frozen=True, slots=True)
class _Layout:
    """What is usual in a document."""

    width: int
    """Characters of a full line."""
    leading: float
    """From one line of a paragraph to the next, in heights of its letters."""
    indents: frozenset[bool]
    """The moves at which paragraphs begin: True to the right, False to the left, where continuing lines hang."""


def join_pages(pages: Sequence[Sequence[Line]]) -> PagedText:
    r"""The text of all pages: lines of a paragraph in one, a blank line before the next.

    A page that holds nothing but heads has no start.

    >>> first = [Line("We sold the inter-", 72, 100, 12)]
    >>> second = [Line("national boat.", 72, 100, 12)]
    >>> paged = join_pages([first, second])
    >>> paged.text, paged.starts
    ('We sold the international boat.', ((0, 1), (17, 2)))
    """
    pages = without_heads(without_line_numbers(pages))
    layout = _layout(pages)
    words = _words(pages)
    pieces: list[str] = []
    starts: list[tuple[int, int]] = []
    length = 0
    before: Line | None = None
    for number, page in enumerate(pages, 1):
        for at, line in enumerate(page):
            if before:
                joint = _joint(before, line, layout, turns_page=not at)
                if joint == " " and (broken := _BROKEN.search(f"{before.text[-50:]}\n{line.text[:50]}")):
                    joint = ""
                    if not _keeps_hyphen(broken[1], broken[2], words):
                        pieces[-1] = pieces[-1][:-1]
                        length -= 1
                pieces.append(joint)
                length += len(joint)
            if not at:
                starts.append((length, number))
            pieces.append(line.text)
            length += len(line.text)
            before = line
    return PagedText("".join(pieces), tuple(starts))


def _joint(before: Line, line: Line, layout: _Layout, *, turns_page: bool) -> str:
    """What stands between two lines: a blank line, a line end where it may matter, or a space."""
    goes_on = line.text[0].islower()
    is_closed = bool(CLOSED.search(before.text))
    first_word = line.text.split(maxsplit=1)[0]
    is_short = len(before.text) + 1 + len(first_word) < layout.width * _FULL
    if (is_closed or is_short) and _FRESH.match(line.text):
        return "\n\n"
    if turns_page or line.y < before.y - before.size:  # or a column: how far it is says nothing
        return " " if not is_closed and (goes_on or not is_short) else "\n\n"
    if _step(before, line) > layout.leading * _NEWER:
        return "\n\n"
    sizes = sorted([before.size, line.size])
    if not goes_on and (sizes[1] > sizes[0] * _LARGER or (_move(before, line) in layout.indents)):
        return "\n\n"
    if is_short and not goes_on:
        return "\n\n" if is_closed else "\n"
    return " "


def _step(before: Line, line: Line) -> float:
    """How far down the page the line is from the one before, in heights of letters."""
    return (line.y - before.y) / (max(before.size, line.size) or 1)


def _move(before: Line, line: Line) -> bool | None:
    """Whether the line begins further to the right than the one before (True), or to the left (False)."""
    moved = line.x - before.x
    return None if abs(moved) < _MOVED * line.size else moved > 0


def _layout(pages: Sequence[Sequence[Line]]) -> _Layout:
    """What is usual in these pages."""
    lengths = sorted(len(line.text) for page in pages for line in page)
    pairs = [pair for page in pages for pair in pairwise(page)]
    steps = sorted(_step(*pair) for pair in pairs if pair[1].text[0].islower() and not CLOSED.search(pair[0].text))
    moves = Counter((_move(*pair), bool(CLOSED.search(pair[0].text))) for pair in pairs)
    return _Layout(
        width=lengths[len(lengths) * 19 // 20] if lengths else 0,
        leading=steps[len(steps) // 2] if steps else _SINGLE,  # of lines that plainly go on
        indents=frozenset(move for move in (True, False) if moves[move, True] > 3 * moves[move, False]),
    )


def _words(pages: Sequence[Sequence[Line]]) -> frozenset[str]:
    """The words of the document in lower case, less those that a line end breaks."""
    text = "\n".join(line.text for page in pages for line in page)
    return frozenset(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+){0,4}", _BROKEN.sub(" ", text).lower()))


def _keeps_hyphen(first: str, second: str, words: frozenset[str]) -> bool:
    """Whether the hyphen at a line end belongs to the word.

    >>> words = frozenset(["interview", "north", "west"])
    >>> [_keeps_hyphen(*parts, words) for parts in [("inter", "view"), ("north", "west"), ("Anglo", "Saxon")]]
    [False, True, True]
    """
    if not (second[0].islower() and first[-1].isalpha()) or (len(first) > 1 and first.isupper()):
        return True
    a, b = first.lower(), second.lower()
    if a + b in words:
        return False
    if "-" in a + b or f"{a}-{b}" in words or a in _HYPHENATED:
        return True
    return a in words and b in words and len(a) > 3 and len(b) > 2  # no syllables that happen to be words
