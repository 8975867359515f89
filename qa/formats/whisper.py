"""What speech recognition heard: the JSON of Whisper, WhisperX, faster-whisper and whisper.cpp."""

from __future__ import annotations

import json
from collections.abc import Iterator
from math import isfinite

from qa.formats.content import Content
from qa.formats.times import parse_time
from qa.formats.utterances import Utterance, join
from qa.surrogates import without_surrogates

_READ = frozenset("segments transcription text speaker start end offsets timestamps from to speaker_turn_next".split())
_TELLING = frozenset(["segments", "transcription", "text", "from", "to"])
"""An object with none of these, as for a word, is not read."""
_LONGEST = 1e6
"""Seconds; a time beyond this is a mistake."""


def read_whisper(text: str) -> Content:
    """The speech of a JSON file, a mark for each segment; none where nothing was said.

    Raises ValueError where it is no JSON, or none of a kind that is known.

    >>> content = read_whisper('{"segments": [{"start": 0.5, "end": 2, "text": " I was born in Bergen."}]}')
    >>> content.text, content.marks[0].time
    ('I was born in Bergen.', 0.5)
    """
    try:
        data = json.loads(text.removeprefix("\ufeff"), object_hook=_read_of)
    except RecursionError as e:
        raise ValueError("nested too deeply") from e
    except ValueError as e:
        raise ValueError(f"no JSON: {e}") from e
    segments = data
    if isinstance(data, dict):
        segments = data.get("segments", data.get("transcription"))
    if not isinstance(segments, list):
        raise ValueError("no segments of speech")
    utterances = list(_utterances(segments))
    is_silent = isinstance(data, dict) and not segments and not data.get("text")
    if not utterances and not is_silent:
        raise ValueError("no segment with a text and a time")
    return join(utterances)


def _read_of(members: dict[str, object]) -> dict[str, object] | None:
    """What is read of an object of JSON; the rest shall take no memory."""
    return None if _TELLING.isdisjoint(members) else {key: members[key] for key in members if key in _READ}


def _utterances(segments: list[object]) -> Iterator[Utterance]:
    """The segments that have a text and a time."""
    is_turn = False
    for segment in segments:
        if not isinstance(segment, dict):
            continue
        text, speaker = segment.get("text"), segment.get("speaker")
        if not isinstance(text, str) or not {"start", "offsets", "timestamps"} & segment.keys():
            continue
        name = " ".join(without_surrogates(speaker).split()) if isinstance(speaker, str) else ""
        yield Utterance(without_surrogates(text), name or None, _time(segment, "start"), _time(segment, "end"), is_turn)
        # the small models of whisper.cpp that tell speakers apart only say where one stops
        is_turn = segment.get("speaker_turn_next") is True


def _time(segment: dict[str, object], side: str) -> float | None:
    """Where a segment starts or ends, in seconds; whisper.cpp calls it from and to, in milliseconds or as a stamp."""
    seconds = _number(segment.get(side))
    if seconds is not None:
        return seconds
    side = {"start": "from", "end": "to"}[side]
    offsets, stamps = segment.get("offsets"), segment.get("timestamps")
    milliseconds = _number(offsets.get(side), scale=1000) if isinstance(offsets, dict) else None
    if milliseconds is not None:
        return milliseconds
    stamp = stamps.get(side) if isinstance(stamps, dict) else None
    return parse_time(stamp) if isinstance(stamp, str) else None


def _number(value: object, scale: int = 1) -> float | None:
    """Seconds, where the value is a number that can be a time."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    # compared before it is divided: an int may be too large for a float
    is_time = 0 <= value <= _LONGEST * scale and (isinstance(value, int) or isfinite(value))
    return value / scale if is_time else None
