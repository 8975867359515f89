from __future__ import annotations

import json
from dataclasses import FrozenInstanceError, fields

import pytest

from qa import Pipeline, Sentence
from qa.datatypes import clock
from qa.records import AnswerRecord, CandidateRecord, PassageRecord, SentenceRecord


def test_a_place_names_what_is_known() -> None:
    assert Sentence("x", 0, 1, 8, 3).place == "paragraph 4, sentence 9"
    assert Sentence("x", 0, 1, 8, 3, "Anna Berg", 751.0).place == "Anna Berg, 12:31, paragraph 4, sentence 9"
    assert Sentence("x", 0, 1, 0, 0, None, 0.0).place == "0:00, paragraph 1, sentence 1"


def test_hours_are_shown_where_there_are_some() -> None:
    assert [clock(s) for s in (0, 59.9, 60, 3599, 3661)] == ["0:00", "0:59", "1:00", "59:59", "1:01:01"]


def test_values_are_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        Sentence("x", 0, 1, 0, 0).text = "y"  # type: ignore[misc]


@pytest.mark.parametrize("question", ["Where is the IT center?", "What does the car cost?"])
def test_an_answer_is_json_that_says_the_same(pipeline: Pipeline, question: str) -> None:
    answer = pipeline.answer(question)
    record = json.loads(json.dumps(answer.to_dict()))
    assert set(record) == set(AnswerRecord.__annotations__)
    assert (record["text"], record["answered"], record["confidence"]) == (answer.text, bool(answer), answer.confidence)
    assert set(record["candidates"][0]) == set(CandidateRecord.__annotations__)
    assert set(record["candidates"][0]["passage"]) == set(PassageRecord.__annotations__)
    sentence = record["candidates"][0]["sentence"]
    assert set(sentence) == set(SentenceRecord.__annotations__) == {f.name for f in fields(Sentence)} | {"place"}
    assert record["sentence"] == (sentence if answer else None)
    assert [c["confidence"] for c in record["candidates"]] == [c.confidence for c in answer.candidates]
