from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa import Hit, Interview, Passage, SpanReader
from qa.datatypes import Sentence
from qa.passages import make_passages
from qa.reader import rank
from qa.span_model import Logits
from qa.span_reader import best_span, extracts, tidy

TEXT = "The ship sank. Anna was born in Oslo in 1974. It rained. She left."


class Pointer:
    """A network that points at one word, wherever it stands, and sees no answer in a text without it."""

    def __init__(self, word: str) -> None:
        self.word = word
        self.texts: list[str] = []

    def load(self) -> None:
        pass

    def read(self, question: str, texts: Sequence[str]) -> list[Logits]:
        self.texts += texts
        return [self._logits(text) for text in texts]

    def _logits(self, text: str) -> Logits:
        starts = [0, *(i + 1 for i, c in enumerate(text) if c == " ")]
        ends = [*(i for i, c in enumerate(text) if c == " "), len(text)]
        fits = np.array([5.0 if self.word in text[a:b] else -5.0 for a, b in zip(starts, ends, strict=True)])
        return Logits(np.array(list(zip(starts, ends, strict=True))), fits, fits, none=0.0)


def hits(text: str, size: int = 4, overlap: int = 2) -> list[Hit]:
    sentences = Interview.from_text(text).sentences
    return [Hit(p, 0.5, (0.5,) * len(p.sentences)) for p in make_passages(text, sentences, size, overlap)]


def test_the_words_that_answer_are_a_slice_of_their_sentence() -> None:
    spans = SpanReader(Pointer("Oslo")).read("Where?", hits(TEXT))
    best = spans[0]
    assert TEXT[best.start : best.end] == "Oslo"
    assert best.sentence.text == "Anna was born in Oslo in 1974."
    assert len(spans) == 4  # one a sentence
    assert [s.confidence for s in spans] == sorted((s.confidence for s in spans), reverse=True)


def test_each_sentence_is_read_once() -> None:
    network = Pointer("Oslo")
    SpanReader(network).read("Where?", hits(TEXT, 2, 1))
    assert network.texts == [TEXT]


def test_the_reply_goes_before_the_question_it_replies_to() -> None:
    text = "Where was it, in Oslo? Yes, it was Oslo."
    network = Pointer("Oslo")
    span, _ = SpanReader(network).read("Where?", hits(text))
    assert network.texts == [text]
    assert text[span.start : span.end] == "Oslo"
    assert span.sentence.text == "Yes, it was Oslo."


def test_what_only_the_question_holds_is_answered_from_it() -> None:
    text = "So you were in Oslo? Yes, I was."
    span, _ = SpanReader(Pointer("Oslo")).read("Where?", hits(text))
    assert text[span.start : span.end] == "Oslo"


def test_nothing_to_read_gives_nothing() -> None:
    assert SpanReader(Pointer("x")).read("Who?", []) == []


def test_what_the_network_did_not_reach_is_left_out() -> None:
    class Short(Pointer):
        def _logits(self, text: str) -> Logits:
            whole = super()._logits(text)
            return Logits(whole.offsets[:3], whole.start[:3], whole.end[:3], whole.none)

    spans = SpanReader(Short("ship")).read("What?", hits(TEXT))
    assert [s.sentence.text for s in spans] == ["The ship sank."]


def test_best_span_is_inside_the_sentence_and_in_order() -> None:
    offsets = np.array([[0, 3], [4, 8], [9, 13], [14, 18]])
    start, end = np.array([9.0, 0.0, 3.0, 0.0]), np.array([0.0, 4.0, 1.0, 9.0])
    logits = Logits(offsets, start, end, none=2.0)
    first, last, margin, clear = best_span(logits, 4, 13)  # type: ignore[misc]
    assert (first, last) == (4, 8)  # 0 + 4; the span from 9 to 8 would have had 7
    assert margin == pytest.approx(np.log(np.exp(4) + np.exp(1) + np.exp(4)) - 2)
    assert np.exp(clear) == pytest.approx(np.exp(4) / (np.exp(4) + np.exp(1) + np.exp(4)))
    assert best_span(logits, 20, 30) is None


def test_extracts_join_neighbours_and_keep_to_their_length() -> None:
    text = " ".join(f"Sentence number {i} is here." for i in range(40))
    fits = rank("xyz", hits(text))
    found = extracts(fits, most=600, longest=200)
    assert sum(len(e.text) for e in found) <= 700
    assert max(len(e.text) for e in found) <= 220
    numbers = [s.index for e in found for s in e.sentences]
    assert numbers == sorted(set(numbers))
    for extract in found:
        for sentence, start in zip(extract.sentences, extract.starts, strict=True):
            assert extract.text[start : start + len(sentence.text)] == sentence.text


def test_a_question_and_its_reply_are_read_together() -> None:
    text = "It was long ago, and I was young. And when was it? In June."
    found = extracts(rank("When?", hits(text)), longest=50)
    assert [e.text for e in found] == ["It was long ago, and I was young.", "And when was it? In June."]


def test_speakers_are_read_with_what_they_say() -> None:
    sentences = (
        Sentence("Why?", 0, 4, 0, 0, "Ann"),
        Sentence("So.", 5, 8, 1, 1, "Bo"),
        Sentence("Ja.", 9, 12, 2, 1, "Bo"),
    )
    hit = Hit(Passage("Why? So. Ja.", 0, 12, sentences), 0.5, (0.5, 0.5, 0.5))
    (extract,) = extracts(rank("Why?", [hit]))
    assert extract.text == "Ann: Why? Bo: So. Ja."
    assert [extract.text[i:] for i in extract.starts] == ["Why? Bo: So. Ja.", "So. Ja.", "Ja."]


@pytest.mark.parametrize(
    ("sentence", "found", "expected"),
    [
        ("He was born in Oslo, Norway.", "Oslo, Norway.", "Oslo, Norway"),
        ("He was born in Oslo (Norway).", "Oslo (Norway", "Oslo (Norway)"),
        ("It cost us $4.50 a day.", "4", "$4.50"),
        ("It fell by 12.5% at once.", "12.5", "12.5%"),
        ("She didn't want to go there.", "didn", "didn't"),
        ("After twenty-six years, I left.", "six", "twenty-six"),
        ("It was made in the U.S. long ago.", "U.S.", "U.S."),
        (
            'He is known as an archetypal "mad scientist" now.',
            'archetypal "mad scientist',
            'archetypal "mad scientist"',
        ),
        ("They said “never again” to us all.", "“never again”", "never again"),
        ("Because it rained, we went home.", "Because it rained, we went home", "Because it rained, we went home."),
        ("We went home — and that was it.", "— and that", "and that"),
        ("We went home — and that was it.", "—", "We went home — and that was it."),
    ],
)
def test_tidy(sentence: str, found: str, expected: str) -> None:
    start = sentence.index(found)
    a, b = tidy(sentence, start, start + len(found))
    assert sentence[a:b] == expected


@given(st.text(min_size=1, max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_tidy_stays_inside_and_says_something(sentence: str, a: int, b: int) -> None:
    start, end = sorted((min(a, len(sentence)), min(b, len(sentence))))
    first, last = tidy(sentence, start, end)
    assert 0 <= first < last <= len(sentence)
    if (first, last) != (0, len(sentence)):
        assert first == 0 or not (sentence[first - 1].isalnum() and sentence[first].isalnum())
        assert last == len(sentence) or not (sentence[last - 1].isalnum() and sentence[last].isalnum())


@pytest.mark.parametrize(
    ("question", "unnamed"),
    [
        ("Where was Anna born?", 0),
        ("Where was Anna Berg born in 1974?", 1),
        ("Where was anna berg born?", 0),  # in small letters, no word is a name
        ("In 1911, who left?", 1),
        ("Who?", 0),
    ],
)
def test_what_a_question_names_and_the_text_does_not_is_noted(question: str, unnamed: float) -> None:
    found = SpanReader(Pointer("Oslo")).find(question, hits(TEXT))
    assert {f.unnamed for f in found} == {unnamed}
