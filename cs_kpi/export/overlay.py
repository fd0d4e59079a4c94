"""Thin lines with a few words over a slide's chart: what changed, where the projection starts, what is aimed at."""

from __future__ import annotations

from typing import Any

from cs_kpi.charts.amounts import label_amount
from cs_kpi.charts.figure import Marker
from cs_kpi.charts.geometry import first_projected, valid
from cs_kpi.charts.layout import HORIZONTAL, NUMERIC
from cs_kpi.charts.scale import x_axis
from cs_kpi.charts.theme import LIGHT
from cs_kpi.charts.words import cut, plain, width_em
from cs_kpi.export.canvas import WORDS_EM, Box, Native, fan_offsets, last_value, range_ends
from cs_kpi.export.chart_xml import both_fonts, rgb, text_look
from cs_kpi.export.legends import per_row
from cs_kpi.export.plot import CHAR_ROOM, PT
from cs_kpi.locale import Language, _

WORDS_PT = 12
LINE_HEIGHT = round(WORDS_PT * 1.5 * PT)
STARTS = _("Projection")
WITHOUT = HORIZONTAL | {"heatmap"}


def overlay(slide: Any, native: Native) -> None:
    """Shapes of their own, so that they can be moved and deleted."""
    if native.figure.kind in WITHOUT:
        return
    markers = list(native.figure.markers)
    first = first_projected(native.figure) if native.figure.kind == "fan" else None
    markers += [Marker(first, STARTS)] if first is not None else []
    taken: list[tuple[float, float]] = []
    for marker in sorted(markers, key=lambda one: one.at):
        share = place(native, marker.at)
        if share is not None:
            _marker(slide, native, share, plain(marker.label, native.language), taken)
    for line in native.figure.references:
        if valid(line.at) is not None and native.axis.low <= line.at <= native.axis.high:
            _reference(slide, native, line)
    if native.figure.kind == "fan":
        _ends_of_range(slide, native)


def key(slide: Any, native: Native, entries: list[tuple[str, str]]) -> None:
    """A legend in words: that of a chart would name the unseen series too."""
    left, top, width, _height = native.box
    in_row = per_row(native.names, width, WORDS_PT)
    rows = [entries[begin:begin + in_row] for begin in range(0, len(entries), in_row)]
    needed = max(sum(width_em(text) + 1 for text, _colour in row) for row in rows) * WORDS_PT * CHAR_ROOM * PT
    start = max(min(left + round(native.plot.left * width), left + width - round(needed)), left)
    box = slide.shapes.add_textbox(start, top, left + width - start, LINE_HEIGHT * len(rows))
    frame = box.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for n, row in enumerate(rows):
        paragraph = frame.paragraphs[0] if n == 0 else frame.add_paragraph()
        for place, (text, colour) in enumerate(row):
            for words, ink in ((text[:1], colour), (text[1:] + "　" * (place < len(row) - 1), LIGHT.ink)):
                run = paragraph.add_run()
                run.text = words
                text_look(run.font, ink, WORDS_PT)
    both_fonts(frame._txBody)


def above(slide: Any, text: str, x: int, y: int) -> None:
    """Words over a table."""
    _words(slide, text, x, y, round(width_em(text) * WORDS_PT * CHAR_ROOM * PT))


def nothing(slide: Any, language: Language, box: Box) -> Any:
    """In place of a chart that would be empty."""
    shape = slide.shapes.add_textbox(*box)
    shape.text_frame.text = _("No data.").text(language)
    text_look(shape.text_frame.paragraphs[0].runs[0].font, LIGHT.muted, WORDS_PT + 4)
    both_fonts(shape.text_frame._txBody)
    return shape


def place(native: Native, at: float) -> float | None:
    """Where a marker stands in the plot's width, 0 to 1: before a category, or at a number; None outside."""
    figure, count = native.figure, len(native.figure.categories)
    if valid(at) is None:
        return None
    if figure.kind in NUMERIC:
        axis = x_axis(figure)
        return (at - axis.low) / (axis.high - axis.low)
    if not 0 <= at < count:
        return None
    if figure.kind == "stacked_area" and count > 1:  # the only kind whose ends stand on the plot's edges
        return max((at - 0.5) / (count - 1), 0.0)
    return at / count


def _marker(slide: Any, native: Native, share: float, words: str, taken: list[tuple[float, float]]) -> None:
    left, top, width, height = native.box
    plot = native.plot
    x = left + round((plot.left + share * (plot.right - plot.left)) * width)
    y = top + round(plot.top * height)
    words = cut(words, WORDS_EM)
    wide = width_em(words) * WORDS_PT * CHAR_ROOM * PT
    begin = max(x - wide / 2, left + plot.left * width)  # left of it stands the unit
    level = 0 if all(begin > b or begin + wide < a for a, b in taken) else 1
    taken.append((begin, begin + wide))
    _rule(slide, (x, y), (x, top + round(plot.bottom * height)), words)
    if words:
        _words(slide, words, round(begin), y - LINE_HEIGHT * (1 + level), round(wide), is_centred=True)


def _reference(slide: Any, native: Native, line: Marker) -> None:
    left, _top, width, _height = native.box
    y, words = level_of(native, line.at), cut(plain(line.label, native.language), WORDS_EM)
    x = left + round(native.plot.left * width)
    _rule(slide, (x, y), (left + round(native.plot.right * width), y), words)
    if not words:
        return
    wide = round(width_em(words) * WORDS_PT * CHAR_ROOM * PT)
    if native.has_end_labels:
        _words(slide, words, x, y - LINE_HEIGHT, wide)
    else:
        beside = left + round(native.plot.right * width) + round(4 * PT)
        _words(slide, words, beside, y - LINE_HEIGHT // 2, wide)


def level_of(native: Native, value: float) -> int:
    """The height of a value on the slide, in EMU."""
    _left, top, _width, height = native.box
    share = (native.axis.high - value) / (native.axis.high - native.axis.low)
    return top + round((native.plot.top + share * (native.plot.bottom - native.plot.top)) * height)


def _ends_of_range(slide: Any, native: Native) -> None:
    """P10 and P90 beside the end of the fan, clear of the labels of its lines."""
    lines = [value for one in native.figure.series[1:] if (value := last_value(one.values)) is not None]
    _lines, offsets = fan_offsets(native, lines)
    x = native.box[0] + round(native.plot.right * native.box[2]) + round(4 * PT)
    for (name, value), offset in zip(range_ends(native), offsets, strict=True):
        words = f"{name}  {label_amount(native.figure, value, native.language, native.money_unit)}"
        y = level_of(native, value) + round(offset * native.box[3]) - LINE_HEIGHT // 2
        _words(slide, words, x, y, round((width_em(words) + 1) * WORDS_PT * CHAR_ROOM * PT))


def _rule(slide: Any, start: tuple[int, int], end: tuple[int, int], name: str) -> None:
    from pptx.enum.dml import MSO_LINE
    from pptx.enum.shapes import MSO_CONNECTOR
    from pptx.util import Pt

    line = slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *start, *end)
    line.line.color.rgb = rgb(LIGHT.ink)
    line.line.width, line.line.dash_style = Pt(1.25), MSO_LINE.DASH
    line.name = name or "Marker"


def _words(slide: Any, text: str, x: int, y: int, width: int, *, is_centred: bool = False) -> None:
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN

    box = slide.shapes.add_textbox(x, y, width, LINE_HEIGHT)
    frame = box.text_frame
    frame.word_wrap, frame.vertical_anchor = False, MSO_ANCHOR.MIDDLE
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.text = text
    frame.paragraphs[0].alignment = PP_ALIGN.CENTER if is_centred else PP_ALIGN.LEFT
    text_look(frame.paragraphs[0].runs[0].font, LIGHT.ink, WORDS_PT)
    both_fonts(frame._txBody)
