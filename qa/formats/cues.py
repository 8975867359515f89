"""The cues of WebVTT and SubRip subtitles.

A parser of our own, since words must not be lost and none may be made speech that is not: of a file
with comments or with names for its cues, pysubs2 1.8 takes these for the speech of the cue before;
webvtt-py 0.6 reads WebVTT well, but leaves out the cues of a SubRip file whose times have no hours.
"""

from __future__ import annotations

import html
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from qa.formats.times import STAMP, parse_time

Kind = Literal["vtt", "srt"]

_TIMING = re.compile(rf"[ \t]*({STAMP})[ \t]*-{{1,2}}>[ \t]*({STAMP})")
_LINE = re.compile(r"([^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]*)(?:\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]|\Z)")
"""A line as `str.splitlines` has it, but one at a time; the last of a text is empty."""
_NUMBER = re.compile(r"[ \t]*\d{1,9}[ \t]*")
_BEGINNING = 1000
"""Characters that show what a text is."""
_HEAD = re.compile(r"WEBVTT(?:\s|$)")
_ASIDE = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|$)")
_BLANK_LINE = re.compile(r"\n\s*\n")
_CALLED = re.compile(r'[ \t]*\d{1,9}[ \t]+"([^"<>]{1,60})"[ \t]+\(\d{1,20}\)[ \t]*')
"""The name of a cue as Webex writes it: its number, who speaks, and the number of that account."""
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,31});")
_TAG = re.compile(r"<(/?)([a-zA-Z]*)([^<>\n]{0,300})>|\{\\[^{}\n]{0,100}\}")


@dataclass(slots=True)
class Cue:
    """Lines that are shown together, as they stand in the file."""

    start: float | None
    end: float | None
    lines: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a cue, or the part of it that one voice says, without markup."""

    text: str
    voice: str | None = None


def parse_cues(text: str, kind: Kind) -> list[Cue]:
    r"""The cues in the order of their times.

    >>> parse_cues("1\n00:01,000 --> 00:02,500\nI was born\nin Bergen.\n", "srt")
    [Cue(start=1.0, end=2.5, lines=['I was born', 'in Bergen.'])]
    """
    cues: list[Cue] = []
    block: list[str] = []  # the lines since the last blank one or the last timing
    is_open = False  # whether the block stands right under a timing
    for match in _LINE.finditer(text.removeprefix("\ufeff")):
        line = match[1]
        timing = _TIMING.match(line) if "->" in line else None
        if timing:
            # the line above may be the cue's name; where no blank line parts it from speech, only a number surely is
            is_named = bool(block) and (_NUMBER.fullmatch(block[-1]) or (kind == "vtt" and not is_open))
            _add(cues, block[:-1] if is_named else block)
            called = _CALLED.fullmatch(block[-1]) if is_named else None
            cues.append(Cue(parse_time(timing[1]), parse_time(timing[2])))
            block, is_open = [f"<v {called[1]}>"] if called else [], True
        elif line.strip():
            block.append(line)
        elif block or not line:  # live captions begin with a line of spaces
            is_number = not is_open and block == [str(len(cues) + 1)]
            _add(
                cues, [] if is_number or (kind == "vtt" and not is_open and block and _ASIDE.match(block[0])) else block
            )
            block, is_open = [], False
    starts: list[float] = []
    for cue in cues:  # one whose time cannot be read stays behind the one before it
        starts.append(cue.start if cue.start is not None else starts[-1] if starts else 0.0)
    return [cues[at] for at in sorted(range(len(cues)), key=starts.__getitem__)]


def kind_of(text: str) -> Kind | None:
    r"""Which subtitles a text is, whatever its name; None where it begins as none do.

    >>> kind_of("1\n00:01,000 --> 00:02,500\nI was born.\n"), kind_of("WEBVTT\n\n00:01.000 --> 00:02.500\nYes")
    ('srt', 'vtt')
    """
    first = text[:_BEGINNING].removeprefix("\ufeff").lstrip().split("\n")
    if _HEAD.match(first[0]) and any(map(_TIMING.match, first)):
        return "vtt"
    is_numbered = len(first) > 2 and _NUMBER.fullmatch(first[0]) and _TIMING.match(first[1])
    return "srt" if is_numbered else None


def holds_nothing(text: str, kind: Kind) -> bool:
    r"""Whether no line of a file could be speech: it is blank, or WebVTT's head and comments alone.

    >>> holds_nothing("WEBVTT\nKind: captions\n\nNOTE silence\n", "vtt"), holds_nothing("WEBVTT\n\nHello.", "vtt")
    (True, False)
    """
    if "->" in text:
        return False
    head, *blocks = _BLANK_LINE.split(text.removeprefix("\ufeff").strip())
    is_head = not head or (kind == "vtt" and _HEAD.match(head) is not None)
    return is_head and all(map(_ASIDE.match, blocks))


def _add(cues: list[Cue], lines: list[str]) -> None:
    """Gives the lines to the last cue; what stands above the first is the head of the file."""
    if cues:
        cues[-1].lines += lines


def spoken(cue: Cue) -> Iterator[Line]:
    """The lines of a cue that hold words, without markup, and whose voice says them.

    >>> list(spoken(Cue(0, 1, ["<v.loud Anna Berg>Yes &amp; <i>no</i>", "maybe</v> <v Bo>Right"])))
    [Line(text='Yes & no', voice='Anna Berg'), Line(text='maybe', voice='Anna Berg'), Line(text='Right', voice='Bo')]
    """
    voice: str | None = None
    for line in cue.lines:
        start = 0
        parts: list[str] = []
        for tag in _TAG.finditer(line):
            name = (tag[2] or "").lower()
            if not (name or tag[1] or tag[0].startswith("{") or parse_time(tag[3]) is not None):
                continue  # a mere sign: 3 < 5 > 4
            parts.append(line[start : tag.start()])
            start = tag.end()
            if name == "v":
                yield from _line(parts, voice)
                parts = []
                called = tag[3].replace("\t", " ").partition(" ")[2]  # the first part is of its looks
                voice = (sys.intern(" ".join(_plain(called).split())) or None) if not tag[1] else None
        parts.append(line[start:])
        yield from _line(parts, voice)


def _line(parts: list[str], voice: str | None) -> Iterator[Line]:
    text = " ".join(_plain("".join(parts)).split())
    if voice and text.startswith(voice + ":"):  # noScribe names the voice once more
        text = text[len(voice) + 1 :].lstrip()
    if text:
        yield Line(text, voice)


def _plain(text: str) -> str:
    """The text with the characters that its entities stand for."""
    return _ENTITY.sub(lambda entity: html.unescape(entity[0]), text) if "&" in text else text
