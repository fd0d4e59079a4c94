"""Slides as pictures for the page: charts as they are exported, tables with their first rows; no office program."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

from cs_kpi.charts.figure import Figure
from cs_kpi.charts.theme import EXPORT_FONT, LIGHT
from cs_kpi.charts.words import cut, plain, wrapped
from cs_kpi.deck.content import Grid
from cs_kpi.deck.making import Page
from cs_kpi.export.canvas import Box
from cs_kpi.export.grid_table import Planned, parts
from cs_kpi.export.images import png_inside, renderer
from cs_kpi.export.slides import footer_text, grid_footer
from cs_kpi.locale import Language
from cs_kpi.settings import MoneyUnit

WIDTH, HEIGHT, PT = 960, 540, 12_700
MARGIN, TOP, FOOT = 43, 118, 64
SHARP = 1.0


def preview(page: Page, language: Language, money_unit: MoneyUnit = "one") -> bytes:
    """The first slide of a page as a PNG of 16 : 9, in our own look."""
    content = page.content
    lines = wrapped(plain(page.note, language), (WIDTH - 2 * MARGIN) / 14 / 1.08)[:2] if page.note.strip() else []
    note = 22 * len(lines)
    box = (MARGIN, TOP, WIDTH - 2 * MARGIN, HEIGHT - TOP - FOOT - note)
    inside = (_picture(content, language, money_unit, box) if isinstance(content, Figure)
              else _table(content, language, box))
    footer = footer_text(content, language) if isinstance(content, Figure) else grid_footer(content, language)
    words = [_text(plain(content.title, language), MARGIN, 60, 26, LIGHT.ink, bold=True)]
    if content.subtitle:
        words.append(_text(plain(content.subtitle, language), MARGIN, 92, 17, LIGHT.muted))
    words += [_text(line, MARGIN, HEIGHT - FOOT - note + 16 + 22 * place, 14, LIGHT.ink)
              for place, line in enumerate(lines)]
    words.append(_text(footer, MARGIN, HEIGHT - 28, 11, LIGHT.muted))
    drawn = (f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="{WIDTH}" '
             f'height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"><rect width="{WIDTH}" height="{HEIGHT}" '
             f'fill="{LIGHT.paper}"/>{inside}{"".join(words)}</svg>')
    return bytes(renderer().svg_to_png(drawn, scale=SHARP))


def _picture(figure: Figure, language: Language, money_unit: MoneyUnit, box: Box) -> str:
    import base64

    left, top, width, height = box
    data = base64.b64encode(png_inside(figure, language, money_unit, width / height, 1.2)).decode()
    return (f'<image x="{left}" y="{top}" width="{width}" height="{height}" preserveAspectRatio="xMidYMid meet" '
            f'xlink:href="data:image/png;base64,{data}"/>')


def _table(grid: Grid, language: Language, box: Box) -> str:
    left, top, width, height = box
    _piece, plan = next(iter(parts(grid, language, width * PT, height * PT)))
    drawn, y = [_row(grid, plan, plan.heads, left, top, LIGHT.muted)], float(top)
    for row in (plan.heads, *plan.rows):
        y += plan.height(row) / PT
        drawn.append(f'<rect x="{left}" y="{y:.1f}" width="{sum(plan.widths) / PT:.1f}" height="0.6" '
                     f'fill="{LIGHT.grid}"/>')
        if row is not plan.heads:
            drawn.append(_row(grid, plan, row, left, y - plan.height(row) / PT, LIGHT.ink))
    return "".join(drawn)


def _row(grid: Grid, plan: Planned, row: Any, left: float, top: float, ink: str) -> str:
    x, drawn = float(left), []
    for place, (words, wide) in enumerate(zip(row, plan.widths, strict=True)):
        width = wide / PT - 12
        is_number = place in grid.numbers
        for number, line in enumerate(wrapped(words.text, width / plan.size / 1.12)[:words.lines]):
            drawn.append(_text(line, x + 6 + (width if is_number else 0), top + plan.size * (1.3 + 1.35 * number),
                               plan.size, ink, is_right=is_number, room=width))
        x += wide / PT
    return "".join(drawn)


def _text(text: str, x: float, y: float, size: float, ink: str, *, bold: bool = False, is_right: bool = False,
          room: float = WIDTH - 2 * MARGIN) -> str:
    weight, anchor = ("bold" if bold else "normal"), ("end" if is_right else "start")
    return (f'<text x="{x:.1f}" y="{y:.1f}" font-family="{EXPORT_FONT}" font-size="{size}" font-weight="{weight}" '
            f'text-anchor="{anchor}" fill="{ink}">{escape(cut(text, room / size / 1.04))}</text>')
