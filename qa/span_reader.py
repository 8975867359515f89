"""SpanReader: the words that answer, found by a small network beside the nearest sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from qa.contrary import is_denied, is_of_another, is_of_oneself, is_refuted
from qa.datatypes import Hit, Sentence, Span, spoken
from qa.growth import grown, is_apart
from qa.quantity import lacks_person, lacks_quantity, lacks_reason, quantities
from qa.reader import Fit, gap, logistic, rank, stated
from qa.span_model import Logits, SpanModel
from qa.tidy import tidy, whole_words
from qa.turns import is_question
from qa.words import names, terms

if TYPE_CHECKING:
    from qa.datatypes import Vectors

READ = 2600
"""Characters that are read for a question."""
LONGEST = 900
"""Characters of one text that is read."""
FIT = 4.0
"""How much a sentence's fit (see qa.reader.rank) counts beside the network's margin."""
APART = 2.5
"""By how much less a span scores, in logits, that does not stand beside the name whose meaning is asked."""
UNCOUNTED = 20.0
"""The same for one of another kind than is asked, a number, a reason or a person: it comes after all others."""
DENIED, ANOTHER = 5.0, 2.5
"""The same for what the sentence or the reply to it denies, and for what it says of another; see qa.contrary."""
TAG = 4
"""Words of a question that only asks whether what stands before it is so, at most."""
ASKS = 2.0
"""By how much less a sentence scores that asks."""
_LACKS = (lacks_quantity, lacks_reason, lacks_person)


@dataclass(frozen=True, slots=True)
class Confidence:
    """A logistic model of how likely the best answer is to be right: a weight for each thing that tells."""

    margin: float
    """How far the best answer stands above there being none, in logits."""
    fit: float
    """How well its sentence fits the question; see qa.reader.Fit."""
    gap: float
    """How far its score stands above that of the best other sentence."""
    clear: float
    """The logarithm of how likely its words are, of all that its sentence has; 0 at the most."""
    unnamed: float
    """1 where the question names something that nothing read does, else 0."""
    intercept: float

    def probability(self, found: Found, gap: float) -> float:
        """In [0, 1]."""
        told = self.margin * found.margin + self.fit * found.fit.score + self.gap * gap - found.against
        return logistic(told + self.clear * found.clear + self.unnamed * found.unnamed + self.intercept)


CONFIDENCE = Confidence(margin=0.186, fit=0.729, gap=0.086, clear=0.273, unnamed=-0.419, intercept=-1.566)
"""Fitted by benchmarks/calibrate.py."""


class Network(Protocol):
    """What gives the logits; SpanModel is one."""

    def load(self) -> None:
        """Get ready to read."""
        ...

    def read(self, question: str, texts: Sequence[str]) -> list[Logits]:
        """The logits of each text."""
        ...


@dataclass(frozen=True, slots=True)
class Extract:
    """Some sentences that follow one another, as one text to read."""

    text: str
    number: int
    """Which of the pipeline's interviews it is from."""
    sentences: tuple[Sentence, ...]
    starts: tuple[int, ...]
    """Where in `text` each sentence starts."""


@dataclass(frozen=True, slots=True)
class Found:
    """The best span of one sentence, and what speaks for it."""

    fit: Fit
    start: int
    end: int
    margin: float
    clear: float
    unnamed: float
    against: float = 0.0
    """What the words themselves speak against it, in logits: APART, UNCOUNTED, DENIED, ANOTHER, or nothing."""

    @property
    def score(self) -> float:
        """What sentences are ranked by."""
        return self.margin + FIT * self.fit.score - ASKS * self.fit.asks - self.against


class SpanReader:
    """Reads the sentences that fit best, with what stands around them, and finds the words that answer.

    `model` is a Hugging Face model for extractive question answering, by path or by name; without it
    the bundled one. The confidence was fitted to the bundled one, and is rougher with another.
    """

    def __init__(self, model: str | Path | Network | None = None, device: str | None = None) -> None:
        self.network: Network = SpanModel(model, device) if model is None or isinstance(model, str | Path) else model

    def prepare(self) -> None:
        """Load the model, which `read` does by itself at the first need.

        Raises ModelError where it is not on this machine, or cannot be used.
        """
        self.network.load()

    def read(self, question: str, hits: Sequence[Hit]) -> list[Span]:
        """One span a sentence that was read, best first; ModelError as `prepare` has it."""
        found = self.find(question, hits)
        sure = [CONFIDENCE.probability(f, gap(found, place)) for place, f in enumerate(found)]
        return [
            Span(f.start, f.end, f.fit.sentence, f.fit.hit, confidence)
            for f, confidence in zip(found, accumulate(sure, min), strict=True)  # none surer than one before it
        ]

    def find(self, question: str, hits: Sequence[Hit]) -> list[Found]:
        """The best span of each sentence that was read, best first."""
        fits = rank(question, hits)
        by_sentence = {(fit.hit.number, fit.sentence.index): fit for fit in fits}
        texts = extracts(stated(fits))
        held = {term for extract in texts for term in terms(extract.text)}
        unnamed = float(not names(question) <= held)
        heard = {s.speaker for hit in hits for s in hit.passage.context if s.speaker}
        found = []
        for extract, logits in zip(texts, self.network.read(question, [t.text for t in texts]), strict=True):
            for sentence, at in zip(extract.sentences, extract.starts, strict=True):
                fit = by_sentence.get((extract.number, sentence.index))
                known = fit.hit.known if fit else None
                without = known and (known[0] - sentence.start + at, known[1] - sentence.start + at)
                best = best_span(logits, at, at + len(sentence.text), without)
                if best and fit:
                    first, last, margin, clear = best
                    span = tidy(sentence.text, first - at, last - at)
                    span = _one_quantity(question, sentence.text, span, logits, at)
                    words = sentence.text[slice(*span)]
                    bounds = whole_words(sentence.text, *grown(question, sentence.text, *span))
                    start, end = (sentence.start + bound for bound in bounds)
                    against = APART * is_apart(question, sentence.text, *bounds)
                    against += UNCOUNTED * any(lacks(question, words) for lacks in _LACKS)
                    against += DENIED * is_denied(question, sentence.text, *span)
                    against += ANOTHER * is_of_another(question, sentence.text)
                    against += ANOTHER * bool(
                        sentence.speaker and is_of_oneself(question, sentence.text, sentence.speaker, heard)
                    )
                    against += DENIED * (fit.asks and is_refuted(_reply(sentence, extract.sentences)))
                    found.append(Found(fit, start, end, margin, clear, unnamed, against))
        return sorted(found, key=lambda f: (-f.score, f.fit.hit.number, f.start))


def _reply(sentence: Sentence, sentences: Sequence[Sentence]) -> str:
    """What is said straight after a sentence that asks, by another or in another paragraph; else nothing.

    A question of few words may stand between, which only asks whether it is so: «Is that true?»
    """
    for after in (s for s in sentences if s.index > sentence.index):
        if (after.speaker, after.paragraph) != (sentence.speaker, sentence.paragraph):
            return after.text
        if not is_question(after) or len(after.text.split()) > TAG:
            return ""
    return ""


def extracts(fits: Sequence[Fit], most: int = READ, longest: int = LONGEST) -> list[Extract]:
    """The passages of the best fits, best first until they hold `most` characters, each sentence once.

    What follows one another is read as one text, of `longest` characters at most where its sentences
    allow; no text ends with a question whose reply comes next, and a piece of a longer reply has the
    question in front of it.
    """
    chosen: dict[tuple[int, int], Sentence] = {}
    questions: dict[tuple[int, int], tuple[Sentence, ...]] = {}
    size = 0
    for fit in fits:
        number, passage = fit.hit.number, fit.hit.passage
        new = [s for s in passage.sentences if (number, s.index) not in chosen]
        size += sum(len(s.text) for s in new)
        if chosen and size > most:
            break
        chosen.update(((number, s.index), s) for s in new)
        questions.update(((number, s.index), passage.question) for s in new)
    runs: list[list[tuple[int, int]]] = []
    for number, index in sorted(chosen):
        follows = runs and runs[-1][-1] == (number, index - 1)
        runs[-1].append((number, index)) if follows else runs.append([(number, index)])
    made = []
    for run in runs:
        for part in _parts([chosen[key] for key in run], longest):
            number, first = run[0][0], part[0].index
            made.append(_extract(number, part, [q for q in questions[number, first] if q.index < first]))
    return made


def _parts(run: Sequence[Sentence], longest: int) -> list[list[Sentence]]:
    """The run in as few parts of about equal length as `longest` asks for."""
    whole = sum(len(s.text) for s in run)
    share = whole / -(-whole // longest)
    parts: list[list[Sentence]] = [[]]
    done = 0.0
    for sentence in run:
        is_reply = parts[-1] and is_question(parts[-1][-1])
        if parts[-1] and not is_reply and done + len(sentence.text) / 2 > share * len(parts):
            parts.append([])
        parts[-1].append(sentence)
        done += len(sentence.text)
    return parts


def _extract(number: int, sentences: Sequence[Sentence], question: Sequence[Sentence]) -> Extract:
    """The sentences as one text, as qa.datatypes.spoken has them, with a question in front that is none of them."""
    starts, before = [], list(question)
    for sentence in sentences:
        before.append(sentence)
        starts.append(len(spoken(before)) - len(sentence.text))
    return Extract(spoken(before), number, tuple(sentences), tuple(starts))


def best_span(
    logits: Logits, start: int, end: int, without: tuple[int, int] | None = None
) -> tuple[int, int, float, float] | None:
    """The likeliest answer within characters `start` to `end`: where it starts and ends, its margin, how clear it is.

    The margin is the logarithm of how much likelier it is that some answer lies there than that the text
    has none: over all spans of the sentence, so that one whose bounds are in doubt loses nothing. How clear
    it is: the logarithm of its own share of these.
    No answer touches the characters `without`, and it is less clear where these were likelier. None where no
    token of the text lies there, as when it was too long to be read to its end.
    """
    import numpy as np

    inside = (logits.offsets[:, 0] >= start) & (logits.offsets[:, 1] <= end)
    (rows,) = np.nonzero(inside)
    if not len(rows):
        return None
    scores = np.add.outer(logits.start[rows], logits.end[rows])
    scores[np.tril_indices(len(rows), -1)] = -np.inf
    all_of_it = _log_sum_exp(scores)
    if without:
        before, after = logits.offsets[rows, 1] <= without[0], logits.offsets[rows, 0] >= without[1]
        scores[~(np.logical_and.outer(before, before) | np.logical_and.outer(after, after))] = -np.inf
        if not np.isfinite(scores).any():
            return None
    first, last = np.unravel_index(scores.argmax(), scores.shape)
    whole = _log_sum_exp(scores)
    clear = min(0.0, float(scores.max()) - all_of_it)
    return int(logits.offsets[rows[first], 0]), int(logits.offsets[rows[last], 1]), whole - logits.none, clear


def _one_quantity(question: str, sentence: str, span: tuple[int, int], logits: Logits, at: int) -> tuple[int, int]:
    """The span of the sentence that starts at `at`; its likelier part where one quantity is asked and it holds two."""
    parts = quantities(question, sentence[slice(*span)])
    found = [best_span(logits, at + span[0] + start, at + span[0] + end) for start, end in parts]
    first, last, *_ = max((f for f in found if f), key=lambda f: f[2] + f[3], default=(at + span[0], at + span[1]))
    return tidy(sentence, first - at, last - at) if parts else span


def _log_sum_exp(values: Vectors) -> float:
    import numpy as np

    most = values.max()
    return float(most + np.log(np.exp(values - most).sum()))
