"""Tables of words on slides: columns as wide as their words ask for, long lists over several slides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from cs_kpi.charts.theme import LIGHT, readable
from cs_kpi.charts.words import cut, plain, width_em, wrapped
from cs_kpi.deck.content import Grid
from cs_kpi.export.canvas import Box
from cs_kpi.export.chart_xml import EDITING
from cs_kpi.export.plot import CHAR_ROOM, PT
from cs_kpi.export.table_xml import Cell, add_table
from cs_kpi.locale import Language

SIZES_PT = (14, 12, 11, 10)
CELL_MARGIN = 6 * PT
LINE = 1.35
PADDING = 7 * PT
"""Above and below the words of a row, together."""
NARROWEST_EM, LONGEST_EM, WIDE_EM = 2.5, 16.0, 30.0
UNBROKEN_EM = 6.5
"""Words of a head up to so wide stand in one line."""
GIVES_WAY = 0.55
"""To what share of what it would like a column of sentences shrinks before words get smaller."""
LEAST_OF_WIDE = 0.4
"""To what share of what it would like a column of sentences shrinks before numbers and names get less room."""
MOST_LINES = {False: 2, True: 4}
"""Of a cell, by whether its column is one of sentences."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a cell, and about how many lines they take."""

    text: str
    lines: int


@dataclass(frozen=True, slots=True)
class Planned:
    """How a table is set: the size of its words, the widths of its columns, and the words of every row."""

    size: int
    widths: tuple[int, ...]
    heads: tuple[Words, ...]
    rows: tuple[tuple[Words, ...], ...]

    def height(self, row: tuple[Words, ...]) -> int:
        return round(max(words.lines for words in row) * self.size * LINE * PT) + PADDING


def planned(grid: Grid, language: Language, width: int) -> Planned:
    """The largest size at which the columns find room."""
    heads = [plain(head, language) for head in grid.heads]
    texts = [[plain(text, language) for text in row] for row in grid.rows]
    columns = list(zip(heads, *texts, strict=True)) if texts else [(head,) for head in heads]
    wanted = [_wanted(column, is_wide=place in grid.wide) for place, column in enumerate(columns)]
    for size in SIZES_PT:
        room = width / PT / size / CHAR_ROOM - len(wanted) * 2 * CELL_MARGIN / PT / size
        least = sum(want * (GIVES_WAY if place in grid.wide else 1.0) for place, want in enumerate(wanted))
        if least <= room or size == SIZES_PT[-1]:
            break
    least_em = [LEAST_OF_WIDE * want if place in grid.wide else min(want, _unbroken(column[1:]))
                for place, (want, column) in enumerate(zip(wanted, columns, strict=True))]
    widths_em = _shared(wanted, least_em, [place in grid.wide for place in range(len(wanted))], room)
    return Planned(size, tuple(round(em * size * CHAR_ROOM * PT) + 2 * CELL_MARGIN for em in widths_em),
                   tuple(_words(text, em, 2) for text, em in zip(heads, widths_em, strict=True)),
                   tuple(tuple(_words(text, em, MOST_LINES[place in grid.wide])
                               for place, (text, em) in enumerate(zip(row, widths_em, strict=True)))
                         for row in texts))


def _wanted(column: tuple[str, ...], *, is_wide: bool) -> float:
    """How wide a column would like to be; its head may take two lines, and breaks no short word."""
    head, *texts = column
    short = [em for em in map(width_em, head.split()) if em <= UNBROKEN_EM]
    longest = max([width_em(head) / 1.7, *short, *map(width_em, texts)])
    return max(NARROWEST_EM, min(longest, WIDE_EM if is_wide else LONGEST_EM) + 0.4)


def _unbroken(texts: tuple[str, ...]) -> float:
    """How wide the numbers and dates of a column are, which nobody reads in two lines."""
    longest = max((width_em(text) for text in texts if text.isascii() and " " not in text), default=0.0)
    return max(NARROWEST_EM, longest + 0.6)


def _shared(wanted: list[float], least: list[float], is_wide: list[bool], room: float) -> list[float]:
    """The room that each column gets: wide ones take what is left, or give way first; then all down to their least."""
    spare = room - sum(wanted)
    flexible = [want for want, wide in zip(wanted, is_wide, strict=True) if wide]
    if spare >= 0:
        takers = is_wide if any(is_wide) else [True] * len(wanted)
        whole = sum(want for want, takes in zip(wanted, takers, strict=True) if takes)
        most = 0.6 if not any(is_wide) else 1.0
        return [want + spare * most * want / whole if takes else want
                for want, takes in zip(wanted, takers, strict=True)]
    if flexible and -spare <= (1 - LEAST_OF_WIDE) * sum(flexible):
        factor = 1 + spare / sum(flexible)
        return [want * factor if wide else want for want, wide in zip(wanted, is_wide, strict=True)]
    if room < sum(least):
        return [want * room / sum(wanted) for want in wanted]
    share = (room - sum(least)) / (sum(wanted) - sum(least))
    return [low + (want - low) * share for low, want in zip(least, wanted, strict=True)]


def _words(text: str, em: float, most: int) -> Words:
    """The text, cut where it would take more lines than that."""
    lines = wrapped(text, em)
    if len(lines) <= most:
        return Words(text, len(lines))
    kept, limit = text, em * most * 0.9
    while len(wrapped(kept, em)) > most:
        kept, limit = cut(text, limit), limit * 0.93
    return Words(kept, most)


def parts(grid: Grid, language: Language, width: int, height: int) -> Iterator[tuple[Grid, Planned]]:
    """The table in as many pieces as slides of that height need; every piece has some row."""
    plan = planned(grid, language, width)
    begin, left = 0, height - plan.height(plan.heads)
    for place, row in enumerate(plan.rows):
        if plan.height(row) > left and place > begin:
            yield _piece(grid, plan, begin, place)
            begin, left = place, height - plan.height(plan.heads)
        left -= plan.height(row)
    yield _piece(grid, plan, begin, len(plan.rows))


def _piece(grid: Grid, plan: Planned, begin: int, end: int) -> tuple[Grid, Planned]:
    roles = {(row - begin, column): role for (row, column), role in grid.roles.items() if begin <= row < end}
    return replace(grid, rows=grid.rows[begin:end], roles=roles), replace(plan, rows=plan.rows[begin:end])


def grid_table(slide: Any, grid: Grid, plan: Planned, language: Language, box: Box) -> Any:
    """One piece as a table on the slide; returns its shape."""
    rows = [[_cell(words, plan.size - 1, LIGHT.muted, place in grid.numbers, rule=LIGHT.muted)
             for place, words in enumerate(plan.heads)]]
    for number, row in enumerate(plan.rows):
        rows.append([_cell(words, plan.size, readable(LIGHT.roles[grid.roles[number, place]], LIGHT)
                           if (number, place) in grid.roles else LIGHT.ink, place in grid.numbers,
                           bold=place == 0 or (number, place) in grid.roles) for place, words in enumerate(row)])
    heights = [plan.height(plan.heads), *(plan.height(row) for row in plan.rows)]
    return add_table(slide, box, plan.widths, heights, rows, CELL_MARGIN, EDITING[language])


def _cell(words: Words, size: int, ink: str, is_number: bool, *, rule: str = LIGHT.grid, bold: bool = False) -> Cell:
    return Cell(words.text, ink, size, "right" if is_number else "left", None, rule, bold, wraps=True)
