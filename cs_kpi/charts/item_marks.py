"""Bars over items (segments) that are not stacked: each with its value and its interval."""

from __future__ import annotations

import altair as alt

from cs_kpi.charts.geometry import valid
from cs_kpi.charts.marks import Pen, bars
from cs_kpi.charts.theme import TEXT_SIZE


def rated_bars(pen: Pen) -> list[alt.Chart]:
    return [*bars(pen), *_intervals(pen), *_labels(pen)]


def _intervals(pen: Pen) -> list[alt.Chart]:
    """A thin line over each bar from the lower to the upper limit, where there are limits."""
    series = pen.figure.series[0]
    limits = [(valid(low), valid(high)) for low, high in zip(series.low or (), series.high or (), strict=True)]
    rows: list[dict[str, object]] = [{"i": i, "low": low, "high": high} for i, (low, high) in enumerate(limits)
                                     if low is not None and high is not None]
    mark = alt.MarkDef(type="rule", color=pen.look.ink, strokeWidth=1.5, opacity=0.8)
    return [pen.layer(rows, mark, y=pen.y("low"), y2=alt.Y2(field="high"))] if rows else []


def _labels(pen: Pen) -> list[alt.Chart]:
    """The value above each bar and its interval; left out where bars are narrower than the longest one."""
    series = pen.figure.series[0]
    highs = series.high or (None,) * len(series.values)
    rows = [{"i": i, "at": max(value, valid(high) or value), "text": pen.short(value)}
            for i, (value, high) in enumerate(zip(map(valid, series.values), highs, strict=True)) if value is not None]
    longest = max((len(str(row["text"])) for row in rows), default=0) * 0.62 * TEXT_SIZE
    shown = alt.ExprRef(f"bandwidth('x') >= {round(longest)} ? 1 : 0")
    mark = alt.MarkDef(type="text", dy=-10, color=pen.look.ink, fontWeight=600, opacity=shown)
    return [pen.layer(rows, mark, y=pen.y("at"), text=alt.Text(field="text", type="nominal"))] if rows else []
