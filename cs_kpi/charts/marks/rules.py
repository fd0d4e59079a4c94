"""Thin lines with a few words across the plot: what changed, where today is, what is aimed at."""

from __future__ import annotations

from typing import Any

import altair as alt

from cs_kpi.charts.figure import Marker
from cs_kpi.charts.geometry import valid
from cs_kpi.charts.layout import HORIZONTAL, NUMERIC
from cs_kpi.charts.marks.fan import starting
from cs_kpi.charts.marks.pen import Pen, drawn
from cs_kpi.charts.scale import x_axis
from cs_kpi.charts.theme import EXPORT_WIDTH, HALO, TEXT_SIZE
from cs_kpi.charts.words import cut, plain, width_em

LABEL_EM = 16.0
LINE = TEXT_SIZE + 6
TURNED_FROM = 0.6  # share of the plot's width beyond which words stand left of their line
WITHOUT_LEVELS = frozenset({"heatmap"})


def rules(pen: Pen) -> list[alt.Chart]:
    """The figure's markers and references, over everything else."""
    markers = pen.figure.markers + (starting(pen) if pen.figure.kind == "fan" else ())
    layers = _markers(pen, markers) if markers and pen.figure.kind not in HORIZONTAL else []
    return layers + (_references(pen) if pen.figure.references and pen.figure.kind not in WITHOUT_LEVELS else [])


def _markers(pen: Pen, markers: tuple[Marker, ...]) -> list[alt.Chart]:
    rows: list[dict[str, Any]] = [
        {key: marker.at if numeric else round(marker.at), "text": cut(plain(marker.label, pen.language), LABEL_EM)}
        for key, numeric in [("x", True) if pen.figure.kind in NUMERIC else ("i", False)]
        for marker in markers if _is_inside(pen, marker)]
    levels = _levels(pen, rows)
    line = alt.MarkDef(type="rule", color=pen.look.ink, strokeWidth=1.2, strokeDash=[2, 2], tooltip=None)
    place: Any = pen.along if pen.figure.kind in NUMERIC else pen.along.copy()
    if pen.figure.kind not in NUMERIC:
        place.bandPosition = 0
    layers = [drawn(rows, line, x=place)] if rows else []
    for level, row in zip(levels, rows, strict=True):
        turned = _share(pen, row) > TURNED_FROM
        layers += [drawn([row], mark, x=place, y=_height(pen, 10 + level * LINE))
                   for mark in _words(pen, str(row["text"]), is_turned=turned)]
    return layers


def _height(pen: Pen, down: float) -> Any:
    """So far below the top; in a fan above the bottom, since a goal's words stand at the top."""
    return alt.YValue(alt.ExprRef(f"height - {down}") if pen.figure.kind == "fan" else down)


def _is_inside(pen: Pen, marker: Marker) -> bool:
    return valid(marker.at) is not None and (pen.figure.kind in NUMERIC or 0 <= marker.at < len(pen.categories))


def _share(pen: Pen, row: dict[str, Any]) -> float:
    """Where in the plot's width a marker stands, 0 to 1."""
    if "i" in row:
        return float(row["i"]) / max(len(pen.categories), 1)
    axis = x_axis(pen.figure)
    return (float(row["x"]) - axis.low) / (axis.high - axis.low)


def _levels(pen: Pen, rows: list[dict[str, Any]]) -> list[int]:
    """Words that would touch stand under one another."""
    taken: list[list[tuple[float, float]]] = []
    levels = []
    for row in rows:
        at, wide = _share(pen, row), (width_em(str(row["text"])) + 1) * TEXT_SIZE / (EXPORT_WIDTH * 0.8)
        span = (at - wide, at) if at > TURNED_FROM else (at, at + wide)
        level = next((n for n, spans in enumerate(taken) if all(span[1] < a or b < span[0] for a, b in spans)),
                     len(taken))
        if level == len(taken):
            taken.append([])
        taken[level].append(span)
        levels.append(level)
    return levels


def _words(pen: Pen, text: str, *, is_turned: bool = False, dy: int = 0) -> list[alt.MarkDef]:
    """The words, over a halo of paper that keeps them readable on anything."""
    place: dict[str, Any] = {"type": "text", "text": text, "align": "right" if is_turned else "left", "dy": dy,
                             "dx": -6 if is_turned else 6, "baseline": "middle", "tooltip": None}
    return [alt.MarkDef(**place, color=pen.look.paper, stroke=pen.look.paper, strokeWidth=HALO, strokeJoin="round"),
            alt.MarkDef(**place, color=pen.look.ink)]


def _references(pen: Pen) -> list[alt.Chart]:
    """Their words stand right of the plot, or inside it on the left where the names of lines stand on the right."""
    rows: list[dict[str, Any]] = [{"at": line.at, "text": cut(plain(line.label, pen.language), LABEL_EM)}
            for line in pen.figure.references if valid(line.at) is not None]
    mark = alt.MarkDef(type="rule", color=pen.look.ink, strokeWidth=1.2, strokeDash=[6, 3], tooltip=None)
    across = "x" if pen.is_horizontal else "y"
    layers = [drawn(rows, mark, **{across: pen.value("at")})] if rows else []
    beside = not pen.is_horizontal and not pen.has_direct_labels
    for row in rows:
        fixed = {"y": alt.YValue(-10)} if pen.is_horizontal else {"x": alt.XValue("width" if beside else 0)}
        layers += [drawn([row], words, **{across: pen.value("at")} | fixed)
                   for words in _words(pen, str(row["text"]), dy=0 if pen.is_horizontal or beside else -10)]
    return layers
