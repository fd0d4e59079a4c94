"""Published worked examples (handbook 8), each built as rows of contracts; the source stands above each test.

Amounts that have to be turned into MRR first (a fee per term, a discount) are tested with the import.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pandas as pd
import pytest

from cs_kpi.book import Book
from cs_kpi.kpi.intervals import wilson
from cs_kpi.kpi.readings import Reading, readings
from cs_kpi.periods import parse
from cs_kpi.settings import Settings

DATA = Path(__file__).parents[1] / ".." / "shared" / "data"
AS_OF = dt.date(2024, 12, 31)

Contract = tuple[str, str, str | None, float]


def book(contracts: Iterable[Contract]) -> Book:
    frame = pd.DataFrame(list(contracts), columns=["customer_id", "start_date", "end_date", "mrr"])
    frame = frame.assign(start_date=pd.to_datetime(frame["start_date"]), end_date=pd.to_datetime(frame["end_date"]),
                         mrr=frame["mrr"].astype(float))
    return Book({"subscriptions": frame}, Settings(as_of=AS_OF))


def reading(whole: Book, kpi: str, period: str) -> Reading:
    return readings(whole, [parse(period)], [kpi])[0]


def value(contracts: Iterable[Contract], kpi: str, period: str = "2024-06") -> float | None:
    return reading(book(contracts), kpi, period).value


def kept(name: str, mrr: float) -> Contract:
    return (name, "2024-01-01", None, mrr)


def lost(name: str, mrr: float) -> Contract:
    return (name, "2024-01-01", "2024-06-15", mrr)


def repriced(name: str, before: float, after: float) -> list[Contract]:
    return [(name, "2024-01-01", "2024-06-10", before), (name, "2024-06-10", None, after)]


def won(name: str, mrr: float) -> Contract:
    return (name, "2024-06-05", None, mrr)


# ChartMogul help, customer churn rate
def test_who_joined_and_left_in_the_month_is_in_no_churn_rate() -> None:
    stayed = [kept(f"s{n}", 10) for n in range(90)]
    gone = [lost(f"l{n}", 10) for n in range(10)]
    brief = ("brief", "2024-06-02", "2024-06-20", 10.0)
    # 100 at opening, 11 cancelled, 1 of these had joined in the month: 10 of 100
    assert value([*stayed, *gone, brief], "customer_churn_rate") == 0.10


# ChartMogul help, MRR churn rate
def test_expansion_lowers_net_churn_and_not_gross_churn() -> None:
    contracts = [kept("a", 60), lost("b", 10), *repriced("c", 20, 10), *repriced("d", 10, 20)]
    # opening 100, churn 10, contraction 10, expansion 10
    assert value(contracts, "gross_revenue_churn_rate") == 0.20
    assert value(contracts, "net_revenue_churn_rate") == 0.10


# Stripe billing glossary, corrected (its total needs 600 / 12, not the printed 800 / 12)
def test_monthly_and_yearly_plans_add_up_to_monthly_revenue() -> None:
    monthly = [kept(f"m{n}", 100) for n in range(100)]
    yearly = [kept(f"y{n}", 600 / 12) for n in range(50)]
    assert value([*monthly, *yearly], "mrr") == 12_500


# Baremetrics changelog
def test_churn_never_exceeds_what_was_there_at_opening() -> None:
    contracts = [("a", "2024-01-01", "2024-06-10", 500.0), ("a", "2024-06-10", "2024-06-20", 1_379.0)]
    assert value(contracts, "gross_revenue_churn_rate") == 1
    assert value(contracts, "churn_mrr") == 500


# metrickittools
def test_nrr_and_grr_of_one_hundred_thousand() -> None:
    contracts = [kept("a", 67_000), lost("b", 8_000), *repriced("c", 15_000, 10_000), *repriced("d", 10_000, 22_000)]
    # opening 100k, expansion 12k, contraction 5k, churn 8k
    assert value(contracts, "nrr") == 0.99
    assert value(contracts, "grr") == 0.87


# dnoise
def test_nrr_of_two_hundred_thousand() -> None:
    contracts = [kept("a", 160_000), lost("b", 6_000), *repriced("c", 14_000, 10_000), *repriced("d", 20_000, 40_000)]
    # opening 200k, churn 6k, contraction 4k, expansion 20k: 210 / 200
    assert value(contracts, "nrr") == 1.05


# theprimecalculator
def test_quick_ratio_is_kept_whole_and_rounded_half_up_for_display_only() -> None:
    contracts = [won("a", 40_000), *repriced("b", 10_000, 15_000), lost("c", 32_000), *repriced("d", 20_000, 12_000)]
    # (40 + 5) / (32 + 8)
    ratio = value(contracts, "quick_ratio")
    assert ratio == 1.125
    assert Decimal(str(ratio)).quantize(Decimal("0.01"), ROUND_HALF_UP) == Decimal("1.13")


# toption: 5 % a month is 1 - 0.95^12 = 45.96 % a year
def test_monthly_churn_compounds_over_the_year() -> None:
    fates = []
    left = 10_000.0
    for month in range(1, 13):
        after = left * 0.95
        fates.append((f"c{month}", "2023-01-01", f"2024-{month:02d}-15", left - after))
        left = after
    whole = book([*fates, ("rest", "2023-01-01", None, left)])
    assert [round(reading(whole, "gross_revenue_churn_rate", f"2024-{m:02d}").value, 6) for m in range(1, 13)] == [
        0.05] * 12
    assert round(100 * reading(whole, "gross_revenue_churn_rate", "2024").value, 2) == 45.96


# ChartMogul help, ARPA
def test_arpa_of_five_customers() -> None:
    assert value([kept(f"c{n}", mrr) for n, mrr in enumerate((100, 100, 300, 500, 500))], "arpa") == 300


# by formula; the handbook prints 4.4 for the first limit, which is 4.3476 and rounds to 4.3
@pytest.mark.parametrize(("gone", "of", "low", "high"), [
    (5, 50, 4.3476, 21.3602), (0, 20, 0, 16.1125), (1, 12, 1.4865, 35.3880)])
def test_the_interval_of_a_churn_rate_is_wilsons(gone: int, of: int, low: float, high: float) -> None:
    contracts = [lost(f"l{n}", 10) if n < gone else kept(f"s{n}", 10) for n in range(of)]
    found = reading(book(contracts), "customer_churn_rate", "2024-06")
    assert (found.low, found.high) == wilson(gone, of)
    assert [round(100 * limit, 4) for limit in (found.low, found.high)] == [low, high]


def frame(path: str) -> pd.DataFrame:
    if not (DATA / path).exists():
        pytest.skip(f"the data folder beside the repository has no {path}")
    return pd.read_csv(DATA / path, dtype=str)


# dbt-labs mrr-playbook SQL, run on DuckDB
@pytest.mark.parametrize(("month", "expected"), [
    ("2018-06", {"mrr": 235, "customers": 4, "new_mrr": 25, "expansion_mrr": 30, "contraction_mrr": 10,
                 "reactivation_mrr": 0, "churn_mrr": 0}),
    ("2018-09", {"mrr": 340, "customers": 6, "new_mrr": 30, "reactivation_mrr": 50}),
    ("2019-02", {"mrr": 625, "customers": 13, "new_mrr": 30, "expansion_mrr": 25, "churn_mrr": 50})])
def test_months_of_the_mrr_playbook(month: str, expected: dict[str, float]) -> None:
    rows = frame("mrr_playbook/subscription_periods.csv")
    contracts = rows[["customer_id", "start_date", "end_date", "monthly_amount"]].itertuples(index=False)
    found = readings(book(contracts), [parse(month)], list(expected))
    assert {r.kpi: r.value for r in found} == expected


@pytest.fixture(scope="module")
def ravenstack() -> Book:
    rows = frame("ravenstack/ravenstack_subscriptions.csv")
    subscriptions = pd.DataFrame({
        "customer_id": rows["account_id"], "start_date": pd.to_datetime(rows["start_date"]),
        "end_date": pd.to_datetime(rows["end_date"]), "mrr": rows["mrr_amount"].astype(float),
        "charge_kind": rows["is_trial"].map({"TRUE": "trial", "FALSE": "recurring"}), "plan": rows["plan_tier"]})
    return Book({"subscriptions": subscriptions}, Settings(as_of=AS_OF))


# the figures of the issue, "It must show" 1
def test_december_of_ravenstack(ravenstack: Book) -> None:
    expected = {"mrr": 10_159_608, "customers": 500, "expansion_mrr": 1_365_101, "contraction_mrr": 162_984,
                "new_mrr": 496_667, "churn_mrr": 0}
    found = readings(ravenstack, [parse("2024-12")], list(expected))
    assert {r.kpi: r.value for r in found} == expected
    assert round(100 * reading(ravenstack, "nrr", "2024-12").value, 3) == 114.208


def test_the_headline_nrr_of_ravenstack_is_over_trailing_twelve_months(ravenstack: Book) -> None:
    assert round(100 * reading(ravenstack, "nrr", "TTM-2024-12").value, 2) == 292.27


def test_one_customer_of_ravenstack_came_back_in_october(ravenstack: Book) -> None:
    assert reading(ravenstack, "reactivated_customers", "2024-10").value == 1
    assert reading(ravenstack, "reactivation_mrr", "2024-10").value == 6_796
