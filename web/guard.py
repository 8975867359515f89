"""What the server does not let through: other sites that pose as this one, and doors that the page does not use."""

from __future__ import annotations

import ipaddress
import re
import socket
from urllib.parse import urlsplit

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

# gradio keeps these open to anyone, also where an event is private: only `ask` is for the public
_CLOSED = re.compile(r"/gradio_api/(upload$|(run|call/v2|call)/(?!v2/|ask($|/)))")


class Guard:
    """An ASGI layer. A page of another site may not read or fill this server through its visitor's browser.

    A request must name this server by an address, as localhost, by `host` or by the machine's name: a
    site that has its own name lead here (DNS rebinding) does not. Where it says from which page it
    comes, that must be this server's own.
    """

    def __init__(self, app: ASGIApp, host: str) -> None:
        self.app = app
        self.names = {"localhost", host.lower(), socket.gethostname().lower()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        refusal = self._refusal(scope) if scope["type"] == "http" else None
        await (refusal or self.app)(scope, receive, send)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        headers = {key.decode("latin-1"): value.decode("latin-1") for key, value in scope["headers"]}
        if not self._is_ours(headers.get("host", "")):
            return PlainTextResponse("This server does not go by that name.", 400)
        if "origin" in headers and urlsplit(headers["origin"]).netloc != headers["host"]:
            return PlainTextResponse("Another site may not use this server.", 403)
        if _CLOSED.match(scope["path"]):
            return PlainTextResponse("There is nothing here.", 404)
        return None

    def _is_ours(self, host: str) -> bool:
        name = ""
        try:
            name = urlsplit(f"//{host}").hostname or ""
            ipaddress.ip_address(name)
        except ValueError:
            return name in self.names or name.partition(".")[0] in self.names - {"localhost"}
        return True
