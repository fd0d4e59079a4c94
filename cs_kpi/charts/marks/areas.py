"""Layers that stand on one another."""

from __future__ import annotations

import altair as alt

from cs_kpi.charts.geometry import parts, runs
from cs_kpi.charts.marks.bars import bars, part_row, zero
from cs_kpi.charts.marks.ends import end_labels
from cs_kpi.charts.marks.pen import Pen
from cs_kpi.charts.theme import DASH, INCOMPLETE_OPACITY


def areas(pen: Pen) -> list[alt.Chart]:
    """Layers; a single period has no area and is drawn as a bar."""
    if len(pen.categories) == 1:
        return bars(pen)
    found = {(part.series, part.category): part for part in parts(pen.figure)}
    rows: list[dict[str, object]] = []
    for n, name in enumerate(pen.names):
        present = [(n, i) in found for i in range(len(pen.categories))]
        for k, run in enumerate(runs(present, pen.figure.incomplete)):
            rows += [part_row(pen, found[n, i]) | {"series": name, "run": f"{n}.{k}", "incomplete": run.is_incomplete}
                     for i in run.categories]
    last = [(n, part.value, (part.start + part.end) / 2)
            for (n, i), part in found.items() if i == len(pen.categories) - 1]
    return [*_area_layers(pen, rows), zero(pen), *end_labels(pen, last)]


def _area_layers(pen: Pen, rows: list[dict[str, object]]) -> list[alt.Chart]:
    ends = {"y": pen.value("start"), "y2": alt.Y2(field="end"), "color": pen.colour,
            "detail": alt.Detail(field="run", type="nominal")}
    full = alt.MarkDef(type="area", opacity=1, stroke=pen.look.paper, strokeWidth=0.8)
    drawn = [pen.layer([row for row in rows if not row["incomplete"]], full, **ends)]
    if pale := [row for row in rows if row["incomplete"]]:
        mark = alt.MarkDef(type="area", opacity=INCOMPLETE_OPACITY + 0.1, stroke=pen.look.ink, strokeWidth=1,
                           strokeDash=list(DASH))
        drawn.append(pen.layer(pale, mark, **ends))
    return drawn
