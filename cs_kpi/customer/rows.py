"""The rows of one customer in every table: looked for where they stand, and kept while its page is made.

To look through two million rows for one customer takes a millisecond or two; an index over all of them would take a
hundred times as long, before the first page of every Book.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
import pandas as pd

from cs_kpi.book import Book
from cs_kpi.ledger import Ints
from cs_kpi.measures.use import UseLog, log_of
from cs_kpi.order import stable_order

MOST_KEPT = 64
"""Tables of customers: those of one page, which asks for the same rows several times."""


class Index:
    """Where the rows of every customer stand. code : of the customer of each row; rows of nobody are in no place"""

    def __init__(self, code: Ints, size: int) -> None:
        self._order = stable_order(code)
        self._begin = np.searchsorted(code[self._order], np.arange(size + 1))

    def places(self, code: int) -> Ints:
        """The rows of one customer, in the order of the table."""
        return self._order[self._begin[code]:self._begin[code + 1]]


class Rows:
    """The rows of a Book by customer. Ask for it with `book.once(Rows)`, so that what was found is kept."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._found: dict[tuple[str, int], pd.DataFrame] = {}
        self._logs: dict[int, UseLog] = {}

    def of(self, table: str, code: int) -> pd.DataFrame:
        """The rows of a customer in a canonical table, in the order of the sheets; none where there is no table."""
        if "customer_id" not in self._book.tables.get(table, ()):
            return pd.DataFrame()
        frame = self._book.surveys if table == "surveys" else self._book.tables[table]
        if len(self._found) >= MOST_KEPT:
            self._found.clear()
        if (table, code) not in self._found:
            self._found[table, code] = frame.take(np.flatnonzero(self._book.codes_of(table) == code))
        return self._found[table, code]

    def uses(self, code: int) -> UseLog:
        """The log of a customer's uses alone, by day; of a book without use an empty one."""
        if len(self._logs) >= MOST_KEPT:
            self._logs.clear()
        if code not in self._logs:
            rows = self.of("usage", code)
            rows = rows if "date" in rows else pd.DataFrame({"date": pd.Series(dtype="datetime64[s]")})
            self._logs[code] = log_of(rows, np.full(len(rows), code, dtype=np.int64))
        return self._logs[code]

    @cached_property
    def _ledger(self) -> Index:
        return Index(self._book.ledger.customer, len(self._book.customer_ids))

    def contracts(self, code: int) -> Ints:
        """The places of a customer's rows in the ledger."""
        return self._ledger.places(code)
