"""What customers are compared by: attributes, plan and product, size, and early use, known of all of them at an age.

Nothing here looks at how a customer ended: columns that change with time and carry no date are left out, and contract
and use are those of its first days.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from cs_kpi.book import Book, day_of, days
from cs_kpi.churn.attributes import attribute_features
from cs_kpi.churn.events import Floats
from cs_kpi.churn.history import History
from cs_kpi.churn.snapshots import UNDATED
from cs_kpi.ledger import MICRO, NEVER, Ints
from cs_kpi.locale import Message, _
from cs_kpi.measures.moments import NOT_SET, coded
from cs_kpi.tables import SUBSCRIPTIONS

TraitGroup = Literal["attributes", "contract", "size", "use"]
EARLY_DAYS = (30, 90)
"""Windows of early use; the longest that a customer has lived through counts."""
ENDS = (0.05, 0.95)
"""The spread of a number runs between these quantiles, so that one giant does not make all others alike."""


@dataclass(frozen=True, eq=False)
class Trait:
    """One thing that customers can have in common.

    values : one per customer code: a code of `names`, or a number; NaN where it is not known
    spread : of a number, how far apart two customers count as wholly different; 0 where all are alike
    from_days : the age at which it is known
    """

    label: Message | str
    group: TraitGroup
    values: Floats
    names: tuple[str, ...] = ()
    spread: float = 0.0
    from_days: int = 0

    @property
    def is_category(self) -> bool:
        return bool(self.names)

    def apart(self, code: int) -> Floats:
        """How far everybody is from one customer, 0 to 1; NaN where one of the two is not known."""
        mine = self.values[code]
        if self.is_category:
            return np.where(np.isnan(self.values) | np.isnan(mine), np.nan, (self.values != mine).astype(float))
        return np.minimum(np.abs(self.values - mine) / self.spread, 1.0)


def traits(book: Book) -> tuple[Trait, ...]:
    """What the book can tell of its customers; a trait in which all are alike tells nobody apart and is left out."""
    return tuple(one for one in _all(book) if one.is_category or one.spread > 0)


def _all(book: Book) -> Iterator[Trait]:
    known = book.once(History).at(UNDATED if book.is_snapshot or book.as_of is None else day_of(book.as_of))
    for one in attribute_features(book):
        if one.is_dated:
            values, names = one.value(known).astype(float), one.names(known.history)
            if not one.is_category or len(names) > 1:
                yield _trait(one.label, "attributes", values, names)
    for column in ("plan", "product"):
        if book.has(f"subscriptions.{column}"):
            values, names = _first(book, column)
            if len(names) > 1:
                yield Trait(SUBSCRIPTIONS.by_name[column].label, "contract", values, names)
    if book.has("subscriptions.mrr") and book.obstacle is None:
        yield _trait(_("MRR at the start"), "size", np.log1p(_first_sum(book, _mrr_of_rows(book))))
    if book.has("subscriptions.seats"):
        yield _trait(_("Seats at the start"), "size", np.log1p(_first_sum(book, _seats_of_rows(book))))
    if book.has("usage.date") and not book.is_snapshot:
        for window in EARLY_DAYS:
            label = _("Uses in the first {days} days", days=window)
            yield _trait(label, "use", np.log1p(early_use(book, window)), from_days=window)


def _trait(label: Message | str, group: TraitGroup, values: Floats, names: tuple[str, ...] = (), from_days: int = 0
           ) -> Trait:
    there = values[~np.isnan(values)]
    low, high = np.quantile(there, ENDS) if len(there) and not names else (0.0, 0.0)
    spread = float(high - low) or float(np.ptp(there) if len(there) and not names else 0.0)
    return Trait(label, group, values, names, spread, from_days)


def _is_first(book: Book) -> np.ndarray:
    """The contract rows with which their customers began; of a list without dates all of them."""
    if book.is_snapshot:
        return np.ones(len(book.counted), dtype=bool)
    return (book.ledger.start == book.ledger.first_active[book.ledger.customer]) & (book.ledger.mrr > 0)


def _payer(book: Book) -> Ints:
    return book.codes(book.counted["customer_id"]) if book.is_snapshot else book.ledger.customer


def _mrr_of_rows(book: Book) -> Floats:
    return book.counted["mrr"].to_numpy(dtype=float) if book.is_snapshot else book.ledger.mrr / MICRO


def _seats_of_rows(book: Book) -> Floats:
    return book.counted["seats"].to_numpy(dtype=float, na_value=np.nan)[:len(_payer(book))]


def _first_sum(book: Book, of_rows: Floats) -> Floats:
    """The sum over the first contract rows of every customer; NaN where no row says anything."""
    size, payer = len(book.customer_ids), _payer(book)
    told = _is_first(book) & ~np.isnan(of_rows) & (payer >= 0)
    count = np.bincount(payer[told], minlength=size)
    return np.where(count > 0, np.maximum(np.bincount(payer[told], of_rows[told], size), 0.0), np.nan)


def _first(book: Book, column: str) -> tuple[Floats, tuple[str, ...]]:
    """The value of a contract field with the largest MRR on each customer's first day."""
    payer, mrr = _payer(book), _mrr_of_rows(book)
    code, names = coded(book.counted[column].iloc[:len(payer)])
    rows = np.flatnonzero(_is_first(book) & (code != NOT_SET) & (payer >= 0))
    rows = rows[np.argsort(mrr[rows], kind="stable")]
    found = np.full(len(book.customer_ids), np.nan)
    found[payer[rows]] = code[rows]  # of equal places the last one stays: the largest
    return found, names


def early_use(book: Book, window: int) -> Floats:
    """Uses of each customer in its first days; NaN where they are not over, or the table begins after them."""
    assert book.as_of is not None
    use, start = book.once(History).use, book.start_day
    age = use.day - start[use.customer]
    inside = (age >= 0) & (age < window)
    count = np.bincount(use.customer[inside], use.value[inside], len(start))
    first = NEVER if use.first is None else use.first
    is_told = (start < NEVER) & (start + window <= day_of(book.as_of) + 1) & (start >= first)
    return np.where(is_told, count, np.nan)


FIRST_DAYS = {"usage": "date", "interactions": "date", "milestones": "completed_on"}


def first_days(book: Book) -> dict[str, int]:
    """The first day of which each table speaks, of those that are there."""
    return {table: int(days(book.tables[table][column]).min(initial=NEVER))
            for table, column in FIRST_DAYS.items() if book.has(f"{table}.{column}")}
