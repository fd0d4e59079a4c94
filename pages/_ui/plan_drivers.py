"""The drivers of a scenario: a slider and a field each, with the range that the book's own history had behind it."""

from __future__ import annotations

import html
import math
from dataclasses import dataclass

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.errors import DataError
from cs_kpi.locale.formats import MONEY_SCALE, money_affixes, rounded
from cs_kpi.targets.entries import today, typed
from cs_kpi.targets.forecast import Ground
from cs_kpi.targets.levers import MOVING, place_of
from cs_kpi.targets.ranges import Range, realistic
from cs_kpi.targets.scenario import DRIVER_LABELS, DRIVER_UNITS, DriverId, Scenario
from cs_kpi.targets.words import onboarding_said, strength_said
from pages._ui.guards import told
from pages._ui.held import entered, held, settled, shown_by, twin
from pages._ui.plan import edit, form
from pages._ui.words import _, plain, say
from pages._ui.work import preferences

PERCENT = 100.0
HEAD = (3, 2)
"""Widths of a driver's name and of its field."""
SHAPES: dict[DriverId, str] = {"new": "localized", "onboarding": "%.1f%%"}
"""How a slider writes its value; other drivers with two decimals."""
STEPS = 200
"""How many steps a slider of money has."""
LEAST = {"share": 0.01, "money": 100.0}
"""How far a slider reaches at least, where nothing moves: a share, and currency units."""
LOOK = """<style>
[class*="st-key-plan-new"] [data-testid="stSliderThumbValue"] p::before {{ content: "{before}"; }}
[class*="st-key-plan-new"] [data-testid="stSliderThumbValue"] p::after {{ content: "{behind}"; }}
[class*="st-key-driver-"] [data-testid="stSlider"] {{ margin-top: 5px; }}
[class*="st-key-driver-"] [data-testid="stSliderTickBar"] {{ display: none; }}
[class*="st-key-plan-kpi"] [role="radiogroup"] {{ flex-wrap: wrap; overflow: visible; }}
.usual {{ position: relative; height: 9px; margin: 0 6px; pointer-events: none; font-size: 0.8125rem; opacity: .85; }}
.usual i {{ position: absolute; top: -26px; height: 12px; border-radius: 3px; background: rgba(0, 128, 111, .32); }}
.usual b {{ position: absolute; top: -11px; font-weight: 400; white-space: nowrap; transform: translateX(-50%); }}
</style>"""
"""The unit at a slider's thumb, and the usual range behind it; all KPIs to choose from in sight."""
BAND = ('<div class="usual"><i style="left:{low:.1f}%;width:{width:.1f}%"></i>'
        '<b style="left:{middle:.1f}%">{words}</b></div>')
ROOM = 24.0
"""How near to the ends of a slider the middle of the words under it may come, in percent of its length."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How a driver stands on its slider. most : the end; step; times : what a value is multiplied by to be shown"""

    most: float
    step: float
    times: float
    decimals: int

    def shown(self, value: float) -> float:
        return float(rounded(min(value * self.times, self.most), self.decimals))


def drivers(book: Book, of: Ground, scenario: Scenario, segment: str | None, in_meeting: bool = False) -> None:
    """Every driver of a segment, or of all (None)."""
    before, behind = money_affixes(form(book).language, book.currency, preferences().money_unit)
    st.html(LOOK.format(before=_css(before), behind=_css(behind)))
    for driver in MOVING:
        _driver(book, of, scenario, driver, segment, in_meeting)
    if of.effect and segment is None:
        _driver(book, of, scenario, "onboarding", None, in_meeting)
        if in_meeting:
            with st.container(key="plan-strength-said"):
                st.markdown(plain(strength_said(scenario.strength)))
        else:
            _onboarding(book, of, scenario)


def _css(text: str) -> str:
    return text.replace("\\", "").replace('"', "")


def _driver(book: Book, of: Ground, scenario: Scenario, driver: DriverId, segment: str | None,
            in_meeting: bool) -> None:
    now, set_to = today(of, driver, segment), scenario.value(driver, segment)
    value = now if set_to is None else set_to
    usual = None if driver == "onboarding" else realistic(of.past, driver, place_of(of.base, segment))
    name = f"plan-{driver}" if segment is None else f"plan-{driver}-of-{segment}"
    label = say(DRIVER_LABELS[driver])
    was = _was(book, driver, now, set_to)
    said = plain(f"{label} · {was}")
    with st.container(key=f"driver-{name}", gap=None):
        if not in_meeting:
            left, right = st.columns(HEAD, gap="small", vertical_alignment="center")
            left.markdown(f"{plain(label)}  \n:small[{plain(was)}]")
            field = twin(f"{name}-field", form(book).driver(driver, value))
            widget = (f"{name}-field", field["key"])
            right.text_input(say(_("{driver} as a number", driver=label)), **field, label_visibility="collapsed",
                             max_chars=40, on_change=_typed, args=(book, driver, segment, widget, now))
        scale = _scale(name, driver, value, now, usual)
        slider = twin(f"{name}-slider", scale.shown(value), scale.step / 2)
        st.slider(said if in_meeting else plain(label), 0.0, scale.most, step=scale.step, format=SHAPES.get(
            driver, "%.2f%%"), **slider, label_visibility="visible" if in_meeting else "collapsed", on_change=_moved,
                  args=(book, driver, segment, (f"{name}-slider", slider["key"]), now, scale))
        if usual:
            _band(book, driver, usual, scale)


def _was(book: Book, driver: DriverId, now: float, set_to: float | None) -> str:
    """Today's value, and by how much the scenario changes it."""
    said = say(_("today {value}", value=form(book).driver(driver, now)))
    if set_to is None or not now:
        return said
    return say(_("{said}, {change}", said=said, change=f"{(set_to / now - 1) * 100:+.0f}%"))


def _scale(name: str, driver: DriverId, value: float, now: float, usual: Range | None) -> Scale:
    """The scale stays as it is while its slider is moved, also where less would do by now: another one would be
    another slider, and the hand on the first would move nothing more."""
    kept, unit = st.session_state.get(f"{name}-scale"), preferences().money_unit
    if kept and kept[0] == unit:
        scale = Scale(*kept[1:])
        at = shown_by(f"{name}-slider")
        if at is not None and abs(at - value * scale.times) <= scale.step / 2:
            return scale
    scale = _reach(driver, value, now, usual)
    st.session_state[f"{name}-scale"] = (unit, scale.most, scale.step, scale.times, scale.decimals)
    return scale


def _reach(driver: DriverId, value: float, now: float, usual: Range | None) -> Scale:
    if driver == "onboarding":
        return Scale(PERCENT, 1.0, PERCENT, 1)
    wanted = max(value, now * 2, (usual.high if usual else 0) * 1.5, LEAST[DRIVER_UNITS[driver]])
    if driver != "new":
        return Scale(min(PERCENT, math.ceil(wanted * PERCENT * 2) / 2), 0.01, PERCENT, 2)
    times = 1 / MONEY_SCALE[preferences().money_unit]
    step = _nice(wanted * times / STEPS)
    return Scale(math.ceil(wanted * times / step) * step, step, times, 0 if step >= 1 else 2)


def _nice(step: float) -> float:
    """1, 2 or 5 times a power of ten, at least as large."""
    power = 10.0 ** math.floor(math.log10(step))
    return next(times * power for times in (1, 2, 5, 10) if times * power >= step * (1 - 1e-9))


def _band(book: Book, driver: DriverId, usual: Range, scale: Scale) -> None:
    """Where the driver has been, behind the slider, and in words."""
    low, high = (min(100.0, end * scale.times / scale.most * 100) for end in (usual.low, usual.high))
    words = say(_("usual {low} – {high}", low=form(book).driver(driver, usual.low),
                  high=form(book).driver(driver, usual.high)))
    st.html(BAND.format(low=low, width=max(high - low, 0.5), middle=min(max((low + high) / 2, ROOM), 100 - ROOM),
                        words=html.escape(words)))


def _onboarding(book: Book, of: Ground, scenario: Scenario) -> None:
    """What is taken for granted of onboarding, and how strong."""
    assert of.effect is not None
    with st.expander(say(_("What onboarding is taken to do")), icon=":material/flag:"):
        st.markdown(plain(onboarding_said(of.effect, scenario)))
        st.slider(say(_("Share of the difference that onboarding causes (%)")), 0, 100, step=5,
                  **settled("plan-strength", round(scenario.strength * 100), 0), on_change=_strength, args=(book,))
        st.toggle(say(_("Only customers that come from now on")), key=held("plan-newcomers", scenario.newcomers_only),
                  on_change=_newcomers, args=(book,))


@told
def _moved(book: Book, driver: DriverId, segment: str | None, widget: tuple[str, str], now: float,
           scale: Scale) -> None:
    """A value within half a step of today's is today's."""
    moved = entered(*widget)
    if moved is None:
        return
    value = round(float(moved) / scale.times, 6)
    _put(book, driver, segment, None if abs(value - now) * scale.times <= scale.step / 2 else value)


@told
def _typed(book: Book, driver: DriverId, segment: str | None, widget: tuple[str, str], now: float) -> None:
    """Nothing typed, or what today's value is shown as, is today's value."""
    text, shape = entered(*widget), form(book)
    if text is None:
        return
    text = text.strip()
    value = typed(text, driver, now, shape) if text else now
    if DRIVER_UNITS[driver] == "share" and value > 1:
        raise DataError(_("'{text}' is more than all. Write a share of at most 100%, for instance 1.2%.", text=text))
    _put(book, driver, segment, None if shape.driver(driver, value) == shape.driver(driver, now) else value)


def _put(book: Book, driver: DriverId, segment: str | None, value: float | None) -> None:
    edit(book, lambda scenario: scenario.with_change(driver, segment, value))


@told
def _strength(book: Book) -> None:
    edit(book, lambda scenario: scenario.model_copy(update={"strength": st.session_state["plan-strength"] / 100}))


@told
def _newcomers(book: Book) -> None:
    edit(book, lambda scenario: scenario.model_copy(update={"newcomers_only": st.session_state["plan-newcomers"]}))
