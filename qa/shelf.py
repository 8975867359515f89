"""An interview that was read once is kept as it was cut, so that the next start has it in an instant.

Of a thousand interviews a question needs the sentences of a few: they are made of the note when they are.
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path

from qa.cache import Cache
from qa.datatypes import Sentence
from qa.formats import MAX_BYTES, load
from qa.interview import Interview, Outline


def read_interview(path: Path, cache: Cache, max_bytes: int = MAX_BYTES) -> Interview:
    """The interview in a file, from the cache where that has it; else as Interview.from_file reads it, and kept.

    Raises as that does.
    """
    data = load(path, max_bytes)
    key = hashlib.sha256(f"{_program()}\n{path.name}\n".encode("utf-8", "surrogatepass") + data).hexdigest()
    note = cache.load_note(key)
    if note is not None:
        return _from_note(note)
    interview = Interview.from_data(path, data)
    cache.save_note(key, _to_note(interview))
    return interview


@lru_cache(maxsize=1)
def _program() -> str:
    """Names what reads and cuts: whoever changes that must not meet what was kept before."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _to_note(interview: Interview) -> str:
    sentences = [(s.start, s.end, s.paragraph, s.speaker, s.time, s.page) for s in interview.sentences]
    return json.dumps([interview.text, interview.title, sentences, interview.outline, interview.missing])


def _from_note(note: str) -> Interview:
    text, title, cut, outline, missing = json.loads(note)

    def sentences() -> tuple[Sentence, ...]:
        return tuple(
            Sentence(text[start:end], start, end, index, paragraph, speaker, time, page)
            for index, (start, end, paragraph, speaker, time, page) in enumerate(cut)
        )

    return Interview.later(text, title, sentences, Outline(*outline), missing)
