"""The KPIs of health (handbook 4 and 6)."""

from __future__ import annotations

from cs_kpi.book import Book
from cs_kpi.health.sources import checked
from cs_kpi.kpi.registry import kpi
from cs_kpi.locale import Message, _


def configured(book: Book) -> Message | None:
    """By which configuration, and what of it is not in the data."""
    found = book.settings.health
    if found is None:
        return None
    named = _("Health score: {name} ({day}).", name=found.name, day=found.made_on)
    lacking = checked(book, found)
    return _("{name} {lacking}", name=named, lacking=lacking) if lacking else named


kpi("health_mean", "health", label=_("Mean health score"), unit="score", better="up", bounds=(0, 100),
    numerator="health_points", denominator="is_scored", remark=configured,
    definition=_("The mean health score of the customers at the closing of the period; 100 is healthy. Customers of "
                 "whom no part of the score is known are left out."))
kpi("health_at_risk_mrr", "health", label=_("MRR at risk"), unit="money", better="down", numerator="red_mrr",
    remark=configured,
    definition=_("The closing MRR of the customers whose health is in the red band."))
