"""A conversation as a file to keep: its questions, and what the interview says to each, word for word."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

from qa.citation import cite
from qa.datatypes import Answer, Candidate
from qa.writing import csv_of, escape_markdown, without_controls, write_whole, writer_for

TITLE = "Questions and answers"
NONE = "The interview does not answer this."
NONE_OF_THEM = "The interviews do not answer this."
UNSURE = "Not sure: this may not be what you asked. The nearest that is said:"
HEAD = ("Question", "Understood as", "Kind", "Answer", "Sentence", "Interview", "Speaker", "Place", "Confidence")
"""The columns of the CSV file; a row is an answer, or a sentence of an overview."""

Style = Literal["title", "question", "note", "answer", "quote"]
_BREAK = re.compile(r"\s*[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]\s*")


def export(answers: Iterable[Answer], kind: str, title: str = TITLE) -> bytes:
    """The answers as a file of this kind: ".md", ".docx" or ".csv". `title` is its heading; the CSV has none.

    What the interview does not answer is said; the program's own remarks are left out. Every quote is
    letter for letter, but for what a kind of file cannot hold: in Markdown a line break is a space, in
    Word control characters are gone, and in CSV what a spreadsheet would take for a formula has an
    apostrophe in front.
    """
    if kind not in WRITERS:
        raise ValueError(f"{kind=} must be one of {', '.join(WRITERS)}")
    return WRITERS[kind](title, [answer for answer in answers if answer.kind != "remark"])


def check(output: Path) -> None:
    """Raise FileError where no file of this name can be made, since its ending says none of the kinds."""
    writer_for(output, WRITERS, "Answers")


def save(output: Path, answers: Iterable[Answer], title: str = TITLE) -> None:
    """Write the answers as `output` says by its ending; raises FileError where that cannot be done."""
    check(output)
    write_whole(output, export(answers, output.suffix.lower(), title))


def found(answer: Answer) -> tuple[Candidate, ...]:
    """What answers: the sentences of an overview, else the best candidate and what answers, too; or nothing."""
    if not answer:
        return ()
    return answer.candidates if answer.kind == "overview" else (answer.candidates[0], *answer.also)


def _none(answer: Answer) -> str:
    return NONE_OF_THEM if len({candidate.number for candidate in answer.candidates}) > 1 else NONE


def _percent(candidate: Candidate) -> str:
    return f"{round(candidate.confidence * 100)} %"


def _csv(_: str, answers: Sequence[Answer]) -> bytes:
    return csv_of([HEAD, *(row for answer in answers for row in _rows(answer))])


def _rows(answer: Answer) -> Iterator[tuple[str, ...]]:
    asked = (answer.question, answer.understood or "")
    candidates = found(answer)
    if not candidates:
        yield (*asked, "no answer", _none(answer), "", "", "", "", "")
    for at, candidate in enumerate(candidates):
        sentence = candidate.sentence
        place = replace(sentence, speaker=None).place  # who speaks has a column
        where = (sentence.text, candidate.title, sentence.speaker or "", place)
        if answer.kind == "overview":
            yield (*asked, "overview", "", *where, "")
        else:
            yield (*asked, "further answer" if at else "answer", candidate.text, *where, _percent(candidate))


def _blocks(title: str, answers: Sequence[Answer]) -> Iterator[tuple[Style, str]]:
    """What a document holds, a paragraph each."""
    yield "title", title
    for answer in answers:
        candidates = found(answer)
        yield "question", answer.question
        if answer.understood:
            yield "note", f"Understood as: {answer.understood}"
        if not candidates:
            yield "note", _none(answer)
        elif answer.kind == "overview":
            yield "note", f"{answer.headline}:"
        elif answer.unsure:
            yield "note", UNSURE
        for at, candidate in enumerate(candidates):
            if answer.kind == "overview":
                yield "quote", cite(candidate)
                continue
            if at == 1:
                yield "note", "Also:"
            if candidate.text != candidate.sentence.text:
                yield "answer", candidate.text
            yield "quote", cite(candidate)
            yield "note", f"Confidence: {_percent(candidate)}"


_MARKDOWN = {"title": "# {}", "question": "## {}", "note": "{}", "answer": "**{}**", "quote": "> {}"}


def _markdown(title: str, answers: Sequence[Answer]) -> bytes:
    parts = [
        # none begins a line but a note, which begins with a word of ours
        _MARKDOWN[style].format(escape_markdown(_BREAK.sub(" ", text.strip())))
        for style, text in _blocks(title, answers)
    ]
    return ("\n\n".join(parts) + "\n").encode("utf-8", "replace")


def _docx(title: str, answers: Sequence[Answer]) -> bytes:
    # imported here: only this kind of file needs them, and they take a while
    from datetime import UTC, datetime

    import docx

    document = docx.Document()
    about = document.core_properties  # those of the template are another's
    about.title, about.author, about.comments = without_controls(title)[:255], "", ""
    about.created = about.modified = datetime.now(UTC)
    for style, text in _blocks(title, answers):
        safe = without_controls(text)
        if style in ("title", "question"):
            document.add_heading(" ".join(safe.split()), level=0 if style == "title" else 1)
        elif style == "answer":
            document.add_paragraph().add_run(safe).bold = True
        else:
            document.add_paragraph(safe, style="Quote" if style == "quote" else None)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


WRITERS: dict[str, Callable[[str, Sequence[Answer]], bytes]] = {".md": _markdown, ".docx": _docx, ".csv": _csv}
