"""The states that the page is held to: a walk brings one page from each to the next."""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import Page, Route, expect

from tests.browsing import ask
from tests.test_opening import ANNA, BAKERY, BEN
from tests.test_page import ASKED, UNSAID

LONG = " ".join(f"On day {n} of that year the harbour was calm." for n in range(100))


def files(**texts: str) -> list[dict[str, object]]:
    """Texts as the files that a person chooses."""
    return [{"name": f"{name}.txt", "mimeType": "text/plain", "buffer": text.encode()} for name, text in texts.items()]


def walk(page: Page) -> Iterator[str]:
    """Each state's name once the page is in it."""
    yield "nothing asked"
    answer = ask(page, ASKED)
    answer.locator("summary").click()
    yield "an answer"
    ask(page, UNSAID)
    yield "no answer"
    ask(page, ASKED)
    ask(page, "and in Europe?")
    yield "a follow-up"
    ask(page, "What is it about?")
    yield "an overview"
    page.locator("#export summary").click()
    yield "the menu to export"
    page.keyboard.press("Escape")
    ask(page, "Thank you!")
    yield "a remark"
    if page.locator("#showtx").is_visible():
        page.locator("#showtx").click()
        page.locator("#tx .s").first.click()
        yield "the sheet, with the link of a sentence"
        page.locator("#closetx").click()
    else:
        page.locator("#tx .s").first.click()
        yield "the link of a sentence"
    yield from _look(page)
    page.locator("#files").set_input_files(files(anna=ANNA, ben=BEN, empty=""))  # type: ignore[arg-type]
    expect(page.locator("#opened")).to_contain_text("Opened 2 interviews. Ask about", timeout=60_000)
    yield "a file that failed"
    page.locator("#choose summary").click()
    yield "the chooser"
    page.keyboard.press("Escape")
    ask(page, BAKERY)
    yield "several interviews"
    expect(page.locator("body.asking")).to_have_count(0)  # else it would be asked after that
    page.locator("#ask textarea").fill("a" * 501)
    page.locator("#ask textarea").press("Enter")
    expect(page.locator("#notice")).to_contain_text("500 is the most")
    yield "a question that is too long"
    yield from _wait(page)


def _look(page: Page) -> Iterator[str]:
    """A long interview is looked at, and what it is about; then another."""
    page.locator("#files").set_input_files(files(long=LONG))  # type: ignore[arg-type]
    expect(page.locator("#opened")).to_contain_text("Opened Long. Ask about", timeout=60_000)
    is_sheet = page.locator("#showtx").is_visible()
    if is_sheet:
        page.locator("#showtx").click()
    page.locator("#tx .gist summary").click()
    yield "what a long interview is about"
    page.locator("#look").select_option("0")
    expect(page.locator("#newest")).to_be_visible()
    yield "one that was not opened last"
    if is_sheet:
        page.locator("#closetx").click()


def _wait(page: Page) -> Iterator[str]:
    """A question waits for a file that is on its way."""
    held: list[Route] = []
    page.route("**/gradio_api/upload", lambda route: held.append(route))
    page.locator("#files").set_input_files(files(late="The dog barked."))  # type: ignore[arg-type]
    page.locator("#ask textarea").fill("Who barked?")
    page.locator("#ask textarea").press("Enter")
    expect(page.locator("#chat .wait")).to_be_visible()
    expect(page.locator("#sending")).to_be_visible()
    yield "a long wait"
    for route in held:
        route.abort()
