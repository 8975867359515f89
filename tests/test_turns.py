from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa import Interview
from qa.formats import Content, Mark
from qa.passages import make_passages

TALK = (
    ("Jane", "Where did you grow up?"),
    ("Anna", "In Bergen. My father fished. My mother taught. We had a boat. We had no lights."),
    ("Jane", "Right, I see."),
    ("Anna", "The quay burned. It was rebuilt."),
    ("Jane", "And you stayed?"),
    ("Anna", "Yes."),
    ("Jane", "Tell me of the day that you left the town."),
    ("Anna", "It rained. I took the train."),
)


def talk(*turns: tuple[str, str]) -> Interview:
    marks, text = [], ""
    for speaker, words in turns:
        text += "\n\n" if text else ""
        marks.append(Mark(len(text), speaker))
        text += words
    return Interview.from_content(Content(text, tuple(marks)), "Talk")


def described(*turns: tuple[str, str], size: int = 4, overlap: int = 2) -> list[tuple[str, str]]:
    """Of each passage what was asked, and its own words."""
    interview = talk(*turns)
    passages = make_passages(interview.text, interview.sentences, size, overlap)
    return [(" ".join(s.text for s in p.question), " ".join(s.text for s in p.sentences)) for p in passages]


def test_a_passage_keeps_to_one_question_and_its_reply() -> None:
    asked = "Where did you grow up?"
    assert described(*TALK) == [
        (asked, f"{asked} In Bergen. My father fished. My mother taught."),
        (asked, "My father fished. My mother taught. We had a boat. We had no lights."),
        (asked, "We had a boat. We had no lights. Right, I see. The quay burned."),
        (asked, "Right, I see. The quay burned. It was rebuilt."),
        ("And you stayed?", "And you stayed? Yes."),
        (
            "Tell me of the day that you left the town.",
            "Tell me of the day that you left the town. It rained. I took the train.",
        ),
    ]


def test_the_question_stands_in_front_of_a_later_piece_and_not_twice_in_the_first() -> None:
    first, later = talk(*TALK).passages[:2]
    assert [s.index for s in first.context] == [0, 1, 2, 3]
    assert [s.index for s in later.context] == [0, 2, 3, 4, 5]


def test_an_encoder_is_given_the_question_in_front_of_each_piece_of_its_reply() -> None:
    asked = "Jane: Where did you grow up?"
    assert talk(*TALK).to_embed()[:4] == [
        f"{asked} Anna: In Bergen. My father fished. My mother taught.",
        f"{asked} Anna: My father fished. My mother taught. We had a boat. We had no lights.",
        f"{asked} Anna: We had a boat. We had no lights. Jane: Right, I see. Anna: The quay burned.",
        f"{asked} Right, I see. Anna: The quay burned. It was rebuilt.",
    ]


def test_a_turn_of_a_word_or_two_starts_nothing() -> None:
    turns = ("Anna", "I left the firm."), ("Bo", "Why?"), ("Anna", "I was tired.")
    assert described(*turns) == [("", "I left the firm. Why? I was tired.")]


def test_a_request_of_few_words_asks_and_a_nod_does_not() -> None:
    turns = [("Jane", "Where did you grow up?"), ("Anna", "In the old town of Bergen, by the quay.")]
    turns += [("Jane", ""), ("Anna", "It burned down when I was nine years old.")]
    for words, asked in (("Tell me about the quay.", "Tell me about the quay."), ("Right, I see.", turns[0][1])):
        turns[2] = ("Jane", words)
        assert described(*turns)[-1][0] == asked


def test_a_question_that_leads_elsewhere_is_not_carried_on() -> None:
    turns = (
        ("Anna", "Who took the last train to Oslo?"),
        ("Bo", "I did."),
        ("Cay", "The soup is cold and the bread is old. Nobody ate. Nobody spoke. It was late."),
    )
    assert described(*turns)[-1] == (
        "",
        "The soup is cold and the bread is old. Nobody ate. Nobody spoke. It was late.",
    )


def test_of_a_long_question_the_end_is_carried() -> None:
    long = " ".join(f"This is part {n} of a long story that I tell before I ask." for n in range(9))
    passages = described(("Jane", f"{long} So where was it?"), ("Anna", "In Oslo. " * 9))
    question = passages[-1][0]
    assert question.endswith("So where was it?")
    assert len(question) <= 300


def test_of_two_questions_in_a_row_the_last_is_replied_to() -> None:
    turns = ("Anna", "Where was he born?"), ("Bo", "And when was that?"), ("Cay", "In Oslo.")
    assert described(*turns) == [("And when was that?", "Where was he born? And when was that? In Oslo.")]


def test_what_leads_to_a_question_of_the_same_turn_is_carried_with_it() -> None:
    turns = ("Jane", "You left Bergen. When was that?"), ("Anna", "In 1974. It rained.")
    assert described(*turns)[0][0] == "You left Bergen. When was that?"


SOLD = ("We sold the boat in 1974 and took the ferry to England", "It was called Inga, after my mother's sister")
ENDS = (
    ", right?",
    ", OK?",
    ", you know?",
    ", isn't it?",
    ", isn’t it?”",
    ", was it not?",
    " - you see?",
    ". Right?",
    ". What do you think of that?",
)


@pytest.mark.parametrize("end", ENDS)
def test_who_replies_with_a_tag_or_asks_back_is_no_interviewer(end: str) -> None:
    asked = "When did you leave?", "What was the boat called?", "Who bought it?"
    told = *(f"{words}{end}" for words in SOLD), "A man from Oslo bought it. His name was Bo Ek."
    turns = [turn for q, a in zip(asked, told, strict=True) for turn in (("Jane", q), ("Anna", a))]
    assert described(*turns) == [(q, f"{q} {a}") for q, a in zip(asked, told, strict=True)]


@pytest.mark.parametrize("end", ENDS)
def test_who_asks_back_once_still_replies(end: str) -> None:
    turns = ("Jane", "When did you leave?"), ("Anna", f"{SOLD[0]}{end}")
    assert described(*turns) == [("When did you leave?", f"When did you leave? {SOLD[0]}{end}")]


def test_a_question_within_an_answer_makes_no_interviewer() -> None:
    told = "And what did we do? We sold the boat.", "Who knows? It was a long time ago."
    turns = ("Jane", "And then?"), ("Anna", told[0]), ("Jane", "And where was it sold?"), ("Anna", told[1])
    assert described(*turns)[-1] == ("And where was it sold?", f"And where was it sold? {told[1]}")


def test_an_interviewer_may_ask_by_tags_alone() -> None:
    asked, told = (
        ("You left in 1974, didn't you?", "It was cold, right?"),
        ("Yes, it was in June.", "It rained. We left."),
    )
    turns = [turn for q, a in zip(asked, told, strict=True) for turn in (("Jane", q), ("Anna", a))]
    assert described(*turns) == [(q, f"{q} {a}") for q, a in zip(asked, told, strict=True)]


def test_where_all_ask_no_answer_goes_on_into_the_next_question() -> None:
    asked = "You left Bergen. When was that?", "So it was June. Where did you go?"
    told = "In June. Why do you ask?", "To Oslo. Have you been there?"
    turns = [turn for q, a in zip(asked, told, strict=True) for turn in (("Jane", q), ("Anna", a))]
    assert described(*turns) == [(q, f"{q} {a}") for q, a in zip(asked, told, strict=True)]


UNMARKED = (
    ("Tell me about the place that you come from.", "Bergen. My father fished there."),
    ("And when was that.", "In 1974. It rained a lot that summer."),
    ("You left the town after the fire of that year.", "Yes, by train. My sister went to England."),
)
"""Questions without a question mark, and their replies."""


@pytest.mark.parametrize(
    ("asker", "replier"),
    [
        ("Q", "A"),
        ("Q.", "A."),
        ("QUESTION", "ANSWER"),
        ("Interviewer", "Anna"),
        ("INTERVIEWER 2", "Speaker 3"),
        ("INT", "Bo"),
        ("Host", "Guest"),
        ("Moderator", "P4"),
        ("reporter", "The mayor"),
        ("Jane Doe (journalist)", "Anna Berg"),
        ("Facilitator (Jane Doe)", "Anna Berg"),
        ("I", "R"),
        ("I1", "P2"),
    ],
)
def test_where_no_question_mark_tells_who_asks_the_label_does(asker: str, replier: str) -> None:
    turns = [turn for asked, told in UNMARKED for turn in ((asker, asked), (replier, told))]
    turns[2:2] = [(asker, "Right, I see."), (replier, "He had a boat.")]
    told = [words for _, words in UNMARKED]
    told[0] += " Right, I see. He had a boat."
    assert described(*turns, size=9) == [(q, f"{q} {a}") for (q, _), a in zip(UNMARKED, told, strict=True)]


@pytest.mark.parametrize(
    ("first", "second"),
    [("Jane", "Anna"), ("Ivan", "Rosa"), ("I", "Anna"), ("Quentin", "A"), ("Ghost", "Intan"), ("Host", "Moderator")],
)
def test_names_do_not_tell_who_asks(first: str, second: str) -> None:
    turns = [turn for asked, told in UNMARKED for turn in ((first, asked), (second, told))]
    assert described(*turns, size=20) == [("", " ".join(words for _, words in turns))]


def test_where_question_marks_tell_who_asks_the_label_does_not() -> None:
    turns = [("Host", "Our guests met in the old town."), ("Jane", "Where did you grow up?"), ("Anna", "In Bergen.")]
    turns += [("Host", "It rained on the day that they met."), ("Anna", "It did."), ("Jane", "Who left it?")]
    words = " ".join(said for _, said in turns[1:5])
    assert described(*turns, size=9)[1] == (turns[1][1], words)


def test_labels_tell_it_in_a_text_too() -> None:
    text = "\n".join(f"Q: {asked}\nA: {told}" for asked, told in UNMARKED)
    passages = Interview.from_text(text).passages
    assert [[s.text for s in p.question] for p in passages] == [[asked] for asked, _ in UNMARKED]


def test_a_third_who_really_asks_is_replied_to() -> None:
    turns = [("Jane", "Where did you grow up?"), ("Anna", "In the old town of Bergen, by the quay.")] * 2
    turns += [("Bo", "And who lived there with you?"), ("Anna", "My sister. She was nine.")]
    assert described(*turns)[-1] == (turns[-2][1], f"{turns[-2][1]} {turns[-1][1]}")


def test_paragraphs_with_tags_are_no_interview() -> None:
    interview = Interview.from_text("It was cold, you know?\n\nWe left.\n\nWe sold it, right?\n\nIt rained.")
    assert [p.question for p in interview.passages] == [()] * len(interview.passages)


@pytest.mark.parametrize(
    "words", ["Where were you then?", "We left. And you?", "It was cold, right?", "It rained. " * 9]
)
def test_a_long_conversation_is_cut_in_good_time(words: str) -> None:
    turns = [("Anna", words), ("Bo", words)] * 10_000 + [("Anna", "It rained a lot. " * 20_000), ("Bo", words)]
    interview = talk(*turns)
    start = time.perf_counter()
    assert interview.passages
    assert time.perf_counter() - start < 10  # seconds; by the square it would be many minutes


def test_questions_that_are_paragraphs_of_their_own_need_no_speaker() -> None:
    text = "# Anna\n\n**What time did you get up?**\n\nAt four. It was dark.\n\n**And your wife?**\n\nShe left."
    interview = Interview.from_text(text)
    assert [s.text for s in interview.sentences][:2] == ["Anna", "What time did you get up?"]
    assert [([s.text for s in p.question], len(p.sentences)) for p in interview.passages] == [
        ([], 1),
        (["What time did you get up?"], 3),
        (["And your wife?"], 2),
    ]


@given(
    st.lists(
        st.tuples(
            st.sampled_from("ABC"), st.lists(st.sampled_from(["Yes.", "Who?", "It was a long day."]), min_size=1)
        ),
        min_size=1,
        max_size=12,
    ),
    st.integers(1, 5),
)
def test_every_sentence_is_in_a_passage_and_no_question_comes_after_its_reply(
    turns: list[tuple[str, list[str]]], size: int
) -> None:
    interview = talk(*((speaker, " ".join(words)) for speaker, words in turns))
    passages = make_passages(interview.text, interview.sentences, size, size - 1)
    assert {s.index for p in passages for s in p.sentences} == {s.index for s in interview.sentences}
    assert all(interview.text[p.start : p.end] == p.text for p in passages)
    assert all(s.index < p.sentences[-1].index for p in passages for s in p.question)


QUESTIONS = "Where did you grow up?", "Tell me about the fire.", "And you stayed there?", "You left. When was that?"
REPLIES = st.lists(st.sampled_from(["Yes.", "It was a long day.", "We sold it in 1974."]), min_size=1, max_size=5)


@given(
    st.lists(
        st.tuples(st.sampled_from(QUESTIONS), REPLIES, st.sampled_from(["", "Really?", "Right, I see."]), REPLIES),
        min_size=1,
        max_size=5,
    ),
    st.integers(1, 5),
    st.data(),
)
def test_no_passage_goes_on_into_a_new_question(
    parts: list[tuple[str, list[str], str, list[str]]], size: int, data: st.DataObject
) -> None:
    turns: list[tuple[str, str]] = []
    part_of: list[int] = []  # each sentence
    for number, (question, told, nod, more) in enumerate(parts):
        said = [("Interviewer", question), ("Anna", " ".join(told))]
        said += [("Interviewer", nod), ("Anna", " ".join(more))] if nod else []
        turns += said
        part_of += [number] * sum(words.count(".") + words.count("?") for _, words in said)
    interview = talk(*turns)
    assert len(interview.sentences) == len(part_of)
    for passage in make_passages(interview.text, interview.sentences, size, data.draw(st.integers(0, size - 1))):
        (number,) = {part_of[s.index] for s in passage.sentences}
        if any(s.speaker == "Anna" for s in passage.sentences):
            assert " ".join(s.text for s in passage.question) == parts[number][0]


@pytest.mark.parametrize("speaker", ["Anna", None])
def test_one_speaker_alone_is_no_conversation(speaker: str | None) -> None:
    interview = Interview.from_content(Content("It rained. We left. Why? I forgot.", (Mark(0, speaker),)), "Talk")
    assert [p.text for p in interview.passages] == [interview.text]
