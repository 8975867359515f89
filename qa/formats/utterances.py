"""Short pieces of speech with times, as captions and speech recognition give them, become running text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from io import StringIO

from qa.formats.content import Content, Mark

PAUSE = 4.0
"""Seconds of silence that begin a new paragraph where nobody is named."""
LONG = 1000
"""Characters from which on a paragraph ends with its sentence."""

_SENTENCE_END = (".", "!", "?", "…", "。", "！", "？", '."', '!"', '?"', ".”", "!”", "?”")


@dataclass(frozen=True, slots=True)
class Utterance:
    """Words that were shown or heard in one go."""

    text: str
    speaker: str | None = None
    start: float | None = None
    end: float | None = None
    is_turn: bool = False
    """Whether somebody else begins to speak here, though it is not said who."""


def join(utterances: Iterable[Utterance]) -> Content:
    r"""The utterances as paragraphs, each utterance with its mark.

    A paragraph ends where the speaker changes, after a long pause where nobody is named, and when it
    has grown long.

    >>> utterances = [Utterance("I was", "Anna", 1.0), Utterance("born here.", "Anna", 2.0), Utterance("I see.", "Bo")]
    >>> content = join(utterances)
    >>> content.text
    'I was born here.\n\nI see.'
    >>> [(mark.start, mark.speaker, mark.time) for mark in content.marks]
    [(0, 'Anna', 1.0), (6, 'Anna', 2.0), (18, 'Bo', None)]
    """
    spoken = StringIO()  # of many short pieces, a list would take several times the memory
    marks: list[Mark] = []
    start = paragraph = 0
    before: Utterance | None = None
    ended = ""
    for utterance in utterances:
        text = " ".join(utterance.text.split())
        if not text:
            continue
        if before:
            is_new = _begins_anew(before, utterance, ended, start - paragraph)
            start += spoken.write("\n\n" if is_new else " ")
            paragraph = start if is_new else paragraph
        marks.append(Mark(start, utterance.speaker, utterance.start))
        start += spoken.write(text)
        before, ended = utterance, text
    return Content(spoken.getvalue(), tuple(marks))


def _begins_anew(before: Utterance, after: Utterance, text: str, length: int) -> bool:
    """Whether a paragraph ends between two utterances, the first of which closes a paragraph of `length`."""
    if after.is_turn or before.speaker != after.speaker:
        return True
    pause = after.start - before.end if after.start is not None and before.end is not None else 0.0
    if pause > PAUSE and after.speaker is None:
        return True
    return length > LONG and text.endswith(_SENTENCE_END)
