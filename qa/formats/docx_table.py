"""The rows of a Word table as text: the turns of a transcript with their labels, or the cells as they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from qa.formats.docx_columns import NAME, NUMBER, SHORT, Kind, column_kinds, head_kind, name_in, named_columns, time_in

_IN_BRACKETS = re.compile(r"\[[^\[\]]*\]|\([^()]*\)")


def read_table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """A text for each row but the header; it is empty where the row has no words.

    >>> list(read_table([["Who", "Text", "Notes"], ["Anna", "In Bergen.", "laughs"], ["Jane", "When?", ""]]))
    ['Anna: In Bergen. [laughs]', 'Jane: When?']
    >>> list(read_table([["Town", "Year", "Boats"], ["Oslo", "1950", "30"]]))
    ['Town | Year | Boats', 'Oslo | 1950 | 30']
    """
    head = next((row for row in rows if sum(map(bool, row)) > 1), [])
    named = named_columns(head)
    turns = [row for row in rows if row != head] if named else rows
    kinds = column_kinds(turns, named)
    if not kinds:
        yield from _plain(rows)
        return
    for row in turns:
        yield _row(row) if row is head and _is_header(row, kinds) else _turn(row, kinds)


def _is_header(row: Sequence[str], kinds: Mapping[int, Kind]) -> bool:
    """Whether words stand in the row where numbers or times stand below."""
    cells = [row[at] for at, kind in kinds.items() if kind in (Kind.NUMBER, Kind.TIME) and at < len(row)]
    return any(not _is_code(cell) for cell in cells)


def _is_code(line: str) -> bool:
    """Whether a line has no words: `12:31`, `3.`, `L3`, `–`."""
    has_digit = any(map(str.isdigit, line))
    return not any(map(str.isalpha, line)) or (has_digit and len(line.split()) == 1)


def _turn(row: Sequence[str], kinds: Mapping[int, Kind]) -> str:
    r"""What is said in the row, with its label in front and its notes in brackets after it.

    >>> kinds = dict(enumerate([Kind.NUMBER, Kind.SPEAKER, Kind.SPEECH, Kind.NOTE, Kind.OTHER]))
    >>> _turn(["3", "Anna\n12:31", "In Bergen.", "laughs", "Childhood"], kinds)
    '[12:31] Anna: In Bergen. [laughs]\n\nChildhood'
    >>> _turn(["Part two", "", "", "", ""], kinds)
    'Part two'
    """
    cells = list(_held(row, kinds))
    codes = [cell for kind, cell in cells if kind in (Kind.NUMBER, Kind.TIME)]
    strays = [line for cell in codes for line in cell.split("\n") if not _is_code(line)]
    speech = "\n\n".join(cell for kind, cell in cells if kind is Kind.SPEECH)
    notes = [_bracketed(cell) for kind, cell in cells if kind is Kind.NOTE]
    said = " ".join(filter(None, [_label(cells), speech, *notes]))
    others = [cell for kind, cell in cells if kind is Kind.OTHER]
    return "\n\n".join(filter(None, [*strays, said, *others]))


def _held(row: Sequence[str], kinds: Mapping[int, Kind]) -> Iterator[tuple[Kind, str]]:
    """The cells that have a text, and their kinds; what stands for a speaker and is no name counts as said."""
    for at, cell in enumerate(row):
        kind = kinds.get(at, Kind.OTHER)
        if kind is Kind.SPEAKER and not name_in(cell) and not time_in(cell):
            kind = Kind.SPEECH
        if cell:
            yield kind, cell


def _label(cells: Sequence[tuple[Kind, str]]) -> str:
    """The label of a row: `[12:31] Anna:`; without a colon where nothing is said."""
    lines = [line for kind, cell in cells if kind in (Kind.TIME, Kind.SPEAKER) for line in cell.split("\n")]
    times = [time for line in lines if (time := time_in(line))]
    names = [name for kind, cell in cells if kind is Kind.SPEAKER and (name := name_in(cell))]
    colon = ":" if names and any(kind in (Kind.SPEECH, Kind.NOTE) for kind, _ in cells) else ""
    return " ".join([*(f"[{time}]" for time in times[:1]), *names]) + colon


def _bracketed(note: str) -> str:
    """The note in brackets, unless it is written in some."""
    note = " ".join(note.split())
    return note if _IN_BRACKETS.fullmatch(note) else f"[{note}]"


def _plain(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The rows of a table that is no transcript as a whole, each read by itself."""
    for number, row in enumerate(rows):
        is_header = number == 0 and len(row) > 1 and all(head_kind(cell) not in (None, Kind.NOTE) for cell in row)
        if not is_header:
            yield _row(row)


def _row(cells: Sequence[str]) -> str:
    r"""The text of a row by itself: speech with its label where the row looks like one of a transcript.

    >>> _row(["Anna", "00:12:31", "I was born there."])
    '[00:12:31] Anna: I was born there.'
    >>> _row(["When did you leave?", "In 1974."])
    'When did you leave?\n\nIn 1974.'
    >>> _row(["Oslo", "1950", "30 boats"])
    'Oslo | 1950 | 30 boats'
    """
    cells = [cell for cell in cells if cell]
    words = [cell for cell in cells if not time_in(cell)]
    *heads, speech = words or [""]
    lines = [line for head in heads for line in head.split("\n") if line]
    times = [time for cell in [*cells, *lines] if (time := time_in(cell))]
    names = [line for line in lines if not time_in(line) and not NUMBER.fullmatch(line)]
    numbers = [line for line in lines if NUMBER.fullmatch(line)]
    is_labelled = len(names) <= 1 and all(NAME.fullmatch(name.rstrip(": ")) for name in names)
    if speech and is_labelled and (names or times) and not (numbers and len(speech) < SHORT and not times):
        label = "".join([f"[{time}] " for time in times[:1]] + [f"{name.rstrip(': ')}: " for name in names])
        return label + speech
    is_short = all(len(cell) < SHORT and "\n" not in cell for cell in cells)
    return (" | " if is_short and len(cells) != 2 else "\n\n").join(cells)
