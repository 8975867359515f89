"""Sentences are grouped into overlapping passages, the units that are embedded and read."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from qa.datatypes import Passage, Sentence
from qa.turns import Exchange, exchanges

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

    In a conversation a passage keeps to one question and what is said in reply, and knows the question.
    In another text it keeps to one paragraph that holds `size` sentences or more; shorter paragraphs
    that follow one another are read on into each other: two sentences alone say too little.

    Raises ValueError unless 0 <= overlap < size.
    """
    if not 0 <= overlap < size:
        raise ValueError(f"overlap must be at least 0 and less than size: {overlap=}, {size=}")
    runs = exchanges(sentences) or [Exchange(run) for run in _paragraphs(sentences, size)]
    return tuple(_passage(text, run, window) for run in runs for window in windows(len(run.sentences), size, overlap))


def _paragraphs(sentences: Sequence[Sentence], size: int) -> list[list[Sentence]]:
    """The paragraphs; those that are shorter than `size` and follow one another are joined."""
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
    return runs


def _passage(text: str, run: Exchange, window: range) -> Passage:
    sentences = tuple(run.sentences[window.start : window.stop])
    start, end = sentences[0].start, sentences[-1].end
    is_reply = window.stop > run.asked and window.start < run.replied
    return Passage(text[start:end], start, end, sentences, run.question if is_reply else ())
