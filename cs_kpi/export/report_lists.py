"""The customers behind the figures of other pages: lists with their values as they are, for a workbook."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import pandas as pd

from cs_kpi.book import date_of
from cs_kpi.charts.actions import state_of, today
from cs_kpi.churn.listing import RISK_LABELS, ranking
from cs_kpi.churn.reasons import risk_limit
from cs_kpi.deck.items import ITEMS, lacking
from cs_kpi.deck.scene import Scene
from cs_kpi.errors import DataError
from cs_kpi.export.action_list import action_table
from cs_kpi.export.report import Lacking
from cs_kpi.export.report_further import actions_of, insiders, unscored
from cs_kpi.kpi.listing import MONEY, SHORT, customer_table
from cs_kpi.kpi.registry import KPIS
from cs_kpi.locale import Message, _
from cs_kpi.locale.formats import Unit
from cs_kpi.retention.listing import with_values
from cs_kpi.standing.listing import labels, scored
from cs_kpi.voice.answers import GROUP_LABELS, Survey, given, silent

SHARES = frozenset({"risk", "coverage"})
SURVEYS: tuple[Survey, ...] = ("nps", "csat")
NOBODY = _("There are no such customers.")


@dataclass(frozen=True, slots=True)
class Listed:
    """A list with columns named for the reader. units : of columns of numbers that are shown as such"""

    name: Message
    title: Message
    frame: pd.DataFrame
    note: Message
    units: Mapping[str, Unit] = field(default_factory=dict)


def lists(scene: Scene) -> tuple[list[Listed], list[Lacking]]:
    """The lists that there are, and why others are not."""
    found: list[Listed] = []
    missed: list[Lacking] = []
    for name, maker in _makers():
        try:
            one = maker(scene, name)
        except DataError as error:
            missed.append(Lacking(name, error.message))
            continue
        if one.frame.empty:
            missed.append(Lacking(name, NOBODY))
        else:
            found.append(one)
    return found, missed


def _makers() -> Sequence[tuple[Message, Callable[[Scene, Message], Listed]]]:
    voices = [(Message(word.template, {"kpi": KPIS[survey].label}), partial(maker, survey)) for survey in SURVEYS
              for word, maker in ((_("{kpi} answers"), _answers), (_("{kpi}, no answer"), _silent))]
    return [*voices, (_("Health by customer"), _health), (_("Churn risk by customer"), _risk),
            (_("List of actions"), _actions)]


def _people(scene: Scene, name: Message, title: Message, frame: pd.DataFrame, named: Mapping[str, Message],
            note: Message) -> Listed:
    """Customers as every list shows them: whole amounts, numbers in the place of names where these are hidden."""
    heads = {column: SHORT.get(column) or named[column].text(scene.language) for column in frame
             if column in SHORT or column in named}
    units: dict[str, Unit] = {head: "share" if column in SHARES else "money" for column, head in heads.items()
                              if column in SHARES | MONEY}
    return Listed(name, title, customer_table(scene.book, frame, named, scene.language, scene.hides_names), note, units)


def _answers(survey: Survey, scene: Scene, name: Message) -> Listed:
    _needed(scene, f"{survey}-lowest")
    found = given(scene.book, survey, scene.period, scene.segment)
    words = {group: label.text(scene.language) for group, label in GROUP_LABELS.items()}
    named = {"score": _("Score"), "group": _("Group"), "answered_on": _("Answered on"),
             "respondent": _("Respondent"), "comment": _("Comment")}
    title = _("{kpi}, {period}: {n} answers", kpi=KPIS[survey].label, period=scene.period.label(scene.language),
              n=len(found))
    return _people(scene, name, title, found.assign(group=found["group"].map(words)), with_values(found, named),
                   _("The answers that the number counts, the lowest score first."))


def _silent(survey: Survey, scene: Scene, name: Message) -> Listed:
    _needed(scene, f"{survey}-silent")
    found = silent(scene.book, survey, scene.period, scene.segment)
    title = _("{kpi}, no answer: {n}", kpi=KPIS[survey].label, n=len(found))
    return _people(scene, name, title, found, {"last_answer": _("Last answer")},
                   _("Customers at the closing without an answer in the period, the largest MRR first."))


def _health(scene: Scene, name: Message) -> Listed:
    if reason := unscored(scene):
        raise DataError(reason)
    frame = scored(scene.standing, scene.language)
    title = _("Health score by customer, {period}", period=scene.period.label(scene.language))
    return _people(scene, name, title, frame, labels(scene.standing, frame),
                   _("The lowest score first. Score '{name}'.", name=scene.health.name))


def _risk(scene: Scene, name: Message) -> Listed:
    found = scene.outlook
    if found is None:
        raise DataError(_("There is no churn model yet. Train one on the churn risk page."))
    if found.risks is None or not found.verdict.is_good:
        raise DataError(_("The customers are not listed, since this risk is not to be believed."))
    frame = ranking(found.risks, risk_limit(found.risks, scene.book.settings.churn.risk_limit), scene.language)
    frame = frame[frame["customer_id"].isin(insiders(scene))]
    day = "" if scene.book.is_snapshot else date_of(found.risks.day)
    title = _("Churn risk by customer, {day}", day=day) if day else _("Churn risk by customer")
    return _people(scene, name, title, frame, with_values(frame, RISK_LABELS),
                   _("↑ raises the risk, ↓ lowers it. A model knows what goes together, not causes."))


def _actions(scene: Scene, name: Message) -> Listed:
    """Every saved action, in the columns of the list that people edit, without those that only its way back needs."""
    kept = actions_of(scene)
    if not kept:
        raise DataError(_("There is no action yet. Start a playbook or write an action down on the actions page."))
    table = action_table(scene.book, kept, {}, scene.language, scene.hides_names)
    unneeded = [_("Action ID"), _("Playbook"), _("Version (leave as it is)")]
    table = table.drop(columns=[one.text(scene.language) for one in unneeded])
    late = sum(state_of(one, today()) == "late" for one in kept.values())
    return Listed(name, _("Actions: {n}", n=len(kept)), table,
                  _("The earliest due first; {late} are overdue on {day}.", late=late, day=today()))


def _needed(scene: Scene, item: str) -> None:
    if reason := lacking(ITEMS[item], scene):
        raise DataError(reason)
