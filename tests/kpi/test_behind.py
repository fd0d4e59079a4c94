"""The customers behind a reading sum to it, whatever the KPI, period and segment."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_kpi.book import Book
from cs_kpi.errors import DataError
from cs_kpi.kpi.behind import behind
from cs_kpi.kpi.formula import scale
from cs_kpi.kpi.readings import Segment, readings
from cs_kpi.kpi.registry import KPIS
from cs_kpi.measures.segments import segment_fields
from cs_kpi.periods import parse
from cs_kpi.settings import Settings
from tests import books


@books.examples(60)
@given(st.data())
def test_numerators_and_denominators_of_customers_sum_to_the_reading(data: st.DataObject) -> None:
    whole = books.book(data.draw(books.sheets()))
    period = data.draw(books.periods_of_book(whole))
    by = data.draw(st.sampled_from([None, *(field.id for field in segment_fields(whole))]))
    for reading in readings(whole, [period], by=by):
        if reading.status == "not_available":
            continue
        kpi = KPIS[reading.kpi]
        table = behind(whole, reading.kpi, period, reading.segment)
        if kpi.over:
            assert reading.value is None or of_ratios(table, whole) == pytest.approx(reading.value)
            continue
        if reading.numerator is not None:
            assert total(table["numerator"], kpi.numerator) == round(reading.numerator * scale(kpi.numerator))
        if kpi.denominator and reading.denominator is not None:
            assert total(table["denominator"], kpi.denominator) == round(reading.denominator * scale(kpi.denominator))
            of = behind(whole, "renewal_rate", period, reading.segment) if reading.kpi == "renewal_rate_mrr" else table
            counted = (of["denominator"] != 0).sum() if kpi.counted == "customers" else of["denominator"].sum()
            assert counted == reading.n


def of_ratios(table: pd.DataFrame, book: Book) -> float:
    top, whole, lost, base = (table[side].sum() for side in (
        "numerator", "denominator", "over_numerator", "over_denominator"))
    return top / whole * float(book.settings.gross_margin or 1) / (lost / base)


def total(column: pd.Series, formula: str) -> int:
    return sum(round(value * scale(formula)) for value in column)


@books.examples(30)
@given(st.data())
def test_nobody_is_listed_twice_or_without_a_part(data: st.DataObject) -> None:
    whole = books.book(data.draw(books.sheets()))
    table = behind(whole, data.draw(st.sampled_from(["nrr", "mrr", "quick_ratio", "arpa", "churned_customers"])),
                   data.draw(books.periods_of_book(whole)))
    assert table["customer_id"].is_unique
    assert ((table["numerator"] != 0) | (table["denominator"].fillna(0) != 0)).all()


def five() -> Book:
    rows = pd.DataFrame({
        "customer_id": ["a", "b", "c", "d", "e", "e"],
        "start_date": pd.to_datetime(["2024-01-01", "2024-01-01", "2024-01-01", "2024-02-10", "2024-01-01",
                                      "2024-02-01"]),
        "end_date": pd.to_datetime([None, "2024-02-20", "2024-02-10", None, "2024-02-01", None]),
        "mrr": [50.0, 20.0, 20.0, 300.0, 100.0, 130.0],
        "plan": ["Basic", "Basic", "Pro", "Pro", "Pro", "Pro"]})
    names = pd.DataFrame({"customer_id": ["a", "b", "c", "d"], "customer_name": ["Aoi", "Zen", "Bun", None]})
    return Book({"subscriptions": rows, "customers": names}, Settings(as_of=dt.date(2024, 2, 29)))


def test_the_largest_comes_first_and_equals_come_by_name() -> None:
    table = behind(five(), "churn_mrr", parse("2024-02"))
    assert table["customer_name"].tolist() == ["Bun", "Zen"]
    assert table["numerator"].tolist() == [20, 20]
    assert table["denominator"].isna().all()


def test_who_has_no_name_is_called_by_its_id() -> None:
    table = behind(five(), "customers", parse("2024-02"))
    assert table["customer_name"].tolist() == ["Aoi", "d", "e"]


def test_a_rate_lists_numerator_and_denominator_side_by_side() -> None:
    table = behind(five(), "nrr", parse("2024-02")).set_index("customer_id")
    # at opening a 50, b 20, c 20, e 100; at closing a 50, b and c gone, e 130; d is new and has no part
    assert table["numerator"].to_dict() == {"e": 130, "a": 50, "b": 0, "c": 0}
    assert table["denominator"].to_dict() == {"e": 100, "a": 50, "b": 20, "c": 20}


def test_a_segment_lists_its_own_customers() -> None:
    table = behind(five(), "churned_customers", parse("2024-02"), Segment("plan", "Pro"))
    assert table["customer_id"].tolist() == ["c"]


def test_a_segment_that_nobody_is_in_lists_nobody() -> None:
    assert behind(five(), "churned_customers", parse("2024-02"), Segment("plan", "Gold")).empty


def test_what_is_not_available_is_said_in_a_sentence() -> None:
    with pytest.raises(DataError, match="Product"):
        behind(five(), "cross_sell_rate", parse("2024-02"))


def test_nobody_is_behind_a_number_that_is_not_known() -> None:
    dark = five().under(Settings(as_of=dt.date(2024, 2, 29), data_from=dt.date(2024, 2, 15)))
    assert behind(dark, "new_customers", parse("2024-02")).empty
    assert behind(dark, "customers", parse("2024-02"))["customer_id"].tolist() == ["a", "d", "e"]
