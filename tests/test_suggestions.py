"""Questions to begin with and to go on with, over an asker of the test's own."""

from __future__ import annotations

from qa import Answer, Candidate, Interview
from qa.suggestions import KEPT, SURE, TRIED, leading_on, suggestions

TALK = """
Q: Where were you born, and when did you leave?
A: I was born in Bergen. We left in 1974.
Q: Why?
A: Nobody needed boats any more.
Q: Who taught you to play the violin?
A: My grandmother did.
"""


class Asker:
    """Answers each question with a sentence of its own, as sure as it is told to be."""

    def __init__(self, interview: Interview, confidence: float = SURE) -> None:
        self.interview, self.confidence = interview, confidence
        self.asked: list[str] = []

    def __call__(self, question: str) -> Answer:
        sentences = self.interview.sentences
        sentence = sentences[len(self.asked) % len(sentences)]
        self.asked.append(question)
        found = Candidate(
            sentence.text, sentence.start, sentence.end, sentence, self.interview.passages[0], 0.5, self.confidence
        )
        return Answer(question, self.confidence, (found,), True)


def test_the_interviewer_s_own_questions_come_first_where_they_stand_alone() -> None:
    interview = Interview.from_text(TALK)
    found = suggestions(interview.sentences, Asker(interview))
    assert found[:2] == ["Where were you born, and when did you leave?", "Who taught you to play the violin?"]
    assert "Why?" not in found


def test_else_they_are_made_of_what_the_text_names() -> None:
    interview = Interview.from_text("Then Anna Berg left for Oslo. Anna Berg came back to Oslo in June by boat.")
    asker = Asker(interview)
    found = suggestions(interview.sentences, asker)
    assert {"Who is Anna Berg?", "What is said about Oslo?"} <= set(asker.asked)
    assert "Who is Oslo?" not in asker.asked
    assert found
    assert not any("June" in question for question in asker.asked)


def test_only_what_is_answered_surely_and_not_without_end() -> None:
    names = " ".join(f"Then {a}{b}a Berg{b} spoke." for a in "ABCDEFG" for b in "ehinoruy")
    interview = Interview.from_text(names)
    assert suggestions(interview.sentences, Asker(interview, SURE - 0.01)) == []
    asker = Asker(interview)
    assert 0 < len(suggestions(interview.sentences, asker)) <= KEPT
    assert len(asker.asked) <= TRIED


def test_what_leads_on_is_near_and_was_not_asked() -> None:
    pool = ["Who is Anna?", "Where is Oslo?", "Who is Bo?"]
    assert leading_on(pool, [], [0.1, 0.9, 0.5], most=2) == ["Where is Oslo?", "Who is Bo?"]
    assert leading_on(pool, ["where is oslo"], [0.1, 0.9, 0.5]) == ["Who is Bo?", "Who is Anna?"]
    assert leading_on([], [], []) == []
