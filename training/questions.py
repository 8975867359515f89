"""The training questions, each with the paragraph that it was asked of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.questions import read
from benchmarks.squad import f1
from qa.datatypes import Sentence
from qa.sentences import split_sentences

_SHIFTS = "a set of SQuADShifts (modestyachts.github.io/squadshifts-website)"
SETS = {
    "train-squadshifts-amazon.json": _SHIFTS,
    "train-squadshifts-reddit.json": _SHIFTS,
    "train-squadshifts-newwiki.json": _SHIFTS,
    "train-squad2.json": "articles of SQuAD 2.0's development set (rajpurkar.github.io/SQuAD-explorer)",
}


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
    sentence: int
    """The number of the paragraph's sentence that holds the answer; 0 where none does."""
    is_adversarial_set: bool
    """Whether the set has questions that were written to look answerable."""


def load(folder: Path) -> tuple[list[Paragraph], list[Question]]:
    """All paragraphs and questions of the training sets, in the order of SETS."""
    paragraphs: list[Paragraph] = []
    questions: list[Question] = []
    article = 0
    for name, origin in SETS.items():
        entries = read(folder, name, origin)
        is_adversarial_set = any(q.get("is_impossible") for a in entries for p in a["paragraphs"] for q in p["qas"])
        for entry in entries:
            for source in entry["paragraphs"]:
                context = source["context"]
                sentences = split_sentences(context)
                for asked in source["qas"]:
                    question = _question(asked, len(paragraphs), sentences, is_adversarial_set)
                    if question:
                        questions.append(question)
                paragraphs.append(Paragraph(context, sentences, article))
            article += 1
    return paragraphs, questions


def _question(
    asked: dict[str, Any], paragraph: int, sentences: Sequence[Sentence], is_adversarial_set: bool
) -> Question | None:
    """None where the answer lies in no one sentence."""
    answers = [] if asked.get("is_impossible") else asked["answers"]
    start, text = consensus([(a["answer_start"], a["text"]) for a in answers]) if answers else (0, "")
    end = start + len(text)
    holding = (i for i, s in enumerate(sentences) if s.start <= start and end <= s.end)
    sentence = next(holding, None) if answers else 0
    if sentence is None:
        return None
    references = tuple(a["text"] for a in answers)
    return Question(asked["question"].strip(), paragraph, start, end, references, sentence, is_adversarial_set)


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
