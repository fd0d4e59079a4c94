"""A heatmap on slides: a table with coloured cells, or a picture where a table could not be read."""

from __future__ import annotations

import io
from typing import Any

from cs_kpi.charts.amounts import label_amount, whole_amount
from cs_kpi.charts.geometry import valid
from cs_kpi.charts.heat import heat, text_on
from cs_kpi.charts.theme import LIGHT
from cs_kpi.charts.words import ITEM, cut, marked_names, plain, series_names, width_em
from cs_kpi.export.canvas import Native
from cs_kpi.export.chart_xml import both_fonts, rgb, text_look
from cs_kpi.export.overlay import above
from cs_kpi.export.plot import CHAR_ROOM, PT
from cs_kpi.locale.formats import formatted

SIZES_PT = (14, 12, 11, 10)
LINE = 1.5  # height of a row in font sizes
NAME_EM, SHORTEST_NAME_EM = 16.0, 8.0
HEAD_HEIGHT = 22 * PT
CELL_MARGIN = 4 * PT
NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""PowerPoint's own table style without fills and lines."""


def heat_table(slide: Any, native: Native) -> Any:
    """The shape that was added."""
    layout = table_layout(native)
    if layout is None:
        return _picture(slide, native)
    size, name_width, is_whole = layout
    figure, (left, top, width, height) = native.figure, native.box
    if figure.category_title:
        words = plain(figure.category_title, native.language)
        above(slide, words, left + name_width, top - HEAD_HEIGHT // 2)
        top, height = top + HEAD_HEIGHT // 2, height - HEAD_HEIGHT // 2
    has_sizes = any(series.size is not None for series in figure.series)
    rows, leading = len(figure.series) + 1, 1 + has_sizes
    row_height = min(height // rows, round(size * LINE * 1.4 * PT))
    frame = slide.shapes.add_table(rows, leading + len(figure.categories), left, top, width, row_height * rows)
    grid = frame.table
    frame._element.graphic.graphicData.tbl.tblPr.find(
        "{http://schemas.openxmlformats.org/drawingml/2006/main}tableStyleId").text = NO_STYLE
    grid.first_row, grid.horz_banding = True, False
    size_width = round(4.2 * size * PT) if has_sizes else 0
    cell_width = (width - name_width - size_width) // max(len(figure.categories), 1)
    for column, wide in enumerate([name_width, *([size_width] if has_sizes else []),
                                   *[min(cell_width, 9 * size * PT)] * len(figure.categories)]):
        grid.columns[column].width = wide
    for row in grid.rows:
        row.height = row_height
    _heads(native, grid, size, has_sizes)
    for n in range(len(figure.series)):
        _row(native, grid, n, size, has_sizes=has_sizes, is_whole=is_whole)
    both_fonts(frame._element)
    return frame


def table_layout(native: Native) -> tuple[int, int, bool] | None:
    """Font size, width of the names, and whether decimals are left out; None where it is too much for a table."""
    figure = native.figure
    values = [value for series in figure.series for value in map(valid, series.values) if value is not None]
    heads = marked_names(figure, native.language)
    longest = max(map(width_em, series_names(figure.series, native.language)), default=SHORTEST_NAME_EM)
    for size in SIZES_PT:
        if (len(figure.series) + 1) * size * LINE * PT > native.box[3] - HEAD_HEIGHT // 2:
            continue
        name_width = round(min(max(longest, SHORTEST_NAME_EM), NAME_EM) * size * CHAR_ROOM * PT) + 2 * CELL_MARGIN
        room = native.box[2] - name_width - round(4.2 * size * PT)
        cell = room / max(len(heads), 1) - 2 * CELL_MARGIN
        head_em = max(map(width_em, heads), default=1.0)
        for is_whole in (False, True):
            texts = [_text(native, value, is_whole=is_whole) for value in values]
            needed = max([*map(width_em, texts), min(head_em, 6.0)]) * size * CHAR_ROOM * PT
            if needed <= cell and not (is_whole and figure.unit != "share"):
                return size, name_width, is_whole
    return None


def _text(native: Native, value: float, *, is_whole: bool) -> str:
    shown = whole_amount if is_whole else label_amount
    return shown(native.figure, value, native.language, native.money_unit)


def _heads(native: Native, grid: Any, size: int, has_sizes: bool) -> None:
    figure, language = native.figure, native.language
    corner = plain(figure.series_title, language) if figure.series_title else ITEM.text(language)
    limit = grid.columns[0].width / PT / size / CHAR_ROOM
    _write(grid.cell(0, 0), cut(corner, limit), size, LIGHT.muted, is_left=True)
    if has_sizes:
        _write(grid.cell(0, 1), "n", size, LIGHT.muted)
    for i, name in enumerate(marked_names(figure, language)):
        room = (grid.columns[i + 1 + has_sizes].width - 2 * CELL_MARGIN) / PT / size / CHAR_ROOM
        _write(grid.cell(0, i + 1 + has_sizes), cut(name, max(room, 2.0)), size, LIGHT.muted)


def _row(native: Native, grid: Any, n: int, size: int, *, has_sizes: bool, is_whole: bool) -> None:
    series, scale = native.figure.series[n], heat(native.figure, LIGHT)
    limit = (grid.columns[0].width - 2 * CELL_MARGIN) / PT / size / CHAR_ROOM
    name = series_names(native.figure.series, native.language)[n]
    _write(grid.cell(n + 1, 0), cut(name, limit), size, LIGHT.ink, is_left=True)
    if has_sizes:
        _write(grid.cell(n + 1, 1), formatted(series.size, "count", native.language), size, LIGHT.muted)
    for i, value in enumerate(map(valid, series.values)):
        cell = grid.cell(n + 1, i + 1 + has_sizes)
        if value is None:
            _write(cell, "", size, LIGHT.ink)
            continue
        colour = scale.colour(value)
        cell.fill.solid()
        cell.fill.fore_color.rgb = rgb(colour)
        _write(cell, _text(native, value, is_whole=is_whole), size, text_on(colour))


def _write(cell: Any, text: str, size: int, colour: str, *, is_left: bool = False) -> None:
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN

    cell.margin_left = cell.margin_right = CELL_MARGIN
    cell.margin_top = cell.margin_bottom = 0
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    frame = cell.text_frame
    frame.word_wrap = False
    frame.text = text
    paragraph = frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.LEFT if is_left else PP_ALIGN.CENTER
    text_look(paragraph.font, colour, size)
    for run in paragraph.runs:
        text_look(run.font, colour, size)


def _picture(slide: Any, native: Native) -> Any:
    """Drawn for the place it takes: as sharp as print, its names as large as they can be."""
    from cs_kpi.export.images import png_inside

    _left, _top, width, height = native.box
    picture = png_inside(native.figure, native.language, native.money_unit, width / height)
    return slide.shapes.add_picture(io.BytesIO(picture), *native.box)
