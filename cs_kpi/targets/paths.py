"""Simulated months to come: the book's own months drawn again in blocks, and what is not known of its rates.

Three things make a path differ from the projection: the months themselves (blocks of the book's own, drawn with
replacement, all movements and segments of a month together), the rates (each path has rates of its own, pooled from as
many drawn months as the projection pools), and their drift (rates that wander from month to month). How far they wander
is the one thing not drawn from the book; `bench/fan.py` shows that eight in ten outcomes then lie in the fan.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from cs_kpi.periods import Period
from cs_kpi.targets.history import WINDOW, History
from cs_kpi.targets.projection import Ahead
from cs_kpi.targets.rates import BASES, COUNTERPARTS, Floats, Rates, over

PATHS, BLOCK, LOOK_BACK = 1_000, 3, 36
"""Paths; months of a block; months that are drawn from."""
DRIFT: Mapping[str, float] = {"new": 0.08, "reactivation": 0.06, "expansion": 0.06, "contraction": 0.06, "churn": 0.06}
"""The standard deviation of a rate's logarithm from one month to the next; of customers as of their MRR."""
FEW = 0.66
"""(z^2 + 1) / 4 for z = 1.28: by how much few months widen the fan, over their number less one."""
SMOOTH = 12
"""Months over which the level of new MRR is taken, from which each month differs."""


@dataclass(frozen=True)
class Futures:
    """By how much every movement exceeds its rate, months x paths x segments, whatever the rate is.

    factors : movement -> factor with mean about 1
    floor : movement -> rate per path where no rate was seen, because nothing ever moved so
    """

    factors: Mapping[str, Floats]
    floor: Mapping[str, Floats]


def futures(past: History, base: Rates, months: int, paths: int = PATHS, seed: int = 0) -> Futures:
    """The draws that every scenario of a book shares, so that scenarios differ by what they change alone."""
    draw = np.random.default_rng(seed)
    seen = past.last(LOOK_BACK)
    ratios = {name: _ratios(seen, base, name) for name in BASES}
    months_drawn = _blocks(draw, len(seen.months), months, paths)
    pooled = _blocks(draw, len(seen.months), min(WINDOW, len(seen.months)), paths)
    walks = {name: _walk(draw, sd, months, paths) for name, sd in DRIFT.items()}
    walks |= {count: walks[money] for money, count in COUNTERPARTS.items()}
    factors = {name: found[months_drawn] * found[pooled].mean(axis=0) * walks[name]
               for name, found in ratios.items()}
    return Futures(factors, {name: _floor(draw, past, name, paths) for name in BASES})


def simulated(base: Rates, steady: Ahead, ahead: Futures) -> Ahead:
    """Rates of every path: those of a scenario times the draws. `base` are today's, which tell where none was seen."""
    values = {}
    for name, rate in steady.values.items():
        drawn = rate * ahead.factors[name]
        is_unseen = (base.values[name] == 0) & (rate[0, 0] == 0)
        values[name] = np.where(is_unseen, ahead.floor[name][None], drawn) if is_unseen.any() else drawn
    return Ahead(values, steady.moves, steady.customer_moves)


def _ratios(seen: History, base: Rates, name: str) -> Floats:
    """By how much each month exceeded its usual rate, months x segments, with mean 1.

    Shares of a small opening jump more than those of a large one: a month's difference counts by the root of its
    opening against today's. Amounts are compared with their level at that time, so that growth is no chance.
    """
    amount, whole = seen.sums[name].astype(float), BASES[name]
    if whole is None:
        season = base.season[[month.start.month - 1 for month in seen.months]][:, None]
        return _spread(over(amount / season, _level(amount / season)))
    opening = seen.sums[whole].astype(float)
    usual = over(amount.sum(axis=0), opening.sum(axis=0))
    ratio = np.where((opening > 0) & (usual > 0), over(amount, opening * usual), 1.0)
    now = base.opening if whole == "opening_mrr" else base.customers
    scale = np.sqrt(np.minimum(1.0, over(opening, now)))
    return _spread(1 + (ratio - 1) * np.where(now > 0, scale, 1.0))


def _level(amount: Floats) -> Floats:
    """The mean of the months around each one, fewer at the ends."""
    total = np.concatenate([np.zeros((1, amount.shape[1])), np.cumsum(amount, axis=0)])
    place = np.arange(len(amount))
    first, last = np.maximum(0, place - SMOOTH // 2), np.minimum(len(amount), place + SMOOTH // 2 + 1)
    return np.asarray((total[last] - total[first]) / (last - first)[:, None])


def _spread(ratio: Floats) -> Floats:
    """Mean 1, and as wide as months are of which neither mean nor width was taken: of few months, wider.

    The first factor makes up for the mean that was taken, of months drawn in blocks; the second is Student's 90th
    percentile over the normal one (to the first order in 1 / n).
    """
    n, mean = len(ratio), ratio.mean(axis=0)
    found = np.where(mean > 0, ratio / np.where(mean > 0, mean, 1), 1.0)
    return np.asarray(np.maximum(0.0, 1 + (found - 1) * np.sqrt(n / (n - _block(n))) * (1 + FEW / (n - 1))))


def _blocks(draw: np.random.Generator, size: int, months: int, paths: int) -> np.ndarray:
    """Places of months, months x paths: blocks that begin anywhere, the last month being followed by the first."""
    block = _block(size)
    begins = draw.integers(0, size, (-(-months // block), 1, paths))
    return ((begins + np.arange(block)[:, None]) % size).reshape(-1, paths)[:months]


def _block(size: int) -> int:
    """Months of a block: one where there are too few months for longer ones."""
    return BLOCK if size >= WINDOW else 1


def _walk(draw: np.random.Generator, sd: float, months: int, paths: int) -> Floats:
    """A factor that wanders, months x paths x 1; its mean stays 1."""
    steps = np.cumsum(draw.normal(0, sd, (months, paths)), axis=0)
    return np.exp(steps - sd ** 2 * np.arange(1, months + 1)[:, None] / 2)[..., None]


def _floor(draw: np.random.Generator, past: History, name: str, paths: int) -> Floats:
    """What a share may be that nobody saw happen: half an event among all that could have (Jeffreys), by path."""
    base = BASES[name]
    if base is None:
        return np.zeros((paths, len(past.names)))
    chances = past.sums["was_customer"].sum(axis=0) / 1e6
    return draw.gamma(0.5, 1.0, (paths, len(past.names))) / np.maximum(chances, 1.0)


def first_ahead(past: History) -> Period:
    return past.months[-1].shifted(1)
