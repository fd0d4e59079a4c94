"""The sheets of a workbook with lists of customers, and the review of targets period by period."""

from __future__ import annotations

from cs_kpi.book import Book
from cs_kpi.export.report import Scope, head_words
from cs_kpi.export.report_lists import Listed
from cs_kpi.export.workbook_paper import HEAD, Paper, width_of
from cs_kpi.locale import _
from cs_kpi.targets.goals import Wanted
from cs_kpi.targets.review import Judged, judged
from cs_kpi.targets.review_listing import marked
from cs_kpi.targets.review_words import explained, titled
from cs_kpi.targets.words import Form

MOST_ROWS = 60_000
"""Of one list: what a spreadsheet still opens and filters at once."""
WIDEST, MEASURED_ROWS, FILTER = 48, 200, 2
REVIEW_SHEET = _("Review of targets")
REVIEW_HEADS = (_("KPI"), _("Owner"), _("Period"), _("Status"), _("Actual"), _("Target value"), _("Better by"), _("n"),
                _("Why"))
REVIEW_WIDTHS = (36, 16, 16, 22, 16, 16, 16, 8, 80)
ACTUAL, TARGET, BETTER = 4, 5, 6


def list_sheet(paper: Paper, book: Book, scope: Scope, one: Listed) -> None:
    """A list on a sheet of its own: numbers as numbers, days as days, with filters over the heads."""
    language, frame = paper.language, one.frame.head(MOST_ROWS)
    sheet = paper.sheet(one.name.text(language))
    notes = [head_words(book, scope, language), one.note.text(language)]
    if len(frame) < len(one.frame):
        notes.append(_("Only the first {n} of {all} are listed, since the list would be too long for a spreadsheet; "
                       "the app lists all of them.", n=len(frame), all=len(one.frame)).text(language))
    head = paper.title(sheet, one.title.text(language), *notes)
    for column, name in enumerate(map(str, frame.columns)):
        values, unit = frame.iloc[:, column].tolist(), one.units.get(name)
        is_number = frame.iloc[:, column].dtype.kind in "iuf"
        paper.text(sheet, head, column, name, **HEAD, text_wrap=True, **({"align": "right"} if is_number else {}))
        for row, value in enumerate(values, head + 1):
            paper.cell(sheet, row, column, value, unit)
        some = [] if is_number else [str(value) for value in values[:MEASURED_ROWS] if value is not None]
        wide = min(width_of([name, *some]) + FILTER, WIDEST)
        sheet.set_column(column, column, max(16 if unit == "money" else 12, wide))
    sheet.freeze_panes(head + 1, 0)
    sheet.repeat_rows(head)
    sheet.autofilter(head, 0, head + len(frame), len(frame.columns) - 1)


def review_sheet(paper: Paper, book: Book, scope: Scope) -> None:
    """Every target in each of its periods; by how much it is better is a formula over the cells beside it."""
    language = paper.language
    sheet = paper.sheet(REVIEW_SHEET.text(language))
    head = paper.title(sheet, REVIEW_SHEET.text(language), head_words(book, scope, language), _(
        "Better by: the actual value beyond the target, negative where it falls short; met and missed are told apart "
        "only where the 95% interval does not hold the target.").text(language))
    for column, (name, width) in enumerate(zip(REVIEW_HEADS, REVIEW_WIDTHS, strict=True)):
        right = {"align": "right"} if ACTUAL <= column <= BETTER + 1 else {}
        paper.text(sheet, head, column, name.text(language), **HEAD, **right)
        sheet.set_column(column, column, width)
    rows = [(wanted, one) for wanted in scope.kept.targets for one in judged(book, wanted)]
    for row, (wanted, one) in enumerate(rows, head + 1):
        _review_row(paper, sheet, row, wanted, one, Form(language, book.currency, "one"))
    sheet.freeze_panes(head + 1, 1)
    sheet.autofilter(head, 0, head + len(rows), len(REVIEW_HEADS) - 1)


def _review_row(paper: Paper, sheet: object, row: int, wanted: Wanted, one: Judged, form: Form) -> None:
    from xlsxwriter.utility import xl_rowcol_to_cell

    language, unit = paper.language, wanted.measured.unit
    has_value = one.gap is not None
    words = {0: titled(wanted).text(language), 1: wanted.owner, 2: one.period.label(language),
             3: marked(one.status).text(language), 8: explained(one, wanted, form).text(language)}
    for column, text in words.items():
        paper.text(sheet, row, column, text)
    paper.number(sheet, row, ACTUAL, one.reading.value if has_value else None, unit)
    paper.number(sheet, row, TARGET, one.wanted, unit)
    if one.gap is not None:
        cells = [xl_rowcol_to_cell(row, column) for column in (ACTUAL, TARGET)]
        first, second = cells if wanted.measured.better == "up" else reversed(cells)
        paper.formula(sheet, row, BETTER, f"={first}-{second}", one.gap, unit, bold=True)
        paper.number(sheet, row, BETTER + 1, one.reading.n, "count")
