"""Ways of ranking an article's sentences for a question, and what each does on a set of questions."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

import bm25s
import numpy as np
from sklearn.metrics import roc_auc_score
from snowballstemmer import stemmer

from benchmarks.questions import Article, told
from benchmarks.squad import best_f1, exact
from qa.encoder import Encoder
from qa.index import Index
from qa.pipeline import THRESHOLD, Pipeline
from qa.reader import Reader

BOUNDS = (THRESHOLD, 0.5, 0.65, 0.8, 0.9, 1.0)
"""Of confidence: between one and the next the answers that are shown are counted."""


class Ranked(NamedTuple):
    """A sentence by its number, what was found in it, and how well it fits: for the program, its confidence."""

    sentence: int
    text: str
    score: float


Ranker = Callable[[str], Sequence[Ranked]]
"""From a question to the best five sentences, best first."""


def by_cosine(article: Article, encoder: Encoder) -> Ranker:
    """One vector a sentence, the nearest by cosine."""
    sentences = article.interview.sentences
    index = Index(encoder.encode([s.text for s in sentences]))
    return lambda question: [
        Ranked(row, sentences[row].text, cosine) for row, cosine in index.nearest(encoder.encode([question])[0], 5)
    ]


def by_bm25(article: Article) -> Ranker:
    """BM25 over the sentences, with English stop words and stems."""
    options = {"stopwords": "en", "stemmer": stemmer("english").stemWords, "show_progress": False}
    texts = [s.text for s in article.interview.sentences]
    retriever = bm25s.BM25()
    retriever.index(bm25s.tokenize(texts, **options), show_progress=False)

    def rank(question: str) -> list[Ranked]:
        tokens = bm25s.tokenize([question], **options)
        rows, scores = retriever.retrieve(tokens, k=min(5, len(texts)), show_progress=False)
        return [Ranked(int(row), texts[row], float(score)) for row, score in zip(rows[0], scores[0], strict=True)]

    return rank


def by_program(article: Article, encoder: Encoder, reader: Reader) -> Ranker:
    """The program with a reader; the score is its confidence."""
    pipeline = Pipeline(article.interview, encoder, reader)
    return lambda question: [
        Ranked(c.sentence.index, c.text, c.confidence) for c in pipeline.answer(question).candidates
    ]


@dataclass
class Tally:
    """What one way of ranking did on one set, an entry a question."""

    first: list[bool] = field(default_factory=list)
    among_five: list[bool] = field(default_factory=list)
    f1: list[float] = field(default_factory=list)
    exact: list[bool] = field(default_factory=list)
    right: list[bool] = field(default_factory=list)
    """Whether the first sentence is right, and its words share one with a reference answer."""
    own: list[float] = field(default_factory=list)
    """The best score of each question that the text answers."""
    foreign: list[float] = field(default_factory=list)
    """The same for questions of other texts."""
    adversarial: list[float] = field(default_factory=list)
    """The same for questions that were written to look answerable."""

    def ask(self, article: Article, rank: Ranker, foreign: Sequence[str]) -> None:
        """Ask an article its own questions, and those of others."""
        for question in article.questions:
            ranked = rank(question.text) or [Ranked(-1, "", 0.0)]
            if not question.starts:
                self.adversarial.append(ranked[0].score)
                continue
            right = article.right(question)
            self.first.append(ranked[0].sentence in right)
            self.among_five.append(bool(right.intersection(r.sentence for r in ranked)))
            self.f1.append(best_f1(ranked[0].text, question.answers))
            self.right.append(article.is_right(question, ranked[0].sentence, ranked[0].text))
            self.exact.append(exact(ranked[0].text, question.answers))
            self.own.append(ranked[0].score)
        self.foreign += [ranked[0].score if (ranked := rank(text)) else 0.0 for text in foreign]

    def judged(self, *, adversarial: bool = False) -> tuple[np.ndarray, np.ndarray]:
        """The confidence of own and foreign questions, or `adversarial` ones, too; and which answers are right."""
        without = self.foreign + (self.adversarial if adversarial else [])
        return np.array(self.own + without), np.array(self.right + [False] * len(without))

    def calibration_error(self) -> float:
        """Of the confidence, over own and foreign questions."""
        return calibration_error(*self.judged())


@dataclass(frozen=True)
class Shown:
    """The answers that are shown with a confidence from `least` to below `most`, or to 1 where that is `most`."""

    least: float
    most: float
    count: int
    confidence: float
    """Their mean confidence; nan of none."""
    right: float
    """The share that is right; nan of none."""


def area(known: Sequence[float], unknown: Sequence[float]) -> float:
    """Area under the ROC curve: how likely one of `known` is greater than one of `unknown`; nan without both."""
    if not known or not unknown:
        return float("nan")
    return float(roc_auc_score([1] * len(known) + [0] * len(unknown), [*known, *unknown]))


def calibration_error(confidence: np.ndarray, right: np.ndarray) -> float:
    """Expected calibration error over ten bins of equal width (Guo et al., 2017)."""
    bins = np.minimum((confidence * 10).astype(int), 9)
    return sum(
        (bins == b).mean() * abs(confidence[bins == b].mean() - right[bins == b].mean()) for b in np.unique(bins)
    )


def reliability(tallies: Sequence[Tally], *, adversarial: bool = False) -> list[Shown]:
    """The answers that are shown, between each two of BOUNDS and last between the outermost, over all tallies.

    Which questions count, `Tally.judged` says.
    """
    confidence, right = (
        np.concatenate(parts) for parts in zip(*(t.judged(adversarial=adversarial) for t in tallies), strict=True)
    )
    found = []
    for least, most in [*pairwise(BOUNDS), (BOUNDS[0], BOUNDS[-1])]:
        inside = (confidence >= least) & ((confidence < most) | (most == BOUNDS[-1]))
        mean, share = (float(v[inside].mean()) if inside.any() else float("nan") for v in (confidence, right))
        found.append(Shown(least, most, int(inside.sum()), mean, share))
    return found


def tally(
    articles: Sequence[Article], ways: Mapping[str, Callable[[Article], Ranker]], *, foreign: bool = True
) -> dict[str, Tally]:
    """Ask each text its own questions and, with `foreign`, as many of other texts, by each way of ranking."""
    rng = random.Random(0)
    tallies = {name: Tally() for name in ways}
    for article in told(articles, "articles"):
        others = [q.text for a in articles if foreign and a is not article for q in a.questions]
        answerable = sum(bool(q.starts) for q in article.questions)
        sample = rng.sample(others, min(answerable, len(others)))
        for name, way in ways.items():
            tallies[name].ask(article, way(article), sample)
    return tallies
