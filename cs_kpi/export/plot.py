"""Where the parts of a slide's chart stand: PowerPoint measures nothing for us, so widths are estimated here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cs_kpi.charts.figure import Figure
from cs_kpi.charts.geometry import apart
from cs_kpi.charts.layout import HORIZONTAL, NUMERIC
from cs_kpi.charts.scale import Axis, axis_title
from cs_kpi.charts.words import category_names, width_em
from cs_kpi.locale import Language
from cs_kpi.locale.formats import MONEY_SCALE
from cs_kpi.settings import MoneyUnit

TEXT_PT, LABEL_PT = 14, 14
CATEGORY_PTS = (14, 12, 11)  # the largest at which every name fits
PT = 12_700  # EMU in a point
PLOT_RIGHT, PLOT_BOTTOM, PLOT_BOTTOM_THINNED = 0.99, 0.83, 0.9  # shares of the chart: room for 3 lines of labels, for 1
TOP_LEGEND, TOP_TITLE, TOP_BARE = 0.14, 0.1, 0.05
TOP_MARKED, MARKER_WORDS = 0.13, 0.05
ROW_PTS = (14, 12, 11)
ROW_NAME_EM, WIDEST_NAMES = 16.0, 0.36
SHORT_EM = 7.0  # periods; only longer names are broken
NAME_ROOM, CHAR_ROOM = 1.05, 1.12  # fonts of the reader may be wider than those measured
STEPS = (1, 2, 3, 6, 12, 24, 36, 60, 120)


@dataclass(frozen=True, slots=True)
class Plot:
    """Where the plot stands inside the chart, as shares of it; category labels are thinned to one in `step`."""

    left: float
    top: float
    right: float
    bottom: float
    step: int
    category_pt: int


def plot_place(figure: Figure, axis: Axis, language: Language, money_unit: MoneyUnit, width: int, *, has_legend: bool,
               right_em: float) -> Plot:
    """Room for the numbers or names on the left, for legend, unit and words of markers above, for labels below."""
    has_title = bool(axis_title(figure, language, money_unit))
    top = TOP_LEGEND if has_legend else TOP_TITLE if has_title else TOP_BARE
    if figure.kind in HORIZONTAL:
        return _beside_names(figure, language, width, TOP_LEGEND if has_legend else TOP_BARE)
    if figure.markers or figure.kind == "fan":
        top = max(top + has_legend * MARKER_WORDS, TOP_MARKED)
    left = min((ticks_em(figure, axis, money_unit) * TEXT_PT * CHAR_ROOM + 12) * PT / width, 0.25)
    right = PLOT_RIGHT - min((right_em * LABEL_PT * CHAR_ROOM + 8) * PT / width if right_em else 0.0, 0.3)
    if figure.kind in NUMERIC:
        return Plot(left, top, right, PLOT_BOTTOM, 1, TEXT_PT)
    step, size = label_step(category_names(figure, language), (right - left) * width)
    return Plot(left, top, right, PLOT_BOTTOM if step == 1 else PLOT_BOTTOM_THINNED, step, size)


def _beside_names(figure: Figure, language: Language, width: int, top: float) -> Plot:
    """Right of the names of rows, which take two lines where they are long and there is room for it."""
    count = max(len(figure.categories), 1)
    size = ROW_PTS[0] if count <= 8 else ROW_PTS[1] if count <= 12 else ROW_PTS[2]
    longest = max((width_em(name) for name in category_names(figure, language)), default=1.0)
    needed = longest if count > 8 or longest <= ROW_NAME_EM else max(longest / 2 + 1, ROW_NAME_EM)
    left = min((needed * size * CHAR_ROOM + 12) * PT / width, WIDEST_NAMES)
    return Plot(left, top, PLOT_RIGHT, PLOT_BOTTOM_THINNED, 1, size)


def ticks_em(figure: Figure, axis: Axis, money_unit: MoneyUnit) -> float:
    """Width of the widest number on the axis, which is written out in full on slides."""
    scale = MONEY_SCALE[money_unit] if figure.unit == "money" else 0.01 if figure.unit == "share" else 1
    step = axis.step / scale
    decimals = next((n for n in range(6) if abs(round(step, n) - step) < 1e-9), 6)
    suffix = "%" if figure.unit == "share" else ""
    return max(width_em(f"{tick / scale:,.{decimals}f}{suffix}") for tick in (axis.low, axis.high))


def label_step(names: Sequence[str], width: float) -> tuple[int, int]:
    """Every how many-th name is shown, and its size in pt: all of them while they fit, long ones on two lines."""
    slot_pt = width / max(len(names), 1) / PT
    longest = max((width_em(name) for name in names), default=1.0) * NAME_ROOM
    for lines, room in ((1, longest), (2, max(longest / 2 + 1, SHORT_EM))):
        for size in CATEGORY_PTS:
            if room * size <= slot_pt and (lines == 1 or longest > SHORT_EM):
                return 1, size
    size = CATEGORY_PTS[1]
    one_line = min(longest, SHORT_EM) + 1
    return next((step for step in STEPS[1:] if step * slot_pt >= one_line * size), STEPS[-1]), size


def end_offsets(values: Sequence[float], axis: Axis, place: Plot, height: int) -> list[float]:
    """How far down each label moves from its point to keep clear of the others, as shares of the chart's height."""
    plot = (place.bottom - place.top) * height
    per_value = plot / (axis.high - axis.low)
    places = [(axis.high - value) * per_value for value in values]
    moved = apart(places, LABEL_PT * 1.5 * PT, 0, plot)
    return [(after - before) / height for before, after in zip(places, moved, strict=True)]
