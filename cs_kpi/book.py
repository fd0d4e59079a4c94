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

from cs_kpi.exit_reasons import from_sheets
from cs_kpi.identity.joins import Join
from cs_kpi.ingest.records import Refusal
from cs_kpi.ledger import MICRO, NEVER, Ints, Ledger, bridged_end
from cs_kpi.locale import Message, _
from cs_kpi.settings import Settings
from cs_kpi.snapshot import Snapshot, snapshot_of, tenure_bands

DATED = {"usage": "date", "surveys": "answered_on", "milestones": "completed_on", "interactions": "date",
         "cancellations": "cancelled_on"}
"""Tables whose latest date says how far the data speaks (handbook 2)."""
NO_CONTRACTS = pd.DataFrame(columns=["customer_id", "start_date", "end_date", "mrr"])
NO_ANSWERS = {"customer_id": "str", "answered_on": "datetime64[s]", "kind": "str", "score": "float64",
              "scale": "float64"}
FIRST_ROWS = ("usage", "milestones", "surveys")
"""Tables whose first row is a customer's start where there are no contracts (handbook 1)."""
LARGEST_TOTAL = 9e18 / MICRO / 12
"""Beyond this the integers of the ledger would overflow, in the ARR first."""
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
            digest.update(self.of_table(name, "content", partial(_content, name, self.tables[name])))
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
        table, _dot, column = place.partition(".")
        frame = self.tables.get(table)
        if frame is None or frame.empty:
            return False
        return not column or (column in frame and bool(frame[column].notna().any()))

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
            self._kin["", "ids"] = (None, self._sorted_ids())
        return cast(np.ndarray, self._kin["", "ids"][1])

    def _sorted_ids(self) -> np.ndarray:
        named = [frame["customer_id"].dropna().unique() for frame in self.tables.values() if "customer_id" in frame]
        ids = set().union(*(set(part) for part in named)) if named else set()
        return np.array(sorted(map(str, ids)), dtype=object)

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
        frame = self.tables.get("customers", pd.DataFrame({"customer_id": pd.Series(dtype=object)}))
        frame = frame.drop(columns=[c for c in frame if str(c).startswith("_")])
        known = frame.groupby("customer_id", sort=False).first()
        table = known.reindex(self.customer_ids)
        table.index.name = "customer_id"
        table = table.reset_index()
        names = table["customer_name"] if "customer_name" in table else pd.Series(None, index=table.index, dtype=object)
        table["customer_name"] = names.where(names.notna(), table["customer_id"])
        if "tenure_months" in table:
            table["tenure_band"] = tenure_bands(table["tenure_months"])
        return table

    @cached_property
    def surveys(self) -> pd.DataFrame:
        """The answers of surveys; those without a day are of the last day that the data speaks of, which they do not
        decide (handbook 1)."""
        frame = self.tables.get("surveys")
        if frame is None:
            frame = pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in NO_ANSWERS.items()})
        days = frame["answered_on"] if "answered_on" in frame else pd.Series(pd.NaT, index=frame.index)
        days = days.astype("datetime64[s]")
        return frame.assign(answered_on=days.fillna(pd.Timestamp(self.as_of)) if self.as_of else days)

    @property
    def counted_kinds(self) -> tuple[str, ...]:
        """The charge kinds that carry MRR."""
        return ("recurring", "variable") if self.settings.counts_variable else ("recurring",)

    @cached_property
    def counted(self) -> pd.DataFrame:
        """The subscription rows that carry MRR: recurring ones, and variable ones when the setting says so."""
        frame = self.tables.get("subscriptions")
        if frame is None or "mrr" not in frame:
            return NO_CONTRACTS
        is_counted = frame["mrr"].notna() & frame["customer_id"].notna()
        if "charge_kind" in frame:
            is_counted &= frame["charge_kind"].fillna("recurring").isin(self.counted_kinds)
        if "end_date" in frame:
            is_counted &= ~(frame["end_date"] < frame["start_date"])
        return frame[is_counted].reset_index(drop=True)

    @cached_property
    def rows_refused(self) -> int:
        """How many rows were not read; a row may have been refused for several cells."""
        return len({(refusal.file, refusal.sheet, refusal.row) for refusal in self.refused})

    @cached_property
    def currencies(self) -> tuple[str, ...]:
        """Currencies of the rows that carry MRR; none where no sheet names one."""
        if "currency" not in self.counted:
            return ()
        return tuple(sorted(self.counted["currency"].dropna().astype(str).str.upper().unique()))

    @property
    def currency(self) -> str | None:
        """The currency in which money is shown."""
        named = self.currencies[0] if len(self.currencies) == 1 else None
        return self.settings.currency or named or (None if self.currencies else self.settings.unnamed_currency)

    @property
    def needs_rates(self) -> bool:
        """Whether amounts are converted: several currencies, or another one than money is shown in."""
        shown = (self.currency or "").upper()
        return len(self.currencies) > 1 or any(code != shown for code in self.currencies)

    @cached_property
    def obstacle(self) -> Message | None:
        """Why money cannot be summed, where it cannot."""
        missing = [code for code in self.currencies if code not in self._rates] if self.needs_rates else []
        if self.currencies and (blank := int((self.counted["currency"].isna() & (self.counted["mrr"] != 0)).sum())):
            return _("The contracts are in {currencies}, and {n} rows name no currency. Say on the data page in which "
                     "one they are, or fill it in and load the file again.", currencies=self.currencies, n=blank)
        if missing and self.currency is None:
            return _("The contracts are in several currencies ({currencies}). Choose in the settings the one in which "
                     "money is shown, and enter a rate for each of the others, so that they can be added up.",
                     currencies=self.currencies)
        if missing and len(self.currencies) > 1:
            return _("The contracts are in several currencies ({currencies}). Enter a rate for {missing} in the "
                     "settings, so that they can be added up.", currencies=self.currencies, missing=missing)
        if missing:
            return _("The contracts are in {missing}, and money is to be shown in {currency}. Enter a rate for "
                     "{missing} in the settings.", missing=missing, currency=self.currency)
        if float(self._monthly().abs().sum()) > LARGEST_TOTAL:
            return _("The amounts add up to more than this product can hold exactly. Check the unit of the amount "
                     "column on the data page.")
        return None

    @property
    def _rates(self) -> dict[str, float]:
        """What one unit of each currency is worth in the shown one."""
        rates = {code.upper(): float(rate) for code, rate in self.settings.currency_rates.items()}
        return rates | ({self.currency.upper(): 1.0} if self.currency else {})

    def _monthly(self) -> pd.Series:
        """MRR of each counted row in the shown currency and without tax."""
        mrr = self.counted["mrr"].astype(float)
        if self.needs_rates:
            codes = self.counted["currency"].astype("string").str.upper()
            mrr = mrr * codes.map(self._rates).fillna(1.0).astype(float)
        return mrr / float(1 + self.settings.tax_rate) if self.settings.tax_included else mrr

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
        rows = self.tables["customers"]
        return snapshot_of(len(self.customer_ids), rows, self.codes(rows["customer_id"]), fees,
                           self.codes(fees["customer_id"]), self._micro(len(fees)))

    def _micro(self, rows: int) -> Ints:
        """MRR of the first rows as integers of 10^-6 currency units."""
        return np.rint(self._monthly().to_numpy()[:rows] * MICRO).astype(np.int64)

    @cached_property
    def ledger(self) -> Ledger:
        """Integer arrays of the rows that carry MRR, renewals bridged; row i is row i of `counted`."""
        has_rows = self.obstacle is None and "start_date" in self.counted
        frame = self.counted if has_rows else NO_CONTRACTS
        customer = self.codes(frame["customer_id"])
        start = days(frame["start_date"])
        end = days(frame["end_date"]) if "end_date" in frame else np.full(len(frame), NEVER, dtype=np.int64)
        group = customer
        if has_rows and self.has("subscriptions.product"):
            product, names = pd.factorize(frame["product"], sort=True, use_na_sentinel=True)
            group = customer * (len(names) + 1) + product.astype(np.int64) + 1
        mrr = self._micro(len(frame))
        bridged = bridged_end(group, start, end, self.settings.renewal_grace_days)
        return Ledger(customer, start, bridged, mrr, group, len(self.customer_ids))

    @cached_property
    def as_of(self) -> dt.date | None:
        """The last day that the data speaks of (handbook 2); None for a book without dates."""
        return self.settings.as_of or self.latest

    @cached_property
    def latest(self) -> dt.date | None:
        """The latest day on which the tables hold a fact."""
        latest = [self._latest(table, column) for table, column in DATED.items()]
        latest.append(self.months[1] if self.months else None)
        stands_alone = not any(latest)
        latest.append(self._latest("subscriptions", "start_date"))
        if stands_alone:
            latest.append(self._latest("subscriptions", "end_date"))
        return max((day for day in latest if day), default=None)

    def _latest(self, table: str, column: str) -> dt.date | None:
        if not self.has(f"{table}.{column}"):
            return None
        dates = from_sheets(self.tables[table])[column]
        past = dates[dates <= pd.Timestamp(self.today)]
        return None if past.empty else past.max().date()

    @cached_property
    def asks_for_as_of(self) -> bool:
        """Whether `as_of` is to be asked for: it rests on subscriptions only, or on an answer to older data."""
        if self.latest is None:
            return False
        if self.settings.as_of is None:
            return not self.months and not any(self._latest(table, column) for table, column in DATED.items())
        return self.latest > max(self.settings.as_of, self.settings.as_of_confirmed_at or self.settings.as_of)

    @property
    def data_from(self) -> dt.date | None:
        """The first day that the data speaks of: of months the first of the second one; None: everything is there."""
        return self.settings.data_from or (self.months and _next_month(self.months[0]))

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


def _content(name: str, frame: pd.DataFrame) -> bytes:
    """Changes when and only when something in a table changes."""
    digest = hashlib.sha256(f"{name}{list(frame.columns)}{len(frame)}".encode())
    digest.update(pd.util.hash_pandas_object(frame, index=False).to_numpy().tobytes())
    return digest.digest()


def _next_month(first: dt.date) -> dt.date:
    return (first + dt.timedelta(days=31)).replace(day=1)


def days(dates: pd.Series) -> Ints:
    """Dates as days since 1970-01-01; NEVER for a missing one."""
    day = pd.to_datetime(dates).to_numpy(dtype="datetime64[D]")
    return np.where(np.isnat(day), NEVER, day.astype(np.int64))


def day_of(date: dt.date) -> int:
    return (date - dt.date(1970, 1, 1)).days


def date_of(day: int) -> dt.date:
    return dt.date(1970, 1, 1) + dt.timedelta(days=day)
