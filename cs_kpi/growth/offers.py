"""Today's candidates of both kinds, and who of them is held back since a pushed offer would cost the customer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cs_kpi.actions.records import TriggerName
from cs_kpi.actions.today import Today
from cs_kpi.actions.triggers import KINDS, place_label
from cs_kpi.book import Book
from cs_kpi.churn.events import Floats
from cs_kpi.churn.quantities import Quantity
from cs_kpi.churn.voice_features import is_open
from cs_kpi.growth.backtest import Backtest, cross_sell_backtest, upsell_backtest
from cs_kpi.growth.candidates import Upsell, upsell
from cs_kpi.growth.closing import RED, today
from cs_kpi.growth.cross_sell import CrossSell, cross_sell
from cs_kpi.growth.past import Past, past
from cs_kpi.growth.rules import Mined, mined
from cs_kpi.growth.signs import SIGNS
from cs_kpi.locale import Message, _

BARRING: tuple[TriggerName, ...] = ("leaving", "high_risk", "onboarding_overdue", "urgent_ticket", "detractor")
"""Triggers of actions in whose presence nothing is offered."""
OPEN_DAYS = 90


@dataclass(frozen=True, eq=False)
class Bars:
    """Whom nothing is offered, and why.

    held : of each trigger among BARRING that the data can tell, a number per customer code, NaN for who it spares
    red : the health score of who is red; open : tickets not solved, where no priority tells the urgent ones; both NaN
        for the others
    """

    held: Mapping[TriggerName, Floats]
    red: Floats
    open: Floats

    @cached_property
    def is_barred(self) -> np.ndarray:
        return np.logical_or.reduce([~np.isnan(value) for value in (self.red, self.open, *self.held.values())])

    def reasons(self, code: int) -> list[Message]:
        """Why a customer is held back, with values."""
        found = [] if np.isnan(self.red[code]) else [
            _("health is red (score {score})", score=Quantity.of(float(self.red[code]), "score"))]
        found += [KINDS[kind].words(float(value[code])) for kind, value in self.held.items()
                  if not np.isnan(value[code])]
        if not np.isnan(self.open[code]):
            found.append(_("{count} tickets are not solved", count=int(self.open[code])))
        return found


@dataclass(frozen=True, eq=False)
class Offers:
    """Candidates before anybody is held back. cross_sell : None where products are not told"""

    past: Past
    mined: Mined | None
    upsell: Upsell
    cross_sell: CrossSell | None
    bars: Bars

    @property
    def book(self) -> Book:
        return self.past.book

    @cached_property
    def upsell_test(self) -> Backtest:
        return upsell_backtest(self.past)

    @cached_property
    def cross_sell_test(self) -> Backtest | None:
        return None if self.mined is None else cross_sell_backtest(self.mined)


def bars(standing: Today, held: Mapping[TriggerName, Floats]) -> Bars:
    """held : for whom each trigger holds, as the queue has it"""
    nobody = np.full(len(standing.mrr), np.nan)
    red = np.where((standing.band == RED) & standing.is_there, standing.health, np.nan) \
        if standing.health is not None else nobody
    return Bars({kind: held[kind] for kind in BARRING if kind in held}, red, _open(standing))


def _open(standing: Today) -> Floats:
    book = standing.book
    if not book.has("interactions.status") or not book.has("interactions.date") or book.has("interactions.priority"):
        return np.full(len(standing.mrr), np.nan)
    found = standing.known.history.contacts("open", is_open).total(standing.day - OPEN_DAYS, standing.day)
    return np.where((found > 0) & standing.is_there, found, np.nan)


def offers(standing: Today, held: Mapping[TriggerName, Floats]) -> Offers:
    """Raises DataError where there are no contracts with dates."""
    book = standing.book
    at, before = today(book), book.once(past)
    nobody = np.zeros(len(book.customer_ids), dtype=bool)
    rules = book.once(mined) if book.has("subscriptions.product") else None
    other = None if rules is None else cross_sell(rules, at, nobody, is_today=True)
    return Offers(before, rules, upsell(before, at, nobody), other, bars(standing, held))


def missing(book: Book) -> list[Message]:
    """What would tell more: signs that the data cannot tell, and products."""
    found = [one for one in (sign.missing(book) for sign in SIGNS) if one is not None]
    if not book.has("subscriptions.product"):
        found.append(_("What customers of one product take next takes {field}.",
                       field=place_label("subscriptions.product")))
    return found
