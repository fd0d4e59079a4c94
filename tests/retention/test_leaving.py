"""Reasons for leaving, with the MRR that each took away."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from cs_kpi.book import Book
from cs_kpi.kpi.readings import Segment
from cs_kpi.retention.leaving import (
    departures,
    is_about_features,
    losses,
    of_segment,
    reasons,
    segments_of,
    still_there,
)
from tests.retention.given import Row, book

ROWS: tuple[Row, ...] = (
    ("A", "2024-01-01", "2024-06-30", 100), ("B", "2024-01-01", "2024-06-30", 40), ("C", "2024-01-01", None, 70),
    ("D", "2023-01-01", "2023-06-30", 10), ("D", "2024-01-01", "2024-08-31", 25))


def said(*rows: tuple[str, str, str | None]) -> dict[str, pd.DataFrame]:
    frame = pd.DataFrame(rows, columns=["customer_id", "cancelled_on", "reason"])
    return {"cancellations": frame.assign(cancelled_on=pd.to_datetime(frame["cancelled_on"]).astype("datetime64[s]"))}


def test_a_reason_takes_the_mrr_of_the_day_before_the_end_it_speaks_of() -> None:
    found = departures(book(*ROWS, tables=said(("A", "2024-04-15", "price"), ("D", "2024-09-10", "feature"),
                                               ("C", "2024-05-01", "price"))))
    lost = found.set_index("customer_id")["mrr_lost"]
    # A gave notice in April and paid 100 until the end of June; D's later end is the nearer one; C is still there.
    assert lost.to_dict() == {"D": 25.0, "C": 0.0, "A": 100.0}
    assert found.set_index("customer_id")["left_on"].isna().to_dict() == {"D": False, "C": True, "A": False}


def test_one_end_is_lost_once_to_the_reason_nearest_to_it() -> None:
    found = departures(book(*ROWS, tables=said(("A", "2024-03-01", "price"), ("A", "2024-06-28", "merger"))))
    assert found[["reason", "mrr_lost"]].to_numpy().tolist() == [["merger", 100.0], ["price", 0.0]]


def test_a_span_of_days_narrows_them() -> None:
    one = book(*ROWS, tables=said(("A", "2024-04-15", "price"), ("B", "2024-06-30", "price")))
    assert departures(one, dt.date(2024, 5, 1), dt.date(2024, 6, 30))["customer_id"].tolist() == ["B"]


def test_reasons_are_ordered_by_what_they_cost_and_add_up() -> None:
    one = book(*ROWS, tables=said(("A", "2024-06-30", "price"), ("B", "2024-06-30", None), ("D", "2024-08-31", "price"),
                                  ("C", "2024-05-01", "feature")))
    table = reasons(departures(one))
    # 100 + 25 for the price, 40 without a reason, nothing for the customer that is still there; 165 in all.
    assert table.where(table.notna(), None).to_numpy().tolist() == [
        ["price", 2, 125.0, 125 / 165], [None, 1, 40.0, 40 / 165], ["feature", 1, 0.0, 0.0]]


def test_who_left_without_a_word_is_among_the_losses() -> None:
    one = book(*ROWS, tables=said(("A", "2024-06-30", "price"), ("C", "2024-05-01", "feature")))
    found = losses(one)
    # A stated a reason; B left in June, D in 2023 and again in August, without one; C is still there.
    silent = found[found["reason"].isna()]
    assert silent[["customer_id", "mrr_lost"]].to_numpy().tolist() == [["D", 25.0], ["B", 40.0], ["D", 10.0]]
    table = reasons(found)
    # 100 of the 175 lost went for the price, 75 without a stated reason.
    assert table.where(table.notna(), None).to_numpy().tolist() == [
        ["price", 1, 100.0, 100 / 175], [None, 2, 75.0, 75 / 175], ["feature", 1, 0.0, 0.0]]
    of_june = losses(one, dt.date(2024, 6, 1), dt.date(2024, 6, 30))
    assert of_june["customer_id"].tolist() == ["A", "B"]


def test_a_reason_stated_in_another_month_is_a_stated_one() -> None:
    one = book(*ROWS[:1], tables=said(("A", "2024-04-15", "price")))
    assert losses(one, dt.date(2024, 6, 1), dt.date(2024, 6, 30)).empty


def test_an_end_ahead_may_still_be_explained() -> None:
    assert losses(book(("A", "2024-01-01", "2025-03-31", 10))).empty


def test_the_losses_without_a_word_are_cut_by_what_they_had() -> None:
    one = book(*ROWS[:2], plan=["Pro", "Basic"], tables=said(("A", "2024-06-30", "price")))
    assert of_segment(one, losses(one), Segment("plan", "Basic"))["mrr_lost"].tolist() == [40.0]


def test_reasons_can_be_cut_by_what_the_customer_had_before_it_left() -> None:
    one = book(("A", "2024-01-01", "2024-03-31", 100), ("A", "2024-04-01", "2024-06-30", 60),
               ("B", "2024-01-01", "2024-06-30", 40), plan=["Pro", "Basic", "Pro"],
               tables=said(("A", "2024-06-30", "price"), ("B", "2024-06-30", "price")))
    found = departures(one)
    table = reasons(found, segments_of(one, found, "plan"))
    assert table[["reason", "segment", "mrr_lost"]].to_numpy().tolist() == [["price", "Basic", 60.0],
                                                                           ["price", "Pro", 40.0]]


def test_nobody_is_listed_without_stated_reasons() -> None:
    assert departures(book(*ROWS)).empty


def test_who_stated_a_reason_and_is_still_there_is_counted() -> None:
    one = book(*ROWS, tables=said(("A", "2024-04-15", "price"), ("A", "2024-06-28", "merger"),
                                  ("C", "2024-05-01", "price"), ("C", "2024-05-02", "price")))
    assert still_there(one, departures(one)) == 1


def test_a_list_without_dates_loses_what_the_flagged_paid_once() -> None:
    customers = pd.DataFrame({"customer_id": ["A", "B"], "has_left": pd.array([True, False], dtype="boolean")})
    fees = pd.DataFrame({"customer_id": ["A", "B"], "mrr": [30.0, 40.0], "charge_kind": "recurring",
                         "_has_left": pd.array([True, False], dtype="boolean")})
    one = Book({"customers": customers, "subscriptions": fees, **said(
        ("A", "2024-04-15", "price"), ("A", "2024-04-16", "merger"), ("B", "2024-04-17", "price"))})
    found = departures(one)
    assert found.sort_values("cancelled_on")["mrr_lost"].tolist() == [30.0, 0.0, 0.0]
    assert still_there(one, found) == 1
    found = losses(Book({"customers": customers, "subscriptions": fees, **said(("B", "2024-04-17", "price"))}))
    assert found[["customer_id", "reason", "mrr_lost"]].to_numpy().tolist() == [["B", "price", 0], ["A", None, 30]]


def test_a_segment_keeps_its_own_reasons() -> None:
    one = book(*ROWS[:2], plan=["Pro", "Basic"], tables=said(("A", "2024-06-30", "price"), ("B", "2024-06-30", "UI")))
    assert of_segment(one, departures(one), Segment("plan", "Basic"))["reason"].tolist() == ["UI"]
    assert len(of_segment(one, departures(one), None)) == 2


@pytest.mark.parametrize(("reason", "is_one"), [
    ("機能が足りない", True), ("他社製品への乗り換え", False), ("Moved to a competitor's product", False),
    ("他社の機能が優れている", True), ("Lacks an export", True), ("UI is confusing", True), ("担当者の退職", False),
    ("budget", False), ("We quit", False), (None, False)])
def test_reasons_that_developers_can_act_on(reason: str | None, is_one: bool) -> None:
    assert is_about_features(reason) is is_one
