"""What another file changed: every difference between two books has a name, and the names sum to the difference."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from cs_kpi.book import Book
from cs_kpi.kpi.changes import Changes, changes, listed_changes
from cs_kpi.settings import Settings

TODAY = dt.date(2024, 12, 31)


def book(*rows: tuple[str, float, str, str | None], as_of: str) -> Book:
    """Customer, MRR, start, end."""
    contracts = pd.DataFrame({
        "customer_id": [row[0] for row in rows], "mrr": [row[1] for row in rows],
        "start_date": pd.to_datetime([row[2] for row in rows]), "end_date": pd.to_datetime([row[3] for row in rows])})
    names = pd.DataFrame({"customer_id": [row[0] for row in rows], "customer_name": [f"{row[0]} Ltd" for row in rows]})
    return Book({"subscriptions": contracts, "customers": names}, Settings(as_of=dt.date.fromisoformat(as_of)), TODAY)


APRIL = book(("A", 100, "2024-01-01", None), ("B", 50, "2024-01-01", None), ("C", 30, "2024-01-01", None),
             ("E", 10, "2024-01-01", None), as_of="2024-04-30")
MAY = book(("A", 100, "2024-01-01", None), ("B", 50, "2024-01-01", "2024-05-10"), ("D", 70, "2024-05-01", None),
           ("E", 12, "2024-01-01", None), as_of="2024-05-31")


def by_name(found: Changes) -> dict[str, tuple]:
    return {row[1]: row[2:] for row in found.rows.itertuples(index=False)}


def test_says_who_came_who_is_gone_and_whose_mrr_is_another() -> None:
    found = changes(APRIL, MAY)
    assert found.days == (dt.date(2024, 4, 30), dt.date(2024, 5, 31))
    assert by_name(found) == {
        "D Ltd": ("added", 0, 0, 0, 70), "B Ltd": ("mrr", 50, 50, 50, 0), "C Ltd": ("gone", 30, 0, 30, 0),
        "E Ltd": ("mrr", 10, 12, 10, 12)}
    assert [found.count(change) for change in ("added", "gone", "mrr")] == [1, 1, 2]


def test_the_names_sum_to_the_difference() -> None:
    rows = changes(APRIL, MAY).rows
    # April 190 -> 162 (C 30 is gone, E is 12); May 190 -> 182 (B left, D came)
    assert (rows["after_2024-04-30"] - rows["before_2024-04-30"]).sum() == -28
    assert (rows["after_2024-05-31"] - rows["before_2024-05-31"]).sum() == -8


def test_nothing_changed_is_nobody() -> None:
    assert changes(MAY, MAY).rows.empty


def test_the_table_speaks_the_readers_language_and_hides_names() -> None:
    found = changes(APRIL, MAY)
    assert listed_changes(found, MAY, "en").columns.tolist() == [
        "Customer ID", "Customer name", "Change", "MRR on 2024-04-30 before", "MRR on 2024-04-30 now",
        "MRR on 2024-05-31 before", "MRR on 2024-05-31 now"]
    hidden = listed_changes(found, MAY, "en", hides_names=True)
    assert "Customer ID" not in hidden
    assert not hidden["Customer name"].str.contains("Ltd").any()
