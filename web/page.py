"""The page: its layout, and which event does what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from qa import EXTENSIONS, Pipeline
from web import arrival, events, export, gr, heaps, map, render_pane
from web.askers import ASKERS
from web.endpoint import endpoint
from web.keep import fingerprint
from web.loading import Loading
from web.memory import Memory
from web.once import once
from web.opening import MOST_FILES
from web.uploads import LARGEST, OLDEST, Uploads
from web.visit import Visit

FOLDER = Path(__file__).parent
SCRIPTS = ("page.js", "opening.js", "asking.js", "map.js", "strips.js", "links.js", "arrival.js", "trouble.js")
"""In one scope, in this order."""
UNDER_WAY = 24
"""Questions of pages that are under way at once, though most may wait for files; more wait in the queue. Gradio
has 40 threads for all events."""
OPENERS = 8
"""Lots of files that are opened at once."""
FORGET = 4 * 3600
"""Seconds after which what a visitor opened is forgotten, unless they ask on."""
_BUTTONS = (
    '<button id="open" type="button">Open…</button>'
    '<input id="files" type="file" multiple hidden aria-label="Files to open">'
    '<button id="showtx" type="button" aria-expanded="false" aria-controls="right">Interview</button>'
    '<button id="themebtn" type="button" aria-label="Light or dark">◐</button>'
)
# what the browser tells at the moment of asking
_TOLD = (
    "{ among: [...document.querySelectorAll('#choose .rows :checked:not([value=all])')].map(e => +e.value),"
    " interviews: document.querySelectorAll('#look option').length || 1, cleared: +document.body.dataset.cleared,"
    " lots: +(document.body.dataset.lots ?? 0) }"
)


def build(pipeline: Pipeline, uploads: Uploads, examples: Sequence[str] = ()) -> tuple[gr.Blocks, Loading]:
    """The page over the interviews of a pipeline, and its loading, to be started once the page is up."""
    pipeline.cache = Memory(pipeline.cache, keeps_behind=True)  # visits take its vectors from there
    loading = Loading(pipeline)
    first = Visit(loading)
    names = first.names
    about = names[0] if len(names) == 1 else f"{len(names):,} interviews"
    title = f"Ask the interview – {about}"

    def open_files(visit: Visit, event: gr.EventData) -> Iterator[tuple[Any, ...]]:
        yield from events.open_files(visit, uploads, event)

    def suggest(visit: Visit) -> Any:
        found = events.suggest(visit)  # those that lead on after an answer are taken from them, too
        return gr.skip() if examples and not visit.newest else found

    with gr.Blocks(title=title, fill_width=True, fill_height=True, delete_cache=(60, int(OLDEST))) as page:
        visit = gr.State(first, time_to_live=FORGET, delete_callback=lambda over: _forget(page, over))
        with gr.Row(elem_id="bar"):
            brand = _html(render_pane.brand(names), elem_id="brand")
            _html(_BUTTONS, elem_id="buttons")
        with gr.Row(elem_id="cols"):
            with gr.Column(elem_id="left"):
                chooser = _html(render_pane.chooser(names), elem_id="choose")
                saving = export.control()
                chat = _chat(len(names), examples)
                opened = _html("", elem_id="opened")
                _html('<p role="status"></p><button type="button" class="stop">Stop</button>', elem_id="sending")
                _html('<div class="told"></div>', elem_id="trouble")
                notice = _html("", elem_id="notice")
                box = gr.Textbox(
                    elem_id="ask",
                    label="Your question",
                    show_label=False,
                    container=False,
                    placeholder="Ask about the interview …",
                    submit_btn=True,
                    autofocus=True,
                    lines=1,
                    max_lines=4,
                )
            with gr.Column(elem_id="right"):
                head = _html(render_pane.head(names), elem_id="head")
                _html(map.ROWS, elem_id="strips")
                text = _html(
                    render_pane.interview(pipeline.interview),
                    js_on_load="".join((FOLDER / f).read_text(encoding="utf-8") for f in SCRIPTS),
                    active="-1:-1:0",
                    **map.NEUTRAL,
                    kept="",
                    arrived="",
                    started=len(names),
                    fingerprint=fingerprint(pipeline.interviews),
                    largest=LARGEST,
                    most=MOST_FILES,
                    kinds=",".join(EXTENSIONS),
                    elem_id="tx",
                )
                _html(map.MAP, elem_id="map")
        private: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
        asks: dict[str, Any] = {**private, "concurrency_limit": UNDER_WAY, "concurrency_id": "ask"}
        quick: dict[str, Any] = {**private, "concurrency_limit": None, "queue": True, "trigger_mode": "multiple"}
        outputs = [chat, text, notice, opened, visit]
        asked = box.submit(
            once(events.ask_page), [box, chat, visit, chooser], outputs,
            js=f"(box, chat, visit) => [box, chat, visit, {_TOLD}]", **asks,
        )  # fmt: skip
        unsent: dict[str, Any] = {"js": f"(chat, visit) => [chat, visit, {_TOLD}]", **asks}
        example = chat.example_select(once(events.ask_example), [chat, visit, chooser], outputs, **unsent)
        inquired = text.inquire(once(events.inquire), [chat, visit, chooser], outputs, **unsent)
        for event in (asked, example, inquired):
            event.then(None, js="() => { document.dispatchEvent(new Event('answered')); }", api_visibility="private")
        # A step of its own for what must arrive: where steps of one event reach the browser together, a later one
        # takes the place of those before it.
        begun = page.load(events.begin, [visit], [text], **quick)
        begun.then(suggest, [visit], [chat], **quick)
        text.restore(arrival.restore, [chat, visit], outputs, **asks)
        chat.clear(
            events.clear, [visit], [chat, text],
            js="visit => { document.dispatchEvent(new Event('forget')); return [visit]; }", **quick,
        )  # fmt: skip
        text.follow(arrival.follow, [visit], [text, notice], **quick)
        saving.select(export.download, [visit], [saving, notice], **quick)
        text.select(events.show, [visit], [text, notice], **quick)
        text.submit(events.expect, [visit], None, **quick)
        text.clear(events.dismiss, [visit], [opened], **quick)
        opening: dict[str, Any] = {**quick, "concurrency_limit": OPENERS, "concurrency_id": "open"}
        sent = text.upload(
            once(open_files), [visit], [brand, chat, chooser, head, text, opened, visit], **opening,
        )  # fmt: skip
        ready = sent.success(events.make_ready, [visit], [text, opened], **opening)
        ready.success(suggest, [visit], [chat], **quick)
        gr.api(endpoint(pipeline), api_name="ask", concurrency_limit=ASKERS)
    return page, loading


def _forget(page: gr.Blocks, visit: Visit) -> None:
    """Drop what gradio keeps of a session beside its visit: the texts and the answers that its page showed."""
    holder = page.state_holder  # gradio sets it when it serves
    for session, kept in list(holder.session_data.items()):
        if any(value is visit for value in kept.state_data.values()):
            holder.session_data.pop(session, None)
            holder.time_last_used.pop(session, None)
    heaps.give_back()


def _chat(count: int, examples: Sequence[str]) -> gr.Chatbot:
    return gr.Chatbot(
        elem_id="chat",
        label="Conversation",
        show_label=False,
        container=False,
        height="100%",
        layout="panel",
        autoscroll=False,
        buttons=[],
        latex_delimiters=[],
        allow_tags=False,
        placeholder=render_pane.placeholder(count),
        examples=[{"text": example} for example in examples] or None,
    )


def _html(value: str, **options: Any) -> gr.HTML:
    return gr.HTML(value, apply_default_css=False, **{"js_on_load": None, **options})
