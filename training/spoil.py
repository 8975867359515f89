"""Small changes after which a question looks answerable and is not."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from qa.words import terms

if TYPE_CHECKING:
    from qa.datatypes import Vectors

_NAME = re.compile(r"(?<=\w )[A-Z][\w'’-]*(?: (?:of |the )?[A-Z][\w'’-]*)*")
_NUMBER = re.compile(r"\d[\d,.]*\d|\d")
_WORD = re.compile(r"[A-Za-z]{4,}")
_AUXILIARY = re.compile(r"(?<=\w )(did|does|do|was|were|is|are|has|have|can|could|will|would|should)\b")
_NEGATED = {"can": "can't", "will": "won't"}
_OPPOSITES = """
    first last | before after | most least | more less | more fewer | highest lowest | higher lower | largest smallest
    larger smaller | biggest smallest | bigger smaller | big small | best worst | better worse | oldest youngest
    oldest newest | older younger | old new | old young | north south | east west | northern southern
    eastern western | increase decrease | increased decreased | increasing decreasing | rise fall | rose fell
    win lose | won lost | winner loser | begin end | began ended | beginning end | start stop | started stopped
    start finish | open close | opened closed | early late | earlier later | earliest latest | always never
    above below | over under | inside outside | internal external | male female | men women | man woman | boy girl
    father mother | son daughter | brother sister | husband wife | king queen | like dislike | love hate
    buy sell | bought sold | accept reject | accepted rejected | allow forbid | allowed forbidden
    agree disagree | agreed disagreed | support oppose | supported opposed | create destroy | created destroyed
    build destroy | built destroyed | include exclude | included excluded | success failure | succeed fail
    strong weak | stronger weaker | strongest weakest | fast slow | faster slower | hot cold | warm cold | hard soft
    hard easy | difficult easy | easier harder | cheap expensive | rich poor | public private | common rare | long short
    longer shorter | longest shortest | tall short | high low | wide narrow | deep shallow | heavy light | thick thin
    left right | top bottom | front back | upper lower | major minor | positive negative | advantage disadvantage
    advantages disadvantages | benefit drawback | benefits drawbacks | friend enemy | friends enemies | war peace
    attack defend | attacked defended | arrive leave | arrived left | join leave | joined left | enter leave
    entered left | borrow lend | teach learn | taught learned | gain lose | gained lost | raise lower | raised lowered
    legal illegal | possible impossible | able unable | known unknown | similar different | same different
    modern ancient | rural urban | domestic foreign | local foreign | full empty | happy sad | good bad | safe dangerous
    clean dirty | maximum minimum | majority minority | arrival departure | birth death | born buried | alive dead
    remember forget | found lost | come go | came went | send receive | sent received | give take
    gave took | export import | exported imported | introduce abolish | introduced abolished | victory defeat
    day night
"""
OPPOSITES: dict[str, list[str]] = {}
for _pair in re.split(r"[|\n]", _OPPOSITES):
    for _a, _b in (lambda w: zip(w[::2], w[1::2], strict=True))(_pair.split()):
        OPPOSITES.setdefault(_a, []).append(_b)
        OPPOSITES.setdefault(_b, []).append(_a)


NOT_NEGATED = 0.7
"""How often a negation is left alone where nothing else fits: people seldom ask so."""
_ENDINGS = ("ing", "ed", "ly", "ies", "es", "s", "tion", "ity", "al", "er", "ous")


@dataclass(frozen=True)
class Vocabulary:
    """The rarer words of the sets with a vector each, unit length: to find what is like a word and not the same."""

    words: Sequence[str]
    vectors: Vectors
    rows: dict[str, int]

    def alike(self, word: str, count: int = 12) -> list[str]:
        """The nearest words of the same ending, without the very nearest: its other forms, and what means the same."""
        if word not in self.rows:
            return []
        cosines = self.vectors @ self.vectors[self.rows[word]]
        stem, ending = terms(word), _ending(word)
        best = (self.words[i] for i in np.argsort(-cosines)[: count * 5])
        return [w for w in best if terms(w) and terms(w) != stem and _ending(w) == ending][2:count]


def _ending(word: str) -> str:
    return next((ending for ending in _ENDINGS if word.endswith(ending)), "")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing of a question put in the place of another."""

    question: str
    """The question after it."""
    old: str
    new: str

    def of_passage(self, passage: str, start: int, end: int) -> tuple[str, int, int] | None:
        """The passage after the same change, and where its answer now is.

        None where the passage does not hold the old words, would go on holding one of them, where they
        are in the answer, or are function words.
        """
        if not terms(self.old):
            return None
        places = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(self.old)}(?!\w)", passage)]
        if not places or any(a < end and start < b for a, b in places):
            return None
        changed, last = "", 0
        for a, b in places:
            changed += passage[last:a] + self.new
            last = b
        changed += passage[last:]
        if set(terms(self.old)).difference(terms(self.new)).intersection(terms(changed)):
            return None
        shift = (len(self.new) - len(self.old)) * sum(b <= start for _, b in places)
        return changed, start + shift, end + shift


def spoil(
    question: str, context: str, names: Sequence[str], numbers: Sequence[str], like: Vocabulary, rng: random.Random
) -> Change | None:
    """One thing changed in the question that the context holds, so that it answers no more; None where nothing fits.

    `names` and `numbers` are those of the article, from which others are taken.
    """
    held = set(terms(context))
    ways: list[Callable[[], Change | None]] = [
        lambda: _opposite(question, held, rng),
        lambda: _swap_name(question, context, names, rng),
        lambda: _swap_number(question, context, numbers, rng),
        lambda: _alike(question, held, like, rng),
        lambda: _negated(question, rng),
    ]
    weights = [3.0, 2.5, 2.0, 1.5, 0.5]
    while ways:
        (way,) = rng.choices(ways, weights)
        at = ways.index(way)
        ways.pop(at), weights.pop(at)
        change = way()
        if change and change.question != question:
            return change
    return None


def _put(question: str, match: re.Match[str], new: str) -> Change:
    return Change(question[: match.start()] + new + question[match.end() :], match.group(), new)


def _opposite(question: str, held: set[str], rng: random.Random) -> Change | None:
    found = [
        (m, new)
        for m in re.finditer(r"[a-z]+", question)
        for new in OPPOSITES.get(m.group(), [])
        if not held.intersection(terms(new))
    ]
    return _put(question, *rng.choice(found)) if found else None


def _swap_name(question: str, context: str, names: Sequence[str], rng: random.Random) -> Change | None:
    found = [m for m in _NAME.finditer(question) if m.group() in context]
    others = [name for name in names if name not in context and name not in question]
    if not found or not others:
        return None
    match = rng.choice(found)
    length = len(match.group().split())
    alike = [name for name in others if len(name.split()) == length]
    return _put(question, match, rng.choice(alike or others))


def _swap_number(question: str, context: str, numbers: Sequence[str], rng: random.Random) -> Change | None:
    found = [m for m in _NUMBER.finditer(question) if m.group() in context]
    if not found:
        return None
    match = rng.choice(found)
    old = match.group()
    alike = [n for n in numbers if len(n) == len(old) and n not in context]
    if old.isdigit() and (not alike or rng.random() < 0.5):
        alike = [str(abs(int(old) + rng.choice([-50, -20, -10, -3, -2, -1, 1, 2, 3, 10, 20, 50])))]
    alike = [n for n in alike if n not in context]
    return _put(question, match, rng.choice(alike)) if alike else None


def _alike(question: str, held: set[str], like: Vocabulary, rng: random.Random) -> Change | None:
    matches = [m for m in _WORD.finditer(question) if m.group().islower() and held.intersection(terms(m.group()))]
    rng.shuffle(matches)
    for match in matches:
        others = [w for w in like.alike(match.group()) if not held.intersection(terms(w))]
        if others:
            return _put(question, match, rng.choice(others))
    return None


def _negated(question: str, rng: random.Random) -> Change | None:
    found = list(_AUXILIARY.finditer(question))
    if not found or rng.random() < NOT_NEGATED:
        return None
    match = found[0]
    return _put(question, match, _NEGATED.get(match.group(), f"{match.group()}n't"))


def names_in(text: str) -> list[str]:
    """The names in a text, as far as capital letters tell.

    >>> names_in("In 1990 the Bank of England paid Ann Lee.")
    ['Bank of England', 'Ann Lee']
    """
    return _NAME.findall(text)


def numbers_in(text: str) -> list[str]:
    """The numbers in a text, as they are written.

    >>> numbers_in("1,200 of 3 in 1990.")
    ['1,200', '3', '1990']
    """
    return _NUMBER.findall(text)
