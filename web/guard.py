"""What the server does not let through: other sites that pose as this one, and doors that the page does not use."""

from __future__ import annotations

import asyncio
import ipaddress
import re
import socket
from urllib.parse import urlsplit

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from web.uploads import OLDEST, Uploads

# gradio keeps these open to anyone, also where an event is private: only `ask` is for the public
_CLOSED = re.compile(
    r"/gradio_api/((run|api|call/v2|call)/(?!v2/|ask($|/))"
    r"|file[=/]|proxy=|stream/|component_server|process_recording|upload_progress|upload/|vibe-)"
)
_MCP = re.compile(r"(/gradio_api)?/mcp($|/)")
_UPLOAD = "/gradio_api/upload"
_HERE = frozenset("local localdomain lan home home.arpa internal".split())
"""Domains that no site of the internet can have."""
_SAID = {
    411: "An upload must say how long it is.",
    413: "This file is too large.",
    507: "There is no room for more files just now.",
}


class Guard:
    """An ASGI layer. A page of another site may not read or fill this server through its visitor's browser.

    A request must name this server by an address, as localhost, by `host` or by the machine's name, alone or
    in a local domain: a site that has its own name lead here (DNS rebinding) does not. Where it says from which page it
    comes, that must be this server's own; an upload must say so, and be within the bounds of `uploads`.
    The address of MCP is there only with `mcp`.
    """

    def __init__(self, app: ASGIApp, host: str, uploads: Uploads, *, mcp: bool = False) -> None:
        self.app = app
        self.mcp = mcp
        self.names = {"localhost", host.lower(), socket.gethostname().lower()}
        self.uploads = uploads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = {key.decode("latin-1"): value.decode("latin-1") for key, value in scope["headers"]}
        is_upload = scope["path"] == _UPLOAD and scope["method"] == "POST"
        refusal = self._refusal(scope["path"], headers) or (self._upload_refusal(headers) if is_upload else None)
        if refusal:
            await refusal(scope, receive, send)
        elif is_upload:
            await self._upload(scope, receive, send, int(headers["content-length"]))
        else:
            await self.app(scope, receive, send)

    async def _upload(self, scope: Scope, receive: Receive, send: Send, length: int) -> None:
        """Pass an upload on, as long as it does not take forever."""
        self.uploads.coming += length
        try:
            async with asyncio.timeout(OLDEST):
                await self.app(scope, receive, send)
        except TimeoutError:
            await PlainTextResponse("This upload took too long.", 408)(scope, receive, send)
        finally:
            self.uploads.coming -= length

    def _refusal(self, path: str, headers: dict[str, str]) -> PlainTextResponse | None:
        if not self._is_ours(headers.get("host", "")):
            return PlainTextResponse("This server does not go by that name.", 400)
        if "origin" in headers and urlsplit(headers["origin"]).netloc != headers["host"]:
            return PlainTextResponse("Another site may not use this server.", 403)
        if _CLOSED.match(path) or (_MCP.match(path) and not (self.mcp and path.rstrip("/") == "/mcp")):
            return PlainTextResponse("There is nothing here.", 404)
        return None

    def _upload_refusal(self, headers: dict[str, str]) -> PlainTextResponse | None:
        if "origin" not in headers:  # a browser always says it: what does not is no page of ours
            return PlainTextResponse("There is nothing here.", 404)
        status = self.uploads.refusal(headers.get("content-length", ""))
        return PlainTextResponse(_SAID[status], status) if status else None

    def _is_ours(self, host: str) -> bool:
        name = ""
        try:
            name = urlsplit(f"//{host}").hostname or ""
            ipaddress.ip_address(name)
        except ValueError:
            machine, _, domain = name.partition(".")
            return name in self.names or (machine in self.names - {"localhost"} and domain in _HERE)
        return True
