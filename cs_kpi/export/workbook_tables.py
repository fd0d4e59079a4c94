"""The sheets of a workbook that hold tables: movements with their sum, and what stands behind every figure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cs_kpi.book import Book
from cs_kpi.charts.figure import Figure
from cs_kpi.charts.revenue import LOSSES, MOVED
from cs_kpi.charts.tables import column_units, table
from cs_kpi.charts.theme import LIGHT
from cs_kpi.charts.words import plain
from cs_kpi.export.report import Drawn, Scope, head_words
from cs_kpi.export.workbook_paper import HEAD, Paper, width_of
from cs_kpi.kpi.movement_table import LINES, MOVEMENTS, movement_table
from cs_kpi.kpi.registry import KPIS
from cs_kpi.locale import Language, _

MOVEMENT_SHEET = _("MRR movements")
AMOUNT_WIDTH = 16
HEAD_HEIGHT = 28
"""Points: two lines, since the names of limits are long."""
SAME_MONEY = 1e-6


@dataclass(frozen=True, slots=True)
class Placed:
    """A table on its sheet: the row of its heads, how many rows follow, and the columns of numbers."""

    sheet: Any
    head: int
    rows: int
    columns: tuple[int, ...]


def line_label(name: str, language: Language) -> str:
    if name == "moved":
        return MOVED.text(language)
    if name in ("opening", "closing"):
        return (_("Opening MRR") if name == "opening" else _("Closing MRR")).text(language)
    return KPIS[f"{name}_mrr"].label.text(language)


def movements_sheet(paper: Paper, book: Book, scope: Scope, heads: Sequence[str]) -> Placed:
    """From opening to closing MRR, a row per period; losses are negative, so that the closing is the sum of its row."""
    from xlsxwriter.utility import xl_range

    language, lines = paper.language, [line for line in LINES if line != "moved" or scope.segment]
    named = scope.segment.value if scope.segment else None
    frame = movement_table(book, scope.run, scope.segment.field if scope.segment else None)
    found = {row["period"]: row for row in frame.to_dict("records") if row["segment"] == named}
    sheet = paper.sheet(MOVEMENT_SHEET.text(language))
    says = _("Closing MRR is the formula: opening plus what came in, less what went out. Losses are negative.")
    head = paper.title(sheet, MOVEMENT_SHEET.text(language), head_words(book, scope, language), says.text(language))
    paper.heads(sheet, head, [_("Period").text(language)])
    paper.heads(sheet, head, [line_label(line, language) for line in lines], 1, align="right")
    last = len(lines)
    for row, (period, name) in enumerate(zip(scope.run, heads, strict=True), head + 1):
        paper.text(sheet, row, 0, name)
        amounts = [_signed(line, float(found[period][line])) if period in found else 0.0 for line in lines]
        for place, amount in enumerate(amounts[:-1], 1):
            paper.number(sheet, row, place, amount, "money")
        if math.isclose(math.fsum(amounts[:-1]), amounts[-1], rel_tol=1e-9, abs_tol=SAME_MONEY):
            paper.formula(sheet, row, last, f"=SUM({xl_range(row, 1, row, last - 1)})", amounts[-1], "money", bold=True)
        else:
            paper.number(sheet, row, last, amounts[-1], "money", bold=True)
    sheet.set_column(0, 0, width_of(list(heads)))
    sheet.set_column(1, last, AMOUNT_WIDTH)
    sheet.freeze_panes(head + 1, 1)
    return Placed(sheet, head, len(heads), tuple(range(2, 2 + len([one for one in lines if one in MOVEMENTS])
                                                       + (scope.segment is not None))))


def _signed(line: str, amount: float) -> float:
    return 0.0 - amount if line in LOSSES else amount


def figure_sheet(paper: Paper, drawn: Drawn) -> Placed:
    """The table of a figure under its title, with what it says and its footnote."""
    figure, language = drawn.figure, paper.language
    sheet = paper.sheet(drawn.name.text(language))
    notes = [plain(figure.subtitle, language)] if figure.subtitle else []
    head = paper.title(sheet, plain(figure.title, language), *notes, plain(figure.footnote, language))
    frame, units = table(figure, language), column_units(figure, language)
    columns = [str(name) for name in frame.columns]
    for column, name in enumerate(columns):
        paper.text(sheet, head, column, name, **HEAD, text_wrap=True,
                   **({"align": "right"} if name in units else {}))
        for row, value in enumerate(frame.iloc[:, column], head + 1):
            if figure.kind == "survival" and figure.x and not column:
                paper.number(sheet, row, 0, figure.x.values[row - head - 1], "count")
            elif name in units:
                paper.number(sheet, row, column, None if value is None else float(value), units[name])
            else:
                paper.text(sheet, row, column, str(value))
        wide = width_of([name, *map(str, frame.iloc[:, column])], 40) if name not in units else \
            max(AMOUNT_WIDTH if units[name] == "money" else 10, min(width_of([name]), 24))
        sheet.set_column(column, column, wide)
    sheet.set_row(head, HEAD_HEIGHT)
    sheet.freeze_panes(head + 1, 1)
    if figure.kind == "heatmap" and len(frame):
        _coloured(sheet, figure, head + 1, len(frame), [n for n, name in enumerate(columns) if name in units])
    return Placed(sheet, head, len(frame), tuple(n for n, name in enumerate(columns) if name in units))


def _coloured(sheet: Any, figure: Figure, first: int, rows: int, columns: Sequence[int]) -> None:
    """Cells of a heatmap in light colours, so that black numbers stay readable; how many they are is not coloured."""
    start = columns[1] if any(series.size is not None for series in figure.series) else columns[0]
    sheet.conditional_format(first, start, first + rows - 1, columns[-1], {
        "type": "2_color_scale", "min_color": LIGHT.paper, "max_color": LIGHT.heat[1]})
