"""The engine against a naive day-by-day reading of the handbook, on generated books (issue 2, "It must show" 3)."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_kpi.kpi.readings import Reading, readings
from cs_kpi.kpi.registry import KPIS
from cs_kpi.measures.moments import moments
from tests import books
from tests.naive import MICRO, Sheet, Telling, Told

SUBSCRIPTION_KPIS = [
    "mrr", "arr", "customers", "new_customers", "reactivated_customers", "churned_customers", "continuing_customers",
    "new_mrr", "reactivation_mrr", "expansion_mrr", "contraction_mrr", "churn_mrr", "upsell_mrr", "cross_sell_mrr",
    "arpa", "net_new_mrr", "customer_churn_rate", "gross_revenue_churn_rate", "net_revenue_churn_rate", "grr", "nrr",
    "quick_ratio", "upsell_rate", "cross_sell_rate", "expansion_customer_rate"]
COUNTS = ("customers", "new_customers", "reactivated_customers", "churned_customers", "continuing_customers",
          "customer_churn_rate", "expansion_customer_rate")
SPLIT = ("upsell_mrr", "cross_sell_mrr", "upsell_rate", "cross_sell_rate")
"""Their parts are rounded to whole micro-units customer by customer."""
FIELDS = ["plan", "product", "industry", "owner", "start_year", "start_quarter", "start_month"]


def test_every_subscription_kpi_of_the_handbook_is_declared() -> None:
    assert set(SUBSCRIPTION_KPIS) <= set(KPIS)


@books.examples(300)
@given(st.data())
def test_every_kpi_is_as_read_from_the_handbook_day_by_day(data: st.DataObject) -> None:
    sheet = data.draw(books.sheets())
    chosen = data.draw(books.periods_of(sheet))
    for reading in readings(books.book(sheet), chosen, SUBSCRIPTION_KPIS):
        assert_agrees(reading, Telling(sheet, books.reach(reading.period)).of(reading.kpi), sheet)


@books.examples(300)
@given(st.data())
def test_every_segment_is_as_read_from_the_handbook_day_by_day(data: st.DataObject) -> None:
    sheet = data.draw(books.sheets())
    chosen = data.draw(books.periods_of(sheet))[:3]
    whole = books.book(sheet)
    by = data.draw(st.sampled_from([f for f in FIELDS if f in fields_of(whole)]))
    tellings = {period: Telling(sheet, books.reach(period), by) for period in chosen}
    seen: dict[object, set[str | None]] = {period: set() for period in chosen}
    for reading in readings(whole, chosen, SUBSCRIPTION_KPIS, by=by):
        told = tellings[reading.period].of(reading.kpi, reading.segment.value if reading.segment else None)
        assert_agrees(reading, told, sheet)
        if reading.segment:
            seen[reading.period].add(reading.segment.value)
    for period in chosen:
        assert tellings[period].segments <= seen[period]


@books.examples(80)
@given(st.data())
def test_who_came_and_went_inside_the_period_is_counted_apart(data: st.DataObject) -> None:
    sheet = data.draw(books.sheets())
    chosen = data.draw(books.periods_of(sheet))
    for now in moments(books.book(sheet), chosen):
        assert now.within_period.sum() == Telling(sheet, books.reach(now.period)).within_period


@books.examples(80)
@given(books.sheets())
def test_the_data_speaks_up_to_the_day_that_the_handbook_says(sheet: Sheet) -> None:
    assert books.book(sheet).as_of == sheet.last_day


def fields_of(book: object) -> set[str]:
    from cs_kpi.measures.segments import segment_fields
    return {field.id for field in segment_fields(book)}  # type: ignore[arg-type]


def assert_agrees(reading: Reading, told: Told, sheet: Sheet) -> None:
    """Same status, value, numerator, denominator and n; money to the micro-unit."""
    assert reading.status == told.status, reading
    if told.status == "not_available":
        return
    unit = 1 if reading.kpi in COUNTS else MICRO
    slack = Fraction(len(sheet.customers), 2) if reading.kpi in SPLIT else Fraction(0)
    if reading.numerator is not None:
        assert abs(round(reading.numerator * unit) - told.numerator) <= slack, reading
    if told.denominator is not None and reading.denominator is not None:
        whole_unit = MICRO if reading.kpi not in (*COUNTS, "arpa") else 1
        assert round(reading.denominator * whole_unit) == told.denominator, reading
        assert reading.n == told.n
    if told.value is None:
        assert reading.value is None
    else:
        exact = told.value / (MICRO if (told.denominator is None and unit == MICRO) or reading.kpi == "arpa" else 1)
        off = slack / told.denominator if told.denominator else slack / MICRO
        assert reading.value == pytest.approx(float(exact), rel=1e-12, abs=float(off))
