"""How many seats a plan carries: as the team says, else where customers of it moved to a plan that costs more."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cs_kpi.book import Book
from cs_kpi.churn.contract_features import seats
from cs_kpi.churn.events import Floats
from cs_kpi.growth.closing import Closing, closing
from cs_kpi.health import history
from cs_kpi.ledger import Ints

FEWEST_MOVES = 5
"""Moves up from a plan below which they tell no limit."""


@dataclass(frozen=True, eq=False)
class Moves:
    """Customers that moved to another plan with more MRR, within a month.

    plan : which they left, place among the names; seats : that they had; known_on : the closing that first shows it
    """

    plan: Ints
    seats: Floats
    known_on: Ints


@dataclass(frozen=True, eq=False)
class Limits:
    """seats : of every plan, NaN where nothing is known; moves : it was learnt from, 0 where the team said it"""

    names: tuple[str, ...]
    seats: Floats
    moves: Ints


def moves(book: Book) -> Moves:
    """All of them, each with the seats at the closing before."""
    found: list[tuple[Ints, Floats, Ints]] = []
    before: Closing | None = None
    for day in history.closings(book):
        now = closing(book, day)
        if before is not None:
            plan, then = now.known.leading("plan"), before.known.leading("plan")
            had = seats(before.known)
            moved = np.flatnonzero((plan != then) & ~np.isnan(plan) & ~np.isnan(then) & (now.mrr > before.mrr)
                                   & (had > 0))
            found.append((then[moved].astype(np.int64), had[moved], np.full(len(moved), day, dtype=np.int64)))
        before = now
    if not found:
        return Moves(np.zeros(0, dtype=np.int64), np.zeros(0), np.zeros(0, dtype=np.int64))
    plans, numbers, days = (np.concatenate(part) for part in zip(*found, strict=True))
    return Moves(plans, numbers, days)


def limits(at: Closing) -> Limits:
    """The limit of every plan as it could be known at a closing."""
    book = at.book
    names = at.known.history.parts("plan").names
    found, learnt_from = np.full(len(names), np.nan), np.zeros(len(names), dtype=np.int64)
    learnt = book.once(moves)
    is_known = learnt.known_on <= at.day
    for place, name in enumerate(names):
        if name in book.settings.growth.plan_limits:
            found[place] = book.settings.growth.plan_limits[name]
            continue
        mine = learnt.seats[is_known & (learnt.plan == place)]
        if len(mine) >= FEWEST_MOVES:
            found[place], learnt_from[place] = np.median(mine), len(mine)
    return Limits(names, found, learnt_from)
