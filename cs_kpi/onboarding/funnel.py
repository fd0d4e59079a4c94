"""Steps on the way: how many starters reached each milestone, and how long it took from the one before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cs_kpi.book import Book, day_of
from cs_kpi.criterion import Rule
from cs_kpi.kpi.onboarding import starters
from cs_kpi.kpi.readings import Segment
from cs_kpi.ledger import NEVER, Ints
from cs_kpi.measures.onboarding import reached_on
from cs_kpi.onboarding.editing import milestones
from cs_kpi.periods import Period


@dataclass(frozen=True, slots=True)
class Step:
    """One milestone.

    listed : starters for whom the sheet has a row of it, done or not
    reached : starters who did it up to the end of the data
    share : of the starters
    share_of_previous : of those who reached the step before, who reached this one too; NaN for the first
    days : median from the start to it, of who reached it
    days_between : median from the step before, of who reached both; negative where the order is often the other one
    """

    name: str
    listed: int
    reached: int
    share: float
    share_of_previous: float
    days: float
    days_between: float


@dataclass(frozen=True, slots=True)
class Funnel:
    """The milestones in the order of their median days; steps of the same day by how many reached them, then by name.

    completed_all : starters who reached every step
    """

    starters: int
    steps: tuple[Step, ...]
    completed_all: int

    @property
    def share_of_all(self) -> float:
        return self.completed_all / self.starters if self.starters else np.nan


def funnel(book: Book, run: Sequence[Period] | None = None, segment: Segment | None = None) -> Funnel:
    """The funnel of those who started in the periods (None: at any time), in the segment. Without milestones it has no
    steps, and nobody completed them."""
    who = np.flatnonzero(starters(book, run, segment))
    names = milestones(book)
    if not names:
        return Funnel(len(who), (), 0)
    assert book.as_of is not None
    reached = np.array([_reached(book, name)[who] for name in names])
    days = np.where(reached < NEVER, reached - book.start_day[who], np.nan)
    order = sorted(range(len(names)), key=lambda place: (_median(days[place]), -_count(days[place]), names[place]))
    steps = [_step(book, names[place], who, days[place], days[order[number - 1]] if number else None)
             for number, place in enumerate(order)]
    return Funnel(len(who), tuple(steps), int((reached < NEVER).all(axis=0).sum()))


def _reached(book: Book, name: str) -> Ints:
    """The day of a milestone; one that lies after the end of the data is a plan."""
    assert book.as_of is not None
    day = reached_on(book, Rule(name=name, days=0))
    return np.where(day <= day_of(book.as_of), day, NEVER)


def _step(book: Book, name: str, who: Ints, days: np.ndarray, before: np.ndarray | None) -> Step:
    reached = ~np.isnan(days)
    both = reached & ~np.isnan(before) if before is not None else np.zeros(len(who), dtype=bool)
    between = days[both] - before[both] if before is not None else days[both]
    return Step(name, _listed(book, name, who), int(reached.sum()), _share(reached.sum(), len(who)),
                _share(both.sum(), _count(before)) if before is not None else np.nan, _median(days), _median(between))


def _listed(book: Book, name: str, who: Ints) -> int:
    rows = book.tables["milestones"]
    named = book.codes(rows["customer_id"][(rows["milestone"] == name).to_numpy(dtype=bool, na_value=False)])
    return int(np.isin(who, named).sum())


def _count(days: np.ndarray) -> int:
    return int((~np.isnan(days)).sum())


def _median(days: np.ndarray) -> float:
    known = days[~np.isnan(days)]
    return float(np.median(known)) if len(known) else np.nan


def _share(part: int, whole: int) -> float:
    return float(part / whole) if whole else np.nan
