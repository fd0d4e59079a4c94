"""Which KPIs a team looks at, by the stage it has reached; and a team's own set."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field

from cs_kpi.kpi.declarations import KPIS
from cs_kpi.locale import Message, _


@dataclass(frozen=True, slots=True)
class Preset:
    """A set of KPIs in order; `kpis` None: all of them."""

    id: str
    label: Message
    kpis: tuple[str, ...] | None


SEED = ("arr", "mrr", "customers")
FIRST_HIRE = (*SEED, "onboarding_completion_rate", "health_mean")
SERIES_A = (*FIRST_HIRE, "gross_revenue_churn_rate", "customer_churn_rate", "nrr", "nps")
PRESETS: dict[str, Preset] = {preset.id: preset for preset in (
    Preset("seed", _("Seed"), SEED),
    Preset("first_hire", _("First CS hire"), FIRST_HIRE),
    Preset("series_a", _("Towards series A"), SERIES_A),
    Preset("situational", _("Situational"), ("ltv", "upsell_rate", "csat")),
    Preset("all", _("All KPIs"), None))}


class OwnSet(BaseModel):
    """A team's own choice: KPIs in its order, with its own names for some of them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(min_length=1, max_length=80)
    kpis: tuple[str, ...] = Field(min_length=1)
    names: dict[str, str] = Field(default_factory=dict)


def kpis_of(chosen: Preset | OwnSet) -> list[str]:
    """The ids of a set in order, each once; those that this version does not have are left out."""
    if chosen.kpis is None:
        return list(KPIS)
    return [name for name in dict.fromkeys(chosen.kpis) if name in KPIS]


def label_of(chosen: Preset | OwnSet, kpi_id: str) -> Message | str:
    """What a KPI is called in a set."""
    own = chosen.names.get(kpi_id) if isinstance(chosen, OwnSet) else None
    return own or KPIS[kpi_id].label
