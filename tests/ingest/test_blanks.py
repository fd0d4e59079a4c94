"""An unreadable cell refuses its row; where it decides nothing, the user may keep the row with the cell left blank."""

from __future__ import annotations

import pandas as pd
import pytest

from cs_kpi.ingest.understanding import understanding
from tests.ingest.given import csv, reading, sheet

HEAD = "顧客名,契約開始日,{},月額\n甲,2023/4/1,{},1000\n乙,2023/4/1,{},1000\n丙,2023/4/1,{},1000\n"


@pytest.mark.parametrize(("header", "field", "bad", "good"), [
    ("ID数", "seats", "たくさん", "10"), ("満了日", "term_end", "来春", "2098/3/31"),
    ("割引率", "discount", "応相談", "10%"),
    ("解約申入期限", "notice_days", "要確認", "30日前")])
def test_an_unreadable_cell_refuses_its_row_and_the_user_may_keep_it(header: str, field: str, bad: str, good: str
                                                                     ) -> None:
    given = csv(HEAD.format(header, bad, good, good))
    refused = reading(given)
    assert refused.tables["subscriptions"]["customer_id"].tolist() == ["乙", "丙"]
    assert [(one.row, one.column, one.value) for one in refused.refusals] == [(2, header, bad)]
    assert [(one.id, one.assumed) for one in refused.questions] == [(f"unreadable:{header}", "refuse")]
    found = reading(given, unreadable="blank")
    frame = found.tables["subscriptions"]
    assert frame["customer_id"].tolist() == ["甲", "乙", "丙"]
    assert frame[field].isna().tolist() == [True, False, False]
    assert (found.refusals, found.rows_refused, found.rows_read) == ((), 0, 3)
    (cell,) = found.blanks
    assert (cell.row, cell.column, cell.value) == (2, header, bad)
    assert cell.reason.text("en").startswith("This is not a")


@pytest.mark.parametrize(("header", "bad", "cost"), [
    ("ID数", "たくさん", "2 (row 2, 3). Are their rows left out, or kept? Kept, this would be unknown in them: Seats."),
    ("割引率", "応相談", "Kept, nothing would be taken off their amounts.")])
def test_the_question_says_how_many_rows_and_what_keeping_them_costs(header: str, bad: str, cost: str) -> None:
    (question,) = reading(csv(HEAD.format(header, bad, bad, "10%" if header == "割引率" else "10"))).questions
    assert question.text.text("en").endswith(cost)


def test_months_in_rows_ask_about_unreadable_seats_alike() -> None:
    text = "顧客名,対象月,MRR,ID数\n甲,2024/1,100,たくさん\n乙,2024/1,100,3\n乙,2024/2,100,3\n丙,2024/2,100,4\n"
    assert [one.row for one in reading(csv(text)).refusals] == [2]
    kept = reading(csv(text), unreadable="blank")
    assert (kept.tables["subscriptions"]["customer_id"].nunique(), len(kept.blanks)) == (3, 1)


def test_lists_without_dates_ask_about_unreadable_discounts_alike() -> None:
    text = "顧客ID,解約フラグ,月額,割引率\n甲,1,1000,応相談\n乙,0,1000,10%\n丙,0,1000,10%\n"
    assert [one.row for one in reading(csv(text)).refusals] == [2]
    kept = reading(csv(text), unreadable="blank")
    assert kept.tables["subscriptions"]["mrr"].tolist() == [1000, 900, 900]


def test_a_number_on_which_the_price_hangs_is_not_asked_about() -> None:
    found = reading(csv(HEAD.format("ID数", "たくさん", "2", "3").replace("月額", "月額単価")))
    assert [one.id for one in found.questions] == ["unit_price:月額単価"]
    assert [one.row for one in found.refusals] == [2]


@pytest.mark.parametrize(("header", "bad", "good"), [("解約日", "来春", "2024/5/1"), ("請求間隔", "要確認", "月払い")])
def test_an_unreadable_cell_on_which_the_numbers_hang_refuses_its_row(header: str, bad: str, good: str) -> None:
    found = reading(csv(HEAD.format(header, bad, good, good).replace("月額", "料金")))
    assert [(one.row, one.column, one.value) for one in found.refusals] == [(2, header, bad)]
    assert (found.blanks, found.tables["subscriptions"]["customer_id"].tolist()) == ((), ["乙", "丙"])


@pytest.mark.parametrize("text", [
    "顧客名,契約開始日,月額\n甲,来春,1000\n乙,2023/4/1,1000\n丙,2023/4/1,1000\n",
    "顧客名,契約開始日,月額\n甲,2023/4/1,要確認\n乙,2023/4/1,1000\n丙,2023/4/1,1000\n"])
def test_a_start_and_an_amount_are_needed(text: str) -> None:
    assert [one.row for one in reading(csv(text)).refusals] == [2]


def test_customers_stay_without_a_day_that_cannot_be_read_where_the_user_says_so() -> None:
    text = "顧客ID,顧客名,オンボーディング完了日,担当CSM\nC1,甲,要確認,佐藤\nC2,乙,2024/4/1,佐藤\nC3,丙,2024/5/1,鈴木\n"
    found = reading(csv(text))
    assert found.tables["customers"]["customer_id"].tolist() == ["C2", "C3"]
    found = reading(csv(text), unreadable="blank")
    assert found.tables["customers"]["customer_id"].tolist() == ["C1", "C2", "C3"]
    assert [(cell.row, cell.column) for cell in found.blanks] == [(2, "オンボーディング完了日")]


def test_fees_of_nothing_are_not_told() -> None:
    found = reading(csv("会社名,契約開始日,月額,初期費用\n甲,2024/4/1,1000,0\n乙,2024/4/1,2000,0\n"))
    assert found.notes == ()
    assert len(found.tables["subscriptions"]) == 2


def test_the_description_for_programs_lists_them() -> None:
    told = understanding([reading(csv(HEAD.format("ID数", "たくさん", "1", "2")), unreadable="blank")], "en")
    assert told["sheets"][0]["left_blank"] == [
        {"row": 2, "column": "ID数", "value": "たくさん",
         "reason": "This is not a number. Correct the cell in the spreadsheet and load it again."}]


def test_a_flag_with_cells_still_to_be_checked_stays_a_flag_and_names_them() -> None:
    read = reading(sheet(["顧客名", "契約日", "月額", "自動更新"], ["A社", "2024/4/1", 1000, "あり"],
                         ["B社", "2024/4/1", 1000, "要確認"], ["C社", "2024/4/1", 1000, "なし"]))
    renews = read.tables["subscriptions"]["auto_renews"]
    assert [None if flag is pd.NA else bool(flag) for flag in renews] == [True, None, False]
    assert "left blank: 1 (such as 要確認)" in "\n".join(note.text("en") for note in read.notes)
