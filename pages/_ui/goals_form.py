"""The form of a target: KPI, of whom, periods, level or path, owner, who shares it, rationale."""

from __future__ import annotations

from typing import Any

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.kpi.cards import lacking
from cs_kpi.kpi.declarations import KPIS
from cs_kpi.kpi.readings import Segment, segment_name
from cs_kpi.kpi.registry import chosen
from cs_kpi.locale import Message
from cs_kpi.locale.formats import Unit
from cs_kpi.measures.segments import segment_fields, segment_values
from cs_kpi.periods import KIND_LABELS, PERIOD_KINDS, month_start, periods
from cs_kpi.targets.goals import MOST_PERIODS, NAME_LENGTH, TEXT_LENGTH, Wanted
from cs_kpi.targets.scenario import Scenario
from pages._ui.cache import cached
from pages._ui.goals_draft import changed, draft, of_other_kind
from pages._ui.goals_work import guess_of
from pages._ui.guards import told
from pages._ui.held import held
from pages._ui.words import _, say
from pages._ui.work import language, workspace

NOT_SET = "-"
AHEAD_MONTHS = 36
STEPS: dict[Unit, tuple[float, str]] = {"share": (0.5, "%.2f"), "money": (1_000.0, "%.0f"), "count": (1.0, "%.0f"),
                                        "ratio": (0.1, "%.2f")}


def target_form(book: Book, wanted: Wanted) -> None:
    """Every field of the draft; each entry is taken over at once, and saved by the button below it alone."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        _kpi(book, wanted)
        _whom(book, wanted)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        _periods(book, wanted)
        _level(wanted)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        _text("owner", _("Owner"), wanted.owner, 180, NAME_LENGTH)
        _text("rationale", _("Rationale"), wanted.rationale, 460, TEXT_LENGTH)
        _scenario(wanted)


def _kpi(book: Book, wanted: Wanted) -> None:
    lacks = cached(lacking, book, tuple(KPIS))
    names = {one: say(kpi.label) for one, kpi in KPIS.items() if one not in lacks or one == wanted.kpi}
    widget = held(f"target-kpi-{language()}", wanted.kpi)
    st.selectbox(say(_("KPI")), list(names), key=widget, format_func=names.__getitem__, width=300,
                 on_change=_other_kpi, args=(book, widget))


@told
def _other_kpi(book: Book, widget: str) -> None:
    found, kpi = draft(), st.session_state[widget]
    assert found is not None
    other = found[1].model_copy(update={"kpi": kpi, "convention": chosen(kpi, book.settings).convention})
    level = guess_of(book, other)
    changed(kpi=kpi, convention=other.convention, values=(level,) * len(other.values))


def _whom(book: Book, wanted: Wanted) -> None:
    fields = {one.id: one for one in cached(segment_fields, book)}
    names = {"": say(_("Everything")), **{one: say(field.label) for one, field in fields.items()}}
    if wanted.field and wanted.field not in names:
        names[wanted.field] = wanted.field
    widget = held(f"target-field-{language()}", wanted.field or "")
    st.selectbox(say(_("Cut by")), list(names), key=widget, format_func=names.__getitem__, width=200,
                 on_change=_other_field, args=(book, widget))
    if not wanted.field:
        return
    values = cached(segment_values, book, fields[wanted.field]) if wanted.field in fields else []
    said = {NOT_SET if one is None else one: say(segment_name(Segment(wanted.field, one)))
            for one in dict.fromkeys([*values, wanted.segment])}
    widget = held(f"target-segment-{language()}", NOT_SET if wanted.segment is None else wanted.segment)
    st.selectbox(say(_("Segment")), list(said), key=widget, format_func=said.__getitem__, width=200,
                 on_change=_other_segment, args=(widget,))


@told
def _other_field(book: Book, widget: str) -> None:
    picked = st.session_state[widget]
    field = next((one for one in cached(segment_fields, book) if one.id == picked), None)
    first = next(iter(cached(segment_values, book, field)), None) if field else None
    changed(field=picked or None, segment=first)


@told
def _other_segment(widget: str) -> None:
    picked = st.session_state[widget]
    changed(segment=None if picked == NOT_SET else picked)


def _periods(book: Book, wanted: Wanted) -> None:
    """The kind, the first period, and how many there are."""
    kinds = {kind: say(KIND_LABELS[kind]) for kind in PERIOD_KINDS}
    widget = held(f"target-kind-{language()}", wanted.kind)
    st.selectbox(say(_("Period kind")), list(kinds), key=widget, format_func=kinds.__getitem__, width=190,
                 on_change=_other_kind, args=(book, widget))
    assert book.first_day is not None
    assert book.as_of is not None
    offered = periods(wanted.kind, book.first_day, month_start(book.as_of, AHEAD_MONTHS), wanted.first_month)
    days = {one.start: one.label(language()) for one in [*offered, wanted.periods[0]]}
    widget = held(f"target-first-{wanted.kind}-{language()}", wanted.first)
    st.selectbox(say(_("From")), sorted(days, reverse=True), key=widget, format_func=days.__getitem__, width=190,
                 on_change=_taken, args=("first", widget))
    widget = held("target-count", len(wanted.values))
    st.number_input(say(_("Number of periods")), 1, MOST_PERIODS, key=widget, width=150, on_change=_other_count,
                    args=(widget,))


@told
def _other_kind(book: Book, widget: str) -> None:
    found = draft()
    assert found is not None
    changed(**of_other_kind(found[1], st.session_state[widget], book.settings.fiscal_year_start))


@told
def _other_count(widget: str) -> None:
    """More periods go on at the last value; fewer keep the path up to there."""
    found, count = draft(), st.session_state[widget]
    assert found is not None
    values = found[1].values
    changed(values=(values + (values[-1],) * count)[:count] if count else values)


def _level(wanted: Wanted) -> None:
    """One value; or a path, from the first value to the last, each of which may be changed."""
    unit = wanted.measured.unit
    count = len(wanted.values)
    if count > 1:
        shape = {False: say(_("The same throughout")), True: say(_("A path"))}
        is_path = bool(st.session_state.get("target-is-path")) or not wanted.is_level
        widget = held(f"target-shape-{language()}", is_path)
        st.segmented_control(say(_("Level")), list(shape), key=widget, format_func=shape.__getitem__, required=True,
                             on_change=_other_shape, args=(widget,))
        if is_path:
            _number("first", _("First value"), wanted.values[0], unit, None)
            _number("last", _("Last value"), wanted.values[-1], unit, None)
            if count > 2:
                with st.popover(say(_("Every period")), icon=":material/edit:"):
                    for place, period in enumerate(wanted.periods):
                        _number(f"at-{place}", period.label(language()), wanted.values[place], unit, place)
            return
    _number("level", _("Target value"), wanted.values[-1], unit, None)


def _number(name: str, label: Message | str, value: float, unit: Unit, place: int | None) -> None:
    """A value of the KPI; a share in percent."""
    scale = 100 if unit == "share" else 1
    step, shape = STEPS.get(unit, (1.0, "%.1f"))
    widget = held(f"target-{name}", float(round(value * scale, 6)))
    text = f"{say(label)} (%)" if unit == "share" else say(label)
    st.number_input(text, key=widget, step=step, format=shape, width=170, on_change=_valued,
                    args=(name, widget, scale, place))


@told
def _valued(name: str, widget: str, scale: int, place: int | None) -> None:
    found, typed = draft(), st.session_state[widget]
    assert found is not None
    if typed is None:
        return
    value, values = typed / scale, list(found[1].values)
    if place is not None:
        values[place] = value
    elif name == "level":
        values = [value] * len(values)
    else:
        first, last = (value, values[-1]) if name == "first" else (values[0], value)
        values = _line(first, last, len(values))
    changed(values=tuple(values))


def _line(first: float, last: float, count: int) -> list[float]:
    """A straight path."""
    return [first + (last - first) * step / (count - 1) for step in range(count - 1)] + [last]


@told
def _other_shape(widget: str) -> None:
    found, is_path = draft(), bool(st.session_state[widget])
    assert found is not None
    st.session_state["target-is-path"] = is_path
    if not is_path:
        changed(values=(found[1].values[-1],) * len(found[1].values))


def _scenario(wanted: Wanted) -> None:
    """The saved what-if that it came from, where there are any."""
    known = list(dict.fromkeys([*(one.name for one in workspace().all(Scenario).values()), wanted.scenario]))
    names: dict[str, str] = {"": say(_("None")), **{one: one for one in known if one}}
    if len(names) > 1:
        widget = held(f"target-scenario-{language()}", wanted.scenario)
        st.selectbox(say(_("From the scenario")), list(names), key=widget, format_func=names.__getitem__, width=220,
                     on_change=_taken, args=("scenario", widget))


def _text(field: str, label: Message, value: str, width: int, most: int) -> None:
    widget = held(f"target-{field}", value)
    st.text_input(say(label), key=widget, width=width, max_chars=most, on_change=_taken, args=(field, widget))


@told
def _taken(field: str, widget: str) -> None:
    value: Any = st.session_state[widget]
    changed(**{field: value.strip() if isinstance(value, str) else value})
