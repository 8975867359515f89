"""What the page does when a person asks, opens files, or turns to another interview."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any

from web import gr, render, render_pane
from web.errors import explain
from web.keep import to_json
from web.map import pictures
from web.opening import read, sent
from web.uploads import Uploads
from web.visit import Visit

FORGOTTEN = (
    "What you opened was forgotten, since this page was left alone for hours. Reload it, and open your files again."
)
ALONE = "alone"
SUGGESTED = 4
"""Questions that stand where there is no conversation yet."""
Messages = list[dict[str, Any]]

_fresh = itertools.count(1)  # has the browser jump again when the same sentence is the source twice


def ask_page(question: str, messages: Messages, visit: Visit, chosen: object) -> Iterator[tuple[Any, ...]]:
    """Show the question at once, then its answer; a question that cannot be asked stays in the box.

    `chosen` are the numbers of the interviews to ask, none for all; with ALONE among them, what was asked
    before does not count. Yields box, chat, text, notice, opened and visit. Where the conversation is cleared
    meanwhile, the question goes with it.
    """
    among = _numbers(chosen)
    alone = isinstance(chosen, list) and ALONE in chosen
    history = [] if alone else visit.history
    unasked = [gr.skip()] * 3
    try:
        asked = [*messages, _message("user", render.escape_chat(visit.loading.pipeline.check(question)))]
    except Exception as e:
        yield *unasked, render_pane.notice(explain(e)), gr.skip(), visit
        return
    if among and among[-1] >= len(visit.interviews):
        yield *unasked, render_pane.notice(FORGOTTEN), gr.skip(), visit
        return
    box = ""  # emptied once; what is typed from then on is the next question
    before, lots, cleared = len(visit.opened), visit.lots, visit.cleared
    told = None
    for share in _waiting(visit, lots):
        if visit.cleared > cleared:
            yield _gone(visit)
            return
        bubble = _message("assistant", render.pending(share))
        shown = gr.skip() if bubble == told else [*asked, bubble]  # what is drawn again is scrolled to
        yield box, shown, gr.skip(), render_pane.notice(""), gr.skip(), visit
        box, told = gr.skip(), bubble
    # where it waited for files, it was for these
    among = [number for lot in visit.opened[before:lots] for number in lot] or among
    pipeline = visit.loading.pipeline  # what is opened while it answers is not asked
    try:
        answer = pipeline.answer(question, history, among or None)
    except Exception as e:
        bubble = _message("assistant", render.failed(explain(e)))
        yield box, [*asked, bubble], gr.skip(), render_pane.notice(""), gr.skip(), visit
        return
    if visit.cleared > cleared:
        yield _gone(visit)
        return
    visit.note(question, among, answer, alone=alone)
    source = f"{answer.number}:{answer.sentence.index}" if answer.sentence else "-1:-1"
    names = visit.names
    following = pipeline.leading_on(answer, visit.history)
    bubble = _message("assistant", render.answer(answer, names if len(names) > 1 else (), following))
    failures = render_pane.opened("", visit.failures)  # what went well has been read by now
    yield box, [*asked, bubble], mark(source, **state(visit)), render_pane.notice(""), failures, visit


def ask_example(messages: Messages, visit: Visit, chosen: object, event: gr.SelectData) -> Iterator[tuple[Any, ...]]:
    """Ask the example question that was clicked."""
    yield from ask_page(event.value["text"], messages, visit, chosen)


def show(visit: Visit, event: gr.EventData) -> tuple[Any, ...]:
    """Show another interview, of which the browser knows what to mark; returns text and notice."""
    number = _numbers([event._data.get("interview")])
    if not number or number[0] >= len(visit.interviews):
        return gr.skip(), render_pane.notice(FORGOTTEN)
    return gr.HTML(**turn(visit, number[0])), render_pane.notice("")


def turn(visit: Visit, number: int) -> dict[str, Any]:
    """Turn to this interview; returns what the pane is told of it."""
    visit.shown = number
    value = render_pane.interview(visit.interviews[number], number, visit.gist(number))
    return {"value": value, **pictures(visit)}


def mark(source: str, **options: Any) -> gr.HTML:
    """Have the browser show this sentence, as `number of the interview:number of the sentence`; below 0, none."""
    return gr.HTML(active=f"{source}:{fresh()}", **options)


def fresh() -> int:
    """A number that was not told before."""
    return next(_fresh)


def state(visit: Visit) -> dict[str, Any]:
    """What the pane is told of the conversation: where it is said, and what to keep of it."""
    return {**pictures(visit), "kept": to_json(visit.asked)}


def clear(visit: Visit) -> tuple[Any, ...]:
    """Forget the conversation; without one nothing is marked. Returns chat and text."""
    visit.forget()
    return [], mark("-1:-1", **state(visit))


def expect(visit: Visit) -> None:
    """Files set out: a question waits for them."""
    visit.expect()


def open_files(visit: Visit, uploads: Uploads, event: gr.EventData) -> Iterator[tuple[Any, ...]]:
    """Open the files that arrived, and show the first.

    Yields brand, chat, chooser, head, text, opened and visit.
    """
    skips = [gr.skip()] * 5
    files, found = sent(event._data), []
    with visit.reading:  # a short lot must not overtake a long one: a question waits for so many lots
        for place, file in enumerate(files, 1):
            message = f"Reading {place} of {len(files)}: {file.name} …" if files[1:] else f"Reading {file.name} …"
            yield *skips, render_pane.opened(message, visit.failures), visit
            found += read(file, uploads, visit.failures)
        latest = visit.add(found)
    if not latest:
        yield *skips, render_pane.opened("", visit.failures), visit
        return
    names = visit.names
    first = visit.shown = latest[0]
    told, them = (names[first], "it") if len(latest) == 1 else (f"{len(latest)} interviews", "them")
    shown = render_pane.interview(visit.interviews[first], first)
    yield (
        render_pane.brand(names),
        gr.Chatbot(placeholder=render_pane.placeholder(len(names)), examples=None),  # they are about another
        render_pane.chooser(names, latest),
        render_pane.head(names, first),
        mark(f"{first}:-1", value=shown, **pictures(visit)),
        render_pane.opened(f"Opened {told}. Getting ready …", visit.failures),
        visit,
    )
    for share in visit.loading.waiting():
        progress = f"Opened {told}. Getting ready: {round(share * 100)} %"
        yield *skips, render_pane.opened(progress, visit.failures), visit
    ready = render_pane.opened(f"Opened {told}. Ask about {them}.", visit.failures)
    yield *skips[:-1], gr.HTML(**_with_gist(visit, first), **pictures(visit)), ready, visit
    yield gr.skip(), suggest(visit, first), *[gr.skip()] * 4, visit


def begin(visit: Visit) -> Iterator[tuple[Any, ...]]:
    """Once all is ready, what a long interview is about, and questions to begin with; yields chat and text."""
    for _ in visit.loading.waiting():
        yield gr.skip(), gr.skip()  # so that others get a turn
    gist = _with_gist(visit, 0)
    yield gr.skip(), gr.HTML(**gist) if gist else gr.skip()
    yield suggest(visit), gr.skip()


def _with_gist(visit: Visit, number: int) -> dict[str, Any]:
    """The interview anew with what it is about, where that is to be told and nothing has happened since."""
    gist = visit.gist(number)
    if not gist or visit.answers or visit.shown != number:
        return {}
    return {"value": render_pane.interview(visit.interviews[number], number, gist)}


def suggest(visit: Visit, number: int = 0) -> Any:
    """Questions to begin with, where there is no conversation yet; it takes seconds to find them."""
    found = visit.loading.suggestions(number, SUGGESTED)
    if visit.answers or not found:
        return gr.skip()
    return gr.Chatbot(examples=[{"text": question} for question in found])


def dismiss(visit: Visit) -> str:
    """Forget what went wrong with files, which the visitor has read."""
    visit.failures.clear()
    return ""


def _gone(visit: Visit) -> tuple[Any, ...]:
    """What a question comes to whose conversation was cleared: what was shown of it since is taken away."""
    return gr.skip(), gr.skip() if visit.answers else [], gr.skip(), gr.skip(), gr.skip(), visit


def _waiting(visit: Visit, lots: int) -> Iterator[float]:
    """The share that is done, again and again until so many lots of files have come and can be asked."""
    for _ in visit.arriving(lots):
        yield 0.0
    loading = None
    while loading is not visit.loading:  # what is opened in the meantime is part of it
        loading = visit.loading
        yield from loading.waiting()


def _numbers(values: object) -> list[int]:
    """The numbers among what the browser sent, which may be anything, in their order."""
    known: Sequence[object] = values if isinstance(values, list) else []
    return sorted({value for value in known if isinstance(value, int) and value >= 0})


def _message(role: str, content: str) -> dict[str, Any]:
    return {"role": role, "content": content}
