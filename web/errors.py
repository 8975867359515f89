"""What a person is told when something goes wrong."""

from __future__ import annotations

import logging

from qa import InterviewError

FAILED = (
    "Something went wrong here, and your question was not answered. Ask it again; if this goes on, restart the program."
)

log = logging.getLogger(__name__)


def explain(error: Exception, failed: str = FAILED) -> str:
    """The sentence to show; an error that does not explain itself is logged, and `failed` told in its place."""
    if isinstance(error, InterviewError):
        return str(error)
    log.error("a question or a file failed", exc_info=error)
    return failed
