"""What one visitor has open. It is in no one else's sight, on no disk, and goes with the visit."""

from __future__ import annotations

import threading
import time
from collections import Counter, deque
from collections.abc import Iterator, Sequence

from qa import Answer, FileError, Interview, Sentence
from web.keep import MOST_KEPT, Asked
from web.loading import Loading
from web.memory import Memory

MOST = 20_000_000
"""Characters that one visitor can have open."""
LONG = 80
"""Sentences; an interview of so many is shown with what it is about."""
LONGEST = 600
"""Seconds; files that have not come by then are not waited for."""
SOON = 2
"""Seconds that the word of files on their way may take."""
KEPT = 200
"""Answers of a conversation, the last ones."""
FULL = "There is no room for more in this visit. Reload the page to begin anew, and open this file then."


class Visit:
    """The interviews that the server started with, and after them those that this visitor opened.

    Models are shared by all visits, and so are the vectors of what the server started with.
    """

    def __init__(self, start: Loading) -> None:
        self.loading = start
        self.lots = 0
        """So many lots of files have set out."""
        self.opened: list[tuple[int, ...]] = []
        """The numbers of what was opened, a lot each."""
        self.failures: list[str] = []
        """What went wrong with files, until the visitor has read it."""
        self.answers: deque[Answer] = deque(maxlen=KEPT)
        """The conversation, until it is cleared."""
        self.cleared = 0
        """So many conversations were cleared."""
        self.asked: list[Asked] = []
        """What the browser may keep of it."""
        self.shown = 0
        """The number of the interview that is looked at."""
        self.reading = threading.Lock()
        """Held while a lot is read."""
        self._start = start
        self._vectors = Memory(start.pipeline.cache, keeps_behind=False)
        self._lock = threading.Lock()

    def __deepcopy__(self, memo: object) -> Visit:
        """Every visitor begins with a copy that has nothing opened; gradio makes it."""
        return Visit(self._start)

    @property
    def interviews(self) -> Sequence[Interview]:
        """All that this visitor can ask; what is opened comes last, so that numbers stay."""
        return self.loading.pipeline.interviews

    @property
    def names(self) -> list[str]:
        """A name for each interview: its title, and from the second of the same title on a number."""
        seen: Counter[str] = Counter()
        names = []
        for interview in self.interviews:
            seen[interview.title] += 1
            count = seen[interview.title]
            names.append(f"{interview.title} ({count})" if count > 1 else interview.title)
        return names

    def gist(self, number: int) -> Sequence[Sentence]:
        """What a long interview is about, once its vectors are there."""
        pipeline = self.loading.pipeline
        is_long = len(pipeline.interviews[number].sentences) >= LONG
        return pipeline.overview(number) if is_long and pipeline.ready else ()

    @property
    def history(self) -> list[str]:
        """What was asked, as it was understood."""
        return [answer.understood or answer.question for answer in self.answers]

    @property
    def question(self) -> str | None:
        """The last question, as it was understood; None without one, and where it was a greeting and the like."""
        return self.history[-1] if self.answers and self.answers[-1].kind != "remark" else None

    @property
    def started(self) -> int:
        """So many interviews the server started with; those after them are this visitor's own."""
        return len(self._start.pipeline.interviews)

    @property
    def newest(self) -> int:
        """The number of what was opened last, of a lot the first; where nothing was, of the first of all."""
        return next((lot[0] for lot in reversed(self.opened) if lot), 0)

    def note(self, question: str, among: Sequence[int], answer: Answer, *, alone: bool = False) -> None:
        """A question was answered; `alone` tells that those before it did not count.

        Once this visitor opened something, the browser keeps nothing more: what is opened is forgotten
        with the visit, and so is what was asked from then on.
        """
        self.answers.append(answer)
        self.shown = self.shown if answer.number is None else answer.number
        if len(self.interviews) == self.started:
            self.asked = [*self.asked, Asked(question, tuple(among), alone)][-MOST_KEPT:]

    def look_ahead(self, number: int) -> None:
        """Have questions at hand that lead on, the next time that an interview answers which all visitors share."""
        if self.loading is self._start:
            self._start.look_ahead(number)

    def forget(self) -> None:
        """The conversation is cleared."""
        self.cleared += 1
        self.answers.clear()
        self.asked = []

    def add(self, found: Sequence[tuple[str, Interview]]) -> list[int]:
        """Open these, each the interview of a file of that name; returns their numbers.

        What is open already is not opened twice. What there is no room for is told among the failures.
        """
        with self._lock:
            pipeline = self.loading.pipeline
            interviews = list(pipeline.interviews)
            first = len(self._start.pipeline.interviews)
            numbers: dict[int, None] = {}
            for name, interview in found:
                if interview not in interviews:
                    if sum(len(i.text) for i in [*interviews[first:], interview]) > MOST:
                        self.failures.append(str(FileError(name, FULL)))
                        continue
                    interviews.append(interview)
                numbers[interviews.index(interview)] = None
            if len(interviews) > len(pipeline.interviews):
                more = pipeline.extended(interviews[len(pipeline.interviews) :], self._vectors)
                self.loading = Loading(more, before=self.loading)
            self.opened.append(tuple(numbers))
            return list(numbers)

    def expect(self) -> None:
        """A lot of files sets out."""
        with self._lock:
            self.lots += 1

    def catch_up(self, lots: int) -> None:
        """Wait a moment until so many lots have set out: a question may overtake the word of it."""
        given_up = time.monotonic() + SOON
        while self.lots < lots and time.monotonic() < given_up:
            time.sleep(0.05)

    def arriving(self, lots: int, longest: float | None = None) -> Iterator[None]:
        """Again and again, until so many lots have arrived, for `longest` seconds or LONGEST at most."""
        given_up = time.monotonic() + (LONGEST if longest is None else longest)
        while len(self.opened) < lots and time.monotonic() < given_up:
            yield
            time.sleep(0.25)

    def give_up(self) -> None:
        """What has not arrived by now is not waited for again."""
        self.lots = len(self.opened)
