from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from qa import Cache, EmptyInterviewError, FileError, Interview, read_interviews
from qa.formats import read_data
from qa.shelf import read_interview

TALK = """WEBVTT

00:00:01.000 --> 00:00:04.000
<v Jane>Where were you born? And when?</v>

00:00:05.000 --> 00:00:09.000
<v Anna>In Bergen 👍. My father fished. My mother taught. We had a boat. We had no lights.</v>
"""


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    path = tmp_path / "talk.vtt"
    path.write_text(TALK, encoding="utf-8")
    return path


def test_what_comes_from_the_cache_is_the_same(talk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache(tmp_path / "cache")
    read = read_data(talk, TALK.encode())
    monkeypatch.setattr("qa.interview.read_data", lambda *_: replace(read, missing="Page 2 is a picture."))
    first = read_interview(talk, cache)
    assert first.missing
    monkeypatch.setattr(Interview, "from_data", None)  # nothing is read anew
    second = read_interview(talk, cache)
    assert second == first
    assert second.outline == first.outline
    assert second.passages == first.passages
    assert second.sentences[-1].speaker == "Anna"
    assert second.passages[-1].question == first.sentences[:2]


def test_a_file_that_changed_is_read_again(talk: Path, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    read_interview(talk, cache)
    talk.write_text(TALK.replace("Bergen", "Oslo"), encoding="utf-8")
    assert "Oslo" in read_interview(talk, cache).text
    assert read_interview(talk.rename(tmp_path / "other.vtt"), cache).title == "Other"


@pytest.mark.parametrize("damage", [b"", b"\n[]", b"0" * 64 + b"\n[]", b"\xff"])
def test_what_is_damaged_is_read_again(talk: Path, tmp_path: Path, damage: bytes) -> None:
    cache = Cache(tmp_path / "cache")
    first = read_interview(talk, cache)
    (note,) = (tmp_path / "cache").iterdir()
    kept = note.read_bytes()
    for data in (damage, kept[:-1], kept.replace(b"Bergen", b"Bergem")):
        note.write_bytes(data)
        assert read_interview(talk, cache) == first
    assert note.read_bytes() == kept


def test_what_cannot_be_read_is_not_kept(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    (tmp_path / "empty.txt").write_text("  ")
    (tmp_path / "bad.docx").write_text("no")
    with pytest.raises(EmptyInterviewError):
        read_interview(tmp_path / "empty.txt", cache)
    with pytest.raises(FileError):
        read_interview(tmp_path / "bad.docx", cache)
    assert not (tmp_path / "cache").exists()


def test_a_folder_is_read_through_the_cache(talk: Path, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    (first,), errors = read_interviews([tmp_path], cache=cache)
    assert (read_interviews([talk], cache=cache), errors) == (([first], []), [])
    assert cache.size() > 0
    assert cache.clear() > 0
