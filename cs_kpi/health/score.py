"""Scores: a weighted mean of components, the points of each, coverage, the band, and what capped it (handbook 6).

Scores are whole numbers of 10^-6, so that the points of the components sum to the score exactly.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cs_kpi.book import Book
from cs_kpi.churn.events import Floats
from cs_kpi.churn.history import History, Known
from cs_kpi.churn.snapshots import UNDATED
from cs_kpi.health.segments import rules_of
from cs_kpi.health.sources import sources
from cs_kpi.health_rules import BANDS, CHURN_RISK, Cap, Component, HealthConfiguration, Rules
from cs_kpi.ledger import MICRO, Ints

NO_BAND, NO_SCORE = -1, -1
NEUTRAL = 50.0
Key = tuple[str, int, tuple[int, bool] | None]
Values = Mapping[str, Floats]
"""Of each feature a number per customer, NaN where nothing is known."""


@dataclass(frozen=True, eq=False)
class Scores:
    """The scores of some customers on one day.

    customer : their codes
    parts : ids of the components, in the order of the columns of the matrices
    micro : the score in 10^-6, NO_SCORE where no component is present
    points : customers x parts, in 10^-6: what each component adds to the score
    values, scored : customers x parts: the feature's value, and what it scores alone (0..100); NaN where missing
    coverage : share of the weight that is present
    band, uncapped : place in BANDS with the caps and without them, NO_BAND without a score
    caps, acted : the caps of any rules; customers x caps: which of them lowered the band
    rules : which rules hold for each customer, a place in `configuration.every`
    """

    configuration: HealthConfiguration
    customer: Ints
    day: int
    parts: tuple[str, ...]
    micro: Ints
    points: Ints
    values: Floats
    scored: Floats
    coverage: Floats
    band: Ints
    uncapped: Ints
    caps: tuple[Cap, ...]
    acted: np.ndarray
    rules: Ints

    def __len__(self) -> int:
        return len(self.customer)

    @cached_property
    def score(self) -> Floats:
        """0..100, NaN where no component is present."""
        return np.where(self.micro == NO_SCORE, np.nan, self.micro / MICRO)

    @property
    def mean(self) -> float | None:
        """The mean of those that have a score; None where nobody has."""
        known = self.micro[self.micro != NO_SCORE]
        return float(known.mean() / MICRO) if len(known) else None


def customers_at(book: Book, day: int) -> Ints:
    """Who is a customer at the closing of a day: by MRR; without contracts by the first day, without dates by the
    list."""
    if book.snapshot is not None:
        return np.flatnonzero(book.snapshot.is_there)
    if not book.has_contracts:
        return np.flatnonzero(book.first_active <= day)
    return np.flatnonzero(next(iter(book.ledger.closings([day]))) > 0)


def scores(book: Book, configuration: HealthConfiguration, day: int = UNDATED, who: Ints | None = None) -> Scores:
    """The scores at the closing of `day`, from what was known then, of its customers or of `who`."""
    who = customers_at(book, day) if who is None else who
    values = {id: values_at(book, configuration, id, day)[who] for id in configuration.features}
    return scores_of(values, configuration, rules_of(known_at(book, day), configuration)[who], who, day)


def known_at(book: Book, day: int) -> Known:
    """What was known at the closing of a day, kept with the Book: an edit asks for the same days again and again."""
    kept = book.once(_days)
    return kept.setdefault(day, book.once(History).at(day))


def values_at(book: Book, configuration: HealthConfiguration, id: str, day: int) -> Floats:
    """A feature of every customer at the closing of a day, kept with the Book; NaN where nothing is known."""
    kept, key = book.once(_values), _key(configuration, id, day)
    if key not in kept:
        found = sources(book, configuration)
        kept[key] = (found[id].value(known_at(book, day)).astype(float) if id in found
                     else np.full(len(book.customer_ids), np.nan))
    return kept[key]


def is_kept(book: Book, configuration: HealthConfiguration, id: str, day: int) -> bool:
    """Whether a feature was already asked for: a churn risk takes a model, and that takes time."""
    return _key(configuration, id, day) in book.once(_values)


def _key(configuration: HealthConfiguration, id: str, day: int) -> Key:
    """A risk depends on how far ahead it looks, and on what is believed."""
    return id, day, (configuration.horizon_months, configuration.insists_on_risk) if id == CHURN_RISK else None


def _days(_book: Book) -> dict[int, Known]:
    return {}


def _values(_book: Book) -> dict[Key, Floats]:
    return {}


def scores_of(values: Values, configuration: HealthConfiguration, rules: Ints, customer: Ints, day: int = UNDATED
              ) -> Scores:
    """The scores that values give; `rules` are places in `configuration.every`."""
    parts, caps = configuration.parts, tuple(dict.fromkeys(cap for one in configuration.every for cap in one.caps))
    size = len(rules)
    micro, coverage = np.full(size, NO_SCORE, dtype=np.int64), np.zeros(size)
    points, scored = np.zeros((size, len(parts)), dtype=np.int64), np.full((size, len(parts)), np.nan)
    uncapped, acted = np.full(size, NO_BAND, dtype=np.int64), np.zeros((size, len(caps)), dtype=bool)
    band = uncapped.copy()
    for place, one in enumerate(configuration.every):
        rows = np.flatnonzero(rules == place)
        columns = np.array([parts.index(part.feature) for part in one.components], dtype=np.int64)
        mine = {id: value[rows] for id, value in values.items()}
        alone = np.column_stack([component_score(part, mine[part.feature]) for part in one.components])
        scored[rows[:, None], columns] = alone
        micro[rows], points[rows[:, None], columns], coverage[rows] = weighted(alone, one)
        uncapped[rows] = band_of(micro[rows], one)
        band[rows], acts = capped(uncapped[rows], mine, one.caps)
        acted[rows[:, None], np.array([caps.index(cap) for cap in one.caps], dtype=np.int64)] = acts
    matrix = np.column_stack([values[id] for id in parts])
    return Scores(configuration, customer, day, parts, micro, points, matrix, scored, coverage, band, uncapped, caps,
                  acted, rules)


def component_score(part: Component, value: Floats) -> Floats:
    """0 at bad and beyond, 100 at good and beyond, straight between; NaN stays.

    >>> component_score(Component(feature="use_recency", bad=60, good=0, weight=1), np.array([90.0, 15.0, 0.0]))
    array([  0.,  75., 100.])
    """
    return 100 * np.clip((value - part.bad) / (part.good - part.bad), 0.0, 1.0)


def weighted(scored: Floats, rules: Rules) -> tuple[Ints, Ints, Floats]:
    """Score and points in 10^-6, and coverage, of component scores (customers x components of the rules)."""
    weight = np.array([part.weight for part in rules.components])
    is_there = ~np.isnan(scored)
    coverage = np.where(is_there.all(axis=1), 1.0, (is_there * weight).sum(axis=1) / weight.sum())
    filled = np.where(is_there, scored, NEUTRAL if rules.missing == "neutral" else 0.0)
    counts = is_there if rules.missing == "exclude" else np.ones_like(is_there)
    whole = (counts * weight).sum(axis=1)
    added = filled * weight * counts / np.where(whole > 0, whole, 1.0)[:, None] * MICRO
    has_score = np.asarray(is_there.any(axis=1))
    micro = np.clip(np.floor(added.sum(axis=1) + 0.5), 0, 100 * MICRO).astype(np.int64)
    points = np.where(has_score[:, None], _whole(added, micro), 0)
    return np.where(has_score, micro, NO_SCORE), points, coverage


def _whole(added: Floats, total: Ints) -> Ints:
    """Parts as whole numbers that sum to the total: what rounding down leaves goes to the largest remainders."""
    below = np.floor(added).astype(np.int64)
    left = total - below.sum(axis=1)
    order = np.argsort(-(added - below), axis=1, kind="stable")
    rank = np.empty_like(order)
    np.put_along_axis(rank, order, np.broadcast_to(np.arange(order.shape[1]), order.shape), axis=1)
    return below + np.where(left[:, None] >= 0, rank < left[:, None], -(rank < -left[:, None]).astype(np.int64))


def band_of(micro: Ints, rules: Rules) -> Ints:
    """The band of each score; a limit belongs to the better band."""
    limits = np.rint(np.array([rules.yellow_from, rules.green_from]) * MICRO).astype(np.int64)
    return np.where(micro == NO_SCORE, NO_BAND, np.searchsorted(limits, micro, side="right"))


def capped(band: Ints, values: Values, caps: Sequence[Cap]) -> tuple[Ints, np.ndarray]:
    """The bands after all caps, and which caps lowered the band of whom."""
    after, holds = band.copy(), np.zeros((len(band), len(caps)), dtype=bool)
    for place, cap in enumerate(caps):
        value, at = values[cap.feature], BANDS.index(cap.band)
        is_met = value <= cap.limit if cap.when == "at_most" else value >= cap.limit
        holds[:, place] = is_met & (band > at)
        after = np.where(holds[:, place], np.minimum(after, at), after)
    return after, holds
