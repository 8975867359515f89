"""Starts the page in a process of its own, and watches what it asks of the network."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import runpy
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from tests.conftest import ROOT


class Forked:
    """A process of multiprocessing, spoken to as one of subprocess."""

    def __init__(self, process: BaseProcess) -> None:
        self.process, self.pid = process, process.pid
        self.terminate, self.kill, self.wait = process.terminate, process.kill, process.join

    def poll(self) -> int | None:
        return self.process.exitcode


@dataclass
class Server:
    url: str
    process: subprocess.Popen[str] | Forked
    network: Path

    def beyond(self) -> list[str]:
        """The hosts beyond this machine that the server asked for."""
        return self.network.read_text().split() if self.network.exists() else []


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def serving(
    folder: Path,
    *arguments: str,
    port: int = 0,
    warm: bool = True,
    takes: float = 0,
    environment: Mapping[str, str] | None = None,
) -> Iterator[Server]:
    """A server with these arguments, whose output and network notes go to `folder`; on any free port, or on this.

    A `warm` one is forked from a process that has imported what takes ten seconds; its model `takes` seconds longer
    to load than it does. Others start as a user's.
    """
    port = port or free_port()
    network = folder / "network.txt"
    environment = {
        **{k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")},
        "PYTHONPATH": f"{ROOT / 'tests' / 'guard'}{os.pathsep}{ROOT}",
        "NETWORK_LOG": str(network),
        "TMPDIR": str(folder),
        "MODEL_TAKES": str(takes),
        **(environment or {}),
    }
    app, arguments = str(ROOT / "app.py"), ("--port", str(port), "--no-browser", *arguments)
    start = time.perf_counter()
    process = (_fork if warm else _start)(app, arguments, folder, environment)
    try:
        url = f"http://127.0.0.1:{port}"
        while time.perf_counter() - start < 60:
            with contextlib.suppress(urllib.error.URLError, ConnectionError):
                urllib.request.urlopen(url, timeout=5).close()
                break
            assert process.poll() is None, (folder / "out.txt").read_text()
            time.sleep(0.05)
        yield Server(url, process, network)
    finally:
        process.terminate()
        process.wait(30)


def _start(app: str, arguments: Sequence[str], folder: Path, environment: Mapping[str, str]) -> subprocess.Popen[str]:
    with (folder / "out.txt").open("w") as out:
        return subprocess.Popen(
            [sys.executable, app, *arguments],
            cwd=folder, env=environment, stdout=out, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip


def _fork(app: str, arguments: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Forked:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.warm"])
    process = context.Process(target=_run, args=(app, arguments, folder, environment), daemon=True)
    process.start()
    return Forked(process)


def _run(app: str, arguments: Sequence[str], folder: Path, environment: Mapping[str, str]) -> None:
    os.chdir(folder)
    ours = {name: value for name, value in os.environ.items() if name.startswith(("GRADIO_", "HF_"))}  # set by `web`
    os.environ.clear()
    os.environ.update({**ours, **environment})
    tempfile.tempdir = None  # it is looked up again
    out = os.open("out.txt", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(out, 1)
    os.dup2(out, 2)
    _delay(float(environment["MODEL_TAKES"]))
    sys.argv = [app, *arguments]
    runpy.run_path(app, run_name="__main__")


def _delay(seconds: float) -> None:
    import sentence_transformers

    load = sentence_transformers.SentenceTransformer

    def load_late(*arguments: Any, **options: Any) -> Any:
        time.sleep(seconds)
        return load(*arguments, **options)

    sentence_transformers.SentenceTransformer = load_late  # type: ignore[misc, assignment]
