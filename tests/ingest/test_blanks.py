"""Cells that cannot be read and decide nothing are left blank and said; only those that decide refuse their row."""

from __future__ import annotations

import pytest

from cs_kpi.ingest.understanding import understanding
from tests.ingest.given import csv, reading

HEAD = "顧客名,契約開始日,{},月額\n甲,2023/4/1,{},1000\n乙,2023/4/1,{},1000\n丙,2023/4/1,{},1000\n"


@pytest.mark.parametrize(("header", "field", "bad", "good"), [
    ("ID数", "seats", "たくさん", "10"), ("満了日", "term_end", "来春", "2098/3/31"),
    ("割引率", "discount", "応相談", "10%"),
    ("解約申入期限", "notice_days", "要確認", "30日前")])
def test_an_unreadable_cell_that_decides_nothing_is_left_blank(header: str, field: str, bad: str, good: str) -> None:
    found = reading(csv(HEAD.format(header, bad, good, good)))
    frame = found.tables["subscriptions"]
    assert frame["customer_id"].tolist() == ["甲", "乙", "丙"]
    assert frame[field].isna().tolist() == [True, False, False]
    assert (found.refusals, found.rows_refused, found.rows_read) == ((), 0, 3)
    (cell,) = found.blanks
    assert (cell.row, cell.column, cell.value) == (2, header, bad)
    assert cell.reason.text("en").startswith("This is not a")


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


def test_customers_stay_without_a_day_that_cannot_be_read() -> None:
    text = "顧客ID,顧客名,オンボーディング完了日,担当CSM\nC1,甲,要確認,佐藤\nC2,乙,2024/4/1,佐藤\nC3,丙,2024/5/1,鈴木\n"
    found = reading(csv(text))
    assert found.tables["customers"]["customer_id"].tolist() == ["C1", "C2", "C3"]
    assert [(cell.row, cell.column) for cell in found.blanks] == [(2, "オンボーディング完了日")]


def test_fees_of_nothing_are_not_told() -> None:
    found = reading(csv("会社名,契約開始日,月額,初期費用\n甲,2024/4/1,1000,0\n乙,2024/4/1,2000,0\n"))
    assert found.notes == ()
    assert len(found.tables["subscriptions"]) == 2


def test_the_description_for_programs_lists_them() -> None:
    told = understanding([reading(csv(HEAD.format("ID数", "たくさん", "1", "2")))], "en")
    assert told["sheets"][0]["left_blank"] == [
        {"row": 2, "column": "ID数", "value": "たくさん",
         "reason": "This is not a number. Correct the cell in the spreadsheet and load it again."}]
