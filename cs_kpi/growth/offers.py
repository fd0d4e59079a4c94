"""Today's candidates of both kinds, and who of them is held back since a pushed offer would cost the customer."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cs_kpi.actions.today import Today
from cs_kpi.actions.triggers import place_label
from cs_kpi.book import Book
from cs_kpi.growth.backtest import Backtest, cross_sell_backtest, upsell_backtest
from cs_kpi.growth.barred import Bars, bars
from cs_kpi.growth.candidates import Upsell, upsell
from cs_kpi.growth.closing import today
from cs_kpi.growth.cross_sell import CrossSell, cross_sell
from cs_kpi.growth.past import Past, past
from cs_kpi.growth.rules import Mined, mined
from cs_kpi.growth.signs import SIGNS
from cs_kpi.locale import Message, _


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

    @property
    def tests(self) -> list[Backtest]:
        return [one for one in (self.upsell_test, self.cross_sell_test) if one is not None]


def offers(standing: Today) -> Offers:
    """Raises DataError where there are no contracts with dates."""
    book = standing.book
    at, before = today(book), book.once(past)
    nobody = np.zeros(len(book.customer_ids), dtype=bool)
    rules = book.once(mined) if book.has("subscriptions.product") else None
    other = None if rules is None else cross_sell(rules, at, nobody, is_today=True)
    return Offers(before, rules, upsell(before, at, nobody), other, bars(standing))


def missing(book: Book) -> list[Message]:
    """What would tell more: signs that the data cannot tell, and products."""
    found = [one for one in (sign.missing(book) for sign in SIGNS) if one is not None]
    if not book.has("subscriptions.product"):
        found.append(_("What customers of one product take next takes {field}.",
                       field=place_label("subscriptions.product")))
    return found
