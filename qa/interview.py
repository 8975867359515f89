"""An interview: its text, and the sentences and passages that the text is made of."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from qa.cache import digest
from qa.datatypes import Passage, Sentence, spoken
from qa.errors import EmptyInterviewError
from qa.formats import MAX_BYTES, Content, Mark, load, read_data, title_of
from qa.passages import make_passages
from qa.sentences import split_sentences


class Outline(NamedTuple):
    """What of an interview is embedded."""

    name: str
    """Of the texts; others have another."""
    passages: int
    """So many of the texts are passages."""
    sentences: int
    """And so many, after them, sentences."""


@dataclass(frozen=True)
class Interview:
    """The text of an interview, never changed, its title, and its sentences with speaker, time and page.

    Build one with `from_file` or `from_text`. For every sentence and passage `x`,
    `interview.text[x.start:x.end] == x.text`.
    """

    text: str
    title: str
    sentences: tuple[Sentence, ...]
    missing: str = ""
    """What of its file is not in the text, in sentences for the user; empty where all is."""

    @classmethod
    def from_text(cls, text: str, title: str = "Interview") -> Interview:
        """The interview that `text` holds.

        Where it is a transcript, speakers' labels and times are taken out of the text, and told by
        each sentence; else every character keeps its place.

        Raises EmptyInterviewError where the text holds no word.
        """
        from qa.formats.labels import split_labels  # its patterns take half of the time of `import qa`

        return cls.from_content(split_labels(text), title)

    @classmethod
    def from_file(cls, path: str | Path, title: str | None = None, max_bytes: int = MAX_BYTES) -> Interview:
        r"""The interview in a file of one of `qa.formats.EXTENSIONS`.

        Text may be UTF-8, UTF-16, or in an older encoding, which is detected; its line ends become `\n`,
        as in any text file that Python opens. Without a `title`, the document's own, its heading or the
        file's name serves.

        Raises FileError where the file is missing, is a folder, does not hold what its extension says,
        or is larger than `max_bytes`; EmptyInterviewError where it holds no word.
        """
        path = Path(path)
        return cls.from_data(path, load(path, max_bytes), title)

    @classmethod
    def from_data(cls, path: Path, data: bytes, title: str | None = None) -> Interview:
        """The interview that a file of this name with these bytes holds; raises as `from_file` does."""
        content = read_data(path, data)
        try:
            speech = next((mark.start for mark in content.marks if mark.speaker or mark.time is not None), None)
            return cls.from_content(content, title or content.title or title_of(path, content.text, speech))
        except EmptyInterviewError as e:
            raise EmptyInterviewError(str(path)) from e

    @classmethod
    def from_content(cls, content: Content, title: str) -> Interview:
        """The interview that a file's content is; EmptyInterviewError where it holds no word."""
        sentences = split_sentences(content.text)
        if not sentences:
            raise EmptyInterviewError(title)
        return cls(content.text, title, _marked(sentences, content.marks), content.missing)

    @classmethod
    def later(
        cls, text: str, title: str, sentences: Callable[[], tuple[Sentence, ...]], outline: Outline, missing: str = ""
    ) -> Interview:
        """One whose sentences are made when they are first asked for."""
        interview = cls.__new__(cls)
        interview.__dict__.update(text=text, title=title, outline=outline, missing=missing, _sentences=sentences)
        return interview

    def __getattr__(self, name: str) -> tuple[Sentence, ...]:
        if name != "sentences" or "_sentences" not in self.__dict__:
            raise AttributeError(name)
        made: tuple[Sentence, ...] = self.__dict__.setdefault("sentences", self.__dict__["_sentences"]())
        return made

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The passages of the default size, in the order of the text."""
        return make_passages(self.text, self.sentences)

    @cached_property
    def outline(self) -> Outline:
        """Names and counts the texts of `to_embed`."""
        return Outline(digest(self.to_embed()), len(self.passages), len(self.sentences))

    def to_embed(self) -> list[str]:
        """The passages with their speakers' names and the questions that they reply to, then the sentences."""
        return [spoken(p.context) for p in self.passages] + [spoken([s]) for s in self.sentences]


def _marked(sentences: tuple[Sentence, ...], marks: Sequence[Mark]) -> tuple[Sentence, ...]:
    """The sentences with speaker, time and page of the mark that each begins under."""
    if not marks:
        return sentences
    starts = [mark.start for mark in marks]
    known = ((s, marks[at - 1] if (at := bisect_right(starts, s.start)) else Mark(0)) for s in sentences)
    return tuple(replace(s, speaker=mark.speaker, time=mark.time, page=mark.page) for s, mark in known)
