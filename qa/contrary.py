"""Words of which the sentence says the contrary of what was asked: it denies them, or says them of somebody else."""

from __future__ import annotations

import re

from qa.growth import asks_whether
from qa.words import is_function_word, names, terms

AFTER = 5
"""Words after «not» that are looked at."""
AHEAD = 2
"""Words from an answer to the «not» that denies what is said of it, at most."""
SAME = 3
"""Letters that a name and its short form begin with, as Peter and Pete."""
_NOT = re.compile(
    r"\b(?:not(?!\s+(?:only|just|merely|simply|until|till|before))|never|no longer|cannot|neither|nor)\b|n['’]t\b",
    re.IGNORECASE,
)
_ASKED_NOT = re.compile(
    r"\b(?:not|never|no|cannot|neither|nor|nobody|none|without|except|un\w+)\b|n['’]t\b", re.IGNORECASE
)
_CLAUSE = re.compile(r"[,;:.!?()–—]|\s(?:but|because|that|until|till|unless|before|than)\s")
_UNTIL = re.compile(r"(?:until|till|unless|before|because)\b", re.IGNORECASE)
_WORD = re.compile(r"[\w'’]+")
_MANY = frozenset("Several Most Many Some All Other Others Few".split())
_SUBJECT = re.compile(r"(?:^|[,;:.!?]\s+|\b(?:and|but|when|while|because)\s+)([A-Z][a-z]+)\s+([a-z]+)")


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
        if said and said <= asked and not _CLAUSE.search(between) and not _UNTIL.match(sentence, start):
            return True
    first = _NOT.search(sentence, end)
    if not first or _CLAUSE.search(sentence, end, first.start()):
        return False
    told = _CLAUSE.split(sentence[first.end() :])[0]
    is_near = len(_WORD.findall(sentence[end : first.start()])) <= AHEAD
    return is_near and not asked.isdisjoint(terms(" ".join(_WORD.findall(told)[:AFTER])))


def is_of_another(question: str, sentence: str) -> bool:
    """Whether the sentence says of another name, and of none in the question, what was asked of the question's.

    >>> text = "Nils died in winter."
    >>> is_of_another("How did Anders die?", text), is_of_another("How did Nils die?", text)
    (True, False)
    """
    asked, named = set(terms(question)), names(question)
    if not named or not named.isdisjoint(terms(sentence)):
        return False
    starts = {name[:SAME] for name in asked}
    return any(
        not is_function_word(name.lower())
        and name not in _MANY
        and name.lower()[:SAME] not in starts
        and not (asked - named).isdisjoint(terms(verb))
        for name, verb in _SUBJECT.findall(sentence)
    )
