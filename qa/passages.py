"""Sentences are grouped into overlapping passages, the units that are embedded and read."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from qa.datatypes import Passage, Sentence

SIZE = 4
OVERLAP = 2


def windows(count: int, size: int, overlap: int) -> list[range]:
    """The runs of `size` that cover `count` things, each sharing `overlap` with the one before.

    >>> windows(7, size=4, overlap=2)
    [range(0, 4), range(2, 6), range(4, 7)]
    """
    starts = range(0, max(count - overlap, 1), size - overlap)
    return [range(start, min(start + size, count)) for start in starts]


def make_passages(
    text: str, sentences: Sequence[Sentence], size: int = SIZE, overlap: int = OVERLAP
) -> tuple[Passage, ...]:
    """Passages of `size` sentences, in the order of the text; every sentence is in at least one.

    A passage keeps to one paragraph where that holds `size` sentences or more. Shorter paragraphs
    that follow one another are read on into each other: two sentences alone say too little.

    Raises ValueError unless 0 <= overlap < size.
    """
    if not 0 <= overlap < size:
        raise ValueError(f"overlap must be at least 0 and less than size: {overlap=}, {size=}")
    runs: list[list[Sentence]] = []
    going_on = False  # the last run is of short paragraphs, and another may join it
    for _, group in groupby(sentences, key=lambda s: s.paragraph):
        paragraph = list(group)
        is_short = len(paragraph) < size
        if is_short and going_on:
            runs[-1] += paragraph
        else:
            runs.append(paragraph)
        going_on = is_short
    return tuple(
        _passage(text, run[window.start : window.stop]) for run in runs for window in windows(len(run), size, overlap)
    )


def _passage(text: str, sentences: Sequence[Sentence]) -> Passage:
    start, end = sentences[0].start, sentences[-1].end
    return Passage(text[start:end], start, end, tuple(sentences))
