"""The server: its addresses, its HTTP endpoint, and what it keeps to itself."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError

import app
from qa import Pipeline
from tests.conftest import ROOT
from tests.servers import Server, free_port, serving

ASKED = "When did Seres begin to work with Huawei?"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("server"), "--host", "127.0.0.1", warm=False) as server:
        yield server
        assert server.beyond() == []


@pytest.fixture(scope="module")
def served(pipeline: Pipeline) -> Pipeline:
    """What the server asks."""
    return Pipeline(replace(pipeline.interview, title=app.TITLE), pipeline.encoder, pipeline.reader)


@pytest.fixture(scope="module")
def client(server: Server) -> Client:
    return Client(server.url, verbose=False)


def post(url: str, question: object) -> tuple[int, dict]:
    request = urllib.request.Request(
        url, json.dumps({"data": [question]}).encode(), {"Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(request, timeout=60) as reply:
            return reply.status, json.load(reply)
    except urllib.error.HTTPError as e:
        with e:
            return e.code, json.load(e)


@pytest.mark.parametrize("question", [ASKED, "What does the car cost?"])
def test_the_endpoint_returns_the_answer(client: Client, served: Pipeline, question: str) -> None:
    assert client.predict(question, api_name="/ask") == served.answer(question).to_dict()


def test_plain_http_does_too(server: Server, served: Pipeline) -> None:
    status, reply = post(f"{server.url}/gradio_api/run/ask", ASKED)
    assert (status, reply["data"]) == (200, [served.answer(ASKED).to_dict()])


@pytest.mark.parametrize(
    ("question", "message"),
    [(" ", "question is empty"), ("?", "holds no words"), ("a" * 501, "501 characters")],
)
def test_the_endpoint_says_what_is_wrong(client: Client, server: Server, question: str, message: str) -> None:
    with pytest.raises(AppError, match=message):
        client.predict(question, api_name="/ask")
    status, reply = post(f"{server.url}/gradio_api/run/ask", question)
    assert (status, message in reply["error"]) == (500, True)


def test_half_a_surrogate_pair_is_no_server_error(server: Server) -> None:
    found, reply = post(f"{server.url}/gradio_api/run/ask", "Who is he \ud83d")
    assert (found, reply["data"][0]["question"]) == (200, "Who is he ?")


@pytest.mark.parametrize("question", [None, 7, ["a"], {"a": 1}])
def test_what_is_no_text_is_no_traceback(server: Server, question: object) -> None:
    status, reply = post(f"{server.url}/gradio_api/run/ask", question)
    assert (status, "Traceback" in json.dumps(reply)) == (500, False)
    assert "must be text" in reply["error"]


def test_nothing_else_is_public_and_ask_is_documented(client: Client) -> None:
    api = client.view_api(return_format="dict", print_info=False)
    assert (list(api["named_endpoints"]), api["unnamed_endpoints"]) == (["/ask"], {})
    ask = api["named_endpoints"]["/ask"]
    assert ask["parameters"][0]["parameter_name"] == "question"
    assert "interview's own words" in ask["description"]
    assert {"answered", "text", "sentence", "passage", "number", "title", "confidence"} <= set(
        ask["returns"][0]["type"]["properties"]
    )


def status(server: Server, path: str, method: str = "GET", **headers: str) -> int:
    connection = http.client.HTTPConnection(server.url.removeprefix("http://"))
    connection.request(method, path, headers=headers)
    found = connection.getresponse().status
    connection.close()
    return found


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("localhost", 200), ("127.0.0.1:1", 200), ("192.168.1.9:7860", 200), ("[::1]:7860", 200),
        (socket.gethostname(), 200), (f"{socket.gethostname().upper()}.local:7860", 200),
        ("evil.example", 400), ("localhost.evil.example", 400), ("", 400), ("[::1", 400),
        ("127.0.0.1.evil.example", 400), (f"{socket.gethostname()}.evil.example", 400),
    ],
)  # fmt: skip
def test_another_site_s_name_is_not_answered_to(server: Server, host: str, expected: int) -> None:
    assert status(server, "/", Host=host) == expected


def test_another_site_s_page_may_not_ask(server: Server) -> None:
    host = server.url.removeprefix("http://")
    assert status(server, "/config", Origin=server.url) == 200
    for origin in ("https://evil.example", "null", f"http://{host}.evil.example"):
        assert status(server, "/config", Origin=origin) == 403


@pytest.mark.parametrize(
    "door", ["upload", "run/ask_page", "run/lambda", "call/ask_page", "call/v2/ask_page", "run/asks"]
)
def test_no_other_door_is_open(server: Server, door: str) -> None:
    assert status(server, f"/gradio_api/{door}", "POST") == 404


@pytest.mark.parametrize(
    "door", ["file=/etc/passwd", "file/etc/passwd", "upload_progress", "proxy=x", "stream/x", "component_server"]
)
def test_what_the_page_does_not_use_is_closed(server: Server, door: str) -> None:
    assert status(server, f"/gradio_api/{door}", "GET") == 404


@pytest.mark.parametrize("door", ["mcp", "mcp/", "gradio_api/mcp", "gradio_api/mcp/sse", "gradio_api/mcp/schema"])
def test_without_mcp_it_has_no_door(server: Server, door: str) -> None:
    assert [status(server, f"/{door}", method) for method in ("GET", "POST")] == [404, 404]


def upload(server: Server, content: bytes, origin: str | None = None, length: int | None = None) -> tuple[int, str]:
    body = b'--b\r\nContent-Disposition: form-data; name="files"; filename="s"\r\n\r\n' + content + b"\r\n--b--\r\n"
    headers = {"Content-Type": "multipart/form-data; boundary=b", "Content-Length": str(length or len(body))}
    if origin:
        headers["Origin"] = origin
    connection = http.client.HTTPConnection(server.url.removeprefix("http://"), timeout=30)
    try:
        connection.request("POST", "/gradio_api/upload", b"" if length else body, headers)
        reply = connection.getresponse()
        return reply.status, reply.read().decode()
    finally:
        connection.close()


def test_only_the_page_itself_may_send_files(server: Server) -> None:
    assert upload(server, b"x")[0] == 404
    assert upload(server, b"x", "https://evil.example")[0] == 403
    code, reply = upload(server, b"x", server.url)
    assert code == 200
    path = Path(json.loads(reply)[0])
    assert path.read_bytes() == b"x"
    assert status(server, f"/gradio_api/file={path}") == 404
    path.unlink()


def test_a_file_may_not_be_larger_than_the_limit(server: Server) -> None:
    assert upload(server, b"x" * 20_000_001, server.url)[0] == 413
    assert upload(server, b"", server.url, length=20_020_000)[0] == 413
    assert upload(server, b"x" * 20_000_000, server.url)[0] == 200


def test_every_door_of_ask_is_open(server: Server) -> None:
    for door in ("run/ask", "call/ask", "call/v2/ask"):
        assert status(server, f"/gradio_api/{door}", "POST") not in (400, 403, 404)


def test_a_proxy_is_not_asked_for_this_machine(tmp_path_factory: pytest.TempPathFactory) -> None:
    proxy = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy"), "http://203.0.113.7:1")
    with serving(tmp_path_factory.mktemp("proxy"), environment=proxy, warm=False) as server:
        assert status(server, "/") == 200
        assert server.beyond() == []


def test_the_watch_on_the_network_sees_what_leaves(tmp_path: Path) -> None:
    code = (
        "import socket; s = socket.socket(); s.settimeout(0.01); "
        "s.connect_ex(('203.0.113.7', 9)); s.connect_ex(('127.0.0.1', 9))"
    )
    log = tmp_path / "log"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "tests" / "guard"), "NETWORK_LOG": str(log)}
    subprocess.run([sys.executable, "-c", code], env=environment, check=True)
    assert log.read_text() == "203.0.113.7\n"


def test_a_name_and_password_are_asked_for(tmp_path_factory: pytest.TempPathFactory) -> None:
    with serving(tmp_path_factory.mktemp("auth"), "--auth", "anna:s3cret") as server:
        assert post(f"{server.url}/gradio_api/run/ask", ASKED)[0] == 401
        with pytest.raises(urllib.error.HTTPError, match="401"):
            urllib.request.urlopen(f"{server.url}/config")
        with urllib.request.urlopen(server.url) as reply:
            assert "Seres" not in reply.read().decode()
        known = Client(server.url, auth=("anna", "s3cret"), verbose=False)
        assert known.predict(ASKED, api_name="/ask")["answered"]


def test_a_port_in_use_is_said_plainly(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert app.main(["--port", str(port), "--no-browser"]) == 2
    err = capsys.readouterr().err
    assert f"Port {port} on 127.0.0.1 cannot be used" in err
    assert f"--port {port + 1}" in err


def test_a_host_that_is_not_here_is_said_plainly(capsys: pytest.CaptureFixture[str]) -> None:
    assert app.main(["--host", "203.0.113.7", "--no-browser"]) == 2
    assert "203.0.113.7 cannot be used" in capsys.readouterr().err


def test_an_interview_that_cannot_be_read_is_said_plainly(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert app.main(["no.txt"]) == 2
    assert "no.txt: There is no such file" in capsys.readouterr().err
    assert app.main([str(tmp_path), "no.txt"]) == 2
    err = capsys.readouterr().err
    assert "This folder holds no interview" in err
    assert "no.txt: There is no such file" in err


def test_the_kinds_of_files_are_in_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        app.main(["--help"])
    out = capsys.readouterr().out
    assert all(kind in out for kind in (".txt", ".md", ".docx", ".pdf", ".vtt", ".srt", ".json"))


def test_several_files_and_folders_are_asked_and_what_fails_is_told(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    (tmp_path / "anna.txt").write_text("I sold the boat in 1974.")
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "ben.txt").write_text("The bakery burned down in 1981.")
    (tmp_path / "empty.txt").write_text("")
    own = tmp_path_factory.mktemp("several")
    with serving(own, *(str(tmp_path / name) for name in ("anna.txt", "more", "empty.txt"))) as server:
        _, reply = post(f"{server.url}/gradio_api/run/ask", "When did the bakery burn down?")
        assert [reply["data"][0][key] for key in ("text", "number", "title")] == ["1981", 1, "Ben"]
        assert "empty.txt” holds no words" in (own / "out.txt").read_text()


@pytest.mark.parametrize("host", ["::1", "[::1]"])
def test_an_address_that_is_not_served_is_said_plainly(host: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert app.main(["--host", host, "--no-browser"]) == 2
    assert "give an IPv4 address" in capsys.readouterr().err


def test_a_package_that_is_missing_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "web.server", None)
    assert app.main(["--no-browser"]) == 2
    assert "The package web.server is not installed for this Python" in capsys.readouterr().err


def test_mcp_and_a_password_do_not_go_together(capsys: pytest.CaptureFixture[str], pipeline: Pipeline) -> None:
    with pytest.raises(SystemExit) as caught:
        app.main(["--mcp", "--auth", "anna:s3cret"])
    assert caught.value.code == 2
    assert "--mcp does not go with --auth: a name and password do not keep out" in capsys.readouterr().err
    from web.server import serve

    with pytest.raises(ValueError, match="do not protect MCP"):
        serve(pipeline, auth=("anna", "s3cret"), mcp=True)


def test_what_mcp_needs_is_named_where_it_is_missing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "mcp_types", None)
    assert app.main(["--mcp", "--no-browser", "--port", str(free_port())]) == 2
    err = capsys.readouterr().err
    assert 'pip install "interview-qa[mcp]"' in err
    assert '.venv/bin/python -m pip install -c constraints.txt -e ".[mcp]"' in err


@pytest.mark.parametrize("argv", [["--port", "0"], ["--port", "70000"], ["--port", "x"], ["--auth", "anna"]])
def test_wrong_options_are_refused(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        app.main(argv)
    assert caught.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_it_ends_at_once_and_without_a_word_though_a_page_is_open(tmp_path: Path) -> None:
    out = tmp_path / "out.txt"
    with serving(tmp_path) as server:
        while "Ctrl-C" not in out.read_text():
            time.sleep(0.05)
        page = urllib.request.urlopen(f"{server.url}/gradio_api/heartbeat/one", timeout=30)
        assert list(tmp_path.glob("interview-qa-*"))
        server.process.terminate()
        start = time.monotonic()
        server.process.wait(30)
        assert time.monotonic() - start < 3
        page.close()
    assert server.process.poll() == 0
    assert out.read_text() == f"The page is at {server.url} (Ctrl-C ends it)\n"
    assert not list(tmp_path.glob("interview-qa-*"))


def test_gradio_writes_no_stubs_when_it_is_imported() -> None:
    import inspect

    from web import gr

    assert "gradio" not in inspect.getfile.__name__
    assert inspect.getfile(gr.Textbox).endswith("textbox.py")
