"""A question is answered in its context: as it was meant after the one before it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from qa.datatypes import Answer
from qa.followup import Before, Similarity, readings
from qa.intent import asks_who_it_is
from qa.leaning import Leaning, core, leaning
from qa.matter import ALWAYS, Matter, asks_what_is_said, matter
from qa.question import LONGEST_QUESTION
from qa.words import terms

_REPORTS = (
    "say said says tell told shown words write wrote written argue claim state add note explain describe "
    "present report conclude think thought believe suggest emphasise emphasize mention highlight accord show "
    "find found propose quip ask reply answer announce predict warn admit deny insist recall remember stress "
    "call put"
)
"""What tells in a sentence that somebody says so."""
_REASON = re.compile(
    r"\b(because|since|due|so|in order|to|for|as|reasons?|caus\w+|led|leads?|result\w*|therefore|thus|hence|driv\w+"
    r"|owing|thanks|fear\w*|concern\w*|want\w*|need\w*|believ\w*|wish\w*|hop(?:e|ed|ing)|intend\w*|aim\w*|purpose)\b",
    re.IGNORECASE,
)
"""What tells that words are a reason."""
_WHO_SAID = "Who said “"
NEAR = 25
"""Characters in front of words in which that must stand."""
Ask = Callable[[str, Answer | None], Answer]
"""Answers a question that stands alone, but for the words of another answer."""


def answer_after(asked: str, before: Answer, ask: Ask, similarity: Similarity) -> Answer:
    """The answer to a question that may lean on the one before it, with what it was understood as.

    What leans by a pronoun alone may as well stand alone: then the surer answer is taken. One that comes to the
    question before is that question, and has its answer.
    """
    kind = leaning(asked)
    if kind is Leaning.SOURCE:
        return _source(asked, before, ask)
    said = _said(before)
    meant = [
        replace(ask(text, None if _plain(text) == _plain(said.question) else before), question=asked, understood=text)
        for text in readings(asked, said, similarity)
        if len(text) <= LONGEST_QUESTION
    ]
    if kind is Leaning.BARE and core(asked).lower().startswith(("why", "how come")):
        meant = [_without_excuse(answer, before) for answer in meant]
    if not meant or (kind is Leaning.PRONOUN and not asks_who_it_is(asked)):
        meant.insert(0, ask(asked, None))
    return max(meant, key=lambda answer: answer.confidence)


def matter_after(asked: str, before: Answer, similarity: Similarity) -> Matter | None:
    """What a question names and asks no more of, by itself or by what a pronoun stands for: «tell me more about him».

    «And the union?» after another matter asks what is said of it; after a question, the same of it.
    """
    kind, found = leaning(asked), matter(asked)
    if kind is Leaning.ELLIPSIS and found:
        return replace(found, least=ALWAYS if before.topic else 0.0)
    if kind is Leaning.PRONOUN and not found and asks_what_is_said(asked):
        meant = readings(asked, _said(before), similarity)
        return next((m for m in map(matter, meant) if m and m.least == ALWAYS), None)
    return found


def _said(before: Answer) -> Before:
    return Before(before.understood or before.question, before.text)


def _without_excuse(answer: Answer, before: Answer) -> Answer:
    """The answer, but for more words of the sentence that answered before where nothing says that they are a reason."""
    if not answer or answer.sentence != before.sentence or answer.number != before.number:
        return answer
    best, *others = answer.candidates
    sentence, start = best.sentence, best.start - best.sentence.start
    if _REASON.search(sentence.text[max(0, start - NEAR) : best.end - sentence.start]):
        return answer
    confidence = others[0].confidence if others else 0.0
    return replace(answer, candidates=tuple(others), also=(), answered=False, confidence=confidence)


def _plain(question: str) -> str:
    return question.casefold().strip(" ?.!")


def asks_for_source(question: str) -> bool:
    """Whether it asks who said so, in its own words or as it is understood."""
    return question.startswith(_WHO_SAID) or leaning(question) is Leaning.SOURCE


def _source(asked: str, before: Answer, ask: Ask) -> Answer:
    """Who said what was answered: its speaker stands beside the sentence; where none is known, the text may tell."""
    if before.sentence is None:  # nothing was said
        return replace(before, question=asked, understood=None, topic=None)
    sentence = before.sentence
    understood = f"{_WHO_SAID}{sentence.text}”?"[:LONGEST_QUESTION]
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
