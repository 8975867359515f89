"""What an event yields reaches the browser once."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import Any, ParamSpec

from web import gr

P = ParamSpec("P")


def once(event: Callable[P, Iterator[tuple[Any, ...]]]) -> Callable[P, Iterator[tuple[Any, ...]]]:
    """The event, with a last yield that draws nothing anew.

    At its end gradio sends what was yielded last a second time: the conversation would be drawn twice. What a
    component is told is said again, which changes nothing: in the browser gradio writes each step into the one
    before it, and where both come at once, the one before is lost.
    """

    @functools.wraps(event)
    def asked(*args: P.args, **kwargs: P.kwargs) -> Iterator[tuple[Any, ...]]:
        last: tuple[Any, ...] = ()
        for last in event(*args, **kwargs):
            yield last
        yield tuple(value if isinstance(value, gr.Component) else gr.skip() for value in last)

    return asked
