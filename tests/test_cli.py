from __future__ import annotations

import io
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from qa import Pipeline
from qa.__main__ import Style, flat, main
from qa.conversation import UNSURE
from tests.conftest import ROOT
from tests.test_pdf import write_pdf

ASKED = "When did Seres begin to work with Huawei?"
WORDS = "three years ago"
SENTENCE = "Seres began collaborating with Huawei three years ago in the field of intelligence."


@pytest.fixture(autouse=True)
def _in_the_root(monkeypatch: pytest.MonkeyPatch, pipeline: Pipeline) -> None:
    monkeypatch.chdir(ROOT)


def test_prints_answer_sentence_place_and_confidence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([ASKED]) == 0
    out, err = capsys.readouterr()
    lines = out.splitlines()
    assert lines[:2] == [f"? {ASKED}", WORDS]
    assert SENTENCE.replace(WORDS, f"**{WORDS}**") in lines[3]
    assert lines[4].startswith("  — paragraph 6, sentence 11; confidence ")
    assert ("\x1b" in out, err) == (False, "")


def test_an_answer_less_likely_right_than_not_is_called_so(pipeline: Pipeline) -> None:
    answer = pipeline.answer(ASKED)
    for confidence, is_told in [(0.49, True), (0.5, False)]:
        shown = Style(io.StringIO()).answer(replace(answer, confidence=confidence))
        assert shown.splitlines()[1] == (UNSURE if is_told else WORDS)


def test_what_a_file_lacks_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scanned = tmp_path / "scanned.pdf"
    scanned.write_bytes(write_pdf("I was born in Bergen.", "", "We left in 1974.", pictures=[2]))
    assert main(["--interview", str(scanned), "When did you leave?"]) == 0
    out, err = capsys.readouterr()
    assert out.splitlines()[1] == "1974"
    assert err.startswith("interview-qa: Scanned: Page 2 is a picture, perhaps a scan,")


def test_says_that_the_interview_does_not_say(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["What does the car cost?"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "The interview does not answer this."
    assert lines[3] == "The nearest passages, which may be unrelated:"
    assert sum("— paragraph" in line for line in lines) == 3


def test_top_shows_others(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--top", "3", ASKED]) == 0
    assert capsys.readouterr().out.count("— paragraph") == 3
    assert main(["--top", "8", "What does the car cost?"]) == 1
    out = capsys.readouterr().out
    assert out.count("— paragraph") == 8
    assert "which may be unrelated" in out


def test_json_is_the_whole_answer_a_line_each(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--json", ASKED, "What does the car cost?"]) == 0
    found, none = map(json.loads, capsys.readouterr().out.splitlines())
    assert (found["text"], found["sentence"]["index"], len(found["candidates"])) == (WORDS, 10, 5)
    assert (none["answered"], none["text"]) == (False, None)


def test_questions_come_from_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{ASKED}\n\n  \nWhere is the IT center?"))
    assert main([]) == 0
    assert capsys.readouterr().out.count("confidence") == 2


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (["?"], "The question holds no words"),
        ([" "], "The question is empty"),
        (["a" * 501], "has 501 characters, and 500 is the most"),
        (["--interview", "no.txt", "x"], "no.txt: There is no such file"),
        (["--interview", "qa/formats", "x"], "qa/formats: This folder holds no interview"),
        (["--reader", "no/such-model", "x"], "“no/such-model” is not a question-answering model on this machine"),
    ],
)
def test_errors_are_one_plain_line(capsys: pytest.CaptureFixture[str], argv: list[str], message: str) -> None:
    assert main(argv) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("interview-qa: ")
    assert message in err
    assert err.count("\n") == 1


def test_words_without_quotation_marks_are_one_question(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["Where", "is", "the", "IT", "center?"]) == 0
    assert capsys.readouterr().out.startswith("? Where is the IT center?\n")


def test_a_package_that_is_missing_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "talk.txt"
    path.write_text("Hello there.", encoding="utf-8")
    monkeypatch.setitem(sys.modules, "sentencex", None)
    assert main(["--interview", str(path), "x"]) == 2
    assert "The package sentencex is not installed for this Python" in capsys.readouterr().err


def test_one_bad_question_does_not_stop_the_others(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["?", ASKED, "What does the car cost?"]) == 2
    assert f"**{WORDS}**" in capsys.readouterr().out


def test_a_follow_up_is_answered_as_meant_and_that_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([ASKED, "and in Europe?", "Where is the IT center?"]) in (0, 2)
    asked = [block.splitlines() for block in capsys.readouterr().out.split("? ")[1:]]
    assert not any("understood as" in line for line in (*asked[0], *asked[-1]))
    assert any("understood as: When did Seres begin to work with Huawei in Europe" in line for line in asked[1])


def test_of_a_folder_each_answer_says_which_interview_it_is_from(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "anna.txt").write_text("Anna Berg was born in Oslo.", encoding="utf-8")
    (tmp_path / "ben.txt").write_text("The bakery burned down in 1981.", encoding="utf-8")
    assert main(["--interview", str(tmp_path), "Where was Anna Berg born?", "When did the bakery burn down?"]) == 0
    places = [line for line in capsys.readouterr().out.splitlines() if "confidence" in line]
    assert len(places) == 2
    assert "Anna" in places[0]
    assert "Ben" in places[1]


@pytest.mark.parametrize("argv", [["--top", "0", "x"], ["--top", "many", "x"], ["--colour"]])
def test_wrong_options_are_refused(capsys: pytest.CaptureFixture[str], argv: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(argv)
    assert caught.value.code == 2
    assert "usage: interview-qa" in capsys.readouterr().err


def test_the_answers_are_written_to_a_file_too(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "answers.md"
    assert main(["--output", str(path), ASKED, "What does the car cost?", "?"]) == 2
    assert f"**{WORDS}**" in capsys.readouterr().out
    text = path.read_text(encoding="utf-8")
    assert text.count("\n## ") == 2
    assert f"**{WORDS}**\n\n> “{SENTENCE}” (“" in text
    assert text.endswith("\n\nThe interview does not answer this.\n")


@pytest.mark.parametrize(
    ("output", "message"), [("a.pdf", "Choose one of .md, .docx, .csv"), ("no/such/a.csv", "cannot be written")]
)
def test_a_file_that_cannot_be_written_is_said(
    output: str, message: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["--output", str(tmp_path / output), ASKED]) == 2
    assert message in capsys.readouterr().err


def test_an_interview_of_ones_own(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "talk.md"
    path.write_text("# Talk\n\nI was born in Oslo\nand grew up there.\n\nWe sold the boat.", encoding="utf-8")
    assert main(["--interview", str(path), "Where were you born?"]) == 0
    assert "I was born in **Oslo** and grew up there." in capsys.readouterr().out


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_colour_only_on_a_terminal_that_wants_it(monkeypatch: pytest.MonkeyPatch, pipeline: Pipeline) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    answer = pipeline.answer(ASKED)
    assert f"\x1b[1;32m{WORDS}\x1b[0m" in Style(Terminal()).answer(answer)
    assert "\x1b" not in Style(io.StringIO()).answer(answer)
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in Style(Terminal()).answer(answer)


def test_a_file_cannot_steer_the_terminal() -> None:
    assert flat("a\x1b]0;title\x07b\n\tc\u202e") == "a]0;titleb  c"


def test_as_a_program(pipeline: Pipeline) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "qa", "--json", ASKED], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == pipeline.answer(ASKED).to_dict()


def test_output_that_nobody_reads_is_no_error() -> None:
    done = subprocess.run(
        f'"{sys.executable}" -m tests.small_qa "{ASKED}" "{ASKED}" | true; exit ${{PIPESTATUS[0]}}',
        cwd=ROOT, shell=True, executable="/bin/bash", capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.stderr, done.returncode) == ("", 0)


@pytest.mark.parametrize(
    ("shell", "status", "out"),
    [
        ("printf 'Qu\\351 hora es?\\n' | {qa} --json", 0, '"Qu'),
        ("PYTHONIOENCODING=ascii {qa} --json 'Wo ist München?'", 0, "M\\u00fcnchen"),
        ("PYTHONIOENCODING=ascii {qa} 'Wo ist München?'", 0, "M?nchen"),
        ("{qa} 'Where is the IT center?' > /dev/full", 2, ""),
        ("{qa} <&-", 1, ""),
    ],
)
def test_no_odd_stream_reads_as_an_answer(shell: str, status: int, out: str) -> None:
    done = subprocess.run(
        shell.format(qa=f'"{sys.executable}" -m tests.small_qa'),
        cwd=ROOT, shell=True, executable="/bin/bash", capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == status, done.stderr
    assert out in done.stdout
    assert "Traceback" not in done.stderr
