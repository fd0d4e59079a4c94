"""The figure of what followed contacts and playbooks: differences from customers like them, with intervals."""

from __future__ import annotations

from collections.abc import Sequence

from cs_kpi.actions.effects import Effect
from cs_kpi.charts.figure import Figure, Series
from cs_kpi.locale import Language, Message, _


def effects_chart(found: Sequence[Effect], horizon_months: int, language: Language) -> Figure | None:
    """The difference of every treatment that can be told, in the order of the list; None where none can.

    It is a share of customers: below 0 fewer of the treated left than of those like them.
    """
    told = [(one.name, one.found) for one in found if one.found is not None and one.found.is_told]
    if not told:
        return None
    series = Series(_("Treated less those like them"), tuple(it.difference for _name, it in told), "accent",
                    tuple(it.low for _name, it in told), tuple(it.high for _name, it in told))
    names = tuple(_("{name} (n = {n})", name=name, n=it.treated).text(language) for name, it in told)
    footnote = _("The share that left within {months} months, of the treated less that of untreated customers of the "
                 "same month with like churn risk and MRR. Below 0 fewer of the treated left. Whiskers are 95% "
                 "intervals; n counts customer-months. Not causal: who is treated is chosen by people.",
                 months=horizon_months)
    return Figure("what-worked", "grouped_bars", _("Left within {months} months, against customers like them",
                                               months=horizon_months), names, (series,), "share", footnote,
                  _subtitle([it.excludes_zero for _name, it in told]), category_title=_("Treatment"),
                  value_title=_("Difference in the share that left"))


def _subtitle(beyond: Sequence[bool]) -> Message:
    if not any(beyond):
        return _("Every difference is within noise. This is not causal.")
    return _("Beyond noise: {k} of {n} differences. This is not causal.", k=sum(beyond), n=len(beyond))
