from __future__ import annotations

import json
import os
import re
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa import EmptyInterviewError, FileError, Interview
from qa.formats import EXTENSIONS, read, read_data, title_of
from qa.formats.markdown import read_markdown
from tests.test_docx import with_paragraphs, with_parts, with_table
from tests.test_pdf import write_pdf

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
    assert read(write(tmp_path, text.encode(encoding))).text == text


def test_line_ends_become_one_kind(tmp_path: Path) -> None:
    assert read(write(tmp_path, b"a\r\nb\rc\n")).text == "a\nb\nc\n"


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
        read(write(tmp_path, data))


def test_what_cannot_be_read_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="no such file"):
        read(tmp_path / "talk.txt")
    with pytest.raises(FileError, match="This is a folder"):
        read(tmp_path)
    with pytest.raises(FileError, match=r"Save the text as \.txt, .* \.srt or \.json\.$"):
        read(write(tmp_path, b"x", "talk.odt"))
    with pytest.raises(FileError, match="Files of this kind cannot be read"):
        read(write(tmp_path, b"x", "talk"))
    with pytest.raises(FileError, match="cannot be opened"):
        read(Path("talk" * 200 + ".txt"))
    with pytest.raises(FileError, match="cannot be opened"):
        read(Path("talk\0.txt"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "talk.txt")
    with pytest.raises(FileError, match="a device or a pipe"):
        read(tmp_path / "talk.txt")


def test_a_file_over_the_limit_is_refused_and_one_at_it_is_not(tmp_path: Path) -> None:
    path = write(tmp_path, b"x" * 1_000_000)
    assert len(read(path, max_bytes=1_000_000).text) == 1_000_000
    with pytest.raises(FileError, match=r"larger than 0\.5 MB") as caught:
        read(path, max_bytes=500_000)
    assert caught.value.path == str(path)


WHISPER = json.dumps({"segments": [{"start": 1, "end": 2, "text": " I was born in Bergen."}]}).encode()
VTT = b"WEBVTT\n\n00:01.000 --> 00:02.000\nI was born in Bergen.\n"
SRT = b"1\r\n00:00:01,000 --> 00:00:02,000\r\nI was born in Bergen.\r\n"
SAID = "I was born in Bergen."
HOLDS = {
    ".txt": SAID.encode(),
    ".md": SAID.encode(),
    ".docx": with_paragraphs(SAID),
    ".pdf": write_pdf(SAID),
    ".vtt": VTT,
    ".srt": SRT,
    ".json": WHISPER,
}


def test_every_kind_of_file_is_read_whatever_the_case_of_its_extension(tmp_path: Path) -> None:
    assert tuple(HOLDS) == EXTENSIONS
    for extension, data in HOLDS.items():
        assert read(write(tmp_path, data, f"talk{extension.upper()}")).text == SAID
        assert read_data(Path(f"talk{extension}"), data).text == SAID


def test_what_a_file_tells_beside_its_text() -> None:
    [mark] = read_data(Path("talk.pdf"), HOLDS[".pdf"]).marks
    assert (mark.start, mark.page) == (0, 1)
    assert read_data(Path("talk.vtt"), VTT).marks[0].time == 1
    turns = ["Anna: Where were you born?", "Bo: In Bergen.", "Anna: And when did you leave?", "Bo: In 1974."]
    for data in (with_paragraphs(*turns), with_table(*(tuple(turn.split(": ")) for turn in turns))):
        content = read_data(Path("talk.docx"), data)
        assert [mark.speaker for mark in content.marks] == ["Anna", "Bo", "Anna", "Bo"]
        assert content.text == "Where were you born?\n\nIn Bergen.\n\nAnd when did you leave?\n\nIn 1974."
    marks = read_data(Path("talk.pdf"), write_pdf("\n".join(turns[:2]), "\n".join(turns[2:]))).marks
    assert [(mark.speaker, mark.page) for mark in marks] == [("Anna", 1), ("Bo", 1), ("Anna", 2), ("Bo", 2)]


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        (r"I didn\'t\... \[sic\]", "I didn't... [sic]"),
        ("It rained,\\\nand on \\\\ it went.", "It rained,\nand on \\ it went."),
        (r"C:\temp \é", r"C:\temp \é"),
        ("| Town | Year | Boats |\n|:--|--:|:-:|\n| Oslo | 1950 | 30 |", "Town | Year | Boats\n\nOslo | 1950 | 30"),
        (
            "Of old:\n|Town|Boats|Nets|\n|-|-|-|\n|Vik|3|a\\|b|\nAnd on.",
            "Of old:\n\nTown | Boats | Nets\n\nVik | 3 | a|b\n\nAnd on.",
        ),
        ("| a | b |\n|---|\n| c | d |", "| a | b |\n|---|\n| c | d |"),
        ("Either | or\n\n---\n\nYes.", "Either | or\n\n---\n\nYes."),
    ],
)
def test_markdown_loses_its_backslashes_and_bars(markdown: str, text: str) -> None:
    assert read_data(Path("talk.md"), markdown.encode()).text == text
    assert read_data(Path("talk.txt"), markdown.encode()).text == markdown


@pytest.mark.parametrize("row", ["| {} | {} | {} |\n", "{}|{}|{}\n", "| *{}* | **{}** | {}<br /> |\n"])
@pytest.mark.parametrize("head", [("Time", "Speaker", "Text"), ("Start", "Who", "What"), ("", "", "")])
def test_tables_of_markdown_tell_who_speaks_when(row: str, head: tuple[str, str, str]) -> None:
    said = [("0:04", "Anna", "Where were you born?"), ("0:11", "Bo Ek", "In Bergen.\\*"), ("0:38", "Anna", "And then?")]
    table = "| {} | {} | {} |\n|---|---|---|\n".format(*head) + "".join(row.format(*turn) for turn in said)
    content = read_data(Path("talk.md"), f"# The ferry\n\n{table}".encode())
    assert content.text == "# The ferry\n\nWhere were you born?\n\nIn Bergen.*\n\nAnd then?"
    assert [(mark.speaker, mark.time) for mark in content.marks[1:]] == [("Anna", 4.0), ("Bo Ek", 11.0), ("Anna", 38.0)]


@given(st.lists(st.sampled_from(["a", "b c", "Anna", "|", "\n", "\n|-|-|\n", "---", "\\", "*", ":", " ", "."])))
def test_markdown_loses_no_words(pieces: list[str]) -> None:
    text = "".join(pieces)
    found = read_markdown(text)
    assert sorted(re.findall(r"\w+", found)) == sorted(re.findall(r"\w+", text))
    assert found == text or "|" in text or "\\" in text


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("talk.docx", SAID.encode(), "ends in .docx but is no Word document"),
        ("talk.docx", b" \n", "ends in .docx but is no Word document"),
        ("talk.docx", HOLDS[".docx"][:-99], "This document is damaged"),
        ("talk.docx", HOLDS[".pdf"], "ends in .docx but is no Word document"),
        ("talk.pdf", SAID.encode(), "ends in .pdf but is no PDF"),
        ("talk.pdf", b" \n", "ends in .pdf but is no PDF"),
        ("talk.pdf", HOLDS[".pdf"][:-99], "This PDF is damaged"),
        ("talk.vtt", SAID.encode(), "ends in .vtt but holds no subtitles"),
        ("talk.vtt", b"WEBVTT\n\nI was born.", "ends in .vtt but holds no subtitles"),
        ("talk.vtt", b"WEBVTT\n\nNOTE a remark\n\n00:01 --> \nYes.", "ends in .vtt but holds no subtitles"),
        ("talk.vtt", b"NOTES\n\nNOTE a remark", "ends in .vtt but holds no subtitles"),
        ("talk.srt", b"WEBVTT\n", "ends in .srt but holds no subtitles"),
        ("talk.srt", SAID.encode(), "ends in .srt but holds no subtitles"),
        ("talk.srt", bytes(range(256)) * 20, "is not text, or it is damaged"),
        ("talk.json", SAID.encode(), "ends in .json but is no transcript of Whisper"),
        ("talk.json", b'{"name": "interview", "version": 1}', "ends in .json but is no transcript of Whisper"),
        ("talk.json", b"[]", "ends in .json but is no transcript of Whisper"),
        ("talk.json", b'{"text": "Yes.", "segments": []}', "ends in .json but is no transcript of Whisper"),
        ("talk.json", b"[" * 100_000, "ends in .json but is no transcript of Whisper"),
        ("talk.txt", HOLDS[".docx"], "is not text, or it is damaged"),
        ("talk", SAID.encode(), "Files of this kind cannot be read"),
    ],
)
def test_what_a_file_does_not_hold_is_said_with_what_to_do(name: str, data: bytes, problem: str) -> None:
    with pytest.raises(FileError, match=problem) as caught:
        read_data(Path(name), data)
    assert caught.value.path == name
    assert caught.value.problem.count(". ") >= 1
    assert caught.value.problem.endswith(".")


@pytest.mark.parametrize(
    ("extension", "text"),
    [
        *((extension, "") for extension in EXTENSIONS),
        *((extension, text) for extension in (".txt", ".vtt", ".srt", ".json") for text in (" \n\t\n", "\ufeff\n")),
        (".vtt", "WEBVTT"),
        (".vtt", "WEBVTT - Talk\r\nKind: captions\r\nLanguage: en\r\n\r\n"),
        (".vtt", "\ufeffWEBVTT\n\nNOTE duration: 5\nlanguage: en\n\n\nSTYLE\n::cue { color: red }\n"),
        (".vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n\n"),
        (".srt", "1\n00:00:01,000 --> 00:00:02,000\n\n"),
        (".json", '{"text": "", "segments": [], "language": "en"}'),
        (".json", '{"result": {"language": "en"}, "transcription": []}'),
        (".json", '{"segments": [{"start": 0, "end": 2, "text": " "}]}'),
    ],
)
def test_a_file_of_any_kind_without_words_is_told_to_be_empty(extension: str, text: str) -> None:
    with pytest.raises(EmptyInterviewError, match=rf"^“talk\{extension}” holds no words\. Choose a text that has some"):
        Interview.from_data(Path(f"talk{extension}"), text.encode())


@pytest.mark.parametrize(("name", "piece"), [("talk.vtt", b"\n"), ("talk.srt", b"ab\n"), ("talk.json", b"[],")])
def test_a_file_of_too_many_pieces_is_refused(name: str, piece: bytes) -> None:
    with pytest.raises(FileError, match="holds more than can be read at once"):
        read_data(Path(name), piece * 1_000_001)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = write(tmp_path, SAID.encode())
    path.chmod(0)
    with pytest.raises(FileError, match=r"cannot be opened .* Check that you may read it"):
        read(path)


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
        ("talk.md", "# A talk about C#", "A talk about C#"),
        ("t\udce9st.txt", "", "T?st"),
        ("2024-06-18 He.txt", "", "2024-06-18 He"),
    ],
)
def test_titles(name: str, text: str, title: str) -> None:
    assert title_of(Path(name), text) == title


@given(data=st.binary(max_size=300), extension=st.sampled_from(EXTENSIONS))
def test_no_bytes_raise_anything_else(data: bytes, extension: str) -> None:
    with suppress(FileError):
        assert "\0" not in read_data(Path(f"talk{extension}"), data).text


TURNS = "Anna: Okay, so we begin\n\nBo: Yes.\n\nAnna: Now then.\n\nBo: Go on.\n"


@pytest.mark.parametrize(
    ("name", "text", "title"),
    [
        ("a_call.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Anna>Hi\n\n00:03.000 --> 00:04.000\n<v Bo>Ho.", "A call"),
        ("talk.txt", TURNS, "Talk"),
        ("talk.txt", f"The Beekeeper\n\n{TURNS}", "The Beekeeper"),
    ],
)  # fmt: skip
def test_what_somebody_says_first_is_no_title(tmp_path: Path, name: str, text: str, title: str) -> None:
    assert Interview.from_file(write(tmp_path, text.encode(), name)).title == title


SWEDISH, PRICE = "Det är så, åh ja. " * 9, "Café Zoë sold it – for 50 €. " * 9


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (SWEDISH.encode() + b"\xc3", f"{SWEDISH}\ufffd"),
        (PRICE.encode() + b"\xa0 The end.", f"{PRICE}\ufffd The end."),
        ("Zoë sold é".encode()[:-1], "Zoë sold \ufffd"),
    ],
)
def test_a_damaged_letter_does_not_change_the_others(tmp_path: Path, data: bytes, text: str) -> None:
    assert read(write(tmp_path, data)).text == text


def test_an_initial_before_italics_is_read(tmp_path: Path) -> None:
    answers = ("In *Bergen*: it rained.", "In 1974.", "For work.")
    found = Interview.from_file(write(tmp_path, "".join(f"Q. And?\nA. {a}\n" for a in answers).encode()))
    assert [s.speaker for s in found.sentences] == ["Q", "A"] * 3
    assert "Bergen" in found.text


@pytest.mark.parametrize(
    ("opening", "piece", "encoding"),
    [
        ("", "Je suis né dans un petit village très tranquille. ", "cp1252"),
        (f"{SAID}\n", "Привет, как дела? Мы говорим о погоде. ", "cp1251"),
        ("", "我们在重庆制造汽车。三年前开始与华为合作。", "gb18030"),
        ("a", "我们在重庆制造汽车。三年前开始与华为合作。\n", "gb18030"),
    ],
)
def test_a_large_file_is_read_in_its_encoding(opening: str, piece: str, encoding: str) -> None:
    text = opening * 9001 + piece * 3000
    assert read_data(Path("talk.txt"), text.encode(encoding)).text == text


def _captions(size: int) -> bytes:
    cue = (
        "{0:02d}:{1:02d}:{2:02d}.000 --> {0:02d}:{1:02d}:{2:02d}.900\n{3}: I was born in Bergen, they say, in {4}.\n\n"
    )
    names = ("Anna", "Bo", "Bo")
    shown = (cue.format(n // 3600, n // 60 % 60, n % 60, names[n % 3], n) for n in range(size // 80))
    return f"WEBVTT\n\n{''.join(shown)}".encode()


def _blank_lines(size: int) -> bytes:
    return VTT + b"\n" * size


def _words(size: int) -> bytes:
    words = [{"word": word, "start": 1.25, "end": 1.5, "score": 0.9} for word in SAID.split()]
    segment = {"start": 1.25, "end": 2.5, "text": SAID, "tokens": [50364, 286, 390, 4232], "words": words}
    return json.dumps({"segments": [segment] * (size // 500), "word_segments": words * (size // 500)}).encode()


def _damaged(size: int) -> bytes:
    return "Привет, как дела? ".encode() * (size // 31) + b"\xff"


def _western(size: int) -> bytes:
    return "Je suis né dans un petit village très tranquille. ".encode("cp1252") * (size // 50)


def _dialogue(size: int) -> bytes:
    return b"Anna: Where were you born, and when was it?\nBo: I was born in Bergen, in 1974.\n" * (size // 80)


def _table(size: int) -> bytes:
    return b"| Time | Who | Text |\n|---|---|---|\n" + b"| 0:12 | Anna | I didn\\'t say so. |\n" * (size // 36)


def _bars(size: int) -> bytes:
    return (b"|" * (size // 4) + b"\n" + b"|-" * (size // 8) + b" " * (size // 4)) + b"\n" + b"\\|" * (size // 8)


def _pdf(size: int) -> bytes:
    return write_pdf(*["\n".join([f"{SAID} We left in the spring of 1974, for work."] * 40)] * (size // 4000))


def _docx(size: int) -> bytes:
    return with_parts(with_paragraphs(*[f"{SAID} " * 40] * (size // 900)), {}, zipfile.ZIP_STORED)


@pytest.mark.parametrize(
    ("extension", "make", "times"),
    [
        (".txt", _damaged, 5),
        (".txt", _western, 7),
        (".txt", _dialogue, 15),
        (".md", _table, 18),
        (".vtt", _captions, 13),
        (".vtt", _blank_lines, 2),
        (".json", _words, 3),
        (".pdf", _pdf, 16),
        (".docx", _docx, 2),
    ],
)
def test_reading_takes_a_few_times_the_memory_of_the_file(
    extension: str, make: Callable[[int], bytes], times: float
) -> None:
    path, data = Path(f"talk{extension}"), make(400_000)
    read_data(path, make(8000))  # what it imports is no part of this
    tracemalloc.start()
    try:
        read_data(path, data)
        assert tracemalloc.get_traced_memory()[1] < times * len(data)
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("extension", "make"),
    [
        (".txt", _damaged),
        (".txt", _western),
        (".txt", _dialogue),
        (".md", _table),
        (".md", _bars),
        (".vtt", _captions),
        (".srt", _captions),
        (".vtt", _blank_lines),
        (".json", _words),
    ],
)
def test_a_large_file_is_read_in_good_time(extension: str, make: Callable[[int], bytes]) -> None:
    data = make(990_000)
    assert len(data) > 800_000
    began = time.monotonic()
    read_data(Path(f"talk{extension}"), data)
    assert time.monotonic() - began < 60
