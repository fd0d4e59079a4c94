"""The KPIs that exist, each declared once; cards, series, intervals, names, docs and slides follow from this list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cs_kpi.kpi import formula
from cs_kpi.locale import Message, _
from cs_kpi.locale.formats import Unit
from cs_kpi.measures import movements  # noqa: F401  (declares the measures that KPIs are written over)
from cs_kpi.measures.registry import At
from cs_kpi.periods import PeriodKind

Better = Literal["up", "down"]
Group = Literal["revenue", "customers", "retention", "growth"]
GROUP_LABELS: dict[Group, Message] = {
    "revenue": _("Revenue"), "customers": _("Customers"), "retention": _("Retention and churn"),
    "growth": _("Growth")}


@dataclass(frozen=True, slots=True)
class Kpi:
    """A number about customers: the sum of one formula over measures, or the ratio of two.

    denominator : None for totals and counts
    bounds : values it can take; an interval is cut to them
    headline : the period kind in which the overview shows it, where that is not the chosen one
    source : who else defines it so
    """

    id: str
    group: Group
    label: Message
    definition: Message
    unit: Unit
    better: Better
    numerator: str
    denominator: str | None
    bounds: tuple[float | None, float | None]
    source: str
    headline: PeriodKind | None = None

    @property
    def terms(self) -> tuple[formula.Term, ...]:
        return formula.terms(self.numerator) + (formula.terms(self.denominator) if self.denominator else ())

    @property
    def needs(self) -> tuple[str, ...]:
        """What it cannot be computed without, "table" or "table.field"."""
        return tuple(dict.fromkeys(need for term in self.terms for need in term.measure.needs))

    @property
    def at(self) -> At:
        """The moment of its segments: the closing for what only looks at the closing, else the movement's."""
        return "closing" if {term.measure.at for term in self.terms} == {"closing"} else "movement"

    @property
    def looks_back(self) -> bool:
        """Whether it needs to know who was there at the opening."""
        return self.at != "closing"

    @property
    def is_rate(self) -> bool:
        return self.denominator is not None


KPIS: dict[str, Kpi] = {}


def kpi(id: str, group: Group, *, label: Message, definition: Message, unit: Unit, better: Better, numerator: str,
        denominator: str | None = None, bounds: tuple[float | None, float | None] = (0, None),
        source: str = "", headline: PeriodKind | None = None) -> None:
    """Declare a KPI."""
    KPIS[id] = Kpi(id, group, label, definition, unit, better, numerator, denominator, bounds, source, headline)
