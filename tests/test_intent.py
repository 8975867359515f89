"""What asks for the whole, and what asks nothing."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from qa import Hit, Interview, Pipeline, SentenceReader, Span
from qa.intent import (
    GOODBYE,
    HELLO,
    UNCLEAR,
    WELCOME,
    begins_one,
    remark,
    sorted_words,
    wants_overview,
)
from tests.conftest import LetterEncoder


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
    words = sorted_words([interview.text])
    assert remark(said, lambda letters: begins_one(words, letters)) == reply


def in_no_interview(_: str) -> bool:
    return False


@pytest.mark.parametrize(
    ("said", "reply"), [("asdfgh?", UNCLEAR), ("BYD?", None), ("OEM?", None), ("don't", None), ("我们", None)]
)
def test_letters_are_judged_without_the_signs_around_them(said: str, reply: str | None) -> None:
    assert remark(said, in_no_interview) == reply


def test_one_word_with_a_sense_makes_a_question() -> None:
    assert remark("sdkfj qwerty", in_no_interview) == UNCLEAR
    assert remark("sdkfj boat", in_no_interview) is None
    assert remark("What is sdkfj?", in_no_interview) is None


def test_what_the_interview_holds_is_no_nonsense_in_a_short_one(letters: LetterEncoder) -> None:
    class Blind:
        def read(self, question: str, hits: Sequence[Hit]) -> list[Span]:
            return []

    talks = [Interview.from_text("We left."), Interview.from_text("We wrote Xkcdwz’s name.")]
    short = Pipeline(talks, letters, Blind())
    assert short.answer("xkcdw").kind == short.answer("XkcdWz sdkfj").kind == "answer"
    assert short.answer("kcdwz").remark == short.answer("sdkfj").remark == UNCLEAR


@pytest.mark.parametrize("question", ["Who is the interviewer?", "who interviewed him", "Who's speaking here?"])
def test_who_speaks_is_told_by_the_labels(letters: LetterEncoder, question: str) -> None:
    talk = Interview.from_text(
        "Jane: Where were you born?\n\nAnna: In Bergen.\n\nJane: When?\n\nAnna: In 1974.", "Anna"
    )
    answer = Pipeline(talk, letters, SentenceReader()).answer(question)
    assert (answer.kind, bool(answer)) == ("remark", False)
    assert answer.remark == "By the labels of the transcript, Jane asks; Anna replies."
    prose = Interview.from_text("The interviewer is Jane Doe.", "Prose")
    assert Pipeline(prose, letters, SentenceReader()).answer(question).kind == "answer"
    both = Pipeline([talk, prose], letters, SentenceReader()).answer(question)
    assert both.remark == f"Anna: {answer.remark}"


def test_who_speaks_where_nobody_is_known_to_ask(letters: LetterEncoder) -> None:
    talk = Interview.from_text("Anna: We left.\n\nBo: We stayed.\n\nAnna: It rained.\n\nBo: It snowed.")
    assert (
        Pipeline(talk, letters, SentenceReader()).answer("Who is speaking?").remark
        == "By its labels, Anna and Bo speak."
    )


def test_who_a_speaker_is_the_labels_tell_where_the_text_does_not(letters: LetterEncoder) -> None:
    talk = Interview.from_text(
        "Jane Doe: Who taught you, and where was that?\n\nAnna Berg: My wife, Bo, did, in Bergen.\n\n"
        "Jane Doe: When?\n\nAnna Berg: In 1974."
    )
    pipeline = Pipeline(talk, letters, SentenceReader(), threshold=0.0)
    assert (
        pipeline.answer("who is Ms. Berg?").remark
        == "By the labels of the transcript, Jane Doe asks; Anna Berg replies."
    )
    assert pipeline.answer("Who is Jane?").remark == "By the labels of the transcript, Jane Doe asks."
    assert pipeline.answer("Who is Bo?").kind == "answer"
    named = Interview.from_text("Jane: Who is Anna?\n\nBo: Anna is my wife.\n\nJane: And?\n\nAnna: I am.")
    assert Pipeline(named, letters, SentenceReader(), threshold=0.0).answer("Who is Anna?").kind == "answer"
