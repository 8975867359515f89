"""A conversation in the browser: follow-ups, overviews, and questions to begin with and to go on with."""

# ruff: noqa: F401, F811 (fixtures are imported, and are arguments)
from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browsing import ask, browser, visit
from tests.servers import Server, serving

ASKED = "When did Seres begin to work with Huawei?"
TALK = """
Q: Where were you born, and when did your family leave the island?
A: I was born in Bergen. We left the island in 1974, when I was nine years old.

Q: What did your father do for a living in those days?
A: He built wooden boats for the fishermen, and he sold the last one to a doctor from Oslo.

Q: Who taught you how to play the violin?
A: My grandmother taught me to play the violin. She had learned it from a priest.

Q: How many concerts do you give in a year now?
A: I give forty concerts a year now, most of them in Norway.
"""


def test_a_follow_up_is_understood_and_can_be_asked_as_typed(site: Server, visit: Callable[..., Page]) -> None:
    page = visit(site.url)
    ask(page, ASKED)
    answer = ask(page, "and in Europe?")
    expect(answer.locator(".understood q")).to_have_text("When did Seres begin to work with Huawei in Europe?")
    answers = page.locator("#chat .qa:not(.wait)")
    answer.locator(".astyped").click()
    expect(answers).to_have_count(3, timeout=30_000)
    expect(answers.last.locator(".understood")).to_have_count(0)
    expect(page.locator("#chat .user-row").last).to_contain_text("and in Europe?")
    follow_up = ask(page, "when?")  # the way back was for one question alone
    expect(follow_up.locator(".understood")).to_have_count(1)


def test_a_misspelt_word_is_mended_and_can_be_asked_as_typed(site: Server, visit: Callable[..., Page]) -> None:
    page = visit(site.url)
    typed = ASKED.replace("Huawei", "Huawie")
    answer = ask(page, typed)
    expect(answer.locator(".understood q")).to_have_text(ASKED)
    expect(page.locator("#chat .user-row").last).to_contain_text(typed)
    answer.locator(".astyped").click()
    expect(page.locator("#chat .qa:not(.wait)")).to_have_count(2, timeout=30_000)
    expect(page.locator("#chat .qa").last.locator(".understood")).to_have_count(0)


def test_after_clearing_nothing_came_before(site: Server, visit: Callable[..., Page]) -> None:
    page = visit(site.url)
    ask(page, ASKED)
    page.get_by_label("Clear").click()
    expect(page.locator("#chat .qa")).to_have_count(0)
    expect(ask(page, "and in Europe?").locator(".understood")).to_have_count(0)


def test_an_overview_leads_to_its_places(site: Server, visit: Callable[..., Page]) -> None:
    page = visit(site.url)
    rows = ask(page, "What is it about?").locator("ol.overview li")
    assert 5 <= rows.count() <= 7
    sentence = rows.last.locator("a.jump")
    text = sentence.inner_text()
    sentence.click()
    expect(page.locator("#tx .s.hit")).to_have_text(text)


def test_a_greeting_gets_a_word_and_no_quote(site: Server, visit: Callable[..., Page]) -> None:
    page = visit(site.url)
    answer = ask(page, "hello")
    expect(answer.locator(".remark")).to_contain_text("Ask what is said here")
    expect(answer.locator("blockquote, .none-box, details")).to_have_count(0)
    expect(page.locator("#tx .s.hit")).to_have_count(0)


def test_nonsense_gets_a_word_and_no_quote(site: Server, visit: Callable[..., Page]) -> None:
    answer = ask(visit(site.url), "asdfgh")
    expect(answer.locator(".remark")).to_contain_text("I cannot make out a question")
    expect(answer.locator("blockquote, .none-box, details")).to_have_count(0)


def test_an_answer_leads_on(site: Server, visit: Callable[..., Page]) -> None:
    page = visit(site.url)
    for _ in range(20):  # questions to go on with are looked for while others are answered
        answer = ask(page, ASKED)
        if answer.locator(".next").count():
            break
        page.wait_for_timeout(500)
    following = answer.locator(".next")
    assert 2 <= following.count() <= 3
    question = following.first.inner_text()
    answers = page.locator("#chat .qa:not(.wait)")
    count = answers.count()
    following.first.click()
    expect(answers).to_have_count(count + 1, timeout=30_000)
    expect(page.locator("#chat .user-row").last).to_contain_text(question)
    expect(answers.last.locator(".ans")).not_to_have_text("The interview does not answer this.")


def test_what_leads_on_is_asked_of_its_own_interview(site: Server, visit: Callable[..., Page]) -> None:
    page = visit(site.url)
    for _ in range(20):
        answer = ask(page, ASKED)
        if answer.locator(".next").count():
            break
        page.wait_for_timeout(500)
    talk = {"name": "dora.txt", "mimeType": "text/plain", "buffer": b"We had a dog. It barked."}
    page.locator("#files").set_input_files([talk])  # type: ignore[list-item]
    expect(page.locator("#opened")).to_contain_text("Ask about", timeout=60_000)
    expect(page.locator("#choose summary")).to_have_text("Asking Dora")
    answers = page.locator("#chat .qa:not(.wait)")
    count = answers.count()
    answer.locator(".next").first.click()
    expect(answers).to_have_count(count + 1, timeout=30_000)
    expect(answers.last.locator(".meta .from")).to_contain_text("Interview with Leon He")
    expect(page.locator("#choose summary")).to_have_text("Asking Dora")


def test_the_interviewer_s_questions_are_suggested(
    tmp_path_factory: pytest.TempPathFactory, visit: Callable[..., Page]
) -> None:
    folder = tmp_path_factory.mktemp("own")
    (folder / "talk.txt").write_text(TALK, encoding="utf-8")
    with serving(folder, str(folder / "talk.txt")) as own:
        page = visit(own.url)
        example = page.locator("#chat .example").first
        expect(example).to_be_visible(timeout=60_000)
        question = example.inner_text().strip()
        assert question in TALK
        example.click()
        expect(page.locator("#chat .qa .ans")).to_be_visible(timeout=30_000)
        expect(page.locator("#chat .qa .none-box")).to_have_count(0)
        page.close()  # before the server goes
