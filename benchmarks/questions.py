"""Question sets in SQuAD's and FriendsQA's formats, each article or dialogue made into one interview."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.squad import best_f1
from qa.encoder import Encoder
from qa.formats import Content, Mark
from qa.interview import Interview

if TYPE_CHECKING:
    from qa.datatypes import Vectors

TUNING, JUDGING = (Path(__file__).parent / f"interviews-{what}.json" for what in ("tuning", "judging"))
"""Invented interviews with questions, written for these benchmarks: to fit by, and to judge by."""
DIALOGUES = "dev-friendsqa.json"
SETS = {
    DIALOGUES: "the development part of FriendsQA (github.com/emorynlp/FriendsQA)",
    "dev-xquad-en.json": "the English part of XQuAD (github.com/google-deepmind/xquad)",
    "dev-squad2.json": "articles of SQuAD 2.0's development set (rajpurkar.github.io/SQuAD-explorer)",
}


@dataclass(frozen=True)
class Question:
    """A question, and where its reference answers are; nowhere if the text does not answer it."""

    text: str
    starts: frozenset[int]
    answers: tuple[str, ...] = ()
    """The reference answers."""
    near: int | None = None
    """Where the sentence starts from which a careless reader would answer, where that is known."""


@dataclass(frozen=True)
class Article:
    """Some paragraphs as one text, and the questions that were asked about them."""

    interview: Interview
    questions: tuple[Question, ...]

    def right(self, question: Question) -> set[int]:
        """The sentences in which a reference answer begins, by number."""
        starts = question.starts
        return {s.index for s in self.interview.sentences if any(s.start <= at < s.end for at in starts)}

    def is_right(self, question: Question, sentence: int, words: str) -> bool:
        """Whether these words of a sentence answer: it is a right one, and they share one with a reference answer."""
        return sentence in self.right(question) and best_f1(words, question.answers) > 0


def load(folder: Path, name: str, size: int | None = None) -> list[Article]:
    """The articles of a set, whole or in pieces of `size` paragraphs."""
    return [
        article_of(f"{article['title']} {start}", paragraphs[start : start + (size or len(paragraphs))])
        for article in read(folder, name, SETS[name])
        for paragraphs in [article["paragraphs"]]
        for start in range(0, len(paragraphs), size or len(paragraphs))
    ]


def load_dialogues(folder: Path) -> list[Article]:
    """Scripted dialogues of FriendsQA, a turn an utterance.

    A sentence is right where it lies in an utterance that holds a reference answer; questions whose
    answer is a speaker's name alone are left out.
    """
    return [
        _dialogue(entry["title"], paragraph)
        for entry in read(folder, DIALOGUES, SETS[DIALOGUES])
        for paragraph in entry["paragraphs"]
    ]


def _dialogue(title: str, paragraph: dict[str, Any]) -> Article:
    turns = [(" and ".join(u["speakers"]), u["utterance"]) for u in paragraph["utterances:"]]
    interview, offsets = _talk(title, turns)
    questions = []
    for entry in paragraph["qas"]:
        holding = {a["utterance_id"] for a in entry["answers"] if not a["is_speaker"]}
        starts = frozenset(at for number in holding for at in range(offsets[number], offsets[number + 1] - 1))
        if starts:
            answers = tuple(a["answer_text"] for a in entry["answers"])
            questions.append(Question(entry["question"].strip(), starts, answers))
    return Article(interview, tuple(questions))


def _talk(title: str, turns: Sequence[tuple[str, str]]) -> tuple[Interview, list[int]]:
    """Who says what, as an interview, and where each turn starts; then where another would."""
    offsets = [0, *accumulate(len(said) + 2 for _, said in turns)]
    marks = tuple(Mark(at, speaker) for at, (speaker, _) in zip(offsets, turns, strict=False))
    return Interview.from_content(Content("\n\n".join(said for _, said in turns), marks), title), offsets


def load_written(path: Path) -> list[Article]:
    """Invented interviews with the questions that they answer and such as they only seem to answer."""
    return [_written(entry) for entry in json.loads(path.read_text(encoding="utf-8"))]


def _written(entry: dict[str, Any]) -> Article:
    turns = entry["turns"]
    interview, offsets = _talk(entry["title"], turns)
    questions = []
    for asked in entry["questions"]:
        quoted = asked["sentence"] if asked["answer"] else asked["near"]
        turn = next(i for i, (_, said) in enumerate(turns) if quoted in said)
        at = offsets[turn] + turns[turn][1].index(quoted)
        if asked["answer"]:
            start = at + quoted.index(asked["answer"])
            questions.append(Question(asked["q"], frozenset({start}), (asked["answer"],)))
        else:
            questions.append(Question(asked["q"], frozenset(), near=at))
    return Article(interview, tuple(questions))


def read(folder: Path, name: str, source: str) -> list[dict[str, Any]]:
    """The entries of a set; exits where the file is missing with a message that names its `source`."""
    path = folder / name
    if not path.is_file():
        sys.exit(f"{path} is missing: put {source} there, or name its folder with DATA=.")
    entries: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["data"]
    return entries


def article_of(title: str, paragraphs: Sequence[dict[str, Any]]) -> Article:
    """The paragraphs of an entry, as SQuAD has them, as one text."""
    questions, texts, offset = [], [], 0
    for paragraph in paragraphs:
        for entry in paragraph["qas"]:
            answers = [] if entry.get("is_impossible") else entry["answers"]
            starts = frozenset(offset + answer["answer_start"] for answer in answers)
            references = tuple(answer["text"] for answer in answers)
            questions.append(Question(entry["question"].strip(), starts, references))
        texts.append(paragraph["context"])
        offset += len(paragraph["context"]) + 2
    return Article(Interview.from_text("\n\n".join(texts), title), tuple(questions))


class Memory:
    """An encoder that encodes each text once, since a benchmark asks one question of many texts."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self.vectors: dict[str, Vectors] = {}

    def encode(self, texts: Sequence[str]) -> Vectors:
        """As the encoder does; shape (len(texts), dimensions)."""
        new = list(dict.fromkeys(text for text in texts if text not in self.vectors))
        for start in range(0, len(new), 256):
            batch = new[start : start + 256]
            self.vectors.update(zip(batch, self.encoder.encode(batch), strict=True))
        return np.stack([self.vectors[text] for text in texts])


def told(items: Sequence[Any], what: str) -> Iterator[Any]:
    """The items, with a line on the terminal that says how far the work is."""
    for number, item in enumerate(items, 1):
        if sys.stderr.isatty():
            print(f"\r{what}: {number} of {len(items)}", end="\n" if number == len(items) else "", file=sys.stderr)
        yield item
