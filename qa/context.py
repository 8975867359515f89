"""A question is answered in its context: as it was meant after the one before it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from qa.datatypes import Answer
from qa.followup import Before, Similarity, readings
from qa.leaning import Leaning, leaning
from qa.question import LONGEST_QUESTION
from qa.words import terms

_REPORTS = (
    "say said says tell told shown words write wrote written argue claim state add note explain describe "
    "present report conclude think thought believe suggest emphasise emphasize mention highlight accord show "
    "find found propose quip ask reply answer announce predict warn admit deny insist recall remember stress "
    "call put"
)
"""What tells in a sentence that somebody says so."""
Ask = Callable[[str, Answer | None], Answer]
"""Answers a question that stands alone, but for the words of another answer."""


def answer_after(asked: str, before: Answer, ask: Ask, similarity: Similarity) -> Answer:
    """The answer to a question that may lean on the one before it, with what it was understood as.

    What leans by a pronoun alone may as well stand alone: then the surer answer is taken.
    """
    kind = leaning(asked)
    if kind is Leaning.SOURCE:
        return _source(asked, before, ask)
    meant = [
        replace(ask(text, before), question=asked, understood=text)
        for text in readings(asked, Before(before.understood or before.question, before.text), similarity)
        if len(text) <= LONGEST_QUESTION
    ]
    if kind is Leaning.PRONOUN or not meant:
        meant.insert(0, ask(asked, None))
    return max(meant, key=lambda answer: answer.confidence)


def _source(asked: str, before: Answer, ask: Ask) -> Answer:
    """Who said what was answered: its speaker stands beside the sentence; where none is known, the text may tell."""
    if before.sentence is None:  # nothing was said
        return replace(before, question=asked, understood=None)
    sentence = before.sentence
    understood = f"Who said “{sentence.text}”?"[:LONGEST_QUESTION]
    if not sentence.speaker:
        if not set(terms(_REPORTS)).intersection(terms(sentence.text)):
            return replace(before, question=asked, answered=False, confidence=0.0, also=(), understood=understood)
        answer = replace(ask(understood, None), question=asked, understood=understood)
        within = [c for c in answer.candidates if c.number == before.number and c.sentence == sentence]
        if not within:
            return answer
        sure = replace(within[0], confidence=before.confidence)  # it is as sure as the sentence itself
        return replace(answer, candidates=(sure,), also=(), answered=True, confidence=sure.confidence)
    said = replace(before.candidates[0], text=sentence.text, start=sentence.start, end=sentence.end)
    return replace(before, question=asked, candidates=(said,), also=(), understood=understood)
