"""A file for each month gives the same rows as one file of all months."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from cs_kpi.binding import book_of
from tests.ingest.given import csv, reading

ROWS = {"2025-03": "C1,100\nC2,50\nC3,70\n", "2025-04": "C1,100\nC2,60\nC3,70\n", "2025-05": "C1,100\nC2,60\n",
        "2025-06": "C1,100\nC2,60\nC3,70\n"}


def rows(months: dict[str, str]) -> list[tuple[object, ...]]:
    found = [reading(csv("Billing month,Customer ID,MRR\n" + "".join(f"{month},{row}\n" for row in text.split()),
                         f"billing {month}.csv")) for month, text in months.items()]
    frame = book_of(found, today=dt.date(2025, 7, 1)).tables["subscriptions"]
    return sorted((who, f"{start:%Y-%m-%d}", None if pd.isna(end) else f"{end:%Y-%m-%d}", mrr)
                  for who, start, end, mrr in frame[["customer_id", "start_date", "end_date", "mrr"]].itertuples(
                      index=False))


def test_files_of_single_months_are_one_ledger():
    assert rows(ROWS) == [
        ("C1", "2025-03-01", None, 100.0), ("C2", "2025-03-01", "2025-04-01", 50.0), ("C2", "2025-04-01", None, 60.0),
        ("C3", "2025-03-01", "2025-05-01", 70.0), ("C3", "2025-06-01", None, 70.0)]


def test_the_order_in_which_they_come_does_not_matter():
    assert rows(dict(reversed(ROWS.items()))) == rows(ROWS)


def test_a_price_that_goes_up_stays_a_row_of_its_own_and_products_stay_apart():
    found = [reading(csv(f"Billing month,Customer ID,Product,MRR\n{month},C1,A,{one}\n{month},C1,B,{other}\n",
                         f"billing {month}.csv")) for month, one, other in (
        ("2025-03", 10, 20), ("2025-04", 10, 20), ("2025-05", 20, 20))]
    frame = book_of(found, today=dt.date(2025, 7, 1)).tables["subscriptions"]
    assert sorted(zip(frame["product"], frame["mrr"], frame["start_date"].dt.month, strict=True)) == [
        ("A", 10.0, 3), ("A", 20.0, 5), ("B", 20.0, 3)]
