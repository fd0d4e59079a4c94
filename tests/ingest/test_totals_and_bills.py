"""Amounts whose header says what they cover, beside a column that says how often they are billed."""

from __future__ import annotations

import pytest

from tests.ingest.given import csv, reading

LEDGER = ("会社名,{},契約開始日,契約終了日,支払方法\nA社,2400000,2024/4/1,2026/3/31,年払い\n"
          "B社,600000,2024/4/1,2024/9/30,月払い\n")


def mrr(text: str, **answers: str) -> list[float]:
    return [round(value, 6) for value in reading(csv(text), **answers).tables["subscriptions"]["mrr"]]


@pytest.mark.parametrize("header", ["契約金額（総額）", "契約総額", "総額", "TCV", "Total contract value"])
def test_a_total_for_the_term_is_spread_over_it_however_it_is_paid(header: str) -> None:
    found = reading(csv(LEDGER.format(header)))
    assert found.tables["subscriptions"]["mrr"].tolist() == [100_000, 100_000]
    assert [question.id for question in found.questions] == []
    assert f"The amounts of column '{header}' are read as the total for the term." in {
        note.text("en") for note in found.notes}


@pytest.mark.parametrize("header", ["契約金額", "受注金額", "契約額", "Contract value", "Contract amount"])
def test_an_amount_of_the_contract_with_its_interval_is_asked_about(header: str) -> None:
    text = LEDGER.format(header)
    found = reading(csv(text))
    assert [(question.id, question.assumed, list(question.options)) for question in found.questions] == [
        (f"amount_is:{header}", "term", ["month", "year", "term", "interval"])]
    assert mrr(text) == [100_000, 100_000]
    assert mrr(text, amount_is="interval") == [200_000, 600_000]
    assert mrr(text, amount_is="month") == [2_400_000, 600_000]


@pytest.mark.parametrize("header", ["金額", "料金", "利用料", "Amount", "Price", "Fee"])
def test_a_plain_amount_with_an_interval_is_one_bill(header: str) -> None:
    found = reading(csv(LEDGER.format(header)))
    assert found.tables["subscriptions"]["mrr"].tolist() == [200_000, 600_000]
    assert found.questions == ()


def test_without_both_dates_an_amount_of_the_contract_is_one_bill() -> None:
    found = reading(csv("会社名,契約総額,契約開始日,支払方法\nA社,120,2024/4/1,年払い\nB社,10,2024/4/1,月払い\n"))
    assert found.tables["subscriptions"]["mrr"].tolist() == [10, 10]
    assert found.questions == ()


@pytest.mark.parametrize("header", ["年額", "金額（年額）", "年間契約金額", "ARR"])
def test_a_yearly_amount_stays_yearly_however_it_is_paid(header: str) -> None:
    assert mrr(LEDGER.format(header)) == [200_000, 50_000]


def test_blank_intervals_leave_the_answer_of_the_others_in_force() -> None:
    text = LEDGER.format("契約金額") + "C社,1200,2024/4/1,2025/3/31,\n"
    assert mrr(text) == [100_000, 100_000, 100]
    assert mrr(text, amount_is="interval") == [200_000, 600_000, 100]


def test_what_is_billed_once_is_no_total_to_be_spread() -> None:
    found = reading(csv(LEDGER.format("契約総額") + "C社,500,2024/4/1,2025/3/31,初回のみ\n"))
    assert found.tables["subscriptions"]["mrr"].tolist() == [100_000, 100_000, 500]
    assert found.tables["subscriptions"]["charge_kind"].tolist() == ["recurring", "recurring", "one-time"]


def test_a_total_whose_term_has_no_end_is_refused_not_guessed() -> None:
    found = reading(csv(LEDGER.format("契約総額") + "C社,500,2024/4/1,,年払い\n"))
    assert found.tables["subscriptions"]["mrr"].tolist() == [100_000, 100_000]
    assert [(refusal.row, refusal.column) for refusal in found.refusals] == [(4, "契約総額")]
