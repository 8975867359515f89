"""Prints what a person waits for at the page: python -m benchmarks.page.

The page of the bundled interview is served on this machine, and opened in headless Chromium as if for the
first time. An answer counts as there once it is painted. `tests/test_budgets.py` holds the page to bounds.
"""

from __future__ import annotations

import itertools
import json
import shutil
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browsing import DESKTOP, FLAGS
from tests.measures import SCRIPT, answer_times, first_view, now, shift
from tests.servers import serving

QUESTIONS = Path(__file__).parent.parent / "tests" / "data" / "interview_questions.json"
VIEWS = 5
ANSWERS = 20


def line(what: str, times: Sequence[float]) -> str:
    """The median of some times in milliseconds, and how far they lie apart.

    >>> line("Enter to answer", [3.0, 1.0, 9.0])
    'Enter to answer: median 3 ms of 3 (1 to 9)'
    """
    middle = statistics.median(times)
    return f"{what}: median {middle:.0f} ms of {len(times)} ({min(times):.0f} to {max(times):.0f})"


def main() -> int:
    """Serve the page, meet it, and print the figures; returns the exit status."""
    path = shutil.which("chromium")
    if not path:
        print("no Chromium was found", file=sys.stderr)
        return 2
    questions = [entry["question"] for entry in json.loads(QUESTIONS.read_text(encoding="utf-8"))["answered"]]
    with (
        tempfile.TemporaryDirectory() as scratch,
        serving(Path(scratch), warm=False) as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        page = browser.new_context(viewport=DESKTOP).new_page()
        page.add_init_script(path=SCRIPT)
        page.goto(server.url)
        page.wait_for_function("measures.boxAt > 0")
        answer_times(page, questions[:2])  # the first waits for the model
        views = [first_view(browser, server.url) for _ in range(VIEWS)]
        print(line("First view, something painted", [view.paint for view in views]))
        print(line("First view, the question box", [view.box for view in views]))
        since = now(page)
        times = answer_times(page, list(itertools.islice(itertools.cycle(questions), ANSWERS)))
        print(line("Enter to answer", times))
        print(f"Layout shift while answers arrive, outside the conversation: {shift(page, since):.4f}")
        print(f"Layout shift since the page was opened, the same: {shift(page):.4f}")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
