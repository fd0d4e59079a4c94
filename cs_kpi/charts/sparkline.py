"""A small line of the last values, as a picture inside a card; without axis, in the colour of the text around it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

WIDTH, HEIGHT, MARGIN = 220, 48, 4


def sparkline(values: Sequence[float], name: str) -> str:
    """An inline SVG of at least two values from left to right; the last one has a point.

    name : what it shows, for who cannot see it

    >>> sparkline([1, 3, 2], "MRR").count(" L")
    2
    """
    low, high = min(values), max(values)
    span = (high - low) or 1.0
    middle = 0.5 if high == low else 0.0
    points = [(MARGIN + place * (WIDTH - 2 * MARGIN) / (len(values) - 1),
               HEIGHT - MARGIN - ((value - low) / span or middle) * (HEIGHT - 2 * MARGIN))
              for place, value in enumerate(values)]
    path = "M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    x, y = points[-1]
    return (f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" width="100%" height="{HEIGHT}" role="img" '
            f'aria-label="{escape(name, quote=True)}" style="display:block"><path d="{path}" fill="none" '
            f'stroke="currentColor" stroke-width="2" stroke-linejoin="round" opacity="0.7"/>'
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="currentColor"/></svg>')
