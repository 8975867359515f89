"""Which of the lines that look labelled are: decided by the whole text, since prose has colons and times too."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from qa.formats.label_forms import (
    FEW,
    FEWEST,
    MANY_TURNS,
    SOME,
    asks,
    broadcast,
    framed,
    is_in_turn,
    name_lines,
    speakers,
    speaking,
    with_letters,
)
from qa.formats.label_layout import HALF, MOST, Layout, most
from qa.formats.label_lines import Head, Style
from qa.formats.label_names import is_phrase, is_role, is_telling, key
from qa.formats.label_single import single
from qa.formats.times import STAMP, parse_time

_SEVERAL = 0.3
"""The share of labels whose speakers come again, where nearly every paragraph has one."""
_BLOCKS = (Style.NAME_TIME, Style.TIME_NAME, Style.TWO_LINES)
_STAMP = re.compile(rf"\[{STAMP}\]|#{STAMP}(?:-\d)?#|\({STAMP}\)(?=[ \t]*$)", re.MULTILINE)
_ASKS = re.compile(r"[?？]|\b(?:tell|describe|explain|talk)\s+(?:me|us|to|about)\b", re.IGNORECASE)
_STOP = re.compile(r"\w\.(?:\s|$)")
_LETTER = re.compile(r"[QqAa]\.\s")


def choose(layout: Layout) -> list[Head]:
    """The labels, and the times that stand for themselves, in the order of the text."""
    header_end = layout.header_end
    heads = [head for head in layout.heads if head.start >= header_end]
    named = (
        _blocks(layout, heads)
        or _colons(layout, heads)
        or _colons(layout, heads, Style.INNER)
        or framed(layout, heads)
        or name_lines(layout)
    )
    named = with_letters(layout, heads, named)
    odd = [head for head in layout.odd if head.start >= header_end]
    named = (odd and _with_odd(layout, heads, named, odd)) or named
    if any(head.is_numbered for head in named) and not asks(layout, named):  # 1. Oslo: The opera.
        named = []
    starts = {head.start for head in named}
    others = [_as_time(layout, head) for head in layout.heads if head.start not in starts and head.stamp]
    found = sorted([*named, *_times(layout, others, is_labelled=bool(named))])
    return sorted([*found, *_within(layout.text, found)]) if named else found


def _blocks(layout: Layout, heads: Sequence[Head]) -> list[Head]:
    """Labels on lines of their own, with times."""
    told = speaking(layout, heads)
    for style in _BLOCKS:
        named = speakers([head for head in heads if head.style is style])
        count = sum(head.start in told for head in named)
        if len(named) < 2 or count < HALF * len(named) or layout.share(named) < FEW:
            continue
        counts = Counter(key(head.name) for head in named)
        recurring = [head for head in named if counts[key(head.name)] > 1 or is_role(head.name)]
        if len(recurring) >= HALF * len(named):
            is_sure = style is Style.NAME_TIME or count >= MOST * len(named)
            return named if is_sure else recurring
        if style is Style.NAME_TIME and _is_clocked(named) and layout.share(named) >= HALF:
            return named
    return []


def _with_odd(layout: Layout, heads: Sequence[Head], named: Sequence[Head], odd: Sequence[Head]) -> list[Head]:
    """The labels with those of no usual name, if these come again and again as regularly; else nothing."""
    counts = Counter(key(head.name) for head in odd)
    usual = Counter(key(head.name) for head in heads)
    is_beside = bool(named) or max(usual.values(), default=0) > 1 or is_in_turn([h for h in odd if h.name.islower()])
    again = [head for head in odd if counts[key(head.name)] > 1 and (is_beside or not head.name.islower())]
    blocks = [head for head in again if head.style is Style.NAME_TIME]
    if blocks and (not named or named[0].style is Style.NAME_TIME):
        together = _blocks(layout, sorted([*heads, *blocks]))
        if _is_rising(together) and _is_clocked(together):
            return together
    titled = [head for head in odd if head.style is Style.COLON and head.name.isupper() and "," in head.name]
    if titled and (together := broadcast(layout, heads, named, titled)):  # TOM HALE, FISHERMAN: …
        return together
    colons = [head for head in again if head.style is Style.COLON]
    if colons and (not named or named[0].style is Style.COLON):
        together = sorted([*(head for head in heads if head.style is Style.COLON), *colons])
        if layout.share(together) >= MOST:
            return _colons(layout, together)
    return []


def _colons(layout: Layout, heads: Sequence[Head], style: Style = Style.COLON) -> list[Head]:
    """Labels in front of speech: `Anna: …`, `Q. …`, and with them those of another style."""
    named = speakers([head for head in heads if head.style in (style, Style.COLON, Style.LETTER)])
    letters = {key(head.name) for head in named if head.style is Style.LETTER}
    if letters == {"q", "a"}:
        named = [_as_letter(layout, head) for head in named]
    else:  # an initial, or an item of a list
        named = [head for head in named if head.style is not Style.LETTER]
    proper = [head for head in named if not is_phrase(head.name)]
    is_script = layout.share(named) >= MOST
    return (is_script and _turns(layout, named)) or _turns(layout, proper) or _turns(layout, named)


def _turns(layout: Layout, named: Sequence[Head]) -> list[Head]:
    """Those of the labels that begin a turn, if the text as a whole is a conversation."""
    counts = Counter(key(head.name) for head in named)
    sure = {key(head.name) for head in named if head.is_sure and not is_phrase(head.name)}
    turns = [head for head in named if counts[key(head.name)] > 1 or key(head.name) in sure or is_role(head.name)]
    if len(turns) < 2:
        return []
    share = layout.share(named)
    roles = {key(head.name) for head in turns if is_role(head.name)}
    if len(roles) > 1 or sum(key(head.name) in sure for head in turns) >= HALF * len(turns):
        is_conversation = share >= (FEW if len(turns) >= FEWEST else SOME)
    else:
        recurring = sum(counts[key(head.name)] > 1 for head in named)
        is_conversation = (
            (len(counts) > 1 or (share >= MOST and len(turns) > 2 and is_telling(turns[0].name)))
            and recurring >= (_SEVERAL if share >= MOST else HALF) * len(named)
            and (any(len(role) > 1 for role in roles) or not _is_form([key(head.name) for head in named]))
            and share >= _needed(layout, turns)
            and _may_converse(layout, turns)
        )
    return sorted([*turns, *single(layout, named, turns)]) if is_conversation else []


def _may_converse(layout: Layout, turns: Sequence[Head]) -> bool:
    """Whether many labels of single words that prose has, too, may be of people: these ask now and then.

    A transcript that a machine wrote without any stops tells nothing by having no questions.
    """
    is_plain = len(turns) >= MANY_TURNS and not most(is_telling(head.name) for head in turns)
    return not is_plain or bool(_ASKS.search(layout.text)) or not _STOP.search(layout.text)


def _needed(layout: Layout, turns: Sequence[Head]) -> float:
    """The share of paragraphs that labels of this kind must begin."""
    is_small = most(layout.line_at(head.speech)[:1].islower() for head in turns)
    small = layout.small_words(head.name for head in turns)
    if is_in_turn(turns) and not is_small and not small:
        return FEW
    if sum(map(is_telling, (head.name for head in turns))) >= MOST * len(turns):
        return FEW if len(turns) >= MANY_TURNS and not is_small else SOME
    if is_small:  # He has one wish: to go home.
        return MOST
    return MOST if most(not small.isdisjoint(head.name.lower().split()) for head in turns) else SOME


def _is_form(names: Sequence[str]) -> bool:
    """Whether three or more labels come again and again in one order, as the fields of a form do.

    >>> _is_form(["name", "born", "lives", "name", "born", "lives"]), _is_form(["anna", "bo", "anna", "bo"])
    (True, False)
    """
    period = names.index(names[0], 1) if names[0] in names[1:] else len(names)
    return 2 < period <= len(names) / 2 and all(a == b for a, b in zip(names, names[period:], strict=False))


def _times(layout: Layout, heads: Sequence[Head], *, is_labelled: bool) -> list[Head]:
    """Times without names, in front of paragraphs or on lines of their own."""
    sure = [head for head in heads if head.is_sure]
    if is_labelled and (_is_rising(sure) or all(head.is_bare for head in sure)):
        return sure
    is_framed = sum(layout.text[head.start : head.speech].lstrip()[:1] in "[(#" for head in sure) > 1
    starts_at_zero = bool(heads) and (heads[0].time or 0) < 60
    if len(heads) > 2 and starts_at_zero and not is_framed and _is_rising(heads) and _is_clocked(heads):
        return list(heads) if len(heads) >= FEW * layout.units else []
    bare = [head for head in heads if head.is_bare]
    if len(bare) > FEWEST and _is_rising(bare) and _is_clocked(bare) and len(bare) >= HALF * layout.units:
        return bare
    has_hours = any(layout.text.count(":", head.start, head.speech) > 1 for head in sure)
    if len(sure) > 1 and _is_rising(sure) and (has_hours or _is_clocked(sure)) and len(sure) >= FEW * layout.units:
        return sure
    return []


def _within(text: str, heads: Sequence[Head]) -> list[Head]:
    """The times in brackets that stand within speech or at its end, unless they are in no order with the others."""
    starts = [head.start for head in heads]
    found = []
    for match in _STAMP.finditer(text):
        above = bisect_right(starts, match.start()) - 1
        time = parse_time(match[0].strip("[]()#").partition("-")[0])
        if time is not None and above >= 0 and heads[above].speech <= match.start():
            found.append(Head(match.start(), match.end(), Style.TIME, time=time, is_sure=True))
    timed = [head for head in sorted([*heads, *found]) if head.time is not None]
    return found if _is_rising(timed) else []


def _is_rising(heads: Iterable[Head]) -> bool:
    steps = [(a.time or 0) <= (b.time or 0) for a, b in pairwise(heads)]
    return sum(steps) >= 0.9 * len(steps)


def _is_clocked(heads: Iterable[Head]) -> bool:
    """Whether the times are those of a recording, and no round ones as in a programme."""
    return any((head.time or 0) % 5 for head in heads)


def _as_letter(layout: Layout, head: Head) -> Head:
    """The letter alone of what looks like a name with an initial, as in «A. In Bergen: it rained»."""
    if not head.name.upper().startswith(("Q. ", "A. ")):
        return head
    letter = _LETTER.search(layout.text, head.start)
    if not letter:
        return head
    speech = letter.end()
    return head._replace(style=Style.LETTER, name=head.name[0], role="", speech=speech, unclosed="", is_bare=False)


def _as_time(layout: Layout, head: Head) -> Head:
    """The time alone, where what follows it is no name."""
    start, speech = head.stamp or (head.start, head.speech)
    is_bare = not layout.whole_line_at(speech).strip()
    return head._replace(start=start, speech=speech, style=Style.TIME, name="", role="", unclosed="", is_bare=is_bare)
