"""What a Book keeps by customer finds the rows of a customer, all of them and no others."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given

from cs_kpi.customer.rows import Rows
from cs_kpi.measures.use import use_log
from tests import books
from tests.customer.given import book


@books.examples(60)
@given(books.sheets())
def test_every_table_gives_the_rows_that_a_search_through_all_of_them_finds(sheet) -> None:
    whole = books.book(sheet)
    rows = whole.once(Rows)
    for name, table in whole.tables.items():
        frame = whole.surveys if name == "surveys" else table
        for code, id in enumerate(whole.customer_ids):
            pd.testing.assert_frame_equal(rows.of(name, code), frame[frame["customer_id"] == id])


@books.examples(30)
@given(books.sheets())
def test_contracts_and_uses_are_those_of_the_customer(sheet) -> None:
    whole = books.book(sheet)
    for code in range(len(whole.customer_ids)):
        assert sorted(whole.once(Rows).contracts(code)) == [
            place for place, one in enumerate(whole.ledger.customer) if one == code]


def test_the_log_of_a_customer_is_its_part_of_the_log_of_all() -> None:
    whole = book(subscriptions=[("A", "2024-01-01", 10), ("B", "2024-01-01", 10)],
                 usage=[("B", "2024-02-03", 2, "search"), ("A", "2024-02-02", 1, "export"),
                        ("B", "2024-02-01", 3, "export")])
    log, mine = whole.once(use_log), whole.once(Rows).uses(1)
    its = log.customer == 1
    assert mine.day.tolist() == log.day[its].tolist()
    assert mine.count.tolist() == [3_000_000, 2_000_000]
    assert [mine.features[one] for one in mine.feature] == ["export", "search"]
    assert not len(book(subscriptions=[("A", "2024-01-01", 10)]).once(Rows).uses(0).day)


def test_a_table_that_is_not_there_has_no_rows() -> None:
    assert book(subscriptions=[("A", "2024-01-01", 10)]).once(Rows).of("pulse", 0).empty


@pytest.mark.parametrize("id", ["A&B", "顧客 #1/2", "<b>'\"</b>", "a%2Fb", " "])
def test_an_id_of_any_signs_is_found(id: str) -> None:
    whole = book(subscriptions=[("A", "2024-01-01", 10), (id, "2024-02-01", 20)])
    code = whole.customer_ids.tolist().index(id)
    assert whole.once(Rows).of("subscriptions", code)["mrr"].tolist() == [20.0]
