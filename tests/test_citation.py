from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa import Candidate, Passage, Sentence, cite
from qa.citation import quoted

SENTENCE = Sentence("We sold the boat in 1974.", 9, 34, 8, 3, "Anna Berg", 751.4, 2)
PASSAGE = Passage(SENTENCE.text, 9, 34, (SENTENCE,))
CANDIDATE = Candidate("1974", 29, 33, SENTENCE, PASSAGE, 0.5, 0.8, 0, "Talk on the quay")


def test_all_that_is_known() -> None:
    assert cite(CANDIDATE) == (
        "“We sold the boat in 1974.” (Anna Berg, “Talk on the quay”, 12:31, page 2, paragraph 4)"
    )


@pytest.mark.parametrize(
    ("known", "place"),
    [
        ({}, "“T”, paragraph 4"),
        ({"time": 0.0}, "“T”, 0:00, paragraph 4"),
        ({"page": 7}, "“T”, page 7, paragraph 4"),
        ({"speaker": "Q"}, "Q, “T”, paragraph 4"),
    ],
)
def test_what_is_not_known_is_left_out(known: dict, place: str) -> None:
    sentence = replace(SENTENCE, **{"speaker": None, "time": None, "page": None, **known})
    assert cite(replace(CANDIDATE, sentence=sentence, title="T")) == f"“We sold the boat in 1974.” ({place})"


def test_without_a_title_none_is_made_up() -> None:
    sentence = replace(SENTENCE, speaker=None, time=None, page=None)
    assert cite(replace(CANDIDATE, sentence=sentence, title="")) == "“We sold the boat in 1974.” (paragraph 4)"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "no".', '“He said "no".”'),
        ("I didn’t.", "“I didn’t.”"),
        ("“I didn’t,” he said.", "‘“I didn’t,” he said.’"),
        ("„Ja“, sagte er.", "‘„Ja“, sagte er.’"),
        ("I was there,” he said.", "‘I was there,” he said.’"),
        ("“He cried ‘no’.”", "«“He cried ‘no’.”»"),
        ("“‘«»", "““‘«»”"),
    ],
)
def test_marks_that_the_text_holds_are_not_put_around_it(text: str, expected: str) -> None:
    assert quoted(text) == expected


@given(st.text(min_size=1))
def test_the_sentence_is_letter_for_letter(text: str) -> None:
    cited = cite(replace(CANDIDATE, sentence=replace(SENTENCE, text=text)))
    assert cited[1 : 1 + len(text)] == text
    assert cited[len(text) + 2 :].startswith(" (Anna Berg, ")
