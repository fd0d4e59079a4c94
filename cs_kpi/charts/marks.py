"""What is drawn inside the axes, one list of layers per kind of figure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import altair as alt

from cs_kpi.charts.amounts import amount, is_signed, label_amount
from cs_kpi.charts.figure import Figure
from cs_kpi.charts.geometry import Part, apart, parts, runs, step_role, valid
from cs_kpi.charts.scale import Axis
from cs_kpi.charts.theme import DASH, EXPORT_WIDTH, INCOMPLETE_OPACITY, TEXT_SIZE, Theme, readable, step_colour
from cs_kpi.charts.words import INCOMPLETE, cut, width_em
from cs_kpi.locale import Language
from cs_kpi.settings import MoneyUnit

DIRECT_LABELS_UP_TO = 3
POINTS_UP_TO = 13
NAME_EM = 14.0
LABEL_GAP = TEXT_SIZE + 6
LEGEND_SYMBOL, LEGEND_MARGIN = 44, 90  # px: a symbol with its gaps; what stands beside the plot
BAR_WIDTH = "min(bandwidth('x') * 0.72, 96)"


@dataclass(frozen=True, slots=True)
class Pen:
    """A figure with everything decided that its layers share."""

    figure: Figure
    language: Language
    look: Theme
    money_unit: MoneyUnit
    height: int
    axis: Axis
    names: list[str]
    categories: list[str]
    colours: tuple[str, ...]
    x: alt.X
    y: Callable[[str], alt.Y]

    def layer(self, rows: Iterable[dict[str, object]], mark: alt.MarkDef, **encodings: Any) -> alt.Chart:
        return alt.Chart(alt.Data(values=list(rows)), mark=mark).encode(x=self.x, **encodings)

    def number(self, value: float | None, *, signed: bool = False) -> str:
        return amount(self.figure, value, self.language, self.money_unit, signed=signed)

    def short(self, value: float | None, *, signed: bool = False) -> str:
        return label_amount(self.figure, value, self.language, self.money_unit, signed=signed)

    @property
    def has_direct_labels(self) -> bool:
        last = [series.values[-1] if series.values else None for series in self.figure.series]
        fits = len(self.names) <= DIRECT_LABELS_UP_TO
        return fits and (self.figure.kind == "line" or all(valid(value) for value in last))

    @property
    def legend_columns(self) -> str:
        """As many as the room takes: the container's width, known before the plot's, or the picture's (0: one row)."""
        slot = round(max(map(width_em, self.names), default=1.0) * TEXT_SIZE) + LEGEND_SYMBOL
        fixed = max(1, (EXPORT_WIDTH - LEGEND_MARGIN) // slot)
        return (f"containerSize()[0] > 0 ? max(1, floor((containerSize()[0] - {LEGEND_MARGIN}) / {slot})) : "
                f"{fixed if fixed < len(self.names) else 0}")

    @property
    def colour(self) -> alt.Color:
        legend = None if self.has_direct_labels else alt.Legend(columns=alt.ExprRef(self.legend_columns))
        return alt.Color(field="series", type="nominal", legend=legend, title=None,
                         scale=alt.Scale(domain=self.names, range=list(self.colours)))


def lines(pen: Pen) -> list[alt.Chart]:
    rows = [row for n in range(len(pen.names)) for row in _stretches(pen, n)]
    complete = [row for row in rows if not row["incomplete"]]
    pale = [row for row in rows if row["incomplete"]]
    stroke: dict[str, Any] = {"type": "line", "strokeWidth": 2.5, "strokeJoin": "round", "strokeCap": "round"}
    detail = alt.Detail(field="run", type="nominal")
    drawn = [pen.layer(complete, alt.MarkDef(**stroke), y=pen.y("value"), color=pen.colour, detail=detail)]
    if pale:
        dashed = alt.MarkDef(**stroke | {"strokeDash": list(DASH), "opacity": 0.6})
        drawn.append(pen.layer(pale, dashed, y=pen.y("value"), color=pen.colour, detail=detail))
    return [*_intervals(pen), *drawn, *_points(pen), *_end_labels(pen, _last_values(pen), with_value=True)]


def _stretches(pen: Pen, n: int) -> list[dict[str, object]]:
    values = [valid(value) for value in pen.figure.series[n].values]
    found = runs([value is not None for value in values], pen.figure.incomplete)
    return [{"i": i, "series": pen.names[n], "value": values[i], "run": f"{n}.{k}", "incomplete": run.is_incomplete}
            for k, run in enumerate(found) for i in run.categories]


def _intervals(pen: Pen) -> list[alt.Chart]:
    """Faint bands behind the lines, cut off where they would squeeze the values."""
    rows: list[dict[str, object]] = []
    for n, series in enumerate(pen.figure.series):
        bounds = [(valid(a), valid(b)) for a, b in zip(series.low or (), series.high or (), strict=True)]
        present = [a is not None and b is not None for a, b in bounds]
        rows += [{"i": i, "series": pen.names[n], "low": bounds[i][0], "high": bounds[i][1], "run": f"{n}.{k}"}
                 for k, run in enumerate(runs(present, frozenset())) for i in run.categories]
    mark = alt.MarkDef(type="area", opacity=0.14, clip=True, line=False)
    return [pen.layer(rows, mark, y=pen.y("low"), y2=alt.Y2(field="high"), color=pen.colour,
                      detail=alt.Detail(field="run", type="nominal"))] if rows else []


def _points(pen: Pen) -> list[alt.Chart]:
    """A point at every value of a short line, else at its end and at values that stand alone."""
    rows = []
    for n, series in enumerate(pen.figure.series):
        values = [valid(value) for value in series.values]
        for i, value in enumerate(values):
            is_alone = all(values[k] is None for k in (i - 1, i + 1) if 0 <= k < len(values))
            if value is not None and (len(values) <= POINTS_UP_TO or is_alone or i == len(values) - 1):
                rows.append({"i": i, "series": pen.names[n], "value": value, "hollow": i in pen.figure.incomplete})
    full_mark = alt.MarkDef(type="point", filled=True, size=48, opacity=1)
    full = pen.layer([row for row in rows if not row["hollow"]], full_mark, y=pen.y("value"), color=pen.colour)
    hollow = [row for row in rows if row["hollow"]]
    open_mark = alt.MarkDef(type="point", filled=False, size=56, strokeWidth=2, opacity=1)
    return [full, *([pen.layer(hollow, open_mark, y=pen.y("value"), color=pen.colour)] if hollow else [])]


def _last_values(pen: Pen) -> list[tuple[int, float, float]]:
    """Series, its last value, and where the label is to stand."""
    found = []
    for n, series in enumerate(pen.figure.series):
        values = [value for value in map(valid, series.values) if value is not None]
        found += [(n, values[-1], values[-1])] if values else []
    return found


def _end_labels(pen: Pen, places: list[tuple[int, float, float]], *, with_value: bool) -> list[alt.Chart]:
    """Names at the right edge, moved apart where they would touch; the one name of a figure stands in its title."""
    if not pen.has_direct_labels or not places:
        return []
    per_px = (pen.axis.high - pen.axis.low) / pen.height
    moved = apart([place for _, _, place in places], LABEL_GAP * per_px, pen.axis.low, pen.axis.high)
    rows = [{"at": at, "text": _end_text(pen, n, value if with_value else None),
             "colour": readable(pen.colours[n], pen.look)} for (n, value, _), at in zip(places, moved, strict=True)]
    mark = alt.MarkDef(type="text", align="left", baseline="middle", dx=10, fontWeight=600)
    return [alt.Chart(alt.Data(values=rows), mark=mark).encode(
        x=alt.value("width"), y=pen.y("at"), text=alt.Text(field="text", type="nominal"),
        color=alt.Color(field="colour", type="nominal", scale=None))]


def _end_text(pen: Pen, series: int, value: float | None) -> str:
    named = [cut(pen.names[series], NAME_EM)] if len(pen.names) > 1 or value is None else []
    return "  ".join([*named, *([pen.short(value)] if value is not None else [])])


def bars(pen: Pen) -> list[alt.Chart]:
    found = parts(pen.figure)
    rows = [_part_row(pen, part) | {"series": pen.names[part.series], "colour": pen.colours[part.series]}
            for part in found]
    last = [(part.series, part.value, (part.start + part.end) / 2)
            for part in found if part.category == len(pen.categories) - 1]
    labels = _end_labels(pen, last, with_value=False) if len(pen.names) > 1 else []
    return [*_bar_layers(pen, rows, pen.colour), _zero(pen), *labels]


def _bar_layers(pen: Pen, rows: list[dict[str, object]], colour: alt.Color) -> list[alt.Chart]:
    """Bars; incomplete ones paler, with a dashed outline in their colour."""
    ends = {"y": pen.y("start"), "y2": alt.Y2(field="end"), "color": colour}
    width: dict[str, Any] = {"width": alt.ExprRef(BAR_WIDTH)}
    full = alt.MarkDef(type="bar", stroke=pen.look.paper, strokeWidth=0.8, **width)
    drawn = [pen.layer([row for row in rows if not row["incomplete"]], full, **ends)]
    if pale := [row for row in rows if row["incomplete"]]:
        mark = alt.MarkDef(type="bar", fillOpacity=INCOMPLETE_OPACITY, strokeWidth=1.5, strokeDash=list(DASH), **width)
        outline = alt.Stroke(field="colour", type="nominal", scale=None)
        drawn.append(pen.layer(pale, mark, stroke=outline, **ends))
    return drawn


def _part_row(pen: Pen, part: Part) -> dict[str, object]:
    return {"i": part.category, "value": part.value, "start": part.start, "end": part.end,
            "incomplete": part.category in pen.figure.incomplete}


def _zero(pen: Pen) -> alt.Chart:
    return alt.Chart(alt.Data(values=[{"zero": 0}]), mark=alt.MarkDef(type="rule", color=pen.look.muted)).encode(
        y=pen.y("zero"))


def areas(pen: Pen) -> list[alt.Chart]:
    """Layers; a single period has no area and is drawn as a bar."""
    if len(pen.categories) == 1:
        return bars(pen)
    found = {(part.series, part.category): part for part in parts(pen.figure)}
    rows: list[dict[str, object]] = []
    for n, name in enumerate(pen.names):
        present = [(n, i) in found for i in range(len(pen.categories))]
        for k, run in enumerate(runs(present, pen.figure.incomplete)):
            rows += [_part_row(pen, found[n, i]) | {"series": name, "run": f"{n}.{k}", "incomplete": run.is_incomplete}
                     for i in run.categories]
    last = [(n, part.value, (part.start + part.end) / 2)
            for (n, i), part in found.items() if i == len(pen.categories) - 1]
    return [*_area_layers(pen, rows), _zero(pen), *_end_labels(pen, last, with_value=False)]


def _area_layers(pen: Pen, rows: list[dict[str, object]]) -> list[alt.Chart]:
    ends = {"y": pen.y("start"), "y2": alt.Y2(field="end"), "color": pen.colour,
            "detail": alt.Detail(field="run", type="nominal")}
    full = alt.MarkDef(type="area", opacity=1, stroke=pen.look.paper, strokeWidth=0.8)
    drawn = [pen.layer([row for row in rows if not row["incomplete"]], full, **ends)]
    if pale := [row for row in rows if row["incomplete"]]:
        mark = alt.MarkDef(type="area", opacity=INCOMPLETE_OPACITY + 0.1, stroke=pen.look.ink, strokeWidth=1,
                           strokeDash=list(DASH))
        drawn.append(pen.layer(pale, mark, **ends))
    return drawn


def waterfall(pen: Pen) -> list[alt.Chart]:
    found = parts(pen.figure)
    rows = [_part_row(pen, part) | {"colour": step_colour(step_role(pen.figure, part.category), pen.look)}
            for part in found]
    colour = alt.Color(field="colour", type="nominal", scale=None)
    return [*_connectors(pen, found), *_bar_layers(pen, rows, colour), _zero(pen), *_step_labels(pen, found)]


def _connectors(pen: Pen, found: list[Part]) -> list[alt.Chart]:
    rows: list[dict[str, object]] = [
        {"i": end, "step": n, "level": left.end}
        for n, (left, right) in enumerate(pairwise(found)) for end in (left.category, right.category)]
    mark = alt.MarkDef(type="line", color=pen.look.muted, strokeWidth=1, opacity=0.7)
    return [pen.layer(rows, mark, y=pen.y("level"), detail=alt.Detail(field="step", type="nominal"))] if rows else []


def _step_labels(pen: Pen, found: list[Part]) -> list[alt.Chart]:
    """The amount beyond the moving end of every step; left out where bars are narrower than the longest one."""
    drawn = []
    for is_up in (True, False):
        rows = [{"i": part.category, "at": max(part.start, part.end) if is_up else min(part.start, part.end),
                 "text": pen.short(part.value, signed=is_signed(pen.figure, part.category))}
                for part in found if (part.value >= 0) == is_up]
        longest = max((len(str(row["text"])) for row in rows), default=0) * 0.62 * TEXT_SIZE
        shown = alt.ExprRef(f"bandwidth('x') >= {round(longest)} ? 1 : 0")
        mark = alt.MarkDef(type="text", dy=-10 if is_up else 12, color=pen.look.ink, fontWeight=600, opacity=shown)
        drawn += [pen.layer(rows, mark, y=pen.y("at"), text=alt.Text(field="text", type="nominal"))] if rows else []
    return drawn


def hover(pen: Pen) -> alt.Chart:
    """An unseen strip over every category that shows all its values when the pointer is on it."""
    rows = [_hover_row(pen, i) for i in range(len(pen.categories))]
    tooltip = [alt.Tooltip(field="name", type="nominal", title=" ")]
    tooltip += [alt.Tooltip(field=f"s{n}", type="nominal", title=key) for n, key in enumerate(pen.names)]
    pointer = alt.selection_point(on="pointerover", clear="pointerout", fields=["i"], empty=False, name="pointer")
    return pen.layer(rows, alt.MarkDef(type="rect", color=pen.look.muted), y=alt.value(0), y2=alt.value(pen.height),
                     tooltip=tooltip, opacity=alt.condition(pointer, alt.value(0.08), alt.value(0))).add_params(pointer)


def _hover_row(pen: Pen, i: int) -> dict[str, object]:
    word = f" ({INCOMPLETE.text(pen.language)})" if i in pen.figure.incomplete else ""
    row: dict[str, object] = {"i": i, "name": pen.categories[i] + word}
    for n, series in enumerate(pen.figure.series):
        text = pen.number(series.values[i], signed=is_signed(pen.figure, i))
        low, high = (valid(bound[i]) if bound else None for bound in (series.low, series.high))
        row[f"s{n}"] = text if low is None or high is None else f"{text} ({pen.number(low)} – {pen.number(high)})"
    return row
