"""Customers who left by their flag or status, while no column says when: asked, and gone in the meantime."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from cs_kpi.binding import book_of
from cs_kpi.ingest.corrections import corrected
from cs_kpi.ingest.fates import fate
from cs_kpi.ingest.mapping import guess
from cs_kpi.ingest.reading import read
from cs_kpi.ingest.records import SheetReading
from tests.ingest.given import csv, reading, sheet

TODAY = dt.date(2025, 7, 1)
FLAGGED = "顧客名,契約日,月額,解約フラグ\n甲,2024/4/1,1000,{}\n乙,2024/6/1,1000,{}\n丙,2024/9/1,1000,{}\n"


def ends(found: SheetReading) -> list[str | None]:
    frame = found.tables["subscriptions"]
    return [None if pd.isna(day) else f"{day:%Y-%m-%d}" for day in frame["end_date"]] if "end_date" in frame else []


def options(found: SheetReading) -> list[str]:
    (question,) = found.questions
    return list(question.options)


@pytest.mark.parametrize(("yes", "no"), [("1", "0"), ("TRUE", "FALSE"), ("Yes", "No"), ("解約済", ""), ("○", ""),
                                         ("有", "無"), ("解約済", "契約中")])
def test_a_flag_beside_a_start_and_no_end_is_asked_about_and_counts_as_gone(yes: str, no: str) -> None:
    found = reading(csv(FLAGGED.format(yes, no, no)))
    (question,) = found.questions
    assert (question.id, question.assumed) == ("left_on:解約フラグ", "last_day")
    assert question.text.text("en") == (f"Rows that say '{yes}' in column '解約フラグ', but have no end date: 1 "
                                        "(row 2). When did these customers leave?")
    assert question.options["last_day"].text("en") == "on 2024-09-01, the last day that this sheet speaks of"
    assert ends(found) == ["2024-09-01", None, None]


def test_the_book_counts_them_as_churned() -> None:
    book = book_of([read(given := csv(FLAGGED.format("1", "0", "0")), guess(given), TODAY)])
    assert book.tables["subscriptions"]["end_date"].notna().tolist() == [True, False, False]
    assert f"{book.as_of:%Y-%m-%d}" == "2024-09-01"


def test_the_user_may_say_that_they_are_still_customers() -> None:
    found = reading(csv(FLAGGED.format("1", "0", "0")), left_on="running")
    assert ends(found) == []
    assert [note.text("en") for note in found.notes] == [
        "Rows that say '1' in column '解約フラグ', but have no end date: 1 (row 2). They count as running. Fill in the "
        "dates."]


def test_nobody_flagged_is_not_asked_about() -> None:
    assert reading(csv(FLAGGED.format("0", "0", "0"))).questions == ()


def test_a_column_of_days_that_tells_of_leaving_is_the_guess() -> None:
    text = ("顧客名,契約日,月額,解約フラグ,解約アンケート回答日\n甲,2024/4/1,1000,1,2024/8/20\n"
            "乙,2024/6/1,1000,1,2024/12/1\n"
            "丙,2024/9/1,1000,0,\n")
    found = reading(csv(text))
    (question,) = found.questions
    assert question.assumed == "at:解約アンケート回答日"
    assert ends(found) == ["2024-08-20", "2024-12-01", None]
    assert ends(reading(csv(text), left_on="last_day")) == ["2024-12-01", "2024-12-01", None]


def test_a_passed_end_of_the_term_is_the_guess_before_the_last_day() -> None:
    text = "顧客名,契約日,満了日,月額,状態\n甲,2024/4/1,2025/3/31,1000,解約済\n乙,2024/6/1,2098/5/31,1000,契約中\n"
    found = reading(csv(text))
    assert [question.assumed for question in found.questions] == ["renewed", "at:満了日"]
    assert ends(found) == ["2025-03-31", None]


def test_a_term_that_has_not_passed_does_not_say_when_they_left() -> None:
    text = "顧客名,契約日,満了日,月額,状態\n甲,2024/4/1,2098/3/31,1000,解約済\n乙,2024/6/1,2098/5/31,1000,契約中\n"
    assert ends(reading(csv(text))) == ["2024-06-01", None]


def test_terms_that_ran_out_are_no_day_of_which_the_sheet_speaks() -> None:
    text = "顧客名,契約日,満了日,月額,状態\n甲,2024/4/1,2025/3/31,1000,契約中\n乙,2024/6/1,2098/5/31,1000,解約済\n"
    assert ends(reading(csv(text))) == [None, "2024-06-01"]


def test_days_before_the_start_do_not_end_a_contract() -> None:
    text = ("顧客名,契約日,月額,解約フラグ,最終利用日\n甲,2024/4/1,1000,1,2024/8/20\n乙,2024/6/1,1000,1,2024/5/1\n"
            "丙,2024/6/1,1000,1,2024/9/1\n丁,2024/6/1,1000,1,2024/9/1\n戊,2024/6/1,1000,1,2024/9/2\n"
            "己,2024/6/1,1000,0,2024/12/1\n")
    assert ends(reading(csv(text), left_on="at:最終利用日")) == [
        "2024-08-20", "2024-12-01", "2024-09-01", "2024-09-01", "2024-09-02", None]


def test_of_a_filled_column_of_ends_only_the_blank_ones_are_asked_about() -> None:
    text = ("会社名,契約開始日,解約日,月額,ステータス\n甲,2024/4/1,2024/9/30,100,解約済\n乙,2024/4/1,,100,解約済\n"
            "丙,2024/4/1,,100,契約中\n")
    found = reading(csv(text))
    assert options(found) == ["last_day", "running"]
    assert ends(found) == ["2024-09-30", "2024-09-30", None]


@pytest.mark.parametrize(("word", "said"), [
    ("ご利用中", "stayed"), ("ご契約中", "stayed"), ("お客様都合により解約", "left"),
    ("先方都合で退会", "left"), ("解約(移転)", "left"),
    ("Cancelled by customer", "left"), ("休会", "open"), ("休会中", "open"), ("停止中", "open"), ("解約手続中", "open"),
    ("解約予定", "open"), ("Cancellation requested", None), ("cancelled - pending", "open"), ("解約なし", "stayed"),
    ("解約阻止", "stayed"), ("未解約", "stayed"), ("Inactive", "open"), ("not active", "open"),
    ("失効", "open"), ("東京", None), ("", None)])
def test_words_of_a_status_that_stand_in_no_list(word: str, said: str | None) -> None:
    assert fate(word) == said


def test_between_being_there_and_having_left_is_asked_word_by_word() -> None:
    text = ("会社名,利用開始日,月額,ステータス\n甲,2024/4/1,100,ご利用中\n乙,2024/5/1,100,お客様都合により解約\n"
            "丙,2024/6/1,100,休会\n丁,2024/7/1,100,停止中\n")
    found = reading(csv(text))
    assert {question.id: question.assumed for question in found.questions} == {
        "left_when_休会:ステータス": "stayed", "left_when_停止中:ステータス": "left", "left_on:ステータス": "last_day"}
    assert ends(found) == [None, "2024-07-01", None, "2024-07-01"]
    assert ends(reading(csv(text), left_when_休会="left")) == [None, "2024-07-01", "2024-07-01", "2024-07-01"]


def test_the_state_of_something_else_ends_no_contract() -> None:
    text = "会社名,契約開始日,月額,対応状況\n甲,2024/4/1,100,終了\n乙,2024/5/1,100,停止中\n"
    assert reading(csv(text)).questions == ()


def test_a_list_without_dates_reads_the_same_words() -> None:
    text = "顧客名,月額,ステータス\n甲,100,ご利用中\n乙,100,お客様都合により解約\n丙,100,契約中\n"
    found = reading(csv(text))
    assert found.questions == ()
    assert found.tables["customers"]["has_left"].tolist() == [False, True, False]


@pytest.mark.parametrize("header", ["解約日", "Cancel date"])
def test_a_list_with_days_of_leaving_and_no_fee_says_what_is_missing_and_what_can_be_counted(header: str) -> None:
    given = sheet(["顧客ID", "顧客名", "契約日", header], ["1", "A社", "2022/4/1", ""],
                  ["2", "B社", "2022/5/1", "2023/9/30"], ["3", "C社", "2022/7/1", "2099/1/1"])
    (note,) = reading(given).notes
    assert note.text("en").startswith(f"Column '{header}' says when customers left, but no column holds a fee")
    told = read(given, corrected(guess(given), header, "customers.has_left"), dt.date(2024, 1, 1))
    assert told.tables["customers"]["has_left"].tolist() == [False, True, False]
    assert told.questions == ()
