"""Days to completion, counted by hand."""

from __future__ import annotations

import pytest

from cs_kpi.criterion import Criterion, Rule
from cs_kpi.onboarding.pace import pace, pace_by_segment, use_around
from cs_kpi.periods import parse
from tests.tables import book

JUNE = [parse("2024-06")]
CONTRACTS = [(name, "2024-06-01", None, 1) for name in "abcde"] + [("f", "2024-05-01", None, 1)]
# a, b, c, d after 0, 10, 20, 45 days; e not at all; f of May after 1
DONE = [("a", None, "2024-06-01", "food"), ("b", None, "2024-06-11", "food"), ("c", None, "2024-06-21", "toys"),
        ("d", None, "2024-07-16", "toys"), ("e", None, None, "toys"), ("f", None, "2024-05-02", "toys")]
WITHIN = Criterion(rules=(Rule(kind="completed", days=30),))


def test_quartiles_are_of_who_completed_in_time_or_late() -> None:
    found = pace(book(CONTRACTS, customers=DONE, onboarding=WITHIN), JUNE)
    # numpy's quartiles of 0, 10, 20, 45: a quarter of the way between neighbours
    assert (found.n, found.open) == (4, 1)
    assert (found.low, found.median, found.high) == (7.5, 15, 26.25)


def test_bars_are_round_and_hold_everybody_once() -> None:
    found = pace(book(CONTRACTS, customers=DONE, onboarding=WITHIN), JUNE)
    # 46 days in at most 16 bars: 5 days each, from 0 to 49
    assert found.edges.tolist() == list(range(0, 51, 5))
    assert found.counts.tolist() == [1, 0, 1, 0, 1, 0, 0, 0, 0, 1]


@pytest.mark.parametrize("last", ["2024-06-01", "2024-06-17", "2026-11-30"])
def test_any_span_fits(last: str) -> None:
    found = pace(book(CONTRACTS, customers=[("a", None, "2024-05-20"), ("b", None, last)], onboarding=WITHIN,
                      as_of="2026-12-31"), JUNE)
    assert found.counts.sum() == found.n == 2
    assert len(found.counts) <= 17


def test_nobody_completed_is_no_number() -> None:
    found = pace(book(CONTRACTS, customers=[("f", None, "2024-05-02")], onboarding=WITHIN), JUNE)
    assert (found.n, found.open, len(found.counts)) == (0, 5, 0)
    assert found.median != found.median


def test_segments_add_up() -> None:
    found = pace_by_segment(book(CONTRACTS, customers=DONE, onboarding=WITHIN), "industry", JUNE)
    assert found[["segment", "n", "open", "median"]].to_numpy().tolist() == [["food", 2, 0, 5], ["toys", 2, 1, 32.5]]


def test_use_is_counted_around_each_customers_own_day() -> None:
    usage = [("b", "2024-06-10"), ("b", "2024-06-11"), ("b", "2024-06-12"), ("f", "2023-05-03")]
    weeks = use_around(book(CONTRACTS, customers=DONE, usage=usage, onboarding=WITHIN), JUNE).set_index("week")
    # b completed on the 11th: one use in the week before, two from then on; a has no week before, f is of May
    assert weeks.loc[-1, ["customers", "mean"]].tolist() == [3, pytest.approx(1 / 3)]
    assert weeks.loc[0, ["customers", "mean"]].tolist() == [4, 0.5]
