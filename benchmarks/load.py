"""Prints how the page serves many at once: python -m benchmarks.load [VISITORS] [QUESTIONS].

Each visitor has a session of their own, in which they open an interview that no one else has, and then all
ask at once. The server's memory is measured with nobody there, at the most, and after all have left; what a
visit leaves behind goes at once here, as by a variable of Gradio's for its own tests, and else within the hour.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

from tests.crowd import ask_at_once, crowd
from tests.servers import serving

VISITORS = 50
QUESTIONS = 2
MOST = 60
"""Visitors; of more, the queue would refuse some."""


class Memory:
    """The memory of a process in MB, as long as it is watched; Linux tells it."""

    def __init__(self, pid: int) -> None:
        self.status = Path(f"/proc/{pid}/status")
        self.peak = 0.0
        self._over = threading.Event()
        self._watch = threading.Thread(target=self._run, daemon=True)
        self._watch.start()

    def now(self) -> float:
        """What it has at the moment; 0 where the system does not tell."""
        if not self.status.exists():
            return 0.0
        lines = self.status.read_text().splitlines()
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))

    def stop(self) -> None:
        """Watch no more."""
        self._over.set()
        self._watch.join()

    def _run(self) -> None:
        while not self._over.wait(0.05):
            self.peak = max(self.peak, self.now())


def main(visitors: int, questions: int) -> int:
    """Serve the page, send the crowd, and print the figures; returns the exit status."""
    with (
        tempfile.TemporaryDirectory() as scratch,
        serving(Path(scratch), warm=False, environment={"GRADIO_IS_E2E_TEST": "1"}) as server,
    ):
        with crowd(server.url, 1) as alone:
            ask_at_once(alone, 2)  # what is loaded at the first question is no one's
        memory = Memory(server.process.pid)
        time.sleep(3)
        before = memory.now()
        for turn in (1, 2):
            start = time.perf_counter()
            with crowd(server.url, visitors) as present:
                opened = time.perf_counter() - start
                start = time.perf_counter()
                tally = ask_at_once(present, questions)
                asked = time.perf_counter() - start
            time.sleep(5)
            times = sorted(tally.times)
            print(f"Crowd {turn}: {visitors} visitors, {questions} questions each")
            print(f"  each had opened an interview after {opened:.1f} s; all was answered {asked:.1f} s after that")
            print(f"  answered rightly {tally.right}, told to try again {tally.refused}, wrong {len(tally.wrong)}")
            print(f"  an answer took {statistics.median(times):.2f} s in the middle, {times[-1]:.2f} s at most")
            print(f"  memory: {before:.0f} MB before, {memory.peak:.0f} at the peak, {memory.now():.0f} after")
            for wrong in tally.wrong[:5]:
                print(f"  {wrong}")
        memory.stop()
    return 1 if tally.wrong else 0


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:3]]
    count, each = (*given, *(VISITORS, QUESTIONS)[len(given) :])
    sys.exit(main(min(count, MOST), each))
