"""Sorting whole numbers by digits gives what numpy's own stable sort gives."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_kpi.order import stable_order

WIDE = st.integers(-(2**62), 2**62) | st.integers(-3, 3) | st.integers(65_530, 65_540)


@given(st.lists(WIDE, max_size=60))
def test_places_are_those_of_a_stable_sort(values: list[int]) -> None:
    given_values = np.array(values, dtype=np.int64)
    assert stable_order(given_values).tolist() == np.argsort(given_values, kind="stable").tolist()


@pytest.mark.parametrize("values", [[], [5], [2**63 - 1, -(2**63), 0]])
def test_nothing_one_value_and_the_widest_range_are_sorted_too(values: list[int]) -> None:
    given_values = np.array(values, dtype=np.int64)
    assert stable_order(given_values).tolist() == sorted(range(len(values)), key=lambda place: values[place])
