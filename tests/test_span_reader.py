from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qa import Hit, Interview, Passage, SpanReader
from qa.datatypes import Sentence
from qa.formats import Content, Mark
from qa.passages import make_passages
from qa.reader import rank
from qa.span_model import Logits
from qa.span_reader import best_span, extracts
from tests.test_tidy import is_inside_a_word

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


class Anywhere(Pointer):
    """A network whose answer begins and ends at these shares of a text, be it inside a word."""

    def __init__(self, start: float, end: float) -> None:
        super().__init__("")
        self.shares = start, end

    def _logits(self, text: str) -> Logits:
        offsets = np.array([(at, min(at + 3, len(text))) for at in range(0, len(text), 3)])
        start, end = np.full((2, len(offsets)), -5.0)
        start[int(self.shares[0] * (len(offsets) - 1))] = end[int(self.shares[1] * (len(offsets) - 1))] = 5.0
        return Logits(offsets, start, end, none=0.0)


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


REPLY = "It rained all day. We sold the boat. My sister left. Nobody spoke of it."


def replied() -> list[Hit]:
    """Of a question and a long reply, each sentence as a passage of its own."""
    marks = Mark(0, "Ann"), Mark(len("Why did you go?\n\n"), "Bo")
    interview = Interview.from_content(Content(f"Why did you go?\n\n{REPLY}", marks), "Talk")
    passages = make_passages(interview.text, interview.sentences, size=1, overlap=0)
    return [Hit(p, 0.5, (0.5,)) for p in passages]


def test_a_later_piece_of_a_long_reply_is_read_with_the_question_in_front() -> None:
    first, later = extracts(rank("Why?", replied()), longest=50)
    assert first.text == "Ann: Why did you go? Bo: It rained all day. We sold the boat."
    assert later.text == "Ann: Why did you go? Bo: My sister left. Nobody spoke of it."
    assert [s.text for s in later.sentences] == ["My sister left.", "Nobody spoke of it."]
    assert [later.text[at:] for at in later.starts] == ["My sister left. Nobody spoke of it.", "Nobody spoke of it."]


def test_no_answer_comes_from_the_question_that_was_put_in_front() -> None:
    network = Pointer("sister")
    (span,) = SpanReader(network).read("Why?", [hit for hit in replied() if "sister" in hit.passage.text])
    assert network.texts == ["Ann: Why did you go? Bo: My sister left."]
    assert f"Why did you go?\n\n{REPLY}"[span.start : span.end] == "My sister left."


WORDS = (
    "Jose\u0301 AT&T C++ U.S. don’t twenty-six 12.5% $4,000 (Norway) “never again” Anna Berg, sold and the is of three "
    f"firms: in 1974, two hundred Bergen. rain, or {'a' * 210} B{'a' * 210} Oslo; because boats, more than"
).split(" ")
WHOLE = re.compile(r"AT&T|C\+\+|U\.S\.|don’t|twenty-six|12\.5|4,000")
ASKED = (
    "Which firms are these?",
    "Which boats did they sell?",
    "Who is Anna Berg?",
    "What is AT&T?",
    "Why?",
    "When was it?",
    "How many boats are there?",
    "Did it rain?",
    "Where?",
)


@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=14), st.sampled_from(ASKED), st.floats(0, 1), st.floats(0, 1)
)
@example(["Oslo", "and", f"B{'a' * 210}", "rain", "the", "boats"], ASKED[0], 0, 0)
@example(["Anna", "sold", "Bergen", "and", "AT&T", "rain", "and", "rain", "the", "boats"], ASKED[0], 0.3, 0.3)
@example(["Anna", "sold", "rain", "and", "jose\u0301", "or", "the", "boats", "in", "1974"], ASKED[1], 0.25, 0.25)
def test_no_span_begins_or_ends_inside_a_word_or_leaves_its_sentence(
    words: list[str], question: str, start: float, end: float
) -> None:
    for span in SpanReader(Anywhere(start, end)).read(question, hits(" ".join(words))):
        sentence = span.sentence.text
        bounds = span.start - span.sentence.start, span.end - span.sentence.start
        assert 0 <= bounds[0] < bounds[1] <= len(sentence)
        for bound in bounds:
            assert not is_inside_a_word(sentence, bound)
            assert not any(m.start() < bound < m.end() for m in WHOLE.finditer(sentence))


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
