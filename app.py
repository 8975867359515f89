"""Opens the page: python app.py [FILE_OR_FOLDER …]."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import replace

from qa import (
    EXTENSIONS,
    Interview,
    InterviewError,
    PackageError,
    Pipeline,
    SpanReader,
    bundled_interview,
    read_interviews,
)

TITLE = "Interview with Leon He, Executive President of Seres Auto"
EXAMPLES = (
    "How many new energy vehicles were sold in the first quarter?",
    "When did Seres begin to work with Huawei?",
    "Where is the IT center?",
    "What does the car cost?",
)
"""For the interview that comes with the program; the last is not answered in it, to show that the page says so."""


def main(argv: Sequence[str] | None = None) -> int:
    """Serve the page until Ctrl-C; returns the exit status."""
    parser = _parser()
    arguments = parser.parse_args(argv)
    if arguments.mcp and arguments.auth:
        parser.error(
            "--mcp does not go with --auth: a name and password do not keep out programs that ask over MCP. "
            "Leave one of them out."
        )
    try:
        own = arguments.interviews
        interviews = _read(own) if own else [replace(bundled_interview(), title=TITLE)]
        if not interviews:
            return 2
        # imported here: gradio takes seconds, which a wrong file name need not wait for
        from web.server import serve

        serve(
            Pipeline(interviews, reader=SpanReader(arguments.reader)),
            arguments.host,
            arguments.port,
            arguments.auth,
            () if own else EXAMPLES,
            browser=arguments.browser,
            mcp=arguments.mcp,
        )
    except InterviewError as e:
        return _complain(e)
    except ModuleNotFoundError as e:
        return _complain(PackageError(e.name))
    except KeyboardInterrupt:
        pass
    return 0


def _read(paths: Sequence[str]) -> list[Interview]:
    """The interviews in these files and folders; what cannot be read is told, and the others are read."""
    interviews, errors = read_interviews(paths)
    for error in errors:
        _complain(error)
    for interview in interviews:
        if interview.missing:
            print(f"app.py: {interview.title}: {interview.missing}", file=sys.stderr)
    return interviews


def _complain(error: InterviewError) -> int:
    print(f"app.py: {error}", file=sys.stderr)
    return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Ask an interview in the browser.")
    parser.add_argument(
        "interviews",
        nargs="*",
        metavar="FILE_OR_FOLDER",
        help=f"interviews, as {', '.join(EXTENSIONS)}, or folders of them (default: the interview that comes with it)",
    )
    parser.add_argument(
        "--reader",
        metavar="MODEL",
        help="a Hugging Face model that answers questions, by path or name (default: our own)",
    )
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: this machine alone)")
    parser.add_argument("--port", type=_port, default=7860, help="default: 7860")
    parser.add_argument("--auth", type=_auth, metavar="USER:PASSWORD", help="ask for this name and password first")
    parser.add_argument(
        "--mcp", action="store_true", help="let programs that speak MCP ask, too, at /mcp (not with --auth)"
    )
    parser.add_argument(
        "--browser",
        action=argparse.BooleanOptionalAction,
        default=_has_screen(),
        help="open the page in the browser (default: where there is a terminal and a screen)",
    )
    return parser


def _port(text: str) -> int:
    if not (text.isdecimal() and 1 <= int(text) <= 65535):
        raise argparse.ArgumentTypeError(f"{text!r} is not a port: give a number from 1 to 65535")
    return int(text)


def _auth(text: str) -> tuple[str, str]:
    user, _, password = text.partition(":")
    if not (user and password):
        raise argparse.ArgumentTypeError("give a name and a password with a colon between them, as anna:s3cret")
    return user, password


def _has_screen() -> bool:
    graphical = sys.platform in ("darwin", "win32") or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )
    return graphical and sys.stdout.isatty()


if __name__ == "__main__":
    sys.exit(main())
