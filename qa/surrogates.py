"""Half of a surrogate pair is a character to Python and to JSON, but to nothing that writes text out."""

from __future__ import annotations


def without_surrogates(text: str) -> str:
    r"""The text with a question mark for each half of a pair; every character keeps its place.

    >>> without_surrogates("half \ud83d a pair")
    'half ? a pair'
    """
    return text.encode("utf-8", "replace").decode("utf-8")
