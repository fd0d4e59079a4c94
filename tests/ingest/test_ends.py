"""Ends of contracts that renew automatically: a passed one is asked about where every row has one."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from cs_kpi.ingest.mapping import guess
from cs_kpi.ingest.reading import read
from tests.ingest.given import csv, reading

HEAD = "会社名,月額料金,契約開始日,契約終了日,自動更新\n"
LEDGER = HEAD + "A社,100,2023/4/1,2024/3/31,あり\nB社,200,2023/4/1,2024/3/31,あり\nC社,300,2023/4/1,2024/3/31,なし\n"
PASSED = pd.Timestamp("2024-03-31")


def columns(text: str, *names: str, **answers: str) -> list[list[object]]:
    frame = reading(csv(text), **answers).tables["subscriptions"]
    return [[None if value is pd.NaT else value for value in frame[name]] if name in frame else [] for name in names]


def test_a_passed_end_of_a_contract_that_renews_is_asked_about_and_moves_to_the_term() -> None:
    (question,) = reading(csv(LEDGER)).questions
    assert (question.id, question.assumed, question.text.values["count"]) == ("end_date_means:契約終了日", "renewed", 2)
    assert columns(LEDGER, "end_date", "term_end") == [[None, None, PASSED], [PASSED, PASSED, None]]
    assert columns(LEDGER, "end_date", "term_end", end_date_means="left") == [[PASSED] * 3, []]


def test_it_has_passed_by_today() -> None:
    given = csv(LEDGER)
    assert read(given, guess(given), today=dt.date(2024, 3, 31)).questions == ()
    assert len(read(given, guess(given), today=dt.date(2024, 4, 1)).questions) == 1


@pytest.mark.parametrize("header", ["終了日", "End date", "Contract end date", "契約終了"])
def test_words_for_the_end_of_a_contract_are_asked_about(header: str) -> None:
    found = reading(csv(LEDGER.replace("契約終了日", header)))
    assert [question.id for question in found.questions] == [f"end_date_means:{header}"]


@pytest.mark.parametrize("header", ["解約日", "退会日", "Churn date", "End date (cancelled)", "終了日（解約日）"])
def test_words_for_leaving_mean_leaving(header: str) -> None:
    text = LEDGER.replace("契約終了日", header)
    assert reading(csv(text)).questions == ()
    assert columns(text, "end_date") == [[PASSED] * 3]


def test_where_a_blank_end_says_still_running_a_filled_one_says_left() -> None:
    assert reading(csv(LEDGER + "D社,100,2023/4/1,,あり\n")).questions == ()


def test_without_automatic_renewal_an_end_is_an_end() -> None:
    assert reading(csv(LEDGER.replace("あり", "なし"))).questions == ()
    assert reading(csv(LEDGER.replace("あり", ""))).questions == ()


def test_only_the_last_row_of_a_chain_renews_itself() -> None:
    text = HEAD + ("A社,100,2022/4/1,2023/3/31,あり\nA社,120,2023/4/1,2024/3/31,あり\nB社,200,2023/4/1,2024/3/31,なし\n"
                   "C社,100,2022/4/1,2023/3/31,あり\nC社,150,2023/4/1,2098/3/30,なし\n")
    (question,) = reading(csv(text)).questions
    assert question.text.values["count"] == 1
    assert columns(text, "end_date")[0][:3] == [pd.Timestamp("2023-03-31"), None, PASSED]


def test_a_chain_that_runs_on_is_not_asked_about() -> None:
    text = HEAD + "A社,100,2022/4/1,2023/3/31,あり\nA社,120,2023/4/1,2098/3/31,あり\n"
    assert reading(csv(text)).questions == ()


def test_each_product_has_its_own_last_row() -> None:
    text = HEAD.replace("\n", ",製品\n") + (
        "A社,100,2022/4/1,2023/3/31,あり,分析\nA社,120,2023/4/1,2024/3/31,あり,基本\n")
    assert columns(text, "end_date") == [[None, None]]


def test_an_end_before_its_start_is_still_refused() -> None:
    found = reading(csv(LEDGER + "D社,100,2023/4/1,2022/3/31,あり\n"))
    assert [(refusal.row, refusal.column) for refusal in found.refusals] == [(5, "契約終了日")]


def test_a_total_is_still_spread_over_its_term() -> None:
    text = "会社名,契約総額,契約開始日,契約終了日,自動更新\nA社,1200,2023/4/1,2024/3/31,あり\n"
    assert columns(text, "mrr", "end_date", amount_is="term") == [[100], [None]]


def test_nearly_every_end_filled_and_many_passed_is_asked_about_too() -> None:
    rows = "".join(f"会社{n},100,2023/4/1,{'2024/3/31' if n < 4 else '2098/3/31'},あり\n" for n in range(11))
    (question,) = reading(csv(HEAD + rows + "空欄社,100,2023/4/1,,あり\n")).questions
    assert (question.id, question.assumed) == ("end_date_means:契約終了日", "renewed")
    assert (question.text.values["filled"], question.text.values["rows"], question.text.values["count"]) == (11, 12, 4)


def test_a_few_passed_ends_among_them_are_ends() -> None:
    rows = "".join(f"会社{n},100,2023/4/1,{'2024/3/31' if n < 2 else '2098/3/31'},あり\n" for n in range(11))
    assert reading(csv(HEAD + rows + "空欄社,100,2023/4/1,,あり\n")).questions == ()


def test_where_no_end_lies_ahead_the_dates_are_likelier_those_of_leaving() -> None:
    rows = "".join(f"会社{n},100,2023/4/1,2024/3/31,あり\n" for n in range(11))
    (question,) = reading(csv(HEAD + rows + "空欄社,100,2023/4/1,,あり\n")).questions
    assert question.assumed == "left"


@pytest.mark.parametrize(("end", "left"), [("Contract end", "Left on"), ("End date", "Cancelled on"),
                                           ("Term end date", "Date lost"), ("Contract end date", "Churned on")])
def test_a_day_of_leaving_beside_the_end_of_a_contract_is_the_end_and_the_other_that_of_the_term(end: str, left: str
                                                                                                 ) -> None:
    found = reading(csv(f"Client,Contract start,{end},{left},MRR\nAlder Ltd,2024-01-15,2026-01-14,,100\n"
                        "Birch Ltd,2024-03-01,2025-02-28,2025-01-10,100\nCedar Ltd,2024-05-20,2027-05-19,,100\n"))
    assert found.mapping.columns["subscriptions.end_date"] == left
    assert found.mapping.columns["subscriptions.term_end"] == end
    assert found.tables["subscriptions"]["end_date"].notna().tolist() == [False, True, False]
