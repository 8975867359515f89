"""The numbers of lines at the left edge of pages are left out of their text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from qa.formats.pages import CLOSED, EDGE, Line

_NUMBER = re.compile(r"(\d{1,4})(?:\s+|$)")
_LABEL = re.compile(r"[QqAa]\.\s|[^\W\d_][^:\n]{0,40}:(?:\s|$)")
_NEARLY_ALL = 0.8
_FULL = 0.8
"""Of the width of the text: a line this long may be broken to fit it."""
_LEAST_WIDTH = 40
"""Characters; the entries of a list may all be as short as each other."""
_FEW = 3
_MARGIN = 12
"""Characters of a line of plain text in which its number stands."""
_MOST_LINES = 100_000
"""A plain text of more is no record of one hearing."""
_FEWEST_NUMBERED = 8
"""Lines of a plain text with a number in front, for these to be looked at."""
_STEPS = range(2, 11)
"""Where not every line has a number, every second to tenth may have; most often, each fifth."""
_FEWEST_SPARSE = 4
"""Numbers in a file that stand exactly as far apart as they say."""


class _Row(NamedTuple):
    """What stands at one height of a page, from left to right."""

    lines: Sequence[Line]
    number: int | None
    """The number at the left edge, which may be that of the line."""

    @property
    def first(self) -> Line:
        return self.lines[0]

    @property
    def text(self) -> str:
        """What stands beside the number."""
        return _NUMBER.sub("", " ".join(line.text for line in self.lines), count=1)


_Run = list[int]
"""The rows of a page, counted from 0, that have a number, downwards."""


def without_line_numbers(pages: Sequence[Sequence[Line]]) -> Sequence[Sequence[Line]]:
    """The pages without the numbers of their lines, where the file as a whole has such numbers.

    They may begin anew on each page or go on over the pages, and stand at all lines, or at each fifth alone.
    """
    rows = [_rows(page) for page in pages]
    runs = _of_all_lines(rows) or _of_some_lines(rows)
    if not runs:
        return pages
    return [list(_unnumbered(*parts)) for parts in zip(pages, rows, runs, strict=True)]


def without_numbers(text: str) -> str:
    """A text without the numbers of its lines, where people speak in these, as in a deposition; else as it is."""
    lines = text.split("\n", _MOST_LINES)
    numbers = [_NUMBER.match(line[:_MARGIN].lstrip("\f ")) for line in lines]
    if len(lines) > _MOST_LINES or sum(number is not None for number in numbers) < _FEWEST_NUMBERED:
        return text
    pages: list[list[Line]] = [[]]
    is_counted = False  # whether a line of this page has a number
    for at, (line, number) in enumerate(zip(lines, numbers, strict=True)):
        if line.startswith("\f") or (number and number[1] == "1" and is_counted):
            pages.append([])
            is_counted = False
        is_counted = is_counted or number is not None
        if line.strip():
            pages[-1].append(Line(line.strip(), x=0.0, y=float(at), size=1.0))
    rows = [_rows(page) for page in pages]
    runs = _of_all_lines(rows)
    if not runs or not _are_turns([[rows_[at].text for at in run] for rows_, run in zip(rows, runs, strict=True)]):
        return text
    for page, run in zip(rows, runs, strict=True):
        for at in run:
            lines[int(page[at].first.y)] = _NUMBER.sub("", page[at].first.text, count=1)
    return "\n".join(lines)


def _rows(page: Sequence[Line]) -> list[_Row]:
    """The rows of a page, downwards; a column of numbers may be drawn apart from their lines."""
    heights: list[list[Line]] = []
    for line in sorted(page, key=lambda line: line.y):
        if heights and line.y - heights[-1][0].y < line.size / 2:
            heights[-1].append(line)
        else:
            heights.append([line])
    return [_row(sorted(lines, key=lambda line: line.x)) for lines in heights]


def _row(lines: Sequence[Line]) -> _Row:
    number = _NUMBER.match(lines[0].text)
    return _Row(lines, int(number[1]) if number else None)


def _of_all_lines(pages: Sequence[Sequence[_Row]]) -> list[_Run]:
    """The runs of numbers where nearly all lines have one; none where these are the entries of lists."""
    runs: list[_Run] = []
    last = 0
    is_told = True  # whether the numbers begin anew on each page, which a list's do not
    for rows in pages:
        run = _longest(rows)
        first = rows[run[0]].number or 0 if run else 0
        if len(rows) - len(run) > 2 * EDGE or (first != 1 and first <= last and last):
            run = []
        if run:
            is_told = is_told and first == 1
            last = rows[run[-1]].number or 0
        runs.append(run)
    lengths = [len(run) for run in runs if run]
    is_told = (is_told and len(lengths) > 1) or (sum(lengths) > 2 * EDGE and _are_lines(pages, runs))
    if not is_told or len(lengths) <= len(pages) // 2:
        return []
    lines = sum(len(rows) for rows, run in zip(pages, runs, strict=True) if run)
    # short lists are text
    return runs if sum(lengths) >= max(_NEARLY_ALL * lines, EDGE * len(lengths)) else []


def _longest(rows: Sequence[_Row]) -> _Run:
    """The longest run of numbers of which each is one more than the one above; of equals the lowest."""
    lengths: dict[int, tuple[int, int]] = {}  # of the longest run from each number on: how long, and its first row
    below: dict[int, int] = {}  # the next row of a run
    for at in range(len(rows) - 1, -1, -1):
        number = rows[at].number
        if number is not None:
            length, next_row = lengths.get(number + 1, (0, -1))
            if length + 1 > lengths.get(number, (0, -1))[0]:
                lengths[number] = length + 1, at
                below[at] = next_row
    run: _Run = []
    _, at = max(lengths.values(), key=lambda found: found[0], default=(0, -1))
    while at >= 0:
        run.append(at)
        at = below[at]
    return run


def _are_lines(pages: Sequence[Sequence[_Row]], runs: Sequence[_Run]) -> bool:
    """Whether what is numbered are lines and no entries: sentences go on over them, or two or more speak in turn."""
    texts = [[rows[at].text for at in run] for rows, run in zip(pages, runs, strict=True)]
    lengths = sorted(len(text) for page in texts for text in page)
    width = lengths[len(lengths) * 19 // 20] if lengths else 0
    broken = sum(
        len(above) >= max(_LEAST_WIDTH, _FULL * width) and not CLOSED.search(above) and below[:1].islower()
        for page in texts
        for above, below in pairwise(page)
    )
    return broken >= _FEW or _are_turns(texts)


def _are_turns(texts: Sequence[Sequence[str]]) -> bool:
    """Whether two or more speak in turn in these lines."""
    labels = Counter(label[0] for page in texts for text in page if (label := _LABEL.match(text)))
    return sum(count >= _FEW for count in labels.values()) > 1


def _of_some_lines(pages: Sequence[Sequence[_Row]]) -> list[_Run]:
    """The runs of numbers where each fifth line, or so, has one: as far from each other as they say."""
    leading = _leading(pages)
    best: list[_Run] = []
    for step in _STEPS:
        runs = list(_spaced(pages, step, leading))
        if sum(map(len, runs)) > sum(map(len, best)) and _are_usual(pages, runs, step):
            best = runs
    count = sum(map(len, best))
    dense = sum(len(run) for rows in pages if len(run := _longest(rows)) > 1)
    return best if count >= _FEWEST_SPARSE and count > dense else []  # else each entry of a list is numbered


def _spaced(pages: Sequence[Sequence[_Row]], step: int, leading: float) -> Iterator[_Run]:
    """For each page the numbers that are `step` lines, and `step`, from each other."""
    last = below = 0  # the last number, and the rows under it on its page
    for rows in pages:
        run = max(_chains(rows, step, leading), key=lambda run: (len(run), -rows[run[0]].first.x), default=[])
        first = rows[run[0]].number if run else 0
        if len(run) == 1:
            above = run[0] + 1 + (0 if first == step else below)
            if first not in (step, last + step) or not step <= above <= step + 2 * EDGE:
                run = []
        elif first != step and (first or 0) <= last:
            run = []
        if run:
            last, below = rows[run[-1]].number or 0, len(rows) - run[-1] - 1
        yield run


def _chains(rows: Sequence[_Row], step: int, leading: float) -> Iterator[_Run]:
    """For each number the longest run that ends with it, of numbers that say how far apart their lines are."""
    runs: dict[int, _Run] = {}  # by their last rows
    for at, row in enumerate(rows):
        number = row.number
        if number and number % step == 0:
            above = [
                runs[other]
                for other in range(max(0, at - step), at)  # blank lines may be among those between
                if other in runs and rows[other].number == number - step
                if at - other == step or abs(_down(rows[other], row) - step * leading) < leading / 2
            ]
            runs[at] = [*max(above, key=len, default=[]), at]
            yield runs[at]


def _down(above: _Row, below: _Row) -> float:
    return below.first.y - above.first.y


def _leading(pages: Sequence[Sequence[_Row]]) -> float:
    """From one line to the next, where nothing parts them."""
    steps = sorted(_down(*pair) for rows in pages for pair in pairwise(rows))
    return (steps[len(steps) // 4] if steps else 0) or 1


def _are_usual(pages: Sequence[Sequence[_Row]], runs: Sequence[_Run], step: int) -> bool:
    """Whether most pages that are long enough have such numbers, and these nearly all that they may have."""
    lines = sum(max(0, len(rows) - 2 * EDGE - step + 1) for rows, run in zip(pages, runs, strict=True) if run)
    long = [bool(run) for rows, run in zip(pages, runs, strict=True) if run or len(rows) >= step + 2 * EDGE]
    return 2 * sum(long) > len(long) and sum(map(len, runs)) * step >= _NEARLY_ALL * lines


def _unnumbered(page: Sequence[Line], rows: Sequence[_Row], run: _Run) -> Iterator[Line]:
    """The page without the numbers of these rows, and without the lines that hold nothing else."""
    numbered = {id(rows[at].first) for at in run}
    others = Counter(row.first.x for row in rows if id(row.first) not in numbered)
    is_sparse = len(others) and len(rows) > len(run) + 2 * EDGE
    # where a number begins says nothing of its line
    x = others.most_common(1)[0][0] if is_sparse else rows[run[0]].first.x if run else 0.0
    for line in page:
        if id(line) not in numbered:
            yield line
        elif text := _NUMBER.sub("", line.text, count=1):
            yield replace(line, text=text, x=x)
