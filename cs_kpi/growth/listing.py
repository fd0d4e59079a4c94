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
from cs_kpi.growth.backtest import Kind
from cs_kpi.growth.candidates import Upsell
from cs_kpi.growth.chances import base_interval
from cs_kpi.growth.cross_sell import CrossSell
from cs_kpi.growth.offers import Offers
from cs_kpi.kpi.readings import Segment
from cs_kpi.locale import Language, Message, _, shown
from cs_kpi.locale.formats import formatted

MOST_ROWS = 200
KIND_LABELS: dict[Kind, Message] = {"upsell": _("Upsell"), "cross_sell": _("Cross-sell")}
LABELS: dict[str, Message] = {
    "why_not": _("Why held back"), "reasons": _("Reasons"), "chance": _("Chance (3 months)"),
    "expected_mrr": _("Expected MRR"), "offer": _("Offer"), "chance_range": _("95% interval of the chance"),
    "brings": _("MRR if they buy (mean)"), "brings_range": _("Half of past ones brought"), "told_from": _("Told from")}
"""In the order of the columns: what fits beside the name on a small screen is what a talk begins with."""
FORMULA = _("Ranked by expected MRR = chance × MRR if they buy, so that customers who buy nothing are counted in. The "
            "chance is the share of customers with the same signs, in the last 24 months at most, that bought more "
            "within 3 months; the MRR if they buy is the mean of what like expansions brought, for the customer's MRR "
            "(for another product: the mean of what it brought).")
UNKNOWN_CHANCE = _("How often such customers buy more is not known yet, so the list is ranked by MRR alone.")


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
        values.append(one.expected[kept])
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
    return _("Seats or next plan")


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
        "reasons": [shown(reasons_of(found, one), language) for one in chosen],
        "chance": [float(_some(found, one).chance[one.at]) for one in chosen],
        "expected_mrr": [round(float(_some(found, one).expected[one.at]), decimals) for one in chosen],
        "offer": [shown(offer_of(found, one), language) for one in chosen],
        "chance_range": [_chance_range(found, one, language) for one in chosen],
        "brings": [round(float(_some(found, one).brings[one.at]), decimals) for one in chosen],
        "brings_range": [_money_range(found, one, language) for one in chosen],
        "told_from": [told_from(found, one).text(language) for one in chosen],
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
        _("Had it alone"): [one.having for one in rules],
        _("Took the other"): [one.takers for one in rules],
        SUPPORT: [one.support for one in rules], CONFIDENCE: [one.confidence for one in rules],
        LIFT: [one.lift for one in rules],
        P: [_small(one.p) for one in rules],
        CHANCE: [one.chance for one in rules],
        _("MRR it brought (mean)"): [
            None if math.isnan(one.worth) else Quantity.of(one.worth, "money", currency).text(language)
            for one in rules]}
    return pd.DataFrame({name.text(language): values for name, values in columns.items()})


SUPPORT, CONFIDENCE, LIFT, P, CHANCE = _("Support"), _("Confidence"), _("Lift"), _("p"), LABELS["chance"]


def _small(p: float) -> str | None:
    """A probability as it is read: 0.012, and no zero where there is none."""
    return None if math.isnan(p) else "< 0.0001" if p < 0.0001 else f"{p:.4f}"


def base_rate(found: Offers) -> Message | None:
    """How often customers buy more of what they have, with the interval; None where it is not known."""
    rate = found.upsell.found.base
    if math.isnan(rate):
        return None
    low, high = (formatted(edge, "share", "en") for edge in base_interval(found.past, found.upsell.at.day))
    return _("Of all customers {share} (95% interval {low} to {high}) bought more of what they have within 3 months.",
             share=formatted(rate, "share", "en"), low=low, high=high)
