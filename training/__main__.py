"""Trains the reader from nothing and writes its weights: python -m training FOLDER_OF_QUESTION_SETS WORK.

Each stage begins with what the one before ended with, and is trained several times, in branches that differ in their
rows or the order of these; the average of the branches is what the stage ends with. Called again, it goes on where it
was interrupted.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

from training import prepare, train, whole
from training.export import average, export

BRANCHES = 4


@dataclass(frozen=True)
class Stage:
    """What is learnt, how fast, and for how long."""

    course: str
    rate: float
    steps: int = train.Settings.steps
    branches: int = BRANCHES


STAGES = (
    Stage("answering", 3e-4),
    Stage("doubting", 2.5e-4),
    Stage("doubting", 2e-4),
    Stage("doubting", 1.5e-4, steps=1000),
    Stage("whole", 1e-4, steps=280, branches=2),
)


def main(folder: Path, work: Path) -> Path:
    """Train as far as it has not been done; the folder of the last model."""
    begin = ""
    for number, stage in enumerate(STAGES):
        ended = work / f"stage-{number}"
        branches = [ended / f"branch-{branch}" for branch in range(1, stage.branches + 1)]
        for branch, place in enumerate(branches):
            if (place / "model").exists() or (ended / "model").exists():
                continue
            seed = (number + branch) % BRANCHES + 1 if stage.course == "doubting" else 0
            rows = work / f"{stage.course}-{seed}"
            if not (rows / "rows.jsonl").exists():
                _write_rows(stage.course, folder, rows, seed)
            print(f"{place}: {stage.course}")
            settings = train.Settings(stage.steps, rate=stage.rate, seed=10 * number + branch + 1, begin=begin)
            train.main(rows, place, settings)
        if not (ended / "model").exists():
            average(branches, ended)
        begin = str(ended / "model")
    return ended


def _write_rows(course: str, folder: Path, rows: Path, seed: int) -> None:
    if course == "whole":
        whole.main(folder, rows)
    else:
        prepare.main(folder, rows, prepare.COURSES[course], seed)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Trains SpanReader from nothing.")
    parser.add_argument("folder", type=Path, help="the folder of question sets")
    parser.add_argument("work", type=Path, help="the folder to work in")
    arguments = parser.parse_args()
    size = export(main(arguments.folder, arguments.work))
    print(f"The weights take {size / 1e6:.2f} MB.")
