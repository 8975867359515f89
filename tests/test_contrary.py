"""Words that a sentence denies, or says of somebody else, do not answer."""

from __future__ import annotations

import pytest

from qa import Interview, Pipeline, SpanReader
from qa.contrary import is_denied, is_of_another, is_of_oneself
from qa.encoder import SentenceEncoder
from qa.span_reader import DENIED

SEA = "I was never afraid of the sea."


def denied(question: str, sentence: str, words: str) -> bool:
    start = sentence.index(words)
    return is_denied(question, sentence, start, start + len(words))


@pytest.mark.parametrize(
    ("question", "sentence", "words"),
    [
        ("What were you afraid of?", SEA, "the sea"),
        ("Who named the boat?", "The boat wasn't named after Anna.", "Anna"),
        ("Which boat leaks?", "The Mary does not leak, the Ellen does.", "The Mary"),
        ("Who sold the boat?", "It was Anna and not Bo who sold the boat.", "Bo"),
        ("What was your uncle afraid of?", "My uncle was never afraid of the sea.", "the sea"),
    ],
)
def test_what_is_denied(question: str, sentence: str, words: str) -> None:
    assert denied(question, sentence, words)


@pytest.mark.parametrize(
    ("question", "sentence", "words"),
    [
        ("What were you never afraid of?", SEA, "the sea"),
        ("Were you afraid of the sea?", SEA, "the sea"),
        ("Which boat leaks?", "The Mary does not leak, the Ellen does.", "the Ellen"),
        ("When did you leave?", "We did not leave until the war was over.", "until the war was over"),
        ("When did you leave?", "We did not leave before 1955.", "1955"),
        ("What did you sell?", "We did not only sell boats.", "boats"),
        ("What did you sell?", "We didn't only sell boats.", "boats"),
        ("Who sold the boat?", "It was Anna and not Bo who sold the boat.", "Anna"),
        ("How many cars did you sell?", "We sold 400 not 300 cars.", "400"),
        ("When did you last visit Oslo?", "I have not visited Oslo since 1974.", "1974"),
        ("When did you visit Oslo?", "I have not visited Oslo since 1974.", "since 1974"),
        ("When did you quit smoking?", "I haven't smoked since 1974.", "1974"),
        ("Where did you laugh most?", "I never laughed as much as in Norway.", "Norway"),
        ("When did the most cars sell?", "Never were so many cars sold as in 1998.", "1998"),
        ("When did you stop fishing?", "In 1974 I could not fish any more.", "In 1974"),
        ("What did you eat?", "I do not know, but we ate fish.", "fish"),
    ],
)
def test_what_is_not(question: str, sentence: str, words: str) -> None:
    assert not denied(question, sentence, words)


@pytest.mark.parametrize(
    ("question", "sentence", "another"),
    [
        ("How did Anders die?", "Nils died of a fever.", True),
        ("How did Anders die?", "The doctor came late, and Nils died.", True),
        ("How did Nils die?", "Nils died of a fever.", False),
        ("How did he die?", "Nils died of a fever.", False),
        ("How did Anders die?", "He died of a fever.", False),
        ("How did Anders die?", "Several died of a fever.", False),
        ("How did Peter die?", "Pete died of a fever.", False),
        ("How did Anders die?", "Nils had a fever.", False),
        ("How did Anders Holm die?", "Nils Berg died of a fever.", True),
        ("How did Anders die?", "Åse died of a fever.", True),
        ("Who founded Seres?", "Zhang founded the company in 1986.", False),
        ("Which company owns Volvo?", "Geely owns it since 2010.", False),
        ("How many soldiers died in Norway?", "Thousands died.", False),
        ("Who painted the house in Oslo?", "Anna painted the house.", False),
    ],
)
def test_what_is_said_of_another(question: str, sentence: str, another: bool) -> None:
    assert is_of_another(question, sentence) is another


def test_neither_is_shown(encoder: SentenceEncoder) -> None:
    text = f"{SEA} I was afraid of the foghorn. Anders was a teacher. Nils died of a fever in the winter of 1943."
    pipeline = Pipeline(Interview.from_text(text), encoder)
    answer = pipeline.answer("What were you afraid of?")
    assert answer.text == "the foghorn"
    assert "the sea" not in [also.text for also in answer.also]
    assert not pipeline.answer("How did Anders die?")
    assert pipeline.answer("How did Nils die?")


@pytest.mark.parametrize(
    ("asked", "reply", "refuted"),
    [
        ("", "That's a nice story and it isn't true.", True),
        (" Is that true?", "No, my aunt made it.", True),
        ("", "It was not so easy to keep.", False),
        (" Do you still bake with it every day?", "No, not since the fire.", False),  # to something else
    ],
)
def test_what_an_interviewer_says_and_the_reply_refutes_does_not_answer(asked: str, reply: str, refuted: bool) -> None:
    said = "Ann: Where is the dough from? People say it is a hundred years old."
    talk = f"{said}{asked}\n\nLiv: {reply} It lives in a jar.\n\nAnn: Who bakes?\n\nLiv: I do, every day."
    pipeline = Pipeline(Interview.from_text(talk))
    found = SpanReader().find("How old is the dough?", pipeline.nearest("How old is the dough?"))
    against = next(f.against for f in found if "hundred years" in f.fit.sentence.text)
    assert (against >= DENIED) == refuted


@pytest.mark.parametrize(
    ("question", "sentence", "of_oneself"),
    [
        ("In which year was Ruth Adeyemi born?", "I was born in February of 1938.", True),
        ("Where did Ruth work?", "My first job was in Oslo.", True),
        ("Where did Ruth work?", "I know that you worked in Oslo.", False),  # to her
        ("Where did Ruth work?", "I think Ruth worked in Oslo.", False),
        ("Where did Dolores work?", "My first job was in Oslo.", False),
        ("Where did Teddy work?", "My first job was in Oslo.", False),  # who does not speak
        ("Where did she work?", "My first job was in Oslo.", False),
        ("Where did Ruth work?", "The first job was in Oslo.", False),
    ],
)
def test_what_one_says_of_oneself_is_no_answer_about_another_who_speaks(
    question: str, sentence: str, of_oneself: bool
) -> None:
    speakers = ["Ruth Adeyemi", "Dolores Kaczmarek"]
    assert is_of_oneself(question, sentence, "Dolores Kaczmarek", speakers) is of_oneself
