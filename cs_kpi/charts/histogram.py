"""A small picture of how a part's values lie between bad and good, for a row of the editor; without axis."""

from __future__ import annotations

import base64
from html import escape

from cs_kpi.health.spread import Spread

WIDTH, HEIGHT, GAP = 240, 44, 1
FILLS = ("#D1242F", "#8A93A1", "#1F8A4C")
"""0 points, between, 100 points; contrast above 3 on white and on the dark page alike (WCAG, graphical objects)."""


def histogram(found: Spread, name: str) -> str:
    """An HTML image: a column per group of values, a dashed line at bad and a whole one at good.

    name : what it shows, for who cannot see it
    """
    top = max(int(found.counts.max()), 1) if len(found.counts) else 1
    step = WIDTH / max(len(found.counts), 1)
    bars = "".join(_bar(place * step, step - GAP, int(count) / top, int(zone))
                   for place, (count, zone) in enumerate(zip(found.counts, found.zone, strict=True)))
    lines = "".join(f'<path d="M{place * step:.1f} 0V{HEIGHT}" stroke="{FILLS[zone]}" stroke-width="1.5" '
                    f'stroke-dasharray="{dash}"/>'
                    for place, zone, dash in ((found.bad, 0, "3 2"), (found.good, 2, "none")))
    picture = (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 0 {WIDTH + 2} {HEIGHT}" width="{WIDTH}" '
               f'height="{HEIGHT}">{bars}{lines}<path d="M0 {HEIGHT - .5}H{WIDTH}" stroke="#8A93A1"/></svg>')
    data = base64.b64encode(picture.encode()).decode()
    return f'<img src="data:image/svg+xml;base64,{data}" width="{WIDTH}" height="{HEIGHT}" alt="{escape(name)}">'


def _bar(x: float, width: float, share: float, zone: int) -> str:
    high = share * (HEIGHT - 2) if share == 0 else max(share * (HEIGHT - 2), 1.5)
    return (f'<rect x="{x:.1f}" y="{HEIGHT - high:.1f}" width="{max(width, .5):.1f}" height="{high:.1f}" '
            f'fill="{FILLS[zone]}"/>')
