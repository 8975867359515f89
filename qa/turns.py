"""A conversation is cut where a new question is put."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from qa.datatypes import Sentence

ASKED = 300
"""Characters of a question, at most, that are carried to what is said in reply; of a longer one its end."""
ASIDE = 5
"""Words; an interviewer's turn of no more that neither asks nor requests is a nod: «Right, I see.»"""
ASKING = 0.2
"""The share of paragraphs that must ask for a text without speakers to be an interview."""
TINY = 2
"""Words; a turn of no more is never the start of something new: «Really?»"""
_REQUEST = re.compile(
    r"(?:(?:and|but|so|then|now|ok|okay|please|well|yes|right),?\s+)*(?:tell|describe|explain|talk|take|walk|say|give|name)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and all that is said until the next one."""

    sentences: Sequence[Sentence]
    asked: int = 0
    """So many sentences at the front ask."""
    replied: int = 0
    """Up to here they ask or reply; what comes after leads elsewhere."""

    @property
    def question(self) -> tuple[Sentence, ...]:
        """The last of the sentences that ask, of ASKED characters in all, or one that is longer."""
        question: list[Sentence] = []
        for sentence in reversed(self.sentences[: self.asked]):
            if question and sum(len(s.text) + 1 for s in question) + len(sentence.text) > ASKED:
                break
            question.insert(0, sentence)
        return tuple(question)


def is_question(sentence: Sentence) -> bool:
    """Whether the sentence ends as questions do."""
    return sentence.text.rstrip("\"'”’»)]").endswith(("?", "？", "؟"))


def is_request(sentence: Sentence) -> bool:
    """Whether the sentence begins as requests do, such as «Tell me about the school»."""
    return bool(_REQUEST.match(sentence.text))


def exchanges(sentences: Sequence[Sentence]) -> list[Exchange]:
    """The sentences in their order, cut in front of each turn that asks; nothing where it is no conversation.

    A turn asks where it ends with a question, or where it is more than a nod of one who mostly asks.
    Where no speaker is known, as in an interview that sets its questions apart by their looks alone,
    each paragraph is a turn, if ASKING of them or more ask.
    """
    has_speakers = any(s.speaker for s in sentences)
    turns = [list(group) for _, group in groupby(sentences, key=lambda s: s.speaker if has_speakers else s.paragraph)]
    interviewers = _interviewers(turns)
    asks = [_asks(turn, interviewers) for turn in turns]
    if not has_speakers and sum(asks) < max(2, ASKING * len(turns)):
        return []
    starts = [n for n, _ in enumerate(turns) if n == 0 or (asks[n] and not asks[n - 1])]
    return [
        _exchange(turns[start:end], asks[start:end]) for start, end in zip(starts, [*starts[1:], None], strict=True)
    ]


def _exchange(turns: Sequence[Sequence[Sentence]], asks: Sequence[bool]) -> Exchange:
    fronted = asks.index(False) if False in asks else len(turns)
    after = turns[fronted:]
    if not (fronted and after):
        return Exchange(_flat(turns))
    replying = fronted
    for turn in after:
        if turn[0].speaker != after[0][0].speaker and _length(turn) > ASIDE:
            break
        replying += 1
    return Exchange(_flat(turns), len(_flat(turns[:fronted])), len(_flat(turns[:replying])))


def _interviewers(turns: Sequence[Sequence[Sentence]]) -> set[str]:
    """Those who ask in most of their turns, where that is not everyone."""
    asking: dict[str, list[bool]] = {}
    for turn in turns:
        is_asking = any(map(is_question, turn))
        if turn[0].speaker and (is_asking or _length(turn) > ASIDE):
            asking.setdefault(turn[0].speaker, []).append(is_asking)
    found = {speaker for speaker, asked in asking.items() if sum(asked) * 2 > len(asked)}
    return found if len(found) < len(asking) else set()


def _asks(turn: Sequence[Sentence], interviewers: set[str]) -> bool:
    if _length(turn) <= TINY:
        return False
    if is_question(turn[-1]):
        return True
    return turn[0].speaker in interviewers and (_length(turn) > ASIDE or is_request(turn[-1]))


def _length(turn: Sequence[Sentence]) -> int:
    """Words."""
    return sum(len(s.text.split()) for s in turn)


def _flat(turns: Sequence[Sequence[Sentence]]) -> list[Sentence]:
    return [sentence for turn in turns for sentence in turn]
