"""Whether a change means anything, and which KPIs have no card."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from cs_kpi.book import Book
from cs_kpi.kpi.cards import Card, Verdict, cards, lacking
from cs_kpi.kpi.declarations import KPIS
from cs_kpi.kpi.passport import passport
from cs_kpi.periods import Period, parse
from cs_kpi.settings import Settings

START = pd.Timestamp("2023-01-01")


def losing(*left_by_month: int, size: int = 200, **settings: str) -> Book:
    """So many of `size` customers leave in each month from July 2023 on."""
    ends = [pd.Timestamp(f"2023-{month:02d}-15") for month, count in enumerate(left_by_month, 7) for _ in range(count)]
    ends += [pd.NaT] * (size - len(ends))
    frame = pd.DataFrame({"customer_id": [f"C{n}" for n in range(size)], "mrr": 10.0, "start_date": START,
                          "end_date": ends})
    return Book({"subscriptions": frame}, Settings(as_of=dt.date(2023, 12, 31), **settings))  # type: ignore[arg-type]


def card(book: Book, kpi: str, period: Period) -> Card:
    [found] = cards(book, period, [kpi])
    return found


@pytest.mark.parametrize(("left", "verdict"), [((60, 10), "better"), ((10, 60), "worse"), ((10, 12), "noise"),
                                               ((10, 19), "noise"),
                                               ((0, 0), "same")])
def test_a_change_of_churn_is_judged_by_both_intervals(left: tuple[int, int], verdict: Verdict) -> None:
    """Of 200: 60 is 24.1-36.7 %, 10 is 2.7-9.0 %: apart. 10 and 12 are not. 19 of 190 is 6.5-15.1 %: 5 points are more
    than its own half of 4.3, and less than both halves together, 5.3."""
    assert card(losing(*left), "customer_churn_rate", parse("2023-08")).verdict == verdict


def test_a_rate_without_an_interval_is_neither_signal_nor_noise() -> None:
    book = losing(10, 10, 10, 40, 40, 40, convention="monthly_product")
    found = card(book, "nrr", parse("2023-Q4"))
    assert found.reading.low is None
    assert found.verdict == "unknown"


def test_a_total_is_better_or_worse_by_its_direction() -> None:
    assert card(losing(5, 9), "customers", parse("2023-08")).verdict == "worse"


def test_an_incomplete_period_is_not_judged() -> None:
    book = losing(60, 10)
    half = Book({"subscriptions": book.tables["subscriptions"]}, Settings(as_of=dt.date(2023, 8, 20)))
    assert card(half, "customer_churn_rate", parse("2023-08")).verdict is None


def test_what_the_data_lacks_is_named_and_the_rest_has_cards() -> None:
    book = losing(1)
    lacks = lacking(book, list(KPIS))
    assert "Surveys" in str(lacks["nps"])
    assert "customer_churn_rate" not in lacks
    available = {one.kpi.id for one in cards(book, parse("2023-08")) if one.reading.status != "not_available"}
    assert available == set(KPIS) - set(lacks)


def test_a_month_without_any_loss_still_has_an_upper_limit() -> None:
    """Nobody of 20 who pay alike left: up to 16.1 % may, as Wilson's interval says; NRR has no such bound."""
    book = losing(0, 1, size=20)
    july = parse("2023-07")
    gross, grr, nrr = (card(book, name, july).reading for name in ("gross_revenue_churn_rate", "grr", "nrr"))
    assert nrr.period.kind == "month"
    assert (gross.low, gross.high) == (0, pytest.approx(0.161125, abs=1e-6))
    assert (grr.low, grr.high) == (pytest.approx(1 - 0.161125, abs=1e-6), 1)
    assert (nrr.value, nrr.low, nrr.high) == (1, None, None)
    opened = passport(book, "grr", july).reading
    assert (opened.low, opened.high) == (grr.low, grr.high)
