"""The words of an answer, grown to all that was asked for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.growth import grown, is_apart

LIST = "We sell to Germany, Norway, and the Czech Republic, where winters are long."
PLAIN = "They came with engines, gear boxes and seats from Oslo."
BESIDE = "Anna Berg, head of Berg Shipping, sold it."


def of(sentence: str, words: str, question: str) -> str:
    start = sentence.index(words)
    return sentence[slice(*grown(question, sentence, start, start + len(words)))]


@pytest.mark.parametrize("words", ["Germany", "Norway", "the Czech Republic", "Germany, Norway"])
def test_a_question_for_several_gets_the_whole_list(words: str) -> None:
    assert of(LIST, words, "Which countries do you sell to?") == "Germany, Norway, and the Czech Republic"


@pytest.mark.parametrize("words", ["engines", "gear boxes", "seats"])
def test_things_without_names_are_a_list_too(words: str) -> None:
    assert of(PLAIN, words, "What are the parts that came?") == "engines, gear boxes and seats"


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What are the two rules?", "never sail alone, and tell the harbour when you are back"),
        ("What is the rule?", "sail alone"),
        ("What are the boats?", "sail alone"),
    ],
)
def test_what_is_told_one_by_one_after_a_colon_is_a_list(question: str, words: str) -> None:
    sentence = "There were two rules: never sail alone, and tell the harbour when you are back."
    assert of(sentence, "sail alone", question) == words


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("I had two ideas: sell the boat and move, but my wife said no.", "sell the boat and move"),
        ("There were two ideas: sell the boat, and move to the U.S.", "sell the boat, and move to the U.S."),
        ("There were two ideas: “sell the boat,” and “move.”", "“sell the boat,” and “move.”"),
        ("He said: “I had two ideas: sell the boat, and move.”", "sell the boat, and move"),
    ],
)
def test_such_a_list_ends_where_it_ends(sentence: str, words: str) -> None:
    assert of(sentence, "the boat", "What were the two ideas?") == words


@pytest.mark.parametrize(
    ("sentence", "words", "number"),
    [
        (
            "It had one thousand, one hundred and eighty-six pipes.",
            "one hundred and eighty-six",
            "one thousand, one hundred and eighty-six",
        ),
        ("It had two thousand four hundred pipes.", "four hundred", "two thousand four hundred"),
        (
            "It cost twelve million, four hundred thousand crowns.",
            "twelve million",
            "twelve million, four hundred thousand",
        ),
        ("It had one hundred, two hundred, I forget.", "one hundred", "one hundred"),
        ("It had two, three, four or five pipes.", "four", "four"),
        ("It was six, and one hundred came.", "six", "six"),
        ("A hundred and ten men came.", "ten men", "A hundred and ten men"),
        ("Seven men came, and two hundred and six women.", "Seven men", "Seven men"),
    ],
)
def test_a_number_in_words_is_given_whole(sentence: str, words: str, number: str) -> None:
    assert of(sentence, words, "How many were there?") == number


@pytest.mark.parametrize(
    ("sentence", "words", "date"),
    [
        ("In 2019, in March.", "March", "2019, in March"),
        ("It was on Tuesday, the 9th of April 2019, I think.", "April", "Tuesday, the 9th of April 2019"),
        ("It was in March, and in 2020 again.", "March", "March"),
    ],
)
def test_when_is_answered_by_the_whole_date(sentence: str, words: str, date: str) -> None:
    assert of(sentence, words, "When did it close?") == date
    assert of(sentence, words, "Which one was it?") == words


@pytest.mark.parametrize("words", ["We talked about four boats.", "We flew over four islands."])
def test_a_verb_keeps_its_preposition(words: str) -> None:
    assert of(words, "four", "How many?") == "four"


@pytest.mark.parametrize(
    ("sentence", "words", "question"),
    [
        (LIST, "Germany", "Where is it sold?"),  # one is asked for
        ("It began in Bergen, Norway.", "Bergen", "Which cities are named?"),  # a comma alone makes no list
        ("He makes engines, and he said so.", "engines", "Which things does he make?"),
        ("They make engines, gear boxes and seats.", "gear boxes", "What is his business?"),
        ("In 1974 we left.", "1974", "Which years are named?"),
        (BESIDE, "Berg Shipping", "Which firm is it?"),
    ],
)
def test_else_the_words_stay(sentence: str, words: str, question: str) -> None:
    assert of(sentence, words, question) == words


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Was it his fault?", "He wrote that the fall was not his fault."),
        ("and did he write?", "He wrote that the fall was not his fault."),
        ("What happened?", "the fall"),
        ("Can you tell me what happened?", "the fall"),
        ("Was it the fall or the wind?", "the fall"),
    ],
)
def test_yes_or_no_gets_the_sentence_and_words_their_article(question: str, words: str) -> None:
    assert of("He wrote that the fall was not his fault.", "fall", question) == words


def test_a_name_and_a_number_stay_without_an_article() -> None:
    assert of("We drove the 42 to the USA.", "42", "Which bus?") == "42"
    assert of("We drove the 42 to the USA.", "USA", "Where to?") == "USA"


@pytest.mark.parametrize(
    ("sentence", "words", "question", "whole"),
    [
        (
            "More than ninety percent of it was lost.",
            "ninety percent",
            "How much was lost?",
            "More than ninety percent",
        ),
        ("It grows up to half a metre a day.", "half a metre", "How fast does it grow?", "up to half a metre"),
        ("We took out about 30 tons.", "30 tons", "How much was it?", "about 30 tons"),
        ("It stood about a mile away, over 12 fields.", "12 fields", "Where was it?", "over 12 fields"),
        ("They talked about Oslo.", "Oslo", "What did they talk about?", "Oslo"),
        ("We went over the hill.", "the hill", "Where did you go?", "the hill"),
    ],
)
def test_what_limits_a_number_stays_with_it(sentence: str, words: str, question: str, whole: str) -> None:
    assert of(sentence, words, question) == whole


@pytest.mark.parametrize(
    ("sentence", "words", "question"),
    [
        ("There is one lab in Bergen that raised them.", "lab", "Which lab raised them?"),
        ("The sea stars got sick.", "sick", "Why did they die?"),
    ],
)
def test_words_that_say_less_than_was_asked_become_the_sentence(sentence: str, words: str, question: str) -> None:
    assert of(sentence, words, question) == sentence


def test_words_that_a_question_offers_answer_it() -> None:
    assert of("It was red, of course.", "red", "What was it, red or blue?") == "red"
    assert of("We left for fear of the war.", "for fear of the war", "Why did you leave?") == "for fear of the war"


def test_who_someone_is_is_all_that_stands_beside_the_name() -> None:
    assert of(BESIDE, "Berg Shipping", "Who is Anna Berg?") == "head of Berg Shipping"
    assert of(BESIDE, "Berg Shipping", "who was anna berg") == "head of Berg Shipping"
    assert of(BESIDE, "Anna Berg", "Who is Anna Berg?") == "Anna Berg"


@given(st.text(), st.text(min_size=1), st.data())
def test_a_span_only_grows_and_stays_in_its_sentence(question: str, sentence: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(sentence) - 1))
    end = data.draw(st.integers(start + 1, len(sentence)))
    first, last = grown(f"Which things are {question}", sentence, start, end)
    assert 0 <= first <= start < end <= last <= len(sentence)


@pytest.mark.parametrize(
    ("question", "sentence", "words", "apart"),
    [
        ("Who is Anna Berg?", "So said Anna Berg, head of Berg Shipping, to us.", "head of Berg Shipping", False),
        ("who was anna berg", "Anna Berg was a sailor from Oslo.", "sailor from Oslo", False),
        ("Who is Anna Berg?", "The captain Anna Berg left.", "captain", False),
        ("What is Berg Shipping?", "Berg Shipping (a small firm) sold it.", "small firm", False),
        ("Who is the Morning Post?", "So said Anna Berg to the Morning Post.", "Anna Berg", True),
        ("Who is Robert Lane?", "He met Robert Lane and Benjamin Vail.", "Benjamin Vail", True),
        ("Who is Anna Berg?", "So said Anna Berg to us.", "Anna Berg", True),  # the name alone says nothing
        ("What is their goal?", "Their goal is to build boats.", "build boats", False),  # that is no name
        ("Where is Anna Berg?", "Anna Berg left for Oslo.", "Oslo", False),
        ("Who is Anna Berg?", "She was a sailor.", "sailor", False),
    ],
)
def test_what_a_name_is_stands_beside_it(question: str, sentence: str, words: str, apart: bool) -> None:
    start = sentence.index(words)
    assert is_apart(question, sentence, start, start + len(words)) is apart
