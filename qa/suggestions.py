"""Questions to suggest about any interview: the interviewer's own, else made of what the text speaks of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice, pairwise

from qa.datatypes import Answer, Sentence
from qa.leaning import Leaning, leaning
from qa.quantity import NUMERAL
from qa.turns import exchanges, is_question
from qa.words import is_function_word, terms

TRIED = 24
"""Questions that are asked, at most, to find those that the interview answers."""
SURE = 0.6
"""The least confidence at which a question is suggested."""
KEPT = 8
"""Questions that are found for an interview, at most."""
_WORDS = range(4, 19)  # of a question that can be read at a glance
_NAME = re.compile(r"[A-Z][\w-]+(?:\s+(?:of\s+|the\s+)?[A-Z][\w-]+)*(?!['’])\b")
_RUN = re.compile(r"(?<![\w-])[a-z][a-z-]+(?:\s+[a-z][a-z-]+)+")
_PLACING = frozenset("in to at from for near into across around outside through".split())
_IS = "(?:is|was|are|were|in|on|at|of|and|or|to|for|from)"
_SAYS = "said|says|told|tells|asked|asks|thinks|thought|explained|explains|recalled|recalls|added|adds|wrote|writes"
_DATES = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday"
    " thursday friday saturday sunday".split()
)


def suggestions(sentences: Sequence[Sentence], ask: Callable[[str], Answer]) -> list[str]:
    """Questions that `ask` answers surely, each in a sentence of its own, in the order of the text."""
    found: dict[int, tuple[float, str]] = {}
    for question in islice(_possible(sentences), TRIED):
        answer = ask(question)
        if (
            answer
            and answer.sentence
            and answer.confidence >= SURE
            and not _is_about_the_same(question, found.values())
        ):
            at = answer.sentence.index
            found[at] = max(found.get(at, (0.0, "")), (answer.confidence, question))
    best = sorted(found.items(), key=lambda item: -item[1][0])[:KEPT]
    return [question for _, (_, question) in sorted(best)]


def _is_about_the_same(question: str, found: Iterable[tuple[float, str]]) -> bool:
    """Whether one of those found is about the very name: «Who is Anna?» after «What is said about Anna?»."""
    return any(_plain(question).split()[-1:] == _plain(other).split()[-1:] for _, other in found)


def leading_on(pool: Sequence[str], asked: Sequence[str], likeness: Sequence[float], most: int = 3) -> list[str]:
    """Of the pool, those to ask next: nearest to what was just said by `likeness`, and not asked yet."""
    known = {_plain(question) for question in asked}
    ranked = sorted(zip(likeness, range(len(pool)), strict=True), key=lambda pair: (-pair[0], pair[1]))
    return [pool[at] for _, at in ranked if _plain(pool[at]) not in known][:most]


def _possible(sentences: Sequence[Sentence]) -> Iterator[str]:
    own = [_unjoined(s.text) for e in exchanges(sentences) for s in e.question if is_question(s)]
    yield from dict.fromkeys(filter(_stands_alone, own))
    yield from _made(sentences)


def _unjoined(question: str) -> str:
    """The question without the word that joins it to what was said before.

    >>> _unjoined("And what did you do in Oslo?")
    'What did you do in Oslo?'
    """
    rest = re.sub(r"^(?:(?:and|but|okay|well),?\s+)+", "", question, flags=re.IGNORECASE)
    return rest[:1].upper() + rest[1:]


def _stands_alone(question: str) -> bool:
    return (
        len(question.split()) in _WORDS
        and len(terms(question)) > 1
        and question[:1].isupper()
        and leaning(question) is Leaning.ALONE
    )


def _made(sentences: Sequence[Sentence]) -> Iterator[str]:
    """Questions about what the text names and speaks of, most often first."""
    told = [s.text for s in sentences if not is_question(s)]
    names = Counter(name for text in told for name in _names(text))
    matters = Counter(matter for text in told for matter in _matters(text))
    for name, _ in names.most_common(TRIED // 3):
        if _is_somebody(name, told):
            yield f"Who is {name}?"
        yield f"What is said about {name}?"
    for matter, count in matters.most_common(TRIED // 3):
        if count > 1:
            yield f"What is said about {matter}?"


def _names(text: str) -> Iterator[str]:
    """The names in a sentence; its first word tells nothing, but where another of a name follows.

    >>> list(_names("Then Anna Berg left Oslo in June.")), list(_names("Anna Berg left."))
    (['Anna Berg', 'Oslo'], ['Anna Berg'])
    """
    first = _NAME.match(text)
    is_name = first and " " in first.group() and not is_function_word(first.group().split()[0].lower())
    for match in _NAME.finditer(text, 0 if is_name else len(text.split(maxsplit=1)[0])):
        if terms(match.group()) and not _DATES.intersection(match.group().lower().split()):
            yield match.group()


def _is_somebody(name: str, told: Sequence[str]) -> bool:
    """Whether what has this name does something, or is somebody's; not where it is mostly told what is in or at it.

    >>> _is_somebody("Anna Berg", ["We will go, said Anna Berg."]), _is_somebody("Liv", ["My sister Liv stayed."])
    (True, True)
    >>> _is_somebody("Asia", ["We chose the Asia market.", "Asia is large."])
    False
    >>> _is_somebody("New York", ["We sailed to New York.", "New York was cold.", "In New York it rained."])
    False
    """
    at = re.escape(name)
    ways = [
        rf"\b{at},?\s+(?:{_SAYS})\b",
        rf"\b(?:{_SAYS}),?\s+{at}\b",
        rf"\b(?:my|his|her|our|their|your|mrs?\.?|ms\.?|miss|dr\.?)\s+(?:[a-z-]+,?\s+){{0,2}}{at}\b",
    ]
    if " " in name:  # «Oslo has changed» is nobody
        ways.append(rf"(?:^|[,;:]\s|\bthen\s){at},?\s+(?!{_IS}\b)[a-z]+")
    acts = re.compile("|".join(ways), re.IGNORECASE)
    before = [word for text in told for word in re.findall(rf"\b(\w+)\W{{1,9}}{at}\b", text)]
    is_place = 2 * sum(word.lower() in _PLACING for word in before) > len(before)
    return not is_place and any(acts.search(text) for text in told)


def _matters(text: str) -> Iterator[str]:
    """The pairs of words that carry meaning and follow one another.

    >>> list(_matters("we built the supply chain of our own"))
    ['supply chain']
    """
    for match in _RUN.finditer(text):
        words = match.group().split()
        for pair in pairwise(words):
            if all(map(_has_matter, pair)):
                yield " ".join(pair)


def _has_matter(word: str) -> bool:
    is_form = word.endswith(("ed", "ing")) or NUMERAL.match(word)
    return bool(terms(word)) and len(word) > 3 and not is_form


def _plain(question: str) -> str:
    return " ".join(terms(question)) or question.lower()
