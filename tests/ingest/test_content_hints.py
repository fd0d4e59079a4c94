"""Money beside a word for a period, months without a day, and words for leaving speak of customers under any header."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.ingest.given import reading, sheet

D = dt.date
STALLS = ["Alder", "Bramble", "Copper", "Dunmore"]


def by_row(head: list[str], *columns: list[Any], **named: str) -> Any:
    return reading(sheet(head, *(list(row) for row in zip(*columns, strict=True)), **named))


@pytest.mark.parametrize("fee", ["月額ロイヤリティ", "1か月あたり金額", "Rate/mo", "Monthly billing (INR)"])
def test_a_fee_by_the_month_tells_that_an_unknown_trade_keeps_contracts(fee: str) -> None:
    found = by_row(["Stall", "From", "Thru", fee], STALLS, [D(2024, 1, 1), D(2024, 2, 1), D(2024, 3, 1), D(2024, 4, 1)],
                   [None, D(2025, 1, 31), None, None], [5000, 7000, 6000, 9000])
    assert found.tables["subscriptions"]["mrr"].tolist() == [5000, 7000, 6000, 9000]
    assert found.tables["subscriptions"]["customer_id"].tolist() == STALLS


def test_a_fee_by_the_year_is_a_twelfth_of_it_a_month() -> None:
    found = by_row(["Plant key", "Plant", "Live from", "Notice received", "Terminated as of", "Yearly fee EUR"],
                   ["P1", "P2", "P3", "P4"], STALLS, [D(2024, 1, 1), D(2024, 2, 1), D(2024, 3, 1), D(2024, 4, 1)],
                   [None, D(2024, 10, 1), None, D(2024, 11, 1)], [None, D(2024, 12, 31), None, D(2025, 1, 31)],
                   [1200, 2400, 3600, 600])
    assert found.tables["subscriptions"]["mrr"].tolist() == [100, 200, 300, 50]
    assert found.mapping.columns["subscriptions.end_date"] == "Terminated as of"
    assert found.mapping.columns["customers.customer_name"] == "Plant"


def test_months_without_a_day_make_rows_by_months_of_any_two_other_columns() -> None:
    months = ["2025年1月", "2025年2月", "2025年3月"]
    rows = [[month, stall, fee] for month in months for stall, fee in zip(STALLS, (10, 20, 30, 40), strict=True)]
    found = reading(sheet(["掲載月", "掲載枠主", "掲載料(千円)"], *rows))
    assert found.mapping.shape == "monthly_long"
    assert found.tables["subscriptions"]["mrr"].tolist() == [10_000, 20_000, 30_000, 40_000]


def test_words_for_staying_and_for_leaving_tell_who_left_under_any_header() -> None:
    found = by_row(["医療機関番号", "契約区分", "利用月数"], ["10", "11", "12", "13"],
                   ["契約中", "解約", "契約中", "契約中"], [3, 20, 14, 8])
    assert found.mapping.shape == "snapshot"
    assert found.tables["customers"]["has_left"].tolist() == [False, True, False, False]


def test_a_column_with_one_of_the_two_words_tells_nothing() -> None:
    found = by_row(["部品番号", "区分", "在庫月数"], ["10", "11", "12", "13"], ["契約中"] * 4, [3, 20, 14, 8])
    assert found.tables == {}


def test_a_question_beside_a_score_is_answered_by_the_comment() -> None:
    found = by_row(["Chambers", "Responded on", "NPS", "What could we do better?"], STALLS,
                   [D(2025, 5, day) for day in (1, 2, 3, 4)], [9, 3, 10, 7], ["Search", None, "Nothing", "Speed"])
    assert found.mapping.columns["surveys.comment"] == "What could we do better?"


@pytest.mark.parametrize("head", [
    ["社員番号", "氏名", "入社日", "退職日", "月額給与"], ["仕入先コード", "仕入先", "発注日", "納品日", "月額支払額"]])
def test_staff_and_suppliers_are_no_customers_though_money_is_paid_each_month(head: list[str]) -> None:
    found = by_row(head, ["00101", "00102", "00103", "00104"], ["山田 一", "佐藤 花", "鈴木 実", "高橋 健"],
                   [D(2024, 1, 1), D(2024, 2, 1), D(2024, 3, 1), D(2024, 4, 1)], [None, D(2025, 1, 31), None, None],
                   [250_000, 270_000, 300_000, 310_000])
    assert found.tables == {}


def test_contacts_under_a_trades_own_word_are_read_and_what_does_not_look_like_a_customer_is_asked() -> None:
    days = [D(2025, 1, day) for day in range(1, 9)]
    told = by_row(["訪問日", "派遣先", "面談内容", "訪問者"], days,
                  ["中部精機", "東海食品", "名港倉庫", "中部精機"] * 2,
                  ["良好", "増員の相談", "時給の説明", "交代の依頼"] * 2, ["岡田", "西村"] * 4)
    assert told.tables["interactions"]["customer_id"].tolist()[:2] == ["中部精機", "東海食品"]
    assert told.questions == ()
    asked = by_row(["日付", "プロジェクト", "内容", "担当者"], days, ["甲", "乙", "丙", "丁"] * 2,
                   ["良好", "増員の相談", "時給の説明", "交代の依頼"] * 2, ["岡田", "西村"] * 4)
    assert [one.id for one in asked.questions] == ["by_content:プロジェクト"]


def test_the_number_of_each_ticket_is_no_customer() -> None:
    days = [D(2025, 1, day) for day in range(1, 10)]
    sites = ["Ash", "Bay", "Cove", "Dale", "Elm", "Fen", "Glen", "Hill", "Isle"]
    head = ["Ref", "Raised", "Premises", "Severity", "State", "Crew"]
    rows = [[f"CO-{at:03d}", day, f"{sites[at % 6]} Park", "P1" if at % 2 else "P2", "Open", "AB"[at % 2]]
            for at, day in enumerate(days)]
    found = reading(sheet(head, *rows))
    assert found.mapping.columns["interactions.customer_id"] == "Premises"
    assert [one.id for one in found.questions] == ["by_content:Premises"]
    nobody = reading(sheet([*head[:2], *head[3:]], *([*row[:2], *row[3:]] for row in rows)))
    assert nobody.tables == {}


def test_days_and_money_that_cannot_be_told_are_said_to_be_there() -> None:
    found = by_row(["顧客ID", "顧客名", "搬入日", "点検日", "保守代"], ["1", "2", "3", "4"], STALLS,
                   [D(2024, 1, 1), D(2024, 2, 1), D(2024, 3, 1), D(2024, 4, 1)],
                   [D(2024, 5, 1), D(2024, 1, 1), D(2024, 6, 1), None], [5000, 7000, 6000, 9000], name="顧客一覧")
    assert set(found.tables) == {"customers"}
    [said] = [note.text("en") for note in found.notes]
    assert said.startswith("Columns 搬入日 hold days and 保守代 hold amounts")
