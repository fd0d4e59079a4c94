"""What every colour of a chart stands for: a role, or a layer, and how much paper is mixed into it."""

from __future__ import annotations

import colorsys
from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import Literal, NamedTuple

from cs_kpi.charts.figure import Role
from cs_kpi.charts.theme import LIGHT, LIGHTER_STEP, blended, on_ramp, readable

MOST_TIMES, MOST_LAYERS = 4, 14
PALES = (0.0, 0.55, 0.62, 0.65, 0.82)
"""As points.py, fan.py and canvas.py mix them in: limits, ranges, and what is not complete."""


class Tint(NamedTuple):
    """share : of paper in it; place : of a layer, 0 the oldest, 1 the newest"""

    role: Role | Literal["layer"]
    share: float = 0.0
    place: float = 0.0


@cache
def tints() -> dict[str, Tint]:
    """By colour as RRGGBB, for areas and lines, and for the words beside them, which are moved towards the ink."""
    found: dict[str, Tint] = {}
    for colour, tint in _bases():
        for pale in PALES:
            mixed = blended(colour, LIGHT.paper, pale)
            found.setdefault(_key(mixed), tint._replace(share=1 - (1 - tint.share) * (1 - pale)))
        found.setdefault(_key(readable(colour, LIGHT)), tint)
    return found


def _bases() -> Iterator[tuple[str, Tint]]:
    for times, (role, colour) in product(range(MOST_TIMES), LIGHT.roles.items()):
        share = 1 - (1 - LIGHTER_STEP) ** times
        yield blended(colour, LIGHT.paper, share), Tint(role, share)
    for count in range(1, MOST_LAYERS + 1):
        for n in range(count):
            yield on_ramp(LIGHT.ramp, n, count), Tint("layer", place=n / (count - 1) if count > 1 else 0.5)


def _key(colour: str) -> str:
    return colour.lstrip("#").upper()


def shaded(colour: str, kept: float, added: float) -> str:
    """A colour as `lumMod` and `lumOff` change it: of its lightness so much is kept, and so much added.

    >>> shaded("#4F81BD", 0.5, 0.0), shaded("#000000", 0.5, 0.5)
    ('#254061', '#808080')
    """
    red, green, blue = (int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5))
    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    mixed = colorsys.hls_to_rgb(hue, min(lightness * kept + added, 1.0), saturation)
    return "#" + "".join(f"{round(channel * 255):02X}" for channel in mixed)
