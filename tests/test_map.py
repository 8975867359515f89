"""The pictures of where it is said: the digits that the server sends, and the map and the strips in a browser."""

# ruff: noqa: F401, F811 (fixtures are imported, and are arguments)
from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Page, Route, expect

from qa import Cache, Interview, Pipeline, SentenceReader
from tests.browsing import PHONE, ask, browser, visit
from tests.conftest import LetterEncoder
from tests.servers import Server, serving
from web import events, map
from web.loading import Loading
from web.memory import Memory
from web.visit import Visit

ASKED = "When did Seres begin to work with Huawei?"
UNRELATED = "How do I bake sourdough bread?"
NAMES = ["<img src=x onerror=alert(1)>", "Anna", "Ben", "Carla"]
CURRENT = re.compile("true")


@pytest.mark.parametrize("cosines", [[-1.0, 0.0, 0.25], [0.2499, 0.0, -0.3]])
def test_nothing_stands_out_where_nothing_fits(cosines: list[float]) -> None:
    assert map.digits(np.array(cosines, np.float32)) == "000"


@given(st.lists(st.floats(-1, 1, width=32), min_size=1))
def test_each_sentence_has_a_digit_and_the_better_never_the_smaller(cosines: list[float]) -> None:
    digits = map.digits(np.array(cosines, np.float32))
    assert re.fullmatch(f"[0-9]{{{len(cosines)}}}", digits)
    ranked = [digit for _, digit in sorted(zip(cosines, digits, strict=True))]
    assert ranked == sorted(ranked)


@given(st.lists(st.tuples(st.sampled_from("0123456789"), st.integers(1, 400)), min_size=1, max_size=300))
def test_a_strip_loses_no_best_and_is_as_long_as_any(sentences: list[tuple[str, int]]) -> None:
    digits = "".join(digit for digit, _ in sentences)
    strip = map.strip(digits, [length for _, length in sentences])
    assert len(strip) == map.BINS
    assert (max(strip), set(strip) <= set(digits)) == (max(digits), True)


@pytest.fixture
def two() -> Visit:
    talks = [Interview.from_text("A boat. The sea.", title="A"), Interview.from_text("Zzzz.", title="B")]
    cache = Memory(Cache(None), keeps_behind=True)
    return Visit(Loading(Pipeline(talks, LetterEncoder(), SentenceReader(), cache=cache)))


def test_the_question_is_embedded_once_for_all(two: Visit) -> None:
    pipeline = two.loading.pipeline
    pipeline.prepare()
    encoder = pipeline.encoder
    assert isinstance(encoder, LetterEncoder)
    encoder.texts.clear()
    every = pipeline.all_cosines("Zzzz?")
    assert encoder.texts == ["Zzzz?"]
    assert [each.tolist() for each in every] == [pipeline.cosines("Zzzz?", n).tolist() for n in (0, 1)]


def test_the_pictures_are_of_the_last_question(two: Visit) -> None:
    assert map.pictures(two) == map.NEUTRAL
    list(events.ask_page("Zzzz?", [], two, {}))
    assert (two.shown, map.pictures(two)["fits"]) == (1, "1:9")
    best, other = map.pictures(two)["strips"].split(",")
    assert best == f"1:0:{'9' * map.BINS}"
    assert re.fullmatch(r"0:-?\d:\d{100}", other)
    events.turn(two, 0)
    assert re.fullmatch(r"0:\d\d", map.pictures(two)["fits"])
    list(events.ask_page("Hello", [], two, {}))  # which asks nothing
    assert map.pictures(two) == map.NEUTRAL


def test_one_interview_has_no_strips_and_many_have_the_best(monkeypatch: pytest.MonkeyPatch, two: Visit) -> None:
    list(events.ask_page("Zzzz?", [], two, {}))
    monkeypatch.setattr(map, "STRIPS", 1)
    assert map.pictures(two)["strips"].startswith("1:0:")
    assert "," not in map.pictures(two)["strips"]
    cache = Memory(Cache(None), keeps_behind=True)
    one = Visit(Loading(Pipeline(two.interviews[0], LetterEncoder(), SentenceReader(), cache=cache)))
    list(events.ask_page("boat", [], one, {}))
    assert (map.pictures(one)["fits"][:2], map.pictures(one)["strips"]) == ("0:", "")


def test_no_answer_is_lost_for_a_picture(monkeypatch: pytest.MonkeyPatch, two: Visit) -> None:
    monkeypatch.setattr(map, "digits", lambda _: 1 / 0)
    *_, (messages, *_) = events.ask_page("Zzzz?", [], two, {})
    assert "Zzzz" in messages[-1]["content"]
    assert map.pictures(two) == map.NEUTRAL


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("archive")
    (folder / "talks").mkdir()
    texts = ["The dog barked.", "He sold the red boat in 1974.", "The bakery burned down.", "It rained for a week."]
    for name, text in zip(NAMES, texts, strict=True):
        (folder / "talks" / f"{name}.txt").write_text(f"{text} Nothing more was said about it.", encoding="utf-8")
    with serving(folder, str(folder / "talks")) as server:
        yield server
        assert server.beyond() == []


def said(page: Page, text: str) -> None:
    """Wait until the map says this of the sentence that it is at."""
    expect(page.locator("#map .map")).to_have_attribute("aria-valuetext", re.compile(text))


def colours(page: Page) -> set[str]:
    """The names of the colours that the map is drawn in."""
    return set(
        page.evaluate(
            """() => {
                const canvas = document.querySelector('#map canvas');
                const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
                const style = getComputedStyle(document.body);
                const hex = n => '#' + [...data.slice(n, n + 3)].map(b => b.toString(16).padStart(2, '0')).join('');
                const names = new Map(['hit', 'none', ...Array(10).keys()].reverse()
                    .map(name => [style.getPropertyValue(`--fit-${name}`).trim(), String(name)]));
                const found = new Set();
                for (let n = 0; n < data.length; n += 4) if (data[n + 3]) found.add(names.get(hex(n)) ?? hex(n));
                return [...found];
            }"""
        )
    )


def test_without_a_question_it_is_plain_and_tells_where_one_is(site: Server, visit: Callable[..., Page]) -> None:
    page = visit(site.url)
    said(page, "^Sentence 1 of 27: Chongqing")
    assert colours(page) == {"none"}
    page.locator("#tx").evaluate("e => { e.scrollTop = e.scrollHeight; }")
    said(page, r"^Sentence (1\d|2\d) of 27: ")
    expect(page.locator("#strips")).not_to_be_visible()


def test_the_source_stands_out_and_the_best_are_marked(site: Server, visit: Callable[..., Page]) -> None:
    page = visit(site.url)
    ask(page, ASKED)
    said(page, "^Sentence 11 of 27, fits well: Seres began collaborating")
    assert "hit" in colours(page)
    assert colours(page) & set("56789")
    ask(page, UNRELATED)
    said(page, "^Sentence [0-9]+ of 27, does not fit: ")
    assert colours(page) <= {"0", "1", "2"}
    page.get_by_label("Clear").click()
    said(page, "^Sentence [0-9]+ of 27: ")
    assert colours(page) == {"none"}


def test_a_click_goes_to_a_sentence(site: Server, visit: Callable[..., Page]) -> None:
    page = visit(site.url)
    ask(page, ASKED)
    said(page, "^Sentence 11 ")
    page.locator("#map .map").click(position={"x": 6, "y": 20})
    expect(page.locator("#tx #i1-s1")).to_be_focused()
    expect(page.locator("#tx .s.hit")).to_have_id("i1-s1")
    expect(page.locator("#tx #i1-s1")).to_be_in_viewport()
    said(page, "^Sentence 1 ")
    expect(page.locator("#tx .s.hit.seen")).to_have_count(1)  # it does not look like the source
    page.locator("#chat .qa a.jump").first.click()
    expect(page.locator("#tx .s.hit:not(.seen)")).to_have_id("i1-s11")


def test_the_keyboard_goes_from_one_that_fits_to_the_next(site: Server, visit: Callable[..., Page]) -> None:
    page = visit(site.url)
    slider = page.get_by_role("slider", name="Map of the text")
    said(page, "^Sentence 1 ")
    slider.press("ArrowDown")
    said(page, "^Sentence 1 ")
    slider.press("ArrowDown")
    said(page, "^Sentence 2 ")  # nothing was asked, so all are gone through
    ask(page, ASKED)
    said(page, "^Sentence 11 ")
    slider.press("ArrowUp")
    said(page, "^Sentence [1-9] of 27, fits")
    expect(slider).to_be_focused()
    expect(page.locator("#tx .s.hit")).to_be_in_viewport()
    slider.press("ArrowDown")
    said(page, "^Sentence 11 ")
    slider.press("End")
    said(page, "^Sentence 27 ")
    slider.press("PageUp")
    said(page, "^Sentence 17 ")
    slider.press("Home")
    said(page, "^Sentence 1 ")
    slider.press("Enter")
    expect(page.locator("#tx #i1-s1")).to_be_focused()


def test_the_frame_follows_the_text_and_the_text_the_frame(site: Server, visit: Callable[..., Page]) -> None:
    page = visit(site.url)
    frame, pane = page.locator("#map .frame"), page.locator("#tx")
    expect(frame).to_be_visible()
    top = frame.bounding_box()["y"]
    pane.evaluate("e => { e.scrollTop = e.scrollHeight; }")
    page.wait_for_function(
        "top => document.querySelector('#map .frame').getBoundingClientRect().top > top + 50", arg=top
    )
    bottom = pane.evaluate("e => e.scrollTop")
    box = frame.bounding_box()
    page.mouse.move(box["x"] + 8, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 8, box["y"] - 40)
    page.mouse.move(box["x"] + 8, box["y"] - 60)
    page.mouse.up()
    page.wait_for_function("bottom => document.querySelector('#tx').scrollTop < bottom - 50", arg=bottom)
    expect(page.locator("#tx .s.hit")).to_have_count(0)  # that was no click


def test_it_keeps_step_with_the_theme_and_the_window(site: Server, visit: Callable[..., Page]) -> None:
    page = visit(site.url)
    ask(page, ASKED)
    said(page, "^Sentence 11 ")
    light = colours(page)
    page.locator("#themebtn").click()
    page.wait_for_function(
        """() => {
            const canvas = document.querySelector('#map canvas');
            const { data } = canvas.getContext('2d').getImageData(canvas.width / 2, 0, 1, canvas.height);
            const dark = getComputedStyle(document.body).getPropertyValue('--fit-hit').trim();
            const sought = [1, 3, 5].map(n => parseInt(dark.slice(n, n + 2), 16)).join();
            return [...Array(canvas.height).keys()].some(n => data.slice(4 * n, 4 * n + 3).join() === sought);
        }"""
    )
    assert colours(page) == light
    page.set_viewport_size({"width": 1000, "height": 500})
    page.wait_for_function(
        "() => { const map = document.querySelector('#map .map'); const c = map.querySelector('canvas');"
        " return c.height === Math.round(map.getBoundingClientRect().height * devicePixelRatio) && c.height < 450; }"
    )
    assert colours(page) == light


def test_a_long_text_is_drawn_at_once(site: Server, visit: Callable[..., Page]) -> None:
    page = visit(site.url)
    said(page, "^Sentence 1 of 27")
    longest = page.evaluate(
        """async () => {
            const paragraph = document.querySelector('#tx .para');
            const sentence = (_, n) => `<span class="s" id="i1-s${n + 28}">We left on day ${n}.</span>`;
            const more = Array.from({ length: 10_000 }, sentence);
            paragraph.insertAdjacentHTML('beforeend', more.join(' '));
            document.querySelector('#tx').scrollHeight; // the layout is not counted
            await new Promise(requestAnimationFrame);
            let longest = 0;
            for (let last = performance.now(), frame = 0; frame < 10; frame += 1) {
                document.querySelector('#tx').scrollTop += 5000;
                await new Promise(requestAnimationFrame);
                longest = Math.max(longest, performance.now() - last);
                last = performance.now();
            }
            return longest;
        }"""
    )
    said(page, "of 10027: ")
    assert longest < 1000


def test_on_a_phone_it_is_in_the_sheet(site: Server, visit: Callable[..., Page]) -> None:
    page = visit(site.url, viewport=PHONE, has_touch=True)
    ask(page, ASKED)
    expect(page.locator("#map .map")).not_to_be_in_viewport()
    page.locator("#showtx").tap()
    expect(page.locator("#map .map")).to_be_in_viewport(ratio=0.99)
    page.locator("#map .map").tap(position={"x": 10, "y": 8})
    expect(page.locator("#tx .s.hit")).to_have_id("i1-s1")
    expect(page.locator("#tx .s.hit")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_an_archive_has_a_strip_for_each(archive: Server, visit: Callable[..., Page]) -> None:
    page = visit(archive.url)
    strips = page.locator("#strips button")
    expect(strips).to_have_count(0)
    expect(page.locator("#strips")).not_to_be_visible()
    expect(page.locator("#map .frame")).not_to_be_visible()  # all is in sight
    ask(page, "When was the red boat sold?")
    expect(strips).to_have_count(4)
    expect(strips.first).to_have_text(re.compile("^Anna: a sentence fits well"))
    expect(strips.first).to_have_attribute("aria-current", "true")
    expect(page.locator("#tx-title")).to_have_text("Anna")
    said(page, "^Sentence 1 of 2, fits well: He sold the red boat in 1974")
    assert sorted(text.partition(":")[0] for text in strips.all_text_contents()) == sorted(NAMES)
    assert page.locator("#strips img, #map img").count() == 0
    strips.filter(has_text="Ben").click()
    expect(page.locator("#tx-title")).to_have_text("Ben")
    said(page, "^Sentence 1 of 2, (does not fit|fits a little): The bakery burned down")
    expect(page.locator("#strips [aria-current]")).to_have_text(re.compile("^Ben"))
    strips.first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#tx-title")).to_have_text("Anna")
    expect(page.locator("#tx .s.hit")).to_have_id("i2-s1")
    expect(strips.first).to_be_focused()
    page.get_by_label("Clear").click()
    expect(strips).to_have_count(0)
    said(page, "^Sentence 1 of 2: ")


def test_what_is_opened_has_its_strip_and_its_map(archive: Server, visit: Callable[..., Page]) -> None:
    page = visit(archive.url)
    ask(page, "When was the red boat sold?")
    talk = {"name": "Dora.txt", "mimeType": "text/plain", "buffer": b"Our own red boat was never sold.\n\nIt sank."}
    page.locator("#files").set_input_files([talk])
    expect(page.locator("#opened")).to_contain_text("Ask about", timeout=60_000)
    expect(page.locator("#strips button")).to_have_count(5)
    expect(page.locator("#strips [aria-current]")).to_have_text(re.compile("^Dora"))
    said(page, "^Sentence 1 of 2, fits( well)?: Our own red boat")


def test_what_comes_late_is_not_shown_in_place_of_what_was_asked_for_since(
    archive: Server, visit: Callable[..., Page]
) -> None:
    page = visit(archive.url)
    turns: list[Route] = []

    def hold_the_first(route: Route) -> None:
        is_turn = "interview" in (route.request.post_data_json.get("event_data") or {})
        if is_turn:
            turns.append(route)
        if not is_turn or len(turns) > 1:
            route.continue_()

    page.route("**/queue/join*", hold_the_first)
    ask(page, "When was the red boat sold?")
    talk = {"name": "Dora.txt", "mimeType": "text/plain", "buffer": b"Our own red boat was never sold.\n\nIt sank."}
    page.locator("#files").set_input_files([talk])
    expect(page.locator("#opened")).to_contain_text("Ask about", timeout=60_000)
    expect(page.locator("#tx-title")).to_have_text("Dora")
    assert len(turns) == 1
    with page.expect_request("**/queue/join*"):  # the browser asks anew for what it wants
        turns[0].continue_()
    expect(page.locator("#tx-title")).to_have_text("Dora")
    expect(page.locator("#strips [aria-current]")).to_have_text(re.compile("^Dora"))
