"""Times as transcripts write them."""

from __future__ import annotations

import re

STAMP = r"(?<![\d:])(?:\d{1,3}:\d{1,2}:\d{1,2}(?:[.,:;]\d{1,6})?|\d{1,3}:\d{2}(?:[.,]\d{1,6})?)(?![\d:])"
"""A pattern of one time: minutes and seconds, or hours too; after these a fraction, or the frames of a film."""

_PARTS = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})(?:[.,](\d{1,6})|[:;]\d{1,3})?")


def parse_time(text: str) -> float | None:
    """Seconds that a time such as `12:31`, `1:02:03` or `00:00:03,500` says; None where it is no time.

    >>> parse_time("12:31"), parse_time("1:02:03"), parse_time("00:00:03.500"), parse_time("00:00:03,5")
    (751.0, 3723.0, 3.5, 3.5)
    >>> parse_time("00:01:10:24")  # the last are frames
    70.0
    >>> parse_time("12:75"), parse_time("noon")
    (None, None)
    """
    match = _PARTS.fullmatch(text.strip())
    if match is None or not text.isascii():
        return None
    hours, minutes, seconds, fraction = (part or "0" for part in match.groups())
    if int(seconds) >= 60 or (match[1] and int(minutes) >= 60):
        return None
    return int(hours) * 3600 + int(minutes) * 60 + float(f"{int(seconds)}.{fraction}")
