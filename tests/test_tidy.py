"""The bounds of a span."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.tidy import tidy, whole_words


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
        ("It was Jose\u0301 Alves who sold it.", "os", "Jose\u0301"),
        ("It was Jose\u0301 Alves who sold it.", "Alves", "Alves"),
        ("वह हिन्दी में लिखता था।", "न्", "हिन्दी"),
        ("We met with joy ❤\ufe0f Anna and Bo.", "Anna", "Anna"),
        ("We sold it to AT&T in the spring.", "T in", "AT&T in"),
        ("Buy a pen & ink for it.", "pen", "pen"),
        ("I wrote it in C++ and in C# at home.", "C", "C++"),
        ("I wrote it in C++ and in C# at home.", "C#", "C#"),
        ("It is a+b that we need there.", "a", "a"),
        ("It was made in the U.S. long ago.", "S", "U.S."),
        ("They flew to the U.S.A by night.", "U", "U.S.A"),
        ("It has version 1.2.", "1.2", "1.2"),
        ("We sold to an old firm (Norway) and to Sweden, too.", "Norway) and to Sweden", "(Norway) and to Sweden"),
        ("In the end we left for Oslo (the old capital) by night.", "Oslo (the old", "Oslo (the old capital)"),
        ('In that year they said "never again" to us all.', 'again" to us', '"never again" to us'),
        ("In that year they said ‘never again’ to us all.", "again’ to us", "‘never again’ to us"),
        (
            "It was a boat (of the boys’ father [long dead]) that we sold.",
            "dead]) that",
            "(of the boys’ father [long dead]) that",
        ),
        ("They “never once in all the years of my life” said so, he told.", "life” said", "life” said"),
        ("We left Norway) and Sweden for good.", "Norway) and", "Norway) and"),
        ("It was the boys’ boat that we sold in May.", "boys’ boat", "boys’ boat"),
        ("The man was 5'10\" tall and hers was 6'2\" in all.", '10" tall', "5'10\" tall"),
    ],
)
def test_tidy(sentence: str, found: str, expected: str) -> None:
    start = sentence.index(found)
    a, b = tidy(sentence, start, start + len(found))
    assert sentence[a:b] == expected


def is_inside_a_word(text: str, at: int) -> bool:
    """Whether a letter or a digit, with the marks that combine with it, goes on at this place."""
    marks = "".join(sign for sign in set(text) if unicodedata.category(sign).startswith("M"))
    return text[:at].rstrip(marks)[-1:].isalnum() and at < len(text) and (text[at].isalnum() or text[at] in marks)


@given(
    st.text(st.one_of(st.characters(), st.sampled_from('ae1 \u0301\u0308("')), min_size=1, max_size=60),
    st.integers(0, 60),
    st.integers(0, 60),
)
def test_tidy_stays_inside_and_says_something(sentence: str, a: int, b: int) -> None:
    start, end = sorted((min(a, len(sentence)), min(b, len(sentence))))
    first, last = tidy(sentence, start, end)
    assert 0 <= first < last <= len(sentence)
    if (first, last) != (0, len(sentence)):
        assert not is_inside_a_word(sentence, first)
        assert not is_inside_a_word(sentence, last)


@pytest.mark.parametrize(
    ("sentence", "found", "expected"),
    [
        ("We sold it to AT&T in 1974.", "&T in 19", "AT&T in 1974"),
        ("Did Jose\u0301 leave?", "os", "Jose\u0301"),
        ("It rained, she said.", " rained, ", " rained, "),
    ],
)
def test_words_that_are_cut_are_taken_whole_and_nothing_else(sentence: str, found: str, expected: str) -> None:
    start = sentence.index(found)
    a, b = whole_words(sentence, start, start + len(found))
    assert sentence[a:b] == expected
