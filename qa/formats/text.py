"""What a file holds: its text, whatever its encoding, and its title."""

from __future__ import annotations

import codecs
import re
import stat
from pathlib import Path

from qa.errors import FileError
from qa.surrogates import without_surrogates

MAX_BYTES = 20_000_000
EXTENSIONS = (".txt", ".md")
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_WIDE = ["utf_16_le", "utf_16_be"]
_NARROW = "cp1252 cp1250 cp1251 cp1253 cp1254 cp1255 cp1256 koi8_r gb18030 big5 shift_jis euc_jp euc_kr".split()
_FIRST_LINE = re.compile(r"\A\s*(\S[^\n]{0,78}[^\s.,:;!?…])[ \t]*\n[ \t]*\n[ \t\n]*\S")
_HEADING = re.compile(r"^#[ \t]+(\S.*?)[ \t]*#*$", re.MULTILINE)
_MEGABYTE = 1_000_000


def read_text(path: Path, max_bytes: int = MAX_BYTES) -> str:
    r"""The text of a file, with `\n` for every line end and without a byte-order mark.

    Raises FileError where there is no such file, it cannot be read, it is no text, or it is
    larger than `max_bytes`.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode) and not path.is_dir():
            raise FileError(path, "This is a device or a pipe. Name a file of text.")
        with path.open("rb") as file:
            if path.suffix.lower() not in EXTENSIONS:
                known = " or ".join(EXTENSIONS)
                raise FileError(path, f"Files of this kind cannot be read. Save the text as {known}.")
            data = file.read(max_bytes + 1)
    except FileNotFoundError as e:
        raise FileError(path, "There is no such file. Check its name and folder.") from e
    except IsADirectoryError as e:
        raise FileError(path, "This is a folder. Name one file of text.") from e
    except (OSError, ValueError) as e:
        problem = e.strerror if isinstance(e, OSError) else e
        raise FileError(path, f"This file cannot be opened ({problem}). Check that you may read it.") from e
    if len(data) > max_bytes:
        limit = f"{max_bytes / _MEGABYTE:g} MB"
        raise FileError(path, f"This file is larger than {limit}. Split it into several files.")
    text = _decode(data)
    if text is None:
        raise FileError(path, "This file is not text, or it is damaged. Save it as plain text in UTF-8.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def title_of(path: Path, text: str) -> str:
    """The text's own heading, else the file's name without its extension.

    A heading is the first `#` line of a Markdown file, or a short first line that is no sentence and
    has a blank line after it.

    >>> title_of(Path("anna_berg.txt"), "I was born in Oslo.")
    'Anna berg'
    """
    heading = (_HEADING if path.suffix.lower() == ".md" else _FIRST_LINE).search(text)
    if heading:
        return heading[1]
    name = without_surrogates(path.stem.replace("_", " ").strip())
    return name[:1].upper() + name[1:]


def _decode(data: bytes) -> str | None:
    """The text that the bytes spell, or None where they spell none."""
    wide = b"\0" in data and not data.startswith(_UTF_16)
    try:
        marked = "utf-16" if data.startswith(_UTF_16) else "utf-8-sig"
        text = _detect(data, _WIDE) if wide else data.decode(marked)
    except UnicodeDecodeError:
        text = _detect(data, _NARROW)
    return None if text is None or "\0" in text else text


def _detect(data: bytes, encodings: list[str]) -> str | None:
    """The text in the encoding that fits its bytes best; of equals, the one most used in the West."""
    # imported here: most files are UTF-8, and its tables cost a start 50 ms
    from charset_normalizer import from_bytes

    matches = from_bytes(data, cp_isolation=encodings)
    best = min(matches, key=lambda m: (m.chaos, -m.coherence, m.encoding != "cp1252"), default=None)
    return None if best is None else str(best)
