"""Files that a visitor sends become interviews of the visit."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa import EXTENSIONS, FileError, Interview
from web.errors import explain
from web.uploads import BROKEN, LARGEST, Uploads

MOST_FILES = 1000
"""Of one lot."""
TOO_MANY = f"{MOST_FILES:,} files at once is the most. Open this one after the others."
_PROBLEMS = {
    413: f"This file is larger than {LARGEST // 1_000_000} MB. Split it into several files.",
    507: "The server has no room for more files just now. Open this one again in a few minutes.",
    "folder": "This is a folder. Open the files in it.",
}


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that the browser tried to send; none of this need be true."""

    name: str
    path: str
    """Where it lies here; empty where it did not arrive."""
    status: int | str
    """Why it did not: the HTTP status, or "folder"."""

    def read(self, uploads: Uploads) -> Interview:
        """The interview in it, which raises an InterviewError that says what is wrong."""
        if self.path:
            return uploads.take(self.path, self.name)
        is_known = Path(self.name).suffix.lower() in EXTENSIONS
        if self.status == "folder" or is_known:
            raise FileError(self.name, _PROBLEMS.get(self.status, BROKEN))
        raise FileError(self.name, f"Files of this kind cannot be read. Save the text as {kinds('or')}.")


def kinds(joint: str) -> str:
    """The extensions of files that can be read, as a list in words."""
    *most, last = EXTENSIONS
    return f"{', '.join(most)} {joint} {last}"


def sent(data: object) -> list[Sent]:
    """The files that the browser tells of; what it says may be anything."""
    files = data.get("files") if isinstance(data, dict) else None
    return [_sent(file) for file in files if isinstance(file, dict)] if isinstance(files, list) else []


def place_of(data: object) -> int:
    """So many lots the browser sent before this one; what it says may be anything."""
    place = data.get("place") if isinstance(data, dict) else None
    return place if isinstance(place, int) else 0


def _sent(file: dict[Any, Any]) -> Sent:
    status = file.get("status")
    name = " ".join(str(file.get("name", "")).split())[:300]
    return Sent(name or "file", str(file.get("path") or ""), status if isinstance(status, int | str) else 0)


def read(file: Sent, uploads: Uploads, failures: list[str]) -> list[tuple[str, Interview]]:
    """The file's name and the interview in it; nothing where that fails, which is told among the failures."""
    try:
        return [(file.name, file.read(uploads))]
    except Exception as e:
        failures.append(explain(e, f"{file.name}: This file could not be read."))
        return []
