"""Words of which the sentence says the contrary of what was asked: it denies them, or says them of somebody else."""

from __future__ import annotations

import re
from collections.abc import Iterable

from qa.growth import asks_whether
from qa.leaning import AUXILIARIES
from qa.words import is_function_word, terms

AFTER = 5
"""Words after «not» that are looked at."""
AHEAD = 2
"""Words from an answer to the «not» that denies what is said of it, at most."""
SAME = 3
"""Letters that a name and its short form begin with, as Peter and Pete."""
_NOT = re.compile(
    r"(?:\b(?:not|never|no longer|cannot)\b|n['’]t\b)(?!\s+(?:only|just|merely|simply|until|till|before|as|so)\b)",
    re.IGNORECASE,
)
_ASKED_NOT = re.compile(
    r"\b(?:not|never|no|cannot|neither|nor|nobody|none|without|except|un(?!i|cle|der|til|less|to\b)\w+"
    r"|stop\w*|quit\w*|end(?:ed|s)?|ceas\w+|last|refus\w+|fail\w*|lack\w*|miss\w*)\b|n['’]t\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"[,;:.!?()–—]|\s(?:but|because|that|until|till|unless|before|than|since|for|except|as|without|any ?more)\s"
)
_SINCE = re.compile(r"(?:until|till|unless|before|because|since|for)\b", re.IGNORECASE)
_WORD = re.compile(r"[\w'’]+")
_AUXILIARY = "|".join(sorted(AUXILIARIES))
_AUXILIARY_BEFORE = re.compile(rf"\b(?:{_AUXILIARY})\s+$", re.IGNORECASE)
_REFUTES = re.compile(
    r"(?:(?:oh|ah|well|er|um|uh|hm+|actually|honestly|look|listen)\b[\s,.…–—]*)*"
    r"(?:(?:no|nope|nonsense|never)\s*(?=[,.;!–—]|$)|not\s+(?:at\s+all|really|quite|exactly|true)\b)",
    re.IGNORECASE,
)
_UNTRUE = re.compile(
    r"(?:\bnot|n['’]t|\bnever)\s+(?:\w+\s+)?(?:true|the case|correct|(?:so|right)(?=\s*(?:[,.;!–—]|$)))"
    r"|\b(?:that|it|this)(?:['’]s|\s+is|\s+was)\s+(?:(?:just|only|all|quite|simply|an?|the)\s+){0,2}"
    r"(?:myth|legend|lie|untrue|false|wrong|nonsense|invented|made\s+up)(?!\s+of)\b",
    re.IGNORECASE,
)
"""What says so in the sentence that replies."""
_NAME = r"[^\W\d_a-zß-öø-ÿ][\w’'-]+(?:\s+[^\W\d_a-zß-öø-ÿ][\w’'-]+)*"
_SUBJECT = re.compile(rf"(?:^|[,;:.!?]\s+|\b(?:and|but|when|while|because)\s+)({_NAME})\s+([a-zß-öø-ÿ][\w’'-]*)")
_SUBJECT_ASKED = re.compile(rf"\b(?i:{_AUXILIARY})\s+({_NAME})")
_OF_ONESELF = re.compile(r"\b(?:I|(?i:my|me|mine|myself))\b")
_OF_OTHERS = re.compile(r"\b(?:you|your|yours|he|him|his|she|her|hers|they|them|their)\b", re.IGNORECASE)
_MANY = frozenset("Several Most Many Some All Other Others Few".split())


def is_denied(question: str, sentence: str, start: int, end: int) -> bool:
    """Whether a sentence says what was asked with a «not», which the question has not, of the words from start to end.

    >>> text = "I was never afraid of the sea."
    >>> is_denied("What were you afraid of?", text, 22, 29), is_denied("What did you never fear?", text, 22, 29)
    (True, False)
    >>> is_denied("Which one rings?", "The Mary does not ring.", 0, 8)
    True
    """
    if _ASKED_NOT.search(question) or asks_whether(question):
        return False
    asked = set(terms(question))
    for match in _NOT.finditer(sentence, 0, start):
        between = sentence[match.end() : start]
        said = set(terms(between))
        is_told = said <= asked if said else not sentence[start].islower()  # «not Bo», but not «not good»
        if is_told and not _CLAUSE.search(f"{between} ") and not _SINCE.match(sentence, start):
            return True
    first = _NOT.search(sentence, end)
    if not first or _CLAUSE.search(sentence, end, first.start()):
        return False
    told = _CLAUSE.split(sentence[first.end() :])[0]
    is_near = len(_WORD.findall(sentence[end : first.start()])) <= AHEAD
    is_of_verb = first.group().lower() != "not" or _AUXILIARY_BEFORE.search(sentence, end, first.start())
    return bool(is_near and is_of_verb) and not asked.isdisjoint(terms(" ".join(_WORD.findall(told)[:AFTER])))


def is_refuted(reply: str) -> bool:
    """Whether what is said in reply says that what stands before it is not so.

    >>> is_refuted("That's a nice story and it isn't true."), is_refuted("No, she was born in Oslo.")
    (True, True)
    >>> is_refuted("Yes, and no one knew."), is_refuted("No one had done it."), is_refuted("It was not so easy.")
    (False, False, False)
    """
    return bool(_REFUTES.match(reply) or _UNTRUE.search(reply))


def is_of_another(question: str, sentence: str) -> bool:
    """Whether the sentence says of another name what was asked of the one that the question is about.

    >>> text = "Nils Berg died in winter."
    >>> is_of_another("How did Anders die?", text), is_of_another("How did Nils die?", text)
    (True, False)
    """
    named = _asked_of(question)
    if not named or not named.isdisjoint(terms(sentence)):
        return False
    starts = {name[:SAME] for name in named}
    asked = set(terms(question)) - named
    return any(
        not any(is_function_word(word) or word[:SAME] in starts for word in name.lower().split())
        and name not in _MANY
        and not asked.isdisjoint(terms(verb))
        for name, verb in _SUBJECT.findall(sentence)
    )


def is_of_oneself(question: str, sentence: str, speaker: str, others: Iterable[str]) -> bool:
    """Whether a speaker says of themselves alone what was asked of another one who speaks.

    >>> text = "I was born in 1938."
    >>> is_of_oneself("When was Jane Doe born?", text, "Anna", ["Jane Doe"])
    True
    >>> is_of_oneself("When was Anna born?", text, "Anna", ["Jane Doe"])
    False
    """
    named = _asked_of(question)
    if not named or not named.isdisjoint(terms(f"{speaker} {sentence}")):
        return False
    if not _OF_ONESELF.search(sentence) or _OF_OTHERS.search(sentence):
        return False
    return any(named <= set(terms(other)) for other in others)


def _asked_of(question: str) -> set[str]:
    """The stems of the name that a question is about; none where it names nobody."""
    match = _SUBJECT_ASKED.search(question)
    return set(terms(match.group(1))) if match else set()
