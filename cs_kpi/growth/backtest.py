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
    base : what share of all customers bought in the same months
    """

    top: int | None
    offered: int
    bought: int
    low: float
    high: float
    base: float

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
    """The candidates of a closing in their order, who of them bought, and what share of all did."""

    day: int
    customer: Ints
    bought: np.ndarray
    base: float


def upsell_backtest(past: Past) -> Backtest:
    """Every month's candidates by the chances measured until then."""
    return _measured("upsell", list(_upsell_months(past)))


def _upsell_months(past: Past) -> Iterator[_Month]:
    rises = np.bincount(past.place, past.label & past.is_apart, len(past.days))
    for place, day in enumerate(past.days):
        if rises[:past.known_by(day)].sum() < FEWEST_RISES:
            continue
        rows = np.flatnonzero(past.place == place)
        found = upsell(past, closing(past.book, day))
        bought = np.zeros(len(past.book.customer_ids), dtype=bool)
        bought[past.customer[rows]] = past.label[rows]
        yield _Month(day, found.customer, bought[found.customer], float(past.label[rows].mean()))


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
        found = cross_sell(mined, at, at.is_barred)
        if not len(found.customer):
            continue
        could = (first > day) & (mined.of.shelf(day).stratum >= 0)[:, None]
        began = first[found.customer, found.product]
        yield _Month(day, found.customer, began <= end, float((could & (first <= end)).sum() / could.sum()))


def _measured(kind: Kind, months: list[_Month]) -> Backtest:
    if not months:
        return Backtest(kind, None, 0, ())
    tops = tuple(_precision(top, months) for top in (*TOPS, None))
    return Backtest(kind, (date_of(months[0].day), date_of(months[-1].day)), len(months), tops)


def _precision(top: int | None, months: list[_Month]) -> Precision:
    bought = np.concatenate([one.bought[:top] for one in months])
    customer = np.concatenate([one.customer[:top] for one in months])
    weight: Floats = np.array([len(one.customer[:top]) for one in months], dtype=float)
    base = float((weight * [one.base for one in months]).sum() / weight.sum()) if weight.sum() else float("nan")
    return Precision(top, len(bought), int(bought.sum()), *clustered(bought, customer), base)


def lacking(kind: Kind) -> Message:
    """Why there is no test."""
    if kind == "cross_sell":
        return _("There was no rule yet in any past month, so there are no past candidates for other products.")
    return _("Too few customers have bought more so far, or the data does not reach back far enough: how often "
             "candidates buy is not known.")
