from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa import Answer, Candidate, Interview, Passage, Pipeline, Sentence
from web import render, render_pane

HOSTILE = (
    "<script>alert(1)</script> <img src=x onerror=alert(1)> **bold** `code` [a](http://x.y) ![i](http://x.y/i.png) "
    "$$x^2$$ ${alert(1)} {{value}} &amp; http://www.x.y # h ~~s~~ <!-- \" ' | a | b |"
)


@given(st.text() | st.sampled_from([HOSTILE]))
def test_what_is_escaped_for_the_chat_reads_as_it_was(text: str) -> None:
    escaped = render.escape_chat(text)
    assert html.unescape(escaped) == " ".join(text.split()) or "\0" in text or _is_not_html(text)
    assert not set(escaped) & set("<>*_`[]{}$\\~|\"'")


def _is_not_html(text: str) -> bool:
    """Whether html.unescape itself changes a character of the text, as it does for some control characters."""
    return any(html.unescape(f"&#{ord(c)};") != c for c in text)


def test_hostile_text_shows_as_typed_in_the_pane() -> None:
    shown = render_pane.interview(Interview.from_text(HOSTILE, title="<b>T</b>"))
    assert html.unescape(re.sub(r"<[^>]+>", "", shown)) == "<b>T</b>" + HOSTILE
    assert "<script" not in shown
    assert "<img" not in shown


def test_the_pane_holds_the_whole_text_with_numbers() -> None:
    text = "  One. Two.\n\n* * *\n\nThree &\n\n---"
    shown = render_pane.interview(Interview.from_text(text, title="T"))
    assert shown == (
        '<h2 id="tx-title" data-number="0">T</h2>'
        '<p class="para" data-n="1"><span class="s" id="i1-s1">One.</span> '
        '<span class="s" id="i1-s2">Two.</span></p>'
        '<p class="rule">* * *</p>'
        '<p class="para" data-n="2"><span class="s" id="i1-s3">Three &amp;</span></p>'
        '<p class="rule">---</p>'
    )


def test_an_answer_inside_a_sentence_is_stronger_than_its_mark(interview: Interview) -> None:
    sentence, passage = interview.sentences[10], interview.passages[4]
    start = interview.text.index("three years ago")
    candidate = Candidate("three years ago", start, start + 15, sentence, passage, 0.5, 0.8)
    shown = render.answer(Answer("When?", 0.8, (candidate,), True))
    assert '<p class="ans">three years ago</p>' in shown
    assert "<mark>Seres began collaborating with Huawei <strong>three years ago</strong> in the field" in shown
    assert "High confidence, 80 %" in shown
    assert 'href="#i1-s11"' in shown
    assert "\n" not in shown


def test_every_passage_of_an_answer_keeps_its_paragraphs(pipeline: Pipeline) -> None:
    shown = render.answer(pipeline.answer("When did Seres begin to work with Huawei?"))
    quote = re.search(r'<blockquote class="src">(.*?)</blockquote>', shown)
    assert quote
    assert quote[1].count("<p>") == 2
    assert quote[1].count("<mark>") == 1
    assert "4 other passages" in shown


def test_no_answer_looks_different_and_offers_what_is_near(pipeline: Pipeline) -> None:
    shown = render.answer(pipeline.answer("What does the car cost?"))
    assert "none-box" in shown
    assert "The interview does not answer this." in shown
    assert "<details open><summary>3 nearest passages</summary>" in shown
    assert "blockquote" not in shown


@pytest.mark.parametrize(
    ("confidence", "words"),
    [
        (1.0, "High confidence, 100 %"),
        (0.75, "High"),
        (0.749, "Medium"),
        (0.5, "Medium"),
        (0.3, "Low confidence, 30 %"),
    ],
)
def test_confidence_in_words(interview: Interview, confidence: float, words: str) -> None:
    s = interview.sentences[0]
    candidate = Candidate(s.text, s.start, s.end, s, interview.passages[0], 0.5, confidence)
    shown = render.answer(Answer("?", confidence, (candidate,), True))
    assert words in shown
    assert (render.UNSURE in shown) == (confidence < 0.5)


def test_a_wait_says_how_far_it_is_once_it_knows() -> None:
    assert "%" not in render.pending(0)
    assert "40 %" in render.pending(0.4)


def test_a_failure_is_told_in_place_of_the_answer() -> None:
    assert "&lt;b&gt;" in render.failed("<b>").replace("&#60;", "&lt;").replace("&#62;", "&gt;")


def test_notices_are_escaped_and_empty_ones_show_nothing() -> None:
    assert render_pane.notice("") == ""
    assert render_pane.notice("<b>") == '<p role="alert">&lt;b&gt;</p>'


TALK = Interview.from_text(
    "[00:12] Q: Where were you born? And when?\n[00:19] <b>A</b>: In Bergen. It rained.\n\n[00:40] A: I was cold.\n",
    title="<i>Talk</i>",
)


def test_the_pane_says_who_speaks_and_when() -> None:
    sentences = TALK.sentences
    turns = re.findall(r'<p class="turn">(.*?)</p>', render_pane.interview(TALK))
    named = [turn for turn in turns if "<b>" in turn]
    assert named[0] == f"<b>{render.escape(sentences[0].speaker or '')}</b> <time>0:12</time>"
    assert turns[-1].endswith("<time>0:40</time>")
    assert "<b>A</b>:" not in render_pane.interview(TALK)


def test_a_new_page_and_a_new_speaker_show_inside_a_paragraph_too() -> None:
    first, second = (
        Sentence("One.", 0, 4, 0, 0, speaker="A", page=1),
        Sentence("Two.", 5, 9, 1, 0, speaker="<B>", page=2),
    )
    shown = render_pane.interview(Interview("One. Two.", "T", (first, second)))
    assert '<p class="page">Page 1</p><p class="turn"><b>A</b></p>' in shown
    assert '<span class="page">Page 2</span> <b class="who">&lt;B&gt;:</b> <span class="s" id="i1-s2">Two.' in shown


def answer_from(interview: Interview, number: int, index: int) -> Answer:
    sentence = interview.sentences[index]
    passage = next(p for p in interview.passages if sentence in p.sentences)
    span = (sentence.text, sentence.start, sentence.end)
    candidate = Candidate(*span, sentence, passage, 0.5, 0.8, number, interview.title)
    return Answer("?", 0.8, (candidate, candidate), True)


def test_who_is_not_known_is_told_apart_from_who_spoke_before() -> None:
    said = [Sentence("I did.", 0, 6, 0, 0, speaker="Anna"), Sentence("No, I did.", 7, 17, 1, 1)]
    assert [render.new_speaker(s.speaker, before) for s, before in zip(said, (None, "Anna"), strict=True)] == [
        "Anna",
        "Unknown speaker",
    ]
    assert render.new_speaker(None, None) is None


def test_a_quote_has_its_question_and_its_speakers() -> None:
    question = Sentence("Born where?", 0, 11, 0, 0, speaker="Q")
    reply = Sentence("In Bergen.", 13, 23, 1, 1, speaker="*A*", time=19.0)
    interview = Interview("Born where?\n\nIn Bergen.", "T", (question, reply))
    passage = Passage("In Bergen.", 13, 23, (reply,), (question,))
    candidate = Candidate("In Bergen.", 13, 23, reply, passage, 0.5, 0.8, 0, interview.title)
    shown = render.answer(Answer("?", 0.8, (candidate,), True))
    assert '<p class="asked"><b class="who">Q:</b> Born where?</p><p><b class="who">&#42;A&#42;:</b> <mark>' in shown
    assert "*A*, 0:19, paragraph 2, sentence 2" in html.unescape(shown)


def test_an_interview_is_named_where_there_are_several() -> None:
    found = answer_from(TALK, 1, 0)
    assert 'class="from"' not in render.answer(found)
    shown = render.answer(found, ["Other", TALK.title])
    assert '<span class="from">&#60;i&#62;Talk' in shown
    assert 'href="#i2-s1"' in shown
    assert '<span class="whence">&#60;i&#62;Talk' in shown
    declined = render.answer(Answer("?", 0.1, found.candidates, False), ["Other", TALK.title])
    assert "The interviews do not answer this." in declined


def test_a_quote_is_copied_letter_for_letter() -> None:
    text = 'He said  "x & y"\nand left.'
    sentence = Sentence(text, 0, len(text), 0, 0)
    passage = Passage(text, 0, len(text), (sentence,))
    candidate = Candidate(text, 0, len(text), sentence, passage, 0.5, 0.8, 0, "T")
    shown = render.answer(Answer("?", 0.8, (candidate,), True))
    value = re.search(r'class="copyq" value="(.*?)"', shown)
    assert value
    assert html.unescape(value[1]) == f"“{text}” (“T”, paragraph 1)"
    assert "\n" not in shown


def test_further_answers_are_told_as_answers_with_their_places_and_quotes_to_take_along() -> None:
    sentences = tuple(Sentence(f"Sold in 19{n}.", 0, 13, n, n) for n in range(3))
    candidates = tuple(
        Candidate(f"19{n}", 8, 11, s, Passage(s.text, 0, 13, (s,)), 0.5, 0.9 - n / 10, 0, "T")
        for n, s in enumerate(sentences)
    )
    shown = html.unescape(render.answer(Answer("When?", 0.9, candidates, True, candidates[1:2])))
    best, also, others = re.split('class="also"|<details', shown)
    assert "Also said" in also
    assert "<strong>191</strong>" in also
    assert "Paragraph 2, sentence 2" in also
    assert "“Sold in 191.” (“T”, paragraph 2)" in also
    assert "1 other passage" in others
    assert "Paragraph 3, sentence 3" in others
    assert "Sold in 191" not in best + others


@pytest.mark.parametrize(
    ("chosen", "words"),
    [((), "all 3 interviews"), ((1,), "&lt;b&gt;"), ((0, 2), "2 of 3 interviews"), ((0, 1, 2), "all 3 interviews")],
)
def test_the_chooser_says_what_is_asked(chosen: tuple[int, ...], words: str) -> None:
    shown = render_pane.chooser(["A", "<b>", "C"], chosen)
    assert f"Asking <b>{words}</b>" in shown
    assert shown.count(" checked") == max(len(chosen), 1)
    assert "search" not in shown


def test_one_interview_needs_no_choice_and_many_can_be_searched() -> None:
    assert render_pane.chooser(["A"]) == ""
    assert "<select" not in render_pane.head(["A"])
    assert 'type="search"' in render_pane.chooser(["A"] * 11)
    assert '<option value="1" selected>&lt;b&gt;</option>' in render_pane.head(["A", "<b>"], 1)
    assert 'value="1" aria-label="Last opened: &lt;b&gt;" hidden' in render_pane.head(["A", "<b>"], 1)
    assert "Last opened" not in render_pane.head(["A", "<b>"])
    assert "1,000 interviews" in render_pane.brand(["A"] * 1000)


def test_what_was_not_opened_is_told_and_escaped() -> None:
    assert render_pane.opened("") == ""
    assert 'role="status">&lt;b&gt;</p>' in render_pane.opened("<b>")
    shown = render_pane.opened("", ["<b>", *"abcdefg"])
    assert "8 files were not opened" in shown
    assert "<li>g</li><li>3 more could not be opened.</li>" in shown
    assert "<li>&lt;b&gt;</li>" in render_pane.opened("", ["<b>"])
