"""A chart on a page: drawn, with its table folded under it and its downloads beside it."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any

import streamlit as st

from cs_kpi.charts.drawing import enlarged, specification
from cs_kpi.charts.figure import Figure
from cs_kpi.charts.marks.heatmap import PICKED
from cs_kpi.charts.tables import column_units
from cs_kpi.charts.tables import table as figure_table
from cs_kpi.export.images import pdf, png, svg
from cs_kpi.export.slides import deck
from cs_kpi.export.tables import csv_bytes, tab_separated
from cs_kpi.locale import Language
from cs_kpi.locale.formats import NO_VALUE, Unit
from cs_kpi.settings import MoneyUnit
from pages._ui.frames import CSV, in_percent, number_column
from pages._ui.words import _, plain, say
from pages._ui.work import language, preferences

FIGURES_KEPT = 200
COPY_HEIGHT = 110
"""px: a few lines, to see what is copied."""
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


def show(figure: Figure, on_row: Callable[[int], None] | None = None) -> None:
    """The figure with everything that belongs to it.

    on_row : called with the place of the row that is clicked, of a heatmap
    """
    shown_in, unit = language(), preferences().money_unit
    dark = st.context.theme.type == "dark"
    with st.container(border=True, gap="xsmall"):
        # title and subtitle are the page's: they wrap on any screen, and are read out as what they are
        st.subheader(plain(figure.title), anchor=False)
        if figure.subtitle:
            st.markdown(plain(figure.subtitle))
        # no `alt`: the drawn chart carries its description, and a second one is logged with all its numbers
        clicked: dict[str, Any] = {"on_select": partial(_clicked, figure.id, on_row),
                                   "selection_mode": PICKED} if on_row else {}
        st.vega_lite_chart(_specification(figure, shown_in, dark, unit), theme=None, width="stretch",
                           key=f"chart-{figure.id}", **clicked)
        if not any(value is not None for series in figure.series for value in series.values):
            st.info(say(_("No value can be computed for these periods yet. Pick a later period, or load more data.")))
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="top"):
            with st.expander(say(_("Table")), icon=":material/table:"):
                shown, units = _numbers(figure, shown_in, unit)
                st.dataframe(shown, hide_index=True, key=f"table-{figure.id}", placeholder=NO_VALUE,
                             column_config={head: number_column(measure) for head, measure in units.items()})
            with st.popover(say(_("Download")), icon=":material/download:", key=f"download-{figure.id}"):
                _downloads(figure)


def drawn(figure: Figure, scale: float, height: int) -> None:
    """The drawing alone, with larger type, for the wall: title, table and downloads are elsewhere."""
    dark = st.context.theme.type == "dark"
    of_screen = _specification(figure, language(), dark, preferences().money_unit)
    st.vega_lite_chart(enlarged(of_screen, scale, height), theme=None, width="stretch", key=f"drawn-{figure.id}")


def _clicked(id: str, on_row: Callable[[int], None]) -> None:
    for one in st.session_state[f"chart-{id}"].selection.get(PICKED, [])[-1:]:
        on_row(int(one["row"]))


@lru_cache(FIGURES_KEPT)
def _specification(figure: Figure, shown_in: Language, dark: bool, unit: MoneyUnit) -> dict[str, Any]:
    """The drawn figure, kept between reruns. A figure is its own key: nothing is hashed or unpacked anew for it, as
    Streamlit's cache does. Nothing may change what comes back."""
    return specification(figure, shown_in, dark=dark, money_unit=unit)


@lru_cache(FIGURES_KEPT)
def _numbers(figure: Figure, shown_in: Language, unit: MoneyUnit) -> tuple[Any, dict[str, Unit]]:
    """The figure as a table, shares in percent, and what each column of numbers is measured in."""
    units = column_units(figure, shown_in, unit)
    shares = [head for head, measure in units.items() if measure == "share"]
    return in_percent(figure_table(figure, shown_in, unit), shares), units


def _downloads(figure: Figure) -> None:
    shown_in, unit = language(), preferences().money_unit
    for label, ending, mime, data in (
            (_("PowerPoint slide"), "pptx", PPTX, lambda: deck([figure], shown_in, unit)),
            (_("PNG picture"), "png", "image/png", lambda: png(figure, shown_in, unit)),
            (_("SVG picture"), "svg", "image/svg+xml", lambda: svg(figure, shown_in, unit)),
            (_("PDF"), "pdf", "application/pdf", lambda: pdf(figure, shown_in, unit)),
            (_("Data (CSV)"), "csv", CSV, lambda: csv_bytes(figure_table(figure, shown_in, unit)))):
        st.download_button(say(label), data, f"{figure.id}.{ending}", mime, key=f"{figure.id}-{ending}",
                           on_click="ignore", width="stretch", icon=":material/download:")
    st.caption(say(_("Copy the table: the button in the corner puts it on the clipboard, for a spreadsheet.")))
    st.code(_copied(figure, shown_in, unit), language=None, height=COPY_HEIGHT)


@lru_cache(FIGURES_KEPT)
def _copied(figure: Figure, shown_in: Language, unit: MoneyUnit) -> str:
    return tab_separated(figure_table(figure, shown_in, unit))
