from __future__ import annotations

import pytest

from qa import Interview, Pipeline
from qa.topic import LIKELY, SURE, matter
from tests.conftest import LetterEncoder

TALK = """Q: Where were you born?

A: In Bergen. My father had a shop there.

Q: Tell me about the fire.

A: That was in August. We all ran out. It had started in the kitchen of the shop, and nobody was hurt.

Q: You mentioned the parrot that lived with you.

A: Aye. We had it for years. It sang in the kitchen. The parrot was green."""


@pytest.fixture(scope="module")
def talk() -> Pipeline:
    return Pipeline(Interview.from_text(TALK, "Talk"))


@pytest.mark.parametrize(
    ("question", "name", "least"),
    [
        ("tell me more about walter", "walter", 2),
        ("And could you tell us something about the old quay, please?", "the old quay", 2),
        ("Where does she talk about the mall?", "the mall", 2),
        ("Has he ever mentioned Poland?", "Poland", 2),
        ("quotes about LED", "LED", 2),
        ("everything said about the flood in the interview", "the flood", 2),
        ("What does the interviewee say about the union?", "the union", SURE),
        ("what is said about AI in this text?", "AI", SURE),
        ("What about Tesla?", "Tesla", SURE),
        ("blackpool?", "blackpool", SURE),
        ("Ray’s job", "Ray's job", LIKELY),
        ("How did you feel about the two platters?", "the two platters", LIKELY),
        ("What's his view of unions?", "unions", LIKELY),
    ],
)
def test_a_matter_is_named(question: str, name: str, least: float) -> None:
    found = matter(question)
    assert found
    assert (found.name, found.least) == (name, least)


@pytest.mark.parametrize(
    "question",
    [
        "When did she leave?",
        "Tell me about how you met.",
        "Tell me when it was.",
        "What did her teacher say about her playing?",
        "boat price 1974 Bergen",
        "in Europe",
        "more about it",
        "What did he say?",
        "Who talked about the fire?",
        "?",
    ],
)
def test_what_asks_names_no_matter(question: str) -> None:
    assert matter(question) is None


def test_what_is_said_of_a_matter_is_told_in_its_order(talk: Pipeline) -> None:
    answer = talk.answer("tell me about the fire")
    assert (answer.kind, answer.topic, answer.confidence) == ("overview", "the fire", 1.0)
    assert answer.headline == "What is said of “the fire”, in its own words"
    told = [candidate.text for candidate in answer.candidates]
    assert told == ["That was in August.", "We all ran out.", TALK.split("We all ran out. ")[1].split("\n")[0]]
    assert all(talk.interview.text[c.start : c.end] == c.text for c in answer.candidates)
    assert answer.to_dict()["topic"] == "the fire"


def test_a_reply_to_a_statement_that_names_it_tells_of_it_and_who_asks_does_not(talk: Pipeline) -> None:
    told = [candidate.text for candidate in talk.answer("What does he say about the parrot?").candidates]
    assert told[-1] == "The parrot was green."
    assert "We had it for years." in told
    assert {"You mentioned the parrot that lived with you.", "Aye."}.isdisjoint(told)


def test_what_nothing_names_is_asked_as_any_question(talk: Pipeline) -> None:
    for question in ("tell me about the dinosaurs", "What does he think of trade unions?", "dinosaurs"):
        answer = talk.answer(question)
        assert (bool(answer), answer.kind, answer.topic) == (False, "answer", None)


def test_a_sure_answer_is_given_in_its_place(letters: LetterEncoder) -> None:
    pipeline = Pipeline(Interview.from_text(TALK), letters, threshold=0.0)
    asked = {q: pipeline.answer(q) for q in ("What does she say about the kitchen?", "the kitchen", "Who ran out?")}
    for question, answer in asked.items():
        about = matter(question)
        assert answer.kind == ("overview" if about and answer.confidence < about.least else answer.kind)
    assert asked["Who ran out?"].kind == "answer"


def test_the_next_question_leans_on_it(talk: Pipeline) -> None:
    answer = talk.answer("When was it?", ["tell me about the fire"])
    assert answer.understood == "When was the fire?"
    assert answer.text == "That was in August." or answer.text == "in August"
    again = talk.answer("and the parrot?", [talk.answer("tell me about the fire")])
    assert again.kind == "overview"
    assert again.topic == "the parrot"


def test_who_is_it_is_told_by_the_labels_unless_someone_was_spoken_of(talk: Pipeline) -> None:
    said = talk.answer("who is she")
    assert (said.kind, said.remark) == ("remark", "By the labels of the transcript, Q asks; A replies.")
    text = "Jane Doe: Who sold it?\n\nAnna: Bo Lund sold it. He is my brother.\n\nJane Doe: When?\n\nAnna: In 1974."
    pipeline = Pipeline(Interview.from_text(text))
    assert pipeline.answer("Who are you?").remark
    assert pipeline.answer("Who is he?", ["Who sold it?"]).understood == "Who is Bo Lund?"
