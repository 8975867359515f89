"""What a file holds: its text, whatever its encoding, and its title."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress
from pathlib import Path

from qa.surrogates import without_surrogates

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_WIDE = ["utf_16_le", "utf_16_be"]
_NARROW = "cp1252 cp1250 cp1251 cp1253 cp1254 cp1255 cp1256 koi8_r gb18030 big5 shift_jis euc_jp euc_kr".split()
_FIRST_LINE = re.compile(r"\A\s*(\S[^\n]{0,78}[^\s.,:;!?…])[ \t]*\n[ \t]*\n[ \t\n]*\S")
_HEADING = re.compile(r"^#[ \t]+(\S[^\n]*)$", re.MULTILINE)
_BEYOND = re.compile(rb"[\x80-\xff]")
_FEW = 20
"""A text has at least so many whole characters beyond ASCII for each that is broken."""
_SAMPLE = 50_000
"""So many bytes tell the encoding; of a large file, each that is tried would hold a text of its own."""


def decode(data: bytes) -> str:
    r"""The text that the bytes of a file spell, with `\n` for every line end and without a byte-order mark.

    Raises ValueError, with sentences for the user, where they spell none.

    >>> decode("caf\u00e9\r\n".encode("utf-16"))
    'café\n'
    """
    text = _decode(data)
    if text is None:
        raise ValueError("This file is not text, or it is damaged. Save it as plain text in UTF-8.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def title_of(path: Path, text: str, speech: int | None = None) -> str:
    """The text's own heading, else the file's name without its extension.

    A heading is the first `#` line of a Markdown file, or a short first line that is no sentence and
    has a blank line after it; in front of `speech`, where somebody begins to speak.

    >>> title_of(Path("anna_berg.txt"), "I was born in Oslo.")
    'Anna berg'
    """
    heading = (_HEADING if path.suffix.lower() == ".md" else _FIRST_LINE).search(text)
    if heading and (speech is None or heading.start(1) < speech):
        words = heading[1].rstrip()
        without_marks = words.rstrip("#")
        return without_marks.rstrip() if without_marks[-1:].isspace() else words
    name = without_surrogates(path.stem.replace("_", " ").strip())
    return name[:1].upper() + name[1:]


def _decode(data: bytes) -> str | None:
    """The text that the bytes spell, or None where they spell none."""
    wide = b"\0" in data and not data.startswith(_UTF_16)
    try:
        marked = "utf-16" if data.startswith(_UTF_16) else "utf-8-sig"
        text = _detect(data, data, _WIDE) if wide else data.decode(marked)
    except UnicodeDecodeError as e:
        text = data.decode("utf-8-sig", "replace")  # a byte or two may be damaged, or the end cut off
        broken = text.count("\ufffd")
        whole = len(text) - len(text.encode("ascii", "ignore")) - broken
        is_cut = e.end == len(data) and e.reason == "unexpected end of data"
        if whole < _FEW * broken and not (is_cut and whole):
            text = _detect(data, _sample(data), _NARROW)
    return None if text is None or "\0" in text else text


def _detect(data: bytes, sample: bytes, encodings: list[str]) -> str | None:
    """The text in the encoding that fits the sample best; of equals, in the one most used in the West."""
    # imported here: most files are UTF-8, and its tables cost a start 50 ms
    from charset_normalizer import from_bytes

    matches = from_bytes(sample, cp_isolation=encodings)
    for match in sorted(matches, key=lambda m: (m.chaos, -m.coherence, m.encoding != "cp1252")):
        with suppress(UnicodeDecodeError):  # what fits the sample may not fit the rest
            return data.decode(match.encoding)
    return None


def _sample(data: bytes) -> bytes:
    """Some bytes, from the first one beyond ASCII on; in each of _NARROW they end with a whole letter."""
    if len(data) <= _SAMPLE:
        return data
    first = _BEYOND.search(data)
    start = first.start() if first else 0
    end = max(data.rfind(space, start, start + _SAMPLE) for space in (b" ", b"\n"))
    return data[start:end] if end > start else data[start:]
