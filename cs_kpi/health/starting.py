"""A sensible way of scoring to start from, guessed from what the data has; use alone is enough."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from cs_kpi.book import Book, day_of
from cs_kpi.churn.events import Floats
from cs_kpi.churn.features import Better, Feature
from cs_kpi.churn.history import History
from cs_kpi.churn.snapshots import UNDATED
from cs_kpi.errors import DataError
from cs_kpi.health.score import customers_at
from cs_kpi.health.sources import ONBOARDING_STATE, sources
from cs_kpi.health_rules import Cap, Component, HealthConfiguration, Rules
from cs_kpi.ledger import Ints
from cs_kpi.locale import Language, _

BAD, GOOD = 0.1, 0.9
"""Thresholds stand where a tenth of the customers is no better, and a tenth no worse."""
FEWEST_KNOWN = 0.2
"""A feature that is known of a smaller share of the customers is not offered."""
DETRACTOR = 6.0


@dataclass(frozen=True, slots=True)
class Part:
    """A group of features of which the first ones that the data has are taken.

    weight : of the whole group, shared by those that are taken
    """

    weight: float
    features: tuple[str, ...]
    most: int


PARTS = (
    Part(50, ("use_level", "use_trend_3", "use_recency", "seats_used", "use_breadth"), 3),
    Part(15, (ONBOARDING_STATE, "milestones"), 1),
    Part(15, ("nps_last", "csat_last"), 2),
    Part(15, ("urgent", "contact_age"), 1),
    Part(15, ("pulse",), 1))
OTHERWISE = Part(100, ("mrr_change_6", "mrr_change_3", "tenure", "tenure_months"), 2)
"""Where the data has contracts alone."""
CHANGES = ("mrr_change_", "use_trend")
"""How the ids of changes begin: nothing has changed at 0, which is neither bad nor good."""
FIXED = {"nps_last": (0.0, 10.0), "csat_last": (1.0, 5.0), "pulse": (1.0, 5.0), ONBOARDING_STATE: (0.0, 100.0)}
"""Scales that have their own ends."""


def starting(book: Book, language: Language = "en", today: dt.date | None = None) -> HealthConfiguration:
    """A configuration of what this book has, with thresholds from today's customers.

    Raises DataError where nothing in the book says how healthy a customer is.
    """
    empty = HealthConfiguration(name="-", made_on=dt.date(1970, 1, 1),
                                rules=Rules(components=(Component(feature="-", bad=0, good=1, weight=1),)))
    found, day = sources(book, empty), UNDATED if book.is_snapshot or book.as_of is None else day_of(book.as_of)
    who = customers_at(book, day)
    components = [one for part in PARTS for one in _components(book, part, found, day, who)]
    components = components or _components(book, OTHERWISE, found, day, who)
    if not components:
        raise DataError(_("Nothing in the data says how healthy a customer is. Load use, survey answers, tickets or "
                          "the ratings of the team, on the data page."))
    detractors = Cap(feature="nps_last", when="at_most", limit=DETRACTOR, band="yellow")
    caps = (detractors,) if any(one.feature == "nps_last" for one in components) else ()
    return HealthConfiguration(name=_("First health score").text(language), made_on=today or book.today,
                               rules=Rules(components=tuple(components), caps=caps))


def _components(book: Book, part: Part, found: dict[str, Feature], day: int, who: Ints) -> list[Component]:
    """The first features of a group that tell customers apart, its weight shared by them."""
    known = book.once(History).at(day)
    chosen: list[tuple[str, tuple[float, float]]] = []
    for id in part.features:
        if id in found and found[id].is_dated and len(chosen) < part.most:
            limits = thresholds(found[id], found[id].value(known)[who])
            chosen += [(id, limits)] if limits else []
    return [Component(feature=id, bad=bad, good=good, weight=round(part.weight / len(chosen), 2))
            for id, (bad, good) in chosen]


def thresholds(feature: Feature, value: Floats, better: Better | None = None) -> tuple[float, float] | None:
    """Bad and good for a feature of some customers: the tenth and the ninetieth percentile in its healthy direction,
    or the whole span where these are the same; None where too few are known or all are alike. Of a change that nearly
    all have in one direction the other end is as far from 0, so that who stays the same is in the middle.

    better : the healthy direction, where the feature names none
    """
    told = value[~np.isnan(value)]
    if not len(told) or len(told) < FEWEST_KNOWN * len(value):
        return None
    if feature.id in FIXED:
        return FIXED[feature.id]
    low, high = (float(limit) for limit in np.quantile(told, [BAD, GOOD]))
    if low == high:
        low, high = float(told.min()), float(told.max())
    low, high = _plain(low), _plain(high)
    if low == high:
        return None
    if feature.id.startswith(CHANGES) and not low < 0 < high:
        low, high = -max(abs(low), abs(high)), max(abs(low), abs(high))
    return (high, low) if (better or feature.better) == "down" else (low, high)


def _plain(number: float) -> float:
    """Three digits: a threshold is a number that people say."""
    return float(f"{number:.3g}")
