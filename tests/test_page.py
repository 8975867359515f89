"""The page in a browser without a screen, as a person meets it."""

# ruff: noqa: F401, F811 (fixtures are imported, and are arguments)
from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browsing import DESKTOP, PHONE, TABLET, ask, browser, visit
from tests.servers import Server, serving
from tests.test_render import HOSTILE

ASKED = "When did Seres begin to work with Huawei?"
WORDS = "three years ago"
SENTENCE = "Seres began collaborating with Huawei three years ago in the field of intelligence."
UNSAID = "What does the car cost?"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("hostile")
    path = folder / "<b>talk.txt"
    path.write_text(f"Where is it? It is here: {HOSTILE}\n\nThe dog barked.\n", encoding="utf-8")
    with serving(folder, str(path)) as server:
        yield server
        assert server.beyond() == []


@pytest.mark.parametrize("screen", [DESKTOP, TABLET], ids=["desktop", "tablet"])
def test_an_answer_has_its_words_its_passage_and_its_place(
    site: Server, visit: Callable[..., Page], screen: dict[str, int]
) -> None:
    page = visit(site.url, viewport=screen)
    assert page.evaluate("document.documentElement.scrollWidth") <= screen["width"]
    assert page.title() == "Ask the interview – Interview with Leon He, Executive President of Seres Auto"
    answer = ask(page, ASKED)
    expect(answer.locator(".ans")).to_have_text(WORDS)
    expect(answer.locator("blockquote mark")).to_have_text(SENTENCE)
    expect(answer.locator("blockquote mark strong")).to_have_text(WORDS)
    expect(answer.locator(".meta")).to_contain_text("confidence")
    expect(answer.locator(".meta")).to_contain_text("Paragraph 6, sentence 11")
    expect(page.locator("#tx .s.hit")).to_have_text(SENTENCE)
    expect(page.locator("#tx .s.hit")).to_be_in_viewport()
    expect(page.locator("#ask textarea")).to_have_value("")
    expect(page.locator("#chat .user-row").last).to_contain_text(ASKED)


def test_what_the_interview_does_not_say_looks_different(site: Server, visit: Callable[..., Page]) -> None:
    page = visit(site.url)
    ask(page, ASKED)
    answer = ask(page, UNSAID)
    expect(answer.locator(".none-box .ans")).to_have_text("The interview does not answer this.")
    expect(answer.locator("blockquote")).to_have_count(0)
    expect(answer.locator("details li")).to_have_count(3)
    expect(answer.locator("details li").first).to_be_visible()
    expect(page.locator("#tx .s.hit")).to_have_count(0)


def test_jumping_to_the_source_and_to_other_passages(site: Server, visit: Callable[..., Page]) -> None:
    page = visit(site.url)
    answer = ask(page, ASKED)
    answer.locator("summary").click()
    other = answer.locator("details a.jump").last
    text = other.inner_text()
    other.click()
    expect(page.locator("#tx .s.hit")).to_have_text(text)
    expect(page.locator("#tx .s.hit")).to_be_in_viewport()
    answer.get_by_text("Show in interview").click()
    expect(page.locator("#tx .s.hit")).to_have_text(SENTENCE)
    expect(page.locator("#tx .s.hit")).to_be_focused()


def test_the_same_source_twice_is_shown_twice(site: Server, visit: Callable[..., Page]) -> None:
    page = visit(site.url)
    ask(page, ASKED)
    page.locator("#tx").evaluate("e => { e.scrollTop = 0; e.querySelector('.hit').classList.remove('hit'); }")
    ask(page, ASKED)
    expect(page.locator("#tx .s.hit")).to_be_in_viewport()


def test_a_quote_is_copied_with_its_citation(site: Server, visit: Callable[..., Page]) -> None:
    page = visit(site.url, permissions=["clipboard-read", "clipboard-write"])
    answer = ask(page, ASKED)
    answer.get_by_text("Copy quote").first.dblclick()
    expect(answer.get_by_text("Copied")).to_be_visible()
    expect(answer.get_by_text("Copy quote").first).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == (
        f"“{SENTENCE}” (“Interview with Leon He, Executive President of Seres Auto”, paragraph 6)"
    )


def test_example_questions_are_buttons(site: Server, visit: Callable[..., Page]) -> None:
    page = visit(site.url)
    examples = page.locator("#chat .example")
    expect(examples).to_have_count(4)
    examples.first.click()
    expect(page.locator("#chat .qa .ans")).to_have_text("95,000", timeout=60_000)
    expect(examples).to_have_count(0)


def test_what_is_half_typed_stays_in_the_box_when_a_question_on_a_button_is_asked(
    site: Server, visit: Callable[..., Page]
) -> None:
    page = visit(site.url)
    box, rows = page.locator("#ask textarea"), page.locator("#chat .user-row")
    example = page.locator("#chat .example").first
    expect(example).to_be_visible()
    box.fill("And what")
    example.click()
    expect(page.locator("#chat .qa:not(.wait)")).to_have_count(1, timeout=60_000)
    expect(box).to_have_value("And what")
    ask(page, ASKED)
    ask(page, "and in Europe?")
    box.fill("And what")
    page.locator("#chat .astyped").last.click()
    expect(page.locator("#chat .qa:not(.wait)")).to_have_count(4, timeout=60_000)
    expect(rows.last).to_contain_text("and in Europe?")
    expect(box).to_have_value("And what")
    expect(box).to_be_focused()


@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_question_comes_to_the_top_with_its_answer(site: Server, visit: Callable[..., Page], screen: dict) -> None:
    page = visit(site.url, viewport=screen)
    room = page.locator("#chat .panel-wrap")
    for question in (ASKED, UNSAID, ASKED):
        room.evaluate("e => { e.scrollTop = 0; }")  # a person reads further up meanwhile
        answer = ask(page, question)
        page.wait_for_function(
            "() => { const room = document.querySelector('#chat .panel-wrap'), frame = room.getBoundingClientRect();"
            " const row = [...document.querySelectorAll('#chat .user-row')].at(-1).getBoundingClientRect();"
            " const isAtEnd = room.scrollTop + room.clientHeight > room.scrollHeight - 2;"
            " return Math.abs(row.top - frame.top) < 2 || (isAtEnd && row.top > frame.top); }"
        )
    fold = answer.locator("summary")
    fold.click()
    expect(answer.locator("details li").first).to_be_in_viewport()


def test_a_question_that_cannot_be_asked_stays_in_the_box(site: Server, visit: Callable[..., Page]) -> None:
    page = visit(site.url)
    page.locator("#ask textarea").fill("a" * 501)
    page.locator("#ask textarea").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("501 characters, and 500 is the most")
    expect(page.locator("#ask textarea")).to_have_value("a" * 501)
    page.locator("#ask textarea").fill("a" * 500)
    expect(page.get_by_role("alert")).to_have_count(0)  # while one types
    page.locator("#ask textarea").fill("a" * 501)
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("501 characters, and 500 is the most")
    page.locator("#ask textarea").fill(" ")
    page.locator("#ask textarea").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("The question is empty")
    ask(page, UNSAID)
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.locator("#chat .user-row")).to_have_count(1)


def test_a_question_asked_while_the_model_loads_waits(
    tmp_path_factory: pytest.TempPathFactory, visit: Callable[..., Page]
) -> None:
    with serving(tmp_path_factory.mktemp("fresh"), takes=4) as fresh:
        page = visit(fresh.url)
        page.locator("#ask textarea").fill(ASKED)
        page.locator("#ask textarea").press("Enter")
        expect(page.locator("#chat .wait")).to_contain_text("Reading the interview", timeout=5_000)
        page.locator("#ask textarea").press_sequentially("And what", delay=100)
        expect(page.locator("#chat .user-row")).to_contain_text(ASKED)
        expect(page.locator("#chat .qa .ans")).to_have_text(WORDS, timeout=60_000)
        expect(page.locator("#chat .wait")).to_have_count(0)
        expect(page.locator("#ask textarea")).to_have_value("And what")
        page.close()  # before the server goes


def test_an_interview_cannot_run_anything(hostile: Server, visit: Callable[..., Page]) -> None:
    page = visit(hostile.url)
    assert page.locator("#tx .para").first.inner_text() == f"Where is it? It is here: {HOSTILE}"
    expect(page.locator("#brand small")).to_have_text("<b>talk")
    answer = ask(page, "Where is it?")
    assert HOSTILE[:60] in page.locator("#chat").inner_text()
    question = f"dog {HOSTILE}"
    answer = ask(page, question)
    assert page.locator("#chat .user-row").last.inner_text().strip() == question
    shown = [*page.locator("#chat .qa").all_inner_texts(), page.locator("#tx").inner_text()]
    assert any("${alert(1)} {{value}}" in text for text in shown)
    assert page.locator("#chat .message-row :is(script, img, table, h1, code, del, .katex)").count() == 0
    assert page.locator("#chat .message-row a:not(.jump)").count() == 0
    assert page.locator("#tx :is(script, img, b)").count() == 0
    expect(answer).to_be_visible()


def test_the_keyboard_is_enough(site: Server, visit: Callable[..., Page]) -> None:
    page = visit(site.url)
    expect(page.locator("#ask textarea")).to_be_focused()
    page.keyboard.type(ASKED)
    page.keyboard.press("Enter")
    expect(page.locator("#chat .qa .ans")).to_have_text(WORDS, timeout=60_000)
    for _ in range(30):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.textContent") == "Show in interview":
            break
    page.keyboard.press("Enter")
    expect(page.locator("#tx .s.hit")).to_be_focused()
    page.locator("#ask textarea").focus()
    page.keyboard.press("Escape")
    expect(page.locator("#ask textarea")).to_be_focused()


def test_on_a_phone_the_interview_comes_up_and_goes(site: Server, visit: Callable[..., Page]) -> None:
    page = visit(site.url, viewport=PHONE, has_touch=True)
    pane = page.locator("#tx")
    expect(pane).not_to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    expect(page.locator("#ask")).to_be_in_viewport(ratio=1)
    answer = ask(page, ASKED)
    answer.get_by_text("Show in interview").tap()
    expect(page.locator("#tx .s.hit")).to_be_in_viewport()
    page.locator("#closetx").tap()
    expect(pane).not_to_be_in_viewport()
    page.locator("#showtx").tap()
    expect(page.locator("#showtx")).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(pane).not_to_be_in_viewport()
    expect(page.locator("#showtx")).to_have_attribute("aria-expanded", "false")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_on_a_phone_back_takes_the_interview_away_and_then_leaves(site: Server, visit: Callable[..., Page]) -> None:
    page = visit(site.url, viewport=PHONE, has_touch=True)
    pane = page.locator("#tx")
    page.locator("#showtx").tap()
    expect(pane).to_be_in_viewport()
    page.go_back()
    expect(pane).not_to_be_in_viewport()
    assert page.url.startswith(site.url)
    for _ in range(2):
        page.locator("#showtx").tap()
        expect(pane).to_be_in_viewport()
        page.locator("#closetx").tap()
        expect(pane).not_to_be_in_viewport()
    page.evaluate("history.back()")
    page.wait_for_url("about:blank")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_light_and_dark(site: Server, visit: Callable[..., Page], scheme: str) -> None:
    page = visit(site.url, color_scheme=scheme)
    is_dark = "document.body.classList.contains('dark')"
    page.wait_for_function(f"{is_dark} === {str(scheme == 'dark').lower()}")
    page.locator("#themebtn").click()
    page.wait_for_function(f"{is_dark} !== {str(scheme == 'dark').lower()}")
    page.reload()
    page.wait_for_function(f"{is_dark} !== {str(scheme == 'dark').lower()}")


def test_clearing_the_conversation_clears_the_mark(site: Server, visit: Callable[..., Page]) -> None:
    page = visit(site.url)
    ask(page, ASKED)
    page.get_by_label("Clear").click()
    expect(page.locator("#chat .qa")).to_have_count(0)
    expect(page.locator("#tx .s.hit")).to_have_count(0)
    expect(page.locator("#chat .example")).to_have_count(4)
