"""Which of the lines that look labelled are: decided by the whole text, since prose has colons and times too."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from qa.formats.label_layout import HALF, MOST, Layout, most
from qa.formats.label_lines import Head, Style, name_line, parse_apart
from qa.formats.label_names import is_field, is_phrase, is_role, is_surname, is_telling, key
from qa.formats.label_single import single
from qa.formats.times import STAMP, parse_time

_SOME = 0.4
_SEVERAL = 0.3
_FEW = 0.12
"""Shares of the paragraphs that must begin with a label; the better the labels, the smaller."""
_MANY_TURNS = 6
_BLOCKS = (Style.NAME_TIME, Style.TIME_NAME, Style.TWO_LINES)
_STAMP = re.compile(rf"\[{STAMP}\]|#{STAMP}(?:-\d)?#|\({STAMP}\)(?=[ \t]*$)", re.MULTILINE)
_NAME_LINE = re.compile(r"^[ \t]*\S[^\n]{0,60}$", re.MULTILINE)
_APART = (Style.BOLD, Style.TAB, Style.DASH)
"""What sets also other words apart at the front of a line."""
_FEWEST = 4
_IN_TURN = 0.9
"""The share of labels that are of another speaker than the one before, where people speak in turn."""
_LETTER = re.compile(r"[QqAa]\.\s")


def choose(layout: Layout) -> list[Head]:
    """The labels, and the times that stand for themselves, in the order of the text."""
    header_end = layout.header_end
    heads = [head for head in layout.heads if head.start >= header_end]
    named = (
        _blocks(layout, heads)
        or _colons(layout, heads)
        or _colons(layout, heads, Style.INNER)
        or _framed(layout, heads)
        or _lines(layout)
    )
    named = _with_letters(layout, heads, named)
    odd = [head for head in layout.odd if head.start >= header_end]
    named = (odd and _with_odd(layout, heads, named, odd)) or named
    starts = {head.start for head in named}
    others = [_as_time(head) for head in layout.heads if head.start not in starts and head.stamp]
    found = sorted([*named, *_times(layout, others, is_labelled=bool(named))])
    return sorted([*found, *_within(layout.text, found)]) if named else found


def _blocks(layout: Layout, heads: Sequence[Head]) -> list[Head]:
    """Labels on lines of their own, with times."""
    speaking = _speaking(layout, heads)
    for style in _BLOCKS:
        named = _speakers([head for head in heads if head.style is style])
        told = sum(head.start in speaking for head in named)
        if len(named) < 2 or told < HALF * len(named) or layout.share(named) < _FEW:
            continue
        counts = Counter(key(head.name) for head in named)
        recurring = [head for head in named if counts[key(head.name)] > 1 or is_role(head.name)]
        if len(recurring) >= HALF * len(named):
            is_sure = style is Style.NAME_TIME or told >= MOST * len(named)
            return named if is_sure else recurring
        if style is Style.NAME_TIME and _is_clocked(named) and layout.share(named) >= HALF:
            return named
    return []


def _with_letters(layout: Layout, heads: Sequence[Head], named: Sequence[Head]) -> list[Head]:
    """The labels with the bare letters that stand beside them, or in their place: `Q   Where?` or `A   There.`."""
    letters = [head for head in _apart(layout, heads) if head.style is Style.BARE_LETTER]
    if len(letters) < 2:
        return list(named)
    if len(letters) >= _FEWEST and {head.name for head in letters} == {"Q", "A"}:
        return list(named) or (letters if layout.share(letters) >= HALF else [])
    capitals = list(named) or [head for head in heads if head.style is Style.COLON and head.name.isupper()]
    together = sorted([*capitals, *(head for head in letters if head.name == "Q")])
    is_press = most(head.name.isupper() and head.style is Style.COLON for head in capitals)
    return together if is_press and layout.share(together) >= MOST else list(named)


def _with_odd(layout: Layout, heads: Sequence[Head], named: Sequence[Head], odd: Sequence[Head]) -> list[Head]:
    """The labels with those of no usual name, if these come again and again as regularly; else nothing."""
    counts = Counter(key(head.name) for head in odd)
    usual = Counter(key(head.name) for head in heads)
    is_beside = bool(named) or max(usual.values(), default=0) > 1 or _is_in_turn([h for h in odd if h.name.islower()])
    again = [head for head in odd if counts[key(head.name)] > 1 and (is_beside or not head.name.islower())]
    blocks = [head for head in again if head.style is Style.NAME_TIME]
    if blocks and (not named or named[0].style is Style.NAME_TIME):
        together = _blocks(layout, sorted([*heads, *blocks]))
        if _is_rising(together) and _is_clocked(together):
            return together
    titled = [head for head in odd if head.style is Style.COLON and head.name.isupper() and "," in head.name]
    if titled and (broadcast := _broadcast(layout, heads, named, titled)):  # TOM HALE, FISHERMAN: …
        return broadcast
    colons = [head for head in again if head.style is Style.COLON]
    if colons and (not named or named[0].style is Style.COLON):
        together = sorted([*(head for head in heads if head.style is Style.COLON), *colons])
        if layout.share(together) >= MOST:
            return _colons(layout, together)
    return []


def _broadcast(layout: Layout, heads: Sequence[Head], named: Sequence[Head], titled: Sequence[Head]) -> list[Head]:
    """The labels with those that also tell what someone is, as they do once, if all are in capitals; else nothing."""
    capitals = named or _speakers([head for head in heads if head.style is Style.COLON and head.name.isupper()])
    together = sorted([*capitals, *titled])
    if not most(head.style is Style.COLON and head.name.isupper() for head in together) or len(together) < _FEWEST:
        return []
    return together if named or layout.share(together) >= MOST else []


def _speakers(heads: Sequence[Head]) -> list[Head]:
    """Those that name no field; a word that is also a surname is one where it comes again beside another speaker."""
    counts = Counter(key(head.name) for head in heads)
    others = any(counts[key(head.name)] > 1 and not is_field(head.name) for head in heads)
    return [
        head
        for head in heads
        if not is_field(head.name) or (others and is_surname(head.name) and counts[key(head.name)] > 1)
    ]


def _colons(layout: Layout, heads: Sequence[Head], style: Style = Style.COLON) -> list[Head]:
    """Labels in front of speech: `Anna: …`, `Q. …`, and those of another style that stand as they do."""
    named = _speakers([head for head in heads if head.style in (style, Style.LETTER)])
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
        is_conversation = share >= (_FEW if len(turns) >= _FEWEST else _SOME)
    else:
        recurring = sum(counts[key(head.name)] > 1 for head in named)
        is_conversation = (
            (len(counts) > 1 or (share >= MOST and len(turns) > 2 and is_telling(turns[0].name)))
            and recurring >= (_SEVERAL if share >= MOST else HALF) * len(named)
            and (any(len(role) > 1 for role in roles) or not _is_form([key(head.name) for head in named]))
            and share >= _needed(layout, turns)
        )
    return sorted([*turns, *single(layout, named, turns)]) if is_conversation else []


def _needed(layout: Layout, turns: Sequence[Head]) -> float:
    """The share of paragraphs that labels of this kind must begin."""
    is_small = most(layout.line_at(head.speech)[:1].islower() for head in turns)
    if _is_in_turn(turns) and not is_small and not layout.small_words(head.name for head in turns):
        return _FEW
    if sum(map(is_telling, (head.name for head in turns))) >= MOST * len(turns):
        return _FEW if len(turns) >= _MANY_TURNS and not is_small else _SOME
    if is_small:  # He has one wish: to go home.
        return MOST
    small = layout.small_words(head.name for head in turns)
    return MOST if most(not small.isdisjoint(head.name.lower().split()) for head in turns) else _SOME


def _is_form(names: Sequence[str]) -> bool:
    """Whether three or more labels come again and again in one order, as the fields of a form do.

    >>> _is_form(["name", "born", "lives", "name", "born", "lives"]), _is_form(["anna", "bo", "anna", "bo"])
    (True, False)
    """
    period = names.index(names[0], 1) if names[0] in names[1:] else len(names)
    return 2 < period <= len(names) / 2 and all(a == b for a, b in zip(names, names[period:], strict=False))


def _framed(layout: Layout, heads: Sequence[Head]) -> list[Head]:
    """Labels that something else than a colon sets apart: `[Anna] …`, `<Anna> …`, `(speaker 0) …`, `Anna – …`."""
    numbered = [head for head in heads if head.style is Style.ROUND]
    if len(numbered) > 1 and layout.share(numbered) >= MOST:
        return numbered
    for style in (Style.SQUARE, Style.ANGLE, *_APART):
        read = _apart(layout, heads) if style in _APART else heads
        named = _speakers([head for head in read if head.style is style])
        if style in _APART:
            named = [head for head in named if not is_phrase(head.name)]
            if most(layout.line_at(head.speech)[:1].islower() for head in named):  # Bread – two loaves
                continue
        counts = Counter(key(head.name) for head in named)
        recurring = [head for head in named if counts[key(head.name)] > 1]
        is_markup = style is Style.ANGLE and "</" in layout.text
        needed = _SOME if most(head.is_bare for head in named) else MOST
        needed = _FEW if _is_in_turn(named) else needed
        if len(counts) > 1 and len(recurring) > HALF * len(named) and layout.share(named) >= needed and not is_markup:
            return named
    return []


def _apart(layout: Layout, heads: Sequence[Head]) -> list[Head]:
    """The labels that something else than a colon sets apart, also where one comes later in the line."""
    found = (parse_apart(layout.whole_line_at(head.start), head.start, head.is_first) for head in heads)
    return [head for head in found if head]


def _lines(layout: Layout) -> list[Head]:
    """Names on lines of their own, under a blank line and over what each says."""
    found = []
    for line in _NAME_LINE.finditer(layout.text):
        name = name_line(line[0]) if layout.text[max(0, line.start() - 2) : line.start()] in ("", "\n\n") else None
        if name and not is_phrase(name):
            found.append(Head(line.start(), line.end(), Style.NAME, name, is_bare=True))
    counts = Counter(key(head.name) for head in found)
    named = _speakers([head for head in found if counts[key(head.name)] > 1])
    if len({key(head.name) for head in named}) < 2 or len(named) < _FEWEST:
        return []
    told = _speaking(layout, named)
    is_usual = len(named) >= _SOME * layout.blocks or _is_in_turn(named)
    is_known = all(map(is_telling, (head.name for head in named))) or not layout.small_words(h.name for h in named)
    return named if len(told) >= MOST * len(named) and is_usual and is_known else []


def _is_in_turn(heads: Sequence[Head]) -> bool:
    """Whether the labels are many, of a few speakers, and nearly each of another than the one before."""
    names = [key(head.name) for head in heads]
    changes = sum(a != b for a, b in pairwise(names))
    are_few = 1 < len(set(names)) <= len(names) / 3
    return len(names) >= _MANY_TURNS and are_few and changes >= _IN_TURN * (len(names) - 1)


def _times(layout: Layout, heads: Sequence[Head], *, is_labelled: bool) -> list[Head]:
    """Times without names, in front of paragraphs or on lines of their own."""
    sure = [head for head in heads if head.is_sure]
    if is_labelled and (_is_rising(sure) or all(head.is_bare for head in sure)):
        return sure
    starts_at_zero = bool(heads) and (heads[0].time or 0) < 60
    if len(heads) > 2 and starts_at_zero and _is_rising(heads) and _is_clocked(heads):
        return list(heads) if len(heads) >= _FEW * layout.units else []
    bare = [head for head in heads if head.is_bare]
    if len(bare) > _FEWEST and _is_rising(bare) and _is_clocked(bare) and len(bare) >= HALF * layout.units:
        return bare
    has_hours = any(layout.text.count(":", head.start, head.speech) > 1 for head in sure)
    if len(sure) > 1 and _is_rising(sure) and (has_hours or _is_clocked(sure)) and len(sure) >= _FEW * layout.units:
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


def _speaking(layout: Layout, heads: Sequence[Head]) -> set[int]:
    """The starts of the heads that something is said after."""
    ends = [*(head.start for head in heads), len(layout.text)][1:]
    return {
        h.start
        for h, end in zip(heads, ends, strict=True)
        if layout.text[h.speech : h.speech + 200][: max(0, end - h.speech)].strip()
    }


def _as_letter(layout: Layout, head: Head) -> Head:
    """The letter alone of what looks like a name with an initial, as in «A. In Bergen: it rained»."""
    if not head.name.upper().startswith(("Q. ", "A. ")):
        return head
    letter = _LETTER.search(layout.text, head.start)
    if not letter:
        return head
    speech = letter.end()
    return head._replace(style=Style.LETTER, name=head.name[0], role="", speech=speech, unclosed="", is_bare=False)


def _as_time(head: Head) -> Head:
    """The time alone, where what follows it is no name."""
    start, speech = head.stamp or (head.start, head.speech)
    return head._replace(start=start, speech=speech, style=Style.TIME, name="", role="", unclosed="")
