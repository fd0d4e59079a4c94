"""What a customer pays where the sheet says it in two columns: a price and a number, a total and a length of term."""

from __future__ import annotations

import pytest

from cs_kpi.ingest.records import SheetReading
from tests.ingest.given import csv, reading


def mrr(found: SheetReading) -> list[float]:
    return found.tables["subscriptions"]["mrr"].tolist()


@pytest.mark.parametrize("price", ["月額単価", "月額（円/ID）", "1ID月額", "ライセンス単価（月額）",
                                   "Monthly price per seat", "Monthly fee (per user)"])
@pytest.mark.parametrize("number", ["数量", "ID数", "ライセンス数", "契約ID数", "Quantity", "Seats", "No. of licenses"])
def test_the_price_of_one_unit_is_multiplied_and_asked_about(price: str, number: str) -> None:
    text = f"顧客名,契約開始日,{price},{number}\n甲,2023/4/1,1000,5\n乙,2024/4/1,1200,10\n"
    found = reading(csv(text))
    assert [(one.id, one.assumed) for one in found.questions] == [(f"unit_price:{price}", "times")]
    assert mrr(found) == [5_000, 12_000]
    assert mrr(reading(csv(text), unit_price="alone")) == [1_000, 1_200]


@pytest.mark.parametrize("price", ["単価", "Unit price", "Price per seat"])
def test_a_price_that_does_not_say_of_what_time_is_asked_about_twice(price: str) -> None:
    found = reading(csv(f"Company,Start date,{price},Seats\nA,2024-04-01,120,5\nB,2024-05-01,240,10\n"))
    assert [one.id for one in found.questions] == [f"unit_price:{price}", f"amount_is:{price}"]
    assert mrr(found) == [600, 2_400]
    assert mrr(reading(csv(f"Company,Start date,{price},Seats\nA,2024-04-01,120,5\n"), amount_is="year")) == [50]


@pytest.mark.parametrize("head", ["単価,数量,金額", "月額単価,数量,月額合計", "月額単価,ID数,月額",
                                  "月額単価,数量,契約金額"])
def test_what_is_paid_for_all_goes_before_the_price_of_one(head: str) -> None:
    found = reading(csv(f"顧客名,契約開始日,{head}\n甲,2023/4/1,1000,5,5000\n乙,2024/4/1,1000,10,10000\n"))
    assert not any(one.id.startswith("unit_price") for one in found.questions)
    assert mrr(found) == [5_000, 10_000]


def test_a_number_of_one_everywhere_asks_nothing() -> None:
    assert reading(csv("顧客名,契約開始日,月額単価,数量\n甲,2023/4/1,1000,1\n乙,2024/4/1,1200,1\n")).questions == ()


def test_a_fee_for_all_is_not_multiplied() -> None:
    found = reading(csv("顧客名,契約開始日,月額,ID数\n甲,2023/4/1,1000,5\n"))
    assert (mrr(found), found.questions) == ([1_000], ())


def test_the_mean_price_of_customers_is_no_price_of_a_unit() -> None:
    found = reading(csv("顧客名,契約開始日,月額,顧客単価,数量\n甲,2023/4/1,1000,7,5\n"))
    assert (mrr(found), found.questions) == ([1_000], ())


def test_a_blank_number_is_one_and_an_unreadable_one_refuses_its_row() -> None:
    found = reading(csv("顧客名,契約開始日,月額単価,数量\n甲,2023/4/1,1000,\n乙,2024/4/1,1200,多数\n"
                        "丙,2024/4/1,10,3\n"))
    assert mrr(found) == [1_000, 30]
    assert [(one.row, one.column, one.value) for one in found.refusals] == [(3, "数量", "多数")]
    assert [note.text("en") for note in found.notes] == [
        "Rows without a number in column '数量' are read as one unit: 1 (row 2)."]


def test_a_list_without_dates_is_multiplied_too() -> None:
    assert mrr(reading(csv("顧客名,月額単価,数量,解約フラグ\n甲,1000,5,1\n乙,1000,2,0\n"))) == [5_000, 2_000]


def test_a_discount_is_taken_off_the_product() -> None:
    assert mrr(reading(csv("顧客名,契約開始日,月額単価,数量,割引率\n甲,2023/4/1,1000,5,10%\n"))) == [4_500]


@pytest.mark.parametrize(("header", "cells"), [
    ("Term (months)", ("12", "24")), ("契約期間", ("12ヶ月", "2年")), ("契約期間(月)", ("12", "24")),
    ("契約年数", ("1", "2")), ("Contract length (years)", ("1", "2")), ("契約月数", ("12", "24"))])
def test_a_total_is_spread_over_the_length_of_its_term(header: str, cells: tuple[str, str]) -> None:
    text = (f"Customer,Start date,{header},Total contract value\nA,2024-04-01,{cells[0]},1200\n"
            f"B,2024-05-01,{cells[1]},4800\n")
    found = reading(csv(text))
    assert [(one.id, one.assumed) for one in found.questions] == [("amount_is:Total contract value", "term")]
    assert mrr(found) == [100, 200]
    assert mrr(reading(csv(text), amount_is="month")) == [1_200, 4_800]


def test_a_total_without_a_length_may_be_chosen_and_says_what_is_missing() -> None:
    text = "顧客ID,契約開始日,金額\nC1,2024/4/1,1200\n"
    (question,) = reading(csv(text)).questions
    assert (list(question.options), question.assumed) == (["month", "year", "term"], "month")
    (refused,) = reading(csv(text), amount_is="term").refusals
    assert refused.reason.text("en").startswith("The total for the term cannot be spread over months")


DEALS = "Account Name,Opportunity Name,Stage,Amount,Close Date{}\nA,A1,Closed Won,2400,2024-04-01{}\n"


def test_the_amount_of_a_deal_is_asked_about_and_no_month_by_itself() -> None:
    (question,) = reading(csv(DEALS.format("", ""))).questions
    assert (list(question.options), question.assumed) == (["month", "year", "term"], "year")
    assert mrr(reading(csv(DEALS.format("", "")))) == [200]


def test_the_amount_of_a_deal_with_a_length_of_term_is_likely_its_total() -> None:
    text = DEALS.format(",Contract Term (months)", ",24")
    assert [one.assumed for one in reading(csv(text)).questions] == ["term"]
    assert mrr(reading(csv(text))) == [100]
