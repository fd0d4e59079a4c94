"""The rows of one customer in every table, found by an index that is made once for a Book."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import pandas as pd

from cs_kpi.book import Book
from cs_kpi.ledger import Ints
from cs_kpi.measures.use import use_log


class Index:
    """Where the rows of every customer stand. code : of the customer of each row; rows of nobody are in no place"""

    def __init__(self, code: Ints, size: int) -> None:
        self._order = np.argsort(code, kind="stable")
        self._begin = np.searchsorted(code[self._order], np.arange(size + 1))

    def places(self, code: int) -> Ints:
        """The rows of one customer, in the order of the table."""
        return self._order[self._begin[code]:self._begin[code + 1]]


class Rows:
    """The rows of a Book by customer; an index is made when its table is first asked for.

    Ask for it with `book.once(Rows)`, so that it is made once for a Book.
    """

    def __init__(self, book: Book) -> None:
        self._book = book
        self._indexes: dict[str, Index] = {}

    def of(self, table: str, code: int) -> pd.DataFrame:
        """The rows of a customer in a canonical table, in the order of the sheets; none where there is no table."""
        frame = self._book.surveys if table == "surveys" else self._book.tables.get(table)
        if frame is None or "customer_id" not in frame:
            return pd.DataFrame()
        if table not in self._indexes:
            self._indexes[table] = Index(self._book.codes(frame["customer_id"]), len(self._book.customer_ids))
        return frame.take(self._indexes[table].places(code))

    @cached_property
    def _ledger(self) -> Index:
        return Index(self._book.ledger.customer, len(self._book.customer_ids))

    @cached_property
    def _uses(self) -> Index:
        return Index(self._book.once(use_log).customer, len(self._book.customer_ids))

    def contracts(self, code: int) -> Ints:
        """The places of a customer's rows in the ledger."""
        return self._ledger.places(code)

    def uses(self, code: int) -> Ints:
        """The places of a customer's uses in the log, by day."""
        return self._uses.places(code)
