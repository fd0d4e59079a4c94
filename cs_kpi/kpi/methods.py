"""The methods by name: how a KPI's value, interval and customers follow from its sums; a declaration names one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cs_kpi.kpi import lifetime_methods, monthly_methods, ratio_methods
from cs_kpi.kpi.estimates import Estimate, Limits
from cs_kpi.kpi.registry import Kpi, MethodName, at_of
from cs_kpi.kpi.tally import Tally
from cs_kpi.ledger import Ints
from cs_kpi.locale import Message, _
from cs_kpi.measures.registry import At


def _vectors(kpi: Kpi, tally: Tally, place: int | None) -> dict[str, Ints]:
    return {side: tally.vector(written, side_at(kpi, side), place) for side, written in kpi.sides.items()}


def side_at(kpi: Kpi, side: str) -> At:
    """The moment of the segments of a KPI's numerator, denominator or second ratio."""
    return at_of(*kpi.over) if kpi.over and side.startswith("over") else kpi.at


@dataclass(frozen=True)
class Method:
    """estimates : of a KPI, one per segment of a tally, with or without interval
    words : the formula, of the first ratio and, where there is one, the second
    few : the interval by the bootstrap, of the segment at a place (None: of all); None: there is none
    vectors : what each customer adds to the KPI's sides in the segment at a place (None: in all)
    is_told_by_totals : whether the period's own totals make the value, so that the formula can be shown with numbers
    """

    estimates: Callable[[Kpi, Tally, bool], list[Estimate]]
    words: Message
    few: Callable[[Kpi, Tally, int | None], Limits] | None = None
    vectors: Callable[[Kpi, Tally, int | None], dict[str, Ints]] = _vectors
    is_told_by_totals: bool = True


METHODS: dict[MethodName, Method] = {
    "ratio": Method(ratio_methods.ratio, Message("{ratio}"), ratio_methods.few_of_ratio),
    "points": Method(ratio_methods.points, Message("100 × {ratio}")),
    "lifetime": Method(lifetime_methods.lifetime, _("{ratio} × gross margin ÷ ({over})"),
                       lifetime_methods.few_of_lifetime),
    "median_survival": Method(ratio_methods.median_survival, _("Kaplan-Meier median; share that has left: {ratio}"),
                              is_told_by_totals=False),
    "monthly_product": Method(monthly_methods.monthly_product, _("product over the months of ({ratio})"),
                              vectors=monthly_methods.monthly_vectors, is_told_by_totals=False),
    "monthly_sum": Method(monthly_methods.monthly_sum,
                          _("1 + sum over the months of ({ratio} − 1), by the first opening"),
                          vectors=monthly_methods.monthly_vectors, is_told_by_totals=False),
    "lifetime_of_mean": Method(monthly_methods.lifetime_of_mean,
                               _("{ratio} ÷ mean of ({over}) over the six months before"),
                               vectors=monthly_methods.mean_vectors, is_told_by_totals=False),
    "lifetime_of_month": Method(monthly_methods.lifetime_of_month, _("{ratio} ÷ ({over}) of the last month"),
                                vectors=monthly_methods.month_vectors, is_told_by_totals=False),
}


def estimates(kpi: Kpi, tally: Tally, with_interval: bool = True) -> list[Estimate]:
    """The estimate of every segment of a tally, in the order of its places."""
    return METHODS[kpi.method].estimates(kpi, tally, with_interval)
