"""What the page does when a person asks, opens files, or turns to another interview."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any

from qa import Answer, FileError
from web import gr, render, render_pane
from web.askers import answering
from web.errors import explain
from web.keep import to_json
from web.map import pictures
from web.opening import MOST_FILES, TOO_MANY, place_of, read, sent
from web.uploads import Uploads
from web.visit import Visit

FORGOTTEN = (
    "What you opened was forgotten, since this page was left alone for hours. Reload it, and open your files again."
)
TURN = 10
"""Seconds that a lot of files waits for those that were sent before it."""
SUGGESTED = 4
"""Questions that stand where there is no conversation yet."""
Messages = list[dict[str, Any]]

_fresh = itertools.count(1)  # has the browser jump again when the same sentence is the source twice


def ask_page(
    question: str, messages: Messages, visit: Visit, told: object, *, alone: bool = False
) -> Iterator[tuple[Any, ...]]:
    """Show the question at once, then its answer.

    `told` is what the page tells at the moment of asking: `among`, the numbers of the interviews to ask, none for all;
    `interviews`, how many it shows; `cleared`, how many conversations were cleared in it; `lots`, how many lots of
    files set out; `of`, that the question is about `among` whatever is opened meanwhile. With `alone`, what was
    asked before does not count, and no word is mended. Yields chat, text, notice, opened and visit. Where the
    conversation is cleared meanwhile, the question goes with it.
    """
    page: dict[Any, Any] = told if isinstance(told, dict) else {}
    among = _numbers(page.get("among"))
    history = [] if alone else list(visit.answers)  # as they were shown: no word of them is mended again
    if refusal := _refusal(question, visit, among, _count(page.get("interviews"), 0)):
        yield gr.skip(), gr.skip(), render_pane.notice(refusal), gr.skip(), visit
        return
    asked = [*messages, _message("user", render.escape_chat(visit.loading.pipeline.check(question)))]
    visit.catch_up(_count(page.get("lots"), 0))
    before, lots = len(visit.opened), visit.lots
    cleared = min(visit.cleared, _count(page.get("cleared"), visit.cleared))  # it may be cleared before this begins
    shown = None
    for share in _waiting(visit, lots):
        if visit.cleared > cleared:
            yield _gone(visit)
            return
        bubble = _message("assistant", render.pending(share))
        chat = gr.skip() if bubble == shown else [*asked, bubble]  # what is drawn again is scrolled to
        yield chat, gr.skip(), render_pane.notice(""), gr.skip(), visit
        shown = bubble
    if not page.get("of"):  # where it waited for files, it was for these
        among = [number for lot in visit.opened[before:lots] for number in lot] or among
    pipeline = visit.loading.pipeline  # what is opened while it answers is not asked
    answer, problem = None, ""
    try:
        with answering:
            answer = pipeline.answer(question, history, among or None, as_typed=alone)
    except Exception as e:
        problem = explain(e)
    if visit.cleared > cleared:
        yield _gone(visit)
        return
    if answer is None:
        bubble = _message("assistant", render.failed(problem))
        yield [*asked, bubble], gr.skip(), render_pane.notice(""), gr.skip(), visit
        return
    visit.note(question, among, answer, alone=alone)
    if answer.number is not None:
        visit.look_ahead(answer.number)
    names = visit.names
    following = pipeline.leading_on(answer, visit.history)
    bubble = _message("assistant", render.answer(answer, names if len(names) > 1 else (), following, among))
    failures = render_pane.opened("", visit.failures)  # what went well has been read by now
    yield [*asked, bubble], mark(source(answer), **state(visit)), render_pane.notice(""), failures, visit


def _refusal(question: str, visit: Visit, among: Sequence[int], shown: int) -> str:
    """Why a question cannot be asked of these interviews, of a page that shows so many; empty where it can."""
    try:
        visit.loading.pipeline.check(question)
    except Exception as e:
        return explain(e)
    return FORGOTTEN if max([shown, *(number + 1 for number in among)]) > len(visit.interviews) else ""


def ask_example(messages: Messages, visit: Visit, told: object, event: gr.SelectData) -> Iterator[tuple[Any, ...]]:
    """Ask the example question that was clicked."""
    yield from ask_page(event.value["text"], messages, visit, told)


def inquire(messages: Messages, visit: Visit, told: object, event: gr.EventData) -> Iterator[tuple[Any, ...]]:
    """Ask a question that stands on a button or in the address; yields as `ask_page` does.

    One that leads on is asked `of` the interview that it is about, whatever is chosen.
    """
    question = event._data.get("question")
    alone = event._data.get("alone") is True
    page: dict[Any, Any] = told if isinstance(told, dict) else {}
    of = _numbers([event._data.get("of")])
    if of:
        page = {**page, "among": of, "of": True}
    yield from ask_page(question if isinstance(question, str) else "", messages, visit, page, alone=alone)


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


def source(answer: Answer) -> str:
    """The sentence that an answer is from, as `mark` takes it."""
    return f"{answer.number}:{answer.sentence.index}" if answer.sentence else "-1:-1"


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

    Yields brand, chat, chooser, head, text, opened and visit. `make_ready` comes after it.
    """
    skips = [gr.skip()] * 5
    every, found = sent(event._data), []
    files = every[:MOST_FILES]
    for _ in visit.arriving(place_of(event._data), TURN):  # the next lot may reach the server before it
        yield *skips, gr.skip(), visit
    with visit.reading:  # a short lot must not overtake a long one: a question waits for so many lots
        for place, file in enumerate(files, 1):
            if file.path:  # one that did not arrive takes no time
                message = f"Reading {place} of {len(files)}: {file.name} …" if files[1:] else f"Reading {file.name} …"
                yield *skips, render_pane.opened(message, visit.failures), visit
            found += read(file, uploads, visit.failures)
        visit.failures += [str(FileError(file.name, TOO_MANY)) for file in every[MOST_FILES:]]
        latest = visit.add(found)
    if not latest:
        yield *skips, render_pane.opened("", visit.failures), visit
        return
    names = visit.names
    first = visit.shown = latest[0]
    shown = render_pane.interview(visit.interviews[first], first)
    yield (
        render_pane.brand(names),
        gr.Chatbot(placeholder=render_pane.placeholder(len(names)), examples=None),  # they are about another
        render_pane.chooser(names, latest, fresh()),
        render_pane.head(names, first),
        mark(f"{first}:-1", value=shown, **pictures(visit)),
        render_pane.opened(f"Opened {_told(names, latest)[0]}. Getting ready …", visit.failures),
        visit,
    )


def make_ready(visit: Visit) -> Iterator[tuple[Any, ...]]:
    """Wait until the lot that was opened last can be asked; yields text and opened."""
    lot = visit.opened[-1] if visit.opened else ()
    if not lot:
        yield gr.skip(), gr.skip()
        return
    names = visit.names
    told, them = _told(names, lot)
    lacking = [(names[number], visit.interviews[number].missing) for number in lot]
    missing = "".join(f" {name}: {problem}" for name, problem in lacking if problem)
    for share in visit.loading.waiting():
        progress = f"Opened {told}. Getting ready: {round(share * 100)} %"
        yield gr.skip(), render_pane.opened(progress, visit.failures)
    ready = render_pane.opened(f"Opened {told}. Ask about {them}.{missing}", visit.failures)
    yield gr.HTML(**_with_gist(visit, lot[0]), **pictures(visit)), ready


def _told(names: Sequence[str], lot: Sequence[int]) -> tuple[str, str]:
    """In words, what was opened, and what stands for it in a sentence."""
    return (names[lot[0]], "it") if len(lot) == 1 else (f"{len(lot)} interviews", "them")


def begin(visit: Visit) -> Iterator[Any]:
    """Once all is ready, what a long interview is about; yields text."""
    for _ in visit.loading.waiting():
        yield gr.skip()  # so that others get a turn
    gist = _with_gist(visit, 0)
    yield gr.HTML(**gist) if gist else gr.skip()


def _with_gist(visit: Visit, number: int) -> dict[str, Any]:
    """The interview anew with what it is about, where that is to be told and nothing has happened since."""
    gist = visit.gist(number)
    if not gist or visit.shown != number or any(answer.number == number for answer in visit.answers):
        return {}
    return {"value": render_pane.interview(visit.interviews[number], number, gist)}


def suggest(visit: Visit) -> Any:
    """Questions to begin with, where there is no conversation yet; it takes seconds to find them. Returns chat.

    Where something else was opened meanwhile, they would be about the wrong interview.
    """
    number = visit.newest
    found = visit.loading.suggestions(number, SUGGESTED)
    if visit.answers or not found or visit.newest != number:
        return gr.skip()
    return gr.Chatbot(examples=[{"text": question} for question in found])


def dismiss(visit: Visit) -> str:
    """Forget what went wrong with files, which the visitor has read."""
    visit.failures.clear()
    return ""


def _gone(visit: Visit) -> tuple[Any, ...]:
    """What a question comes to whose conversation was cleared: what was shown of it since is taken away."""
    return gr.skip() if visit.answers else [], gr.skip(), gr.skip(), gr.skip(), visit


def _waiting(visit: Visit, lots: int) -> Iterator[float]:
    """The share that is done, again and again until so many lots of files have come and can be asked."""
    for _ in visit.arriving(lots):
        yield 0.0
    if len(visit.opened) < lots:
        visit.give_up()
    loading = None
    while loading is not visit.loading:  # what is opened in the meantime is part of it
        loading = visit.loading
        yield from loading.waiting()


def _numbers(values: object) -> list[int]:
    """The numbers among what the browser sent, which may be anything, in their order."""
    known: Sequence[object] = values if isinstance(values, list) else []
    return sorted({value for value in known if isinstance(value, int) and value >= 0})


def _count(value: object, default: int) -> int:
    """A count that the browser sent, which may be anything."""
    return value if isinstance(value, int) else default


def _message(role: str, content: str) -> dict[str, Any]:
    return {"role": role, "content": content}
