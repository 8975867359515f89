"""The command line: python -m qa "question". Answers like grep: 0 it answers, 1 it does not say, 2 error."""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TextIO

from qa import Answer, Candidate, InterviewError, PackageError, Pipeline, SpanReader, bundled_interview, read_interviews
from qa.commands import COMMANDS
from qa.conversation import NONE, TITLE, UNSURE, check, save
from qa.formats import EXTENSIONS

ANSWERED, SILENT, ERROR, INTERRUPTED = 0, 1, 2, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Answer the questions given as arguments or on standard input; returns the exit status."""
    words = list(sys.argv[1:] if argv is None else argv)
    _be_lenient()
    try:
        if words[:1] and words[0] in COMMANDS:
            return COMMANDS[words[0]](words[1:], _complain)
        return _run(_parser().parse_args(words))
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # the reader of our output has had enough, as `head` has
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ANSWERED
    except ModuleNotFoundError as e:
        return _complain(PackageError(e.name))
    except Exception as e:  # whatever it is, a status of 1 would say that the interview does not answer
        return _complain(e)


def _run(arguments: argparse.Namespace) -> int:
    if arguments.output:
        check(arguments.output)  # a wrong ending is told before the work
    interviews, errors = read_interviews(arguments.interview or [])
    status = max(map(_complain, errors), default=SILENT)
    if arguments.interview and not interviews:
        return status
    for interview in interviews:
        if interview.missing:
            _tell(f"{interview.title}: {interview.missing}")
    pipeline = Pipeline(
        interviews or bundled_interview(), reader=SpanReader(arguments.reader), candidates=max(arguments.top or 0, 5)
    )
    style = Style(sys.stdout, titled=len(pipeline.interviews) > 1)
    answers: list[Answer] = []
    try:
        for question in _asked(arguments.questions):
            try:
                pipeline.check(question)
                _prepare(pipeline)
                answers.append(answer := pipeline.answer(question, [a.understood or a.question for a in answers]))
            except InterviewError as e:
                status = _complain(e)
                continue
            if answer and status == SILENT:
                status = ANSWERED
            print(style.record(answer) if arguments.json else style.answer(answer, arguments.top), flush=True)
    finally:  # interrupted, too: what was answered is kept
        if arguments.output and answers:
            titles = [interview.title for interview in pipeline.interviews]
            save(arguments.output, answers, f"{titles[0]} – {TITLE.lower()}" if len(titles) == 1 else TITLE)
    return status


def _be_lenient() -> None:
    """Never stop at a character that the terminal's encoding lacks, or at a byte that it cannot read."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


class Style:
    """How an answer is written: with colour on a terminal, unless NO_COLOR is set, else in plain text."""

    def __init__(self, out: TextIO, *, titled: bool = False) -> None:
        self.titled = titled  # each place says which interview it is in
        self.is_unicode = (out.encoding or "").lower().startswith("utf")
        self.colour = out.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"

    def answer(self, answer: Answer, top: int | None = None) -> str:
        """The answer, marked in its sentence, with place and confidence; where there is none, what comes nearest.

        `top` is how many candidates are shown in all: without it, the answer alone or the nearest three.
        """
        understood = [self._dim(f"  understood as: {flat(answer.understood)}")] if answer.understood else []
        return "\n".join([self._dim(f"? {flat(answer.question)}"), *understood, *self._body(answer, top), ""])

    def _body(self, answer: Answer, top: int | None) -> list[str]:
        if answer.remark:
            return [answer.remark]
        if answer.kind == "overview":
            return [self._bold(f"{flat(answer.headline)}:"), *self._listed(answer.candidates)]
        found = answer.candidates[:1] if answer else ()
        lines = [UNSURE] if answer.unsure else []
        lines += [self._bold(f"{flat(c.text)}") for c in found] or [self._bold(NONE)]
        for candidate in found:
            lines += ["", f"  {self._marked(candidate)}", f"  {self._dim(self._place(candidate))}"]
        for candidate in answer.also:
            lines += ["", f"Also said: {self._bold(flat(candidate.text))}"]
            lines += ["", f"  {self._marked(candidate)}", f"  {self._dim(self._place(candidate))}"]
        shown = len(found) + len(answer.also)
        others = answer.candidates[shown : top or (shown if found else 3)]
        if others:
            lines += ["", "Other passages:" if answer else "The nearest passages, which may be unrelated:"]
        return [*lines, *self._listed(others)]

    def _listed(self, candidates: Sequence[Candidate]) -> list[str]:
        """Their sentences, each with its place."""
        return [line for c in candidates for line in (f"  {flat(c.sentence.text)}", f"  {self._dim(self._place(c))}")]

    def record(self, answer: Answer) -> str:
        """The whole answer as JSON on one line."""
        return json.dumps(answer.to_dict(), ensure_ascii=not self.is_unicode)

    def _marked(self, candidate: Candidate) -> str:
        """The answer marked in its sentence; where it is the whole sentence, in its passage, not to say it twice."""
        around = candidate.sentence if candidate.text != candidate.sentence.text else candidate.passage
        start, end = candidate.start - around.start, candidate.end - around.start
        before, text, after = around.text[:start], around.text[start:end], around.text[end:]
        mark = f"\x1b[1;32m{flat(text)}\x1b[0m" if self.colour else f"**{flat(text)}**"
        return f"{flat(before)}{mark}{flat(after)}"

    def _place(self, candidate: Candidate) -> str:
        title = f"{candidate.title}; " if self.titled else ""
        sure = "" if candidate.confidence == 1 else f"; confidence {round(candidate.confidence * 100)} %"
        return flat(f"— {title}{candidate.sentence.place}{sure}")

    def _bold(self, text: str) -> str:
        return f"\x1b[1m{text}\x1b[0m" if self.colour else text

    def _dim(self, text: str) -> str:
        return f"\x1b[2m{text}\x1b[0m" if self.colour else text


def flat(text: str) -> str:
    r"""The text on one line, and without the control characters by which a file could steer the terminal.

    >>> flat("one\ntwo \x1b[31mred")
    'one two [31mred'
    """
    return "".join(c if c.isprintable() else " " if c.isspace() else "" for c in text)


def _prepare(pipeline: Pipeline) -> None:
    """Load and embed, with a line on the terminal that says how far it is."""
    if pipeline.ready or not sys.stderr.isatty():
        pipeline.prepare()
        return
    pipeline.prepare(
        lambda done: print(f"\rReading the interview … {round(done * 100)} %", end="", file=sys.stderr, flush=True)
    )
    print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def _asked(words: Sequence[str]) -> Iterator[str]:
    """The questions: one an argument, or a line of standard input; single words are one question without its quotes."""
    if not words:
        return _lines()
    is_unquoted = len(words) > 1 and not any(" " in word.strip() for word in words)
    return iter([" ".join(words)] if is_unquoted else words)


def _lines() -> Iterator[str]:
    """The questions on standard input, one a line; blank lines are passed over."""
    if sys.stdin is None:
        return
    if sys.stdin.isatty():
        print("Type a question and press Enter; Ctrl-D ends.", file=sys.stderr)
    for line in sys.stdin:
        if line.strip():
            yield line


def _complain(error: Exception) -> int:
    _tell(str(error) if isinstance(error, InterviewError) else repr(error))
    return ERROR


def _tell(text: str) -> None:
    print(f"interview-qa: {flat(text)}", file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="interview-qa",
        description="Ask an interview a question and get the answer in its own words.",
        epilog="Exit status: 0 the interview answers (of several questions, at least one), 1 it does not say, 2 error. "
        "Other commands, each with --help: matrix (many interviews, many questions, one table), cache (what is kept).",
    )
    parser.add_argument(
        "questions",
        nargs="*",
        metavar="QUESTION",
        help="in quotation marks, one or several; without any, one a line from standard input",
    )
    parser.add_argument(
        "--interview",
        metavar="FILE_OR_FOLDER",
        action="append",
        help=f"{', '.join(EXTENSIONS)}, or a folder of such files; several times for several "
        "(default: the interview that comes with the program)",
    )
    parser.add_argument(
        "--reader",
        metavar="MODEL",
        help="a Hugging Face model that answers questions, by path or name (default: our own)",
    )
    parser.add_argument("--json", action="store_true", help="print each whole answer as JSON on one line")
    parser.add_argument(
        "--output", type=Path, metavar="FILE", help="also write the answers to a .md, .docx or .csv file"
    )
    parser.add_argument(
        "--top", type=_count, metavar="K", help="show K candidates (default: the answer, or the nearest 3 without one)"
    )
    return parser


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
