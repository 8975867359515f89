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


def ask(visit: Visit, question: str, *among: int, alone: bool = False) -> list[dict[str, Any]]:
    *_, (messages, *_) = events.ask_page(question, [], visit, {"among": list(among)}, alone=alone)
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
    ask(visit, "and the dog?", alone=True)
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
    asking = events.ask_page("Who sold the boat?", [], visit, {})
    assert len(next(asking)[0]) == 2
    visit.forget()
    (last,) = asking
    assert (last[0], visit.asked, len(visit.answers)) == ([], [], 0)


@pytest.mark.parametrize("fails", [False, True])
def test_it_does_so_before_its_turn_has_come(visit: Visit, monkeypatch: pytest.MonkeyPatch, fails: bool) -> None:
    ask(visit, "What burned down?")
    before = ask(visit, "Who sold the boat?")
    visit.forget()
    if fails:
        monkeypatch.setattr(visit.loading.pipeline, "answer", lambda *_: {}["secret"])
    *_, last = events.ask_page("It was red?", before, visit, {"cleared": 0})
    assert (last[0], visit.asked, len(visit.answers)) == ([], [], 0)


@pytest.mark.parametrize("cleared", [1, 7, None, "x"])
def test_one_that_is_sent_after_the_clearing_is_answered(visit: Visit, cleared: object) -> None:
    visit.forget()
    *_, (messages, *_) = events.ask_page("Who sold the boat?", [], visit, {"cleared": cleared})
    assert (len(messages), len(visit.answers)) == (2, 1)


def test_only_the_last_are_kept(visit: Visit) -> None:
    for n in range(MOST_KEPT + 5):
        ask(visit, f"boat {n}")
    assert [asked.question for asked in visit.asked] == [f"boat {n}" for n in range(5, MOST_KEPT + 5)]


def test_a_conversation_comes_back_as_it_was(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Visit, "look_ahead", lambda *_: None)  # what leads on may have been found by then
    before = []
    for question, among, alone in (
        ("Who sold the boat?", [0], False),
        ("What burned?", [], False),
        ("Red?", [1], True),
    ):
        *_, (before, *_) = events.ask_page(question, before, visit, {"among": among}, alone=alone)
    again = Visit(visit._start)
    updates = restored(again, [[a.question, list(a.among), a.alone] for a in visit.asked])
    assert [u[0] for u in updates if isinstance(u[0], list)][-1] == before
    assert (again.asked, again.history) == (visit.asked, visit.history)
    done = updates[-1][1].props
    assert (done["kept"], done["arrived"]) == (to_json(visit.asked), "done")
    assert done["active"].startswith(events.source(visit.answers[-1]) + ":")
    assert all("kept" not in u[1].props for u in updates[:-1])  # a half is never kept


def test_while_a_conversation_comes_back_there_are_signs_of_life(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "_waiting", lambda *_: [0.0] * 5)  # a share that stands still
    updates = restored(visit, [["Who sold the boat?", [], False]])
    signs = [u[1].props["arrived"] for u in updates[:-1]]
    assert len(signs) == len(set(signs)) == 6
    assert len([u for u in updates if isinstance(u[0], list)]) == 2


def test_a_question_that_cannot_be_asked_again_takes_nothing_with_it(visit: Visit) -> None:
    updates = restored(visit, [["Who sold the boat?", [], False], ["?", [], False]])
    assert updates[-1][1].props["kept"] == to_json([Asked("Who sold the boat?")])


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
    assert not any(isinstance(u[0], list) for u in updates)
    assert (updates[-1][1].props["arrived"], visit.asked) == ("done", [])
    assert list(arrival.restore([], visit, SimpleNamespace(_data=asked)))[-1][1].props["arrived"] == "done"  # type: ignore[arg-type]


def test_no_more_comes_back_than_is_kept() -> None:
    rows = [[f"boat {n}", [], False] for n in range(1000)]
    assert [a.question for a in from_browser({"asked": rows}, 1)] == [f"boat {n}" for n in range(970, 1000)]


def test_a_question_that_comes_back_is_escaped(visit: Visit) -> None:
    updates = restored(visit, [["<img src=x onerror=alert(1)> boat", [], False]])
    (shown,) = {u[0][0]["content"] for u in updates if isinstance(u[0], list)}
    assert "<" not in shown


def test_nothing_comes_back_into_a_conversation_or_over_files(visit: Visit) -> None:
    row = ["Who sold the boat?", [], False]
    ask(visit, "What burned down?")
    assert len(restored(visit, [row])) == 1
    fresh = Visit(visit._start)
    fresh.expect()
    assert len(restored(fresh, [row])) == 1
    assert fresh.asked == []


def test_a_question_in_the_address_or_on_a_button_passes_the_usual_checks(visit: Visit) -> None:
    list(events.inquire([], visit, {"among": [1]}, event(question="Who sold the boat?")))
    list(events.inquire([], visit, None, event(question="It was red?", alone=True)))
    assert visit.asked == [Asked("Who sold the boat?", (1,)), Asked("It was red?", (), True)]
    for question, told in (("", "is empty"), (7, "is empty"), ("a" * 501, "501 characters")):
        ((chat, _, notice, *_),) = events.inquire([], visit, {}, event(question=question))
        assert told in notice
        assert chat == {"__type__": "update"}


def test_a_fingerprint_is_of_texts_titles_and_their_order() -> None:
    renamed = Interview.from_text(ANNA.text, title="Anne")
    prints = [fingerprint(i) for i in ([ANNA], [renamed], [BEN], [ANNA, BEN], [BEN, ANNA])]
    assert len(set(prints)) == 5
    assert fingerprint([Interview.from_text(ANNA.text, title="Anna")]) == prints[0]
