"""Where the parts of a slide's chart stand: PowerPoint measures nothing for us, so widths are estimated here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cs_kpi.charts.figure import Figure
from cs_kpi.charts.geometry import apart
from cs_kpi.charts.layout import HORIZONTAL, NUMERIC
from cs_kpi.charts.scale import Axis, axis_title, value_unit
from cs_kpi.charts.words import category_names, marked_names, outer_inner, width_em
from cs_kpi.export.labels import fits, shortened, within
from cs_kpi.locale import Language
from cs_kpi.locale.formats import MONEY_SCALE
from cs_kpi.settings import MoneyUnit

TEXT_PT, LABEL_PT = 14, 14
CATEGORY_PTS = (14, 12, 11)  # the largest at which every name fits
MONTH_PTS, TURNED_PTS = (14, 12, 11, 10), (12, 11, 10, 9, 8)
TURNED_EM, TURNED_LINE = 9.0, 1.15
PT = 12_700  # EMU in a point
USUAL_HEIGHT = round(4.6 * 914_400)
"""EMU, of a chart for which the shares below are made; in a lower one words stay as high as they are."""
PLOT_RIGHT, PLOT_BOTTOM, PLOT_BOTTOM_NUMBERS, PLOT_BOTTOM_THINNED = 0.99, 0.83, 0.865, 0.9
"""Shares of the chart: room for three lines of labels, for numbers and their name, for one line."""
TOP_LEGEND, LEGEND_ROW, TOP_TITLE, TOP_BARE = 0.14, 0.06, 0.1, 0.05
UNIT_HEIGHT = 0.105
TOP_MARKED, MARKER_WORDS = 0.13, 0.05
MOST_TOP, LEAST_BOTTOM = 0.4, 0.6
ROW_PTS, LEAST_WHOLE_PT = (14, 12, 11, 10, 9), 10
ROW_NAME_EM, WIDEST_NAMES, MOST_RIGHT = 16.0, 0.36, 0.38
ROW_LINE, ROW_GAP = 1.4, 0.2  # height of a line and between rows in font sizes
SHORT_EM = 7.0  # periods; only longer names are broken
NAME_ROOM, LINE_ROOM, CHAR_ROOM, BOLD_ROOM = 1.4, 1.25, 1.12, 1.2
"""Fonts of the reader may be wider than those measured; a period that fills its place is broken by LibreOffice."""
MOST_BROKEN, LEAST_LINE_EM, MARK_ROOM = 16, 5.0, 1.1
"""More names than these, and into shorter lines, are thinned out rather than cut."""
STEPS = (1, 2, 3, 6, 12, 24, 36, 60, 120)


@dataclass(frozen=True, slots=True)
class Plot:
    """Where the plot stands inside the chart, as shares of it; category labels are thinned to one in `step`.

    names : of the categories as they are written, with their line breaks; unit : how far down the unit stands
    amount_pt : size of the amounts behind rows; is_turned : the names read upwards
    """

    left: float
    top: float
    right: float
    bottom: float
    step: int
    category_pt: int
    names: tuple[str, ...]
    unit: float
    amount_pt: int = LABEL_PT
    is_turned: bool = False


def plot_place(figure: Figure, axis: Axis, language: Language, money_unit: MoneyUnit, size: tuple[int, int], *,
               legend_rows: int, right_em: float) -> Plot:
    """Room for the numbers or names on the left, for legend, unit and words of markers above, for labels below."""
    width, height = size
    lower = max(USUAL_HEIGHT / height, 1.0)
    has_title = bool(axis_title(figure, language, money_unit))
    top = TOP_LEGEND + LEGEND_ROW * (legend_rows - 1) if legend_rows else TOP_TITLE if has_title else TOP_BARE
    if figure.kind in HORIZONTAL:
        return _beside_names(figure, language, size, lower, top if legend_rows else TOP_BARE)
    if figure.markers or figure.kind == "fan":
        top = max(top + (legend_rows > 0) * MARKER_WORDS, TOP_MARKED)
    top = min(top * lower, MOST_TOP)
    unit = max(top - UNIT_HEIGHT * lower, 0.0)
    left = min((ticks_em(figure, axis, money_unit) * TEXT_PT * CHAR_ROOM + 12) * PT / width, 0.25)
    right = PLOT_RIGHT - min((right_em * LABEL_PT * BOLD_ROOM + 8) * PT / width if right_em else 0.0, MOST_RIGHT)
    if figure.kind in NUMERIC:
        return Plot(left, top, right, _raised(PLOT_BOTTOM, lower), 1, TEXT_PT, (), unit)
    step, pt, names = category_labels(figure, language, (right - left) * width / PT)
    if step > 1 and figure.kind == "waterfall" and (turned := _upwards(figure, language, (right - left) * width / PT)):
        pt, names = turned
        under = (max(map(width_em, names)) * pt * CHAR_ROOM + 12) * PT / height
        return Plot(left, top, right, 1 - under, 1, pt, tuple(names), unit, is_turned=True)
    bottom = _raised(PLOT_BOTTOM if step == 1 else PLOT_BOTTOM_THINNED, lower)
    return Plot(left, top, right, bottom, step, pt, tuple(names), unit)


def _raised(bottom: float, lower: float) -> float:
    return max(1 - (1 - bottom) * lower, LEAST_BOTTOM)


def _beside_names(figure: Figure, language: Language, size: tuple[int, int], lower: float, top: float) -> Plot:
    """Right of the names of rows, which take more lines where they are long and there is room for them."""
    width, height = size
    count = max(len(figure.categories), 1)
    top, bottom = min(top * lower, MOST_TOP), _raised(
        PLOT_BOTTOM_NUMBERS if value_unit(figure) == "share" else PLOT_BOTTOM_THINNED, lower)
    names, pitch = marked_names(figure, language), (bottom - top) * height / PT / count
    sizes = [pt for pt in ROW_PTS if (ROW_LINE + ROW_GAP) * pt <= pitch] or list(ROW_PTS[-1:])
    most = WIDEST_NAMES * width / PT - 12
    pt = next((pt for pt in sizes if pt >= LEAST_WHOLE_PT
               and all(fits(name, most / pt / CHAR_ROOM, _lines(pitch, pt)) for name in names)), sizes[0])
    lines, widest_em = _lines(pitch, pt), most / pt / CHAR_ROOM
    line_em = next((em for em in (ROW_NAME_EM, (ROW_NAME_EM + widest_em) / 2) if em < widest_em
                    and all(fits(name, em, lines) for name in names)), widest_em)
    names = within(names, line_em, lines)
    widest = max((width_em(line) for name in names for line in name.split("\n")), default=1.0)
    left = (widest * pt * CHAR_ROOM + 12) * PT / width
    return Plot(left, top, PLOT_RIGHT, bottom, 1, pt, tuple(names), max(top - UNIT_HEIGHT * lower, 0.0), sizes[0])


def _lines(pitch: float, pt: int) -> int:
    """How many lines of a name stand beside a row."""
    return max(1, min(3, int((pitch / pt - ROW_GAP) / ROW_LINE)))


def ticks_em(figure: Figure, axis: Axis, money_unit: MoneyUnit) -> float:
    """Width of the widest number on the axis, which is written out in full on slides."""
    scale = MONEY_SCALE[money_unit] if figure.unit == "money" else 0.01 if figure.unit == "share" else 1
    step = axis.step / scale
    decimals = next((n for n in range(6) if abs(round(step, n) - step) < 1e-9), 6)
    suffix = "%" if figure.unit == "share" else ""
    return max(width_em(f"{tick / scale:,.{decimals}f}{suffix}") for tick in (axis.low, axis.high))


def category_labels(figure: Figure, language: Language, width_pt: float) -> tuple[int, int, list[str]]:
    """Every how many-th name is shown, its size in pt, and the names in their lines.

    All of them while they fit, long ones in more lines; many are thinned out, few are cut.
    """
    whole = marked_names(figure, language)
    names, slot_pt = category_names(figure, language), width_pt / max(len(whole), 1)
    marks = [mark[len(name) + 1:] for name, mark in zip(names, whole, strict=True)]
    longest = max(map(width_em, names), default=1.0)
    mark_em = max(map(width_em, marks), default=0.0) * MARK_ROOM
    for lines in (1, 2):
        if lines == 2 and (found := _years_under_months(names, marks, slot_pt)):
            return found
        for size in CATEGORY_PTS:
            em = slot_pt / size / (NAME_ROOM if lines == 1 else LINE_ROOM)
            may_break = lines == 2 and longest > SHORT_EM
            if lines == 1 and all(width_em(name) <= em for name in whole):
                return 1, size, whole
            if mark_em <= em and (longest <= em or (may_break and all(fits(name, em, 2) for name in names))):
                return 1, size, _marked(within(names, em, lines), marks)
    em = slot_pt / CATEGORY_PTS[-1] / LINE_ROOM
    if figure.kind == "waterfall" and not any(marks) and all(fits(name, em, 3) for name in names):
        return 1, CATEGORY_PTS[-1], within(names, em, 3)
    if longest > SHORT_EM and len(names) <= MOST_BROKEN and em >= max(LEAST_LINE_EM, mark_em):
        return 1, CATEGORY_PTS[-1], _marked(within(names, em, 2 if any(marks) else 3), marks)
    size = CATEGORY_PTS[1]
    one_line = min(longest, SHORT_EM) + 1
    step = next((step for step in STEPS[1:] if step * slot_pt >= one_line * size), STEPS[-1])
    return step, size, _marked(shortened(names, step * slot_pt / size / LINE_ROOM), marks)


def _years_under_months(names: list[str], marks: list[str], slot_pt: float) -> tuple[int, int, list[str]] | None:
    """Every month, its year under the first of each; None where the names are no months, or even so too wide.

    The word of what is not complete goes where it is too wide: its bar is pale, and the footer names its month.
    """
    whole = outer_inner(names)
    if whole is None:
        return None
    short = [(_short_year(outer), inner) for outer, inner in whole]
    found = next(((size, pairs) for pairs, room in ((whole, NAME_ROOM), (short, LINE_ROOM)) for size in MONTH_PTS
                  if max(max(width_em(inner) * LINE_ROOM, width_em(outer) * room) for outer, inner in pairs) * size
                  <= slot_pt), None)
    if found is None:
        return None
    size, pairs = found
    has_room = max(map(width_em, marks), default=0.0) * MARK_ROOM * LINE_ROOM * size <= slot_pt
    shown = [inner if place and pairs[place - 1][0] == outer else f"{inner}\n{outer}"
             for place, (outer, inner) in enumerate(pairs)]
    return 1, size, _marked(shown, marks) if has_room else shown


def _short_year(year: str) -> str:
    """The year by its last two digits.

    >>> _short_year("2024年度"), _short_year("2024")
    ('24年度', '’24')
    """
    return re.sub(r"^\d\d(\d\d)$", r"’\1", year) if year.isdigit() else re.sub(r"\d\d(\d\d)", r"\1", year)


def _upwards(figure: Figure, language: Language, width_pt: float) -> tuple[int, list[str]] | None:
    """Size and names of steps that read upwards: every one is named; None where even so they would touch."""
    names = marked_names(figure, language)
    size = next((size for size in TURNED_PTS if size * TURNED_LINE * len(names) <= width_pt), None)
    return None if size is None else (size, shortened(names, TURNED_EM))


def _marked(names: list[str], marks: list[str]) -> list[str]:
    """The word of what is not complete in a line of its own."""
    return [f"{name}\n{mark}" if mark else name for name, mark in zip(names, marks, strict=True)]


def end_offsets(values: Sequence[float], axis: Axis, place: Plot, height: int) -> list[float]:
    """How far down each label moves from its point to keep clear of the others and of the axis, as shares of the
    chart's height.
    """
    plot = (place.bottom - place.top) * height
    per_value = plot / (axis.high - axis.low)
    places = [(axis.high - value) * per_value for value in values]
    line = LABEL_PT * 1.5 * PT
    moved = apart(places, line, 0, max(plot - line / 2, 0.0))
    return [(after - before) / height for before, after in zip(places, moved, strict=True)]
