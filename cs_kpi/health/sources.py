"""What a score can look at: the numbers among the features, the onboarding state, and the churn risk."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from cs_kpi.book import Book, day_of
from cs_kpi.churn.events import Floats
from cs_kpi.churn.features import FEATURES, Feature, Words
from cs_kpi.churn.history import Known
from cs_kpi.churn.quantities import FeatureUnit
from cs_kpi.churn.registry import features
from cs_kpi.errors import DataError
from cs_kpi.health.risk import RISK_LABEL, risk_feature
from cs_kpi.health_rules import CHURN_RISK, HealthConfiguration
from cs_kpi.locale import Message, _
from cs_kpi.measures.onboarding import no_criterion, onboarding

ONBOARDING_STATE = "onboarding_state"
STATE_LABEL = _("Onboarding state")
IN_TIME, LATE, OPEN, OVERDUE = 100.0, 60.0, 50.0, 0.0
"""What the onboarding states are worth: late is worse than in time, and hardly better than not yet decided."""
STATE_WORDS = {IN_TIME: _("onboarding was finished in time"), LATE: _("onboarding was finished late"),
               OPEN: _("onboarding is under way"), OVERDUE: _("onboarding is not finished, and its limit has passed")}


@dataclass(frozen=True, slots=True)
class _StateWords(Words):
    """A state is said by its name, not by what it is worth."""

    def template(self, value: float) -> Message:
        return STATE_WORDS.get(value, self.plus)


def sources(book: Book, configuration: HealthConfiguration) -> dict[str, Feature]:
    """Everything that a score of this book can look at, by id."""
    found = {id: one if one.is_dated or book.is_snapshot else _of_today(one)
             for id, one in book.once(features).items() if not one.is_category}
    if has_onboarding_state(book):
        found[ONBOARDING_STATE] = Feature(ONBOARDING_STATE, "onboarding", STATE_LABEL, "score",
                                          onboarding_state, better="up", is_actionable=True,
                                          words=_StateWords(_("onboarding state {value}")))
    return found | {CHURN_RISK: risk_feature(configuration)}


def label_of(book: Book, id: str) -> Message | str:
    """What a part is called; its id where nobody knows it any more."""
    known = FEATURES.get(id) or book.once(features).get(id)
    return {ONBOARDING_STATE: STATE_LABEL, CHURN_RISK: RISK_LABEL}.get(id) or (known.label if known else id)


def unit_of(book: Book, id: str) -> FeatureUnit:
    """The unit of a part; a score where nobody knows it any more."""
    known = FEATURES.get(id) or book.once(features).get(id)
    return "share" if id == CHURN_RISK else known.unit if known else "score"


def has_onboarding_state(book: Book) -> bool:
    """Whether there is a criterion that does not depend on what the milestones will be called next year: the team's
    own, or the day in the customer list."""
    own = book.settings.onboarding is not None or book.has("customers.onboarding_completed_on")
    return own and not book.is_snapshot and book.as_of is not None and no_criterion(book) is None


def onboarding_state(known: Known) -> Floats:
    """100 completed in time, 60 late, 50 while the limit lies ahead, 0 when it has passed."""
    now = known.book.once(onboarding)
    limits = now.since + np.array([[rule.days] for rule in now.criterion.rules])
    met = now.met_on <= known.day
    in_time = (met & (now.met_on <= limits)).sum(axis=0) >= now.criterion.rules_needed
    at_all = met.sum(axis=0) >= now.criterion.rules_needed
    found = np.select([in_time, at_all, now.limit <= known.day], [IN_TIME, LATE, OVERDUE], OPEN)
    return np.where(now.since <= known.day, found, np.nan)


def _of_today(one: Feature) -> Feature:
    """A feature without dates: known on the last day of the data, when it was read, and at no closing before."""
    def value(known: Known) -> Floats:
        as_of = known.book.as_of
        is_today = as_of is not None and known.day >= day_of(as_of)
        return one.value(known) if is_today else np.full(known.size, np.nan)
    return replace(one, value=value)


def checked(book: Book, configuration: HealthConfiguration) -> list[Message]:
    """What a configuration asks for that this book does not have, whole sentences.

    Raises DataError where a feature is no number or not known at all, and where the book has none of the components.
    """
    known, here = book.once(features), sources(book, configuration)
    for id in configuration.features:
        if (id in known and known[id].is_category) or not (id in here or id in FEATURES or id.startswith("customers.")
                                                           or id == ONBOARDING_STATE):
            raise DataError(_("A health score cannot be made of '{feature}'. It can look at: {features}.", feature=id,
                              features=list(here)))
    absent = [id for id in configuration.features if id not in here]
    if not any(id in here for id in configuration.parts):
        raise DataError(_("None of the parts of the health score '{name}' is in the data: {features}. Load a file that "
                          "has them, or choose other parts.", name=configuration.name, features=absent))
    return [_("The health score '{name}' also looks at {feature}, which is not in the data. It counts as missing.",
              name=configuration.name, feature=FEATURES[id].label if id in FEATURES else id) for id in absent]
