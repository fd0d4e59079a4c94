"""Discounts as shares, percentages and amounts, in one column or mixed."""

from __future__ import annotations

import pytest

from cs_kpi.ingest.records import SheetReading
from tests.ingest.given import csv, reading


def ledger(header: str, *rows: tuple[float, str], **said: str) -> SheetReading:
    lines = "".join(f"C{place},2024/4/1,{fee},{cell}\n" for place, (fee, cell) in enumerate(rows))
    return reading(csv(f"顧客ID,契約開始日,月額,{header}\n{lines}"), **said)


def fees(read: SheetReading) -> list[float]:
    return read.tables["subscriptions"]["mrr"].tolist()


def test_a_column_of_shares_percentages_and_amounts_is_read_cell_by_cell() -> None:
    read = ledger("割引", (10_000, "0.1"), (10_000, "10%"), (10_000, "500"), (10_000, ""))
    assert fees(read) == [9_000, 9_000, 9_500, 10_000]
    assert [(one.id, one.assumed) for one in read.questions] == [("small_discount:割引", "share")]
    assert read.questions[0].options["share"].text("en") == "10 percent of the amount"
    told = [note.text("en") for note in read.notes]
    assert "The discount in column '割引' is taken off as an amount of money." in told
    assert "Cells of column '割引' with a percent sign are taken off as a percentage of the amount: 1." in told


def test_the_user_may_say_that_a_small_discount_is_one_like_the_others() -> None:
    assert fees(ledger("割引", (10_000, "0.5"), (10_000, "500"), small_discount="amount")) == [9_999.5, 9_500]


def test_a_tenth_beside_ten_is_the_same_share_where_the_user_does_not_say_otherwise() -> None:
    read = ledger("割引率", (10_000, "0.1"), (10_000, "10"))
    assert fees(read) == [9_000, 9_000]
    assert [one.id for one in read.questions] == ["small_discount:割引率"]
    assert fees(ledger("割引率", (10_000, "0.1"), (10_000, "10"), small_discount="percent")) == [9_990, 9_000]


def test_half_a_percent_under_a_percent_sign_needs_no_question() -> None:
    read = ledger("割引率(%)", (10_000, "0.5"), (10_000, "10"))
    assert fees(read) == [9_950, 9_000]
    assert not read.questions


def test_twenty_off_a_hundred_may_be_money_and_is_asked() -> None:
    assert fees(ledger("割引", (50, "20"), (80, "10"))) == [40, 72]
    assert fees(ledger("割引", (50, "20"), (80, "10"), discount_is="amount")) == [30, 70]


@pytest.mark.parametrize(("header", "fee"), [("割引", 10_000), ("割引率", 50)])
def test_twenty_off_ten_thousand_or_as_a_rate_is_a_percentage_without_a_question(header: str, fee: float) -> None:
    read = ledger(header, (fee, "20"), (fee, "10"))
    assert fees(read) == [fee * 0.8, fee * 0.9]
    assert not read.questions


@pytest.mark.parametrize(("head", "rows"), [
    ("定価,割引率,月額", ("10000,20%,8000", "10000,0%,10000", "20000,50%,10000")),
    ("標準価格,割引率(%),月額", ("10000,20,8000", "10000,0,10000", "20000,50,10000")),
    ("値引前,値引額,月額", ("10000,2000,8000", "10000,0,10000", "11000,1000,10000")),
    ("List price,Discount,Monthly fee", ("10000,0.2,8000", "10000,0,10000", "20000,0.5,10000"))])
def test_a_fee_that_is_the_list_price_less_the_discount_is_net_already(head: str, rows: tuple[str, ...]) -> None:
    lines = "".join(f"{name},2024/4/1,{row}\n" for name, row in zip("甲乙丙", rows, strict=True))
    found = reading(csv(f"顧客名,契約開始日,{head}\n{lines}"))
    assert found.tables["subscriptions"]["mrr"].tolist() == [8000, 10000, 10000]
    assert any("is not taken off" in note.text("en") for note in found.notes)


def test_a_discount_beside_a_net_amount_is_taken_off_the_gross_one() -> None:
    found = reading(csv("顧客名,契約開始日,月額,値引額,請求額\n"
                        "甲,2024/4/1,10000,2000,8000\n乙,2024/4/1,9000,1000,8000\n"))
    assert found.tables["subscriptions"]["mrr"].tolist() == [8000, 8000]


def test_a_column_of_discounts_without_one_says_nothing() -> None:
    """As in a template of which only some columns are filled in."""
    read = reading(csv("Customer ID,Start date,MRR,Discount\nA,2024-04-01,10,\nB,2024-04-01,20,\n"))
    assert read.tables["subscriptions"]["mrr"].tolist() == [10.0, 20.0]
    assert "net already" not in "\n".join(note.text("en") for note in read.notes)
