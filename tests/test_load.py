"""Many at once: each is answered of their own, or told to try again."""

# ruff: noqa: F401, F811 (fixtures are imported, and are arguments)
from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import pytest
from playwright.sync_api import Page, expect

from tests.browsing import ask, browser, visit
from tests.crowd import ask_at_once, crowd
from tests.servers import Server
from tests.test_page import ASKED, UNSAID, WORDS
from tests.visitors import BusyError, Visitor
from web.askers import ASKERS
from web.page import UNDER_WAY
from web.server import QUEUE


@contextmanager
def waiting(url: str, count: int) -> Iterator[list[Visitor]]:
    """So many visitors whose questions wait for files that never come."""
    with ExitStack() as stack:
        visitors = [stack.enter_context(Visitor(url)) for _ in range(count)]
        for visitor in visitors:
            visitor.call("expect", [None])
            stack.callback(visitor.cancel, "ask_page", visitor.join("ask_page", ["Who?", [], None, {}]))
        yield visitors


def test_each_is_answered_by_what_they_opened(site: Server) -> None:
    with crowd(site.url, 50, filler=1) as visitors:  # what takes long is to embed what they open
        tally = ask_at_once(visitors, 2)
    assert (tally.right, tally.refused, tally.wrong) == (100, 0, [])


def test_who_waits_for_files_keeps_nobody_from_asking(site: Server) -> None:
    with waiting(site.url, ASKERS + 1), Visitor(site.url) as other:
        assert WORDS in other.ask(ASKED, [])
        assert other.call("ask", [ASKED])[0]["text"] == WORDS


def test_where_too_many_wait_the_page_says_so_and_keeps_the_question(site: Server, visit: Callable[..., Page]) -> None:
    page = visit(site.url, ignoring="503")
    box, trouble = page.locator("#ask textarea"), page.locator("#trouble")
    with waiting(site.url, UNDER_WAY) as visitors, ExitStack() as stack:
        for _ in range(QUEUE):
            stack.callback(visitors[0].cancel, "ask_page", visitors[0].join("ask_page", ["?", [], None, {}]))
        with pytest.raises(BusyError):
            visitors[0].join("ask_page", ["?", [], None, {}])
        for _ in range(2):
            box.fill(ASKED)
            box.press("Enter")
            expect(trouble.get_by_role("alert")).to_contain_text("Try it again in a moment.")
            expect(box).to_have_value(ASKED)
        expect(page.locator(".toast-body")).not_to_be_visible()
    expect(ask(page, ASKED).locator(".ans")).to_have_text(WORDS)
    expect(trouble.get_by_role("alert")).to_have_count(0)


def test_a_question_that_waits_for_others_is_told(site: Server, visit: Callable[..., Page]) -> None:
    page = visit(site.url)
    told = page.locator("#trouble").get_by_role("status")
    with waiting(site.url, UNDER_WAY):
        page.locator("#ask textarea").fill(ASKED)
        page.locator("#ask textarea").press("Enter")
        expect(told).to_contain_text("waits for its turn")
        expect(page.locator("#ask textarea")).to_have_value(ASKED)
    expect(page.locator("#chat .qa .ans")).to_have_text(WORDS)
    expect(page.locator("#ask textarea")).to_have_value("")
    expect(told).to_have_count(0)


def test_what_is_typed_while_a_question_waits_is_asked_after_it(site: Server, visit: Callable[..., Page]) -> None:
    page = visit(site.url)
    box, told = page.locator("#ask textarea"), page.locator("#trouble").get_by_role("status")
    with waiting(site.url, UNDER_WAY):
        for question in (ASKED, UNSAID):
            box.fill(question)
            box.press("Enter")
        expect(told).to_contain_text("Your next question is asked as soon as")
        box.fill("And what")
    expect(page.locator("#chat .user-row")).to_have_text([re.compile(ASKED), re.compile(re.escape(UNSAID))])
    expect(page.locator("#chat .qa:not(.wait)")).to_have_count(2)
    expect(box).to_have_value("And what")


def test_a_question_that_waits_goes_with_the_conversation_that_is_cleared(
    site: Server, visit: Callable[..., Page]
) -> None:
    page = visit(site.url)
    ask(page, UNSAID)
    with waiting(site.url, UNDER_WAY):
        page.locator("#ask textarea").fill(ASKED)
        page.locator("#ask textarea").press("Enter")
        expect(page.locator("#trouble").get_by_role("status")).to_contain_text("waits for its turn")
        page.get_by_label("Clear").click()
        expect(page.locator("#chat .qa")).to_have_count(0)
    expect(page.locator("body.asking")).to_have_count(0)
    expect(page.locator("#chat .user-row")).to_have_count(0)
