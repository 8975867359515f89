"""The wait before the first answer, spent while the page is already up."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator

from qa import Pipeline
from web.heaps import give_back

log = logging.getLogger(__name__)


class Loading:
    """The model and the interviews' vectors, made ready in a thread of their own while the page is up.

    It waits for the one `before` it, whose vectors it need not make again.
    """

    def __init__(self, pipeline: Pipeline, before: Loading | None = None) -> None:
        self.pipeline = pipeline
        self.share = 0.0
        self._before = before
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="loading", daemon=True)
        self._start = threading.Lock()
        self._looked: set[int] = set()

    def start(self) -> None:
        """Begin, unless that was done."""
        with self._start:
            if not self._thread.ident:
                self._thread.start()

    def waiting(self) -> Iterator[float]:
        """The share that is done, again and again until all is; a failure is left to the first answer."""
        self.start()
        while not self._ended.is_set():
            yield self.share
            self._ended.wait(0.25)

    def suggestions(self, number: int, most: int) -> list[str]:
        """Questions to suggest about an interview, looked for until there are some or none can be found."""
        for _ in self.waiting():
            pass
        try:
            found = self.pipeline.suggestions(number)
        except Exception:
            log.exception("no questions to suggest were found")
            return []
        return list(found[:: max(1, len(found) // most)][:most])  # from all over the text

    def look_ahead(self, number: int) -> None:
        """Find out meanwhile which questions lead on in this interview, once."""
        with self._start:
            is_new = number not in self._looked
            self._looked.add(number)
        if is_new:
            threading.Thread(target=self.suggestions, args=(number, 1), name="looking ahead", daemon=True).start()

    def _run(self) -> None:
        try:
            if self._before:
                self._before.start()
                self._before._ended.wait()
                self._before = None  # what it holds of older interviews may go
            self.pipeline.prepare(lambda share: setattr(self, "share", share))
        except Exception:
            log.exception("loading failed")
        finally:
            self._ended.set()
            give_back()
