"""What one visitor opens: it is told apart from what others have, bounded, and embedded once."""

from __future__ import annotations

import copy
import io
import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import web.visit
from qa import Cache, EmptyInterviewError, FileError, Interview, Pipeline, SentenceReader
from tests.conftest import LetterEncoder
from web import events, uploads
from web.askers import ASKERS
from web.endpoint import endpoint
from web.loading import Loading
from web.memory import Memory
from web.opening import Sent, read, sent
from web.server import tell
from web.uploads import Uploads
from web.visit import Visit

ANNA = Interview.from_text("I sold the boat in Bergen.", title="Anna")
BEN = Interview.from_text("The bakery burned down.", title="Ben")


class Named(LetterEncoder):
    fingerprint = "letters"


@pytest.fixture
def encoder() -> Named:
    return Named()


@pytest.fixture
def visit(encoder: Named) -> Visit:
    pipeline = Pipeline(ANNA, encoder, SentenceReader(), cache=Memory(Cache(None), keeps_behind=True))
    return Visit(Loading(pipeline))


@pytest.fixture
def folder(tmp_path: Path) -> Uploads:
    return Uploads(tmp_path)


def put(folder: Uploads, text: str) -> str:
    (folder.folder / "hash").mkdir(exist_ok=True)
    path = folder.folder / "hash" / str(time.monotonic_ns())
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_what_is_opened_comes_last_and_can_be_asked(visit: Visit) -> None:
    assert visit.add([("ben.txt", BEN)]) == [1]
    assert (visit.interviews, visit.opened, visit.names) == ((ANNA, BEN), [(1,)], ["Anna", "Ben"])
    list(visit.loading.waiting())
    answer = visit.loading.pipeline.answer("bakery burned", among=[1])
    assert (answer.candidates[0].number, answer.candidates[0].title) == (1, "Ben")


def test_every_visitor_begins_with_nothing_opened(visit: Visit) -> None:
    visit.add([("ben.txt", BEN)])
    assert copy.deepcopy(visit).interviews == (ANNA,)


def test_the_same_file_twice_is_open_once(visit: Visit) -> None:
    assert visit.add([("a", BEN), ("b", BEN)]) == [1]
    loading = visit.loading
    assert visit.add([("c", BEN), ("d", ANNA)]) == [1, 0]
    assert visit.loading is loading
    assert visit.failures == []


def test_nothing_is_embedded_twice(visit: Visit, encoder: Named) -> None:
    visit.add([("ben.txt", BEN)])
    visit.add([("c.txt", Interview.from_text("Cold days.", title="Anna"))])
    list(visit.loading.waiting())
    assert len(encoder.texts) == len(set(encoder.texts)) * 2  # each is a passage and a sentence
    assert visit.names == ["Anna", "Ben", "Anna (2)"]


def test_what_a_visitor_opens_is_kept_behind_by_nobody(visit: Visit) -> None:
    visit.add([("ben.txt", BEN)])
    list(visit.loading.waiting())
    assert len(visit._start.pipeline.cache._kept) == 1  # type: ignore[attr-defined]


def test_a_visit_is_bounded(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web.visit, "MOST", 30)
    assert visit.add([("ben.txt", BEN), ("c.txt", Interview.from_text("Cold days."))]) == [1]
    assert visit.failures == [f"c.txt: {web.visit.FULL}"]


def test_files_that_never_come_are_not_waited_for_forever(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web.visit, "LONGEST", -1)
    visit.expect()
    assert list(visit.arriving(visit.lots)) == []
    assert visit.lots == 1
    monkeypatch.setattr(web.visit, "SOON", 0)
    list(events.ask_page("Who barked?", [], visit, {"lots": 1}))
    assert visit.lots == 0
    list(events.ask_page("Who barked?", [], visit, {"lots": 1}))


def dog_sets_out(visit: Visit, folder: Uploads) -> threading.Timer:
    """A file that is opened a little later."""

    def set_out() -> None:
        events.expect(visit)
        files = [{"name": "dog.txt", "path": put(folder, "The dog barked.")}]
        list(events.open_files(visit, folder, SimpleNamespace(_data={"files": files, "place": 0})))  # type: ignore[arg-type]

    late = threading.Timer(0.3, set_out)
    late.start()
    return late


def test_a_question_may_overtake_the_word_of_files(visit: Visit, folder: Uploads) -> None:
    late = dog_sets_out(visit, folder)
    *_, (chat, *_) = events.ask_page("Who barked?", [], visit, {"lots": 1})
    late.join()
    assert visit.names == ["Anna", "Dog"]
    assert "The dog" in chat[-1]["content"]


def test_a_question_on_a_button_is_asked_of_its_interview_whatever_is_opened(visit: Visit, folder: Uploads) -> None:
    late = dog_sets_out(visit, folder)
    asked = SimpleNamespace(_data={"question": "Who barked?", "of": 0})
    *_, (chat, *_) = events.inquire([], visit, {"lots": 1}, asked)  # type: ignore[arg-type]
    late.join()
    assert visit.names == ["Anna", "Dog"]
    assert "The dog" not in chat[-1]["content"]


def test_lots_are_opened_in_the_order_in_which_they_were_sent(visit: Visit, folder: Uploads) -> None:
    def open_lot(place: int) -> None:
        files = [{"name": f"{place}.txt", "path": put(folder, f"The dog barked {place} times.")}]
        list(events.open_files(visit, folder, SimpleNamespace(_data={"files": files, "place": place})))  # type: ignore[arg-type]

    second = threading.Thread(target=open_lot, args=(1,))
    second.start()
    second.join(0.3)
    assert visit.opened == []
    open_lot(0)
    second.join(10)
    assert visit.opened == [(1,), (2,)]
    assert visit.names == ["Anna", "0", "1"]


def test_a_lot_does_not_wait_for_long_for_one_that_never_comes(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "TURN", 0)
    for place in (7, "x", None, True):
        list(events.open_files(visit, None, SimpleNamespace(_data={"files": [], "place": place})))  # type: ignore[arg-type]
    assert visit.opened == [()] * 4


def test_a_question_is_for_the_files_that_it_waited_for(visit: Visit) -> None:
    visit.expect()
    asking = events.ask_page("bakery burned", [], visit, {"among": [0]})
    assert "Reading the interview" in next(asking)[0][-1]["content"]
    visit.add([("ben.txt", BEN)])
    visit.expect()  # another lot, which is not waited for
    *_, (messages, *_) = asking
    assert "Anna" not in messages[-1]["content"]
    assert "Ben" in messages[-1]["content"]


def test_a_file_is_read_once_and_deleted(folder: Uploads) -> None:
    path = put(folder, "The dog barked.")
    interview = folder.take(path, "../<b>dog\0.txt")
    assert (interview.text, interview.title) == ("The dog barked.", "<b>dog")
    with pytest.raises(FileError, match=r"dog\.txt: This file did not arrive whole"):
        folder.take(path, "dog.txt")
    assert [p for p in folder.folder.rglob("*") if p.is_file()] == []


@pytest.mark.parametrize("name", ["a" * 999 + ".txt", "é" * 400 + ".txt", "a\ud800.txt", ".txt.txt"])
def test_no_name_is_too_odd(folder: Uploads, name: str) -> None:
    assert folder.take(put(folder, "The dog barked."), name).text == "The dog barked."


def test_only_what_was_sent_here_is_read(folder: Uploads, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other") / "secret.txt"
    other.write_text("secret")
    for path in (str(other), f"{folder.folder}/../{other.parent.name}/secret.txt", str(folder.folder), "", "\0"):
        with pytest.raises(FileError, match="did not arrive whole"):
            folder.take(path, "a.txt")
    assert other.exists()


def test_what_is_wrong_with_a_file_is_told_by_its_own_name(folder: Uploads) -> None:
    with pytest.raises(EmptyInterviewError, match=r"^“a\.txt” holds no words"):
        folder.take(put(folder, ""), "a.txt")
    with pytest.raises(FileError, match=r"^a\.docx: "):
        folder.take(put(folder, "junk"), "a.docx")
    with pytest.raises(FileError, match=r"^a\.exe: Files of this kind"):
        folder.take(put(folder, "MZ"), "a.exe")


def test_many_files_come_at_once(folder: Uploads) -> None:
    def send(number: int) -> list[str]:
        texts = []
        for turn in range(25):
            own = folder.folder / f"{number} {turn}"
            own.mkdir()
            (own / "sent").write_text(f"Dog {number} barked.")
            assert folder.refusal("10") == 0
            texts.append(folder.take(str(own / "sent"), "dog.txt").text)
        return texts

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(send, range(8))) == [[f"Dog {number} barked."] * 25 for number in range(8)]


def test_the_disk_is_not_filled(folder: Uploads, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [folder.refusal(length) for length in ("", "x", "-1")] == [411, 411, 411]
    assert folder.refusal(str(uploads.LARGEST + uploads.ENVELOPE + 1)) == 413
    monkeypatch.setattr(uploads, "ROOM", 100)
    path = put(folder, "x" * 60)
    assert (folder.refusal("40"), folder.refusal("41")) == (0, 507)
    folder.coming = 10
    assert folder.refusal("31") == 507
    old = time.time() - uploads.OLDEST - 1
    os.utime(path, (old, old))
    assert folder.refusal("90") == 0
    assert not Path(path).exists()


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (Sent("a.txt", "", 413), "a.txt: This file is larger than 20 MB. Split it into several files."),
        (Sent("a.mp4", "", 413), "a.mp4: Files of this kind cannot be read. Save the text as .txt, .md"),
        (Sent("a.txt", "", 507), "a.txt: The server has no room for more files just now."),
        (Sent("a.txt", "", 0), "a.txt: This file did not arrive whole. Open it once more."),
        (Sent("a", "", "folder"), "a: This is a folder. Open the files in it."),
    ],
)
def test_why_a_file_did_not_arrive(folder: Uploads, file: Sent, message: str) -> None:
    failures: list[str] = []
    assert read(file, folder, failures) == []
    assert failures[0].startswith(message)


@pytest.mark.parametrize("data", [None, [], {}, {"files": 1}, {"files": [1, None]}, {"files": {"name": 1}}])
def test_what_the_browser_says_may_be_anything(data: object) -> None:
    assert sent(data) == []


def test_a_file_that_the_browser_tells_of_may_have_anything_in_it() -> None:
    assert sent({"files": [{"name": ["x"], "path": 7, "status": None}]}) == [Sent("['x']", "7", 0)]
    assert sent({"files": [{}]}) == [Sent("file", "", 0)]


def test_a_failure_that_nobody_foresaw_is_told_and_logged(
    monkeypatch: pytest.MonkeyPatch, folder: Uploads, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(Uploads, "take", lambda *_: {}["secret"])
    failures: list[str] = []
    assert read(Sent("a.txt", "x", 200), folder, failures) == []
    assert failures == ["a.txt: This file could not be read."]
    assert "secret" in caplog.text


@pytest.mark.parametrize("told", [{"among": [7]}, {"among": [1]}, {"among": [], "interviews": 2}])
def test_what_was_forgotten_is_said_and_nothing_else_asked(visit: Visit, told: object) -> None:
    ((chat, _, notice, *_),) = events.ask_page("Who?", [], visit, told)
    assert "forgotten" in notice
    assert chat == events.gr.skip()
    assert not visit.answers


@pytest.mark.parametrize("told", [None, 7, [0], {"among": 7, "interviews": "x", "cleared": []}])
def test_what_the_page_tells_of_a_question_may_be_anything(visit: Visit, told: object) -> None:
    list(events.ask_page("Who?", [], visit, told))
    assert [asked.among for asked in visit.asked] == [()]


def test_files_beyond_the_most_of_one_lot_are_told(
    visit: Visit, folder: Uploads, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "MOST_FILES", 2)
    files = [{"name": f"{name}.txt", "path": put(folder, f"The {name} barked.")} for name in ("dog", "fox", "owl")]
    list(events.open_files(visit, folder, SimpleNamespace(_data={"files": files})))  # type: ignore[arg-type]
    assert visit.names == ["Anna", "Dog", "Fox"]
    assert visit.failures == ["owl.txt: 1,000 files at once is the most. Open this one after the others."]


def test_suggestions_that_come_late_are_not_about_another_interview(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Loading, "suggestions", lambda _, number, most: [f"{number}?"])
    assert visit.newest == 0
    visit.add([])  # nothing of it could be read
    assert events.suggest(visit).examples == [{"text": "0?"}]

    def open_meanwhile(_: Loading, number: int, most: int) -> list[str]:
        visit.add([("ben.txt", BEN)])
        return [f"{number}?"]

    with monkeypatch.context() as late:
        late.setattr(Loading, "suggestions", open_meanwhile)
        assert events.suggest(visit) == events.gr.skip()
    assert events.suggest(visit).examples == [{"text": "1?"}]


def test_a_few_are_answered_at_once_and_who_waits_for_files_takes_no_place(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipeline = visit.loading.pipeline
    answer, under_way, counts = pipeline.answer, threading.Semaphore(100), []

    def slow(*asked: Any, **wishes: Any) -> Any:
        with under_way:
            counts.append(100 - under_way._value)
            time.sleep(0.02)
            return answer(*asked, **wishes)

    def ask(number: int) -> bool:
        if number % 2:
            return endpoint(pipeline)("Who?")["answered"]
        list(events.ask_page("Who?", [], own := copy.deepcopy(visit), {}))
        return bool(own.answers)

    monkeypatch.setattr(pipeline, "answer", slow)
    for _ in range(ASKERS):
        waiting = copy.deepcopy(visit)
        waiting.expect()  # files that never come
        assert "Reading" in next(events.ask_page("Who?", [], waiting, {}))[0][-1]["content"]
    with ThreadPoolExecutor(3 * ASKERS) as pool:
        list(pool.map(ask, range(3 * ASKERS)))
    assert len(counts) == 3 * ASKERS
    assert max(counts) <= ASKERS


def test_a_terminal_shows_how_far_the_loading_is_and_a_file_gets_nothing() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    loading = SimpleNamespace(waiting=lambda: iter([0.0, 0.5, 0.75]))
    terminal, file = Terminal(), io.StringIO()
    for out in (terminal, file):
        tell(loading, out)  # type: ignore[arg-type]
    assert [f"Reading: {share} %" in terminal.getvalue() for share in (0, 50, 75)] == [True] * 3
    assert file.getvalue() == ""


def test_what_leads_on_is_looked_for_once_in_each_interview_that_answers_and_is_shared(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked: list[int] = []
    monkeypatch.setattr(Loading, "suggestions", lambda _, number, most: looked.append(number))
    visit = Visit(Loading(Pipeline([ANNA, BEN], LetterEncoder(), SentenceReader(), threshold=0.0)))
    for _ in range(2):
        list(events.ask_page("Which bakery burned down?", [], visit, None))
        assert [answer.number for answer in visit.answers][-1] == 1
    visit.add([("cleo.txt", Interview.from_text("The harbour froze.", title="Cleo"))])
    list(events.ask_page("What froze in the harbour?", [], visit, None))
    deadline = time.monotonic() + 5
    while not looked and time.monotonic() < deadline:
        time.sleep(0.01)
    assert looked == [1]
