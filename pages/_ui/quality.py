"""The quality report on the data page: what to look at, what was not read, what was assumed, what is missing."""

from __future__ import annotations

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.export.tables import workbook_bytes
from cs_kpi.ingest.checks import refusal_table
from cs_kpi.ingest.records import SheetReading
from cs_kpi.quality.finding import Finding, listed
from cs_kpi.quality.report import findings, lacks, remarks
from pages._ui.cache import cached
from pages._ui.frames import XLSX, downloads, table
from pages._ui.loading import LoadedSheet
from pages._ui.words import _, plain, say
from pages._ui.work import language, preferences

BLANKS = _("Cells that were left blank")
ODD, REFUSED, DONE, MISSING = _("To look at"), _("Rows that were not read"), _("Changed and assumed"), _("Missing data")


def quality_report(book: Book, found: list[LoadedSheet]) -> None:
    """One folded section; its title says how much there is to look at."""
    odd = cached(findings, book)
    title = _("Quality report: {kinds} things to look at, {refused} rows not read", kinds=len(odd),
              refused=book.rows_refused)
    with st.expander(plain(title), icon=":material/fact_check:", key="quality"):
        used = [one.reading for one in found if one.mapping.is_used]
        st.download_button(say(_("Download the report")), lambda: _workbook(book, odd, used), "quality_report.xlsx",
                           XLSX, key="quality-xlsx", on_click="ignore", icon=":material/download:")
        look, refused, assumed, missing = st.tabs([say(ODD), say(REFUSED), say(DONE), say(MISSING)])
        with look:
            _odd(odd)
        with refused:
            _refused(book)
            _blanks(used)
        with assumed:
            _done(used)
        with missing:
            _missing(book)


def _odd(odd: list[Finding]) -> None:
    """Each finding folded under its title and count: what it means, and its rows."""
    if not odd:
        st.success(say(_("Nothing odd was found in the data.")))
    for one in odd:
        with st.expander(plain(_("{finding}: {n} rows", finding=one.title, n=one.count)), key=f"quality-{one.id}"):
            st.write(plain(one.text))
            rows = listed(one, language(), preferences().hides_names)
            numbers = {column: st.column_config.NumberColumn(format="localized")
                       for column in rows.select_dtypes("float").columns}
            table(rows, one.id, f"quality-{one.id}", numbers, search=True)


def _done(used: list[SheetReading]) -> None:
    """What was changed and assumed, sheet by sheet, as sentences to read."""
    done = remarks(used, language())
    with st.container(horizontal=True):
        downloads(done, "remarks", "quality-done")
    for (file, sheet), sentences in done.groupby(list(done.columns[:2]), sort=False)[done.columns[2]]:
        st.markdown(f"**{plain(f'{file} › {sheet}')}**\n" + "\n".join(f"- {plain(one)}" for one in sentences))


def _refused(book: Book) -> None:
    if not book.refused:
        st.success(say(_("Every row was read.")))
        return
    st.caption(say(_("Correct these cells in the spreadsheet and load it again; everything else counts already.")))
    table(refusal_table(book.refused, language()), "refused", "quality-refused", search=True, wraps=True)


def _blanks(used: list[SheetReading]) -> None:
    """Cells that were left blank, while the rest of their rows counts."""
    cells = [cell for reading in used for cell in reading.blanks]
    if cells:
        st.markdown("**" + say(BLANKS) + "**")
        st.caption(say(_("The rest of their rows was read. Correct the cells in the spreadsheet and load it again, if "
                         "you need them.")))
        table(refusal_table(cells, language()), "blanks", "quality-blanks", search=True, wraps=True)


def _missing(book: Book) -> None:
    wanted = cached(lacks, book)
    if not wanted:
        st.success(say(_("The data has everything that the KPIs need.")))
    for lack in wanted:
        what = _("{field} ({table})", field=lack.field, table=lack.table) if lack.field else lack.table
        st.markdown(f"**{plain(what)}** — " + plain(_("would bring: {kpis}", kpis=lack.kpis)))


def _workbook(book: Book, odd: list[Finding], used: list[SheetReading]) -> bytes:
    """The whole report, a sheet for each finding and part."""
    hides = preferences().hides_names
    parts = {say(one.title): listed(one, language(), hides) for one in odd}
    return workbook_bytes({**parts, say(REFUSED): refusal_table(book.refused, language()),
                           say(BLANKS): refusal_table([cell for one in used for cell in one.blanks], language()),
                           say(DONE): remarks(used, language())})
