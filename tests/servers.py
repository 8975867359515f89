"""Starts the page in a process of its own, as a user does, and watches what it asks of the network."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import ROOT


@dataclass
class Server:
    url: str
    process: subprocess.Popen[str]
    network: Path

    def beyond(self) -> list[str]:
        """The hosts beyond this machine that the server asked for."""
        return self.network.read_text().split() if self.network.exists() else []


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def serving(folder: Path, *arguments: str, port: int = 0, **environment: str) -> Iterator[Server]:
    """A server with these arguments, whose output and network notes go to `folder`; on any free port, or on this."""
    port = port or free_port()
    network = folder / "network.txt"
    environment = {
        **{k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")},
        "PYTHONPATH": f"{ROOT / 'tests' / 'guard'}{os.pathsep}{ROOT}",
        "NETWORK_LOG": str(network),
        "TMPDIR": str(folder),
        **environment,
    }
    start = time.perf_counter()
    with (folder / "out.txt").open("w") as out:
        process = subprocess.Popen(
            [sys.executable, str(ROOT / "app.py"), "--port", str(port), "--no-browser", *arguments],
            cwd=folder, env=environment, stdout=out, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
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
        process.wait(10)
