"""The movement table: the identity to the last micro-unit, in every segment, and as read from the handbook."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_kpi.book import Book
from cs_kpi.errors import DataError
from cs_kpi.kpi.movement_table import LINES, movement_table
from cs_kpi.kpi.readings import readings
from cs_kpi.measures.segments import segment_fields
from cs_kpi.periods import Period, parse
from cs_kpi.settings import Settings
from tests import books
from tests.naive import MICRO, Sheet, movement_lines

KPI_OF_LINE = {"new": "new_mrr", "reactivation": "reactivation_mrr", "expansion": "expansion_mrr",
               "contraction": "contraction_mrr", "churn": "churn_mrr", "closing": "mrr"}


@st.composite
def cut_books(draw: st.DrawFn) -> tuple[Sheet, Book, list[Period], str | None]:
    sheet = draw(books.sheets())
    whole = books.book(sheet)
    by = draw(st.sampled_from([None, *(field.id for field in segment_fields(whole))]))
    return sheet, whole, draw(books.periods_of(sheet)), by


def micro(amount: float) -> int:
    return round(amount * MICRO)


@books.examples(100)
@given(cut_books())
def test_closing_is_opening_and_movements_to_the_last_micro_unit_in_every_segment(given_) -> None:
    _sheet, whole, chosen, by = given_
    for row in movement_table(whole, chosen, by).dropna(subset=["opening"]).itertuples():
        assert micro(row.closing) == (micro(row.opening) + micro(row.new) + micro(row.reactivation)
                                      + micro(row.expansion) - micro(row.contraction) - micro(row.churn)
                                      + micro(row.moved)), row


@books.examples(60)
@given(cut_books())
def test_segments_add_up_to_the_whole_and_moves_between_them_to_nothing(given_) -> None:
    _sheet, whole, chosen, by = given_
    if by is None:
        return
    parts = movement_table(whole, chosen, by).dropna(subset=["opening"])
    total = movement_table(whole, chosen).dropna(subset=["opening"]).set_index("period")
    for period, rows in parts.groupby("period", sort=False):
        for line in LINES:
            assert sum(map(micro, rows[line])) == micro(total.loc[period, line]), line
        assert sum(map(micro, rows["moved"])) == 0


@books.examples(80)
@given(cut_books())
def test_every_line_is_as_read_from_the_handbook_day_by_day(given_) -> None:
    sheet, whole, chosen, by = given_
    fields = ("plan", "product", *books.ATTRIBUTES, "start_year", "start_quarter", "start_month", None)
    if by not in fields:
        return
    found = movement_table(whole, chosen, by).dropna(subset=["opening"])
    for period in set(found["period"]):
        rows = found[found["period"] == period].set_index("segment", drop=False)
        told = movement_lines(sheet, books.reach(period), by)
        seen = {row.segment: {line: micro(getattr(row, line)) for line in LINES} for row in rows.itertuples()}
        assert {name: lines for name, lines in seen.items() if any(lines.values())} == {
            name: lines for name, lines in told.items() if any(lines.values())}


@books.examples(40)
@given(cut_books())
def test_the_table_and_the_readings_say_the_same(given_) -> None:
    _sheet, whole, chosen, by = given_
    said = {(r.period, r.segment.value if r.segment else None, r.kpi): r.value
            for r in readings(whole, chosen, list(KPI_OF_LINE.values()), by=by, intervals=False)}
    for row in movement_table(whole, chosen, by).itertuples():
        for line, kpi in KPI_OF_LINE.items():
            value = said.get((row.period, row.segment, kpi))
            shown = getattr(row, line)
            assert value == shown or (pd.isna(shown) and value is None) or (value is None and shown == 0)


def contracts(*rows: tuple[str, str, str | None, float, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["customer_id", "start_date", "end_date", "mrr", "plan"])
    return frame.assign(start_date=pd.to_datetime(frame["start_date"]), end_date=pd.to_datetime(frame["end_date"]))


def test_a_customer_that_changes_its_plan_moves_between_segments() -> None:
    rows = contracts(("a", "2024-01-01", "2024-02-15", 100, "Basic"), ("a", "2024-02-15", None, 150, "Pro"),
                     ("b", "2024-01-01", None, 40, "Pro"))
    book = Book({"subscriptions": rows}, Settings(as_of=dt.date(2024, 2, 29)))
    table = movement_table(book, [parse("2024-02")], by="plan").set_index("segment")
    # Basic: 100 at opening + 50 expansion of its customer - 150 that went to Pro = 0
    assert table.loc["Basic", list(LINES)].tolist() == [100, 0, 0, 50, 0, 0, -150, 0]
    # Pro: 40 + 150 that came = 190
    assert table.loc["Pro", list(LINES)].tolist() == [40, 0, 0, 0, 0, 0, 150, 190]


def test_a_period_before_the_data_begins_has_a_closing_and_nothing_else() -> None:
    rows = contracts(("a", "2024-01-01", None, 100, "Basic"))
    book = Book({"subscriptions": rows}, Settings(as_of=dt.date(2024, 3, 31), data_from=dt.date(2024, 2, 1)))
    january, february = movement_table(book, [parse("2024-01"), parse("2024-02")]).itertuples()
    assert january.closing == 100
    assert pd.isna([january.opening, january.new, january.moved]).all()
    assert (february.opening, february.new, february.closing) == (100, 0, 100)


def test_without_contracts_there_is_a_sentence_instead_of_a_table() -> None:
    with pytest.raises(DataError, match="Subscriptions"):
        movement_table(Book({}), [parse("2024-01")])


