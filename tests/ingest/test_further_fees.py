"""What is paid for options beside the fee is asked about, and never forgotten in silence."""

from __future__ import annotations

import pytest

from cs_kpi.ingest.records import SheetReading
from tests.ingest.given import csv, reading


def mrr(found: SheetReading) -> list[float]:
    return found.tables["subscriptions"]["mrr"].tolist()


@pytest.mark.parametrize("head", ["基本料金,オプション料金", "月額基本料,オプション月額",
                                  "Base monthly fee,Add-on fee"])
def test_options_beside_a_basic_fee_are_added_and_asked_about(head: str) -> None:
    text = f"顧客名,契約開始日,{head}\n甲,2024/4/1,1000,500\n乙,2024/4/1,2000,\n"
    found = reading(csv(text))
    assert [(one.id, one.assumed) for one in found.questions] == [(f"further_fee:{head.split(',')[1]}", "add")]
    assert mrr(found) == [1500, 2000]
    assert mrr(reading(csv(text), further_fee="apart")) == [1000, 2000]


def test_a_total_shows_that_they_belong_together() -> None:
    found = reading(csv("顧客名,契約開始日,月額料金,オプション料金,請求金額計\n甲,2024/4/1,1000,500,1500\n"
                        "乙,2024/4/1,2000,0,2000\n"))
    assert (mrr(found), [one.assumed for one in found.questions]) == ([1500, 2000], ["add"])


def test_beside_a_fee_that_may_hold_them_already_they_stay_apart_until_the_user_says_so() -> None:
    text = "顧客名,契約開始日,月額,オプション料金\n甲,2024/4/1,1000,500\n乙,2024/4/1,2000,0\n"
    found = reading(csv(text))
    assert (mrr(found), [one.assumed for one in found.questions]) == ([1000, 2000], ["apart"])
    assert mrr(reading(csv(text), further_fee="add")) == [1500, 2000]


@pytest.mark.parametrize("other", ["オプション名,a", "追加ID数,5", "追加費用発生日,2024/5/1", "オプション料金,0",
                                   "初期追加費用,500"])
def test_other_columns_are_no_fees(other: str) -> None:
    header, cell = other.split(",")
    found = reading(csv(f"顧客名,契約開始日,基本料金,{header}\n甲,2024/4/1,1000,{cell}\n乙,2024/4/1,2000,{cell}\n"))
    assert not [one for one in found.questions if one.id.startswith("further_fee")]
