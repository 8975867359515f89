"""What one visitor opens: it is told apart from what others have, bounded, and embedded once."""

from __future__ import annotations

import copy
import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import web.visit
from qa import Cache, EmptyInterviewError, FileError, Interview, Pipeline, SentenceReader
from tests.conftest import LetterEncoder
from web import events, uploads
from web.loading import Loading
from web.memory import Memory
from web.opening import Sent, read, sent
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
    assert visit.lots == 0


def test_a_question_is_for_the_files_that_it_waited_for(visit: Visit) -> None:
    visit.expect()
    asking = events.ask_page("bakery burned", [], visit, [0])
    assert "Reading the interview" in next(asking)[1][-1]["content"]
    visit.add([("ben.txt", BEN)])
    visit.expect()  # another lot, which is not waited for
    *_, (_, messages, *_) = asking
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


def test_what_was_forgotten_is_said_and_the_question_stays(visit: Visit) -> None:
    ((box, *_, notice, _, _),) = events.ask_page("Who?", [], visit, [7])
    assert "forgotten" in notice
    assert box == events.gr.skip()
