"""What the program does with questions about the bundled interview; they are judged by, never tuned on."""

from __future__ import annotations

from qa import Pipeline


def test_the_right_sentence_comes_first(pipeline: Pipeline, question_set: dict[str, list]) -> None:
    best = [(pipeline.answer(e["question"]).candidates[0], e["sentences"]) for e in question_set["answered"]]
    right = [candidate.sentence.text in sentences for candidate, sentences in best]
    assert len(right) >= 30
    assert sum(right) >= 35  # of 36


def test_most_of_them_are_shown(pipeline: Pipeline, question_set: dict[str, list]) -> None:
    answers = [(pipeline.answer(e["question"]), e["sentences"]) for e in question_set["answered"]]
    shown = [answer.sentence is not None and answer.sentence.text in sentences for answer, sentences in answers]
    assert sum(shown) >= 33  # of 36


def test_what_the_interview_does_not_say_is_not_answered(pipeline: Pipeline, question_set: dict[str, list]) -> None:
    assert len(question_set["unanswered"]) >= 10
    assert [q for q in question_set["unanswered"] if pipeline.answer(q)] == []


def test_the_set_names_sentences_of_the_interview(pipeline: Pipeline, question_set: dict[str, list]) -> None:
    texts = {s.text for s in pipeline.interview.sentences}
    assert all(set(entry["sentences"]) <= texts for entry in question_set["answered"])
