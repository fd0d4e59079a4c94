"""年度 and 月 in columns of their own make a month; where the year begins is asked, unless the rows prove it."""

import pytest

from cs_kpi.ingest.records import SheetReading
from tests.ingest.given import reading, sheet


def starts(read: SheetReading) -> list[str]:
    return [f"{day:%Y-%m}" for day in read.tables["subscriptions"]["start_date"]]


def monthly(header: str, months: list[int], year: object = 2024):
    return sheet(["顧客名", header, "月", "売上"], *(["A社", year, month, 100 + place]
                                               for place, month in enumerate(months)), ["B社", year, months[0], 50])


@pytest.mark.parametrize("year", [2024, "2024年度", "令和6年度", "FY2024"])
def test_months_before_april_are_those_of_the_next_calendar_year_and_it_is_asked(year: object) -> None:
    read = reading(monthly("年度", [11, 1, 2], year))
    assert starts(read) == ["2024-11", "2025-01", "2025-02", "2024-11"]
    assert {one.id: one.assumed for one in read.questions}["fiscal_start:年度"] == "4"


def test_the_users_answer_moves_the_months() -> None:
    assert starts(reading(monthly("年度", [11, 1, 2]), fiscal_start="1")) == [
        "2024-11", "2024-01", "2024-02", "2024-11"]


def test_rows_that_run_through_new_year_in_one_fiscal_year_prove_where_it_begins() -> None:
    read = reading(monthly("年度", [10, 11, 12, 1, 2, 3, 4, 5, 6, 7, 8, 9]))
    assert starts(read)[:4] == ["2024-10", "2024-11", "2024-12", "2025-01"]
    assert not [one for one in read.questions if one.id.startswith("fiscal_start")]
    assert "begin in month 10" in "\n".join(note.text("en") for note in read.notes)


def test_months_in_the_order_of_their_numbers_prove_nothing() -> None:
    read = reading(monthly("年度", list(range(1, 13))))
    assert {one.id: one.assumed for one in read.questions}["fiscal_start:年度"] == "4"


def test_a_calendar_year_beside_months_goes_before_and_is_not_asked_about() -> None:
    read = reading(sheet(["顧客名", "年度", "年", "月", "売上"], ["A社", 2024, 2025, 1, 100],
                         ["A社", 2024, 2025, 2, 110], ["B社", 2024, 2025, 1, 50]))
    assert starts(read) == ["2025-01", "2025-02", "2025-01"]
    assert read.questions == ()


def test_english_fiscal_years_begin_in_january_unless_told_otherwise() -> None:
    rows = [["A", "FY2024", "Apr", 100], ["A", "FY2024", "May", 110], ["B", "FY2024", "Jan", 50]]
    given = sheet(["Customer", "Fiscal Year", "Month", "Revenue"], *rows)
    assert starts(reading(given)) == ["2024-04", "2024-05", "2024-01"]
    assert starts(reading(given, fiscal_start="4")) == ["2024-04", "2024-05", "2025-01"]
