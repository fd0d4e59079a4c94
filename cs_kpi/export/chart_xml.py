"""What python-pptx leaves out of charts: fonts for Japanese, places of legend, plot and labels, thinned categories."""

from __future__ import annotations

import copy
from typing import Any

from cs_kpi.charts.figure import Figure
from cs_kpi.charts.scale import Axis, value_unit
from cs_kpi.charts.theme import LIGHT, readable
from cs_kpi.export.codes import axis_code
from cs_kpi.export.plot import LABEL_PT, TEXT_PT, Plot
from cs_kpi.locale.formats import Unit
from cs_kpi.settings import MoneyUnit

# Fonts that Office brings: Segoe UI and Meiryo are drawn for screens and stay legible from the last row.
LATIN_FONT, EAST_ASIAN_FONT = "Segoe UI", "Meiryo"
EDITING = {"ja": "ja-JP", "en": "en-US"}
"""The language in which PowerPoint checks the words."""
QUARTER_TURN = "-5400000"
UPRIGHT = "1"  # 1/60,000 degree: LibreOffice knows no tickLblSkip, breaks labels at 0 degrees and thins them at others


def set_up(chart: Any, figure: Figure, axis: Axis, plot: Plot, title: str, money_unit: MoneyUnit, *,
           has_legend: bool) -> None:
    """Everything that all kinds share."""
    chart.has_title = False
    text_look(chart.font, LIGHT.muted, TEXT_PT)
    legend(chart, has_legend)
    placed(chart._chartSpace.chart.plotArea, plot.left, plot.top, (plot.right - plot.left, plot.bottom - plot.top))
    value_axis_look(chart.value_axis, axis, value_unit(figure), money_unit)
    if title:
        unit_above(chart.value_axis, title, plot.unit)
    category_axis_look(chart.category_axis, plot.step, plot.category_pt, is_turned=plot.is_turned)
    if hasattr(chart.plots[0], "gap_width"):
        chart.plots[0].gap_width = 45 if len(figure.categories) > 3 else 500 if len(figure.categories) == 1 else 200
    both_fonts(chart._chartSpace)


def text_look(font: Any, colour: str, size: int, *, bold: bool = False) -> None:
    from pptx.util import Pt

    font.size, font.bold, font.name = Pt(size), bold, LATIN_FONT
    font.color.rgb = rgb(colour)


def rgb(colour: str) -> Any:
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(colour.lstrip("#").upper())


def both_fonts(element: Any) -> None:
    """An East Asian font beside every Latin one: with `a:latin` alone Japanese falls back to whatever is there."""
    from pptx.oxml.ns import qn

    for latin in list(element.iter(qn("a:latin"))):
        parent = latin.getparent()
        for old in parent.findall(qn("a:ea")):
            parent.remove(old)
        east = copy.deepcopy(latin)
        east.tag = qn("a:ea")
        east.set("typeface", EAST_ASIAN_FONT)
        latin.addnext(east)


def legend(chart: Any, has_legend: bool) -> None:
    from pptx.enum.chart import XL_LEGEND_POSITION

    chart.has_legend = has_legend
    if has_legend:
        chart.legend.position = XL_LEGEND_POSITION.TOP
        chart.legend.include_in_layout = False
        text_look(chart.legend.font, LIGHT.ink, TEXT_PT)


def placed(element: Any, x: float, y: float, size: tuple[float, float] | None = None) -> None:
    """A manual layout, as shares of the chart; with a size it is that of the plot without its labels."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls, qn

    old = element.find(qn("c:layout"))
    target = '<c:layoutTarget val="inner"/>' if size else ""
    extent = f'<c:w val="{size[0]:.4f}"/><c:h val="{size[1]:.4f}"/>' if size else ""
    layout = parse_xml(f'<c:layout {nsdecls("c")}><c:manualLayout>{target}<c:xMode val="edge"/><c:yMode val="edge"/>'
                       f'<c:x val="{x:.4f}"/><c:y val="{y:.4f}"/>{extent}</c:manualLayout></c:layout>')
    if old is not None:
        element.replace(old, layout)
    else:
        element.insert(1 if element.find(qn("c:tx")) is not None else 0, layout)


def value_axis_look(value_axis: Any, axis: Axis, unit: Unit, money_unit: MoneyUnit) -> None:
    value_axis.minimum_scale, value_axis.maximum_scale, value_axis.major_unit = axis.low, axis.high, axis.step
    value_axis.has_major_gridlines = True
    value_axis.major_gridlines.format.line.color.rgb = rgb(LIGHT.grid)
    value_axis.format.line.fill.background()
    value_axis.tick_labels.number_format = axis_code(axis, unit, money_unit)
    value_axis.tick_labels.number_format_is_linked = False
    text_look(value_axis.tick_labels.font, LIGHT.muted, TEXT_PT)


def unit_above(value_axis: Any, title: str, top: float) -> None:
    """The unit, level, above the axis."""
    value_axis.has_title = True
    frame = value_axis.axis_title.text_frame
    frame.text = title
    text_look(frame.paragraphs[0].runs[0].font, LIGHT.muted, TEXT_PT)
    frame._txBody.bodyPr.set("rot", "0")
    frame._txBody.bodyPr.set("vert", "horz")
    placed(value_axis.axis_title._element, 0.012, top)


def category_axis_look(category_axis: Any, step: int, size: int, *, is_turned: bool = False) -> None:
    from pptx.enum.chart import XL_TICK_LABEL_POSITION, XL_TICK_MARK
    from pptx.oxml.ns import qn

    category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    category_axis.major_tick_mark = XL_TICK_MARK.NONE
    category_axis.format.line.color.rgb = rgb(LIGHT.muted)
    text_look(category_axis.tick_labels.font, LIGHT.muted, size)
    turn = QUARTER_TURN if is_turned else "0" if step == 1 else UPRIGHT
    category_axis._element.find(qn("c:txPr")).bodyPr.set("rot", turn)
    thinned(category_axis, step)


def thinned(category_axis: Any, step: int) -> None:
    """One label in `step`; PowerPoint would else leave out some by itself."""
    from pptx.oxml.ns import qn

    element = category_axis._element
    for tag in ("c:tickLblSkip", "c:tickMarkSkip"):
        element.find(qn("c:noMultiLvlLbl")).addprevious(element.makeelement(qn(tag), {"val": str(step)}))


def fill(form: Any, colour: str) -> None:
    form.fill.solid()
    form.fill.fore_color.rgb = rgb(colour)
    form.line.color.rgb = rgb(LIGHT.paper)


def no_fill(form: Any) -> None:
    form.fill.background()
    form.line.fill.background()


def pale_bar(form: Any, colour: str, pale: str) -> None:
    """Not complete yet: paler, with a dashed outline in its own colour."""
    from pptx.enum.dml import MSO_LINE
    from pptx.util import Pt

    form.fill.solid()
    form.fill.fore_color.rgb = rgb(pale)
    form.line.color.rgb = rgb(colour)
    form.line.width, form.line.dash_style = Pt(1.5), MSO_LINE.DASH


def line(series: Any, colour: str, *, has_markers: bool) -> None:
    from pptx.enum.chart import XL_MARKER_STYLE
    from pptx.util import Pt

    series.smooth = False
    series.format.line.color.rgb = rgb(colour)
    series.format.line.width = Pt(3)
    series.marker.style = XL_MARKER_STYLE.CIRCLE if has_markers else XL_MARKER_STYLE.NONE
    if has_markers:
        series.marker.size = 7
        fill(series.marker.format, colour)


def pale_point(point: Any, colour: str) -> None:
    """The stretch that leads to an incomplete period is dashed, its marker hollow."""
    from pptx.enum.chart import XL_MARKER_STYLE
    from pptx.enum.dml import MSO_LINE
    from pptx.util import Pt

    point.format.line.color.rgb = rgb(colour)
    point.format.line.width, point.format.line.dash_style = Pt(2.5), MSO_LINE.DASH
    point.marker.style, point.marker.size = XL_MARKER_STYLE.CIRCLE, 9
    point.marker.format.fill.solid()
    point.marker.format.fill.fore_color.rgb = rgb(LIGHT.paper)
    point.marker.format.line.color.rgb = rgb(colour)


def end_label(point: Any, colour: str, code: str, offset: float, *, is_named: bool) -> None:
    """Value, and among several lines the name, right of a line's last point; they follow the data when it is edited."""
    from pptx.enum.chart import XL_LABEL_POSITION
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls, qn

    label = point.data_label
    text_look(label.font, readable(colour, LIGHT), LABEL_PT, bold=True)
    label.position = XL_LABEL_POSITION.RIGHT
    element = label._dLbl
    shown = {"showVal": "1", "showSerName": "1" if is_named else "0", "showLegendKey": "0", "showCatName": "0"}
    for tag, value in shown.items():
        element.find(qn(f"c:{tag}")).set("val", value)
    number = element.makeelement(qn("c:numFmt"), {"formatCode": code, "sourceLinked": "0"})
    next(element.iter(qn("c:spPr"), qn("c:txPr"))).addprevious(number)
    for body in element.iter(qn("a:bodyPr")):
        body.set("wrap", "none")
    separator = element.makeelement(qn("c:separator"), {})
    separator.text = "  "
    element.append(separator)
    if abs(offset) > 0.001:
        place = f'<c:manualLayout><c:x val="0"/><c:y val="{offset:.4f}"/></c:manualLayout>'
        element.find(qn("c:idx")).addnext(parse_xml(f'<c:layout {nsdecls("c")}>{place}</c:layout>'))
    both_fonts(element)


def text_label(point: Any, text: str, size: int, *, is_turned: bool = False) -> None:
    """The amount of a step, written into the unseen part beyond its moving end; turned, it reads upwards."""
    from pptx.enum.chart import XL_LABEL_POSITION

    frame = point.data_label.text_frame
    frame.text = text
    text_look(frame.paragraphs[0].runs[0].font, LIGHT.ink, size, bold=True)
    point.data_label.position = XL_LABEL_POSITION.CENTER
    frame._txBody.bodyPr.set("wrap", "none")
    if is_turned:
        frame._txBody.bodyPr.set("rot", QUARTER_TURN)
        frame._txBody.bodyPr.set("vert", "horz")
    both_fonts(point.data_label._dLbl)
