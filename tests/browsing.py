"""A browser without a screen, and how a test meets the page in it."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
DESKTOP = {"width": 1280, "height": 800}
TABLET = {"width": 820, "height": 1180}
PHONE = {"width": 390, "height": 844}
expect.set_options(timeout=20_000)  # milliseconds; a busy machine is no fault of the page
LEFT = "AbortError: (signal is|BodyStreamBuffer was) aborted|Unexpected error Connection errored out"
"""What gradio complains of when a page is left while the server has not closed its stream."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if not path:
        message = "no Chromium was found: install it (Debian: apt install chromium) to test the page"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a page; at the end no error may be on its console, and no request may have left this machine.

    What `ignoring` or LEFT, patterns, are found in is no error. `script` runs before the page's own.
    """
    contexts: list[BrowserContext] = []
    errors: list[str] = []
    outside: list[str] = []

    def open_page(url: str, ignoring: str = "no such error", script: Path | None = None, **options: object) -> Page:
        context = browser.new_context(**{"viewport": DESKTOP, "reduced_motion": "reduce", **options})  # type: ignore[arg-type]
        contexts.append(context)
        ours = (f"http://{urlsplit(url).netloc}/", "data:", "blob:")
        context.on("request", lambda r: outside.append(r.url) if not r.url.startswith(ours) else None)
        page = context.new_page()
        if script:
            page.add_init_script(path=script)

        def note(text: str, harmless: str) -> None:
            if not re.search(harmless, text):
                errors.append(text)

        page.on("console", lambda m: note(m.text, f"{ignoring}|{LEFT}") if m.type == "error" else None)
        page.on("pageerror", lambda e: note(str(e), LEFT))
        page.on("dialog", lambda d: (errors.append(f"dialog: {d.message}"), d.dismiss()))
        page.goto(url)
        expect(page.locator("#ask textarea")).to_be_visible(timeout=30_000)
        expect(page.locator("#tx[role=region]")).to_be_attached(timeout=30_000)  # the page's script has run
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert errors == [], errors
    assert outside == [], outside


def ask(page: Page, question: str) -> Locator:
    """The answer to a question that is typed and sent."""
    expect(page.locator("body.asking")).to_have_count(0)  # until it is done with one, it takes no other
    answers = page.locator("#chat .qa:not(.wait)")
    count = answers.count()
    page.locator("#ask textarea").fill(question)
    page.locator("#ask textarea").press("Enter")
    expect(answers).to_have_count(count + 1, timeout=60_000)
    return answers.nth(count)
