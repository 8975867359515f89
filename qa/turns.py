"""A conversation is cut where a new question is put."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from qa.datatypes import Sentence
from qa.leaning import AUXILIARIES

ASKED = 300
"""Characters of a question, at most, that are carried to what is said in reply; of a longer one its end."""
ASIDE = 5
"""Words; an interviewer's turn of no more that neither asks nor requests is a nod: «Right, I see.»"""
ASKING = 0.2
"""The share of paragraphs that must ask for a text without speakers to be an interview."""
TINY = 2
"""Words; a turn of no more is never the start of something new: «Really?»"""
_JOINING = r"(?:(?:and|but|so|then|now|ok|okay|please|well|yes|right),?\s+)*"
_AUXILIARY = rf"(?:{'|'.join(sorted(AUXILIARIES))})"
_REQUEST = re.compile(rf"{_JOINING}(?:tell|describe|explain|talk|take|walk|say|give|name)\b", re.IGNORECASE)
_UNMARKED = re.compile(
    rf"{_JOINING}(?:(?:who|whom|what|where|when|why|how|(?:what|which)\s+(?!an?\b)\w+)\s+{_AUXILIARY}"
    rf"|{_AUXILIARY}\s+(?:you|he|she|they|there)|how\s+(?:long|many|much|old|often|far)|(?:what|how)\s+about)\b",
    re.IGNORECASE,
)
"""How a question begins that may have lost its mark: «And when was that»."""
_QUOTES = "\"'”’»)]"
_PAUSE = r"(?:[,;–—]|\s-)\s*"
_TAG = re.compile(
    rf"(?:(?:^|{_PAUSE})(?:right|correct|ok|okay|yeah|yes|no|eh|huh|innit|(?:you )?(?:see|know what i mean)|you know)"
    rf"|{_PAUSE}(?:{_AUXILIARY}|\w+n['’]t)\s+(?:i|you|he|she|it|we|they|there|that)(?:\s+not)?)\s*\?$",
    re.IGNORECASE,
)
"""What turns a statement into a question in form alone: «It was cold, isn't it?»"""
_ASKER = re.compile(
    r"(?:^|\()(?:q|question|questioner|interviewer|int|host|moderator|reporter|journalist|facilitator)\.?(?:[\s_#-]*\d+)?"
    r"(?:\)|\s*\(|$)",
    re.IGNORECASE,
)
"""A label of who asks: «Q», «Interviewer 2», «Jane Doe (host)»."""
_I = re.compile(r"i\.?\d*", re.IGNORECASE)
"""Another, where all the others' are like «R» and «P2»."""
_REPLIER = re.compile(r"(?:r|p|respondent|participant|interviewee)\.?[\s_#-]*\d*", re.IGNORECASE)


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
        """What the last who asks says at the end of it, of ASKED characters in all, or one sentence that is longer."""
        question: list[Sentence] = []
        for at in range(self.asked - 1, -1, -1):
            sentence = self.sentences[at]
            is_long = sum(len(s.text) + 1 for s in question) + len(sentence.text) > ASKED
            if question and (is_long or sentence.speaker != question[0].speaker):
                break
            question.insert(0, sentence)
        return tuple(question)


def speakers(sentences: Sequence[Sentence]) -> tuple[list[str], list[str]]:
    """Who asks and who replies, by their labels, each in the order in which they first speak.

    Where nobody is known to ask, the first list is empty, and the second holds all; both are empty without labels.
    """
    turns = [list(group) for _, group in groupby(sentences, key=lambda s: s.speaker)]
    interviewers = _interviewers(turns)
    everyone = dict.fromkeys(turn[0].speaker for turn in turns if turn[0].speaker)
    return [name for name in everyone if name in interviewers], [name for name in everyone if name not in interviewers]


def is_question(sentence: Sentence) -> bool:
    """Whether the sentence ends as questions do."""
    return sentence.text.rstrip(_QUOTES).endswith(("?", "？", "؟"))


def is_request(sentence: Sentence) -> bool:
    """Whether the sentence begins as requests do, such as «Tell me about the school»."""
    return bool(_REQUEST.match(sentence.text))


def exchanges(sentences: Sequence[Sentence]) -> list[Exchange]:
    """The sentences in their order, cut in front of each turn that asks; nothing where it is no conversation.

    A turn of an interviewer asks where it is more than a nod; of one who replies to interviewers, none does.
    Another's asks where it ends with a question that is more than a tag. A turn that asks stays with a question
    straight before it, unless a reply came with that.
    Question marks tell who is an interviewer; where they do not, labels such as «Q» and «Host» do.
    Where no speaker is known, as in an interview that sets its questions apart by their looks alone,
    each paragraph is a turn, if ASKING of them or more ask.
    """
    has_speakers = any(s.speaker for s in sentences)
    turns = [list(group) for _, group in groupby(sentences, key=lambda s: s.speaker if has_speakers else s.paragraph)]
    interviewers = _interviewers(turns)
    repliers = _repliers(turns, interviewers)
    asks = [_asks(turn, interviewers, repliers) for turn in turns]
    if not has_speakers and sum(asks) < max(2, ASKING * len(turns)):
        return []
    starts = _starts(turns, asks, interviewers)
    return [
        _exchange(turns[start:end], asks[start:end]) for start, end in zip(starts, [*starts[1:], None], strict=True)
    ]


def _starts(turns: Sequence[Sequence[Sentence]], asks: Sequence[bool], interviewers: set[str | None]) -> list[int]:
    """The turns that exchanges begin with: those that ask, less those that ask on or ask back."""
    starts: list[int] = []
    for n, _ in enumerate(turns):
        asks_on = n > 0 and asks[n - 1] and (n - 1 == starts[-1] or not _tells(turns[n - 1], interviewers))
        if n == 0 or (asks[n] and not asks_on):
            starts.append(n)
    return starts


def _exchange(turns: Sequence[Sequence[Sentence]], asks: Sequence[bool]) -> Exchange:
    """These turns as one exchange; the last of them replies, even where it asks back."""
    fronted = [*asks[:-1], False].index(False)
    if not fronted:
        return Exchange(_flat(turns))
    after = turns[fronted:]
    replying = fronted
    for turn in after:
        if turn[0].speaker != after[0][0].speaker and _length(turn) > ASIDE:
            break
        replying += 1
    return Exchange(_flat(turns), len(_flat(turns[:fronted])), len(_flat(turns[:replying])))


def _interviewers(turns: Sequence[Sequence[Sentence]]) -> set[str | None]:
    """Those who ask in most of their turns; where that is everyone, who end most of theirs so, if not all do.

    Where that is no one, those whose labels say that they ask.
    """
    heard = [turn for turn in turns if turn[0].speaker and (any(map(is_question, turn)) or _length(turn) > ASIDE)]
    asking = _mostly((turn[0].speaker, any(map(is_question, turn))) for turn in heard)
    everyone = {turn[0].speaker for turn in turns if turn[0].speaker}
    if asking == everyone:
        asking = _mostly((turn[0].speaker, _ends_asking(turn)) for turn in heard)
    return asking if asking and asking != everyone else _labelled(everyone)


def _labelled(speakers: set[str]) -> set[str | None]:
    """Those whose labels say that they ask, if there are others.

    >>> _labelled({"Q", "A"}), _labelled({"I", "P1"}), _labelled({"I", "Anna"}), _labelled({"Host"})
    ({'Q'}, {'I'}, set(), set())
    """
    asking = {speaker for speaker in speakers if _ASKER.search(speaker)}
    others = {speaker for speaker in speakers if not _I.fullmatch(speaker)}
    if not asking and all(map(_REPLIER.fullmatch, others)):
        asking = speakers - others
    return set() if asking == speakers else set(asking)


def _repliers(turns: Sequence[Sequence[Sentence]], interviewers: set[str | None]) -> set[str | None]:
    """Those whose turns mostly follow an interviewer's."""
    follows = ((turn[0].speaker, before[0].speaker in interviewers) for before, turn in pairwise(turns))
    return _mostly(follows) - interviewers


def _mostly(turns: Iterable[tuple[str | None, bool]]) -> set[str | None]:
    """The speakers of whose turns more than half are as told."""
    balance: Counter[str | None] = Counter()
    for speaker, is_so in turns:
        balance[speaker] += 1 if is_so else -1
    return {speaker for speaker, more in balance.items() if more > 0}


def _asks(turn: Sequence[Sentence], interviewers: set[str | None], repliers: set[str | None]) -> bool:
    speaker = turn[0].speaker
    if _length(turn) <= TINY or speaker in repliers:
        return False
    if speaker in interviewers:
        is_asked = is_question(turn[-1]) or is_request(turn[-1]) or _UNMARKED.match(turn[-1].text)
        return bool(is_asked) or _length(turn) > ASIDE
    return _ends_asking(turn)


def _ends_asking(turn: Sequence[Sentence]) -> bool:
    """Whether the turn ends with a question that is more than a statement with a tag."""
    return is_question(turn[-1]) and not _TAG.search(turn[-1].text.rstrip(_QUOTES))


def _tells(turn: Sequence[Sentence], interviewers: set[str | None]) -> bool:
    """Whether the turn holds more than questions; what an interviewer says leads to them."""
    return turn[0].speaker not in interviewers and not all(map(is_question, turn))


def _length(turn: Sequence[Sentence]) -> int:
    """Words."""
    return sum(len(s.text.split()) for s in turn)


def _flat(turns: Sequence[Sequence[Sentence]]) -> list[Sentence]:
    return [sentence for turn in turns for sentence in turn]
