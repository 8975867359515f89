"""The training questions, each with the paragraph that it was asked of."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.squad import f1
from qa.datatypes import Sentence
from qa.sentences import split_sentences

SETS = (
    "train-squadshifts-amazon.json",
    "train-squadshifts-reddit.json",
    "train-squadshifts-newwiki.json",
    "train-squad2.json",
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of an article, and its sentences."""

    text: str
    sentences: tuple[Sentence, ...]
    article: int
    """Which article it is of, counted over all sets."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question, and the answer in its paragraph; `end` is 0 where the paragraph does not answer it."""

    text: str
    paragraph: int
    """Which paragraph it was asked of, counted over all sets."""
    start: int
    end: int
    answers: tuple[str, ...]
    """Every reference answer."""
    is_adversarial_set: bool
    """Whether the set has questions that were written to look answerable."""


def load(folder: Path) -> tuple[list[Paragraph], list[Question]]:
    """All paragraphs and questions of the training sets, in the order of SETS."""
    paragraphs: list[Paragraph] = []
    questions: list[Question] = []
    article = 0
    for name in SETS:
        entries = json.loads((folder / name).read_text(encoding="utf-8"))["data"]
        is_adversarial_set = any(q.get("is_impossible") for a in entries for p in a["paragraphs"] for q in p["qas"])
        for entry in entries:
            for source in entry["paragraphs"]:
                context = source["context"]
                sentences = split_sentences(context)
                for asked in source["qas"]:
                    question = _question(asked, len(paragraphs), is_adversarial_set)
                    if not question.end or _sentence_of(sentences, question.start, question.end):
                        questions.append(question)
                paragraphs.append(Paragraph(context, sentences, article))
            article += 1
    return paragraphs, questions


def _question(asked: dict[str, Any], paragraph: int, is_adversarial_set: bool) -> Question:
    answers = [] if asked.get("is_impossible") else asked["answers"]
    start, text = consensus([(a["answer_start"], a["text"]) for a in answers]) if answers else (0, "")
    references = tuple(a["text"] for a in answers)
    return Question(asked["question"].strip(), paragraph, start, start + len(text), references, is_adversarial_set)


def _sentence_of(sentences: Sequence[Sentence], start: int, end: int) -> Sentence | None:
    return next((s for s in sentences if s.start <= start and end <= s.end), None)


def consensus(answers: Sequence[tuple[int, str]]) -> tuple[int, str]:
    """The reference that agrees best with the others, by F1 of words; of equals the shortest, then the first.

    >>> consensus([(4, "ten of us, at the most"), (0, "the ten"), (4, "ten of us")])
    (4, 'ten of us')
    """
    agreement = [sum(f1(text, other) for _, other in answers) for _, text in answers]
    best = min(range(len(answers)), key=lambda i: (-round(agreement[i], 6), len(answers[i][1]), i))
    start, text = answers[best]
    kept = text.strip()
    return start + text.index(kept), kept
