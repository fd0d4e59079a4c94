"""The spread of a part: every customer in one column, thresholds where they stand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_kpi.health.score import component_score
from cs_kpi.health.spread import spread, spread_of
from cs_kpi.health_rules import Component
from tests.books import examples
from tests.health.given import configuration, small

UP = Component(feature="nps_last", bad=2, good=8, weight=1)


def test_few_values_stand_one_by_one_with_the_thresholds_between_them() -> None:
    """0 and 2 score 0, 5 is between, 8 and 9 score 100: bad stands before the third column, good before the fourth."""
    found = spread_of(np.array([0.0, 2, 2, 5, 8, 9, np.nan]), UP)
    assert (found.low.tolist(), found.counts.tolist(), found.zone.tolist()) == (
        [0, 2, 5, 8, 9], [1, 2, 1, 1, 1], [0, 0, 1, 2, 2])
    assert (found.bad, found.good, found.unknown) == (2, 3, 1)


def test_where_less_is_healthier_the_sides_change_places() -> None:
    found = spread_of(np.array([0.0, 2, 5, 8, 9]), UP.model_copy(update={"bad": 8, "good": 2}))
    assert found.zone.tolist() == [2, 2, 1, 0, 0]
    assert (found.good, found.bad) == (2, 3)


def test_many_values_stand_in_columns_whose_edges_meet_the_thresholds() -> None:
    found = spread_of(np.arange(0.0, 101.0), Component(feature="x", bad=20, good=70, weight=1))
    assert found.low[found.bad] == 20
    assert found.low[found.good] == 70
    assert np.isposinf(found.high[-1])
    assert found.counts.sum() == 101


@given(st.lists(st.one_of(st.just(float("nan")), st.floats(-1e4, 1e4).map(lambda value: round(value, 2))), max_size=60),
       st.integers(-50, 50), st.integers(1, 60), st.booleans())
@examples(200)
def test_everybody_is_in_one_column_and_its_zone_is_what_the_part_scores(values: list, first: int, width: int,
                                                                         is_up: bool) -> None:
    ends = (first, first + width) if is_up else (first + width, first)
    part = Component(feature="x", bad=ends[0], good=ends[1], weight=1)
    value = np.array(values, dtype=float)
    found = spread_of(value, part)
    alone = component_score(part, value[~np.isnan(value)])
    assert found.counts.sum() + found.unknown == len(value)
    wanted = [((alone == 0).sum()), ((alone > 0) & (alone < 100)).sum(), (alone == 100).sum()]
    assert [found.counts[found.zone == zone].sum() for zone in range(3)] == pytest.approx(wanted, abs=0)


def test_it_is_of_the_customers_of_today() -> None:
    """d has left; c gave no answer."""
    found = spread(small(), configuration(("nps_last", 2, 8, 1)), UP)
    assert (found.low.tolist(), found.counts.tolist(), found.unknown) == ([6, 9], [1, 1], 1)
