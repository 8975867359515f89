"""A question that asks for a number is answered by words with one, and one that asks why by more than a time."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from qa.leaning import PREPOSITIONS

_OF_AMOUNTS = (
    r"how\s+much\s+(?!of\b|(?:is|was|are|were|did|do|does|has|have|had|will|would|can|could|should|may|might|must)\b|"
    r"(?:more|less|better|worse|longer|further|older|bigger|larger|smaller|higher|faster)\b)\w|"
    r"how\s+much\b(?!\s+of\b)[^?]*\b(?:cost|pay|paid|earn|charge|spend|spent|weigh|worth|owe|win|won|lose|lost)"
)
_COUNT = re.compile(
    rf"\b(?:how\s+(?:many|old)\b|{_OF_AMOUNTS}|"
    r"(?:what|which)\s+(?:exact\s+|calendar\s+)?(?:year|decade|century|percentage|percent)\b|"
    r"what(?:\s+(?:is|was|are|were)|['’]s)\s+(?:the\s+)?(?:(?!golden|middle|dark|ice|stone|bronze|iron)\w+\s+)?"
    r"(?:population|percentage|number(?!\s+one)|age|price|distance|height|length)\b)",
    re.IGNORECASE,
)
_CARDINAL = re.compile(rf"\b(?:how\s+many\b|{_OF_AMOUNTS})", re.IGNORECASE)
_TIME = re.compile(r"\bhow\s+long\b", re.IGNORECASE)
_ASKING = re.compile(r"\b(?:who|whom|whose|which|what|when|where|why|how)\b", re.IGNORECASE)
NUMERAL = re.compile(
    r"(?<!\w)(?:[$£€]?\d[\d,.]*|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty"
    r"|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion|half|third|quarter|dozen)\b)",
    re.IGNORECASE,
)
"""A number, in figures or as a word."""
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_TEENS = "ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
_BELOW_100 = rf"(?:{_TEENS}|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:[-\s](?:{_ONES}))?|{_ONES})\b"
_BELOW_1000 = rf"(?:(?:(?:{_BELOW_100}|an?|several)\s+)?hundred\b(?:(?:\s+and)?\s+{_BELOW_100})?|{_BELOW_100})"
_BELOW_MILLION = rf"(?:(?:{_BELOW_1000}|an?)\s+thousand\b(?:(?:,?\s+and|,)?\s+{_BELOW_1000})?|{_BELOW_1000})"
_SPELT = rf"\b(?:{_BELOW_1000}\s+million\b(?:(?:,?\s+and|,)?\s+{_BELOW_MILLION})?|{_BELOW_MILLION})"
_RANGE = re.compile(r"\b(?:from|between)\b", re.IGNORECASE)
_FIGURES = re.compile(r"[\d¼-¾⅐-⅞]")
_JOINT = re.compile(r"[,;]?\s+(?:and|or|but|such as|including|with|of which)\s+|[,;]\s+")
FAR = 4
"""Two numbers with so many words between are not one, as in «14 countries such as the 11»."""
_NUMBERS = frozenset(
    """
    zero no none nobody one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
    hundred hundreds thousand thousands
    million millions billion billions trillion dozen dozens score scores half third thirds quarter quarters both couple
    pair single double triple once twice several few many much most all some little less more
    tens multiple same free nothing everything every each any
    countless numerous lot lots plenty majority minority handful only a an
    """.split()
)
_ORDINALS = frozenset("first second fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split())
_ORDINAL = ("teenth", "tieth", "ties")
_ORDINAL_FIGURES = re.compile(r"\d+(?:st|nd|rd|th)\b", re.IGNORECASE)
_LASTING = re.compile(
    r"second|minute|hour|day|night|week|month|year|decade|centur|season|summer|winter|generation|lifetime|life|time|"
    r"semester|term|birth|childhood|long|short|brief|ever|always|until|till|since|while|through|\d{4}.*\d{4}|"
    r"metre|meter|mile|kilomet|feet|foot|inch|yard|(?<![a-z])(?:km|[cm]?m|ft|mins?|secs?|hrs?|h)\b|page|word",
    re.IGNORECASE,
)
_WHO = re.compile(r"\bwho(?:m|se)?\b", re.IGNORECASE)
_WHY = re.compile(r"\bwhy\b|\bhow come\b|\breasons?\b", re.IGNORECASE)
CALENDAR = (
    r"January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
)
"""A month or a day of the week."""
_TIMES = re.compile(
    r"(?:seconds?|minutes?|hours?|days?|nights?|weeks?|months?|years?|decades?|centur(?:y|ies)|mornings?|evenings?|"
    rf"spring|summer|autumn|fall|winter|{CALENDAR}|today|yesterday|tomorrow|ago|early|late|last|next|then|now)",
    re.IGNORECASE,
)
_TIMELESS = _ORDINALS | PREPOSITIONS | {"the", "a", "an"}


@lru_cache(maxsize=1)
def spelt() -> re.Pattern[str]:
    """A whole number below a thousand million, in words; to compile it takes a tenth of the import of all."""
    return re.compile(_SPELT, re.IGNORECASE)


def lacks_quantity(question: str, words: str) -> bool:
    """Whether a question asks how many, how much, how long, for a year or the like, and the words hold no such thing.

    >>> lacks_quantity("How many people came?", "the mayor"), lacks_quantity("How many came?", "about sixty")
    (True, False)
    >>> lacks_quantity("How long is the river?", "11,600 BP"), lacks_quantity("How long did it last?", "two years")
    (True, False)
    >>> lacks_quantity("How much did you win?", "the fourth"), lacks_quantity("In what year?", "the fourth")
    (True, False)
    """
    if _asks_first(_TIME, question):
        return not _LASTING.search(words)
    if not _asks_first(_COUNT, question):
        return False
    found = re.findall(r"\w+", words.lower())
    if _asks_first(_CARDINAL, question):
        return not (_FIGURES.search(_ORDINAL_FIGURES.sub("", words)) or not _NUMBERS.isdisjoint(found))
    return not (_FIGURES.search(words) or any(w in _NUMBERS | _ORDINALS or w.endswith(_ORDINAL) for w in found))


def _asks_first(pattern: re.Pattern[str], question: str) -> bool:
    """Whether what the pattern finds is the first thing that is asked, not what is told in «Who knows how many?»."""
    match, first = pattern.search(question), _ASKING.search(question)
    return bool(match and first and match.start() == first.start())


def quantities(question: str, words: str) -> list[tuple[int, int]]:
    """The parts of the words, where a question asks for a quantity and they hold two that are far apart; else none.

    >>> words = "20 years of experience in trade and 37 years"
    >>> [words[slice(*part)] for part in quantities("How long did you trade?", words)]
    ['20 years of experience in trade', '37 years']
    >>> quantities("How long did it take?", "two hours and ten minutes")
    []
    """
    is_one = _asks_first(_COUNT, question) or _asks_first(_TIME, question)
    if not is_one or re.search(r"\band\b", question) or _RANGE.search(words):
        return []
    parts, start = [], 0
    for first, second in pairwise(NUMERAL.finditer(words)):
        joints = list(_JOINT.finditer(words, first.end(), second.start()))
        if joints and len(words[first.end() : second.start()].split()) >= FAR:
            parts.append((start, joints[-1].start()))
            start = joints[-1].end()
    return [*parts, (start, len(words))] if parts else []


def lacks_reason(question: str, words: str) -> bool:
    """Whether a question asks why, and the words tell nothing but when.

    >>> lacks_reason("Why did they strike?", "in the winter of 1979"), lacks_reason("Why did they strike?", "the rota")
    (True, False)
    """
    if not _WHY.search(question):
        return False
    return all(_TIMES.fullmatch(w) or w in _TIMELESS or NUMERAL.fullmatch(w) for w in _letters(words))


def lacks_person(question: str, words: str) -> bool:
    """Whether a question asks who, and the words are a number and nothing else.

    >>> lacks_person("Who paid for it?", "twenty-six million"), lacks_person("Who paid?", "two brothers")
    (True, False)
    """
    found = re.findall(r"\w+", words.lower())
    return _asks_first(_WHO, question) and all(w in _NUMBERS or _FIGURES.search(w) for w in found)


def _letters(words: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", words.lower())
