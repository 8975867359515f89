"""What a browser keeps of a conversation while its tab is open, so that it is there when the page is loaded again.

Only the questions are kept, and how they were asked; the answers are found anew. So
nothing that comes back is shown as it comes, and an answer is always one of the interviews that are served.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from qa import Interview

MOST_KEPT = 30
"""Questions; older ones are forgotten."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and the numbers of the interviews that it was asked of; none stands for all."""

    question: str
    among: tuple[int, ...] = ()
    alone: bool = False
    """Whether what was asked before it did not count."""


def to_json(asked: Sequence[Asked]) -> str:
    """For the browser to keep.

    >>> to_json([Asked("Who?"), Asked("When?", (2,))])
    '[["Who?", [], false], ["When?", [2], false]]'
    """
    return json.dumps([[each.question, each.among, each.alone] for each in asked])


def from_browser(data: object, count: int) -> list[Asked]:
    """What was kept, of conversations about the first `count` interviews; what the browser says may be anything.

    >>> from_browser({"asked": [["Who?", [], True], ["Why?", [9], False], 7]}, count=3)
    [Asked(question='Who?', among=(), alone=True)]
    """
    found = data.get("asked") if isinstance(data, dict) else None
    rows = found[-MOST_KEPT:] if isinstance(found, list) else []
    return [asked for row in rows if (asked := _asked(row, count))]


def _asked(row: object, count: int) -> Asked | None:
    if not isinstance(row, list) or len(row) != 3:
        return None
    question, among, alone = row
    if not (isinstance(question, str) and isinstance(among, list) and len(among) <= count):
        return None
    known = all(type(number) is int and 0 <= number < count for number in among)
    return Asked(question, tuple(sorted(set(among))), alone is True) if known else None


def fingerprint(interviews: Sequence[Interview]) -> str:
    """Names these interviews in this order: a conversation about others is not shown."""
    digest = hashlib.sha256()
    for interview in interviews:
        for text in (interview.title, interview.text):
            data = text.encode("utf-8", "surrogatepass")
            digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()[:32]
