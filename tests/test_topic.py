from __future__ import annotations

from collections.abc import Sequence

import pytest

from qa import Interview, Pipeline, export
from qa.datatypes import Hit, Span
from qa.matrix import cell
from qa.matter import ALWAYS, LIKELY, SURE, matter
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
        ("tell me more about walter", "walter", ALWAYS),
        ("And could you tell us something about the old quay, please?", "the old quay", ALWAYS),
        ("Tell me what she says about “unions”.", "unions", ALWAYS),
        ("I'd like to know more about the war", "the war", ALWAYS),
        ("Where does anyone mention Poland?", "Poland", ALWAYS),
        ("Has he ever mentioned Poland?", "Poland", ALWAYS),
        ("find all references to LED", "LED", ALWAYS),
        ("Where is the new law mentioned?", "the new law", ALWAYS),
        ("the part about pay", "pay", ALWAYS),
        ("everything said about the flood in all interviews", "the flood", ALWAYS),
        ("is there anything about pay in these interviews", "pay", ALWAYS),
        ("Where does she talk about the mall?", "the mall", SURE),
        ("When did they talk about the divorce?", "the divorce", SURE),
        ("What do the respondents say about pay?", "pay", SURE),
        ("What does the interviewee say about the union?", "the union", SURE),
        ("what is said about AI in this text?", "AI", SURE),
        ("What about Tesla?", "Tesla", SURE),
        ("blackpool?", "blackpool", SURE),
        ("Ray’s job", "Ray's job", LIKELY),
        ("How did you feel about the two platters?", "the two platters", LIKELY),
        ("What's his view of unions?", "unions", LIKELY),
        ("What does Anna Berg think of AI?", "AI", LIKELY),
        ("interviewee's opinion on the fire again", "the fire", LIKELY),
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
        "Where was the treaty discussed?",
        "Did you talk about it with your father?",
        "Tell me about it.",
        "yes",
        "go on",
        "tell me more",
        "fire " * 90,
        "?",
    ],
)
def test_what_asks_names_no_matter(question: str) -> None:
    assert matter(question) is None


def test_what_is_said_of_a_matter_is_told_in_its_order(talk: Pipeline) -> None:
    answer = talk.answer("tell me about the fire")
    assert (answer.kind, answer.topic, answer.confidence) == ("overview", "the fire", 1.0)
    assert answer.headline == "What is said of “the fire”"
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


class Sure:
    """A reader that is as sure of the first sentence as it is told to be."""

    confidence = 0.0

    def read(self, question: str, hits: Sequence[Hit]) -> list[Span]:
        first = min(hits, key=lambda hit: hit.passage.start)
        sentence = first.passage.sentences[0]
        return [Span(sentence.start, sentence.end, sentence, first, self.confidence)]


@pytest.mark.parametrize(
    ("question", "least"),
    [
        ("the kitchen", SURE),
        ("What does she say about the kitchen?", SURE),
        ("What did he think of the kitchen", LIKELY),
    ],
)
def test_a_sure_answer_is_given_in_its_place(question: str, least: float, letters: LetterEncoder) -> None:
    for confidence, kind in ((least - 0.01, "overview"), (least, "answer")):
        reader = Sure()
        reader.confidence = confidence
        assert Pipeline(Interview.from_text(TALK), letters, reader).answer(question).kind == kind
        assert Pipeline(Interview.from_text(TALK), letters, reader).answer("tell me about the kitchen").topic


def test_each_interview_is_searched_whole_and_nothing_is_told_twice(letters: LetterEncoder) -> None:
    filler = "\n".join(f"The boat number {n} was sold in the year {1900 + n}." for n in range(90))
    texts = [f"{filler}\nUtrecht was far.\nUtrecht was far.\n{filler}", "We sailed to Utrecht. Is Utrecht far?", filler]
    pipeline = Pipeline([Interview.from_text(text, f"T{n}") for n, text in enumerate(texts)], letters, top_k=2)
    answer = pipeline.answer("Where do they mention Utrecht?")
    assert [(c.number, c.text) for c in answer.candidates if "Utrecht" in c.text] == [
        (0, "Utrecht was far."),
        (1, "We sailed to Utrecht."),
    ]
    assert {c.number for c in pipeline.answer("Where do they mention Utrecht?", among=[1]).candidates} == {1}


def test_a_topic_in_files_has_all_its_sentences(talk: Pipeline) -> None:
    answer = talk.answer("tell me about the fire")
    cells = cell(answer).splitlines()
    assert cells == [f"{c.text} ({c.sentence.place})" for c in answer.candidates]
    markdown = export([answer], ".md").decode()
    assert "What is said of “the fire”:" in markdown
    assert all(c.text in markdown for c in answer.candidates)


def test_the_next_question_leans_on_it(talk: Pipeline) -> None:
    answer = talk.answer("When was it?", ["tell me about the fire"])
    assert answer.understood == "When was the fire?"
    assert "August" in (answer.text or "")
    again = talk.answer("and the parrot?", [talk.answer("tell me about the fire")])
    assert (again.kind, again.topic) == ("overview", "the parrot")
    assert talk.answer("tell me more about it", ["When was the fire?"]).topic == "the fire"
    assert talk.answer("who said so?", [again]).topic is None


def test_who_is_it_is_told_by_the_labels_unless_someone_was_spoken_of(talk: Pipeline) -> None:
    said = talk.answer("who is she")
    assert (said.kind, said.remark) == ("remark", "By the labels of the transcript, Q asks; A replies.")
    text = "Jane Doe: Who sold it?\n\nAnna: Bo Lund sold it. He is my brother.\n\nJane Doe: When?\n\nAnna: In 1974."
    pipeline = Pipeline(Interview.from_text(text))
    assert pipeline.answer("Who are you?").remark
    assert pipeline.answer("Who is he?", ["Who sold it?"]).understood == "Who is Bo Lund?"
