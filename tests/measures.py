"""What the page takes, as the browser itself measures it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.browsing import DESKTOP, ask

SCRIPT = Path(__file__).with_suffix(".js")


@dataclass(frozen=True, slots=True)
class View:
    """How soon a page is there, in milliseconds since it was asked for."""

    paint: float
    """Until something is painted."""
    box: float
    """Until the question box is there."""


def first_view(browser: Browser, url: str) -> View:
    """How soon a browser that was never here shows the page."""
    context = browser.new_context(viewport=DESKTOP)
    try:
        page = context.new_page()
        page.add_init_script(path=SCRIPT)
        page.goto(url)
        page.wait_for_function("measures.boxAt > 0")
        paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
        return View(paint, page.evaluate("measures.boxAt"))
    finally:
        context.close()


def answer_times(page: Page, questions: Sequence[str]) -> list[float]:
    """Milliseconds from Enter until the answer is painted, for each question."""
    before = len(page.evaluate("measures.answers"))
    for question in questions:
        ask(page, question)
    page.wait_for_function("count => measures.answers.length >= count", arg=before + len(questions))
    return [float(time) for time in page.evaluate("measures.answers")[before:]]


def now(page: Page) -> float:
    """Milliseconds since the page was asked for."""
    return float(page.evaluate("performance.now()"))


def shift(page: Page, since: float = 0.0) -> float:
    """How far things moved that are not the conversation, as the web's layout shift counts it."""
    script = "since => measures.shifts.filter(s => s.outside && s.at >= since).reduce((sum, s) => sum + s.value, 0)"
    return float(page.evaluate(script, since))
