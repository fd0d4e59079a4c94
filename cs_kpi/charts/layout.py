"""How high a figure is drawn: a fixed height, or so much per row where rows stand under one another."""

from __future__ import annotations

from cs_kpi.charts.figure import Figure
from cs_kpi.charts.theme import EXPORT_HEIGHT, SCREEN_HEIGHT
from cs_kpi.charts.words import category_names, width_em
from cs_kpi.locale import Language

HORIZONTAL = frozenset({"ranked_bars", "bullet"})
"""Kinds whose categories stand under one another."""
NUMERIC = frozenset({"survival", "scatter"})
"""Kinds whose categories stand where their x says."""
ROW_NAME_EM = 20.0
"""A row's name takes this much before it is broken or cut."""
ROW, ROW_OF_TWO_LINES, ROW_OF_BULLET, SMALLEST_ROW = 30, 44, 44, 24
CELL, SMALLEST_WITH_TEXT, SMALLEST_CELL, CELLS = 32, 20, 14, 640  # px: a heatmap's rows share the last while they fit
MOST_ROWS_WITH_TEXT = 61
"""Five years of cohorts and the line of all; more rows than that are as low as their colours can be told."""
FOOTNOTE_DISTANCE = 88  # px below the plot: under three lines of category labels
FOOTNOTE_UNDER_NUMBERS = 64  # under one line of numbers and the name of the axis
FOOTNOTE_UNDER_NOTHING = 24


def plot_height(figure: Figure, language: Language, *, for_export: bool = False) -> int:
    """px of the plot itself."""
    if figure.kind == "heatmap":
        return cell_height(figure) * max(len(figure.series), 1)
    if figure.kind in HORIZONTAL:
        return row_height(figure, language) * max(len(figure.categories), 1)
    return EXPORT_HEIGHT if for_export else SCREEN_HEIGHT


def cell_height(figure: Figure) -> int:
    rows = max(len(figure.series), 1)
    return max(SMALLEST_WITH_TEXT if rows <= MOST_ROWS_WITH_TEXT else SMALLEST_CELL, min(CELL, CELLS // rows))


def row_height(figure: Figure, language: Language) -> int:
    if figure.kind == "bullet":
        return ROW_OF_BULLET if len(figure.categories) <= 20 else SMALLEST_ROW
    return ROW_OF_TWO_LINES if has_broken_names(figure, language) else ROW if len(figure.categories) <= 15 else 26


def has_broken_names(figure: Figure, language: Language) -> bool:
    """Long names take two lines while there are few."""
    names = category_names(figure, language)
    return len(names) <= 12 and max(map(width_em, names), default=0.0) > ROW_NAME_EM


def footnote_distance(figure: Figure) -> int:
    """px from the plot to the footnote of a picture."""
    if figure.kind == "heatmap":
        return FOOTNOTE_UNDER_NOTHING
    return FOOTNOTE_UNDER_NUMBERS if figure.kind in HORIZONTAL | NUMERIC else FOOTNOTE_DISTANCE
