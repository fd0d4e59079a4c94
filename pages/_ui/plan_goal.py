"""The goal of a scenario: what, how much, by when; the chance, and what it would take."""

from __future__ import annotations

from typing import get_args

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.kpi.declarations import KPIS
from cs_kpi.targets.entries import typed_goal
from cs_kpi.targets.forecast import Forecast, Ground, kpi_of
from cs_kpi.targets.listing import mix_table
from cs_kpi.targets.scenario import LONGEST, Change, Goal, GoalKpi, Scenario
from cs_kpi.targets.seek import Search, with_changes
from cs_kpi.targets.words import chance_said, mix_said, single_said, verdict
from pages._ui.frames import table
from pages._ui.guards import told
from pages._ui.held import entered, held, twin
from pages._ui.plan import draft, edit, form, sought
from pages._ui.plan_names import whom_to_keep
from pages._ui.words import _, plain, say
from pages._ui.work import language

AHEAD = 12
"""Months to a new goal."""
STRETCH = 1.1
"""A new goal is what is expected and a tenth more (or less, where less is better)."""


def goal_form(book: Book, found: Forecast) -> None:
    """Goal's KPI, value and month."""
    of, goal = found.ground, found.scenario.goal
    names = {"": say(_("No goal")), **{name: say(KPIS[name].label) for name in get_args(GoalKpi)}}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        key = held(f"plan-goal-kpi-{language()}", goal.kpi if goal else "")
        st.selectbox(say(_("Goal")), list(names), key=key, format_func=names.__getitem__, width=190, on_change=_kpi,
                     args=(book, found, key))
        if goal is None:
            return
        field = twin("plan-goal-value", form(book).goal(goal.kpi, goal.value))
        st.text_input(say(_("To reach")), **field, width=190, max_chars=40, on_change=_value, args=(book, field["key"]))
        months = {of.first.shifted(step).id: of.first.shifted(step).label(language()) for step in range(LONGEST)}
        st.selectbox(say(_("By the end of")), list(months), key=held(f"plan-goal-month-{language()}", goal.month),
                     format_func=months.__getitem__, width=170, on_change=_month, args=(book,))


@told
def _kpi(book: Book, found: Forecast, key: str) -> None:
    """A goal for another KPI begins a tenth better than what is expected."""
    picked = st.session_state[key]
    edit(book, lambda scenario: scenario.model_copy(update={"goal": _first(found, picked) if picked else None}))


def _first(found: Forecast, kpi: GoalKpi) -> Goal:
    of = found.ground
    month = found.scenario.goal.month if found.scenario.goal else of.first.shifted(AHEAD - 1).id
    place = min(AHEAD, len(found.months)) - 1
    expected = float(found.line(kpi)[place])
    better = expected * STRETCH if kpi_of(kpi).better == "up" else expected / STRETCH
    return Goal(kpi=kpi, value=_two_digits(better) if better > 0 else 1.0, month=month)


def _two_digits(value: float) -> float:
    return float(f"{value:.2g}")


@told
def _value(book: Book, widget: str) -> None:
    """Nothing typed, or what is shown, leaves the goal as it is."""
    text, goal, shape = entered("plan-goal-value", widget), draft(book).goal, form(book)
    if goal is None or not (text or "").strip() or text == shape.goal(goal.kpi, goal.value):
        return
    value = typed_goal(text.strip(), goal.kpi, shape)
    edit(book, lambda scenario: _with_goal(scenario, value=value))


@told
def _month(book: Book) -> None:
    edit(book, lambda scenario: _with_goal(scenario, month=st.session_state[f"plan-goal-month-{language()}"]))


def _with_goal(scenario: Scenario, **changes: object) -> Scenario:
    assert scenario.goal is not None
    return scenario.model_copy(update={"goal": scenario.goal.model_copy(update=changes)})


def chance(found: Forecast, before: Forecast | None) -> None:
    """The chance of the goal, and how much the scenario adds to it."""
    goal = found.scenario.goal
    if goal is None:
        return
    now = found.chance(goal)
    more = None if before is None else round((now - before.chance(goal)) * 100)
    st.metric(say(_("Chance of the goal")), chance_said(now),
              None if not more else say(_("{points} points against today's rates", points=f"{more:+d}")))


def answers(book: Book, found: Forecast) -> None:
    """What the goal would take, each answer with a button that puts it into the scenario."""
    search, shape = sought(book, found), form(book)
    if search is None:
        return
    with st.container(border=True, key="plan-answers", gap="xsmall"):
        st.subheader(say(_("What the goal would take")), anchor=False)
        st.markdown(f"**{plain(verdict(search, shape))}**")
        if mix := mix_said(search, found.ground, shape):
            _answer(book, plain(mix), search.mix, "mix")
            with st.expander(say(_("The mix in numbers")), icon=":material/table:"):
                table(mix_table(search, found, shape), "mix", "plan-mix")
        for one in search.singles:
            taken = () if one.needed is None or one.is_beyond else (Change(driver=one.driver, value=one.needed),)
            _answer(book, plain(single_said(one, search, shape)), taken, one.driver)
        _short(found.ground, search)
        whom_to_keep(book, search)


def _answer(book: Book, words: str, changes: tuple[Change, ...], name: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(words)
        if changes:
            st.button(say(_("Put in")), key=f"plan-take-{name}", icon=":material/input:", on_click=_take,
                      args=(book, changes))


@told
def _take(book: Book, changes: tuple[Change, ...]) -> None:
    edit(book, lambda scenario: with_changes(scenario, changes))


def _short(of: Ground, sought: Search) -> None:
    """Why an answer may be uncertain."""
    if of.base.months < AHEAD and sought.singles:
        st.caption(say(_("These answers rest on {n} months.", n=of.base.months)))
