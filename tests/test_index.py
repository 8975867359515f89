from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.index import Index

ROWS = np.array([[1, 0], [0, 1], [0.6, 0.8], [1, 0]], dtype=np.float32)
EAST = np.array([1, 0], dtype=np.float32)


def test_nearest_first_and_equals_in_their_order() -> None:
    assert Index(ROWS).nearest(EAST, 3) == [(0, 1.0), (3, 1.0), (2, pytest.approx(0.6))]


def test_a_tie_at_the_edge_goes_to_the_first() -> None:
    assert Index(ROWS).nearest(EAST, 1) == [(0, 1.0)]


def test_more_than_there_are_gives_all() -> None:
    assert [row for row, _ in Index(ROWS).nearest(EAST, 99)] == [0, 3, 2, 1]


def test_an_empty_index_finds_nothing() -> None:
    assert Index(np.zeros((0, 2), dtype=np.float32)).nearest(EAST, 3) == []


def test_calls_that_make_no_sense_are_refused() -> None:
    with pytest.raises(ValueError, match="k=0"):
        Index(ROWS).nearest(EAST, 0)
    with pytest.raises(ValueError, match="two dimensions, not 1"):
        Index(EAST)


@given(st.lists(st.sampled_from([0.0, 0.5, -0.5, 1.0, 0.25]), min_size=1, max_size=40), st.integers(1, 45))
def test_agrees_with_a_full_stable_sort(values: list[float], k: int) -> None:
    index = Index(np.array([[value, 0] for value in values], dtype=np.float32))
    expected = sorted(range(len(values)), key=lambda i: -values[i])[:k]
    assert index.nearest(EAST, k) == [(i, values[i]) for i in expected]
