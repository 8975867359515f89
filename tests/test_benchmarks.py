from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from benchmarks.calibrate import MIX, Pipelines, Trial, asked, trials, weights_of
from benchmarks.quality import area, by_bm25, by_cosine, by_program, calibration_error, tally
from benchmarks.questions import JUDGING, TUNING, Memory, load, load_dialogues, load_written
from benchmarks.squad import best_f1, exact
from qa import SentenceReader, SpanReader
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
