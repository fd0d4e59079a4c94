"""What a KPI card says: the reading, its change against the period before, and whether that change means anything."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from cs_kpi.book import Book
from cs_kpi.kpi.readings import Reading, Segment, missing, selected, series
from cs_kpi.kpi.registry import Kpi
from cs_kpi.locale import Message, _
from cs_kpi.periods import Period, period_of

TREND_PERIODS = 12
Verdict = Literal["better", "worse", "same", "noise", "unknown"]
VERDICT_LABELS: dict[Verdict, Message] = {
    "better": _("better"), "worse": _("worse"), "same": _("unchanged"), "noise": _("within noise"),
    "unknown": _("no interval")}


@dataclass(frozen=True, slots=True)
class Card:
    """A KPI in one period beside the periods before it.

    trend : its readings in the last twelve periods up to this one, the earliest first
    verdict : None where there is nothing to compare with
    """

    kpi: Kpi
    reading: Reading
    trend: tuple[Reading, ...]
    previous: Reading | None
    verdict: Verdict | None


def cards(book: Book, period: Period, kpis: Sequence[str] | None = None, segment: Segment | None = None) -> list[Card]:
    """A card per KPI, each in its own headline period kind where it has one and the data carries it."""
    if period.kind == "snapshot":
        alone = {kpi.id: kpi for kpi in selected(book, kpis)}
        return [_card(alone[name], found) for name, found in series(book, [period], list(alone), segment).items()]
    run = [period.shifted(-back) for back in range(TREND_PERIODS, -1, -1)]
    trailing = period_of("ttm", period.end)
    trailing_run = [trailing.shifted(-back) for back in range(TREND_PERIODS, -1, -1)]
    wanted = {kpi.id: kpi for kpi in selected(book, kpis)}
    headlines = [name for name, kpi in wanted.items() if kpi.headline and kpi.headline != period.kind]
    own = series(book, run, list(wanted), segment)
    trailing_own = series(book, trailing_run, headlines, segment) if headlines else {}
    return [_card(kpi, _preferred(trailing_own.get(name), own[name])) for name, kpi in wanted.items()]


def lacking(book: Book, kpis: Sequence[str]) -> dict[str, Message]:
    """The KPIs of `kpis` that this book cannot tell, each with the reason; nothing is computed for it."""
    return {kpi.id: reason for kpi in selected(book, kpis) if (reason := missing(book, kpi)) is not None}


def _preferred(trailing: list[Reading] | None, chosen: list[Reading]) -> list[Reading]:
    """The headline run where it has a value at its end, else the chosen period's."""
    return trailing if trailing and trailing[-1].value is not None else chosen


def _card(kpi: Kpi, run: list[Reading]) -> Card:
    *before, reading = run
    if not kpi.compares:
        return Card(kpi, reading, (), None, None)
    previous = before[-1] if before and before[-1].value is not None else None
    return Card(kpi, reading, tuple(run[-TREND_PERIODS:]), previous, _verdict(kpi, reading, previous))


def _verdict(kpi: Kpi, now: Reading, before: Reading | None) -> Verdict | None:
    """Whether the change is for the better; noise where it is smaller than the two intervals allow, unknown where a
    rate has none."""
    if before is None or before.value is None or now.value is None or now.status == "incomplete":
        return None
    change = now.value - before.value
    if change == 0:
        return "same"
    allowed = math.hypot(half_width(now), half_width(before)) if kpi.is_rate else 0.0
    if abs(change) <= allowed:
        return "noise" if math.isfinite(allowed) else "unknown"
    return "better" if (change > 0) == (kpi.better == "up") else "worse"


def half_width(reading: Reading) -> float:
    """Half of the 95 % interval; infinite for a rate without one, whose noise nobody knows."""
    if reading.low is None or reading.high is None:
        return math.inf
    return (reading.high - reading.low) / 2
