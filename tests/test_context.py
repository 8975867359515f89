"""What a question is understood as after another, over an asker of the test's own."""

from __future__ import annotations

from qa import Answer, Candidate, Interview
from qa.context import answer_after

TALK = Interview.from_text(
    "We sold the boat in 1974 to a doctor. Bo said that it was sold in May. We sold it because winters were hard."
)


def found(words: str, confidence: float = 0.8, threshold: float = 0.35) -> Answer:
    start = TALK.text.index(words)
    sentence = next(s for s in TALK.sentences if s.start <= start < s.end)
    candidate = Candidate(words, start, start + len(words), sentence, TALK.passages[0], 0.5, confidence)
    return Answer("?", confidence, (candidate,), confidence >= threshold)


class Asker:
    """Gives the answers that it was told to give, and notes what it was asked."""

    def __init__(self, **answers: Answer) -> None:
        self.answers = answers
        self.asked: list[str] = []

    def __call__(self, question: str, without: Answer | None) -> Answer:
        self.asked.append(question)
        return self.answers.get(question.split()[0].lower(), found("1974", 0.1))


def after(question: str, before: Answer, ask: Asker, before_question: str = "When was the boat sold?") -> Answer:
    before = Answer(before_question, before.confidence, before.candidates, before.answered)
    return answer_after(question, before, ask, lambda _, others: [0.0] * len(others))


def test_a_reason_in_the_sentence_that_answered_must_be_one() -> None:
    assert not after("why?", found("1974"), Asker(why=found("the boat")))
    assert after("why?", found("1974"), Asker(why=found("winters were hard")))


def test_of_a_pronoun_s_meanings_the_surer_is_taken() -> None:
    ask = Asker(who=found("a doctor", 0.5))
    answer = after("Who bought it?", found("1974"), ask)
    assert sorted(ask.asked) == ["Who bought it?", "Who bought the boat?"]
    assert (answer.text, answer.understood) == ("a doctor", None)  # equally sure, and so as it stands


def test_who_said_so_needs_somebody_who_says_it() -> None:
    said = after("who said so?", found("in May"), Asker(who=found("Bo", 0.9)))
    assert (said.text, said.confidence) == ("Bo", 0.8)
    assert said.understood == "Who said “Bo said that it was sold in May.”?"
    ask = Asker()
    unsaid = after("who said so?", found("1974"), ask)
    assert not unsaid
    assert ask.asked == []
    assert not after("who said so?", found("1974", 0.1), ask)  # nothing was said
