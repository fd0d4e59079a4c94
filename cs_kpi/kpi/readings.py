"""Readings: the value of a KPI for a period and a segment, with all that a reader needs to believe it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from cs_kpi.book import Book
from cs_kpi.errors import DataError
from cs_kpi.kpi import formula, subscription_kpis  # noqa: F401  (declares the KPIs)
from cs_kpi.kpi.intervals import BOOTSTRAP_BELOW, Interval, bootstrapped, linearised, wilson
from cs_kpi.kpi.registry import KPIS, Kpi
from cs_kpi.ledger import MICRO, Ints
from cs_kpi.locale import Message, _
from cs_kpi.measures.moments import Moment, moments
from cs_kpi.measures.registry import MEASURES
from cs_kpi.measures.segments import NOT_SET_LABEL, Segmentation, SegmentField, segment_field, segmentation
from cs_kpi.periods import Period
from cs_kpi.tables import TABLES

Status = Literal["not_available", "undefined", "incomplete", "small_sample", "ok"]
STATUS_LABELS: dict[Status, Message] = {
    "not_available": _("Not available"), "undefined": _("Undefined"), "incomplete": _("Incomplete"),
    "small_sample": _("Small sample"), "ok": _("OK")}
SMALL_SAMPLE = 30
DEFAULT_CONVENTION = "default"


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
             intervals: bool = True) -> list[Reading]:
    """Every KPI of `kpis` in every period, whole or cut by the field `by`; by period, then KPI, then segment.

    Raises DataError for an unknown KPI or field.
    """
    chosen = selected(kpis)
    field = segment_field(book, by) if by else None
    return [reading for now in moments(book, periods, splits_needed(book, chosen, field))
            for reading in _of_moment(now, chosen, field, intervals)]


def splits_needed(book: Book, chosen: Iterable[Kpi], field: SegmentField | None = None) -> list[str]:
    """The contract fields that these KPIs and this cut read, as far as they are mapped."""
    wanted = {split for kpi in chosen for term in kpi.terms for split in term.measure.splits
              if book.has(f"subscriptions.{split}")}
    return sorted(wanted | ({field.column} if field and field.source == "subscriptions" else set()))


def missing(book: Book, kpi: Kpi) -> Message | None:
    """Why a KPI is not available for this book: the first table or field it lacks, and what to do."""
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


@dataclass(frozen=True)
class _Cut:
    """How a moment is cut: the code of every customer (per moment of segment) and the names of the codes."""

    field: SegmentField | None
    segments: Segmentation | None

    def codes(self, kpi: Kpi, size: int) -> Ints:
        return self.segments.codes(kpi.at) if self.segments else np.zeros(size, dtype=np.int64)

    @property
    def names(self) -> list[Segment | None]:
        if self.field is None or self.segments is None:
            return [None]
        return [Segment(self.field.id, name) for name in (None, *self.segments.names)]


def _of_moment(now: Moment, chosen: Sequence[Kpi], field: SegmentField | None, intervals: bool) -> Iterator[Reading]:
    cut = _Cut(field, segmentation(field, now) if field else None)
    vectors: dict[str, np.ndarray] = {}
    for kpi in chosen:
        reason = missing(now.book, kpi)
        if reason is None:
            yield from _cut_readings(now, kpi, cut, measured(now, kpi, vectors), intervals)
        else:
            yield Reading(kpi.id, now.period, None, None, None, None, 0, None, None, "not_available", reason)


def measured(now: Moment, kpi: Kpi, vectors: dict[str, np.ndarray] | None = None) -> Mapping[str, np.ndarray]:
    """The vector of every measure of a KPI; `vectors` holds those computed before and takes the new ones."""
    found = {} if vectors is None else vectors
    for term in kpi.terms:
        if term.measure.name not in found:
            found[term.measure.name] = MEASURES[term.measure.name].vector(now)
    return found


def _cut_readings(now: Moment, kpi: Kpi, cut: _Cut, vectors: Mapping[str, np.ndarray],
                  intervals: bool) -> Iterator[Reading]:
    numerator = formula.vector(kpi.numerator, vectors)
    denominator = formula.vector(kpi.denominator, vectors) if kpi.denominator else None
    codes = cut.codes(kpi, len(numerator))
    is_in = (denominator != 0) if denominator is not None else (numerator != 0)
    for code, segment in enumerate(cut.names):
        here = (codes == code) if cut.segments else np.ones(len(codes), dtype=bool)
        if segment is not None and segment.value is None and not (here & (now.opening + now.closing > 0)).any():
            continue
        part = np.flatnonzero(here & (is_in | (numerator != 0)))
        yield _reading(now, kpi, segment, numerator[part], None if denominator is None else denominator[part],
                       intervals)


def scale(expression: str) -> int:
    """What an integer of a formula is divided by: 10^6 for money, 1 for counts."""
    return MICRO if formula.terms(expression)[0].measure.unit == "money" else 1


def _reading(now: Moment, kpi: Kpi, segment: Segment | None, numerator: Ints, denominator: Ints | None,
             intervals: bool) -> Reading:
    top = int(numerator.sum())
    unit = scale(kpi.numerator)
    if denominator is None or kpi.denominator is None:
        n = int((numerator != 0).sum())
        status, reason = _status(now, kpi, None, n)
        value = None if status == "undefined" else top / unit
        return Reading(kpi.id, now.period, segment, value, value, None, n, None, None, status, reason)
    whole, whole_unit = int(denominator.sum()), scale(kpi.denominator)
    n = int((denominator != 0).sum())
    status, reason = _status(now, kpi, whole, n)
    if status == "undefined":
        return Reading(kpi.id, now.period, segment, None, top / unit, whole / whole_unit, n, None, None, status, reason)
    low, high = interval(kpi, numerator, denominator) if intervals else (None, None)
    value = top * whole_unit / (whole * unit)
    return Reading(kpi.id, now.period, segment, value, top / unit, whole / whole_unit, n, low, high, status, reason)


def _status(now: Moment, kpi: Kpi, whole: int | None, n: int) -> tuple[Status, Message | None]:
    """The first status that applies, with its reason (handbook 4)."""
    if now.opens_in_the_dark and kpi.looks_back:
        return "undefined", _("The data begins on {day}, after this period opens: who was a customer at its opening is "
                              "not known.", day=now.book.data_from)
    if whole == 0:
        base = formula.terms(kpi.denominator or kpi.numerator)[0].measure
        return "undefined", _("Nothing to divide by: {denominator} is 0 in this period.", denominator=base.label)
    if not now.is_complete:
        return "incomplete", _("The data ends on {day}, before the period does.", day=now.book.as_of)
    if whole is not None and n < SMALL_SAMPLE:
        return "small_sample", _("Only {n} customers are in the denominator.", n=n)
    return "ok", None


def interval(kpi: Kpi, numerator: Ints, denominator: Ints,
             bootstrap: bool = False) -> tuple[float | None, float | None]:
    """The 95 % interval of a rate, inside the KPI's bounds; `bootstrap` as when a passport is opened."""
    if is_share_of_customers(kpi):
        return wilson(int(numerator.sum()), int(denominator.sum()))
    top = numerator / scale(kpi.numerator)
    whole = denominator / scale(kpi.denominator or kpi.numerator)
    resample = bootstrap and len(top) < BOOTSTRAP_BELOW
    found: Interval | None = bootstrapped(top, whole) if resample else linearised(top, whole)
    if found is None:
        return None, None
    lowest, highest = kpi.bounds
    low = found[0] if lowest is None else max(lowest, found[0])
    high = found[1] if highest is None else min(highest, found[1])
    return low, high


def is_share_of_customers(kpi: Kpi) -> bool:
    """Whether numerator and denominator are both 0/1 per customer."""
    return kpi.unit == "share" and all(term.measure.unit == "count" for term in kpi.terms)


def segment_name(segment: Segment) -> str | Message:
    return NOT_SET_LABEL if segment.value is None else segment.value
