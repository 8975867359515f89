"""Prints how a trained reader does on the development sets: python -m training.evaluate WORK FOLDER.

Takes WORK/model, or without WORK (a dash) the weights that the program comes with; so the loss of
storing them small can be seen. The figures are those of `make bench`, fewer and sooner. Those of each
set are kept in WORK/figures.part as they are made; called again, it goes on from there. At the end
they are WORK/figures.jsonl.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import TypedDict

import numpy as np

from benchmarks.quality import area, by_program, tally
from benchmarks.questions import TUNING, Article, Memory, load, load_written
from qa.encoder import Encoder, SentenceEncoder
from qa.reader import Reader
from qa.span_reader import SpanReader

SETS = ("dev-squad2", "dev-xquad-en")
READ = {"paragraph": 1, "whole": None}
"""How much of an article is one text: so many paragraphs."""


class Figures(TypedDict):
    """How a reader does on one set."""

    first: float
    """The share of questions for which the right sentence comes first."""
    f1: float
    exact: float
    area: float
    """Under the ROC curve, own against adversarial questions; nan without these."""


def main(work: Path | None, folder: Path) -> None:
    """Print a row for each set, as whole texts and with the paragraph given."""
    model = work and work / "model"
    encoder, reader = Memory(SentenceEncoder()), SpanReader(model)
    part = work and work / "figures.part"
    weights = sha256((model / "model.safetensors").read_bytes()).hexdigest() if model else ""
    done = _kept(part, weights) if part and part.exists() else {}
    print("| set | read | right sentence first | F1 | exact | area under ROC, adversarial |")
    print("| --- | --- | --- | --- | --- | --- |")
    sets = [(name, read, load(folder, f"{name}.json", size)) for name in SETS for read, size in READ.items()]
    for name, read, articles in [("interviews-tuning", "whole", load_written(TUNING)), *sets]:
        figures = done.get((name, read))
        if not figures:
            figures = measured(articles, encoder, reader)
            if part:
                with part.open("a", encoding="utf-8") as file:
                    file.write(json.dumps({"weights": weights, "set": name, "read": read, **figures}) + "\n")
        shares = " | ".join(f"{share:.1%}" for share in (figures["first"], figures["f1"], figures["exact"]))
        print(f"| {name} | {read} | {shares} | {figures['area']:.3f} |", flush=True)
    if part:
        part.replace(part.with_suffix(".jsonl"))


def measured(articles: Sequence[Article], encoder: Encoder, reader: Reader) -> Figures:
    """The figures of a set whose articles are each one text."""
    ways = {"reader": lambda article: by_program(article, encoder, reader)}
    t = tally(articles, ways, foreign=False)["reader"]
    first, f1, exact = (float(np.mean(values)) for values in (t.first, t.f1, t.exact))
    return {"first": first, "f1": f1, "exact": exact, "area": area(t.own, t.adversarial)}


def _kept(part: Path, weights: str) -> dict[tuple[str, str], Figures]:
    """What is known of the reader with these weights, by set and how it was read."""
    entries = [json.loads(line) for line in part.read_text(encoding="utf-8").splitlines()]
    return {(entry["set"], entry["read"]): entry for entry in entries if entry["weights"] == weights}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Judges SpanReader on the development sets.")
    parser.add_argument(
        "work", type=Path, help="the folder that training.train wrote into, or - for the shipped weights"
    )
    parser.add_argument("folder", type=Path, help="the folder of question sets")
    arguments = parser.parse_args()
    main(None if str(arguments.work) == "-" else arguments.work, arguments.folder)
