"""A question that leans on the one before it is written out, so that it stands alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product

from qa.leaning import (
    ASKING,
    AUXILIARIES,
    DETERMINERS,
    PERSONS,
    PLACES_AND_TIMES,
    PREPOSITIONS,
    Leaning,
    core,
    leaning,
    pronouns,
    tokens,
)
from qa.words import terms

Similarity = Callable[[str, Sequence[str]], Sequence[float]]
"""How near in meaning a text comes to each of others."""
SHORT = 6
"""Words; an answer of no more may stand for a pronoun of the next question."""
OPTIONS = 3
"""Ways to understand a question that are tried, at most."""
_POSSESSIVES = frozenset("his her its their hers theirs".split())
_BE = frozenset("am is are was were be".split())
_PARTICIPLES = frozenset(
    """sold made built found held born known written given taken done told sent paid spent lost won met kept left set
    cut put shown seen grown drawn thrown broken chosen spoken driven hidden begun sung worn bought brought caught
    taught thought sought fought led fed laid heard meant read run become come gone""".split()
)
_DO = frozenset("do does did don't doesn't didn't".split())


@dataclass(frozen=True, slots=True)
class Before:
    """What was asked before, written out, and the words that answered it."""

    question: str
    answer: str | None = None


def readings(question: str, before: Before, similarity: Similarity) -> list[str]:
    """Ways to write a question out with what was asked before, likeliest first; none where it stands alone.

    >>> nothing = lambda text, others: [0.0] * len(others)
    >>> readings("and in Norway?", Before("How many cars were sold in Europe?"), nothing)
    ['How many cars were sold in Norway?']
    >>> readings("Why?", Before("When did Anna sell the boat?", "1974"), nothing)
    ['Why did Anna sell the boat?']
    >>> readings("When did she sell it?", Before("Who built the boat?", "Anna Berg"), nothing)
    ['When did Anna Berg sell the boat?']
    """
    kind = leaning(question)
    if kind is Leaning.ELLIPSIS:
        return [_same_of_another(core(question), before.question, similarity)]
    if kind is Leaning.BARE:
        return [_other_of_the_same(core(question), before)]
    if kind is Leaning.PRONOUN:
        return list(islice(_without_pronouns(question, before), OPTIONS))
    return []


def _same_of_another(named: str, question: str, similarity: Similarity) -> str:
    """The question before, asked of what is named now."""
    words = tokens(named)
    low = words[0].lower()
    if low in PREPOSITIONS:
        alike = [low, *(p for p in ("in", "at", "on", "during", "by", "for", "from", "to") if p != low)]
        for preposition in alike[:1] if low not in ("in", "at", "on", "during") else alike[:4]:
            for match in reversed(list(re.finditer(rf"\b{preposition}\b", question, re.IGNORECASE))):
                return _asked(question[: match.start()] + named + _after_phrase(question[match.end() :]))
        return _asked(f"{question.rstrip(' ?.!')} {named}")
    chunks = phrases(question)
    if not chunks:
        return _asked(f"{question.rstrip(' ?.!')} {named}")
    likeness = similarity(named, chunks)
    chunk = max(zip(likeness, range(len(chunks)), chunks, strict=True))[2]
    at = question.rindex(chunk)
    return _asked(question[:at] + named + question[at + len(chunk) :])


def _after_phrase(text: str) -> str:
    """What follows the noun phrase at the front of a text."""
    for match in re.finditer(r"\w+(?:['’.&-]\w+)*|[,;?]", text):
        word = match.group().lower()
        if word in PREPOSITIONS | AUXILIARIES | ASKING or not word[0].isalnum():
            return " " + text[match.start() :] if word[0].isalnum() else text[match.start() :]
    return ""


def _other_of_the_same(wanted: str, before: Before) -> str:
    """Something else asked about the matter of the question before: its asking words make room for the new ones."""
    asking = " ".join(_asking_words(wanted))
    match = re.search(rf"\b(?:{'|'.join(sorted(ASKING))})\b", before.question, re.IGNORECASE)
    if not match:
        return _asked(f"{asking[:1].upper()}{asking[1:]}, {before.question}")
    lead, rest = before.question[: match.start()], before.question[match.end() :].strip(" ?.!")
    words = rest.split()
    place = next((n for n, w in enumerate(words) if w.lower() in AUXILIARIES), None)
    answer = before.answer if before.answer and len(before.answer.split()) <= SHORT else None
    adverbial = match.group().lower() in ("when", "where", "why") or (match.group().lower() == "how" and place == 0)
    if place is None:  # «who built the boat»
        subject = answer or "it"
        body = f"did {subject} {rest}"
    else:
        noun = " ".join(w for w in words[:place] if w.lower() not in ("many", "much"))
        auxiliary, tail = words[place], " ".join(words[place + 1 :])
        thing = "" if adverbial else (noun or answer or "")
        if auxiliary.lower() in _DO or (thing and not noun):
            body = f"{auxiliary} {tail} {thing}"
        else:
            body = f"{auxiliary} {thing} {tail}"
    return _asked(f"{asking[:1].upper()}{asking[1:]} {body}" if not lead.strip() else f"{lead}{asking} {body}")


def _asking_words(wanted: str) -> Iterator[str]:
    """«When» of «when was that», «what year» of «what year was it»."""
    for word in tokens(wanted):
        if word.lower() in AUXILIARIES or word.lower() in ("that", "this", "it", "so", "exactly"):
            return
        yield word.lower()


def _without_pronouns(question: str, before: Before) -> Iterator[str]:
    """The question with something before it in place of each pronoun, likeliest first."""
    open_ones = list(dict.fromkeys(pronouns(question)))[:2]
    choices = [[(p, a) for a in _antecedents(p, before)] for p in open_ones]
    for chosen in product(*(c for c in choices if c)):
        if len({antecedent for _, antecedent in chosen}) == len(chosen):
            text = question
            for pronoun, antecedent in chosen:
                text = _replaced(text, pronoun, antecedent)
            if text != question:
                yield _asked(core(text) if core(text)[:1].isupper() else text.strip(" ?"))


def _antecedents(pronoun: str, before: Before) -> list[str]:
    """What a pronoun may stand for, likeliest first."""
    asked = before.question.lower()
    answer = before.answer if before.answer and len(before.answer.split()) <= SHORT else None
    answer_is_name = bool(answer) and _is_name(answer or "")
    chunks = list(reversed(phrases(before.question)))
    names = [c for c in chunks if _is_name(c)]
    others = [c for c in chunks if not _is_name(c)]
    if pronoun in PERSONS:
        asks_who = asked.startswith("who") and not (names and asked.split()[1] in _BE)  # not «who is Anna Berg»
        by_answer = [answer] if answer and asks_who and answer_is_name else []
        return [*filter(None, by_answer), *names] or others
    if pronoun in PLACES_AND_TIMES:
        asks = asked.startswith(
            ("where", "in which", "in what") if pronoun == "there" else ("when", "in what", "what year")
        )
        return [*([answer] if answer and asks else []), *names, *others]
    by_answer = [answer] if answer and asked.startswith(("what", "which", "who")) and not answer[:1].isdigit() else []
    return [*others, *names, *filter(None, by_answer)]


def _replaced(text: str, pronoun: str, antecedent: str) -> str:
    """The text with what the pronoun stands for in its place; «his» and the like become a genitive."""
    pattern = rf"\b{pronoun}\b(?:\s+one)?" if pronoun in ("this", "that", "these", "those") else rf"\b{pronoun}\b"
    possessive = pronoun in _POSSESSIVES - {"her"} or (
        pronoun == "her" and re.search(r"\bher\s+\w", text, re.IGNORECASE) is not None
    )
    to = f"{antecedent}{'’s' if possessive else ''}"
    if pronoun in PLACES_AND_TIMES:
        to = f"in {antecedent}"
    return re.sub(pattern, lambda _: to, text, count=1, flags=re.IGNORECASE)


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
        is_name = pieces[at].group()[:1].isupper() or pieces[at].group()[:1].isdigit()
        at += 1
        while at < len(pieces) and _goes_on(pieces[at].group(), pieces[at - 1].group(), is_name=is_name):
            at += 1
        last = at - 1
        content = [p for p in pieces[first : last + 1] if p.group().lower() not in DETERMINERS]
        if previous in AUXILIARIES and not is_name and len(content) > 1 and _is_verb(pieces[last].group(), previous):
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
    return auxiliary not in _BE or last.lower() in _PARTICIPLES or last.lower().endswith(("ed", "ing"))


def _is_name(text: str) -> bool:
    words = [w for w in text.split() if w.lower() not in DETERMINERS | PREPOSITIONS]
    return bool(words) and all(w[:1].isupper() for w in words)


def _asked(text: str) -> str:
    """The text as a question."""
    flat = " ".join(text.split()).strip(" ?.!,")
    return f"{flat[:1].upper()}{flat[1:]}?"
