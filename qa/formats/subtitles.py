"""Subtitles become running text, with who speaks when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from qa.formats.content import Content
from qa.formats.cues import Kind, Line, parse_cues, spoken
from qa.formats.label_choice import choose
from qa.formats.label_layout import read_layout
from qa.formats.label_lines import Style
from qa.formats.utterances import Utterance, join

_DASH = re.compile(r"[-–][ \t]*(?=[^\W\d_])")
_TURN = re.compile(r">{2,3}[ \t]*|[-–][ \t]+(?=[^\W\d_])")
_ROLLING = 0.25
"""The share of cues that repeat the one before, from which on this is how the captions were made."""
_SHOWN_LINES = 4
"""So many lines of a cue, at most, are shown once more with the next."""
_KEPT = (Style.COLON, Style.INNER, Style.LETTER, Style.BARE_LETTER, Style.SQUARE, Style.ROUND)
"""How labels are written that a caption may begin with."""


@dataclass(slots=True)
class _Caption:
    """What is said while a cue is shown."""

    start: float | None
    end: float | None
    lines: list[Line]


def read_subtitles(text: str, kind: Kind) -> Content:
    r"""What the subtitles say, as paragraphs, with a mark for each cue.

    A speaker is known from a voice (`<v Anna>`) or from labels (`Anna: …`) that the whole file holds to.

    Raises ValueError where there is no cue.

    >>> content = read_subtitles("WEBVTT\n\n00:01.000 --> 00:02.500\n<v Anna>I was born\nin Bergen.\n", "vtt")
    >>> content.text, content.marks[0].speaker, content.marks[0].time
    ('I was born in Bergen.', 'Anna', 1.0)
    """
    captions = _captions(text, kind)
    if not any(line.voice for caption in captions for line in caption.lines):
        _label(captions)
    return join(_utterances(captions))


def _captions(text: str, kind: Kind) -> list[_Caption]:
    """The cues with words; of each, where live captions roll up the screen, what the one before did not yet show."""
    cues = parse_cues(text, kind)
    if not cues:
        raise ValueError("no cue with a time")
    captions: list[_Caption] = []
    cues.reverse()
    while cues:
        cue = cues.pop()  # of a large file, the cues are a good part of the memory
        lines = list(spoken(cue))
        is_twin = bool(captions) and (cue.start, lines) == (captions[-1].start, captions[-1].lines)
        if lines and not is_twin:  # the same twice is one caption in two looks
            captions.append(_Caption(cue.start, cue.end, lines))
    rests = [_rest(a.lines, b.lines) for a, b in pairwise(captions)]
    repeating = sum(rest != caption.lines for rest, caption in zip(rests, captions[1:], strict=True))
    if repeating >= max(2, _ROLLING * len(rests)):
        for caption, rest in zip(captions[1:], rests, strict=True):
            caption.lines = rest
    return captions


def _rest(before: list[Line], lines: list[Line]) -> list[Line]:
    """The lines without those at their front that ended the cue before, or that it had begun."""
    for count in range(min(len(before), len(lines), _SHOWN_LINES), 0, -1):
        if before[-count:] == lines[:count]:
            return lines[count:]
        begun, line = before[-1].text, lines[count - 1]
        grows = line.text.startswith(begun + " ") and line.voice == before[-1].voice
        if grows and before[-count:-1] == lines[: count - 1]:
            return [replace(line, text=line.text[len(begun) + 1 :]), *lines[count:]]
    return lines


def _label(captions: Sequence[_Caption]) -> None:
    """Give the lines the voices that labels in front of them name, and take these labels away."""
    layout = read_layout("\n\n".join(_undashed(line.text) for caption in captions for line in caption.lines))
    heads = {head.start: head for head in choose(layout) if head.style in _KEPT}
    if not heads:
        return
    voice: str | None = None
    start = 0
    for caption in captions:
        for at, line in enumerate(caption.lines):
            text = _undashed(line.text)
            head = heads.get(start)
            if head:
                voice = head.name
            elif _TURN.match(line.text):
                voice = None  # somebody else
            caption.lines[at] = Line(text[head.speech - start :].strip() if head else line.text, voice)
            start += len(text) + 2


def _undashed(text: str) -> str:
    dash = _DASH.match(text)
    return text[dash.end() :] if dash else text


def _utterances(captions: Sequence[_Caption]) -> Iterator[Utterance]:
    """The lines of each cue that one voice says without a break."""
    for caption in captions:
        is_dialogue = sum(bool(_DASH.match(line.text)) for line in caption.lines) > 1
        said: list[str] = []
        voice: str | None = None
        is_turn = False
        for line in caption.lines:
            turn = (_DASH.match(line.text) if is_dialogue else None) or _TURN.match(line.text)
            if said and (turn or line.voice != voice):
                yield Utterance(" ".join(said), voice, caption.start, caption.end, is_turn)
                said = []
            if not said:
                voice, is_turn = line.voice, bool(turn)
            said.append(line.text[turn.end() :] if turn else line.text)
        yield Utterance(" ".join(said), voice, caption.start, caption.end, is_turn)
