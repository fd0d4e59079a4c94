"""Who had which product, and used which feature much, at every month's closing, and what was taken next."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from cs_kpi.book import Book, days
from cs_kpi.churn.events import Floats
from cs_kpi.growth.closing import MOST_CLOSINGS, Closing, closing
from cs_kpi.growth_rules import HORIZON_MONTHS
from cs_kpi.health import history
from cs_kpi.ledger import MICRO, NEVER, Ints
from cs_kpi.measures.moments import NOT_SET, parts

MOST_PRODUCTS, MOST_FEATURES = 20, 20
"""Of each the most frequent; rules among rarer ones could not be told from chance."""
HEAVY_MONTHS, HEAVY_QUANTILE, FEWEST_USES = 3, 0.75, 5
"""Heavy use of a feature: at least 5 uses in three months, and as many as the upper quarter of those who use it."""
TENURE_BANDS = (183, 548)
"""Days: customers are compared with others as old (up to half a year, a year and a half, more)."""
MOST_HELD = 3
"""Customers are compared with others who have as many products: one, two, three or more."""


@dataclass(frozen=True, eq=False)
class Shelf:
    """What everybody had at a closing.

    customer, thing : pairs: the customer's code, and the place among products and behind them features
    stratum : of each customer code, with whom it is compared; -1 for who was not there
    """

    at: Closing
    customer: Ints
    thing: Ints
    stratum: Ints


@dataclass(frozen=True, eq=False)
class Purchases:
    """What the contracts say of products, and the use of features.

    products, features : their names, the most frequent ones; things are products and behind them features
    first : customers x products, the day on which each first had it; NEVER
    """

    book: Book
    products: tuple[str, ...]
    features: tuple[str, ...]
    first: Ints

    @property
    def things(self) -> int:
        return len(self.products) + len(self.features)

    def name(self, thing: int) -> str:
        return (*self.products, *self.features)[thing]

    def is_product(self, thing: int) -> bool:
        return thing < len(self.products)

    @cached_property
    def closings(self) -> list[int]:
        """The last closings: those whose three months are over, and what follows up to today."""
        return history.closings(self.book)[-MOST_CLOSINGS - HORIZON_MONTHS - 1:]

    def shelf(self, day: int) -> Shelf:
        """Kept: rules, candidates and the backtest ask for the same days."""
        if day not in self._shelves:
            self._shelves[day] = self._built(closing(self.book, day))
        return self._shelves[day]

    @cached_property
    def _shelves(self) -> dict[int, Shelf]:
        return {}

    def _built(self, at: Closing) -> Shelf:
        has = self.amounts(at.day) > 0
        customer, thing = np.nonzero(has & at.is_there[:, None])
        heavy = self._heavy(at) if self.features else np.zeros((len(at.mrr), 0), dtype=bool)
        user, feature = np.nonzero(heavy & at.is_there[:, None])
        held = np.clip(has.sum(axis=1), 1, MOST_HELD) - 1
        age = np.searchsorted(TENURE_BANDS, at.day - self.book.ledger.first_active, side="right")
        stratum = np.where(at.is_there & has.any(axis=1), held * (len(TENURE_BANDS) + 1) + age, -1)
        return Shelf(at, np.append(customer, user), np.append(thing, feature + len(self.products)), stratum)

    def amounts(self, day: int) -> Ints:
        """MRR per customer and product at the closing of a day, in 10^-6."""
        ledger = self.book.ledger
        rows = np.flatnonzero((self._product >= 0) & (ledger.start <= day) & (day < ledger.end))
        found = np.zeros(self.first.shape, dtype=np.int64)
        np.add.at(found, (ledger.customer[rows], self._product[rows]), ledger.mrr[rows])
        return np.maximum(found, 0)

    @cached_property
    def _product(self) -> Ints:
        """Of each contract row the place of its product; -1 for others."""
        return _product_of_rows(self.book, self.products)

    def _heavy(self, at: Closing) -> np.ndarray:
        """customers x features: who used it much in the three months before."""
        month, used = self._used
        inside = (month > at.known.back(HEAVY_MONTHS)) & (month <= at.day)
        count = used[inside].sum(axis=0)
        limits = np.array([np.quantile(column[column > 0], HEAVY_QUANTILE) if (column > 0).any() else np.inf
                           for column in count.T])
        return count >= np.maximum(limits, FEWEST_USES)

    @cached_property
    def _used(self) -> tuple[Ints, Floats]:
        """The days of closings, and uses of each feature up to each since the one before: closings x customers x
        features."""
        rows = self.book.tables["usage"]
        code, day = self.book.codes_of("usage"), days(rows["date"])
        feature = pd.Index(self.features).get_indexer(pd.Index(rows["feature"].astype("string").astype(object)))
        ends = np.array(history.closings(self.book))
        place = np.searchsorted(ends, day)
        kept = np.flatnonzero((code >= 0) & (feature >= 0) & (place < len(ends)))
        count = (rows["count"].fillna(1).to_numpy(dtype=float)[kept] if "count" in rows else np.ones(len(kept)))
        shape = (len(ends), len(self.first), len(self.features))
        flat = np.ravel_multi_index((place[kept], code[kept], feature[kept]), shape)
        return ends.astype(np.int64), np.bincount(flat, count, int(np.prod(shape))).astype(float).reshape(shape)

    def worth(self, customer: Ints, product: Ints, day: int) -> Floats:
        """What customers paid for products at the closing of a day, in currency."""
        return self.amounts(day)[customer, product] / MICRO


def purchases(book: Book) -> Purchases:
    """Of a book with products; to be kept with the Book (`once`)."""
    found = parts(book, "product")
    named = found.value[found.value != NOT_SET]
    often = np.argsort(-np.bincount(named, minlength=len(found.names)), kind="stable")[:MOST_PRODUCTS]
    products = tuple(found.names[place] for place in sorted(often))
    features: tuple[str, ...] = ()
    if book.has("usage.feature") and book.has("usage.date"):
        features = tuple(sorted(map(str, book.tables["usage"]["feature"].value_counts().index[:MOST_FEATURES])))
    first = np.full((len(book.customer_ids), len(products)), NEVER, dtype=np.int64)
    of_row, ledger = _product_of_rows(book, products), book.ledger
    rows = np.flatnonzero((of_row >= 0) & (ledger.mrr > 0))
    np.minimum.at(first, (ledger.customer[rows], of_row[rows]), ledger.start[rows])
    return Purchases(book, products, features, first)


def _product_of_rows(book: Book, products: tuple[str, ...]) -> Ints:
    values = book.counted["product"].iloc[:len(book.ledger.customer)].astype("string").astype(object)
    return pd.Index(products).get_indexer(pd.Index(values)).astype(np.int64)
