"""The exact test over strata beside counting by hand, and the choice among many tests."""

from __future__ import annotations

from itertools import combinations
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cs_kpi.growth import exact
from cs_kpi.growth.exact import Tally, discoveries

strata = st.lists(st.tuples(st.integers(2, 9), st.integers(0, 9), st.integers(1, 4)), min_size=1, max_size=3)


def tally(rows: list[tuple[int, int, int, int]]) -> Tally:
    """customers, having, takers, together of each stratum, of one thing."""
    found = Tally(1)
    for customers, having, takers, together in rows:
        found.add(customers, np.array([having]), takers, np.array([together]))
    return found


def test_of_one_stratum_it_is_fishers_test() -> None:
    # of 8 customers 4 have it; of 4 takers 3 have it: (4 x 4 + 1) / 70 (Fisher's lady tasting tea: 17/70)
    found = tally([(8, 4, 4, 3)])
    assert found.chance_of_more()[0] == pytest.approx(17 / 70)
    assert found.expected[0] == 2
    assert found.most[0] == 4


@given(strata, st.data())
@settings(max_examples=60, deadline=None)
def test_over_strata_it_is_the_share_of_all_ways_to_deal_takers_out(shape: list[tuple[int, int, int]],
                                                                      data: st.DataObject) -> None:
    rows, ways = [], [0]
    for customers, had, took in shape:
        had, took = min(had, customers), min(took, customers)
        together = data.draw(st.integers(max(0, had + took - customers), min(had, took)))
        rows.append((customers, had, took, together))
        counts = [sum(one < had for one in chosen) for chosen in combinations(range(customers), took)]
        ways = [before + now for before in ways for now in counts]
    assert len(ways) == np.prod([comb(size, took) for size, _had, took, _both in rows])
    seen = sum(row[3] for row in rows)
    assert tally(rows).chance_of_more()[0] == pytest.approx(np.mean([way >= seen for way in ways]))


def test_large_sums_are_judged_by_their_moments_much_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [(200, 60, 20, 8)] * 10 + [(80, 8, 15, 2)] * 10
    whole = tally(rows).chance_of_more()[0]
    monkeypatch.setattr(exact, "LARGEST", 100)
    assert tally(rows).chance_of_more()[0] == pytest.approx(whole, rel=0.03)
    assert 1e-5 < whole < 1e-3


def test_many_tests_are_held_against_a_rising_limit() -> None:
    # Benjamini and Hochberg (1995), section 3.2: of these 15, four are rejected at 0.05
    p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590,
         1.0]
    assert discoveries(np.array(p[::-1]), 0.05).sum() == 4
    assert discoveries(np.zeros(0), 0.05).tolist() == []
