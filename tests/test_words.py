from __future__ import annotations

import pytest

from qa.words import coverage, terms


def test_a_rare_word_counts_for_more() -> None:
    shares = coverage("cold Oslo", ["It is cold.", "So cold.", "Cold again.", "Oslo."])
    assert shares[3] > shares[0] == shares[1] > 0
    assert sum(coverage("who is it", ["It is.", "Who?"])) == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", []), ("?", []), ("Collaborating, collaboration", ["collabor"] * 2), ("countries country", ["countri"] * 2)],
)
def test_terms(text: str, expected: list[str]) -> None:
    assert terms(text) == expected
