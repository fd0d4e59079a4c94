"""Workbook and report of what is picked: the files are made when their button is clicked."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.export.report import Scope, compared_by
from cs_kpi.export.report_html import report_html
from cs_kpi.export.workbook import report_workbook
from cs_kpi.kpi.readings import Segment
from cs_kpi.periods import Period
from pages._ui.frames import XLSX
from pages._ui.kept import kept
from pages._ui.words import _, say
from pages._ui.work import language, preferences


def report_section(book: Book, run: Sequence[Period], segment: Segment | None, kpis: Sequence[str],
                   hides_names: bool = False) -> None:
    """The downloads of the picked periods and segment, with these KPIs.

    hides_names : whether the page has a switch of its own for it, and it is on
    """
    shown_in, unit = language(), preferences().money_unit
    hides = hides_names or preferences().hides_names
    scope = Scope(tuple(run), tuple(kpis), segment, compared_by(book, segment), hides, kept(book))
    with st.expander(say(_("Workbook and report")), icon=":material/description:"):
        st.caption(say(_("The KPIs of the picked periods, with voice, health, churn risk, targets and actions as far "
                         "as they are set up and saved. The workbook holds formulas, Excel charts, tables, the "
                         "customers behind each number and all definitions. The HTML report is one file with "
                         "interactive charts in both languages, which works offline and names no customer.")))
        name = f"cs-kpi-{scope.period.id}"
        with st.container(horizontal=True):
            st.download_button(say(_("Excel workbook")), lambda: report_workbook(book, scope, shown_in),
                               f"{name}.xlsx", XLSX, key="report-xlsx", icon=":material/table_view:",
                               on_click="ignore")
            st.download_button(say(_("HTML report")), lambda: report_html(book, scope, shown_in, unit),
                               f"{name}.html", "text/html", key="report-html", icon=":material/web:",
                               on_click="ignore")
