"""Shares that remain, as steps: a value holds from its month until the next one."""

from __future__ import annotations

from typing import Literal

import altair as alt

from cs_kpi.charts.figure import Series
from cs_kpi.charts.geometry import places, runs, valid
from cs_kpi.charts.marks.ends import line_ends
from cs_kpi.charts.marks.pen import Pen

STEP: Literal["step-after"] = "step-after"


def survival(pen: Pen) -> list[alt.Chart]:
    rows = [row for n in range(len(pen.names)) for row in _steps(pen, n)]
    detail = alt.Detail(field="run", type="nominal")
    line = alt.MarkDef(type="line", interpolate=STEP, strokeWidth=2.5, strokeJoin="miter")
    point = alt.MarkDef(type="point", filled=True, size=48, opacity=1)
    last = [row for row in rows if row["is_last"]]
    return [*_bands(pen), pen.layer(rows, line, y=pen.value("value"), color=pen.colour, detail=detail),
            pen.layer(last, point, y=pen.value("value"), color=pen.colour),
            *line_ends(pen)]


def _steps(pen: Pen, n: int) -> list[dict[str, object]]:
    values = [valid(value) for value in pen.figure.series[n].values]
    at = places(pen.figure)
    found = runs([value is not None and x is not None for value, x in zip(values, at, strict=True)], frozenset())
    return [{"x": at[i], "series": pen.names[n], "value": values[i], "run": f"{n}.{k}",
             "is_last": i == run.categories[-1]} for k, run in enumerate(found) for i in run.categories]


def _bands(pen: Pen) -> list[alt.Chart]:
    rows = [row for n, series in enumerate(pen.figure.series) for row in _band(pen, n, series)]
    mark = alt.MarkDef(type="area", interpolate=STEP, opacity=0.14, line=False, clip=True)
    return [pen.layer(rows, mark, y=pen.value("low"), y2=alt.Y2(field="high"), color=pen.colour,
                      detail=alt.Detail(field="run", type="nominal"))] if rows else []


def _band(pen: Pen, n: int, series: Series) -> list[dict[str, object]]:
    bounds = [(valid(a), valid(b)) for a, b in zip(series.low or (), series.high or (), strict=True)]
    at = places(pen.figure)
    present = [a is not None and b is not None and x is not None
               for (a, b), x in zip(bounds, at, strict=False)]
    return [{"x": at[i], "series": pen.names[n], "low": bounds[i][0], "high": bounds[i][1], "run": f"{n}.{k}"}
            for k, run in enumerate(runs(present, frozenset())) for i in run.categories]
