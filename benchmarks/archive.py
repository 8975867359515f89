"""Prints what many interviews cost: python -m benchmarks.archive FOLDER_OF_QUESTION_SETS [INTERVIEWS].

The interviews are made of the training sets: a question, and as the reply the paragraph that it was asked
about, until there are about a hundred sentences. What is embedded is kept in build/archive, so that a run
that was interrupted goes on; each text is embedded once there, since a paragraph is in several interviews.
"""

from __future__ import annotations

import json
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from sentence_transformers import SentenceTransformer
from tqdm import tqdm

from benchmarks.questions import Memory
from qa import Cache, Interview, Pipeline, SentenceEncoder, SpanReader, read_interviews
from qa.runtime import best_device, folder_of, has_bfloat16

KEPT = Path("build/archive")
SENTENCES = 100
"""Of an interview, at least, as far as a full stop ends them."""
SAMPLE = 20
"""Interviews whose indexing is timed."""


def write_interviews(data: Path, folder: Path, count: int) -> list[Path]:
    """Files of transcripts with two speakers, made with a fixed seed; those that are there stay."""
    rng = random.Random(0)
    pairs = [
        (" ".join(entry["question"].split()), " ".join(paragraph["context"].split()))
        for path in sorted(data.glob("train-squadshifts-*.json"))
        for article in json.loads(path.read_text(encoding="utf-8"))["data"]
        for paragraph in article["paragraphs"]
        for entry in paragraph["qas"][:1]
    ]
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number in range(count):
        turns: list[str] = []
        while sum(turn.count(". ") + 1 for turn in turns) < SENTENCES:
            question, reply = rng.choice(pairs)
            turns += [f"Interviewer: {question}", f"Guest: {reply}"]
        path = folder / f"{number:04}.txt"
        if not path.exists():
            path.write_text("\n\n".join(turns), encoding="utf-8")
        paths.append(path)
    return paths


class Once(Memory):
    """Encodes each text once, and what is kept is kept as of its encoder."""

    def __init__(self) -> None:
        super().__init__(SentenceEncoder())

    @property
    def fingerprint(self) -> str:
        """As SentenceEncoder has it."""
        return SentenceEncoder().fingerprint


def keep(paths: Sequence[Path]) -> None:
    """Read and embed the interviews, and keep that."""
    cache = Cache(KEPT / "cache")
    interviews, _ = read_interviews(paths, cache=cache)
    with tqdm(total=100, unit="%", disable=None) as bar:
        Pipeline(interviews, Once(), cache=cache).prepare(lambda share: bar.update(round(100 * share) - bar.n))


def print_indexing(interviews: list[Interview]) -> None:
    """Sentences a second, beside plain loops of SentenceTransformer.encode over the same texts, and over sentences."""
    sentences = [s.text for interview in interviews for s in interview.sentences]
    texts = [text for interview in interviews for text in interview.to_embed()]
    encoder = SentenceEncoder()
    encoder.encode(["warm"])
    ours = _seconds(Pipeline(interviews, encoder, cache=Cache(None)).prepare)
    model = SentenceTransformer(folder_of(None), device=best_device(), local_files_only=True)

    def loop(these: list[str]) -> float:
        few = these[:: max(1, len(these) // 300)]
        return _seconds(lambda: [model.encode(text) for text in few]) / len(few) * len(these)

    kind = "bfloat16" if has_bfloat16(best_device()) else "float32"
    print(
        f"Indexed {len(sentences) / ours:.0f} sentences a second in {kind}, each with its passages; a plain loop of "
        f"SentenceTransformer.encode over the same {len(texts) / len(sentences):.1f} texts a sentence makes "
        f"{len(sentences) / loop(texts):.0f}, and {len(sentences) / loop(sentences):.0f} of sentences alone."
    )


def print_questions(interviews: list[Interview]) -> None:
    """A question's time as the archive grows."""
    encoder, reader = SentenceEncoder(), SpanReader()
    size = len(interviews)
    for count in dict.fromkeys([max(1, size // 100), max(1, size // 10), size]):
        pipeline = Pipeline(interviews[:count], encoder, reader, cache=Cache(KEPT / "cache"))
        pipeline.answer("Who came first?")
        spent = [
            _seconds(lambda n=n, asked=pipeline: asked.answer(f"Which one was number {n}?")) * 1000 for n in range(20)
        ]
        total = sum(len(i.sentences) for i in interviews[:count])
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{count} interviews, {total:,} sentences: a question takes {statistics.median(spent):.0f} ms; "
            f"memory at the peak so far {peak:.0f} MB.",
            flush=True,
        )


def print_start(paths: list[Path]) -> None:
    """From the start of a process to its first answer, with what was kept, beside one interview's."""
    code = (
        "import sys, qa; from pathlib import Path; cache = qa.Cache(Path(sys.argv[1])); "
        "found, _ = qa.read_interviews(sys.argv[2:], cache=cache); "
        "qa.Pipeline(found, cache=cache).answer('Who came first?')"
    )
    for count in (1, len(paths)):
        command = [sys.executable, "-c", code, str(KEPT / "cache"), *map(str, paths[:count])]
        starts = [_seconds(lambda c=command: subprocess.run(c, check=True)) for _ in range(3)]
        print(f"A start with {count} interviews, warm cache, to the first answer: {statistics.median(starts):.1f} s.")


def _seconds(do: Callable[[], object]) -> float:
    start = time.perf_counter()
    do()
    return time.perf_counter() - start


def main(data: Path, count: int) -> None:
    """Print every figure."""
    paths = write_interviews(data, KEPT / f"interviews-{count}", count)
    read = _seconds(lambda: read_interviews(paths, cache=Cache(None)))
    interviews, _ = read_interviews(paths, cache=Cache(KEPT / "cache"))
    total = sum(len(i.sentences) for i in interviews)
    print(f"{len(interviews)} interviews of {total:,} sentences, read and cut in {read:.1f} s.", flush=True)
    print_indexing(interviews[:SAMPLE])
    with ProcessPoolExecutor(1, get_context("spawn")) as apart:  # whose memory is not in the figures
        apart.submit(keep, paths).result()
    print_questions(interviews)
    del interviews  # a start has the memory to itself
    print_start(paths)


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit("usage: python -m benchmarks.archive FOLDER_OF_QUESTION_SETS [INTERVIEWS]")
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) == 3 else 1000)
