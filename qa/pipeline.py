"""A question goes in, an Answer comes out: the one place that joins the stages."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from qa.cache import Cache, default_folder
from qa.context import answer_after, asks_for_source, matter_after
from qa.datatypes import Answer, Candidate, Hit, Sentence, Span
from qa.embedding import embed
from qa.encoder import Encoder, SentenceEncoder
from qa.errors import QuestionError
from qa.index import Index, nearest
from qa.intent import (
    asks_who_it_is,
    asks_who_speaks,
    begins_one,
    cast,
    person_asked,
    remark,
    sorted_words,
    wants_overview,
    words_of,
)
from qa.interview import Interview
from qa.matter import ALWAYS, matter
from qa.overview import MOST, overview
from qa.question import check
from qa.reader import Prepares, Reader
from qa.span_reader import SpanReader
from qa.spelling import Spelling, is_same
from qa.suggestions import leading_on, suggestions
from qa.topic import naming, on_topic
from qa.turns import speakers

if TYPE_CHECKING:
    from qa.datatypes import Vectors

THRESHOLD = 0.40
"""The least confidence at which an answer is shown; chosen by benchmarks/calibrate.py."""
ALSO = 0.6
"""The least confidence at which a further answer is shown beside the best; it must be surer than a first."""
REMEMBERED = 4
"""Questions before one that count for how it is understood."""
RECENT = 64
"""Questions whose vector and reading are remembered."""


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
        self._suggested: dict[int, tuple[tuple[str, ...], Vectors]] = {}
        self._spelling = Spelling(lambda: _said(self.interviews))
        self._preparing = threading.Lock()
        self._suggesting = threading.Lock()
        self._read = lru_cache(maxsize=RECENT)(self._spans)  # a question is asked again as part of a history
        self._askers = lru_cache(maxsize=None)(lambda number: speakers(self.interviews[number].sentences)[0])
        self._vector = lru_cache(maxsize=RECENT)(self._embedded)  # and its picture drawn

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

    check = staticmethod(check)

    def extended(self, more: Sequence[Interview], cache: Cache) -> Pipeline:
        """One with the same parts that asks these interviews, too, after its own; what is known of those stays."""
        parts = {"top_k": self.top_k, "candidates": self.candidates}
        pipeline = Pipeline(
            [*self.interviews, *more], self.encoder, self.reader, **parts, threshold=self.threshold, cache=cache
        )
        pipeline._suggested = dict(self._suggested)
        pipeline._spelling = Spelling(lambda: _said(more), self._spelling)
        return pipeline

    @property
    def ready(self) -> bool:
        """Whether a question would be answered without a wait."""
        return bool(self._passages)

    def answer(
        self,
        question: str,
        history: Sequence[str | Answer] = (),
        among: Collection[int] | None = None,
        *,
        as_typed: bool = False,
    ) -> Answer:
        """The interviews' answer; false where they have none.

        `history` holds the questions before this one, as they were asked, or the answers that they got; one that
        leans on them, such as «and in Europe?», is answered as meant. A word that is misspelt is mended to one of the
        interviews, unless it is to be taken `as_typed`; see qa.spelling. `understood` tells both. `among` are the
        numbers of the interviews to ask, from 0; without it all.

        Raises QuestionError as `check` does, IndexError for a number that no interview has.
        """
        asked = self.check(question)
        if said := remark(asked, lambda letters: begins_one(self._words, letters)):
            return Answer(asked, 0.0, (), False, kind="remark", remark=said)
        if asks_who_speaks(asked) and (said := self._cast(self._numbers(among))):
            return Answer(asked, 0.0, (), False, kind="remark", remark=said)
        if wants_overview(asked):
            return self._overview(asked, among)
        meant = asked if as_typed else self._spelling.mended(asked)
        spelt = None if is_same(meant, asked) else meant
        before = self._before(history, among)
        about = matter(meant) if before is None else matter_after(meant, before, self._likeness)
        told = self._told_of(about.name, among) if about else None
        if about and told and about.least == ALWAYS:
            return replace(told, question=asked, understood=spelt)

        def ask(text: str, without: Answer | None = None) -> Answer:
            return self._alone(text, among, without)

        answer = ask(meant) if before is None else answer_after(meant, before, ask, self._likeness)
        if said := self._introduced(meant, answer, self._numbers(among)):
            return Answer(asked, 0.0, (), False, kind="remark", remark=said)
        if about and told and not (answer and answer.confidence >= about.least):
            answer = told
        return replace(answer, question=asked, understood=answer.understood or spelt)

    def overview(self, number: int = 0, most: int = MOST) -> tuple[Sentence, ...]:
        """The sentences of an interview that tell what it is about, in the text's order."""
        self.prepare()
        sentences = self.interviews[number].sentences
        return tuple(sentences[n] for n in overview(sentences, self._sentences[number], most))

    def suggestions(self, number: int = 0) -> tuple[str, ...]:
        """Questions that an interview answers surely, in its order; to find them takes seconds, the first time."""
        self.prepare()
        with self._suggesting:
            if number not in self._suggested:
                found = suggestions(self.interviews[number].sentences, lambda text: self._alone(text, [number]))
                vectors = self.encoder.encode(found) if found else self._sentences[number][:0]
                self._suggested[number] = tuple(found), vectors
            return self._suggested[number][0]

    def leading_on(self, answer: Answer, asked: Sequence[str] = ()) -> tuple[str, ...]:
        """Of the suggestions that were found so far, those to ask after an answer; none that was `asked`."""
        candidates = answer.candidates[:1]
        if not (self.ready and candidates and candidates[0].number in self._suggested):
            return ()
        pool, vectors = self._suggested[candidates[0].number]
        near = vectors @ self._sentences[candidates[0].number][candidates[0].sentence.index]
        return tuple(leading_on(pool, [*asked, answer.question], near.tolist()))

    def _overview(self, asked: str, among: Collection[int] | None) -> Answer:
        numbers = self._numbers(among)
        each, more = divmod(MOST, len(numbers)) if len(numbers) < MOST else (1, 0)
        told = [(number, self.overview(number, each + (place < more))) for place, number in enumerate(numbers)]
        if len(told) > MOST:
            told = [told[place] for place in self._central([(number, found[0]) for number, found in told if found])]
        candidates = tuple(self._whole(sentence, number) for number, found in told for sentence in found)
        return Answer(asked, 1.0, candidates, True, kind="overview")

    def _told_of(self, matter: str, among: Collection[int] | None) -> Answer | None:
        """What is said of a matter; None where nothing names it."""
        hits = self.nearest(matter, among)
        query, near = self._vector(matter), {(hit.number, hit.passage.start) for hit in hits}
        for number in self._numbers(among):  # no mention may be missed
            for row in naming(matter, self.interviews[number]):
                if (number, self.interviews[number].passages[row].start) not in near:
                    hits.append(self._hit(number, row, float(self._passages[number].vectors[row] @ query), query))
        found = on_topic(matter, hits, self._askers, MOST)
        candidates = tuple(self._whole(sentence, number) for number, sentence in found)
        return Answer(matter, 1.0, candidates, True, kind="overview", topic=matter) if found else None

    def _cast(self, numbers: Sequence[int]) -> str:
        """Who speaks in these interviews, as their labels tell; nothing where they are many, or none tells it."""
        if len(numbers) > MOST:
            return ""
        told = [(self.interviews[number].title, speakers(self.interviews[number].sentences)) for number in numbers]
        labelled = [(title, cast(*found)) for title, found in told if found[0] or found[1]]
        return " ".join(f"{title}: {said}" if len(numbers) > 1 else said for title, said in labelled)

    def _introduced(self, asked: str, answer: Answer, numbers: Sequence[int]) -> str:
        """Who the speaker is that is asked for, by the labels; nothing where it is none, or an answer names them.

        Who speaks of themselves says «I», and what they say of others is easily taken for it.
        """
        if asks_who_it_is(asked) and not answer.understood:
            return self._cast(numbers)
        person = person_asked(asked)
        if not person or (answer.sentence and person & set(words_of(answer.sentence.text))):
            return ""
        for number in numbers:
            asking, replying = speakers(self.interviews[number].sentences)
            name = next((name for name in [*asking, *replying] if person <= set(words_of(name))), "")
            if name:
                return cast([name], []) if name in asking else cast(asking, [name])
        return ""

    def _central(self, told: Sequence[tuple[int, Sentence]]) -> list[int]:
        """Of sentences, each with the number of its interview, the places of MOST that tell what all are about."""
        import numpy as np

        vectors = np.stack([self._sentences[number][sentence.index] for number, sentence in told])
        return overview([sentence for _, sentence in told], vectors)

    def _alone(self, asked: str, among: Collection[int] | None, without: Answer | None = None) -> Answer:
        """The answer to a question that needs no other, but for the words of the answer `without`."""
        known = None
        if without is not None and without.number is not None and without.start is not None and without.end is not None:
            known = without.number, without.start, without.end
        spans = self._read(asked, tuple(self._numbers(among)), known)
        candidates = tuple(self._candidate(span) for span in spans[: self.candidates])
        confidence = candidates[0].confidence if candidates else 0.0
        answered = bool(candidates) and confidence >= self.threshold
        also = tuple(c for c in candidates[1:] if answered and c.confidence >= max(ALSO, self.threshold))
        return Answer(asked, confidence, candidates, answered, also)

    def _before(self, history: Sequence[str | Answer], among: Collection[int] | None) -> Answer | None:
        """The answer to the last of the questions before this one that asked for one."""
        for at in range(len(history) - 1, max(-1, len(history) - 1 - REMEMBERED), -1):
            told = history[at]
            asked = (told.understood or told.question) if isinstance(told, Answer) else told
            if asks_for_source(asked):  # which leads to nothing but what it is about
                continue
            try:
                earlier = history[max(0, at - REMEMBERED) : at]
                answer = told if isinstance(told, Answer) else self.answer(told, earlier, among)
            except QuestionError:
                continue
            if answer.kind == "answer":
                return answer
            if answer.topic:
                return Answer(f"What was {answer.topic}?", 0.0, (), False, topic=answer.topic)
        return None

    def _likeness(self, text: str, others: Sequence[str]) -> Sequence[float]:
        first, *rest = self.encoder.encode([text, *others])
        return [float(first @ other) for other in rest]

    @cached_property
    def _words(self) -> Sequence[str]:
        """Of all interviews, in alphabetical order; asked for only where letters look senseless."""
        return sorted_words(interview.text for interview in self.interviews)

    def _numbers(self, among: Collection[int] | None) -> Sequence[int]:
        return range(len(self.interviews)) if among is None else sorted(set(among))

    def cosines(self, question: str, number: int = 0) -> Vectors:
        """The cosine of a question and each sentence of an interview: shape (sentences,), in [-1, 1]."""
        import numpy as np

        self.prepare()
        query = self._vector(self.check(question))
        return np.asarray(self._sentences[number] @ query)

    def all_cosines(self, question: str) -> list[Vectors]:
        """The same for each interview, in their order; the question is embedded once."""
        import numpy as np

        self.prepare()
        query = self._vector(self.check(question))
        return [np.asarray(sentences @ query) for sentences in self._sentences]

    def nearest(self, question: str, among: Collection[int] | None = None) -> list[Hit]:
        """The passages nearest to a question, nearest first: what the reader reads."""
        self.prepare()
        query = self._vector(question)
        return [
            self._hit(number, row, cosine, query)
            for number, row, cosine in nearest(self._passages, self._numbers(among), query, self.top_k)
        ]

    def _embedded(self, question: str) -> Vectors:
        vector: Vectors
        (vector,) = self.encoder.encode([question])
        return vector

    def _spans(self, question: str, numbers: tuple[int, ...], known: tuple[int, int, int] | None) -> list[Span]:
        """What the reader finds, without the words that are `known`: number of the interview, start and end."""
        hits = self.nearest(question, numbers)
        if known is None:
            return self.reader.read(question, hits)
        number, start, end = known
        hits = [replace(hit, known=(start, end)) if hit.number == number else hit for hit in hits]
        return [
            span
            for span in self.reader.read(question, hits)
            if span.hit.number != number or span.end <= start or end <= span.start
        ]

    def _whole(self, sentence: Sentence, number: int, confidence: float = 1.0) -> Candidate:
        """A sentence as a candidate of its own, beside the first passage that it stands in."""
        interview = self.interviews[number]
        row = next(n for n, p in enumerate(interview.passages) if sentence in p.sentences)
        cosine = float(self._sentences[number][sentence.index] @ self._passages[number].vectors[row])
        where = interview.passages[row]
        return Candidate(
            sentence.text, sentence.start, sentence.end, sentence, where, cosine, confidence, number, interview.title
        )

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


def _said(interviews: Sequence[Interview]) -> Iterator[str]:
    """The texts, and the names of who speaks."""
    for interview in interviews:
        yield interview.text
        yield from sorted({sentence.speaker for sentence in interview.sentences if sentence.speaker})
