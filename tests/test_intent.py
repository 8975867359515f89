"""What asks for the whole, and what asks nothing."""

from __future__ import annotations

import pytest

from qa import Interview
from qa.intent import ENOUGH, GOODBYE, HELLO, UNCLEAR, WELCOME, letter_pairs, remark, wants_overview


@pytest.mark.parametrize(
    "question",
    [
        "What is it about?",
        "what's this interview about",
        "Waht is it abot?",
        "Summarise the interview.",
        "summary please",
        "Can you give me a summary?",
        "main points",
        "What are the main points of the interview?",
        "What topics are discussed?",
        "tl;dr",
        "Give me a short overview of this conversation",
        "Tell me about this interview",
    ],
)
def test_an_overview_is_wanted(question: str) -> None:
    assert wants_overview(question)


@pytest.mark.parametrize(
    "question",
    [
        "What is the book about?",
        "What did he say about Huawei?",
        "What are the main points of the agreement?",
        "Who is the interview with?",
        "When was the interview?",
        "Who is it about?",
        "What did they talk about?",
        "Why is it important?",
        "key",
        "What is it?",
        "how about Norway",
        "Where does the summary stand?",
    ],
)
def test_a_question_about_something_is_not(question: str) -> None:
    assert not wants_overview(question)


@pytest.mark.parametrize(
    ("said", "reply"),
    [
        ("hi", HELLO),
        ("Hello there!", HELLO),
        ("good morning", HELLO),
        ("thanks", WELCOME),
        ("Thank you so much", WELCOME),
        ("ok bye", GOODBYE),
        ("asdfgh", UNCLEAR),
        ("xkcd qwrtz", UNCLEAR),
        ("why?", None),
        ("Who said hello?", None),
        ("What is good?", None),
        ("Huawei", None),
        ("它在哪里", None),
        ("1974?", None),
        ("zoology", None),
    ],
)
def test_what_asks_nothing_gets_a_word(interview: Interview, said: str, reply: str | None) -> None:
    known = letter_pairs(interview.text.lower().split())
    assert len(known) >= ENOUGH
    assert remark(said, known) == reply


def test_in_a_short_text_no_word_is_thought_senseless() -> None:
    assert remark("asdfgh", frozenset({"as"})) is None
