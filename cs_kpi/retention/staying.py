"""How long customers stay: Kaplan-Meier curves of the whole book or of the segments of a field (handbook 4)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cs_kpi.book import Book
from cs_kpi.kpi.intervals import Floats, Z
from cs_kpi.kpi.readings import Segment
from cs_kpi.kpi.survival import Survival, at_risk_at_median, median, survival
from cs_kpi.locale import Message, _
from cs_kpi.measures import life_measures
from cs_kpi.measures.moments import coded, moment
from cs_kpi.measures.registry import OF_MONTH
from cs_kpi.measures.segments import segment_field
from cs_kpi.periods import SNAPSHOT, period_of
from cs_kpi.retention.cohorts import at_start, is_inside

MOST_CURVES = 6
"""More segments are shown as the largest five and the others together."""


BESIDE_COHORTS = _(
    "Cohorts and curves answer different questions. A cohort counts who is there at the end of the k-th calendar month "
    "after the month of the start, so that who left and came back counts again. A curve counts k months from each "
    "customer's own first day, takes in young customers for as long as they are seen, and who came back has not left. "
    "Where nobody came back, contracts run for whole calendar months and all are seen that long, both say the same.")


@dataclass(frozen=True, slots=True, eq=False)
class Stay:
    """One curve.

    name : of the segment, None: not set; `is_rest` marks the smaller segments together, the whole has neither
    n, left : customers, and how many of them have left
    longest : the longest time, in months, that anybody of it was seen
    """

    name: str | None
    n: int
    left: int
    longest: float
    curve: Survival
    is_rest: bool = False

    @property
    def median(self) -> tuple[float, float, float]:
        """Months after which half have left, and the 95 % limits; NaN where that is not reached."""
        return median(self.curve)

    @property
    def last_drop(self) -> float:
        """When the last one left that nobody outside a whole month shows: after the last whole month seen; else NaN."""
        last = float(self.curve.time[-1]) if len(self.curve.time) else np.nan
        return last if last > np.floor(self.longest) else np.nan

    @property
    def at_median(self) -> int | None:
        """How many customers were still there just before half had left; None where that is not reached."""
        return at_risk_at_median(self.curve)

    def at(self, month: float) -> tuple[float, float, float]:
        """The share that is there after a time, and its 95 % limits; NaN beyond what was seen, unless all have left."""
        if month > self.longest and self.left < self.n:
            return np.nan, np.nan, np.nan
        place = int(np.searchsorted(self.curve.time, month, side="right")) - 1
        share = self.curve.at(month)
        off = Z * float(self.curve.error[place]) if place >= 0 else 0.0
        return share, max(share - off, 0.0), min(share + off, 1.0)


def obstacle(book: Book) -> Message | None:
    """Why nobody knows how long customers stay."""
    if book.is_snapshot:
        return life_measures.no_tenures(book)
    return None if book.has_contracts else _(
        "How long customers stay takes contracts with a start and an end. Load them on the data page.")


def stays(book: Book, by: str | None = None, segment: Segment | None = None) -> list[Stay]:
    """The curve of the whole book, or of each segment of a field, the largest first and the others together last.

    by, segment : a field that changes with the contract is taken on the first active day
    Who is there is censored at `as_of`. Customers that were there before the data begins are in none, unless
    `started_on` says since when. Nobody known: no curve.
    Raises DataError for an unknown field.
    """
    months, has_left, is_in = tenures(book)
    is_in = is_in & is_inside(book, segment)
    if by is None or not is_in.any():
        return [_stay(None, months[is_in], has_left[is_in])] if is_in.any() else []
    code, names = coded(pd.Series(at_start(book, segment_field(book, by))))
    size = np.bincount(code[is_in] + 1, minlength=len(names) + 1)
    order = [int(place) - 1 for place in np.argsort(-size, kind="stable") if size[place]]
    kept = order if len(order) <= MOST_CURVES else order[:MOST_CURVES - 1]
    found = [_stay(names[one] if one >= 0 else None, months[is_in & (code == one)], has_left[is_in & (code == one)])
             for one in kept]
    rest = is_in & ~np.isin(code, kept)
    return found + ([_stay(None, months[rest], has_left[rest], is_rest=True)] if rest.any() else [])


def _stay(name: str | None, months: Floats, has_left: np.ndarray, is_rest: bool = False) -> Stay:
    return Stay(name, len(months), int(has_left.sum()), float(months.max()), survival(months, has_left), is_rest)


def tenures(book: Book) -> tuple[Floats, np.ndarray, np.ndarray]:
    """Months of tenure as survival wants them (`time_seen`), who has left, and whose tenure is known."""
    if book.as_of is None and not book.is_snapshot:
        nobody = np.zeros(len(book.customer_ids), dtype=bool)
        return np.zeros(len(nobody)), nobody, nobody
    now = moment(book, SNAPSHOT if book.is_snapshot or book.as_of is None else period_of("month", book.as_of))
    has_left = np.asarray(life_measures.has_ended(now), dtype=bool)
    seen = life_measures.time_seen(life_measures.tenure(now), has_left, book)
    return seen / OF_MONTH, has_left, np.asarray(life_measures.has_begun(now), dtype=bool)
