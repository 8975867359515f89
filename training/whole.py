"""Makes rows of what the program reads: python -m training.whole FOLDER_OF_QUESTION_SETS WORK.

`training.prepare` cuts passages around an answer, and takes the wrong ones nearest by cosine. Here each question is
asked of its whole text, and the texts that SpanReader would read are the rows: that with the answer, if it is among
them, and the WRONG ones that fit best. Now and then the question is asked of another text, which does not answer it.
Writes WORK/rows.jsonl, as `training.prepare` does; the vectors are kept in WORK/vectors as they are made.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.questions import Article, Question, article_of, load_written, read, told
from qa.cache import Cache
from qa.encoder import SentenceEncoder
from qa.pipeline import Pipeline
from qa.reader import SentenceReader, rank, stated
from qa.span_reader import Extract, extracts
from training.prepare import RETYPED, Row, write
from training.questions import SETS, WRITTEN, consensus, doubts_of
from training.styles import retype

WRONG = 2
"""Texts without the answer, at most, that a question is asked of."""
FOREIGN = 0.08
"""The share of questions that are asked of another text."""
TALK, ARTICLE, DOUBTED = 22, 24, 200
"""Questions of an interview, an article, and one of a set that has questions which only seem to be answered."""
EVERY = 3
"""So many-th articles are taken of the sets that have no such questions."""


def texts(folder: Path, written: Path = WRITTEN) -> Iterator[tuple[Article, int]]:
    """The articles and interviews that are trained on, each with how many of its questions are asked."""
    doubts = doubts_of(written / "doubts.json")
    for name, origin in SETS.items():
        for number, entry in enumerate(read(folder, name, origin)):
            article = article_of(entry["title"], entry["paragraphs"])
            asked = [q for paragraph in entry["paragraphs"] for q in paragraph["qas"]]
            is_doubted = any(q.get("is_impossible") for q in asked)
            only_seeming = [Question(text, frozenset()) for q in asked for text, _ in doubts.get(q.get("id"), ())]
            questions = (*article.questions, *only_seeming)
            if is_doubted or number % EVERY == 0:
                yield replace(article, questions=questions), DOUBTED if is_doubted else ARTICLE
    for article in load_written(written / "interviews.json"):
        yield article, TALK


def groups(
    articles: Sequence[tuple[Article, int]], pipelines: Sequence[Pipeline], rng: random.Random
) -> Iterator[list[Row]]:
    """The rows of each question, in a random order of questions."""
    order = [
        (number, question)
        for number, (article, most) in enumerate(articles)
        for question in rng.sample(article.questions, min(most, len(article.questions)))
    ]
    rng.shuffle(order)
    for number, question in told(order, "rows"):
        text = retype(question.text, rng) if rng.random() < RETYPED else question.text
        if rng.random() < FOREIGN:
            other = rng.choice([n for n in range(len(articles)) if n != number])
            made = rows(text, Question(question.text, frozenset()), pipelines[other])
        else:
            made = rows(text, question, pipelines[number])
        if made:
            yield made


def rows(text: str, question: Question, pipeline: Pipeline) -> list[Row]:
    """The question, in these words, beside the texts that are read for it."""
    fits = rank(text, pipeline.nearest(text))
    best: dict[int, float] = {}
    for fit in fits:
        best[fit.sentence.index] = max(fit.score, best.get(fit.sentence.index, fit.score))
    read_texts = extracts(stated(fits))
    read_texts.sort(key=lambda e: -max(best.get(s.index, 0.0) for s in e.sentences))
    start, answer = _reference(question, pipeline) if question.starts else (0, "")
    right, wrong = [], []
    for extract in read_texts:
        at = _place(extract, start, len(answer)) if answer else None
        if at is not None:
            right.append(Row(question=text, context=extract.text, start=at, end=at + len(answer)))
        elif not any(known.lower() in extract.text.lower() for known in question.answers):
            wrong.append(Row(question=text, context=extract.text, start=0, end=0))
    return [*right[:1], *wrong[:WRONG]]


def _reference(question: Question, pipeline: Pipeline) -> tuple[int, str]:
    """Where the reference answer starts that agrees best with the others, and the answer."""
    text = pipeline.interview.text
    found = [(at, a) for at in sorted(question.starts) for a in set(question.answers) if text.startswith(a, at)]
    return consensus(sorted(found)) if found else (0, "")


def _place(extract: Extract, start: int, length: int) -> int | None:
    """Where in the extract an answer stands; None where none of its sentences holds it."""
    for sentence, at in zip(extract.sentences, extract.starts, strict=True):
        if sentence.start <= start and start + length <= sentence.end:
            return at + start - sentence.start
    return None


def main(folder: Path, work: Path, seed: int = 0, written: Path = WRITTEN) -> None:
    """Write the rows."""
    articles = list(texts(folder, written))
    encoder, cache = SentenceEncoder(), Cache(work / "vectors")
    pipelines = [Pipeline(article.interview, encoder, SentenceReader(), cache=cache) for article, _ in articles]
    for pipeline in told(pipelines, "texts"):
        pipeline.prepare()
    write(groups(articles, pipelines, random.Random(seed)), work)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Makes rows of what SpanReader reads of whole texts.")
    parser.add_argument("folder", type=Path, help="the folder of question sets")
    parser.add_argument("work", type=Path, help="where the rows go")
    parser.add_argument("--seed", type=int, default=0, help="another seed gives other rows")
    arguments = parser.parse_args()
    main(arguments.folder, arguments.work, arguments.seed)
