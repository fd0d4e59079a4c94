"""Churn risk as a part of a score, as it could be told at each closing (handbook 6)."""

from __future__ import annotations

from cs_kpi.book import Book
from cs_kpi.churn.features import Feature
from cs_kpi.churn.past import PastRisks
from cs_kpi.churn.registry import at_hand
from cs_kpi.health_rules import CHURN_RISK, HealthConfiguration
from cs_kpi.locale import _

RISK_LABEL = _("Churn risk")


def past_risks(book: Book, configuration: HealthConfiguration) -> PastRisks:
    """The risks that a configuration looks at: foreseen as the team's churn settings say, as far ahead as the score
    does."""
    key = configuration.horizon_months, configuration.insists_on_risk
    kept = book.once(_kept)
    if key not in kept:
        chosen = at_hand(book, book.settings.churn).model_copy(update={"horizon_months": key[0]})
        kept[key] = PastRisks(book, chosen, key[1])
    return kept[key]


def risk_feature(configuration: HealthConfiguration) -> Feature:
    """Churn risk as something that a score can look at."""
    return Feature(CHURN_RISK, "customer", RISK_LABEL, "share",
                   lambda known: past_risks(known.book, configuration).at(known), better="down", without_dates=True)


def _kept(_book: Book) -> dict[tuple[int, bool], PastRisks]:
    return {}
