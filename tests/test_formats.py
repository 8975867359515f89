from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa import FileError
from qa.formats.text import read_text, title_of

GERMAN = "Müller sagte: Das ist schön für uns. Er kam später über die Brücke zurück."


def write(folder: Path, data: bytes, name: str = "talk.txt") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (GERMAN, "utf-8"),
        (GERMAN, "utf-8-sig"),
        (GERMAN, "utf-16"),
        (GERMAN, "utf-16-le"),
        (GERMAN, "utf-16-be"),
        (GERMAN, "latin-1"),
        ("naïve", "latin-1"),
        ("He said “no” – and left the café.", "cp1252"),
        ("Zażółć gęślą jaźń. Powiedział, że przyjdzie jutro.", "cp1250"),
        ("Synnyin pienessä kylässä, jossa isäni oli kalastaja. Äitini kävi töissä kaupungissa.", "latin-1"),
        ("Je suis né dans un petit village très tranquille. Mon père était pêcheur.", "cp1252"),
        ("Küçük bir köyde doğdum. Babam balıkçıydı ve annem şehirde çalışıyordu.", "cp1254"),
        ("Привет, как дела? Мы говорим о погоде.", "cp1251"),
        ("我们在重庆制造汽车。三年前开始与华为合作。", "gb18030"),
        ("👍 emoji", "utf-8"),
    ],
)
def test_reads_the_encodings_that_occur(tmp_path: Path, text: str, encoding: str) -> None:
    assert read_text(write(tmp_path, text.encode(encoding))) == text


def test_line_ends_become_one_kind(tmp_path: Path) -> None:
    assert read_text(write(tmp_path, b"a\r\nb\rc\n")) == "a\nb\nc\n"


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04\x00\x00" + bytes(range(256)),
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8,
        b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj stream\x00\x01",
        bytes(range(256)) * 20,
        b"a\0b",
    ],
)
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(FileError, match="not text, or it is damaged"):
        read_text(write(tmp_path, data))


def test_what_cannot_be_read_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="no such file"):
        read_text(tmp_path / "talk.txt")
    with pytest.raises(FileError, match="This is a folder"):
        read_text(tmp_path)
    with pytest.raises(FileError, match=r"Save the text as \.txt or \.md"):
        read_text(write(tmp_path, b"x", "talk.pdf"))
    with pytest.raises(FileError, match="cannot be opened"):
        read_text(Path("talk" * 200 + ".txt"))
    with pytest.raises(FileError, match="cannot be opened"):
        read_text(Path("talk\0.txt"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "talk.txt")
    with pytest.raises(FileError, match="a device or a pipe"):
        read_text(tmp_path / "talk.txt")


def test_a_file_over_the_limit_is_refused_and_one_at_it_is_not(tmp_path: Path) -> None:
    path = write(tmp_path, b"x" * 1_000_000)
    assert len(read_text(path, max_bytes=1_000_000)) == 1_000_000
    with pytest.raises(FileError, match=r"larger than 0\.5 MB") as caught:
        read_text(path, max_bytes=500_000)
    assert caught.value.path == str(path)


@pytest.mark.parametrize(
    ("name", "text", "title"),
    [
        ("anna_berg.txt", "# Not a heading", "Anna berg"),
        ("talk.md", "Intro\n\n# Anna Berg, *2024* #\n", "Anna Berg, *2024*"),
        ("talk.md", "No heading", "Talk"),
        ("talk.txt", "\nThe Beekeeper of Voss\n\nI was born there.", "The Beekeeper of Voss"),
        ("talk.txt", "I was born there.\n\nWe left.", "Talk"),
        ("talk.txt", "One line\nand another\n\nWe left.", "Talk"),
        ("talk.txt", "Just this", "Talk"),
        ("talk.txt", "x" * 90 + "\n\nWe left.", "Talk"),
        ("talk.md", "#\n\nI was born.", "Talk"),
        ("talk.md", "# iPhone", "iPhone"),
        ("t\udce9st.txt", "", "T?st"),
        ("2024-06-18 He.txt", "", "2024-06-18 He"),
    ],
)
def test_titles(name: str, text: str, title: str) -> None:
    assert title_of(Path(name), text) == title


@given(data=st.binary(max_size=300))
def test_no_bytes_raise_anything_else(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = write(tmp_path_factory.getbasetemp(), data, "fuzz.txt")
    with suppress(FileError):
        assert "\0" not in read_text(path)
