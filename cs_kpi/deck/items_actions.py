"""The items about actions: who comes first, whether goals were met, and what followed contacts and playbooks."""

from __future__ import annotations

from cs_kpi.actions import goals
from cs_kpi.actions.effects import QUIET_MONTHS, Effect, contact_kinds, landmarks, of_contacts, of_starts
from cs_kpi.actions.listing import effects_table, owners_table, queue_labels, queue_table
from cs_kpi.actions.queue import Filters, Queue, filtered, queue
from cs_kpi.deck.content import Grid
from cs_kpi.deck.lists import grid_of, people_grid
from cs_kpi.deck.records import MOST_ROWS
from cs_kpi.deck.registry import item
from cs_kpi.deck.scene import Scene
from cs_kpi.errors import DataError
from cs_kpi.kpi.runs import is_complete, offered
from cs_kpi.locale import _
from cs_kpi.locale.formats import formatted

MOST_KINDS = 8
"""Of contacts, the most frequent; as on the page."""
HORIZON_MONTHS = 3
COLUMNS = ("reason", "signals", "at_stake", "risk", "renewal")


def _queue(scene: Scene) -> Queue:
    kept = scene.kept
    found = queue(scene.today, list(kept.playbooks.values()))
    return filtered(found, Filters(segment=scene.segment, without=kept.put_off))


def _first(scene: Scene) -> list[Grid]:
    found = _queue(scene)
    frame = queue_table(found, scene.language, scene.kept.actions.values(), MOST_ROWS)
    named = {name: label for name, label in queue_labels(found, frame).items() if name in COLUMNS}
    return people_grid(scene, "queue", _("Who comes first: {n}", n=len(found.customer)), frame, named,
                       found.formula[0], shares=("risk",),
                       sentences=("reason", "signals"))


def _goals(scene: Scene) -> list[Grid]:
    """Every goal in its last complete period, by CSM."""
    if not scene.kept.goals:
        raise DataError(_("There is no activity goal yet. Add one on the actions page."))
    return [grid for place, one in enumerate(scene.kept.goals) for grid in _goal(scene, place, one)]


def _goal(scene: Scene, place: int, one: goals.ActivityGoal) -> list[Grid]:
    period = next((each for each in reversed(offered(scene.book, one.every)) if is_complete(scene.book, each)), None)
    if period is None:
        return []
    found = goals.held(scene.today, one, period, scene.kept.touch)
    if not len(found.customer):
        return []
    frame = owners_table(goals.by_owner(scene.today, found), scene.language)
    share = frame.columns[3]
    said = frame.assign(**{share: [formatted(value, "share", scene.language) for value in frame[share]]})
    title = _("{goal}: {met} of {n} customers", goal=one.name, met=int(found.met.sum()), n=len(found.customer))
    note = _("Goal: {times} times {every}, held against the contacts that were recorded.", times=one.times,
             every=goals.EVERY_LABELS[one.every])
    return [grid_of(scene, f"activity-goal-{place}", title, said, note, period=period.label(scene.language),
                    percent={share})]


def _effects(scene: Scene) -> list[Grid]:
    found = scene.once("effects", _every_effect)
    if not found:
        raise DataError(_("Nothing to look at yet: load a table of contacts with their kind, or start playbooks. What "
                          "follows is told once {n} months have passed.", n=HORIZON_MONTHS))
    what = effects_table(found, scene.language)
    return [grid_of(scene, "did-it-work", _("What followed contacts and playbooks"), what, _(
        "Left within {months} months, beside untreated customers of the same month with like churn risk and MRR; "
        "counted is the first contact after {quiet} quiet months; difference with its 95% interval. This is no proof "
        "of a cause: who is called is chosen by people.", months=HORIZON_MONTHS, quiet=QUIET_MONTHS),
                    wide={what.columns[2]})]


def _every_effect(scene: Scene) -> list[Effect]:
    kept, kinds = scene.kept, contact_kinds(scene.book)[:MOST_KINDS]
    begun = {key: [one for one in kept.runs.values() if one.playbook == key and one.state != "dismissed"]
             for key in kept.playbooks}
    if not kinds and not any(begun.values()):
        return []
    rows = landmarks(scene.book, HORIZON_MONTHS)
    return [of_contacts(rows, kind) for kind in kinds] + [
        of_starts(rows, _("{playbook}: started", playbook=kept.playbooks[key].name).text(scene.language), mine)
        for key, mine in begun.items() if mine]


item("queue", "actions", _("Who comes first, by name"), _first, is_dated=False)
item("activity-goals", "actions", _("Activity goals, by CSM"), _goals, needs=("interactions.date",))
item("did-it-work", "actions", _("Did it work?"), _effects, needs=("subscriptions.mrr", "subscriptions.start_date"),
     lacks=lambda scene: scene.book.obstacle)
