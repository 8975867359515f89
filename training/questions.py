"""The training questions, each with the paragraph that it was asked of.

Beside the public sets there are two of our own, in this folder: interviews.json, invented interviews with
questions that they answer and such as they only seem to answer; and doubts.json, questions that paragraphs
of the public sets only seem to answer.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.questions import Article, load_written, read
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
WRITTEN = Path(__file__).parent
"""The folder of interviews.json and doubts.json."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of an article, or an interview, and its sentences."""

    text: str
    sentences: tuple[Sentence, ...]
    article: int
    """Which article it is of, counted over all sets."""
    is_doubted: bool = False
    """Whether it is of a set that has questions of its own which only seem to be answered."""

    @property
    def is_talk(self) -> bool:
        """Whether it is an interview."""
        return bool(self.sentences[0].speaker)


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
    sentence: int | None
    """The number of the paragraph's sentence that holds the answer, or seems to; None where that is not known."""


def load(folder: Path, written: Path = WRITTEN) -> tuple[list[Paragraph], list[Question]]:
    """All paragraphs and questions of the training sets, in the order of SETS; then those of our own."""
    paragraphs: list[Paragraph] = []
    questions: list[Question] = []
    article = 0
    doubts = doubts_of(written / "doubts.json")
    for name, origin in SETS.items():
        entries = read(folder, name, origin)
        is_adversarial = any(q.get("is_impossible") for a in entries for p in a["paragraphs"] for q in p["qas"])
        for entry in entries:
            for source in entry["paragraphs"]:
                context = source["context"]
                sentences = split_sentences(context)
                doubted = [d for asked in source["qas"] for d in doubts.get(asked.get("id"), ())]
                for asked in source["qas"]:
                    question = _question(asked, len(paragraphs), sentences)
                    if question:
                        questions.append(question)
                for text, near in doubted:
                    at = _holding(sentences, context.index(near))
                    questions.append(Question(text, len(paragraphs), 0, 0, (), at))
                paragraphs.append(Paragraph(context, sentences, article, is_doubted=is_adversarial))
            article += 1
    for interview in load_written(written / "interviews.json"):
        questions += _of_interview(interview, len(paragraphs))
        paragraphs.append(Paragraph(interview.interview.text, interview.interview.sentences, article, is_doubted=True))
        article += 1
    return paragraphs, questions


def doubts_of(path: Path) -> dict[str, list[tuple[str, str]]]:
    """Questions that a paragraph only seems to answer, and the words that seem to, by the id of its first question."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for entry in json.loads(path.read_text(encoding="utf-8")):
        found[entry["id"]].append((entry["q"], entry["near"]))
    return found


def _of_interview(article: Article, number: int) -> Iterator[Question]:
    """The questions on an interview but those whose answer lies in no one sentence."""
    sentences = article.interview.sentences
    for asked in article.questions:
        if asked.answers:
            (start,), (answer,) = asked.starts, asked.answers
            at = _holding(sentences, start)
            if start + len(answer) <= sentences[at].end:
                yield Question(asked.text, number, start, start + len(answer), asked.answers, at)
        elif asked.near is not None:
            yield Question(asked.text, number, 0, 0, (), _holding(sentences, asked.near))


def _holding(sentences: Sequence[Sentence], at: int) -> int:
    """The number of the sentence that a character is in."""
    return max(0, bisect_right(sentences, at, key=lambda s: s.start) - 1)


def _question(asked: dict[str, Any], paragraph: int, sentences: Sequence[Sentence]) -> Question | None:
    """None where the answer lies in no one sentence."""
    answers = [] if asked.get("is_impossible") else asked["answers"]
    start, text = consensus([(a["answer_start"], a["text"]) for a in answers]) if answers else (0, "")
    end = start + len(text)
    holding = (i for i, s in enumerate(sentences) if s.start <= start and end <= s.end)
    sentence = next(holding, None) if answers else None
    if answers and sentence is None:
        return None
    references = tuple(a["text"] for a in answers)
    return Question(asked["question"].strip(), paragraph, start, end, references, sentence)


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
