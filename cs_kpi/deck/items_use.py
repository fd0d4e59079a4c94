"""The items about onboarding, use and what customers say."""

from __future__ import annotations

from cs_kpi.charts.engagement import (
    FEATURES_AT_ONCE,
    adoption,
    adoption_over_time,
    around_onboarding,
    coming_back,
)
from cs_kpi.charts.figure import Figure
from cs_kpi.charts.onboarding import days_to_complete, states_by_start, steps_reached, use_around_completion
from cs_kpi.charts.voice import after_answers, distribution, shares
from cs_kpi.deck.content import Grid
from cs_kpi.deck.lists import grid_of, people_grid
from cs_kpi.deck.registry import item
from cs_kpi.deck.scene import Scene
from cs_kpi.engagement import stickiness
from cs_kpi.engagement.falls import FEWEST, falls
from cs_kpi.engagement.told import USUAL, told, weeks_obstacle, windows
from cs_kpi.errors import DataError
from cs_kpi.kpi.declarations import KPIS
from cs_kpi.kpi.onboarding import start_periods
from cs_kpi.locale import Message, _
from cs_kpi.measures.onboarding import no_criterion
from cs_kpi.measures.use import use_log
from cs_kpi.onboarding import listing
from cs_kpi.periods import periods
from cs_kpi.voice.answers import GROUP_LABELS, GROUPS, Survey, given, last_answered, response_share, silent

SURVEYS: tuple[Survey, ...] = ("nps", "csat")
AFTER_MONTHS = 6
USE = ("usage.date",)


def _criterion(scene: Scene) -> Message | None:
    return no_criterion(scene.book)


def _late(scene: Scene) -> list[Grid]:
    frame = listing.customers(scene.book, start_periods(list(scene.run)), scene.segment, scene.language, listing.OPEN,
                              hides_names=scene.hides_names, money_unit=scene.money_unit)
    if frame.empty:
        raise DataError(_("Nobody's onboarding is open."))
    head = _("Customer ID").text(scene.language)
    return [grid_of(scene, "onboarding-open", _("Onboarding that is open or overdue: {n}", n=len(frame)),
                    frame.drop(columns=head, errors="ignore"), _("Overdue ones first, by the day of the limit."),
                    wide={_("Steps not done").text(scene.language)})]


def _features(scene: Scene) -> tuple[str, ...]:
    names = scene.book.once(use_log).features
    key = [name for name in scene.book.settings.key_features if name in names] or list(names)
    return tuple(key[:FEATURES_AT_ONCE])


def _stickiness(scene: Scene) -> Figure:
    months = periods("month", scene.run[0].start, scene.run[-1].end, scene.book.settings.fiscal_year_start)
    return coming_back(scene.book, months, scene.language, scene.segment)


def _falling(scene: Scene) -> list[Grid]:
    speaks = told(scene.book)
    compared = windows(scene.book, length := USUAL[speaks.grain if speaks else "day"])
    if compared is None:
        raise DataError(_("No use is recorded up to the day on which the data ends."))
    found = falls(scene.book, length, scene.segment)
    labels = {"before": _("Uses before"), "after": _("Uses now"), "change": _("Change"), "last_used": _("Last use")}
    (first, last), (early, before) = compared.late, compared.early
    note = _("{first} to {last} against {early} to {before}; customers with at least {fewest} uses then.", first=first,
             last=last, early=early, before=before, fewest=FEWEST)
    return people_grid(scene, "falling-use", _("Customers whose use fell most"), found, labels, note,
                       shares=("change",))


item("onboarding-states", "onboarding", _("Onboarding by start"), lambda scene: states_by_start(
    scene.book, start_periods(list(scene.run)), scene.language, scene.segment),
    kpis=("onboarding_completion_rate",), lacks=_criterion)
item("onboarding-steps", "onboarding", _("Steps reached"), lambda scene: steps_reached(
    scene.book, start_periods(list(scene.run)), scene.language, scene.segment), needs=("milestones.milestone",))
item("onboarding-days", "onboarding", _("Days to complete onboarding"), lambda scene: days_to_complete(
    scene.book, start_periods(list(scene.run)), scene.language, scene.segment),
    kpis=("onboarding_completion_rate",), lacks=_criterion)
item("onboarding-use", "onboarding", _("Use before and after"), lambda scene: use_around_completion(
    scene.book, start_periods(list(scene.run)), scene.language, scene.segment), needs=USE, lacks=_criterion)
item("onboarding-open", "onboarding", _("Open onboarding, by name"), _late, kpis=("onboarding_completion_rate",),
     lacks=_criterion)
item("adoption", "engagement", _("Use of features"), lambda scene: adoption(
    scene.book, scene.period, scene.language, scene.segment), needs=("usage.date", "usage.feature"))
item("adoption-trend", "engagement", _("Features over time"), lambda scene: adoption_over_time(
    scene.book, scene.run, _features(scene), scene.language, scene.segment), needs=("usage.date", "usage.feature"))
item("coming-back", "engagement", _("How often users come back"), _stickiness, needs=USE,
     lacks=lambda scene: stickiness.obstacle(scene.book))
item("around-onboarding", "engagement", _("Use around onboarding"), lambda scene: around_onboarding(
    scene.book, scene.language, scene.segment), needs=USE, kpis=("onboarding_completion_rate",),
    lacks=lambda scene: _criterion(scene) or weeks_obstacle(scene.book))
item("falling-use", "engagement", _("Customers whose use fell most"), _falling, needs=USE)


def _answered(scene: Scene, survey: Survey) -> None:
    """Raises DataError where nobody answered in the period."""
    if not response_share(scene.book, survey, scene.period, scene.segment)[0]:
        last = last_answered(scene.book, survey, scene.period)
        if last is None:
            raise DataError(_("Nobody has answered up to this period."))
        raise DataError(_("Nobody answered in {period}; the last answer is of {day}.",
                          period=scene.period.label(scene.language), day=last))


def _distribution(scene: Scene, survey: Survey) -> Figure:
    _answered(scene, survey)
    return distribution(scene.book, survey, scene.period, scene.language, scene.segment)


def _lowest(scene: Scene, survey: Survey) -> list[Grid]:
    """Who gave the answers of the lowest group."""
    _answered(scene, survey)
    found, group = given(scene.book, survey, scene.period, scene.segment), GROUPS[survey][0]
    found = found[found["group"] == group]
    labels = {"score": _("Score"), "answered_on": _("Answered on"), "comment": _("Comment")}
    title = _("{kpi}, {group}: {n}", kpi=KPIS[survey].label, group=GROUP_LABELS[group], n=len(found))
    return people_grid(scene, f"{survey}-lowest", title, found, labels, _("The lowest score first."),
                       sentences=("comment",), period=scene.period.label(scene.language))


def _silent(scene: Scene, survey: Survey) -> list[Grid]:
    _answered(scene, survey)
    found = silent(scene.book, survey, scene.period, scene.segment)
    return people_grid(scene, f"{survey}-silent", _("{kpi}, no answer: {n}", kpi=KPIS[survey].label, n=len(found)),
                       found, {"last_answer": _("Last answer")},
                       _("Customers at the closing without an answer in the period, the largest MRR first."),
                       period=scene.period.label(scene.language))


def _declare(survey: Survey) -> None:
    label = KPIS[survey].label
    item(f"{survey}-groups", "voice", _("{kpi}: who answers how", kpi=label), lambda scene: shares(
        scene.book, survey, scene.run, scene.language, scene.segment), kpis=(survey,))
    item(f"{survey}-scores", "voice", _("{kpi}: answers by score", kpi=label),
         lambda scene: _distribution(scene, survey), kpis=(survey,))
    item(f"{survey}-lowest", "voice", _("{kpi}: the lowest answers, by name", kpi=label),
         lambda scene: _lowest(scene, survey), kpis=(survey,))
    item(f"{survey}-silent", "voice", _("{kpi}: no answer, by name", kpi=label), lambda scene: _silent(scene, survey),
         kpis=(survey,))
    item(f"{survey}-later", "voice", _("{kpi}: what became of them", kpi=label), lambda scene: after_answers(
        scene.book, survey, AFTER_MONTHS, scene.language, scene.segment), kpis=(survey,),
        needs=("subscriptions.mrr", "subscriptions.start_date"))


for _survey in SURVEYS:
    _declare(_survey)
