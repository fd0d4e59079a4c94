"""How every chart looks, on screen, in pictures and on slides: colours by what they mean, fonts, sizes.

The colours of the movements stay apart for readers who see no red, no green or no blue, and stand at least 3 : 1
against their background; a test measures both. Green, yellow and red are left to health bands and target status.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cs_kpi.charts.figure import Figure, Role

SCREEN_FONT = "'Source Sans', 'Noto Sans CJK JP', 'Hiragino Sans', 'Yu Gothic UI', Meiryo, sans-serif"
EXPORT_FONT = "Noto Sans CJK JP"
TITLE_SIZE, SUBTITLE_SIZE, TEXT_SIZE = 20, 16, 14  # px; 14 is the smallest text of a chart
SCREEN_HEIGHT, EXPORT_HEIGHT = 320, 420  # px of the plot itself
EXPORT_WIDTH = 1120  # px of the whole picture
INCOMPLETE_OPACITY = 0.35
DASH = (4, 3)
LIGHTER_STEP = 0.35
HALO = 4  # px of paper around words


@dataclass(frozen=True, slots=True)
class Theme:
    """One look. `ramp` runs from the oldest layer to the newest; contrast is held against `paper`.

    heat : from the smallest cell to the largest; diverging : from far below the centre to far above it
    """

    paper: str
    ink: str
    muted: str
    grid: str
    roles: Mapping[Role, str]
    ramp: tuple[str, ...]
    heat: tuple[str, ...]
    diverging: tuple[str, ...]


LIGHT = Theme(
    paper="#FFFFFF", ink="#0F1720", muted="#566170", grid="#E6E9EE",
    roles={"new": "#0A4C9C", "expansion": "#00806F", "reactivation": "#47A395", "contraction": "#CC8500",
           "churn": "#BC3D00", "total": "#2F3947", "accent": "#134391", "second": "#CB5A9A", "neutral": "#838B97",
           "good": "#17703A", "watch": "#B78103", "bad": "#D1242F"},
    ramp=("#14264F", "#2F5C9A", "#7B9FCF"), heat=("#E4ECF7", "#8DB1DE", "#3F74B8", "#123C78"),
    diverging=("#9A3412", "#EFA47A", "#F3F4F6", "#83AEE3", "#134391"))
DARK = Theme(
    paper="#0E1117", ink="#F2F4F7", muted="#A9B2C0", grid="#2A313C",
    roles={"new": "#2F7FD8", "expansion": "#17A591", "reactivation": "#7EE6D3", "contraction": "#F7C04F",
           "churn": "#EE5F27", "total": "#E3E7EE", "accent": "#4E9BEC", "second": "#FFB0D6", "neutral": "#8A93A1",
           "good": "#6FDB9B", "watch": "#F2CC4D", "bad": "#EC4A45"},
    ramp=("#4A6FB0", "#7FA6DE", "#D3E4FA"), heat=("#1B2637", "#2C4F86", "#5B8FD6", "#CFE2FB"),
    diverging=("#F08A4B", "#7D4526", "#262D38", "#33619F", "#7FB2F5"))


def theme(*, dark: bool = False) -> Theme:
    return DARK if dark else LIGHT


def series_colours(figure: Figure, look: Theme) -> tuple[str, ...]:
    """One colour per series: by role, layers along the ramp, and a lighter tint where a role comes a second time."""
    layers = [i for i, series in enumerate(figure.series) if series.role == "layer"]
    seen: dict[Role, int] = {}
    colours = []
    for i, series in enumerate(figure.series):
        if series.role == "layer":
            colours.append(on_ramp(look.ramp, layers.index(i), len(layers)))
            continue
        times = seen[series.role] = seen.get(series.role, -1) + 1
        colours.append(blended(look.roles[series.role], look.paper, 1 - (1 - LIGHTER_STEP) ** times))
    return tuple(colours)


def step_colour(role: Role, look: Theme) -> str:
    """Colour of one step of a waterfall."""
    return look.roles.get(role, look.roles["accent"])


def on_ramp(ramp: tuple[str, ...], position: float, count: int) -> str:
    """Colour number `position` of `count`, evenly along the ramp.

    >>> on_ramp(("#000000", "#ffffff"), 1, 3)
    '#808080'
    """
    place = position / (count - 1) * (len(ramp) - 1) if count > 1 else (len(ramp) - 1) / 2
    left = min(int(place), len(ramp) - 2)
    return blended(ramp[left], ramp[left + 1], place - left)


def blended(colour: str, other: str, share: float) -> str:
    """`colour` with a share of `other` mixed in."""
    parts = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in parts)


def readable(colour: str, look: Theme, ratio: float = 4.5) -> str:
    """`colour` moved towards the ink until text in it is readable on the paper (WCAG AA).

    >>> contrast(readable("#CC8500", LIGHT), LIGHT.paper) >= 4.5
    True
    """
    mixes = (blended(colour, look.ink, step / 10) for step in range(11))
    return next(mix for mix in mixes if contrast(mix, look.paper) >= ratio)


def contrast(colour: str, other: str) -> float:
    """WCAG 2 contrast ratio, 1 to 21.

    >>> round(contrast("#000000", "#ffffff"))
    21
    """
    high, low = sorted((_luminance(colour), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
              for c in (channel / 255 for channel in _channels(colour))]
    return sum(weight * channel for weight, channel in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[i:i + 2], 16) for i in (1, 3, 5))
