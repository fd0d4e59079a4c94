"""How far the data speaks: its last day, its first one, and whether the last one is to be asked for (handbook 2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from cs_kpi.days import next_month
from cs_kpi.exit_reasons import from_sheets
from cs_kpi.settings import Settings

DATED = {"usage": "date", "surveys": "answered_on", "milestones": "completed_on", "interactions": "date",
         "cancellations": "cancelled_on"}
"""Tables whose latest date says how far the data speaks (handbook 2)."""


def has_values(tables: Mapping[str, pd.DataFrame], place: str) -> bool:
    """Whether `table` or `table.field` was found with at least one value."""
    table, _dot, column = place.partition(".")
    frame = tables.get(table)
    if frame is None or frame.empty:
        return False
    return not column or (column in frame and bool(frame[column].notna().any()))


@dataclass(frozen=True, eq=False)
class DataDates:
    """Of a Book's tables, settings, day of being built and months; see `Book`."""

    tables: Mapping[str, pd.DataFrame]
    settings: Settings
    today: dt.date
    months: tuple[dt.date, dt.date] | None

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
        if not has_values(self.tables, f"{table}.{column}"):
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
        return self.settings.data_from or (self.months and next_month(self.months[0]))
