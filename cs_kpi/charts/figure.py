"""A chart as data: what every renderer (screen, PNG, SVG, slide, table) reads, so that all show the same numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cs_kpi.locale import Message
from cs_kpi.locale.formats import Unit

ChartKind = Literal["line", "stacked_bars", "stacked_area", "waterfall", "bars"]
Role = Literal["new", "expansion", "reactivation", "contraction", "churn", "total", "accent", "second", "neutral",
               "layer"]


@dataclass(frozen=True, slots=True)
class Series:
    """One named run of values, one per category of its figure; None where there is no value.

    role : what the colour means, the same everywhere; `layer` takes the next colour of a sequential ramp
    low, high : 95 % interval where there is one
    """

    name: Message | str
    values: tuple[float | None, ...]
    role: Role = "accent"
    low: tuple[float | None, ...] | None = None
    high: tuple[float | None, ...] | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart as data.

    kind : `line` (one or more series over periods), `stacked_bars` (signed: negatives stack below zero),
        `stacked_area` (layers), `waterfall` (one series of signed steps; see `step_roles`), `bars` (one series over
        items, with its intervals)
    categories : what stands on the x axis, in order (period labels; steps of a waterfall)
    incomplete : indices of categories that are not complete yet; shown paler, dashed, and with the word
    step_roles : waterfall only, one role per category; `total` steps stand on zero, the others hang on the step before
    item : what stands on the x axis, where that is no period
    footnote : definition in words and n; goes under the exported chart and onto the slide
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
    step_roles: tuple[Role, ...] = ()
    item: Message | str | None = None
