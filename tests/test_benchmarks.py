from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest

import qa.encoder
import qa.span_model
from benchmarks import __main__ as bench
from benchmarks.calibrate import MIX, Pipelines, Trial, asked, kept, trials, weights_of
from benchmarks.quality import (
    BOUNDS,
    Shown,
    Tally,
    area,
    by_bm25,
    by_cosine,
    by_program,
    calibration_error,
    reliability,
    tally,
)
from benchmarks.questions import JUDGING, TUNING, Memory, load, load_dialogues, load_written
from benchmarks.squad import best_f1, exact
from qa import Hit, Interview, Pipeline, SentenceReader, Span, SpanReader
from qa.pipeline import THRESHOLD
from qa.runtime import best_device, has_bfloat16
from tests.conftest import LetterEncoder

OSLO = "Anna was born in Oslo. She left."
SHIP = "The ship sank. It rained."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    def entry(question: str, context: str, answer: str | None) -> dict:
        answers = [{"text": answer, "answer_start": context.index(answer)}] if answer else []
        return {"question": question, "is_impossible": answer is None, "answers": answers}

    paragraphs = [
        {"context": OSLO, "qas": [entry("Where was Anna born?", OSLO, "Oslo"), entry("Who is Bo?", OSLO, None)]},
        {"context": SHIP, "qas": [entry("What sank?", SHIP, "The ship")]},
    ]
    other = [{"context": "Tea is hot.", "qas": [entry("What is hot?", "Tea is hot.", "Tea")]}]
    data = {"data": [{"title": "Anna", "paragraphs": paragraphs}, {"title": "Tea", "paragraphs": other}]}
    (tmp_path / "dev-squad2.json").write_text(json.dumps(data), encoding="utf-8")
    return tmp_path


def test_an_article_is_one_text_and_knows_what_is_right(folder: Path) -> None:
    articles = load(folder, "dev-squad2.json")
    assert [a.interview.text for a in articles] == [f"{OSLO}\n\n{SHIP}", "Tea is hot."]
    assert [articles[0].right(q) for q in articles[0].questions] == [{0}, set(), {2}]


def test_pieces_and_the_kinds_of_their_questions(folder: Path) -> None:
    pieces = load(folder, "dev-squad2.json", 1)
    assert [p.interview.title for p in pieces] == ["Anna 0", "Anna 1", "Tea 0"]

    class First:
        def sample(self, items: list, k: int) -> list:
            return items[:k]

    kinds = [(kind, q.text) for kind, q in asked(pieces, 0, First())]  # type: ignore[arg-type]
    assert kinds == [
        ("answered", "Where was Anna born?"),
        ("adversarial", "Who is Bo?"),
        ("elsewhere", "What sank?"),
        ("foreign", "What is hot?"),
    ]


def test_a_dialogue_is_a_text_with_speakers(tmp_path: Path) -> None:
    paragraph = {
        "utterances:": [
            {"speakers": ["Ross"], "utterance": "When ? Tell me ."},
            {"speakers": ["Ann", "Bo"], "utterance": "In June . I said so ."},
        ],
        "qas": [
            {"question": "When is it ?", "answers": [{"utterance_id": 1, "is_speaker": False, "answer_text": "June"}]},
            {"question": "Who asks ?", "answers": [{"utterance_id": 0, "is_speaker": True, "answer_text": "Ross"}]},
        ],
    }
    data = {"data": [{"title": "s01", "paragraphs": [paragraph]}]}
    (tmp_path / "dev-friendsqa.json").write_text(json.dumps(data), encoding="utf-8")
    (article,) = load_dialogues(tmp_path)
    assert article.interview.text == "When ? Tell me .\n\nIn June . I said so ."
    assert [s.speaker for s in article.interview.sentences] == ["Ross", "Ross", "Ann and Bo", "Ann and Bo"]
    assert [q.text for q in article.questions] == ["When is it ?"]
    right = article.right(article.questions[0])
    assert [article.interview.sentences[i].text for i in sorted(right)] == ["In June .", "I said so ."]


def test_every_way_of_ranking_finds_the_plain_one(folder: Path, letters: LetterEncoder) -> None:
    article = load(folder, "dev-squad2.json")[0]
    ways = [by_program(article, letters, reader) for reader in (SentenceReader(), SpanReader())]
    for rank in (by_cosine(article, letters), by_bm25(article), *ways):
        ranked = rank("Where was Anna born?")
        assert ranked[0].sentence == 0
        assert [r.score for r in ranked] == sorted((r.score for r in ranked), reverse=True)


def test_a_tally_counts_own_and_foreign_questions(folder: Path, letters: LetterEncoder) -> None:
    memory = Memory(letters)
    ways = {"program": lambda article: by_program(article, memory, SentenceReader())}
    result = tally(load(folder, "dev-squad2.json"), ways)["program"]
    assert (len(result.first), len(result.own), len(result.foreign), len(result.adversarial)) == (3, 3, 2, 1)
    assert all(0 < f1 < 1 for f1 in result.f1)  # whole sentences, where words were asked for
    assert tally(load(folder, "dev-squad2.json"), ways, foreign=False)["program"].foreign == []


def test_a_trial_is_judged_by_its_best_sentence(folder: Path, letters: LetterEncoder) -> None:
    trial = Trial(
        "test",
        "answered",
        "x",
        margins=np.array([1.0, 0.0]),
        fits=np.array([0.0, 0.4]),
        clear=np.array([-0.1, -0.3]),
        against=np.array([0.0, 2.0]),
        unnamed=1.0,
        right=np.array([False, True]),
        answers=np.array([False, False]),
    )
    first = {"margin": 1.0, "fit": 0.0, "clear": -0.1, "unnamed": 1.0, "against": 0.0}
    second = {"margin": 0.0, "fit": 0.4, "clear": -0.3, "unnamed": 1.0, "against": 2.0}
    assert trial.best(1, 1) == (first | {"gap": pytest.approx(2.6)}, False, False)
    assert trial.best(1, 10) == (second | {"gap": pytest.approx(1.0)}, True, False)
    assert trial.best(0, 1) == (second | {"gap": pytest.approx(0.4)}, True, False)  # of the fit alone nothing is taken
    found = trials(load(folder, "dev-squad2.json"), Pipelines(Memory(letters), SpanReader()), "test")
    assert [t.kind for t in found] == ["answered", "adversarial", "answered", "foreign", "answered", "foreign"]


def test_each_set_counts_for_as_much_of_a_kind(folder: Path, letters: LetterEncoder) -> None:
    reader = Pipelines(Memory(letters), SpanReader())
    found = trials(load(folder, "dev-squad2.json"), reader, "one")
    more = [replace(trial, set="two") for trial in found if trial.kind == "answered"][:1]
    weights = weights_of(found + more)
    kinds = [t.kind for t in found]
    first = sum(weight for weight, kind in zip(weights, kinds, strict=False) if kind == "answered")
    assert first == pytest.approx(weights[-1])
    assert weights.sum() / len(weights) == pytest.approx(sum(MIX[kind] for kind in set(kinds)))


def test_written_interviews_are_read_with_what_only_seems_to_answer() -> None:
    for path in (TUNING, JUDGING):
        articles = load_written(path)
        assert len(articles) == 22
        for article in articles:
            text, starts = article.interview.text, {s.start for s in article.interview.sentences}
            for question in article.questions:
                if question.answers:
                    (start,), (answer,) = question.starts, question.answers
                    assert text.startswith(answer, start)
                    assert article.right(question)
                else:
                    assert question.near is not None
                    assert not question.starts
            assert sum(q.near in starts for q in article.questions if q.near is not None) > 5


def test_answers_are_compared_as_squad_does() -> None:
    assert best_f1("the red car", ["a boat", "car"]) == pytest.approx(2 / 3)
    assert exact("The U.S.", ["us"])
    assert not exact("red car", ["car"])
    assert best_f1("", ["x"]) == 0


def test_area_needs_both_kinds() -> None:
    assert area([2, 3], [1, 1]) == 1
    assert np.isnan(area([], [1.0]))


def test_memory_encodes_each_text_once(letters: LetterEncoder) -> None:
    memory = Memory(letters)
    first = memory.encode(["a", "b", "a"])
    assert np.array_equal(memory.encode(["a"])[0], first[2])
    assert letters.texts == ["a", "b"]


def test_calibration_error() -> None:
    assert calibration_error(np.array([0.8] * 5), np.array([1, 1, 1, 1, 0])) == pytest.approx(0)
    assert calibration_error(np.array([1.0, 0.0]), np.array([0, 0])) == pytest.approx(0.5)


def test_a_set_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"dev-xquad-en\.json is missing: put the English part of XQuAD"):
        load(tmp_path, "dev-xquad-en.json")


TALLIES = [
    Tally(right=[True, False, False], own=[0.92, 0.6, 0.2], foreign=[0.1, 0.4], adversarial=[0.7]),
    Tally(right=[True, True], own=[1.0, 0.9]),
]


def test_confidence_is_held_against_what_is_right_among_the_answers_shown() -> None:
    assert list(BOUNDS) == sorted(BOUNDS)
    assert BOUNDS[0] == THRESHOLD
    low, middle, upper, high, highest, every = reliability(TALLIES)
    assert low == Shown(THRESHOLD, 0.5, 1, 0.4, 0.0)
    assert middle == Shown(0.5, 0.65, 1, 0.6, 0.0)
    assert (upper.count, high.count) == (0, 0)
    assert np.isnan([upper.confidence, upper.right]).all()
    assert highest == Shown(0.9, 1.0, 3, pytest.approx(0.94), 1.0)
    assert every == Shown(THRESHOLD, 1.0, 5, pytest.approx(0.764), 0.6)
    _, _, upper, _, _, every = reliability(TALLIES, adversarial=True)
    assert upper == Shown(0.65, 0.8, 1, 0.7, 0.0)
    assert every == Shown(THRESHOLD, 1.0, 6, pytest.approx(4.52 / 6), 0.5)


def test_the_table_of_confidence_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    bench.print_reliability(dict(zip(["one", "two"], TALLIES, strict=True)))
    assert capsys.readouterr().out.splitlines() == [
        "",
        "### How often what is shown is right: one, two together",
        "",
        "| confidence | shown | mean confidence | right | with those that look answerable: shown | mean | right |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        f"| {THRESHOLD:.2f} to 0.50 | 1 | 40.0% | 0.0% | 1 | 40.0% | 0.0% |",
        "| 0.50 to 0.65 | 1 | 60.0% | 0.0% | 1 | 60.0% | 0.0% |",
        "| 0.65 to 0.80 | 0 | – | – | 1 | 70.0% | 0.0% |",
        "| 0.80 to 0.90 | 0 | – | – | 0 | – | – |",
        "| 0.90 to 1.00 | 3 | 94.0% | 100.0% | 3 | 94.0% | 100.0% |",
        "| all | 5 | 76.4% | 60.0% | 6 | 75.3% | 50.0% |",
    ]


KNOWN = {"Where was Anna born?": "Oslo", "What sank?": "The ship", "What is hot?": "Tea", "What is cold?": "Tea"}


class Knowing:
    """Knows the words to answer some questions with, and is sure of nothing else."""

    def read(self, question: str, hits: Sequence[Hit]) -> list[Span]:
        held = sorted(((s, hit) for hit in hits for s in hit.passage.sentences), key=lambda pair: pair[0].index)
        words = KNOWN.get(question)
        for sentence, hit in held:
            if words and words in sentence.text:
                at = sentence.start + sentence.text.index(words)
                return [Span(at, at + len(words), sentence, hit, 0.9)]
        sentence, hit = held[0]
        return [Span(sentence.start, sentence.end, sentence, hit, 0.1)]


def test_every_table_is_printed(
    folder: Path, letters: LetterEncoder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sets = (folder / "dev-squad2.json").read_text(encoding="utf-8")
    (folder / "dev-xquad-en.json").write_text(sets.replace("Bo?", "Bea?"), encoding="utf-8")
    asked = {"q": "What is hot?", "answer": "Tea", "sentence": "Tea is hot."}
    seeming = {"q": "What is cold?", "answer": "", "near": "It rained."}
    turns = [["Q", "What is it?"], ["Ann", "Tea is hot. It rained."]]
    talks = [{"title": title, "turns": turns, "questions": [asked, seeming]} for title in ("one", "two")]
    (folder / "talks.json").write_text(json.dumps(talks), encoding="utf-8")
    monkeypatch.setattr(bench, "JUDGING", folder / "talks.json")
    monkeypatch.setattr(bench, "load_dialogues", lambda folder: load(folder, "dev-squad2.json"))
    monkeypatch.setattr(bench, "SentenceEncoder", lambda: letters)
    monkeypatch.setattr(bench, "SpanReader", Knowing)
    for name in ("print_interview", "print_speed"):
        monkeypatch.setattr(bench, name, lambda name=name: print(name))
    bench.main(folder)
    printed = capsys.readouterr().out.splitlines()
    title = "### dev-squad2, the confidence fitted to it: 2 texts of 2 sentences on average, 3 questions"
    assert [line for line in printed if line.startswith(("###", "print_"))] == [
        "### dev-xquad-en, nothing tuned on it: 2 texts of 2 sentences on average, 3 questions",
        title,
        "### dev-friendsqa, dialogues, the right utterance: 2 texts of 2 sentences on average, 3 questions",
        "### interviews-judging, transcripts with hard questions: 2 texts of 3 sentences on average, 2 questions",
        "### How often what is shown is right: dev-xquad-en, dev-squad2, interviews-judging together",
        "print_interview",
        "print_speed",
    ]
    squad = printed[printed.index(title) :]
    assert squad[2] == "| | right first | among the first 5 | F1 | area under ROC, own against other texts' questions |"
    assert [line.split(" | ")[0] for line in squad[4:8]] == [
        "| cosine of sentences",
        "| BM25",
        "| SentenceReader",
        "| SpanReader",
    ]
    assert all(re.fullmatch(r"\| [^|]+( \| \d+\.\d%){3} \| [01]\.\d{3} \|", line) for line in squad[4:8])
    assert squad[7] == "| SpanReader | 100.0% | 100.0% | 100.0% | 1.000 |"
    assert squad[9].startswith(f"SentenceReader: at the threshold of {THRESHOLD}, ")
    assert squad[11] == (
        f"SpanReader: at the threshold of {THRESHOLD}, 0.0% of the answerable questions are declined; "
        "of those answered 100.0% rightly; 0.0% of other texts' questions are answered, "
        "and 0.0% of 1 that were written to look answerable (area under ROC against the answerable 1.000). "
        "Mean confidence 58.0%, right 60.0%: expected calibration error 0.100."
    )
    assert squad[13] == (
        "dev-squad2, the paragraph given: F1 100.0%, exact 100.0% of 3 questions; "
        "area under ROC against 1 written to look answerable: 1.000."
    )
    # either talk answers the other's question, and what only seems to be answered
    assert "| all | 10 | 90.0% | 80.0% | 12 | 90.0% | 66.7% |" in printed


def test_what_is_shown_wrongly_is_counted() -> None:
    told = bench._shown(TALLIES[0])
    assert "33.3% of the answerable questions are declined; of those answered 50.0% rightly; 50.0% of other" in told
    assert "and 100.0% of 1 that were written to look answerable (area under ROC against the answerable 0.333)" in told
    assert told.endswith("Mean confidence 44.4%, right 20.0%: expected calibration error 0.276.")


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Interview:
    """In the bundled interview's place."""
    interview = Interview.from_text(f"{OSLO}\n\n{SHIP}", "Small")
    monkeypatch.setattr(bench, "bundled_interview", lambda: interview)
    return interview


def test_the_questions_on_the_bundled_interview_are_counted(
    small: Interview,
    letters: LetterEncoder,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    born = "Anna was born in Oslo."
    answered = [("Where was Anna born?", born), ("Who left?", born), ("What sank?", "It rained.")]
    entries = [{"question": question, "sentences": [sentence]} for question, sentence in answered]
    questions = {"answered": entries, "unanswered": ["Who is Bo?", "What sank?", "Why?"]}
    (tmp_path / "questions.json").write_text(json.dumps(questions), encoding="utf-8")
    monkeypatch.setattr(bench, "INTERVIEW_QUESTIONS", tmp_path / "questions.json")
    monkeypatch.setattr(bench, "Pipeline", partial(Pipeline, encoder=letters, reader=Knowing()))
    bench.print_interview()
    assert capsys.readouterr().out.splitlines()[3:] == [
        "Of 3 questions, the right sentence comes first for 2 and is shown for 1.",
        "Of 3 that it does not answer, 1 get an answer.",
    ]


@pytest.mark.parametrize("has_it", [True, False])
def test_a_question_is_timed_in_float32_too(
    has_it: bool, small: Interview, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    loaded, started = set(), []

    class Letters(LetterEncoder):
        def __init__(self, device: str | None = None) -> None:
            super().__init__()
            self.device = device

        def encode(self, texts: Sequence[str]) -> np.ndarray:
            loaded.add(("encoder", self.device, qa.encoder.has_bfloat16("cpu")))
            return super().encode(texts)

    class Reader(Knowing):
        def __init__(self, device: str | None = None) -> None:
            self.device = device

        def read(self, question: str, hits: Sequence[Hit]) -> list[Span]:
            loaded.add(("reader", self.device, qa.span_model.has_bfloat16("cpu")))
            return super().read(question, hits)

    for place in ("benchmarks.__main__", "qa.encoder", "qa.span_model"):
        monkeypatch.setattr(f"{place}.has_bfloat16", lambda _: has_it)
    for place in ("benchmarks.__main__", "qa.pipeline"):
        monkeypatch.setattr(f"{place}.SentenceEncoder", Letters)
    monkeypatch.setattr(bench, "best_device", lambda: "cpu")
    monkeypatch.setattr(bench, "SpanReader", Reader)
    monkeypatch.setattr("subprocess.run", lambda command, check: started.append((command, check)))
    bench.print_speed()
    own = "bfloat16" if has_it else "float32"
    apart = ["A question, warm, SpanReader, float32: T ms of 100 questions."] if has_it else []
    assert re.sub(r"\d+(?= ms)|\d+\.\d(?= s)", "T", capsys.readouterr().out).splitlines() == [
        "",
        "### Speed, bundled interview, median",
        "",
        f"A question, warm, SentenceReader, {own}: T ms of 100 questions.",
        f"A question, warm, SpanReader, {own}: T ms of 100 questions.",
        *apart,
        "40 questions: four askers at once T s, one after the other T s.",
        "From the start of a process to its first answer: T s of 5 starts.",
    ]
    devices = [(None, has_it), ("cpu:0", False)][: 1 + has_it]
    assert loaded == {(part, *known) for part in ("encoder", "reader") for known in devices}
    assert started == [([sys.executable, "-c", f"import qa; qa.answer({bench.QUESTION!r})"], True)] * 5


def test_the_real_parts_compute_in_float32_then() -> None:
    if not has_bfloat16(best_device()):
        pytest.skip("they do so anyway")
    with bench._in_float32() as device:
        assert "torch.float32" in qa.encoder.SentenceEncoder(device=device).fingerprint
        assert str(qa.span_model.SpanModel(device=device)._loaded().network.dtype) == "torch.float32"


def test_what_was_found_is_kept_where_it_is_told(tmp_path: Path) -> None:
    made: list[int] = []

    def make() -> list[Trial]:
        made.append(1)
        return []

    assert kept(None, "a set", make) == kept(None, "a set", make) == []
    assert len(made) == 2
    assert kept(tmp_path / "work", "a set", make) == kept(tmp_path / "work", "a set", make) == []
    assert len(made) == 3
    kept(tmp_path / "work", "another", make)
    assert len(made) == 4
