"""How one customer uses the service: by month, by feature and by user, with trend and last use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from cs_kpi.book import Book, date_of, day_of
from cs_kpi.customer.rows import Rows
from cs_kpi.ledger import MICRO, Ints
from cs_kpi.locale import Language, Message, _
from cs_kpi.measures.use import UseLog
from cs_kpi.periods import Period, month_start, periods

WINDOW_DAYS = 30
MONTHS_SHOWN = 24
SHOWN_ALONE = 4
"""Features with bars of their own; the others are one."""
By = Literal["feature", "user"]


@dataclass(frozen=True, slots=True)
class Uses:
    """Uses of one customer by month. run : the months, at most 24 up to the end of the data; of who has used
    nothing for longer, up to its last use
    names : features, the most used first, "" for uses that name none; counts : names x months"""

    run: tuple[Period, ...]
    names: tuple[str, ...]
    counts: np.ndarray


def monthly_uses(book: Book, code: int) -> Uses | None:
    """What was used month by month; None where the customer has no use at all, or the book none."""
    log, known = _log(book, code)
    if log is None or not known:
        return None
    assert book.as_of is not None
    last = date_of(int(log.day[:known].max()))
    last = book.as_of if month_start(last, MONTHS_SHOWN) > book.as_of else last
    begin = max(month_start(last, 1 - MONTHS_SHOWN), month_start(date_of(int(log.day[:known].min()))))
    run = periods("month", begin, last)
    month = np.searchsorted([day_of(one.start) for one in run], log.day[:known], side="right") - 1
    inside = month >= 0
    code_of = log.feature[:known][inside]
    seen, place = np.unique(code_of, return_inverse=True)
    counts = np.zeros((len(seen), len(run)))
    np.add.at(counts, (place, month[inside]), log.count[:known][inside] / MICRO)
    order = np.argsort(-counts.sum(axis=1), kind="stable")
    names = [log.features[one] if one >= 0 else "" for one in seen.tolist()]
    return Uses(tuple(run), tuple(names[one] for one in order), counts[order])


def _log(book: Book, code: int) -> tuple[UseLog | None, int]:
    """A customer's log, and how many of its rows are known at the end of the data."""
    if not book.has("usage.date") or book.as_of is None:
        return None, 0
    log = book.once(Rows).uses(code)
    return log, int(np.searchsorted(log.day, day_of(book.as_of), side="right"))


HEADS: dict[By, Message] = {"feature": _("Feature"), "user": _("User ID")}


def use_table(book: Book, code: int, by: By, language: Language, hides_names: bool = False) -> pd.DataFrame:
    """A row per feature or user: uses in the last 30 days, in the 30 before, the change (0..1), all uses, last use.

    The most used lately first. Empty where no row names one. Users are numbered where names are hidden.
    """
    log, known = _log(book, code)
    if log is None or not known:
        return pd.DataFrame()
    kind = (log.feature if by == "feature" else log.user)[:known]
    rows, kind = np.flatnonzero(kind >= 0), kind[kind >= 0]
    if not len(rows):
        return pd.DataFrame()
    assert book.as_of is not None
    today = day_of(book.as_of)
    seen, first, place = np.unique(kind, return_index=True, return_inverse=True)
    day, count = log.day[rows], log.count[rows] / MICRO
    late, early = day > today - WINDOW_DAYS, (day <= today - WINDOW_DAYS) & (day > today - 2 * WINDOW_DAYS)
    lately, before = (np.bincount(place[part], count[part], len(seen)) for part in (late, early))
    last = np.zeros(len(seen), dtype=np.int64)
    np.maximum.at(last, place, day)
    with np.errstate(divide="ignore", invalid="ignore"):
        change = np.where(before > 0, lately / before - 1, np.nan)
    names = _names(book, log, code, by, rows[first], seen, hides_names)
    frame = pd.DataFrame({
        HEADS[by].text(language): names, _("Last 30 days").text(language): lately,
        _("30 days before").text(language): before, CHANGE.text(language): change,
        _("All uses").text(language): np.bincount(place, count, len(seen)),
        _("Last use").text(language): [date_of(int(one)) for one in last]})
    return frame.iloc[np.lexsort((-last, -lately))].reset_index(drop=True)


CHANGE = _("Change")


def _names(book: Book, log: UseLog, code: int, by: By, rows: Ints, seen: Ints, hides_names: bool) -> list[str]:
    """What features or users are called. rows : one place in the log for each"""
    if by == "feature":
        return [log.features[one] for one in seen.tolist()]
    if hides_names:
        return [str(number) for number in range(1, len(seen) + 1)]
    mine = book.once(Rows).of("usage", code)
    mine = mine[mine["date"].notna()].sort_values("date", kind="stable")
    return [str(one) for one in mine["user_id"].iloc[rows]]
