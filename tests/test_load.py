"""Many at once: each is answered of their own, or told to try again."""

# ruff: noqa: F401, F811 (fixtures are imported, and are arguments)
from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack

import pytest
from playwright.sync_api import Page, expect

from tests.browsing import ask, browser, visit
from tests.crowd import ask_at_once, crowd
from tests.servers import Server
from tests.test_page import ASKED, WORDS
from tests.visitors import BusyError, Visitor
from web.page import ASKERS
from web.server import QUEUE


def test_each_is_answered_by_what_they_opened(site: Server) -> None:
    with crowd(site.url, 8) as visitors:
        tally = ask_at_once(visitors, 2)
    assert (tally.right, tally.refused, tally.wrong) == (16, 0, [])


def test_where_too_many_wait_the_page_says_so_and_keeps_the_question(site: Server, visit: Callable[..., Page]) -> None:
    page = visit(site.url, ignoring="503")
    box, trouble = page.locator("#ask textarea"), page.locator("#trouble")
    with ExitStack() as stack:
        for _ in range(ASKERS):
            waiting = stack.enter_context(Visitor(site.url))
            waiting.call("expect", [None])  # files that never come
            stack.callback(waiting.cancel, "ask_page", waiting.join("ask_page", ["Who?", [], None, []]))
        for _ in range(QUEUE):
            stack.callback(waiting.cancel, "ask_page", waiting.join("ask_page", ["?", [], None, []]))
        with pytest.raises(BusyError):
            waiting.join("ask_page", ["?", [], None, []])
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
    with ExitStack() as stack:
        for _ in range(ASKERS):
            waiting = stack.enter_context(Visitor(site.url))
            waiting.call("expect", [None])
            stack.callback(waiting.cancel, "ask_page", waiting.join("ask_page", ["Who?", [], None, []]))
        page.locator("#ask textarea").fill(ASKED)
        page.locator("#ask textarea").press("Enter")
        expect(told).to_contain_text("waits for its turn")
    expect(page.locator("#chat .qa .ans")).to_have_text(WORDS)
    expect(told).to_have_count(0)
