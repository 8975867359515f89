"""Takes the README's pictures of the page, in headless Chromium: .venv/bin/python -m docs.screenshot [FOLDER].

Besides page.png and phone.png it takes, for a look at all states, desktop and phone, light and dark, with nothing
asked, an answer, no answer, the interview's sheet and files that were opened; these go to FOLDER, and are
left out without one.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from tests.browsing import DESKTOP, FLAGS, PHONE, ask
from tests.servers import serving
from tests.test_page import ASKED, UNSAID

HERE = Path(__file__).parent
PICTURES = {"desktop-light": "page.png", "phone-dark": "phone.png"}
"""Of an answer, for the README."""
TALK = b"""[00:00:03] Jane Doe: Where did you grow up?

[00:00:07] Anna Berg: In Bergen, in a small house by the harbour. My father fished. We had no lights until 1958.

[00:00:31] Jane Doe: And you stayed?

[00:00:33] Anna Berg: Yes, twenty-six years. Then I moved to Oslo, because my brother had opened a bakery there.
"""


def take(page: Page, folder: Path | None, name: str) -> None:
    """All states of one kind of screen."""

    def shot(state: str) -> None:
        if folder:
            page.screenshot(path=folder / f"{name}-{state}.png")

    shot("empty")
    ask(page, ASKED)
    shot("answer")
    if name in PICTURES:
        page.screenshot(path=HERE / PICTURES[name])
    ask(page, UNSAID)
    shot("none")
    if name.startswith("phone"):
        page.locator("#showtx").click()
        shot("sheet")
        page.keyboard.press("Escape")
    if folder:
        files = [("anna.txt", TALK), ("empty.txt", b" ")]
        page.locator("#files").set_input_files(
            [{"name": file, "mimeType": "text/plain", "buffer": data} for file, data in files]
        )
        expect(page.locator("#opened")).to_contain_text("Ask about", timeout=60_000)
        shot("opened")
        ask(page, "How long did she stay?")
        shot("several")


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
