"""What a program writes into the transcripts that it makes, and nobody says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qa.formats.label_lines import Head, Style
from qa.formats.label_names import is_name

_NOTICE = re.compile(
    r"^[ \t]*(?:"
    r"transcribed by https?://otter\.ai"
    r"|(?P<who>\S[^\n]{0,60}) (?:started|stopped) transcription"  # Teams
    r"|(?:meeting|transcription) ended after \d{1,2}:\d\d(?::\d\d)?[^\n\w]*"  # Google Meet
    r"|this editable transcript was computer generated and might contain errors\.[^\n]*"
    r"|sonix is the world['’]s most advanced automated transcription[^\n]*"
    r"|automatically convert your mp3 files to text \(txt file\)[^\n]*"
    r"|(?P<end>\[?(?:end of (?:the )?(?:interview|transcript|recording|audio|tape)"
    r"|(?:interview|transcript|recording) ends)\.?\]?)"
    r")[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)


def without_notices(text: str, heads: Sequence[Head]) -> list[Head]:
    r"""The labels of a transcript, and a head without a name for each such line: it is nobody's speech.

    >>> spoken = Head(0, 5, Style.COLON, "Anna")
    >>> [head.start for head in without_notices("Anna: Goodbye.\n\nTranscribed by https://otter.ai\n", [spoken])]
    [0, 16]
    """
    if not heads:
        return []
    labelled = {head.start for head in heads if head.style is not Style.NAME}
    found = {head.start: head for head in _notices(text) if head.start not in labelled}
    return sorted([*(head for head in heads if head.start not in found), *found.values()], key=lambda h: h.start)


def _notices(text: str) -> Iterator[Head]:
    for line in _NOTICE.finditer(text):
        if line["who"] and not is_name(line["who"]):
            continue
        if line["end"] and not _stands_alone(text, line.start(), line.end()):
            continue
        yield Head(line.start(), line.end(), Style.TIME)


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether there is a blank line, or nothing, above and below."""
    return {text[max(0, start - 2) : start], text[end : end + 2]} <= {"", "\n", "\n\n"}
