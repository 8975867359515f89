"""What the page may take; `python -m benchmarks.page` prints what it takes. The bounds bear a busy machine."""

# ruff: noqa: F401, F811 (fixtures are imported, and are arguments)
from __future__ import annotations

import statistics
from collections.abc import Callable

from playwright.sync_api import Browser, Page

from tests.browsing import browser, visit
from tests.measures import SCRIPT, answer_times, first_view, now, shift
from tests.servers import Server
from tests.test_page import ASKED, UNSAID

ROOM = 3
"""Times a budget that a test still bears."""
FIRST_VIEW = 2000
"""Milliseconds until the question box is there."""
ANSWER = 300
"""Milliseconds from Enter until the answer is painted."""
SHIFT = 0.05
"""Of the web's measure of how far things move."""


def test_the_page_is_soon_there(site: Server, browser: Browser) -> None:
    views = [first_view(browser, site.url) for _ in range(3)]
    assert statistics.median(view.box for view in views) < FIRST_VIEW * ROOM, views
    assert statistics.median(view.paint for view in views) < FIRST_VIEW * ROOM, views


def test_an_answer_is_soon_there_and_moves_nothing_else(site: Server, visit: Callable[..., Page]) -> None:
    page = visit(site.url, script=SCRIPT)
    since = now(page)
    times = answer_times(page, [ASKED, UNSAID, "Where is the IT center?", "Who gave the interview?", ASKED])
    assert statistics.median(times) < ANSWER * ROOM, times
    assert shift(page, since) < SHIFT


def test_a_shift_would_be_seen(site: Server, visit: Callable[..., Page]) -> None:
    page = visit(site.url, script=SCRIPT)
    since = now(page)
    page.locator("#bar").evaluate("e => { e.style.marginTop = '200px'; }")
    page.wait_for_timeout(200)
    assert shift(page, since) > SHIFT
