"""Prints how a trained reader does on the development sets: python -m training.evaluate WORK FOLDER.

Takes WORK/model, or without WORK (a dash) the weights that the program comes with; so the loss of
storing them small can be seen. The figures are those of `make bench`, fewer and sooner.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from benchmarks.quality import area, by_program, tally
from benchmarks.questions import TUNING, Memory, load, load_written
from qa.encoder import SentenceEncoder
from qa.span_reader import SpanReader

SETS = ("dev-squad2", "dev-xquad-en")
READ = {"paragraph": 1, "whole": None}
"""How much of an article is one text: so many paragraphs."""


def main(model: Path | None, folder: Path) -> None:
    """Print a row for each set, as whole texts and with the paragraph given."""
    encoder, reader = Memory(SentenceEncoder()), SpanReader(model)
    print("| set | read | right sentence first | F1 | exact | area under ROC, adversarial |")
    print("| --- | --- | --- | --- | --- | --- |")
    sets = [(name, read, load(folder, f"{name}.json", size)) for name in SETS for read, size in READ.items()]
    for name, read, articles in [("interviews-tuning", "whole", load_written(TUNING)), *sets]:
        ways = {"reader": lambda article: by_program(article, encoder, reader)}
        t = tally(articles, ways, foreign=False)["reader"]
        shares = " | ".join(f"{np.mean(values):.1%}" for values in (t.first, t.f1, t.exact))
        print(f"| {name} | {read} | {shares} | {area(t.own, t.adversarial):.3f} |", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Judges SpanReader on the development sets.")
    parser.add_argument(
        "work", type=Path, help="the folder that training.train wrote into, or - for the shipped weights"
    )
    parser.add_argument("folder", type=Path, help="the folder of question sets")
    arguments = parser.parse_args()
    shipped = str(arguments.work) == "-"
    main(None if shipped else arguments.work / "model", arguments.folder)
