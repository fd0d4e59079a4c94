"""A figure on its way onto a slide, and what the charts of all kinds share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from cs_kpi.charts.amounts import label_amount
from cs_kpi.charts.figure import Figure, Series
from cs_kpi.charts.geometry import valid
from cs_kpi.charts.layout import HORIZONTAL
from cs_kpi.charts.scale import Axis
from cs_kpi.charts.tables import table
from cs_kpi.charts.words import cut, marked_names, plain, series_names, width_em
from cs_kpi.export.codes import value_code
from cs_kpi.export.labels import is_cut, shortened
from cs_kpi.export.legends import KEY_PT, legend_rows, name_room
from cs_kpi.export.plot import BOLD_ROOM, LABEL_PT, MOST_RIGHT, PT, TEXT_PT, Plot, end_offsets, plot_place
from cs_kpi.export.tables import xlsx_bytes
from cs_kpi.locale import Language, _
from cs_kpi.settings import MoneyUnit

DIRECT_LABELS_UP_TO = 3
WORDS_EM = 16.0  # words of a marker or a line of reference
LEAST_NAME_EM = 5.0
PALE = 0.65  # how much paper is mixed into an incomplete bar
WITHOUT_LEGEND = frozenset({"waterfall", "heatmap"})
LABEL, IN_FULL = _("Room for the label"), _("Name in full")

Box = tuple[int, int, int, int]  # left, top, width, height in EMU
Columns = dict[str, list[float | None]]


@dataclass(frozen=True, slots=True)
class Steps:
    """The amounts at the steps of a waterfall. room : share of the plot's height that is kept free for each"""

    texts: tuple[str, ...]
    size_pt: int
    room: float
    is_turned: bool = False


@dataclass(frozen=True, slots=True)
class Native:
    """A figure on its way onto a slide. steps : of a waterfall; None where its amounts find no place"""

    figure: Figure
    language: Language
    money_unit: MoneyUnit
    axis: Axis
    box: Box
    steps: Steps | None = None

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
    def names(self) -> list[str]:
        """Of the series as they are written: as much of each as its label or the legend has room for."""
        whole = series_names(self.figure.series, self.language)
        if self.has_end_labels and len(whole) > 1:
            most = (MOST_RIGHT * self.box[2] / PT - 8) / LABEL_PT / BOLD_ROOM
            return shortened(whole, max(most - max(map(width_em, end_values(self)), default=0.0) - 1, LEAST_NAME_EM))
        return shortened(whole, name_room(whole, self.box[2], self._legend_pt)) if self.has_legend else whole

    @property
    def _legend_pt(self) -> int:
        return KEY_PT if self.figure.kind in HORIZONTAL else TEXT_PT

    @property
    def plot(self) -> Plot:
        words = end_texts(self) if self.has_end_labels else [
            cut(plain(line.label, self.language), WORDS_EM) for line in self.figure.references]
        rows = legend_rows(self.names, self.box[2], self._legend_pt) if self.has_legend else 0
        return plot_place(self.figure, self.axis, self.language, self.money_unit, self.box[2:],
                          legend_rows=max(rows, int(self.figure.kind == "bullet")),
                          right_em=max(map(width_em, words), default=0.0))

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
    data.categories = native.plot.names or marked_names(native.figure, native.language)
    for name, values in columns.items():
        data.add_series(name, values)
    return data


def _workbook(native: Native, columns: Columns) -> pd.DataFrame:
    """What `Edit data` shows: the drawn columns first, where the chart looks for them, then what else the table has.

    Names are those on the slide, so that an edit changes no label; where they are cut, a column has them whole.
    """
    frame, whole = table(native.figure, native.language), series_names(native.figure.series, native.language)
    frame = frame.rename(columns=dict(zip(whole, native.names, strict=True)))
    names = pd.Series(native.plot.names or marked_names(native.figure, native.language), name=frame.columns[0])
    drawn = pd.DataFrame({name: pd.Series(values, dtype="float64") for name, values in columns.items()})
    if native.figure.kind == "waterfall":
        others = frame.iloc[:, 1:2].rename(columns=lambda _name: _("Step").text(native.language))
    else:
        others = frame.iloc[:, 1:].loc[:, [name not in columns for name in frame.columns[1:]]]
    if any("".join(whole.split()) != "".join(short.split())
           for whole, short in zip(frame.iloc[:, 0], names, strict=True)):
        others = others.assign(**{IN_FULL.text(native.language): frame.iloc[:, 0]})
    return pd.concat([names, drawn, others], axis=1)


def own_columns(native: Native) -> Columns:
    """The figure's series as they are."""
    return {name: [valid(v) for v in series.values]
            for name, series in zip(native.names, native.figure.series, strict=True)}


def end_values(native: Native) -> list[str]:
    """The amounts at the lines' ends."""
    figure = native.figure
    return [label_amount(figure, last_value(series.values), native.language, native.money_unit)
            for series in _ended(figure)]


def _ended(figure: Figure) -> Sequence[Series]:
    """The series that carry a label at their end: not the past of a projection."""
    return figure.series[1:] if figure.kind == "fan" and len(figure.series) > 1 else figure.series


def end_texts(native: Native) -> list[str]:
    """The labels at the lines' ends, as PowerPoint will write them from name and value."""
    if len(native.figure.series) == 1:
        return end_values(native)
    names = native.names[-len(_ended(native.figure)):]
    return [f"{name}  {value}" for name, value in zip(names, end_values(native), strict=True)]


def has_cut_names(native: Native) -> bool:
    """Whether the slide shows less of a name than the figure holds."""
    figure, language = native.figure, native.language
    return is_cut(series_names(figure.series, language), native.names) or is_cut(
        marked_names(figure, language), native.plot.names)


def range_ends(native: Native) -> list[tuple[str, float]]:
    """P90 and P10 at the end of a fan; none where there is no range, as on the last known day."""
    ahead = native.figure.series[1] if native.figure.kind == "fan" and len(native.figure.series) > 1 else None
    if ahead is None or ahead.low is None or ahead.high is None:
        return []
    low, high = last_value(ahead.low), last_value(ahead.high)
    return [] if low is None or high is None or low == high else [("P90", high), ("P10", low)]


def fan_offsets(native: Native, lines: Sequence[float]) -> tuple[list[float], list[float]]:
    """How far down the labels of a fan's lines move, and those of the ends of its range, all clear of each other."""
    ends = [value for _name, value in range_ends(native)]
    offsets = end_offsets([*ends[:1], *lines, *ends[1:]], native.axis, native.plot, native.box[3])
    return offsets[len(ends[:1]):len(ends[:1]) + len(lines)], offsets[:1] + offsets[-1:] if ends else []


def last_value(values: Sequence[float | None]) -> float | None:
    return next((value for value in map(valid, reversed(values)) if value is not None), None)
