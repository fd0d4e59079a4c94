"""The meeting view: large type, no menu, the sliders and one chart, for the wall."""

from __future__ import annotations

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.charts.plan import fan_figure
from cs_kpi.kpi.declarations import KPIS
from cs_kpi.targets.forecast import Forecast, ground, kpi_of, month_of
from pages._ui.address import recalled, remember, write
from pages._ui.cache import cached
from pages._ui.figures import drawn
from pages._ui.guards import told, what_was_said
from pages._ui.plan import draft, form, is_changed, played, show_in_address
from pages._ui.plan_ask import ask
from pages._ui.plan_drivers import drivers
from pages._ui.plan_goal import chance
from pages._ui.plan_whatif import as_it_is, change_of, segment_pick
from pages._ui.words import _, number, plain, say
from pages._ui.work import language

MEETING, ON = "meeting", "1"
LARGE = """<style>
[data-testid="stSidebar"], [data-testid="stSidebarCollapsedControl"], [data-testid="stExpandSidebarButton"],
[data-testid="stHeader"], h1 { display: none !important; }
[data-testid="stMainBlockContainer"] { padding: 1.5rem 2.5rem 0; max-width: 100%; }
.st-key-meeting label p { font-size: 1.375rem !important; }
.st-key-meeting [data-testid="stMetricValue"] { font-size: 3.75rem; line-height: 1.15; }
.st-key-meeting [data-testid="stMetricLabel"] p,
.st-key-meeting [data-testid="stMetricDelta"] { font-size: 1.5rem !important; }
.st-key-meeting h2 { font-size: 2.5rem; padding: 0; }
.st-key-meeting [data-testid="stSliderThumbValue"] { font-size: 1.25rem; }
.st-key-meeting [data-testid="stSlider"] label { margin-bottom: 0.75rem; }
.st-key-meeting .usual { font-size: 1rem; }
.st-key-meeting .st-key-plan-strength-said p { font-size: 1.125rem; }
</style>"""


def in_meeting() -> bool:
    """Whether the page is on the wall."""
    is_on = recalled(MEETING, (ON, ""), "") == ON
    write(MEETING, ON if is_on else "")
    return is_on


def meeting_switch() -> None:
    st.button(say(_("Meeting view")), key="meeting-on", icon=":material/present_to_all:", on_click=_switch, args=(ON,))


@told
def _switch(value: str) -> None:
    remember(MEETING, value)


def meeting(book: Book) -> None:
    """The view, and the way out of it."""
    st.html(LARGE)
    with st.container(key="meeting"):
        st.fragment(_view)(book)
        st.button(say(_("Leave the meeting view")), key="meeting-off", icon=":material/close_fullscreen:",
                  on_click=_switch, args=("",))


def _numbers(book: Book, found: Forecast, before: Forecast | None, kpi: str) -> None:
    """What the KPI comes to by the goal's month, or by the last one, against today's rates, and the goal."""
    goal, unit = found.scenario.goal, kpi_of(kpi).unit
    month = month_of(goal) if goal else found.months[-1]
    place = found.ground.until(month) - 1
    value = float(found.line(kpi)[place])
    was = value if before is None else float(before.line(kpi)[place])
    label = say(_("{kpi}, {month}", kpi=KPIS[kpi].label, month=month.label(language())))
    st.metric(plain(label), number(value, unit, book.currency), change_of(value - was, unit, book))
    if goal:
        st.metric(say(_("Goal")), number(goal.value, unit, book.currency))


def _view(book: Book) -> None:
    what_was_said()
    scenario = draft(book)
    of, found = cached(ground, book, scenario.field), played(book, scenario)
    before = played(book, as_it_is(scenario)) if is_changed(scenario) else None
    show_in_address(scenario)
    kpi = scenario.goal.kpi if scenario.goal else "arr"
    figure = fan_figure(found, kpi, form(book), before)
    left, right = st.columns((2, 5), gap="large")
    with left:
        ask(book)
        drivers(book, of, scenario, segment_pick(of, scenario), in_meeting=True)
    with right:
        st.header(plain(figure.title), anchor=False)
        with st.container(horizontal=True, vertical_alignment="top"):
            chance(found, before)
            _numbers(book, found, before, kpi)
        drawn(figure, scale=1.6, height=520)
