"""The values that pass between the stages. All are frozen, and all offsets count characters of the interview's text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.records import AnswerRecord, CandidateRecord, Kind, PassageRecord, SentenceRecord

if TYPE_CHECKING:  # numpy takes half of the time of `import qa`; it is imported where it is first used
    import numpy as np
    import numpy.typing as npt

    Vectors = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: `interview.text[start:end] == text`."""

    text: str
    start: int
    end: int
    index: int
    """Which sentence of the interview this is, from 0."""
    paragraph: int
    """Which paragraph it stands in, from 0."""
    speaker: str | None = None
    time: float | None = None
    """Seconds from the start of the recording."""
    page: int | None = None
    """Of the document that it was read from, from 1."""

    @property
    def place(self) -> str:
        """Where it stands, for people: «Anna Berg, 12:31, page 2, paragraph 4, sentence 9»."""
        parts = [self.speaker or "", "" if self.time is None else clock(self.time)]
        parts += ["" if self.page is None else f"page {self.page}"]
        parts += [f"paragraph {self.paragraph + 1}", f"sentence {self.index + 1}"]
        return ", ".join(filter(None, parts))

    def to_dict(self) -> SentenceRecord:
        """Its fields and its place, ready for JSON."""
        return {
            "text": self.text,
            "start": self.start,
            "end": self.end,
            "index": self.index,
            "paragraph": self.paragraph,
            "speaker": self.speaker,
            "time": self.time,
            "page": self.page,
            "place": self.place,
        }


@dataclass(frozen=True, slots=True)
class Passage:
    """A few neighbouring sentences, read together: `interview.text[start:end] == text`."""

    text: str
    start: int
    end: int
    sentences: tuple[Sentence, ...]
    question: tuple[Sentence, ...] = ()
    """What another speaker asked, to which this replies; it may stand in the passage or before it."""

    @property
    def context(self) -> tuple[Sentence, ...]:
        """The sentences to understand it by: its own, and in front of them the question that is not among them."""
        before = tuple(s for s in self.question if s.index < self.sentences[0].index)
        return before + self.sentences

    def to_dict(self) -> PassageRecord:
        """Its text and offsets, ready for JSON."""
        return {"text": self.text, "start": self.start, "end": self.end}


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that the index found near a question, with what the reader needs to judge it."""

    passage: Passage
    cosine: float
    """Cosine of question and passage, in [-1, 1]."""
    sentence_cosines: tuple[float, ...]
    """Cosine of question and each sentence of the passage, in the order of `passage.sentences`."""
    number: int = 0
    """Which of the pipeline's interviews the passage is from, from 0."""
    known: tuple[int, int] | None = None
    """Where words stand that answered the question before, and do not answer this one."""


@dataclass(frozen=True, slots=True)
class Span:
    """What a reader proposes as an answer: characters `start` to `end` of the interview, inside one sentence."""

    start: int
    end: int
    sentence: Sentence
    hit: Hit
    confidence: float
    """Calibrated probability in [0, 1] that this span answers the question."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible answer, its place, and how likely it is to be right."""

    text: str
    start: int
    end: int
    sentence: Sentence
    passage: Passage
    cosine: float
    """Cosine of question and passage, in [-1, 1]."""
    confidence: float
    number: int = 0
    """Which of the pipeline's interviews it is from, from 0."""
    title: str = ""
    """That interview's title."""

    def to_dict(self) -> CandidateRecord:
        """Its fields, ready for JSON."""
        return {
            "text": self.text,
            "start": self.start,
            "end": self.end,
            "sentence": self.sentence.to_dict(),
            "passage": self.passage.to_dict(),
            "cosine": self.cosine,
            "confidence": self.confidence,
            "number": self.number,
            "title": self.title,
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """The interview's answer to a question, or the word that it has none: then it is false and `text` is None.

    An "overview" answers what the interview is about, or what it says of a matter, its `topic`: its candidates are
    whole sentences, and `text` is the first of them. A "remark" is the program's own reply to what asks nothing,
    such as a greeting, or who speaks.
    """

    question: str
    confidence: float
    """Calibrated probability in [0, 1] that the best candidate is right; 0 where there is none, 1 of an overview."""
    candidates: tuple[Candidate, ...]
    """Best first, whether or not the best is good enough to be the answer; of an overview in the text's order."""
    answered: bool
    also: tuple[Candidate, ...] = ()
    """Those after the best that answer, too."""
    kind: Kind = "answer"
    understood: str | None = None
    """The question as it was understood from those before it, and spelt; None where it was asked as it stands."""
    remark: str | None = None
    """What the program itself says to a greeting and the like; never a quote."""
    topic: str | None = None
    """What an overview is of, as the question names it; None where it is of the whole."""

    def __bool__(self) -> bool:
        return self.answered

    @property
    def unsure(self) -> bool:
        """Whether it is an answer that is less likely to be right than not."""
        return self.answered and self.kind == "answer" and self.confidence < 0.5

    @property
    def headline(self) -> str:
        """What an overview is of, as a line to stand above its sentences."""
        return f"What is said of “{self.topic}”" if self.topic else "What it is about, in its own words"

    @property
    def _best(self) -> Candidate | None:
        return self.candidates[0] if self.answered else None

    @property
    def text(self) -> str | None:
        """The answer, word for word."""
        return self._best.text if self._best else None

    @property
    def start(self) -> int | None:
        """Where the answer begins in the interview's text."""
        return self._best.start if self._best else None

    @property
    def end(self) -> int | None:
        """Where it ends."""
        return self._best.end if self._best else None

    @property
    def sentence(self) -> Sentence | None:
        """The sentence that the answer lies in."""
        return self._best.sentence if self._best else None

    @property
    def passage(self) -> Passage | None:
        """What stands around the answer."""
        return self._best.passage if self._best else None

    @property
    def number(self) -> int | None:
        """Which of the pipeline's interviews it is from, from 0."""
        return self._best.number if self._best else None

    @property
    def title(self) -> str | None:
        """The title of the interview that it is from."""
        return self._best.title if self._best else None

    def to_dict(self) -> AnswerRecord:
        """The whole answer, ready for JSON; what is the best candidate's is None without one."""
        candidates = [candidate.to_dict() for candidate in self.candidates]
        best = candidates[0] if self.answered else None
        return {
            "question": self.question,
            "understood": self.understood,
            "kind": self.kind,
            "remark": self.remark,
            "topic": self.topic,
            "answered": self.answered,
            "text": best and best["text"],
            "start": best and best["start"],
            "end": best and best["end"],
            "sentence": best and best["sentence"],
            "passage": best and best["passage"],
            "number": best and best["number"],
            "title": best and best["title"],
            "confidence": self.confidence,
            "candidates": candidates,
            "also": [candidate.to_dict() for candidate in self.also],
        }


def spoken(sentences: Iterable[Sentence]) -> str:
    """The sentences as one text to be read by a model: where the speaker changes, the name stands in front.

    >>> spoken([Sentence("You stayed?", 0, 11, 0, 0, "Q"), Sentence("Yes.", 12, 16, 1, 1, "Anna")])
    'Q: You stayed? Anna: Yes.'
    """
    parts, speaker = [], None
    for sentence in sentences:
        is_new = sentence.speaker and sentence.speaker != speaker
        parts.append(f"{sentence.speaker}: {sentence.text}" if is_new else sentence.text)
        speaker = sentence.speaker
    return " ".join(parts)


def clock(seconds: float) -> str:
    """Minutes and seconds, with hours where there are some.

    >>> clock(751.4), clock(3600)
    ('12:31', '1:00:00')
    """
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"
