"""An overview is made of the interview's own sentences: those that tell most and do not say the same twice."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from qa.datatypes import Sentence
from qa.leaning import PRONOUNS, tokens
from qa.turns import is_question
from qa.words import names, terms

if TYPE_CHECKING:
    from qa.datatypes import Vectors

MOST = 6
"""Sentences."""
SHORT, LONG = 8, 45
"""Words; a sentence of fewer says little, one of more is no overview."""
FULL = 6.0
"""Words of meaning; a sentence of so many tells two thirds of what one can tell."""
TELLS, NAMES, EARLY, CENTRAL = 0.5, 0.15, 0.1, 0.5
"""What counts beside that: that a sentence speaks of what recurs in the text, that it names something or a number,
that it comes early, and that it is near to all others."""
NEW = 0.45
"""How much it counts against a sentence that another says the same."""
CLOSE = 0.3
"""How much of that it is to stand beside another: an overview leads through the whole text."""
LEANS = 0.85
"""What is left of a sentence's worth that begins as if another stood before it."""
_LEANING = PRONOUNS | frozenset("and but so or because which who whose also however therefore thus yes no well".split())


def overview(sentences: Sequence[Sentence], vectors: Vectors, most: int = MOST) -> list[int]:
    """The numbers of the sentences to show, in the text's order; all of a text that has no more.

    `vectors` are the sentences' unit vectors, shape (n, dimensions). A sentence is worth the more, the more
    words of meaning it has; see the weights above. Of these each is taken that says most beside what was taken
    (maximal marginal relevance; Carbonell and Goldstein, 1998).
    """
    import numpy as np

    fit = [n for n, s in enumerate(sentences) if not is_question(s) and SHORT <= len(s.text.split()) <= LONG]
    if len(fit) <= most:
        fit = [n for n, s in enumerate(sentences) if not is_question(s)] or list(range(len(sentences)))
    if len(fit) <= most:
        return fit
    own = vectors[fit]
    place = np.array(fit) / len(sentences)
    worth = _worth([sentences[n] for n in fit]) - EARLY * place
    central = own @ vectors.mean(axis=0)
    worth = worth + CENTRAL * central / max(float(central.max()), 1e-6)
    worth = worth * np.array([LEANS if _leans(sentences[n]) else 1.0 for n in fit])
    chosen: list[int] = []
    told = np.zeros(len(fit))  # how near each comes to what was taken, in what it says and in the text
    while len(chosen) < most:
        gain = worth - NEW * told
        gain[chosen] = -np.inf
        best = int(gain.argmax())
        beside = np.clip(1 - np.abs(place - place[best]) * most, 0, 1)
        told = np.maximum(told, own @ own[best] + CLOSE * beside)
        chosen.append(best)
    return sorted(fit[n] for n in chosen)


def _worth(sentences: Sequence[Sentence]) -> Vectors:
    """How much each sentence tells by its words; shape (sentences,)."""
    import numpy as np

    words = np.array([len(set(terms(sentence.text))) for sentence in sentences])
    has_names = np.array([bool(names(sentence.text)) for sentence in sentences])
    return np.asarray(1 - np.exp(-words / FULL) + TELLS * _telling(sentences) + NAMES * has_names)


def _telling(sentences: Sequence[Sentence]) -> Vectors:
    """How much of what the text speaks of again and again each sentence names, in [0, 1]; shape (sentences,)."""
    import numpy as np

    named = [set(terms(sentence.text)) for sentence in sentences]
    counts = Counter(term for each in named for term in each)
    told = np.array([math.fsum(math.log(counts[term]) for term in each) for each in named], dtype=np.float32)
    usual = float(np.median(told[told > 0])) if (told > 0).any() else 1.0
    return np.asarray(1 - np.exp(-told / usual))


def _leans(sentence: Sentence) -> bool:
    first = next(iter(tokens(sentence.text)), "").lower()
    return first in _LEANING
