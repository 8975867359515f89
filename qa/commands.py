"""The commands beside asking: python -m qa matrix …, python -m qa cache …."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from qa.cache import Cache, default_folder
from qa.encoder import SentenceEncoder
from qa.errors import FileError, QuestionError
from qa.folder import find_files
from qa.formats.text import decode
from qa.interview import Interview
from qa.matrix import make_rows, write, writer
from qa.pipeline import Pipeline
from qa.span_reader import SpanReader

Complain = Callable[[Exception], int]


def matrix(argv: Sequence[str], complain: Complain) -> int:
    """Ask several interviews the same questions, and write a table; returns the exit status."""
    arguments = _matrix_parser().parse_args(argv)
    output: Path = arguments.output
    questions = _questions(arguments.questions)
    writer(output)  # a wrong ending is told before the work
    files, errors = find_files(arguments.interviews)
    encoder, reader = SentenceEncoder(), SpanReader(arguments.reader)
    if files:
        reader.prepare()  # a model that is not there is told once, before the work

    def pipeline(interview: Interview) -> Pipeline:
        return Pipeline(interview, encoder, reader)

    journal = output.with_name(f".{output.name}.journal")
    from tqdm import tqdm  # imported here: a question needs none of it

    try:
        with tqdm(total=len(files), unit="interview", disable=None, file=sys.stderr) as bar:
            rows, unread = make_rows(files, questions, pipeline, journal, bar.update, arguments.reader or "")
    except OSError as e:
        raise FileError(output, f"This file cannot be written ({e.strerror}). Choose another with --output.") from e
    if rows:
        write(output, questions, rows)
    journal.unlink(missing_ok=True)
    status = max(map(complain, [*errors, *unread]), default=0)
    for row in rows:
        if row.missing:
            print(f"interview-qa: {row.title}: {row.missing}", file=sys.stderr)
    if rows:
        print(f"{output}: {len(rows)} interviews, {len(questions)} questions.")
    return status


def cache(argv: Sequence[str], complain: Complain) -> int:  # noqa: ARG001 (as `matrix` has it)
    """Tell where vectors are kept, or remove them; returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="interview-qa cache", description="What is embedded is kept, and not embedded again."
    )
    parser.add_argument("--clear", action="store_true", help="remove all that is kept")
    clear = parser.parse_args(argv).clear
    folder = default_folder()
    if folder is None:
        print("Nothing is kept: INTERVIEW_QA_CACHE is set, and empty.")
        return 0
    kept = Cache(folder)
    size = kept.clear() if clear else kept.size()
    print(f"{folder}: {size / 1e6:.1f} MB {'removed' if clear else 'kept'}.")
    return 0


COMMANDS: dict[str, Callable[[Sequence[str], Complain], int]] = {"matrix": matrix, "cache": cache}


def _matrix_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="interview-qa matrix",
        description="Ask several interviews the same questions: a row an interview, a column a question.",
        epilog="Interrupted, it goes on where it stopped when it is called again.",
    )
    parser.add_argument("questions", type=Path, metavar="QUESTIONS", help="a text file, a question a line")
    parser.add_argument("interviews", nargs="+", metavar="FILE_OR_FOLDER", help="the interviews")
    parser.add_argument("--output", type=Path, required=True, metavar="FILE", help="a .csv, .xlsx or .md file")
    parser.add_argument("--reader", metavar="MODEL", help="as when asking")
    return parser


def _questions(path: Path) -> list[str]:
    """The questions of a text file, one a line; FileError or QuestionError where there are none to ask."""
    try:
        text = decode(path.read_bytes())
    except OSError as e:
        raise FileError(path, f"This file cannot be opened ({e.strerror}). Name a text file, a question a line.") from e
    except ValueError as e:
        raise FileError(path, str(e)) from e
    questions = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                questions.append(Pipeline.check(line))
            except QuestionError as e:
                raise FileError(path, f"Line {number}: {e}") from e
    if not questions:
        raise FileError(path, "This file holds no question. Write one a line.")
    return questions
