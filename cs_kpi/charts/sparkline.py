"""A small line of the last values inside a card, as a picture that costs a browser next to nothing; without axis."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from html import escape

WIDTH, HEIGHT, MARGIN = 220, 48, 4
COLOUR = "#6B7C93"
"""Contrast above 3 on white and on the dark page alike (WCAG, graphical objects)."""


def sparkline(values: Sequence[float | None], name: str) -> str:
    """An HTML image of values from left to right, two of them at least known; the last one has a point.

    values : None where there is none, which breaks the line
    name : what it shows, for who cannot see it

    >>> sparkline([1, 3, 2], "MRR")[-10:]
    'alt="MRR">'
    """
    known = [value for value in values if value is not None]
    low, high = min(known), max(known)
    step = (WIDTH - 2 * MARGIN) / (len(values) - 1)
    runs: list[list[str]] = [[]]
    for place, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            up = (value - low) / (high - low) if high > low else 0.5
            runs[-1].append(f"{MARGIN + place * step:.1f} {HEIGHT - MARGIN - up * (HEIGHT - 2 * MARGIN):.1f}")
    return _picture([run for run in runs if run], values[-1] is not None, name)


def _picture(runs: list[list[str]], has_last: bool, name: str) -> str:
    """The runs as lines, one of a single value as a dot."""
    path = " ".join("M" + " L".join(run if len(run) > 1 else run * 2) for run in runs)
    x, y = runs[-1][-1].split()
    point = f'<circle cx="{x}" cy="{y}" r="3" fill="{COLOUR}"/>' if has_last else ""
    picture = (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
               f'height="{HEIGHT}"><path d="{path}" fill="none" stroke="{COLOUR}" stroke-width="2" '
               f'stroke-linejoin="round" stroke-linecap="round"/>{point}</svg>')
    data = base64.b64encode(picture.encode()).decode()
    return f'<img src="data:image/svg+xml;base64,{data}" width="{WIDTH}" height="{HEIGHT}" alt="{escape(name)}">'
