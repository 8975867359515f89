"""Labels that no colon ends, and what all ways of judging labels share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from qa.formats.label_layout import HALF, MOST, Layout, most
from qa.formats.label_lines import Head, Style, name_line, parse_apart
from qa.formats.label_names import is_field, is_phrase, is_role, is_surname, is_telling, key

SOME = 0.4
FEW = 0.12
"""Shares of the paragraphs that must begin with a label; the better the labels, the smaller."""
MANY_TURNS = 6
FEWEST = 4
"""Turns of a conversation, at least, of which something can be told."""
_IN_TURN = 0.9
"""The share of labels that are of another speaker than the one before, where people speak in turn."""
_ASKING = 0.15
"""The share of turns with a question, in a conversation."""
_NAME_LINE = re.compile(r"^[ \t]*\S[^\n]{0,60}$", re.MULTILINE)
_LETTERED = re.compile(r"[ \t]*[QA][ \t\xa0]")
_APART = (Style.BOLD, Style.TAB, Style.DASH)
"""What sets also other words apart at the front of a line."""


def framed(layout: Layout, heads: Sequence[Head]) -> list[Head]:
    """Labels that something else than a colon sets apart: `[Anna] …`, `<Anna> …`, `(speaker 0) …`, `Anna – …`."""
    numbered = [head for head in heads if head.style is Style.ROUND]
    if len(numbered) > 1 and layout.share(numbered) >= MOST:
        return numbered
    apart = _apart(layout, heads)
    for style in (Style.SQUARE, Style.ANGLE, *_APART):
        named = speakers([head for head in (apart if style in _APART else heads) if head.style is style])
        if style in _APART:
            named = [head for head in named if not is_phrase(head.name)]
            if most(layout.line_at(head.speech)[:1].islower() for head in named):  # Bread – two loaves
                continue
        counts = Counter(key(head.name) for head in named)
        recurring = [head for head in named if counts[key(head.name)] > 1]
        is_markup = style is Style.ANGLE and "</" in layout.text
        needed = SOME if most(head.is_bare for head in named) else MOST
        if is_in_turn(named) and most(map(is_telling, (head.name for head in named))):
            needed = FEW
        is_usual = len(counts) > 1 and len(recurring) > HALF * len(named) and layout.share(named) >= needed
        if is_usual and not is_markup and (style not in _APART or asks(layout, named)):
            return named
    return []


def name_lines(layout: Layout) -> list[Head]:
    """Names on lines of their own, under a blank line and over what each says."""
    found = []
    for line in _NAME_LINE.finditer(layout.text):
        name = name_line(line[0]) if layout.text[max(0, line.start() - 2) : line.start()] in ("", "\n\n") else None
        if name and not is_phrase(name) and not name.endswith("."):
            found.append(Head(line.start(), line.end(), Style.NAME, name, is_bare=True))
    counts = Counter(key(head.name) for head in found)
    named = speakers([head for head in found if counts[key(head.name)] > 1])
    are_telling = all(map(is_telling, (head.name for head in named)))
    if len({key(head.name) for head in named}) < 2 or len(named) < (FEWEST if are_telling else MANY_TURNS):
        return []
    told = speaking(layout, named)
    is_usual = len(named) >= SOME * layout.blocks or is_in_turn(named)
    are_names = are_telling or not layout.small_words(head.name for head in named)
    are_surely = all(map(is_role, (head.name for head in named))) or asks(layout, named)
    return named if len(told) >= MOST * len(named) and is_usual and are_names and are_surely else []


def with_letters(layout: Layout, heads: Sequence[Head], named: Sequence[Head]) -> list[Head]:
    """The labels with the bare letters that stand beside them, or in their place: `Q   Where?` or `A   There.`."""
    lettered = [head for head in heads if _LETTERED.match(layout.text, head.start)]
    letters = [head for head in _apart(layout, lettered) if head.style is Style.BARE_LETTER]
    names = {head.name for head in letters}
    if len(letters) < 2 or "Q" not in names:
        return list(named)
    if len(letters) >= FEWEST and "A" in names:
        return list(named) or (letters if layout.share(letters) >= HALF else [])
    capitals = list(named) or _in_capitals(heads)
    together = sorted([*capitals, *(head for head in letters if head.name == "Q")])
    is_press = most(map(_is_in_capitals, capitals))
    return together if is_press and layout.share(together) >= MOST else list(named)


def _in_capitals(heads: Sequence[Head]) -> list[Head]:
    """The labels in capitals that tell a title and a name or come again, as `THE PRESIDENT:` does."""
    named = speakers(list(filter(_is_in_capitals, heads)))
    counts = Counter(key(head.name) for head in named)
    return [head for head in named if counts[key(head.name)] > 1 or " " in head.name]


def _is_in_capitals(head: Head) -> bool:
    return head.style is Style.COLON and head.name.isupper()


def broadcast(layout: Layout, heads: Sequence[Head], named: Sequence[Head], titled: Sequence[Head]) -> list[Head]:
    """The labels with those that also tell what someone is, as they do once, if all are in capitals; else nothing."""
    capitals = named or speakers(list(filter(_is_in_capitals, heads)))
    together = sorted([*capitals, *titled])
    if not most(map(_is_in_capitals, together)) or len(together) < FEWEST:
        return []
    return together if named or layout.share(together) >= MOST else []


def speakers(heads: Sequence[Head]) -> list[Head]:
    """Those that name no field; a word that is also a surname is one where it comes again beside another speaker."""
    counts = Counter(key(head.name) for head in heads)
    others = any(counts[key(head.name)] > 1 and not is_field(head.name) for head in heads)
    return [
        head
        for head in heads
        if not is_field(head.name) or (others and is_surname(head.name) and counts[key(head.name)] > 1)
    ]


def is_in_turn(heads: Sequence[Head]) -> bool:
    """Whether the labels are many, of a few speakers, and nearly each of another than the one before."""
    names = [key(head.name) for head in heads]
    changes = sum(a != b for a, b in pairwise(names))
    are_few = 1 < len(set(names)) <= len(names) / 3
    return len(names) >= MANY_TURNS and are_few and changes >= _IN_TURN * (len(names) - 1)


def asks(layout: Layout, heads: Sequence[Head]) -> bool:
    """Whether what the labels begin is a conversation by its questions, which headings and lists have none of."""
    asking = sum("?" in layout.text[head.speech : end] for head, end in _with_ends(layout, heads))
    return asking >= max(2, _ASKING * len(heads))


def speaking(layout: Layout, heads: Sequence[Head]) -> set[int]:
    """The starts of the heads that something is said after."""
    return {
        h.start
        for h, end in _with_ends(layout, heads)
        if layout.text[h.speech : h.speech + 200][: max(0, end - h.speech)].strip()
    }


def _with_ends(layout: Layout, heads: Sequence[Head]) -> Iterator[tuple[Head, int]]:
    """Each label with where the next one, or the text's end, stands."""
    return zip(heads, [*(head.start for head in heads), len(layout.text)][1:], strict=True)


def _apart(layout: Layout, heads: Sequence[Head]) -> list[Head]:
    """The labels that something else than a colon sets apart, also where one comes later in the line."""
    found = (parse_apart(layout.whole_line_at(head.start), head.start, head.is_first) for head in heads)
    return [head for head in found if head]
