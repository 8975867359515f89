"""An overview is made of the interview's own sentences: those that are central and do not say the same twice."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from qa.datatypes import Sentence
from qa.leaning import PRONOUNS, tokens
from qa.turns import is_question
from qa.words import terms

if TYPE_CHECKING:
    from qa.datatypes import Vectors

MOST = 6
"""Sentences."""
SHORT, LONG = 8, 45
"""Words; a sentence of fewer says little, one of more is no overview."""
NEW = 0.45
"""How much it counts against a sentence that another says the same, beside how central it is."""
LEANS = 0.85
"""What is left of the centrality of a sentence that begins as if another stood before it."""
TELLS = 0.8
"""How much of its centrality a sentence owes to naming what the text speaks of again and again."""
_LEANING = PRONOUNS | frozenset("and but so or because which who whose also however therefore thus yes no well".split())


def overview(sentences: Sequence[Sentence], vectors: Vectors, most: int = MOST) -> list[int]:
    """The numbers of the sentences to show, in the text's order; all of a text that has no more.

    `vectors` are the sentences' unit vectors, shape (n, dimensions). A sentence is central that is near to
    all others, that is to their mean, and that names what the text speaks of again and again; of these, each
    is taken that says most beside what was taken (maximal marginal relevance; Carbonell and Goldstein, 1998).
    """
    import numpy as np

    fit = [n for n, s in enumerate(sentences) if not is_question(s) and SHORT <= len(s.text.split()) <= LONG]
    if len(fit) <= most:
        fit = [n for n, s in enumerate(sentences) if not is_question(s)] or list(range(len(sentences)))
    if len(fit) <= most:
        return fit
    own = vectors[fit]
    central = own @ vectors.mean(axis=0)
    central = central / central.max() if central.max() > 0 else central
    central = central * np.array([LEANS if _leans(sentences[n]) else 1.0 for n in fit], dtype=np.float32)
    central = central * (1 - TELLS + TELLS * _telling([sentences[n] for n in fit]))
    chosen: list[int] = []
    told = np.zeros(len(fit), dtype=np.float32)  # how near each comes to what was taken
    while len(chosen) < most:
        gain = central - NEW * told
        gain[chosen] = -np.inf
        chosen.append(int(gain.argmax()))
        told = np.maximum(told, own @ own[chosen[-1]])
    return sorted(fit[n] for n in chosen)


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
