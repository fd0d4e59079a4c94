"""Segments next to each other: the values of each, and whether they differ by more than noise."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from cs_kpi.book import Book
from cs_kpi.charts.sides import trend_by_segment
from cs_kpi.kpi.declarations import KPIS
from cs_kpi.kpi.readings import Segment, series
from cs_kpi.kpi.side_by_side import (
    MARK_LABELS,
    Row,
    first_field,
    largest,
    listed_side_by_side,
    shown_side_by_side,
    side_by_side,
)
from cs_kpi.locale import LANGUAGES, Language
from cs_kpi.periods import Period, parse
from cs_kpi.settings import Settings

MARCH = parse("2024-03")


def three_plans() -> Book:
    """A: 100 customers at 10, 50 of whom leave in March. B: 100 at 10, 10 leave. C: 4 at 10, nobody leaves."""
    rows = [{"customer_id": f"{plan}{n}", "plan": plan, "mrr": 10.0, "start_date": dt.date(2024, 1, 1),
             "end_date": dt.date(2024, 3, 15) if n < gone else None}
            for plan, count, gone in (("A", 100, 50), ("B", 100, 10), ("C", 4, 0)) for n in range(count)]
    frame = pd.DataFrame(rows)
    for name in ("start_date", "end_date"):
        frame[name] = pd.to_datetime(frame[name])
    return Book({"subscriptions": frame}, Settings(as_of=dt.date(2024, 4, 30)))


@pytest.fixture(scope="module")
def book() -> Book:
    return three_plans()


def rows(book: Book, *plans: str, period: Period = MARCH) -> dict[str, Row]:
    kpis = ["customers", "mrr", "customer_churn_rate", "arpa", "nrr", "nps"]
    return {row.kpi.id: row for row in side_by_side(book, kpis, period, "plan", plans)}


def test_each_side_is_the_reading_of_its_segment(book: Book) -> None:
    churn = rows(book, "A", "B")["customer_churn_rate"]
    assert [side.reading.value for side in churn.sides] == [0.5, 0.1]
    [alone] = series(book, [MARCH], ["customer_churn_rate"], Segment("plan", "B"))["customer_churn_rate"]
    assert churn.sides[1].reading == alone


def test_a_difference_beyond_both_intervals_is_a_signal_and_a_smaller_one_is_noise(book: Book) -> None:
    """50 of 100: 40.4-59.6 %; 10 of 100: 5.5-17.4 %, apart. 0 of 4: 0-49.0 %, less than half of it and 10 % overlap."""
    found = rows(book, "B", "A", "C")["customer_churn_rate"]
    assert [side.mark for side in found.sides] == [None, "signal", "noise"]


def test_equal_values_are_the_same_and_totals_have_no_mark(book: Book) -> None:
    found = rows(book, "A", "B")
    assert found["arpa"].sides[1].mark == "same"
    assert found["customers"].sides[1].mark is None


def test_a_kpi_that_is_not_available_has_no_row(book: Book) -> None:
    assert "nps" not in rows(book, "A", "B")


def test_a_headline_kpi_without_a_value_in_its_own_period_is_read_in_the_picked_one(book: Book) -> None:
    """Nobody was there twelve months ago."""
    assert rows(book, "A", "B")["nrr"].period == MARCH


def test_a_young_segment_does_not_take_the_headline_period_from_the_others() -> None:
    """P and Q are there since 2022, R since March 2024 alone."""
    ids = ["p", "q", "r"]
    frame = pd.DataFrame({"customer_id": ids, "plan": ["P", "Q", "R"], "mrr": [10.0, 20.0, 30.0],
                          "start_date": pd.to_datetime(["2022-01-01", "2022-01-01", "2024-03-05"])})
    young = Book({"subscriptions": frame}, Settings(as_of=dt.date(2024, 4, 30)))
    found = rows(young, "P", "Q", "R")["nrr"]
    assert found.period == parse("TTM-2024-03")
    assert [side.reading.value for side in found.sides] == [1, 1, None]


@pytest.mark.parametrize(("language", "one", "more"), [("en", "2.5 months", "+0.5 months"),
                                                       ("ja", "2.5か月", "+0.5か月")])
def test_months_are_said_to_be_months(language: Language, one: str, more: str) -> None:
    frame = pd.DataFrame({"customer_id": ["a", "b"], "plan": ["A", "B"], "mrr": 10.0,
                          "start_date": pd.to_datetime(["2024-01-17", "2024-01-01"])})
    whole = Book({"subscriptions": frame}, Settings(as_of=dt.date(2024, 3, 31)))
    table = shown_side_by_side(side_by_side(whole, ["tenure_mean"], MARCH, "plan", ["A", "B"]), whole, language)
    # a: two months and 15 of the 31 days to 17 April; b: three months
    assert table.iloc[0, 1].startswith(one)
    assert table.iloc[0, 3] == more


def test_a_segment_without_customers_is_undefined(book: Book) -> None:
    nobody = rows(book, "A", "Z")["customer_churn_rate"].sides[1]
    assert (nobody.reading.status, nobody.reading.value, nobody.mark) == ("undefined", None, None)


def test_the_two_largest_segments_come_first(book: Book) -> None:
    """At the closing of March B has 90, A 50, C 4."""
    assert largest(book, "plan", MARCH) == ["B", "A"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_says_value_interval_and_mark(book: Book, language: Language) -> None:
    shown = shown_side_by_side(list(rows(book, "B", "A").values()), book, language)
    churn = shown[shown["KPI"] == KPIS["customer_churn_rate"].label.text(language)].iloc[0]
    between = {"en": "10.0% (5.5% to 17.4%)", "ja": "10.0% (5.5%〜17.4%)"}[language]
    assert churn["B"].replace(" 〜 ", "〜") == between
    assert churn.iloc[-1] == f"+40.0 pt · {MARK_LABELS['signal'].text(language)}"
    assert len(shown.columns) == 4


def test_the_download_has_a_row_per_kpi_and_segment_with_numbers(book: Book) -> None:
    listed = listed_side_by_side(list(rows(book, "B", "A").values()), book, "en")
    churn = listed[listed["KPI"] == "Customer churn rate"]
    assert churn["Segment"].tolist() == ["B", "A"]
    assert churn["Value"].tolist() == [0.1, 0.5]
    assert churn["Against the first"].tolist() == ["", "signal"]
    assert set(churn["Unit"]) == {"share, 0 to 1"}
    assert set(listed.loc[listed["KPI"] == "Customer count", "Unit"]) <= {"count"}


def test_the_trend_has_a_line_per_segment(book: Book) -> None:
    run = [parse("2024-01"), parse("2024-02"), MARCH]
    figure = trend_by_segment(book, "customers", run, "plan", ["A", "B"], "en")
    assert [(line.name, line.values) for line in figure.series] == [("A", (100, 100, 50)), ("B", (100, 100, 90))]


def with_attributes(**columns: list[str | None]) -> Book:
    """Four customers at 10 and the given attributes of each; the fourth left in February."""
    ids = ["K1", "K2", "K3", "K4"]
    contracts = pd.DataFrame({"customer_id": ids, "mrr": 10.0, "start_date": pd.Timestamp("2024-01-01"),
                              "end_date": pd.to_datetime([None, None, None, "2024-02-10"])})
    customers = pd.DataFrame({"customer_id": ids, **columns})
    return Book({"subscriptions": contracts, "customers": customers}, Settings(as_of=dt.date(2024, 4, 30)))


def test_the_comparison_begins_with_the_first_field_of_which_two_values_have_customers() -> None:
    """In March nobody is in the second value of `renews`, and all but one of `region` have none."""
    found = with_attributes(renews=["yes", "yes", "yes", "no"], region=[None, None, "East", None],
                            size=["S", "L", "L", "S"])
    assert first_field(found, MARCH) == "size"
    assert largest(found, "size", MARCH) == ["L", "S"]
    assert largest(found, "region", MARCH) == ["East", None]


def test_where_no_field_tells_two_apart_the_first_one_is_taken() -> None:
    found = with_attributes(renews=["yes", "yes", "yes", "no"])
    assert first_field(found, MARCH) == "renews"
