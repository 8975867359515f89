"""A question that asks for a number is not answered by words without one, nor one that asks why by a time."""

from __future__ import annotations

import re

from qa.leaning import PREPOSITIONS

_COUNT = re.compile(
    r"\bhow\s+(?:many|old)\b|\bhow\s+much\b(?!\s+of\b)|"
    r"\b(?:what|which)\s+(?:exact\s+|calendar\s+)?(?:year|decade|century|percentage|percent)\b|"
    r"\bwhat\s+(?:is|was|are|were|['’]s)\s+(?:the\s+)?(?:\w+\s+)?(?:population|percentage|number|age|price|distance|height|length)\b",
    re.IGNORECASE,
)
_TIME = re.compile(r"\bhow\s+long\b", re.IGNORECASE)
_NUMBERS = frozenset(
    """
    zero no none nobody one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
    hundred hundreds thousand thousands
    million millions billion billions trillion dozen dozens score scores half third thirds quarter quarters both couple
    pair single double triple once twice several few many much most all some little less more first second
    free nothing everything every each any countless numerous lot lots plenty majority minority handful only a an
    fourth fifth sixth seventh eighth ninth tenth eleventh twelfth
    """.split()
)
_ORDINAL = ("teenth", "tieth")
_LASTING = re.compile(
    r"second|minute|hour|day|night|week|month|year|decade|centur|season|summer|winter|generation|lifetime|life|time|"
    r"long|short|brief|ever|always|until|till|since|while|through|"
    r"metre|meter|mile|kilomet|\bkm\b|feet|foot|\bft\b|inch|yard|\b[cm]?m\b|page|word",
    re.IGNORECASE,
)
_WHY = re.compile(r"\bwhy\b|\bhow come\b|\breasons?\b", re.IGNORECASE)
_TIMES = re.compile(
    r"(?:seconds?|minutes?|hours?|days?|nights?|weeks?|months?|years?|decades?|centur(?:y|ies)|mornings?|evenings?|"
    r"spring|summer|autumn|fall|winter|january|february|march|april|may|june|july|august|september|october|november|"
    r"december|(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|yesterday|tomorrow|ago|early|late|last|next|then|now)",
    re.IGNORECASE,
)


def lacks_quantity(question: str, words: str) -> bool:
    """Whether a question asks how many, how much, how long, for a year or the like, and the words hold no such thing.

    >>> lacks_quantity("How many people came?", "the mayor"), lacks_quantity("How many came?", "about sixty")
    (True, False)
    >>> lacks_quantity("How long is the river?", "11,600 BP"), lacks_quantity("How long did it last?", "two years")
    (True, False)
    """
    if _TIME.search(question):
        return not _LASTING.search(words)
    if not _COUNT.search(question) or re.search(r"\d", words):
        return False
    return not any(word in _NUMBERS or word.endswith(_ORDINAL) for word in re.findall(r"\w+", words.lower()))


def lacks_reason(question: str, words: str) -> bool:
    """Whether a question asks why, and the words tell nothing but when.

    >>> lacks_reason("Why did they strike?", "in the winter of 1979"), lacks_reason("Why did they strike?", "the rota")
    (True, False)
    """
    if not _WHY.search(question):
        return False
    return all(_TIMES.fullmatch(w) or w in _NUMBERS or w in PREPOSITIONS or w == "the" for w in _letters(words))


def _letters(words: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", words.lower())
