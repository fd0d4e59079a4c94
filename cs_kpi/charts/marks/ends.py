"""Names and last values at the right edge, in place of a legend."""

from __future__ import annotations

import altair as alt

from cs_kpi.charts.geometry import apart, valid
from cs_kpi.charts.marks.pen import Pen, drawn
from cs_kpi.charts.theme import TEXT_SIZE, readable
from cs_kpi.charts.words import cut

NAME_EM = 14.0
LABEL_GAP = TEXT_SIZE + 6


def last_values(pen: Pen) -> list[tuple[int, float, float]]:
    """Series, its last value, and where the label is to stand."""
    found = []
    for n, series in enumerate(pen.figure.series):
        values = [value for value in map(valid, series.values) if value is not None]
        found += [(n, values[-1], values[-1])] if values else []
    return found


def end_labels(pen: Pen, places: list[tuple[int, float, float]], *, with_value: bool) -> list[alt.Chart]:
    """Names at the right edge, moved apart where they would touch; the one name of a figure stands in its title."""
    if not pen.has_direct_labels or not places:
        return []
    return at_right(pen, [(_end_text(pen, n, value if with_value else None), pen.colours[n], at)
                          for n, value, at in places])


def at_right(pen: Pen, labels: list[tuple[str, str, float]]) -> list[alt.Chart]:
    """Words in a colour beside a value, moved apart where they would touch."""
    per_px = (pen.axis.high - pen.axis.low) / pen.height
    moved = apart([place for _, _, place in labels], LABEL_GAP * per_px, pen.axis.low, pen.axis.high)
    rows = [{"at": at, "text": text, "colour": readable(colour, pen.look)}
            for (text, colour, _), at in zip(labels, moved, strict=True)]
    mark = alt.MarkDef(type="text", align="left", baseline="middle", dx=10, fontWeight=600)
    return [drawn(rows, mark, x=alt.value("width"), y=pen.value("at"), text=alt.Text(field="text", type="nominal"),
                  color=alt.Color(field="colour", type="nominal", scale=None))]


def _end_text(pen: Pen, series: int, value: float | None) -> str:
    named = [cut(pen.names[series], NAME_EM)] if len(pen.names) > 1 or value is None else []
    return "  ".join([*named, *([pen.short(value)] if value is not None else [])])
