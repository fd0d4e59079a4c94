"""The Book: checked canonical tables under one set of settings. Immutable; everything right of it reads from it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import TypeVar, cast

import numpy as np
import pandas as pd

from cs_kpi import rows
from cs_kpi.data_dates import DATED, DataDates, has_values
from cs_kpi.days import date_of, day_of, days
from cs_kpi.identity.joins import Join
from cs_kpi.ingest.records import Refusal
from cs_kpi.ledger import NEVER, Ints, Ledger, bridged_end
from cs_kpi.locale import Message
from cs_kpi.money import Money
from cs_kpi.settings import Settings
from cs_kpi.snapshot import Snapshot, snapshot_of

FIRST_ROWS = ("usage", "milestones", "surveys")
"""Tables whose first row is a customer's start where there are no contracts (handbook 1)."""
Found = TypeVar("Found")


@dataclass(frozen=True)
class Book:
    """What a team's files say, ready to be computed on.

    tables : canonical table -> frame, as `SheetReading.tables`; only tables that were found
    today : the day on which it was built; dates after it are plans, not facts
    refused : the rows that were not read, from all sheets
    months : the first and the last day of the months that sheets by months speak of
    joins : keys that were given to a customer because they are its very name
    notes : what was done so that one customer is one, whole sentences
    remarks : which sheet goes before another, whole sentences
    """

    tables: Mapping[str, pd.DataFrame]
    settings: Settings = field(default_factory=Settings)
    today: dt.date = field(default_factory=dt.date.today)
    refused: tuple[Refusal, ...] = ()
    months: tuple[dt.date, dt.date] | None = None
    joins: tuple[Join, ...] = ()
    notes: tuple[Message, ...] = ()
    remarks: tuple[Message, ...] = ()

    @cached_property
    def fingerprint(self) -> str:
        """Changes when and only when something that a number depends on changes."""
        digest = hashlib.sha256(f"{self.settings.fingerprint()}{self.today}{self.months or ''}{self.content}".encode())
        for refusal in self.refused:
            digest.update(f"{refusal.file}{refusal.sheet}{refusal.row}{refusal.column}{refusal.value}".encode())
        return digest.hexdigest()

    @cached_property
    def content(self) -> str:
        """Changes when and only when something in a table changes, whatever the day and the settings."""
        digest = hashlib.sha256()
        for name in sorted(self.tables):
            digest.update(self.of_table(name, "content", partial(rows.content, name, self.tables[name])))
        return digest.hexdigest()

    def under(self, settings: Settings) -> Book:
        """The same tables under other settings."""
        return self._kin_of(replace(self, settings=settings))

    def beside(self, tables: Mapping[str, pd.DataFrame]) -> Book:
        """The same with some tables in which rows of its own customers were written down in the app."""
        return self._kin_of(replace(self, tables=tables))

    def _kin_of(self, made: Book) -> Book:
        made.__dict__["_kin"] = self._kin
        return made

    def of_table(self, table: str, what: str, build: Callable[[], Found]) -> Found:
        """What `build` makes of one table and of who the customers are, whatever the settings: made once for all
        Books that came of one another and hold the same table. what : its name among what is made of the table"""
        frame = self.tables[table]
        kept = self._kin.get((table, what))
        if kept is None or kept[0] is not frame:
            kept = self._kin[table, what] = (frame, build())
        return cast(Found, kept[1])

    @cached_property
    def _kin(self) -> dict[tuple[str, str], tuple[object, object]]:
        return {}

    def has(self, place: str) -> bool:
        """Whether `table` or `table.field` was found with at least one value."""
        return has_values(self.tables, place)

    def once(self, work: Callable[[Book], Found]) -> Found:
        """`work(book)`, done once and kept with the Book: what every period of it needs again."""
        if work not in self._done:
            self._done[work] = work(self)
        return cast(Found, self._done[work])

    @cached_property
    def _done(self) -> dict[Callable[[Book], object], object]:
        return {}

    @cached_property
    def customer_ids(self) -> np.ndarray:
        """Every customer that any table names, sorted; a customer's code is its place here."""
        if ("", "ids") not in self._kin:
            self._kin["", "ids"] = (None, rows.customer_ids(self.tables))
        return cast(np.ndarray, self._kin["", "ids"][1])

    def codes(self, ids: pd.Series) -> Ints:
        """The codes of customer ids; -1 for a missing one."""
        place, names = pd.factorize(ids)  # each id is looked up once, however many rows it has
        known = pd.Index(self.customer_ids).get_indexer(pd.Index(names)).astype(np.int64)
        return np.append(known, -1)[place]

    def codes_of(self, table: str) -> Ints:
        """The codes of a table's rows, told once: its keys take longer to look up than anything that is then done."""
        return self.of_table(table, "codes", lambda: self.codes(self.tables[table]["customer_id"]))

    @cached_property
    def customers(self) -> pd.DataFrame:
        """One row per customer code: id, name (the id where none is known) and every customer attribute."""
        return rows.customers(self.tables, self.customer_ids)

    @cached_property
    def surveys(self) -> pd.DataFrame:
        """The answers of surveys; those without a day are of the last day that the data speaks of, which they do not
        decide (handbook 1)."""
        return rows.answers(self.tables, self.as_of)

    @property
    def counted_kinds(self) -> tuple[str, ...]:
        """The charge kinds that carry MRR."""
        return ("recurring", "variable") if self.settings.counts_variable else ("recurring",)

    @cached_property
    def counted(self) -> pd.DataFrame:
        """The subscription rows that carry MRR: recurring ones, and variable ones when the setting says so."""
        return rows.counted(self.tables, self.counted_kinds)

    @cached_property
    def rows_refused(self) -> int:
        """How many rows were not read; a row may have been refused for several cells."""
        return len({(refusal.file, refusal.sheet, refusal.row) for refusal in self.refused})

    @cached_property
    def money(self) -> Money:
        return Money(self.counted, self.settings)

    @property
    def currency(self) -> str | None:
        """The currency in which money is shown."""
        return self.money.currency

    @property
    def obstacle(self) -> Message | None:
        """Why money cannot be summed, where it cannot."""
        return self.money.obstacle

    @property
    def is_snapshot(self) -> bool:
        """Whether it tells who left, and of no contract when; contracts with dates go before a list without."""
        return self.has("customers.has_left") and not self.has("subscriptions.start_date")

    @cached_property
    def snapshot(self) -> Snapshot | None:
        """Who was there and who left, of a book without dates; None for one with dates."""
        if not self.is_snapshot:
            return None
        fees = self.counted if self.obstacle is None else self.counted.iloc[:0]
        listed = self.tables["customers"]
        return snapshot_of(len(self.customer_ids), listed, self.codes(listed["customer_id"]), fees,
                           self.codes(fees["customer_id"]), self.money.micro(len(fees)))

    @cached_property
    def ledger(self) -> Ledger:
        """Integer arrays of the rows that carry MRR, renewals bridged; row i is row i of `counted`."""
        has_rows = self.obstacle is None and "start_date" in self.counted
        frame = self.counted if has_rows else rows.NO_CONTRACTS
        customer = self.codes(frame["customer_id"])
        start = days(frame["start_date"])
        end = days(frame["end_date"]) if "end_date" in frame else np.full(len(frame), NEVER, dtype=np.int64)
        group = customer
        if has_rows and self.has("subscriptions.product"):
            product, names = pd.factorize(frame["product"], sort=True, use_na_sentinel=True)
            group = customer * (len(names) + 1) + product.astype(np.int64) + 1
        mrr = self.money.micro(len(frame))
        bridged = bridged_end(group, start, end, self.settings.renewal_grace_days)
        return Ledger(customer, start, bridged, mrr, group, len(self.customer_ids))

    @cached_property
    def dates(self) -> DataDates:
        return DataDates(self.tables, self.settings, self.today, self.months)

    @property
    def as_of(self) -> dt.date | None:
        """The last day that the data speaks of (handbook 2); None for a book without dates."""
        return self.dates.as_of

    @property
    def data_from(self) -> dt.date | None:
        """The first day that the data speaks of: of months the first of the second one; None: everything is there."""
        return self.dates.data_from

    @cached_property
    def first_day(self) -> dt.date | None:
        """The day on which the first customer became active."""
        first = self.first_active[self.first_active < NEVER]
        return None if not len(first) else date_of(int(first.min()))

    @property
    def has_contracts(self) -> bool:
        """Whether contracts say who is a customer; without them everybody is from the first day on (handbook 1)."""
        return self.has("subscriptions")

    @cached_property
    def first_active(self) -> Ints:
        """First active day of each customer; without contracts the signup, else the first row; NEVER for nobody."""
        if self.has_contracts:
            return self.ledger.first_active
        first = np.full(len(self.customer_ids), NEVER, dtype=np.int64)
        for table in FIRST_ROWS:
            if self.has(f"{table}.{DATED[table]}"):
                code = self.codes(self.tables[table]["customer_id"])
                np.minimum.at(first, code[code >= 0], days(self.tables[table][DATED[table]])[code >= 0])
        signup = days(self.customers["started_on"]) if self.has("customers.started_on") else np.full_like(first, NEVER)
        return np.where(signup < NEVER, signup, first)

    @cached_property
    def start_day(self) -> Ints:
        """First active day of each customer; of those active before `data_from`, `started_on` where it is known,
        else NEVER (outside start cohorts); NEVER for who was never active."""
        first = self.first_active.copy()
        if self.data_from is None:
            return first
        is_opening = (first < day_of(self.data_from)) & (first <= day_of(self.as_of or self.data_from))
        known = np.full(len(first), NEVER, dtype=np.int64)
        if self.has("customers.started_on"):
            known = days(self.customers["started_on"])
        return np.where(is_opening, known, first)
