"""Programs ask over MCP: the one tool, what it says, and that its door is open only to whom it should be."""

from __future__ import annotations

import asyncio
import http.client
import json
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware

from qa import Interview, Pipeline, SentenceReader
from tests.conftest import LetterEncoder
from tests.servers import free_port, serving
from web.guard import Guard
from web.mcp import BUSY, Mcp, manage, server
from web.uploads import Uploads

mcp = pytest.importorskip("mcp", reason='the extra is not installed: pip install -c constraints.txt -e ".[mcp]"')

ASKED = "When did Seres begin to work with Huawei?"
ANNA = "Jane: When did you sell the boat?\n\nAnna: We sold the “Mjøsa” in 1974.\n"


@pytest.fixture(scope="module")
def small() -> Pipeline:
    """Quick, and sure of all that it says."""
    return Pipeline(Interview.from_text(ANNA, "Anna"), LetterEncoder(), SentenceReader(), threshold=0)


@pytest.fixture(scope="module")
def url(small: Pipeline, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """MCP behind the guard, over HTTP, without the page."""
    port = free_port()
    layers = [
        Middleware(Guard, host="127.0.0.1", uploads=Uploads(tmp_path_factory.mktemp("uploads")), mcp=True),
        Middleware(Mcp, manager=manage(small, 2, 3)),
    ]
    own = uvicorn.Server(uvicorn.Config(Starlette(middleware=layers), port=port, log_level="warning", ws="none"))
    thread = threading.Thread(target=own.run)
    thread.start()
    while not own.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{port}"
    own.should_exit = True
    thread.join(10)


def meeting(server: object, use: Callable[[Any], Awaitable[Any]], mode: str = "auto") -> Any:
    """What comes of a client's visit to a server, or to the one at an address."""

    async def visit() -> Any:
        async with mcp.Client(server, mode=mode) as client:
            return await use(client)

    return asyncio.run(visit())


async def ask(client: Any, **arguments: object) -> tuple[str, bool]:
    result = await client.call_tool("ask", arguments)
    (content,) = result.content
    return content.text, bool(result.is_error)


async def names(client: Any) -> list[str]:
    return [tool.name for tool in (await client.list_tools()).tools]


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_the_answer_comes_as_json(url: str, small: Pipeline, mode: str) -> None:
    said, is_error = meeting(f"{url}/mcp", lambda c: ask(c, question="When was the boat sold?"), mode)
    assert (json.loads(said), is_error) == (small.answer("When was the boat sold?").to_dict(), False)
    assert "“Mjøsa”" in said


def test_there_is_one_tool_and_it_says_what_it_does(url: str) -> None:
    async def tools(client: Any) -> Any:
        return (await client.list_tools()).tools

    (tool,) = meeting(f"{url}/mcp", tools)
    assert tool.name == "ask"
    assert tool.input_schema["required"] == list(tool.input_schema["properties"]) == ["question"]
    assert all(name in tool.description for name in ("`text`", "`sentence`", "`confidence`", "`answered`"))
    assert "Anna" not in tool.model_dump_json()  # what a file says is no instruction


@pytest.mark.parametrize(
    ("arguments", "message"),
    [({"question": " "}, "is empty"), ({}, "must be text"), ({"question": ["a"]}, "must be text")],
)
def test_what_is_wrong_with_a_question_is_said(url: str, arguments: dict[str, object], message: str) -> None:
    said, is_error = meeting(f"{url}/mcp", lambda c: ask(c, **arguments))
    assert (message in said, is_error) == (True, True)


def test_nothing_else_can_be_called(url: str) -> None:
    async def call(client: Any) -> None:
        with pytest.raises(mcp.MCPError, match="There is no tool “ask_page”"):
            await client.call_tool("ask_page", {})

    meeting(f"{url}/mcp", call)


def test_where_too_many_wait_the_rest_is_told(small: Pipeline) -> None:
    assert meeting(server(small, 1, 0), lambda c: ask(c, question="Who?")) == (BUSY, True)


def test_a_failure_is_told_without_its_reason(caplog: pytest.LogCaptureFixture) -> None:
    class Broken(LetterEncoder):
        def encode(self, texts: object) -> Any:
            raise RuntimeError("secret")

    broken = Pipeline(Interview.from_text(ANNA), Broken(), SentenceReader())
    said, is_error = meeting(server(broken, 1, 1), lambda c: ask(c, question="Who?"))
    assert ("Something went wrong" in said, "secret" in said, is_error) == (True, False, True)
    assert "secret" in caplog.text


def status(url: str, path: str, method: str = "POST", body: bytes = b"{}", **headers: str) -> int:
    connection = http.client.HTTPConnection(url.removeprefix("http://"), timeout=30)
    connection.request(method, path, body, {"Content-Type": "application/json", **headers})
    found = connection.getresponse().status
    connection.close()
    return found


def test_the_guard_stands_before_it(url: str) -> None:
    assert status(url, "/mcp", Host="evil.example") == 400
    assert status(url, "/mcp", Origin="https://evil.example") == 403
    assert status(url, "/mcp", "GET", Accept="text/event-stream") == 405
    assert status(url, "/gradio_api/mcp") == 404
    assert status(url, "/mcp/sse") == 404
    assert status(url, "/mcp", body=b" " * 100_001) == 413


def test_the_page_and_mcp_together(tmp_path_factory: pytest.TempPathFactory, pipeline: Pipeline) -> None:
    with serving(tmp_path_factory.mktemp("mcp"), "--mcp") as server:
        assert meeting(f"{server.url}/mcp", names) == ["ask"]
        said, _ = meeting(f"{server.url}/mcp", lambda c: ask(c, question=ASKED))
        record = json.loads(said)
        assert (record["text"], record["sentence"]["index"]) == ("three years ago", 10)
        assert record["candidates"][0]["start"] == pipeline.answer(ASKED).start
        assert status(server.url, "/mcp", Origin="https://evil.example") == 403
        assert status(server.url, "/gradio_api/mcp/") == 404
        assert server.beyond() == []
