"""Prints the figures of the README: python -m benchmarks FOLDER_OF_QUESTION_SETS.

Each article of a set is one text, and its sentences are those that the program makes. SentenceReader
is the program as it comes; cosine and BM25 rank the same sentences in the same run.
"""

from __future__ import annotations

import json
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import bm25s
import numpy as np
from sklearn.metrics import roc_auc_score
from snowballstemmer import stemmer

from benchmarks.questions import Article, Memory, load, load_dialogues, told
from qa import Pipeline, SentenceEncoder, bundled_interview
from qa.encoder import Encoder
from qa.index import Index

Ranker = Callable[[str], list[tuple[int, float]]]
"""From a question to the best five sentences, by number, each with its score."""
INTERVIEW_QUESTIONS = Path(__file__).parent.parent / "tests" / "data" / "interview_questions.json"
QUESTION = "Who gives the interview?"


@dataclass
class Tally:
    """What one way of ranking did on one set."""

    first: list[bool] = field(default_factory=list)
    among_five: list[bool] = field(default_factory=list)
    own: list[float] = field(default_factory=list)
    foreign: list[float] = field(default_factory=list)

    def row(self) -> str:
        """As cells of a table."""
        known = [1] * len(self.own) + [0] * len(self.foreign)
        area = roc_auc_score(known, self.own + self.foreign)
        return f"{np.mean(self.first):.1%} | {np.mean(self.among_five):.1%} | {area:.3f}"


def by_cosine(article: Article, encoder: Encoder) -> Ranker:
    """One vector a sentence, the nearest by cosine."""
    index = Index(encoder.encode([s.text for s in article.interview.sentences]))
    return lambda question: index.nearest(encoder.encode([question])[0], 5)


def by_bm25(article: Article) -> Ranker:
    """BM25 over the sentences, with English stop words and stems."""
    options = {"stopwords": "en", "stemmer": stemmer("english").stemWords, "show_progress": False}
    texts = [s.text for s in article.interview.sentences]
    retriever = bm25s.BM25()
    retriever.index(bm25s.tokenize(texts, **options), show_progress=False)

    def rank(question: str) -> list[tuple[int, float]]:
        tokens = bm25s.tokenize([question], **options)
        rows, scores = retriever.retrieve(tokens, k=min(5, len(texts)), show_progress=False)
        return [(int(row), float(score)) for row, score in zip(rows[0], scores[0], strict=True)]

    return rank


def by_reader(pipeline: Pipeline) -> Ranker:
    """The program as it comes, with its confidence as the score."""
    return lambda question: [(c.sentence.index, c.confidence) for c in pipeline.answer(question).candidates]


def tally(articles: Sequence[Article], encoder: Encoder) -> dict[str, Tally]:
    """Ask each text its own questions and as many of other texts, by each way of ranking."""
    rng = random.Random(0)
    tallies: dict[str, Tally] = {}
    for article in told(articles, "articles"):
        rankers = {
            "cosine of sentences": by_cosine(article, encoder),
            "BM25": by_bm25(article),
            "SentenceReader": by_reader(Pipeline(article.interview, encoder)),
        }
        own = [q for q in article.questions if q.starts]
        others = [q for a in articles if a is not article for q in a.questions]
        foreign = rng.sample(others, min(len(own), len(others)))
        for name, rank in rankers.items():
            result = tallies.setdefault(name, Tally())
            for question in own:
                ranked, right = rank(question.text), article.right(question)
                result.first.append(ranked[0][0] in right)
                result.among_five.append(bool(right.intersection(row for row, _ in ranked)))
                result.own.append(ranked[0][1])
            result.foreign += [rank(question.text)[0][1] for question in foreign]
    return tallies


def calibration_error(confidence: np.ndarray, right: np.ndarray) -> float:
    """Expected calibration error over ten bins of equal width (Guo et al., 2017)."""
    bins = np.minimum((confidence * 10).astype(int), 9)
    return sum(
        (bins == b).mean() * abs(confidence[bins == b].mean() - right[bins == b].mean()) for b in np.unique(bins)
    )


def print_quality(title: str, articles: Sequence[Article], encoder: Encoder) -> None:
    """The table of one set, and what the program would have shown."""
    tallies = tally(articles, encoder)
    sentences = statistics.mean(len(a.interview.sentences) for a in articles)
    count = len(tallies["SentenceReader"].first)
    print(f"\n### {title}: {len(articles)} texts of {sentences:.0f} sentences on average, {count} questions\n")
    print("| | right sentence first | among the first 5 | area under ROC, own against other texts' questions |")
    print("| --- | --- | --- | --- |")
    for name, result in tallies.items():
        print(f"| {name} | {result.row()} |")
    reader = tallies["SentenceReader"]
    own, foreign, first = np.array(reader.own), np.array(reader.foreign), np.array(reader.first)
    threshold = Pipeline(articles[0].interview, encoder).threshold
    shown = own >= threshold
    confidence = np.concatenate([own, foreign])
    right = np.concatenate([first, np.zeros(len(foreign), dtype=bool)])
    error = calibration_error(confidence, right)
    print(
        f"\nAt its threshold of {threshold}, it answers {shown.mean():.1%} of the questions that the text answers, "
        f"{first[shown].mean():.1%} of them with the right sentence, and {(foreign >= threshold).mean():.1%} of those "
        f"that it does not. Over both, its mean confidence is {confidence.mean():.1%} and {right.mean():.1%} are "
        f"right: expected calibration error {error:.3f}."
    )


def print_adversarial(articles: Sequence[Article], encoder: Encoder) -> None:
    """How well questions that only look answerable are told from those that are."""
    known, confidence = [], []
    for article in articles:
        pipeline = Pipeline(article.interview, encoder)
        for question in article.questions:
            known.append(bool(question.starts))
            confidence.append(pipeline.answer(question.text).confidence)
    area = roc_auc_score(known, confidence)
    print(f"\nArea under ROC, answerable against written to look answerable: {area:.3f} ({len(known)} questions).")


def print_interview() -> None:
    """What the program does with the questions of the tests about the bundled interview."""
    questions = json.loads(INTERVIEW_QUESTIONS.read_text(encoding="utf-8"))
    pipeline = Pipeline(bundled_interview())
    asked = [(pipeline.answer(entry["question"]), entry["sentences"]) for entry in questions["answered"]]
    first = sum(answer.candidates[0].text in sentences for answer, sentences in asked)
    shown = sum(answer.text in sentences for answer, sentences in asked)
    wrong = sum(bool(pipeline.answer(question)) for question in questions["unanswered"])
    print("\n### The bundled interview\n")
    print(f"Of {len(asked)} questions, the right sentence comes first for {first} and is shown for {shown}.")
    print(f"Of {len(questions['unanswered'])} that it does not answer, {wrong} get an answer.")


def print_speed() -> None:
    """Milliseconds a question on the bundled interview, and seconds to the first answer of a new process."""
    pipeline = Pipeline(bundled_interview())
    pipeline.answer(QUESTION)
    spent = []
    for number in range(200):
        start = time.perf_counter()
        pipeline.answer(f"{QUESTION} {number}")
        spent.append((time.perf_counter() - start) * 1000)
    code = f"import qa; qa.answer({QUESTION!r})"
    starts = []
    for _ in range(5):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        starts.append(time.perf_counter() - start)
    print("\n### Speed, bundled interview, median\n")
    print(f"A question, warm: {statistics.median(spent):.0f} ms of 200 questions.")
    print(f"From the start of a process to its first answer: {statistics.median(starts):.1f} s of 5 starts.")


def main(folder: Path) -> None:
    """Print every figure."""
    encoder = Memory(SentenceEncoder())
    short, long = load(folder, "dev-xquad-en.json"), load(folder, "dev-squad2.json")
    print_quality("dev-xquad-en, on which nothing was tuned", short, encoder)
    print_quality("dev-squad2, to which the confidence was fitted", long, encoder)
    print_quality("dev-friendsqa, dialogues, the right utterance", load_dialogues(folder), encoder)
    print_adversarial(long, encoder)
    print_interview()
    print_speed()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m benchmarks FOLDER_OF_QUESTION_SETS")
    main(Path(sys.argv[1]))
