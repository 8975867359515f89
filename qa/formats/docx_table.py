"""The rows of a Word table as text: the turns of a transcript with their labels, or the cells as they stand."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum, auto
from itertools import pairwise

from qa.formats.label_choice import most
from qa.formats.label_names import is_role, key


class Kind(Enum):
    """What a column of a transcript holds."""

    NUMBER = auto()
    TIME = auto()
    SPEAKER = auto()
    SPEECH = auto()
    NOTE = auto()
    OTHER = auto()


_HEAD_WORDS = {
    Kind.NUMBER: "no, nr, #, id, line no, line number",
    Kind.TIME: "time, times, timecode, time code, timestamp, start, start time, begin, end, end time, in, out",
    Kind.SPEAKER: "speaker, speakers, speaker name, name, who, person",
    Kind.SPEECH: "text, speech, transcript, transcription, utterance",
    Kind.NOTE: "note, notes, comment, comments",
    Kind.OTHER: "what, content, words, line",  # of tables of all kinds: the cells below decide
}
_HEADS = {head: kind for kind, heads in _HEAD_WORDS.items() for head in heads.split(", ")}
_TIME = re.compile(r"\W*(\d{1,2}(?::\d{2}){1,2})(?:\W[\W\d]*)?")
_NUMBER = re.compile(r"(\d+)\W?")
_NAME = re.compile(r"[^\W\d_](?:[\w ,'’()&/-]|\.(?=.)|(?<=\b\w)\.){0,38}")
_IN_BRACKETS = re.compile(r"\[[^\[\]]*\]|\([^()]*\)")
_SENTENCE_END = re.compile(r"[.?!…。？！][\"'”’»)\]]*$")
_SHORT = 60


def read_table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """A text for each row but the header; it is empty where the row has no words.

    >>> list(read_table([["Who", "Text", "Notes"], ["Anna", "In Bergen.", "laughs"], ["Jane", "When?", ""]]))
    ['Anna: In Bergen. [laughs]', 'Jane: When?']
    >>> list(read_table([["Town", "Year", "Boats"], ["Oslo", "1950", "30"]]))
    ['Town | Year | Boats', 'Oslo | 1950 | 30']
    """
    head = next((row for row in rows if sum(map(bool, row)) > 1), [])
    named = _named(head)
    turns = [row for row in rows if row != head] if named else rows
    kinds = _kinds(turns, named)
    if not kinds:
        yield from _plain(rows)
        return
    for row in turns:
        yield _row(row) if row is head and _is_header(row, kinds) else _turn(row, kinds)


def _named(row: Sequence[str]) -> dict[int, Kind]:
    """The kinds that a header gives its columns; none where the row is no header.

    >>> [kind.name for kind in _named(["No.", "Speaker", "Text", "Mood"]).values()]
    ['NUMBER', 'SPEAKER', 'SPEECH']
    >>> _named(["Speaker", "I was born there."])
    {}
    """
    known = {at: kind for at, cell in enumerate(row) if (kind := _head_kind(cell))}
    is_known = len(set(known.values())) > 1 and 2 * len(known) >= sum(map(bool, row))
    return known if is_known and all(len(cell) < _SHORT for cell in row) else {}


def _head_kind(cell: str) -> Kind | None:
    """The kind of column that has this head: `Time`, `No.`, `Text (English)`."""
    return _HEADS.get(" ".join(cell.lower().partition("(")[0].split()).rstrip(".: "))


def _kinds(rows: Sequence[Sequence[str]], named: Mapping[int, Kind]) -> dict[int, Kind]:
    """The kind of each column of a transcript, by its head or by most of its cells; none for other tables."""
    columns = _columns(rows)
    kinds: dict[int, Kind] = {at: kind for at, kind in named.items() if kind is not Kind.OTHER}
    for at, cells in columns.items():
        if at not in kinds and most(bool(_time(cell)) for cell in cells):
            kinds[at] = Kind.TIME
        elif at not in kinds and _are_running(cells):
            kinds[at] = Kind.NUMBER
    if Kind.SPEAKER not in kinds.values():
        speakers = [at for at, cells in columns.items() if at not in kinds and _are_speakers(cells)]
        kinds.update(dict.fromkeys(speakers[:1], Kind.SPEAKER))
    if not {Kind.SPEAKER, Kind.TIME} & set(kinds.values()):
        return {}
    if Kind.SPEECH in kinds.values():
        return kinds
    return _with_speech(kinds, columns, len(rows))


def _with_speech(kinds: Mapping[int, Kind], columns: Mapping[int, Sequence[str]], rows: int) -> dict[int, Kind]:
    """The kinds, where the column with most text is speech; none where it is not, or the others are fields of data."""
    others = {at: cells for at, cells in columns.items() if at not in kinds}
    speech = max(others, key=lambda at: sum(map(len, others[at])), default=None)
    if speech is None or not _are_sentences(others[speech]):
        return {}
    if any(2 * len(cells) > rows and not _are_sentences(cells) for cells in others.values()):
        return {}
    return {**kinds, speech: Kind.SPEECH}


def _columns(rows: Iterable[Sequence[str]]) -> dict[int, list[str]]:
    """The cells of each column that have a text, from left to right."""
    columns: defaultdict[int, list[str]] = defaultdict(list)
    for row in rows:
        for at, cell in enumerate(row):
            if cell:
                columns[at].append(cell)
    return dict(sorted(columns.items()))


def _are_running(cells: Sequence[str]) -> bool:
    """Whether most are numbers that rise from row to row."""
    numbers = [int(match[1]) for cell in cells if len(cell) < _SHORT and (match := _NUMBER.fullmatch(cell))]
    return 2 * len(numbers) > len(cells) and most(a < b for a, b in pairwise(numbers))


def _are_speakers(cells: Sequence[str]) -> bool:
    """Whether half or more are names that come again, or roles."""
    names = [key(name) for name in map(_name, cells) if name]
    counts = Counter(names)
    return 2 * sum(counts[name] > 1 or is_role(name) for name in names) >= len(cells)


def _are_sentences(cells: Iterable[str]) -> bool:
    """Whether most are as long as, or end as, sentences."""
    return most(len(cell) >= _SHORT or _SENTENCE_END.search(cell) is not None for cell in cells)


def _time(line: str) -> str:
    """The first of the times that a line consists of, `0:31` of `[0:31 – 0:40]`; else nothing."""
    match = _TIME.fullmatch(line) if len(line) < _SHORT else None
    return match[1] if match else ""


def _name(cell: str) -> str:
    """The name that a cell holds, beside times on lines of their own; else nothing."""
    name = " ".join(line for line in cell.split("\n") if not _time(line)).strip().rstrip(": ")
    return name if _NAME.fullmatch(name) else ""


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
        if kind is Kind.SPEAKER and not _name(cell) and not _time(cell):
            kind = Kind.SPEECH
        if cell:
            yield kind, cell


def _label(cells: Sequence[tuple[Kind, str]]) -> str:
    """The label of a row: `[12:31] Anna:`; without a colon where nothing is said."""
    lines = [line for kind, cell in cells if kind in (Kind.TIME, Kind.SPEAKER) for line in cell.split("\n")]
    times = [time for line in lines if (time := _time(line))]
    names = [name for kind, cell in cells if kind is Kind.SPEAKER and (name := _name(cell))]
    colon = ":" if names and any(kind in (Kind.SPEECH, Kind.NOTE) for kind, _ in cells) else ""
    return " ".join([*(f"[{time}]" for time in times[:1]), *names]) + colon


def _bracketed(note: str) -> str:
    """The note in brackets, unless it is written in some."""
    note = " ".join(note.split())
    return note if _IN_BRACKETS.fullmatch(note) else f"[{note}]"


def _plain(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The rows of a table that is no transcript as a whole, each read by itself."""
    for number, row in enumerate(rows):
        is_header = number == 0 and len(row) > 1 and all(_head_kind(cell) not in (None, Kind.NOTE) for cell in row)
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
    words = [cell for cell in cells if not _time(cell)]
    *heads, speech = words or [""]
    lines = [line for head in heads for line in head.split("\n") if line]
    times = [time for cell in [*cells, *lines] if (time := _time(cell))]
    names = [line for line in lines if not _time(line) and not _NUMBER.fullmatch(line)]
    numbers = [line for line in lines if _NUMBER.fullmatch(line)]
    is_labelled = len(names) <= 1 and all(_NAME.fullmatch(name.rstrip(": ")) for name in names)
    if speech and is_labelled and (names or times) and not (numbers and len(speech) < _SHORT and not times):
        label = "".join([f"[{time}] " for time in times[:1]] + [f"{name.rstrip(': ')}: " for name in names])
        return label + speech
    is_short = all(len(cell) < _SHORT and "\n" not in cell for cell in cells)
    return (" | " if is_short and len(cells) != 2 else "\n\n").join(cells)
