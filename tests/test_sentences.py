from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.sentences import LONGEST, paragraphs, split_sentences


def texts(text: str) -> list[str]:
    return [s.text for s in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two!  Three?", ["One.", "Two!", "Three?"]),
        ("Mr. He said so. Then he left.", ["Mr. He said so.", "Then he left."]),
        ("Dr. Smith met Ms. Li. They spoke.", ["Dr. Smith met Ms. Li.", "They spoke."]),
        ("“We go. But not now,” said He. Good.", ["“We go. But not now,” said He.", "Good."]),
        ('"Stay!" he said. Bye.', ['"Stay!" he said.', "Bye."]),
        ("«Да. Нет.» сказал он. Потом.", ["«Да. Нет.» сказал он.", "Потом."]),
        ("It cost $3.5 million. Much.", ["It cost $3.5 million.", "Much."]),
        ("He told me. Maureen left.", ["He told me.", "Maureen left."]),
        ("“No.” Ann left. See No. 5 of Art. 2.", ["“No.”", "Ann left.", "See No. 5 of Art. 2."]),
        ("One\r\n\r\nTwo\rThree", ["One", "Two", "Three"]),
        ("👍 Yes. 😀 No.", ["👍 Yes.", "😀 No."]),
        ("مرحبا. كيف حالك؟", ["مرحبا.", "كيف حالك؟"]),
        ("***\n\nWord\n\n---", ["Word"]),
        ("word", ["word"]),
        ("Half \ud83d a pair. Next.", ["Half \ud83d a pair.", "Next."]),
        ("", []),
        ("?", []),
        (" \n\t\r\n", []),
    ],
)
def test_splits_where_a_reader_would(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


def test_a_line_is_a_paragraph() -> None:
    assert [s.paragraph for s in split_sentences("One. Two.\nThree.\n\nFour.")] == [0, 0, 1, 2]


def test_lines_wrapped_at_a_width_are_one_paragraph() -> None:
    text = "It was a long line that\nwent on and on. Then\nit ended.\n\nA new one\nbegan."
    sentences = split_sentences(text)
    assert [s.text for s in sentences] == [
        "It was a long line that\nwent on and on.",
        "Then\nit ended.",
        "A new one\nbegan.",
    ]
    assert [s.paragraph for s in sentences] == [0, 0, 1]


def test_a_wrapped_transcript_keeps_its_turns_apart() -> None:
    text = (
        "Q: Where did you grow up?\nA: I grew up in a small town near Oslo, where\nmy father had a shop. "
        "It was by the sea.\nHe sold it in 1974, to a man\nwho came from\nBergen.\nQ: And then?\nA: We left."
    )
    assert [text[start:end] for start, end in paragraphs(text)] == [
        "Q: Where did you grow up?",
        "A: I grew up in a small town near Oslo, where\nmy father had a shop. It was by the sea.\n"
        "He sold it in 1974, to a man\nwho came from\nBergen.",
        "Q: And then?",
        "A: We left.",
    ]


MOVED = (
    "We lived in the house by the quay, all six of us, until the spring of\n1974. Then we moved to Oslo, where my "
    "father had found work in the\nharbour, and my mother was glad of it."
)
RULE = (
    "There was a card above the stove on which my mother had written down\nwhat she thought of as the one rule "
    "that was given to all of us in that\n{}: work, pray and sleep."
)
NUMBER = (
    "They had moved in the autumn, and they lived in the old yellow house at\nthe corner of the street by the "
    "harbour, in the part that is now number\n{} Then the street was given another name, and nobody knew\nit any more."
)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (MOVED, 2),
        (MOVED.replace("\n", "\r\n"), 2),
        (f"{MOVED}\n\n{MOVED}", 4),
        (RULE.format("house"), 1),
        (RULE.format("old house by the quay"), 1),
        (f"{MOVED}\n\n{RULE.format('I said to them all')}", 3),
        (NUMBER.format("12."), 2),
        (NUMBER.format("12)"), 1),
    ],
)
def test_a_line_that_is_full_and_not_finished_goes_on_with_a_number_or_a_colon(text: str, count: int) -> None:
    assert len(split_sentences(text)) == count
    assert len(list(paragraphs(text))) == 1 + text.count("\n\n")


@pytest.mark.parametrize(
    "items",
    [
        [
            "1. We bought bread in the shop that my father had by the quay in those years",
            "2. We sold the boat",
            "3. End",
        ],
        ["9) We bought bread in the shop by the quay, and carried it home to where\nmother was", "10) We sold it"],
        ["Anna: We bought bread in the shop that was by the quay in those years and", "Bo: We sold the boat"],
        ["Place: the house by the quay in the old town of Bergen, second floor, left", "Date: 1974", "Time: noon"],
        ["# The house by the quay in the old town of Bergen, where we lived for years", "Text"],
        ["What we bought in the shop by the quay in all of those years after the war", "1. bread", "2. salt"],
        ["It was said.", "12. We sold it", "Bo: We left"],
        ["We bought bread", "12. We sold it", "Bo: We left"],
    ],
)
def test_in_a_wrapped_text_items_and_labelled_lines_begin_anew(items: list[str]) -> None:
    text = f"{MOVED}\n\n" * 4 + "\n".join(items)
    assert [text[start:end] for start, end in paragraphs(text)] == [MOVED] * 4 + items


def test_lines_that_begin_with_years_are_apart_where_the_text_is_not_wrapped() -> None:
    lines = ["1974 we moved to Oslo, where my father\nhad found work", "1975 we moved back to the old house"]
    text = "\n".join(lines)
    assert [text[start:end] for start, end in paragraphs(text)] == lines


def test_a_heading_and_a_list_stand_by_themselves() -> None:
    text = "# Talk\nI was born there and\nlived there.\n- one\n- two\n1. three"
    assert [text[start:end] for start, end in paragraphs(text)] == [
        "# Talk", "I was born there and\nlived there.", "- one", "- two", "1. three",
    ]  # fmt: skip


def test_a_long_quotation_is_cut_at_its_full_stops() -> None:
    said = " ".join(f"We made part {n} of it, in the old hall, with the machines that we had." for n in range(20))
    assert all(text.endswith((".", "had.”")) for text in texts(f"“{said}”"))


def test_speech_without_full_stops_is_cut_between_words() -> None:
    sentences = split_sentences("and so it went on, " * 500)
    assert max(len(s.text) for s in sentences) <= LONGEST
    assert all(s.text.startswith("and so") and s.text.endswith("on,") for s in sentences)


def test_one_endless_word_is_cut_too() -> None:
    assert [len(text) for text in texts("a" * (2 * LONGEST + 5))] == [LONGEST, LONGEST, 5]


def test_a_hundred_thousand_words_take_seconds() -> None:
    start = time.perf_counter()
    sentences = split_sentences("This sentence has just ten words in it, they say. " * 10_000)
    assert len(sentences) == 10_000
    assert time.perf_counter() - start < 10


@given(st.text() | st.text(alphabet=" .!?\n\r\"'“”()aAbB1,;").map(lambda s: s * 3))
def test_every_sentence_is_a_slice_and_no_word_is_lost(text: str) -> None:
    sentences = split_sentences(text)
    assert all(text[s.start : s.end] == s.text == s.text.strip() for s in sentences)
    assert all(a.end <= b.start and a.paragraph <= b.paragraph for a, b in pairwise(sentences))
    assert [s.index for s in sentences] == list(range(len(sentences)))
    inside = {at for s in sentences for at in range(s.start, s.end)}
    assert all(at in inside for at, letter in enumerate(text) if letter.isalnum())


@given(st.text(alphabet="aB. \n\r"))
def test_paragraphs_hold_all_that_is_not_white_space(text: str) -> None:
    kept = "".join(text[start:end] for start, end in paragraphs(text))
    assert kept.replace("\n", "").replace("\r", "").replace(" ", "") == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("## A title", "A title"),
        ("**Why did you leave?**", "Why did you leave?"),
        ("**Never** again.", "**Never** again."),
        ("*laughs* I left.", "*laughs* I left."),
        ("#1 was mine.", "#1 was mine."),
    ],
)
def test_markup_around_a_sentence_is_none_of_it(text: str, words: str) -> None:
    assert [s.text for s in split_sentences(text)] == [words]


@pytest.mark.parametrize("piece", ["Mr. He ", "a!” ", "Dr. ", "“Stay!” he said. ", "1974.\n", "1. a\n", "of\na b: c\n"])
def test_a_text_that_always_goes_on_is_split_in_good_time(piece: str) -> None:
    start = time.perf_counter()
    assert split_sentences(piece * 30_000)
    assert time.perf_counter() - start < 10  # seconds; by the square it would be an hour
