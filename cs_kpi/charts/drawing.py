"""Figures as Altair charts, for the screen and for pictures. Numbers are formatted here, by the page's rules."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import altair as alt
from altair.utils.schemapi import debug_mode

from cs_kpi.charts.description import alt_text
from cs_kpi.charts.figure import ChartKind, Figure
from cs_kpi.charts.largest import largest
from cs_kpi.charts.layout import HORIZONTAL, footnote_distance
from cs_kpi.charts.marks.areas import areas
from cs_kpi.charts.marks.bars import bars
from cs_kpi.charts.marks.bullet import bullet
from cs_kpi.charts.marks.fan import fan
from cs_kpi.charts.marks.grouped import grouped
from cs_kpi.charts.marks.heatmap import heatmap
from cs_kpi.charts.marks.hover import hover
from cs_kpi.charts.marks.lines import lines
from cs_kpi.charts.marks.pen import Pen, pen_of
from cs_kpi.charts.marks.ranked import ranked
from cs_kpi.charts.marks.rules import rules
from cs_kpi.charts.marks.scatter import scatter
from cs_kpi.charts.marks.survival import survival
from cs_kpi.charts.marks.waterfall import waterfall
from cs_kpi.charts.scale import axis_title
from cs_kpi.charts.theme import (
    EXPORT_FONT,
    EXPORT_WIDTH,
    SCREEN_FONT,
    SUBTITLE_SIZE,
    TEXT_SIZE,
    TITLE_SIZE,
    theme,
)
from cs_kpi.charts.words import plain, wrapped
from cs_kpi.locale import Language
from cs_kpi.settings import MoneyUnit

LAYERS: dict[ChartKind, Callable[[Pen], list[alt.Chart]]] = {
    "line": lines, "stacked_bars": bars, "stacked_area": areas, "waterfall": waterfall, "grouped_bars": grouped,
    "ranked_bars": ranked, "heatmap": heatmap, "survival": survival, "scatter": scatter, "fan": fan, "bullet": bullet}
SCREEN_PADDING, EXPORT_PADDING, UNDER_TITLE = 8, 36, 20  # px
WHOLE = "containerSize()[0] > 0 ? containerSize()[0] - 16 : 1000"
GROWING = {"fontSize", "labelFontSize", "titleFontSize", "strokeWidth", "labelLimit", "symbolSize", "lineHeight",
           "labelLineHeight"}
"""What grows with the type of a chart."""
BESIDE_PLOT = 100  # px above and below the plot of a heatmap: legend and heads
TEXT_WIDTH = EXPORT_WIDTH - 2 * EXPORT_PADDING - 60  # px, about as wide as the plot
TITLE_EM, SUBTITLE_EM, FOOTNOTE_EM = TEXT_WIDTH / TITLE_SIZE, TEXT_WIDTH / SUBTITLE_SIZE, TEXT_WIDTH / TEXT_SIZE


def chart(figure: Figure, language: Language, *, dark: bool = False, money_unit: MoneyUnit = "one",
          for_export: bool = False, titled: bool = True, inside: float | None = None) -> alt.LayerChart:
    """The figure as a chart: as wide as its container on the screen, of fixed size with its footnote for export.

    titled : False where the page writes title and subtitle itself
    inside : for a place on a slide, width by height, which has title and footnote of its own
    """
    shown = largest(figure, language) if figure.kind == "ranked_bars" else figure
    pen = pen_of(shown, language, theme(dark=dark), money_unit, for_export=for_export,
                 height=None if inside is None else round(EXPORT_WIDTH / inside) - BESIDE_PLOT)
    around = hover(pen) if not for_export else [_footnote(pen)] if inside is None else []
    layers = [*LAYERS[figure.kind](pen), *rules(pen), *around]
    title = {"title": _title(pen, for_export)} if titled and inside is None else {}
    padding: int | dict[str, int] = SCREEN_PADDING if not for_export or inside is not None else EXPORT_PADDING
    if not titled:
        padding = dict.fromkeys(("left", "right", "bottom"), SCREEN_PADDING) | {"top": UNDER_TITLE}
    drawn = alt.layer(*layers, width=EXPORT_WIDTH if for_export else "container", height=pen.height,
                      autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
                      description=alt_text(figure, language, money_unit),
                      config=_configuration(pen, for_export, padding), **title)
    assert isinstance(drawn, alt.LayerChart)
    return drawn


def _title(pen: Pen, for_export: bool) -> alt.TitleParams:
    title = plain(pen.figure.title, pen.language)
    subtitle = plain(pen.figure.subtitle, pen.language) if pen.figure.subtitle else ""
    has_names = pen.figure.kind in HORIZONTAL | {"heatmap"}  # they take the left third: the title starts over them
    place: dict[str, Any] = {"anchor": "start", "frame": "bounds" if has_names else "group", "offset": 28}
    if not for_export:
        return alt.TitleParams(text=title, subtitle=subtitle, limit=alt.ExprRef(WHOLE if has_names else "width"),
                               **place)
    return alt.TitleParams(text=wrapped(title, TITLE_EM), subtitle=wrapped(subtitle, SUBTITLE_EM), **place)


def _footnote(pen: Pen) -> alt.Chart:
    """Period, definition and n under the picture."""
    words = plain(pen.figure.footnote, pen.language)
    note = " · ".join(part for part in (plain(pen.figure.period, pen.language), words) if part)
    mark = alt.MarkDef(type="text", align="left", baseline="top", color=pen.look.muted, lineHeight=TEXT_SIZE + 6,
                       fontSize=TEXT_SIZE, text=wrapped(note, FOOTNOTE_EM), tooltip=None)
    return alt.Chart(alt.Data(values=[{}]), mark=mark).encode(
        x=alt.XValue(0), y=alt.YValue(pen.height + footnote_distance(pen.figure)))


def _configuration(pen: Pen, for_export: bool, padding: int | dict[str, int]) -> alt.Config:
    """The theme; a legend leaves room for the unit, which stands between it and the axis.

    In one piece: every `configure_...` of a chart would copy all of it, data included.
    """
    look, font = pen.look, EXPORT_FONT if for_export else SCREEN_FONT
    has_unit = bool(axis_title(pen.figure, pen.language, pen.money_unit))
    return alt.Config(
        background=look.paper if for_export else "transparent", font=font, padding=padding,
        view=alt.ViewConfig(stroke=None),
        axis=alt.AxisConfig(gridColor=look.grid, domainColor=look.muted, labelFontSize=TEXT_SIZE, labelFont=font,
                            labelColor=look.muted, titleFontSize=TEXT_SIZE, titleFont=font, titleColor=look.muted,
                            titleFontWeight="normal"),
        legend=alt.LegendConfig(orient="top", direction="horizontal", title=None, symbolType="square", symbolSize=140,
                                labelLimit=220, columnPadding=20, offset=36 if has_unit else 16,
                                labelFontSize=TEXT_SIZE, labelFont=font, labelColor=look.ink),
        title=alt.TitleConfig(font=font, subtitleFont=font, fontSize=TITLE_SIZE, subtitleFontSize=SUBTITLE_SIZE,
                              fontWeight=600, color=look.ink, subtitleColor=look.muted, subtitlePadding=8,
                              lineHeight=TITLE_SIZE + 8, subtitleLineHeight=SUBTITLE_SIZE + 6),
        text=alt.MarkConfig(font=font, fontSize=TEXT_SIZE))


def specification(figure: Figure, language: Language, *, dark: bool = False, money_unit: MoneyUnit = "one"
                  ) -> dict[str, Any]:
    """The figure for the screen, titled by its page, as Vega-Lite reads it.

    It is not checked against Vega-Lite's schema, which takes longer than to draw it: tests check every kind. (Threads
    that draw at once may leave the check switched off, which harms nothing.)
    """
    with debug_mode(False):
        return chart(figure, language, dark=dark, money_unit=money_unit, titled=False).to_dict(validate=False)


def enlarged(specification: dict[str, Any], scale: float, height: int) -> dict[str, Any]:
    """A drawn chart with larger type and lines, to be read from the last row.

    >>> enlarged({"height": 300, "layer": [{"mark": {"type": "text", "fontSize": 14}}]}, 2, 500)
    {'height': 500, 'layer': [{'mark': {'type': 'text', 'fontSize': 28}}]}
    """
    return _enlarged(specification, scale) | {"height": height}


def _enlarged(part: Any, scale: float) -> Any:
    if isinstance(part, dict):
        return {name: value * scale if name in GROWING and isinstance(value, (int, float)) else _enlarged(value, scale)
                for name, value in part.items()}
    return [_enlarged(one, scale) for one in part] if isinstance(part, list) else part
