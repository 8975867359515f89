"""What a question wants that no sentence answers: an overview, or nothing at all but a friendly word."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches

from qa.letters import is_senseless
from qa.words import is_function_word

_THING = frozenset(
    """interview interviews text texts talk talks conversation conversations transcript transcripts document documents
    file files article articles story piece recording podcast discussion content contents whole entire""".split()
)
_SUM = frozenset(
    """summary summaries summarise summarize summarised summarized summing sum overview gist tldr nutshell recap
    abstract synopsis outline takeaway takeaways""".split()
)
_POINT = frozenset("point points topic topics theme themes idea ideas subject subjects thing things message".split())
_MAIN = frozenset("main key important central major most essential core".split())
_ABOUT = frozenset(
    "about discussed discuss covered cover mentioned mention deal deals say said talked speak spoken".split()
)
_AROUND = frozenset(
    """give show tell get list make write want need know please short brief quick quickly briefly generally basically
    general here really exactly whats it's that's what's let see read made""".split()
)
_OVERVIEW = _THING | _SUM | _POINT | _MAIN | _ABOUT | _AROUND
_SLIPS = {
    "waht": "what",
    "wht": "what",
    "wat": "what",
    "whta": "what",
    "abut": "about",
    "abot": "about",
    "abt": "about",
}
_LONG = sorted(word for word in _OVERVIEW if len(word) > 4)

_GREETING = frozenset("hi hello hey hallo hiya greetings morning afternoon evening howdy".split())
_THANKS = frozenset("thanks thank thx ty cheers appreciated".split())
_PARTING = frozenset("bye goodbye ciao".split())
_POLITE = frozenset(
    "good great nice ok okay cool well fine perfect lovely day again everyone folks much lot test".split()
)

_WHO_SPEAKS = re.compile(
    r"(?:(?:and|so|please|tell me)[, ]+)*who"
    r"(?:(?:['’]s|\s+(?:is|are))\s+(?:(?:the\s+)?(?:interviewers?|interviewees?|hosts?|moderators?|speakers?|participants?"
    r"|people\s+(?:speaking|talking))|being\s+interviewed|interviewing(?:\s+(?:him|her|them|whom?))?|speaking|talking"
    r"|asking(?:\s+(?:the\s+)?questions)?)"
    r"|\s+(?:speaks|talks|asks\s+(?:the\s+)?questions|interview(?:s|ed)\s+(?:whom?|him|her|them)"
    r"|(?:conducted|conducts|did|does|led|leads)\s+(?:the|this)\s+(?:interview|conversation)))"
    r"(?:\s+(?:here|in\s+(?:this|the)\s+(?:interview|conversation|transcript|recording|text)))?\s*[?.!]*",
    re.IGNORECASE,
)

_WHO_IS_IT = re.compile(
    r"(?:(?:and|so)[, ]+)*who(?:['’]s|\s+(?:is|are|was))\s+(?:he|she|they|you|this\s+(?:person|man|woman))\s*[?.!]*",
    re.IGNORECASE,
)
_WHO_IS = re.compile(r"(?:and\s+|so\s+)?who(?:['’]s|\s+(?:is|was))\s+([^?!]{1,60}?)\s*[?.!]*", re.IGNORECASE)
_TITLES = frozenset("mr mrs ms miss dr prof professor sir madam".split())

HELLO = "Hello. Ask what is said here: who, what, when, where, why. The answer comes in the words of the interview."
WELCOME = "You are welcome. Ask on: who, what, when, where, why, or what it is about."
GOODBYE = "Goodbye. The next time, too, ask who, what, when, where or why, or what it is about."
UNCLEAR = "I cannot make out a question there. Ask in a few words what is said: who, what, when, where, why."


def wants_overview(question: str) -> bool:
    """Whether it asks for the interview as a whole: what it is about, its main points, a summary.

    It does where it holds no other word; some are known in a misspelling, too.

    >>> wants_overview("What is it about?"), wants_overview("sumarise the intervew pls")
    (True, True)
    >>> wants_overview("What is the book about?"), wants_overview("What did he say?")
    (False, False)
    """
    words = [_spelt(word) for word in words_of(question)]
    if not all(word in _OVERVIEW or is_function_word(word) or word in ("pls", "tl", "dr") for word in words):
        return False
    said = set(words)
    if said & _SUM or {"tl", "dr"} <= said:
        return True
    if said & _POINT and (said & _MAIN or said & _ABOUT & {"discussed", "covered", "mentioned", "discuss", "cover"}):
        return not said & {"who", "when", "where", "why"}
    wants_all = bool(said & _THING) or bool(said & {"it", "this"})
    asks_what = bool(said & {"what", "whats", "what's", "tell"})
    return asks_what and wants_all and "about" in said and not said & {"he", "she", "they", "you", "who", "when", "why"}


def remark(question: str, is_held: Callable[[str], bool]) -> str | None:
    """What to say where nothing is asked: to a greeting, thanks, a farewell, or letters that make no words; else None.

    `is_held` tells whether a word of the interviews begins with letters of lower case; such are never senseless.

    >>> remark("Hello there!", lambda _: False) == HELLO, remark("Who was there?", lambda _: False)
    (True, None)
    """
    words = words_of(question)
    rest = [word for word in words if not is_function_word(word) and word not in _POLITE]
    for kind, said in ((_THANKS, WELCOME), (_GREETING, HELLO), (_PARTING, GOODBYE)):
        if (
            kind & set(words)
            and set(rest) <= _GREETING | _THANKS | _PARTING
            and not {"what", "who", "why"} & set(words)
        ):
            return said
    if words and all(map(is_senseless, _WORD.findall(question))) and not any(map(is_held, words)):
        return UNCLEAR
    return None


def asks_who_speaks(question: str) -> bool:
    """Whether it asks who the interviewer is, or who speaks at all, which labels tell and no sentence need say.

    >>> all(map(asks_who_speaks, ["Who is the interviewer?", "who's being interviewed", "Who are the speakers?"]))
    True
    >>> any(map(asks_who_speaks, ["Who is the host's brother?", "Who were the participants?", "Who is Anna?"]))
    False
    """
    return bool(_WHO_SPEAKS.fullmatch(question.strip()))


def asks_who_it_is(question: str) -> bool:
    """Whether it asks who he or she is; where no one was spoken of before, that is who speaks.

    >>> asks_who_it_is("Who is she?"), asks_who_it_is("who are you"), asks_who_it_is("Who is she married to?")
    (True, True, False)
    """
    return bool(_WHO_IS_IT.fullmatch(question.strip()))


def cast(asking: Sequence[str], replying: Sequence[str]) -> str:
    """A sentence that names those who ask and those who reply, as the labels of a transcript have them.

    >>> cast(["Jane Doe"], ["Anna", "Bo"]), cast([], ["Anna", "Bo"])
    ('By the labels of the transcript, Jane Doe asks; Anna and Bo reply.', 'By its labels, Anna and Bo speak.')
    """
    if not asking:
        return f"By its labels, {_listed(replying)} {'speaks' if len(replying) == 1 else 'speak'}."
    asks = f"By the labels of the transcript, {_listed(asking)} {'asks' if len(asking) == 1 else 'ask'}"
    return f"{asks}; {_listed(replying)} {'replies' if len(replying) == 1 else 'reply'}." if replying else f"{asks}."


def person_asked(question: str) -> frozenset[str]:
    """The words of the name in a question that asks who someone is, in lower case; none of another question.

    >>> sorted(person_asked("who is mr. Desmond Farrow")), person_asked("Who sold it?")
    (['desmond', 'farrow'], frozenset())
    """
    asked = _WHO_IS.fullmatch(question.strip())
    return frozenset(words_of(asked[1])) - _TITLES if asked else frozenset()


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def sorted_words(texts: Iterable[str]) -> list[str]:
    """Each word of the texts once, in lower case."""
    return sorted({word for text in texts for word in words_of(text)})


def begins_one(words: Sequence[str], letters: str) -> bool:
    """Whether one of the sorted words begins with these letters.

    >>> begins_one(["car", "keyboards"], "keyboard"), begins_one(["car", "keyboards"], "board")
    (True, False)
    """
    at = bisect_left(words, letters)
    return at < len(words) and words[at].startswith(letters)


_WORD = re.compile(r"\w+(?:['’]\w+)*")


def words_of(text: str) -> list[str]:
    """The words of a text in lower case."""
    return _WORD.findall(text.lower().replace("’", "'"))


def _spelt(word: str) -> str:
    """The word, or the one of this list that it misspells."""
    if word in _OVERVIEW or len(word) < 5:
        return _SLIPS.get(word, word)
    return next(iter(get_close_matches(word, _LONG, 1, 0.84)), word)
