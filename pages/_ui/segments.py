"""One KPI across the segments of a field that the reader picks: the chart, and the table under it."""

from __future__ import annotations

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.charts.segments import by_segment
from cs_kpi.kpi.registry import KPIS
from cs_kpi.kpi.segment_table import HIGH, LOW, segment_table
from cs_kpi.kpi.side_by_side import first_field
from cs_kpi.measures.segments import segment_fields
from cs_kpi.periods import Period
from pages._ui.cache import cached
from pages._ui.figures import show
from pages._ui.frames import number_column, table
from pages._ui.held import held
from pages._ui.words import _, say
from pages._ui.work import language, preferences

KEY = "compared-by"


def segments_compared(book: Book, period: Period, kpis: list[str], picked: str = "") -> None:
    """The first of `kpis` as bars, all of them as a table. picked : the field to begin with, where there is one"""
    fields = {field.id: say(field.label) for field in cached(segment_fields, book)}
    st.subheader(say(_("{kpi} by segment", kpi=KPIS[kpis[0]].label)), anchor=False)
    if not fields:
        st.info(say(_("There is no column to compare customers by. Keep one as an attribute on the data page.")))
        return
    first = picked if picked in fields else cached(first_field, book, period) or next(iter(fields))
    remembered = st.session_state.get(KEY)
    key = held(f"{KEY}-{language()}", remembered if remembered in fields else first)
    by = st.selectbox(say(_("Compare by")), list(fields), key=key, format_func=fields.__getitem__, width=320,
                      on_change=_remember, args=(key,))
    show(cached(by_segment, book, kpis[0], period, by, language()))
    frame = cached(segment_table, book, kpis, period, by, language(), preferences().money_unit)
    units = {say(KPIS[name].label): KPIS[name].unit for name in kpis} | dict.fromkeys(
        (say(LOW), say(HIGH)), KPIS[kpis[0]].unit)
    table(frame, f"{kpis[0]}-{by}", "compared", {name: number_column(units.get(name)) for name in frame.columns[1:]},
          shares=[name for name in frame if units.get(name) == "share"])


def _remember(key: str) -> None:
    """Keep the picked field for the other pages and languages."""
    st.session_state[KEY] = st.session_state[key]
