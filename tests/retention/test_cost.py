"""The price of churn."""

from __future__ import annotations

import math

import pytest

from cs_kpi.kpi.readings import Segment
from cs_kpi.retention.cost import churn_costs, pooled_rate, present_mrr
from tests.retention.given import book


def test_a_rate_pools_what_was_lost_over_what_was_there() -> None:
    one = book(("A", "2023-12-01", None, 100), ("B", "2023-12-01", "2024-02-15", 50),
               ("C", "2023-12-01", "2024-03-15", 50), as_of="2024-03-31")
    rate = pooled_rate(one)
    assert rate is not None
    # January opens with 200, February with 200 and loses 50, March opens with 150 and loses 50.
    assert (rate.lost, rate.base, rate.value) == (100, 550, 100 / 550)
    assert [month.id for month in rate.months] == ["2024-01", "2024-02", "2024-03"]


def test_two_months_are_too_few_for_a_rate() -> None:
    assert pooled_rate(book(("A", "2024-01-01", None, 100), as_of="2024-03-31")) is None


def test_a_point_of_churn_costs_the_difference_of_two_decays() -> None:
    [one] = churn_costs(1000, 0.02, horizons=[12])
    # 1,000 x 0.98^12 = 784.72 against 1,000 x 0.97^12 = 693.84.
    assert one.mrr == pytest.approx(784.7167, abs=1e-4)
    assert one.mrr_difference == pytest.approx(693.8424 - 784.7167, abs=1e-3)
    # The revenue is the sum of twelve closings: q (1 - q^12) / (1 - q) each.
    kept, lost = (sum(rate ** month for month in range(1, 13)) for rate in (0.98, 0.97))
    assert one.revenue_difference == pytest.approx(1000 * (lost - kept))


def test_less_churn_earns_what_more_of_it_costs() -> None:
    [more], [less] = churn_costs(500, 0.03, 0.01, [24]), churn_costs(500, 0.04, -0.01, [24])
    assert more.revenue_difference == pytest.approx(-less.revenue_difference)


def test_five_percent_a_month_are_forty_six_a_year() -> None:
    [one] = churn_costs(1, 0.05, horizons=[12])
    assert math.isclose(1 - one.mrr, 0.4596, abs_tol=5e-5)  # handbook 8: 45.96 %


def test_a_segment_has_its_own_rate_and_mrr() -> None:
    one = book(("A", "2023-12-01", None, 100), ("B", "2023-12-01", "2024-02-15", 50), as_of="2024-03-31",
               plan=["Pro", "Basic"])
    rate = pooled_rate(one, segment=Segment("plan", "Pro"))
    assert rate is not None
    assert (rate.lost, rate.base) == (0, 300)
    assert (present_mrr(one), present_mrr(one, Segment("plan", "Basic"))) == (100, 0)
