"""Takes the README's picture of the page, in headless Chromium: .venv/bin/python -m docs.screenshot [FOLDER].

Besides page.png it takes, for a look at all states, desktop and phone, light and dark, with nothing
asked, an answer, no answer and the interview's sheet; these go to FOLDER, and are left out without one.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from tests.servers import serving
from tests.test_page import ASKED, DESKTOP, FLAGS, PHONE, UNSAID, ask

HERE = Path(__file__).parent


def take(page: Page, folder: Path | None, name: str) -> None:
    """All states of one kind of screen."""

    def shot(state: str) -> None:
        if folder:
            page.screenshot(path=folder / f"{name}-{state}.png")

    shot("empty")
    ask(page, ASKED)
    shot("answer")
    if name == "desktop-light":
        page.screenshot(path=HERE / "page.png")
    ask(page, UNSAID)
    shot("none")
    if name.startswith("phone"):
        page.locator("#showtx").click()
        shot("sheet")


def main(folder: Path | None) -> None:
    """Start the page and take the pictures."""
    path = shutil.which("chromium")
    with (
        tempfile.TemporaryDirectory() as scratch,
        serving(Path(scratch)) as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        for name, viewport, scheme in [
            ("desktop-light", DESKTOP, "light"),
            ("desktop-dark", DESKTOP, "dark"),
            ("phone-light", PHONE, "light"),
            ("phone-dark", PHONE, "dark"),
        ]:
            options = {"viewport": viewport, "color_scheme": scheme, "reduced_motion": "reduce"}
            page = browser.new_context(**options).new_page()
            page.goto(server.url)
            expect(page.locator("#ask textarea")).to_be_visible(timeout=30_000)
            take(page, folder, name)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
