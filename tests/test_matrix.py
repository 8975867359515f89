from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from qa import Interview, Pipeline, SpanReader
from qa.__main__ import main
from qa.encoder import SentenceEncoder
from qa.folder import find_files
from qa.matrix import Row, make_rows, write
from tests.test_pdf import write_pdf

ANNA = "Jane: When did you sell the boat?\n\nAnna: In 1974, to my brother.\n\nJane: And then?\n\nAnna: I wept.\n"
BO = "I was born in Oslo. My mother taught there for ten years.\n"
QUESTIONS = ["When was the boat sold?", "=Where was he born?"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two interviews, one of them below, and a file that is none."""
    place = tmp_path / "talks"
    (place / "more").mkdir(parents=True)
    (place / "anna.txt").write_text(ANNA, encoding="utf-8")
    (place / "more" / "bo.md").write_text(BO, encoding="utf-8")
    (place / "notes.exe").write_bytes(b"MZ")
    (place / ".hidden.txt").write_text("Hidden.", encoding="utf-8")
    (tmp_path / "questions.txt").write_text("\n\n".join(QUESTIONS) + "\n", encoding="utf-8")
    return tmp_path


def run(folder: Path, name: str) -> int:
    return main(["matrix", str(folder / "questions.txt"), str(folder / "talks"), "--output", str(folder / name)])


def test_a_row_an_interview_and_a_column_a_question(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, "matrix.csv") == 0
    table = list(csv.reader(io.StringIO((folder / "matrix.csv").read_text(encoding="utf-8-sig"))))
    assert table[0] == ["Interview", QUESTIONS[0], "'" + QUESTIONS[1]]
    assert [line[0] for line in table[1:]] == ["Anna", "Bo"]
    words, sentence, place = table[1][1].split("\n")
    assert words in sentence
    assert sentence == "“In 1974, to my brother.”"
    assert place.startswith("(Anna, paragraph 2, sentence 2; ")
    assert table[2][1] == ""
    assert "Oslo" in table[2][2]
    assert "2 interviews, 2 questions" in capsys.readouterr().out
    assert sorted(path.name for path in folder.iterdir()) == ["matrix.csv", "questions.txt", "talks"]


def test_a_spreadsheet_holds_text_alone(tmp_path: Path) -> None:
    path = tmp_path / "m.xlsx"
    write(path, ["=1+1", "b"], [Row("@SUM(A1)", ("-2", "a\x0bb"))])
    sheet = load_workbook(path).active
    assert [[(cell.value, cell.data_type) for cell in line] for line in sheet.iter_rows()] == [
        [("Interview", "s"), ("=1+1", "s"), ("b", "s")],
        [("@SUM(A1)", "s"), ("-2", "s"), ("ab", "s")],
    ]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", " =1"])
def test_no_cell_of_a_csv_becomes_a_formula(tmp_path: Path, text: str) -> None:
    write(tmp_path / "m.csv", [text], [Row(text, (text,))])
    table = list(csv.reader(io.StringIO((tmp_path / "m.csv").read_text(encoding="utf-8-sig"))))
    assert table == [["Interview", "'" + text], ["'" + text, "'" + text]]


def test_markdown_is_a_table_whatever_is_in_it(tmp_path: Path) -> None:
    write(tmp_path / "m.md", ["a|b"], [Row("<b>", ("one\ntwo *x*",))])
    assert (tmp_path / "m.md").read_text() == (
        "| Interview | a\\|b |\n| --- | --- |\n| \\<b\\> | one<br>two \\*x\\* |\n"
    )


def test_interrupted_it_goes_on_where_it_stopped(folder: Path, encoder: SentenceEncoder) -> None:
    files, _ = find_files([folder / "talks"])
    asked: list[str] = []

    def pipeline(interview: Interview) -> Pipeline:
        asked.append(interview.title)
        if len(asked) == 2:
            raise KeyboardInterrupt
        return Pipeline(interview, encoder, SpanReader())

    journal = folder / "journal"
    with pytest.raises(KeyboardInterrupt):
        make_rows(files, QUESTIONS, pipeline, journal)
    with journal.open("a") as notes:
        notes.write('{"key": "half')
    rows, errors = make_rows(files, QUESTIONS, pipeline, journal)
    assert asked == ["Anna", "Bo", "Bo"]
    assert ([row.title for row in rows], errors) == (["Anna", "Bo"], [])
    files[0].write_text(ANNA + "Jane: Thank you.\n", encoding="utf-8")
    make_rows(files, QUESTIONS, pipeline, journal)
    assert asked == ["Anna", "Bo", "Bo", "Anna"]


def test_interviews_of_one_title_have_their_files_names(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "talks" / "anna.txt").write_text("Interview\n\nI sold the boat in 1974.", encoding="utf-8")
    (folder / "talks" / "more" / "bo.md").write_text("# Interview\n\nI was born in Oslo.", encoding="utf-8")
    (folder / "questions.txt").write_text("What is it about?\n", encoding="utf-8")
    assert run(folder, "matrix.csv") == 0
    table = list(csv.reader(io.StringIO((folder / "matrix.csv").read_text(encoding="utf-8-sig"))))
    assert [line[0] for line in table[1:]] == ["Interview (anna.txt)", "Interview (bo.md)"]
    assert "I sold the boat in 1974. (paragraph 2, sentence 2)" in table[1][1].split("\n")
    assert "%" not in table[1][1]


def test_pages_that_could_not_be_read_are_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "talks" / "cai.pdf").write_bytes(write_pdf("I was born in Oslo.", "", pictures={2}))
    (folder / "questions.txt").write_text("What is it about?\n", encoding="utf-8")
    assert run(folder, "matrix.csv") == 0
    assert "Cai: Page 2 is a picture" in capsys.readouterr().err


def test_a_reader_that_is_not_there_is_told_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["matrix", str(folder / "questions.txt"), str(folder / "talks"), "--reader", "no/such"]
    assert main([*arguments, "--output", str(folder / "m.csv")]) == 2
    assert capsys.readouterr().err.count("no/such") == 1


def test_one_that_fails_is_told_and_the_others_are_asked(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "talks" / "empty.txt").write_text(" \n")
    (folder / "talks" / "scan.pdf").write_bytes(b"no pdf")
    assert run(folder, "matrix.md") == 2
    out, err = capsys.readouterr()
    assert "2 interviews" in out
    assert "empty.txt" in err
    assert "scan.pdf" in err


@pytest.mark.parametrize(
    ("questions", "output", "message"),
    [
        ("Who?\n?\n", "m.csv", "Line 2: The question holds no words"),
        ("\n", "m.csv", "holds no question"),
        ("Who?", "m.pdf", r"Choose one of .csv, .xlsx, .md"),
        ("Who?", "no/such/m.csv", "cannot be written"),
    ],
)
def test_what_is_wrong_is_said(
    folder: Path, questions: str, output: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "questions.txt").write_text(questions)
    assert run(folder, output) == 2
    assert message in capsys.readouterr().err
    assert main(["matrix", str(folder / "none.txt"), str(folder), "--output", str(folder / "m.csv")]) == 2
    assert "none.txt: This file cannot be opened" in capsys.readouterr().err


def test_the_cache_is_told_and_cleared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("INTERVIEW_QA_CACHE", "")
    assert main(["cache"]) == 0
    assert "Nothing is kept" in capsys.readouterr().out
    monkeypatch.setenv("INTERVIEW_QA_CACHE", str(tmp_path))
    (tmp_path / f"{'0' * 64}.npy").write_bytes(bytes(200_000))
    assert main(["cache"]) == 0
    assert "0.2 MB kept" in capsys.readouterr().out
    assert main(["cache", "--clear"]) == 0
    assert "0.2 MB removed" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []
