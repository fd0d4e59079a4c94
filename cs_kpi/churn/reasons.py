"""Why a customer's risk is what it is, and what would change it, in words with values (handbook 6)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cs_kpi.churn.features import Feature
from cs_kpi.churn.risk import Risks
from cs_kpi.churn.scorecard import probability
from cs_kpi.locale import Message

MOST = 5
LEAST = 0.05
"""What moves the log-odds by less is not worth a word."""
MOST_CHANGES = 3
HIGH = 2.0
"""A risk of so many times the mean is called high, unless the settings set a limit."""
HIGHEST = 0.5


@dataclass(frozen=True, slots=True)
class Reason:
    """What one feature does to one customer's risk.

    value : the number, or the place of the word; NaN where nothing is known
    points : what it adds to the log-odds; above 0 it raises the risk
    """

    feature: Feature
    value: float
    points: float
    words: Message

    @property
    def raises(self) -> bool:
        return self.points > 0


@dataclass(frozen=True, slots=True)
class Change:
    """What a better value of a feature would do, as the model sees it.

    before, after : in words
    risk : of the customer with this change and those before it in the list
    """

    feature: Feature
    before: Message
    after: Message
    risk: float


@dataclass(frozen=True, slots=True)
class WayOut:
    """Changes, the strongest first, and whether together they bring the risk below `limit`."""

    changes: tuple[Change, ...]
    limit: float
    is_enough: bool


def reasons(risks: Risks, place: int, most: int = MOST, least: float = LEAST) -> list[Reason]:
    """What moves the risk of one customer most, by size; all of it together with the intercept is its log-odds.

    place : the row of the customer in `risks`
    """
    points = risks.points[place]
    strongest = np.argsort(-np.abs(points), kind="stable")[:most]
    return [_reason(risks, place, int(part)) for part in strongest if abs(points[part]) >= least]


def _reason(risks: Risks, place: int, part: int) -> Reason:
    id = risks.model.parts[part].feature
    value = float(risks.table.column(id)[place])
    return Reason(risks.table.features[id], value, float(risks.points[place, part]), _words(risks, id, value))


def _words(risks: Risks, id: str, value: float) -> Message:
    feature = risks.table.features[id]
    name = risks.table.names[id][int(value)] if feature.is_category and not np.isnan(value) else None
    return feature.sentence(value, risks.book.currency, name)


def risk_limit(risks: Risks, chosen: float | None = None) -> float:
    """The risk from which on it is called high: as chosen, else twice the mean of today's customers, at most a half."""
    if chosen is not None:
        return chosen
    return min(HIGH * float(risks.risk.mean()), HIGHEST) if len(risks.customer) else HIGHEST


def way_out(risks: Risks, place: int, limit: float) -> WayOut:
    """The changes that would bring a customer's risk below the limit, or as near to it as they go.

    Only what a team can act on, only to a value that many of today's customers have, and only where that is both the
    healthier direction and the one in which the model sees less risk. It is what the model has seen in customers that
    are so, not a promise: no model knows causes.
    """
    log_odds, found = float(risks.log_odds[place]), list[Change]()
    for gain, id, better in sorted(_gains(risks, place), key=lambda one: (one[0], one[1])):
        if probability(np.array(log_odds)) < limit or len(found) == MOST_CHANGES:
            break
        log_odds += gain
        before = float(risks.table.column(id)[place])
        found.append(Change(risks.table.features[id], _words(risks, id, before), _words(risks, id, better),
                            float(probability(np.array(log_odds)))))
    return WayOut(tuple(found), limit, bool(probability(np.array(log_odds)) < limit))


def _gains(risks: Risks, place: int) -> list[tuple[float, str, float]]:
    """What each actionable feature would take off the log-odds, its id, and the value that it would then have."""
    found: list[tuple[float, str, float]] = []
    for number, part in enumerate(risks.model.parts):
        feature = risks.table.features[part.feature]
        better, value = risks.realistic.get(part.feature, np.nan), risks.table.column(part.feature)[place]
        is_step = better > value if feature.better == "up" else better < value
        if not is_step:
            continue
        gain = float(part.points(np.array([better]), ())[0] - risks.points[place, number])
        if gain < -LEAST:
            found.append((gain, part.feature, better))
    return found
