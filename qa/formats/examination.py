"""Who asks and who replies in a deposition, where lines such as `BY MR. JONES:` tell it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from qa.formats.label_lines import Head, Style
from qa.formats.label_names import is_name, key

_NAME = r"([^\W\d_][^\n:()]{1,40}?)"
_HEADING = r"(?:[A-Z][A-Za-z]{0,12}[ -]{1,2}){0,3}E(?:XAMINATION|xamination)(?: \(?[Cc](?i:ontinu[a-z]{1,3})\)?)?"
_BRACKET = r"(?:[ \t]*\([^()\n]{1,40}\))?"
_INTRODUCTION = re.compile(
    rf"^[ \t]*(?:{_HEADING}(?:\s{{1,9}}B[Yy] {{1,2}}{_NAME}:?)?:?|B[Yy] {{1,2}}{_NAME}:){_BRACKET}[ \t]*$", re.MULTILINE
)
_WITHIN = re.compile(rf"[ \t]*(?:\(B[Yy] {{1,2}}{_NAME}:?\):?|B[Yy] {{1,2}}{_NAME}:)[ \t]*")
_LINE_NAME = re.compile(r"^[ \t]*([^\W\d_][^\n,:]{1,40}),", re.MULTILINE)
_OATH = 300
"""Characters at either side of the word “sworn” that may belong to its sentence."""


def name_examiners(text: str, heads: Sequence[Head]) -> list[Head]:
    """The labels, Q and A by the names of those who ask and reply where the text introduces these.

    The lines that introduce them become heads without a name, as they are nobody's speech. Where a new
    examination begins without a name, Q stays Q; where more than one witness is sworn in, A stays A.
    """
    if not {"q", "a"} <= {key(head.name) for head in heads}:
        return list(heads)
    introduced = _introductions(text, heads)
    inside = [range(head.start, head.speech) for head in introduced]
    witness = _witness(text)
    examiner = ""
    named: list[Head] = []
    at = 0
    for head in heads:
        while at < len(introduced) and introduced[at].start <= head.start:
            examiner = introduced[at].name
            named.append(introduced[at]._replace(name=""))
            at += 1
        if at and head.start in inside[at - 1]:
            continue
        if key(head.name) == "q":
            within = _WITHIN.match(text, head.speech)
            if within and is_name(within[1] or within[2]):
                examiner = within[1] or within[2]
                head = head._replace(speech=within.end())
            head = head._replace(name=examiner or head.name)
        elif key(head.name) in ("a", "the witness"):
            head = head._replace(name=witness or head.name)
        named.append(head)
    return [*named, *(line._replace(name="") for line in introduced[at:])]


def _introductions(text: str, heads: Sequence[Head]) -> list[Head]:
    """The lines that say who asks from there on; of an examination's heading without a name, that it is not known."""
    starts = [head.start for head in heads]
    found = []
    for line in _INTRODUCTION.finditer(text):
        name = line[1] or line[2] or ""
        after = bisect_left(starts, line.end())
        is_above_a_label = after < len(starts) and not text[line.end() : starts[after]].strip()
        if is_name(name) or (not name and is_above_a_label):
            found.append(Head(line.start(), line.end(), Style.TIME, name))
    return found


def _witness(text: str) -> str:
    r"""Who is said to be sworn in and to testify, if it is one; else nothing.

    >>> _witness("JANE DOE,\nhaving been first duly sworn, was examined and testified as follows:")
    'JANE DOE'
    """
    names: set[str] = set()
    for word in re.finditer(r"\bsworn\b", text):
        before = re.split(r"\n[ \t]*\n", text[max(0, word.start() - _OATH) : word.start()])[-1]
        after = re.split(r"\n[ \t]*\n", text[word.end() : word.end() + _OATH])[0]
        if "testif" in after:
            names.update(n for n in _LINE_NAME.findall(before) if n.isupper() and " " in n and is_name(n))
    return names.pop() if len(names) == 1 else ""
