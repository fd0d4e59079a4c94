"""Lines over periods, with faint bands for their intervals."""

from __future__ import annotations

from collections import Counter
from typing import Any

import altair as alt

from cs_kpi.charts.geometry import runs, valid
from cs_kpi.charts.marks.ends import line_ends
from cs_kpi.charts.marks.pen import Pen
from cs_kpi.charts.theme import DASH

POINTS_UP_TO = 13
BAND, ALONE_PX = 0.14, 14  # opacity of an interval; width of one that has no neighbour


def lines(pen: Pen) -> list[alt.Chart]:
    rows = [row for n in range(len(pen.names)) for row in stretches(pen, n)]
    complete = [row for row in rows if not row["incomplete"]]
    pale = [row for row in rows if row["incomplete"]]
    stroke: dict[str, Any] = {"type": "line", "strokeWidth": 2.5, "strokeJoin": "round", "strokeCap": "round"}
    detail = alt.Detail(field="run", type="nominal")
    drawn = [pen.layer(complete, alt.MarkDef(**stroke), y=pen.value("value"), color=pen.colour, detail=detail)]
    if pale:
        dashed = alt.MarkDef(**stroke | {"strokeDash": list(DASH), "opacity": 0.6})
        drawn.append(pen.layer(pale, dashed, y=pen.value("value"), color=pen.colour, detail=detail))
    return [*_intervals(pen), *drawn, *points(pen), *line_ends(pen)]


def stretches(pen: Pen, n: int) -> list[dict[str, object]]:
    values = [valid(value) for value in pen.figure.series[n].values]
    found = runs([value is not None for value in values], pen.figure.incomplete)
    return [{"i": i, "series": pen.names[n], "value": values[i], "run": f"{n}.{k}", "incomplete": run.is_incomplete}
            for k, run in enumerate(found) for i in run.categories]


def _intervals(pen: Pen) -> list[alt.Chart]:
    """Faint bands behind the lines, cut off where they would squeeze the values; a thick stroke behind a value that
    stands alone."""
    rows: list[dict[str, object]] = []
    for n, series in enumerate(pen.figure.series):
        bounds = [(valid(a), valid(b)) for a, b in zip(series.low or (), series.high or (), strict=True)]
        present = [a is not None and b is not None for a, b in bounds]
        rows += [{"i": i, "series": pen.names[n], "low": bounds[i][0], "high": bounds[i][1], "run": f"{n}.{k}"}
                 for k, run in enumerate(runs(present, frozenset())) for i in run.categories]
    lengths = Counter(row["run"] for row in rows)
    return [pen.layer(found, mark, y=pen.value("low"), y2=alt.Y2(field="high"), color=pen.colour,
                      detail=alt.Detail(field="run", type="nominal"))
            for mark, is_alone in ((alt.MarkDef(type="area", opacity=BAND, clip=True, line=False), False),
                                   (alt.MarkDef(type="rule", opacity=BAND, clip=True, strokeWidth=ALONE_PX), True))
            if (found := [row for row in rows if (lengths[row["run"]] == 1) == is_alone])]


def points(pen: Pen, only: int | None = None) -> list[alt.Chart]:
    """A point at every value of a short line, else at its end and at values that stand alone; of one series or all."""
    rows = []
    for n, series in enumerate(pen.figure.series):
        if only not in (None, n):
            continue
        values = [valid(value) for value in series.values]
        for i, value in enumerate(values):
            is_alone = all(values[k] is None for k in (i - 1, i + 1) if 0 <= k < len(values))
            if value is not None and (len(values) <= POINTS_UP_TO or is_alone or i == len(values) - 1):
                rows.append({"i": i, "series": pen.names[n], "value": value, "hollow": i in pen.figure.incomplete})
    full_mark = alt.MarkDef(type="point", filled=True, size=48, opacity=1)
    full = pen.layer([row for row in rows if not row["hollow"]], full_mark, y=pen.value("value"), color=pen.colour)
    hollow = [row for row in rows if row["hollow"]]
    open_mark = alt.MarkDef(type="point", filled=False, size=56, strokeWidth=2, opacity=1)
    return [full, *([pen.layer(hollow, open_mark, y=pen.value("value"), color=pen.colour)] if hollow else [])]


