"""A heatmap on slides: a table with coloured cells, or a picture where a table could not be read."""

from __future__ import annotations

import io
from typing import Any

from cs_kpi.charts.amounts import label_amount, whole_amount
from cs_kpi.charts.geometry import valid
from cs_kpi.charts.heat import Heat, heat, text_on
from cs_kpi.charts.theme import LIGHT
from cs_kpi.charts.words import ITEM, cut, marked_names, plain, series_names, width_em
from cs_kpi.export.canvas import Native
from cs_kpi.export.chart_xml import EDITING
from cs_kpi.export.labels import shortened
from cs_kpi.export.overlay import above
from cs_kpi.export.plot import CHAR_ROOM, PT
from cs_kpi.export.table_xml import Cell, add_table
from cs_kpi.locale.formats import formatted

SIZES_PT = (14, 12, 11, 10)
LINE = 1.5  # height of a row in font sizes
NAME_EM, SHORTEST_NAME_EM, SIZE_EM, CELL_EM = 16.0, 8.0, 4.2, 6.0
HEAD_HEIGHT = 22 * PT
CELL_MARGIN = 4 * PT
CELL_ROOM = 1.3
"""As CHAR_ROOM, and more: a number that does not fit its cell would break, and its row grow over the footer."""


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
    count = len(figure.series) + 1
    size_width = round(SIZE_EM * size * PT) if has_sizes else 0
    cell_width = min((width - name_width - size_width) // max(len(figure.categories), 1), 9 * size * PT)
    widths = [name_width, *([size_width] if has_sizes else []), *[cell_width] * len(figure.categories)]
    row_height = min(height // count, round(size * LINE * 1.4 * PT))
    rows = [_heads(native, widths, size, has_sizes=has_sizes)]
    scale, names = heat(figure, LIGHT), row_names(native, layout)
    rows += [_row(native, scale, names[n], n, size, has_sizes=has_sizes, is_whole=is_whole)
             for n in range(len(figure.series))]
    return add_table(slide, (left, top, width, height), widths, [row_height] * count, rows, CELL_MARGIN,
                     EDITING[native.language])


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
        room = native.box[2] - name_width - round(SIZE_EM * size * PT)
        cell = room / max(len(heads), 1) - 2 * CELL_MARGIN
        head_em = max(map(width_em, heads), default=1.0)
        for is_whole in (False, True):
            texts = [_text(native, value, is_whole=is_whole) for value in values]
            needed = max([*map(width_em, texts), min(head_em, 6.0)]) * size * CELL_ROOM * PT
            if needed <= cell and not (is_whole and figure.unit != "share"):
                return size, _widened(native, name_width, longest, size, needed), is_whole
    return None


def _widened(native: Native, name_width: int, longest: float, size: int, cell: float) -> int:
    """The width of the names with what wide cells do not need, where they are longer."""
    cells = len(native.figure.categories) * max(cell + 2 * CELL_MARGIN, CELL_EM * size * PT)
    room = native.box[2] - round(SIZE_EM * size * PT) - round(cells)
    return max(name_width, min(round(longest * size * CHAR_ROOM * PT) + 2 * CELL_MARGIN, room))


def row_names(native: Native, layout: tuple[int, int, bool]) -> list[str]:
    """The names of the rows as they are written."""
    size, name_width, _is_whole = layout
    limit = (name_width - 2 * CELL_MARGIN) / PT / size / CHAR_ROOM
    return shortened(series_names(native.figure.series, native.language), limit)


def _text(native: Native, value: float, *, is_whole: bool) -> str:
    shown = whole_amount if is_whole else label_amount
    return shown(native.figure, value, native.language, native.money_unit)


def _heads(native: Native, widths: list[int], size: int, *, has_sizes: bool) -> list[Cell]:
    figure, language = native.figure, native.language
    corner = plain(figure.series_title, language) if figure.series_title else ITEM.text(language)
    cells = [Cell(cut(corner, widths[0] / PT / size / CHAR_ROOM), LIGHT.muted, size)]
    cells += [Cell("n", LIGHT.muted, size, "centre")] if has_sizes else []
    room = (widths[-1] - 2 * CELL_MARGIN) / PT / size / CHAR_ROOM
    return cells + [Cell(cut(name, max(room, 2.0)), LIGHT.muted, size, "centre")
                    for name in marked_names(figure, language)]


def _row(native: Native, scale: Heat, name: str, n: int, size: int, *, has_sizes: bool, is_whole: bool) -> list[Cell]:
    series = native.figure.series[n]
    cells = [Cell(name, LIGHT.ink, size)]
    if has_sizes:
        cells.append(Cell(formatted(series.size, "count", native.language), LIGHT.muted, size, "centre"))
    for value in map(valid, series.values):
        if value is None:
            cells.append(Cell("", LIGHT.ink, size, "centre"))
            continue
        colour = scale.colour(value)
        cells.append(Cell(_text(native, value, is_whole=is_whole), text_on(colour), size, "centre", colour))
    return cells


def _picture(slide: Any, native: Native) -> Any:
    """Drawn for the place it takes: as sharp as print, its names as large as they can be."""
    from cs_kpi.export.images import png_inside

    _left, _top, width, height = native.box
    picture = png_inside(native.figure, native.language, native.money_unit, width / height)
    return slide.shapes.add_picture(io.BytesIO(picture), *native.box)
