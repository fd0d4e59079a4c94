"""Reasons for leaving that were written down in the app: part of the Book, and of nothing else."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from cs_kpi.actions.records import Trigger
from cs_kpi.actions.today import Today
from cs_kpi.actions.triggers import KINDS
from cs_kpi.binding import book_of
from cs_kpi.book import Book
from cs_kpi.exit_reasons import ExitReason, with_reasons
from cs_kpi.ingest.files import sheets
from cs_kpi.ingest.mapping import guess
from cs_kpi.ingest.reading import read
from cs_kpi.retention.leaving import departures, reasons

LEDGER = b"customer_id,mrr,start_date,end_date\nA,100,2023-01-01,2024-03-15\nB,50,2023-01-01,\n"
WHY = b"customer_id,cancelled_on,reason\nB,2023-05-01,Price\n"
LATER = ExitReason(customer_id="A", cancelled_on=dt.date(2024, 9, 1), reason="Competitor", comment="=1")
DAY = dt.date(2025, 1, 1)


def bound(*files: bytes, said: tuple[ExitReason, ...] = (LATER,)) -> Book:
    found = [read(sheet, guess(sheet), DAY) for place, data in enumerate(files)
             for sheet in sheets(f"{place}.csv", data)]
    return book_of(found, today=DAY, reasons=said)


def test_a_reason_joins_those_of_the_files() -> None:
    whole = bound(LEDGER, WHY)
    assert whole.tables["cancellations"]["reason"].tolist() == ["Price", "Competitor"]
    assert set(reasons(departures(whole))["reason"]) == {"Price", "Competitor"}


def test_it_makes_the_table_where_there_is_none() -> None:
    near = LATER.model_copy(update={"cancelled_on": dt.date(2024, 3, 20)})
    whole = bound(LEDGER, said=(near,))
    assert whole.has("cancellations.reason")
    [row] = departures(whole).to_dict("records")
    assert (row["customer_id"], row["reason"], row["mrr_lost"]) == ("A", "Competitor", 100)


def test_it_does_not_decide_how_far_the_data_speaks() -> None:
    assert bound(LEDGER).as_of == bound(LEDGER, said=()).as_of == dt.date(2024, 3, 15)
    assert bound(LEDGER, WHY).as_of == bound(LEDGER, WHY, said=()).as_of


def test_it_is_part_of_the_fingerprint() -> None:
    assert bound(LEDGER).fingerprint != bound(LEDGER, said=()).fingerprint


def test_a_customer_of_no_file_does_not_come_back() -> None:
    contracts = {"subscriptions": pd.DataFrame({"customer_id": ["B"]})}
    assert with_reasons(contracts, [LATER], {"B"}).keys() == {"subscriptions"}


def test_who_has_told_why_is_not_asked_again() -> None:
    leaving = Trigger(kind="leaving", thresholds={"days": 366})
    near = LATER.model_copy(update={"cancelled_on": dt.date(2024, 3, 20)})
    held = [KINDS["leaving"].held(Today(one), leaving) for one in (bound(LEDGER, said=()), bound(LEDGER, said=(near,)))]
    assert [int((value == value).sum()) for value in held] == [1, 0]
