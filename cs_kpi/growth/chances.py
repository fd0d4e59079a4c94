"""How often customers with the same signs bought more within three months, and by how much: measured, not felt.

Customers with the same signs are those that showed exactly them. Where they are too few, the last sign of `SIGNS` is
ignored, then the one before, until there are enough; once no sign would be left that makes a candidate, nothing is
known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from cs_kpi.churn.events import Floats
from cs_kpi.growth.past import Past
from cs_kpi.growth.signs import leading
from cs_kpi.ledger import Ints
from cs_kpi.shares import Interval, wilson

FEWEST_ROWS, FEWEST_RISES = 50, 10
"""Customer-months below which a chance is not measured, and expansions below which their size is not."""
RANGE = (0.25, 0.75)
"""Quantiles of the sizes of past expansions between which half of them lie."""


@dataclass(frozen=True, eq=False)
class Chances:
    """What every pattern of signs led to, as it could be known on a day; NaN where nothing could.

    chance : share that bought more; mask : which signs the like ones were chosen by; rows : how many customer-months
    size : what they bought, as a share of what they paid, all taken together; low, high : between which half of the
        shares lie
    rises : expansions that this was told from
    base : the share of all customers that bought more
    """

    chance: Floats
    mask: Ints
    rows: Ints
    size: Floats
    low: Floats
    high: Floats
    rises: Ints
    base: float


def chances(past: Past, day: int) -> Chances:
    """What was known on a day."""
    kept = np.flatnonzero(past.place < past.known_by(day))
    shown, patterns = past.pattern[kept], 1 << len(past.signs)
    number = np.bincount(shown, minlength=patterns)
    bought = np.bincount(shown, past.label[kept], patterns)
    once = kept[past.label[kept] & past.is_apart[kept]]
    sizes = _sizes(past.pattern[once], past.rise[once], past.mrr[once], len(past.signs))
    rate, mask, rows = np.full(patterns, np.nan), np.zeros(patterns, dtype=np.int64), np.zeros(patterns, dtype=np.int64)
    leads = np.arange(patterns) & leading(past.signs)
    for cut in reversed(list(_masks(len(past.signs)))):
        alike = np.arange(patterns) & cut
        n, k = (np.bincount(alike, part, patterns)[alike] for part in (number, bought))
        enough = (n >= FEWEST_ROWS) & ((leads == 0) | ((leads & cut) > 0))
        rate[enough], mask[enough], rows[enough] = (k[enough] / n[enough]), cut, n[enough]
    base = float(bought.sum() / number.sum()) if number.sum() else float("nan")
    return Chances(rate, mask, rows, *sizes, base)


def _masks(signs: int) -> Iterator[int]:
    """All signs, all but the last, ..., none."""
    return ((1 << left) - 1 for left in range(signs, -1, -1))


def _sizes(shown: Ints, rise: Floats, mrr: Floats, signs: int) -> tuple[Floats, Floats, Floats, Ints]:
    """Share of the whole, lower and upper quartile, and number of the expansions of like customers, by pattern.

    The sum over the sum, since chance x size x MRR is to add up to what candidates buy: medians fall short of it.
    """
    patterns = 1 << signs
    size, low, high = (np.full(patterns, np.nan) for _each in range(3))
    rises = np.zeros(patterns, dtype=np.int64)
    for cut in reversed(list(_masks(signs))):
        for one in np.unique(shown & cut):
            mine = (shown & cut) == one
            if mine.sum() < FEWEST_RISES:
                continue
            alike = (np.arange(patterns) & cut) == one
            low[alike], high[alike] = np.quantile(rise[mine] / mrr[mine], RANGE)
            size[alike], rises[alike] = rise[mine].sum() / mrr[mine].sum(), mine.sum()
    return size, low, high, rises


def interval(past: Past, found: Chances, one: int, day: int) -> Interval:
    """The 95 % interval of a pattern's chance; the months of one customer taken together."""
    mask = int(found.mask[one])
    alike = np.flatnonzero((past.place < past.known_by(day)) & ((past.pattern & mask) == (one & mask)))
    return clustered(past.label[alike], past.customer[alike])


def base_interval(past: Past, day: int) -> Interval:
    """The 95 % interval of how often all customers bought more, as known on a day."""
    kept = past.place < past.known_by(day)
    return clustered(past.label[kept], past.customer[kept])


def clustered(outcome: np.ndarray, cluster: Ints, weight: Floats | None = None) -> Interval:
    """Wilson's interval of the mean of `outcome`, with as many independent rows as the variance of the mean over
    clusters (linearised) speaks for. weight : of each row; None: all alike"""
    rows = len(outcome)
    if not rows:
        return float("nan"), float("nan")
    each = np.ones(rows) if weight is None else weight
    _names, place = np.unique(cluster, return_inverse=True)
    groups, share = int(place.max()) + 1, float(np.average(outcome, weights=each))
    residual = np.bincount(place, each * (outcome - share))
    variance = float((residual**2).sum()) / float(each.sum())**2 * groups / max(groups - 1, 1)
    effective = min(share * (1 - share) / variance, float(rows)) if variance else float(groups)
    return wilson(share * effective, effective)
