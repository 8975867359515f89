"""When a visit is over, nothing of it stays in memory."""

from __future__ import annotations

import asyncio
from pathlib import Path

from gradio.components import State
from gradio.state_holder import StateHolder

from qa import Interview, Pipeline, SentenceReader
from tests.conftest import LetterEncoder
from web import gr
from web.page import build
from web.uploads import Uploads


def test_what_gradio_keeps_of_a_session_goes_with_its_visit(letters: LetterEncoder, tmp_path: Path) -> None:
    async def built() -> gr.Blocks:
        pipeline = Pipeline(Interview.from_text("The dog barked."), letters, SentenceReader())
        return build(pipeline, Uploads(tmp_path))[0]

    page = asyncio.run(built())
    holder = StateHolder()
    holder.set_blocks(page)
    (visit,) = (number for number, block in page.blocks.items() if isinstance(block, State))
    for name in ("over", "here"):
        session = holder[name]
        session[visit] = session[visit]  # as after an answer
        session.STATE_TTL_WHEN_CLOSED = -1
    holder["over"].is_closed = True
    holder.delete_all_expired_state()
    assert (list(holder.session_data), list(holder.time_last_used)) == (["here"], ["here"])
