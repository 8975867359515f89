"""What a question names, told by the closed classes of English alone."""

from __future__ import annotations

import re

from qa.leaning import ASKING, AUXILIARIES, DETERMINERS, PREPOSITIONS
from qa.words import terms

BE = frozenset("am is are was were be".split())
_PARTICIPLES = frozenset(
    """sold made built found held born known written given taken done told sent paid spent lost won met kept left set
    cut put shown seen grown drawn thrown broken chosen spoken driven hidden begun sung worn bought brought caught
    taught thought sought fought led fed laid heard meant read run become come gone""".split()
)


def phrases(question: str) -> list[str]:
    """What a question names: the runs of words that begin with a determiner, a capital or after a preposition.

    What follows an auxiliary loses its last word, which is the verb.

    >>> phrases("When did the old captain sell his boat to Anna Berg in Oslo?")
    ['the old captain', 'his boat', 'Anna Berg', 'Oslo']
    """
    found = []
    pieces = list(re.finditer(r"[\w$€£][\w'’.&%-]*\w|\w", question))
    at = 0
    while at < len(pieces):
        first = at
        previous = pieces[at - 1].group().lower() if at else ""
        starts = _begins_phrase(pieces[at].group(), previous, at)
        if not starts:
            at += 1
            continue
        is_named = pieces[at].group()[:1].isupper() or pieces[at].group()[:1].isdigit()
        at += 1
        while at < len(pieces):
            is_named = is_named and not pieces[at - 1].group().endswith(("'s", "’s"))  # «Oslo's harbour» is no name
            if not _goes_on(pieces[at].group(), pieces[at - 1].group(), is_name=is_named):
                break
            at += 1
        last = at - 1
        content = [p for p in pieces[first : last + 1] if p.group().lower() not in DETERMINERS]
        if previous in AUXILIARIES and not is_named and len(content) > 1 and _is_verb(pieces[last].group(), previous):
            last -= 1
        if content:
            found.append(question[pieces[first].start() : pieces[last].end()])
    return found


def _begins_phrase(word: str, previous: str, at: int) -> bool:
    low = word.lower()
    if low in ASKING | AUXILIARIES | PREPOSITIONS:
        return False
    if low in DETERMINERS:
        return low not in ("that", "this") or not terms(previous)  # «the ship that»
    if not _has_meaning(word):
        return False
    named = at > 0 and (word[:1].isupper() or word[:1].isdigit())
    return named or previous in PREPOSITIONS | AUXILIARIES or previous in ("many", "much", "which", "what", "whose")


def _goes_on(word: str, previous: str, *, is_name: bool) -> bool:
    if is_name and previous.lower() not in DETERMINERS:
        return word[:1].isupper() or word[:1].isdigit()
    return _has_meaning(word) and word.lower() not in PREPOSITIONS | AUXILIARIES | ASKING


def _has_meaning(word: str) -> bool:
    return bool(terms(word)) or (len(word) > 1 and word.isupper())  # «IT» is a name


def _is_verb(last: str, auxiliary: str) -> bool:
    """Whether the last word after an auxiliary is its verb: always after «did», after «was» where it looks like one."""
    return auxiliary not in BE or last.lower() in _PARTICIPLES or last.lower().endswith(("ed", "ing"))


def is_name(text: str) -> bool:
    """Whether each word begins with a capital, but for those that join them: «the Bay of Oslo»."""
    words = [w for w in text.split() if w.lower() not in DETERMINERS | PREPOSITIONS]
    return bool(words) and all(w[:1].isupper() for w in words)
