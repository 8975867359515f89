"""Text is cut into paragraphs, and these into sentences, with offsets that hold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.datatypes import Sentence

LONGEST = 600
"""Characters; what runs on for longer, as speech that was written down without full stops, is cut between words."""

_TITLE = re.compile(
    r"(?:^|[\s(\"'“‘])(?:Mr|Mrs|Ms|Mx|Dr|Prof|Rev|Hon|Gen|Col|Maj|Capt|Lt|Sgt|Sen|Rep|Gov|Pres|Amb)\.\s*$"
)
_CLOSING_QUOTE = re.compile(r"[\"'”’»]\s*$")
_BREAKS = ("; ", ", ", " ")


def split_sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of `text` in their order; what holds no letter and no digit is left out."""
    sentences: list[Sentence] = []
    paragraph = -1
    for paragraph_start, paragraph_end in paragraphs(text):
        spans = [
            span
            for start, end in _sentence_spans(text, paragraph_start, paragraph_end)
            for span in _cut(text, start, end)
            if any(map(str.isalnum, text[slice(*span)]))
        ]
        paragraph += bool(spans)
        for start, end in spans:
            sentences.append(Sentence(text[start:end], start, end, len(sentences), paragraph))
    return tuple(sentences)


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    r"""Start and end of each paragraph, without the white space around it.

    A line is a paragraph, unless the text was wrapped at a fixed width: where most lines that
    follow another directly begin in lower case, it is the blank lines that part the paragraphs.

    >>> list(paragraphs("One.\nTwo.\n"))
    [(0, 4), (5, 9)]
    """
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\r\n]*(?:\r\n|\r|\n|$)", text)]
    blocks: list[list[tuple[int, int]]] = [[]]
    for start, end in lines:
        if text[start:end].strip():
            blocks[-1].append((start, end))
        elif blocks[-1]:
            blocks.append([])
    following = [text[start:end].lstrip()[0] for block in blocks for start, end in block[1:]]
    wrapped = sum(map(str.islower, following)) * 2 > len(following)
    for block in blocks:
        spans = [(block[0][0], block[-1][1])] if wrapped and block else block
        yield from (_strip(text, start, end) for start, end in spans)


def _sentence_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where the sentences of one paragraph stand; ends that the splitter took wrongly are mended."""
    from sentencex import get_sentence_boundaries  # compiled; costs nothing until a text is read

    spans: list[tuple[int, int]] = []
    for boundary in get_sentence_boundaries("en", text[start:end]):
        span = _strip(text, start + boundary["start_index"], start + boundary["end_index"])
        if spans and _goes_on(text[slice(*spans[-1])], text[slice(*span)]):
            spans[-1] = (spans[-1][0], span[1])
        elif span[0] < span[1]:
            spans.append(span)
    return spans


def _goes_on(before: str, after: str) -> bool:
    """Whether `after` goes on with the sentence `before`: «Mr.» «He said», or «“Stay!”» «he said»."""
    return bool(_TITLE.search(before)) or (after[:1].islower() and bool(_CLOSING_QUOTE.search(before)))


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Pieces of at most LONGEST characters, cut at the last semicolon, comma or space where there is one."""
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
