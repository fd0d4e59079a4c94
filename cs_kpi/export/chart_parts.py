"""Parts of a slide's chart that only some kinds have: whiskers, lines over areas, rows, numeric axes, free labels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cs_kpi.charts.scale import Axis
from cs_kpi.charts.theme import LIGHT
from cs_kpi.charts.words import width_em
from cs_kpi.export.chart_xml import both_fonts, no_fill, placed, rgb, text_look, thinned
from cs_kpi.export.codes import axis_code
from cs_kpi.export.plot import BOLD_ROOM, LABEL_PT, TEXT_PT
from cs_kpi.locale.formats import Unit
from cs_kpi.settings import MoneyUnit

TICK_STEPS, TICK_GAP_PT = (1, 2, 4, 5, 10, 20), 8
BEFORE_WHISKERS = ("c:idx", "c:order", "c:tx", "c:spPr", "c:invertIfNegative", "c:pictureOptions", "c:dPt", "c:dLbls",
                   "c:trendline")
"""What stands before c:errBars in a series of bars."""


def whiskers(series: Any, below: Sequence[float | None], above: Sequence[float | None]) -> None:
    """Error bars of their own length at every point: how far the limits lie below and above the value."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls, qn

    parts = "".join(f'<c:{tag}><c:numLit><c:formatCode>General</c:formatCode><c:ptCount val="{len(lengths)}"/>'
                    + "".join(f'<c:pt idx="{i}"><c:v>{length!r}</c:v></c:pt>'
                              for i, length in enumerate(lengths) if length is not None)
                    + f"</c:numLit></c:{tag}>" for tag, lengths in (("plus", above), ("minus", below)))
    bars = parse_xml(f'<c:errBars {nsdecls("c", "a")}><c:errBarType val="both"/><c:errValType val="cust"/>'
                     f'<c:noEndCap val="0"/>{parts}<c:spPr><a:ln w="19050"><a:solidFill>'
                     f'<a:srgbClr val="{LIGHT.ink.lstrip("#")}"/></a:solidFill></a:ln></c:spPr></c:errBars>')
    element = series._element
    before = [child for child in element if child.tag in {qn(tag) for tag in BEFORE_WHISKERS}]
    before[-1].addnext(bars)


def lines_over_areas(chart: Any, first: int) -> None:
    """The series from number `first` on become lines on the same axes: PowerPoint's combined area and line chart."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls, qn

    areas = chart._chartSpace.chart.plotArea.find(qn("c:areaChart"))
    lines = parse_xml(f'<c:lineChart {nsdecls("c")}><c:grouping val="standard"/><c:varyColors val="0"/>'
                      f'<c:marker val="1"/></c:lineChart>')
    for series in areas.findall(qn("c:ser"))[first:]:
        series.append(series.makeelement(qn("c:smooth"), {"val": "0"}))
        lines.find(qn("c:marker")).addprevious(series)
    for axis in areas.findall(qn("c:axId")):
        lines.append(axis.makeelement(axis.tag, dict(axis.attrib)))
    areas.addnext(lines)
    chart._chartSpace.chart.find(qn("c:dispBlanksAs")).set("val", "gap")
    for between in chart._chartSpace.iter(qn("c:crossBetween")):
        between.set("val", "between")


def rows_downwards(chart: Any, axis: Axis, unit: Unit, money_unit: MoneyUnit, size: int) -> None:
    """Rows in their order from the top, every one with its name; the axis of values is dressed by `row_values`."""
    from pptx.enum.chart import XL_TICK_LABEL_POSITION, XL_TICK_MARK
    from pptx.oxml.ns import qn

    names, values = chart.category_axis, chart.value_axis
    names.reverse_order = True
    names.tick_label_position, names.major_tick_mark = XL_TICK_LABEL_POSITION.LOW, XL_TICK_MARK.NONE
    names.format.line.color.rgb = rgb(LIGHT.muted)
    text_look(names.tick_labels.font, LIGHT.ink, size)
    thinned(names, 1)
    number_axis(values, axis, unit, money_unit, has_grid=False)
    values.format.line.fill.background()
    values.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    values._element.find(qn("c:crosses")).set("val", "max")  # the last row is the lowest


def row_values(chart: Any, axis: Axis, high: float, width_pt: float) -> None:
    """Numbers under the rows, up to where the values end: behind it the axis reaches on to `high` for words alone."""
    from pptx.enum.chart import XL_TICK_LABEL_POSITION

    values = chart.value_axis
    code = values.tick_labels.number_format
    widest = width_em(f"{axis.high:.0%}") * TEXT_PT * BOLD_ROOM + TICK_GAP_PT
    of_one, whole = axis.step * width_pt / (high - axis.low), round(1 / axis.step)
    values.major_unit = axis.step * next((times for times in TICK_STEPS if times * of_one >= widest
                                          and whole % times == 0), max(whole, 1))  # 100 % is always named
    values.tick_labels.number_format = f"[>{axis.high + axis.step / 2:g}]\"\";{code}"
    values.tick_label_position = XL_TICK_LABEL_POSITION.NEXT_TO_AXIS


def number_axis(of: Any, axis: Axis, unit: Unit, money_unit: MoneyUnit, *, has_grid: bool) -> None:
    """An axis of numbers: from, to, step and format."""
    from pptx.enum.chart import XL_TICK_LABEL_POSITION, XL_TICK_MARK
    from pptx.oxml.ns import qn

    of.minimum_scale, of.maximum_scale, of.major_unit = axis.low, axis.high, axis.step
    of.has_major_gridlines = has_grid
    if has_grid:
        of.major_gridlines.format.line.color.rgb = rgb(LIGHT.grid)
        of.format.line.fill.background()
    else:
        of.format.line.color.rgb = rgb(LIGHT.muted)
    of.major_tick_mark, of.tick_label_position = XL_TICK_MARK.NONE, XL_TICK_LABEL_POSITION.LOW
    of.tick_labels.number_format, of.tick_labels.number_format_is_linked = axis_code(axis, unit, money_unit), False
    text_look(of.tick_labels.font, LIGHT.muted, TEXT_PT)
    of._element.find(qn("c:txPr")).bodyPr.set("rot", "0")  # level: where they are too many, some are left out


def name_below(axis: Any, title: str, x: float, y: float) -> None:
    """The name of a numeric axis, under its numbers."""
    axis.has_title = True
    axis.axis_title.text_frame.text = title
    text_look(axis.axis_title.text_frame.paragraphs[0].runs[0].font, LIGHT.muted, TEXT_PT)
    placed(axis.axis_title._element, x, y)


def written(series: Any, texts: Sequence[str | None], colours: Sequence[str], position: Any,
            size: int = LABEL_PT) -> None:
    """Words at the points of a series that is not seen itself."""
    no_fill(series.format)
    for i, text in enumerate(texts):
        if not text:
            continue
        label = series.points[i].data_label
        label.text_frame.text = text
        text_look(label.text_frame.paragraphs[0].runs[0].font, colours[i], size, bold=True)
        label.position = position
        on_one_line(label._dLbl)
        both_fonts(label._dLbl)


def on_one_line(label: Any) -> None:
    """PowerPoint and LibreOffice break labels at about a fifth of the chart's width, whatever room there is."""
    from pptx.oxml.ns import qn

    for body in label.iter(qn("a:bodyPr")):
        body.set("wrap", "none")
