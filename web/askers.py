"""How many questions are answered at once. One that waits for files, or to begin, takes nobody's place."""

from __future__ import annotations

import threading

ASKERS = 4
"""Questions of the page and over HTTP that are answered at once."""
answering = threading.BoundedSemaphore(ASKERS)
"""Held while a question is answered."""
