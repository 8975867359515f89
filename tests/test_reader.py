from __future__ import annotations

import pytest

from qa import Hit, Interview, Passage, SentenceReader
from qa.passages import make_passages
from qa.reader import Calibration, gap, rank, stated, told

TEXT = "The ship sank. Anna was born in Oslo. It rained. She left."


def hits(*cosines: tuple[float, tuple[float, float]]) -> list[Hit]:
    """The passages of two sentences, with these cosines: the passage's and those of its sentences."""
    passages: tuple[Passage, ...] = make_passages(TEXT, Interview.from_text(TEXT).sentences, 2, 1)
    return [Hit(p, cosine, sentences) for p, (cosine, sentences) in zip(passages, cosines, strict=False)]


def test_a_score_is_the_sum_of_both_cosines_and_the_share_of_words() -> None:
    fits = rank("Where was Anna born?", hits((0.5, (0.1, 0.3))))
    assert [(f.sentence.text, f.score) for f in fits] == [
        ("Anna was born in Oslo.", pytest.approx(0.3 + 0.5 + 1.0)),
        ("The ship sank.", pytest.approx(0.1 + 0.5 + 0.0)),
    ]


def test_a_sentence_in_two_passages_counts_once_with_the_nearer() -> None:
    fits = rank("xyz", hits((0.2, (0.0, 0.4)), (0.6, (0.4, 0.0))))
    first = fits[0]
    assert (first.sentence.index, first.score, first.hit.cosine) == (1, pytest.approx(1.0), 0.6)
    assert [f.sentence.index for f in fits] == [1, 2, 0]


def test_a_question_is_no_answer_and_counts_for_the_reply() -> None:
    text = "And when will you stop? In June. It rained."
    sentences = Interview.from_text(text).sentences
    hit = Hit(Passage(text, 0, len(text), sentences), 0.5, (0.9, 0.1, 0.2))
    fits = rank("When will he stop?", [hit])
    assert [f.asks for f in fits] == [True, False, False]
    fits = told(fits)
    assert [(f.sentence.text, f.score) for f in fits] == [
        ("In June.", pytest.approx(0.9 + 0.5 + 1)),
        ("It rained.", pytest.approx(0.2 + 0.5)),
    ]


def test_where_all_is_asked_a_question_is_what_there_is() -> None:
    text = "Who? Why?"
    sentences = Interview.from_text(text).sentences
    hit = Hit(Passage(text, 0, len(text), sentences), 0.5, (0.9, 0.1))
    assert [f.sentence.text for f in told(rank("Who?", [hit]))] == ["Who?", "Why?"]


def test_equals_come_in_the_order_of_the_text() -> None:
    fits = rank("xyz", hits((0.5, (0.2, 0.2)))[::-1])
    assert [f.sentence.index for f in fits] == [0, 1]


def test_the_gap_is_to_the_best_of_the_others() -> None:
    fits = rank("xyz", hits((0.5, (0.1, 0.4)), (0.5, (0.4, 0.2))))
    assert [gap(fits, place) for place in range(3)] == pytest.approx([0.2, -0.2, -0.3])
    assert gap(fits[:1], 0) == pytest.approx(fits[0].score)


def test_spans_are_whole_sentences_with_falling_confidence() -> None:
    spans = SentenceReader(Calibration(2, 3, -2)).read("Where was Anna born?", hits((0.5, (0.1, 0.3))))
    assert [TEXT[s.start : s.end] for s in spans] == ["Anna was born in Oslo.", "The ship sank."]
    assert spans[0].confidence == pytest.approx(1 / (1 + 2.718281828 ** -(2 * 1.8 + 3 * 1.2 - 2)))
    assert spans[0].confidence > spans[1].confidence


def test_nothing_to_read_gives_nothing() -> None:
    assert SentenceReader().read("Who?", []) == []


def test_a_probability_stays_in_its_bounds() -> None:
    calibration = Calibration(400, 400, 0)
    assert calibration.probability(1, 1) == 1
    assert calibration.probability(-1, -1) == pytest.approx(0)


def test_what_is_stated_on_the_way_to_a_question_may_hold_the_answer() -> None:
    talk = Interview.from_text(
        "Host: Today Anna is here, who has been diving for ten years. Is the sea cold?\nAnna: It is cold.\n"
        "Host: Do you dive each day?\nAnna: Not in winter."
    )
    fits = rank("How long?", [Hit(p, 0.5, (0.5,) * len(p.sentences)) for p in talk.passages])
    assert sorted(f.sentence.index for f in told(fits)) == [2, 4]
    assert sorted(f.sentence.index for f in stated(fits)) == [0, 2, 4]
    assert {f.sentence.index for f in fits if f.asks} == {0, 1, 3}  # it comes after what was said in reply
