"""Cohort grids, each cell counted by hand."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given

from cs_kpi.book import Book, day_of
from cs_kpi.kpi.readings import Segment
from cs_kpi.ledger import MICRO
from cs_kpi.periods import month_start
from cs_kpi.retention.cohorts import cohorts, members
from cs_kpi.settings import Settings
from tests import books
from tests.naive import Sheet
from tests.retention.given import book

NAN = np.nan


def test_counts_who_is_there_at_each_closing_and_who_returned() -> None:
    found = cohorts(book(
        ("A", "2024-01-10", None, 100),                      # there at every closing
        ("B", "2024-01-01", "2024-02-15", 50),               # there in January alone
        ("B", "2024-04-01", None, 80),                       # and back from April on
        ("C", "2024-01-05", "2024-01-20", 30),               # came and went inside January
        ("D", "2024-02-01", "2024-03-31", 10),               # gone at the closing of March
        as_of="2024-04-30"))
    assert found.names == ("2024-01", "2024-02")
    assert found.size.tolist() == [3, 1]
    assert found.start_mrr.tolist() == [180, 10]
    # Closings of January, February, March and April: A and B, A, A, A and B.
    assert found.active.tolist() == [[2, 1, 1, 2], [1, 0, 0, 0]]
    assert found.mrr.tolist() == [[150, 100, 100, 180], [10, 0, 0, 0]]
    assert found.observed.tolist() == [[3, 3, 3, 3], [1, 1, 1, 0]]
    np.testing.assert_array_equal(found.retention[1], [1, 0, 0, NAN])
    np.testing.assert_array_equal(found.mrr_retention[0], [150 / 180, 100 / 180, 100 / 180, 1])
    # All four customers after one month: A and B of January, D of February is there in its first month.
    np.testing.assert_array_equal(found.mean(), [3 / 4, 1 / 4, 1 / 4, 2 / 3])
    np.testing.assert_array_equal(found.mean(of_mrr=True), [160 / 190, 100 / 190, 100 / 190, 1])


def test_a_month_that_is_not_over_is_not_observed() -> None:
    found = cohorts(book(("A", "2024-01-10", None, 100), as_of="2024-02-28"))
    assert found.active.tolist() == [[1]]


def test_a_field_of_contracts_is_taken_on_the_first_active_day() -> None:
    found = cohorts(book(("A", "2024-01-01", "2024-02-29", 100), ("A", "2024-03-01", None, 300),
                         ("B", "2024-01-01", None, 70), ("B", "2024-01-01", None, 20), as_of="2024-03-31",
                         plan=["Basic", "Pro", "Pro", "Basic"]), by="plan")
    # B pays more for Pro on its first day.
    assert found.names == ("Basic", "Pro")
    assert found.mrr.tolist() == [[100, 100, 300], [90, 90, 90]]


def test_customers_of_different_starts_are_observed_as_long_as_each_can_be() -> None:
    customers = pd.DataFrame({"customer_id": ["A", "B"], "industry": ["IT", "IT"]})
    found = cohorts(book(("A", "2024-01-01", None, 1), ("B", "2024-03-01", None, 1), as_of="2024-03-31",
                         tables={"customers": customers}), by="industry")
    assert found.observed.tolist() == [[2, 1, 1]]
    assert found.retention.tolist() == [[1, 1, 1]]


def test_who_was_there_before_the_data_begins_is_left_out_and_counted() -> None:
    found = cohorts(book(("A", "2024-01-01", None, 1), ("B", "2024-02-10", None, 1), as_of="2024-03-31",
                         data_from="2024-02-01"))
    assert found.names == ("2024-02",)
    assert found.left_out == 1


def test_a_start_known_from_elsewhere_is_observed_from_the_beginning_of_the_data() -> None:
    customers = pd.DataFrame({"customer_id": ["A"], "started_on": pd.to_datetime(["2023-11-20"])})
    found = cohorts(book(("A", "2024-01-01", None, 1), as_of="2024-03-31", data_from="2024-02-01",
                         tables={"customers": customers}))
    assert found.names == ("2023-11",)
    # November and December are before the data; January's closing is the opening of the data.
    assert found.observed.tolist() == [[0, 0, 1, 1, 1]]


@books.examples(60)
@given(books.sheets())
def test_agrees_with_asking_every_customer_at_every_closing(sheet: Sheet) -> None:
    one = books.book(sheet)
    if one.as_of is None:
        return
    found = cohorts(one)
    start = one.start_day
    last = day_of(one.as_of)  # a start after it is a plan
    for place, name in enumerate(found.names):
        assert name is not None
        first = pd.Timestamp(f"{name}-01").date()
        mine = [c for c in range(len(start)) if start[c] <= last and str(np.datetime64(int(start[c]), "D"))[:7] == name]
        assert found.size[place] == len(mine)
        for age in range(found.active.shape[1]):
            closing = day_of(month_start(first, age + 1)) - 1
            if closing > day_of(one.as_of) or (one.data_from and closing < day_of(one.data_from) - 1):
                assert found.observed[place, age] == 0
                continue
            paid = [_mrr(one, customer, closing) for customer in mine]
            assert found.active[place, age] == sum(amount > 0 for amount in paid)
            assert round(found.mrr[place, age] * MICRO) == sum(paid)


def use(*rows: tuple[str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["customer_id", "date"])
    return frame.assign(date=pd.to_datetime(frame["date"]).astype("datetime64[s]"))


def test_a_book_from_use_counts_who_used_the_service_in_each_month() -> None:
    found = cohorts(Book({"usage": use(
        ("A", "2024-01-31"), ("A", "2024-01-02"), ("B", "2024-01-15"),   # January: A and B start
        ("C", "2024-02-01"), ("A", "2024-02-29"),                        # February: A is back, C starts
        ("B", "2024-03-05"), ("A", "2024-03-31"))}))                     # March: B, too, is back
    assert found.names == ("2024-01", "2024-02")
    assert found.active.tolist() == [[2, 1, 2], [1, 0, 0]]
    assert found.observed.tolist() == [[2, 2, 2], [1, 1, 0]]
    assert found.left_out == 0


PUBLISHED = Path(__file__).parents[3] / "shared" / "data" / "cohort"


@pytest.mark.skipif(not PUBLISHED.exists(), reason="the published cohorts are not in ../shared/data")
def test_gives_the_published_cohorts_of_the_handbook() -> None:
    """Handbook 8; the last month of the data, which is not over, is taken as whole as the source did."""
    sheet = pd.read_excel(PUBLISHED / "OnlineSampled.xlsx", engine="calamine")
    rows = sheet[["CustomerID", "InvoiceDate"]].dropna()
    table = pd.DataFrame({"customer_id": rows["CustomerID"].astype(int).astype(str),
                          "date": pd.to_datetime(rows["InvoiceDate"]).dt.floor("D").astype("datetime64[s]")})
    found = cohorts(Book({"usage": table}, Settings(as_of=dt.date(2011, 12, 31))))
    published = pd.read_csv(PUBLISHED / "published_counts.csv").set_index("CohortMonth")
    assert list(found.names) == [name[:7] for name in published.index]
    np.testing.assert_array_equal(np.where(found.observed > 0, found.active, np.nan), published.to_numpy())
    assert (found.active[0, 1], found.observed[0, 1]) == (246, 716)


def test_a_start_after_the_end_of_the_data_is_a_plan_and_in_no_cohort() -> None:
    found = cohorts(book(("A", "2024-01-10", None, 1), ("B", "2024-05-01", None, 1), as_of="2024-02-29"))
    assert (found.names, found.left_out) == (("2024-01",), 0)


def test_a_segment_keeps_who_was_in_it_on_the_first_active_day() -> None:
    one = book(("A", "2024-01-01", "2024-01-31", 100), ("A", "2024-02-01", None, 300), ("B", "2024-01-01", None, 70),
               as_of="2024-02-29", plan=["Basic", "Pro", "Pro"])
    found = cohorts(one, segment=Segment("plan", "Basic"))
    assert found.size.tolist() == [1]
    assert found.mrr.tolist() == [[100, 300]]
    assert cohorts(one, segment=Segment("plan", "Gold")).names == ()


def test_the_members_of_the_cohorts_are_their_sizes() -> None:
    one = book(("A", "2024-01-01", None, 1), ("B", "2024-01-01", None, 1), ("C", "2024-02-01", None, 1),
               as_of="2024-03-31", plan=["Basic", None, "Pro"])
    found = cohorts(one, "plan")
    assert [len(members(one, "plan", name)) for name in found.names] == found.size.tolist()
    assert one.customer_ids[members(one, "plan", None)].tolist() == ["B"]
    assert members(one, "plan", "Gold").tolist() == []


def _mrr(one: object, customer: int, day: int) -> int:
    ledger = one.ledger  # type: ignore[attr-defined]
    rows = [row for row in range(len(ledger.start)) if ledger.customer[row] == customer
            and ledger.start[row] <= day < ledger.end[row]]
    return max(sum(int(ledger.mrr[row]) for row in rows), 0)


