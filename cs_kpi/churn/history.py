"""What was known of every customer at the closing of any day: nothing dated later is looked at (handbook 6)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from cs_kpi.book import Book, day_of, days
from cs_kpi.churn.closings import months_from
from cs_kpi.churn.events import Events, Floats, events
from cs_kpi.ledger import MICRO, NEVER, Ints
from cs_kpi.measures.moments import NOT_SET, Parts, coded, parts_of
from cs_kpi.measures.onboarding import onboarding
from cs_kpi.periods import ONE_DAY


@dataclass(frozen=True)
class History:
    """A book, its events sorted once; `at` gives what was known on a day."""

    book: Book

    @property
    def size(self) -> int:
        return len(self.book.customer_ids)

    def at(self, day: int) -> Known:
        return Known(self, day)

    @cached_property
    def start(self) -> Floats:
        """First active day of each customer; NaN where it is not told."""
        return np.where(self.book.start_day < NEVER, self.book.start_day, np.nan)

    @cached_property
    def end_written(self) -> Ints:
        """The end that each contract row has in the sheet."""
        frame, rows = self.book.counted, len(self.book.ledger.customer)
        return days(frame["end_date"])[:rows] if "end_date" in frame else np.full(rows, NEVER, dtype=np.int64)

    @cached_property
    def first_month(self) -> int:
        """The first closing whose customers are known."""
        first = self.book.data_from - ONE_DAY if self.book.data_from else self.book.first_day
        return day_of(first) if first else NEVER

    def contract_days(self, column: str) -> Ints:
        return self._kept(f"days {column}", lambda: days(self.book.counted[column]))

    def contract_numbers(self, column: str) -> Floats:
        return self._kept(f"numbers {column}", lambda: _numbers(self.book.counted[column]))

    def parts(self, column: str) -> Parts:
        """The different values of a contract field, and the customers that have them."""
        return self._kept(f"parts {column}", lambda: parts_of(self.payer, self.book.counted[column][:len(self.payer)]))

    @cached_property
    def payer(self) -> Ints:
        """The customer of each contract row."""
        counted = self.book.counted
        return self.book.codes(counted["customer_id"]) if self.book.is_snapshot else self.book.ledger.customer

    @cached_property
    def fee(self) -> Ints:
        """MRR of each contract row in 10^-6 currency units; of a list without dates as it stands there."""
        if not self.book.is_snapshot:
            return self.book.ledger.mrr
        return np.rint(self.book.counted["mrr"].to_numpy(dtype=float) * MICRO).astype(np.int64)

    def attribute(self, column: str) -> tuple[Floats, tuple[str, ...]]:
        """Place of each customer's value among the names of an attribute; NaN for a missing one."""
        def coded_once() -> tuple[Floats, tuple[str, ...]]:
            code, names = coded(self.book.customers[column])
            return np.where(code == NOT_SET, np.nan, code), names
        return self._kept(f"attribute {column}", coded_once)

    def number(self, column: str) -> Floats:
        """A column of the customers as numbers."""
        return self._kept(f"number {column}", lambda: _numbers(self.book.customers[column]))

    @cached_property
    def onboarded_on(self) -> Floats:
        """The day on which each customer met the criterion that the settings hold, else that of the customer list; NaN
        where it has not.

        A criterion made of all milestones there are is not looked at: it changes with milestones that come later.
        """
        has_criterion = self.book.settings.onboarding is not None
        day = (self.book.once(onboarding).completed_on if has_criterion
               else days(self.book.customers["onboarding_completed_on"]))
        return np.where(day < NEVER, day, np.nan)

    @cached_property
    def use(self) -> Events:
        return self.book.of_table("usage", "events", lambda: self._events("usage", "date", "count", default=1.0))

    def use_by(self, column: str) -> Events:
        """Use with the code of its feature or user."""
        return self.book.of_table("usage", f"by {column}", lambda: self._events("usage", "date", None, kind=column))

    def answers(self, kind: str) -> Events:
        """Answers of one kind; of CSAT on a scale of 5. Those without a day are of the last day of the data."""
        def built() -> Events:
            rows = self.book.surveys
            chosen = rows[rows["kind"] == kind]
            scale = chosen["scale"].fillna(5.0) if "scale" in chosen else 5.0
            score = chosen["score"] if kind == "nps" else chosen["score"] * 5.0 / scale
            return self._events("surveys", "answered_on", "_value", rows=chosen.assign(_value=score))
        has_days = "answered_on" in (given := self.book.tables["surveys"]) and bool(given["answered_on"].notna().all())
        # the last day of the data is one thing under these settings and another under others
        return (self.book.of_table("surveys", f"answers {kind}", built) if has_days
                else self._kept(f"answers {kind}", built))

    @cached_property
    def all_answers(self) -> Events:
        """Those whose day is known."""
        return self._events("surveys", "answered_on", "score")

    def contacts(self, name: str = "", chosen: Callable[[pd.DataFrame], pd.Series] | None = None) -> Events:
        """Interactions, all of them or those that a condition (called `name`) chooses."""
        def built() -> Events:
            rows = self.book.tables["interactions"]
            return self._events("interactions", "date", None, rows=rows if chosen is None else rows[chosen(rows)])
        return self.book.of_table("interactions", f"contacts {name}", built)

    @cached_property
    def steps(self) -> Events:
        return self._events("milestones", "completed_on", None, kind="milestone")

    @cached_property
    def pulse(self) -> Events:
        return self._events("pulse", "date", "value")

    def _events(self, table: str, date: str, value: str | None, *, kind: str | None = None, default: float = np.nan,
                rows: pd.DataFrame | None = None) -> Events:
        customer = self.book.codes_of(table) if rows is None else self.book.codes(rows["customer_id"])
        rows = self.book.tables[table] if rows is None else rows
        kept = (rows[date].notna() & rows["customer_id"].notna()).to_numpy()
        if not kept.all():  # millions of rows are not copied for nothing
            rows, customer = rows[kept], customer[kept]
        numbers = np.ones(len(rows))
        if value in rows:
            given = _numbers(rows[value])
            numbers = np.where(np.isnan(given), default, given)
        kinds = pd.factorize(rows[kind])[0].astype(np.int64) if kind else None
        return events(customer, days(rows[date]), numbers, kinds, self.size, lowest_last=value is not None)

    @cached_property
    def _cache(self) -> dict[str, object]:
        return {}

    def _kept(self, key: str, build: Callable[[], Any]) -> Any:
        if key not in self._cache:
            self._cache[key] = build()
        return self._cache[key]


@dataclass(frozen=True)
class Known:
    """What is known at the closing of `day`."""

    history: History
    day: int

    @property
    def book(self) -> Book:
        return self.history.book

    @property
    def size(self) -> int:
        return self.history.size

    def back(self, months: int) -> int:
        """The closing `months` earlier: month ends go to month ends, so that months as wholes are compared."""
        return months_from(self.day, -months)

    @cached_property
    def end(self) -> Ints:
        """The end of each contract row as far as it is known: one that lies ahead is hidden, and a row that may still
        be renewed within the grace runs on."""
        ledger, written = self.book.ledger, self.history.end_written
        is_renewed = (ledger.end != written) & (ledger.end <= self.day)
        is_open = (written > self.day) | (written + self.book.settings.renewal_grace_days > self.day)
        return np.where(is_renewed, ledger.end, np.where(is_open, NEVER, written))

    def rows_active(self, day: int) -> np.ndarray:
        """Contract rows that run at the closing of `day`, which is this one or an earlier."""
        if self.book.is_snapshot:
            return np.ones(len(self.book.counted), dtype=bool)
        return (self.book.ledger.start <= day) & (day < self.end)

    @cached_property
    def active(self) -> np.ndarray:
        return np.flatnonzero(self.rows_active(self.day))

    @cached_property
    def customer(self) -> Ints:
        """The customer of each row that runs now."""
        return self.history.payer[self.active]

    def mrr(self, day: int) -> Floats:
        """MRR of each customer at the closing of `day`, in currency; NaN where the data does not reach back so far."""
        if self.book.snapshot is not None:
            return self.book.snapshot.opening / MICRO
        if day < self.history.first_month:
            return np.full(self.size, np.nan)
        rows, ledger = self.rows_active(day), self.book.ledger
        return np.maximum(np.bincount(ledger.customer[rows], ledger.mrr[rows], self.size), 0.0) / MICRO

    def leading(self, column: str) -> Floats:
        """Place of the value with the largest MRR among the names of a contract field; NaN without one."""
        found = self.history.parts(column)
        mrr = np.bincount(found.of_row[self.active], self.history.fee[self.active], len(found.customer))
        lead = found.leading(mrr.astype(np.int64), self.size)
        return np.where(lead == NOT_SET, np.nan, lead)

    def different_use(self, column: str, months: int) -> Floats:
        """Different features or users with use within some months; NaN where the table does not cover them."""
        key = f"{column} {months}"
        if key not in self._counted:
            use, after = self.history.use_by(column), self.back(months)
            covered = use.speaks(after, self.day)
            self._counted[key] = use.different(after, self.day) if covered else np.full(self.size, np.nan)
        return self._counted[key]

    @cached_property
    def _counted(self) -> dict[str, Floats]:
        return {}

    def waiting(self, found: Events) -> Floats:
        """Days since each customer's last row; of who has none, since it came or the table began."""
        last = found.last_day(self.day)
        if not found.begins_by(self.day):
            return last
        came = np.fmax(self.history.start, float(found.first or 0))
        return self.day - np.where(np.isnan(last), np.where(came <= self.day, came, np.nan), last)


def _numbers(values: pd.Series) -> Floats:
    return pd.to_numeric(values, errors="coerce").to_numpy(dtype=float, na_value=np.nan)
