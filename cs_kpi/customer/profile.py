"""The head of a customer's page: who it is, what it pays, whether it is still there, and when its term runs out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cs_kpi.book import Book, date_of, day_of
from cs_kpi.customer.money import changes, level
from cs_kpi.customer.rows import Index, Rows
from cs_kpi.fields import Field
from cs_kpi.ledger import MICRO, NEVER
from cs_kpi.locale import Message
from cs_kpi.retention.renewals import due
from cs_kpi.tables import CUSTOMERS, VALUE_LABELS

HEAD = ("customer_id", "customer_name", "owner", "has_left", "started_on", "tenure_band")
"""Fields of the customer list that the head shows by itself, or that say nothing more."""
NAMING = ("furigana", "parent_id")


@dataclass(frozen=True, slots=True)
class Term:
    """The next term that runs out. notice_by : None where no period of notice is known
    is_estimated : the term of a contract that went on past it: the same term again"""

    ends_on: dt.date
    notice_by: dt.date | None
    is_estimated: bool
    is_leaving: bool


@dataclass(frozen=True, slots=True)
class Profile:
    """The facts of one customer on the last day of the data.

    mrr : in currency; None where the book has no money; mrr_lost : what was paid before leaving, of who has left
    since : first active day; is_from_before : it was there before the data begins, and its real start is not known
    left_on : the first day without MRR of who has left; None where it is not known
    plans, products : of what runs, else of what ran last
    """

    code: int
    id: str
    name: str
    owner: str
    is_there: bool
    mrr: float | None
    since: dt.date | None
    is_from_before: bool
    left_on: dt.date | None
    mrr_lost: float | None
    plans: tuple[str, ...]
    products: tuple[str, ...]
    term: Term | None
    tenure_months: float | None
    attributes: tuple[tuple[Message | str, str | Message], ...]


def code_of(book: Book, id: str) -> int | None:
    """The code of a customer; None for an id that the book does not know."""
    place = int(np.searchsorted(book.customer_ids, id)) if len(book.customer_ids) else 0
    return place if place < len(book.customer_ids) and book.customer_ids[place] == id else None


def profile(book: Book, code: int) -> Profile:
    """The facts of the customer with this code."""
    row = book.customers.iloc[code]
    since, start = int(book.first_active[code]) if not book.is_snapshot else NEVER, NEVER
    if since < NEVER:
        start = int(book.start_day[code])
    mrr, is_there = _standing(book, code)
    tenure = row.get("tenure_months")
    return Profile(
        code, str(row["customer_id"]), str(row["customer_name"]), _text(row.get("owner")), is_there, mrr,
        date_of(start if start < NEVER else since) if since < NEVER else None, since < NEVER and start == NEVER,
        *_departure(book, code), _values(book, code, "plan"),
        _values(book, code, "product"), _term(book, code) if not book.is_snapshot else None,
        None if tenure is None or pd.isna(tenure) else float(tenure), tuple(_attributes(row)))


def _departure(book: Book, code: int) -> tuple[dt.date | None, float | None]:
    """The first day without MRR of who has left by the end of the data, and what was paid before."""
    moves = [] if book.is_snapshot else changes(book, code)
    return (moves[-1][0], moves[-1][1]) if moves and moves[-1][3] == "churn" else (None, None)


def _standing(book: Book, code: int) -> tuple[float | None, bool]:
    """MRR in currency, and whether it is a customer today."""
    has_money = book.has("subscriptions.mrr") and book.obstacle is None
    if book.snapshot is not None:
        return (float(book.snapshot.opening[code]) / MICRO if has_money else None), bool(book.snapshot.is_there[code])
    assert book.as_of is not None
    today = day_of(book.as_of)
    if not book.has_contracts:
        return None, bool(book.first_active[code] <= today)
    paid = int(level(book, code, np.array([today]))[0])
    return paid / MICRO, paid > 0


def _values(book: Book, code: int, column: str) -> tuple[str, ...]:
    """The values of a contract field of what runs, the largest MRR first; of who has left, of what ran last."""
    if column not in book.counted:
        return ()
    if book.is_snapshot:
        rows = book.once(_counted).places(code)
    else:
        rows, ledger = book.once(Rows).contracts(code), book.ledger
        if not len(rows):
            return ()
        today = day_of(book.as_of) if book.as_of else NEVER
        runs = rows[(ledger.start[rows] <= today) & (today < ledger.end[rows])]
        rows = runs if len(runs) else rows[ledger.end[rows] == ledger.end[rows].max()]
        rows = rows[np.argsort(-ledger.mrr[rows], kind="stable")]
    return tuple(dict.fromkeys(str(one) for one in book.counted[column].iloc[rows] if not pd.isna(one)))


def _counted(book: Book) -> Index:
    return Index(book.codes(book.counted["customer_id"]), len(book.customer_ids))


def _terms(book: Book) -> tuple[pd.DataFrame, Index]:
    """The coming terms of all customers, and where each one's stand."""
    found = book.once(due)
    return found, Index(book.codes(found["customer_id"]), len(book.customer_ids))


def _term(book: Book, code: int) -> Term | None:
    found, index = book.once(_terms)
    places = index.places(code)
    if not len(places):
        return None
    row = found.iloc[places[0]]
    notice = row.get("notice_by")
    return Term(row["term_end"].date(), None if notice is None or pd.isna(notice) else notice.date(),
                bool(row["is_estimated"]), bool(row["is_leaving"]))


def _attributes(row: pd.Series) -> list[tuple[Message | str, str | Message]]:
    """What else the customer list says, in the order of its columns."""
    declared: dict[str, Field] = CUSTOMERS.by_name
    found: list[tuple[Message | str, str | Message]] = []
    for column, value in row.items():
        name = str(column)
        if name in HEAD or name in NAMING or name == "tenure_months" or pd.isna(value):
            continue
        label = declared[name].label if name in declared else name
        found.append((label, VALUE_LABELS.get(name, {}).get(str(value)) or _text(value)))
    return found


def _text(value: object) -> str:
    """A cell as it is read; empty for a missing one."""
    if value is None or (isinstance(value, float) and np.isnan(value)) or value is pd.NaT or value is pd.NA:
        return ""
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
