"""The months to come: at the book's own rates, by the KPIs' own formulas, with every movement accounted for."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_kpi.kpi.readings import readings
from cs_kpi.periods import month_start, parse
from cs_kpi.targets.forecast import SHOWN, Ground, forecast, ground, kpi_of, past_course
from cs_kpi.targets.history import history
from cs_kpi.targets.paths import Futures, net_pace, simulated
from cs_kpi.targets.projection import Ahead, Projection, projected, steady
from cs_kpi.targets.rates import BASES, Rates, rates
from cs_kpi.targets.scenario import Change, Scenario
from cs_kpi.targets.words import assumptions
from tests import tables
from tests.books import examples
from tests.targets.given import four_months, lively, steady_book

AS_IT_IS = Scenario(name="as it is")


@pytest.fixture(scope="module")
def wide() -> Ground:
    return ground(lively(), "plan")


def test_rates_are_pooled_over_complete_months() -> None:
    found = rates(history(four_months()))
    # 100 churned and 40 added of 2,240 opened; one of ten customers left; 60 came in four months.
    assert found.values["churn"] == pytest.approx([100 / 2240])
    assert found.values["expansion"] == pytest.approx([40 / 2240])
    assert found.values["left"] == pytest.approx([1 / 10])
    assert found.values["new"] == pytest.approx([15_000_000])
    assert (found.values["contraction"], found.values["reactivation"]) == ([0], [0])


def test_no_change_projects_what_the_rates_say_to_the_cent() -> None:
    found = forecast(ground(four_months()), AS_IT_IS)
    # 600 x (1 + (40 - 100) / 2,240) + 15 = 598.93; x (1 - 60 / 2,240) + 15 = 597.89; ... and 3 x 0.9 + 0.25 = 2.95.
    expected, customers = 600.0, 3.0
    for month in range(12):
        expected, customers = expected * (1 - 60 / 2240) + 15, customers * 0.9 + 0.25
        assert round(found.course("mrr").expected[month], 2) == round(expected, 2)
        assert found.course("customers").expected[month] == pytest.approx(customers, abs=1e-5)
    assert round(found.course("mrr").expected[0], 2) == 598.93
    assert round(found.course("net_new_mrr").expected[0], 2) == -1.07


def test_the_first_projected_month_is_the_kpi_engines_where_rates_stay() -> None:
    """What is projected for November from the months before is what the engine reads once November is there."""
    found = forecast(ground(steady_book("2024-10-31")), AS_IT_IS)
    whole = steady_book()
    for name in SHOWN:
        kpi = kpi_of(name)
        period = parse("TTM-2024-11" if name == "nrr" else "2024-11")
        [reading] = readings(whole, [period], [name], convention=kpi.convention if name == "nrr" else None)
        assert found.course(name).expected[0] == pytest.approx(reading.value), name


def test_every_past_month_is_the_kpi_engines_by_the_same_formula() -> None:
    book = lively()
    of = ground(book, "plan")
    for name in SHOWN:
        kpi = kpi_of(name)
        ours = past_course(of, name)[11:]
        periods = [parse(f"TTM-{month.id}") if name == "nrr" else month for month in of.past.months[11:]]
        theirs = readings(book, periods, [name], intervals=False, convention=kpi.convention if name == "nrr" else None)
        assert ours.tolist() == pytest.approx([one.value for one in theirs]), name


def test_five_percent_a_month_are_forty_six_a_year() -> None:
    none = np.zeros(1)
    alone = Rates((None,), dict.fromkeys(BASES, none) | {"churn": np.array([0.05]), "left": np.array([0.05])},
                  np.zeros((1, 1)), np.zeros((1, 1)), np.array([100_000_000]), np.array([100_000_000]), np.ones(12),
                  False, 12)
    first = parse("2025-01")
    closing = projected(alone, steady(alone, 12, first), first).whole["closing_mrr"][-1, 0] / 100_000_000
    assert round(1 - closing, 4) == 0.4596  # handbook 8: 45.96 %


def adds_up(found: Projection) -> None:
    sums = found.sums
    moves = sums["new"] + sums["reactivation"] + sums["expansion"] - sums["contraction"] - sums["churn"] + found.moved
    assert (sums["closing_mrr"] == sums["opening_mrr"] + moves).all()
    people = sums["is_new"] + sums["is_reactivated"] - sums["left"] + found.moved_customers
    assert (sums["is_customer"] == sums["was_customer"] + people).all()
    assert (sums["opening_mrr"][1:] == sums["closing_mrr"][:-1]).all()
    assert not found.moved.sum(axis=2).any()
    assert not found.moved_customers.sum(axis=2).any()
    assert min(values.min() for values in sums.values()) >= 0


@examples(60)
@given(st.integers(0, 2**32 - 1), st.integers(1, 4), st.integers(1, 36))
def test_every_month_of_every_path_closes_with_what_it_opened_with_and_what_moved(seed: int, size: int, months: int
                                                                                 ) -> None:
    """Whatever the rates: beyond one, zero, or such that more would leave a segment than is there."""
    draw = np.random.default_rng(seed)
    values = {name: draw.choice([0.0, 0.01, 0.3, 1.5], (months, 5, size)) * draw.random((months, 5, size))
              for name in BASES}
    values |= {name: values[name] * 1e9 for name in ("new", "is_new")}
    moves = draw.choice([0.0, 0.02, 0.9], (size, size)) * (1 - np.eye(size))
    first = parse("2025-01")
    base = Rates(tuple(f"S{place}" for place in range(size)), {}, moves, moves,
                 draw.integers(0, 10**12, size), draw.integers(0, 10**9, size), np.ones(12), False, 12)
    adds_up(projected(base, Ahead(values, moves, moves), first))


def test_a_path_that_would_outgrow_whole_numbers_is_cut_and_says_so() -> None:
    found = forecast(ground(lively(25, 9)), Scenario(name="x", months=36, changes=(
        Change(driver="expansion", value=1.0), Change(driver="reactivation", value=1.0))))
    adds_up(found.expected)
    adds_up(found.paths)
    assert found.expected.is_cut.tolist() == [True]
    assert not forecast(ground(lively(25, 9)), AS_IT_IS).paths.is_cut.any()


def test_simulated_paths_of_a_book_add_up_in_every_segment(wide: Ground) -> None:
    found = forecast(wide, Scenario(name="x", field="plan", months=36, changes=(Change(driver="churn", value=0.3),)))
    adds_up(found.expected)
    adds_up(found.paths)


def test_segments_add_up_to_the_books_own_numbers(wide: Ground) -> None:
    book = lively()
    for name, measure in (("mrr", "closing_mrr"), ("churn_mrr", "churn"), ("customers", "is_customer")):
        theirs = [one.value for one in readings(book, wide.past.months, [name], intervals=False)]
        assert (wide.past.whole[measure] / 1e6).tolist() == pytest.approx(theirs), name


def test_a_segment_has_its_own_rates(wide: Ground) -> None:
    book = lively()
    for place, name in enumerate(wide.base.names):
        last = wide.past.months[-12:]
        lost = sum(one.value or 0 for one in readings(book, last, ["churn_mrr"], "plan", intervals=False)
                   if one.segment and one.segment.value == name)
        opened = sum(one.value or 0 for one in readings(book, [month.shifted(-1) for month in last], ["mrr"], "plan",
                                                        intervals=False) if one.segment and one.segment.value == name)
        assert wide.base.values["churn"][place] == pytest.approx(lost / opened)


def test_the_fan_is_in_order_and_the_same_every_time(wide: Ground) -> None:
    one, two = (forecast(ground(lively(), "plan"), AS_IT_IS.model_copy(update={"field": "plan"})).course("arr")
                for _again in range(2))
    assert one == two
    rows = np.array([one.p10, one.p25, one.p50, one.p75, one.p90])
    assert (np.diff(rows, axis=0) >= 0).all()
    assert one.p10[-1] < one.expected[-1] < one.p90[-1]
    assert one.p90[-1] - one.p10[-1] > one.p90[0] - one.p10[0]


def width(of: Ground) -> float:
    found = forecast(of, AS_IT_IS).course("mrr")
    return (found.p90[11] - found.p10[11]) / found.expected[11]


def test_a_short_history_has_a_wider_fan() -> None:
    """The same books by their last five months and by all of them; single fives may be calm by chance."""
    long = [ground(lively(seed=seed)) for seed in range(6)]
    short = [Ground(of.past.last(5), rates(of.past.last(5)), None, 1.0, 12) for of in long]
    assert short[0].base.months == 5
    assert np.mean([width(one) for one in short]) > 1.1 * np.mean([width(one) for one in long])


def exploding(rate: float) -> Ground:
    """Twenty customers who all pay `rate` more every month of two years, and one who leaves every fourth month."""
    first = dt.date(2023, 1, 1)
    rows = [(f"C{number}", month_start(first, month), month_start(first, month + 1), 100 * (1 + rate) ** month)
            for number in range(20) for month in range(4 * number + 4 if number < 6 else 24)]
    return ground(tables.book([(name, str(start), str(end) if end < dt.date(2025, 1, 1) else None, mrr)
                               for name, start, end, mrr in rows], as_of="2024-12-31"))


def test_an_explosive_growth_is_no_promise_in_the_fan() -> None:
    """The line is what the rates say; in the paths half of what is beyond 4 % fades within 6 to 60 months."""
    of = exploding(0.15)
    scenario = Scenario(name="x", months=36)
    found = forecast(of, scenario)
    mrr, pace = found.course("mrr"), net_pace(of.base, of.base.values)
    assert pace > 0.1
    assert mrr.expected[35] == pytest.approx(float(of.past.whole["closing_mrr"][-1]) / 1e6 * (1 + pace) ** 36, rel=1e-3)
    assert mrr.p90[35] < mrr.expected[35]
    assert mrr.p10[35] < mrr.expected[35] / 10
    assert "the line is no forecast" in " ".join(str(one) for one in assumptions(of, scenario))
    calm = exploding(0.03)
    assert "the line is no forecast" not in " ".join(str(one) for one in assumptions(calm, scenario))
    assert forecast(calm, scenario).course("mrr").p90[35] > forecast(calm, scenario).course("mrr").expected[35]


def test_half_of_an_excess_has_faded_after_its_half_life() -> None:
    # Churn 1 %, expansion 10 %: 9 % a month, 5 points of it beyond 4 %. After twelve months of a half-life of twelve
    # 10 % are 10 - 2.5 = 7.5 %.
    of = ground(four_months())
    base = replace(of.base, values=dict.fromkeys(BASES, np.zeros(1)) | {"expansion": np.array([0.10]),
                                                                        "churn": np.array([0.01])})
    ones = dict.fromkeys(BASES, np.ones((12, 1, 1)))
    drawn = Futures(ones, dict.fromkeys(BASES, np.zeros((1, 1))), np.array([12.0]))
    found = simulated(base, steady(base, 12, of.first), drawn).values["expansion"]
    assert found[-1].item() == pytest.approx(0.075)
    assert simulated(base, steady(base, 12, of.first), drawn).values["churn"][-1].item() == pytest.approx(0.01)


def test_growth_of_new_mrr_compounds() -> None:
    of = ground(four_months())
    found = forecast(of, Scenario(name="x", growth=0.1, months=2))
    assert found.expected.whole["new"][:, 0].tolist() == [16_500_000, 18_150_000]
    assert of.first.start == dt.date(2024, 5, 1)
