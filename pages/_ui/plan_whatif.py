"""What-if: drivers at the left; projection, goal and what it would take at the right. Reruns by itself."""

from __future__ import annotations

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.charts.plan import fan_figure
from cs_kpi.kpi.declarations import KPIS
from cs_kpi.locale.formats import Unit
from cs_kpi.measures.onboarding import no_criterion
from cs_kpi.measures.segments import segment_fields, segment_values
from cs_kpi.targets.backtest import Trial, backtest
from cs_kpi.targets.forecast import SHOWN, Forecast, Ground, ground, kpi_of
from cs_kpi.targets.history import MOST_SEGMENTS
from cs_kpi.targets.levers import segment_keys
from cs_kpi.targets.listing import months_table
from cs_kpi.targets.onboarding_groups import GROUPS_FIELD
from cs_kpi.targets.scenario import LONGEST, Scenario
from cs_kpi.targets.words import assumptions, segment_label, trials_said
from pages._ui.cache import cached
from pages._ui.figures import show
from pages._ui.frames import table
from pages._ui.guards import told, what_was_said
from pages._ui.held import held, settled
from pages._ui.picks import pick
from pages._ui.plan import AS_IT_IS, draft, edit, follow_bar, form, is_changed, played, put, show_in_address
from pages._ui.plan_ask import ask
from pages._ui.plan_drivers import drivers
from pages._ui.plan_goal import answers, chance, goal_form
from pages._ui.words import _, number, plain, say
from pages._ui.work import language

WIDTHS = (2, 3)
ALL = ""
METRICS = ("arr", "customers", "nrr")


def whatif_section(book: Book) -> None:
    st.fragment(_whatif)(book)


def _whatif(book: Book) -> None:
    what_was_said()
    scenario = draft(book)
    of = cached(ground, book, scenario.field)
    found = played(book, scenario)
    plain_rates = played(book, as_it_is(scenario)) if is_changed(scenario) else None
    show_in_address(scenario)
    left, right = st.columns(WIDTHS, gap="large")
    with left:
        ask(book)
        segment = _cut(book, of, scenario)
        drivers(book, of, scenario, segment)
        _further(book, scenario)
    with right:
        goal_form(book, found)
        _numbers(book, found, plain_rates)
        show(fan_figure(found, shown_kpi(scenario), form(book), plain_rates))
    answers(book, found)
    _grounds(book, found)
    follow_bar(scenario)


def as_it_is(scenario: Scenario) -> Scenario:
    """Today's rates, under the same cut, as far ahead and with the same goal."""
    return Scenario(name=say(AS_IT_IS), field=scenario.field, months=scenario.months, goal=scenario.goal)


def shown_kpi(scenario: Scenario) -> str:
    """The KPI of the chart: the one that was picked, else the goal's, else ARR."""
    names = {name: say(KPIS[name].label) for name in SHOWN}
    return pick("plan-kpi", _("Chart of"), names, first=scenario.goal.kpi if scenario.goal else "arr", as_buttons=True)


def _cut(book: Book, of: Ground, scenario: Scenario) -> str | None:
    """The field by which rates are cut, and the segment whose drivers are shown."""
    names = {ALL: say(_("Everything")), **cached(_fields, book, language())}
    with st.container(horizontal=True):
        key = held(f"plan-field-{language()}", scenario.field or ALL)
        st.selectbox(say(_("Rates by")), list(names), key=key, format_func=names.__getitem__, width=180,
                     on_change=_field, args=(book, key))
        return segment_pick(of, scenario)


def segment_pick(of: Ground, scenario: Scenario) -> str | None:
    """The segment whose drivers are shown; None: all, or nothing is cut."""
    keys = segment_keys(of.base.names)
    if not keys:
        return None
    labels = {ALL: say(_("All segments")), **{one: say(segment_label(scenario.field, one)) for one in keys}}
    return pick(f"plan-segment-{scenario.field}", _("Segment"), labels) or None


def _fields(book: Book, _language: str) -> dict[str, str]:
    """The fields by which rates can be cut, in words."""
    names = {} if no_criterion(book) else {GROUPS_FIELD: say(_("Onboarding groups"))}
    return names | {field.id: say(field.label) for field in segment_fields(book)
                    if len(segment_values(book, field)) <= MOST_SEGMENTS}


@told
def _field(book: Book, key: str) -> None:
    """Changes of segments belong to their field; those of everybody stay."""
    picked = st.session_state[key] or None
    edit(book, lambda scenario: scenario.model_copy(update={
        "field": picked, "changes": tuple(one for one in scenario.changes if one.segment is None)}))


def _further(book: Book, scenario: Scenario) -> None:
    """How far ahead, growth of new MRR, and the way back."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.slider(say(_("Months ahead")), 1, LONGEST, **settled("plan-months", scenario.months, 0), on_change=_months,
                  args=(book,))
        st.number_input(say(_("Growth of new MRR (% a month)")), -50.0, 50.0, step=0.5, format="%.1f",
                        **settled("plan-growth", scenario.growth * 100, 0.005), on_change=_growth, args=(book,),
                        width=190)
    st.button(say(_("Back to today's rates")), key="plan-reset", icon=":material/undo:", on_click=_reset,
              args=(book,), disabled=not is_changed(scenario))


@told
def _months(book: Book) -> None:
    edit(book, lambda scenario: scenario.model_copy(update={"months": st.session_state["plan-months"]}))


@told
def _growth(book: Book) -> None:
    edit(book, lambda scenario: scenario.model_copy(update={"growth": st.session_state["plan-growth"] / 100}))


@told
def _reset(book: Book) -> None:
    now = draft(book)
    put(now.model_copy(update={"changes": (), "growth": 0.0}))


def _numbers(book: Book, found: Forecast, before: Forecast | None) -> None:
    """What it comes to at the end, against today's rates, and the chance of the goal."""
    last = found.months[-1]
    with st.container(horizontal=True, key="plan-numbers"):
        chance(found, before)
        for name in METRICS:
            unit = kpi_of(name).unit
            value = float(found.line(name)[-1])
            change = 0.0 if before is None else value - float(before.line(name)[-1])
            label = say(_("{kpi}, {month}", kpi=KPIS[name].label, month=last.label(language())))
            st.metric(plain(label), number(value, unit, book.currency), change_of(change, unit, book))


def change_of(change: float, unit: Unit, book: Book) -> str | None:
    """By how much a KPI differs from what it comes to at today's rates; None where it does not."""
    if not change:
        return None
    return f"{change * 100:+.1f} pt" if unit == "share" else number(change, unit, book.currency, signed=True)


def _grounds(book: Book, found: Forecast) -> None:
    """What it all rests on, how such fans held, and the months as a table."""
    key = f"plan-rests-{language()}"
    with st.expander(say(_("What this rests on")), icon=":material/info:", key=key, on_change="rerun") as opened:
        if not opened.open:
            return
        for one in assumptions(found.ground, found.scenario, found.rates):
            st.markdown(f"- {plain(one)}")
        for one in trials_said(cached(_trials, book, found.scenario.field)):
            st.markdown(f"- {plain(one)}")
        frame = months_table(found, form(book))
        table(frame, "plan", "plan-months-table", {
            head: st.column_config.NumberColumn(format="localized") for head in frame.columns[1:]})


def _trials(book: Book, field: str | None) -> list[Trial]:
    return backtest(cached(ground, book, field).past, KPIS["mrr"])
