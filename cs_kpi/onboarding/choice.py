"""The smallest set of steps whose completers reach a target retention: chosen on earlier start cohorts, judged on later
ones (handbook 5).

Of hundreds of sets that are tried, some look good by chance. So the one that is chosen is tried once more, on customers
that had no part in choosing it, and only that says whether it holds.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np

from cs_kpi.book import Book, date_of
from cs_kpi.criterion import Criterion, Rule
from cs_kpi.kpi.readings import Segment
from cs_kpi.ledger import NEVER, Ints
from cs_kpi.onboarding.goals import LIMITS, Contrast, Trial, trial

EARLIER_SHARE = 0.6
"""Of the customers, by start date, on whom the set is chosen; the others judge it."""
FEWEST = 20
"""Customers with the set and without it, among the earlier and among the later, below which nothing is said."""
LARGEST_SET = 3

Verdict = Literal["holds", "below", "fails", "out_of_reach", "no_difference", "too_few"]
"""holds : later completers stay longer than the others, and reach the target
below : they stay longer, and do not reach the target
fails : among later customers the difference may be chance
out_of_reach : some sets go with staying, and none reaches the target; the best one is shown
no_difference : no set goes with staying
too_few : no set has enough customers on either side, among the earlier ones and among the later ones
"""
TAKEN: frozenset[Verdict] = frozenset({"holds", "below"})
"""Verdicts after which a set may become the criterion."""


@dataclass(frozen=True, slots=True)
class Goal:
    """What was found for a target. earlier, later : retention with the set and without; None where there is no set

    split : the first start day of the later customers
    customers, later_customers : observed to the horizon, and of these the later ones
    tried : sets that had enough customers on either side
    """

    verdict: Verdict
    target: float
    months: int
    split: dt.date | None
    customers: int
    later_customers: int
    tried: int
    criterion: Criterion | None = None
    earlier: Contrast | None = None
    later: Contrast | None = None


@dataclass(frozen=True, slots=True)
class _Set:
    """Steps (places in the trial) joined by and or or, within one limit."""

    steps: tuple[int, ...]
    joined: Literal["and", "or"]
    limit: int
    contrast: Contrast


@dataclass(frozen=True, eq=False)
class Candidates:
    """Every set of up to three steps within one limit, tried on the earlier customers.

    split : the first start day of the later customers; None where all started on one day
    sets : those with enough customers on either side, among the earlier ones and among the later ones
    """

    trial: Trial
    split: int | None
    sets: tuple[_Set, ...]


def candidates(book: Book, months: int, segment: Segment | None = None) -> Candidates:
    return candidates_of(trial(book, months, segment))


def candidates_of(tried: Trial) -> Candidates:
    split = _split(tried.start)
    return Candidates(tried, split, tuple(_sets(tried, tried.start >= split)) if split is not None else ())


def goal(among: Candidates, target: float) -> Goal:
    """The smallest set whose completers reach the target and stay longer than the others beyond chance (the 95 %
    interval of the difference) among the earlier customers; of several, the one with the surest difference."""
    tried, split = among.trial, among.split
    later = tried.start >= (NEVER if split is None else split)
    facts = (target, tried.months, None if split is None else date_of(split), len(tried.start), int(later.sum()),
             len(among.sets))
    if not among.sets:
        return Goal("too_few", *facts)
    real = [one for one in among.sets if one.contrast.interval[0] > 0]
    if not real:
        return Goal("no_difference", *facts)
    reaching = [one for one in real if one.contrast.reached.share >= target]
    if not reaching:
        best = max(real, key=lambda one: (one.contrast.reached.share, -len(one.steps)))
        return Goal("out_of_reach", *facts, _criterion(tried, best), best.contrast)
    smallest = min(len(one.steps) for one in reaching)
    chosen = max((one for one in reaching if len(one.steps) == smallest), key=lambda one: one.contrast.interval[0])
    judged = tried.contrast(_has(tried, chosen.steps, chosen.joined, chosen.limit), chosen.limit,
                            later & tried.is_told(chosen.steps, chosen.limit))
    return Goal(_verdict(judged, target), *facts, _criterion(tried, chosen), chosen.contrast, judged)


def target_guess(among: Candidates) -> int:
    """A target in percent to begin with: the next five above the retention of all, and five more; 90 without any."""
    stayed = among.trial.stayed
    return int(np.ceil(stayed.mean() * 20)) * 5 + 5 if len(stayed) else 90


def _split(start: Ints) -> int | None:
    """The first start day of the later customers; None where all started on one day, or nobody did."""
    if not len(start):
        return None
    day = int(np.sort(start)[min(int(len(start) * EARLIER_SHARE), len(start) - 1)])
    return day if (start < day).any() else None


def _sets(tried: Trial, later: np.ndarray) -> Iterator[_Set]:
    """Every set of up to three steps that enough customers have and have not, earlier and later ones. Of the later ones
    only how many they are is looked at, not whether they stayed."""
    for size in range(1, min(LARGEST_SET, len(tried.steps)) + 1):
        for steps in combinations(range(len(tried.steps)), size):
            for limit in LIMITS:
                for joined in ("and", "or") if size > 1 else ("and",):
                    has = _has(tried, steps, joined, limit)
                    told = tried.is_told(steps, limit)
                    contrast = tried.contrast(has, limit, told & ~later)
                    if _is_enough(contrast) and _is_enough(tried.contrast(has, limit, told & later)):
                        yield _Set(steps, joined, limit, contrast)


def _has(tried: Trial, steps: tuple[int, ...], joined: Literal["and", "or"], limit: int) -> np.ndarray:
    taken = tried.reached[list(steps)] <= limit
    return np.asarray(taken.all(axis=0) if joined == "and" else taken.any(axis=0))


def _is_enough(contrast: Contrast) -> bool:
    return min(contrast.reached.n, contrast.other.n) >= FEWEST


def _verdict(judged: Contrast, target: float) -> Verdict:
    if not judged.interval[0] > 0:
        return "fails"
    return "holds" if judged.reached.share >= target else "below"


def _criterion(tried: Trial, chosen: _Set) -> Criterion:
    rules = [tried.steps[place] for place in chosen.steps]
    return Criterion(rules=tuple(Rule(kind=one.kind, name=one.name, times=one.times, days=chosen.limit)
                                 for one in rules), joined=chosen.joined)
