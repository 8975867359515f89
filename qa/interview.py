"""An interview: its text, and the sentences and passages that the text is made of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from qa.datatypes import Passage, Sentence
from qa.errors import EmptyInterviewError
from qa.formats import MAX_BYTES, read_text, title_of
from qa.passages import make_passages
from qa.sentences import split_sentences


@dataclass(frozen=True)
class Interview:
    """The text of an interview, never changed, and its title.

    Build one with `from_file` or `from_text`. For every sentence and passage `x`,
    `interview.text[x.start:x.end] == x.text`.
    """

    text: str
    title: str
    sentences: tuple[Sentence, ...]

    @classmethod
    def from_text(cls, text: str, title: str = "Interview") -> Interview:
        """The interview that `text` holds, in which every character keeps its place.

        Raises EmptyInterviewError where the text holds no word.
        """
        sentences = split_sentences(text)
        if not sentences:
            raise EmptyInterviewError(title)
        return cls(text, title, sentences)

    @classmethod
    def from_file(cls, path: str | Path, title: str | None = None, max_bytes: int = MAX_BYTES) -> Interview:
        r"""The interview in a `.txt` or `.md` file: UTF-8, UTF-16, or an older encoding, which is detected.

        Line ends become `\n`, as in any text file that Python opens. Without a `title`, the text's own
        heading or the file's name serves.

        Raises FileError where the file is missing, is a folder, is not text, or is larger than
        `max_bytes`; EmptyInterviewError where it holds no word.
        """
        path = Path(path)
        text = read_text(path, max_bytes)
        try:
            return cls.from_text(text, title or title_of(path, text))
        except EmptyInterviewError as e:
            raise EmptyInterviewError(str(path)) from e

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The passages of the default size, in the order of the text."""
        return make_passages(self.text, self.sentences)
