"""Prints the figures of the README: python -m benchmarks FOLDER_OF_QUESTION_SETS.

Each article of a set is one text, and its sentences are those that the program makes. SpanReader is
the program as it comes; SentenceReader, cosine and BM25 rank the same sentences in the same run.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from unittest.mock import patch

import numpy as np

from benchmarks.quality import Shown, Tally, area, by_bm25, by_cosine, by_program, reliability, tally
from benchmarks.questions import JUDGING, Article, Memory, load, load_dialogues, load_written
from qa import Pipeline, SentenceEncoder, SentenceReader, SpanReader, bundled_interview
from qa.encoder import Encoder
from qa.pipeline import THRESHOLD
from qa.reader import Reader
from qa.runtime import best_device, has_bfloat16

INTERVIEW_QUESTIONS = Path(__file__).parent.parent / "tests" / "data" / "interview_questions.json"
QUESTION = "Who gives the interview?"
PROGRAM = "SpanReader"


def print_quality(title: str, articles: Sequence[Article], encoder: Encoder, reader: Reader) -> Tally:
    """The table of one set asked as whole texts, and what the program would have shown; the program's tally."""
    tallies = tally(
        articles,
        {
            "cosine of sentences": lambda article: by_cosine(article, encoder),
            "BM25": by_bm25,
            "SentenceReader": lambda article: by_program(article, encoder, SentenceReader()),
            PROGRAM: lambda article: by_program(article, encoder, reader),
        },
    )
    sentences = statistics.mean(len(a.interview.sentences) for a in articles)
    count = len(tallies[PROGRAM].first)
    print(f"\n### {title}: {len(articles)} texts of {sentences:.0f} sentences on average, {count} questions\n")
    print("| | right first | among the first 5 | F1 | area under ROC, own against other texts' questions |")
    print("| --- | --- | --- | --- | --- |")
    for name, t in tallies.items():
        cells = f"{np.mean(t.first):.1%} | {np.mean(t.among_five):.1%} | {np.mean(t.f1):.1%}"
        print(f"| {name} | {cells} | {area(t.own, t.foreign):.3f} |")
    for name in ("SentenceReader", PROGRAM):
        print(f"\n{name}: {_shown(tallies[name])}")
    return tallies[PROGRAM]


def _shown(t: Tally) -> str:
    own, foreign, is_right = np.array(t.own), np.array(t.foreign), np.array(t.right)
    shown = own >= THRESHOLD
    confidence = np.concatenate([own, foreign]).mean()
    right = is_right.sum() / (len(own) + len(foreign))
    adversarial = ""
    if t.adversarial:
        wrong = np.mean(np.array(t.adversarial) >= THRESHOLD)
        adversarial = (
            f", and {wrong:.1%} of {len(t.adversarial)} that were written to look answerable "
            f"(area under ROC against the answerable {area(t.own, t.adversarial):.3f})"
        )
    return (
        f"at the threshold of {THRESHOLD}, {1 - shown.mean():.1%} of the answerable questions are declined; of those "
        f"answered {is_right[shown].mean():.1%} rightly; {np.mean(foreign >= THRESHOLD):.1%} of other "
        f"texts' questions are answered{adversarial}. Mean confidence {confidence:.1%}, right {right:.1%}: expected "
        f"calibration error {t.calibration_error():.3f}."
    )


def print_reading(title: str, paragraphs: Sequence[Article], encoder: Encoder, reader: Reader) -> None:
    """The figures of reading alone: each question with its paragraph as the whole text."""
    t = tally(paragraphs, {PROGRAM: lambda article: by_program(article, encoder, reader)}, foreign=False)[PROGRAM]
    line = (
        f"{title}, the paragraph given: F1 {np.mean(t.f1):.1%}, exact {np.mean(t.exact):.1%} of {len(t.f1)} questions"
    )
    if t.adversarial:
        line += f"; area under ROC against {len(t.adversarial)} written to look answerable: "
        line += f"{area(t.own, t.adversarial):.3f}"
    print(f"\n{line}.", flush=True)


def print_reliability(tallies: Mapping[str, Tally]) -> None:
    """The table of what the program shows in several sets together, by how sure it says that it is."""
    print(f"\n### How often what is shown is right: {', '.join(tallies)} together\n")
    print("| confidence | shown | mean confidence | right | with those that look answerable: shown | mean | right |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    sets = list(tallies.values())
    *bins, every = zip(reliability(sets), reliability(sets, adversarial=True), strict=True)
    for own, more in bins:
        print(f"| {own.least:.2f} to {own.most:.2f} | {_cells(own)} | {_cells(more)} |")
    print("| all | " + " | ".join(map(_cells, every)) + " |", flush=True)


def _cells(shown: Shown) -> str:
    return f"{shown.count} | {shown.confidence:.1%} | {shown.right:.1%}" if shown.count else "0 | – | –"


def print_interview() -> None:
    """What the program does with the questions of the tests about the bundled interview."""
    questions = json.loads(INTERVIEW_QUESTIONS.read_text(encoding="utf-8"))
    pipeline = Pipeline(bundled_interview())
    asked = [(pipeline.answer(entry["question"]), entry["sentences"]) for entry in questions["answered"]]
    first = sum(answer.candidates[0].sentence.text in sentences for answer, sentences in asked)
    shown = sum(bool(answer) and answer.sentence.text in sentences for answer, sentences in asked)
    wrong = sum(bool(pipeline.answer(question)) for question in questions["unanswered"])
    print("\n### The bundled interview\n")
    print(f"Of {len(asked)} questions, the right sentence comes first for {first} and is shown for {shown}.")
    print(f"Of {len(questions['unanswered'])} that it does not answer, {wrong} get an answer.")


def print_speed() -> None:
    """Milliseconds a question on the bundled interview, and seconds to the first answer of a new process.

    A question is timed in the type of number that the processor does best, and in float32 where that is another.
    """
    number_type = "bfloat16" if has_bfloat16(best_device()) else "float32"
    print("\n### Speed, bundled interview, median\n")
    for name, reader in (("SentenceReader", SentenceReader()), (PROGRAM, SpanReader())):
        pipeline = Pipeline(bundled_interview(), reader=reader)
        _print_question(pipeline, f"{name}, {number_type}")
    if number_type != "float32":
        with _in_float32() as device:
            plain = Pipeline(bundled_interview(), SentenceEncoder(device=device), SpanReader(device=device))
            _print_question(plain, f"{PROGRAM}, float32")
    # others each time: what was asked a moment ago is not read again
    at_once, in_turn = ([f"{QUESTION} {n}" for n in range(start, start + 40)] for start in (200, 300))
    with ThreadPoolExecutor(4) as askers:
        together = _seconds(lambda: list(askers.map(pipeline.answer, at_once)))
    apart = _seconds(lambda: list(map(pipeline.answer, in_turn)))
    print(f"{len(in_turn)} questions: four askers at once {together:.1f} s, one after the other {apart:.1f} s.")
    command = [sys.executable, "-c", f"import qa; qa.answer({QUESTION!r})"]
    starts = [_seconds(lambda: subprocess.run(command, check=True)) for _ in range(5)]
    print(
        f"From the start of a process to its first answer: {statistics.median(starts):.1f} s of {len(starts)} starts."
    )


def _print_question(pipeline: Pipeline, what: str) -> None:
    pipeline.answer(QUESTION)
    spent = [_seconds(partial(pipeline.answer, f"{QUESTION} {n}")) * 1000 for n in range(100)]
    print(f"A question, warm, {what}: {statistics.median(spent):.0f} ms of {len(spent)} questions.")


@contextmanager
def _in_float32() -> Iterator[str]:
    """The best device by a name under which models are loaded apart, and while this lasts in float32."""
    with patch("qa.encoder.has_bfloat16", lambda _: False), patch("qa.span_model.has_bfloat16", lambda _: False):
        yield f"{best_device()}:0"


def _seconds(do: Callable[[], object]) -> float:
    start = time.perf_counter()
    do()
    return time.perf_counter() - start


def main(folder: Path) -> None:
    """Print every figure."""
    encoder, reader = Memory(SentenceEncoder()), SpanReader()
    found: dict[str, Tally] = {}
    for name, note in (("dev-xquad-en", "nothing tuned on it"), ("dev-squad2", "the confidence fitted to it")):
        found[name] = print_quality(f"{name}, {note}", load(folder, f"{name}.json"), encoder, reader)
        print_reading(name, load(folder, f"{name}.json", 1), encoder, reader)
    print_quality("dev-friendsqa, dialogues, the right utterance", load_dialogues(folder), encoder, reader)
    title = "interviews-judging, transcripts with hard questions"
    found["interviews-judging"] = print_quality(title, load_written(JUDGING), encoder, reader)
    print_reliability(found)
    print_interview()
    print_speed()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m benchmarks FOLDER_OF_QUESTION_SETS")
    main(Path(sys.argv[1]))
