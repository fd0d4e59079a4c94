"""Decks to begin with: what a team shows every month, to its board, to one customer, and when it asks for a target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cs_kpi.deck.items import ITEMS
from cs_kpi.deck.records import Deck, Slot
from cs_kpi.errors import DataError
from cs_kpi.locale import Message, _
from cs_kpi.periods import PeriodKind


@dataclass(frozen=True, slots=True)
class Preset:
    """items : in order; those that a book cannot show are left out when the deck is built, and said"""

    id: str
    label: Message
    items: tuple[str, ...]
    kind: PeriodKind = "month"
    is_about_customer: bool = False


PRESETS: dict[str, Preset] = {preset.id: preset for preset in (
    Preset("monthly", _("Monthly CS report"), (
        "kpis", "trend-mrr", "movements", "churn-forms", "nrr-grr", "churned", "reasons", "cohorts",
        "onboarding-states", "onboarding-open", "trend-active_customer_rate", "falling-use", "nps-groups", "nps-lowest",
        "health-bands", "health-worse", "risk-list", "renewals", "renewals-list", "targets")),
    Preset("board", _("Board page"), (
        "kpis", "trend-arr", "bridge", "nrr-grr", "layers", "survival", "segments-gross_revenue_churn_rate",
        "fan-arr", "targets"), kind="quarter"),
    Preset("qbr", _("Business review for one customer"), (
        "customer-facts", "customer-mrr", "customer-use", "customer-health", "customer-points", "customer-answers",
        "customer-actions", "customer-contracts"), is_about_customer=True),
    Preset("targets", _("Target proposal"), (
        "kpis", "trend-mrr", "movements", "nrr-grr", "churn-cost", "renewals", "fan-mrr", "fan-nrr", "scenarios",
        "targets", "target-courses")),
    Preset("review", _("Monthly review sheet"), ("targets", "target-proposals", "target-courses")),
)}


def deck_of(preset_id: str, **more: object) -> Deck:
    """A new deck as a preset has it. Raises DataError that names the known presets for an unknown one."""
    if preset_id not in PRESETS:
        raise DataError(_("There is no preset '{preset}'. There are: {known}.", preset=preset_id,
                          known=sorted(PRESETS)))
    chosen = PRESETS[preset_id]
    return Deck(preset=preset_id, kind=chosen.kind,
                slots=tuple(Slot(item=id) for id in known(chosen.items))).model_copy(update=more)


def known(ids: Sequence[str]) -> list[str]:
    """Those ids that this version has, each once."""
    return [id for id in dict.fromkeys(ids) if id in ITEMS]


def title_of(deck: Deck) -> Message | str:
    """What the first slide says: the deck's own title, else that of its preset."""
    return deck.title or (PRESETS[deck.preset].label if deck.preset in PRESETS else PRESETS["monthly"].label)
