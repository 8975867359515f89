from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa import Answer, Candidate, Interview, Pipeline
from web import render

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
    shown = render.interview(Interview.from_text(HOSTILE, title="<b>T</b>"))
    assert html.unescape(re.sub(r"<[^>]+>", "", shown)) == "<b>T</b>" + HOSTILE
    assert "<script" not in shown
    assert "<img" not in shown


def test_the_pane_holds_the_whole_text_with_numbers() -> None:
    text = "  One. Two.\n\n* * *\n\nThree &\n\n---"
    shown = render.interview(Interview.from_text(text, title="T"))
    assert shown == (
        '<h2 id="tx-title">T</h2>'
        '<p class="para" data-n="1"><span class="s" id="s0" data-place="paragraph 1, sentence 1">One.</span> '
        '<span class="s" id="s1" data-place="paragraph 1, sentence 2">Two.</span></p>'
        '<p class="rule">* * *</p>'
        '<p class="para" data-n="2"><span class="s" id="s2" data-place="paragraph 2, sentence 3">Three &amp;</span></p>'
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
    assert 'href="#s10"' in shown
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
    assert words in render.answer(Answer("?", confidence, (candidate,), True))


def test_a_wait_says_how_far_it_is_once_it_knows() -> None:
    assert "%" not in render.pending(0)
    assert "40 %" in render.pending(0.4)


def test_a_failure_is_told_in_place_of_the_answer() -> None:
    assert "&lt;b&gt;" in render.failed("<b>").replace("&#60;", "&lt;").replace("&#62;", "&gt;")


def test_notices_are_escaped_and_empty_ones_show_nothing() -> None:
    assert render.notice("") == ""
    assert render.notice("<b>") == '<p role="alert">&lt;b&gt;</p>'
