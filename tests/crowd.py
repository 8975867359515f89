"""Many visitors at once, each with an interview that only they opened."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

from tests.visitors import BusyError, Visitor

FILLER = (
    "We lived by the harbour then, and the house was small. In the evening my mother read to us. "
    "The winters were long, and the boats lay under snow. My father mended the nets in the kitchen. "
)
FIRST = 1901
"""The year of the first visitor's boat; the others' years follow."""


def interview(number: int, filler: int = 4) -> str:
    """A text in which a boat was sold in a year, and a bakery burned down in another, that no other visitor has."""
    return (
        f"{FILLER * filler}\n\nMy father had two boats. He sold the red boat in {FIRST + number}.\n\n{FILLER * filler}"
        f"\n\nMy aunt ran a bakery. The bakery burned down in {FIRST + 200 + number}.\n"
    )


@dataclass
class Tally:
    """How a crowd was served."""

    right: int = 0
    refused: int = 0
    wrong: list[str] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    """Seconds that each answer took."""


@contextmanager
def crowd(url: str, count: int, filler: int = 4) -> Iterator[list[Visitor]]:
    """So many visitors, who came one by one and have each opened an interview; they leave at the end."""
    with ExitStack() as stack:
        visitors = [stack.enter_context(Visitor(url)) for _ in range(count)]
        with ThreadPoolExecutor(count) as pool:
            list(pool.map(lambda n: visitors[n].open(f"talk {n}.txt", interview(n, filler)), range(count)))
        yield visitors


def ask_at_once(visitors: list[Visitor], questions: int) -> Tally:
    """Have all ask this many questions, one after another, beginning together.

    Each question has an answer of its own for each visitor; every other one is put to all that the visitor has.
    """
    tally, lock, start = Tally(), threading.Lock(), threading.Barrier(len(visitors))

    def ask(number: int) -> None:
        start.wait()
        for turn in range(questions):
            is_boat = turn % 2 == 0
            question = "When was the red boat sold?" if is_boat else "When did the bakery burn down?"
            year = str(FIRST + number + (0 if is_boat else 200))
            begun = time.perf_counter()
            try:
                html = visitors[number].ask(question, [1] if turn % 4 < 2 else [])
            except BusyError:
                with lock:
                    tally.refused += 1
                continue
            took = time.perf_counter() - begun
            words = re.search(r'<p class="ans[^"]*">(.*?)</p>', html)
            with lock:
                tally.times.append(took)
                if words and words[1] == year:
                    tally.right += 1
                else:
                    tally.wrong.append(f"visitor {number}, {question} {year} expected: {words[1] if words else html}")

    with ThreadPoolExecutor(len(visitors)) as pool:
        list(pool.map(ask, range(len(visitors))))
    return tally
