"""Who is in a snapshot, and what its label says: worked by hand on a small book."""

from __future__ import annotations

import pandas as pd
import pytest

from cs_kpi.binding import book_of
from cs_kpi.book import Book, date_of
from cs_kpi.churn.snapshots import customers_now, snapshots
from cs_kpi.churn_rules import ChurnSettings
from cs_kpi.errors import DataError
from tests.ingest.given import csv, reading
from tests.retention import given

# A stays; B ends on 10 May 2024; C renews on 31 March, pays less, and ends in June; D comes in April; E is away in
# February alone. The data ends with June, so that March is the last month whose three months are complete.
ROWS = [("A", "2024-01-01", None, 100.0), ("B", "2024-01-01", "2024-05-10", 50.0),
        ("C", "2024-01-01", "2024-03-31", 80.0), ("C", "2024-04-01", "2024-06-20", 60.0),
        ("D", "2024-04-05", None, 10.0), ("E", "2023-12-01", "2024-02-15", 30.0), ("E", "2024-03-02", None, 30.0)]


def cancellations(*rows: tuple[str, str]) -> dict[str, pd.DataFrame]:
    frame = pd.DataFrame(rows, columns=["customer_id", "cancelled_on"]).assign(reason="price")
    return {"cancellations": frame.assign(cancelled_on=pd.to_datetime(frame["cancelled_on"]).astype("datetime64[s]"))}


def told(book: Book, **settings: object) -> dict[str, dict[str, float | None]]:
    """Month -> customer -> label; None where it is missing."""
    rows = snapshots(book, ChurnSettings(**settings))  # type: ignore[arg-type]
    found: dict[str, dict[str, float | None]] = {}
    for customer, day, label in zip(rows.customer, rows.closing, rows.label, strict=True):
        value = None if label != label else float(label)
        found.setdefault(f"{date_of(int(day)):%Y-%m}", {})[book.customer_ids[customer]] = value
    return found


def test_labels_look_at_the_three_months_after_a_closing() -> None:
    found = told(given.book(*ROWS, as_of="2024-06-30"))
    assert found["2023-12"] == {"E": 1}  # away at the end of February, though back in March
    assert found["2024-01"] == {"A": 0, "B": 0, "C": 0, "E": 1}
    assert found["2024-02"] == {"A": 0, "B": 1, "C": 0}
    assert found["2024-03"] == {"A": 0, "B": 1, "C": 1, "E": 0}
    assert found["2024-04"] == {"A": None, "B": None, "C": None, "D": None, "E": None}


def test_the_horizon_is_a_setting() -> None:
    found = told(given.book(*ROWS, as_of="2024-06-30"), horizon_months=1)
    assert found["2024-03"] == {"A": 0, "B": 0, "C": 0, "E": 0}
    assert found["2024-05"] == {"A": 0, "C": 1, "D": 0, "E": 0}


def test_a_month_that_the_data_does_not_complete_is_no_snapshot() -> None:
    assert "2024-06" not in told(given.book(*ROWS, as_of="2024-06-29"))


def test_months_before_the_data_begins_are_no_snapshots() -> None:
    found = told(given.book(*ROWS, as_of="2024-06-30", data_from="2024-02-01"))
    assert min(found) == "2024-01"  # whose closing is the opening of February


def test_a_recorded_cancellation_is_a_label_where_the_table_speaks() -> None:
    rows = cancellations(("A", "2024-03-15"), ("B", "2024-05-10"))
    found = told(given.book(*ROWS, as_of="2024-06-30", tables=rows), label="cancelled")
    assert found["2024-01"] == {"A": None, "B": None, "C": None, "E": None}  # the table begins in March
    assert found["2024-02"] == {"A": 1, "B": 1, "C": 0}


def test_the_label_of_cancellations_needs_their_table() -> None:
    with pytest.raises(DataError, match="needs a table of cancellations"):
        told(given.book(*ROWS), label="cancelled")


def test_an_ended_subscription_is_one_that_nothing_renews() -> None:
    rows = [("A", "2024-01-01", None, 100.0), ("A", "2024-01-01", "2024-03-10", 5.0),
            ("B", "2024-01-01", "2024-02-29", 7.0), ("B", "2024-03-01", None, 9.0)]
    found = told(given.book(*rows, as_of="2024-06-30"), label="ended")
    assert found["2024-01"] == {"A": 1, "B": 0}
    assert found["2024-03"] == {"A": 0, "B": 0}


def test_customers_of_today_are_those_at_the_data_date() -> None:
    book = given.book(*ROWS, as_of="2024-06-15")
    customer, day = customers_now(book)
    assert (list(book.customer_ids[customer]), f"{date_of(day)}") == (["A", "C", "D", "E"], "2024-06-15")


def test_a_list_without_dates_is_one_row_a_customer() -> None:
    text = "Customer ID,Tenure,Churn\nA,3,Yes\nB,10,No\n"
    book = book_of([reading(csv(text))])
    rows = snapshots(book, ChurnSettings())
    assert {book.customer_ids[c]: label for c, label in zip(rows.customer, rows.label, strict=True)} == {"A": 1, "B": 0}
    assert rows.is_dated is False
    assert list(book.customer_ids[customers_now(book)[0]]) == ["B"]


def test_a_book_of_use_alone_says_what_is_needed() -> None:
    usage = pd.DataFrame({"customer_id": ["A"], "date": pd.to_datetime(["2024-01-01"]).astype("datetime64[s]")})
    with pytest.raises(DataError, match="needs contracts with their start and end dates"):
        snapshots(Book({"usage": usage}), ChurnSettings())
