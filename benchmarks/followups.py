"""Measures follow-up questions: python -m benchmarks.followups FOLDER_OF_QUESTION_SETS [tune|judge] [--show].

The pairs of followups.json (see benchmarks/pairs.py) are in two halves that have no text in common: one to
develop with, one to judge by. Each is asked with what was asked before it, without, and written out so that it
stands alone, which is as well as it can be answered. Then questions that stand alone are asked after others,
and the answer must be what it is without.

An answer is right where it stands in a sentence that holds a reference answer, and shares a word with one.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.pairs import ALONE, HALVES, KINDS, Pair, entries, pairs, sample, texts
from benchmarks.questions import Memory, told
from qa import Answer, Pipeline, SentenceEncoder, SpanReader
from qa.encoder import Encoder
from qa.reader import Reader

WAYS = ("with history", "without", "written out")


@dataclass(frozen=True)
class Trial:
    """A pair, and what was answered in each of WAYS."""

    pair: Pair
    answers: tuple[Answer, ...]

    @property
    def first(self) -> list[bool]:
        """Whether the best candidate is right, shown or not, in each of WAYS."""
        article, question = self.pair.article, self.pair.question
        best = [answer.candidates[:1] for answer in self.answers]
        return [any(article.is_right(question, c.sentence.index, c.text) for c in candidates) for candidates in best]

    @property
    def right(self) -> list[bool]:
        """Whether the right answer is shown, in each of WAYS."""
        return [first and answer.answered for first, answer in zip(self.first, self.answers, strict=True)]

    @property
    def is_harmed(self) -> bool:
        """Whether the history changes what is shown."""
        followed, alone = (place(answer) for answer in self.answers[:2])
        return followed != alone


def place(answer: Answer) -> tuple[int | None, int | None]:
    """Where the words that are shown stand in the text; nowhere if none are."""
    return answer.start, answer.end


def trials(asked: Sequence[Pair], encoder: Encoder, reader: Reader, what: str) -> list[Trial]:
    """Every pair asked of its text in each of WAYS, in the order given."""
    pipelines: dict[str, Pipeline] = {}
    found = []
    for pair in told(asked, what):
        if pair.name not in pipelines:
            pipelines[pair.name] = Pipeline(pair.article.interview, encoder, reader)
        answer = pipelines[pair.name].answer
        question = pair.question.text
        alone = answer(question)
        written_out = alone if pair.meant == question else answer(pair.meant)
        found.append(Trial(pair, (answer(question, pair.history), alone, written_out)))
    return found


def print_table(half: str, found: Sequence[Trial]) -> None:
    """A row a kind, and one for all: the shares answered rightly and right first, in each of WAYS."""
    ways = " | ".join(WAYS)
    print(f"\n### {half}: answered rightly in three ways, and right first, whether shown or not, in the same\n")
    print(f"| | pairs | {ways} | first {ways.replace(' | ', ' | first ')} |")
    print("| --- " * 8 + "|")
    for name, kinds in [(kind, (kind,)) for kind in KINDS] + [("all", KINDS)]:
        row = [trial for trial in found if trial.pair.kind in kinds]
        shares = np.mean([trial.right + trial.first for trial in row], axis=0)
        print(f"| {name} | {len(row)} | " + " | ".join(f"{share:.1%}" for share in shares) + " |", flush=True)


def print_harm(what: str, found: Sequence[Trial]) -> None:
    """How many questions that stand alone get another answer after others, and which."""
    harmed = [trial for trial in found if trial.is_harmed]
    with_history, without, _ = np.sum([trial.right for trial in found], axis=0)
    print(
        f"\n{what}: {len(harmed)} of {len(found)} harmed: answered otherwise than without history. "
        f"Rightly answered with history {with_history}, without {without}.",
        flush=True,
    )
    for trial in harmed:
        print(f"{_asked(trial.pair)}\n  with history: {_said(trial, 0)}\n  without: {_said(trial, 1)}")


def print_missed(found: Sequence[Trial]) -> None:
    """The pairs that were not answered rightly: what was understood and found, and what it should be."""
    for trial in found:
        if not trial.right[0]:
            pair = trial.pair
            wanted = " / ".join(pair.question.answers)
            print(f"\n{_asked(pair)} [{pair.kind}]\n  {_said(trial, 0)}")
            print(f"  meant: {pair.meant}\n  {_said(trial, 2)}\n  answer: {wanted}")


def _asked(pair: Pair) -> str:
    return f"{pair.name}: {' > '.join(pair.history)} > {pair.question.text}"


def _said(trial: Trial, way: int) -> str:
    answer = trial.answers[way]
    understood = getattr(answer, "understood", None)
    found = (
        f"{answer.candidates[0].text!r} in {answer.candidates[0].sentence.text!r}" if answer.candidates else "nothing"
    )
    judged = "right" if trial.first[way] else "wrong"
    shown = "shown" if answer.answered else "declined"
    return f"{shown}, {judged}, {answer.confidence:.0%}: {found}" + (
        f", understood {understood!r}" if understood else ""
    )


def main(folder: Path, halves: Sequence[str], *, show: bool) -> None:
    """Print the tables of these halves, and what history harms."""
    known = texts(folder)
    written, leaning = pairs(known, entries()), entries("leaning")
    encoder, reader = Memory(SentenceEncoder()), SpanReader()
    for half in halves:
        own = [pair for pair in written if pair.half == half]
        found = trials([pair for pair in own if pair.kind in KINDS], encoder, reader, f"{half}, pairs")
        print_table(half, found)
        if show:
            print_missed(found)
        alone = [pair for pair in own if pair.kind == ALONE]
        print_harm("Written to stand alone", trials(alone, encoder, reader, f"{half}, alone"))
        asked = sample(known, half, leaning)
        print_harm("Of the sets, each after the one before it", trials(asked, encoder, reader, f"{half}, of the sets"))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.followups")
    parser.add_argument("folder", type=Path, help="the folder of the question sets")
    parser.add_argument("half", nargs="?", choices=HALVES, help="ask this half alone")
    parser.add_argument("--show", action="store_true", help="print every pair that was not answered rightly")
    options = parser.parse_args()
    main(options.folder, [options.half] if options.half else HALVES, show=options.show)
