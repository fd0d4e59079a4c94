"""What customers who have one thing took next: rules A -> B over products and features, tested against chance.

Month by month, customers who never had B are looked at: those who have A (a product, or a feature in heavy use) beside
those who do not, but were there as long and have as many products. All pairs are tested at once, so that random
purchases yield a rule in one book of twenty at most.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cs_kpi.book import Book
from cs_kpi.churn.closings import months_from
from cs_kpi.churn.events import Floats
from cs_kpi.growth.chances import RANGE, clustered
from cs_kpi.growth.exact import Tally, discoveries
from cs_kpi.growth.purchases import Purchases, Shelf, purchases
from cs_kpi.growth_rules import HORIZON_MONTHS
from cs_kpi.ledger import Ints
from cs_kpi.shares import Interval

FEWEST_TAKERS = 5
"""Customers who took B while they had A, below which there is no rule."""
FALSE_SHARE = 0.05
"""Of the rules that are shown, the share that may be chance."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Who has A takes B.

    thing, product : A among the things, B among the products
    having, takers : customers who had A while they never had B, and those of them who then took B
    support : takers / all customers with a product; confidence : takers / having
    lift : takers beside as many as there would be if A meant nothing, among customers as old with as many products
    p : the probability of as many takers by chance; NaN where it is the team's own word
    chance, rows : of taking B within three months, and the customer-months it was measured on
    worth, low, high : what B then brought a month: the mean, and between which half of them lie
    is_given : whether the team said it
    """

    thing: int
    product: int
    having: int
    takers: int
    support: float
    confidence: float
    lift: float
    p: float
    chance: float
    rows: int
    worth: float
    low: float
    high: float
    is_given: bool = False


@dataclass(frozen=True, eq=False)
class Tallies:
    """Counts over the closings up to a day; matrices are things x products.

    p, together, expected : of the test, month by month; is_tested : whether a rule could have been found
    rows, took : customer-months that could take B, and those after which it was taken within three months
    """

    p: Floats
    together: Floats
    expected: Floats
    is_tested: np.ndarray
    rows: Floats
    took: Floats


@dataclass(frozen=True, eq=False)
class Took:
    """Who took a product for the first time between two closings: the customer, the product, the place of the closing
    before, and what it brought a month at the closing after."""

    customer: Ints
    product: Ints
    place: Ints
    worth: Floats


@dataclass(frozen=True, eq=False)
class Mined:
    """The rules as they could be known at every closing.

    tallies : by place in `closings`
    """

    of: Purchases
    closings: tuple[int, ...]
    tallies: tuple[Tallies, ...]
    took: Took

    def rules(self, place: int) -> list[Rule]:
        """Those known at a closing, the surest first, and behind them what the team said."""
        tally = self.tallies[place]
        given = self._given()
        where = np.argwhere(tally.is_tested)
        held = discoveries(tally.p[tally.is_tested], FALSE_SHARE)
        found = [(int(thing), int(product)) for thing, product in where[held]
                 if tally.together[thing, product] >= FEWEST_TAKERS
                 and tally.together[thing, product] > tally.expected[thing, product]]
        found.sort(key=lambda pair: (tally.p[pair], pair))
        return [self._rule(pair, place, False) for pair in found] + [
            self._rule(pair, place, True) for pair in given if pair not in found]

    def _given(self) -> list[tuple[int, int]]:
        features, products = self.of.features, self.of.products
        return [(len(products) + features.index(one.feature), products.index(one.product))
                for one in self.of.book.settings.growth.extends
                if one.feature in features and one.product in products]

    def _rule(self, pair: tuple[int, int], place: int, is_given: bool) -> Rule:
        thing, product = pair
        tally = self.tallies[place]
        takers, worth = self._takers(pair, place)
        having = self._having(pair, place)
        rows, expected = int(tally.rows[pair]), float(tally.expected[pair])
        enough = len(worth) >= FEWEST_TAKERS
        low, high = np.quantile(worth, RANGE) if enough else np.full(2, np.nan)
        customers = int((self.of.first <= self.closings[place]).any(axis=1).sum())
        return Rule(
            thing, product, having, takers, support=takers / max(customers, 1),
            confidence=takers / having if having else np.nan,
            lift=float(tally.together[pair]) / expected if expected else np.nan,
            p=np.nan if is_given else float(tally.p[pair]),
            chance=float(tally.took[pair]) / rows if rows else np.nan, rows=rows,
            worth=float(worth.mean()) if enough else np.nan, low=float(low), high=float(high), is_given=is_given)

    def _takers(self, pair: tuple[int, int], place: int) -> tuple[int, Floats]:
        """How many took B while they had A, and what it brought; where these are few, what it brought all takers."""
        mine = (self.took.product == pair[1]) & (self.took.place < place)
        had = np.zeros(len(mine), dtype=bool)
        for at in np.unique(self.took.place[mine]):
            rows = np.flatnonzero(mine & (self.took.place == at))
            had[rows] = np.isin(self.took.customer[rows], who_has(self.of.shelf(self.closings[at]), pair[0]))
        enough = had.sum() >= FEWEST_TAKERS
        return int(had.sum()), self.took.worth[had if enough else mine]

    def _having(self, pair: tuple[int, int], place: int) -> int:
        first = self.of.first[:, pair[1]]
        found = np.zeros(len(first), dtype=bool)
        for day in self.closings[:max(place, 1)]:
            who = who_has(self.of.shelf(day), pair[0])
            found[who[first[who] > day]] = True
        return int(found.sum())

    def between(self, rule: Rule, place: int) -> Interval:
        """The 95 % interval of a rule's chance; the months of one customer taken together."""
        first, last = self.of.first[:, rule.product], self.closings[place]
        who, outcome = [], []
        for day in self.closings:
            if (end := months_from(day, HORIZON_MONTHS)) > last:
                break
            have = who_has(self.of.shelf(day), rule.thing)
            have = have[first[have] > day]
            who.append(have)
            outcome.append(first[have] <= end)
        return clustered(np.concatenate(outcome), np.concatenate(who)) if who else (np.nan, np.nan)


def who_has(shelf: Shelf, thing: int) -> Ints:
    return shelf.customer[shelf.thing == thing]


def mined(book: Book) -> Mined:
    """Rules over the months; of a book with products."""
    of = book.once(purchases)
    closings = of.closings
    counts = [Tally(of.things) for _product in of.products]
    judged = np.zeros((2, len(closings), of.things, len(of.products)))
    tallies, took = [], []
    for place, day in enumerate(closings):
        tallies.append(_tallies(of, counts, judged, closings, place))
        if place + 1 < len(closings):
            took.append(_window(of, counts, place, day, closings[place + 1]))
            judged[:, place] = _within(of, day, months_from(day, HORIZON_MONTHS))
    parts = [np.concatenate(part) for part in zip(*took, strict=True)] if took else [np.zeros(0, dtype=int)] * 4
    return Mined(of, tuple(closings), tuple(tallies), Took(parts[0], parts[1], parts[2], parts[3].astype(float)))


def _window(of: Purchases, counts: list[Tally], place: int, day: int, until: int) -> tuple[np.ndarray, ...]:
    """Count who took what between two closings, and return them as columns of `Took`."""
    shelf, found = of.shelf(day), []
    strata = int(shelf.stratum.max(initial=-1)) + 1
    for product, tally in enumerate(counts):
        first = of.first[:, product]
        could = (first > day) & (shelf.stratum >= 0)
        takes = could & (first <= until)
        who = np.flatnonzero(takes)
        if not len(who):
            continue
        _count(tally, shelf, could, takes, strata, of.things)
        found.append((who, np.full(len(who), product), np.full(len(who), place), of.worth(
            who, np.full(len(who), product), until)))
    if not found:
        return tuple(np.zeros(0, dtype=int) for _each in range(4))
    return tuple(np.concatenate(part) for part in zip(*found, strict=True))


def _count(tally: Tally, shelf: Shelf, could: np.ndarray, takes: np.ndarray, strata: int, things: int) -> None:
    cell = shelf.stratum[shelf.customer] * things + shelf.thing
    inside = shelf.stratum[shelf.customer] >= 0
    size, took = (np.bincount(shelf.stratum[which], minlength=strata) for which in (could, takes))
    having, together = (np.bincount(cell[inside & which[shelf.customer]], minlength=strata * things).reshape(
        strata, things) for which in (could, takes))
    for stratum in np.flatnonzero(took):
        tally.add(int(size[stratum]), having[stratum], int(took[stratum]), together[stratum])


def _within(of: Purchases, day: int, until: int) -> Floats:
    """Of each thing and product: customers who have the one and never had the other, and how many then took it."""
    shelf, found = of.shelf(day), np.zeros((2, of.things, len(of.products)))
    for product in range(len(of.products)):
        first = of.first[shelf.customer, product]
        for number, which in enumerate((first > day, (first > day) & (first <= until))):
            found[number, :, product] = np.bincount(shelf.thing[which], minlength=of.things)
    return found


def _tallies(of: Purchases, counts: list[Tally], judged: Floats, closings: list[int], place: int) -> Tallies:
    """What was known at a closing."""
    shape = (of.things, len(of.products))
    p, together, expected, most = (np.zeros(shape) for _each in range(4))
    for product, tally in enumerate(counts):
        p[:, product], together[:, product] = tally.chance_of_more(), tally.together
        expected[:, product], most[:, product] = tally.expected, tally.most
    is_tested = most >= FEWEST_TAKERS
    is_tested[np.arange(len(of.products)), np.arange(len(of.products))] = False
    over = sum(months_from(day, HORIZON_MONTHS) <= closings[place] for day in closings)
    rows, took = judged[:, :over].sum(axis=1)
    return Tallies(p, together, expected, is_tested, rows, took)
