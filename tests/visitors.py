"""A visitor without a browser, who speaks to the server as the page does."""

from __future__ import annotations

import http.client
import json
import secrets
from types import TracebackType
from typing import Any, Self

from gradio_client.utils import apply_diff


def is_update(value: object) -> bool:
    """Whether this output leaves in the browser what is there."""
    return isinstance(value, dict) and value.get("__type__") == "update"


class BusyError(Exception):
    """The server has too much to do, and says so."""


class Visitor:
    """One visit: its own session, with what it opened. The heartbeat keeps it, and its end is the visit's."""

    def __init__(self, url: str) -> None:
        self.host = url.removeprefix("http://")
        self.session = secrets.token_hex(8)
        config = self._fetch("GET", "/config")
        self._functions = {entry["api_name"]: entry["id"] for entry in config["dependencies"]}
        self._heart = http.client.HTTPConnection(self.host, timeout=60)
        self._heart.request("GET", f"/gradio_api/heartbeat/{self.session}")
        self._beat = self._heart.getresponse()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.leave()

    def leave(self) -> None:
        """Close the page."""
        self._beat.close()
        self._heart.close()

    def open(self, name: str, text: str) -> None:
        """Open a file of this text."""
        self.call("expect", [None])
        path = self._upload(text.encode())
        left = self.call("open_files", [None], {"files": [{"name": name, "path": path, "status": 200}]})
        assert "Opened" in left[5], left[5]
        _, told = self.call("make_ready", [None])
        assert "Ask about it" in told, told

    def ask(self, question: str, among: list[int]) -> str:
        """Ask these interviews, none for all; returns the message that answers, as HTML.

        Raises BusyError.
        """
        chat, _, notice, *_ = self.call("ask_page", [question, [], None, {"among": among}])
        assert not is_update(chat), notice
        return "".join(part["text"] for part in chat[-1]["content"])

    def call(self, function: str, data: list[object], event: object = None) -> list[Any]:
        """What an event of the page leaves in each of its outputs."""
        event_id = self.join(function, data, event)
        latest: list[Any] = []  # as sent, of which the next are told by their difference
        left: list[Any] = []
        connection = http.client.HTTPConnection(self.host, timeout=600)
        try:
            connection.request("GET", f"/gradio_api/queue/data?session_hash={self.session}")
            for line in connection.getresponse():
                message = json.loads(line.removeprefix(b"data: ")) if line.startswith(b"data: ") else {}
                if message.get("event_id") != event_id or "output" not in message:
                    continue
                assert message["success"], message
                data = message["output"].get("data") or []
                is_over = message["msg"] == "process_completed"
                latest = data if is_over or not latest else list(map(apply_diff, latest, data))
                left = [old if is_update(new) else new for old, new in zip(left or latest, latest, strict=True)]
                if is_over:
                    return left
        finally:
            connection.close()
        raise ConnectionError("the answer broke off")

    def join(self, function: str, data: list[object], event: object = None) -> str:
        """Have an event wait for its turn; returns its name.

        Raises BusyError.
        """
        body = {"session_hash": self.session, "fn_index": self._functions[function], "data": data, "event_data": event}
        return str(self._fetch("POST", "/gradio_api/queue/join", json.dumps(body))["event_id"])

    def cancel(self, function: str, event_id: str) -> None:
        """Take an event back."""
        body = {"session_hash": self.session, "fn_index": self._functions[function], "event_id": event_id}
        self._fetch("POST", "/gradio_api/cancel", json.dumps(body))

    def _upload(self, content: bytes) -> str:
        mark = secrets.token_hex(8)
        head = f'--{mark}\r\nContent-Disposition: form-data; name="files"; filename="{secrets.token_hex(16)}"\r\n\r\n'
        body = head.encode() + content + f"\r\n--{mark}--\r\n".encode()
        kind = f"multipart/form-data; boundary={mark}"
        return str(self._fetch("POST", "/gradio_api/upload", body, kind)[0])

    def _fetch(self, method: str, path: str, body: str | bytes | None = None, kind: str = "application/json") -> Any:
        connection = http.client.HTTPConnection(self.host, timeout=120)
        try:
            connection.request(method, path, body, {"Content-Type": kind, "Origin": f"http://{self.host}"})
            reply = connection.getresponse()
            content = reply.read()
            if reply.status == 503:
                raise BusyError(content.decode())
            assert reply.status == 200, (reply.status, content[:500])
            return json.loads(content)
        finally:
            connection.close()
