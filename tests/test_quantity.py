"""What asks for a number is answered by words with one, and all other questions are left alone."""

from __future__ import annotations

import pytest

from qa import Interview, Pipeline
from qa.encoder import SentenceEncoder
from qa.quantity import lacks_quantity, lacks_reason, quantities


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How many people live there?", "the old town"),
        ("how old is she", "the mayor"),
        ("How much did it cost?", "the harbour company"),
        ("In what year was it built?", "Bergen"),
        ("What is the population of Bergen?", "the west coast"),
        ("How long is the river?", "11,600 BP"),
        ("How much did they win?", "the fourth"),
        ("How many won?", "the 21st"),
        ("What's the population of Bergen?", "the west coast"),
        ("Can you tell me how many came?", "the mayor"),
    ],
)
def test_words_that_cannot_answer(question: str, words: str) -> None:
    assert lacks_quantity(question, words)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How many people live there?", "two thousand"),
        ("How many came?", "Twenty-six of us"),
        ("How many came?", "nobody"),
        ("How much did it cost?", "$12"),
        ("In which century was it built?", "the early nineteenth"),
        ("How long did the war last?", "from 1939 to 1945"),
        ("How long is it?", "5km"),
        ("How long did it take?", "45 min"),
        ("In which decade was it?", "the seventies"),
        ("How old were you?", "in my twenties"),
        ("How much sugar?", "½ cup"),
        ("How many people came?", "tens"),
        ("Who decides how many cars are built?", "Anna"),
        ("Who told you how old the boat was?", "Anna"),
        ("Why does it matter how long you wait?", "the engine cools down"),
        ("What was the number one song?", "Yesterday"),
        ("What was the golden age of sailing?", "before the war"),
        ("How much did the war change you?", "completely"),
        ("How much did they win?", "a quarter of the 4th prize"),
        ("How long did you stay?", "until the war was over"),
        ("How long did you stay?", "all my life"),
        ("How much of it is left?", "the tower"),
        ("When was it built?", "in my childhood"),
        ("Who came?", "the mayor"),
        ("How many years he lived there is not known; where?", "4 Dock Street"),
    ],
)
def test_words_that_may_answer(question: str, words: str) -> None:
    assert not lacks_quantity(question, words)


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("20 years of experience in trade and 37 years", ["20 years of experience in trade", "37 years"]),
        ("14 countries such as the eleven", ["14 countries", "the eleven"]),
        ("one hundred and twenty-four", []),
        ("two hours and ten minutes", []),
        ("between 5 percent in the summer months and 10 percent in winter", []),
        (
            "20 years of experience in trade, shipping and law, and 37 years",
            ["20 years of experience in trade, shipping and law", "37 years"],
        ),
        ("from 3 million a year to 5 million", []),
    ],
)
def test_two_quantities_are_told_apart(words: str, parts: list[str]) -> None:
    assert [words[slice(*part)] for part in quantities("How many?", words)] == parts
    assert quantities("Who came?", words) == quantities("How many men and how many women?", words) == []


def test_why_is_not_answered_by_when() -> None:
    for words in ("winter", "in '79, in the winter, six weeks", "last Friday", "1974"):
        assert lacks_reason("Why did they strike?", words)
        assert not lacks_reason("When did they strike?", words)
    for words in ("the rota", "for free", "for nothing", "because of six weeks without pay", "the winter was hard"):
        assert not lacks_reason("Why did they strike?", words)


def test_a_number_is_found_in_place_of_other_words(encoder: SentenceEncoder) -> None:
    text = "The old town of Vik is a parish of fishermen. Vik has 412 people. It rained for a week."
    answer = Pipeline(Interview.from_text(text), encoder).answer("What is the population of Vik?")
    assert answer.text == "412"
    without = Pipeline(Interview.from_text("The harbour company paid for the bridge. It rained."), encoder)
    assert not without.answer("How many people paid for the bridge?")
