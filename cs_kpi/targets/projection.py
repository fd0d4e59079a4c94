"""The months to come: rates applied to what is there, month by month, and KPIs read from it by their own declarations.

Money and customers are whole numbers of 10^-6, so that every month closes with exactly what it opened with and what
moved (handbook 3), in every path and segment.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from cs_kpi.kpi import formula
from cs_kpi.kpi.registry import Kpi
from cs_kpi.ledger import MICRO, Ints
from cs_kpi.periods import Period
from cs_kpi.targets.history import TERMS, History
from cs_kpi.targets.rates import RENEWED, Floats, Rates

GAINS, COMING = ("new", "reactivation", "expansion"), ("is_new", "is_reactivated")
MOST_MICRO = 2 * 10**18
"""All segments together close with no more than this: beyond it whole numbers could not be added up any more."""
YEAR = 12


@dataclass(frozen=True)
class Ahead:
    """Rates of every month to come.

    values : movement -> months x paths x segments, as in Rates; months x 1 x segments where there is one path
    moves, customer_moves : segments x segments
    """

    values: Mapping[str, Floats]
    moves: Floats
    customer_moves: Floats


@dataclass(frozen=True)
class Projection:
    """What is ahead, month by month.

    sums : measure -> months x paths x segments, in 10^-6
    moved, moved_customers : what came into a segment from others, less what went
    is_cut : of each path, whether somewhere more would have come than whole numbers can hold
    """

    months: tuple[Period, ...]
    names: tuple[str | None, ...]
    sums: Mapping[str, Ints]
    moved: Ints
    moved_customers: Ints
    is_cut: npt.NDArray[np.bool_]

    @cached_property
    def whole(self) -> dict[str, Ints]:
        """measure -> months x paths, all segments together."""
        return {name: values.sum(axis=2) for name, values in self.sums.items()}


def steady(base: Rates, months: int, first: Period, growth: float = 0.0) -> Ahead:
    """The same rates in every month; new MRR with its season, growing by `growth` a month.

    Rates may hold several alternatives, alternatives x segments: each becomes a path.
    """
    factor = (base.season[_calendar(first, months)] * (1 + growth) ** np.arange(1, months + 1))[:, None, None]
    shape = (months, *np.broadcast_shapes((1, len(base.names)), *(rate.shape for rate in base.values.values())))
    values = {name: np.broadcast_to(rate, shape) for name, rate in base.values.items()}
    values |= {name: values[name] * factor for name in ("new", "is_new")}
    return Ahead(values, base.moves, base.customer_moves)


def _calendar(first: Period, months: int) -> npt.NDArray[np.int64]:
    """Each month's place in the year, from that of `first`."""
    return (first.start.month - 1 + np.arange(months)) % 12


def projected(base: Rates, ahead: Ahead, first: Period) -> Projection:
    """What every month opens with, what moves in it, and what it closes with."""
    months, paths, size = ahead.values["churn"].shape
    opening = np.broadcast_to(base.opening, (paths, size)).copy()
    customers = np.broadcast_to(base.customers, (paths, size)).copy()
    sums: dict[str, list[Ints]] = {}
    moved: list[Ints] = []
    moved_customers: list[Ints] = []
    is_cut = np.zeros(paths, dtype=bool)
    for month in range(months):
        now = {name: values[month] for name, values in ahead.values.items()}
        flows, into = _money(opening, now, ahead.moves)
        counts, walked = _people(customers, now, ahead.customer_moves)
        is_cut |= _cut(flows, GAINS, opening) | _cut(counts, COMING, customers)
        found = {"opening_mrr": opening, **flows, "was_customer": customers, **counts}
        if base.renewals is not None:
            found |= base.renewals.ahead(customers, now["left"])
        opening = opening + flows["new"] + flows["reactivation"] + flows["expansion"] - flows["contraction"] - flows[
            "churn"] + into
        customers = customers + counts["is_new"] + counts["is_reactivated"] - counts["left"] + walked
        for name, values in (found | {"closing_mrr": opening, "is_customer": customers}).items():
            sums.setdefault(name, []).append(values)
        moved.append(into)
        moved_customers.append(walked)
    return Projection(tuple(first.shifted(step) for step in range(months)), base.names,
                      {name: np.array(values) for name, values in sums.items()}, np.array(moved),
                      np.array(moved_customers), is_cut)


def _cut(flows: dict[str, Ints], gains: Sequence[str], opening: Ints) -> npt.NDArray[np.bool_]:
    """Whether a path gains more than there is room for; its gains are then cut to nothing for that month."""
    room = (MOST_MICRO - opening.sum(axis=-1).astype(float)) / 2
    wanted = sum((flows[name] for name in gains[1:]), flows[gains[0]]).sum(axis=-1, dtype=float)
    is_full = np.asarray(wanted > room)
    if is_full.any():
        for name in gains:
            flows[name] = np.where(is_full[:, None], 0, flows[name])
    return is_full


def _money(opening: Ints, now: Mapping[str, Floats], moves: Floats) -> tuple[dict[str, Ints], Ints]:
    """The five movements of a month, and what moved between segments; nobody pays less than nothing."""
    churn = np.minimum(now["churn"], 1)
    lost = {"churn": churn, "contraction": np.minimum(now["contraction"], 1 - churn)}
    flows = {name: _whole(opening * rate) for name, rate in lost.items()}
    flows["contraction"] = np.minimum(flows["contraction"], opening - flows["churn"])
    flows |= {name: _whole(opening * now[name]) for name in ("expansion", "reactivation")}
    return flows | {"new": _whole(now["new"])}, _walked(opening - flows["churn"] - flows["contraction"], opening, moves)


def _people(customers: Ints, now: Mapping[str, Floats], moves: Floats) -> tuple[dict[str, Ints], Ints]:
    left = np.minimum(_whole(customers * np.minimum(now["left"], 1)), customers)
    counts = {"is_new": _whole(now["is_new"]), "is_reactivated": _whole(customers * now["is_reactivated"]),
              "left": left}
    return counts, _walked(customers - left, customers, moves)


def _walked(staying: Ints, opening: Ints, moves: Floats) -> Ints:
    """What came into each segment less what went; as much as stays at most, and in sum over the segments nothing."""
    if not moves.any():
        return np.zeros_like(opening)
    wanted = opening[..., :, None] * moves
    total = wanted.sum(axis=-1)
    most = np.minimum(1.0, np.divide(staying, total, out=np.ones(total.shape), where=total > 0))
    went = np.floor(wanted * most[..., None]).astype(np.int64)
    return np.asarray(went.sum(axis=-2) - went.sum(axis=-1))


def _whole(values: np.ndarray) -> Ints:
    return np.rint(np.minimum(values, MOST_MICRO)).astype(np.int64)


def valued(kpi: Kpi, past: History, ahead: Projection, margin: float = 1.0, window: int = 12) -> Floats:
    """A KPI in every projected month, months x paths, by its own declaration over the projected measures.

    margin, window : of lifetime value; where a KPI pools months, those before the first projected one are the past's
    Renewals are of the twelve months up to each, as few terms run out in one; NaN where none is known of.
    """
    return _course(kpi, _joined(past, ahead, window), margin)[len(past.months):]


def past_values(kpi: Kpi, past: History, margin: float = 1.0, window: int = 12) -> Floats:
    """A KPI in every month of the past, by the same formula; NaN where it pools more months than there are."""
    nothing = Projection((), past.names, {name: values[:0, None] for name, values in past.sums.items()}, past.moved[:0],
                         past.moved_customers[:0], np.zeros(1, dtype=bool))
    return _course(kpi, _joined(past, nothing, window), margin)[:, 0]


def _course(kpi: Kpi, sums: Mapping[str, Floats], margin: float) -> Floats:
    if RENEWED in kpi.numerator and RENEWED not in sums:
        return np.full(sums["closing_mrr"].shape, np.nan)
    top = _side(kpi.numerator, sums)
    if kpi.denominator is None:
        return top
    value = _ratio(top, _side(kpi.denominator, sums))
    if kpi.method == "monthly_product":
        return _rolling_product(value, YEAR)
    if kpi.method == "lifetime":
        assert kpi.over is not None
        return margin * _ratio(value, _ratio(_side(kpi.over[0], sums), _side(kpi.over[1], sums)))
    return value


def _joined(past: History, ahead: Projection, window: int) -> dict[str, Floats]:
    """Past and projected sums of all segments, one after the other, in currency units and customers."""
    ours = ahead.whole
    sums = {name: np.concatenate([np.broadcast_to(values[:, None], (len(values), ours[name].shape[1])), ours[name]])
            / MICRO for name, values in past.whole.items() if name in ours}
    sums |= {name: _rolling_sum(sums[name], YEAR) for name in TERMS if name in sums}
    for pooled, name in (("losses_in_window", "left"), ("openings_in_window", "was_customer")):
        sums[pooled] = _rolling_sum(sums[name], window)
    return sums


def _side(written: str, sums: Mapping[str, Floats]) -> Floats:
    """A formula over projected measures, which are in currency units and customers already."""
    parts = [term.factor * sums[term.measure.name] for term in formula.terms(written)]
    return np.asarray(sum(parts[1:], parts[0]))


def _ratio(top: Floats, bottom: Floats) -> Floats:
    """NaN where there is nothing to divide by."""
    return np.divide(top, bottom, out=np.full(np.broadcast_shapes(top.shape, bottom.shape), np.nan), where=bottom > 0)


def _rolling_sum(values: Floats, window: int) -> Floats:
    """The sum of each month and those before it, as many as `window` or as there are."""
    total = np.cumsum(values, axis=0)
    total[window:] = total[window:] - total[:-window].copy()
    return total


def _rolling_product(values: Floats, window: int) -> Floats:
    """The product of each month and those before it; NaN where there are fewer than `window`."""
    found = np.full(values.shape, np.nan)
    if len(values) >= window:
        found[window - 1:] = np.lib.stride_tricks.sliding_window_view(values, window, axis=0).prod(axis=-1)
    return found
