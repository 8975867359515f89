"""Does a question lean on the one before it, and on which of its words? Decided by the closed classes of English."""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache

from qa.words import terms

AUXILIARIES = frozenset(
    """am is are was were be do does did have has had can could may might must shall should will would
    isn't aren't wasn't weren't don't doesn't didn't can't couldn't won't wouldn't""".split()
)
ASKING = frozenset("who whom whose which what when where why how".split())
DETERMINERS = frozenset(
    "the a an this that these those his her its their our your my any each every no some all both another".split()
)
PREPOSITIONS = frozenset(
    """about above across after against along among around as at before behind below beside between beyond by
    despite during for from in inside into like near of off on onto outside over per since through throughout
    to toward towards under until up upon via with within without""".split()
)
PERSONS = frozenset("he she him her his hers himself herself".split())
THINGS = frozenset("it its itself this that these those one ones".split())
SEVERAL = frozenset("they them their theirs themselves both".split())
PLACES_AND_TIMES = frozenset("there then".split())
PRONOUNS = PERSONS | THINGS | SEVERAL | PLACES_AND_TIMES
_DEMONSTRATIVES = frozenset("this that these those one ones".split())
_POSSESSIVES = frozenset("his her its their".split())
_CONNECTIVE = re.compile(
    r"^\s*(?:(?:and|but|so|or|then|also|ok|okay|well|now)\b[\s,]*)*(?:(?:what|wht|how|hows)\s+(?:about|abt|of)\b)?[\s,]*",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"\w+(?:['’.&-]\w+)*%?|[$€£]\d[\w.,]*")
_WANTED = (
    "say says said tell told happen happened mean means come came long old far often much else year date day month "
    "time place name exactly reason many big large tall soon sort kind know knows explain"
)


@lru_cache(maxsize=1)
def _wanted() -> frozenset[str]:
    """Beside these, a question such as «what year was that» says nothing of the matter."""
    return frozenset(terms(_WANTED))


class Leaning(Enum):
    """How a question leans on the one before it."""

    ALONE = "not at all"
    ELLIPSIS = "it names another thing, and asks the same of it: «and in Europe?»"
    BARE = "it asks for something else about the same matter: «when was that?»"
    SOURCE = "it asks who said so"
    PRONOUN = "a pronoun of it may stand for something before: «when was it sold?»"


def tokens(text: str) -> list[str]:
    """The words, with their letters as they are.

    >>> tokens("And in St. John's, 5%?")
    ['And', 'in', 'St', "John's", '5%']
    """
    return _TOKEN.findall(text)


def core(question: str) -> str:
    """The question without the words that only join it to the one before, and without its end mark.

    >>> core("And what about Norway?"), core("but why?")
    ('Norway', 'why')
    """
    rest = question[match.end() :] if (match := _CONNECTIVE.match(question)) else question
    return rest.strip(" ?!.,;:") or question.strip(" ?!.,;:")


def leaning(question: str) -> Leaning:
    """How a question leans on the one before it, as far as its own words tell.

    >>> leaning("and in Europe?").name, leaning("When was that?").name, leaning("Who said so?").name
    ('ELLIPSIS', 'BARE', 'SOURCE')
    >>> leaning("When was it sold?").name, leaning("Does Anna like her boat?").name, leaning("Who is Per?").name
    ('PRONOUN', 'ALONE', 'ALONE')
    """
    said = tokens(core(question))
    words = [word.lower() for word in said]
    joined = core(question).lower() != question.strip(" ?!.,;:").lower()
    if not words:
        return Leaning.ALONE
    if _asks_for_source(words):
        return Leaning.SOURCE
    asks_first = words[0] in ASKING or (words[0] in PREPOSITIONS and words[1:2] and words[1] in ASKING)
    capitals = [word[:1].isupper() for word in said[1:] if word != "I"]
    named = any(capitals) and not all(capitals)  # «Who is Per?»
    if asks_first and not named and not set(terms(" ".join(words))) - _wanted() and not PERSONS & set(words):
        return Leaning.BARE
    is_fragment = words[0] not in ASKING | AUXILIARIES and not AUXILIARIES & set(words)
    if is_fragment and (joined or (words[0] in PREPOSITIONS and len(words) <= 5 and not ASKING & set(words))):
        return Leaning.ELLIPSIS
    return Leaning.PRONOUN if pronouns(question) else Leaning.ALONE


def _asks_for_source(words: list[str]) -> bool:
    """«Who said so», «says who», «who told you that», «whose words are these»."""
    said = {"said", "say", "says", "claims", "claimed", "claim", "states", "stated"}
    return "who" in words and bool(said & set(words)) and set(words) <= said | {"who", "so", "that", "this", "it"}


def pronouns(question: str) -> list[str]:
    """The pronouns of a question for which nothing in it stands, in lower case, in their order.

    A noun or a name before a pronoun is what it stands for; «there is» and a «that» after a noun or a verb
    stand for nothing.

    >>> pronouns("When did she sell it?"), pronouns("Is there a king?"), pronouns("What did the firm do with its cars?")
    (['she', 'it'], [], [])
    """
    found, named = [], False
    words = tokens(core(question))
    for at, word in enumerate(words):
        low = word.lower()
        before = words[at - 1].lower() if at else ""
        after = words[at + 1].lower() if at + 1 < len(words) else ""
        if low in PRONOUNS:
            if _stands_for_something(low, before, after) and not (named and low not in PLACES_AND_TIMES):
                found.append(low)
        elif low not in ASKING and at and terms(word) and (word[:1].isupper() or before in DETERMINERS | {"of"}):
            named = True
    return found


def _stands_for_something(word: str, before: str, after: str) -> bool:
    if word == "there":  # «is there a king»
        return before not in AUXILIARIES - {"do", "did", "does"} and after not in AUXILIARIES | {"any", "been"}
    if word == "then":
        return not after or bool(before)
    if word in _DEMONSTRATIVES:  # not «the car that won», «say that it is»
        return not before or before in AUXILIARIES | PREPOSITIONS | ASKING or not after
    return True
