"""Ask an interview a question in plain words; get the answer in the interview's own words, or be told that it has none.

import qa

answer = qa.answer("Who is interviewed?")      # the bundled interview
pipeline = qa.Pipeline(qa.Interview.from_file("talk.txt"))
answer = pipeline.answer("What surprised her most?")
if answer:
    print(answer.text, answer.sentence.place, answer.confidence)
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from qa.cache import Cache
from qa.citation import cite
from qa.conversation import export
from qa.datatypes import Answer, Candidate, Hit, Passage, Sentence, Span, clock
from qa.encoder import Encoder, SentenceEncoder
from qa.errors import EmptyInterviewError, FileError, InterviewError, ModelError, PackageError, QuestionError
from qa.folder import read_interviews
from qa.formats import EXTENSIONS, MAX_BYTES
from qa.interview import Interview
from qa.pipeline import Pipeline
from qa.reader import Reader, SentenceReader
from qa.span_reader import SpanReader

__all__ = [
    "EXTENSIONS",
    "MAX_BYTES",
    "Answer",
    "Cache",
    "Candidate",
    "EmptyInterviewError",
    "Encoder",
    "FileError",
    "Hit",
    "Interview",
    "InterviewError",
    "ModelError",
    "PackageError",
    "Passage",
    "Pipeline",
    "QuestionError",
    "Reader",
    "Sentence",
    "SentenceEncoder",
    "SentenceReader",
    "Span",
    "SpanReader",
    "answer",
    "bundled_interview",
    "cite",
    "clock",
    "export",
    "read_interviews",
]

_PACKAGE = Path(__file__).parent
# a wheel carries the corpus inside the package; a checkout has it beside the package
_CORPUS = next(path for path in (_PACKAGE / "corpus", _PACKAGE.parent / "corpus") if path.is_dir())


def answer(question: str, history: Sequence[str | Answer] = ()) -> Answer:
    """The bundled interview's answer to a question; see Pipeline.answer."""
    return _bundled_pipeline().answer(question, history)


def bundled_interview() -> Interview:
    """The interview that comes with the program."""
    return _bundled_pipeline().interview


@lru_cache(maxsize=1)
def _bundled_pipeline() -> Pipeline:
    return Pipeline(Interview.from_file(_CORPUS / "interview.txt"))
