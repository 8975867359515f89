"""A question that leans on the one before it is written out, so that it stands alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product

from qa.leaning import (
    ASKING,
    AUXILIARIES,
    PERSONS,
    PLACES_AND_TIMES,
    PREPOSITIONS,
    Leaning,
    core,
    leaning,
    pronouns,
    tokens,
)
from qa.phrases import BE, is_name, phrases

Similarity = Callable[[str, Sequence[str]], Sequence[float]]
"""How near in meaning a text comes to each of others."""
SHORT = 6
"""Words; an answer of no more may stand for a pronoun of the next question."""
OPTIONS = 3
"""Ways to understand a question that are tried, at most."""
LENIENT = 0.08
"""By how much nearer a phrase may come to things than to people, and still name a person."""
_PEOPLE = ("a person", "a man or a woman", "a human being", "a manager or an official")
_OTHERS = ("a thing", "a place or building", "an organisation or company", "an event")
_ONE = re.compile(rf"^(?:(?:the|that|those|a|an)\s+)?ones?\s+(?=(?:{'|'.join(PREPOSITIONS)})\b)", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:1[0-9]|20)\d\d\b")
_NEGATED = {"can": "can't", "will": "won't", "shall": "shan't"}
_HAPPENED = {"happened": "happen", "occurred": "occur"}
_NO_THING = frozenset("now today then here there yesterday tomorrow ever still yet lately anyway".split())
"""What stands where a thing may and is none."""
_POSSESSIVES = frozenset("his her its their hers theirs".split())
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
        return list(_other_of_the_same(core(question), before))
    if kind is Leaning.PRONOUN:
        return list(islice(_without_pronouns(question, before, similarity), OPTIONS))
    return []


def _same_of_another(named: str, question: str, similarity: Similarity) -> str:
    """The question before, asked of what is named now."""
    named = _ONE.sub("", named)  # «and one with high rent» asks of what was named before
    low = tokens(named)[0].lower()
    if (year := _YEAR.search(named)) and len(years := _YEAR.findall(question)) == 1:
        return _asked(question.replace(years[0], year.group()))
    if low in PREPOSITIONS:
        alike = [low, *(p for p in ("in", "at", "on", "during", "by", "for", "from", "to") if p != low)]
        for preposition in alike[:1] if low not in ("in", "at", "on", "during") else alike[:4]:
            for match in reversed(list(re.finditer(rf"\b{preposition}\b", question, re.IGNORECASE))):
                return _asked(question[: match.start()] + named + _after_phrase(question[match.end() :]))
        return _asked(f"{question.rstrip(' ?.!')} {named}")
    chunks = phrases(question)
    if not chunks:
        return _asked(f"{question.rstrip(' ?.!')} {named}")
    of_its_kind = [chunk for chunk in chunks if is_name(chunk) == is_name(named)]
    chunks = of_its_kind or chunks
    likeness = similarity(named, chunks)
    chunk = max(zip(likeness, range(len(chunks)), chunks, strict=True))[2]
    at = question.rindex(chunk)
    return _asked(question[:at] + named + question[at + len(chunk) :])


def _after_phrase(text: str) -> str:
    """What follows the noun phrase at the front of a text; a name ends where its capitals do."""
    if match := re.match(r"\s+[A-Z0-9][\w.&-]*(?:\s+[A-Z0-9][\w.&-]*)*(?=\s|\W)", text):
        return text[match.end() :]
    for match in re.finditer(r"\w+(?:['’.&-]\w+)*|[,;?]", text):
        word = match.group().lower()
        if word in PREPOSITIONS | AUXILIARIES | ASKING or not word[0].isalnum():
            return f" {text[match.start() :]}"
    return ""


def _other_of_the_same(wanted: str, before: Before) -> Iterator[str]:
    """Something else asked about the matter of the question before: its asking words make room for the new ones.

    Of «who is Anna» there is no «when».
    """
    asking = " ".join(_asking_words(wanted)).replace("how come", "why")
    match = re.search(rf"\b(?:{'|'.join(sorted(ASKING))})\b", before.question, re.IGNORECASE)
    if not match or before.question.split()[0].lower() in AUXILIARIES:
        yield _why_of_whether(asking, before.question)
        return
    lead, rest = before.question[: match.start()], before.question[match.end() :].strip(" ?.!")
    words = rest.split()
    place = next((n for n, w in enumerate(words) if w.lower() in AUXILIARIES), None)
    answer = before.answer if before.answer and len(before.answer.split()) <= SHORT else None
    adverbial = match.group().lower() in ("when", "where", "why") or (match.group().lower() == "how" and place == 0)
    if place is None:  # «who built the boat»
        subject = answer or "it"
        verb, _, tail = rest.partition(" ")
        body = f"did {subject} {_HAPPENED.get(verb.lower(), verb)} {tail}"
    else:
        noun = " ".join(w for w in words[:place] if w.lower() not in ("many", "much"))
        auxiliary, tail = words[place], " ".join(words[place + 1 :])
        thing = "" if adverbial else (noun or answer or "")
        if match.group().lower() == "who" and auxiliary.lower() in BE and (is_name(tail) or tail.lower() in PERSONS):
            return
        if auxiliary.lower() in _DO or (thing and not noun):
            body = f"{auxiliary} {tail} {thing}"
        else:
            body = f"{auxiliary} {thing} {tail}"
    yield _asked(f"{asking[:1].upper()}{asking[1:]} {body}" if not lead.strip() else f"{lead}{asking} {body}")


def _why_of_whether(asking: str, question: str) -> str:
    """«Why was he late?» after «Was he late?»; «why not» puts its «not» to the auxiliary."""
    auxiliary, _, rest = question.strip().partition(" ")
    if auxiliary.lower() not in AUXILIARIES:
        return _asked(f"{asking}, {question}")
    auxiliary = auxiliary.lower()
    if asking.endswith(" not"):
        asking = asking.removesuffix(" not")
        auxiliary = _NEGATED.get(auxiliary, f"{auxiliary}n't")
    return _asked(f"{asking} {auxiliary} {rest}")


def _asking_words(wanted: str) -> Iterator[str]:
    """«When» of «when was that», «what year» of «what year was it»."""
    for word in tokens(wanted):
        if word.lower() in AUXILIARIES or word.lower() in ("that", "this", "it", "so", "exactly"):
            return
        yield word.lower()


def _without_pronouns(question: str, before: Before, similarity: Similarity) -> Iterator[str]:
    """The question with something before it in place of each pronoun, likeliest first."""
    open_ones = list(dict.fromkeys(pronouns(question)))[:2]
    choices = [[(p, a) for a in _antecedents(p, before, similarity)] for p in open_ones]
    for chosen in product(*(c for c in choices if c)):
        if len({antecedent for _, antecedent in chosen}) == len(chosen):
            text = question
            for pronoun, antecedent in chosen:
                text = _replaced(text, pronoun, antecedent)
            if text != question:
                yield _asked(core(text) if core(text)[:1].isupper() else text.strip(" ?"))


def _antecedents(pronoun: str, before: Before, similarity: Similarity) -> list[str]:
    """What a pronoun may stand for, likeliest first."""
    asked = before.question.lower()
    answer = before.answer if before.answer and len(before.answer.split()) <= SHORT else None
    answer = answer and answer.rstrip(" .,;:!?")
    answeris_name = bool(answer) and is_name(answer or "")
    chunks = [chunk for chunk in reversed(phrases(before.question)) if chunk.lower() not in _NO_THING]
    names = [c for c in chunks if is_name(c)]
    others = [c for c in chunks if not is_name(c)]
    if pronoun in PERSONS:
        asks_who = asked.startswith("who") and not (names and asked.split()[1] in BE)  # not «who is Anna Berg»
        by_answer = [answer] if answer and asks_who and answeris_name else []
        if len(names) > 1:
            names.sort(key=lambda name: not _is_person(name, similarity))
        return [*filter(None, by_answer), *names] or [chunk for chunk in others if _is_person(chunk, similarity)]
    if pronoun in PLACES_AND_TIMES:
        asks = asked.startswith(
            ("where", "in which", "in what") if pronoun == "there" else ("when", "in what", "what year")
        )
        return [*([answer] if answer and asks else []), *names, *others]
    by_answer = [answer] if answer and asked.startswith(("what", "which", "who")) and not answer[:1].isdigit() else []
    return [*others, *names, *filter(None, by_answer)]


def _is_person(phrase: str, similarity: Similarity) -> bool:
    """Whether what a phrase names may be he or she, by what it is nearer to in meaning."""
    likeness = similarity(phrase, [*_PEOPLE, *_OTHERS])
    return max(likeness[: len(_PEOPLE)]) + LENIENT >= max(likeness[len(_PEOPLE) :])


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


def _asked(text: str) -> str:
    """The text as a question."""
    flat = " ".join(text.split()).strip(" ?.!,")
    return f"{flat[:1].upper()}{flat[1:]}?"
