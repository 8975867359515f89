"""The framework matrix of qualitative research: a row an interview, a column a question, in each cell the answer.

Ritchie and Spencer (1994) name the method; here the cells hold the interviews' own words.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from qa.datatypes import Answer
from qa.errors import InterviewError
from qa.formats import load
from qa.interview import Interview
from qa.pipeline import Pipeline
from qa.writing import csv_of, escape_markdown, without_controls, write_whole, writer_for

_FIRST = "Interview"


@dataclass(frozen=True, slots=True)
class Row:
    """What one interview says to each question."""

    title: str
    cells: tuple[str, ...]
    """A cell a question; empty where the interview does not answer."""
    missing: str = ""
    """What of its file was not read, in sentences for the user."""


def cell(answer: Answer) -> str:
    """The words that answer, the sentence that holds them, its place and the confidence, a line each.

    Of an overview its sentences with their places, which have no confidence.
    """
    if answer.kind == "overview":
        return "\n".join(f"{c.sentence.text} ({c.sentence.place})" for c in answer.candidates)
    if not answer.sentence or answer.text is None:
        return ""
    lines = [answer.text] if answer.text == answer.sentence.text else [answer.text, f"“{answer.sentence.text}”"]
    return "\n".join([*lines, f"({answer.sentence.place}; {round(answer.confidence * 100)} %)"])


def make_rows(
    files: Sequence[Path],
    questions: Sequence[str],
    pipeline: Callable[[Interview], Pipeline],
    journal: Path,
    progress: Callable[[], object] = lambda: None,
    reader: str = "",
) -> tuple[list[Row], list[InterviewError]]:
    """A row for each file, and an error for each that cannot be read.

    Each row is noted in `journal` once it is there; a call with the same journal, questions and `reader`,
    the name of what reads, goes on where one before was interrupted. `progress` is called after each file.
    Where several have the same title, each has its file's name, too.
    """
    noted = _noted(journal, questions)
    rows: list[tuple[Path, Row]] = []
    errors: list[InterviewError] = []
    with journal.open("a", encoding="utf-8") as notes:
        for file in files:
            try:
                data = load(file)
                key = _key(file, data, questions, reader)
                if key not in noted:
                    asked = pipeline(Interview.from_data(file, data))
                    cells = tuple(cell(asked.answer(q)) for q in questions)
                    noted[key] = Row(asked.interview.title, cells, asked.interview.missing)
                    note = json.dumps({"key": key, **asdict(noted[key])})
                    notes.write(f"\n{note}\n")  # begun anew, in case half a line stands before it
                    notes.flush()
                rows.append((file, noted[key]))
            except InterviewError as e:
                errors.append(e)
            progress()
    titles = Counter(row.title for _, row in rows)
    named = [replace(r, title=f"{r.title} ({file.name})") if titles[r.title] > 1 else r for file, r in rows]
    return named, errors


def _key(file: Path, data: bytes, questions: Sequence[str], reader: str) -> str:
    """Names the file as it is now, what is asked of it, and what reads it."""
    asked = json.dumps([reader, str(file.absolute()), *questions]).encode()
    return hashlib.sha256(asked + data).hexdigest()


def _noted(journal: Path, questions: Sequence[str]) -> dict[str, Row]:
    """The rows of a journal; a line that was not written to its end is passed over."""
    rows: dict[str, Row] = {}
    for line in journal.read_text(encoding="utf-8", errors="replace").splitlines() if journal.exists() else []:
        try:
            note = json.loads(line)
            row = Row(note["title"], tuple(note["cells"]), note.get("missing", ""))
        except (ValueError, KeyError, TypeError):
            continue
        if len(row.cells) == len(questions):
            rows[note["key"]] = row
    return rows


def write(output: Path, questions: Sequence[str], rows: Iterable[Row]) -> None:
    """Write the matrix as `output` says by its ending: .csv, .xlsx or .md. It appears whole or not at all.

    Raises FileError for another ending, and where the file cannot be written.
    """
    table = [[_FIRST, *questions], *([row.title, *row.cells] for row in rows)]
    write_whole(output, writer(output)(table))


def writer(output: Path) -> Callable[[Sequence[Sequence[str]]], bytes]:
    """What makes a file of this name of a table; raises FileError where its ending is none of WRITERS."""
    return writer_for(output, WRITERS, "A matrix")


def _markdown(table: Sequence[Sequence[str]]) -> bytes:
    lines = ["| " + " | ".join(map(_flat, line)) + " |" for line in table]
    rule = "|" + " --- |" * len(table[0])
    return "\n".join([lines[0], rule, *lines[1:], ""]).encode("utf-8", "replace")


def _flat(text: str) -> str:
    """Text for one cell of a Markdown table, in which nothing is markup."""
    return "<br>".join(" ".join(line.split()) for line in escape_markdown(text).splitlines())


def _xlsx(table: Sequence[Sequence[str]]) -> bytes:
    # imported here: only this kind of file needs it
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    sheet = book.active
    sheet.title = "Matrix"
    for number, line in enumerate(table, 1):
        for column, text in enumerate(line, 1):
            made = sheet.cell(number, column, without_controls(text))
            made.data_type = "s"  # text, also where it begins with =
            made.alignment = Alignment(wrap_text=True, vertical="top")
            if 1 in (number, column):
                made.font = Font(bold=True)
    for column in sheet.columns:
        sheet.column_dimensions[column[0].column_letter].width = 24 if column[0].column == 1 else 48
    sheet.freeze_panes = "B2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


WRITERS: dict[str, Callable[[Sequence[Sequence[str]]], bytes]] = {".csv": csv_of, ".xlsx": _xlsx, ".md": _markdown}
