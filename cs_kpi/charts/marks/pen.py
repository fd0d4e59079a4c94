"""A figure with everything decided that its layers share, whatever its kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import altair as alt

from cs_kpi.charts.amounts import amount, label_amount
from cs_kpi.charts.axes import category_axis, measured_axis, row_axis, value_encoding
from cs_kpi.charts.figure import Figure
from cs_kpi.charts.geometry import valid
from cs_kpi.charts.layout import HORIZONTAL, NUMERIC, plot_height
from cs_kpi.charts.scale import Axis, axis_title, tick_labels, value_axis, value_unit
from cs_kpi.charts.theme import EXPORT_WIDTH, TEXT_SIZE, Theme, series_colours
from cs_kpi.charts.words import category_names, series_names, width_em
from cs_kpi.locale import Language
from cs_kpi.settings import MoneyUnit

DIRECT_LABELS_UP_TO = 3
LEGEND_SYMBOL, LEGEND_MARGIN = 44, 90  # px: a symbol with its gaps; what stands beside the plot


@dataclass(frozen=True, slots=True)
class Pen:
    """along : where the categories stand, upright or level or by number; value : the axis of a field of values"""

    figure: Figure
    language: Language
    look: Theme
    money_unit: MoneyUnit
    height: int
    axis: Axis
    names: list[str]
    categories: list[str]
    colours: tuple[str, ...]
    along: alt.X | alt.Y
    value: Callable[[str], alt.X | alt.Y]

    def layer(self, rows: Iterable[dict[str, object]], mark: alt.MarkDef, **encodings: Any) -> alt.Chart:
        return drawn(rows, mark, **{"y" if self.is_horizontal else "x": self.along} | encodings)

    def number(self, value: float | None, *, signed: bool = False) -> str:
        return amount(self.figure, value, self.language, self.money_unit, signed=signed)

    def short(self, value: float | None, *, signed: bool = False) -> str:
        return label_amount(self.figure, value, self.language, self.money_unit, signed=signed)

    @property
    def is_horizontal(self) -> bool:
        return self.figure.kind in HORIZONTAL

    @property
    def has_direct_labels(self) -> bool:
        if len(self.names) > DIRECT_LABELS_UP_TO or self.is_horizontal:
            return False
        last = [series.values[-1] if series.values else None for series in self.figure.series]
        stacked = self.figure.kind in ("stacked_bars", "stacked_area")
        return self.figure.kind in ("line", "survival", "fan") or (stacked and all(valid(value) for value in last))

    @property
    def has_legend(self) -> bool:
        return not self.has_direct_labels and len(self.names) > 1

    @property
    def legend_columns(self) -> str:
        """As many as the room takes: the container's width, known before the plot's, or the picture's (0: one row)."""
        slot = round(max(map(width_em, self.names), default=1.0) * TEXT_SIZE) + LEGEND_SYMBOL
        fixed = max(1, (EXPORT_WIDTH - LEGEND_MARGIN) // slot)
        return (f"containerSize()[0] > 0 ? max(1, floor((containerSize()[0] - {LEGEND_MARGIN}) / {slot})) : "
                f"{fixed if fixed < len(self.names) else 0}")

    @property
    def legend(self) -> alt.Legend | None:
        return alt.Legend(columns=alt.ExprRef(self.legend_columns), symbolOpacity=1) if self.has_legend else None

    @property
    def colour(self) -> alt.Color:
        return alt.Color(field="series", type="nominal", legend=self.legend, title=None,
                         scale=alt.Scale(domain=self.names, range=list(self.colours)))


def drawn(rows: Iterable[dict[str, object]], mark: alt.MarkDef, **encodings: Any) -> alt.Chart:
    """One layer whose places are all given."""
    return alt.Chart(alt.Data(values=list(rows)), mark=mark).encode(**encodings)


def pen_of(figure: Figure, language: Language, look: Theme, money_unit: MoneyUnit, *, for_export: bool,
           height: int | None = None) -> Pen:
    """height : px of the plot where its place is given"""
    axis = value_axis(figure)
    labels = tick_labels(axis, value_unit(figure), language, money_unit)
    title = axis_title(figure, language, money_unit)
    is_level = figure.kind in HORIZONTAL
    return Pen(figure=figure, language=language, look=look, money_unit=money_unit,
               height=height or plot_height(figure, language, for_export=for_export), axis=axis,
               names=series_names(figure.series, language), categories=category_names(figure, language),
               colours=series_colours(figure, look), along=_along(figure, language, money_unit),
               value=lambda field: value_encoding(axis, labels, title, field, is_level=is_level))


def _along(figure: Figure, language: Language, money_unit: MoneyUnit) -> alt.X | alt.Y:
    if figure.kind in HORIZONTAL:
        return row_axis(figure, language)
    return measured_axis(figure, language, money_unit) if figure.kind in NUMERIC else category_axis(figure, language)
