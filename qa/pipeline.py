"""A question goes in, an Answer comes out: the one place that joins the stages."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING

from qa.cache import Cache, default_folder
from qa.datatypes import Answer, Candidate, Hit, Span
from qa.embedding import embed
from qa.encoder import Encoder, SentenceEncoder
from qa.errors import QuestionError
from qa.index import Index, nearest
from qa.interview import Interview
from qa.reader import Prepares, Reader
from qa.span_reader import SpanReader
from qa.surrogates import without_surrogates

if TYPE_CHECKING:
    from qa.datatypes import Vectors

LONGEST_QUESTION = 500
"""Characters."""
THRESHOLD = 0.35
"""The least confidence at which an answer is shown; chosen by benchmarks/calibrate.py."""


class Pipeline:
    """Answers questions about an interview, or about several as if they were one.

    Nothing is loaded until the first question, or until `prepare`. `top_k` is how many passages are
    read for a question, `candidates` how many of the best are kept, `threshold` the least confidence at
    which the best is the answer. What is embedded is kept in `cache`, by default in the user's own
    cache folder, and not embedded again at the next start. Safe to share among threads.
    """

    def __init__(
        self,
        interview: Interview | Sequence[Interview],
        encoder: Encoder | None = None,
        reader: Reader | None = None,
        *,
        top_k: int = 40,
        candidates: int = 5,
        threshold: float = THRESHOLD,
        cache: Cache | None = None,
    ) -> None:
        if top_k < 1 or candidates < 1:
            raise ValueError(f"both must be at least 1: {top_k=}, {candidates=}")
        self.interviews = (interview,) if isinstance(interview, Interview) else tuple(interview)
        if not self.interviews:
            raise ValueError("there must be at least one interview")
        self.encoder = encoder or SentenceEncoder()
        self.reader = reader or SpanReader()
        self.top_k = top_k
        self.candidates = candidates
        self.threshold = threshold
        self.cache = cache or Cache(default_folder())
        self._passages: list[Index] = []
        self._sentences: list[Vectors] = []
        self._preparing = threading.Lock()

    @property
    def interview(self) -> Interview:
        """The interview, or the first of several."""
        return self.interviews[0]

    def prepare(self, progress: Callable[[float], object] = lambda _: None) -> None:
        """Load the models and embed what is not in the cache, unless that was done; `answer` does so by itself.

        `progress` is called with the share that is done, from 0 to 1.
        """
        with self._preparing:
            if not self.ready:
                embedded = embed(self.interviews, self.encoder, self.cache, progress)
                if isinstance(self.reader, Prepares):
                    self.reader.prepare()
                self._sentences = [e.sentences for e in embedded]
                self._passages = [Index(e.passages) for e in embedded]
            progress(1.0)

    @staticmethod
    def check(question: str) -> str:
        """The question as it will be asked, without white space at its ends.

        Raises QuestionError for a question without words or of more than LONGEST_QUESTION characters.
        """
        if not isinstance(question, str):
            raise QuestionError(f"The question must be text, not {type(question).__name__}.")
        asked = without_surrogates(question.strip())
        if not any(map(str.isalnum, asked)):
            problem = "holds no words" if asked else "is empty"
            raise QuestionError(f"The question {problem}. Type in a few words what you want to know.")
        if len(asked) > LONGEST_QUESTION:
            size = f"{len(asked):,} characters, and {LONGEST_QUESTION} is the most"
            raise QuestionError(f"The question has {size}. Ask it in fewer words.")
        return asked

    @property
    def ready(self) -> bool:
        """Whether a question would be answered without a wait."""
        return bool(self._passages)

    def answer(
        self,
        question: str,
        history: Sequence[str] = (),  # noqa: ARG002 (see below)
        among: Collection[int] | None = None,
    ) -> Answer:
        """The interviews' answer; false where they have none.

        `history` holds the questions before this one. Each question is still read on its own. `among`
        are the numbers of the interviews to ask, from 0; without it all.

        Raises QuestionError as `check` does, IndexError for a number that no interview has.
        """
        asked = self.check(question)
        spans = self.reader.read(asked, self.nearest(asked, among))
        candidates = tuple(self._candidate(span) for span in spans[: self.candidates])
        confidence = candidates[0].confidence if candidates else 0.0
        return Answer(asked, confidence, candidates, bool(candidates) and confidence >= self.threshold)

    def cosines(self, question: str, number: int = 0) -> Vectors:
        """The cosine of a question and each sentence of an interview: shape (sentences,), in [-1, 1]."""
        self.prepare()
        (query,) = self.encoder.encode([self.check(question)])
        return self._sentences[number] @ query

    def nearest(self, question: str, among: Collection[int] | None = None) -> list[Hit]:
        """The passages nearest to a question, nearest first: what the reader reads."""
        self.prepare()
        (query,) = self.encoder.encode([question])
        numbers = range(len(self.interviews)) if among is None else sorted(set(among))
        return [
            self._hit(number, row, cosine, query)
            for number, row, cosine in nearest(self._passages, numbers, query, self.top_k)
        ]

    def _hit(self, number: int, row: int, cosine: float, query: Vectors) -> Hit:
        passage = self.interviews[number].passages[row]
        rows = slice(passage.sentences[0].index, passage.sentences[-1].index + 1)
        return Hit(passage, cosine, tuple((self._sentences[number][rows] @ query).tolist()), number)

    def _candidate(self, span: Span) -> Candidate:
        number, interview = span.hit.number, self.interviews[span.hit.number]
        return Candidate(
            interview.text[span.start : span.end],
            span.start,
            span.end,
            span.sentence,
            span.hit.passage,
            span.hit.cosine,
            span.confidence,
            number,
            interview.title,
        )
