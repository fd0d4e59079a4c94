"""Segments next to each other: the KPIs of a set as a table, and one of them over time."""

from __future__ import annotations

import json

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.charts.sides import trend_by_segment
from cs_kpi.kpi.presets import OwnSet, Preset, kpis_of
from cs_kpi.kpi.readings import Segment, segment_name
from cs_kpi.kpi.registry import KPIS
from cs_kpi.kpi.side_by_side import (
    MARK_LABELS,
    MOST_SIDES,
    Row,
    first_field,
    largest,
    listed_side_by_side,
    shown_side_by_side,
    side_by_side,
)
from cs_kpi.measures.segments import SegmentField, segment_fields, segment_values
from pages._ui.address import recalled, remember, write
from pages._ui.cache import cached
from pages._ui.figures import show
from pages._ui.frames import downloads
from pages._ui.held import held
from pages._ui.view import NOT_SET, View
from pages._ui.words import _, plain, say
from pages._ui.work import language, preferences

BY, SIDES, LINE = "versus", "sides", "line"
BY_CHANCE = 0.05
"""Of differences that are none, so many lie outside of 95 % intervals."""


def segments_side_by_side(book: Book, view: View, chosen: Preset | OwnSet) -> None:
    """Two to four segments of a field to pick, and what they say of every KPI of the set."""
    fields = {one.id: one for one in cached(segment_fields, book)}
    if not fields:
        st.info(say(_("There is no column to compare customers by. Keep one as an attribute on the data page.")))
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        field = _field(book, view, fields)
        values = _values(book, view, field)
    if len(values) < 2:
        st.info(say(_("Pick at least two segments to compare.")))
        return
    rows = cached(side_by_side, book, tuple(kpis_of(chosen)), view.period, field.id, tuple(values))
    if not rows:
        st.info(say(_("None of these KPIs can be computed from this data. Pick another set of KPIs.")))
        return
    _table(book, rows, view)
    if not book.is_snapshot:
        _trend(book, view, field, values, [row.kpi.id for row in rows])


def _field(book: Book, view: View, fields: dict[str, SegmentField]) -> SegmentField:
    """The picked field; until one is picked the one that the page is cut by, else the first that tells two apart."""
    cut = view.segment.field if view.segment else None
    first = cut if cut in fields else cached(first_field, book, view.period) or next(iter(fields))
    picked = recalled(BY, fields, first)
    write(BY, picked)
    names = {name: say(one.label) for name, one in fields.items()}
    key = held(f"{BY}-{language()}", picked)
    st.selectbox(say(_("Compare by")), list(names), key=key, format_func=names.__getitem__, width=240,
                 on_change=_picked, args=(BY, key))
    return fields[picked]


def _picked(name: str, key: str) -> None:
    remember(name, st.session_state[key])


def _values(book: Book, view: View, field: SegmentField) -> list[str | None]:
    """The picked segments of the field; until some are picked, the two with the most customers."""
    known = {NOT_SET if value is None else value: value for value in cached(segment_values, book, field)}
    usual = [NOT_SET if one is None else one for one in cached(largest, book, field.id, view.period)]
    picked = [one for one in _listed(recalled(SIDES, None, "")) if one in known][:MOST_SIDES] or usual
    write(SIDES, json.dumps(picked, ensure_ascii=False))
    names = {value: say(segment_name(Segment(field.id, one))) for value, one in known.items()}
    key = held(f"{SIDES}-{field.id}-{language()}", picked)
    st.multiselect(say(_("Segments; the others are held against the first")), list(names), key=key,
                   format_func=names.__getitem__, max_selections=MOST_SIDES, on_change=_pick_values, args=(key,),
                   placeholder=say(_("Pick segments")))
    return [known[one] for one in picked]


def _listed(text: str) -> list[str]:
    """The segments of an address; none where it was not written by us."""
    try:
        found = json.loads(text or "[]")
    except ValueError:
        return []
    return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []


def _pick_values(key: str) -> None:
    remember(SIDES, json.dumps(st.session_state[key], ensure_ascii=False))


def _table(book: Book, rows: list[Row], view: View) -> None:
    """The values with their intervals and what differs, in words; the download has them as numbers."""
    said, unit = language(), preferences().money_unit
    held_against = sum(side.mark is not None for row in rows for side in row.sides[1:])
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(say(_("Signal: the difference is larger than the two 95% intervals allow. Of the {n} comparisons "
                         "here, about {chance} would be signals by chance.", n=held_against,
                         chance=round(held_against * BY_CHANCE, 1))), width="stretch")
        downloads(listed_side_by_side(rows, book, said, unit), f"segments-{view.period.id}", "sides")
    shown = shown_side_by_side(rows, book, said, unit)
    st.table({plain(head): [_emphasised(text) for text in column] for head, column in shown.items()},
             border="horizontal")
    if silent := [row.kpi.label for row in rows if not row.has_value]:
        st.caption(say(_("No value in this period: {kpis}.", kpis=silent)))


def _emphasised(text: str) -> str:
    """A cell as it is, and in bold where it is a signal."""
    return f"**{plain(text)}**" if text.endswith(say(MARK_LABELS["signal"])) else plain(text)


def _trend(book: Book, view: View, field: SegmentField, values: list[str | None], kpis: list[str]) -> None:
    picked = recalled(LINE, kpis, kpis[0])
    write(LINE, picked)
    names = {name: say(KPIS[name].label) for name in kpis}
    key = held(f"{LINE}-{language()}-{len(kpis)}", picked)
    st.selectbox(say(_("KPI over time")), kpis, key=key, format_func=names.__getitem__, width=320, on_change=_picked,
                 args=(LINE, key))
    show(cached(trend_by_segment, book, picked, tuple(view.run), field.id, tuple(values), language()))
