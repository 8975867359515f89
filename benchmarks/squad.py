"""Answers are compared as SQuAD compares them (Rajpurkar et al., 2016)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence


def words(text: str) -> list[str]:
    """The words that count: lower case, no punctuation, no articles.

    >>> words("The U.S. Army")
    ['us', 'army']
    """
    return re.sub(r"\b(a|an|the)\b", " ", re.sub(r"[^\w\s]", "", text.lower())).split()


def f1(predicted: str, reference: str) -> float:
    """The harmonic mean of precision and recall over words, in [0, 1].

    >>> f1("the red car", "a car")
    0.6666666666666666
    """
    a, b = words(predicted), words(reference)
    if not a or not b:
        return float(a == b)
    same = sum((Counter(a) & Counter(b)).values())
    return 2 * same / (len(a) + len(b))


def best_f1(predicted: str, references: Sequence[str]) -> float:
    """F1 with the reference that is nearest."""
    return max(f1(predicted, reference) for reference in references)


def exact(predicted: str, references: Sequence[str]) -> bool:
    """Whether the words are those of a reference."""
    return any(words(predicted) == words(reference) for reference in references)
