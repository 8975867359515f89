"""The conversation as a file for its visitor; it goes to the browser as text, so that none lies on the server."""

from __future__ import annotations

import base64
import itertools
import re
from pathlib import Path
from typing import Any

from qa import export
from web import gr, render_pane
from web.errors import explain
from web.visit import Visit

KINDS = {
    ".md": ("Markdown", "text/markdown"),
    ".docx": ("Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ".csv": ("Table (CSV)", "text/csv"),
}
"""What the menu offers, and what the browser is told about it."""
NOTHING = (
    "There is nothing to export: no answer is kept here, or this page was left alone for hours. Ask, and then export."
)
FAILED = "Something went wrong here, and no file was made. Try it again; if this goes on, restart the program."
_BARRED = re.compile(r'[\\/:*?"<>|]')
_MENU = (
    '<details><summary aria-label="Export the conversation">Export</summary><div class="menu" role="group" '
    'aria-label="Kinds of file">{}</div></details><p role="status"></p>'
)

_fresh = itertools.count(1)  # has the browser save again when the same file is asked for twice


def control() -> gr.HTML:
    """The menu; the stylesheet shows it once there is an answer."""
    buttons = "".join(f'<button type="button" value="{kind}">{name}</button>' for kind, (name, _) in KINDS.items())
    return gr.HTML(
        _MENU.format(buttons),
        js_on_load=(Path(__file__).parent / "export.js").read_text(encoding="utf-8"),
        apply_default_css=False,
        file={},
        elem_id="export",
    )


def download(visit: Visit, event: gr.EventData) -> tuple[Any, ...]:
    """The visitor's own conversation as a file of the kind that was chosen; returns menu and notice."""
    kind = event._data.get("kind") if isinstance(event._data, dict) else None
    if kind not in KINDS:
        return gr.skip(), gr.skip()
    answers = [answer for answer in visit.answers.copy() if answer.kind != "remark"]
    if not answers:
        return gr.skip(), render_pane.notice(NOTHING)
    about = _about(visit, {c.number for answer in answers for c in answer.candidates})
    try:
        data = export(answers, kind, f"{about} – questions and answers")
    except Exception as e:
        return gr.skip(), render_pane.notice(explain(e, FAILED))
    file = {
        "name": f"{file_name(about)} - questions and answers{kind}",
        "type": KINDS[kind][1],
        "data": base64.b64encode(data).decode(),
        "count": next(_fresh),
    }
    return gr.HTML(file=file), render_pane.notice("")


def _about(visit: Visit, numbers: set[int]) -> str:
    """What was asked: the one interview, or how many."""
    names = visit.names
    return names[min(numbers)] if len(numbers) == 1 else "Interviews" if numbers else names[0]


def file_name(title: str) -> str:
    r"""A title as the beginning of a file's name on any system.

    >>> file_name('a/b: "c"\u202e'), file_name("..."), len(file_name("long " * 99))
    ('a b c', 'Interview', 79)
    """
    plain = "".join(c if c.isprintable() else " " for c in _BARRED.sub(" ", title))
    return " ".join(plain.split())[:80].strip(". ") or "Interview"
