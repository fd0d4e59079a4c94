"""The renewal calendar."""

from __future__ import annotations

import pandas as pd

from cs_kpi.kpi.readings import Segment
from cs_kpi.retention.renewals import due
from tests.retention.given import book
from tests.retention.test_leaving import said


def ends(found: pd.DataFrame) -> list[tuple[str, str]]:
    return [(customer, str(day.date())) for customer, day in zip(found["customer_id"], found["term_end"], strict=True)]


def test_terms_and_ends_of_the_next_twelve_months_are_listed_in_order() -> None:
    found = due(book(("A", "2024-04-01", None, 10), ("B", "2024-01-01", "2025-02-28", 20),
                     ("C", "2024-01-01", None, 30), ("D", "2023-01-01", "2024-11-30", 40),
                     ("E", "2024-06-01", None, 50),
                     term_end=["2025-03-31", None, None, None, "2026-05-31"]))
    # C has no term, D is gone, E's term ends in seventeen months.
    assert ends(found) == [("B", "2025-02-28"), ("A", "2025-03-31")]
    assert found["is_estimated"].tolist() == [False, False]


def test_a_term_that_has_passed_goes_on_for_the_same_time_again() -> None:
    found = due(book(("A", "2023-04-01", None, 10), ("B", "2023-10-15", None, 20), ("C", "2024-08-31", None, 30),
                     term_end=["2024-03-31", "2024-10-15", "2024-11-30"]))
    # A: years to 31 March; B: years to 15 October; C: quarters to the last day of February.
    assert ends(found) == [("C", "2025-02-28"), ("A", "2025-03-31"), ("B", "2025-10-15")]
    assert found["is_estimated"].all()


def test_a_term_that_another_row_continues_has_been_renewed() -> None:
    assert ends(due(book(("A", "2024-02-01", "2025-01-31", 10), ("A", "2025-02-01", "2026-01-31", 12)))) == []


def test_notice_is_given_so_many_days_before_the_term_runs_out() -> None:
    found = due(book(("A", "2024-04-01", None, 10), term_end=["2025-03-31"], notice_days=[30.0]))
    assert found["notice_by"].tolist() == [pd.Timestamp("2025-03-01")]


def test_an_end_before_the_term_is_what_runs_out() -> None:
    found = due(book(("A", "2023-04-01", "2025-01-31", 10), term_end=["2024-03-31"]))
    assert ends(found) == [("A", "2025-01-31")]
    assert not found["is_estimated"].any()


def test_who_has_announced_to_leave_is_told_from_a_term_that_may_be_renewed() -> None:
    # A leaves at the end of the term, B before it, C's term runs out, and of D the sheet gives an end but no term
    found = due(book(("A", "2024-04-01", "2025-03-31", 10), ("B", "2024-04-01", "2025-02-28", 10),
                     ("C", "2024-04-01", None, 10), ("D", "2024-04-01", "2025-01-31", 10),
                     term_end=["2025-03-31", "2025-04-30", "2025-03-31", None]))
    assert found.set_index("customer_id")["is_leaving"].to_dict() == {"A": True, "B": True, "C": False, "D": True}


def test_an_end_alone_is_a_term_unless_a_reason_for_leaving_was_stated() -> None:
    rows = (("A", "2024-04-01", "2025-03-31", 10), ("B", "2024-04-01", "2025-03-31", 10))
    found = due(book(*rows, tables=said(("B", "2024-12-10", "price"))))  # type: ignore[arg-type]
    assert found.set_index("customer_id")["is_leaving"].to_dict() == {"A": False, "B": True}


def test_a_term_is_listed_with_its_own_product() -> None:
    one = book(("A", "2024-04-01", "2025-03-31", 100), ("A", "2024-04-01", "2025-02-28", 10), product=["CRM", "MA"])
    assert ends(due(one, segment=Segment("product", "MA"))) == [("A", "2025-02-28")]


def test_a_book_without_terms_has_none_due() -> None:
    assert due(book(("A", "2024-04-01", None, 10))).empty


def test_a_segment_keeps_the_terms_of_its_customers() -> None:
    one = book(("A", "2024-04-01", None, 10), ("B", "2024-01-01", "2025-02-28", 20),
               term_end=["2025-03-31", None], plan=["Pro", "Basic"])
    assert ends(due(one, segment=Segment("plan", "Pro"))) == [("A", "2025-03-31")]
