"""A book's numbers as an Excel workbook: KPIs as formulas, native charts, tables, customers, meanings."""

from __future__ import annotations

from cs_kpi.book import Book
from cs_kpi.errors import DataError
from cs_kpi.export.report import Scope, courses, head_words, sums
from cs_kpi.export.report_figures import report_figures
from cs_kpi.export.report_lists import lists
from cs_kpi.export.workbook_charts import CHART_SHEET, beside, chart_sheet
from cs_kpi.export.workbook_kpis import KPI_SHEET, kpi_sheet, period_heads, sums_sheet
from cs_kpi.export.workbook_lists import customer_sheet, definition_sheet
from cs_kpi.export.workbook_paper import Paper
from cs_kpi.export.workbook_people import list_sheet, review_sheet
from cs_kpi.export.workbook_tables import Placed, figure_sheet, movements_sheet
from cs_kpi.kpi.readings import missing
from cs_kpi.kpi.registry import KPIS
from cs_kpi.locale import Language, _

CONTENT_SHEET = _("Contents")


def report_workbook(book: Book, scope: Scope, language: Language) -> bytes:
    """The file. Amounts are whole, in the currency of the book, whatever unit the page shows them in.

    Raises DataError where a KPI or field of the scope is unknown.
    """
    found = courses(book, scope)
    totals, heads = sums(book, scope, found), period_heads(scope, found, language)
    figures, lacking = report_figures(book, scope, language)
    listed, unlisted = lists(scope.scene(book, language))
    paper = Paper(language, book.currency)
    contents_on = paper.sheet(CONTENT_SHEET.text(language))
    kpis_on, charts_on = paper.sheet(KPI_SHEET.text(language)), paper.sheet(CHART_SHEET.text(language))
    sums_on = sums_sheet(paper, book, scope, totals, heads)
    kpis = kpi_sheet(paper, kpis_on, book, scope, found, totals, sums_on, heads)
    movements = _movements(paper, book, scope, heads)
    shown = [one.kpi.id for one in found if any(reading.value is not None for reading in one.readings)]
    chart_sheet(paper, charts_on, book, scope, kpis, movements, shown)
    for drawn in figures:
        if not drawn.is_course:
            beside(paper, drawn.figure, figure_sheet(paper, drawn))
    if scope.kept.targets:
        review_sheet(paper, book, scope)
    for one in listed:
        list_sheet(paper, book, scope, one)
    customer_sheet(paper, book, scope, found)
    definition_sheet(paper, book, scope, found, [*lacking, *unlisted])
    paper.contents(contents_on, paper.title(contents_on, _("KPI report").text(language),
                                            head_words(book, scope, language)))
    return paper.data()


def _movements(paper: Paper, book: Book, scope: Scope, heads: list[str]) -> Placed | None:
    if missing(book, KPIS["mrr"]) is not None:
        return None
    try:
        return movements_sheet(paper, book, scope, heads)
    except DataError:
        return None
