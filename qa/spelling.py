"""A misspelt word of a question becomes the word of the interview that it was meant to be."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cached_property

from qa.letters import is_known
from qa.words import FUNCTION_WORDS, stem

_WORD = re.compile(r"[^\W\d_]+")
_LEAST, _SOME, _MANY = 4, 6, 10
"""Letters: fewer say too little; from so many on, any one slip is mended; from so many on, two are."""
_ENDING = 3
"""Letters of a word's end; where two slips are only there, it is a word with another ending."""


class Spelling:
    """The words of some texts, and what a word that is none of them was meant to be.

    A word is misspelt where neither the texts hold it nor the bundled encoder knows it, in any of its forms.
    It was meant to be the word of the texts, or of the closed classes, with the fewest slips between the two that
    begins with the same letter: a letter left out, put in, put for another, or swapped with its neighbour (Damerau,
    1964), not at the very end. Of equals, the one that comes more often; where that does not tell either, the word
    stays as it is. The texts are read when a word is first met that the encoder does not know; `before` are others.
    """

    def __init__(self, texts: Callable[[], Iterable[str]], before: Spelling | None = None) -> None:
        self._texts = texts
        self._before = before

    def mended(self, question: str) -> str:
        """The question with its misspelt words mended.

        >>> spelling = Spelling(lambda: ["The passengers were stuck at Airolo.", "We left Oslo."])
        >>> spelling.mended("Where were the pasengers stuck, in Airollo or Olso?")
        'Where were the passengers stuck, in Airolo or Oslo?'
        >>> spelling.mended("Did they buy the orchard?")
        'Did they buy the orchard?'
        """
        return _WORD.sub(lambda match: self._meant(match[0]), question)

    def _meant(self, word: str) -> str:
        low = word.lower()
        if len(low) < _LEAST or is_known(low):
            return word
        known = self._by_letter.get(low[0], {})
        if low in known or any(stem(low) == stem(other) for other in known if other[:_LEAST] == low[:_LEAST]):
            return word
        near = ((_slips(low, other), -count, other) for other, count in known.items())
        best = sorted(found for found in near if found[0])[:2]
        if not best or (len(best) > 1 and best[0][:2] == best[1][:2]):
            return word
        meant = best[0][2]
        if word.isupper():
            return meant.upper()
        return meant.capitalize() if word[0].isupper() else meant

    @cached_property
    def _counts(self) -> Counter[str]:
        """How often each word comes."""
        counts = Counter(word for text in self._texts() for word in _WORD.findall(text.lower()))
        return counts + (self._before._counts if self._before else Counter(FUNCTION_WORDS))

    @cached_property
    def _by_letter(self) -> dict[str, dict[str, int]]:
        """The same, by the words' first letters."""
        found: dict[str, dict[str, int]] = {}
        for word, count in self._counts.items():
            found.setdefault(word[0], {})[word] = count
        return found


def is_same(text: str, other: str) -> bool:
    """Whether two texts are the same but for accents and capitals, which are mended without a word.

    >>> is_same("hernan's job", "Hernán's job"), is_same("Olso", "Oslo")
    (True, False)
    """
    return _plain(text) == _plain(other)


def _plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


def _slips(word: str, other: str) -> int:
    """How many slips make `word` of `other`; 0 where there are none, or more than are mended in so short a word.

    Other endings are no slips: «Ugandan» is not Uganda.

    >>> [_slips(*words) for words in [("olso", "oslo"), ("anja", "anna"), ("chimny", "chimney"), ("ugandan", "uganda")]]
    [1, 0, 1, 0]
    """
    if abs(len(word) - len(other)) > 2:
        return 0
    start = next((at for at, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other)))
    rest, meant = word[start:], other[start:]
    if rest[:2] == meant[1::-1] and rest[2:] == meant[2:] and len(rest) > 1:
        return 1
    is_ending = rest == rest[-1:] != other[-1]  # but for a letter that is doubled
    if is_ending:
        return 0
    if len(word) < _SOME:
        return int(len(word) >= _SOME - 1 and rest == meant[1:])
    if rest[1:] == meant or rest == meant[1:] or rest[1:] == meant[1:]:
        return 1
    return 2 if len(word) >= _MANY and len(rest) > _ENDING and _distance(rest, meant) == 2 else 0


def _distance(word: str, other: str) -> int:
    """The fewest slips between two words."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, a in enumerate(word, 1):
        now = [row]
        for at, b in enumerate(other, 1):
            cost = min(last[at] + 1, now[-1] + 1, last[at - 1] + (a != b))
            if row > 1 and at > 1 and a == other[at - 2] and word[row - 2] == b:
                cost = min(cost, before[at - 2] + 1)
            now.append(cost)
        before, last = last, now
    return last[-1]
