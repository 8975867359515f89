"""A quote with what a reader needs to find it again: whose it is, in which interview, and where."""

from __future__ import annotations

from qa.datatypes import Candidate, clock

_MARKS = (("“", "”", "“”"), ("‘", "’", "‘"), ("«", "»", "«»"))
"""Opening and closing, and what may not stand between them; ’ may, since it is an apostrophe, too."""


def cite(candidate: Candidate) -> str:
    """The candidate's sentence, letter for letter, in quotation marks, and in brackets where it is from.

    «“We sold the boat in 1974.” (Anna Berg, “Talk on the quay”, 12:31, paragraph 4)». What is not known
    of speaker, title, time and page is left out.
    """
    sentence = candidate.sentence
    known = (
        sentence.speaker,
        quoted(candidate.title) if candidate.title else None,
        None if sentence.time is None else clock(sentence.time),
        None if sentence.page is None else f"page {sentence.page}",
        f"paragraph {sentence.paragraph + 1}",
    )
    return f"{quoted(sentence.text)} ({', '.join(filter(None, known))})"


def quoted(text: str) -> str:
    """The text in the first quotation marks that it does not hold itself, so that it is clear where it ends.

    >>> quoted("He left."), quoted("“No,” he said."), quoted("“Why ‘no’?” I asked.")
    ('“He left.”', '‘“No,” he said.’', '«“Why ‘no’?” I asked.»')
    """
    usable = (pair for *pair, barred in _MARKS if not set(barred) & set(text))
    opening, closing = next(usable, _MARKS[0][:2])
    return f"{opening}{text}{closing}"
