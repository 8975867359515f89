from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from benchmarks.followups import Trial, print_harm, print_missed, print_table, trials
from benchmarks.pairs import ALONE, FILE, HALVES, KINDS, SAMPLE, Pair, entries, pairs, places, sample
from benchmarks.questions import DIALOGUES, SETS, Article, Memory, Question
from qa import Interview, SentenceReader
from tests.conftest import LetterEncoder

ROWS = entries()
FIELDS = {"set", "title", "history", "question", "meant", "answers", "kind", "half"}
TEXT = "Anna sold the boat in 1974. Bo sold the car in 1974. It was red."


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['title']}: {row['question']}")
def test_an_entry_has_its_fields(row: dict) -> None:
    assert FIELDS <= set(row) <= FIELDS | {"within", "speaker"}
    assert row["set"] in SETS
    assert row["kind"] in (*KINDS, ALONE)
    assert row["half"] in HALVES
    assert row["history"]
    assert row["answers"]
    texts = [row["title"], row["question"], row["meant"], *row["history"], *row["answers"], *row.get("within", ["x"])]
    assert all(isinstance(text, str) and text == text.strip() and text for text in texts)
    assert (row["meant"] == row["question"]) == (row["kind"] == ALONE)
    assert (len(row["history"]) in (2, 3)) == (row["kind"] == "chain")


def test_the_file_begins_with_its_source() -> None:
    assert FILE.read_text(encoding="utf-8").startswith('{\n"source": ')
    source = entries("source")
    assert all(name in source for name in ("XQuAD", "SQuAD 2.0", "CC BY-SA 4.0", "FriendsQA", "Apache 2.0"))


def test_there_are_enough_of_each_kind() -> None:
    kinds = Counter(row["kind"] for row in ROWS)
    assert all(kinds[kind] >= 10 for kind in KINDS)
    assert kinds[ALONE] >= 30
    assert len(ROWS) - kinds[ALONE] >= 90
    assert len({(row["set"], row["title"]) for row in ROWS}) >= 14
    assert sum(row["set"] == DIALOGUES and row["kind"] != ALONE for row in ROWS) >= 20
    asked = Counter((row["title"], *row["history"], row["question"]) for row in ROWS)
    assert set(asked.values()) == {1}


def test_no_text_is_in_both_halves_and_neither_is_much_the_larger() -> None:
    halves = [{(row["set"], row["title"]) for row in ROWS if row["half"] == half} for half in HALVES]
    assert not set.intersection(*halves)
    kinds = Counter((row["kind"], row["half"]) for row in ROWS)
    assert all(1 / 2 <= kinds[kind, "tune"] / kinds[kind, "judge"] <= 2 for kind in (*KINDS, ALONE))


@pytest.fixture
def article() -> Article:
    questions = tuple(Question(text, frozenset({0}), ("Anna",)) for text in ("Who sold the boat?", "Who is Anna?"))
    return Article(Interview.from_text(TEXT, "Boat 0"), questions)


def test_an_answer_is_found_letter_for_letter_as_whole_words(article: Article) -> None:
    assert places(article, ["Anna"]) == {0, 1, 2, 3}
    with pytest.raises(ValueError, match="'anna' is not in the text"):
        places(article, ["anna"])
    with pytest.raises(ValueError, match="'197' is not in the text"):
        places(article, ["197"])


def test_an_answer_of_several_sentences_needs_to_be_told_apart(article: Article) -> None:
    with pytest.raises(ValueError, match="'1974' stands in several sentences"):
        places(article, ["1974"])
    taken = places(article, ["1974"], ["Bo sold the car in 1974"])
    assert article.right(Question("", taken)) == {1}
    with pytest.raises(ValueError, match="'red' is not inside of"):
        places(article, ["red"], ["Bo sold the car in 1974"])


def test_what_is_wrong_with_an_entry_ends_the_program(article: Article) -> None:
    known = {("dev-squad2.json", "Boat"): article}
    row = {"set": "dev-squad2.json", "title": "Boat", "history": ["Who sold the boat?"], "question": "when?"}
    row |= {"meant": "When was the boat sold?", "answers": ["1975"], "kind": "bare", "half": "tune"}
    with pytest.raises(SystemExit, match=r"Boat: when\? '1975' is not in the text"):
        pairs(known, [row])
    with pytest.raises(SystemExit, match="There is no such text"):
        pairs(known, [row | {"title": "Car"}])
    with pytest.raises(SystemExit, match="not Anna"):
        pairs(known, [row | {"answers": ["red"], "speaker": "Anna"}])


def test_a_sample_passes_over_what_leans(article: Article) -> None:
    known = {("dev-squad2.json", "Boat"): article}
    (pair,) = sample(known, "tune", [])
    assert (pair.history, pair.question.text, pair.kind) == (("Who sold the boat?",), "Who is Anna?", ALONE)
    assert sample(known, "judge", []) == sample(known, "tune", ["Who is Anna?"]) == []
    assert SAMPLE % (len(SETS) * len(HALVES)) == 0


def test_a_trial_is_right_where_the_right_words_are_shown_and_harmed_where_others_are(
    article: Article, letters: LetterEncoder, capsys: pytest.CaptureFixture[str]
) -> None:
    question = Question("Anna sold the boat?", places(article, ["the boat"]), ("the boat",))
    pair = Pair("a boat", article, ("Who sold the car?",), question, "What did Anna sell?", KINDS[0], "tune")
    (trial,) = trials([pair], Memory(letters), SentenceReader(), "test")
    shown = replace(trial.answers[1], answered=True)
    declined = replace(shown, answered=False)
    other = replace(shown, candidates=tuple(c for c in shown.candidates if c.sentence.index != 0))
    trial = Trial(pair, (declined, shown, other))
    assert (trial.first, trial.right, trial.is_harmed) == ([True, True, False], [False, True, False], True)
    assert not Trial(pair, (shown, shown, other)).is_harmed
    assert Trial(pair, (other, shown, other)).is_harmed
    print_table("tune", [replace(trial, pair=replace(pair, kind=kind)) for kind in KINDS])
    shares = "0.0% | 100.0% | 0.0% | 100.0% | 100.0% | 0.0%"
    assert f"| all | {len(KINDS)} | {shares} |" in capsys.readouterr().out
    print_missed([trial, Trial(pair, (shown, shown, shown))])
    assert capsys.readouterr().out.count("meant: What did Anna sell?") == 1
    print_harm("Alone", [trial, Trial(pair, (shown, shown, shown))])
    assert "Alone: 1 of 2 harmed" in capsys.readouterr().out
