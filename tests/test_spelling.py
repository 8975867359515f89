from __future__ import annotations

import pytest

from qa import Pipeline
from qa.spelling import Spelling, is_same

TEXTS = [
    "The kitchen is run by Amélie Roux. Passengers were stuck near Airolo. The sextet played in Oslo and Uganda.",
    "My sister Hanna collaborated with the NATO staff. The restaurant had two rooms, and the calendar hung there.",
]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("who runs the kichen", "who runs the kitchen"),  # left out
        ("Where was the sextett?", "Where was the sextet?"),  # doubled
        ("Who hung up the calender?", "Who hung up the calendar?"),  # another
        ("When did he play in Olso?", "When did he play in Oslo?"),  # swapped
        ("Which restaraunt had rooms?", "Which restaurant had rooms?"),  # two slips in a long word
        ("whta did Amelie run?", "what did Amelie run?"),
        ("WHERE WAS THE KICHEN?", "WHERE WAS THE KITCHEN?"),
        ("How many passangers' bags?", "How many passengers' bags?"),
    ],
)
def test_a_slip_is_mended(typed: str, meant: str) -> None:
    assert Spelling(lambda: TEXTS).mended(typed) == meant


@pytest.mark.parametrize(
    "question",
    [
        "What was the Ugandan sextet paid?",  # another form
        "Did the collaborators come?",
        "Who came from Holland?",  # known, though it is not in the text
        "Who made the collaborator collage?",
        "When did Anja leave Tslo?",  # too short, and another first letter
        "Where is the orchard?",
        "What did 1974 and x2 mean?",
        "Кто это сказал?",
        "",
    ],
)
def test_what_is_no_slip_stays(question: str) -> None:
    assert Spelling(lambda: TEXTS).mended(question) == question


def test_of_two_that_are_as_near_the_more_frequent_is_meant() -> None:
    both = "The Karlsen farm. The Karlson farm."
    assert Spelling(lambda: [both]).mended("Karlsan's farm") == "Karlsan's farm"
    assert Spelling(lambda: [both, "A Karlson."]).mended("Karlsan's farm") == "Karlson's farm"


def test_the_words_of_others_are_known_too() -> None:
    first = Spelling(lambda: TEXTS)
    assert Spelling(lambda: ["The bakery burned."], first).mended("bakrey kichen") == "bakery kitchen"


def test_accents_and_capitals_make_no_difference() -> None:
    assert is_same("Hernan's JOB", "hernán's job")
    assert not is_same("Где он?", "Кто он?")


def test_an_answer_tells_how_its_question_was_spelt(pipeline: Pipeline) -> None:
    answer = pipeline.answer("When did Seres begin to work with Huawie?")
    assert answer.question == "When did Seres begin to work with Huawie?"
    assert answer.understood == "When did Seres begin to work with Huawei?"
    assert answer.text == pipeline.answer(answer.understood).text
    as_typed = pipeline.answer(answer.question, as_typed=True)
    assert as_typed.understood is None
    assert as_typed.confidence != answer.confidence
    leaning = pipeline.answer("and in Europe?", [as_typed])
    assert leaning.understood == "When did Seres begin to work with Huawie in Europe?"  # not mended after all
    before = ["When did Seres begin to work with Huawei?"]
    follows = pipeline.answer("and in Euorpe?", before)
    assert follows.question == "and in Euorpe?"
    assert follows.understood == pipeline.answer("and in Europe?", before).understood is not None


def test_an_overview_is_asked_for_in_a_misspelling(pipeline: Pipeline) -> None:
    assert pipeline.answer("Give me a sumary").kind == "overview"
