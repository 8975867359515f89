"""Who speaks but once is told from a remark in prose by a label that looks as those of the others do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from enum import Enum, auto
from itertools import chain

from qa.formats.label_layout import HALF, MOST, Layout, most
from qa.formats.label_lines import Head
from qa.formats.label_names import is_phrase, is_telling

_USUAL = 0.9
"""The share of the labels that must look so for it to be their form."""
_FEWEST = 4


class Look(Enum):
    """What the labels of one talk may have in common."""

    CAPITALS = auto()  # ANNA: …
    MARKUP = auto()  # **Anna:** …
    ARROWS = auto()  # >> Anna: …
    TIMED = auto()  # Anna (0:12): …
    FIRST = auto()  # a blank line is above
    SENTENCE = auto()  # what follows begins as a sentence does


_NO_PROSE = {Look.CAPITALS, Look.MARKUP, Look.ARROWS}
"""What prose hardly gives the words in front of a colon."""


def single(layout: Layout, named: Sequence[Head], turns: Sequence[Head]) -> list[Head]:
    """Those of the labels that come once and are such, beside those that begin a turn for certain."""
    spoken = {head.start for head in turns}
    first = min(layout.body, *spoken)  # above, a label is a field of a header
    is_bare = most(head.is_bare for head in turns)
    looks = _usual(layout, turns)
    rest = [head for head in named if head.start not in spoken and head.start >= first and head.is_bare == is_bare]
    rest = [
        head for head in rest if not (is_phrase(head.name) or layout.goes_on(head)) and looks <= _looks(layout, head)
    ]
    share = layout.share(named)
    if share >= MOST or looks & _NO_PROSE:
        return rest
    small = layout.small_words(head.name for head in rest)
    if share >= HALF:
        return [head for head in rest if " " not in head.name or small.isdisjoint(head.name.lower().split())]
    return [
        head for head in rest if head.is_first and is_telling(head.name) and small.isdisjoint(head.name.lower().split())
    ]


def _usual(layout: Layout, turns: Sequence[Head]) -> set[Look]:
    """What nearly all labels have in common; nothing where they are too few to tell."""
    if len(turns) < _FEWEST:
        return set()
    counts = Counter(chain.from_iterable(_looks(layout, head) for head in turns))
    looks = {look for look, count in counts.items() if count >= _USUAL * len(turns)}
    if all(len(head.name) == 1 for head in turns):  # Q and A may stand beside Dr Meyer
        looks.discard(Look.CAPITALS)
    if looks & _NO_PROSE:  # which tells enough
        looks.discard(Look.SENTENCE)
    return looks


def _looks(layout: Layout, head: Head) -> set[Look]:
    label = layout.text[head.start : head.speech]
    looks = {
        Look.CAPITALS: head.name.isupper(),
        Look.MARKUP: "*" in label,
        Look.ARROWS: label.lstrip().startswith(">>"),
        Look.TIMED: head.time is not None,
        Look.FIRST: head.is_first,
        # in prose, what a colon leads to hardly does
        Look.SENTENCE: not layout.line_at(head.speech)[:1].islower(),
    }
    return {look for look, has in looks.items() if has}
