"""What a program writes into the transcripts that it makes, and nobody says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.formats.label_lines import Head, Style

_NOTICE = re.compile(
    r"^[ \t]*(?:"
    r"transcribed by https?://otter\.ai"
    r"|\S[^\n]{0,60} (?:started|stopped) transcription"  # Teams
    r"|(?:meeting|transcription) ended after \d{1,2}:\d\d(?::\d\d)?[^\n\w]*"  # Google Meet
    r"|this editable transcript was computer generated and might contain errors\.[^\n]*"
    r"|sonix is the world['’]s most advanced automated transcription[^\n]*"
    r"|automatically convert your mp3 files to text \(txt file\)[^\n]*"
    r"|\[?(?:end of (?:the )?(?:interview|transcript|recording|audio|tape)"
    r"|(?:interview|transcript|recording) ends)\.?\]?"
    r")[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)


def notices(text: str) -> Iterator[Head]:
    r"""The lines that are such, as heads without a name: they are nobody's speech.

    >>> [head.start for head in notices("Anna: Goodbye.\n\nTranscribed by https://otter.ai\n")]
    [16]
    """
    return (Head(line.start(), line.end(), Style.TIME) for line in _NOTICE.finditer(text))
