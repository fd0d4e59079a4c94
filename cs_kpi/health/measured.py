"""How well scores told who would leave: by band, by rank, with intervals."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from cs_kpi.churn.metrics import Draws, Estimate, Ranking
from cs_kpi.churn.model import Sample, thinned
from cs_kpi.churn.table import FeatureTable
from cs_kpi.health.past import Past
from cs_kpi.health.score import Scores
from cs_kpi.health_rules import BANDS, Band
from cs_kpi.ledger import Ints
from cs_kpi.locale import Message
from cs_kpi.shares import wilson

MOST_ROWS = 60_000
"""More snapshots than these are thinned out by customers where ranks are drawn again."""
SEED = 0


@dataclass(frozen=True, slots=True)
class BandRate:
    """What became of the customers in one band.

    rows, left : customers at closings that lie a horizon apart, so that nobody leaves twice; how many left within it
    rate : share with Wilson's interval; NaN where nobody was in the band
    """

    band: Band
    rows: int
    left: int
    rate: Estimate


@dataclass(frozen=True, slots=True)
class Trial:
    """One way of scoring, measured.

    roc_auc, lift : of the unhealth (100 - score), intervals by drawing customers again; NaN where nobody left or all
    bands : from the worst
    """

    name: str | Message
    roc_auc: Estimate
    lift: Estimate
    bands: tuple[BandRate, ...]

    @property
    def has_signal(self) -> bool:
        """Whether the score ranks leavers below the others, beyond chance."""
        return self.roc_auc.low > 0.5

    @property
    def tells_bands_apart(self) -> bool:
        """Whether red leaves more than green, intervals apart."""
        return self.bands[0].rate.low > self.bands[-1].rate.high


def trial(name: str | Message, of: Past, scores: Scores, which: Ints) -> Trial:
    """The measure of scores (one per row of the past) on the rows `which`."""
    ranked = thinned(sample_of(of), which, MOST_ROWS, SEED)
    label = of.rows.label[ranked]
    unhealth = 100 - scores.score[ranked]
    known = ~np.isnan(unhealth)
    ranking = Ranking(unhealth[known], label[known])
    roc, lift = Draws(of.rows.customer[ranked][known], SEED).estimates(ranking.roc_auc, ranking.lift)
    return Trial(name, roc, lift, bands(of, scores, which))


def sample_of(of: Past) -> Sample:
    """The rows of the past without features, for the ways of the churn model of splitting and thinning them."""
    return Sample(of.rows, FeatureTable({}, {}, np.empty((len(of.rows), 0))))


def bands(of: Past, scores: Scores, which: Ints) -> tuple[BandRate, ...]:
    """The churn rate of each band."""
    rows = which[np.isin(of.rows.closing[which], apart(of, which))]
    found = []
    for place, band in enumerate(BANDS):
        mine = of.rows.label[rows][scores.band[rows] == place]
        left, size = int(mine.sum()), len(mine)
        low, high = wilson(left, size) if size else (math.nan, math.nan)
        found.append(BandRate(band, size, left, Estimate(left / size if size else math.nan, low, high)))
    return tuple(found)


def apart(of: Past, which: Ints) -> list[int]:
    """Closings a horizon apart, counted back from the last one among the rows."""
    closings = [int(day) for day in np.unique(of.rows.closing[which])]
    return closings[::-1][::of.configuration.horizon_months]
