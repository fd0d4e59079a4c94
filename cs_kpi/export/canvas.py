"""A figure on its way onto a slide, and what the charts of all kinds share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from cs_kpi.charts.amounts import label_amount
from cs_kpi.charts.figure import Figure
from cs_kpi.charts.geometry import valid
from cs_kpi.charts.scale import Axis
from cs_kpi.charts.tables import table
from cs_kpi.charts.words import cut, marked_names, plain, series_names, width_em
from cs_kpi.export.codes import value_code
from cs_kpi.export.plot import Plot, plot_place
from cs_kpi.export.tables import xlsx_bytes
from cs_kpi.locale import Language, _
from cs_kpi.settings import MoneyUnit

DIRECT_LABELS_UP_TO = 3
WORDS_EM = 16.0  # words of a marker or a line of reference
USUAL_HEIGHT = round(4.6 * 914_400)
"""EMU, of a chart for which the shares of plot.py are made."""
PALE = 0.65  # how much paper is mixed into an incomplete bar
WITHOUT_LEGEND = frozenset({"waterfall", "heatmap"})
LABEL = _("Room for the label")

Box = tuple[int, int, int, int]  # left, top, width, height in EMU
Columns = dict[str, list[float | None]]


@dataclass(frozen=True, slots=True)
class Native:
    """A figure on its way onto a slide."""

    figure: Figure
    language: Language
    money_unit: MoneyUnit
    axis: Axis
    box: Box

    @property
    def is_bars(self) -> bool:
        """A single period has no area: it is drawn as a bar."""
        return not self.is_line and (self.figure.kind != "stacked_area" or len(self.figure.categories) == 1)

    @property
    def is_line(self) -> bool:
        return self.figure.kind == "line"

    @property
    def has_end_labels(self) -> bool:
        fits = len(self.figure.series) <= DIRECT_LABELS_UP_TO
        return self.figure.kind == "fan" or (self.figure.kind in ("line", "survival") and fits)

    @property
    def has_legend(self) -> bool:
        return self.figure.kind not in WITHOUT_LEGEND and len(self.figure.series) > 1 and not self.has_end_labels

    @property
    def plot(self) -> Plot:
        words = end_texts(self) if self.has_end_labels else [
            cut(plain(line.label, self.language), WORDS_EM) for line in self.figure.references]
        right_em = max(map(width_em, words), default=0.0)
        found = plot_place(self.figure, self.axis, self.language, self.money_unit, self.box[2],
                           has_legend=self.has_legend, right_em=right_em)
        lower = max(USUAL_HEIGHT / self.box[3], 1.0)  # words stay as high as they are where a chart is lower
        return replace(found, top=min(found.top * lower, 0.35), bottom=max(1 - (1 - found.bottom) * lower, 0.6))

    @property
    def value_code(self) -> str:
        """Format of data labels, with the unit where it is short."""
        return value_code(self.figure, self.language, self.money_unit, is_short=True)


def charted(slide: Any, native: Native, kind: Any, columns: Columns) -> Any:
    """A chart by categories with these columns as its series, and a workbook that opens with the figure's own table."""
    frame = slide.shapes.add_chart(kind, *native.box, _chart_data(native, columns))
    blob = xlsx_bytes(_workbook(native, columns), "Sheet1")
    frame.chart.part.chart_workbook.update_from_xlsx_blob(blob)
    for series in frame.chart.plots[0].series:
        if hasattr(series, "invert_if_negative"):
            series.invert_if_negative = False  # else PowerPoint draws negative bars white
    return frame


def _chart_data(native: Native, columns: Columns) -> Any:
    from pptx.chart.data import CategoryChartData

    data = CategoryChartData(number_format=value_code(native.figure, native.language, native.money_unit))
    data.categories = marked_names(native.figure, native.language)
    for name, values in columns.items():
        data.add_series(name, values)
    return data


def _workbook(native: Native, columns: Columns) -> pd.DataFrame:
    """What `Edit data` shows: the drawn columns first, where the chart looks for them, then what else the table has."""
    frame = table(native.figure, native.language)
    drawn = pd.DataFrame({name: pd.Series(values, dtype="float64") for name, values in columns.items()})
    if native.figure.kind == "waterfall":
        others = frame.iloc[:, 1:2].rename(columns=lambda _name: _("Step").text(native.language))
    else:
        others = frame.iloc[:, 1:].loc[:, [name not in columns for name in frame.columns[1:]]]
    return pd.concat([frame.iloc[:, :1], drawn, others], axis=1)


def own_columns(native: Native) -> Columns:
    """The figure's series as they are."""
    names = series_names(native.figure.series, native.language)
    return {name: [valid(v) for v in series.values] for name, series in zip(names, native.figure.series, strict=True)}


def end_texts(native: Native) -> list[str]:
    """The labels at the lines' ends, as PowerPoint will write them from name and value."""
    figure = native.figure
    shown = figure.series[1:] if figure.kind == "fan" else figure.series
    values = [label_amount(figure, last_value(series.values), native.language, native.money_unit) for series in shown]
    if len(figure.series) == 1:
        return values
    names = series_names(figure.series, native.language)[-len(shown):] if shown else []
    return [f"{name}  {value}" for name, value in zip(names, values, strict=True)]


def last_value(values: Sequence[float | None]) -> float | None:
    return next((value for value in map(valid, reversed(values)) if value is not None), None)
