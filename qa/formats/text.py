"""What a file holds: its text, whatever its encoding, and its title."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from qa.surrogates import without_surrogates

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_WIDE = ["utf_16_le", "utf_16_be"]
_NARROW = "cp1252 cp1250 cp1251 cp1253 cp1254 cp1255 cp1256 koi8_r gb18030 big5 shift_jis euc_jp euc_kr".split()
_FIRST_LINE = re.compile(r"\A\s*(\S[^\n]{0,78}[^\s.,:;!?…])[ \t]*\n[ \t]*\n[ \t\n]*\S")
_HEADING = re.compile(r"^#[ \t]+(\S[^\n]*)$", re.MULTILINE)
_BEYOND = re.compile(r"[^\x00-\x7f\ufffd]")
_FEW = 20
"""A text has at least so many whole characters beyond ASCII for each that is broken."""


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
        text = _detect(data, _WIDE) if wide else data.decode(marked)
    except UnicodeDecodeError as e:
        text = data.decode("utf-8-sig", "replace")  # a byte or two may be damaged, or the end cut off
        whole, broken = len(_BEYOND.findall(text)), text.count("\ufffd")
        is_cut = e.end == len(data) and e.reason == "unexpected end of data"
        if whole < _FEW * broken and not (is_cut and whole):
            text = _detect(data, _NARROW)
    return None if text is None or "\0" in text else text


def _detect(data: bytes, encodings: list[str]) -> str | None:
    """The text in the encoding that fits its bytes best; of equals, the one most used in the West."""
    # imported here: most files are UTF-8, and its tables cost a start 50 ms
    from charset_normalizer import from_bytes

    matches = from_bytes(data, cp_isolation=encodings)
    best = min(matches, key=lambda m: (m.chaos, -m.coherence, m.encoding != "cp1252"), default=None)
    return None if best is None else str(best)
