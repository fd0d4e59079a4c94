"""Figures as PowerPoint's own charts: editable, with the figure's values in the embedded workbook."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cs_kpi.charts.figure import ChartKind, Figure
from cs_kpi.charts.scale import value_axis
from cs_kpi.charts.words import series_names
from cs_kpi.export.by_category import by_category
from cs_kpi.export.canvas import Box, Native, has_cut_names
from cs_kpi.export.columns import columns
from cs_kpi.export.fan import fan
from cs_kpi.export.heat_table import heat_table, row_names, table_layout
from cs_kpi.export.labels import is_cut
from cs_kpi.export.overlay import nothing, overlay
from cs_kpi.export.points import scatter, survival
from cs_kpi.export.rows import MOST_ROWS, bullet, ranked
from cs_kpi.export.step_amounts import stepped
from cs_kpi.locale import Language
from cs_kpi.settings import MoneyUnit

DRAWN_BY: dict[ChartKind, Callable[[Any, Native], Any]] = {
    "line": by_category, "stacked_bars": by_category, "stacked_area": by_category, "waterfall": by_category,
    "grouped_bars": columns, "ranked_bars": ranked, "bullet": bullet, "heatmap": heat_table, "survival": survival,
    "scatter": scatter, "fan": fan}


def leaves_out(figure: Figure, language: Language, money_unit: MoneyUnit, box: Box) -> bool:
    """Whether the slide shows less than the figure holds, so that its notes have to hold the table."""
    if not figure.categories or not figure.series:
        return False
    native = Native(figure, language, money_unit, value_axis(figure), box)
    match figure.kind:
        case "heatmap":
            layout = table_layout(native)
            return layout is None or is_cut(series_names(figure.series, language), row_names(native, layout))
        case "ranked_bars" | "bullet":
            return len(figure.categories) > MOST_ROWS or has_cut_names(native)
        case "survival":
            return has_cut_names(native) or (not native.has_end_labels and any(one.low for one in figure.series))
        case "waterfall":
            return stepped(native).steps is None or has_cut_names(native)
    return has_cut_names(native)


def add_chart(slide: Any, figure: Figure, language: Language, money_unit: MoneyUnit, box: Box) -> Any:
    """The figure as a chart, a table or a picture on the slide, its lines of reference over it; returns its shape."""
    if not figure.categories or not figure.series:
        return nothing(slide, language, box)
    native = Native(figure, language, money_unit, value_axis(figure), box)
    if figure.kind == "waterfall":
        native = stepped(native)
    shape = DRAWN_BY[figure.kind](slide, native)
    overlay(slide, native)
    return shape
