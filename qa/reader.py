"""Readers look into the nearest passages for the span that answers."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Protocol

from qa.datatypes import Hit, Sentence, Span


class Reader(Protocol):
    """Anything that finds answers in passages; the pipeline takes any."""

    def read(self, question: str, hits: Sequence[Hit]) -> list[Span]:
        """What may answer the question, best first; at most one span a sentence."""
        ...


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
        logit = self.score * score + self.gap * gap + self.intercept
        return (1 + math.tanh(logit / 2)) / 2  # the logistic function, which overflows if written with exp


CALIBRATION = Calibration(score=2.38, gap=2.16, intercept=-4.55)
"""Fitted by benchmarks/calibrate.py."""
THRESHOLD = 0.3
"""The least confidence at which a sentence is shown as the answer; chosen by the same script."""


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
        fits = rank(question, hits)
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


def rank(question: str, hits: Sequence[Hit]) -> list[Fit]:
    """Each sentence of the passages once, best first; equals in the text's order.

    A sentence that asks is no answer, and is left out where there are others. What it asks counts
    for the sentence after it: of «And when will you stop?» «In June.» the second tells when.
    """
    nearest: dict[Sentence, tuple[Hit, float]] = {}
    for hit in hits:
        for sentence, cosine in zip(hit.passage.sentences, hit.sentence_cosines, strict=True):
            if sentence not in nearest or hit.cosine > nearest[sentence][0].cosine:
                nearest[sentence] = hit, cosine
    sentences = sorted(nearest, key=lambda sentence: sentence.start)
    asked = [_asked_before(sentence, before) for before, sentence in pairwise([None, *sentences])]
    shares = coverage(question, [f"{a.text} {s.text}" if a else s.text for a, s in zip(asked, sentences, strict=True)])
    fits = []
    for sentence, ask, share in zip(sentences, asked, shares, strict=True):
        hit, cosine = nearest[sentence]
        best = max(cosine, nearest[ask][1]) if ask else cosine
        fits.append(Fit(sentence, hit, best + hit.cosine + share))
    told = [fit for fit in fits if not _asks(fit.sentence)]
    return sorted(told or fits, key=lambda fit: -fit.score)


def _asks(sentence: Sentence) -> bool:
    return sentence.text.rstrip("\"'”’»)]").endswith(("?", "？", "؟"))


def _asked_before(sentence: Sentence | None, before: Sentence | None) -> Sentence | None:
    """The question that the sentence may reply to: the sentence right before it, if that asks."""
    follows = before and sentence and sentence.index == before.index + 1
    return before if follows and before and _asks(before) else None


def gap(fits: Sequence[Fit], place: int) -> float:
    """How far the fit at `place` stands above the best of the others; below it, a number under 0."""
    others = fits[1:] if place == 0 else fits[:1]
    return fits[place].score - (others[0].score if others else 0.0)


def coverage(question: str, sentences: Sequence[str]) -> list[float]:
    """The share of the question's words that each sentence holds, a rare word counting for more.

    Each word weighs its inverse document frequency among these sentences, as in BM25 (Robertson
    and Zaragoza, 2009). In [0, 1]; 0 for a question of nothing but function words.

    >>> coverage("Where was she born?", ["She was born in Oslo.", "Oslo is cold."])
    [1.0, 0.0]
    """
    wanted = set(terms(question))
    held = [wanted.intersection(terms(sentence)) for sentence in sentences]
    weights = {term: _rarity(sum(term in h for h in held), len(held)) for term in sorted(wanted)}
    total = sum(weights.values())
    return [sum(weights[term] for term in sorted(h)) / total if total else 0.0 for h in held]


def _rarity(count: int, n: int) -> float:
    """Inverse document frequency of a term in `count` of `n` sentences; always above 0."""
    return math.log(1 + (n - count + 0.5) / (count + 0.5))


_WORD = re.compile(r"\w+")
# the closed classes of English: words that say how a question is put, and not what it is about
_FUNCTION_WORDS = frozenset(
    """
    a an the this that these those
    i me my we us our you your he him his she her it its they them their one
    who whom whose which what when where why how many much
    am is are was were be been being do does did doing done have has had having
    can could may might must shall should will would
    about above after against as at before below between by during for from in into of off on onto out over
    per since than through to toward towards under until up upon with within without
    and but if nor or so yet because while
    any both each either every neither no not only some such there then too very also please s t
    """.split()
)


def terms(text: str) -> list[str]:
    """The stems of the words that carry meaning, in lower case.

    >>> terms("Which cars were sold?")
    ['car', 'sold']
    """
    return [_stem(word) for word in _WORD.findall(text.lower()) if word not in _FUNCTION_WORDS]


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    """The word without its English ending, by Porter's second algorithm."""
    from snowballstemmer import stemmer

    return str(stemmer("english").stemWord(word))  # a new one each time: they are not safe among threads
