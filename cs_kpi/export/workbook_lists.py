"""The sheets of a workbook that say who stands behind the numbers, and what the numbers mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from cs_kpi.book import Book
from cs_kpi.export.report import Course, Scope, data_date, formula_words, head_words
from cs_kpi.export.report_figures import Lacking
from cs_kpi.export.workbook_paper import NOTE, Paper
from cs_kpi.kpi import formula
from cs_kpi.kpi.behind import behind, numbered
from cs_kpi.kpi.facts import convention_words, source_words
from cs_kpi.kpi.passport import sources
from cs_kpi.kpi.readings import STATUS_LABELS
from cs_kpi.kpi.registry import Kpi
from cs_kpi.locale import Message, _
from cs_kpi.locale.formats import Unit

CUSTOMER_SHEET, DEFINITION_SHEET = _("Customers behind"), _("Definitions")
MOST_LINES = 60_000
"""Lines of customers in a workbook: what a spreadsheet still opens and filters at once."""
SIDES: dict[str, Message] = {"numerator": _("Numerator"), "denominator": _("Denominator"),
                             "over_numerator": _("Numerator of the second ratio"),
                             "over_denominator": _("Denominator of the second ratio")}
MARGIN_TOP = {"text_wrap": True, "valign": "top"}


def customer_sheet(paper: Paper, book: Book, scope: Scope, found: Sequence[Course]) -> None:
    """One line per KPI, customer and part, of the last period; of the largest only, where they are too many."""
    language = paper.language
    told = [course for course in found if course.last.numerator is not None]
    most = MOST_LINES // max(1, sum(len(course.kpi.sides) for course in told))
    sheet = paper.sheet(CUSTOMER_SHEET.text(language))
    notes = [head_words(book, scope, language), _(
        "The parts of a KPI's customers add up to its numerator and denominator in {period}.",
        period=scope.period.label(language)).text(language)]
    lines: list[tuple[Kpi, str, pd.DataFrame]] = []
    cut: list[tuple[str, int]] = []
    for course in told:
        frame = behind(book, course.kpi.id, scope.period, scope.segment)
        if len(frame) > most:
            cut.append((course.kpi.label.text(language), len(frame)))
        lines += [(course.kpi, side, frame.head(most)) for side in course.kpi.sides]
    if cut:
        notes.append(_("Of {kpis} KPIs only the {most} customers with the largest part are listed, since the list "
                       "would be too long for a spreadsheet; the app lists all of them.", kpis=len(cut),
                       most=most).text(language))
    head = paper.title(sheet, CUSTOMER_SHEET.text(language), *notes)
    ids = [] if scope.hides_names else [_("Customer ID").text(language)]
    heads = [_("KPI").text(language), _("Period").text(language), *ids, _("Customer name").text(language),
             _("Part").text(language), _("Measured as").text(language), _("Amount").text(language)]
    paper.heads(sheet, head, heads)
    last = head
    for last, (row, unit) in enumerate(_lines(paper, book, scope, lines), head + 1):
        for column, text in enumerate(row[:-1]):
            paper.text(sheet, last, column, str(text))
        paper.number(sheet, last, len(row) - 1, float(row[-1]), unit)
    for column, width in enumerate([28, 14, *([14] if ids else []), 28, 22, 36, 16]):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(head + 1, 0)
    sheet.autofilter(head, 0, max(last, head + 1), len(heads) - 1)


def _lines(paper: Paper, book: Book, scope: Scope, found: Sequence[tuple[Kpi, str, pd.DataFrame]]
           ) -> Iterator[tuple[list[Any], Unit]]:
    language = paper.language
    period = scope.period.label(language)
    for kpi, side, frame in found:
        part = frame[frame[side].notna() & (frame[side] != 0)]
        words = formula.words(kpi.sides[side], language)
        unit = formula.terms(kpi.sides[side])[0].measure.unit
        names = numbered(book, part["customer_id"], language) if scope.hides_names else part["customer_name"].tolist()
        ids = [[]] * len(part) if scope.hides_names else [[one] for one in part["customer_id"]]
        for id, name, amount in zip(ids, names, part[side], strict=True):
            yield [kpi.label.text(language), period, *id, name, SIDES[side].text(language),
                   words[:1].upper() + words[1:], amount], unit


def definition_sheet(paper: Paper, book: Book, scope: Scope, found: Sequence[Course], lacking: Sequence[Lacking]
                     ) -> None:
    """What every KPI means, by whose convention, how it is computed and from which files; then what is not there."""
    language = paper.language
    sheet = paper.sheet(DEFINITION_SHEET.text(language))
    head = paper.title(sheet, DEFINITION_SHEET.text(language), head_words(book, scope, language))
    heads = (_("KPI"), _("Definition"), _("Formula"), _("Convention"), _("Status"), _("Sources"), _("Data up to"))
    paper.heads(sheet, head, [one.text(language) for one in heads])
    day = data_date(book, language)
    row = head
    for row, course in enumerate(found, head + 1):
        kpi, last = course.kpi, course.last
        status = STATUS_LABELS[last.status].text(language) + (f": {last.reason.text(language)}" if last.reason else "")
        cells = (kpi.label.text(language), kpi.definition.text(language), formula_words(kpi, language),
                 convention_words(kpi).text(language), status, source_words(sources(book, kpi), language), day)
        for column, text in enumerate(cells):
            paper.text(sheet, row, column, text, **MARGIN_TOP, **({"bold": True} if not column else {}))
    for column, width in enumerate((26, 56, 44, 34, 34, 44, 14)):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(head + 1, 1)
    if lacking:
        paper.text(sheet, row + 2, 0, _("Not in this workbook").text(language), bold=True)
        for row, one in enumerate(lacking, row + 3):  # noqa: B020
            paper.text(sheet, row, 0, one.name.text(language))
            paper.text(sheet, row, 1, one.reason.text(language), **NOTE, text_wrap=True)
