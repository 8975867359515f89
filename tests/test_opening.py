"""Files are opened in the page, and several interviews are asked, as a person meets it."""

# ruff: noqa: F401, F811 (fixtures are imported, and are arguments)
from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browsing import PHONE, ask, browser, visit
from tests.servers import Server, serving
from tests.test_pdf import write_pdf
from tests.test_render import HOSTILE

ANNA = """\
[00:12] Interviewer: What did your father do?
[00:19] Anna Berg: My father was a fisherman, and he had two boats. He sold the red boat in 1974.

[00:55] Anna Berg: The other one sank.
[01:40] Interviewer: Did you go to sea yourself?
[01:44] Anna Berg: Only once, when I was nine. The storm lasted for three days.
"""
BEN = "My mother ran a bakery in Lagos.\n\nThe bakery burned down in 1981.\n"
SERES = "Interview with Leon He, Executive President of Seres Auto"
BOAT = "When was the red boat sold?"
BAKERY = "When did the bakery burn down?"
Visit = Callable[..., Page]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("server")


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    with serving(folder) as server:
        yield server
        assert server.beyond() == []
    assert "Traceback" not in (folder / "out.txt").read_text()
    assert list(folder.glob("interview-qa-*")) == []  # the folder that files pass through goes with the server


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("files")
    for name, text in {
        "anna.txt": ANNA, "ben.txt": BEN, "empty.txt": "", "damaged.docx": "junk", "setup.exe": "MZ",
        "large.txt": "a " * 10_000_001, "<img src=x onerror=alert(1)>.txt": f"Where is it? It is here: {HOSTILE}",
        "long.txt": " ".join(f"On day {n} the harbour was calm." for n in range(600)),
    }.items():  # fmt: skip
        (made / name).write_text(text, encoding="utf-8")
    return made


def choose_files(page: Page, *paths: Path) -> None:
    with page.expect_file_chooser() as chosen:
        page.locator("#open").click()
    chosen.value.set_files(paths)


def opened(page: Page) -> Locator:
    """How it went, once the files can be asked."""
    told = page.locator("#opened .note")
    expect(told).to_contain_text("Ask about", timeout=60_000)
    return told


def drop(page: Page, event: str, **files: str) -> None:
    page.evaluate(
        """([event, files]) => {
            const dataTransfer = new DataTransfer();
            for (const [name, text] of Object.entries(files)) dataTransfer.items.add(new File([text], name));
            document.querySelector('#chat').dispatchEvent(
                new DragEvent(event, { bubbles: true, cancelable: true, dataTransfer }));
        }""",
        [event, {f"{name}.txt": text for name, text in files.items()}],
    )


def test_a_file_is_opened_by_the_button_and_asked(server: Server, visit: Visit, files: Path, folder: Path) -> None:
    page = visit(server.url, permissions=["clipboard-read", "clipboard-write"])
    expect(page.locator("#choose details")).to_have_count(0)
    expect(page.locator("#look")).to_have_count(0)
    before = page.locator("#chat .example").all_text_contents()
    choose_files(page, files / "anna.txt")
    expect(opened(page)).to_have_text("Opened Anna. Ask about it.×")
    assert [p for p in folder.glob("interview-qa-*/**/*") if p.is_file()] == []
    expect(page.locator("#tx-title")).to_have_text("Anna")
    expect(page.locator("#brand small")).to_have_text("2 interviews")
    expect(page.locator("#choose summary")).to_have_text("Asking Anna")
    for question in before:
        expect(page.locator("#chat .example").filter(has_text=question)).to_have_count(0)
    turns = ["Interviewer 0:12", "Anna Berg 0:19", "0:55", "Interviewer 1:40", "Anna Berg 1:44"]
    expect(page.locator("#tx .turn")).to_have_text(turns)
    answer = ask(page, BOAT)
    expect(answer.locator(".ans")).to_have_text("1974")
    expect(answer.locator(".src .asked")).to_have_text("Interviewer: What did your father do?")
    expect(answer.locator(".src .who")).to_have_text(["Interviewer:", "Anna Berg:"])
    expect(answer.locator(".meta .from")).to_have_text("Anna")
    expect(answer.locator(".meta")).to_contain_text("Anna Berg, 0:19, paragraph 2, sentence 3")
    expect(page.locator("#tx .s.hit")).to_have_text("He sold the red boat in 1974.")
    expect(page.locator("#opened .note")).to_have_count(0)
    answer.get_by_text("Copy quote").first.click()
    expect(answer.get_by_text("Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == (
        "“He sold the red boat in 1974.” (Anna Berg, “Anna”, 0:19, paragraph 2)"
    )


def test_those_that_fail_are_told_and_the_others_open(server: Server, visit: Visit, files: Path) -> None:
    page = visit(server.url)
    names = ("empty.txt", "anna.txt", "damaged.docx", "setup.exe", "large.txt", "ben.txt")
    choose_files(page, *(files / name for name in names))
    told = opened(page)
    expect(told.locator("[role=status]")).to_have_text("Opened 2 interviews. Ask about them.")
    expect(told.locator("[role=alert] p")).to_have_text("4 files were not opened:")
    expect(told.locator("li")).to_contain_text(
        [
            "“empty.txt” holds no words.", "damaged.docx: This file ends in .docx", "setup.exe: Files of this kind",
            "large.txt: This file is larger than 20 MB.",
        ]
    )  # fmt: skip
    assert "interview-qa-" not in told.inner_text()
    ask(page, BAKERY)
    expect(told.locator("li")).to_have_count(4)  # still to be read
    told.get_by_label("Dismiss").click()
    expect(told).to_have_count(0)
    choose_files(page, files / "empty.txt")
    expect(told).to_contain_text("This file was not opened:")
    expect(told.locator("li")).to_have_count(1)
    expect(page.locator("#choose summary")).to_have_text("Asking 2 of 3 interviews")


def test_pages_that_are_pictures_are_told(server: Server, visit: Visit, tmp_path: Path) -> None:
    scanned = tmp_path / "scanned.pdf"
    scanned.write_bytes(write_pdf("I was born in Bergen.", "", "We left in 1974.", pictures=[2]))
    page = visit(server.url)
    choose_files(page, scanned)
    told = "Page 2 is a picture, perhaps a scan, and cannot be searched."
    expect(opened(page)).to_contain_text(f"Opened Scanned. Ask about it. Scanned: {told}")
    ask(page, "When did you leave?")
    expect(page.locator("#tx .missing")).to_contain_text(told)


def test_files_are_dropped_anywhere(server: Server, visit: Visit) -> None:
    page = visit(server.url)
    drop(page, "dragover", anna=ANNA)
    expect(page.locator("body")).to_have_class("dropping")
    page.evaluate("document.dispatchEvent(new DragEvent('dragleave'))")
    expect(page.locator("body")).not_to_have_class("dropping")
    drop(page, "dragover", anna=ANNA)
    drop(page, "drop", anna=ANNA, ben=BEN)
    expect(page.locator("body")).not_to_have_class("dropping")
    expect(opened(page)).to_contain_text("Opened 2 interviews.")
    drop(page, "drop", anna=ANNA)  # once more
    expect(opened(page)).to_contain_text("Opened Anna.")
    expect(page.locator("#choose .rows label")).to_have_count(4)


def test_one_several_or_all_are_asked_and_the_pane_follows(server: Server, visit: Visit, files: Path) -> None:
    page = visit(server.url)
    choose_files(page, files / "anna.txt", files / "ben.txt")
    opened(page)
    answer = ask(page, BAKERY)
    expect(answer.locator(".ans")).to_contain_text("1981")
    expect(page.locator("#tx-title")).to_have_text("Ben")
    expect(page.locator("#look")).to_have_value("2")
    expect(page.locator("#tx .s.hit")).to_have_text("The bakery burned down in 1981.")
    expect(page.locator("#tx .s.hit")).to_be_in_viewport()

    page.locator("#choose summary").click()
    page.get_by_label(SERES).check()
    page.get_by_label("Anna", exact=True).uncheck()
    page.get_by_label("Ben", exact=True).uncheck()
    page.keyboard.press("Escape")
    expect(page.locator("#choose summary")).to_have_text(f"Asking {SERES}")
    declined = ask(page, BAKERY)
    expect(declined.locator(".none-box .ans")).to_have_text("The interview does not answer this.")  # the one asked
    expect(declined.locator(".whence").first).to_contain_text(SERES)
    assert "Ben" not in "".join(declined.locator(".whence").all_inner_texts())

    page.locator("#choose summary").click()
    page.get_by_label("All 3 interviews").check()
    expect(page.locator("#choose .rows :checked")).to_have_count(1)
    page.locator("#tx").click()
    expect(page.locator("#choose .menu")).not_to_be_visible()
    expect(page.locator("#choose summary")).to_have_text("Asking all 3 interviews")
    ask(page, "When did Seres begin to work with Huawei?")
    expect(page.locator("#tx-title")).to_have_text(SERES)
    declined.locator("a.jump").first.click()
    expect(page.locator("#tx .s.hit")).to_be_focused()
    answer.get_by_text("Show in interview").click()
    expect(page.locator("#tx-title")).to_have_text("Ben")
    expect(page.locator("#tx .s.hit")).to_be_focused()
    page.locator("#look").select_option("Anna")
    expect(page.locator("#tx-title")).to_have_text("Anna")
    expect(page.locator("#tx .s.hit")).to_have_count(0)


def test_what_was_opened_last_is_asked_whatever_was_chosen_before(server: Server, visit: Visit, files: Path) -> None:
    page = visit(server.url)
    asking, chosen = page.locator("#choose summary"), page.locator("#choose .rows :checked")
    choose_files(page, files / "anna.txt")
    expect(asking).to_have_text("Asking Anna")
    asking.click()
    page.get_by_label(SERES).check()
    page.keyboard.press("Escape")
    for _ in range(2):  # the second time it is written as it was
        choose_files(page, files / "ben.txt")
        expect(asking).to_have_text("Asking Ben")
        expect(chosen).to_have_count(1)
        expect(chosen).to_have_value("2")
        asking.click()
        page.get_by_label("All 3 interviews").check()
        page.keyboard.press("Escape")
        expect(asking).to_have_text("Asking all 3 interviews")


def test_files_beyond_the_most_of_one_lot_are_not_sent_and_told(server: Server, visit: Visit) -> None:
    page = visit(server.url)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.url.endswith("/upload") else None)
    page.evaluate(
        """() => {
            const input = document.querySelector('#files');
            const large = Array.from({ length: 1000 }, (_, n) => ({ name: `${n}.txt`, size: 3e7 }));
            const files = [...large, new File(['The dog barked.'], 'dog.txt')];
            Object.defineProperty(input, 'files', { value: files });
            input.dispatchEvent(new Event('change', { bubbles: true }));
        }"""
    )
    told = page.locator("#opened .note")
    expect(told).to_contain_text("dog.txt: 1,000 files at once is the most.")
    assert sent == []


def test_a_name_and_a_text_cannot_run_anything(server: Server, visit: Visit, files: Path) -> None:
    page = visit(server.url)
    choose_files(page, files / "<img src=x onerror=alert(1)>.txt", files / "ben.txt")
    title = "<img src=x onerror=alert(1)>"
    opened(page)
    expect(page.locator("#tx-title")).to_have_text(title)
    expect(page.locator("#choose .rows label").nth(2)).to_have_text(title)
    expect(page.locator("#look option").nth(1)).to_have_text(title)
    answer = ask(page, "Where is it?")
    expect(answer.locator(".meta .from, .whence").filter(has_text=title).first).to_be_attached()
    page.locator("#choose summary").click()
    page.get_by_label("Ben", exact=True).uncheck()
    expect(page.locator("#choose summary")).to_have_text(f"Asking {title}")
    choose_files(page, files / "<img src=x onerror=alert(1)>.txt")
    expect(opened(page)).to_contain_text(f"Opened {title}.")
    for place in ("#chat .message-row", "#tx", "#choose", "#opened", "#head", "#brand"):
        assert page.locator(f"{place} :is(script, img, table, code)").count() == 0


def test_nothing_is_lost_where_the_steps_of_an_event_come_at_once(server: Server, visit: Visit, files: Path) -> None:
    page = visit(server.url)
    expect(page.locator("#chat .example")).to_have_count(4, timeout=30_000)

    def answer_late(route: Route) -> None:  # the steps come before the word that they will
        response = route.fetch()
        time.sleep(1.5)
        route.fulfill(response=response)

    page.route("**/queue/join*", answer_late)
    choose_files(page, files / "anna.txt")
    opened(page)
    expect(page.locator("#tx-title")).to_have_text("Anna")
    expect(page.locator("#look option")).to_have_count(2)
    answer = ask(page, BOAT)
    expect(answer.locator(".ans")).to_have_text("1974")
    expect(page.locator("#tx .hit")).to_have_text("He sold the red boat in 1974.")


def test_what_is_opened_is_the_visitor_s_alone_and_goes_with_the_visit(
    server: Server, visit: Visit, files: Path
) -> None:
    page, other = visit(server.url), visit(server.url)
    choose_files(page, files / "anna.txt")
    opened(page)
    answer = ask(other, BOAT)
    expect(answer.locator(".none-box .ans")).to_have_text("The interview does not answer this.")
    assert "boat" not in other.locator("#tx").inner_text()
    choose_files(other, files / "ben.txt")
    opened(other)
    expect(other.locator("#choose .rows label")).to_have_count(3)
    expect(page.locator("#choose .rows label")).to_have_count(3)
    page.reload()
    expect(page.locator("#tx-title")).to_have_text(SERES)
    expect(page.locator("#choose details")).to_have_count(0)
    expect(page.locator("#trouble")).to_contain_text("What you had opened was forgotten")
    answer = ask(page, BOAT)
    expect(answer.locator(".none-box .ans")).to_be_visible()
    expect(page.locator("#trouble p")).to_have_count(0)
    page.reload()
    expect(page.locator("#tx-title")).to_have_text(SERES)
    expect(page.locator("#chat .qa")).to_have_count(1, timeout=60_000)
    expect(page.locator("#trouble p")).to_have_count(0)


def test_a_question_waits_for_the_files_and_a_second_lot_for_the_first(
    server: Server, visit: Visit, files: Path
) -> None:
    page = visit(server.url)

    held: list[Route] = []
    page.route("**/gradio_api/upload", lambda route: route.continue_() if held else held.append(route))
    choose_files(page, files / "long.txt", files / "anna.txt")
    expect(page.locator("#sending [role=status]")).to_contain_text("Sending 1 of 2: long.txt … ")
    page.locator("#ask textarea").fill(BOAT)
    page.locator("#ask textarea").press("Enter")
    expect(page.locator("#chat .wait")).to_contain_text("Reading the interview")
    choose_files(page, files / "ben.txt")
    held[0].continue_()
    expect(page.locator("#chat .qa .ans")).to_have_text("1974", timeout=60_000)
    expect(page.locator("#tx .s.hit")).to_have_text("He sold the red boat in 1974.")
    expect(page.locator("#choose .rows label")).to_have_count(5, timeout=60_000)
    expect(page.locator("#sending")).not_to_be_visible()
    expect(page.locator("#brand small")).to_have_text("4 interviews")


def test_what_is_queued_goes_with_the_conversation(server: Server, visit: Visit, files: Path) -> None:
    page = visit(server.url)
    held: list[Route] = []
    page.route("**/gradio_api/upload", lambda route: held.append(route))
    choose_files(page, files / "anna.txt")
    box = page.locator("#ask textarea")
    for question, count in ((BOAT, 1), (BAKERY, 1)):  # the second waits for the first
        box.fill(question)
        box.press("Enter")
        expect(page.locator("#chat .user-row")).to_have_count(count)
    page.get_by_label("Clear").click()
    expect(page.locator("#chat .user-row")).to_have_count(0)
    held[0].continue_()
    opened(page)
    page.wait_for_timeout(1000)
    expect(page.locator("#chat .user-row")).to_have_count(0)
    expect(ask(page, BOAT).locator(".ans")).to_have_text("1974")
    expect(page.locator("#chat .user-row")).to_have_count(1)


def test_the_last_opened_is_one_click_away(server: Server, visit: Visit, files: Path) -> None:
    page = visit(server.url)
    for name in ("anna.txt", "ben.txt"):
        choose_files(page, files / name)
        expect(page.locator("#tx-title")).to_have_text(name.removesuffix(".txt").capitalize())
        opened(page)
    newest = page.get_by_role("button", name="Last opened: Ben")
    expect(newest).not_to_be_visible()
    for title in ("Anna", SERES):
        page.locator("#look").select_option(title)
        expect(page.locator("#tx-title")).to_have_text(title)
        newest.click()
        expect(page.locator("#tx-title")).to_have_text("Ben")
        expect(newest).not_to_be_visible()
        expect(page.locator("#look")).to_be_focused()


def test_a_long_interview_is_opened_with_what_it_is_about_folded(server: Server, visit: Visit, files: Path) -> None:
    page = visit(server.url)
    choose_files(page, files / "long.txt")
    gist = page.locator("#tx details.gist")
    expect(gist).to_have_count(1, timeout=60_000)
    rows = gist.locator("li")
    expect(rows.first).not_to_be_visible()
    gist.locator("summary").click()
    assert 5 <= rows.count() <= 7
    expect(rows.last).to_contain_text("paragraph 1, sentence")
    text = rows.last.locator("a.jump").inner_text()
    rows.last.locator("a.jump").click()
    expect(page.locator("#tx .s.hit")).to_have_text(text)


def test_an_upload_that_breaks_off_or_is_stopped_is_said(server: Server, visit: Visit, files: Path) -> None:
    page = visit(server.url, ignoring="Failed to load resource")
    page.route("**/gradio_api/upload", lambda route: route.abort())
    choose_files(page, files / "anna.txt")
    told = page.locator("#opened li")
    expect(told).to_have_text(["anna.txt: This file did not arrive whole. Open it once more."])
    page.unroute("**/gradio_api/upload")
    page.route("**/gradio_api/upload", lambda route: None)  # never arrives
    choose_files(page, files / "ben.txt", files / "anna.txt")
    page.get_by_role("button", name="Stop").click()
    expect(told).to_have_count(3)
    expect(page.locator("#sending")).not_to_be_visible()
    page.unroute("**/gradio_api/upload")
    choose_files(page, files / "anna.txt")
    expect(opened(page)).to_contain_text("Opened Anna.")
    expect(told).to_have_count(3)


def test_the_keyboard_opens_and_chooses(server: Server, visit: Visit, files: Path) -> None:
    page = visit(server.url)
    expect(page.locator("#ask textarea")).to_be_focused()
    with page.expect_file_chooser() as chosen:
        page.locator("#open").press("Enter")
    chosen.value.set_files(files / "anna.txt")
    opened(page)
    page.locator("#themebtn").focus()
    page.keyboard.press("Tab")
    expect(page.locator("#choose summary")).to_be_focused()
    assert page.locator("#choose summary").evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator("#choose summary")).to_have_text("Asking all 2 interviews")
    page.keyboard.press("Escape")
    expect(page.locator("#choose .menu")).not_to_be_visible()
    expect(page.locator("#choose summary")).to_be_focused()
    page.get_by_label("Interview to look at").focus()
    page.keyboard.press("ArrowUp")
    expect(page.locator("#tx-title")).to_have_text(SERES)


def test_on_a_phone(server: Server, visit: Visit, files: Path) -> None:
    page = visit(server.url, viewport=PHONE, has_touch=True)
    choose_files(page, files / "anna.txt", files / "ben.txt", files / "<img src=x onerror=alert(1)>.txt")
    opened(page).get_by_label("Dismiss").tap()
    page.locator("#choose summary").tap()
    expect(page.locator("#choose .menu")).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.locator("#choose summary").tap()
    answer = ask(page, BOAT)
    page.locator("#showtx").tap()
    page.locator("#look").select_option("Ben")
    expect(page.locator("#tx-title")).to_have_text("Ben")
    page.locator("#closetx").tap()
    answer.get_by_text("Show in interview").tap()
    expect(page.locator("#tx .s.hit")).to_have_text("He sold the red boat in 1974.")
    expect(page.locator("#tx .s.hit")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_an_archive_shows_one_interview_at_a_time(visit: Visit, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("archive")
    (folder / "talks").mkdir()
    for n in range(30):
        (folder / "talks" / f"talk {n:02}.txt").write_text(f"The ship number {n} left on day {n * 7} of the year.")
    with serving(folder, str(folder / "talks")) as server:
        page = visit(server.url)
        assert page.title() == "Ask the interview – 30 interviews"
        expect(page.locator("#tx .s")).to_have_count(1)
        page.locator("#choose summary").click()
        page.get_by_label("Find an interview").fill("17")
        expect(page.locator("#choose .rows label:visible")).to_have_count(1)
        page.locator("#choose .rows label:visible").click()
        page.keyboard.press("Escape")
        answer = ask(page, "On which day did the ship leave?")
        expect(answer.locator(".ans")).to_contain_text("119")
        expect(page.locator("#tx .s")).to_have_text("The ship number 17 left on day 119 of the year.")
        page.close()
