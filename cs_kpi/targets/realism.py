"""How realistic a target is: how often the book's own history reached it, and whether its noise could tell."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from cs_kpi.book import Book
from cs_kpi.kpi.estimates import is_share
from cs_kpi.kpi.readings import Reading
from cs_kpi.kpi.registry import Kpi
from cs_kpi.periods import MONTHS, Period, period_of
from cs_kpi.shares import Z
from cs_kpi.targets.goals import DatedKind, Wanted
from cs_kpi.targets.review import measured

Word = Literal["easy", "realistic", "stretch", "out_of_reach", "unknown"]
LOOK_BACK_MONTHS = 36
FEWEST = 6
"""Periods of history below which nothing is said of how often it reached a level."""
EASY, REALISTIC = 0.75, 0.25
"""Shares of the history that reached the target, from which on it is called so."""


@dataclass(frozen=True, slots=True)
class Reached:
    """How often a history reached a level: k of n; its best and its median, and the level that a quarter reached."""

    k: int
    n: int
    best: float
    median: float
    quarter: float

    @property
    def share(self) -> float:
        return self.k / self.n if self.n else math.nan


@dataclass(frozen=True, slots=True)
class Realism:
    """What is known of a target's last value before its period opens.

    latest : the last complete reading before; None where there is none
    levels : how often a complete period was at least as good
    moves : of what stands at the closing (MRR, customers): how often it moved as far, in as many periods; else None
    distance, steps : periods from `latest` to the target, and how many of them a move of the history spans
    is_testable : whether the target lies outside the 95 % interval of `latest`; None where that has none
    customers_needed : in the denominator for the interval to end at the target; None where nothing would do, or needed
    periods_needed : how many periods like the latest have as many together; None where periods overlap
    """

    wanted: float
    latest: Reading | None
    levels: Reached
    moves: Reached | None
    distance: int
    steps: int
    word: Word
    is_testable: bool | None
    customers_needed: int | None
    periods_needed: int | None

    @property
    def decides(self) -> Reached:
        """The history that the word rests on."""
        return self.moves or self.levels


def realism(book: Book, wanted: Wanted) -> Realism:
    """How realistic the value of the target's last period is, by what was known before its first one."""
    value, last, kpi = wanted.values[-1], wanted.periods[-1], wanted.measured
    known = _history(book, wanted)
    values = [reading.value for reading in known if reading.value is not None]
    now = next((reading for reading in reversed(known) if reading.value is not None), None)
    levels = _reached(kpi, values, value)
    distance = _distance(now.period, last) if now else 0
    steps = max(1, min(distance, len(values) // 3))
    moves = _moves(kpi, values, value, distance, steps) if is_standing(kpi) and now else None
    word = _word(kpi, moves[0] if moves else levels, moves[1] if moves else value)
    testable = _testable(kpi, now, value)
    customers, periods = _needed(kpi, now, value) if testable is False and now else (None, None)
    return Realism(value, now, levels, moves[0] if moves else None, distance, steps, word, testable, customers, periods)


def is_standing(kpi: Kpi) -> bool:
    """Whether it is an amount or a number at the closing, which the next period begins with (MRR, customers, ARPA)."""
    return kpi.at == "closing" and kpi.unit in ("money", "count")


def complete_periods(book: Book, kind: DatedKind, before: Period | None = None, first_month: int = 1) -> list[Period]:
    """The complete periods of a kind that open with customers, the last 36 months of them, the earliest first.

    before : only those that end before this one opens
    """
    if book.as_of is None or book.first_day is None:
        return []
    end = book.as_of
    if before is not None:  # trailing periods overlap: those before the target's are the ones that end earlier
        end = min(end, before.shifted(-1).end)
    last = period_of(kind, end, first_month)
    if last.end > end:
        last = last.shifted(-1)
    most = LOOK_BACK_MONTHS if kind == "ttm" else LOOK_BACK_MONTHS // MONTHS[kind]
    run = [last.shifted(-back) for back in reversed(range(max(most, FEWEST)))]
    return [one for one in run if one.opening >= book.first_day
            and (book.data_from is None or one.start >= book.data_from)]


def _history(book: Book, wanted: Wanted) -> list[Reading]:
    run = complete_periods(book, wanted.kind, wanted.periods[0], wanted.first_month)
    return [reading for reading in measured(book, wanted, run) if reading.status != "incomplete"]


def _distance(now: Period, last: Period) -> int:
    months = (last.end.year - now.end.year) * 12 + last.end.month - now.end.month
    return max(1, months if last.kind == "ttm" else months // MONTHS[last.kind])


def _reached(kpi: Kpi, values: Sequence[float], wanted: float) -> Reached:
    if not values:
        return Reached(0, 0, math.nan, math.nan, math.nan)
    known = np.array(values)
    is_up = kpi.better == "up"
    count = int((known >= wanted).sum() if is_up else (known <= wanted).sum())
    best = known.max() if is_up else known.min()
    return Reached(count, len(known), float(best), float(np.median(known)),
                   float(np.quantile(known, 1 - REALISTIC if is_up else REALISTIC)))


def _moves(kpi: Kpi, values: Sequence[float], wanted: float, distance: int, steps: int) -> tuple[Reached, float]:
    """How often it grew as fast over `steps` periods as the target asks for, and that growth; by factors where all is
    above 0, else by differences. A quarter of them led to the level in `quarter` by the target's period."""
    known = np.array(values)
    if (known > 0).all() and wanted > 0:
        moved, asked = known[steps:] / known[:-steps], (wanted / known[-1]) ** (steps / distance)
        found = _reached(kpi, moved.tolist(), asked)
        return _with_quarter(found, float(known[-1] * found.quarter ** (distance / steps))), float(asked)
    moved, asked = known[steps:] - known[:-steps], (wanted - known[-1]) * steps / distance
    found = _reached(kpi, moved.tolist(), asked)
    return _with_quarter(found, float(known[-1] + found.quarter * distance / steps)), float(asked)


def _with_quarter(found: Reached, level: float) -> Reached:
    return Reached(found.k, found.n, found.best, found.median, level)


def _word(kpi: Kpi, found: Reached, asked: float) -> Word:
    """By how often the history reached it; what it never did is a stretch as long as it lies no farther beyond the best
    than the best beyond the median."""
    if found.n < FEWEST:
        return "unknown"
    if found.share >= EASY:
        return "easy"
    if found.share >= REALISTIC:
        return "realistic"
    beyond = asked - found.best if kpi.better == "up" else found.best - asked
    return "stretch" if found.k or beyond <= abs(found.best - found.median) else "out_of_reach"


def _testable(kpi: Kpi, now: Reading | None, wanted: float) -> bool | None:
    """Totals are counted, not estimated: any other number is another one."""
    if now is None:
        return None
    if not kpi.is_rate:
        return True
    return None if now.low is None or now.high is None else not now.low <= wanted <= now.high


def _needed(kpi: Kpi, now: Reading, wanted: float) -> tuple[int | None, int | None]:
    """How many customers and periods it takes for the interval to end at the target, at the same value.

    Of a share, Wilson's holds the target as long as they differ by at most z times the root of t (1 - t) / n; other
    intervals narrow by the root of n.
    """
    assert now.value is not None
    assert now.low is not None
    assert now.high is not None
    apart = abs(wanted - now.value)
    if apart == 0 or now.n == 0:
        return None, None
    if is_share(kpi):
        customers = Z ** 2 * wanted * (1 - wanted) / apart ** 2
    else:
        customers = now.n * ((now.high - now.value if wanted > now.value else now.value - now.low) / apart) ** 2
    customers = max(customers, now.n)
    if now.period.kind == "ttm":
        return math.ceil(customers), None
    return math.ceil(customers), math.ceil(customers / now.n)


def guess(book: Book, wanted: Wanted) -> float:
    """A level to begin with: what a quarter of the history reached, to three digits; 0 where there is no history.

    Numbers of customers are whole, on the easier side.
    """
    found, kpi = realism(book, wanted).decides.quarter, wanted.measured
    if math.isnan(found):
        return 0.0
    level = float(f"{found:.3g}")
    if kpi.unit != "count":
        return level
    return float(math.floor(level) if kpi.better == "up" else math.ceil(level))
