"""Candidates for more of what they have: their signs, the measured chance, and the MRR that may be expected."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cs_kpi.churn.events import Floats
from cs_kpi.growth.chances import Chances, chances, interval
from cs_kpi.growth.closing import Closing
from cs_kpi.growth.past import Past
from cs_kpi.growth.signs import leading, pattern
from cs_kpi.ledger import Ints
from cs_kpi.locale import Message
from cs_kpi.shares import Interval


@dataclass(frozen=True, eq=False)
class Upsell:
    """Customers who show a sign that leads, the largest expected MRR first; of unknown chances by MRR.

    customer : codes; pattern : of each in the same order
    """

    past: Past
    at: Closing
    found: Chances
    customer: Ints
    pattern: Ints

    @cached_property
    def chance(self) -> Floats:
        return self.found.chance[self.pattern]

    @cached_property
    def mrr(self) -> Floats:
        return self.at.mrr[self.customer]

    @cached_property
    def brings(self) -> Floats:
        """MRR, in currency, that an expansion would bring; `low` and `high` hold half of the past ones between them."""
        return self.found.size[self.pattern] * self.mrr

    @cached_property
    def low(self) -> Floats:
        return self.found.low[self.pattern] * self.mrr

    @cached_property
    def high(self) -> Floats:
        return self.found.high[self.pattern] * self.mrr

    @cached_property
    def expected(self) -> Floats:
        """What ranks: the MRR that may be expected within three months, those who buy nothing counted in."""
        return self.chance * self.brings

    def only(self, which: np.ndarray) -> Upsell:
        """Those places alone."""
        return Upsell(self.past, self.at, self.found, self.customer[which], self.pattern[which])

    def reasons(self, place: int) -> list[Message]:
        """The signs of a candidate in words with their numbers."""
        code = int(self.customer[place])
        return [one.words(self.at, code, float(self._values[number][code]))
                for number, one in enumerate(self.past.signs) if self.pattern[place] >> number & 1]

    @cached_property
    def _values(self) -> list[Floats]:
        return [one.holds(self.at) for one in self.past.signs]

    def between(self, place: int) -> Interval:
        """The 95 % interval of the chance."""
        one = int(self.pattern[place])
        if one not in self._intervals:
            self._intervals[one] = interval(self.past, self.found, one, self.at.day)
        return self._intervals[one]

    @cached_property
    def _intervals(self) -> dict[int, Interval]:
        return {}


def upsell(past: Past, at: Closing, is_barred: np.ndarray) -> Upsell:
    """Who is a candidate at a closing, by what was known then.

    is_barred : per customer code whom nothing is offered
    A pattern whose measured chance is not above that of all customers makes no candidate.
    """
    shown, found = pattern(at, past.signs), chances(past, at.day)
    is_likely = ~(found.chance <= found.base)
    who = np.flatnonzero(at.is_there & ~is_barred & ((shown & leading(past.signs)) > 0) & is_likely[shown])
    every = Upsell(past, at, found, who, shown[who])
    return every.only(np.lexsort((who, -every.mrr, -np.nan_to_num(every.expected, nan=-1.0))))
