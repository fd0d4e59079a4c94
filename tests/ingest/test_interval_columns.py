"""How often is billed, told by the cells where the header alone does not say it."""

from __future__ import annotations

import pytest

from tests.ingest.given import csv, reading

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
