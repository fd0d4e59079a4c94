"""The scenario on the what-if page: what is being tried out, what is saved, and which one is the plan."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.errors import DataError
from cs_kpi.targets.forecast import Forecast, Ground, checked, forecast, ground
from cs_kpi.targets.levers import changed
from cs_kpi.targets.scenario import Change, Scenario, ThePlan, link, linked, named
from cs_kpi.targets.seek import Search, seek
from cs_kpi.targets.words import Form
from pages._ui.cache import cached
from pages._ui.guards import DATA_PAGE
from pages._ui.words import _, plain, say
from pages._ui.work import language, preferences, workspace

ADDRESS, THE_PLAN, PICKED, BAR = "scenario", "the-plan", "plan-picked", "plan-bar-shows"
AS_IT_IS = _("As it is")
LINKS_KNOWN = 500
FORECASTS_KEPT = 12
"""Forecasts hold their paths, some megabytes each."""


def draft(book: Book) -> Scenario:
    """What is being tried out: of a link, else of this session, else the plan, else today's rates."""
    given = st.query_params.get(ADDRESS)
    if given and given not in _written():
        _written().append(given)
        st.session_state[PICKED] = given
    said = st.session_state.get(PICKED)
    now = _usable(book, said) if said else None
    return now or the_plan() or Scenario(name=say(AS_IT_IS))


def _written() -> list[str]:
    """The links that this session has shown or taken. A browser that is behind still sends an older one of them, which
    must not win over what has been moved since."""
    known: list[str] = st.session_state.setdefault("plan-written", [])
    del known[:-LINKS_KNOWN]
    return known


def require_months(book: Book) -> None:
    """Say why nothing can be projected, and stop, where that is so."""
    try:
        cached(ground, book, None)
    except DataError as error:
        st.info(plain(error.message), icon=":material/calendar_month:")
        st.page_link(DATA_PAGE, label=say(_("Go to the data page")), icon=":material/arrow_forward:")
        st.stop()


def _usable(book: Book, said: str) -> Scenario | None:
    """The scenario of an address, without what this data does not have, which is said once."""
    try:
        scenario = linked(said)
    except DataError as error:
        st.toast(say(error.message))
        return None
    usable = fitted(book, scenario)
    if usable != scenario and st.session_state.get("plan-told") != said:
        st.session_state["plan-told"] = said
        st.toast(say(_("The scenario asks for something that is not in this data; that was left out.")))
    return usable


def fitted(book: Book, scenario: Scenario) -> Scenario:
    """A scenario without the field, segments and goal that this book does not have."""
    try:
        of = cached(ground, book, scenario.field)
    except DataError:
        scenario = scenario.model_copy(update={"field": None})
        of = cached(ground, book, None)
    kept = tuple(one for one in scenario.changes if _is_there(of, one))
    scenario = scenario.model_copy(update={"changes": kept})
    try:
        checked(of, scenario)
    except DataError:
        return scenario.model_copy(update={"goal": None})
    return scenario


def _is_there(of: Ground, change: Change) -> bool:
    try:
        changed(of.base, Scenario(name="-", changes=(change,)), of.effect)
    except DataError:
        return False
    return True


def put(scenario: Scenario) -> None:
    """Try this out from now on. What is changed is no longer as it is, nor called so."""
    if is_changed(scenario) and scenario.name in (AS_IT_IS.text("en"), AS_IT_IS.text("ja")):
        scenario = named(scenario, say(_("New scenario")))
    st.session_state[PICKED] = link(scenario)


def is_changed(scenario: Scenario) -> bool:
    return bool(scenario.changes) or bool(scenario.growth)


def edit(book: Book, change: Callable[[Scenario], Scenario]) -> None:
    """Try out the scenario with one thing changed."""
    put(change(draft(book)))


def show_in_address(scenario: Scenario) -> None:
    """The link to this page carries the scenario."""
    said = link(scenario)
    if said not in _written():
        _written().append(said)
    if st.query_params.get(ADDRESS) != said:
        st.query_params[ADDRESS] = said


def form(book: Book) -> Form:
    return Form(language(), book.currency, preferences().money_unit)


def played(book: Book, scenario: Scenario) -> Forecast:
    """The forecast of a scenario, kept for the last few."""
    return _played(book.fingerprint, link(scenario), book)


@st.cache_resource(max_entries=FORECASTS_KEPT, show_spinner=False)
def _played(fingerprint: str, body: str, _book: Book) -> Forecast:
    scenario = linked(body)
    return forecast(cached(ground, _book, scenario.field), scenario)


def is_saved(scenario: Scenario) -> bool:
    """Whether it is kept as it stands."""
    return scenarios().get(key_of(scenario.name)) == scenario


def note_bar(scenario: Scenario) -> None:
    """What the bar above shows of the scenario."""
    st.session_state[BAR] = (scenario.name, is_saved(scenario))


def follow_bar(scenario: Scenario) -> None:
    """Run the whole page where the bar above shows another name, or lets nobody save what has changed: a driver that
    moves runs its own part of the page alone."""
    if st.session_state.get(BAR) != (scenario.name, is_saved(scenario)):
        st.rerun()


def sought(book: Book, found: Forecast) -> Search | None:
    """What the goal would take; None where there is no goal. Kept as forecasts are: it takes longer than all else."""
    return _sought(book.fingerprint, link(found.scenario), found) if found.scenario.goal else None


@st.cache_resource(max_entries=FORECASTS_KEPT, show_spinner=False)
def _sought(fingerprint: str, body: str, _found: Forecast) -> Search:
    assert _found.scenario.goal is not None
    return seek(_found, _found.scenario.goal)


def scenarios() -> dict[str, Scenario]:
    """The saved ones by their keys."""
    return workspace().all(Scenario)


def the_plan() -> Scenario | None:
    """The scenario that is the plan; None until one is."""
    chosen = workspace().load(ThePlan, THE_PLAN)
    return workspace().load(Scenario, chosen.scenario) if chosen else None


def plan_key() -> str | None:
    chosen = workspace().load(ThePlan, THE_PLAN)
    return chosen.scenario if chosen else None


def save(scenario: Scenario) -> None:
    """Keep a scenario under its name, in the place of the one that was there."""
    workspace().save(scenario, key_of(scenario.name), by=preferences().display_name)


def make_plan(key: str) -> None:
    workspace().save(ThePlan(scenario=key), THE_PLAN, by=preferences().display_name)


def remove(key: str) -> None:
    """Forget a scenario; where it was the plan, there is none."""
    workspace().remove(Scenario, key)
    if plan_key() == key:
        workspace().remove(ThePlan, THE_PLAN)


def key_of(name: str) -> str:
    """The key of a name: names that look the same are the same scenario."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", name)).strip().casefold()
