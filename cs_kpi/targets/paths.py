"""Simulated months to come: the book's own months drawn again in blocks, and what is not known of its rates.

Three things make a path differ from the projection: the months themselves (blocks of the book's own, drawn with
replacement, all movements and segments of a month together), the rates (each path has rates of its own, pooled from as
many drawn months as the projection pools), and their drift (rates that wander from month to month, within the pooled
months already, so that today's is not quite the pooled one). How far they wander is not drawn from the book;
`bench/fan.py` shows that eight in ten outcomes then lie in the fan. Nor is how long an explosive growth lasts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from cs_kpi.periods import Period
from cs_kpi.targets.history import WINDOW, History
from cs_kpi.targets.levers import Lever, Values, level
from cs_kpi.targets.projection import Ahead
from cs_kpi.targets.rates import BASES, COUNTERPARTS, Floats, Rates, over

PATHS, BLOCK, LOOK_BACK = 1_000, 3, 36
"""Paths; months of a block; months that are drawn from."""
DRIFT: Mapping[str, float] = {"new": 0.06, "reactivation": 0.045, "expansion": 0.045, "contraction": 0.045,
                              "churn": 0.045}
"""The standard deviation of a rate's logarithm from one month to the next; of customers as of their MRR."""
FAST, HALF_LIVES = 0.04, (6.0, 60.0)
"""Net growth of present customers a month (1.6 times in a year) beyond which no path holds it for good; the months in
which half of what is beyond has faded, anything between as likely by its logarithm."""
FEW = 0.66
"""(z^2 + 1) / 4 for z = 1.28: by how much few months widen the fan, over their number less one."""
SMOOTH = 12
"""Months over which the level of new MRR is taken, from which each month differs."""


@dataclass(frozen=True)
class Futures:
    """By how much every movement exceeds its rate, months x paths x segments, whatever the rate is.

    factors : movement -> factor with mean about 1
    floor : movement -> rate per path where no rate was seen, because nothing ever moved so
    half_lives : per path, the months in which half of an explosive growth's excess has faded
    """

    factors: Mapping[str, Floats]
    floor: Mapping[str, Floats]
    half_lives: Floats

    def first(self, months: int) -> Futures:
        """The same as far as these months."""
        return Futures({name: each[:months] for name, each in self.factors.items()}, self.floor, self.half_lives)


def futures(past: History, base: Rates, months: int, paths: int = PATHS, seed: int = 0) -> Futures:
    """The draws that every scenario of a book shares, so that scenarios differ by what they change alone."""
    draw = np.random.default_rng(seed)
    seen = past.last(LOOK_BACK)
    ratios = {name: _ratios(seen, base, name) for name in BASES}
    months_drawn = _blocks(draw, len(seen.months), months, paths)
    pooled = _blocks(draw, len(seen.months), min(WINDOW, len(seen.months)), paths)
    walks = {name: _walk(draw, sd, months, paths, base.months) for name, sd in DRIFT.items()}
    walks |= {count: walks[money] for money, count in COUNTERPARTS.items()}
    factors = {name: found[months_drawn] * found[pooled].mean(axis=0) * walks[name]
               for name, found in ratios.items()}
    floor = {name: _floor(draw, past, name, paths) for name in BASES}
    low, high = np.log(HALF_LIVES).tolist()
    return Futures(factors, floor, np.exp(draw.uniform(low, high, paths)))


def simulated(base: Rates, steady: Ahead, ahead: Futures) -> Ahead:
    """Rates of every path: those of a scenario times the draws. `base` are today's, which tell where none was seen."""
    values = {}
    for name, rate in steady.values.items():
        drawn = rate * ahead.factors[name]
        is_unseen = (base.values[name] == 0) & (rate[0, 0] == 0)
        values[name] = np.where(is_unseen, ahead.floor[name][None], drawn) if is_unseen.any() else drawn
    excess = net_pace(base, {name: rate[0, 0] for name, rate in steady.values.items()}) - FAST
    if excess > 0:
        values["expansion"] = values["expansion"] * _fading(excess, base, steady, ahead.half_lives)
    return Ahead(values, steady.moves, steady.customer_moves)


def net_pace(base: Rates, values: Values) -> float:
    """By how much the MRR of present customers grows in a month."""
    rate = {name: float(level(base, values, Lever(name))) for name in ("expansion", "contraction", "churn")}
    return rate["expansion"] - rate["contraction"] - rate["churn"]


def _fading(excess: float, base: Rates, steady: Ahead, half_lives: Floats) -> Floats:
    """What is left of expansion when what it brings beyond the fast pace fades, months x paths x 1."""
    months = np.arange(1, len(steady.values["expansion"]) + 1)[:, None]
    share = excess / float(level(base, {"expansion": steady.values["expansion"][0, 0]}, Lever("expansion")))
    return np.asarray(1 - share * (1 - 0.5 ** (months / half_lives)))[..., None]


def _ratios(seen: History, base: Rates, name: str) -> Floats:
    """By how much each month exceeded its usual rate, months x segments, with mean 1.

    Shares of a small opening jump more than those of a large one: a month's difference counts by the root of its
    opening against today's. Amounts are compared with their level at that time, so that growth is no chance.
    """
    amount, whole = seen.sums[name].astype(float), BASES[name]
    if whole is None:
        season = base.season[[month.start.month - 1 for month in seen.months]][:, None]
        return _spread(_around_level(amount / season))
    opening = seen.sums[whole].astype(float)
    usual = over(amount.sum(axis=0), opening.sum(axis=0))
    ratio = np.where((opening > 0) & (usual > 0), over(amount, opening * usual), 1.0)
    now = base.opening if whole == "opening_mrr" else base.customers
    scale = np.sqrt(np.minimum(1.0, over(opening, now)))
    return _spread(1 + (ratio - 1) * np.where(now > 0, scale, 1.0))


def _around_level(amount: Floats) -> Floats:
    """By how much each month exceeds the mean of the months around it, fewer at the ends.

    That mean holds the month itself, which draws the two together; the root makes up for it.
    """
    total = np.concatenate([np.zeros((1, amount.shape[1])), np.cumsum(amount, axis=0)])
    place = np.arange(len(amount))
    first, last = np.maximum(0, place - SMOOTH // 2), np.minimum(len(amount), place + SMOOTH // 2 + 1)
    near = (last - first)[:, None]
    level_then = (total[last] - total[first]) / near
    ratio = 1 + (over(amount, level_then) - 1) * np.sqrt(near / np.maximum(near - 1, 1))
    return np.where(level_then > 0, np.maximum(0.0, ratio), 0.0)


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


def _walk(draw: np.random.Generator, sd: float, months: int, paths: int, pooled: int) -> Floats:
    """A factor that wanders, months x paths x 1; its mean stays 1.

    It wandered in the pooled months, too: what it is today differs from their mean by a variance of `lag` steps.
    """
    lag = (pooled - 1) * (2 * pooled - 1) / (6 * pooled)
    steps = np.cumsum(draw.normal(0, sd, (months, paths)), axis=0) + draw.normal(0, sd * np.sqrt(lag), paths)
    return np.exp(steps - sd ** 2 * (lag + np.arange(1, months + 1)[:, None]) / 2)[..., None]


def _floor(draw: np.random.Generator, past: History, name: str, paths: int) -> Floats:
    """What a share may be that nobody saw happen: half an event among all that could have (Jeffreys), by path."""
    base = BASES[name]
    if base is None:
        return np.zeros((paths, len(past.names)))
    chances = past.sums["was_customer"].sum(axis=0) / 1e6
    return draw.gamma(0.5, 1.0, (paths, len(past.names))) / np.maximum(chances, 1.0)


def first_ahead(past: History) -> Period:
    return past.months[-1].shifted(1)
