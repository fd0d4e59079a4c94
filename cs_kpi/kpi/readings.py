"""Readings: the value of a KPI for a period and a segment, with all that a reader needs to believe it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from cs_kpi.book import Book
from cs_kpi.errors import DataError
from cs_kpi.kpi import formula, subscription_kpis, undated  # noqa: F401  (declares the KPIs)
from cs_kpi.kpi.intervals import BOOTSTRAP_BELOW, bootstrapped, linearised, wilson
from cs_kpi.kpi.registry import KPIS, Kpi
from cs_kpi.kpi.tally import Tally
from cs_kpi.ledger import MICRO, Ints
from cs_kpi.locale import Message, _
from cs_kpi.measures.moments import Moment, moments
from cs_kpi.measures.segments import (
    NOT_SET_LABEL,
    OUTSIDE,
    STARTS,
    Segmentation,
    SegmentField,
    narrowed,
    segment_field,
    segment_values,
    segmenter,
)
from cs_kpi.periods import Period, period_name
from cs_kpi.tables import TABLES, VALUE_LABELS

Status = Literal["not_available", "undefined", "incomplete", "small_sample", "ok"]
STATUS_LABELS: dict[Status, Message] = {
    "not_available": _("Not available"), "undefined": _("Undefined"), "incomplete": _("Incomplete"),
    "small_sample": _("Small sample"), "ok": _("OK")}
SMALL_SAMPLE = 30
DEFAULT_CONVENTION = "default"
Limits = tuple[float | None, float | None]


@dataclass(frozen=True, slots=True)
class Segment:
    """A value of a field; `value` None: not set."""

    field: str
    value: str | None


@dataclass(frozen=True, slots=True)
class Reading:
    """A KPI's value for one period and segment.

    numerator, denominator : in the unit of their measures (currency or customers); denominator None for totals
    n : customers in the denominator (of a total: in the numerator)
    low, high : 95 % interval of a rate
    reason : why it is not available, undefined or incomplete
    """

    kpi: str
    period: Period
    segment: Segment | None
    value: float | None
    numerator: float | None
    denominator: float | None
    n: int
    low: float | None
    high: float | None
    status: Status
    reason: Message | None = None
    convention: str = DEFAULT_CONVENTION


def selected(ids: Sequence[str] | None) -> list[Kpi]:
    """The KPIs called `ids` (all, where None); raises DataError that names the known ones."""
    for unknown in [name for name in ids or () if name not in KPIS]:
        raise DataError(_("There is no KPI '{kpi}'. There are: {known}.", kpi=unknown, known=sorted(KPIS)))
    return [KPIS[name] for name in (ids or KPIS)]


def readings(book: Book, periods: Sequence[Period], kpis: Sequence[str] | None = None, by: str | None = None,
             intervals: bool = True, within: Segment | None = None) -> list[Reading]:
    """Every KPI of `kpis` in every period, whole or cut by the field `by`; by period, then KPI, then segment.

    within : of a cut, only those customers who are in this segment of another field
    Raises DataError for an unknown KPI or field.
    """
    chosen = selected(kpis)
    field = segment_field(book, by) if by else None
    other = segment_field(book, within.field) if within else None
    lacking = {kpi.id: missing(book, kpi) for kpi in chosen}
    cut = _cut(book, field, other, within)
    shown = _Shown(field, field is not None and None in segment_values(book, field))
    return [reading for now in moments(book, periods, splits_needed(book, chosen, field, other))
            for reading in _of_moment(Tally(now, cut(now) if cut else None), lacking, shown, intervals)]


def series(book: Book, run: Sequence[Period], kpis: Sequence[str],
           segment: Segment | None = None) -> dict[str, list[Reading]]:
    """The reading of each KPI in every period of a run, of one segment or of the whole."""
    found = {(reading.kpi, reading.period): reading
             for reading in readings(book, run, kpis, by=segment.field if segment else None)
             if reading.segment == segment or reading.status == "not_available"}
    absent = _("No customer is in this segment.")
    return {name: [found.get((name, period)) or Reading(name, period, segment, None, None, None, 0, None, None,
                                                        "undefined", absent) for period in run] for name in kpis}


@dataclass(frozen=True, slots=True)
class _Shown:
    """The field that readings are cut by, and whether some customer of the book has no value of it."""

    field: SegmentField | None
    has_unset: bool

    def segments(self, tally: Tally) -> list[tuple[int, Segment | None]]:
        """The segments with their places, the same in every period."""
        if self.field is None or tally.segments is None:
            return [(0, None)]
        named: list[tuple[int, Segment | None]] = [
            (place, Segment(self.field.id, name)) for place, name in enumerate(tally.segments.names, 1)
            if name != OUTSIDE]
        return [(0, Segment(self.field.id, None)), *named] if self.has_unset else named


def _cut(book: Book, field: SegmentField | None, other: SegmentField | None,
         within: Segment | None) -> Callable[[Moment], Segmentation] | None:
    if field is None or other is None or within is None:
        return segmenter(field, book) if field else None
    outer, inner = segmenter(field, book), segmenter(other, book)
    return lambda now: narrowed(outer(now), inner(now), within.value)


def splits_needed(book: Book, chosen: Iterable[Kpi], *fields: SegmentField | None) -> list[str]:
    """The contract fields that these KPIs and these cuts read, as far as they are mapped."""
    wanted = {split for kpi in chosen for term in kpi.terms for split in term.measure.splits
              if book.has(f"subscriptions.{split}")}
    return sorted(wanted | {field.column for field in fields if field and field.source == "subscriptions"})


def missing(book: Book, kpi: Kpi) -> Message | None:
    """Why a KPI is not available for this book: the first table or field it lacks, and what to do."""
    if book.is_snapshot:
        return undated.missing(book, kpi)
    if book.obstacle:
        return book.obstacle
    for need in kpi.needs:
        if not book.has(need):
            table, _dot, column = need.partition(".")
            lacking = TABLES[table]
            if not column:
                return _("There is no table '{table}' yet. Load a file that has it, on the data page.",
                         table=lacking.label)
            return _("No column is mapped to '{field}' ({table}). Assign one on the data page.",
                     field=lacking.by_name[column].label, table=lacking.label)
    return None


def _of_moment(tally: Tally, lacking: Mapping[str, Message | None], shown: _Shown,
               intervals: bool) -> Iterator[Reading]:
    for name, reason in lacking.items():
        if reason is None:
            yield from _of_kpi(tally, KPIS[name], shown, intervals)
        else:
            yield Reading(name, tally.now.period, None, None, None, None, 0, None, None, "not_available", reason)


def _of_kpi(tally: Tally, kpi: Kpi, shown: _Shown, intervals: bool) -> Iterator[Reading]:
    if is_in_the_dark(tally.now, kpi):
        reason = _("The data begins on {day}, after this period opens: who was a customer at its opening is not known.",
                   day=tally.now.book.data_from)
        for _place, segment in shown.segments(tally):
            yield Reading(kpi.id, tally.now.period, segment, None, None, None, 0, None, None, "undefined", reason)
        return
    top = tally.total(kpi.numerator, kpi.at)
    whole = tally.total(kpi.denominator, kpi.at) if kpi.denominator else None
    n = tally.count(kpi.denominator or kpi.numerator, kpi.at)
    limits = _limits(tally, kpi, top, whole) if whole is not None and intervals else [(None, None)] * tally.size
    for place, segment in shown.segments(tally):
        yield _reading(tally.now, kpi, segment, int(top[place]), None if whole is None else int(whole[place]),
                       int(n[place]), limits[place])


def is_in_the_dark(now: Moment, kpi: Kpi) -> bool:
    """Whether the KPI looks back to an opening before the first day that the data speaks of."""
    return now.opens_in_the_dark and kpi.looks_back


def scale(expression: str) -> int:
    """What an integer of a formula is divided by: 10^6 for money, 1 for counts."""
    return MICRO if formula.terms(expression)[0].measure.unit == "money" else 1


def _reading(now: Moment, kpi: Kpi, segment: Segment | None, top: int, whole: int | None, n: int,
             limits: Limits) -> Reading:
    status, reason = _status(now, kpi, whole, n)
    unit = scale(kpi.numerator)
    if whole is None or kpi.denominator is None:
        return Reading(kpi.id, now.period, segment, top / unit, top / unit, None, n, None, None, status, reason)
    whole_unit = scale(kpi.denominator)
    value = None if status == "undefined" else top * whole_unit / (whole * unit)
    low, high = (None, None) if value is None else limits
    return Reading(kpi.id, now.period, segment, value, top / unit, whole / whole_unit, n, low, high, status, reason)


def _status(now: Moment, kpi: Kpi, whole: int | None, n: int) -> tuple[Status, Message | None]:
    """The first status that applies, with its reason (handbook 4)."""
    if whole == 0:
        base = [term.measure.label for term in formula.terms(kpi.denominator or kpi.numerator)]
        return "undefined", _("Nothing to divide by: {denominator} is 0 in this period.", denominator=base)
    if not now.is_complete:
        return "incomplete", _("The data ends on {day}, before the period does.", day=now.book.as_of)
    if whole is not None and n < SMALL_SAMPLE:
        return "small_sample", _("Only {n} customers are in the denominator.", n=n)
    return "ok", None


def _limits(tally: Tally, kpi: Kpi, top: Ints, whole: Ints) -> list[Limits]:
    """The 95 % interval of a rate in every segment."""
    if is_share_of_customers(kpi):
        return [wilson(part, base) if base else (None, None) for part, base in zip(top.tolist(), whole.tolist(),
                                                                                   strict=True)]
    low, high = linearised(tally.vector(kpi.numerator), tally.vector(kpi.denominator or kpi.numerator),
                           tally.code(kpi.at), tally.size)
    return [_within(kpi, *pair) for pair in zip(low.tolist(), high.tolist(), strict=True)]


def interval(kpi: Kpi, numerator: Ints, denominator: Ints) -> Limits:
    """The 95 % interval of a rate as a passport shows it: by the bootstrap where customers are few."""
    if is_share_of_customers(kpi):
        return wilson(int(numerator.sum()), int(denominator.sum()))
    if len(numerator) < BOOTSTRAP_BELOW:
        return _within(kpi, *bootstrapped(numerator, denominator))
    low, high = linearised(numerator, denominator)
    return _within(kpi, float(low[0]), float(high[0]))


def _within(kpi: Kpi, low: float, high: float) -> Limits:
    """Limits in the KPI's unit and inside its bounds."""
    if math.isnan(low):
        return None, None
    unit = scale(kpi.denominator or kpi.numerator) / scale(kpi.numerator)
    lowest, highest = kpi.bounds
    return (low * unit if lowest is None else max(lowest, low * unit),
            high * unit if highest is None else min(highest, high * unit))


def is_share_of_customers(kpi: Kpi) -> bool:
    """Whether numerator and denominator are both 0/1 per customer."""
    return kpi.unit == "share" and all(term.measure.unit == "count" for term in kpi.terms)


def segment_name(segment: Segment) -> str | Message:
    if segment.value is None:
        return NOT_SET_LABEL
    if segment.field in STARTS and (cohort := period_name(segment.value)):
        return cohort
    return VALUE_LABELS.get(segment.field, {}).get(segment.value, segment.value)
