"""Text is cut into paragraphs, and these into sentences, with offsets that hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from qa.datatypes import Sentence
from qa.surrogates import without_surrogates

LONGEST = 600
"""Characters; what runs on for longer, as speech that was written down without full stops, is cut: after a full stop
inside a quotation, else after a comma, else between words."""

_TITLE = re.compile(
    r"(?:^|[\s(\"'“‘])(?:Mr|Mrs|Ms|Mx|Dr|Prof|Rev|Hon|Gen|Col|Maj|Capt|Lt|Sgt|Sen|Rep|Gov|Pres|Amb)\.\s*$"
)
_ENDED = re.compile(
    r"(?:^|[\s\"'“‘])(?:me|no|ill|art|may|miss|id|ok|arc|ark|con|ore|med|min)\.[\"'”’)]*\s+(?=[\"'“‘(]*[A-Z])"
)
"""A word that ends a sentence, and in capitals or before a number would be an abbreviation: Me., No. 5, Art. 2."""
_CLOSED = re.compile(r"[.!?…:;。！？][\"'”’»)\]]*$")
_FRESH = re.compile(r"#|[-*•–—]\s|1[.)]\s")  # a heading, an item of a list, the first of a numbered one
_NUMBER = re.compile(r"\d{1,3}[.)]\s")
_LABEL = re.compile(r"(?![a-zß-ÿ])[^\W\d_][\w .'’-]{0,30}:\s")
_MARKUP = re.compile(r"#{1,6}[ \t]+|\*\*|__")
_FULL = 0.75
"""The share of the longest line from which a line counts as full."""
_CLOSING_QUOTE = re.compile(r"[\"'”’»]\s*$")
_TAIL = 16
"""Characters at the end of a sentence that tell whether it goes on; all of it, each time, would take the square."""
_BREAKS = (". ", "! ", "? ", "; ", ", ", " ")


def split_sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of `text` in their order; what holds no letter and no digit is left out."""
    sentences: list[Sentence] = []
    paragraph = -1
    for paragraph_start, paragraph_end in paragraphs(text):
        spans = [
            span
            for start, end in _sentence_spans(text, paragraph_start, paragraph_end)
            for ended in _ends(text, start, end)
            for span in _cut(text, _after_markup(text, *ended), ended[1])
            if any(map(str.isalnum, text[slice(*span)]))
        ]
        paragraph += bool(spans)
        for start, end in spans:
            sentences.append(Sentence(text[start:end], start, end, len(sentences), paragraph))
    return tuple(sentences)


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    r"""Start and end of each paragraph, without the white space around it.

    A blank line always parts two paragraphs. A line end does too, unless the text was wrapped at a
    fixed width, or the line plainly goes over into the next.

    >>> list(paragraphs("One.\nTwo.\n"))
    [(0, 4), (5, 9)]
    """
    lines = [_strip(text, m.start(), m.end()) for m in re.finditer(r"[^\r\n]*(?:\r\n|\r|\n|$)", text)]
    pairs = [(text[slice(*a)], text[slice(*b)]) for a, b in pairwise(lines)]
    width = max(end - start for start, end in lines) * _FULL
    is_wrapped = _is_wrapped(pairs, width)
    paragraph: tuple[int, int] | None = None
    first = ""
    for (start, end), (before, line) in zip(lines, [("", ""), *pairs], strict=True):
        is_fresh = _is_fresh(before, line, first, width)
        if paragraph and not is_fresh and _goes_over(before, line, is_wrapped=is_wrapped, width=width):
            paragraph = paragraph[0], end
            continue
        if paragraph:
            yield paragraph
        paragraph = (start, end) if start < end else None
        first = text[start:end]
    if paragraph:
        yield paragraph


def _is_wrapped(pairs: Sequence[tuple[str, str]], width: float) -> bool:
    """Whether most lines that end in the middle of a sentence are followed by one in lower case.

    A number below a full line tells neither way.
    """
    following = [
        line[0].islower()
        for before, line in pairs
        if before and line and not _CLOSED.search(before) and not (line[0].isdigit() and len(before) >= width)
    ]
    return sum(following) * 2 > len(following)


def _is_fresh(before: str, line: str, first: str, width: float) -> bool:
    """Whether a line begins as headings, items and labelled lines do; `first` is the first line of its paragraph.

    Below a line that is full and not finished, a number or a label is one only where the paragraph began with one.
    """
    is_unfinished = len(before) >= width and not _CLOSED.search(before)
    return bool(_FRESH.match(line)) or any(
        mark.match(line) and (mark.match(first) or not is_unfinished) for mark in (_NUMBER, _LABEL)
    )


def _goes_over(before: str, line: str, *, is_wrapped: bool, width: float) -> bool:
    """Whether a line that is not fresh goes on with the paragraph of the line before."""
    if not (before and line) or before.startswith("#"):
        return False
    if _CLOSED.search(before):  # in a wrapped text only a short line ends its paragraph
        return is_wrapped and len(before) >= width
    return is_wrapped or line[0].islower()


def _sentence_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where the sentences of one paragraph stand; ends that the splitter took wrongly are mended."""
    from sentencex import get_sentence_boundaries  # compiled; costs nothing until a text is read

    spans: list[tuple[int, int]] = []
    for boundary in get_sentence_boundaries("en", without_surrogates(text[start:end])):
        span = _strip(text, start + boundary["start_index"], start + boundary["end_index"])
        if spans and _goes_on(text[max(spans[-1][0], spans[-1][1] - _TAIL) : spans[-1][1]], text[slice(*span)]):
            spans[-1] = (spans[-1][0], span[1])
        elif span[0] < span[1]:
            spans.append(span)
    return spans


def _ends(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The span, cut where a word ends a sentence that the splitter took for an abbreviation."""
    for match in _ENDED.finditer(text, start, end):
        yield _strip(text, start, match.end())
        start = match.end()
    yield start, end


def _goes_on(before: str, after: str) -> bool:
    """Whether `after` goes on with the sentence that ends in `before`: «Mr.» «He said», or «“Stay!”» «he said»."""
    return bool(_TITLE.search(before)) or (after[:1].islower() and bool(_CLOSING_QUOTE.search(before)))


def _after_markup(text: str, start: int, end: int) -> int:
    """Where the words of a sentence begin: after the mark of a heading, and after bold type that begins here alone."""
    mark = _MARKUP.match(text, start, end)
    is_heading = mark and mark[0].startswith("#")
    return mark.end() if mark and (is_heading or text.count(mark[0], start, end) % 2) else start


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Pieces of at most LONGEST characters, cut at the last full stop, else semicolon, comma or space."""
    while end - start > LONGEST:
        half, limit = start + LONGEST // 2, start + LONGEST
        ends = (text.rfind(mark, half, limit) + len(mark) for mark in _BREAKS if mark in text[half:limit])
        cut = next(ends, limit)
        yield _strip(text, start, cut)
        start, _ = _strip(text, cut, end)
    yield start, end


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the white space at its ends."""
    span = text[start:end]
    return start + len(span) - len(span.lstrip()), end - len(span) + len(span.rstrip())
