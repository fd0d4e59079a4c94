"""Whether the score, at past closings, foresaw who then left (handbook 6)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from cs_kpi.book import Book, date_of
from cs_kpi.churn.metrics import Draws, Estimate
from cs_kpi.churn.table import Progress, silent
from cs_kpi.health.compare import Comparison, compared
from cs_kpi.health.judgement import against, findings
from cs_kpi.health.measured import SEED, Trial, trial
from cs_kpi.health.past import Departures, Past, departures, past, places
from cs_kpi.health.score import NO_BAND
from cs_kpi.health_rules import BANDS, HealthConfiguration
from cs_kpi.ledger import MICRO, Ints
from cs_kpi.locale import Message

WARNED_MONTHS = 3
"""How long before it was lost MRR should have been red or yellow (handbook 6)."""
RED, GREEN = BANDS.index("red"), BANDS.index("green")


@dataclass(frozen=True, slots=True)
class Named:
    """A customer whom the score misjudged.

    closing : when it was scored; None in a list without dates
    score, mrr : at that closing; the MRR in currency
    left : the last closing at which it was there; None for who stayed
    """

    customer_id: str
    customer_name: str
    closing: dt.date | None
    score: float
    mrr: float
    left: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Warnings:
    """How early the score warned of those who left.

    share : of the churned MRR whose customers had a score 3 months before, what part was red or yellow then
    of_all : what part of all MRR was red or yellow at those closings: what warning of everybody alike would give
    mrr, unknown_mrr : the churned MRR in the share, and that of customers who had no score 3 months before
    lead_months : median number of closings in a row, up to the last one, at which who left was red or yellow; NaN where
        nobody left
    warned, left : how many of those who left were red or yellow at their last closing, and how many had a score then
    """

    share: Estimate
    of_all: float
    mrr: float
    unknown_mrr: float
    lead_months: float
    warned: int
    left: int

    @property
    def churned_mrr(self) -> float:
        """All that was lost, with a score 3 months before or without."""
        return self.mrr + self.unknown_mrr


@dataclass(frozen=True)
class Backtest:
    """What a score would have said.

    closings : the first and the last closing that could be judged; None for a list without dates
    rows, left : customers at closings with a score and a known fate; how many different customers left
    trial : the score on all of them
    warnings : None for a list without dates
    greens_left : green 3 months before they left; reds_stayed : red at the last judged closing, and stayed
    against : why the score is not proven, whole sentences; empty where it is
    findings : what it shows, in words
    notes : what the past does not hold
    """

    configuration: HealthConfiguration
    closings: tuple[dt.date, dt.date] | None
    rows: int
    left: int
    trial: Trial
    warnings: Warnings | None
    greens_left: tuple[Named, ...]
    reds_stayed: tuple[Named, ...]
    comparison: Comparison | None
    against: tuple[Message, ...]
    findings: tuple[Message, ...]
    notes: tuple[Message, ...]


def backtest(book: Book, configuration: HealthConfiguration, other: HealthConfiguration | None = None,
             told: Progress = silent) -> Backtest:
    """The test of a score on the past, beside `other` (the saved one) and weights fitted to the data.

    told : hears how far it is, 0 to 1
    Raises DataError where the book does not tell who left, or has no part of the score.
    """
    found = past(book, configuration, lambda share: told(0.5 * share))
    horizon = {"horizon_months": configuration.horizon_months}
    others = [past(book, other.model_copy(update=horizon), lambda share: told(0.5 + 0.3 * share))] if other else []
    rows = found.judged
    measured, gone = trial(configuration.name, found, found.scores, rows), departures(found)
    left = len(np.unique(found.rows.customer[rows[found.rows.label[rows] == 1]]))
    told(0.9)
    warned = _warnings(found, gone) if found.rows.is_dated else None
    comparison = compared(found, others)
    told(1.0)
    share, of_all = (warned.share, warned.of_all) if warned else (None, 0.0)
    shown = findings(measured, configuration, left, share, of_all)
    return Backtest(configuration, _span(found, rows), len(rows), left, measured, warned, _greens_left(found, gone),
                    _reds_stayed(found), comparison, against(measured, left, len(rows)), shown, found.notes)


def _span(of: Past, which: Ints) -> tuple[dt.date, dt.date] | None:
    if not of.rows.is_dated or not len(which):
        return None
    closings = of.rows.closing[which]
    return date_of(int(closings.min())), date_of(int(closings.max()))


def _warnings(of: Past, gone: Departures) -> Warnings:
    band, paid = _band_at(of, gone, WARNED_MONTHS - 1), gone.mrr
    known = band != NO_BAND
    is_warned = known & (band < GREEN)
    weigh = Draws(gone.customer[known], SEED)
    warned, mrr = (is_warned * paid)[known], paid[known]

    def share(weight: np.ndarray) -> float:
        whole = float((weight * mrr).sum())
        return float((weight * warned).sum()) / whole if whole else float("nan")
    [part] = weigh.estimates(share)
    lead, last = _lead(of, gone), _band_at(of, gone, 0)
    had = last != NO_BAND
    return Warnings(part, _share_of_all(of), float(mrr.sum()), float(paid[~known].sum()),
                    float(np.median(lead[had])) if had.any() else float("nan"), int((lead > 0).sum()), int(had.sum()))


def _band_at(of: Past, gone: Departures, back: int) -> Ints:
    """The band of each departure so many closings before its last one; NO_BAND where it was not there."""
    row = places(of, gone.customer, gone.last - back)
    return np.where(row >= 0, of.scores.band[row], NO_BAND) if len(of.rows) else np.full(len(row), NO_BAND)


def _lead(of: Past, gone: Departures) -> Ints:
    """At how many closings in a row, up to the last, each departure was red or yellow."""
    lead, still = np.zeros(len(gone.customer), dtype=np.int64), np.ones(len(gone.customer), dtype=bool)
    for back in range(len(of.rows.closings)):
        band = _band_at(of, gone, back)
        still &= (band != NO_BAND) & (band < GREEN)
        if not still.any():
            break
        lead += still
    return lead


def _share_of_all(of: Past) -> float:
    """The part of the MRR of all scored customers at judged closings that was red or yellow."""
    rows = of.judged
    mrr = _mrr(of, rows)
    whole = mrr.sum()
    return float(mrr[of.scores.band[rows] < GREEN].sum() / whole) if whole else float("nan")


def _mrr(of: Past, which: Ints) -> np.ndarray:
    """What the customers of some rows paid at their closings, in currency."""
    found = np.zeros(len(which))
    if of.book.snapshot is not None:
        return of.book.snapshot.opening[of.rows.customer[which]] / MICRO
    days = np.unique(of.rows.closing[which])
    for day, mrr in zip(days, of.book.ledger.closings(days.tolist()), strict=True):
        mine = of.rows.closing[which] == day
        found[mine] = mrr[of.rows.customer[which[mine]]] / MICRO
    return found


def _greens_left(of: Past, gone: Departures) -> tuple[Named, ...]:
    """Green 3 months before they left, the largest MRR first."""
    back = WARNED_MONTHS - 1 if of.rows.is_dated else 0
    row = (places(of, gone.customer, gone.last - back) if of.rows.is_dated
           else np.searchsorted(of.rows.customer, gone.customer))
    is_green = (row >= 0) & (of.scores.band[row] == GREEN) if len(of.rows) else np.zeros(len(row), dtype=bool)
    left = [of.rows.closings[place] for place in gone.last[is_green]] if of.rows.is_dated else None
    return _named(of, row[is_green], left)


def _reds_stayed(of: Past) -> tuple[Named, ...]:
    """Red at the last closing whose fate is known, and still there after the horizon; the largest MRR first."""
    rows = of.judged
    if not len(rows):
        return ()
    last = rows[of.rows.closing[rows] == of.rows.closing[rows].max()]
    return _named(of, last[(of.scores.band[last] == RED) & (of.rows.label[last] == 0)], None)


def _named(of: Past, which: Ints, left: list[int] | None) -> tuple[Named, ...]:
    mrr, ids, names = _mrr(of, which), of.book.customer_ids, of.book.customers["customer_name"]
    found = [Named(str(ids[code]), str(names.iloc[code]), date_of(int(day)) if of.rows.is_dated else None, float(score),
                   float(paid), date_of(left[place]) if left else None)
             for place, (code, day, score, paid) in enumerate(zip(
                 of.rows.customer[which], of.rows.closing[which], of.scores.score[which], mrr, strict=True))]
    return tuple(sorted(found, key=lambda one: (-one.mrr, one.customer_name, one.customer_id, str(one.closing))))
