"""The drivers of a scenario: a slider and a field each, with the range that the book's own history had."""

from __future__ import annotations

import math

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.targets.forecast import Ground
from cs_kpi.targets.levers import MOVING, Lever, level, place_of
from cs_kpi.targets.ranges import Range, realistic
from cs_kpi.targets.scenario import DRIVER_LABELS, DriverId, Scenario
from cs_kpi.targets.words import onboarding_said
from pages._ui.guards import told
from pages._ui.held import held, settled
from pages._ui.plan import edit, form
from pages._ui.words import _, plain, say

PERCENT = 100.0
STEPS = 200
"""How many steps a slider of money has."""
LEAST = {"share": 1.0, "money": 100.0}
"""How far a slider reaches at least, where nothing moves: percent, and currency units."""
TRACK = ('<div style="position:relative;height:6px;margin:-14px 8px 0;border-radius:3px;'
         'background:rgba(128,128,128,.18)" title="{words}"><div style="position:absolute;left:{low:.1f}%;'
         'width:{width:.1f}%;height:6px;border-radius:3px;background:rgba(0,128,111,.55)"></div></div>')


def drivers(book: Book, of: Ground, scenario: Scenario, segment: str | None, in_meeting: bool = False) -> None:
    """Every driver of a segment, or of all (None)."""
    for driver in MOVING:
        _driver(book, of, scenario, driver, segment, in_meeting)
    if of.effect and segment is None:
        _driver(book, of, scenario, "onboarding", None, in_meeting)
        if not in_meeting:
            _onboarding(book, of, scenario)


def today(of: Ground, driver: DriverId, segment: str | None) -> float:
    if driver == "onboarding":
        assert of.effect is not None
        return of.effect.completed
    return float(level(of.base, of.base.values, Lever(driver, place_of(of.base, segment))))


def _driver(book: Book, of: Ground, scenario: Scenario, driver: DriverId, segment: str | None,
            in_meeting: bool) -> None:
    now, set_to = today(of, driver, segment), scenario.value(driver, segment)
    scale = 1.0 if driver == "new" else PERCENT
    value = (now if set_to is None else set_to) * scale
    value = float(round(value)) if driver == "new" and value >= STEPS else value
    usual = None if driver == "onboarding" else realistic(of.past, driver, place_of(of.base, segment))
    most, step = _reach(driver, value, now * scale, usual, scale)
    name = f"plan-{driver}" if segment is None else f"plan-{driver}-of-{segment}"
    unit = "" if driver == "new" else "%%"
    label = say(DRIVER_LABELS[driver])
    left, right = st.columns((3, 2)) if not in_meeting else (st.container(), None)
    with left:
        st.slider(plain(f"{label} · {_was(book, driver, now, set_to)}"), 0.0, most, step=step,
                  **settled(f"{name}-slider", min(value, most), step / 2),
                  format="localized" if driver == "new" else f"%.2f{unit}", on_change=_set,
                  args=(book, driver, segment, f"{name}-slider", now, scale, step))
        if usual:
            _track(book, driver, usual, most, scale)
    if right is not None:
        with right:
            st.number_input(say(_("{driver} as a number", driver=label)), 0.0, None if driver == "new" else PERCENT,
                            step=step, **settled(f"{name}-field", value, step / 200), label_visibility="hidden",
                            format="%.0f" if driver == "new" and step >= 1 else "%.2f", on_change=_set,
                            args=(book, driver, segment, f"{name}-field", now, scale, step))


def _was(book: Book, driver: DriverId, now: float, set_to: float | None) -> str:
    """Today's value, and by how much the scenario changes it."""
    said = say(_("today {value}", value=form(book).driver(driver, now)))
    if set_to is None or not now:
        return said
    return say(_("{said}, {change}", said=said, change=f"{(set_to / now - 1) * 100:+.0f}%"))


def _reach(driver: DriverId, value: float, now: float, usual: Range | None, scale: float) -> tuple[float, float]:
    """The end of a slider and its step."""
    if driver == "onboarding":
        return PERCENT, 1.0
    wanted = max(value, now * 2, (usual.high if usual else 0) * scale * 1.5, LEAST["money" if scale == 1 else "share"])
    if scale != 1:
        return min(PERCENT, math.ceil(wanted * 2) / 2), 0.01
    step = _nice(wanted / STEPS)
    return math.ceil(wanted / step) * step, step


def _nice(step: float) -> float:
    """1, 2 or 5 times a power of ten, at least as large."""
    power = 10.0 ** math.floor(math.log10(step))
    return next(times * power for times in (1, 2, 5, 10) if times * power >= step * (1 - 1e-9))


def _track(book: Book, driver: DriverId, usual: Range, most: float, scale: float) -> None:
    """Where the driver has been, on the scale of the slider."""
    low, high = (min(100.0, end * scale / most * 100) for end in (usual.low, usual.high))
    words = say(_("Usual range of three months in a row (P10 to P90): {low} to {high}",
                  low=form(book).driver(driver, usual.low), high=form(book).driver(driver, usual.high)))
    st.html(TRACK.format(low=low, width=max(high - low, 0.5), words=words.replace('"', "").replace("<", "")))


def _onboarding(book: Book, of: Ground, scenario: Scenario) -> None:
    """What is taken for granted of onboarding, and how strong."""
    assert of.effect is not None
    with st.expander(say(_("What onboarding is taken to do")), icon=":material/flag:"):
        st.markdown(plain(onboarding_said(of.effect, scenario)))
        st.slider(say(_("Share of the difference that onboarding causes (%)")), 0, 100, step=5,
                  key=held("plan-strength", round(scenario.strength * 100)), on_change=_strength, args=(book,))
        st.toggle(say(_("Only customers that come from now on")), key=held("plan-newcomers", scenario.newcomers_only),
                  on_change=_newcomers, args=(book,))


@told
def _set(book: Book, driver: DriverId, segment: str | None, key: str, now: float, scale: float, step: float) -> None:
    """A value within half a step of today's is today's."""
    value = round(float(st.session_state[key]) / scale, 6)
    near = max(step / scale, 1.0 if driver == "new" and now >= STEPS else 0.0) / 2
    wanted = None if abs(value - now) <= near else value
    edit(book, lambda scenario: scenario.with_change(driver, segment, wanted))


@told
def _strength(book: Book) -> None:
    edit(book, lambda scenario: scenario.model_copy(update={"strength": st.session_state["plan-strength"] / 100}))


@told
def _newcomers(book: Book) -> None:
    edit(book, lambda scenario: scenario.model_copy(update={"newcomers_only": st.session_state["plan-newcomers"]}))
