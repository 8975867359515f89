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


@pytest.mark.parametrize("piece", ["Mr. He ", "a!” ", "Dr. ", "“Stay!” he said. "])
def test_a_text_that_always_goes_on_is_split_in_good_time(piece: str) -> None:
    start = time.perf_counter()
    assert split_sentences(piece * 30_000)
    assert time.perf_counter() - start < 10  # seconds; by the square it would be an hour
