"""Dated rows in order: the quick way to sort them beside the plain one."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from cs_kpi.churn.events import SPAN, events

rows = st.lists(st.tuples(st.integers(0, 4), st.integers(-40, 20_000), st.sampled_from([0.0, 1.0, 2.5, 9.0])),
                max_size=40)


@given(rows, st.sampled_from([5, SPAN << 12]))
@settings(max_examples=80, deadline=None)
def test_rows_are_by_customer_and_day_as_they_came_or_the_lowest_last(found: list[tuple[int, int, float]], size: int
                                                                       ) -> None:
    customer = np.array([row[0] for row in found], dtype=np.int64) * (size // 5)  # far codes fit into no one number
    day, value = (np.array([row[place] for row in found], dtype=kind) for place, kind in ((1, np.int64), (2, float)))
    kind = np.arange(len(found))
    came = events(customer, day, value, kind, 5)
    assert came.kind.tolist() == sorted(range(len(found)), key=lambda one: (customer[one], day[one], one))
    lowest = events(customer, day, value, kind, 5, lowest_last=True)
    assert lowest.kind.tolist() == sorted(range(len(found)), key=lambda one: (
        customer[one], day[one], -value[one], one))
