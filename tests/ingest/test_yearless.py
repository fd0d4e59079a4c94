"""Days without their year are no dates, which is said; weeks are their Mondays, or Sundays where something ends."""

import pytest

from cs_kpi.ingest.records import SheetReading
from tests.ingest.given import reading, sheet


def notes(read: SheetReading) -> str:
    return "\n".join(note.text("en") for note in read.notes)


@pytest.mark.parametrize("days", [("4/1", "10/15"), ("4月1日", "10月15日"), ("Apr 1", "15 October")])
def test_a_column_of_days_without_year_is_named(days: tuple[str, str]) -> None:
    read = reading(sheet(["顧客名", "契約日", "月額"], ["A社", days[0], 100], ["B社", days[1], 100]))
    assert "subscriptions" not in read.tables
    assert f"Column '契約日' has days without a year (such as '{days[0]}')" in notes(read)


def test_a_known_name_of_a_day_is_no_name_of_a_customer_however_its_cells_look() -> None:
    read = reading(sheet(["Customer", "Start date", "MRR"], ["A", "Apr 1", 1], ["B", "1 May", 1], ["C", "June 3", 1]))
    assert "Start date" not in read.mapping.columns.values()


def test_figures_such_as_1_of_4_are_no_days_without_year() -> None:
    read = reading(sheet(["顧客名", "進捗", "契約日", "月額"], ["A社", "1/4", "2024-04-01", 100]))
    assert "without a year" not in notes(read)


@pytest.mark.parametrize("week", ["2024-W14", "2024W14", "W14 2024", "2024年第14週", "2024 Week 14"])
def test_a_week_is_its_monday_at_the_start_and_its_sunday_at_the_end(week: str) -> None:
    """2024-04-01 is a Monday, that of the 14th week."""
    read = reading(sheet(["Customer", "Start date", "End date", "MRR"], ["A", week, week, 100]))
    frame = read.tables["subscriptions"]
    assert (str(frame["start_date"][0].date()), str(frame["end_date"][0].date())) == ("2024-04-01", "2024-04-07")
    assert "Each is read as its Monday." in notes(read)
    assert "Each is read as its Sunday." in notes(read)


def test_a_week_that_a_year_does_not_have_is_refused() -> None:
    read = reading(sheet(["Customer", "Start date", "MRR"], ["A", "2024-W14", 100], ["B", "2024-W53", 100]))
    assert [(refusal.row, refusal.value) for refusal in read.refusals] == [(3, "2024-W53")]


def test_use_by_week_in_rows_is_read_and_in_columns_is_said_not_to_be() -> None:
    rows = reading(sheet(["Customer", "Date", "Logins"], ["A", "2024-W14", 3], ["B", "2024-W15", 4]))
    assert rows.tables["usage"]["count"].tolist() == [3.0, 4.0]
    weeks = ["2024-W01", "2024-W14", "2024-W27", "2024-W40"]
    columns = reading(sheet(["Customer", "Industry", *weeks], ["A", "IT", 1, 2, 3, 4], ["B", "IT", 1, 2, 3, 4],
                            name="Logins"))
    assert columns.mapping.months == {}
    assert "hold figures per week" in notes(columns)


def test_what_a_sheet_lacks_is_told_apart_from_what_was_assumed() -> None:
    read = reading(sheet(["顧客名", "契約日", "月額"], ["A社", "4/1", 100], ["B社", "10/15", 100]))
    (lack,) = read.lacks
    assert "has days without a year" in lack.text("en")
    assert lack in read.notes
    assert reading(sheet(["顧客名", "契約日", "月額"], ["A社", "2024-W14", 100])).lacks == ()
