"""Figures as Altair charts, for the screen and for pictures. Numbers are formatted here, by the page's rules."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import altair as alt

from cs_kpi.charts.axes import category_axis, value_encoding
from cs_kpi.charts.description import alt_text
from cs_kpi.charts.figure import ChartKind, Figure
from cs_kpi.charts.item_marks import rated_bars
from cs_kpi.charts.marks import Pen, areas, bars, hover, lines, waterfall
from cs_kpi.charts.scale import axis_title, tick_labels, value_axis
from cs_kpi.charts.theme import (
    EXPORT_FONT,
    EXPORT_HEIGHT,
    EXPORT_WIDTH,
    SCREEN_FONT,
    SCREEN_HEIGHT,
    SUBTITLE_SIZE,
    TEXT_SIZE,
    TITLE_SIZE,
    Theme,
    series_colours,
    theme,
)
from cs_kpi.charts.words import category_names, plain, series_names, wrapped
from cs_kpi.locale import Language
from cs_kpi.settings import MoneyUnit

LAYERS: dict[ChartKind, Callable[[Pen], list[alt.Chart]]] = {
    "line": lines, "stacked_bars": bars, "stacked_area": areas, "waterfall": waterfall, "bars": rated_bars}
FOOTNOTE_DISTANCE = 88  # px below the plot: under three lines of category labels
SCREEN_PADDING, EXPORT_PADDING = 8, 36
TEXT_WIDTH = EXPORT_WIDTH - 2 * EXPORT_PADDING - 60  # px, about as wide as the plot
TITLE_EM, SUBTITLE_EM, FOOTNOTE_EM = TEXT_WIDTH / TITLE_SIZE, TEXT_WIDTH / SUBTITLE_SIZE, TEXT_WIDTH / TEXT_SIZE


def chart(figure: Figure, language: Language, *, dark: bool = False, money_unit: MoneyUnit = "one",
          for_export: bool = False, titled: bool = True) -> alt.LayerChart:
    """The figure as a chart: as wide as its container on the screen, of fixed size with its footnote for export.

    titled : False where the page writes title and subtitle itself
    """
    look = theme(dark=dark)
    pen = _pen(figure, language, look, money_unit, EXPORT_HEIGHT if for_export else SCREEN_HEIGHT)
    layers = LAYERS[figure.kind](pen) + ([_footnote(pen)] if for_export else [hover(pen)])
    title = {"title": _title(pen, for_export)} if titled else {}
    drawn = alt.layer(*layers).properties(
        width=EXPORT_WIDTH if for_export else "container", height=pen.height,
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        description=alt_text(figure, language, money_unit), **title)
    return _configured(drawn, pen, for_export)  # type: ignore[no-any-return]


def _pen(figure: Figure, language: Language, look: Theme, money_unit: MoneyUnit, height: int) -> Pen:
    axis = value_axis(figure)
    labels = tick_labels(axis, figure.unit, language, money_unit)
    title = axis_title(figure, language, money_unit)
    return Pen(figure=figure, language=language, look=look, money_unit=money_unit, height=height, axis=axis,
               names=series_names(figure.series, language), categories=category_names(figure, language),
               colours=series_colours(figure, look), x=category_axis(figure, language),
               y=lambda field: value_encoding(axis, labels, title, field))


def _title(pen: Pen, for_export: bool) -> alt.TitleParams:
    title = plain(pen.figure.title, pen.language)
    subtitle = plain(pen.figure.subtitle, pen.language) if pen.figure.subtitle else ""
    if not for_export:
        return alt.TitleParams(text=title, subtitle=subtitle, anchor="start", frame="group", offset=28,
                               limit=alt.ExprRef("width"))
    return alt.TitleParams(text=wrapped(title, TITLE_EM), subtitle=wrapped(subtitle, SUBTITLE_EM), anchor="start",
                           frame="group", offset=28)


def _footnote(pen: Pen) -> alt.Chart:
    """Period, definition and n under the picture."""
    words = plain(pen.figure.footnote, pen.language)
    note = " · ".join(part for part in (plain(pen.figure.period, pen.language), words) if part)
    mark = alt.MarkDef(type="text", align="left", baseline="top", color=pen.look.muted, lineHeight=TEXT_SIZE + 6,
                       fontSize=TEXT_SIZE, text=wrapped(note, FOOTNOTE_EM), tooltip=None)
    return alt.Chart(alt.Data(values=[{}]), mark=mark).encode(
        x=alt.value(0), y=alt.value(pen.height + FOOTNOTE_DISTANCE))


def _configured(drawn: Any, pen: Pen, for_export: bool) -> Any:
    """The theme; a legend leaves room for the unit, which stands between it and the axis."""
    look, font = pen.look, EXPORT_FONT if for_export else SCREEN_FONT
    has_unit = bool(axis_title(pen.figure, pen.language, pen.money_unit))
    return (drawn.configure(background=look.paper if for_export else "transparent", font=font,
                            padding=EXPORT_PADDING if for_export else SCREEN_PADDING)
            .configure_view(stroke=None)
            .configure_axis(gridColor=look.grid, domainColor=look.muted, labelFontSize=TEXT_SIZE, labelFont=font,
                            labelColor=look.muted, titleFontSize=TEXT_SIZE, titleFont=font, titleColor=look.muted,
                            titleFontWeight="normal")
            .configure_legend(orient="top", direction="horizontal", title=None, symbolType="square", symbolSize=140,
                              labelLimit=220, columnPadding=20, offset=36 if has_unit else 16,
                              labelFontSize=TEXT_SIZE, labelFont=font, labelColor=look.ink)
            .configure_title(font=font, subtitleFont=font, fontSize=TITLE_SIZE, subtitleFontSize=SUBTITLE_SIZE,
                             fontWeight=600, color=look.ink, subtitleColor=look.muted, subtitlePadding=8,
                             lineHeight=TITLE_SIZE + 8, subtitleLineHeight=SUBTITLE_SIZE + 6)
            .configure_text(font=font, fontSize=TEXT_SIZE))
