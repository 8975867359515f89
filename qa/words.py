"""Words are compared by their stems: which of a question's words does a sentence hold?"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import lru_cache


def coverage(question: str, sentences: Sequence[str]) -> list[float]:
    """The share of the question's words that each sentence holds, a rare word counting for more.

    Each word weighs its inverse document frequency among these sentences, as in BM25 (Robertson
    and Zaragoza, 2009). In [0, 1]; 0 for a question of nothing but function words.

    >>> coverage("Where was she born?", ["She was born in Oslo.", "Oslo is cold."])
    [1.0, 0.0]
    """
    wanted = set(terms(question))
    held = [wanted.intersection(terms(sentence)) for sentence in sentences]
    weights = {term: _rarity(sum(term in h for h in held), len(held)) for term in sorted(wanted)}
    total = sum(weights.values())
    return [sum(weights[term] for term in sorted(h)) / total if total else 0.0 for h in held]


def _rarity(count: int, n: int) -> float:
    """Inverse document frequency of a term in `count` of `n` sentences; always above 0."""
    return math.log(1 + (n - count + 0.5) / (count + 0.5))


_WORD = re.compile(r"\w+")
FUNCTION_WORDS = frozenset(
    """
    a an the this that these those
    i me my we us our you your he him his she her it its they them their one
    who whom whose which what when where why how many much
    am is are was were be been being do does did doing done have has had having
    can could may might must shall should will would
    about above after against as at before below between by during for from in into of off on onto out over
    per since than through to toward towards under until up upon with within without
    and but if nor or so yet because while
    any both each either every neither no not only some such there then too very also please s t
    """.split()
)
"""The closed classes of English: words that say how a question is put, and not what it is about."""


def terms(text: str) -> list[str]:
    """The stems of the words that carry meaning, in lower case.

    >>> terms("Which cars were sold?")
    ['car', 'sold']
    """
    return [stem(word) for word in _WORD.findall(text.lower()) if word not in FUNCTION_WORDS]


def is_function_word(word: str) -> bool:
    """Whether a word in lower case is of a closed class: it says how a question is put, not what it is about."""
    return word in FUNCTION_WORDS


_NAME = re.compile(r"(?<=\s)[^\W\d_a-z]\w*|\d\w*")


def names(question: str) -> set[str]:
    """The stems of what a question names: its numbers, and the words after the first that begin with a capital.

    >>> sorted(names("When did Nokia sell 400 phones to Apple?"))
    ['400', 'appl', 'nokia']
    """
    return {term for name in _NAME.findall(question) for term in terms(name)}


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The word without its English ending, by Porter's second algorithm."""
    from snowballstemmer import stemmer

    return str(stemmer("english").stemWord(word))  # a new one each time: they are not safe among threads
