"""Goal design: which step within how many days goes with staying, honestly measured (handbook 5).

Whoever leaves early has had no time to take a step, so that every step seems to keep customers (immortal-time bias):
both groups hold only customers that are still there on the day of the limit, and that the data follows to the horizon.
Whose limit was over before the table of the step begins is in neither: nobody knows whether it was taken.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cs_kpi.book import Book, day_of, days
from cs_kpi.criterion import Rule
from cs_kpi.engagement.told import told
from cs_kpi.kpi.intervals import wilson
from cs_kpi.kpi.onboarding import starters
from cs_kpi.kpi.readings import Segment
from cs_kpi.ledger import NEVER, Ints
from cs_kpi.locale import Message, _
from cs_kpi.measures.lifetimes import is_active_on, months_after
from cs_kpi.measures.onboarding import reached_on
from cs_kpi.onboarding.editing import rules_offered

LIMITS = (7, 14, 30, 60, 90)
HORIZONS = (6, 12)
MOST_STEPS = 16
"""Steps that are tried; of more, those that most customers reached."""


@dataclass(frozen=True, slots=True)
class Group:
    """Customers still there at the limit and followed to the horizon. stayed : of these, there at the horizon"""

    n: int
    stayed: int

    @property
    def share(self) -> float:
        return self.stayed / self.n if self.n else math.nan

    @property
    def interval(self) -> tuple[float, float]:
        return wilson(self.stayed, self.n) if self.n else (math.nan, math.nan)


@dataclass(frozen=True, slots=True)
class Contrast:
    """Retention of those who had reached something by the limit, and of those who had not."""

    reached: Group
    other: Group

    @property
    def difference(self) -> float:
        return self.reached.share - self.other.share

    @property
    def interval(self) -> tuple[float, float]:
        """95 % interval of the difference, from the two Wilson intervals.

        Source: Newcombe, Statistics in Medicine 17 (1998), method 10.
        """
        if not (self.reached.n and self.other.n):
            return math.nan, math.nan
        one, two = self.reached, self.other
        (low1, high1), (low2, high2) = one.interval, two.interval
        down, up = math.hypot(one.share - low1, high2 - two.share), math.hypot(high1 - one.share, two.share - low2)
        return self.difference - down, self.difference + up


@dataclass(frozen=True, slots=True)
class Cell:
    """A step within so many days."""

    rule: Rule
    contrast: Contrast


@dataclass(frozen=True, eq=False)
class Trial:
    """Everything that goals of one horizon are tried on, one entry a customer of `who`.

    steps : what is tried, one row of `reached` each (days from the start; infinite: never)
    start : first active day; stayed : whether there at the horizon
    there : limit in days -> whether still there at the closing of that day
    since : the first day that the table of each step speaks of
    """

    months: int
    steps: tuple[Rule, ...]
    start: Ints
    reached: np.ndarray
    stayed: np.ndarray
    there: dict[int, np.ndarray]
    since: Ints

    def is_told(self, steps: Sequence[int], limit: int) -> np.ndarray:
        """Of whom it is known whether they took the steps: their limit was over when the table began, otherwise."""
        return np.asarray(self.start + limit >= max(self.since[place] for place in steps))

    def contrast(self, has: np.ndarray, limit: int, part: np.ndarray | None = None) -> Contrast:
        """Those who have something by the limit against the others; part : whom it is asked of."""
        base = self.there[limit] if part is None else self.there[limit] & part
        return Contrast(_group(base & has, self.stayed), _group(base & ~has, self.stayed))

    def by(self, step: int, limit: int) -> np.ndarray:
        """Who had taken a step by the limit."""
        return np.asarray(self.reached[step] <= limit)

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """Every step within every limit."""
        return tuple(Cell(rule.model_copy(update={"days": limit}), self.contrast(
            self.by(place, limit), limit, self.is_told([place], limit)))
                     for place, rule in enumerate(self.steps) for limit in LIMITS)


def trial(book: Book, months: int, segment: Segment | None = None) -> Trial:
    """All customers whose start is known and whom the data follows `months` months from it, with the steps to try.

    Days count from the first active day. A step taken before it counts as reached.
    """
    assert book.as_of is not None
    horizon = months_after(book.start_day, months)
    known = starters(book, segment=segment) & (horizon <= day_of(book.as_of)) & (book.start_day == book.first_active)
    who = np.flatnonzero(known)
    start = book.start_day
    offered = steps_to_try(book)
    taken = [_days(book, rule)[who] for rule in offered]
    order = sorted(range(len(offered)), key=lambda place: -int((taken[place] <= LIMITS[-1]).sum()))[:MOST_STEPS]
    kept = sorted(order)
    there = {limit: is_active_on(book, start + limit)[who] for limit in LIMITS}
    reached = np.array([taken[place] for place in kept]) if kept else np.zeros((0, len(who)))
    return Trial(months, tuple(offered[place] for place in kept), start[who], reached,
                 is_active_on(book, horizon)[who], there,
                 np.array([told_since(book, offered[place]) for place in kept], dtype=np.int64))


def told_since(book: Book, rule: Rule) -> int:
    """The first day that the table of a step speaks of: nobody knows who took it before."""
    if rule.kind == "completed":
        return int(days(book.customers["onboarding_completed_on"]).min())
    if rule.kind == "milestone":
        return int(days(book.tables["milestones"]["completed_on"].dropna()).min(initial=NEVER))
    found = book.once(told)
    return found.first if found else NEVER


def _days(book: Book, rule: Rule) -> np.ndarray:
    """Days from the first active day until the step; infinite where it was never taken."""
    day = reached_on(book, rule)
    return np.where((day < NEVER) & (book.start_day < NEVER), (day - book.start_day).astype(float), math.inf)


def _group(who: np.ndarray, stayed: np.ndarray) -> Group:
    return Group(int(who.sum()), int((who & stayed).sum()))


def obstacle(book: Book) -> Message | None:
    """Why no goal can be designed: nobody is known to leave, or no steps are known."""
    if not book.has_contracts:
        return _("Retention takes contracts with a start and an end. Load them on the data page.")
    if not steps_to_try(book):
        return _("There are no steps to try. Load milestones (customer, milestone, completed on) or use by feature on "
                 "the data page.")
    return None


def steps_to_try(book: Book) -> list[Rule]:
    """The rules that the sheets can tell, but any use at all, which nearly everybody has."""
    return [rule for rule in rules_offered(book) if rule.kind != "uses"]
