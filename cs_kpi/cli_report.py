"""The command `report`: an Excel workbook or an HTML page, for a job that makes the monthly report."""

from __future__ import annotations

import argparse
from functools import cache
from pathlib import Path

from cs_kpi.book import Book
from cs_kpi.churn.registry import at_hand
from cs_kpi.churn.risk import outlook
from cs_kpi.cli_output import free_to_write, save
from cs_kpi.deck.records import Deck
from cs_kpi.deck.scene import Kept, period_and_run
from cs_kpi.errors import DataError
from cs_kpi.export.report import Scope, compared_by
from cs_kpi.health.rival import health_rival
from cs_kpi.kpi.readings import Segment
from cs_kpi.kpi.registry import KPIS
from cs_kpi.locale import _
from cs_kpi.measures.segments import segment_field, segment_values

PAGE, WORKBOOK = ".html", ".xlsx"
ENDINGS = (PAGE, WORKBOOK)


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True, metavar="REPORT", help="where it is written: .xlsx makes an "
                        "Excel workbook, .html a page")
    parser.add_argument("--period", metavar="PERIOD", help="2024-12, 2024-Q4, FY2024, ... (default: the last complete "
                        "month)")
    parser.add_argument("--kpi", action="append", metavar="ID", help="only this KPI; may be repeated (default: all)")
    parser.add_argument("--by", metavar="FIELD", help="the field by which segments are compared")
    parser.add_argument("--segment", metavar="VALUE", help="everything about the customers with this value of --by "
                        "alone")
    parser.add_argument("--train-risk", action="store_true", help="train a churn model, so that the report tells of "
                        "churn risk (some seconds to minutes)")
    parser.add_argument("--hide-names", action="store_true", help="numbers instead of customers' names")


def scope(book: Book, options: argparse.Namespace) -> Scope:
    """What the options ask for. Raises DataError for a field or segment that the book has not."""
    by = segment_field(book, options.by).id if options.by else None
    if options.segment is not None and by is None:
        raise DataError(_("--segment needs --by: the field whose value it is."))
    segment = Segment(by, options.segment) if by and options.segment is not None else None
    if segment:
        _check(book, segment)
    _period, run = period_and_run(book, Deck(period=options.period))
    return Scope(tuple(run), tuple(dict.fromkeys(options.kpi or KPIS)), segment,
                 by or compared_by(book, None), options.hide_names, _kept(book) if options.train_risk else Kept())


def _kept(book: Book) -> Kept:
    """With the model, trained once where something asks for it."""
    return Kept(outlook=cache(lambda: outlook(book, at_hand(book, book.settings.churn), health_rival(book))))


def _check(book: Book, segment: Segment) -> None:
    known = [value for value in segment_values(book, segment_field(book, segment.field)) if value is not None]
    if segment.value not in known:
        raise DataError(_("There is no segment '{value}' in '{field}'. There are: {known}.", value=segment.value or "",
                          field=segment_field(book, segment.field).label, known=known))


def checked(options: argparse.Namespace) -> None:
    """Raises DataError where --out cannot be meant, before anything is computed."""
    free_to_write(options.out, options.files)
    if options.out.suffix.lower() not in ENDINGS:
        raise DataError(_("'{file}' does not say what kind of report is wanted. Let its name end with one of: {known}.",
                          file=str(options.out), known=list(ENDINGS)))


def written(book: Book, options: argparse.Namespace) -> int:
    """The report, written to --out whole or not at all; how many bytes."""
    from cs_kpi.export.report_html import report_html
    from cs_kpi.export.workbook import report_workbook

    make = report_html if options.out.suffix.lower() == PAGE else report_workbook
    data = make(book, scope(book, options), options.language)
    save(options.out, data)
    return len(data)


def text(size: int, options: argparse.Namespace) -> str:
    return _("The report was written to '{file}' ({size} kB).", file=str(options.out),
             size=-(-size // 1000)).text(options.language)
