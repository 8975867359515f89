"""The lines of a text that may begin with a label, and what the others are like."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from qa.formats.label_lines import Head, Style, name_line, parse_line
from qa.formats.label_names import is_field, is_name, is_phrase

MOST = 0.8
HALF = 0.5
"""Shares of the paragraphs that begin with a label."""
_LINE = re.compile(r"[^\n]+")
_MAY_BE_LABEL = re.compile(r"[:：\]>\t–—]|\s[-]\s|\s*[QqAa]\.\s|^\s*Q[ \xa0]|^\s*A[ \xa0]{2}|\*\*|__|\(speaker ")
_MAYBE_SPEECH = (Style.TIME_NAME, Style.BOLD, Style.TAB, Style.DASH, Style.BARE_LETTER)
"""What looks like a label after a time, and may be what is said: (0:12) Oslo – that is where I was."""
_WORD = re.compile(r"[^\W\d_]+")
_SHORT = 50
"""Characters; a line this short that ends without a stop was not broken to fit a width."""
_MOST_LINES = 500_000
"""A text of more lines is no transcript of one talk."""
_HEADER_LINES = 20
_HEADER_LINE = 100
"""Characters, at most."""
_STOPS = (".", "?", "!", "…", ":", '"', "”", "。", "？", "！", ")")


@dataclass(slots=True)
class Layout:
    """What a text looks like, line by line."""

    text: str
    heads: list[Head] = field(default_factory=list)
    odd: list[Head] = field(default_factory=list)
    """Such whose names have no usual form; they are in `heads` only once they are believed."""
    blocks: int = 0
    """Paragraphs between blank lines."""
    units: int = 0
    """Lines, where one that goes on with the line before is not counted."""
    opening: list[tuple[int, bool]] = field(default_factory=list)
    """The lines above the first sentence, as those of a header; for each, its start and whether it begins a block."""
    body: int = 0
    """Where the first sentence stands."""
    is_body_first: bool = True
    """Whether the first sentence begins a block."""

    def whole_line_at(self, start: int) -> str:
        """The rest of a line, as it stands there."""
        end = self.text.find("\n", start)
        return self.text[start : end if end >= 0 else len(self.text)]

    def line_at(self, start: int) -> str:
        """The rest of a line."""
        return self.whole_line_at(start).strip(" \t*")

    def share(self, heads: Sequence[Head]) -> float:
        """The share of the text's paragraphs, or of its lines, that these labels begin."""
        first = sum(head.is_first for head in heads)
        if first >= 3 and first * 2 >= len(heads):
            return first / max(1, self.blocks)
        return len(heads) / max(1, self.units)

    def goes_on(self, head: Head) -> bool:
        """Whether the line above a label was broken to fit a width, so that it stands within a sentence."""
        end = max(0, head.start - 1)
        above = self.text[self.text.rfind("\n", 0, end) + 1 : end].rstrip()
        return not head.is_first and len(above) >= _SHORT and not above.endswith(_STOPS)

    def small_words(self, names: Iterable[str]) -> set[str]:
        """The words of the names that the text also writes without a capital, as it does not write names."""
        words = {word.lower() for name in names for word in name.split() if not word[0].islower()}
        return words.intersection(match[0] for match in _WORD.finditer(self.text)) if words else words

    @property
    def header_end(self) -> int:
        """Where the fields at the top of the text end (Date: …), if it has any."""
        starts = dict(self.opening)
        fields = [head.start for head in self.heads if head.start in starts and head.name and is_field(head.name)]
        if not fields:
            return self._people_end()
        after = [start for start, is_first in self.opening if is_first and start > fields[-1]]
        if after or self.is_body_first:
            return min([*after, self.body])
        return min([start for start in starts if start > fields[-1]], default=self.body)

    def _people_end(self) -> int:
        """Where the lines end that only say who the speakers are (Interviewer: Jane Doe)."""
        end = 0
        by_start = {head.start: head for head in self.heads[:_HEADER_LINES]}
        for start, is_first in self.opening:
            head = by_start.get(start)
            if is_first and end:
                return start
            if head is None or not head.name:
                continue
            if not (
                head.style is Style.COLON and is_name(self.line_at(head.speech)) and " " in self.line_at(head.speech)
            ):
                return 0
            end = start
        return self.body if end and self.is_body_first else 0


def most(answers: Iterable[bool]) -> bool:
    """Whether more than half are true."""
    return sum(2 * answer - 1 for answer in answers) > 0


def read_layout(text: str) -> Layout:
    r"""The layout of a text whose line ends are `\n`."""
    layout = Layout(text)
    if text.count("\n") > _MOST_LINES:
        return layout
    before, before_start, before_first, end = "", 0, False, -1
    is_named = False  # whether the line before has a label
    in_opening = True
    for match in _LINE.finditer(text):
        line = match[0]
        if line.isspace():
            continue
        start = match.start()
        is_first = end < 0 or start != end + 1
        end = match.end()
        head = parse_line(line, start, is_first) if _MAY_BE_LABEL.search(line, 0, 200) else None
        if head and head.is_odd:
            layout.odd.append(head)
            head = None
        is_time = head is not None and head.style is Style.TIME and head.is_bare
        if head and _is_stamp(head) and not is_first and before_first and not is_named:
            name = name_line(before)
            if name:
                speech = head.stamp[1] if head.stamp else head.speech
                head = head._replace(style=Style.TWO_LINES, start=before_start, name=name, speech=speech)
        above = layout.heads[-1] if is_named else None
        if not head and above and above.style is Style.TIME and above.is_bare and not is_first:
            name = name_line(line)
            if name:
                layout.heads[-1] = above._replace(style=Style.TWO_LINES, name=name, speech=end)
        if head:
            layout.heads.append(head)
        layout.blocks += is_first and not is_time
        layout.units += not is_time and (is_first or head is not None or not _goes_on(before, line))
        if in_opening:
            ended = line.rstrip(" *")
            in_opening = (
                len(line) <= _HEADER_LINE and not ended.endswith(_STOPS[:5]) and len(layout.opening) < _HEADER_LINES
            )
            if in_opening:
                layout.opening.append((start, is_first))
            else:
                layout.body, layout.is_body_first = start, is_first
        before, before_start, before_first, is_named = line, start, is_first, head is not None
    if in_opening:
        layout.body = len(text)
    return layout


def _is_stamp(head: Head) -> bool:
    """Whether a line begins with a time that can be of a name on the line above: (0:12) In Bergen."""
    if head.style is Style.TIME:
        return head.is_bare or head.is_sure
    is_speech = head.style in _MAYBE_SPEECH or (
        head.style is Style.COLON and (is_phrase(head.name) or is_field(head.name))
    )
    return is_speech and head.is_sure and head.stamp is not None


def _goes_on(before: str, line: str) -> bool:
    """Whether a line goes on with the one before, as in a text that was broken at a width."""
    line = line.lstrip()
    return line[0].islower() or (len(before) >= _SHORT and not before.rstrip().endswith(_STOPS))
