"""The page without a mouse."""

# ruff: noqa: F401, F811 (fixtures are imported, and are arguments)
from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browsing import DESKTOP, PHONE, TABLET, ask, browser, visit
from tests.servers import Server
from tests.states import files, walk
from tests.test_page import ASKED, UNSAID

FOLDER = Path(__file__).parent
STOPS, FOCUS = ((FOLDER / name).read_text() for name in ("stops.js", "focus.js"))
Visit = Callable[..., Page]


def settle(page: Page) -> None:
    """Wait until nothing scrolls, as a conversation does that comes to its end."""
    tops, before = "[...document.querySelectorAll('*')].map(e => e.scrollTop).join()", ""
    for _ in range(50):
        now = page.evaluate(tops)
        if now == before:
            return
        before = now
        page.wait_for_timeout(400)
    pytest.fail("something scrolls on and on")


def round_trip(page: Page) -> list[str]:
    """What is wrong with a way through the page with Tab: each stop is come to, in order, and shown."""
    settle(page)
    count = page.evaluate(STOPS)
    came, faults = [], []
    for _ in range(count + 30):  # stops of the browser's own may lie between
        page.keyboard.press("Tab")
        number, fault = page.evaluate(FOCUS)
        if fault:
            settle(page)
            page.keyboard.press("Shift+Tab")  # the conversation may have come to its end meanwhile, and it with it
            page.keyboard.press("Tab")
            settle(page)
            number, fault = page.evaluate(FOCUS)
        if number is not None and number >= 0:
            if number in came:
                break
            came.append(number)
        if fault:
            faults.append(fault)
    # one that is gone by now was no longer to be come to
    stops = page.locator("[data-stop]").evaluate_all("all => all.map(e => [+e.dataset.stop, e.outerHTML])")
    faults += [f"not come to: {html[:100]}" for number, html in stops if number not in came]
    start = came.index(min(came)) if came else 0
    if came[start:] + came[:start] != sorted(came):
        faults.append(f"out of order: {came}")
    return faults


@pytest.mark.parametrize("screen", [DESKTOP, TABLET, PHONE], ids=["desktop", "tablet", "phone"])
def test_tab_comes_to_everything_in_order_and_shows_where_it_is(site: Server, visit: Visit, screen: dict) -> None:
    page = visit(site.url, viewport=screen, ignoring="Failed to load resource")
    faults = [f"{state}: {fault}" for state in walk(page) if state != "the chooser" for fault in round_trip(page)]
    assert not faults, "\n".join(faults)


def test_under_the_sheet_nothing_has_the_focus_and_it_goes_back(site: Server, visit: Visit) -> None:
    page = visit(site.url, viewport=PHONE)
    answer = ask(page, ASKED)
    answer.locator(".meta a.jump").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#tx .s.hit")).to_be_focused()
    for _ in range(8):
        page.keyboard.press("Tab")
        assert not page.evaluate("document.querySelector('#left').contains(document.activeElement)")
    page.keyboard.press("Escape")
    expect(answer.locator(".meta a.jump")).to_be_focused()
    page.locator("#showtx").press("Enter")
    expect(page.locator("#tx")).to_be_focused()
    page.set_viewport_size(DESKTOP)  # turned, or made larger
    expect(page.locator("#left[inert]")).to_have_count(0)
    page.locator("#ask textarea").focus()
    expect(page.locator("#ask textarea")).to_be_focused()


def test_beside_the_sheet_a_tap_closes_it(site: Server, visit: Visit) -> None:
    page = visit(site.url, viewport=PHONE, has_touch=True)
    page.locator("#showtx").tap()
    expect(page.locator("#tx")).to_be_in_viewport()
    page.touchscreen.tap(195, 120)
    expect(page.locator("#tx")).not_to_be_in_viewport()


def test_a_menu_closes_by_escape_and_when_tab_leaves_it(site: Server, visit: Visit) -> None:
    page = visit(site.url)
    page.locator("#files").set_input_files(files(dog="The dog barked."))  # type: ignore[arg-type]
    expect(page.locator("#opened")).to_contain_text("Ask about", timeout=60_000)
    page.locator("#choose summary").press("Enter")
    expect(page.locator("#choose .menu")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.locator("#choose .menu")).not_to_be_visible()
    expect(page.locator("#choose summary")).to_be_focused()
    page.keyboard.press("Enter")
    page.locator("#choose .rows input").last.focus()
    page.keyboard.press("Tab")
    expect(page.locator("#choose .menu")).not_to_be_visible()


def test_a_button_that_goes_away_leaves_the_focus_in_the_box(site: Server, visit: Visit) -> None:
    page = visit(site.url, ignoring="Failed to load resource")
    box = page.locator("#ask textarea")
    page.locator("#chat .example").first.press("Enter")
    expect(page.locator("#chat .qa .ans")).to_have_count(1, timeout=60_000)
    expect(box).to_be_focused()
    page.get_by_label("Clear").press("Enter")
    expect(page.locator("#chat .qa")).to_have_count(0)
    expect(box).to_be_focused()
    held: list[Route] = []
    page.route("**/gradio_api/upload", lambda route: held.append(route))
    page.locator("#files").set_input_files(files(dog="The dog barked."))  # type: ignore[arg-type]
    page.locator("#sending .stop").press("Enter")
    expect(page.locator("#sending")).not_to_be_visible()
    expect(box).to_be_focused()


def test_what_can_be_asked_next_is_asked_at_once(site: Server, visit: Visit) -> None:
    page = visit(site.url)
    for question in (ASKED, UNSAID):
        expect(page.locator("#ask textarea")).to_be_focused()
        page.keyboard.type(question)
        page.keyboard.press("Enter")
        expect(page.locator("#chat .user-row").last).to_contain_text(question)
        expect(page.locator("#ask textarea")).to_have_value("")


def test_what_is_sent_off_while_a_question_is_answered_is_asked_after_it(site: Server, visit: Visit) -> None:
    page = visit(site.url)
    ask(page, ASKED)
    ask(page, "and in Europe?")
    rows = page.locator("#chat .user-row")
    steps: list[tuple[Callable[[], None], str, str]] = [
        (lambda: page.locator("#chat .astyped").first.dblclick(), "", "and in Europe?"),
        (lambda: page.locator("#ask .submit-button").click(), UNSAID, UNSAID),
    ]
    for count, (send, typed, question) in enumerate(steps, 2):
        expect(page.locator("body.asking")).to_have_count(0)
        page.locator("#ask textarea").fill(typed)
        page.evaluate("document.body.classList.add('asking')")  # as if another were still on its way
        send()
        expect(page.locator("#trouble")).to_contain_text("Your next question is asked as soon as")
        expect(rows).to_have_count(count)
        page.locator("#ask textarea").fill("")  # as it is emptied when the question before sets out
        page.evaluate("document.dispatchEvent(new Event('answered'))")
        expect(page.locator("#chat .qa:not(.wait)")).to_have_count(count + 1)
        expect(rows.last).to_contain_text(question)
    expect(rows).to_have_count(4)


def test_a_second_enter_on_the_same_question_does_not_ask_it_again(site: Server, visit: Visit) -> None:
    page = visit(site.url)
    page.locator("#ask textarea").fill(UNSAID)
    for _ in range(3):
        page.keyboard.press("Enter")
    expect(page.locator("#chat .qa:not(.wait)")).to_have_count(1)
    expect(page.locator("body.asking")).to_have_count(0)
    page.wait_for_timeout(500)
    expect(page.locator("#chat .user-row")).to_have_count(1)
    expect(page.locator("#notice")).to_be_empty()
