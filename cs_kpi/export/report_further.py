"""What other pages add to a report: voice, health, risk, growth, targets, actions, each as far as it is saved or there.

Nothing is trained here, and no score is guessed: what nobody has set up is named with what it takes.
"""

from __future__ import annotations

from collections.abc import Sequence

from cs_kpi.actions.records import Action
from cs_kpi.charts.actions import by_owner, today
from cs_kpi.charts.figure import Figure
from cs_kpi.churn.snapshots import UNDATED
from cs_kpi.deck.items import ITEMS, lacking
from cs_kpi.deck.registry import Group, Item
from cs_kpi.deck.scene import Scene
from cs_kpi.errors import DataError
from cs_kpi.export.report import Drawn, Lacking
from cs_kpi.health.history import closings
from cs_kpi.health.measures import no_score
from cs_kpi.health.score import is_kept
from cs_kpi.health_rules import CHURN_RISK
from cs_kpi.kpi.behind import inside_of, moment_of
from cs_kpi.kpi.declarations import KPIS
from cs_kpi.locale import Message, _
from cs_kpi.measures.moments import span

SHOWN = ("renewals", "onboarding-states", "onboarding-steps", "adoption",
         "trend-nps", "nps-groups", "nps-scores", "nps-later", "trend-csat", "csat-groups", "csat-scores", "csat-later",
         "health-bands", "health-band-trend", "risk-lift", "risk-calibration", "growth-test", "targets",
         "target-courses")
"""Items of decks, in the order of the pages. None of them names a customer, since the HTML report has them all."""
OF_SCORES_OVER_TIME = ("health-band-trend", "growth-test")
COURSES = ("trend-nps", "trend-csat")
"""They show readings alone, which the sheet of KPIs has already."""
OF_A_PLAN = tuple(f"fan-{kpi}" for kpi in ("mrr", "customers", "nrr"))
NOTHING = _("There is nothing to show for this period and segment.")
UNTRAINED = _("The score looks at churn risk, for which a model would have to be trained first. Open the health page, "
              "which does that, then make this file again.")
NO_ACTIONS = _("There is no action yet. Start a playbook or write an action down on the actions page.")
NO_PLAN = _("There is no plan yet. Make a scenario the plan on the targets page.")
ACTIONS = _("Actions")


def further_figures(scene: Scene) -> tuple[list[Drawn], list[Lacking]]:
    """The figures that there are, in order, and the names of the others with the reason."""
    drawn: list[Drawn] = []
    missed: list[Lacking] = []
    for id in (*SHOWN, *(OF_A_PLAN if scene.kept.plan else ())):
        found = _figures(ITEMS[id], scene)
        if isinstance(found, Message):
            missed.append(Lacking(ITEMS[id].label, found))
        else:
            part: Group = "voice" if id in COURSES else ITEMS[id].group
            drawn += [Drawn(_named(ITEMS[id], figure, len(found)), figure, part, id in COURSES) for figure in found]
    if not scene.kept.plan:
        missed.append(Lacking(_("{kpi} ahead, with its range", kpi=KPIS["mrr"].label), NO_PLAN))
    if actions := actions_of(scene):
        drawn.append(Drawn(ACTIONS, by_owner(actions.values(), today(), scene.language), "actions"))
    else:
        missed.append(Lacking(ACTIONS, NO_ACTIONS))
    return drawn, missed


def unscored(scene: Scene, id: str = "") -> Message | None:
    """Why there are no scores to show without setting one up or training a model for it. id : of a deck's item; of a
    course every closing has to be told"""
    book = scene.book
    if reason := no_score(book):
        return reason
    is_course = id in OF_SCORES_OVER_TIME
    days = closings(book) if is_course else (UNDATED if book.is_snapshot else span(book, scene.period)[1],)
    used = [scene.health, *(one.configuration for one in scene.versions if is_course)]
    is_told = all(is_kept(book, one, CHURN_RISK, day) for one in used if CHURN_RISK in one.features for day in days)
    return None if is_told else UNTRAINED


def insiders(scene: Scene) -> frozenset[str]:
    """The ids of the customers of the report's segment at its closing; of all without one."""
    if scene.segment is None:
        return frozenset(map(str, scene.book.customer_ids))
    inside = inside_of(moment_of(scene.book, scene.period, scene.segment), "closing", scene.segment)
    return frozenset(map(str, scene.book.customer_ids[inside]))


def actions_of(scene: Scene) -> dict[str, Action]:
    """The saved actions for the customers of the segment, those for customers in no file any more without one alone."""
    if scene.segment is None:
        return dict(scene.kept.actions)
    there = insiders(scene)
    return {key: one for key, one in scene.kept.actions.items() if one.customer_id in there}


def _named(one: Item, figure: Figure, count: int) -> Message:
    """The short name; of several from one item each its own."""
    return one.label if count == 1 else figure.title


def _figures(one: Item, scene: Scene) -> Sequence[Figure] | Message:
    """The figures of an item that have a value; else why there are none."""
    needs_scores = one.group == "health" or (one.group == "growth" and scene.book.settings.health is not None)
    if reason := lacking(one, scene) or (unscored(scene, one.id) if needs_scores else None):
        return reason
    try:
        figures = [content for content in one.make(scene) if isinstance(content, Figure)]
    except DataError as error:
        return error.message
    return [one for one in figures if any(value is not None for series in one.series for value in series.values)
            ] or NOTHING
