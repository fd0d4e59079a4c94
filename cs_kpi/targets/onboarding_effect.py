"""How more onboarding would move churn: by the churn of customers that completed it and of those that did not.

The two groups hold only customers that were still active at their limit (handbook 5). That they differ is not all
caused by onboarding: who completes it is often the better customer anyway. A strength between 0 and 1 says how much of
the difference is taken to be its effect; nothing in the data can tell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from cs_kpi.book import Book
from cs_kpi.errors import DataError
from cs_kpi.ledger import MICRO
from cs_kpi.measures.onboarding import no_criterion
from cs_kpi.targets.history import WINDOW, history
from cs_kpi.targets.onboarding_groups import GROUPS, GROUPS_FIELD
from cs_kpi.targets.rates import Floats, over


@dataclass(frozen=True)
class Effect:
    """What is known of both groups in the last twelve complete months.

    completed : today's share of customers past their limit that completed in time
    churn : movement (churn, left) -> its rate among those that completed, and among those that did not
    decided : movement -> the share of the book that is past its limit
    rate : movement -> the rate of everybody
    customers : customers past their limit today, completed and not
    limit_months : months until a new customer's limit has passed
    """

    completed: float
    churn: Mapping[str, tuple[float, float]]
    decided: Mapping[str, float]
    rate: Mapping[str, float]
    customers: tuple[int, int]
    limit_months: int

    def relief(self, movement: str, wanted: Floats, strength: float) -> Floats:
        """By how much the whole book's rate falls when `wanted` is the share that completed."""
        done, not_done = self.churn[movement]
        return strength * (wanted - self.completed) * (not_done - done) * self.decided[movement]

    def applied(self, values: Mapping[str, Floats], wanted: Floats, strength: float) -> dict[str, Floats]:
        """Rates by segment, in which churn falls everywhere in the proportion in which that of the whole does."""
        found = dict(values)
        for movement in ("churn", "left"):
            factor = self.factor(movement, wanted, strength)
            found[movement] = values[movement] * np.expand_dims(factor, -1)
        return found

    def factor(self, movement: str, wanted: Floats, strength: float) -> Floats:
        """What the rate is multiplied by; never below 0."""
        return np.maximum(0.0, 1 - over(self.relief(movement, wanted, strength), self.rate[movement]))


def effect(book: Book) -> Effect | None:
    """None where there is no criterion, or nobody on one of both sides of it."""
    if book.is_snapshot or not book.has_contracts or no_criterion(book):
        return None
    try:
        past = history(book, GROUPS_FIELD).last(WINDOW)
    except DataError:
        return None
    if not {"completed", "not_completed"} <= set(past.names):
        return None
    done, not_done = (past.names.index(name) for name in list(GROUPS)[:2])
    bases = {"churn": "opening_mrr", "left": "was_customer"}
    lost = {name: past.sums[name].sum(axis=0) for name in bases}
    there = {name: past.sums[base].sum(axis=0) for name, base in bases.items()}
    if not all(there["left"][[done, not_done]]):
        return None
    now = past.sums["is_customer"][-1]
    decided = now[done] + now[not_done]
    limit_days = _limit_days(book)
    return Effect(float(over(now[done], decided)),
                  {name: (float(over(lost[name][done], there[name][done])),
                          float(over(lost[name][not_done], there[name][not_done]))) for name in bases},
                  {name: float(over(there[name][[done, not_done]].sum(), there[name].sum())) for name in bases},
                  {name: float(over(lost[name].sum(), there[name].sum())) for name in bases},
                  (int(now[done] // MICRO), int(now[not_done] // MICRO)), -(-limit_days * 12 // 365))


def _limit_days(book: Book) -> int:
    from cs_kpi.measures.onboarding import criterion
    chosen = book.once(criterion)
    assert chosen is not None
    return chosen.limit_days
