"""Figures as PowerPoint's own charts: editable, with the figure's values in the embedded workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from cs_kpi.charts.amounts import is_signed, label_amount
from cs_kpi.charts.figure import Figure
from cs_kpi.charts.geometry import Part, parts, step_role, valid
from cs_kpi.charts.scale import LABEL_ROOM, Axis, axis_title, value_axis
from cs_kpi.charts.tables import table
from cs_kpi.charts.theme import LIGHT, blended, series_colours, step_colour
from cs_kpi.charts.words import marked_names, series_names, width_em
from cs_kpi.export import chart_xml as xml
from cs_kpi.export.codes import value_code
from cs_kpi.export.plot import Plot, end_offsets, plot_place
from cs_kpi.export.tables import xlsx_bytes
from cs_kpi.locale import Language, _
from cs_kpi.settings import MoneyUnit

DIRECT_LABELS_UP_TO = 3
POINTS_UP_TO = 24
PALE = 0.65  # how much paper is mixed into an incomplete bar
BASE, BELOW, LABEL = _("Base"), _("Below zero"), _("Room for the label")

Box = tuple[int, int, int, int]  # left, top, width, height in EMU


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
        return self.is_line and len(self.figure.series) <= DIRECT_LABELS_UP_TO

    @property
    def has_legend(self) -> bool:
        return self.figure.kind != "waterfall" and len(self.figure.series) > 1 and not self.has_end_labels

    @property
    def plot(self) -> Plot:
        right_em = max(map(width_em, end_texts(self)), default=0.0) if self.has_end_labels else 0.0
        return plot_place(self.figure, self.axis, self.language, self.money_unit, self.box[2],
                          has_legend=self.has_legend, right_em=right_em)


def add_chart(slide: Any, figure: Figure, language: Language, money_unit: MoneyUnit, box: Box) -> Any:
    """The figure as a chart on the slide; returns its graphic frame."""
    native = Native(figure, language, money_unit, value_axis(figure), box)
    columns = plotted(native)
    frame = slide.shapes.add_chart(_kind(native), *box, _chart_data(native, columns))
    chart = frame.chart
    chart.part.chart_workbook.update_from_xlsx_blob(xlsx_bytes(_workbook(native, columns), "Sheet1"))
    xml.set_up(chart, figure, native.axis, native.plot, axis_title(figure, language, money_unit), money_unit,
               has_legend=native.has_legend)
    if figure.kind == "waterfall":
        _style_steps(native, chart)
    else:
        _style_series(native, chart)
    return frame


def _kind(native: Native) -> Any:
    from pptx.enum.chart import XL_CHART_TYPE

    if native.is_line:
        return XL_CHART_TYPE.LINE_MARKERS
    return XL_CHART_TYPE.COLUMN_STACKED if native.is_bars else XL_CHART_TYPE.AREA_STACKED


def plotted(native: Native) -> dict[str, list[float | None]]:
    """The chart's own columns: the figure's series, or the parts that make up a waterfall."""
    figure, language = native.figure, native.language
    if figure.kind != "waterfall":
        names = series_names(figure.series, language)
        return {name: [valid(v) for v in series.values] for name, series in zip(names, figure.series, strict=True)}
    name = series_names(figure.series, language)[0]
    columns: dict[str, list[float | None]] = {
        key: [None] * len(figure.categories)
        for key in (BASE.text(language), name, BELOW.text(language), LABEL.text(language))}
    room = LABEL_ROOM * (native.axis.high - native.axis.low)
    for part in parts(figure):
        for column, value in zip(columns.values(), _stack(part, room), strict=True):
            column[part.category] = value
    return columns


def _stack(part: Part, room: float) -> tuple[float | None, float | None, float | None, float]:
    """Base without fill, what stands above zero, what hangs below it, and room for the label at the moving end."""
    low, high = min(part.start, part.end), max(part.start, part.end)
    if low >= 0:
        return low, high - low, None, room
    if high <= 0:
        return high, None, low - high, -room
    return None, high, low, room if part.value >= 0 else -room


def _chart_data(native: Native, columns: dict[str, list[float | None]]) -> Any:
    from pptx.chart.data import CategoryChartData

    data = CategoryChartData(number_format=value_code(native.figure, native.language, native.money_unit))
    data.categories = marked_names(native.figure, native.language)
    for name, values in columns.items():
        data.add_series(name, values)
    return data


def _workbook(native: Native, columns: dict[str, list[float | None]]) -> pd.DataFrame:
    """What `Edit data` shows. A waterfall's signed steps stand beside the parts that draw them."""
    frame = table(native.figure, native.language)
    if native.figure.kind != "waterfall":
        return frame
    drawn = pd.DataFrame({name: pd.Series(values, dtype="float64") for name, values in columns.items()})
    steps = frame.iloc[:, 1].rename(_("Step").text(native.language))
    return pd.concat([frame.iloc[:, :1], drawn, steps], axis=1)


def _style_series(native: Native, chart: Any) -> None:
    colours = series_colours(native.figure, LIGHT)
    for series, colour in zip(chart.plots[0].series, colours, strict=True):
        if native.is_line:
            _style_line(native, series, colour)
            continue
        xml.fill(series.format, colour)
        if native.is_bars:
            for i in sorted(native.figure.incomplete):
                xml.pale_bar(series.points[i].format, colour, blended(colour, LIGHT.paper, PALE))
    if native.has_end_labels:
        _label_ends(native, chart)


def _style_line(native: Native, series: Any, colour: str) -> None:
    xml.line(series, colour, has_markers=len(native.figure.categories) <= POINTS_UP_TO)
    for i in sorted(native.figure.incomplete):
        xml.pale_point(series.points[i], colour)


def end_texts(native: Native) -> list[str]:
    """The labels at the lines' ends, as PowerPoint will write them from name and value."""
    figure = native.figure
    values = (label_amount(figure, last_value(series.values), native.language, native.money_unit)
              for series in figure.series)
    names = series_names(figure.series, native.language)
    if len(names) == 1:
        return list(values)
    return [f"{name}  {value}" for name, value in zip(names, values, strict=True)]


def last_value(values: Sequence[float | None]) -> float | None:
    return next((value for value in map(valid, reversed(values)) if value is not None), None)


def _label_ends(native: Native, chart: Any) -> None:
    found = [(n, last) for n, one in enumerate(native.figure.series) if (last := last_value(one.values)) is not None]
    offsets = end_offsets([value for _n, value in found], native.axis, native.plot, native.box[3])
    code = value_code(native.figure, native.language, native.money_unit, is_short=True)
    colours = series_colours(native.figure, LIGHT)
    series = list(chart.plots[0].series)
    for (n, _value), offset in zip(found, offsets, strict=True):
        values = native.figure.series[n].values
        at = next(i for i in reversed(range(len(values))) if valid(values[i]) is not None)
        xml.end_label(series[n].points[at], colours[n], code, offset, is_named=len(series) > 1)


def _style_steps(native: Native, chart: Any) -> None:
    base, above, below, label = chart.plots[0].series
    xml.no_fill(base.format)
    xml.no_fill(label.format)
    for part in parts(native.figure):
        colour = step_colour(step_role(native.figure, part.category), LIGHT)
        for series in (above, below):
            point = series.points[part.category].format
            if part.category in native.figure.incomplete:
                xml.pale_bar(point, colour, blended(colour, LIGHT.paper, PALE))
            else:
                xml.fill(point, colour)
        text = label_amount(native.figure, part.value, native.language, native.money_unit,
                            signed=is_signed(native.figure, part.category))
        xml.text_label(label.points[part.category], text, len(native.figure.categories))
