"""What the test on the past says of the lists: in a sentence, and as a table of precision beside the base rate."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from cs_kpi.churn.quantities import Quantity
from cs_kpi.growth.backtest import FEWEST_OFFERED, JUDGED_BY, Backtest, Kind, Precision, lacking
from cs_kpi.growth.listing import LABELS, LIFT
from cs_kpi.locale import Language, Message, _, shown
from cs_kpi.locale.formats import formatted

VERDICT_NAMES: dict[Kind, Message] = {"upsell": _("candidates for more of the same"),
                                      "cross_sell": _("candidates for another product")}
PRECISION, BASE = _("Precision"), _("Base rate")


def precision_table(found: Backtest, language: Language, currency: str | None) -> pd.DataFrame:
    """Precision among the first of every month; shares 0..1, money in words."""
    def interval(low: float, high: float) -> str:
        return " – ".join(formatted(edge, "share", language) for edge in (low, high))

    columns: dict[Message, Iterable[object]] = {
        _("Candidates"): [shown(top_label(one), language) for one in found.tops],
        _("Offered to"): [one.offered for one in found.tops], _("Bought"): [one.bought for one in found.tops],
        PRECISION: [one.share for one in found.tops],
        _("95% interval"): [interval(one.low, one.high) for one in found.tops],
        BASE: [one.base for one in found.tops],
        _("95% (base)"): [interval(one.base_low, one.base_high) for one in found.tops],
        LIFT: [one.lift for one in found.tops],
        LABELS["expected_mrr"]: [_money(one.expected, currency, language) for one in found.tops],
        _("MRR that came"): [_money(one.brought, currency, language) for one in found.tops]}
    return pd.DataFrame({name.text(language): values for name, values in columns.items()})


def _money(value: float, currency: str | None, language: Language) -> str:
    return Quantity.of(value, "money", currency).text(language)


def top_label(one: Precision) -> Message:
    return _("all") if one.top is None else _("the first {n}", n=one.top)


def verdict(found: Backtest) -> Message:
    """What the test says of the list, as a sentence."""
    one = found.judged
    named = VERDICT_NAMES[found.kind]
    if one is None or found.closings is None:
        return lacking(found.kind)
    said = {"kind": named, "n": one.offered, "bought": one.bought, "top": JUDGED_BY,
            "share": _precise(one.share), "low": _precise(one.low), "high": _precise(one.high),
            "base": _precise(one.base), "base_low": _precise(one.base_low), "base_high": _precise(one.base_high),
            "months": found.months}
    if not found.is_enough:
        return _("Only {n} past {kind} can be judged, where {least} are needed: whether the list is better than chance "
                 "is not known.", n=one.offered, kind=named, least=FEWEST_OFFERED)
    if found.is_above:
        return _("{months} past months, the first {top} {kind} of each: {bought} of {n} bought within 3 months, "
                 "{share} (95% interval {low} to {high}). Of all, {base} do ({base_low} to {base_high}). The list is "
                 "better than chance.", **said)
    return _("{months} past months, the first {top} {kind} of each: {bought} of {n} bought within 3 months, {share} "
             "(95% interval {low} to {high}). Of all, {base} do ({base_low} to {base_high}). That is not beyond "
             "chance: do not rely on the order of the list.", **said)


def headline(found: Backtest) -> Message:
    """The verdict in the few words that fit over a chart; of a test with enough candidates."""
    one = found.judged
    if one is None or not found.is_enough:
        return verdict(found)
    said = {"share": _precise(one.share), "low": _precise(one.low), "high": _precise(one.high),
            "base": _precise(one.base)}
    if found.is_above:
        return _("{share} bought ({low} to {high}), of all customers {base}: better than chance", **said)
    return _("{share} bought ({low} to {high}), of all customers {base}: not beyond chance", **said)


def _precise(share: float) -> str:
    return f"{share * 100:.1f}%"
