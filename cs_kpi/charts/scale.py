"""The value axis: round steps that cover the values, and their labels in the unit the team chose."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from babel.numbers import format_decimal

from cs_kpi.charts.figure import Figure
from cs_kpi.charts.geometry import is_scaled, parts, places, valid
from cs_kpi.charts.words import plain
from cs_kpi.locale import Language, Message, _
from cs_kpi.locale.formats import MONEY_SCALE, Unit, money_suffix
from cs_kpi.settings import MoneyUnit

NICE = (1.0, 2.0, 2.5, 5.0, 10.0)
UNIT_TITLE: dict[Unit, Message] = {"minutes": _("minutes"), "months": _("months"), "points": _("points")}
COMPACT_FROM = 100_000
SMALLEST_SPAN = 1e-3  # below a billionth of it values are one
LABEL_ROOM = 0.09  # of the height: where the amount stands beyond a step or a column
OF_TARGET = _("Share of the target")
STANDING = frozenset({"stacked_bars", "stacked_area", "waterfall", "grouped_bars", "ranked_bars", "bullet"})
"""Kinds whose values are lengths, which begin at zero."""
MONTH_STEPS = (1, 2, 3, 6, 12, 24, 36, 60, 120)
COMPACT: dict[Language, tuple[tuple[int, str], ...]] = {
    "ja": ((10 ** 8, "億"), (10 ** 4, "万")),
    "en": ((10 ** 9, "B"), (10 ** 6, "M"), (10 ** 3, "K"))}


@dataclass(frozen=True, slots=True)
class Axis:
    """low and high are whole multiples of step."""

    low: float
    high: float
    step: float

    @property
    def ticks(self) -> list[float]:
        first, last = round(self.low / self.step), round(self.high / self.step)
        return [float(Decimal(repr(self.step)) * n) for n in range(first, last + 1)]


def nice_axis(low: float, high: float, wanted: int = 5) -> Axis:
    """About `wanted` round steps from at most `low` to at least `high`.

    >>> nice_axis(0, 10_159_608).ticks
    [0.0, 2500000.0, 5000000.0, 7500000.0, 10000000.0, 12500000.0]
    """
    if not high - low > max(abs(low), abs(high), SMALLEST_SPAN) * 1e-9:
        low, high = low - (abs(low) * 0.1 or 1), high + (abs(high) * 0.1 or 1)
    rough = (high - low) / wanted
    power = 10.0 ** math.floor(math.log10(rough))
    step = float(f"{next(n for n in NICE if n * power >= rough * 0.999) * power:.6g}")
    return Axis(math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step, step)


def value_axis(figure: Figure) -> Axis:
    """The axis that holds all values of the figure. Bars and areas stand on zero; lines take it in when it is near."""
    if figure.kind in STANDING:
        return _standing_axis(figure)
    values = [*_finite(value for series in figure.series for value in series.values), *_levels(figure)]
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    low, high = _with_intervals(figure, low, high)
    if figure.kind == "survival" and figure.unit == "share":
        low, high = 0.0, 1.0
    if 0 < low <= 0.6 * high or low == high >= 0:
        low = 0.0
    return _bounded(nice_axis(low, high or 1.0), figure)


def _standing_axis(figure: Figure) -> Axis:
    ends = [0.0, *_levels(figure)] + [end for part in parts(figure) for end in (part.start, part.end)]
    if figure.kind in ("grouped_bars", "ranked_bars"):
        ends += _finite(end for series in figure.series for end in (*(series.low or ()), *(series.high or ())))
    low, high = min(ends), max(ends)
    has_room = figure.kind == "waterfall" or (figure.kind == "grouped_bars" and len(figure.series) == 1)
    room = LABEL_ROOM * (high - low) if has_room else 0.0
    top = high + room if high > low else low + 1
    if value_unit(figure) == "share" and high <= 1:
        top = min(top, 1.0)
    below = LABEL_ROOM * (high - low) if figure.kind == "ranked_bars" else room  # names stand where the axis ends
    return nice_axis(low - below if low < 0 else low, top)


def _levels(figure: Figure) -> list[float]:
    """Where lines of reference stand."""
    return _finite(line.at for line in figure.references)


def _with_intervals(figure: Figure, low: float, high: float) -> tuple[float, float]:
    """Room for the intervals, but at most as much again on either side as the values take: they are background.

    A fan's bands are what it is about, and are shown whole.
    """
    room = math.inf if figure.kind == "fan" else max(high - low, 0.1 * max(abs(low), abs(high)))
    lows = _finite(value for series in figure.series for value in series.low or ())
    highs = _finite(value for series in figure.series for value in series.high or ())
    return max(min([low, *lows]), low - room), min(max([high, *highs]), high + room)


def x_axis(figure: Figure) -> Axis:
    """The numeric x axis: whole years of months where x counts months, else round steps; zero is taken in when near."""
    found = _finite([*places(figure), *(line.at for line in figure.markers)])
    low, high = (min(found), max(found)) if found else (0.0, 1.0)
    if x_unit(figure) == "months":
        step = next((step for step in MONTH_STEPS if max(high, 1.0) / step <= 10), MONTH_STEPS[-1])
        return Axis(math.floor(min(low, 0.0) / step) * step, math.ceil(max(high, 1.0) / step - 1e-9) * step, step)
    if 0 < low <= 0.6 * high or low == high >= 0:
        low = 0.0
    return nice_axis(low, high or 1.0)


def x_unit(figure: Figure) -> Unit:
    """Survival counts months where nothing else is said."""
    return figure.x.unit if figure.x else "months"


def x_title(figure: Figure, language: Language, money_unit: MoneyUnit = "one") -> str:
    """The name of the x axis, with its unit where the numbers do not carry it."""
    if figure.x is None:
        return ""
    name, unit = plain(figure.x.name, language), unit_title(figure.x.unit, figure.currency, language, money_unit)
    return f"{name} ({unit})" if unit and figure.x.unit != "months" else name


def _finite(values: Iterable[float | None]) -> list[float]:
    return [value for value in map(valid, values) if value is not None]


def _bounded(axis: Axis, figure: Figure) -> Axis:
    """No negative ticks below values that are never negative."""
    lowest = min(_finite(v for series in figure.series for v in (*series.values, *(series.low or ()))), default=0.0)
    return Axis(max(axis.low, 0.0), axis.high, axis.step) if lowest >= 0 > axis.low else axis


def value_unit(figure: Figure) -> Unit:
    """The unit of the axis of values."""
    return "share" if figure.kind == "bullet" and is_scaled(figure) else figure.unit


def tick_labels(axis: Axis, unit: Unit, language: Language, money_unit: MoneyUnit = "one") -> list[str]:
    """The axis's numbers. Amounts in whole currency are shortened: 1,200万 in Japanese, 12M in English.

    >>> tick_labels(Axis(0, 2e7, 1e7), "money", "ja"), tick_labels(Axis(0, 2e7, 1e7), "money", "ja", "million")
    (['0', '1,000万', '2,000万'], ['0', '10', '20'])
    """
    divisor, suffix = _divisor(axis, unit, language, money_unit)
    step = Decimal(repr(axis.step)) / divisor
    decimals = max(0, -int(step.normalize().as_tuple().exponent))
    pattern = "#,##0." + "0" * decimals if decimals else "#,##0"
    numbers = [Decimal(repr(tick)) / divisor for tick in axis.ticks]
    return [format_decimal(number, pattern, locale=language) + suffix if number or unit == "share" else "0"
            for number in numbers]


def _divisor(axis: Axis, unit: Unit, language: Language, money_unit: MoneyUnit) -> tuple[Decimal, str]:
    if unit == "share":
        return Decimal("0.01"), "%"
    if unit == "money" and money_unit != "one":
        return Decimal(MONEY_SCALE[money_unit]), ""
    largest = max(abs(axis.low), abs(axis.high))
    if unit in ("money", "count") and largest >= COMPACT_FROM:
        divisor, suffix = next(pair for pair in COMPACT[language] if largest >= pair[0])
        return Decimal(divisor), suffix
    return Decimal(1), ""


def axis_title(figure: Figure, language: Language, money_unit: MoneyUnit = "one") -> str:
    """The unit, where the numbers do not carry it, and what is measured where the figure says so."""
    if figure.kind == "bullet" and is_scaled(figure):
        return OF_TARGET.text(language)
    unit = unit_title(figure.unit, figure.currency, language, money_unit)
    if figure.value_title is None:
        return unit
    name = plain(figure.value_title, language)
    return f"{name} ({unit})" if unit else name


def unit_title(unit: Unit, currency: str | None, language: Language, money_unit: MoneyUnit = "one") -> str:
    if unit == "money":
        return money_suffix(language, currency, money_unit).strip()
    return UNIT_TITLE[unit].text(language) if unit in UNIT_TITLE else ""
