"""Ends that look like those of terms, where no column says which contracts renew; days that stand for no end."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from cs_kpi.ingest.files import sheets
from cs_kpi.ingest.mapping import guess
from cs_kpi.ingest.reading import read
from cs_kpi.ingest.records import SheetReading
from cs_kpi.ingest.values.dates import dates
from tests.ingest.given import csv, workbook

TODAY = dt.date(2025, 7, 1)
HEAD = "顧客名,契約開始日,契約終了日,月額\n"
YEARS = HEAD + "甲,2023/4/1,2024/3/31,1\n乙,2024/4/1,2025/3/31,1\n丙,2024/9/1,2025/8/31,1\n"
TWINS = ("顧客名,契約開始日,契約終了日,契約更新日,月額\n甲,2023/4/3,2024/3/20,2024/3/21,1\n"
         "乙,2024/4/1,2025/3/31,2025/4/1,1\n")


def found(text: str, **answers: str) -> SheetReading:
    given = csv(text)
    mapping = guess(given)
    ids = {one.id.split(":")[0]: one.id for one in read(given, mapping, TODAY).questions}
    return read(given, mapping.model_copy(update={"answers": {ids[topic]: one for topic, one in answers.items()}}),
                TODAY)


def columns(reading: SheetReading, *names: str) -> list[list[str | None]]:
    frame = reading.tables["subscriptions"]
    return [[None if pd.isna(day) else f"{day:%Y-%m-%d}" for day in frame[name]] if name in frame else []
            for name in names]


def test_whole_years_in_every_row_are_asked_about_and_taken_for_terms() -> None:
    reading = found(YEARS)
    (question,) = reading.questions
    assert (question.id, question.assumed) == ("end_date_means:契約終了日", "renewed")
    assert question.text.text("en") == (
        "Column '契約終了日' has a date in 3 of 3 rows, as the ends of terms have, and 2 of these dates have passed. "
        "What does such a date mean?")
    assert columns(reading, "end_date", "term_end") == [[None, None, "2025-08-31"], ["2024-03-31", "2025-03-31", None]]
    assert columns(found(YEARS, end_date_means="left"), "end_date") == [["2024-03-31", "2025-03-31", "2025-08-31"]]


def test_an_end_a_day_before_the_renewal_is_the_end_of_a_term() -> None:
    reading = found(TWINS)
    assert [(one.id, one.assumed) for one in reading.questions] == [("end_date_means:契約終了日", "renewed")]
    assert columns(reading, "end_date", "term_end") == [[None, None], ["2024-03-21", "2025-04-01"]]
    assert columns(found(TWINS, end_date_means="left"), "end_date") == [["2024-03-20", "2025-03-31"]]


def test_one_blank_end_among_terms_is_asked_about_too() -> None:
    (question,) = found(YEARS + "丁,2024/9/1,,1\n").questions
    assert (question.assumed, question.text.values["filled"], question.text.values["rows"]) == ("renewed", 3, 4)


def test_ends_of_which_many_lie_ahead_are_asked_about_whatever_their_length() -> None:
    text = HEAD + "甲,2023/4/3,2024/5/20,1\n乙,2024/4/9,2025/1/15,1\n丙,2024/9/5,2026/2/10,1\n丁,2024/9/5,2026/4/2,1\n"
    assert [one.assumed for one in found(text).questions] == ["renewed"]


def test_ends_with_several_blank_ones_are_days_of_leaving() -> None:
    assert found(YEARS + "丁,2024/9/1,,1\n戊,2024/9/1,,1\n").questions == ()


def test_passed_ends_of_any_length_are_days_of_leaving() -> None:
    text = HEAD + "甲,2023/4/3,2024/5/20,1\n乙,2024/4/9,2025/1/15,1\n丙,2024/9/5,2024/12/10,1\n"
    assert found(text).questions == ()


def test_terms_that_follow_each_other_say_by_themselves_who_renewed() -> None:
    text = HEAD + ("甲,2022/4/1,2023/3/31,1\n甲,2023/4/1,2024/3/31,1\n乙,2023/4/1,2024/3/31,1\n"
                   "乙,2024/4/1,2025/3/31,1\n")
    assert found(text).questions == ()


def test_a_total_for_the_term_more_likely_pays_for_that_term_alone() -> None:
    reading = found(YEARS.replace("月額", "契約総額"))
    assert {one.id: one.assumed for one in reading.questions}["end_date_means:契約終了日"] == "left"


def test_a_word_for_leaving_is_no_end_of_a_term() -> None:
    assert found(YEARS.replace("契約終了日", "解約日")).questions == ()


def test_a_status_says_whose_passed_end_is_real() -> None:
    text = ("顧客名,契約開始日,契約終了日,月額,契約状況\n甲,2023/4/1,2024/3/31,1,解約済\n"
            "乙,2024/4/1,2025/3/31,1,契約中\n"
            "丙,2024/9/1,2025/8/31,1,契約中\n")
    assert columns(found(text), "end_date") == [["2024-03-31", None, "2025-08-31"]]


@pytest.mark.parametrize("cell", ["9999/12/31", "2099/12/31", "9999-12-31", "0", "1900/1/0", "1900/01/00", "1900-01-00",
                                  "0000-00-00", "0000/00/00 00:00:00", "0001-01-01", "1899-12-30"])
def test_what_stands_for_no_end_is_read_so_and_said(cell: str) -> None:
    reading = found(HEAD + f"甲,2024/4/1,{cell},1\n乙,2024/4/1,2024/9/30,1\n丙,2024/4/1,,1\n")
    assert columns(reading, "end_date") == [[None, "2024-09-30", None]]
    assert reading.refusals == ()
    assert [note.text("en") for note in reading.notes] == [
        f"Cells of column '契約終了日' that stand for no end ('{cell}'): 1 (row 2). They are read as still running."]


def test_what_stands_for_no_day_is_no_start() -> None:
    reading = found("顧客名,契約開始日,月額\n甲,1900/1/0,1\n乙,2024/4/1,1\n")
    assert [(one.row, one.column) for one in reading.refusals] == [(2, "契約開始日")]


def test_a_zero_of_a_workbook_that_is_shown_as_a_day_is_no_end() -> None:
    given = sheets("book.xlsx", workbook(
        ["顧客名", "契約開始日", "契約終了日", "月額"], ["甲", dt.date(2024, 4, 1), 0, 1],
        ["乙", dt.date(2024, 4, 1), dt.date(2024, 9, 30), 1]))[0]
    reading = read(given, guess(given), TODAY)
    assert columns(reading, "end_date") == [[None, "2024-09-30"]]


def test_未_alone_is_no_day_yet() -> None:
    read_ = dates(pd.Series(["未", "2024/4/1"]))
    assert read_.unreadable.tolist() == [False, False]
    assert columns(found("顧客名,契約開始日,解約日,月額\n甲,2024/4/1,未,1\n乙,2024/4/1,未,1\n丙,2024/4/1,2024/9/1,1\n"),
                   "end_date") == [[None, None, "2024-09-01"]]
