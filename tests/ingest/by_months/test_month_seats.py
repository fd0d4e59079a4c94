"""Seats in columns of months beside MRR: 売上 and ID数 under each month."""

import datetime as dt

import pytest

from cs_kpi.binding import book_of
from cs_kpi.ingest.corrections import corrected
from cs_kpi.ingest.fitting import applied
from cs_kpi.ingest.mapping import guess
from cs_kpi.ingest.reading import read
from cs_kpi.ingest.records import Sheet, SheetReading
from cs_kpi.kpi.readings import readings
from cs_kpi.periods import period_of
from tests.ingest.given import reading, sheet

#              Jan      Feb      Mar     MRR, seats
# A grows in both in March; B adds a seat in February at the same price; C has no seats told in March
BY_MONTH = sheet(
    ["顧客名", "2024年1月", None, "2024年2月", None, "2024年3月", None],
    [None, "売上", "ID数", "売上", "ID数", "売上", "ID数"],
    ["A社", 1000, 10, 1000, 10, 1200, 12], ["B社", 500, 5, 500, 6, 0, 0], ["C社", None, None, 300, 3, 300, None])
BY_MEASURE = sheet(
    ["顧客名", "MRR", None, None, "Seats", None, None],
    [None, "2024-01", "2024-02", "2024-03", "2024-01", "2024-02", "2024-03"],
    ["A社", 1000, 1000, 1200, 10, 10, 12], ["B社", 500, 500, 0, 5, 6, 0], ["C社", None, 300, 300, None, 3, None])
ON_ONE_LEVEL = sheet(
    ["顧客名", "2024-01 MRR", "2024-01 Seats", "2024-02 MRR", "2024-02 Seats", "2024-03 MRR", "2024-03 Seats"],
    ["A社", 1000, 10, 1000, 10, 1200, 12], ["B社", 500, 5, 500, 6, 0, 0], ["C社", None, None, 300, 3, 300, None])


def runs(found: SheetReading) -> list[tuple[object, ...]]:
    frame = found.tables["subscriptions"]
    days = [frame[field].dt.strftime("%Y-%m-%d").fillna("") for field in ("start_date", "end_date")]
    return list(zip(frame["customer_id"], *days, frame["mrr"], frame["seats"].fillna(-1), strict=True))


@pytest.mark.parametrize("given", [BY_MONTH, BY_MEASURE, ON_ONE_LEVEL], ids=["by month", "by measure", "one level"])
def test_a_run_of_equal_mrr_is_parted_where_its_seats_change(given: Sheet) -> None:
    assert runs(reading(given)) == [
        ("A社", "2024-01-01", "2024-03-01", 1000, 10), ("A社", "2024-03-01", "", 1200, 12),
        ("B社", "2024-01-01", "2024-02-01", 500, 5), ("B社", "2024-02-01", "2024-03-01", 500, 6),
        ("C社", "2024-02-01", "2024-03-01", 300, 3), ("C社", "2024-03-01", "", 300, -1)]


def test_a_change_of_seats_alone_moves_no_mrr() -> None:
    book = book_of([reading(BY_MONTH)])
    february = period_of("month", dt.date(2024, 2, 1))
    told = {one.kpi: one.value for one in readings(book, [february], ["mrr", "new_mrr", "churn_mrr", "expansion_mrr"])}
    # A 1000 + B 500 + C 300, of which C is new
    assert told == {"mrr": 1800.0, "new_mrr": 300.0, "churn_mrr": 0.0, "expansion_mrr": 0.0}


def test_seats_that_are_no_number_are_left_blank_and_listed_while_their_mrr_is_read() -> None:
    found = reading(sheet(["顧客名", "2024-01 MRR", "2024-01 Seats", "2024-02 MRR", "2024-02 Seats"],
                          ["A社", 1000, "確認", 1000, 10], ["B社", 500, 5, 500, 5]))
    assert runs(found) == [("A社", "2024-01-01", "2024-02-01", 1000, -1), ("A社", "2024-02-01", "", 1000, 10),
                          ("B社", "2024-01-01", "", 500, 5)]
    assert [(cell.row, cell.column, cell.value) for cell in found.blanks] == [(2, "2024-01 Seats", "確認")]


def test_two_months_are_enough_where_each_says_what_it_holds() -> None:
    found = reading(sheet(["顧客名", "1月 売上", "2月 売上"], ["A社", 100, 100], name="2024年"))
    assert found.mapping.months == {"1月 売上": "2024-01", "2月 売上": "2024-02"}


def test_next_months_file_brings_its_month_of_both_measures() -> None:
    longer = sheet(
        ["顧客名", "2024年1月", None, "2024年2月", None, "2024年3月", None, "2024年4月", None],
        [None, *["売上", "ID数"] * 4],
        ["A社", 1000, 10, 1000, 10, 1200, 12, 1200, 13], ["B社", 500, 5, 500, 6, 0, 0, 0, 0], file="next.xlsx")
    (mapping,) = applied([guess(BY_MONTH)], [longer])
    assert mapping.months["2024年4月 売上"] == mapping.months["2024年4月 ID数"] == "2024-04"
    assert runs(read(longer, mapping))[-2:] == [("B社", "2024-01-01", "2024-02-01", 500, 5),
                                                ("B社", "2024-02-01", "2024-03-01", 500, 6)]
    assert runs(read(longer, mapping))[2] == ("A社", "2024-04-01", "", 1200, 13)


def test_a_column_can_be_made_the_seats_of_its_month_by_hand() -> None:
    given = sheet(["顧客名", "2024-01", "2024-02", "2024-03", "2024-01 数量", "2024-02 数量", "2024-03 数量"],
                  ["A社", 100, 100, 100, 3, 3, 4], ["B社", 50, 50, 50, 1, 1, 1])
    mapping = guess(given)
    for month in ("01", "02", "03"):
        mapping = corrected(mapping, f"2024-{month} 数量", "months.seats", f"2024-{month}")
    assert runs(read(given, mapping)) == [
        ("A社", "2024-01-01", "2024-03-01", 100, 3), ("A社", "2024-03-01", "", 100, 4),
        ("B社", "2024-01-01", "", 50, 1)]


@pytest.mark.parametrize("given", [
    sheet(["顧客名", "2024-01 席数", "2024-02 席数", "2024-03 席数"], ["A社", 10, 11, 12], ["B社", 5, 5, 5]),
    sheet(["顧客名", "2024-01", "2024-02", "2024-03"], ["A社", 10, 11, 12], ["B社", 5, 5, 5], name="ID数推移")])
def test_seats_of_months_without_a_fee_are_no_mrr_and_it_is_said(given: Sheet) -> None:
    found = reading(given)
    assert list(found.tables) == ["customers"]
    (note,) = found.notes
    first, last = given.cells.iloc[0, 1], given.cells.iloc[0, 3]
    assert note.text("en").startswith(f"The columns from '{first}' to '{last}' (3) hold seats per month.")
