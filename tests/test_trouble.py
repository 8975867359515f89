"""The server goes while the page is open."""

# ruff: noqa: F401, F811 (fixtures are imported, and are arguments)
from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browsing import ask, browser, visit
from tests.servers import serving
from tests.test_access import violations
from tests.test_page import ASKED, UNSAID, WORDS

UNREACHABLE = "Failed to load resource|Failed to fetch|network error|ERR_|Unexpected error"


def test_a_question_is_kept_until_the_server_is_back(tmp_path: Path, visit: Callable[..., Page]) -> None:
    with serving(tmp_path) as server:
        page = visit(server.url, ignoring=UNREACHABLE)
        box, trouble = page.locator("#ask textarea"), page.locator("#trouble")
        ask(page, UNSAID)
        server.process.kill()
        server.process.wait()
    for _ in range(2):  # it can be sent as often as one likes
        box.fill(ASKED)
        box.press("Enter")
        expect(trouble.get_by_role("alert")).to_contain_text("cannot be reached. Your question is kept")
        expect(box).to_have_value(ASKED)
    expect(page.locator(".toast-body")).not_to_be_visible()
    assert violations(page) == []
    with serving(tmp_path, port=int(server.url.rpartition(":")[2])):
        expect(trouble.get_by_role("status")).to_contain_text("The program is back", timeout=30_000)
        expect(page.locator("#chat .none-box")).to_have_count(1, timeout=60_000)  # the conversation comes back, too
        expect(page.locator("#left.restoring")).to_have_count(0)
        expect(box).to_have_value(ASKED)
        box.press("Enter")
        expect(page.locator("#chat .qa .ans").last).to_have_text(WORDS, timeout=60_000)
        expect(trouble.locator("p")).to_have_count(0)
        page.close()  # before the server goes


def test_a_question_that_was_on_its_way_comes_back(tmp_path: Path, visit: Callable[..., Page]) -> None:
    with serving(tmp_path, takes=4) as server:
        page = visit(server.url, ignoring=UNREACHABLE)
        page.locator("#ask textarea").fill(ASKED)
        page.locator("#ask textarea").press("Enter")
        expect(page.locator("#chat .wait")).to_be_visible()
        expect(page.locator("#ask textarea")).to_have_value("")
    expect(page.locator("#trouble").get_by_role("alert")).to_contain_text("cannot be reached")
    expect(page.locator("#ask textarea")).to_have_value(ASKED)
    expect(page.locator("#chat .wait")).not_to_be_visible()
