"""Words that answer are grown to all that was asked for: the whole list, the whole of what someone is."""

from __future__ import annotations

import re

from qa.leaning import ASKING, AUXILIARIES, PREPOSITIONS, PRONOUNS
from qa.phrases import is_name
from qa.quantity import CALENDAR, NUMERAL, spelt
from qa.words import terms

ITEM = 5
"""Words that one thing in a list has, at most."""
BESIDE = 12
"""Words of what stands beside a name, at most."""
FEW = 2
"""Words that are no reason by themselves."""
_NEAR = 200  # characters in which the next thing must lie
_SEVERAL = re.compile(
    r"\b(?:which|what)\s+(?:(?!is\b|was\b|has\b|does\b|this\b)[\w-]+\s+){0,2}?(?!(?:is|was|has|does|this)\b)[\w-]+(?<!s)(?<!u)(?<!i)s\b"
    r"|\b(?:what|which|who)\s+(?:are|were)\b|^\s*(?:list|name)\b|\bwhich of\b",
    re.IGNORECASE,
)
_WHO_IS = re.compile(r"^\s*who(?:\s+is|\s+was|['’]s)\s+(?:the\s+)?([^?]+?)\s*\??\s*$", re.IGNORECASE)
_IS = re.compile(
    r"^\s*(?:who|what)(?:\s+is|\s+was|\s+are|\s+were|['’]s)\s+(?:the\s+)?([^?]+?)\s*\??\s*$", re.IGNORECASE
)
_BETWEEN = re.compile(r"[\s,(:–—]*(?:(?:is|was|are|were|as|who|which)\s+)*(?:(?:a|an|the|our|my|his|her|their)\s+)?\W?")
_JOINT = r"(?:,\s+(?:and|or|as well as)\s+|\s+(?:and|or|as well as)\s+|,\s+)"
_COLON = re.compile(r"(\w+):\s+")
_TURN = re.compile(r";|,\s+(?:but|so|yet|because|although|though|which|of which|where)\b")
_INITIALS = re.compile(r"(?:\b\w\.){2,}$")
_OF_VERBS = re.compile(
    r"\b(?:talk|spoke|speak|think|thought|know|knew|ask|tell|told|hear|heard|write|wrote|read|learn|dream|worr|fly|flew|jump"
    r"|climb|walk|drove|drive|serv|liv)\w*\s+$",
    re.IGNORECASE,
)
"""Whose preposition «about», «over» or «under» may be: «we talked about four boats»."""
_NOT_IN_LIST = (
    AUXILIARIES
    | PRONOUNS
    | frozenset("who which whom whose where when while but because if said says i we you".split())
)
_ARTICLE = re.compile(r"\b(?:a|an|the)\s+$", re.IGNORECASE)
_LIMIT = re.compile(
    r"\b(?:(?:no |not |much |far |well )?(?:(?:more|less|fewer|better) than|over|under)|at least|at most|up to"
    r"|as many as|as much as|almost|nearly|about|around|roughly|approximately|close to)\s+(?:(?:a|an|the)\s+)?$",
    re.IGNORECASE,
)
_WHY = re.compile(r"^\W*(?:(?:and|but|so)\s+)?(?:why|how come)\b", re.IGNORECASE)
_JOINING = frozenset("and but so or then also well".split())
_WHEN = re.compile(r"\bwhen\b|\bwhat (?:date|day)\b", re.IGNORECASE)
_PART = rf"(?:{CALENDAR}|1\d{{3}}|20\d{{2}}|[123]?\d(?:st|nd|rd|th)?)"
_DATE = re.compile(rf"\b{_PART}(?:,?\s+(?:(?:in|of|on|the)\s+)*{_PART}\b)+")
"""Two or more parts of a date, as in «In 2019, in March»."""
_NO_WHETHER = frozenset("or tell name list give explain describe show say".split())


def grown(question: str, sentence: str, start: int, end: int) -> tuple[int, int]:
    """The span of a sentence, grown where the question asks for more than it holds.

    Where it asks for several things and the span is some of a list, to the list; where it asks who someone
    is and the span is a part of what stands beside the name, to all of that; where it is to be answered by
    yes or no, to the sentence, which says how far; so, too, where the span only repeats the question, or is a
    word or two that do not tell why. A part of a date is the whole date where it is asked when, and a part of
    a number in words is the whole number. What is in front of a number and limits it is one of the words, as
    an article is.

    >>> text = "We sell to Germany, Norway and France in spring."
    >>> text[slice(*grown("Which countries do you sell to?", text, 20, 26))]
    'Germany, Norway and France'
    >>> text = "So said Anna Berg, head of Berg Shipping, in June."
    >>> text[slice(*grown("Who is Anna Berg?", text, 27, 40))]
    'head of Berg Shipping'
    """
    if asks_whether(question):
        return 0, len(sentence)
    if match := _WHO_IS.match(question):
        start, end = _beside(match.group(1), sentence, start, end)
    elif _SEVERAL.search(question):
        start, end = _told_one_by_one(question, sentence, start, end) or _whole_list(sentence, start, end)
    if _is_short_of(question, sentence[start:end]):
        return 0, len(sentence)
    if _WHEN.search(question):
        dates = (m.span() for m in _DATE.finditer(sentence) if m.start() <= start and end <= m.end())
        start, end = next(dates, (start, end))
    for number in spelt().finditer(sentence):
        if number.start() < end and start < number.end():
            start, end = min(start, number.start()), max(end, number.end())
    limit = _LIMIT.search(sentence, 0, start)
    if limit and NUMERAL.match(sentence, start) and not _OF_VERBS.search(sentence, 0, limit.start()):
        start = limit.start()
    article = _ARTICLE.search(sentence, 0, start)
    return article.start() if article and sentence[start].islower() else start, end


def asks_whether(question: str) -> bool:
    """Whether a question is to be answered by yes or no.

    >>> asks_whether("And did you stay?"), asks_whether("Can you tell me when?"), asks_whether("Is it red or blue?")
    (True, False, False)
    """
    words = re.findall(r"[\w'’]+", question.lower())
    while words and words[0] in _JOINING:
        words.pop(0)
    return bool(words) and words[0] in AUXILIARIES and ASKING.isdisjoint(words) and _NO_WHETHER.isdisjoint(words)


def _is_short_of(question: str, words: str) -> bool:
    """Whether the words say less than was asked: they repeat the question, or are too few to be a reason."""
    if _WHY.search(question) and len(words.split()) <= FEW:
        return True
    found = set() if _IS.match(question) else set(terms(words))
    return bool(found) and found <= set(terms(question)) and not re.search(r"\bor\b", question)


def is_apart(question: str, sentence: str, start: int, end: int) -> bool:
    """Whether a question asks who or what a name is, and the span does not stand beside that name.

    Beside it is what follows or comes before with no more than a comma, a bracket or a form of «be» between.
    False where the question asks for another thing, or the sentence does not hold the name.

    >>> text = "So said Anna Berg, head of Berg Shipping, to the Morning Post."
    >>> is_apart("Who is Anna Berg?", text, 19, 40), is_apart("Who is the Morning Post?", text, 8, 17)
    (False, True)
    """
    match = _IS.match(question)
    named = match and re.search(rf"\b{re.escape(match.group(1))}\b", sentence, re.IGNORECASE)
    if not named or not is_name(named.group()):
        return False
    if start < named.end() and named.start() < end:  # it holds the name, and something beside it, or is the name alone
        return end - start <= named.end() - named.start()
    if start >= named.end():
        between = sentence[named.end() : start]
        return between.isspace() or not _BETWEEN.fullmatch(between)
    return not _BETWEEN.fullmatch(sentence[end : named.start()])


def _beside(name: str, sentence: str, start: int, end: int) -> tuple[int, int]:
    """What stands between commas after the name, where the span is a part of it."""
    match = re.search(rf"{re.escape(name)},\s+([^,;:.!?]+)(?=[,;.!?])", sentence, re.IGNORECASE)
    if match and match.start(1) <= start and end <= match.end(1) and len(match.group(1).split()) <= BESIDE:
        return match.span(1)
    return start, end


def _told_one_by_one(question: str, sentence: str, start: int, end: int) -> tuple[int, int] | None:
    """All that comes after what was asked for and a colon, as in «three ideas: …», where the span is in it."""
    for match in _COLON.finditer(sentence, 0, start):
        stop = _TURN.search(sentence, match.end())
        told = sentence[match.end() : stop.start() if stop else len(sentence)].rstrip()
        if told.count("“") < told.count("”"):
            told = told.rstrip("”")
        if told[-1:] in "!?." and not _INITIALS.search(told):
            told = told[:-1]
        is_asked = not set(terms(match.group(1))).isdisjoint(terms(question))
        if is_asked and end <= match.end() + len(told) and re.search(_JOINT, told):
            return match.end(), match.end() + len(told)
    return None


def _whole_list(sentence: str, start: int, end: int) -> tuple[int, int]:
    """The list that the span is some of; the span where there is no list around it."""
    is_named = sentence[start].isupper() or sentence[start].isdigit()
    item = _named_item if is_named else _plain_item
    first, last, joints = start, end, re.findall(_JOINT, sentence[start:end])
    while match := re.match(_JOINT, sentence[last : last + _NEAR]):
        size = item(sentence[last + match.end() : last + _NEAR])
        if not size:
            break
        joints.append(match.group())
        last += match.end() + size
    while match := re.search(
        rf"(?P<item>[^,;:.!?()“”\"]+?)(?P<joint>{_JOINT})$", sentence[max(0, first - _NEAR) : first]
    ):
        begin = _item_at_end(match.group("item"), is_named=is_named)
        if begin is None:
            break
        joints.append(match.group("joint"))
        first += begin - len(match.group())
    is_list = any(joint.strip(" ,") for joint in joints)  # a comma alone joins other things, too
    return (first, last) if is_list else (start, end)


def _named_item(text: str) -> int:
    """The length of the name at the front of a text; 0 without one."""
    match = re.match(r"(?:the\s+|a\s+)?[A-Z0-9][\w’'.-]*(?:\s+(?:of\s+|the\s+|de\s+)*[A-Z0-9][\w’'-]*)*", text)
    return len(match.group().rstrip(".")) if match and len(match.group().split()) <= ITEM else 0


def _plain_item(text: str) -> int:
    """The length of the few words at the front of a text, up to a comma, a joint or a preposition; 0 without them."""
    size = 0
    for count, match in enumerate(re.finditer(r"\s*([\w’'-]+)", text)):
        word = match.group(1).lower()
        if text[size : match.start()].strip() or word in ("and", "or") or (word in PREPOSITIONS - {"of"} and count):
            break
        if word in _NOT_IN_LIST or count >= ITEM:
            return 0
        size = match.end()
    return size


def _item_at_end(text: str, *, is_named: bool) -> int | None:
    """Where the thing at the end of a text begins; None without one."""
    if is_named:
        match = re.search(r"(?:\b(?:the|a)\s+)?\b[A-Z0-9][\w’'-]*(?:\s+(?:of\s+|the\s+)*[A-Z0-9][\w’'-]*)*$", text)
        return match.start() if match and len(match.group().split()) <= ITEM else None
    words = list(re.finditer(r"[\w’'-]+", text))
    begin = None
    for count, match in enumerate(reversed(words)):
        word = match.group().lower()
        if word in AUXILIARIES | PREPOSITIONS - {"of"} or word in ("and", "or"):
            return begin
        if word in _NOT_IN_LIST:  # a verb follows, and where it ends is not known
            return None
        if count >= ITEM:
            return None
        begin = match.start()
    return begin
