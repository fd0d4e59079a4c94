"""Targets against what happened: met, missed, or not to be told yet; and what three periods running propose."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from cs_kpi.book import Book
from cs_kpi.errors import DataError
from cs_kpi.kpi.cards import half_width
from cs_kpi.kpi.readings import Reading, series
from cs_kpi.kpi.registry import Kpi
from cs_kpi.locale import Message
from cs_kpi.periods import Period
from cs_kpi.targets.goals import ReviewRules, Wanted

Status = Literal["met", "missed", "on_track", "behind", "not_testable", "too_early", "no_value"]
JUDGED = ("met", "missed", "not_testable")
"""The statuses of a period that is over and has a value."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A target in one of its periods.

    wanted : what it asks for
    status : met or missed where the 95 % interval of the reading does not hold the target (totals have none), else not
        testable; too early while the period is not complete
    gap : by how much the reading is better than the target, in the KPI's unit; None where it is not known
    """

    period: Period
    wanted: float
    reading: Reading
    status: Status
    gap: float | None

    @property
    def is_judged(self) -> bool:
        return self.status in JUDGED


@dataclass(frozen=True, slots=True)
class Streak:
    """So many periods in a row that say the same: easily met, or missed.

    level : of easily met ones what all of them reached; of missed ones the best of them
    """

    kind: Literal["easy", "missed"]
    periods: tuple[Period, ...]
    level: float


def judged(book: Book, wanted: Wanted) -> list[Judged]:
    """A target in each of its periods. A segment that the book does not have any more has no value anywhere."""
    found = measured(book, wanted, wanted.periods)
    kpi = wanted.measured
    return [_judged(book, kpi, value, reading) for value, reading in zip(wanted.values, found, strict=True)]


def measured(book: Book, wanted: Wanted, run: Sequence[Period]) -> list[Reading]:
    """What a target is about in every period of a run; not available, with the reason, where the book no longer has
    its segment."""
    try:
        return series(book, run, [wanted.kpi], wanted.whom, wanted.convention)[wanted.kpi] if run else []
    except DataError as error:
        return [_unknown(wanted, period, error.message) for period in run]


def _unknown(wanted: Wanted, period: Period, reason: Message) -> Reading:
    return Reading(wanted.kpi, period, wanted.whom, None, None, None, 0, None, None, "not_available", reason,
                   wanted.convention)


def _judged(book: Book, kpi: Kpi, wanted: float, reading: Reading) -> Judged:
    has_begun = book.as_of is not None and reading.period.start <= book.as_of
    gap = None if reading.value is None or not has_begun else better_by(kpi, reading.value, wanted)
    return Judged(reading.period, wanted, reading, _status(book, kpi, wanted, reading, gap), gap)


def _status(book: Book, kpi: Kpi, wanted: float, reading: Reading, gap: float | None) -> Status:
    if reading.status == "not_available":
        return "no_value"
    if reading.status == "incomplete" or book.as_of is None or reading.period.end > book.as_of:
        return "too_early"
    if reading.value is None or gap is None:
        return "no_value"
    if kpi.is_rate and not is_told(reading, wanted):
        return "not_testable"
    return "met" if gap >= 0 else "missed"


def is_told(reading: Reading, wanted: float) -> bool:
    """Whether a rate's noise leaves no doubt on which side of the target it is."""
    return reading.low is not None and reading.high is not None and not reading.low <= wanted <= reading.high


def better_by(kpi: Kpi, value: float, than: float) -> float:
    """By how much a value is better; negative where it is worse."""
    return value - than if kpi.better == "up" else than - value


def overall(found: Sequence[Judged]) -> Status:
    """How a target stands: by its last complete period, and whether more are to come."""
    known = [one for one in found if one.is_judged]
    is_open = any(one.status == "too_early" for one in found)
    if not known:
        return "too_early" if is_open else "no_value"
    last = known[-1]
    if last.status == "not_testable" or not is_open:
        return last.status
    return "on_track" if last.status == "met" else "behind"


def latest(found: Sequence[Judged]) -> Judged:
    """The last period that is judged; before there is one, the last that has begun, else the first."""
    known = [one for one in found if one.is_judged] or [one for one in found if one.gap is not None]
    return known[-1] if known else found[0]


def streak(found: Sequence[Judged], kpi: Kpi, rules: ReviewRules) -> Streak | None:
    """What the last periods in a row say of a target's level, where their noise together leaves no doubt.

    Easy: every one beats the target by the margin. Missed: every one misses it. And the mean of them differs from the
    mean of what was asked for by more than its own 95 % half-width.
    """
    over = [one for one in found if one.status != "too_early"][-rules.running:]
    gaps = [one.gap for one in over if one.is_judged and one.gap is not None]
    if len(gaps) < rules.running or not abs(sum(gaps) / len(gaps)) > _noise(over, kpi):
        return None
    best_first = sorted((one.reading.value for one in over if one.reading.value is not None),
                        reverse=kpi.better == "up")
    periods = tuple(one.period for one in over)
    if all(gap > 0 and gap >= rules.margin * abs(one.wanted) for gap, one in zip(gaps, over, strict=True)):
        return Streak("easy", periods, best_first[-1])
    return Streak("missed", periods, best_first[0]) if all(gap < 0 for gap in gaps) else None


def _noise(over: Sequence[Judged], kpi: Kpi) -> float:
    """The half-width of the mean of several readings; trailing periods overlap, and together tell no more than one."""
    if not kpi.is_rate:
        return 0.0
    widths = [half_width(one.reading) for one in over]
    return max(widths) if over[0].period.kind == "ttm" else math.hypot(*widths) / len(widths)
