from __future__ import annotations

from itertools import groupby
from pathlib import Path

import pytest

from qa.formats import read_data
from qa.formats.labels import split_labels
from tests.test_pdf import write_pdf

ASKED = "Q. Where were you born?\n\nA. In Bergen.\n\nQ. When did you leave?\n\nA. In 1974."
AGAIN = "Q. Did it rain?\n\nA. It did."
SWORN = "JANE DOE,\nhaving been first duly sworn, was examined and testified as follows:"


def speakers(text: str) -> list[str | None]:
    return [mark.speaker for mark in split_labels(text).marks]


@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize("stop", [".", ":"])
@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("BY MR. JONES:", "BY MS. BERG:"),
        ("By Mr. Jones:", "By Ms. Berg:"),
        ("EXAMINATION\n\nBY MR. JONES:", "CROSS-EXAMINATION\n\nBY MS. BERG:"),
        ("DIRECT EXAMINATION BY MR. JONES:", "Cross-Examination by Ms. Berg:"),
        ("EXAMINATION BY MR. JONES", "FURTHER EXAMINATION (Continued)\n\nBY MS. BERG:"),
        ("BY MR. JONES: (Continuing)", "  BY MS. BERG:  "),
    ],
)
def test_who_asks_is_named_by_the_line_above(first: str, second: str, stop: str, between: str) -> None:
    second = second.replace("by Ms", "By Ms")
    text = f"{first}\n\n{ASKED}\n\n{second}\n\n{AGAIN}".replace("\n\n", between)
    content = split_labels(text.replace("Q.", f"Q{stop}").replace("A.", f"A{stop}"))
    assert content.text == f"{ASKED}\n\n{AGAIN}".replace("Q. ", "").replace("A. ", "")
    named = [(mark.speaker or "").upper() for mark in content.marks]
    assert named == ["MR. JONES", "A", "MR. JONES", "A", "MS. BERG", "A"]


@pytest.mark.parametrize("within", ["(BY MS. BERG)", "(By Ms. Berg:)", "BY MS. BERG:"])
def test_who_asks_is_named_within_the_line(within: str) -> None:
    content = split_labels(f"BY MR. JONES:\n{ASKED}\nQ. {within} {AGAIN[3:]}")
    assert "MS. BERG" not in content.text.upper()
    assert [(mark.speaker or "").upper() for mark in content.marks][3:] == ["A", "MS. BERG", "A"]


def test_others_who_speak_keep_their_names() -> None:
    text = f"BY MR. JONES:\n\n{ASKED}\n\nMS. BERG: Objection.\n\nTHE COURT: Go on.\n\n{AGAIN}"
    assert speakers(text)[4:] == ["MS. BERG", "THE COURT", "MR. JONES", "A"]


def test_a_new_examination_without_a_name_is_nobody_s() -> None:
    content = split_labels(f"BY MR. JONES:\n\n{ASKED}\n\nCROSS-EXAMINATION\n\n{AGAIN}")
    assert [mark.speaker for mark in content.marks] == ["MR. JONES", "A", "MR. JONES", "A", "Q", "A"]
    assert "CROSS" not in content.text


def test_what_stands_under_the_line_is_kept() -> None:
    content = split_labels(f"{ASKED}\n\nBY MR. JONES:\n\n(Exhibit 1 was marked.)\n\n{AGAIN}\n\nBY MS. BERG:")
    assert "In 1974.\n\n(Exhibit 1 was marked.)\n\nDid it rain?\n\nIt did." in content.text
    assert content.text.endswith("It did.")
    assert [mark.speaker for mark in content.marks][-2:] == ["MR. JONES", "A"]


def test_a_witness_who_is_sworn_in_is_named() -> None:
    text = f"{SWORN}\n\nBY MR. JONES:\n\n{ASKED}\n\nTHE WITNESS: May I go?\n\n{AGAIN}"
    assert speakers(text) == [None, *["MR. JONES", "JANE DOE"] * 2, "JANE DOE", "MR. JONES", "JANE DOE"]


@pytest.mark.parametrize(
    "oath",
    [
        f"{SWORN}\n\n{SWORN.replace('JANE', 'BO')}",  # two witnesses
        "ANN LEE, interpreter, was duly sworn.",
        "I, ANN LEE, swear that this is so.",
        "JANE DOE, of Bergen.\n\nThe witness was sworn, and testified:",
    ],
)
def test_a_witness_who_is_not_certain_stays_a(oath: str) -> None:
    assert speakers(f"{oath}\n\nBY MR. JONES:\n\n{ASKED}")[1:] == ["MR. JONES", "A"] * 2


@pytest.mark.parametrize(
    "line", ["by then it rained:", "BY 10:", "An examination", "My Examination of it all was long."]
)
def test_what_introduces_nobody_is_said(line: str) -> None:
    content = split_labels(f"{ASKED}\n{line}\n\n{AGAIN}")
    assert line in content.text
    assert [mark.speaker for mark in content.marks] == ["Q", "A"] * 3


def test_without_questions_and_answers_nothing_is_introduced() -> None:
    text = "Jane: Where?\n\nBY MR. JONES:\n\nAnna: In Bergen.\n\nJane: When?\n\nAnna: In 1974."
    assert "MR. JONES" in split_labels(text).text


def test_a_deposition_as_a_pdf_with_line_numbers() -> None:
    asked = [
        "Q. Where were you, and who was it that",
        "went with you to the town in that year?",
        "A. I was in Bergen, and so was Bo Ek.",
    ]
    lines = [
        *SWORN.split("\n"),
        "EXAMINATION",
        "BY MR. JONES:",
        *asked * 6,
        "CROSS-EXAMINATION",
        "BY MS. BERG:",
        *asked * 2,
    ]
    pages = ["\n".join(f"{n:>2}  {lines[n - 1]}" for n in range(at, at + 15)) for at in (1, 16)]
    content = read_data(Path("talk.pdf"), write_pdf(*pages))
    turns = ["MR. JONES", "JANE DOE"] * 6 + ["MS. BERG", "JANE DOE"] * 2
    assert [speaker for speaker, _ in groupby(mark.speaker for mark in content.marks)] == [None, *turns]
    said = " ".join(asked).replace("Q. ", "").replace("A. ", "")
    assert " ".join(content.text.split()) == " ".join([*SWORN.split(), *[said] * 8])
