"""What the pointer shows: every value of the category under it."""

from __future__ import annotations

import altair as alt

from cs_kpi.charts.amounts import is_signed
from cs_kpi.charts.geometry import places, valid
from cs_kpi.charts.layout import NUMERIC
from cs_kpi.charts.marks.pen import Pen
from cs_kpi.charts.scale import x_axis
from cs_kpi.charts.words import marked_names


def hover(pen: Pen) -> list[alt.Chart]:
    """An unseen strip over every category that shows all its values when the pointer is on it."""
    if pen.figure.kind in ("heatmap", "scatter"):
        return []  # cells and points answer for themselves
    names = marked_names(pen.figure, pen.language)
    rows = [_hover_row(pen, i, name) for i, name in enumerate(names)]
    tooltip = [alt.Tooltip(field="name", type="nominal", title=" ")]
    tooltip += [alt.Tooltip(field=f"s{n}", type="nominal", title=key) for n, key in enumerate(pen.names)]
    pointer = alt.selection_point(on="pointerover", clear="pointerout", fields=["i"], empty=False, name="pointer")
    shade = alt.condition(pointer, alt.value(0.08), alt.value(0))
    strip = alt.MarkDef(type="rect", color=pen.look.muted)
    return [_strips(pen, rows, strip).encode(tooltip=tooltip, opacity=shade).add_params(pointer)]


def _strips(pen: Pen, rows: list[dict[str, object]], mark: alt.MarkDef) -> alt.Chart:
    if pen.is_horizontal:
        return pen.layer(rows, mark, x=alt.XValue(0), x2=alt.X2Value("width"))
    height = {"y": alt.YValue(0), "y2": alt.Y2Value(pen.height)}
    if pen.figure.kind not in NUMERIC:
        return pen.layer(rows, mark, **height)
    at = places(pen.figure)
    known = [(row, x) for row, x in zip(rows, at, strict=True) if x is not None]
    ends = [*(x for _row, x in known[1:]), x_axis(pen.figure).high][:len(known)]
    return pen.layer([row | {"x": x, "x2": end} for (row, x), end in zip(known, ends, strict=True)], mark,
                     x2=alt.X2(field="x2"), **height)


def _hover_row(pen: Pen, i: int, name: str) -> dict[str, object]:
    row: dict[str, object] = {"i": i, "name": name}
    for n, series in enumerate(pen.figure.series):
        text = pen.number(series.values[i], signed=is_signed(pen.figure, i))
        low, high = (valid(bound[i]) if bound else None for bound in (series.low, series.high))
        row[f"s{n}"] = text if low is None or high is None else f"{text} ({pen.number(low)} – {pen.number(high)})"
    return row
