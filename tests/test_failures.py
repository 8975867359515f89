"""When something goes wrong that nobody foresaw, a person is told so, and not how."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

import pytest

from qa import Pipeline
from tests.conftest import LetterEncoder
from web import gr, render
from web.endpoint import endpoint
from web.errors import FAILED, explain
from web.loading import Loading
from web.page import build
from web.uploads import Uploads
from web.visit import Visit


class BrokenEncoder(LetterEncoder):
    def encode(self, texts: object) -> object:  # type: ignore[override]
        raise RuntimeError("secret")


@pytest.fixture
def broken(pipeline: Pipeline) -> Pipeline:
    return Pipeline(pipeline.interview, BrokenEncoder())


def test_the_endpoint(broken: Pipeline, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(gr.Error) as caught:
        endpoint(broken)("Who?")
    assert (caught.value.message, caught.value.print_exception) == (FAILED, False)
    assert "secret" in caplog.text


def test_the_page_tells_it_in_place_of_the_answer(
    broken: Pipeline, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def built() -> gr.Blocks:
        return build(broken, Uploads(tmp_path))[0]

    page = asyncio.run(built())  # without a loop that runs, gradio makes one that it never closes
    (ask_page,) = [f.fn for f in page.fns.values() if f.name == "ask_page"]
    visit = Visit(Loading(broken))
    *told, end = ask_page("Who?", [], visit, {})
    assert end == (gr.skip(),) * len(end)  # which gradio sends twice
    chats, _, notices, *_ = zip(*told, strict=True)
    messages, notice = chats[-1], notices[-1]
    assert [m["role"] for m in messages] == ["user", "assistant"]
    assert messages[-1]["content"] == render.failed(FAILED)
    assert notice == ""
    assert "secret" in caplog.text


def test_a_wait_that_fails_ends(broken: Pipeline, caplog: pytest.LogCaptureFixture) -> None:
    loading = Loading(broken)
    loading.start()
    loading.start()
    assert all(share < 1 for share in loading.waiting())
    assert list(loading.waiting()) == []
    assert "loading failed" in caplog.text


def test_only_what_does_not_explain_itself_is_logged(caplog: pytest.LogCaptureFixture, pipeline: Pipeline) -> None:
    caplog.set_level(logging.ERROR)
    with pytest.raises(gr.Error, match="The question holds no words"):
        endpoint(pipeline)("?")
    assert caplog.text == ""
    assert explain(KeyError("secret")) == FAILED
    assert "secret" in caplog.text
