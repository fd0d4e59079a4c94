"""Columns side by side, with whiskers for their intervals; one series is plain columns with their amounts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import altair as alt

from cs_kpi.charts.geometry import Part, parts, valid
from cs_kpi.charts.marks.bars import amount_px, amounts_beyond, bar_layers, part_row, zero
from cs_kpi.charts.marks.pen import Pen

FILLED, WIDEST, WIDEST_OF_ONE = 0.78, 64, 96  # share of a category's width that columns take; px of a column
CAP = 8  # px, width of a whisker's ends


def grouped(pen: Pen) -> list[alt.Chart]:
    found = parts(pen.figure)
    rows = [part_row(pen, part) | {"series": pen.names[part.series], "colour": pen.colours[part.series],
                                   "k": part.series - (len(pen.names) - 1) / 2} for part in found]
    width = _width(len(pen.names))
    drawn = bar_layers(pen, rows, pen.colour, {"width": alt.ExprRef(f"{width} * 0.94"), "xOffset": _offset(width)})
    return [*drawn, zero(pen), *_whiskers(pen, width), *(_amounts(pen, found) if len(pen.names) == 1 else [])]


def _amounts(pen: Pen, found: list[Part]) -> list[alt.Chart]:
    """The amounts on the columns: beside the whisker where there is one, beyond it where columns are narrow."""
    def signed(_category: int) -> bool:
        return False

    if not any(series.low for series in pen.figure.series):
        return amounts_beyond(pen, found, signed)
    beyond = [_with_interval(pen, part) for part in found]
    beside = 2 * (amount_px(pen, found, signed) + CAP)
    return [*amounts_beyond(pen, found, signed, dx=CAP), *amounts_beyond(pen, beyond, signed, below=beside)]


def _with_interval(pen: Pen, part: Part) -> Part:
    """The part as far as its whisker reaches."""
    series = pen.figure.series[part.series]
    limits = (series.high if part.value >= 0 else series.low) or ()
    limit = valid(limits[part.category]) if limits else None
    return part if limit is None else replace(part, end=limit)


def _width(count: int) -> str:
    """A Vega expression: px of one column."""
    return f"min(bandwidth('x') * {FILLED} / {count}, {WIDEST_OF_ONE if count == 1 else WIDEST})"


def _offset(width: str) -> alt.ExprRef:
    return alt.ExprRef(f"datum.k * {width}")


def _whiskers(pen: Pen, width: str) -> list[alt.Chart]:
    rows: list[dict[str, object]] = []
    for n, series in enumerate(pen.figure.series):
        for i, (low, high) in enumerate(zip(series.low or (), series.high or (), strict=True)):
            if valid(low) is not None and valid(high) is not None and valid(series.values[i]) is not None:
                rows.append({"i": i, "k": n - (len(pen.names) - 1) / 2, "low": low, "high": high})
    if not rows:
        return []
    look: dict[str, Any] = {"color": pen.look.ink, "clip": True, "xOffset": _offset(width)}
    stem = alt.MarkDef(type="rule", strokeWidth=1.5, **look)
    cap = alt.MarkDef(type="tick", thickness=1.5, size=CAP, orient="horizontal", **look)
    return [pen.layer(rows, stem, y=pen.value("low"), y2=alt.Y2(field="high")),
            *(pen.layer(rows, cap, y=pen.value(end)) for end in ("low", "high"))]
