"""A line of a transcript may begin with the label of who speaks, a time, or both."""

from __future__ import annotations

import re
import sys
from enum import Enum, auto
from typing import NamedTuple

from qa.formats.label_names import is_name, is_odd_name
from qa.formats.times import STAMP, parse_time

LONGEST = 160
"""Characters at the front of a line, in which its label ends."""

_SPACE = r"[ \t\xa0]"
_RANGE = rf"({STAMP})(?:{_SPACE}?[AaPp][Mm]\b)?(?:[ \t]?[ \t]?(?:-{{1,2}}>|[-–—]|to)[ \t]?[ \t]?{STAMP})?"
_LEAD = re.compile(
    rf"(?:\[[ \t]?{_RANGE}[ \t]?\]|\([ \t]?{_RANGE}[ \t]?\)|#({STAMP})(?:-\d)?#|{_RANGE}(?={_SPACE}|$))"
    rf"{_SPACE}*+(?:[-–—|]{_SPACE}++)?"
)
_TRAIL = re.compile(rf"(?:\[{_RANGE}\]|\({_RANGE}\)|(?:^|(?<=[ \t\xa0,|·•–—-])){_RANGE})$")
_COLON = re.compile(r":(?=[*_\s]|$)|：")
_MARKUP = re.compile(r"\*{1,3}+(?=\S)|(?<=\S)\*{1,3}+|(?<!\w)_{1,2}(?=[^\W_])|(?<=[^\s_])_{1,2}(?!\w)")
_FRONT = re.compile(r"(?:#{1,6}|[->•](?=[ \t]+[*_]))[ \t]+")
"""What Markdown puts in front of a heading, a quotation or an item of a list."""
_NUMBER = re.compile(r"^Q?\d{1,4}[.)]?[ \t]+(?=[^\W\d])")
"""That of a turn or a line."""
_ROLE = re.compile(r"[ \t]*(\([^()]{1,40}\)(?:[ \t]*\([^()]{1,40}\))?)$")
_INNER = re.compile(rf"\[{_RANGE}\](?=[ \t]+\S)")
_LETTER = re.compile(r"([QqAa])\.(?=[ \t])")
_BARE_LETTER = re.compile(rf"(Q)(?={_SPACE}+\S)|([QA])(?=\t|[ \xa0]{{2}})")
_DASHED = re.compile(rf"(?:{_SPACE}*[–—]|{_SPACE}-){_SPACE}+(?=\S)")
_AFTER_BOLD = re.compile(rf"(?:{_SPACE}*[–—-](?=\s))?(?=\s|$)")
_FRAMED = re.compile(r"(?:\[([^\[\]()\n]{1,40})\]|<([^<>=/\n]{1,40})>|\((speaker (?:\d{1,3}|\?))\)):?(?=[ \t]|$)")
_TURN = re.compile(r">{2,3}[ \t]*")
_NO_NAME = re.compile(r"[\[\](){}<>*\t\"“”«»?!;,，。、|:：]|[ ]{3}")


class Style(Enum):
    """How a label is written."""

    COLON = auto()  # Anna Berg: …
    INNER = auto()  # Anna Berg [0:12] …
    LETTER = auto()  # Q. …
    BARE_LETTER = auto()  # Q …
    SQUARE = auto()  # [Anna Berg] …
    ANGLE = auto()  # <Anna Berg> …
    ROUND = auto()  # (speaker 0) …, as whisper.cpp writes it; other names in such brackets are remarks
    BOLD = auto()  # **Anna Berg** …
    TAB = auto()  # Anna Berg, a tab, …
    DASH = auto()  # Anna Berg – …
    NAME = auto()  # Anna Berg, alone on its line
    NAME_TIME = auto()  # Anna Berg  0:12, alone on its line
    TIME_NAME = auto()  # 0:12 Anna Berg, alone on its line
    TWO_LINES = auto()  # the name on a line, the time on another
    TIME = auto()  # 0:12 …, and no name


class Head(NamedTuple):
    """What stands before speech. Offsets are of the whole text."""

    start: int
    speech: int
    style: Style
    name: str = ""
    role: str = ""
    """In brackets after the name: `(host)`."""
    time: float | None = None
    is_sure: bool = False
    """Whether the time is in brackets or has hours, as a time of the day in a line of prose has not."""
    stamp: tuple[int, int] | None = None
    """Where the time alone stands, if the name should be none; `speech` begins after it."""
    unclosed: str = ""
    """Markup that was opened before the label, and is closed within the speech."""
    is_first: bool = True
    """Whether a blank line, or nothing, is above."""
    is_bare: bool = False
    """Whether no speech is on this line."""
    is_numbered: bool = False
    """Whether a number stands before the name, that of a turn or a line."""
    is_odd: bool = False
    """Whether the name is of no usual form: `Berg, Anna`, `anna`, `+47 22 33 44`."""


def parse_line(line: str, offset: int = 0, is_first: bool = True) -> Head | None:
    """The label or the time at the front of a line, if it looks like one; `offset` is where the line starts.

    >>> head = parse_line("[00:12:31] **Dr. O'Neil (host):** Welcome.")
    >>> head.name, head.role, head.time, head.speech
    ("Dr. O'Neil", '(host)', 751.0, 33)
    >>> parse_line("Anna Berg  0:05").style.name, parse_line("At 10:30 we left.")
    ('NAME_TIME', None)
    """
    begun = _begin(line, offset, is_first)
    if begun is None:
        return None
    front, at, head, opening = begun
    if head.stamp and head.is_bare:
        return head
    label = _colon(line, front, at, head, opening) or _other(line, front, at, head)
    return label or _apart(line, front, at, head, opening) or (head if head.stamp else None)


def parse_apart(line: str, offset: int = 0, is_first: bool = True) -> Head | None:
    """The label at the front of a line, as `parse_line` has it, if something else than a colon sets it apart.

    >>> parse_apart("Anna Berg – In 1974: I know.").name
    'Anna Berg'
    """
    begun = _begin(line, offset, is_first)
    return _apart(line, *begun) if begun else None


def _begin(line: str, offset: int, is_first: bool) -> tuple[str, int, Head, str] | None:
    """The front of a line, where in it the name may start, a head of what is before, and the markup opened there."""
    front = line[:LONGEST]
    start = len(front) - len(front.lstrip())
    turn = _TURN.match(front, start)
    at = turn.end() if turn else start
    heading = _FRONT.match(front, at)
    at = heading.end() if heading else at
    opening = _MARKUP.match(front, at)
    at = opening.end() if opening else at
    lead = _LEAD.match(front, at)
    time = _time(lead) if lead else None
    if lead and time is None:
        return None
    at = lead.end() if lead else at
    stamp = (offset, offset + at) if lead and not opening else None
    is_sure = bool(turn) or (lead is not None and _is_sure(lead))
    head = Head(offset, offset + at, Style.TIME, "", "", time, is_sure, stamp, "", is_first, not line[at:].strip())
    return front, at, head, opening[0] if opening else ""


def name_line(line: str) -> str | None:
    """The name that a line consists of, if it can be one."""
    front = line[:LONGEST].strip()
    heading = _FRONT.match(front)
    name = _MARKUP.sub("", front[heading.end() :] if heading else front).rstrip(":")
    return name if len(line) < LONGEST and not _NO_NAME.search(name) and is_name(name) else None


def _colon(line: str, front: str, at: int, head: Head, opening: str) -> Head | None:
    """A label that ends with a colon."""
    colon = _COLON.search(front, at)
    if not colon:
        return None
    label, end = front[at : colon.start()], colon.end()
    markup = [*([opening] if opening else []), *_MARKUP.findall(label)]
    closing = _MARKUP.match(front, end)
    if closing and len(markup) % 2:
        markup.append(closing[0])
        end = closing.end()
    written = _MARKUP.sub("", label).strip()
    unnumbered = _NUMBER.sub("", written, count=1)
    named = _named(unnumbered, head._replace(is_numbered=unnumbered != written))
    if named is None:
        return None
    late = _LEAD.match(front, _after_space(front, end)) if named.time is None else None
    # a bare time may be what is said: Anna: 10:30 is too late.
    is_late = late is not None and (front[late.start()] in "[(" or "\t" in late[0])
    if late and is_late and _time(late) is not None:
        named, end = named._replace(time=_time(late), is_sure=True), late.end()
    unclosed = markup[-1] if len(markup) % 2 else ""
    is_bare = not line[end:].strip(" \t*")
    return named._replace(style=Style.COLON, speech=head.start + end, unclosed=unclosed, is_bare=is_bare)


def _other(line: str, front: str, at: int, head: Head) -> Head | None:
    """A label without a colon."""
    letter = _LETTER.match(front, at)
    if letter:
        return head._replace(style=Style.LETTER, name=letter[1], speech=head.start + letter.end(), is_bare=False)
    framed = _FRAMED.match(front, at)
    if framed:
        return _framed(framed, front, head)
    inner = _INNER.search(front, at)
    if inner and head.time is None:
        named = _named(_MARKUP.sub("", front[at : inner.end()]).strip(), head)
        if named is None or named.is_odd:
            return None
        return named._replace(style=Style.INNER, speech=head.start + inner.end(), is_bare=False)
    if len(line) > LONGEST:
        return None
    label = _MARKUP.sub("", front[at:]).strip().rstrip(":")
    if head.time is not None:
        named = _named(label, head)
        if named is None or named.is_odd:
            return None
        return named._replace(style=Style.TIME_NAME, speech=head.start + len(line), is_bare=True)
    if not label[-1:] or label[-1] not in "0123456789])":
        return None
    named = _named(label, head)
    if named is None or named.time is None:
        return None
    return named._replace(style=Style.NAME_TIME, speech=head.start + len(line), is_bare=True)


def _apart(line: str, front: str, at: int, head: Head, opening: str) -> Head | None:
    """A label that only bold type, a tab, a dash or the space after it sets apart."""
    letter = _BARE_LETTER.match(front, at)
    if letter and not opening:
        name = letter[1] or letter[2]
        return head._replace(style=Style.BARE_LETTER, name=name, speech=head.start + letter.end(), is_bare=False)
    if opening:
        style, closing = Style.BOLD, _MARKUP.search(front, at)
        after = closing and _AFTER_BOLD.match(front, closing.end())
        start, end = (closing.start(), after.end()) if closing and after else (0, 0)
    else:
        tab, dash = front.find("\t", at), _DASHED.search(front, at)
        style = Style.TAB if tab > at and not (dash and dash.start() < tab) else Style.DASH
        start, end = (tab, tab + 1) if style is Style.TAB else (dash.start(), dash.end()) if dash else (0, 0)
    named = _named(front[at:start].strip(), head) if start > at else None
    if named is None or named.is_odd or (named.role and style is Style.DASH):
        return None
    return named._replace(style=style, speech=head.start + end, is_bare=not line[end:].strip(" \t*"))


def _framed(framed: re.Match[str], front: str, head: Head) -> Head | None:
    """A label in brackets; a time may stand in them, too, or after them."""
    label = next(filter(None, framed.groups()))
    named = head._replace(name=label) if framed[3] or (framed[2] and label.isalnum()) else _named(label.strip(), head)
    if named is None or named.is_odd or named.role:
        return None
    end = framed.end()
    if head.time is None and not front[end:].strip():  # [Laughter]
        return None
    late = _LEAD.match(front, _after_space(front, end)) if named.time is None else None
    if late and (_is_sure(late) or not front[late.end() :].strip()) and _time(late) is not None:
        named, end = named._replace(time=_time(late)), late.end()
    style = Style.SQUARE if framed[1] else Style.ANGLE if framed[2] else Style.ROUND
    return named._replace(style=style, speech=head.start + end, is_bare=not front[end:].strip())


def _after_space(front: str, at: int) -> int:
    return at + len(front[at:]) - len(front[at:].lstrip(" \t\xa0"))


def _named(label: str, head: Head) -> Head | None:
    """The head with the name, the role and the time that the label consists of."""
    trail = _TRAIL.search(label) if head.time is None else None
    if trail:
        time = _time(trail)
        if time is None:
            return None
        head = head._replace(time=time, is_sure=head.is_sure or _is_sure(trail))
        label = label[: trail.start()].rstrip(" \t\xa0,|·•–—-")
    role = _ROLE.search(label)
    name = label[: role.start()] if role else label
    if not _NO_NAME.search(name) and is_name(name):
        return head._replace(name=sys.intern(name), role=role[1] if role else "")  # held once, not once a turn
    return head._replace(name=sys.intern(label), is_odd=True) if is_odd_name(label) else None


def _time(match: re.Match[str]) -> float | None:
    return parse_time(next(filter(None, match.groups())))


def _is_sure(match: re.Match[str]) -> bool:
    stamp = match[0].strip()
    return stamp[0] in "[(#" or next(filter(None, match.groups())).count(":") > 1
