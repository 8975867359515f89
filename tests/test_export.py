"""The page gives its visitor the conversation as a file: to no one else, and on no disk of the server."""

# ruff: noqa: F401, F811 (fixtures are imported, and are arguments)
from __future__ import annotations

import base64
import copy
import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import docx
import pytest
from playwright.sync_api import Download, Page, expect

import web.export
from qa import Answer, Cache, Interview, Pipeline, SentenceReader
from tests.browsing import PHONE, ask, browser, visit
from tests.conftest import LetterEncoder
from tests.servers import Server, serving
from tests.test_page import ASKED, SENTENCE, UNSAID, WORDS
from web import events, gr
from web.loading import Loading
from web.memory import Memory
from web.visit import KEPT, Visit

TITLE = "Interview with Leon He, Executive President of Seres Auto"
BOAT = Interview.from_text("I sold the boat in Bergen.", title="a/b: the boat")


@pytest.fixture
def own() -> Visit:
    pipeline = Pipeline(
        BOAT, LetterEncoder(), SentenceReader(), threshold=0, cache=Memory(Cache(None), keeps_behind=True)
    )
    return Visit(Loading(pipeline))


def asked(visit: Visit, question: str) -> None:
    assert list(events.ask_page(question, [], visit, {}))


def download(visit: Visit, data: object) -> tuple[Any, Any]:
    menu, notice = web.export.download(visit, SimpleNamespace(_data=data))  # type: ignore[arg-type]
    return menu, notice


def test_what_was_asked_is_in_the_file(own: Visit) -> None:
    asked(own, "Where was the boat sold?")
    menu, notice = download(own, {"kind": ".csv"})
    assert (notice, menu.props["file"]["name"]) == ("", "a b the boat - questions and answers.csv")
    rows = list(csv.reader(io.StringIO(base64.b64decode(menu.props["file"]["data"]).decode("utf-8-sig"), newline="")))
    assert [row[0] for row in rows[1:]] == ["Where was the boat sold?"]
    assert rows[1][4] == BOAT.text
    again, _ = download(own, {"kind": ".csv"})
    assert again.props["file"]["count"] > menu.props["file"]["count"]  # else the browser would not save it again


def test_every_kind_of_the_menu_can_be_made(own: Visit) -> None:
    asked(own, "Where was the boat sold?")
    for kind in web.export.KINDS:
        menu, _ = download(own, {"kind": kind})
        assert menu.props["file"]["name"].endswith(kind)
        assert base64.b64decode(menu.props["file"]["data"])


def test_where_nothing_is_kept_that_is_said(own: Visit) -> None:
    menu, notice = download(own, {"kind": ".md"})
    assert (menu, "nothing to export" in notice) == (gr.skip(), True)
    asked(own, "Where was the boat sold?")
    events.clear(own)
    own.answers.append(Answer("Hello", 0, (), False, kind="remark", remark="Good day."))
    assert "nothing to export" in download(own, {"kind": ".md"})[1]


@pytest.mark.parametrize("data", [None, [], {}, {"kind": ".exe"}, {"kind": None}])
def test_what_the_browser_says_may_be_anything(own: Visit, data: object) -> None:
    assert download(own, data) == (gr.skip(), gr.skip())


def test_a_failure_is_told(own: Visit, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    asked(own, "Where was the boat sold?")
    monkeypatch.setattr(web.export, "export", lambda *_: {}["secret"])
    menu, notice = download(own, {"kind": ".md"})
    assert (menu, "no file was made" in notice, "secret" in notice) == (gr.skip(), True, False)
    assert "secret" in caplog.text


def test_a_conversation_is_one_visitor_s_and_bounded(own: Visit) -> None:
    own.answers.extend(Answer(f"{n}?", 0, (), False) for n in range(KEPT + 5))
    assert (len(own.answers), own.answers[0].question) == (KEPT, "5?")
    assert len(copy.deepcopy(own).answers) == 0


def test_several_interviews_are_not_called_by_one_s_name(own: Visit) -> None:
    own.add([("b.txt", Interview.from_text("The bakery burned down.", title="Ben"))])
    list(own.loading.waiting())
    asked(own, "Who?")
    assert download(own, {"kind": ".md"})[0].props["file"]["name"] == "Interviews - questions and answers.md"
    own.answers.clear()
    list(events.ask_page("Who?", [], own, {"among": [1]}))
    assert download(own, {"kind": ".md"})[0].props["file"]["name"] == "Ben - questions and answers.md"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("server")


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    with serving(folder) as server:
        yield server
        assert server.beyond() == []


def saved(page: Page, kind: str) -> Download:
    page.locator("#export summary").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name=kind).click()
    return waiting.value


def test_the_conversation_is_saved(server: Server, folder: Path, visit: Callable[..., Page]) -> None:
    page = visit(server.url)
    expect(page.locator("#export")).to_be_hidden()
    ask(page, ASKED)
    ask(page, UNSAID)
    before = sorted(path.relative_to(folder) for path in folder.rglob("*"))
    file = saved(page, "Markdown")
    assert file.suggested_filename == f"{TITLE} - questions and answers.md"
    text = file.path().read_text(encoding="utf-8")
    assert f"**{WORDS}**\n\n> “{SENTENCE}” (“{TITLE}”, paragraph 6)" in text
    assert f"## {UNSAID}\n\nThe interview does not answer this." in text
    expect(page.locator("#export summary")).to_be_focused()
    expect(page.locator("#export [role=status]")).to_contain_text("Export ready")
    document = docx.Document(str(saved(page, "Word").path()))
    assert any(f"“{SENTENCE}” (" in paragraph.text for paragraph in document.paragraphs)
    table = saved(page, "Table (CSV)").path().read_text(encoding="utf-8-sig")
    assert [row[4] for row in csv.reader(io.StringIO(table, newline=""))] == ["Sentence", SENTENCE, ""]
    assert saved(page, "Table (CSV)").path().read_text(encoding="utf-8-sig") == table
    assert sorted(path.relative_to(folder) for path in folder.rglob("*")) == before


def test_one_visitor_s_conversation_is_not_another_s(server: Server, visit: Callable[..., Page]) -> None:
    first, second = visit(server.url), visit(server.url)
    ask(first, ASKED)
    ask(second, UNSAID)
    text = saved(second, "Markdown").path().read_text(encoding="utf-8")
    assert (UNSAID in text, ASKED in text) == (True, False)
    second.get_by_label("Clear").click()
    expect(second.locator("#export")).to_be_hidden()
    ask(second, "Where is the IT center?")
    assert UNSAID not in saved(second, "Markdown").path().read_text(encoding="utf-8")
    assert ASKED in saved(first, "Markdown").path().read_text(encoding="utf-8")


def test_the_menu_works_by_keyboard(server: Server, visit: Callable[..., Page]) -> None:
    page = visit(server.url)
    ask(page, ASKED)
    page.locator("#export summary").focus()
    expect(page.get_by_label("Export the conversation")).to_be_focused()
    page.keyboard.press("Enter")
    menu = page.get_by_role("group", name="Kinds of file")
    expect(menu).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(page.locator("#export summary")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Word")).to_be_focused()
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    assert waiting.value.suggested_filename.endswith(".docx")
    page.keyboard.press("Enter")
    page.locator("#ask textarea").focus()
    expect(menu).to_be_hidden()


def test_on_a_phone_the_menu_is_in_reach(server: Server, visit: Callable[..., Page]) -> None:
    page = visit(server.url, viewport=PHONE, has_touch=True)
    ask(page, ASKED)
    page.locator("#export summary").tap()
    button = page.get_by_role("button", name="Word")
    expect(button).to_be_in_viewport(ratio=1)
    assert (button.bounding_box() or {})["height"] >= 44
    with page.expect_download():
        button.tap()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
