"""The colour of a cell by its value, the same on the screen, in pictures and on slides."""

from __future__ import annotations

from dataclasses import dataclass

from cs_kpi.charts.figure import Figure
from cs_kpi.charts.geometry import valid
from cs_kpi.charts.scale import Axis, nice_axis
from cs_kpi.charts.theme import Theme, contrast, on_ramp

BLACK, WHITE = "#000000", "#FFFFFF"  # one of the two is readable on any colour (at least 4.58 : 1)


@dataclass(frozen=True, slots=True)
class Heat:
    """A ramp of colours over the values from low to high; values beyond take the colour of the end."""

    axis: Axis
    ramp: tuple[str, ...]

    @property
    def stops(self) -> list[float]:
        """The values of the ramp's colours."""
        step = (self.axis.high - self.axis.low) / (len(self.ramp) - 1)
        return [self.axis.low + n * step for n in range(len(self.ramp))]

    def colour(self, value: float) -> str:
        place = (value - self.axis.low) / (self.axis.high - self.axis.low)
        return on_ramp(self.ramp, min(max(place, 0.0), 1.0), 2)


def heat(figure: Figure, look: Theme) -> Heat:
    """Sequential from the smallest to the largest value, or diverging as far on both sides of the figure's centre."""
    values = [value for series in figure.series for value in map(valid, series.values) if value is not None]
    if figure.centre is not None:
        reach = max((abs(value - figure.centre) for value in values), default=0.0) or 1.0
        half = nice_axis(0.0, reach, 2)
        return Heat(Axis(figure.centre - half.high, figure.centre + half.high, half.step), look.diverging)
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    if 0 < low <= 0.6 * high or low == high >= 0:
        low = 0.0
    return Heat(nice_axis(low, high or 1.0, 4), look.heat)


def text_on(colour: str) -> str:
    """Black or white, whichever is easier to read on the colour.

    >>> text_on("#123C78"), text_on("#E4ECF7")
    ('#FFFFFF', '#000000')
    """
    return max((BLACK, WHITE), key=lambda text: contrast(text, colour))
