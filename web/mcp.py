"""The tool `ask` for programs that speak MCP, the Model Context Protocol: python app.py --mcp.

Gradio brings a server for MCP, which is not used: it holds pydantic below the version that all is tested
with, hands an answer on as Python writes it and not as JSON, and asks itself over HTTP.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import anyio
import anyio.to_thread
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from qa import InterviewError, Pipeline
from web.errors import explain

if TYPE_CHECKING:  # the package is an extra: what needs it imports it itself
    import mcp_types as types
    from mcp.server.lowlevel import Server
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

MISSING = (
    "--mcp needs the package mcp, version 2, which is not installed for this Python. Install it with "
    'pip install "interview-qa[mcp]", or, where the program was cloned, with '
    '.venv/bin/python -m pip install -c constraints.txt -e ".[mcp]"'
)
PATH = "/mcp"
LARGEST = 100_000
"""Bytes of a request."""
BUSY = "Too many questions are waiting. Ask this one again in a moment."
NAME = "ask"
DESCRIPTION = (
    "Ask the interviews that are open here a question, and get the answer in their own words. Returns JSON: "
    "`text` is the answer, word for word; `sentence` holds it, with its `place`; `title` names the interview; "
    "`confidence` is the probability, from 0 to 1, that it is right. Where `answered` is false, no interview "
    "answers the question, and `candidates` only come nearest. Where `kind` is “overview”, all `candidates` are "
    "the answer, in the order of the text, and `confidence` says nothing."
)
SCHEMA = {
    "type": "object",
    "properties": {"question": {"type": "string", "description": "in plain words, at most 500 characters"}},
    "required": ["question"],
}


class Mcp:
    """An ASGI layer that answers MCP at PATH, and passes all else on; the Guard stands before it."""

    def __init__(self, app: ASGIApp, manager: StreamableHTTPSessionManager) -> None:
        self.app = app
        self.manager = manager

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass on."""
        if scope["type"] == "lifespan":
            async with self.manager.run():
                await self.app(scope, receive, send)
        elif scope["type"] != "http" or scope["path"].rstrip("/") != PATH:
            await self.app(scope, receive, send)
        elif scope["method"] == "POST":
            await self.manager.handle_request(scope, receive, send)
        else:  # there is nothing that the server would tell by itself
            response = PlainTextResponse("This address is for programs that speak MCP.", 405, {"Allow": "POST"})
            await response(scope, receive, send)


def manage(pipeline: Pipeline, askers: int, queue: int) -> StreamableHTTPSessionManager:
    """What answers requests: `askers` questions at once, and `queue` more may wait.

    Raises InterviewError where the package is missing.
    """
    try:
        import mcp_types  # noqa: F401  # only from version 2 on
        from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
    except ModuleNotFoundError as e:
        raise InterviewError(MISSING) from e
    return StreamableHTTPSessionManager(
        server(pipeline, askers, queue), json_response=True, stateless=True, max_request_body_size=LARGEST
    )


def server(pipeline: Pipeline, askers: int, queue: int) -> Server[Any]:
    """The server with its one tool."""
    import mcp_types as types
    from mcp import MCPError
    from mcp.server.lowlevel import Server

    hints = types.ToolAnnotations(read_only_hint=True, open_world_hint=False)
    tool = types.Tool(
        name=NAME, title="Ask the interview", description=DESCRIPTION, input_schema=SCHEMA, annotations=hints
    )
    turns = anyio.CapacityLimiter(askers)

    def said(text: str, *, is_error: bool = False) -> types.CallToolResult:
        return types.CallToolResult(content=[types.TextContent(text=text)], is_error=is_error)

    async def tools(_context: object, _params: object) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[tool])

    async def call(_context: object, params: types.CallToolRequestParams) -> types.CallToolResult:
        if params.name != NAME:
            raise MCPError(types.INVALID_PARAMS, f"There is no tool “{params.name}”, only “{NAME}”.")
        if turns.statistics().tasks_waiting >= queue:
            return said(BUSY, is_error=True)
        question: Any = (params.arguments or {}).get("question")
        try:
            answer = await anyio.to_thread.run_sync(pipeline.answer, question, limiter=turns)
        except Exception as e:
            return said(explain(e), is_error=True)
        return said(json.dumps(answer.to_dict(), ensure_ascii=False))

    return Server("interview-qa", title="Ask the interview", on_list_tools=tools, on_call_tool=call)
