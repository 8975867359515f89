"""The page: its layout, and what its events do."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from qa import Pipeline
from web import gr, render
from web.endpoint import endpoint
from web.errors import explain
from web.loading import Loading

FOLDER = Path(__file__).parent
ASKERS = 4
"""Questions answered at once; more wait in the queue."""
Messages = list[dict[str, Any]]


def build(pipeline: Pipeline, examples: Sequence[str] = ()) -> tuple[gr.Blocks, Loading]:
    """The page over one interview, and its loading, to be started once the page is up."""
    loading = Loading(pipeline)
    title = pipeline.interview.title
    fresh = itertools.count(1)  # makes the browser jump again when the same sentence is the source twice

    def ask_page(question: str, messages: Messages) -> Iterator[tuple[Any, ...]]:
        """Show the question at once, then its answer; a question that cannot be asked stays in the box."""
        try:
            asked = [*messages, _message("user", render.escape_chat(pipeline.check(question)))]
        except Exception as e:
            yield gr.skip(), gr.skip(), gr.skip(), render.notice(explain(e))
            return
        box = ""  # emptied once; what is typed from then on is the next question
        for share in loading.waiting():
            yield box, [*asked, _message("assistant", render.pending(share))], gr.skip(), render.notice("")
            box = gr.skip()
        try:
            answer = pipeline.answer(question)
        except Exception as e:
            yield box, [*asked, _message("assistant", render.failed(explain(e)))], gr.skip(), render.notice("")
            return
        source = answer.candidates[0].sentence.index if answer else -1
        bubble = _message("assistant", render.answer(answer))
        yield box, [*asked, bubble], gr.HTML(active=f"{source}:{next(fresh)}"), render.notice("")

    def ask_example(messages: Messages, event: gr.SelectData) -> Iterator[tuple[Any, ...]]:
        yield from ask_page(event.value["text"], messages)

    with gr.Blocks(title=f"Ask the interview – {title}", fill_width=True, fill_height=True) as page:
        with gr.Row(elem_id="bar"):
            _html(f"<h1>Ask the interview <small>{render.escape(title)}</small></h1>", elem_id="brand")
            _html('<button id="showtx" type="button" aria-expanded="false" aria-controls="right">Interview</button>')
            _html('<button id="themebtn" type="button" aria-label="Light or dark">◐</button>')
        with gr.Row(elem_id="cols"):
            with gr.Column(elem_id="left"):
                chat = gr.Chatbot(
                    elem_id="chat",
                    label="Conversation",
                    show_label=False,
                    container=False,
                    height="100%",
                    layout="panel",
                    buttons=[],
                    latex_delimiters=[],
                    allow_tags=False,
                    placeholder="## Ask a question about this interview\n"
                    "Each answer is a quotation, with the sentence that says it.",
                    examples=[{"text": example} for example in examples] or None,
                )
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
                text = gr.HTML(
                    render.interview(pipeline.interview),
                    html_template='<div id="sheet"><button id="closetx" type="button">Close</button></div>${value}',
                    js_on_load=(FOLDER / "page.js").read_text(encoding="utf-8"),
                    active="-1:0",
                    elem_id="tx",
                    apply_default_css=False,
                )
        outputs = [box, chat, text, notice]
        options: dict[str, Any] = {
            "api_visibility": "private",
            "show_progress": "hidden",
            "concurrency_limit": ASKERS,
            "concurrency_id": "ask",
        }
        box.submit(ask_page, [box, chat], outputs, **options)
        chat.example_select(ask_example, [chat], outputs, **options)
        chat.clear(lambda: gr.HTML(active=f"-1:{next(fresh)}"), None, [text], **options)
        gr.api(  # type: ignore[attr-defined]  # gradio does not list it
            endpoint(pipeline), api_name="ask", concurrency_limit=ASKERS, concurrency_id="ask"
        )
    return page, loading


def _message(role: str, content: str) -> dict[str, Any]:
    return {"role": role, "content": content}


def _html(value: str, **options: Any) -> gr.HTML:
    return gr.HTML(value, apply_default_css=False, **options)
