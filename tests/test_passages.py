from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa import Interview
from qa.passages import make_passages, windows


def numbers(text: str, size: int, overlap: int) -> list[list[int]]:
    interview = Interview.from_text(text)
    return [[s.index for s in p.sentences] for p in make_passages(text, interview.sentences, size, overlap)]


def test_windows_overlap_and_reach_the_end() -> None:
    assert [list(w) for w in windows(5, size=3, overlap=1)] == [[0, 1, 2], [2, 3, 4]]
    assert [list(w) for w in windows(2, size=3, overlap=1)] == [[0, 1]]


def test_a_long_paragraph_is_not_mixed_with_its_neighbours() -> None:
    assert numbers("One. Two. Three. Four.\n\nFive. Six. Seven.", size=3, overlap=1) == [[0, 1, 2], [2, 3], [4, 5, 6]]


def test_short_paragraphs_are_read_on_into_each_other() -> None:
    assert numbers("One.\n\nTwo. Three.\n\nFour.\n\nFive.", size=3, overlap=1) == [[0, 1, 2], [2, 3, 4]]


def test_a_short_paragraph_between_long_ones_stands_alone() -> None:
    assert numbers("One. Two.\n\nThree.\n\nFour. Five.", size=2, overlap=0) == [[0, 1], [2], [3, 4]]


@pytest.mark.parametrize(("size", "overlap"), [(0, 0), (2, 2), (2, 3), (2, -1)])
def test_sizes_that_make_no_sense_are_refused(size: int, overlap: int) -> None:
    with pytest.raises(ValueError, match=f"{size=}"):
        make_passages("A.", Interview.from_text("A.").sentences, size, overlap)


@given(st.lists(st.integers(1, 9), min_size=1, max_size=8), st.integers(1, 6), st.data())
def test_every_sentence_is_in_a_passage_that_is_a_slice(lengths: list[int], size: int, data: st.DataObject) -> None:
    overlap = data.draw(st.integers(0, size - 1))
    text = "\n\n".join(" ".join(f"Sentence {n}." for n in range(length)) for length in lengths)
    sentences = Interview.from_text(text).sentences
    passages = make_passages(text, sentences, size, overlap)
    assert {s for p in passages for s in p.sentences} == set(sentences)
    assert all(text[p.start : p.end] == p.text for p in passages)
    assert all(1 <= len(p.sentences) <= size for p in passages)
    assert [p.start for p in passages] == sorted({p.start for p in passages})
