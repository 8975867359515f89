"""A question goes in, an Answer comes out: the one place that joins the stages."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from qa.datatypes import Answer, Candidate, Hit, Passage, Span
from qa.encoder import Encoder, SentenceEncoder
from qa.errors import QuestionError
from qa.index import Index
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
_BATCH = 256  # texts; progress is told after each


class Pipeline:
    """Answers questions about one interview.

    Nothing is loaded until the first question, or until `prepare`. `passages` are the interview's
    own unless others are given (see qa.passages.make_passages); `top_k` is how many passages
    are read for a question, `candidates` how many of the best are kept, `threshold` the least
    confidence at which the best is the answer. Safe to share among threads.
    """

    def __init__(
        self,
        interview: Interview,
        encoder: Encoder | None = None,
        reader: Reader | None = None,
        *,
        passages: Sequence[Passage] | None = None,
        top_k: int = 40,
        candidates: int = 5,
        threshold: float = THRESHOLD,
    ) -> None:
        if top_k < 1 or candidates < 1:
            raise ValueError(f"both must be at least 1: {top_k=}, {candidates=}")
        self.interview = interview
        self.passages = interview.passages if passages is None else tuple(passages)
        self.encoder = encoder or SentenceEncoder()
        self.reader = reader or SpanReader()
        self.top_k = top_k
        self.candidates = candidates
        self.threshold = threshold
        self._indexes: tuple[Index, Index] | None = None
        self._preparing = threading.Lock()

    def prepare(self, progress: Callable[[float], object] = lambda _: None) -> None:
        """Load the model and embed the interview, unless that was done; `answer` does so by itself.

        `progress` is called with the share that is done, from 0 to 1.
        """
        import numpy as np

        with self._preparing:
            if self._indexes is None:
                texts = [p.text for p in self.passages] + [s.text for s in self.interview.sentences]
                vectors: list[Vectors] = []
                for start in range(0, len(texts), _BATCH):
                    progress(start / len(texts))
                    vectors.append(self.encoder.encode(texts[start : start + _BATCH]))
                stacked = np.concatenate(vectors)
                split = len(self.passages)
                if isinstance(self.reader, Prepares):
                    self.reader.prepare()
                self._indexes = Index(stacked[:split]), Index(stacked[split:])
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
        return self._indexes is not None

    def answer(self, question: str, history: Sequence[str] = ()) -> Answer:  # noqa: ARG002 (see below)
        """The interview's answer; false where it has none.

        `history` holds the questions before this one. Each question is still read on its own.

        Raises QuestionError as `check` does.
        """
        asked = self.check(question)
        spans = self.reader.read(asked, self.nearest(asked))
        candidates = tuple(self._candidate(span) for span in spans[: self.candidates])
        confidence = candidates[0].confidence if candidates else 0.0
        return Answer(asked, confidence, candidates, bool(candidates) and confidence >= self.threshold)

    def nearest(self, question: str) -> list[Hit]:
        """The passages nearest to a question, nearest first: what the reader reads."""
        self.prepare()
        assert self._indexes is not None
        passages, sentences = self._indexes
        (query,) = self.encoder.encode([question])
        cosines = sentences.cosines(query)
        return [
            Hit(passage, cosine, tuple(float(cosines[s.index]) for s in passage.sentences))
            for row, cosine in passages.nearest(query, self.top_k)
            for passage in [self.passages[row]]
        ]

    def _candidate(self, span: Span) -> Candidate:
        text = self.interview.text[span.start : span.end]
        passage, cosine = span.hit.passage, span.hit.cosine
        return Candidate(text, span.start, span.end, span.sentence, passage, cosine, span.confidence)
