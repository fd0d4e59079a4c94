"""The items about one customer, for a review of the business with it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cs_kpi.actions.records import STATUS_LABELS
from cs_kpi.charts.customer import paid, used
from cs_kpi.charts.figure import Figure
from cs_kpi.charts.health_past import life_lines, points_of
from cs_kpi.customer.contracts import contract_table
from cs_kpi.customer.money import steps
from cs_kpi.customer.profile import profile
from cs_kpi.customer.use import monthly_uses
from cs_kpi.deck.content import Grid
from cs_kpi.deck.lists import grid_of
from cs_kpi.deck.registry import item
from cs_kpi.deck.scene import Scene
from cs_kpi.errors import DataError
from cs_kpi.health.history import last_day
from cs_kpi.health.score import NO_BAND, scores
from cs_kpi.locale import Message, _, shown
from cs_kpi.locale.formats import formatted
from cs_kpi.standing.course import life, version_changes

NO_ANSWER = _("This customer has given no answer.")


def _facts(scene: Scene) -> list[Grid]:
    """Who it is: what it pays, since when, what it has, and when its term runs out."""
    one = profile(scene.book, scene.code)
    told: dict[Message | str, object] = {}
    if one.mrr is not None:
        told["MRR"] = formatted(one.mrr, "money", scene.language, currency=scene.book.currency,
                                money_unit=scene.money_unit)
    told[_("Status")] = _("customer") if one.is_there else _("not a customer today")
    told[_("Customer since")] = one.since
    told[_("Product")], told[_("Plan")], told[_("CSM")] = list(one.products), list(one.plans), one.owner
    if one.term:
        told[_("Next renewal")], told[_("Notice by")] = one.term.ends_on, one.term.notice_by
    told |= dict(one.attributes) if not scene.hides_names else {}
    rows = [(shown(label, scene.language), shown(value, scene.language)) for label, value in told.items() if value]
    frame = pd.DataFrame(rows, columns=[_("Fact").text(scene.language), _("Value").text(scene.language)])
    return [grid_of(scene, "customer-facts", _("{customer} at a glance", customer=scene.customer_name), frame,
                    _("On the last day of the data."), wide=set(frame.columns[1:]))]


def _mrr(scene: Scene) -> Figure:
    found = steps(scene.book, scene.code)
    if not found:
        raise DataError(_("No contract of this customer is in the data."))
    return paid(scene.book, found, scene.customer_name, scene.language, scene.money_unit)


def _contracts(scene: Scene) -> list[Grid]:
    frame = contract_table(scene.book, scene.code, scene.language)
    if frame.empty:
        raise DataError(_("No contract of this customer is in the data."))
    return [grid_of(scene, "customer-contracts", _("Contract rows: {n}", n=len(frame)), frame,
                    _("As the sheets have them, with MRR in the sheet's own currency."))]


def _use(scene: Scene) -> Figure:
    found = monthly_uses(scene.book, scene.code)
    if found is None:
        raise DataError(_("No use by this customer is recorded."))
    return used(scene.book, found, scene.customer_name, scene.language)


def _points(scene: Scene) -> Figure:
    found = scores(scene.book, scene.health, last_day(scene.book))
    places = np.flatnonzero(found.customer == scene.code)
    if not len(places):
        raise DataError(_("It is not a customer today, so it has no score of today."))
    if found.band[places[0]] == NO_BAND:
        raise DataError(_("Nothing that the score looks at is known of this customer."))
    return points_of(scene.book, found, int(places[0]), scene.customer_name, scene.language)


def _life(scene: Scene) -> Figure:
    found = life(scene.book, scene.versions, scene.health, scene.code)
    if not len(found.days):
        raise DataError(_("Nothing that the score looks at is known of this customer."))
    return life_lines(scene.book, found, scene.customer_name, version_changes(scene.book, scene.versions),
                      scene.language)


def _answers(scene: Scene) -> list[Grid]:
    """What it answered in surveys, the latest first."""
    frame = scene.book.surveys
    frame = frame[frame["customer_id"] == scene.customer].sort_values("answered_on", ascending=False, kind="stable")
    if frame.empty:
        raise DataError(NO_ANSWER)
    named = {"answered_on": _("Answered on"), "kind": _("Survey"), "score": _("Score"), "comment": _("Comment")}
    kept = [column for column in named if column in frame]
    shown_frame = frame[kept].assign(kind=frame["kind"].astype(str).str.upper()) if "kind" in kept else frame[kept]
    heads = [named[column].text(scene.language) for column in kept]
    return [grid_of(scene, "customer-answers", _("Answers of {customer}", customer=scene.customer_name),
                    shown_frame.set_axis(heads, axis=1), _("All surveys, the latest first."),
                    wide={_("Comment").text(scene.language)})]


def _actions(scene: Scene) -> list[Grid]:
    """What was done with it and is to be done, the latest due first."""
    found = [one for one in scene.kept.actions.values() if one.customer_id == scene.customer]
    if not found:
        raise DataError(_("There are no actions for this customer yet. Plan them on the actions page."))
    heads = (_("Due"), _("Action"), _("Who"), _("Status"))
    rows = [(one.due_on, one.title, one.owner, STATUS_LABELS[one.status].text(scene.language))
            for one in sorted(found, key=lambda one: one.due_on, reverse=True)]
    frame = pd.DataFrame(rows, columns=[head.text(scene.language) for head in heads])
    return [grid_of(scene, "customer-actions", _("Actions with {customer}", customer=scene.customer_name), frame,
                    _("The latest due first."), wide={heads[1].text(scene.language)})]


item("customer-facts", "customer", _("The customer at a glance"), _facts, needs_customer=True, is_dated=False)
item("customer-mrr", "customer", _("MRR of the customer"), _mrr, needs=("subscriptions.mrr",), needs_customer=True)
item("customer-contracts", "customer", _("Contracts of the customer"), _contracts, needs=("subscriptions.mrr",),
     needs_customer=True, is_dated=False)
item("customer-use", "customer", _("Use by the customer"), _use, needs=("usage.date",), needs_customer=True)
item("customer-health", "customer", _("Health of the customer over time"), _life, needs_customer=True)
item("customer-points", "customer", _("What its health score is made of"), _points, needs_customer=True, is_dated=False)
item("customer-answers", "customer", _("What the customer answered"), _answers, needs=("surveys.score",),
     needs_customer=True, is_dated=False)
item("customer-actions", "customer", _("Actions with the customer"), _actions, needs_customer=True, is_dated=False)
