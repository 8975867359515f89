"""The shapes of an answer as JSON: what the command line prints and the HTTP endpoint returns."""

# no `from __future__ import annotations`: the endpoint's documentation is made from the types themselves
from typing import Literal, TypedDict

Kind = Literal["answer", "overview", "remark"]


class SentenceRecord(TypedDict):
    """A sentence and its place."""

    text: str
    start: int
    end: int
    index: int
    paragraph: int
    speaker: str | None
    time: float | None
    page: int | None
    place: str


class PassageRecord(TypedDict):
    """A passage."""

    text: str
    start: int
    end: int


class CandidateRecord(TypedDict):
    """A possible answer."""

    text: str
    start: int
    end: int
    sentence: SentenceRecord
    passage: PassageRecord
    cosine: float
    confidence: float
    number: int
    title: str


class AnswerRecord(TypedDict):
    """An answer; where `answered` is false, `text` to `title` are null."""

    question: str
    understood: str | None
    kind: Kind
    remark: str | None
    topic: str | None
    answered: bool
    text: str | None
    start: int | None
    end: int | None
    sentence: SentenceRecord | None
    passage: PassageRecord | None
    number: int | None
    title: str | None
    confidence: float
    candidates: list[CandidateRecord]
    also: list[CandidateRecord]
