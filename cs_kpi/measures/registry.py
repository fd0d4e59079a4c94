"""What a measure declares beside its function: its name in words, unit, the moment of its segment, what it needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from cs_kpi.book import Book
from cs_kpi.ledger import MICRO
from cs_kpi.locale import Message
from cs_kpi.measures.moments import Moment

Undated = Literal["told", "silent"] | None
At = Literal["opening", "closing", "movement", "start", "window"]
"""When a customer's segment is read: at opening; at closing; at opening for who was there and else at closing; on the
first active day; at the last opening in the window of pooled churn."""
Unit = Literal["money", "count", "minutes", "months", "ratio"]
OF_MONTH = 28 * 29 * 30 * 31 // 2
"""Months are kept in parts of which a day of a month of 28, 29, 30 or 31 days is a whole number each."""
SCALE: dict[Unit, float] = {"money": MICRO, "count": 1, "minutes": MICRO, "months": OF_MONTH, "ratio": MICRO}
"""What the integers of a measure are divided by: money is kept in 10^-6, months in 377,580ths."""
Counted = Literal["customers", "answers", "terms", "users", "rows"]
"""What a count counts. A share of customers, answers or terms has Wilson's interval."""
Vector = Callable[[Moment], np.ndarray]
Lack = Callable[[Book], Message | None]
Silence = Callable[[Moment], Message | None]
OfRows = Callable[[Moment], "tuple[np.ndarray, np.ndarray]"]
"""Contract rows (places in the ledger, each at most once) and a number for each."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One number per customer of a period.

    of : what is counted
    needs : "table" or "table.field" without which it is not available; "a|b": one of them is enough
    splits : contract fields whose split the function reads, where they are mapped
    undated : what a list without dates says of it: `told`; `silent`, when it would be 0 there for want of dates, which
        may stand beside others in a formula; or None, when it takes dates
    moves : 0 for whoever pays the same at opening and closing, so that it is computed for the others alone
    lacks : why a book cannot have it although its tables are there
    silent : why it is not known in a period
    of_rows : what is counted by contract rows: each is in the segment of its own product and plan, whatever else its
        customer has
    """

    name: str
    label: Message
    unit: Unit
    vector: Vector
    at: At
    of: Counted
    needs: tuple[str, ...]
    splits: tuple[str, ...]
    moves: bool
    lacks: Lack | None = None
    silent: Silence | None = None
    undated: Undated = None
    of_rows: OfRows | None = None

    @property
    def looks_back(self) -> bool:
        """Whether it rests on who was there at the opening."""
        return self.at == "opening" or self.moves


MEASURES: dict[str, Measure] = {}


def measure(label: Message, unit: Unit, *, at: At = "movement", of: Counted = "customers",
            needs: tuple[str, ...] = (), splits: tuple[str, ...] = (), from_contracts: bool = True,
            moves: bool | None = None, lacks: Lack | None = None,
            silent: Silence | None = None, undated: Undated = None, of_rows: OfRows | None = None
            ) -> Callable[[Vector], Vector]:
    """Declare a function of a Moment as a measure under its own name.

    from_contracts : needs subscriptions, and of a movement is 0 where nothing moved (unless `moves` says otherwise)
    """
    def declare(function: Vector) -> Vector:
        name = function.__name__
        whole = ("subscriptions", *needs) if from_contracts else needs
        is_movement = at == "movement" and from_contracts if moves is None else moves
        MEASURES[name] = Measure(name, label, unit, function, at, of, whole, splits, is_movement, lacks, silent,
                                 undated, of_rows)
        return function
    return declare
