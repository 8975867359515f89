"""Lines as they stand on pages become running text: in paragraphs, words mended, without heads and line numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise, takewhile


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


@dataclass(frozen=True, slots=True)
class _Layout:
    """What is usual in a document."""

    width: int
    """Characters of a full line."""
    leading: float
    """From one line of a paragraph to the next, in heights of its letters."""
    indents: frozenset[bool]
    """The moves at which paragraphs begin: True to the right, False to the left, where continuing lines hang."""


_EDGE = 4
"""Lines at the top and at the bottom of a page that may be running heads."""
_NEWER, _LARGER, _FULL, _MOVED, _SINGLE = 1.25, 1.2, 0.8, 0.5, 1.4
_CLOSED = re.compile(r"[.!?…:;。！？–—][\"'”’»)\]]*$")
_FRESH = re.compile(  # a time, an item of a list, question or answer, a name and a time, a speaker's label
    r"[\[(]?\d{1,2}:\d\d\b|[-*•]\s|\d{1,3}[.)]\s|[QA]\.\s"
    r"|(?![a-zß-ÿ])(?:[\w.'’-]{1,30} ){1,4}[\[(]?\d{1,2}(?::\d\d){1,2}[\])]?$"
    r"|(?=[^\W\d_])(?![a-zß-ÿ])[\w.'’()-]{1,30}(?: [\w.'’()-]{1,30}){0,3}:(?:\s|$)"
)
_PAGE_NUMBER = re.compile(r"^\W*(?:page|p\.|seite)?\s*(\d{1,4})(?:\s*(?:/|of|von)\s*\d{1,4})?\W*$", re.IGNORECASE)
_END_NUMBER = re.compile(r"^\d{1,4}(?=\s)|(?<=\s)\d{1,4}$")
_LONG = 80
_LINE_NUMBER = re.compile(r"(\d{1,2})(?:\s+|$)")
_NEARLY_ALL = 0.8
_ROMAN = re.compile(r"(?=.)(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_BROKEN = re.compile(r"([\w-]{0,40}\w)-\n([\w-]{0,40}\w)")  # with a bound, lest a line of one word take hours
_HYPHENATED = frozenset("twenty thirty forty fifty sixty seventy eighty ninety self".split())


def join_pages(pages: Sequence[Sequence[Line]]) -> PagedText:
    r"""The text of all pages: lines of a paragraph in one, a blank line before the next.

    A page that holds nothing but heads has no start.

    >>> first = [Line("We sold the inter-", 72, 100, 12)]
    >>> second = [Line("national boat.", 72, 100, 12)]
    >>> join_pages([first, second])
    PagedText(text='We sold the international boat.', starts=((0, 1), (17, 2)))
    """
    pages = _without_heads(_without_line_numbers(pages))
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
    is_closed = bool(_CLOSED.search(before.text))
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
    steps = sorted(_step(*pair) for pair in pairs if pair[1].text[0].islower() and not _CLOSED.search(pair[0].text))
    moves = Counter((_move(*pair), bool(_CLOSED.search(pair[0].text))) for pair in pairs)
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


def _without_line_numbers(pages: Sequence[Sequence[Line]]) -> Sequence[Sequence[Line]]:
    """The pages without the numbers of their lines, where nearly all lines have one, from 1 on each page."""
    runs = [_numbered_lines(page) for page in pages]
    lengths = [len(run) for run in runs if run]
    lines = sum(len(page) for page, run in zip(pages, runs, strict=True) if run)
    on_most_pages = len(lengths) > max(1, len(pages) // 2)
    if not on_most_pages or sum(lengths) < max(_NEARLY_ALL * lines, _EDGE * len(lengths)):  # short lists are text
        return pages
    return [list(_unnumbered(page, run)) for page, run in zip(pages, runs, strict=True)]


def _numbered_lines(page: Sequence[Line]) -> list[Line]:
    """The lines that begin with 1, 2, 3 and so on, down the page; none where more than its heads do not."""
    runs: dict[int, list[Line]] = {}  # the longest from each number on; of equals the lowest, as heads are above
    for line in sorted(page, key=lambda line: line.y, reverse=True):
        if match := _LINE_NUMBER.match(line.text):
            number = int(match[1])
            run = [line, *runs.get(number + 1, [])]
            if len(run) > len(runs.get(number, [])):
                runs[number] = run
    run = runs.get(1, [])
    return run if len(page) - len(run) <= 2 * _EDGE else []


def _unnumbered(page: Sequence[Line], numbered: Sequence[Line]) -> Iterator[Line]:
    """The page without the numbers of these lines, and without the lines that hold nothing else."""
    known = set(map(id, numbered))
    for line in page:
        if id(line) not in known:
            yield line
        elif text := _LINE_NUMBER.sub("", line.text, count=1):
            yield replace(line, text=text, x=numbered[0].x)  # where a number begins says nothing of its line


def _without_heads(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The pages without running heads and feet, and without their numbers."""
    is_head = _Heads(pages).is_head
    kept = []
    for at, page in enumerate(pages):
        lines = sorted(page, key=lambda line: line.y)
        heads: set[int] = set()
        for side in (lines[:_EDGE], lines[: -_EDGE - 1 : -1]):
            # what is further in than the first that is no head is text
            heads.update(map(id, takewhile(partial(is_head, at=at), side)))
        kept.append([line for line in page if id(line) not in heads])
    return kept if any(kept) else list(map(list, pages))


class _Heads:
    """Tells running heads from text, by what else stands on the pages; `at` is the page, from 0."""

    def __init__(self, pages: Sequence[Sequence[Line]]) -> None:
        edges = [list(_edges(page)) for page in pages]
        placed = [[(line, at) for line in page] for at, page in enumerate(edges)]
        self._pages = len(pages)
        self._inside = Counter(_key(line) for both in zip(pages, edges, strict=True) for line in _within(*both))
        self._keys = _on_pages((_key(line) for line, _ in page) for page in placed)
        self._on_side = _on_pages(((at % 2, _key(line)) for line, at in page) for page in placed)
        self._numbered = _on_pages(((x, _key(line)) for line, at in page for x in _shifts(line, at)) for page in placed)
        self._shifts = _on_pages((x for line, at in page for x in self._page_shifts(line, at)) for page in placed)

    def is_head(self, line: Line, *, at: int) -> bool:
        """Whether a line at an edge of a page is a running head or the page's number."""
        shifts = self._page_shifts(line, at)
        shared = max((self._shifts[shift] for shift in shifts), default=0)
        if _PAGE_NUMBER.fullmatch(line.text):
            return shared > 1 or (1 in shifts and self._pages < 3)
        if _ROMAN.fullmatch(line.text):
            return True
        return not self._is_text(line) and (shared > max(2, self._pages // 2) or self._is_usual(line, at))

    def _page_shifts(self, line: Line, at: int) -> set[int]:
        """The shifts at which a line is a number alone, or says the same on another page."""
        is_number = bool(_PAGE_NUMBER.fullmatch(line.text))
        return {shift for shift in _shifts(line, at) if is_number or self._numbered[shift, _key(line)] > 1}

    def _is_usual(self, line: Line, at: int) -> bool:
        """Whether most pages have the line; left and right pages often have heads of their own."""
        pages, on_side = self._keys[_key(line)], self._on_side[at % 2, _key(line)]
        return pages > 2 and (pages * 2 > self._pages or on_side * 8 > self._pages * 3)

    def _is_text(self, line: Line) -> bool:
        """Whether the line stands anywhere on a page, as who speaks, and when, does."""
        return self._inside[_key(line)] * 2 > self._keys[_key(line)]


def _on_pages(found: Iterable[Iterable[Hashable]]) -> Counter[Hashable]:
    """On how many pages each is found."""
    return Counter(one for page in found for one in set(page))


def _edges(page: Sequence[Line]) -> Iterator[Line]:
    """The lines at the top and at the bottom; they may stand anywhere in the file."""
    lines = sorted(page, key=lambda line: line.y)
    yield from lines[:_EDGE]
    yield from lines[_EDGE:][-_EDGE:]


def _within(page: Sequence[Line], edge: Sequence[Line]) -> Iterator[Line]:
    """The other lines."""
    known = set(map(id, edge))
    return (line for line in page if id(line) not in known)


def _key(line: Line) -> tuple[str, int]:
    """What is the same in the heads of all pages; a title in the same words is larger."""
    return re.sub(r"\d+", "#", line.text.casefold()), round(line.size)


def _shifts(line: Line, page: int) -> set[int]:
    """How much more than `page` a number says that may be the page's: one at an end of a short line, or alone."""
    numbers = _PAGE_NUMBER.findall(line.text) or (_END_NUMBER.findall(line.text) if len(line.text) < _LONG else [])
    return {int(number) - page for number in numbers}
