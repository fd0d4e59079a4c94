"""The sheets of a workbook that say who stands behind the numbers, and what the numbers mean."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from cs_kpi.book import Book
from cs_kpi.export.report import Course, Lacking, Scope, data_date, formula_words, head_words
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


@dataclass(frozen=True, slots=True)
class _Part:
    """The customers of one side of a KPI, the largest part first."""

    kpi: Kpi
    side: str
    frame: pd.DataFrame

    @property
    def unit(self) -> Unit:
        return formula.terms(self.kpi.sides[self.side])[0].measure.unit


def customer_sheet(paper: Paper, book: Book, scope: Scope, found: Sequence[Course]) -> None:
    """One line per KPI, customer and part, of the last period. Where they are too many, only those with the largest
    part have lines of their own, and one line holds the others together, so that all of it adds up."""
    language = paper.language
    parts = list(_parts(book, scope, found))
    most = even_limit([len(part.frame) for part in parts], MOST_LINES)
    sheet = paper.sheet(CUSTOMER_SHEET.text(language))
    notes = [head_words(book, scope, language), _(
        "The parts of a KPI's customers add up to its numerator and denominator in {period}.",
        period=scope.period.label(language)).text(language)]
    if cut := {part.kpi.id for part in parts if len(part.frame) > most}:
        notes.append(_("Of {kpis} KPIs only the {most} customers with the largest part have lines of their own, since "
                       "the list would be too long for a spreadsheet; one line holds the others together. The app "
                       "lists all of them.", kpis=len(cut), most=most).text(language))
    head = paper.title(sheet, CUSTOMER_SHEET.text(language), *notes)
    ids = [] if scope.hides_names else [_("Customer ID").text(language)]
    heads = [_("KPI").text(language), _("Period").text(language), *ids, _("Customer name").text(language),
             _("Part").text(language), _("Measured as").text(language), _("Amount").text(language)]
    paper.heads(sheet, head, heads)
    last = head
    for last, (row, unit) in enumerate(_lines(paper, book, scope, parts, most), head + 1):
        for column, text in enumerate(row[:-1]):
            paper.text(sheet, last, column, str(text))
        paper.number(sheet, last, len(row) - 1, float(row[-1]), unit)
    for column, width in enumerate([28, 14, *([14] if ids else []), 28, 22, 36, 16]):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(head + 1, 0)
    sheet.repeat_rows(head)
    sheet.autofilter(head, 0, max(last, head + 1), len(heads) - 1)


def _parts(book: Book, scope: Scope, found: Sequence[Course]) -> Iterator[_Part]:
    for course in found:
        if course.last.numerator is not None:
            frame = behind(book, course.kpi.id, scope.period, scope.segment)
            for side in course.kpi.sides:
                there = frame[frame[side].notna() & (frame[side] != 0)]
                yield _Part(course.kpi, side, there.sort_values(side, ascending=False, key=abs, kind="stable"))


def even_limit(lengths: Sequence[int], most: int) -> int:
    """How long each list may be so that all together have at most so many lines; at least one.

    >>> even_limit([2, 10, 10], 12), even_limit([2, 10, 10], 100)
    (5, 10)
    """
    left, lists = most, len(lengths)
    for length in sorted(lengths):
        if length * lists > left:
            return max(1, left // lists)
        left, lists = left - length, lists - 1
    return max(lengths, default=1)


def _lines(paper: Paper, book: Book, scope: Scope, parts: Sequence[_Part], most: int
           ) -> Iterator[tuple[list[Any], Unit]]:
    language = paper.language
    period = scope.period.label(language)
    for part in parts:
        frame, rest = part.frame.head(most), part.frame.iloc[most:]
        words = formula.words(part.kpi.sides[part.side], language)
        told = [SIDES[part.side].text(language), words[:1].upper() + words[1:]]
        names = numbered(book, frame["customer_id"], language) if scope.hides_names else frame["customer_name"].tolist()
        ids = [[]] * len(frame) if scope.hides_names else [[one] for one in frame["customer_id"]]
        for id, name, amount in zip(ids, names, frame[part.side], strict=True):
            yield [part.kpi.label.text(language), period, *id, name, *told, amount], part.unit
        if len(rest):
            others = _("{n} further customers", n=len(rest)).text(language)
            yield [part.kpi.label.text(language), period, *([] if scope.hides_names else [""]), others, *told,
                   math.fsum(rest[part.side])], part.unit


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
