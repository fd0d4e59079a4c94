"""The figure of growth: how many past candidates bought, beside how many of all customers did."""

from __future__ import annotations

from cs_kpi.charts.figure import Figure, Series
from cs_kpi.growth.backtest import Backtest
from cs_kpi.growth.listing import KIND_LABELS
from cs_kpi.growth.verdict import BASE, headline, top_label
from cs_kpi.locale import Language, _, shown


def precision_bars(found: Backtest, language: Language) -> Figure:
    """Who bought within three months among the first of every month, and among all; of a test that has months."""
    assert found.closings is not None
    tops = found.tops
    names = tuple(shown(top_label(one), language) for one in tops)
    bought = Series(_("Candidates"), tuple(one.share for one in tops), "accent", tuple(one.low for one in tops),
                    tuple(one.high for one in tops))
    base = Series(BASE, tuple(one.base for one in tops), "neutral", tuple(one.base_low for one in tops),
                  tuple(one.base_high for one in tops))
    counts = [_("{group}: {bought} of {n}", group=top_label(one), bought=one.bought, n=one.offered) for one in tops]
    note = _("Candidates as they were told at each month's end by what was known then; who bought within 3 months. "
             "{counts}. Base rate: all customers of the same months. Whiskers are 95% intervals that take the months "
             "of one customer together.", counts=counts)
    span = " – ".join(shown(day, language) for day in found.closings)
    return Figure(f"growth-test-{found.kind}", "grouped_bars", _("{kind}: candidates who bought",
                                                                 kind=KIND_LABELS[found.kind]),
                  names, (bought, base), "share", note, headline(found), span,
                  category_title=_("Candidates of every month"), value_title=_("Bought"))
