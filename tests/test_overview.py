"""An overview, with vectors written by hand."""

from __future__ import annotations

import numpy as np

from qa.datatypes import Sentence
from qa.overview import overview


def sentences(*texts: str) -> list[Sentence]:
    return [Sentence(text, 0, len(text), index, 0) for index, text in enumerate(texts)]


LONG = "{} of ships and harbours were told to all who came there"
UNIT = np.eye(3, dtype=np.float32)


def unit(*values: float) -> np.ndarray:
    vector = np.array(values, dtype=np.float32)
    return vector / np.linalg.norm(vector)


def test_the_central_come_first_and_nothing_is_said_twice() -> None:
    told = sentences(*(LONG.format(word) for word in ("Tales", "Stories", "Songs", "Plans")))
    vectors = np.stack([unit(1, 0.1, 0), unit(1, 0.1, 0), unit(0.2, 1, 0), unit(0, 0, 1)])
    assert overview(told, vectors, 2) == [0, 2]  # the second says what the first does


def test_questions_and_scraps_are_left_out_and_the_text_s_order_is_kept() -> None:
    told = sentences(
        LONG.format("What") + "?", "Yes.", LONG.format("Songs"), LONG.format("Plans"), LONG.format("Hopes")
    )
    vectors = np.stack([unit(1, 1, 1), unit(1, 1, 1), UNIT[0], UNIT[1], unit(1, 1, 0)])
    assert overview(told, vectors, 2) in ([2, 4], [3, 4])


def test_what_begins_as_if_another_stood_before_it_counts_for_less() -> None:
    told = sentences(LONG.format("But songs"), LONG.format("Songs"), LONG.format("Plans"))
    vectors = np.stack([UNIT[0], UNIT[0], UNIT[1]])
    assert overview(told, vectors, 2) == [1, 2]


def test_a_short_text_is_its_own_overview() -> None:
    told = sentences("He left.", "Why?", "She stayed.")
    assert overview(told, UNIT, 6) == [0, 2]
    assert overview(sentences("Why?"), UNIT[:1], 6) == [0]
