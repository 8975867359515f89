"""Addresses that name a sentence or ask a question, and a page that is loaded again, as a person meets them."""

# ruff: noqa: F401, F811 (fixtures are imported, and are arguments)
from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests.browsing import PHONE, ask, browser, visit
from tests.servers import Server, serving
from tests.test_render import HOSTILE

ANNA = """\
Anna Berg was born in Bergen in 1932. Her father had two boats.

He sold the red boat in 1974. The other one sank.

Who taught Anna Berg to play the violin?

Her grandmother taught her to play the violin.

How many concerts does Anna Berg give in a year?

She gives forty concerts in a year.
"""
BEN = "Ben Adeyemi ran a bakery in Lagos. The bakery burned down in 1981.\n"
BOAT, BAKERY = "When was the red boat sold?", "When did the bakery burn down?"
UNSAID = "What does the car cost?"
Visit = Callable[..., Page]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("server")
    (folder / "talks").mkdir()
    (folder / "talks" / "anna.txt").write_text(ANNA, encoding="utf-8")
    (folder / "talks" / "ben.txt").write_text(BEN, encoding="utf-8")
    with serving(folder, str(folder / "talks")) as server:
        yield server
        assert server.beyond() == []


def settled(page: Page) -> Page:
    """The page once questions are suggested."""
    expect(page.locator("#chat .example").first).to_be_visible(timeout=60_000)
    return page


def reload(page: Page) -> None:
    """Load the page again, and wait until the conversation, if there was one, is back."""
    page.reload()
    expect(page.locator("#ask textarea")).to_be_visible(timeout=30_000)
    expect(page.locator("#tx[role=region]")).to_be_attached()
    expect(page.locator("#left[inert]")).to_have_count(0)


def kept(page: Page) -> list[str] | None:
    """The questions that the browser keeps."""
    found = page.evaluate("sessionStorage.getItem('conversation')")
    return found and [question for question, *_ in json.loads(found)["asked"]]


def questions(page: Page) -> list[str]:
    return [text.removeprefix("You asked: ").strip() for text in page.locator("#chat .user-row").all_inner_texts()]


@pytest.mark.parametrize(
    ("address", "title", "sentence"),
    [("#s3", "Anna", "He sold the red boat in 1974."), ("#i2-s2", "Ben", "The bakery burned down in 1981.")],
)
def test_an_address_opens_at_its_sentence(
    server: Server, visit: Visit, address: str, title: str, sentence: str
) -> None:
    page = visit(server.url + "/" + address)
    expect(page.locator("#tx .s.hit")).to_have_text(sentence)
    expect(page.locator("#tx .s.hit")).to_be_in_viewport()
    expect(page.locator("#tx-title")).to_have_text(title)
    expect(page.locator("#look option:checked")).to_have_text(title)


def test_the_mark_stays_where_the_text_comes_anew(server: Server, visit: Visit) -> None:
    page = visit(server.url + "/#s3")
    expect(page.locator("#tx .s.hit")).to_have_id("i1-s3")
    page.evaluate(  # as when what a long interview is about comes before its text
        "() => { const title = document.querySelector('#tx-title');"
        " title.after(document.createElement('p'));"
        " document.querySelector('#i1-s3').removeAttribute('aria-current');"
        " document.querySelector('#i1-s3').className = 's'; }"
    )
    expect(page.locator("#tx .s.hit")).to_have_id("i1-s3")


def test_an_address_that_leads_nowhere_is_told(server: Server, visit: Visit) -> None:
    page = visit(server.url + "/#s19")
    expect(page.locator("#notice")).to_contain_text("This link leads to sentence 19, and the interview has 8.")
    page.evaluate("location.hash = '#i3-s1'")
    expect(page.locator("#notice")).to_contain_text("an interview that is not open here")
    page.evaluate("location.hash = '#i2-s1'")  # an address that is put into the page that is open
    expect(page.locator("#tx .s.hit")).to_have_text("Ben Adeyemi ran a bakery in Lagos.")
    expect(page.locator("#notice p")).to_have_count(0)
    page.evaluate("location.hash = '#nothing'")
    expect(page.locator("#tx .s.hit")).to_have_count(1)


def test_on_a_phone_an_address_brings_up_the_interview(server: Server, visit: Visit) -> None:
    page = visit(server.url + "/#i2-s2", viewport=PHONE, has_touch=True)
    expect(page.locator("#tx .s.hit")).to_be_in_viewport()
    page.locator("#closetx").tap()
    expect(page.locator("#tx")).not_to_be_in_viewport()


def test_a_link_of_an_answer_is_an_address(server: Server, visit: Visit) -> None:
    page = visit(server.url)
    answer = ask(page, BAKERY)
    link = answer.get_by_text("Show in interview")
    address = link.get_attribute("href")
    assert address == "#i2-s2"
    link.click()
    expect(page.locator("#tx .s.hit")).to_be_focused()
    assert page.evaluate("location.hash") == ""
    other = visit(f"{server.url}/{address}")
    expect(other.locator("#tx .s.hit")).to_have_text("The bakery burned down in 1981.")


def test_a_question_in_the_address_is_asked_once(server: Server, visit: Visit) -> None:
    page = visit(f"{server.url}/?q={quote(BOAT)}&__theme=dark#i2-s1")
    expect(page.locator("#chat .qa .ans")).to_have_text("1974", timeout=60_000)
    expect(page.locator("#tx .s.hit")).to_have_text("He sold the red boat in 1974.")
    expect(page.locator("#ask textarea")).to_have_value("")
    assert page.evaluate("location.search + location.hash") == "?__theme=dark#i2-s1"
    assert (questions(page), kept(page)) == ([BOAT], [BOAT])


@pytest.mark.parametrize(
    ("question", "told"), [("", "is empty"), ("%3F", "holds no words"), ("a" * 501, "501 characters")]
)
def test_a_question_in_the_address_that_cannot_be_asked(server: Server, visit: Visit, question: str, told: str) -> None:
    page = visit(f"{server.url}/?q={question}")
    expect(page.get_by_role("alert")).to_contain_text(told)
    expect(page.locator("#ask textarea")).to_have_value(question.replace("%3F", "?"))
    expect(page.locator("#chat .user-row")).to_have_count(0)


def test_a_question_in_the_address_cannot_run_anything(server: Server, visit: Visit) -> None:
    question = f"boat {HOSTILE}"[:480]
    page = visit(f"{server.url}/?q={quote(question)}")
    expect(page.locator("#chat .qa:not(.wait)")).to_be_visible(timeout=60_000)
    settled_text = " ".join(question.split())
    assert questions(page) == [settled_text]
    reload(page)
    assert questions(page) == [settled_text]
    assert page.locator("#chat .message-row :is(script, img, table, h1, code, del, .katex)").count() == 0


def test_a_sentence_offers_its_link(server: Server, visit: Visit) -> None:
    page = visit(server.url, permissions=["clipboard-read", "clipboard-write"])
    page.locator("#tx #i1-s3").click()
    page.get_by_role("button", name="Copy the link to sentence 3").click()
    expect(page.get_by_text("Link copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == f"{server.url}/#s3"
    page.locator("#tx-title").click()
    expect(page.locator("#link")).to_have_count(0)
    ask(page, BAKERY).get_by_text("Show in interview").click()
    expect(page.locator("#tx #i2-s2")).to_be_focused()
    page.keyboard.press("Enter")
    button = page.get_by_role("button", name="Copy the link to sentence 2")
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Link copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == f"{server.url}/#i2-s2"
    page.keyboard.press("Escape")
    expect(button).to_have_count(0)
    expect(page.locator("#tx #i2-s2")).to_be_focused()


def test_text_that_is_selected_and_what_was_opened_offer_none(server: Server, visit: Visit) -> None:
    page = visit(server.url)
    page.locator("#tx #i1-s3").dblclick()
    assert page.evaluate("getSelection().toString()")
    expect(page.locator("#link")).to_have_count(0)
    page.locator("#tx-title").click()
    page.locator("#tx #i1-s3").click()
    expect(page.locator("#link")).to_have_count(1)
    talk = {"name": "dora.txt", "mimeType": "text/plain", "buffer": b"We had a dog. It barked."}
    page.locator("#files").set_input_files([talk])
    expect(page.locator("#opened")).to_contain_text("Ask about", timeout=60_000)
    expect(page.locator("#link")).to_have_count(0)
    page.locator("#tx #i3-s2").click()
    page.locator("#tx #i3-s2").press("Enter")
    expect(page.locator("#link")).to_have_count(0)


def test_the_conversation_is_there_when_the_page_is_loaded_again(server: Server, visit: Visit) -> None:
    page = settled(visit(server.url))
    ask(page, BAKERY)
    page.locator("#choose summary").click()
    page.get_by_label("Anna", exact=True).check()
    page.keyboard.press("Escape")
    ask(page, BAKERY)
    page.locator("#choose summary").click()
    page.get_by_label("All 2 interviews").check()
    page.keyboard.press("Escape")
    ask(page, BOAT)
    before = page.locator("#chat .qa").all_inner_texts()
    reload(page)
    expect(page.locator("#chat .qa")).to_have_count(3)
    assert questions(page) == [BAKERY, BAKERY, BOAT]
    assert [text[:40] for text in page.locator("#chat .qa").all_inner_texts()] == [text[:40] for text in before]
    expect(page.locator("#tx .s.hit")).to_have_text("He sold the red boat in 1974.")
    expect(page.locator("#strips button")).to_have_count(2)
    expect(page.locator("#ask textarea")).to_be_focused()
    ask(page, UNSAID)
    assert kept(page) == [BAKERY, BAKERY, BOAT, UNSAID]
    reload(page)
    expect(page.locator("#chat .qa")).to_have_count(4)
    expect(page.locator("#chat .none-box")).to_have_count(2)


def test_what_is_cleared_does_not_come_back(server: Server, visit: Visit) -> None:
    page = settled(visit(server.url))
    ask(page, BOAT)
    page.get_by_label("Clear").click()
    expect(page.locator("#chat .qa")).to_have_count(0)
    expect(page.locator("#tx .s.hit")).to_have_count(0)
    assert kept(page) is None
    reload(page)
    settled(page)
    assert questions(page) == []
    ask(page, BAKERY)
    assert kept(page) == [BAKERY]


def test_clearing_while_an_answer_is_on_its_way_keeps_it_away(
    visit: Visit, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with serving(tmp_path_factory.mktemp("fresh"), takes=4) as fresh:  # whose model is not loaded yet
        page = visit(fresh.url)
        page.locator("#ask textarea").fill("Where is the IT center?")
        page.locator("#ask textarea").press("Enter")
        expect(page.locator("#chat .wait")).to_be_visible()
        page.get_by_label("Clear").click()
        expect(page.locator("#chat .wait")).to_have_count(0)
        page.evaluate(  # by when the other would have been answered
            "fetch('gradio_api/run/ask', { method: 'POST', body: JSON.stringify({ data: ['Where is the IT center?'] }),"
            " headers: { 'Content-Type': 'application/json' } }).then(reply => reply.text())"
        )
        assert (questions(page), kept(page)) == ([], None)
        ask(page, UNSAID)
        assert (questions(page), kept(page)) == ([UNSAID], [UNSAID])
        page.close()


def test_what_was_opened_and_asked_of_it_is_forgotten(server: Server, visit: Visit) -> None:
    page = settled(visit(server.url))
    ask(page, BOAT)
    talk = {"name": "dora.txt", "mimeType": "text/plain", "buffer": b"We had a dog. The dog was called Rex."}
    page.locator("#files").set_input_files([talk])
    expect(page.locator("#opened")).to_contain_text("Ask about", timeout=60_000)
    ask(page, "What was the dog called?")
    ask(page, BAKERY)
    assert kept(page) == [BOAT]
    assert "dog" not in page.evaluate("JSON.stringify([sessionStorage, localStorage])")
    reload(page)
    expect(page.locator("#chat .qa")).to_have_count(1)
    assert questions(page) == [BOAT]
    assert "dog" not in page.locator("body").inner_text()


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ([[f"boat {HOSTILE}"[:480], [], False]], 1),
        ([["boat", [9], False], [BOAT, [0], False], ["a" * 501, [], False], None], 1),
        ("junk", 0),
    ],
)
def test_what_is_made_up_in_the_browser_does_no_harm(server: Server, visit: Visit, asked: object, shown: int) -> None:
    page = settled(visit(server.url))
    ask(page, BOAT)
    page.evaluate(
        "asked => sessionStorage.setItem('conversation', "
        "JSON.stringify({ ...JSON.parse(sessionStorage.getItem('conversation')), asked }))",
        asked,
    )
    reload(page)
    expect(page.locator("#chat .user-row")).to_have_count(shown)
    expect(page.locator("#chat .qa:not(.wait)")).to_have_count(shown)
    assert page.locator("#chat .message-row :is(script, img, table, h1, code, del, .katex)").count() == 0


def test_a_conversation_about_other_interviews_is_forgotten(server: Server, visit: Visit) -> None:
    page = settled(visit(server.url))
    ask(page, BOAT)
    page.evaluate(
        "sessionStorage.setItem('conversation', sessionStorage.getItem('conversation').replace(/\\w{32}/, 'x'))"
    )
    reload(page)
    settled(page)
    assert (questions(page), kept(page)) == ([], None)
    page.evaluate("sessionStorage.setItem('conversation', '{')")
    reload(page)
    settled(page)
    assert (questions(page), kept(page)) == ([], None)


def test_another_window_has_a_conversation_of_its_own(server: Server, visit: Visit) -> None:
    page = settled(visit(server.url))
    ask(page, BOAT)
    other = page.context.new_page()
    other.goto(server.url)
    settled(other)
    assert questions(other) == []
