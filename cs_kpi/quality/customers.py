"""What is odd about customers: who has no contract, who is described twice, and facts that are told twice."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from cs_kpi.book import Book
from cs_kpi.identity.names import bare
from cs_kpi.ledger import NEVER
from cs_kpi.locale import _
from cs_kpi.quality.finding import SOURCE, Finding, named
from cs_kpi.tables import TABLES

SHOWN_VALUES = 5
MEANT = {"customer_name": bare}
"""What is compared of a value: 株式会社山田 and ㈱山田 are the same name."""
FACTS = ("usage", "surveys", "milestones", "interactions", "cancellations", "pulse")


def of_customers(book: Book) -> Iterator[Finding]:
    """What is odd about customers, and rows of other tables that stand there twice."""
    yield Finding("without_contract", _("Customers without a contract"), _(
        "No row with an amount belongs to these customers, so that no KPI of contracts counts them. Load their "
        "contracts, or check how their ID is written."), _without_contract(book))
    yield Finding("unlisted", _("Customers that are not on the customer list"), _(
        "These customers have contracts, but the customer list does not name them: they are shown by their ID and have "
        "no attributes."), _unlisted(book))
    yield Finding("told_differently", _("Customers that are described in two ways"), _(
        "For these customers two rows say different things; the first value is taken. Correct the one that is wrong."),
        _told_differently(book))
    yield Finding("repeated_facts", _("Other rows that stand there twice"), _(
        "These rows say exactly the same as an earlier one, and count again. Remove them from the spreadsheet where "
        "they tell nothing new."), _repeated(book))


def _without_contract(book: Book) -> pd.DataFrame:
    if not book.ledger.size or not len(book.ledger.start):
        return pd.DataFrame()
    with_contract = np.zeros(len(book.customer_ids), dtype=bool)
    with_contract[book.ledger.customer] = True
    return _of(book, ~with_contract)


def _of(book: Book, who: np.ndarray) -> pd.DataFrame:
    """Customers with the first row that names them."""
    ids = pd.DataFrame({"customer_id": book.customer_ids[who]})
    if ids.empty:
        return ids
    frames = [frame[[column for column in ("customer_id", *SOURCE) if column in frame]].assign(
        table=TABLES[name].label) for name, frame in book.tables.items() if "customer_id" in frame]
    first = pd.concat(frames).drop_duplicates("customer_id")
    return named(book, ids.merge(first, how="left", on="customer_id"))


def _unlisted(book: Book) -> pd.DataFrame:
    """Customers of contracts alone, where a customer list of its own names others."""
    listed = book.tables.get("customers")
    if listed is None or listed.empty or not len(book.ledger.start):
        return pd.DataFrame()
    has_contract = np.unique(book.ledger.customer[book.ledger.start < NEVER])
    is_listed = np.zeros(len(book.customer_ids), dtype=bool)
    is_listed[book.codes(listed["customer_id"])] = True
    who = np.zeros(len(book.customer_ids), dtype=bool)
    who[has_contract] = True
    return _of(book, who & ~is_listed)


def _told_differently(book: Book) -> pd.DataFrame:
    """One line per customer and column that says several things."""
    frame = book.tables.get("customers")
    if frame is None or frame["customer_id"].is_unique:
        return pd.DataFrame()
    found = []
    twice = frame[frame["customer_id"].duplicated(keep=False)]
    for column in (field.name for field in TABLES["customers"].fields if field.name in frame):
        if column == "customer_id":
            continue
        told = twice.dropna(subset=[column]).groupby("customer_id", sort=False)[column]
        several = told.apply(lambda values, name=column: values.map(MEANT[name]).nunique()
                             if name in MEANT else values.nunique())
        for customer in several.index[several > 1]:
            values = told.get_group(customer).astype(str).unique()[:SHOWN_VALUES]
            found.append((customer, TABLES["customers"].by_name[column].label, " / ".join(values)))
    if not found:
        return pd.DataFrame()
    return named(book, pd.DataFrame(found, columns=["customer_id", "column", "values"]))


def _repeated(book: Book) -> pd.DataFrame:
    """Rows of the tables of facts that are the same in every column as one before."""
    found = []
    for name in FACTS:
        frame = book.tables.get(name)
        if frame is None or frame.empty:
            continue
        twice = frame.duplicated([column for column in frame if column not in SOURCE])
        if twice.any():
            source = [column for column in (*SOURCE, "customer_id") if column in frame]
            found.append(named(book, frame.loc[twice, source].assign(table=TABLES[name].label)))
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame()
