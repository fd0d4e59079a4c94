"""The head of the page: what the contracts and lists say of one customer on the last day of the data."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given

from cs_kpi.customer.profile import code_of, profile
from cs_kpi.customer.search import matches, numbered
from tests import books
from tests.customer.given import book

RUNS = ("A", "2024-01-01", 100, None, "Pro", 5, "2024-12-31", 60)


def test_a_customer_of_today() -> None:
    one = profile(book(subscriptions=[RUNS, ("A", "2024-02-01", 40, None, "Extra", 1)],
                       customers=[("A", "Acme", "Sato", "Retail")]), 0)
    assert (one.id, one.name, one.owner, one.is_there, one.mrr) == ("A", "Acme", "Sato", True, 140.0)
    assert (one.since, one.left_on, one.plans) == (dt.date(2024, 1, 1), None, ("Pro", "Extra"))
    assert one.attributes == (("Industry", "Retail"),)


def test_the_next_term_with_its_notice() -> None:
    term = profile(book(subscriptions=[RUNS]), 0).term
    assert term is not None
    assert (term.ends_on, term.notice_by) == (dt.date(2024, 12, 31), dt.date(2024, 11, 1))  # 60 days before


def test_who_has_left_keeps_what_it_paid_and_its_last_plan() -> None:
    one = profile(book(subscriptions=[("A", "2023-01-01", 100, "2024-03-01", "Pro")]), 0)
    assert (one.is_there, one.mrr, one.mrr_lost, one.left_on, one.plans, one.term) == (
        False, 0.0, 100.0, dt.date(2024, 3, 1), ("Pro",), None)


def test_who_was_there_before_the_data_has_no_first_day() -> None:
    one = profile(book(subscriptions=[("A", "2023-01-01", 100)], data_from=dt.date(2024, 1, 1)), 0)
    assert (one.since, one.is_from_before) == (dt.date(2023, 1, 1), True)


def test_without_contracts_there_is_no_money() -> None:
    one = profile(book(usage=[("A", "2024-05-01", 1)]), 0)
    assert (one.mrr, one.is_there, one.since, one.plans) == (None, True, dt.date(2024, 5, 1), ())


@books.examples(40)
@given(books.lists)
def test_a_list_without_dates_has_a_head_for_everybody(rows) -> None:
    whole = books.book_of_list(rows)
    assert whole.snapshot is not None
    for code in range(len(whole.customer_ids)):
        one = profile(whole, code)
        assert (one.is_there, one.since, one.term) == (bool(whole.snapshot.is_there[code]), None, None)


@books.examples(60)
@given(books.sheets())
def test_the_mrr_of_the_heads_is_the_mrr_of_the_book(sheet) -> None:
    whole = books.book(sheet)
    if whole.obstacle is None:
        from cs_kpi.book import day_of
        closing = next(iter(whole.ledger.closings([day_of(sheet.last_day)])))
        assert [profile(whole, code).mrr for code in range(len(closing))] == [int(one) / 1_000_000 for one in closing]


@pytest.mark.parametrize("id", ["A&B", "顧客 #1/2", "<b>'\"</b>", "%2F", "0"])
def test_a_code_is_found_by_an_id_of_any_signs_and_by_no_other(id: str) -> None:
    whole = book(subscriptions=[("A", "2024-01-01", 10), (id, "2024-01-01", 10), ("z", "2024-01-01", 10)])
    code = code_of(whole, id)
    assert code is not None
    assert whole.customer_ids[code] == id
    assert [code_of(whole, other) for other in ("", "A&", id + " ", "zz")] == [None] * 4


NAMED = [("A1", "株式会社ヤマダ"), ("B2", "Ａｃｍｅ Inc."), ("C3", "Zeta"), ("D4", "acme west")]


@pytest.mark.parametrize(("sought", "found"), [
    ("やまだ", ["A1"]), ("ACME", ["B2", "D4"]), ("b2", ["B2"]), ("", ["C3", "D4", "A1", "B2"]), ("nobody", [])])
def test_customers_are_found_by_name_and_id_whatever_the_width_and_kana(sought: str, found: list[str]) -> None:
    whole = book(customers=NAMED, usage=[(id, "2024-05-01", 1) for id, _name in NAMED])
    assert {whole.customer_ids[code] for code in matches(whole, sought, 9)} == set(found)
    assert len(matches(whole, sought, 1)) == min(1, len(found))


def test_where_names_are_hidden_customers_are_found_by_number() -> None:
    whole = book(customers=NAMED, usage=[("A1", "2024-05-01", 1)])
    assert numbered(whole, "0003", 9) == [2]
    assert numbered(whole, "Zeta", 2) == [0, 1]
