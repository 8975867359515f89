"""What a visitor comes with: an address that names a sentence, and the conversation from before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from web import events, gr, render_pane
from web.events import Messages, ask_page
from web.keep import from_browser
from web.visit import Visit

NOT_OPEN = (
    "This link leads to an interview that is not open here. "
    "What is opened from files is forgotten when the page is left, and has no links."
)
_PLACE = re.compile(r"#(?:i([1-9]\d{0,5})-)?s([1-9]\d{0,7})")


def place(address: object) -> tuple[int, int] | None:
    """The number of the interview and of the sentence, from 0, that the end of an address names.

    There they count from 1, as places are told to people; without an interview, it is the first.

    >>> place("#s42"), place("#i2-s42"), place("#top")
    ((0, 41), (1, 41), None)
    """
    match = _PLACE.fullmatch(address) if isinstance(address, str) else None
    return (int(match[1] or 1) - 1, int(match[2]) - 1) if match else None


def follow(visit: Visit, event: gr.EventData) -> tuple[Any, ...]:
    """Show the sentence that a link names; returns text and notice.

    It may be one of the interviews that the server started with: under the numbers after those, every
    visitor has something else.
    """
    found = place(event._data.get("place"))
    if not found:
        return gr.skip(), gr.skip()
    number, sentence = found
    if number >= visit.started:
        return gr.skip(), render_pane.notice(NOT_OPEN)
    count = len(visit.interviews[number].sentences)
    if sentence >= count:
        told = f"This link leads to sentence {sentence + 1:,}, and the interview has {count:,}."
        return gr.skip(), render_pane.notice(told)
    return events.mark(f"{number}:{sentence}", **events.turn(visit, number)), render_pane.notice("")


def restore(messages: Messages, visit: Visit, event: gr.EventData) -> Iterator[tuple[Any, ...]]:
    """Ask anew what was asked before the page was loaded again; yields as `ask_page` does.

    Each is asked as it was then, in the same order. The pane is told with each update that the server is still at it,
    at the end where the last answer stands and that all is done: in one, since of two that reach the browser together
    the first is lost.
    """
    unsaid = (gr.skip(), gr.skip(), visit)  # notice, opened and visit
    latest = messages
    asked = [] if messages or visit.answers else from_browser(event._data, visit.started)
    for each in asked:
        if visit.lots:  # what is asked from now on is for the files that set out
            break
        told = {"among": list(each.among)}
        for chat, *_ in ask_page(each.question, messages, visit, told, alone=each.alone):
            if isinstance(chat, list):  # else it waits, or cannot be asked
                latest = chat
            yield chat, gr.HTML(arrived=events.fresh()), *unsaid
        messages = latest
    if asked and visit.answers:
        text = events.mark(events.source(visit.answers[-1]), **events.state(visit), arrived="done")
    else:
        text = gr.HTML(arrived="done")
    yield gr.skip(), text, *unsaid
