"""The bounds of a span: whole words, without punctuation at the ends, with brackets and quotation marks closed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import category

_LETTER = r"[^\W\d_]"
_WORD = re.compile(
    rf"(?:\b{_LETTER}\.){{2,}}(?:{_LETTER}\b)?"
    rf"|\w+(?:(?:['’‑\-\u00ad\u200c\u200d]|(?<=\d)[.,:/](?=\d)|(?<={_LETTER})&(?={_LETTER}))\w+)*"
    rf"(?:(?<={_LETTER})(?:\+{{1,2}}|#)(?![\w+#]))?"
)
"""A word, as in «U.S.», «twenty-six», «4.50», «AT&T», «C++»."""
_CURRENCY = "$€£¥₹₽"
_UNIT = "%°‰"
_OPENING = {")": "(", "]": "[", "”": "“", "»": "«", "’": "‘", '"': '"'}
"""What each mark closes."""
_MARK = re.compile(r"[()\[\]“”«»‘\"]|’(?!\w)")
_REACH = 6
"""Words, at most, that a span grows by to the other one of two marks."""
_WHOLE = 0.8
"""The share of a sentence from which its words are given whole."""


def tidy(sentence: str, start: int, end: int) -> tuple[int, int]:
    """The span of a sentence, grown to whole words and rid of punctuation at its ends.

    Where it holds one of two brackets or quotation marks and the other is near, it grows to that.

    >>> tidy("It cost (about) $4.50, she said.", 16, 21)
    (16, 21)
    >>> tidy("It cost $4.50, she said.", 9, 14)
    (8, 13)
    >>> tidy("After twenty-six years, I left.", 6, 12)
    (6, 16)
    >>> tidy("It is far from here (in Norway) and cold.", 24, 35)
    (20, 35)
    """
    words = [(a, b) for a, b in _words(sentence) if a < end and b > start]
    if not words:
        return 0, len(sentence)
    start, end = words[0][0], words[-1][1]
    if start and sentence[start - 1] in _CURRENCY:
        start -= 1
    if end < len(sentence) and sentence[end] in _UNIT:
        end += 1
    start, end = _paired(sentence, start, end)
    if end - start >= _WHOLE * len(sentence):
        return 0, len(sentence)
    return start, end


def whole_words(sentence: str, start: int, end: int) -> tuple[int, int]:
    """The span, grown to the ends of the words that it cuts.

    >>> whole_words("After twenty-six years, I left.", 3, 9)
    (0, 16)
    """
    for first, last in _words(sentence):
        start = first if first < start < last else start
        end = last if first < end < last else end
    return start, end


def _words(sentence: str) -> Iterator[tuple[int, int]]:
    """Where each word starts and ends; the marks that combine with a letter belong to its word."""
    if marks := "".join(sign for sign in set(sentence) if category(sign).startswith("M")):
        sentence = re.sub(rf"(?<=\w)[{marks}]+", lambda found: "a" * len(found[0]), sentence)
    return (match.span() for match in _WORD.finditer(sentence))


def _paired(sentence: str, start: int, end: int) -> tuple[int, int]:
    """The span, grown from one of two marks to the other where that is within _REACH words of it."""
    for opening, closing in _pairs(sentence):
        if opening < start <= closing < end and len(sentence[opening:start].split()) <= _REACH:
            start = opening
        elif start <= opening < end <= closing and len(sentence[end:closing].split()) <= _REACH:
            end = closing + 1
    return start, end


def _pairs(sentence: str) -> list[tuple[int, int]]:
    """Where each bracket and quotation mark opens and where it closes, inner ones first."""
    opened: dict[str, list[int]] = {mark: [] for mark in _OPENING.values()}
    found = []
    for match in _MARK.finditer(sentence):
        mark, at = match.group(), match.start()
        if opened.get(_OPENING.get(mark, "")):
            found.append((opened[_OPENING[mark]].pop(), at))
        elif mark in opened and not (mark == '"' and sentence[at - 1 : at].isalnum()):  # inches, as in 5'10"
            opened[mark].append(at)
    return found
