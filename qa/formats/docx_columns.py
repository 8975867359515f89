"""What the columns of a Word table hold, where it is a transcript."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum, auto
from itertools import pairwise

from qa.formats.label_layout import most
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
NUMBER = re.compile(r"(\d+)\W?")
NAME = re.compile(r"[^\W\d_](?:[\w ,'’()&/-]|\.(?=.)|(?<=\b\w)\.){0,38}")
_SENTENCE_END = re.compile(r"[.?!…。？！][\"'”’»)\]]*$")
SHORT = 60


def named_columns(row: Sequence[str]) -> dict[int, Kind]:
    """The kinds that a header gives its columns; none where the row is no header.

    >>> [kind.name for kind in named_columns(["No.", "Speaker", "Text", "Mood"]).values()]
    ['NUMBER', 'SPEAKER', 'SPEECH']
    >>> named_columns(["Speaker", "I was born there."])
    {}
    """
    known = {at: kind for at, cell in enumerate(row) if (kind := head_kind(cell))}
    is_known = len(set(known.values())) > 1 and 2 * len(known) >= sum(map(bool, row))
    return known if is_known and all(len(cell) < SHORT for cell in row) else {}


def head_kind(cell: str) -> Kind | None:
    """The kind of column that has this head: `Time`, `No.`, `Text (English)`."""
    return _HEADS.get(" ".join(cell.lower().partition("(")[0].split()).rstrip(".: "))


def column_kinds(rows: Sequence[Sequence[str]], named: Mapping[int, Kind]) -> dict[int, Kind]:
    """The kind of each column of a transcript, by its head or by most of its cells; none for other tables."""
    columns = _columns(rows)
    kinds: dict[int, Kind] = {at: kind for at, kind in named.items() if kind is not Kind.OTHER}
    for at, cells in columns.items():
        if at not in kinds and most(bool(time_in(cell)) for cell in cells):
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
    numbers = [int(match[1]) for cell in cells if len(cell) < SHORT and (match := NUMBER.fullmatch(cell))]
    return 2 * len(numbers) > len(cells) and most(a < b for a, b in pairwise(numbers))


def _are_speakers(cells: Sequence[str]) -> bool:
    """Whether half or more are names that come again, or roles."""
    names = [key(name) for name in map(name_in, cells) if name]
    counts = Counter(names)
    return 2 * sum(counts[name] > 1 or is_role(name) for name in names) >= len(cells)


def _are_sentences(cells: Iterable[str]) -> bool:
    """Whether most are as long as, or end as, sentences."""
    return most(len(cell) >= SHORT or _SENTENCE_END.search(cell) is not None for cell in cells)


def time_in(line: str) -> str:
    """The first of the times that a line consists of, `0:31` of `[0:31 – 0:40]`; else nothing."""
    match = _TIME.fullmatch(line) if len(line) < SHORT else None
    return match[1] if match else ""


def name_in(cell: str) -> str:
    """The name that a cell holds, beside times on lines of their own; else nothing."""
    name = " ".join(line for line in cell.split("\n") if not time_in(line)).strip().rstrip(": ")
    return name if NAME.fullmatch(name) else ""
