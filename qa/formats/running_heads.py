"""Running heads and feet, and the numbers of pages, are left out of their text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from functools import partial
from itertools import pairwise, takewhile

from qa.formats.pages import CLOSED, EDGE, Line

_PAGE_NUMBER = re.compile(r"^\W*(?:page|p\.|seite)?\s*(\d{1,4})(?:\s*(?:/|of|von)\s*\d{1,4})?\W*$", re.IGNORECASE)
_END_NUMBER = re.compile(r"^\d{1,4}(?=\s)|(?<=\s)\d{1,4}$")
_LONG = 80
_APART = 1.4
"""How much further from the text a head is than the paragraphs are from each other, at the least."""
_ROMAN = re.compile(r"(?=.)(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")


def without_heads(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The pages without running heads and feet, and without their numbers."""
    is_head = _Heads(pages).is_head
    kept = []
    for at, page in enumerate(pages):
        lines = sorted(page, key=lambda line: line.y)
        heads: set[int] = set()
        for side in (lines[:EDGE], lines[: -EDGE - 1 : -1]):
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
        self._at_places = _on_pages((one for line, at in page for one in _at_place(line, at)) for page in placed)
        self._apart = set(map(round, (y for page in pages for y in _apart(page))))

    def is_head(self, line: Line, *, at: int) -> bool:
        """Whether a line at an edge of a page is a running head or the page's number."""
        shifts = self._page_shifts(line, at)
        shared = max((self._shifts[shift] for shift in shifts), default=0)
        if _PAGE_NUMBER.fullmatch(line.text):
            return shared > 1 or (1 in shifts and self._pages < 3)
        if _ROMAN.fullmatch(line.text):
            return True
        if self._is_text(line):
            return False
        return shared > max(2, self._pages // 2) or self._is_usual(line, at) or self._is_twin(line, at)

    def _page_shifts(self, line: Line, at: int) -> set[int]:
        """The shifts at which a line is a number alone, or says the same on another page."""
        is_number = bool(_PAGE_NUMBER.fullmatch(line.text))
        return {shift for shift in _shifts(line, at) if is_number or self._numbered[shift, _key(line)] > 1}

    def _is_usual(self, line: Line, at: int) -> bool:
        """Whether most pages have the line; left and right pages often have heads of their own."""
        pages, on_side = self._keys[_key(line)], self._on_side[at % 2, _key(line)]
        return pages > 2 and (pages * 2 > self._pages or on_side * 8 > self._pages * 3)

    def _is_twin(self, line: Line, at: int) -> bool:
        """Whether both pages of two have the line at one place, apart from the text, and it ends as a head does."""
        is_on_both = self._pages == 2 and any(self._at_places[one] == 2 for one in _at_place(line, at))
        return is_on_both and round(line.y) in self._apart and not CLOSED.search(line.text)

    def _is_text(self, line: Line) -> bool:
        """Whether the line stands anywhere on a page, as who speaks, and when, does."""
        return self._inside[_key(line)] * 2 > self._keys[_key(line)]


def _on_pages(found: Iterable[Iterable[Hashable]]) -> Counter[Hashable]:
    """On how many pages each is found."""
    return Counter(one for page in found for one in set(page))


def _edges(page: Sequence[Line]) -> Iterator[Line]:
    """The lines at the top and at the bottom; they may stand anywhere in the file."""
    lines = sorted(page, key=lambda line: line.y)
    yield from lines[:EDGE]
    yield from lines[EDGE:][-EDGE:]


def _within(page: Sequence[Line], edge: Sequence[Line]) -> Iterator[Line]:
    """The other lines."""
    known = set(map(id, edge))
    return (line for line in page if id(line) not in known)


def _apart(page: Sequence[Line]) -> Iterator[float]:
    """How far down the lines at the edges are that stand further from the text than any paragraph from the next."""
    places = sorted({line.y for line in page})
    gaps = [below - above for above, below in pairwise(places)]
    if len(gaps) > 2:
        wide = sorted(gaps)[-3] * _APART  # there is one under the head, and one above the foot
        above = [at for at, gap in enumerate(gaps[:EDGE], 1) if gap > wide]
        below = [at for at, gap in enumerate(gaps[: -EDGE - 1 : -1], 1) if gap > wide]
        yield from places[: max(above, default=0)]
        yield from places[len(places) - max(below, default=0) :]


def _at_place(line: Line, page: int) -> Iterator[Hashable]:
    """The line with how far down it is; the same for both pages where a number in it is the page's."""
    yield line.text, round(line.y)
    yield from ((shift, _key(line), round(line.y)) for shift in _shifts(line, page))


def _key(line: Line) -> tuple[str, int]:
    """What is the same in the heads of all pages; a title in the same words is larger."""
    return re.sub(r"\d+", "#", line.text.casefold()), round(line.size)


def _shifts(line: Line, page: int) -> set[int]:
    """How much more than `page` a number says that may be the page's: one at an end of a short line, or alone."""
    numbers = _PAGE_NUMBER.findall(line.text) or (_END_NUMBER.findall(line.text) if len(line.text) < _LONG else [])
    return {int(number) - page for number in numbers}
