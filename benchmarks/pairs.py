"""The follow-up questions of followups.json, each with its text and the place of its answer.

Their kinds:

- ellipsis: names another thing to ask the same of ("and in Europe?");
- pronoun: a whole question in which a word stands for what was asked or answered ("When was it sold?");
- bare: a question word alone, or little more ("why not?");
- source: asks who said it ("says who?"); where a speaker did, the answer is what was said;
- chain: any of these after questions that are follow-ups themselves;
- alone: stands alone, whatever was asked before.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.questions import DIALOGUES, SETS, Article, Question, load, load_dialogues

FILE = Path(__file__).parent / "followups.json"
KINDS = ("ellipsis", "pronoun", "bare", "source", "chain")
ALONE = "alone"
HALVES = ("tune", "judge")
SAMPLE = 150
"""Questions of the sets that stand alone, over both halves."""


@dataclass(frozen=True)
class Pair:
    """A question about a text, and what was asked before it, oldest first."""

    name: str
    """The set and the title of the text."""
    article: Article
    history: tuple[str, ...]
    question: Question
    meant: str
    """The question written out, so that it stands alone."""
    kind: str
    half: str


Texts = Mapping[tuple[str, str], Article]
"""Each text by its set and title."""


def texts(folder: Path) -> Texts:
    """The texts of all sets."""
    return {
        (name, article.interview.title.removesuffix(" 0")): article
        for name in SETS
        for article in (load_dialogues(folder) if name == DIALOGUES else load(folder, name))
    }


def entries(part: str = "pairs") -> Any:
    """A part of the file, as it stands there: its "source", "pairs" or "leaning"."""
    return json.loads(FILE.read_text(encoding="utf-8"))[part]


def pairs(known: Texts, rows: Sequence[Mapping[str, Any]]) -> list[Pair]:
    """The rows with their texts; exits and names those whose answer is not a slice of the text."""
    found, problems = [], []
    for row in rows:
        try:
            found.append(_pair(known, row))
        except ValueError as e:
            problems.append(f"{row['set']} {row['title']}: {row['question']} {e}")
    if problems:
        sys.exit("\n".join(problems))
    return found


def _pair(known: Texts, row: Mapping[str, Any]) -> Pair:
    key = (row["set"], row["title"])
    if key not in known:
        raise ValueError("There is no such text.")
    article = known[key]
    starts = places(article, row["answers"], row.get("within", []))
    question = Question(row["question"], starts, tuple(row["answers"]))
    speakers = {article.interview.sentences[index].speaker for index in article.right(question)}
    if "speaker" in row and speakers != {row["speaker"]}:
        raise ValueError(f"{speakers} say it, not {row['speaker']}.")
    return Pair(" ".join(key), article, tuple(row["history"]), question, row["meant"], row["kind"], row["half"])


def places(article: Article, answers: Sequence[str], within: Sequence[str] = ()) -> frozenset[int]:
    """The characters that the answers take up, as whole words; with `within`, only inside of these slices.

    Raises ValueError for what is not in the text, and for an answer that stands in several sentences where
    no slice tells which are meant.
    """
    text = article.interview.text
    allowed = [span for slice_ in within for span in _spans(text, slice_)]
    taken: set[int] = set()
    for answer in answers:
        spans = _spans(text, answer)
        if within:
            spans = [(a, b) for a, b in spans if any(start <= a and b <= end for start, end in allowed)]
            if not spans:
                raise ValueError(f"{answer!r} is not inside of {within}.")
        elif len(article.right(Question("", frozenset(a for a, _ in spans)))) > 1:
            raise ValueError(f"{answer!r} stands in several sentences.")
        taken.update(at for a, b in spans for at in range(a, b))
    return frozenset(taken)


def _spans(text: str, part: str) -> list[tuple[int, int]]:
    found = [match.span() for match in re.finditer(rf"(?<!\w){re.escape(part)}(?!\w)", text)]
    if not found:
        raise ValueError(f"{part!r} is not in the text.")
    return found


def sample(known: Texts, half: str, leaning: Sequence[str]) -> list[Pair]:
    """Questions of the sets that stand alone, each after the one before it in its text; as many of each set.

    A text of which the file holds no pair is of either half by turns. `leaning` are questions to pass over.
    """
    halves = {(row["set"], row["title"]): row["half"] for row in entries()}
    found = []
    for name in SETS:
        keys = [key for key in known if key[0] == name]
        own = [key for n, key in enumerate(keys) if halves.get(key, HALVES[n % 2]) == half]
        asked = [
            Pair(" ".join(key), known[key], (before.text,), question, question.text, ALONE, half)
            for key in own
            for before, question in zip(known[key].questions, known[key].questions[1:], strict=False)
            if question.starts
        ]
        random.Random(0).shuffle(asked)
        found += [pair for pair in asked if pair.question.text not in leaning][: SAMPLE // len(SETS) // len(HALVES)]
    return found
