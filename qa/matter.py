"""A question that names a matter and asks nothing more of it, such as «tell me about the fire»."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from qa.leaning import ASKING, AUXILIARIES, PREPOSITIONS, PRONOUNS, core, tokens
from qa.words import is_function_word, terms

LONGEST = 4
"""Words of meaning in a matter, at most; what has more asks for something."""
FEW = 2
"""The same where nothing but the matter is written: «the galleon»."""
ALWAYS, SURE, LIKELY = 2.0, 0.65, 0.5
"""From which confidence on an answer says more than all that is said of a matter: never, where one asks what is said,
and where one asks what is thought."""

_ROLE = r"(?:interview(?:ee|er)?s?|texts?|transcripts?|speakers?|participants?|respondents?|authors?|narrators?)"
_NAME = r"(?-i:[A-Z][\w'.-]+(?: [A-Z][\w'.-]+){0,2})"
_WHO = rf"(?:i|you|he|she|it|we|they|people|(?:any|some)(?:one|body)|(?:the )?{_ROLE})"
_WHOSE = rf"(?:his|her|their|your|its|(?:the )?{_ROLE}'s?|{_NAME}'s?)"
_DO, _DID = (rf"(?:{do})\s+{_WHO}(?:\s+ever)?" for do in ("do|does|did|has|have", "did|has|have"))
_OF_ANY = rf"(?:do|does|did)\s+{_NAME}"
_ABOUT = r"(?:about|on|of|regarding|concerning)"
_SOME = r"(?:(?:any|some|every)thing|all|(?:a (?:bit|little) )?more|a (?:bit|little))"
_QUOTED = r"(?:quotes?|quotations?|passages?|mentions?|references?|details?|info(?:rmation)?)"
_FORMS = (
    (
        ALWAYS,
        rf"(?:tell (?:me|us)|talk(?: to (?:me|us))?|say)(?: {_SOME})? about|describe|about",
        rf"tell (?:me|us) what (?:(?:is|was) said|{_WHO} (?:says?|said)) about",
        rf"i(?: want|'d like| would like) to (?:know|hear|learn)(?: {_SOME})? about|i(?:'m| am) interested in",
        rf"(?:(?:all|any|some|every|the|give me|show me|find|list) )*{_QUOTED} (?:{_ABOUT}|to)",
        rf"(?:(?:the|find|show me) )*(?:parts?|sections?|places?) (?:about|on|where {_WHO} (?:talks?|speaks?) about)",
        rf"(?:where )?(?:{_DO}|{_OF_ANY}) (?:mention(?:ed)?|sa(?:y|id) anything {_ABOUT})",
        rf"when (?:do|does) {_WHO} mention",
        rf"(?:(?:find|show|list)(?: me)? |(?:is|was) there )?{_SOME}(?: (?:(?:is|was) )?said)? {_ABOUT}",
    ),
    (
        SURE,
        rf"what(?: else)? {_DO} (?:say|said|tell|tell me|tell us|remember) about|how {_DO} describe",
        r"what(?:'s| is| was) (?:being )?(?:said|mentioned) about|what can you (?:tell me|say) about",
        rf"(?:what|how) about|what (?:do|does) {_WHO} (?:know|learn) about",
        rf"where (?:do|does) {_WHO} (?:discuss|(?:talk|speak) {_ABOUT})",
        rf"(?:(?:where|when) )?{_DID} (?:discuss(?:ed)?|(?:talk(?:ed)?|speak|spoken) {_ABOUT})",
    ),
    (
        LIKELY,
        rf"what (?:{_DO}|{_OF_ANY}) (?:think|thought|feel|believe) {_ABOUT}|what {_OF_ANY} say about",
        rf"how (?:{_DO}|{_OF_ANY}) (?:feel|think) about",
        rf"(?:what(?:'s| is| are| was| were) )?(?:{_WHOSE} )?(?:opinions?|views?|thoughts?|attitude|stance) "
        rf"(?:{_ABOUT}|towards?|to)",
    ),
)
_LEAD = r"(?:(?:hi|hello|hey|and|but|so|then|also|ok|okay|well|now|please|(?:can|could|would) you)[\s,]+)*"
_WITHIN = r"in (?:(?:all|any|both) )?(?:(?:the|this|these) )?(?:interview|text|transcript|conversation)s?"
_END = rf"(?:,?\s+(?:(?:in )?here|please|pls|plz|thanks|again|anywhere|{_WITHIN}))*[\s?.!]*"
_MENTIONED = re.compile(
    rf"{_LEAD}(?:where\s+)?(?:is|are)\s+([^?!]+?)\s+(?:ever\s+)?(?:mentioned|discussed|talked about){_END}",
    re.IGNORECASE,
)
_QUOTES = "\"'“”‘«» "
_NO_MATTER = frozenset(
    """yes yeah no ok okay well more really help go continue next stop test explain maybe again sorry pardon wrong right
    sure hm huh wow nice great interesting see got know answer repeat now one quotes mentions tell
    describe else summarize summarise translate thank thanks hello name names""".split()
)
"""These alone name nothing."""


@dataclass(frozen=True, slots=True)
class Matter:
    """What a question is about."""

    name: str
    least: float
    """An answer is preferred to what is said of it in all, where its confidence is this much at least."""


def matter(question: str) -> Matter | None:
    """What a question names without asking anything else of it; None where it asks.

    >>> matter("Tell me about the fire."), matter("the galleon?")
    (Matter(name='the fire', least=2.0), Matter(name='the galleon', least=0.65))
    >>> matter("What does she think of the new union?"), matter("and a new union?")
    (Matter(name='the new union', least=0.5), Matter(name='a new union', least=0.5))
    >>> matter("Tell me about how you met."), matter("boat price 1974 Bergen"), matter("When did she leave?")
    (None, None, None)
    """
    plain = _plain(question)
    if said := _formed(plain):
        return _matter(*said, LONGEST)
    name = core(plain)
    if all(word in _NO_MATTER or is_function_word(word) for word in tokens(name.lower())):
        return None
    return _matter(name, SURE if len(set(terms(name))) == 1 else LIKELY, FEW)  # two may ask: «Ray's job»


@lru_cache(maxsize=1)  # to compile takes longer than the rest of the import
def _asked() -> list[tuple[float, re.Pattern[str]]]:
    return [
        (least, re.compile(rf"{_LEAD}(?:{'|'.join(forms)}) ([^?!]+?){_END}".replace(" ", r"\s+"), re.IGNORECASE))
        for least, *forms in _FORMS
    ]


def asks_what_is_said(question: str) -> bool:
    """Whether it asks for all that is said of something, be it only a pronoun: «tell me more about him»."""
    said = _formed(_plain(question))
    return said is not None and said[1] == ALWAYS


def _plain(question: str) -> str:
    return question.strip().replace("’", "'")


def _formed(plain: str) -> tuple[str, float] | None:
    """What stands in the place of a matter, and from which confidence on an answer says more."""
    for least, form in _asked():
        if asked := form.fullmatch(plain):
            return asked[1], least
    asked = _MENTIONED.fullmatch(plain)
    return (asked[1], ALWAYS) if asked else None


def _matter(name: str, least: float, most: int) -> Matter | None:
    name = name.strip(_QUOTES)
    words = tokens(name.lower())
    asks = (ASKING | AUXILIARIES).intersection([*words, words[0].partition("'")[0]] if words else [])  # «what's»
    is_named = 1 <= len(set(terms(name))) <= most and len(words) <= 3 * most
    no_name = PREPOSITIONS | (PRONOUNS - {"his", "her", "its", "their", "that", "this", "these", "those"})
    return Matter(name, least) if is_named and not asks and words[0] not in no_name else None
