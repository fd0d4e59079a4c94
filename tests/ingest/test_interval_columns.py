"""How often is billed, told by the cells where the header alone does not say it."""

from __future__ import annotations

import pytest

from tests.ingest.given import csv, reading, sheet

TEXT = "顧客名,契約開始日,契約金額,{2}\n甲,2024/4/1,1200,{0}\n乙,2024/4/1,100,{1}\n丙,2024/4/1,1200,{0}\n"


@pytest.mark.parametrize(("header", "year", "month"), [
    ("支払", "年払い", "月払い"), ("Billing", "Annual", "monthly"), ("お支払", "年1回払い", "毎月"),
    ("契約形態", "年契約", "月契約"),
    ("Billed", "Yearly", "Monthly"), ("課金区分", "年額", "月額")])
def test_amounts_are_of_the_interval_that_the_cells_say(header: str, year: str, month: str) -> None:
    found = reading(csv(TEXT.format(year, month, header)))
    assert found.mapping.columns["subscriptions.billing_interval"] == header
    assert found.tables["subscriptions"]["mrr"].tolist() == [100, 100, 100]


@pytest.mark.parametrize(("header", "one", "other"), [
    ("訪問頻度", "隔月", "毎月"), ("支払方法", "口座振替", "カード"), ("請求区分", "初期費用", "月額"),
    ("支払サイト", "30", "60")])
def test_other_columns_are_no_interval(header: str, one: str, other: str) -> None:
    found = reading(csv(TEXT.format(one, other, header)))
    assert "subscriptions.billing_interval" not in found.mapping.columns


@pytest.mark.parametrize("header", ["Curr", "単位通貨", "Ccy"])
def test_currencies_are_told_by_their_codes_whatever_the_header(header: str) -> None:
    found = reading(csv(f"Client,Contract start,Monthly fee,{header}\nA,2024-01-01,100,USD\nB,2024-01-01,100,EUR\n"
                        "C,2024-01-01,300,USD\n"))
    assert found.tables["subscriptions"]["currency"].tolist() == ["USD", "EUR", "USD"]


def test_plans_of_three_letters_are_no_currencies() -> None:
    found = reading(csv("Client,Contract start,Monthly fee,Level\nA,2024-01-01,100,PRO\nB,2024-01-01,100,STD\n"))
    assert "subscriptions.currency" not in found.mapping.columns


def test_how_often_is_billed_is_no_name_of_a_customer() -> None:
    found = reading(csv("Client,Contract start,Contract value,Frequency\nA,2024-01-01,1200,Annual\n"
                        "B,2024-01-01,100,Monthly\nC,2024-01-01,300,Quarterly\n"))
    assert found.tables["subscriptions"]["mrr"].tolist() == [100, 100, 100]


def test_a_number_of_users_is_no_user() -> None:
    found = reading(csv("会社名,利用日,ログイン回数,利用ユーザー数\n甲,2024/6/1,35,5\n乙,2024/5/1,2,1\n"))
    assert "usage.user_id" not in found.mapping.columns


def test_amounts_that_say_first_that_they_are_without_tax_are_amounts() -> None:
    found = reading(csv("顧客名,契約開始日,税抜金額,消費税,税込金額,支払区分\n甲,2024/4/1,10000,1000,11000,月払\n"
                        "乙,2024/4/1,120000,12000,132000,年払\n"))
    assert found.mapping.columns["subscriptions.amount"] == "税抜金額"
    assert found.tables["subscriptions"]["mrr"].tolist() == [10000, 10000]


def test_months_of_the_year_are_no_billing_interval() -> None:
    head = ["顧客名", "契約日", "金額", "請求月"]
    found = reading(sheet(head, ["青空社", "2024-04-01", 120000, "4月"], ["海野社", "2024-10-01", 240000, "10月"]))
    assert "subscriptions.billing_interval" not in found.mapping.columns
