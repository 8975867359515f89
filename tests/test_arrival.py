"""What a visitor comes with: addresses, and a conversation from before, which the browser may have made up."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from qa import Cache, Interview, Pipeline, SentenceReader
from tests.conftest import LetterEncoder
from web import arrival, events
from web.keep import MOST_KEPT, Asked, fingerprint, from_browser, to_json
from web.loading import Loading
from web.memory import Memory
from web.visit import Visit

ANNA = Interview.from_text("I sold the boat in Bergen. It was red.", title="Anna")
BEN = Interview.from_text("The bakery burned down.", title="Ben")
DORA = Interview.from_text("We had a dog.", title="Dora")


@pytest.fixture
def visit() -> Visit:
    cache = Memory(Cache(None), keeps_behind=True)
    return Visit(Loading(Pipeline([ANNA, BEN], LetterEncoder(), SentenceReader(), cache=cache)))


def event(**data: object) -> Any:
    return SimpleNamespace(_data=data)


def ask(visit: Visit, question: str, *chosen: object) -> list[dict[str, Any]]:
    *_, (_, messages, *_) = events.ask_page(question, [], visit, list(chosen))
    return messages


def restored(visit: Visit, asked: object) -> list[tuple[Any, ...]]:
    return list(arrival.restore([], visit, event(asked=asked)))


@pytest.mark.parametrize(
    "address",
    ["", "#", "#s", "#s0", "#i0-s1", "#s-1", "#s1x", "x#s1", "#s1\n", "#i1-s", "#s٣", "#s" + "9" * 99, None, 7, []],
)
def test_what_is_no_place_is_none(address: object) -> None:
    assert arrival.place(address) is None


def test_a_link_shows_its_sentence(visit: Visit) -> None:
    text, notice = arrival.follow(visit, event(place="#i2-s1"))
    assert (text.props["active"].rpartition(":")[0], visit.shown, notice) == ("1:0", 1, "")
    assert "bakery" in text.value


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("#s3", "leads to sentence 3, and the interview has 2"),
        ("#i3-s1", arrival.NOT_OPEN),
        ("#i9-s1", arrival.NOT_OPEN),
    ],
)
def test_a_link_that_leads_nowhere_is_told(visit: Visit, place: str, told: str) -> None:
    visit.add([("dora.txt", DORA)])  # the third, which no link leads to
    text, notice = arrival.follow(visit, event(place=place))
    assert told in notice
    assert not hasattr(text, "props")


def test_what_is_asked_is_kept_as_it_was_asked(visit: Visit) -> None:
    ask(visit, "Who sold the boat?", 0)
    ask(visit, "and the dog?", events.ALONE)
    ask(visit, "?")
    assert visit.asked == [Asked("Who sold the boat?", (0,)), Asked("and the dog?", (), True)]
    visit.forget()
    assert (visit.asked, list(visit.answers)) == ([], [])


def test_from_what_is_opened_on_nothing_is_kept(visit: Visit) -> None:
    ask(visit, "Who sold the boat?")
    visit.add([("dora.txt", DORA)])
    ask(visit, "Who had a dog?", 2)
    ask(visit, "What burned down?", 1)
    assert visit.asked == [Asked("Who sold the boat?")]
    assert len(visit.answers) == 3


def test_a_question_goes_with_the_conversation_that_is_cleared(visit: Visit) -> None:
    visit.expect()  # files, which it waits for
    asking = events.ask_page("Who sold the boat?", [], visit, [])
    assert len(next(asking)[1]) == 2
    visit.forget()
    (last,) = asking
    assert (last[1], visit.asked, len(visit.answers)) == ([], [], 0)


def test_only_the_last_are_kept(visit: Visit) -> None:
    for n in range(MOST_KEPT + 5):
        ask(visit, f"boat {n}")
    assert [asked.question for asked in visit.asked] == [f"boat {n}" for n in range(5, MOST_KEPT + 5)]


def test_a_conversation_comes_back_as_it_was(visit: Visit) -> None:
    before = []
    for question, *chosen in (["Who sold the boat?", 0], ["What burned down?"], ["It was red?", 1, events.ALONE]):
        *_, (_, before, *_) = events.ask_page(question, before, visit, chosen)
    again = Visit(visit._start)
    updates = restored(again, [[a.question, list(a.among), a.alone] for a in visit.asked])
    assert [u[1] for u in updates if isinstance(u[1], list)][-1] == before
    assert (again.asked, again.history) == (visit.asked, visit.history)
    last, done = (u[2] for u in updates[-2:])
    assert last.props["kept"] == to_json(visit.asked)
    assert done.props["arrived"] == "done"
    assert all("kept" not in u[2].props for u in updates[:-2])  # a half is never kept
    assert all(u[0] == {"__type__": "update"} for u in updates)  # what is typed meanwhile stays


@pytest.mark.parametrize(
    "asked",
    [
        None, 7, "x", {}, [None], [[]], [["Who?"]], [["Who?", [], False, 1]], [[7, [], False]], [["Who?", None, False]],
        [["Who?", [True], False]], [["Who?", [-1], False]], [["Who?", [2], False]], [["Who?", ["0"], False]],
        [["Who?", [0] * 9, False]], [["", [], False]], [["?", [], False]], [["a" * 501, [], False]],
    ],
)  # fmt: skip
def test_what_the_browser_made_up_is_passed_over(visit: Visit, asked: object) -> None:
    updates = restored(visit, asked)
    assert (len(updates), updates[-1][2].props["arrived"], visit.asked) == (2, "done", [])
    assert list(arrival.restore([], visit, SimpleNamespace(_data=asked)))[-1][2].props["arrived"] == "done"  # type: ignore[arg-type]


def test_no_more_comes_back_than_is_kept() -> None:
    rows = [[f"boat {n}", [], False] for n in range(1000)]
    assert [a.question for a in from_browser({"asked": rows}, 1)] == [f"boat {n}" for n in range(970, 1000)]


def test_a_question_that_comes_back_is_escaped(visit: Visit) -> None:
    updates = restored(visit, [["<img src=x onerror=alert(1)> boat", [], False]])
    (shown,) = {u[1][0]["content"] for u in updates if isinstance(u[1], list)}
    assert "<" not in shown


def test_nothing_comes_back_into_a_conversation_or_over_files(visit: Visit) -> None:
    row = ["Who sold the boat?", [], False]
    ask(visit, "What burned down?")
    assert len(restored(visit, [row])) == 2
    fresh = Visit(visit._start)
    fresh.expect()
    assert len(restored(fresh, [row])) == 2
    assert fresh.asked == []


def test_a_question_in_the_address_passes_the_usual_checks(visit: Visit) -> None:
    updates = list(arrival.inquire([], visit, event(question="Who sold the boat?")))
    assert updates[0][0] == "Who sold the boat?"
    assert visit.asked == [Asked("Who sold the boat?")]
    for question, told in (("", "is empty"), (7, "is empty"), ("a" * 501, "501 characters")):
        first, last = arrival.inquire([], visit, event(question=question))
        assert first[0] == (question if isinstance(question, str) else "")
        assert told in last[3]
        assert last[0] == {"__type__": "update"}  # it stays in the box


def test_a_fingerprint_is_of_texts_titles_and_their_order() -> None:
    renamed = Interview.from_text(ANNA.text, title="Anne")
    prints = [fingerprint(i) for i in ([ANNA], [renamed], [BEN], [ANNA, BEN], [BEN, ANNA])]
    assert len(set(prints)) == 5
    assert fingerprint([Interview.from_text(ANNA.text, title="Anna")]) == prints[0]
