"""Renewals, lives, onboarding, use and voice against a naive reading of the handbook, on generated books."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_kpi.kpi.readings import Reading, readings
from cs_kpi.measures.segments import segment_fields
from tests import books
from tests.naive import Sheet
from tests.naive_lives import KPIS, Said, has_choice, said


@books.examples(400)
@given(st.data())
def test_every_kpi_is_as_read_from_the_handbook(data: st.DataObject) -> None:
    sheet = data.draw(books.sheets())
    chosen = data.draw(books.periods_of(sheet))
    for reading in readings(books.book(sheet), chosen, KPIS):
        assert_agrees(reading, said(sheet, reading.kpi, books.reach(reading.period)), sheet)


@books.examples(300)
@given(st.data())
def test_every_segment_is_as_read_from_the_handbook(data: st.DataObject) -> None:
    sheet = data.draw(books.sheets())
    chosen = data.draw(books.periods_of(sheet))[:3]
    whole = books.book(sheet)
    fields = {field.id for field in segment_fields(whole)}
    by = data.draw(st.sampled_from(sorted(fields & {"plan", "product", "industry", "start_year", "start_month"})))
    for reading in readings(whole, chosen, KPIS, by=by):
        if reading.segment:
            assert_agrees(reading, said(sheet, reading.kpi, books.reach(reading.period), by, reading.segment.value),
                          sheet)


def assert_agrees(reading: Reading, told: Said, sheet: Sheet) -> None:
    """Same status, value, numerator, denominator and n; of renewed MRR where only one row can renew a term."""
    if reading.status == "not_available" or told.status == "not_available":
        assert reading.status == told.status, (reading, told)
        return
    assert (reading.status, reading.n) == (told.status, told.n), (reading, told)
    assert (reading.value is None) == (told.value is None), (reading, told)
    if reading.kpi == "renewal_rate_mrr" and has_choice(sheet):
        return
    for shown, exact in ((reading.value, told.value), (reading.numerator, told.numerator),
                         (reading.denominator, told.denominator)):
        if exact is not None:
            assert shown == pytest.approx(float(exact), rel=1e-9, abs=1e-9), (reading, told)
    assert (reading.value is None and reading.low is not None and reading.high is None) or not told.at_least
