"""Lists of the growth page, words in one language: candidates, who is held back, rules, and the test."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from babel.numbers import get_currency_precision

from cs_kpi.actions.today import Today
from cs_kpi.churn.quantities import Quantity
from cs_kpi.growth.backtest import FEWEST_OFFERED, JUDGED_BY, Backtest, Kind, Precision, lacking
from cs_kpi.growth.candidates import Upsell
from cs_kpi.growth.cross_sell import CrossSell
from cs_kpi.growth.offers import Offers
from cs_kpi.kpi.readings import Segment
from cs_kpi.locale import Language, Message, _, shown
from cs_kpi.locale.formats import formatted

MOST_ROWS = 200
KIND_LABELS: dict[Kind, Message] = {"upsell": _("Upsell"), "cross_sell": _("Cross-sell")}
LABELS: dict[str, Message] = {
    "why_not": _("Why held back"), "offer": _("Offer"), "reasons": _("Reasons"), "chance": _("Chance within 3 months"),
    "chance_range": _("95% interval of the chance"), "expected_mrr": _("Expected MRR"),
    "expected_range": _("Half of past ones brought"), "told_from": _("Told from"), "worth": _("Chance × MRR")}
FORMULA = _("Ranked by chance × expected MRR. The chance is the share of customers with the same signs, in the last 24 "
            "months at most, that bought more within 3 months; the expected MRR is the median of what like expansions "
            "brought, as a share of the customer's MRR (for another product: the median of what it brought).")
UNKNOWN_CHANCE = _("How often such customers buy more is not known yet, so the list is ranked by MRR alone.")
VERDICT_NAMES: dict[Kind, Message] = {"upsell": _("candidates for more of the same"),
                                      "cross_sell": _("candidates for another product")}


@dataclass(frozen=True, slots=True)
class Place:
    """One candidate: the place in the list of its kind."""

    kind: Kind
    at: int


def ranked(found: Offers, who: np.ndarray, kinds: Sequence[Kind] = ("upsell", "cross_sell")) -> list[Place]:
    """Candidates of both kinds in one order. who : per customer code whether it is wanted"""
    places, values, paid = [], [], []
    for kind in kinds:
        one = _of(found, kind)
        if one is None:
            continue
        kept = np.flatnonzero(who[one.customer])
        places += [Place(kind, int(at)) for at in kept]
        values.append(one.value[kept])
        paid.append(one.mrr[kept])
    if not places:
        return []
    value, mrr = np.nan_to_num(np.concatenate(values), nan=-1.0), np.concatenate(paid)
    return [places[number] for number in np.lexsort((-mrr, -value))]


def wanted(standing: Today, owner: str | None, segment: Segment | None) -> np.ndarray:
    """Per customer code, whom the filters leave."""
    kept = standing.inside(segment).copy()
    if owner is not None:
        kept &= np.array(standing.owner, dtype=object) == owner
    return kept


def code_of(found: Offers, place: Place) -> int:
    return int(_some(found, place).customer[place.at])


def reasons_of(found: Offers, place: Place) -> list[Message]:
    return _some(found, place).reasons(place.at)


def offer_of(found: Offers, place: Place) -> Message | str:
    """What to talk about."""
    one = _some(found, place)
    if isinstance(one, CrossSell):
        return one.mined.of.products[int(one.product[place.at])]
    return _("More seats, use or the next plan")


def _of(found: Offers, kind: Kind) -> Upsell | CrossSell | None:
    return found.upsell if kind == "upsell" else found.cross_sell


def _some(found: Offers, place: Place) -> Upsell | CrossSell:
    one = _of(found, place.kind)
    assert one is not None
    return one


def candidates_table(found: Offers, standing: Today, places: Sequence[Place], language: Language,
                     most: int = MOST_ROWS) -> pd.DataFrame:
    """The first of them; money in currency, `chance` 0..1."""
    book, chosen = found.book, list(places[:most])
    code = np.array([code_of(found, one) for one in chosen], dtype=np.int64)
    decimals = get_currency_precision(book.currency) if book.currency else 2
    frame = pd.DataFrame({
        "customer_id": book.customer_ids[code], "customer_name": book.customers["customer_name"].to_numpy()[code],
        "why_not": [shown(found.bars.reasons(one), language) or None for one in code],
        "offer": [shown(offer_of(found, one), language) for one in chosen],
        "reasons": [shown(reasons_of(found, one), language) for one in chosen],
        "chance": [float(_some(found, one).chance[one.at]) for one in chosen],
        "chance_range": [_chance_range(found, one, language) for one in chosen],
        "expected_mrr": [round(float(_some(found, one).expected[one.at]), decimals) for one in chosen],
        "expected_range": [_money_range(found, one, language) for one in chosen],
        "told_from": [told_from(found, one).text(language) for one in chosen],
        "worth": [round(float(_some(found, one).value[one.at]), decimals) for one in chosen],
        "mrr": found.upsell.at.mrr[code]})
    if book.has("customers.owner"):
        frame["owner"] = [standing.owner[one] or None for one in code]
    return frame


def labels_of(frame: pd.DataFrame) -> dict[str, Message]:
    """The columns that say something."""
    return {name: label for name, label in LABELS.items() if name in frame and frame[name].notna().any()}


def _chance_range(found: Offers, place: Place, language: Language) -> str | None:
    one = _some(found, place)
    if math.isnan(one.chance[place.at]):
        return None
    return " – ".join(formatted(edge, "share", language) for edge in one.between(place.at))


def _money_range(found: Offers, place: Place, language: Language) -> str | None:
    one, currency = _some(found, place), found.book.currency
    if math.isnan(one.low[place.at]):
        return None
    return " – ".join(Quantity.of(float(edge[place.at]), "money", currency).text(language)
                      for edge in (one.low, one.high))


def told_from(found: Offers, place: Place) -> Message:
    """On how many customer-months and expansions chance and expected MRR rest, and which signs were ignored."""
    one = _some(found, place)
    if isinstance(one, CrossSell):
        rule = one.rules[int(one.rule[place.at])]
        return _("{rows} customer-months, {rises} purchases", rows=rule.rows, rises=rule.takers)
    pattern, measured = int(one.pattern[place.at]), one.found
    ignored = [sign.label for number, sign in enumerate(one.past.signs)
               if (pattern & ~int(measured.mask[pattern])) >> number & 1]
    if math.isnan(measured.chance[pattern]):
        return _("fewer than 50 customer-months")
    if ignored:
        return _("{rows} customer-months, {rises} expansions; too few without ignoring: {signs}",
                 rows=int(measured.rows[pattern]), rises=int(measured.rises[pattern]), signs=ignored)
    return _("{rows} customer-months, {rises} expansions", rows=int(measured.rows[pattern]),
             rises=int(measured.rises[pattern]))


def rules_table(found: CrossSell, language: Language, currency: str | None) -> pd.DataFrame:
    """The rules known today, one row each; shares 0..1."""
    of, rules = found.mined.of, found.rules

    def thing(place: int) -> str:
        named = of.name(place)
        return named if of.is_product(place) else _("Heavy use of {feature}", feature=named).text(language)

    columns: dict[Message, Iterable[object]] = {
        _("Who has"): [thing(one.thing) for one in rules],
        _("takes"): [of.products[one.product] for one in rules],
        _("Customers who had the one without the other"): [one.having for one in rules],
        _("Of them took it"): [one.takers for one in rules],
        SUPPORT: [one.support for one in rules], CONFIDENCE: [one.confidence for one in rules],
        _("Lift"): [one.lift for one in rules],
        _("Chance of so many (p)"): [_small(one.p) for one in rules],
        CHANCE: [one.chance for one in rules],
        _("Median of the MRR it brought"): [
            None if math.isnan(one.worth) else Quantity.of(one.worth, "money", currency).text(language)
            for one in rules]}
    return pd.DataFrame({name.text(language): values for name, values in columns.items()})


SUPPORT, CONFIDENCE, CHANCE = _("Support"), _("Confidence"), _("Chance within 3 months")


def _small(p: float) -> str | None:
    """A probability as it is read: 0.012, and no zero where there is none."""
    return None if math.isnan(p) else "< 0.0001" if p < 0.0001 else f"{p:.4f}"


def precision_table(found: Backtest, language: Language) -> pd.DataFrame:
    """Precision among the first of every month; shares 0..1."""
    columns: dict[Message, Iterable[object]] = {
        _("Candidates of every month"): [shown(top_label(one), language) for one in found.tops],
        _("Offered to"): [one.offered for one in found.tops], _("Bought within 3 months"): [
            one.bought for one in found.tops],
        PRECISION: [one.share for one in found.tops], LOW: [one.low for one in found.tops],
        HIGH: [one.high for one in found.tops], BASE: [one.base for one in found.tops],
        _("Times the base rate"): [one.lift for one in found.tops]}
    return pd.DataFrame({name.text(language): values for name, values in columns.items()})


PRECISION, BASE = _("Precision"), _("Base rate")
LOW, HIGH = _("95% from"), _("95% to")


def top_label(one: Precision) -> Message:
    return _("all") if one.top is None else _("the first {n}", n=one.top)


def verdict(found: Backtest) -> Message:
    """What the test says of the list, as a sentence."""
    one = found.judged
    named = VERDICT_NAMES[found.kind]
    if one is None or found.closings is None:
        return lacking(found.kind)
    said = {"kind": named, "n": one.offered, "bought": one.bought, "top": JUDGED_BY,
            "share": _precise(one.share), "low": _precise(one.low),
            "high": _precise(one.high), "base": _precise(one.base), "months": found.months}
    if not found.is_enough:
        return _("Only {n} past {kind} can be judged, where {least} are needed: whether the list is better than chance "
                 "is not known.", n=one.offered, kind=named, least=FEWEST_OFFERED)
    if found.is_above:
        return _("Of the first {top} {kind} of each of {months} past months, {bought} of {n} bought within 3 months: "
                 "{share} (95% interval {low} to {high}), where {base} of all do. The list is better than chance.",
                 **said)
    return _("Of the first {top} {kind} of each of {months} past months, {bought} of {n} bought within 3 months: "
             "{share} (95% interval {low} to {high}), where {base} of all do. That is not beyond chance: do "
             "not rely on the order of the list.", **said)


def _precise(share: float) -> str:
    return f"{share * 100:.1f}%"
