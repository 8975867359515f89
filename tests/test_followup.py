"""Questions that lean on the one before them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa import SentenceEncoder
from qa.followup import Before, readings
from qa.leaning import Leaning, leaning


def no_likeness(_: str, others: Sequence[str]) -> list[float]:
    return [0.0] * len(others)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("and in Europe?", Leaning.ELLIPSIS),
        ("what about her brother", Leaning.ELLIPSIS),
        ("how abt norway?", Leaning.ELLIPSIS),
        ("in Bergen?", Leaning.ELLIPSIS),
        ("why?", Leaning.BARE),
        ("And when was that?", Leaning.BARE),
        ("how many", Leaning.BARE),
        ("by whom?", Leaning.BARE),
        ("who said so?", Leaning.SOURCE),
        ("says who?", Leaning.SOURCE),
        ("When was it sold?", Leaning.PRONOUN),
        ("How many people work there?", Leaning.PRONOUN),
        ("And who bought it?", Leaning.PRONOUN),
        ("Is there a king in Norway?", Leaning.ALONE),
        ("And when did Anna leave Oslo?", Leaning.ALONE),
        ("What did the firm do with its cars?", Leaning.ALONE),
        ("huawei start year", Leaning.ALONE),
        ("Who said that the boat was sold?", Leaning.ALONE),
        ("Which of the cars that they sold is red?", Leaning.ALONE),
        ("它在哪里", Leaning.ALONE),
        ("?", Leaning.ALONE),
    ],
)
def test_how_a_question_leans(question: str, kind: Leaning) -> None:
    assert leaning(question) is kind


@pytest.mark.parametrize(
    ("question", "before", "meant"),
    [
        ("and in Norway?", Before("How many cars were sold in Europe?"), "How many cars were sold in Norway?"),
        ("and in 1980?", Before("Who led the firm in 1974?"), "Who led the firm in 1980?"),
        ("what about Bo Lie?", Before("When did Anna Berg leave?"), "When did Bo Lie leave?"),
        ("and one in Bergen?", Before("What does a house in Oslo cost?"), "What does a house in Bergen cost?"),
        ("why?", Before("Was Newton criticised?"), "Why was Newton criticised?"),
        ("why not?", Before("Did Carol want to go?"), "Why didn't Carol want to go?"),
        ("and where?", Before("When did Anna sell the boat?", "1974"), "Where did Anna sell the boat?"),
        ("when?", Before("How many cars were sold?", "40"), "When were cars sold?"),
        ("When did she sell it?", Before("Who built the boat?", "Anna Berg"), "When did Anna Berg sell the boat?"),
        ("How many people live there?", Before("Where is the office?", "Oslo"), "How many people live in Oslo?"),
        ("What is his trade?", Before("Who is Bo Lie?", "the mayor"), "What is Bo Lie’s trade?"),
    ],
)
def test_it_is_written_out(question: str, before: Before, meant: str) -> None:
    assert readings(question, before, no_likeness)[0] == meant


def test_what_is_nearest_in_meaning_makes_room() -> None:
    before = Before("When did the captain sell the boat?")
    assert readings("and the house?", before, lambda _, others: [float(o == "the boat") for o in others]) == [
        "When did the captain sell the house?"
    ]


def test_he_and_she_are_people(encoder: SentenceEncoder) -> None:
    def likeness(text: str, others: Sequence[str]) -> list[float]:
        first, *rest = encoder.encode([text, *others])
        return [float(first @ other) for other in rest]

    for thing in ("the theater", "the union", "the flood", "the old school"):
        assert readings("Is she still working?", Before(f"How did {thing} go on?"), likeness) == []
        assert readings("Is it still open?", Before(f"How did {thing} go on?"), likeness)
    for person in ("the captain", "his wife", "the old farmer", "Anna Berg", "the projectionist", "Walter"):
        written_out = readings("Is she still working?", Before(f"How did {person} go on?"), likeness)
        assert written_out == [f"Is {person} still working?"]


@pytest.mark.parametrize("question", ["When did Anna leave?", "?", "", "<b>"])
def test_what_stands_alone_is_left_alone(question: str) -> None:
    assert readings(question, Before("Who is Bo?", "the mayor"), no_likeness) == []


@given(st.text(max_size=80), st.text(max_size=80), st.none() | st.text(max_size=40))
def test_any_text_can_come_before_any_other(question: str, before: str, answer: str | None) -> None:
    for meant in readings(question, Before(before, answer), no_likeness):
        assert meant.endswith("?")
