"""A chart as data: what every renderer (screen, PNG, SVG, slide, table) reads, so that all show the same numbers.

Every kind is a table: one row per category, one column per series, None where there is no value. What a kind needs
beyond that is an optional part of the figure.

kind            categories              series                                 further parts
line            periods                 one or more; low, high: 95 % band
stacked_bars    periods                 signed: negatives stack below zero
stacked_area    periods                 layers, the earliest first
waterfall       steps                   one, of signed steps                   roles: one per step
grouped_bars    periods, classes        side by side; one is plain columns;
                                        low, high: whiskers
ranked_bars     long names, top down    one, or stacked to a total             roles: a colour per bar, and low, high:
                                                                               whiskers (one series)
heatmap         columns, left to right  rows, top down; size: customers in it  series_title, category_title; centre
survival        "0", "1", ... months    segments; low, high: 95 % band         x: the months as numbers
scatter         names of the points     groups (a point has a value in one)    x, value_title; size: Measured
fan             past and coming periods the past; the projection (median; low, high: P10, P90; inner_low, inner_high:
                                        P25, P75); then target lines, if any. Give the projection the last known value
                                        too, with low = high = value, and the fan opens from there.
bullet          KPIs or segments        actual, target                         statuses: one per row

`markers` (vertical) stand before the category of their number on periods, fans and columns, and at a value of x on
survival and scatter. `references` (horizontal) stand at a value on every kind with an upright axis of values; on
ranked_bars they are upright too. Figures of one point and of sixty are drawn alike; what is too much for a kind is
made less by the renderer and said so: ranked_bars beyond 30 (charts/largest.py), scatter beyond 2,000
(charts/density.py). Tables and csv keep all of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cs_kpi.locale import Message
from cs_kpi.locale.formats import Unit

ChartKind = Literal["line", "stacked_bars", "stacked_area", "waterfall", "grouped_bars", "ranked_bars", "heatmap",
                    "survival", "scatter", "fan", "bullet"]
Role = Literal["new", "expansion", "reactivation", "contraction", "churn", "total", "accent", "second", "neutral",
               "layer", "good", "watch", "bad"]
Values = tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """One named run of values, one per category of its figure; None where there is no value.

    role : what the colour means, the same everywhere; `layer` takes the next colour of a sequential ramp; `good`,
        `watch` and `bad` are for health bands and target status alone, and come with a shape or a word
    low, high : 95 % interval where there is one; of a projection P10 and P90
    inner_low, inner_high : of a projection P25 and P75
    size : how many stand behind it; shown beside the name of a heatmap's row
    """

    name: Message | str
    values: Values
    role: Role = "accent"
    low: Values | None = None
    high: Values | None = None
    inner_low: Values | None = None
    inner_high: Values | None = None
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """A second number of every category: where it stands on a numeric x axis, or how large its point is."""

    name: Message | str
    values: Values
    unit: Unit


@dataclass(frozen=True, slots=True)
class Marker:
    """A thin line across the plot, with a few words: a definition that changed, today, a target, a mean."""

    at: float
    label: Message | str = ""


@dataclass(frozen=True, slots=True)
class Status:
    """How a bullet's row stands: the word (`on target`), its role, and the row's own unit where rows differ.

    With units each row is drawn as a share of its own target; without, all rows share the axis of the figure's unit.
    """

    word: Message | str
    role: Role = "neutral"
    unit: Unit | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart as data; which kind takes what stands at the top of this module.

    incomplete : indices of categories that are not complete yet; shown paler, dashed, and with the word
    roles : one per category; of a waterfall, `total` steps stand on zero, the others hang on the step before
    footnote : definition in words and n; goes under the exported chart and onto the slide
    centre : heatmap only: the value from which colours diverge (0 for "against the mean"); None for a sequential ramp
    category_title, value_title, series_title : names of the axes, and heads of the table, where the reader needs them
    """

    id: str
    kind: ChartKind
    title: Message
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: Unit
    footnote: Message
    subtitle: Message | None = None
    period: str = ""
    currency: str | None = None
    incomplete: frozenset[int] = frozenset()
    roles: tuple[Role, ...] = ()
    x: Measured | None = None
    size: Measured | None = None
    statuses: tuple[Status, ...] = ()
    centre: float | None = None
    category_title: Message | str | None = None
    value_title: Message | str | None = None
    series_title: Message | str | None = None
    markers: tuple[Marker, ...] = ()
    references: tuple[Marker, ...] = ()
