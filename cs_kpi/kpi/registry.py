"""The KPIs that exist, each declared once; cards, series, intervals, names, docs and slides follow from this list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal

from cs_kpi.book import Book
from cs_kpi.errors import DataError
from cs_kpi.health import measures as health_measures  # noqa: F401  (declares measures, too)
from cs_kpi.kpi import formula
from cs_kpi.locale import Message, _
from cs_kpi.locale.formats import Unit
from cs_kpi.measures import (  # noqa: F401  (declare the measures that KPIs are written over)
    life_measures,
    movements,
    onboarding,
    renewals,
    use,
    voice,
)
from cs_kpi.measures.registry import At, Counted
from cs_kpi.periods import PeriodKind
from cs_kpi.settings import Settings

Better = Literal["up", "down"]
Group = Literal["revenue", "customers", "retention", "growth", "onboarding", "engagement", "voice",
                "health"]
GROUP_LABELS: dict[Group, Message] = {
    "revenue": _("Revenue"), "customers": _("Customers"), "retention": _("Retention and churn"),
    "growth": _("Growth"), "onboarding": _("Onboarding"), "engagement": _("Engagement"),
    "voice": _("Voice of the customer"), "health": _("Health")}
MethodName = Literal["ratio", "points", "lifetime", "median_survival", "monthly_product", "monthly_sum",
                     "lifetime_of_mean", "lifetime_of_month"]
"""How the value follows from the sums (kpi/methods.py); a total where there is no denominator."""
DEFAULT_CONVENTION = "default"


@dataclass(frozen=True, slots=True)
class Kpi:
    """A number about customers: the sum of one formula over measures, or the ratio of two.

    denominator : None for totals and counts
    bounds : values it can take; an interval is cut to them
    headline : the period kind in which the overview shows it, where that is not the chosen one
    source : who else defines it so
    over : numerator and denominator of a second ratio, by which the first is divided (LTV)
    pending : customers of the period that are not decided yet; while there are any, it is incomplete
    compares : whether it has a trend and a colour
    remark : what a reader has to know of this book beside the number
    reads : the "table" or "table.field" that it takes of this book, where `needs` leaves a choice
    convention : whose definition it is; another one's is declared as a `variant`
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
    method: MethodName = "ratio"
    over: tuple[str, str] | None = None
    pending: str | None = None
    compares: bool = True
    remark: Callable[[Book], Message | None] | None = None
    reads: Callable[[Book], tuple[str, ...]] | None = None
    convention: str = DEFAULT_CONVENTION

    @property
    def sides(self) -> dict[str, str]:
        """The formulas it is made of, by the names of the columns in which its customers are listed."""
        found = {"numerator": self.numerator} | ({"denominator": self.denominator} if self.denominator else {})
        return found | (dict(zip(("over_numerator", "over_denominator"), self.over, strict=True)) if self.over else {})

    @property
    def terms(self) -> tuple[formula.Term, ...]:
        return tuple(term for side in self.sides.values() for term in formula.terms(side))

    @property
    def needs(self) -> tuple[str, ...]:
        """What it cannot be computed without, "table" or "table.field"."""
        return tuple(dict.fromkeys(need for term in self.terms for need in term.measure.needs))

    @property
    def at(self) -> At:
        """The moment of its segments: the closing for what only looks at the closing, else the movement's."""
        return at_of(*(side for side in (self.numerator, self.denominator) if side))

    @property
    def looks_back(self) -> bool:
        """Whether it needs to know who was there at the opening."""
        return any(term.measure.looks_back for term in self.terms)

    @property
    def counted(self) -> Counted:
        """What `n` counts: what stands in the denominator where that is answers or terms, else customers."""
        of = {term.measure.of for term in formula.terms(self.denominator or self.numerator)}
        return next(iter(of & {"answers", "terms"}), "customers")

    @property
    def is_rate(self) -> bool:
        return self.denominator is not None


KPIS: dict[str, Kpi] = {}
VARIANTS: dict[tuple[str, str], Kpi] = {}
"""KPI and convention -> the KPI as that convention defines it."""


def at_of(*formulas: str) -> At:
    """The moment of the segments of formulas that belong together."""
    found = {term.measure.at for written in formulas for term in formula.terms(written)}
    return found.pop() if len(found) == 1 and found <= {"closing", "start", "window"} else "movement"


def kpi(id: str, group: Group, *, label: Message, definition: Message, unit: Unit, better: Better, numerator: str,
        denominator: str | None = None, bounds: tuple[float | None, float | None] = (0, None),
        source: str = "", **more: Any) -> None:
    """Declare a KPI; `more` are further fields of Kpi."""
    KPIS[id] = Kpi(id, group, label, definition, unit, better, numerator, denominator, bounds, source, **more)


def variant(id: str, convention: str, *, definition: Message, **changes: Any) -> None:
    """Declare how another convention defines a KPI: the same with changes."""
    VARIANTS[id, convention] = replace(KPIS[id], definition=definition, convention=convention, **changes)


def declared(id: str, convention: str = DEFAULT_CONVENTION) -> Kpi:
    """A KPI as a convention defines it; by default where that has nothing to say of it. KeyError for an unknown one."""
    return VARIANTS.get((id, convention), KPIS[id])


def chosen(id: str, settings: Settings, convention: str | None = None) -> Kpi:
    """A KPI as `convention` defines it, else as the settings say. Raises DataError for an unknown convention."""
    name = convention or settings.kpi_conventions.get(id) or settings.convention
    known = {DEFAULT_CONVENTION, *(other for _id, other in VARIANTS)}
    if name not in known:
        raise DataError(_("There is no convention '{name}'. There are: {known}.", name=name, known=sorted(known)))
    return declared(id, name)
