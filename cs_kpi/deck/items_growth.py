"""The items about growth: candidates, who is held back, what is bought next, and the test on the past."""

from __future__ import annotations

from cs_kpi.charts.figure import Figure
from cs_kpi.charts.growth import precision_bars
from cs_kpi.deck.content import Grid
from cs_kpi.deck.lists import grid_of, people_grid
from cs_kpi.deck.records import MOST_ROWS
from cs_kpi.deck.registry import item
from cs_kpi.deck.scene import Scene
from cs_kpi.errors import DataError
from cs_kpi.growth.backtest import lacking
from cs_kpi.growth.closing import today
from cs_kpi.growth.listing import (
    CHANCE,
    CONFIDENCE,
    FORMULA,
    LABELS,
    LIFT,
    SUPPORT,
    UNKNOWN_CHANCE,
    P,
    base_rate,
    candidates_table,
    ranked,
    rules_table,
    wanted,
)
from cs_kpi.growth.offers import Offers, offers
from cs_kpi.growth.verdict import headline, verdict
from cs_kpi.locale import Message, _
from cs_kpi.locale.formats import formatted

OFFERED = ("reasons", "chance", "expected_mrr", "offer")
HELD = ("why_not", "reasons", "expected_mrr")


def _offers(scene: Scene) -> Offers:
    return scene.once("offers", lambda here: offers(here.today))


def _people(scene: Scene, *, is_barred: bool) -> list[Grid]:
    found = _offers(scene)
    who = wanted(scene.today, None, scene.segment) & (found.bars.is_barred == is_barred)
    places = ranked(found, who)
    frame = candidates_table(found, scene.today, places, scene.language, MOST_ROWS)
    chances = [formatted(value, "share", scene.language) for value in frame["chance"]]
    frame["chance"] = [f"{chance} ({span})" if span else chance
                       for chance, span in zip(chances, frame["chance_range"], strict=True)]
    named = {name: LABELS[name] for name in (HELD if is_barred else OFFERED) if frame[name].notna().any()}
    title = (_("Held back from offers: {n}", n=len(places)) if is_barred
             else _("Growth candidates: {n}", n=len(places)))
    test = found.upsell_test
    note = (_("They show the signs as well, but an offer now would cost their trust.") if is_barred
            else _("Chance with its 95% interval. {formula} {base} {verdict}", formula=FORMULA,
                      base=base_rate(found) or UNKNOWN_CHANCE, verdict=verdict(test)))
    return people_grid(scene, "growth-held" if is_barred else "growth-list", title, frame, named, note,
                       sentences=("why_not", "reasons"), subtitle=None if is_barred else headline(test))


def _rules(scene: Scene) -> list[Grid]:
    other = _offers(scene).cross_sell
    if other is None or not other.rules:
        raise DataError(_("There is no rule: what customers took next cannot be told from chance."))
    frame = rules_table(other, scene.language, scene.book.currency)
    shares = {label.text(scene.language) for label in (SUPPORT, CONFIDENCE, CHANCE)}
    said = frame.assign(**{head: [formatted(value, "share", scene.language) for value in frame[head]]
                           for head in frame.columns if head in shares})
    lift = LIFT.text(scene.language)
    said = said.assign(**{lift: said[lift].round(2)}).drop(columns=P.text(scene.language))
    return [grid_of(scene, "growth-rules", _("What is bought next"), said, _(
        "Support: those who took the other, of all customers with a product. Confidence: of those who had it alone. "
        "Lift: against as many as there would be by chance among customers as old with as many products. Of "
        "the rules shown at most 5% are false (exact test)."), percent=shares)]


def _tests(scene: Scene) -> list[Figure]:
    found = [one for one in _offers(scene).tests if one.closings is not None]
    if not found:
        raise DataError(lacking("upsell"))
    return [precision_bars(one, scene.language) for one in found]


def _lacks(scene: Scene) -> Message | None:
    """Why there are no candidates; what they are told from is any table that there is."""
    try:
        today(scene.book)
    except DataError as error:
        return error.message
    return None


item("growth-list", "growth", _("Growth candidates, by name"), lambda scene: _people(scene, is_barred=False),
     lacks=_lacks)
item("growth-held", "growth", _("Held back from offers, by name"), lambda scene: _people(scene, is_barred=True),
     lacks=_lacks)
item("growth-rules", "growth", _("What is bought next"), _rules, needs=("subscriptions.product",), lacks=_lacks)
item("growth-test", "growth", _("Growth candidates who bought (test on the past)"), _tests, lacks=_lacks)
