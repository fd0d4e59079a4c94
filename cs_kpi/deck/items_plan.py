"""The items about targets: how they stand, each on its course, and what the plan says of the months ahead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cs_kpi.charts.figure import Figure
from cs_kpi.charts.plan import fan_figure
from cs_kpi.charts.review import course, scoreboard
from cs_kpi.deck.content import Content, Grid
from cs_kpi.deck.lists import grid_of
from cs_kpi.deck.registry import item
from cs_kpi.deck.scene import Scene
from cs_kpi.errors import DataError
from cs_kpi.kpi.registry import KPIS
from cs_kpi.locale import _
from cs_kpi.targets.forecast import Forecast, forecast, ground
from cs_kpi.targets.goals import Wanted
from cs_kpi.targets.listing import compared
from cs_kpi.targets.proposals import proposed
from cs_kpi.targets.relations import contradictions
from cs_kpi.targets.review import Judged, judged, latest, streak
from cs_kpi.targets.review_listing import NOTE_LABELS, noted, proposals, reviewed
from cs_kpi.targets.review_words import explained, titled
from cs_kpi.targets.scenario import Scenario
from cs_kpi.targets.words import Form

FANS = ("mrr", "arr", "customers", "nrr")
YEAR = 12
LEFT_OUT = (_("Period"), _("All periods"), _("Value or path"))
"""Columns of the review that a slide has no room for: reasons name the period, and every target has its own slide."""


def _form(scene: Scene) -> Form:
    return Form(scene.language, scene.book.currency, scene.money_unit)


def _judged(scene: Scene) -> list[tuple[Wanted, Sequence[Judged]]]:
    if not scene.kept.targets:
        raise DataError(_("There is no target yet. Set one on the targets page."))
    return [(wanted, judged(scene.book, wanted)) for wanted in scene.kept.targets]


def _targets(scene: Scene) -> list[Content]:
    found = _judged(scene)
    frame = reviewed(found, _form(scene)).drop(columns=[head.text(scene.language) for head in LEFT_OUT])
    title = _("Targets and actuals")
    return [scoreboard(scene.book, found, scene.language),
            grid_of(scene, "targets-table", title, frame, _("Every target by its last judged period."),
                    wide={_("Why").text(scene.language), _("Shared with").text(scene.language)})]


def _courses(scene: Scene) -> list[Content]:
    """Each target over time, why it stands as it does, and what was written down about it."""
    slides: list[Content] = []
    for place, (wanted, found) in enumerate(_judged(scene)):
        why = explained(latest(found), wanted, _form(scene))
        slides.append(replace(course(scene.book, wanted, found, scene.language), subtitle=why))
        notes = scene.kept.notes[place] if place < len(scene.kept.notes) else ()
        if notes:
            title = _("Notes: {target}", target=titled(wanted))
            slides.append(grid_of(scene, f"target-notes-{place}", title, noted(notes, _form(scene)),
                                  _("What was tried for the target, what came of it, and what comes next."),
                                  wide={label.text(scene.language) for label in NOTE_LABELS.values()}))
    return slides


def _proposals(scene: Scene) -> list[Grid]:
    """What several periods running say of a target's level; nothing where none does."""
    rules = scene.kept.rules
    judged_ones = _judged(scene)
    said = [(wanted, found, one) for wanted, found in judged_ones
            if (one := streak(found, wanted.measured, rules)) is not None]
    names = sorted({wanted.kpi for wanted, _found in judged_ones})
    pairs = contradictions(scene.book, names) if any(one.kind == "missed" for _w, _f, one in said) else []
    rows = [(wanted, one, proposed(scene.book, wanted, found, one)[1],
             [pair for pair in pairs if one.kind == "missed" and wanted.kpi in (pair.kpi, pair.kgi)])
            for wanted, found, one in said]
    if not rows:
        return []
    frame = proposals(rows, rules, _form(scene))
    frame = frame.loc[:, (frame != "").any()]
    wide = {_("What its periods say").text(scene.language), _("Contradictions").text(scene.language)}
    return [grid_of(scene, "target-proposals", _("What the last periods propose"), frame,
                    _("Proposals only: a target changes when somebody changes it, with a reason."), wide=wide)]


def _forecasts(scene: Scene) -> tuple[Forecast, Forecast | None]:
    """The plan and, beside it, what today's rates say; these alone where there is no plan."""
    plan = scene.kept.plan
    as_it_is = Scenario(name=_("As it is").text(scene.language))
    if plan is None:
        return forecast(ground(scene.book, None), as_it_is), None
    of = ground(scene.book, plan.field)
    return forecast(of, plan), forecast(of, as_it_is.model_copy(update={"field": plan.field}))


def _fan(kpi: str, scene: Scene) -> Figure:
    return fan_figure(*_with_form(scene, kpi))


def _with_form(scene: Scene, kpi: str) -> tuple[Forecast, str, Form, Forecast | None]:
    found, beside = scene.once("forecasts", _forecasts)
    return found, kpi, _form(scene), beside


def _scenarios(scene: Scene) -> list[Grid]:
    """The saved scenarios side by side, after a year or as far as they look; without any, today's rates alone."""
    found, beside = scene.once("forecasts", _forecasts)
    several = [forecast(ground(scene.book, one.field), one) for one in scene.kept.scenarios] or [found]
    if beside is not None and all(one.scenario != beside.scenario for one in several):
        several.insert(0, beside)
    frame = compared(several, YEAR, _form(scene))
    return [grid_of(scene, "scenarios", _("Scenarios after {n} months", n=YEAR), frame,
                    _("In brackets the range that 80 % of the simulated paths keep."))]


item("targets", "plan", _("Targets and actuals"), _targets)
item("target-proposals", "plan", _("What the last periods propose"), _proposals)
item("target-courses", "plan", _("Every target on its course"), _courses)
item("scenarios", "plan", _("Scenarios side by side"), _scenarios, needs=("subscriptions.mrr",))


def _declare(kpi: str) -> None:
    item(f"fan-{kpi}", "plan", _("{kpi} ahead, with its range", kpi=KPIS[kpi].label), lambda scene: _fan(kpi, scene),
         needs=("subscriptions.mrr",))


for _kpi in FANS:
    _declare(_kpi)
