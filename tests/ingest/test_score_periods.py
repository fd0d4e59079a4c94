"""Scores in columns of periods: each answer is dated the last day of the period that its header names."""

import datetime as dt

from cs_kpi.ingest.mapping import guess
from cs_kpi.ingest.reading import read
from tests.ingest.given import sheet

NAMES = ["Alder Foods", "Bramble Ltd", "Corvid plc"]
TODAY = dt.date(2025, 5, 20)


def answers(*head: str, cells: list[list[object]], file: str = "book.csv") -> list[tuple[str, str, float]]:
    given = sheet(["Account", *head], *[[name, *row] for name, row in zip(NAMES, cells, strict=True)], file=file)
    frame = read(given, guess(given), TODAY).tables.get("surveys")
    if frame is None or "answered_on" not in frame:
        return []
    return [(row.customer_id, f"{row.answered_on:%Y-%m-%d}", row.score)
            for row in frame.sort_values(["answered_on", "customer_id"]).itertuples()]


def test_quarters_date_their_answers_and_one_that_is_not_over_dates_them_today() -> None:
    assert answers("NPS Q1 2025", "NPS Q2 2025", cells=[[9, 8], [None, 7], [3, None]]) == [
        ("Alder Foods", "2025-03-31", 9), ("Corvid plc", "2025-03-31", 3), ("Alder Foods", "2025-05-20", 8),
        ("Bramble Ltd", "2025-05-20", 7)]


def test_quarters_without_a_year_take_that_of_the_title() -> None:
    assert {day for _name, day, _score in answers("Q1 NPS", "Q2 NPS", cells=[[9, 8], [9, 7], [3, 1]],
                                                  file="NPS 2024.csv")} == {"2024-03-31", "2024-06-30"}


def test_months_date_their_answers() -> None:
    assert {day for _name, day, _score in answers("CSAT Mar-25", "CSAT Apr-25", cells=[[5, 4], [4, 4], [3, 5]])} == {
        "2025-03-31", "2025-04-30"}


def test_fiscal_quarters_targets_and_the_nps_of_many_answers_are_no_dated_answers() -> None:
    assert answers("NPS FY25 Q1", cells=[[9], [8], [7]]) == []
    assert answers("NPS target Q1 2025", cells=[[9], [8], [7]]) == []
    assert answers("NPS Q1 2025", cells=[[45], [-10], [30]]) == []


def test_months_under_a_title_of_answers_are_answers_and_those_of_ratings_are_never_mrr() -> None:
    rows = [[9, 8, 7], [6, 5, 9], [3, 10, 8]]
    assert {day for _name, day, _score in answers("Jan 2025", "Feb 2025", "Mar 2025", cells=rows, file="NPS.csv")} == {
        "2025-01-31", "2025-02-28", "2025-03-31"}
    given = sheet(["Account", "Jan 2025", "Feb 2025", "Mar 2025"], *[[name, *row] for name, row in zip(
        NAMES, [[3, 4, 5], [1, 2, 2], [4, 4, 5]], strict=True)], file="CSM pulse.csv")
    told = read(given, guess(given), TODAY)
    assert "subscriptions" not in told.tables
    assert any("not of money" in note.text("en") for note in told.notes)
