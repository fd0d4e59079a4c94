"""What every KPI promises, checked over the registry and on generated books."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cs_kpi.book import Book
from cs_kpi.kpi.estimates import SMALL_SAMPLE
from cs_kpi.kpi.readings import Reading, Segment, readings
from cs_kpi.kpi.registry import KPIS, Kpi
from cs_kpi.kpi.tally import Tally
from cs_kpi.measures.moments import moments
from cs_kpi.measures.registry import MEASURES
from cs_kpi.measures.segments import segment_fields, segment_values
from cs_kpi.periods import SNAPSHOT, Period, parse
from cs_kpi.settings import Settings
from cs_kpi.tables import TABLES
from tests import books
from tests.health.given import configuration

MONEY_SCALES = 7


@st.composite
def given_books(draw: st.DrawFn) -> tuple[Book, list[Period]]:
    sheet = draw(books.sheets())
    return books.book(sheet), draw(books.periods_of(sheet))


@st.composite
def given_lists(draw: st.DrawFn) -> tuple[Book, list[Period]]:
    """A book without dates, with at least one field to cut by."""
    book = books.book_of_list(draw(books.lists))
    assume(segment_fields(book))
    return book, [SNAPSHOT]


any_books = st.one_of(given_books(), given_lists())
"""Contracts with dates, and lists without."""


def by_kpi(found: Sequence[Reading]) -> dict[tuple[str, Period, object], Reading]:
    return {(r.kpi, r.period, r.segment): r for r in found}


def is_close(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-6)


@books.examples(60)
@given(any_books)
def test_every_value_and_interval_is_inside_its_bounds(given_) -> None:
    for reading in readings(*given_):
        low, high = KPIS[reading.kpi].bounds
        for shown in (reading.value, reading.low, reading.high):
            assert shown is None or ((low is None or shown >= low) and (high is None or shown <= high)), reading


@books.examples(60)
@given(any_books)
def test_an_interval_holds_its_value(given_) -> None:
    for reading in readings(*given_):
        if reading.value is not None and reading.low is not None and reading.high is not None:
            assert reading.low - 1e-9 <= reading.value <= reading.high + 1e-9, reading


@books.examples(60)
@given(any_books, st.integers(0, 1_000))
def test_row_order_never_matters(given_, seed: int) -> None:
    whole, chosen = given_
    by = segment_fields(whole)[seed % len(segment_fields(whole))].id
    other = books.shuffled(whole, seed)
    assert readings(whole, chosen, intervals=False) == readings(other, chosen, intervals=False)
    assert readings(whole, chosen, by=by, intervals=False) == readings(other, chosen, by=by, intervals=False)


@books.examples(40)
@given(given_books())
def test_the_order_in_which_periods_are_asked_for_never_matters(given_) -> None:
    whole, chosen = given_
    alone = [reading for period in chosen for reading in readings(whole, [period])]
    assert by_kpi(readings(whole, [*chosen, *chosen[:2]])) == by_kpi(alone)


@books.examples(60)
@given(any_books, st.integers(0, 1_000))
def test_segments_add_up_to_the_whole(given_, seed: int) -> None:
    whole, chosen = given_
    by = segment_fields(whole)[seed % len(segment_fields(whole))].id
    parts = readings(whole, chosen, by=by, intervals=False)
    for reading in readings(whole, chosen, intervals=False):
        if KPIS[reading.kpi].over:  # a ratio of ratios: neither side is a sum
            continue
        mine = [r for r in parts if (r.kpi, r.period) == (reading.kpi, reading.period)]
        for side in ("numerator", "denominator", "n"):
            if getattr(reading, side) is not None:
                added = sum(getattr(r, side) for r in mine)
                assert added == pytest.approx(getattr(reading, side), rel=1e-12, abs=1e-7), (reading, side)


@books.examples(40)
@given(any_books, st.integers(0, 1_000))
def test_a_cut_within_each_segment_adds_up_to_the_cut(given_, seed: int) -> None:
    whole, chosen = given_
    fields = segment_fields(whole)
    by, other = fields[seed % len(fields)].id, fields[seed // 7 % len(fields)]
    values = {None, *segment_values(whole, other)}
    inner = [r for value in values
             for r in readings(whole, chosen, ["mrr", "churn_mrr"], by, False, Segment(other.id, value))]
    for reading in readings(whole, chosen, ["mrr", "churn_mrr"], by, False):
        same = [r.numerator for r in inner
                if (r.kpi, r.period, r.segment) == (reading.kpi, reading.period, reading.segment)]
        if reading.numerator is not None:
            assert sum(filter(None, same)) == pytest.approx(reading.numerator, rel=1e-12, abs=1e-7), reading


@books.examples(40)
@given(any_books)
def test_seven_times_the_money_is_seven_times_the_money_kpis_and_the_same_rates(given_) -> None:
    given_book, chosen = given_
    # without tax, whose removal is rounded to the micro-unit row by row
    whole = given_book.under(given_book.settings.model_copy(update={"tax_included": False}))
    richer = books.with_rows(whole, lambda frame: frame.assign(mrr=frame["mrr"] * MONEY_SCALES))
    more = by_kpi(readings(richer, chosen))
    for reading in readings(whole, chosen):
        factor = MONEY_SCALES if KPIS[reading.kpi].unit == "money" else 1
        other = more[reading.kpi, reading.period, None]
        assert other.status == reading.status
        for shown in ("value", "low", "high"):
            before = getattr(reading, shown)
            assert is_close(getattr(other, shown), None if before is None else before * factor)


@books.examples(40)
@given(any_books)
def test_a_rate_is_numerator_by_denominator_or_undefined(given_) -> None:
    for reading in readings(*given_):
        if not KPIS[reading.kpi].is_rate or reading.status == "not_available":
            continue
        assert (reading.value is None) == (reading.status == "undefined")
        if reading.denominator == 0:
            assert reading.status == "undefined"
        if reading.value is not None and KPIS[reading.kpi].method in ("ratio", "lifetime", "points"):
            factor = 100 if KPIS[reading.kpi].method == "points" else 1
            assert reading.value == pytest.approx(factor * reading.numerator / reading.denominator, rel=1e-12)


@books.examples(40)
@given(given_books())
def test_what_is_kept_is_never_more_than_what_is_kept_and_grown(given_) -> None:
    found = by_kpi(readings(*given_))
    for (kpi, period, _segment), grr in found.items():
        if kpi == "grr" and grr.value is not None:
            nrr, expansion = (found[other, period, None] for other in ("nrr", "expansion_mrr"))
            assert nrr.value is not None
            assert grr.value <= nrr.value
            assert (grr.value == nrr.value) == (expansion.value == 0)


@books.examples(40)
@given(given_books())
def test_the_relations_between_kpis_hold(given_) -> None:
    found = by_kpi(readings(*given_))
    for period in given_[1]:
        def v(kpi: str, period: Period = period) -> float | None:
            return found[kpi, period, None].value
        assert is_close(v("arr"), 12 * v("mrr"))
        assert v("grr") is None or is_close(v("grr"), 1 - v("gross_revenue_churn_rate"))
        assert v("nrr") is None or is_close(v("nrr"), 1 - v("net_revenue_churn_rate"))
        assert v("new_mrr") is None or is_close(
            v("customers"), v("new_customers") + v("reactivated_customers") + v("continuing_customers"))
        if v("cross_sell_mrr") is not None:
            assert is_close(v("upsell_mrr") + v("cross_sell_mrr"), v("expansion_mrr"))


@books.examples(30)
@given(any_books)
def test_a_measure_of_a_movement_is_zero_for_who_pays_the_same(given_) -> None:
    """What lets the engine compute movements for those alone whose MRR changed."""
    whole, chosen = given_
    fields = [name for name in ("product",) if whole.has(f"subscriptions.{name}")]
    for now in moments(whole, chosen, fields):
        for measure in MEASURES.values():
            if measure.moves and set(measure.splits) <= {*fields, *(() if fields else measure.splits)}:
                if measure.name in ("cross_sell", "has_cross_sell") and not fields:
                    continue
                vector = measure.vector(now)
                is_same = (now.opening == now.closing) & (now.was_there == now.is_there)
                assert not vector[is_same].any(), measure.name
                entries, dense = Tally(now).entries(measure), np.zeros(len(now.opening), dtype=np.int64)
                dense[entries.who] = entries.value
                assert (dense == vector).all()


def one_row(**changes: object) -> Book:
    row = {"customer_id": "a", "start_date": "2024-01-01", "end_date": None, "mrr": 100.0} | changes
    frame = pd.DataFrame([row]).assign(start_date=lambda f: pd.to_datetime(f["start_date"]),
                                       end_date=lambda f: pd.to_datetime(f["end_date"]))
    return Book({"subscriptions": frame}, Settings(as_of=dt.date(2024, 12, 31)))


def with_everything() -> Book:
    """A customer that starts in November and has used and said something before; every KPI is available."""
    day = pd.to_datetime(["2023-12-10"])
    book = one_row(product="CRM", seats=5.0, start_date="2024-11-01", end_date="2024-12-20")
    settings = book.settings.model_copy(update={"key_features": ("API",), "health": configuration(("tenure", 0, 3, 1))})
    said = pd.DataFrame({"customer_id": ["a", "a"], "answered_on": [*day, *day], "kind": ["nps", "csat"],
                         "score": [9.0, 4.0], "scale": [10.0, 5.0]})
    return Book({**book.tables, "surveys": said,
                 "usage": pd.DataFrame({"customer_id": ["a"], "date": day, "user_id": ["u"], "feature": ["API"],
                                        "minutes": [3.0]}),
                 "milestones": pd.DataFrame({"customer_id": ["a"], "milestone": ["Kickoff"], "completed_on": day})},
                settings)


@pytest.mark.parametrize("kpi", [kpi for kpi in KPIS.values() if kpi.is_rate], ids=lambda kpi: kpi.id)
def test_is_undefined_not_zero_without_customers(kpi: Kpi) -> None:
    [reading] = readings(with_everything(), [parse("2024-03")], [kpi.id])
    assert (reading.value, reading.low, reading.high, reading.status) == (None, None, None, "undefined")
    assert reading.reason


@pytest.mark.parametrize("kpi", KPIS.values(), ids=lambda kpi: kpi.id)
def test_is_not_available_without_its_table_and_says_which(kpi: Kpi) -> None:
    [reading] = readings(Book({}), [parse("2024-03")], [kpi.id])
    assert (reading.value, reading.numerator, reading.status) == (None, None, "not_available")
    lacking = TABLES[kpi.needs[0].split("|")[0].split(".")[0]].label
    assert str(lacking) in str(reading.reason)


@pytest.mark.parametrize("place", sorted({place for kpi in KPIS.values() for need in kpi.needs
                                          for place in need.split("|") if "." in place}))
def test_names_the_field_that_is_missing_in_a_table_that_is_there(place: str) -> None:
    table, field = place.split(".")
    whole = with_everything()
    known = whole.tables.get(table, pd.DataFrame({"customer_id": ["a"]}))
    lacking = Book({**whole.tables, table: known.drop(columns=field, errors="ignore")}, whole.settings)
    touched = [kpi for kpi in KPIS.values() if place in kpi.needs]
    for reading in readings(lacking, [parse("2024-03")], [kpi.id for kpi in touched]):
        assert reading.status == "not_available"
        assert str(TABLES[table].by_name[field].label) in str(reading.reason)


def test_a_rate_of_few_customers_is_a_small_sample_and_a_total_is_not() -> None:
    rate, total = readings(one_row(), [parse("2024-03")], ["nrr", "mrr"])
    assert (rate.status, rate.n, total.status) == ("small_sample", 1, "ok")


@pytest.mark.parametrize(("customers", "status"), [(SMALL_SAMPLE - 1, "small_sample"), (SMALL_SAMPLE, "ok")])
def test_thirty_customers_are_no_small_sample(customers: int, status: str) -> None:
    book = one_row()
    frame = pd.concat([book.tables["subscriptions"].assign(customer_id=f"c{n}") for n in range(customers)])
    [reading] = readings(Book({"subscriptions": frame}, book.settings), [parse("2024-03")], ["customer_churn_rate"])
    assert (reading.n, reading.status) == (customers, status)


def test_a_period_that_the_data_does_not_complete_is_incomplete_before_it_is_small() -> None:
    [reading] = readings(one_row(), [parse("2025-01")], ["nrr"])
    assert reading.status == "incomplete"


def test_a_period_that_opens_before_the_data_begins_has_no_rates_and_no_movements() -> None:
    book = one_row().under(Settings(as_of=dt.date(2024, 12, 31), data_from=dt.date(2024, 2, 1)))
    january = by_kpi(readings(book, [parse("2024-01"), parse("2024-02")]))
    for kpi in KPIS.values():
        first, second = (january.get((kpi.id, parse(month), None)) for month in ("2024-01", "2024-02"))
        if first and second and kpi.looks_back and first.status != "not_available":
            assert (first.status, first.value, first.numerator) == ("undefined", None, None)
    assert january["mrr", parse("2024-01"), None].value == 100
    assert january["nrr", parse("2024-02"), None].value == 1
