"""The wait before the first answer, spent while the page is already up."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator

from qa import Pipeline

log = logging.getLogger(__name__)


class Loading:
    """The model and the interview's vectors, made ready in a thread of their own while the page is up."""

    def __init__(self, pipeline: Pipeline) -> None:
        self.pipeline = pipeline
        self.share = 0.0
        self._thread = threading.Thread(target=self._run, name="loading", daemon=True)
        self._start = threading.Lock()

    def start(self) -> None:
        """Begin, unless that was done."""
        with self._start:
            if not self._thread.ident:
                self._thread.start()

    def waiting(self) -> Iterator[float]:
        """The share that is done, again and again until all is; a failure is left to the first answer."""
        self.start()
        while self._thread.is_alive():
            yield self.share
            self._thread.join(0.25)

    def _run(self) -> None:
        try:
            self.pipeline.prepare(lambda share: setattr(self, "share", share))
        except Exception:
            log.exception("loading failed")
