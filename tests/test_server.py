"""The server: its addresses, its HTTP endpoint, and what it keeps to itself."""

from __future__ import annotations

import http.client
import json
import socket
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError

import app
from qa import Pipeline
from tests.conftest import ROOT
from tests.servers import Server, serving

ASKED = "When did Seres begin to work with Huawei?"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("server"), "--host", "127.0.0.1") as server:
        yield server
        assert server.beyond() == []


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
def test_the_endpoint_returns_the_answer(client: Client, pipeline: Pipeline, question: str) -> None:
    assert client.predict(question, api_name="/ask") == pipeline.answer(question).to_dict()


def test_plain_http_does_too(server: Server, pipeline: Pipeline) -> None:
    status, reply = post(f"{server.url}/gradio_api/run/ask", ASKED)
    assert (status, reply["data"]) == (200, [pipeline.answer(ASKED).to_dict()])


@pytest.mark.parametrize(("question", "message"), [(" ", "question is empty"), ("a" * 501, "501 characters")])
def test_the_endpoint_says_what_is_wrong(client: Client, server: Server, question: str, message: str) -> None:
    with pytest.raises(AppError, match=message):
        client.predict(question, api_name="/ask")
    status, reply = post(f"{server.url}/gradio_api/run/ask", question)
    assert (status, message in reply["error"]) == (500, True)


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
    assert {"answered", "text", "sentence", "passage", "confidence"} <= set(ask["returns"][0]["type"]["properties"])


def test_another_site_s_name_is_not_answered_to(server: Server) -> None:
    connection = http.client.HTTPConnection(server.url.removeprefix("http://"))
    connection.request("GET", "/", headers={"Host": "evil.example"})
    assert connection.getresponse().status == 400
    connection.close()


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


def test_an_interview_that_cannot_be_read_is_said_plainly(capsys: pytest.CaptureFixture[str]) -> None:
    assert app.main(["no.txt"]) == 2
    assert "no.txt: There is no such file" in capsys.readouterr().err
    assert app.main([str(ROOT)]) == 2
    assert "This is a folder" in capsys.readouterr().err


@pytest.mark.parametrize("argv", [["--port", "0"], ["--port", "70000"], ["--port", "x"], ["--auth", "anna"]])
def test_wrong_options_are_refused(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        app.main(argv)
    assert caught.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_gradio_writes_no_stubs_when_it_is_imported() -> None:
    import inspect

    from web import gr

    assert "gradio" not in inspect.getfile.__name__
    assert inspect.getfile(gr.Textbox).endswith("textbox.py")
