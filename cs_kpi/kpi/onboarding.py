"""The onboarding states with their customers by name, for a page and for export (handbook 5)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from cs_kpi.book import Book, date_of, day_of
from cs_kpi.errors import DataError
from cs_kpi.kpi.behind import inside_of
from cs_kpi.kpi.declarations import KPIS
from cs_kpi.kpi.readings import Segment, missing
from cs_kpi.ledger import NEVER
from cs_kpi.measures.moments import moment
from cs_kpi.measures.onboarding import OUTSIDE, STATES, onboarding, rule_label
from cs_kpi.measures.segments import segment_field
from cs_kpi.periods import Period


def standings(book: Book, period: Period | Sequence[Period] | None = None,
              segment: Segment | None = None) -> pd.DataFrame:
    """How every customer that started (in the period or in one of several, in the segment) stands with its onboarding.

    returns : customer_id, customer_name, started_on, state (one of STATES), completed_on, limit, days_left (negative:
        so many days over it), missing (the steps not done, a list of texts and messages) and owner where there is one;
        by state, then by limit and name. After completion days_left is NaN and nothing is missing.
    Raises DataError where onboarding is not available.
    """
    if reason := missing(book, KPIS["onboarding_completion_rate"]):
        raise DataError(reason)
    found = book.once(onboarding)
    who = found.state != OUTSIDE
    who &= starters(book, [period] if isinstance(period, Period) else period, segment)
    code = np.flatnonzero(who)
    table = book.customers.loc[code, ["customer_id", "customer_name"]].assign(
        started_on=_dates(book.start_day[code]), state=[list(STATES)[state] for state in found.state[code]],
        completed_on=_dates(found.completed_on[code]), limit=_dates(found.limit[code]))
    is_open = found.completed_on[code] == NEVER
    assert book.as_of is not None
    table["days_left"] = np.where(is_open, found.limit[code] - day_of(book.as_of), np.nan)
    labels = [rule_label(rule) for rule in found.criterion.rules]
    table["missing"] = [[label for label, day in zip(labels, found.met_on[:, one], strict=True) if day == NEVER]
                        if is_open[place] else [] for place, one in enumerate(code)]
    if "owner" in book.customers:
        table["owner"] = book.customers.loc[code, "owner"]
    order = np.lexsort((table["customer_name"].astype(str), found.limit[code], found.state[code]))
    return table.iloc[order].reset_index(drop=True)


def starters(book: Book, run: Sequence[Period] | None = None, segment: Segment | None = None) -> np.ndarray:
    """Who started in one of the periods (None: at any time up to the end of the data), in the segment of that day."""
    assert book.as_of is not None
    found = book.start_day <= day_of(book.as_of)
    if run is not None:
        inside = [(book.start_day >= day_of(one.start)) & (book.start_day <= day_of(one.end)) for one in run]
        found &= np.logical_or.reduce(inside)
    if segment is not None:
        field = segment_field(book, segment.field)
        columns = [field.column] if field.source == "subscriptions" else []
        last = Period("month", book.as_of.replace(day=1))
        found &= inside_of(moment(book, last, columns), "start", segment)
    return found


def start_periods(run: Sequence[Period]) -> list[Period]:
    """The periods by which starts are counted: those of a run, which do not overlap; of trailing ones, the months of
    the last."""
    if run[-1].kind != "ttm":
        return list(run)
    last = Period("month", run[-1].end.replace(day=1))
    return [last.shifted(-back) for back in range(11, -1, -1)]


def _dates(day: np.ndarray) -> list[object]:
    return [date_of(int(one)) if one < NEVER else None for one in day]
