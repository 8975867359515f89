"""Serves the page on this machine."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from starlette.middleware import Middleware
from tqdm import tqdm

from qa import InterviewError, Pipeline
from web import gr, heaps
from web.askers import ASKERS
from web.guard import Guard
from web.loading import Loading
from web.mcp import PATH, Mcp, manage
from web.page import FOLDER, build
from web.uploads import LARGEST, Uploads

QUEUE = 64
"""Questions that may wait; more are told to try again."""
VISITS = 200
"""Visits that are remembered; of more, those that were idle longest begin anew."""
STYLES = ("page.css", "opening.css", "export.css", "answers.css", "map.css", "links.css", "trouble.css")


class ServerError(InterviewError):
    """The page cannot be served at this address."""


def serve(
    pipeline: Pipeline,
    host: str = "127.0.0.1",
    port: int = 7860,
    auth: tuple[str, str] | None = None,
    examples: Sequence[str] = (),
    *,
    browser: bool = False,
    mcp: bool = False,
) -> None:
    """Serve the page until Ctrl-C, which ends the process. Loading starts once the page is up: it shows at once.

    `mcp` has programs ask, too, which no `auth` keeps out: both together are a ValueError.

    Raises ServerError where the address cannot be had.
    """
    if mcp and auth:
        raise ValueError("a name and password do not protect MCP")
    heaps.share()
    _check(host, port)
    _bypass_proxies(host)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends as with Ctrl-C, so that the folder goes
    made = tempfile.TemporaryDirectory(prefix="interview-qa-", ignore_cleanup_errors=True)
    with contextlib.suppress(KeyboardInterrupt), made as folder:
        os.environ["GRADIO_TEMP_DIR"] = folder  # gradio puts uploads there
        _serve(pipeline, Uploads(Path(folder)), host, port, auth, examples, browser=browser, mcp=mcp)
    sys.stdout.flush()
    os._exit(0)  # a thread that computes would be waited for, or torn down within torch, which aborts


def _serve(
    pipeline: Pipeline,
    uploads: Uploads,
    host: str,
    port: int,
    auth: tuple[str, str] | None,
    examples: Sequence[str],
    *,
    browser: bool,
    mcp: bool,
) -> None:
    layers = [Middleware(Guard, host=host, uploads=uploads, mcp=mcp)]
    if mcp:
        layers.append(Middleware(Mcp, manager=manage(pipeline, ASKERS, QUEUE)))
    page, loading = build(pipeline, uploads, examples)
    page.queue(max_size=QUEUE, default_concurrency_limit=ASKERS)
    try:
        page.launch(
            server_name=host,
            server_port=port,
            auth=auth,
            auth_message="Ask the interview",
            inbrowser=browser,
            prevent_thread_lock=True,
            quiet=True,
            share=False,
            ssr_mode=False,
            enable_monitoring=False,
            run_history=False,
            footer_links=[],
            theme=_theme(),
            # css= rewrites rules, and drops those on body inside @media
            head="".join(f"<style>{(FOLDER / f).read_text(encoding='utf-8')}</style>" for f in STYLES),
            max_file_size=LARGEST,
            state_session_capacity=VISITS,
            mcp_server=False,  # else a variable of the environment could start gradio's own
            app_kwargs={"middleware": layers},
        )
    except Exception as e:
        raise ServerError(f"The page could not be started on {host}, port {port}: {e}") from e
    address = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}"
    print(f"The page is at {address} (Ctrl-C ends it)", flush=True)
    if mcp:
        print(f"MCP is at {address}{PATH}", flush=True)
    tell(loading)
    while True:  # page.block_thread would wait five seconds for the pages that are open
        time.sleep(1)


def tell(loading: Loading, file: TextIO | None = None) -> None:
    """Start the loading, and until it is done show on a terminal how far it is: on standard error, or in `file`."""
    form = "Reading: {percentage:.0f} %|{bar}| {remaining} left"
    with tqdm(total=1.0, file=file, disable=None, leave=False, mininterval=0, miniters=0, bar_format=form) as bar:
        for share in loading.waiting():
            bar.update(share - bar.n)


def _theme() -> gr.themes.Base:
    return gr.themes.Base(
        primary_hue="teal",
        neutral_hue="slate",
        radius_size="lg",
        font=[gr.themes.LocalFont("Source Sans Pro", weights=(400, 700)), "system-ui", "sans-serif"],
        font_mono=["ui-monospace", "monospace"],
    )


def _check(host: str, port: int) -> None:
    """Raise ServerError where the address is taken or is not this machine's."""
    if ":" in host:
        raise ServerError(f"“{host}” cannot be listened on: give an IPv4 address, such as 127.0.0.1, or a name.")
    try:
        family, kind, proto, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, proto) as probe:
            if sys.platform != "win32":  # there it would let two programs have one port
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except socket.gaierror as e:
        raise ServerError(f"There is no host “{host}”. Give 127.0.0.1, or an address of this machine.") from e
    except OSError as e:
        raise ServerError(
            f"Port {port} on {host} cannot be used ({e.strerror}). "
            f"Stop the program that has it, or choose another: --port {port + 1 if port < 65535 else port - 1}"
        ) from e


def _bypass_proxies(host: str) -> None:
    """Have gradio, which asks its own server whether it is up, do so directly where a proxy is set."""
    for name in ("NO_PROXY", "no_proxy"):
        known = [os.environ[name]] if os.environ.get(name) else []
        os.environ[name] = ",".join([*known, "127.0.0.1", "localhost", host])
