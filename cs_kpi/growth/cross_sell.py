"""Candidates for a product that they do not have: who has A of a rule A -> B, and never had B."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cs_kpi.churn.events import Floats
from cs_kpi.growth.chances import FEWEST_ROWS
from cs_kpi.growth.closing import Closing
from cs_kpi.growth.rules import Mined, Rule, who_has
from cs_kpi.ledger import NEVER, Ints
from cs_kpi.locale import Message, _
from cs_kpi.shares import Interval


@dataclass(frozen=True, eq=False)
class CrossSell:
    """Pairs of a customer and a product, the largest expected MRR first.

    place : of the closing in `mined`; rules : those known then
    customer, rule : of each pair the code, and the rule with the largest chance among `rules`
    """

    mined: Mined
    at: Closing
    place: int
    rules: tuple[Rule, ...]
    customer: Ints
    rule: Ints

    @cached_property
    def chance(self) -> Floats:
        """Within three months; NaN where the team's word was tried on too few."""
        return self._of_rules([one.chance if one.rows >= FEWEST_ROWS else np.nan for one in self.rules])

    @cached_property
    def brings(self) -> Floats:
        """MRR that the product would bring, in currency."""
        return self._of_rules([one.worth for one in self.rules])

    @cached_property
    def low(self) -> Floats:
        return self._of_rules([one.low for one in self.rules])

    @cached_property
    def high(self) -> Floats:
        return self._of_rules([one.high for one in self.rules])

    @cached_property
    def expected(self) -> Floats:
        """What ranks: the MRR that may be expected within three months."""
        return self.chance * self.brings

    @property
    def mrr(self) -> Floats:
        return self.at.mrr[self.customer]

    @cached_property
    def product(self) -> Ints:
        return np.array([one.product for one in self.rules], dtype=np.int64)[self.rule] if self.rules else self.rule

    def _of_rules(self, values: list[float]) -> Floats:
        return np.array(values)[self.rule] if values else np.zeros(0)

    def only(self, which: np.ndarray) -> CrossSell:
        """Those places alone."""
        return CrossSell(self.mined, self.at, self.place, self.rules, self.customer[which], self.rule[which])

    def reasons(self, place: int) -> list[Message]:
        """What the customer has, and what others who have it took."""
        one, of = self.rules[self.rule[place]], self.mined.of
        has = (_("has {product}", product=of.name(one.thing)) if of.is_product(one.thing)
               else _("uses {feature} much", feature=of.name(one.thing)))
        took = (_("{takers} of {having} such customers then took {product}", takers=one.takers, having=one.having,
                  product=of.products[one.product]) if one.having else None)
        given = _("{product} extends it, as the team says", product=of.products[one.product]) if one.is_given else None
        return [part for part in (has, given, took) if part is not None]

    def between(self, place: int) -> Interval:
        """The 95 % interval of the chance."""
        one = int(self.rule[place])
        if one not in self._intervals:
            self._intervals[one] = self.mined.between(self.rules[one], self.place)
        return self._intervals[one]

    @cached_property
    def _intervals(self) -> dict[int, Interval]:
        return {}


def cross_sell(mined: Mined, at: Closing, is_barred: np.ndarray, is_today: bool = False) -> CrossSell:
    """Who is a candidate at a closing of `mined`, by the rules known then.

    is_today : who has signed for a product that starts later is none
    """
    place = mined.closings.index(at.day)
    rules = tuple(mined.rules(place))
    shelf, first = mined.of.shelf(at.day), mined.of.first
    pairs: dict[tuple[int, int], int] = {}
    chance = [one.chance if one.rows >= FEWEST_ROWS else -1.0 for one in rules]
    for number in sorted(range(len(rules)), key=lambda each: -chance[each]):
        who = who_has(shelf, rules[number].thing)
        began = first[who, rules[number].product]
        who = who[((began == NEVER) if is_today else (began > at.day)) & ~is_barred[who]]
        for code in who.tolist():
            pairs.setdefault((code, rules[number].product), number)
    customer = np.array([code for code, _product in pairs], dtype=np.int64)
    found = CrossSell(mined, at, place, rules, customer, np.array(list(pairs.values()), dtype=np.int64))
    return found.only(np.lexsort((customer, -found.mrr, -np.nan_to_num(found.expected, nan=-1.0))))
