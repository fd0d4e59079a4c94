"""Figures as PowerPoint's own charts: editable, with the figure's values in the embedded workbook."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cs_kpi.charts.figure import ChartKind, Figure
from cs_kpi.charts.scale import value_axis
from cs_kpi.export.by_category import by_category
from cs_kpi.export.canvas import Box, Native
from cs_kpi.export.columns import columns
from cs_kpi.export.fan import fan
from cs_kpi.export.heat_table import heat_table, table_layout
from cs_kpi.export.overlay import nothing, overlay
from cs_kpi.export.points import scatter, survival
from cs_kpi.export.rows import MOST_ROWS, bullet, ranked
from cs_kpi.locale import Language
from cs_kpi.settings import MoneyUnit

DRAWN_BY: dict[ChartKind, Callable[[Any, Native], Any]] = {
    "line": by_category, "stacked_bars": by_category, "stacked_area": by_category, "waterfall": by_category,
    "grouped_bars": columns, "ranked_bars": ranked, "bullet": bullet, "heatmap": heat_table, "survival": survival,
    "scatter": scatter, "fan": fan}


def leaves_out(figure: Figure, language: Language, money_unit: MoneyUnit, box: Box) -> bool:
    """Whether the slide shows less than the figure holds, so that its notes have to hold the table."""
    native = Native(figure, language, money_unit, value_axis(figure), box)
    match figure.kind:
        case "heatmap":
            return table_layout(native) is None
        case "ranked_bars" | "bullet":
            return len(figure.categories) > MOST_ROWS
        case "survival":
            return not native.has_end_labels and any(series.low for series in figure.series)
    return False


def add_chart(slide: Any, figure: Figure, language: Language, money_unit: MoneyUnit, box: Box) -> Any:
    """The figure as a chart, a table or a picture on the slide, its lines of reference over it; returns its shape."""
    if not figure.categories or not figure.series:
        return nothing(slide, language, box)
    native = Native(figure, language, money_unit, value_axis(figure), box)
    shape = DRAWN_BY[figure.kind](slide, native)
    overlay(slide, native)
    return shape
