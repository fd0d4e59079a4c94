"""Of past candidates, told by what was known then, how many bought within three months, beside how many buy at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from cs_kpi.book import date_of
from cs_kpi.churn.closings import months_from
from cs_kpi.churn.events import Floats
from cs_kpi.growth.barred import barred_then
from cs_kpi.growth.candidates import upsell
from cs_kpi.growth.chances import FEWEST_RISES, clustered
from cs_kpi.growth.closing import closing
from cs_kpi.growth.cross_sell import cross_sell
from cs_kpi.growth.past import Past
from cs_kpi.growth.rules import Mined
from cs_kpi.growth_rules import HORIZON_MONTHS
from cs_kpi.ledger import Ints
from cs_kpi.locale import Message, _

Kind = Literal["upsell", "cross_sell"]
TOPS = (10, 20, 50)
JUDGED_BY = 20
"""The verdict looks at the first so many candidates of every month: about what a team can talk to."""
FEWEST_OFFERED = 30


@dataclass(frozen=True, slots=True)
class Precision:
    """top : the first so many of every month; None: all candidates
    offered, bought : candidates of all months, and those who then bought
    low, high : the 95 % interval of the share, the months of one customer taken together
    base, base_low, base_high : what share of all customers bought in the same months, with its interval
    expected, brought : MRR, in currency, that was expected of those whose chance was known, and that they then brought
    """

    top: int | None
    offered: int
    bought: int
    low: float
    high: float
    base: float
    base_low: float
    base_high: float
    expected: float
    brought: float

    @property
    def share(self) -> float:
        return self.bought / self.offered if self.offered else float("nan")

    @property
    def lift(self) -> float:
        return self.share / self.base if self.base else float("nan")


@dataclass(frozen=True, slots=True)
class Backtest:
    """closings : the first and the last month whose candidates are judged; None: there are none
    tops : by TOPS, then all
    """

    kind: Kind
    closings: tuple[dt.date, dt.date] | None
    months: int
    tops: tuple[Precision, ...]

    @property
    def judged(self) -> Precision | None:
        return next((one for one in self.tops if one.top == JUDGED_BY), None)

    @property
    def is_enough(self) -> bool:
        return self.judged is not None and self.judged.offered >= FEWEST_OFFERED

    @property
    def is_above(self) -> bool:
        """Whether candidates bought more often than customers at large, beyond chance."""
        return self.judged is not None and self.is_enough and self.judged.low > self.judged.base


@dataclass(frozen=True, slots=True)
class _Month:
    """The candidates of a closing in their order, whether each bought, what was expected and what came.

    others, took : the customer codes of everybody who could buy, and who of them did
    """

    day: int
    customer: Ints
    bought: np.ndarray
    expected: Floats
    brought: Floats
    others: Ints
    took: np.ndarray


def upsell_backtest(past: Past) -> Backtest:
    """Every month's candidates by the chances measured until then."""
    return _measured("upsell", list(_upsell_months(past)))


def _upsell_months(past: Past) -> Iterator[_Month]:
    rises = np.bincount(past.place, past.label & past.is_apart, len(past.days))
    for place, day in enumerate(past.days):
        if rises[:past.known_by(day)].sum() < FEWEST_RISES:
            continue
        rows, at = np.flatnonzero(past.place == place), closing(past.book, day)
        found = upsell(past, at, barred_then(at))
        rise = np.zeros(len(past.book.customer_ids))
        rise[past.customer[rows]] = past.rise[rows]
        brought = rise[found.customer]
        yield _Month(day, found.customer, brought > 0, found.expected, brought, past.customer[rows], past.label[rows])


def cross_sell_backtest(mined: Mined) -> Backtest:
    """Every month's candidates by the rules known then; the base is over all customers and products they never had."""
    return _measured("cross_sell", list(_cross_sell_months(mined)))


def _cross_sell_months(mined: Mined) -> Iterator[_Month]:
    first = mined.of.first
    for day in mined.closings:
        end = months_from(day, HORIZON_MONTHS)
        if end > mined.closings[-1]:
            return
        at = closing(mined.of.book, day)
        found = cross_sell(mined, at, barred_then(at))
        if not len(found.customer):
            continue
        customer, product = np.nonzero((first > day) & (mined.of.shelf(day).stratum >= 0)[:, None])
        bought = first[found.customer, found.product] <= end
        brought = np.where(bought, mined.of.worth(found.customer, found.product, end), 0.0)
        yield _Month(day, found.customer, bought, found.expected, brought, customer, first[customer, product] <= end)


def _measured(kind: Kind, months: list[_Month]) -> Backtest:
    if not months:
        return Backtest(kind, None, 0, ())
    tops = tuple(_precision(top, months) for top in (*TOPS, None))
    return Backtest(kind, (date_of(months[0].day), date_of(months[-1].day)), len(months), tops)


def _precision(top: int | None, months: list[_Month]) -> Precision:
    bought, customer, expected, brought = (np.concatenate([getattr(one, name)[:top] for one in months])
                                           for name in ("bought", "customer", "expected", "brought"))
    took, others = (np.concatenate([getattr(one, name) for one in months]) for name in ("took", "others"))
    # a month counts for the base as it does among the candidates
    weight = np.concatenate([np.full(len(one.others), len(one.customer[:top]) / len(one.others)) for one in months])
    base = float(np.average(took, weights=weight)) if weight.any() else float("nan")
    base_low, base_high = clustered(took, others, weight) if weight.any() else (float("nan"), float("nan"))
    low, high = clustered(bought, customer)
    is_known = ~np.isnan(expected)
    return Precision(top, len(bought), int(bought.sum()), low, high, base, base_low, base_high,
                     float(expected[is_known].sum()), float(brought[is_known].sum()))


def lacking(kind: Kind) -> Message:
    """Why there is no test."""
    if kind == "cross_sell":
        return _("There was no rule yet in any past month, so there are no past candidates for other products.")
    return _("Too few customers have bought more so far, or the data does not reach back far enough: how often "
             "candidates buy is not known.")
