"""What lies ahead of a closing is not known at it: the future of any table is changed, and no feature moves."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_kpi.book import Book, day_of
from cs_kpi.churn.features import FEATURES
from cs_kpi.churn.history import History
from cs_kpi.churn.registry import features
from cs_kpi.churn.table import table_at
from cs_kpi.criterion import Criterion, Rule
from cs_kpi.settings import Settings
from tests.books import examples

CLOSINGS = [dt.date(2024, month, day) for month, day in ((1, 31), (2, 29), (3, 31), (4, 30), (6, 30))]
CUSTOMERS = ["A", "B", "C"]
STEPS = Criterion(rules=(Rule(name="k", days=30), Rule(name="l", days=60)), joined="or")
USES = Criterion(rules=(Rule(kind="uses", name="f", times=5, days=40),))
DATES = {"usage": ["date"], "surveys": ["answered_on"], "interactions": ["date"], "milestones": ["completed_on"],
         "pulse": ["date"], "cancellations": ["cancelled_on"]}
days = st.one_of(st.dates(dt.date(2023, 1, 1), dt.date(2024, 12, 31)), st.sampled_from(CLOSINGS),
                 st.sampled_from([closing + dt.timedelta(days=1) for closing in CLOSINGS]))
some = st.sampled_from(CUSTOMERS)


def _frame(rows: list[dict], dates: list[str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows)
    for column in dates:
        frame[column] = pd.to_datetime(frame[column]).astype("datetime64[s]")
    return frame


@st.composite
def contracts(draw: st.DrawFn, first: dt.date = dt.date(2023, 1, 1)) -> dict:
    start = draw(days.filter(lambda day: day >= first))
    end = draw(st.one_of(st.none(), days.filter(lambda day: day >= start)))
    return {"customer_id": draw(some), "start_date": start, "end_date": end, "charge_kind": "recurring",
            "mrr": draw(st.sampled_from([0.0, 10.0, 100.0, 250.0, -30.0])),
            "plan": draw(st.sampled_from(["a", "b", None])), "product": draw(st.sampled_from(["x", "x", "y", None])),
            "seats": draw(st.sampled_from([1.0, 5.0, None])),
            "billing_interval": draw(st.sampled_from(["1", "12"])), "term_end": draw(st.one_of(st.none(), days))}


EVENTS = {
    "usage": st.fixed_dictionaries({"customer_id": some, "date": days, "count": st.sampled_from([1.0, 7.0, None]),
                                    "feature": st.sampled_from(["f", "g"]), "user_id": st.sampled_from(["u", "v"])}),
    "surveys": st.fixed_dictionaries({"customer_id": some, "answered_on": days, "scale": st.just(5.0),
                                      "kind": st.sampled_from(["nps", "csat"]),
                                      "score": st.sampled_from([1.0, 5.0, 9.0])}),
    "interactions": st.fixed_dictionaries({"customer_id": some, "date": days,
                                           "status": st.sampled_from(["open", "closed"]),
                                           "priority": st.sampled_from(["urgent", "low", None])}),
    "milestones": st.fixed_dictionaries({"customer_id": some, "completed_on": days,
                                         "milestone": st.sampled_from("kl")}),
    "pulse": st.fixed_dictionaries({"customer_id": some, "date": days, "value": st.sampled_from([1.0, 4.0])}),
    "cancellations": st.fixed_dictionaries({"customer_id": some, "cancelled_on": days, "reason": st.just("price")})}


@st.composite
def books(draw: st.DrawFn) -> Book:
    # The first rows make every feature available; Z was there all the time and holds every table open.
    always = {"customer_id": "Z", "start_date": dt.date(2022, 1, 1), "end_date": None, "charge_kind": "recurring",
              "mrr": 10.0, "plan": "a", "product": "x", "seats": 1.0, "billing_interval": "1",
              "term_end": dt.date(2024, 9, 30)}
    first = {"usage": {"date": dt.date(2022, 1, 1), "count": 1.0, "feature": "f", "user_id": "u"},
             "surveys": {"answered_on": dt.date(2022, 1, 1), "kind": "nps", "score": 9.0, "scale": 5.0},
             "interactions": {"date": dt.date(2022, 1, 1), "status": "open", "priority": "low"},
             "milestones": {"completed_on": dt.date(2022, 1, 1), "milestone": "k"},
             "pulse": {"date": dt.date(2022, 1, 1), "value": 4.0},
             "cancellations": {"cancelled_on": dt.date(2022, 1, 1), "reason": "price"}}
    tables = {name: _frame([{"customer_id": "Z", **first[name]}, *draw(st.lists(rows, max_size=8))], DATES[name])
              for name, rows in EVENTS.items()}
    rows = [always, *draw(st.lists(contracts(), min_size=2, max_size=8))]
    tables["subscriptions"] = _frame(rows, ["start_date", "end_date", "term_end"])
    done = [draw(st.one_of(st.none(), days)) for _customer in CUSTOMERS]
    tables["customers"] = _frame([{"customer_id": c, "industry": "i", "onboarding_completed_on": day}
                                  for c, day in zip([*CUSTOMERS, "Z"], [*done, dt.date(2022, 2, 1)], strict=True)],
                                 ["onboarding_completed_on"])
    chosen = Settings(as_of=dt.date(2024, 12, 31), renewal_grace_days=draw(st.sampled_from([0, 1, 1, 45])),
                      onboarding=draw(st.sampled_from([None, STEPS, USES])))
    return Book(tables, chosen, today=dt.date(2025, 1, 31))


@st.composite
def changed(draw: st.DrawFn, book: Book, closing: dt.date) -> Book:
    """The book with another future: rows after the closing gone and others in their place, ends after it moved."""
    later = closing + dt.timedelta(days=1)
    after = pd.Timestamp(later)
    ahead = st.dates(later, dt.date(2025, 6, 30))
    tables = dict(book.tables)
    for name, rows in EVENTS.items():
        [column] = DATES[name]
        kept = tables[name][tables[name][column] < after]
        new = draw(st.lists(rows.map(lambda row, column=column: row), max_size=4))
        moved = [{**row, column: draw(ahead)} for row in new]
        tables[name] = pd.concat([kept, _frame(moved, [column])], ignore_index=True) if moved else kept
    held = tables["subscriptions"]
    held = held[held["start_date"] < after].copy()
    ends = held["end_date"]
    other = [draw(st.one_of(st.none(), ahead)) for _row in range(len(held))]
    other = pd.to_datetime(pd.Series(other, index=held.index))
    held["end_date"] = ends.where(ends < after, other).astype("datetime64[s]")
    more = draw(st.lists(contracts(later), max_size=3))
    added = [_frame(more, ["start_date", "end_date", "term_end"])] if more else []
    tables["subscriptions"] = pd.concat([held, *added], ignore_index=True)
    list_ = tables["customers"].copy()
    done = list_["onboarding_completed_on"]
    list_["onboarding_completed_on"] = done.where(done < after)
    tables["customers"] = list_
    return Book(tables, book.settings, book.today)


def told(book: Book, closing: dt.date) -> dict[tuple[str, str], object]:
    """Every feature of every customer that the book knew by the closing, categories in words."""
    history, known = History(book), features(book)
    table = table_at(history, known, np.arange(len(book.customer_ids)), day_of(closing))
    found = {}
    for column, id in enumerate(known):
        for row, customer in enumerate(book.customer_ids):
            value = float(table.values[row, column])
            names = table.names.get(id)
            found[id, customer] = "nan" if np.isnan(value) else names[int(value)] if names else value
    return found


@given(st.data())
@examples(60)
def test_another_future_moves_no_feature(data: st.DataObject) -> None:
    book = data.draw(books())
    closing = data.draw(st.sampled_from(CLOSINGS))
    other = data.draw(changed(book, closing))
    # Who is there at the closing by both; a renewal decides about some who end on that very day (handbook 2).
    there = [set(one.customer_ids[next(iter(one.ledger.closings([day_of(closing)]))) > 0]) for one in (book, other)]
    both = there[0] & there[1]
    before, after = told(book, closing), told(other, closing)
    assert {key: value for key, value in before.items() if key[1] in both} == {
        key: value for key, value in after.items() if key[1] in both}


def test_every_dated_feature_is_tried() -> None:
    """A feature that the books above cannot tell would pass untested."""
    tables = {name: _frame([{"customer_id": "A", **row}], DATES[name]) for name, row in {
        "usage": {"date": "2024-01-01", "count": 1.0, "feature": "f", "user_id": "u"},
        "surveys": {"answered_on": "2024-01-01", "kind": "nps", "score": 9.0},
        "interactions": {"date": "2024-01-01", "status": "open", "priority": "low"},
        "milestones": {"completed_on": "2024-01-01", "milestone": "k"},
        "pulse": {"date": "2024-01-01", "value": 4.0}}.items()}
    tables["subscriptions"] = _frame([{
        "customer_id": "A", "start_date": "2024-01-01", "end_date": None, "mrr": 1.0, "plan": "a", "product": "x",
        "seats": 1.0, "billing_interval": "1", "term_end": "2024-12-31"}], ["start_date", "end_date", "term_end"])
    tables["customers"] = _frame([{"customer_id": "A", "onboarding_completed_on": "2024-01-01"}],
                                 ["onboarding_completed_on"])
    assert set(FEATURES) - set(features(Book(tables))) == {"tenure_months"}  # of lists without dates


def test_the_test_notices_a_feature_that_looks_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the end of contracts no longer hidden, the future would show."""
    rows = [{"customer_id": "A", "start_date": "2023-01-01", "end_date": end, "mrr": 100.0, "charge_kind": "recurring"}
            for end in ("2024-05-10", None)]
    one, other = (Book({"subscriptions": _frame([row], ["start_date", "end_date"])},
                       Settings(as_of=dt.date(2024, 12, 31))) for row in rows)
    assert told(one, CLOSINGS[2]) == told(other, CLOSINGS[2])
    monkeypatch.setattr("cs_kpi.churn.history.Known.end", property(lambda known: known.book.ledger.end - 60))
    assert told(one, CLOSINGS[2]) != told(other, CLOSINGS[2])
