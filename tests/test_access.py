"""The page for everyone: what axe-core finds, at twice the size, on small screens, and with motion reduced."""

# ruff: noqa: F401, F811 (fixtures are imported, and are arguments)
from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browsing import DESKTOP, PHONE, TABLET, browser, visit
from tests.measures import SCRIPT
from tests.servers import Server
from tests.states import walk

SCREENS = {"desktop": DESKTOP, "tablet": TABLET, "phone": PHONE, "desktop at 200 %": {"width": 640, "height": 400}}
REACH = Path(__file__).with_name("reach.js")
BROKEN_OFF = "Failed to load resource"  # the last state's file


def violations(page: Page) -> list[str]:
    """What axe-core holds against the page, with the elements that it means."""
    return [
        f"{rule['id']}, {rule['help']}: {'; '.join(' '.join(map(str, node['target'])) for node in rule['nodes'])}"
        for rule in Axe().run(page).response["violations"]
    ]


@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing_in_any_state(site: Server, visit: Callable[..., Page], screen: str) -> None:
    page = visit(site.url, viewport=SCREENS[screen], ignoring=BROKEN_OFF)
    found = []
    for state in walk(page):
        for scheme in ("light", "dark"):
            page.evaluate("isDark => document.body.classList.toggle('dark', isDark)", scheme == "dark")
            found += [f"{state}, {scheme}: {violation}" for violation in violations(page)]
    assert not found, "\n".join(found)


def test_axe_would_find_something(site: Server, visit: Callable[..., Page]) -> None:
    page = visit(site.url)
    page.locator("#open").evaluate("e => { e.textContent = ''; }")
    assert [found.partition(",")[0] for found in violations(page)] == ["button-name"]


@pytest.mark.parametrize(
    ("width", "height", "scale"), [(640, 400, 2), (320, 568, 1)], ids=["desktop at 200 %", "smallest phone"]
)
def test_nothing_is_cut_off_where_there_is_little_room(
    site: Server, visit: Callable[..., Page], width: int, height: int, scale: int
) -> None:
    viewport = {"width": width, "height": height}
    page = visit(site.url, viewport=viewport, device_scale_factor=scale, ignoring=BROKEN_OFF)
    faults = [f"{state}: {fault}" for state in walk(page) for fault in page.evaluate(REACH.read_text())]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("wish", ["reduce", "no-preference"])
def test_what_moves_does_not_for_who_asks_for_that(site: Server, visit: Callable[..., Page], wish: str) -> None:
    page = visit(site.url, viewport=PHONE, script=SCRIPT, reduced_motion=wish, ignoring=BROKEN_OFF)
    for _ in walk(page):
        page.wait_for_timeout(50)
    assert bool(page.evaluate("measures.moved")) == (wish == "no-preference"), page.evaluate("measures.moved")
