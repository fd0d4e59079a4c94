"""One order of day and month per sheet: columns that prove theirs decide their neighbours."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from cs_kpi.ingest.mapping import guess
from cs_kpi.ingest.reading import read
from tests.ingest.given import csv, reading

HEAD = "Customer ID,Start date,End date,MRR\n"


def days(text: str, field: str, **answers: str) -> list[str]:
    return [str(day.date()) for day in reading(csv(text), **answers).tables["subscriptions"][field]]


def test_a_column_that_proves_its_order_decides_its_neighbours() -> None:
    text = HEAD + "A,3/4/2023,25/12/2024,10\nB,5/6/2023,4/3/2024,10\n"
    found = reading(csv(text))
    assert found.questions == ()
    assert days(text, "start_date") == ["2023-04-03", "2023-06-05"]
    assert days(text, "end_date") == ["2024-12-25", "2024-03-04"]
    assert "The dates of column 'Start date' are read as day, month, year, like those of column 'End date'." in {
        note.text("en") for note in found.notes}


def test_where_no_column_proves_it_the_sheet_is_asked_once() -> None:
    text = HEAD + "A,3/4/2023,5/6/2024,10\nB,2024/4/1,7/8/2024,10\n"
    (question,) = reading(csv(text)).questions
    assert (question.id, list(question.options), question.assumed) == (
        "date_order:Start date", ["dmy", "mdy"], "mdy")
    assert question.text.text("en").startswith("Columns Start date, End date have dates such as '3/4/2023'")
    assert days(text, "start_date", date_order="dmy") == ["2023-04-03", "2024-04-01"]
    assert days(text, "end_date", date_order="dmy") == ["2024-06-05", "2024-08-07"]


def test_the_example_is_truly_ambiguous() -> None:
    text = HEAD + "A,2024/4/1,,10\nB,4/4/2024,,10\nC,3/4/2024,,10\n"
    (question,) = reading(csv(text)).questions
    assert question.text.values["example"] == "3/4/2024"


def test_dates_that_are_the_same_in_every_order_ask_nothing() -> None:
    text = HEAD + "A,4/4/2024,,10\nB,5/5/2024,,10\n"
    assert reading(csv(text)).questions == ()
    assert days(text, "start_date") == ["2024-04-04", "2024-05-05"]


def test_columns_that_prove_different_orders_keep_them_and_the_others_are_asked_about() -> None:
    text = "Customer ID,Start date,End date,Term end,MRR\nA,13/4/2023,4/25/2024,3/4/2025,10\n"
    (question,) = reading(csv(text)).questions
    assert question.id == "date_order:Term end"
    assert (days(text, "start_date"), days(text, "end_date")) == (["2023-04-13"], ["2024-04-25"])


def test_first_days_in_one_column_speak_for_all() -> None:
    text = HEAD + "A,1/4/2023,3/4/2024,10\nB,1/5/2023,5/6/2024,10\nC,1/6/2023,6/7/2024,10\n"
    (question,) = reading(csv(text)).questions
    assert question.assumed == "dmy"
    assert days(text, "end_date")[0] == "2024-04-03"


def test_years_of_two_and_of_four_digits_are_different_hands() -> None:
    text = HEAD + "A,24/4/1,25/12/2024,10\nB,24/5/1,26/12/2024,10\n"
    assert days(text, "start_date") == ["2024-04-01", "2024-05-01"]


def test_an_answer_that_was_given_to_any_of_the_columns_holds() -> None:
    given = csv(HEAD + "A,3/4/2023,5/6/2024,10\n")
    mapping = guess(given).model_copy(update={"answers": {"date_order:End date": "dmy"}})
    assert read(given, mapping).tables["subscriptions"]["start_date"][0] == pd.Timestamp("2023-04-03")


def test_an_answer_does_not_overrule_what_the_cells_prove() -> None:
    given = csv(HEAD + "A,3/25/2023,,10\nB,3/4/2023,,10\n")
    mapping = guess(given).model_copy(update={"answers": {"date_order:Start date": "dmy"}})
    found = read(given, mapping)
    assert found.refusals == ()
    assert found.tables["subscriptions"]["start_date"][1] == pd.Timestamp("2023-03-04")


def test_columns_that_could_never_share_an_order_are_asked_about_apart() -> None:
    text = HEAD + "A,24/4/1,5/6/31,10\nB,24/5/2,6/7/31,10\n"
    found = reading(csv(text))
    assert [(question.id, list(question.options)) for question in found.questions] == [
        ("date_order:Start date", ["ymd", "dmy"]), ("date_order:End date", ["dmy", "mdy"])]
    assert days(text, "start_date") == ["2024-04-01", "2024-05-02"]


@pytest.mark.parametrize(("starts", "read_as"), [
    (("31/4/1", "6/4/1"), ["2019-04-01", "2024-04-01"]),
    (("30.4.1", "2.10.1"), ["2018-04-01", "2020-10-01"]),
    (("31年4月1日", "6年4月1日"), ["2019-04-01", "2024-04-01"]),
    (("31/4/1", "30/10/1"), ["2019-04-01", "2018-10-01"]),
    (("24/4/1", "6/4/1"), ["2012-04-01", "2024-04-01"]),
    (("60/4/1", "6/4/1"), ["1985-04-01", "2024-04-01"])])
def test_years_of_several_eras_without_their_names_are_asked_about(starts: tuple[str, str], read_as: list[str]) -> None:
    """Nobody writes 2006 as 6, and 2031 is far ahead: Heisei 31 beside Reiwa 6."""
    given = csv(HEAD + "".join(f"{place},{start},,10\n" for place, start in enumerate(starts)))
    found = read(given, guess(given), dt.date(2026, 11, 22))
    (question,) = found.questions
    assert question.assumed == "era"
    assert "ymd" in question.options
    assert [str(day.date()) for day in found.tables["subscriptions"]["start_date"]] == read_as


def test_an_end_at_the_end_of_a_month_speaks_for_the_year_in_front() -> None:
    given = csv(HEAD + "A,30/4/1,6/3/31,10\nB,2/10/1,5/9/30,10\n")
    found = read(given, guess(given), dt.date(2026, 11, 22))
    assert [str(day.date()) for day in found.tables["subscriptions"]["end_date"]] == ["2024-03-31", "2023-09-30"]


def test_a_term_that_ends_some_years_ahead_is_of_this_century() -> None:
    given = csv("Customer ID,Start date,Term end,MRR\nA,2024-01-01,26/3/31,1\nB,2024-01-01,27/3/31,1\n"
                "C,2024-01-01,30/3/31,1\n")
    found = read(given, guess(given), dt.date(2026, 11, 22))
    assert [str(day.date()) for day in found.tables["subscriptions"]["term_end"]] == [
        "2026-03-31", "2027-03-31", "2030-03-31"]


def test_terms_that_all_end_years_ahead_are_no_years_of_an_era() -> None:
    given = csv("Customer ID,Start date,Term end,MRR\nA,24/4/1,29/3/31,1\nB,25/4/1,30/3/31,1\n")
    found = read(given, guess(given), dt.date(2026, 11, 22))
    assert [str(day.date()) for day in found.tables["subscriptions"]["term_end"]] == ["2029-03-31", "2030-03-31"]
    assert all("era" not in question.options for question in found.questions)


def test_ends_beside_starts_of_an_era_may_be_of_one() -> None:
    given = csv(HEAD + "A,28/4/1,31/3/31,10\nB,2/10/1,30/9/30,10\n")
    found = read(given, guess(given), dt.date(2026, 11, 22))
    assert str(found.tables["subscriptions"]["end_date"].iloc[0].date()) == "2019-03-31"
