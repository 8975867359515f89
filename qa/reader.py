"""Readers look into the nearest passages for the span that answers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from qa.datatypes import Hit, Sentence, Span, spoken
from qa.turns import is_question, is_request
from qa.words import coverage


class Reader(Protocol):
    """Anything that finds answers in passages; the pipeline takes any."""

    def read(self, question: str, hits: Sequence[Hit]) -> list[Span]:
        """What may answer the question, best first; at most one span a sentence."""
        ...


@runtime_checkable
class Prepares(Protocol):
    """A reader that takes time to get ready, which the pipeline has it do before the first question."""

    def prepare(self) -> None:
        """Load what it needs."""
        ...


def logistic(logit: float) -> float:
    """The probability of a logit, by tanh since exp overflows.

    >>> logistic(0), logistic(-2000), logistic(2000)
    (0.5, 0.0, 1.0)
    """
    return (1 + math.tanh(logit / 2)) / 2


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic model of how likely the best sentence is to be right.

    `score` and `gap` weigh its score and how far it stands above the best of the others.
    """

    score: float
    gap: float
    intercept: float

    def probability(self, score: float, gap: float) -> float:
        """In [0, 1], greater for a greater score and a greater gap."""
        return logistic(self.score * score + self.gap * gap + self.intercept)


CALIBRATION = Calibration(score=2.14, gap=1.59, intercept=-4.15)
"""Fitted by benchmarks/calibrate.py."""


class SentenceReader:
    """Takes the sentence that fits best, as a whole; it has no weights of its own.

    A sentence's score is the sum of three numbers: its cosine, that of the best passage it stands
    in, and the share of the question's words that it holds. All three are about as wide, and equal
    weights do as well as fitted ones.
    """

    def __init__(self, calibration: Calibration = CALIBRATION) -> None:
        self.calibration = calibration

    def read(self, question: str, hits: Sequence[Hit]) -> list[Span]:
        """One span a sentence, each the whole of it, best first; equals in the text's order."""
        fits = told(rank(question, hits))
        return [
            Span(
                fit.sentence.start,
                fit.sentence.end,
                fit.sentence,
                fit.hit,
                self.calibration.probability(fit.score, gap(fits, place)),
            )
            for place, fit in enumerate(fits)
        ]


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a sentence fits a question, and the nearest passage that it stands in."""

    sentence: Sentence
    hit: Hit
    score: float
    """In [-2, 3]: the sum of two cosines and a share."""
    asks: bool
    """Whether it asks or is part of what someone says to ask, and so is no answer while others may be one."""

    @property
    def states(self) -> bool:
        """Whether it may hold what is asked for all the same, as «You were born in 1940. Where was that?» does."""
        return not (self.asks and (is_question(self.sentence) or is_request(self.sentence)))


def rank(question: str, hits: Sequence[Hit]) -> list[Fit]:
    """Each sentence of the passages once, best first; equals in the text's order.

    What a question asks counts for the sentence after it: of «And when will you stop?» «In June.»
    the second tells when.
    """
    nearest: dict[tuple[int, int], tuple[Sentence, Hit, float]] = {}
    asking = {(hit.number, s.index) for hit in hits for s in hit.passage.question}
    for hit in hits:
        for sentence, cosine in zip(hit.passage.sentences, hit.sentence_cosines, strict=True):
            key = hit.number, sentence.index
            if key not in nearest or hit.cosine > nearest[key][1].cosine:
                nearest[key] = sentence, hit, cosine
    asking |= {key for key, (sentence, _, _) in nearest.items() if is_question(sentence)}
    keys = sorted(nearest)
    before = [(number, index - 1) if (number, index - 1) in asking & nearest.keys() else None for number, index in keys]
    shares = coverage(
        question, [spoken(nearest[k][0] for k in (b, key) if k) for b, key in zip(before, keys, strict=True)]
    )
    fits = []
    for ask, key, share in zip(before, keys, shares, strict=True):
        sentence, hit, cosine = nearest[key]
        best = max(cosine, nearest[ask][2]) if ask else cosine
        fits.append(Fit(sentence, hit, best + hit.cosine + share, key in asking))
    return sorted(fits, key=lambda fit: -fit.score)


def told(fits: Sequence[Fit]) -> list[Fit]:
    """Those that do not ask; all where there are no others."""
    return [fit for fit in fits if not fit.asks] or list(fits)


def stated(fits: Sequence[Fit]) -> list[Fit]:
    """As `told`, with what is stated on the way to a question."""
    return [fit for fit in fits if fit.states] or list(fits)


class Scored(Protocol):
    """What is ranked by a score."""

    @property
    def score(self) -> float:
        """Greater is better."""
        ...


def gap(ranked: Sequence[Scored], place: int) -> float:
    """How far the one at `place`, best first, stands above the best of the others; below it, a number under 0."""
    others = ranked[1:] if place == 0 else ranked[:1]
    return ranked[place].score - (others[0].score if others else 0.0)
