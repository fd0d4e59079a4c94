"""The items about customers: health scores, churn risk, actions, and one customer for a business review."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from cs_kpi.charts.figure import Figure
from cs_kpi.charts.health import health_and_mrr, score_bands
from cs_kpi.charts.health_past import band_rates, bands_over_time, mean_over_time
from cs_kpi.charts.risk import calibration, lift_curve, months_used, precision_curve, roc_curve
from cs_kpi.churn.listing import RISK_LABELS, ranking
from cs_kpi.churn.reasons import risk_limit
from cs_kpi.churn.risk import Outlook
from cs_kpi.churn.tested import Evaluation
from cs_kpi.deck.content import Grid
from cs_kpi.deck.lists import people_grid
from cs_kpi.deck.registry import item
from cs_kpi.deck.scene import Scene
from cs_kpi.errors import DataError
from cs_kpi.health.backtest import backtest
from cs_kpi.locale import Language, Message, _
from cs_kpi.retention.listing import with_values
from cs_kpi.standing import movers
from cs_kpi.standing.course import past
from cs_kpi.standing.listing import CAPPED_LABELS, capped, labels, scored

LOWEST = 60
"""How many of the lowest scores are listed."""


def _unknown_health(scene: Scene) -> Message | None:
    try:
        assert scene.health
    except DataError as error:
        return error.message
    return None


def _by_mrr(scene: Scene) -> Figure:
    if scene.standing.mrr is None:
        raise DataError(_("Health by what customers pay takes contracts with an amount. Load them on the data page."))
    return health_and_mrr(scene.standing, scene.period, scene.language, scene.segment, scene.hides_names)


def _lowest(scene: Scene) -> list[Grid]:
    found = scene.standing
    frame = scored(found, scene.language)
    named = {name: label for name, label in labels(found, frame).items() if name in ("score", "band", "why", "renewal")}
    return people_grid(scene, "health-lowest", _("Health score by customer, {period}",
                                                 period=scene.period.label(scene.language)), frame.head(LOWEST), named,
                       _("The lowest score first. Score '{name}'.", name=scene.health.name), sentences=("why",),
                       period=scene.period.label(scene.language))


def _worse(scene: Scene) -> list[Grid]:
    found = movers.moves(scene.book, scene.versions, scene.period, scene.segment)
    frame = movers.listed(found, -1, scene.language)
    named = {name: label for name, label in movers.LABELS.items()
             if name in frame and name in ("band_before", "band", "score", "change", "why")}
    return people_grid(scene, "health-worse", _("Customers whose health fell: {n}", n=len(frame)), frame, named,
                       movers.summary(found), sentences=("why",), period=scene.period.label(scene.language))


def _capped(scene: Scene) -> list[Grid]:
    frame = capped(scene.standing, scene.language)
    return people_grid(scene, "health-capped", _("Kept from a better band: {n}", n=len(frame)), frame, CAPPED_LABELS,
                       _("Customers whom a rule keeps from a better band; those that pay most first."),
                       sentences=("reason",), period=scene.period.label(scene.language))


item("health-bands", "health", _("Scores by band"), lambda scene: score_bands(
    scene.standing, scene.health, scene.period, scene.language, scene.segment), is_dated=False, lacks=_unknown_health)
item("health-mrr", "health", _("Health beside MRR"), _by_mrr, needs=("subscriptions.mrr",), is_dated=False,
     lacks=_unknown_health)
item("health-trend", "health", _("Mean score over time"), lambda scene: mean_over_time(
    scene.book, past(scene.book, scene.versions, scene.health), scene.language), lacks=_unknown_health)
item("health-band-trend", "health", _("Customers by band over time"), lambda scene: bands_over_time(
    scene.book, past(scene.book, scene.versions, scene.health), scene.language), lacks=_unknown_health)
item("health-test", "health", _("Churn by band (test on the past)"), lambda scene: band_rates(
    backtest(scene.book, scene.health), scene.language), is_dated=False, lacks=_unknown_health)
item("health-lowest", "health", _("Lowest scores, by name"), _lowest, is_dated=False, lacks=_unknown_health)
item("health-worse", "health", _("Health fell, by name"), _worse, lacks=_unknown_health)
item("health-capped", "health", _("Kept from a better band"), _capped, is_dated=False, lacks=_unknown_health)


def _outlook(scene: Scene) -> Outlook:
    if scene.outlook is None:
        raise DataError(_("There is no churn model yet. Train one on the churn risk page."))
    return scene.outlook


def _tested(draw: Callable[[Evaluation, Language], Figure]) -> Callable[[Scene], Figure]:
    def make(scene: Scene) -> Figure:
        tested = _outlook(scene).evaluation
        if not tested.scores or (draw is months_used and not tested.months):
            raise DataError(_("Too few customers left for a test."))
        return draw(tested, scene.language)
    return make


def _at_risk(scene: Scene) -> list[Grid]:
    """Those above the limit, where the test believes the risk."""
    found = _outlook(scene)
    if found.risks is None or not found.verdict.is_good:
        raise DataError(_("The customers are not listed, since this risk is not to be believed."))
    limit = risk_limit(found.risks, scene.book.settings.churn.risk_limit)
    frame = ranking(found.risks, limit, scene.language)
    frame = frame[frame["risk"] >= limit]
    return people_grid(scene, "risk-list", _("Customers with a high churn risk: {n}",
                                             n=int(np.count_nonzero(found.risks.risk >= limit))),
                       frame, with_values(frame, RISK_LABELS),
                       _("↑ raises the risk, ↓ lowers it. A model knows what goes together, not causes."),
                       shares=("risk",), sentences=("why", "change"))


item("risk-list", "risk", _("Customers at risk, by name"), _at_risk, is_dated=False)
for _id, _label, _draw in (
        ("risk-calibration", _("Risk said and what happened"), calibration),
        ("risk-lift", _("How much better than chance (lift)"), lift_curve),
        ("risk-roc", _("Leavers found and stayers called in vain (ROC)"), roc_curve),
        ("risk-precision", _("Of those called risky, how many left (precision)"), precision_curve),
        ("risk-months", _("What each month was used for"), months_used)):
    item(_id, "risk", _label, _tested(_draw), is_dated=False)
