"""What the page does when a person asks, opens files, or turns to another interview."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any

from web import gr, render, render_pane
from web.errors import explain
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
    before does not count. Yields box, chat, text, notice, opened and visit.
    """
    among = _numbers(chosen)
    history = [] if isinstance(chosen, list) and ALONE in chosen else visit.history
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
    before, lots = len(visit.opened), visit.lots
    told = None
    for share in _waiting(visit, lots):
        bubble = _message("assistant", render.pending(share))
        shown = gr.skip() if bubble == told else [*asked, bubble]  # what is drawn again is scrolled to
        yield box, shown, gr.skip(), render_pane.notice(""), gr.skip(), visit
        box, told = gr.skip(), bubble
    # where it waited for files, it was for these
    among = [number for lot in visit.opened[before:lots] for number in lot] or among
    try:
        answer = visit.loading.pipeline.answer(question, history, among or None)
        visit.answers.append(answer)
    except Exception as e:
        bubble = _message("assistant", render.failed(explain(e)))
        yield box, [*asked, bubble], gr.skip(), render_pane.notice(""), gr.skip(), visit
        return
    source = f"{answer.number}:{answer.sentence.index}" if answer.sentence else "-1:-1"
    names = visit.names
    following = visit.loading.pipeline.leading_on(answer, visit.history)
    bubble = _message("assistant", render.answer(answer, names if len(names) > 1 else (), following))
    failures = render_pane.opened("", visit.failures)  # what went well has been read by now
    yield box, [*asked, bubble], mark(source), render_pane.notice(""), failures, visit


def ask_example(messages: Messages, visit: Visit, chosen: object, event: gr.SelectData) -> Iterator[tuple[Any, ...]]:
    """Ask the example question that was clicked."""
    yield from ask_page(event.value["text"], messages, visit, chosen)


def show(visit: Visit, event: gr.EventData) -> tuple[Any, ...]:
    """Show another interview, and mark a sentence of it; returns text and notice."""
    number, sentence = (_numbers([event._data.get(key)]) for key in ("interview", "sentence"))
    if not number or number[0] >= len(visit.interviews):
        return gr.skip(), render_pane.notice(FORGOTTEN)
    value = render_pane.interview(visit.interviews[number[0]], number[0])
    return mark(f"{number[0]}:{sentence[0] if sentence else -1}", value=value), render_pane.notice("")


def mark(source: str, **options: Any) -> gr.HTML:
    """Have the browser show this sentence, as `number of the interview:number of the sentence`; below 0, none."""
    return gr.HTML(active=f"{source}:{next(_fresh)}", **options)


def clear(visit: Visit) -> gr.HTML:
    """Forget the conversation; without one nothing is marked."""
    visit.answers.clear()
    return mark("-1:-1")


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
    first = latest[0]
    told, them = (names[first], "it") if len(latest) == 1 else (f"{len(latest)} interviews", "them")
    shown = render_pane.interview(visit.interviews[first], first)
    yield (
        render_pane.brand(names),
        gr.Chatbot(placeholder=render_pane.placeholder(len(names)), examples=None),  # they are about another
        render_pane.chooser(names, latest),
        render_pane.head(names, first),
        mark(f"{first}:-1", value=shown),
        render_pane.opened(f"Opened {told}. Getting ready …", visit.failures),
        visit,
    )
    for share in visit.loading.waiting():
        progress = f"Opened {told}. Getting ready: {round(share * 100)} %"
        yield *skips, render_pane.opened(progress, visit.failures), visit
    yield *skips, render_pane.opened(f"Opened {told}. Ask about {them}.", visit.failures), visit
    yield gr.skip(), suggest(visit, first), *[gr.skip()] * 4, visit


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
