"""Readings: the value of a KPI for a period and a segment, with all that a reader needs to believe it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from cs_kpi.book import Book
from cs_kpi.errors import DataError
from cs_kpi.kpi import conventions, formula, undated  # noqa: F401  (declares what other conventions say)
from cs_kpi.kpi.declarations import KPIS
from cs_kpi.kpi.estimates import SMALL_SAMPLE, Estimate
from cs_kpi.kpi.methods import estimates
from cs_kpi.kpi.registry import DEFAULT_CONVENTION, Kpi, chosen
from cs_kpi.kpi.tally import Tally
from cs_kpi.locale import Message, _
from cs_kpi.measures.moments import Moment, moments
from cs_kpi.measures.registry import Counted
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
FEW: dict[Counted, Message] = {
    "customers": _("Customers in the denominator: only {n}."), "answers": _("Answers: only {n}."),
    "terms": _("Terms that ran out: only {n}.")}


@dataclass(frozen=True, slots=True)
class Segment:
    """A value of a field; `value` None: not set."""

    field: str
    value: str | None


@dataclass(frozen=True, slots=True)
class Reading:
    """A KPI's value for one period and segment.

    numerator, denominator : in the unit of their measures (currency or customers); denominator None for totals
    n : customers in the denominator (of a total: in the numerator), or its answers or terms
    low, high : 95 % interval of a rate; `low` alone: what an undefined one is at least
    reason : why it is not available, undefined or incomplete, or on how few it rests
    convention : by whose definition
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


def selected(book: Book, ids: Sequence[str] | None, convention: str | None = None) -> list[Kpi]:
    """The KPIs called `ids` (all, where None), by `convention` or as the book's settings define them.

    Raises DataError that names the known ones, of KPIs and of conventions.
    """
    for stranger in [name for name in ids or () if name not in KPIS]:
        raise DataError(_("There is no KPI '{kpi}'. There are: {known}.", kpi=stranger, known=sorted(KPIS)))
    return [chosen(name, book.settings, convention) for name in (KPIS if ids is None else ids)]


def readings(book: Book, periods: Sequence[Period], kpis: Sequence[str] | None = None, by: str | None = None,
             intervals: bool = True, within: Segment | None = None, convention: str | None = None) -> list[Reading]:
    """Every KPI of `kpis` in every period, whole or cut by the field `by`; by period, then KPI, then segment.

    within : of a cut, only those customers who are in this segment of another field
    convention : by whose definitions, where not as the settings say
    Raises DataError for an unknown KPI, field or convention.
    """
    wanted = {kpi.id: kpi for kpi in selected(book, kpis, convention)}
    field = segment_field(book, by) if by else None
    other = segment_field(book, within.field) if within else None
    lacking = {name: missing(book, kpi) for name, kpi in wanted.items()}
    cut = _cut(book, field, other, within)
    shown = _Shown(field, field is not None and None in segment_values(book, field))
    return [reading for now in moments(book, periods, splits_needed(book, wanted.values(), field, other))
            for reading in _of_moment(Tally.of(now, cut), lacking, wanted, shown, intervals)]


def series(book: Book, run: Sequence[Period], kpis: Sequence[str],
           segment: Segment | None = None, convention: str | None = None) -> dict[str, list[Reading]]:
    """The reading of each KPI in every period of a run, of one segment or of the whole."""
    found = {(reading.kpi, reading.period): reading
             for reading in readings(book, run, kpis, segment.field if segment else None, convention=convention)
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
    return lambda now: narrowed(outer(now), inner(now), within.value, book.ledger.customer)


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
    if place := absent(book, kpi):
        return to_load(book, place)
    lacks = dict.fromkeys(term.measure.lacks for term in kpi.terms if term.measure.lacks is not None)
    return next((reason for lack in lacks if (reason := lack(book))), None)


def absent(book: Book, kpi: Kpi) -> str | None:
    """The first "table" or "table.field" that a KPI needs and the book has not; None where it has all.

    Where one of several would do, a field of a table that is there, else the first.
    """
    for need in kpi.needs:
        places = need.split("|")
        if not any(book.has(place) for place in places):
            return next((place for place in places if "." in place and book.has(place.split(".")[0])), places[0])
    return None


def to_load(book: Book, place: str) -> Message:
    """What to do for a table or field that is not there."""
    table, _dot, column = place.partition(".")
    lacking = TABLES[table]
    if not column or not book.has(table):
        return _("There is no table '{table}' yet. Load a file that has it, on the data page.", table=lacking.label)
    return _("No column is mapped to '{field}' ({table}). Assign one on the data page.",
             field=lacking.by_name[column].label, table=lacking.label)


def _of_moment(tally: Tally, lacking: Mapping[str, Message | None], chosen: Mapping[str, Kpi], shown: _Shown,
               intervals: bool) -> Iterator[Reading]:
    for name, reason in lacking.items():
        if reason is None:
            yield from _of_kpi(tally, chosen[name], shown, intervals)
        else:
            yield _without_value(tally.now, chosen[name], None, "not_available", reason)


def _without_value(now: Moment, kpi: Kpi, segment: Segment | None, status: Status, reason: Message) -> Reading:
    return Reading(kpi.id, now.period, segment, None, None, None, 0, None, None, status, reason, kpi.convention)


def _of_kpi(tally: Tally, kpi: Kpi, shown: _Shown, intervals: bool) -> Iterator[Reading]:
    if reason := unknown(tally.now, kpi):
        for _place, segment in shown.segments(tally):
            yield _without_value(tally.now, kpi, segment, "undefined", reason)
        return
    found = estimates(kpi, tally, intervals)
    pending = tally.total(kpi.pending, kpi.at).tolist() if kpi.pending else [0] * tally.size
    places = shown.segments(tally)
    if shown.field and not shown.has_unset and (found[0].n or found[0].numerator or pending[0]):
        places = [(0, Segment(shown.field.id, None)), *places]  # who has no contract now and said or did something
    for place, segment in places:
        yield reading_of(tally.now, kpi, segment, found[place], pending[place])


def unknown(now: Moment, kpi: Kpi) -> Message | None:
    """Why the data says nothing of a KPI in a period: it opens before the data begins, or a table is silent in it."""
    if is_in_the_dark(now, kpi):
        return _("The data begins on {day}, after this period opens: who was a customer at its opening is not known.",
                 day=now.book.data_from)
    silences = (term.measure.silent(now) for term in kpi.terms if term.measure.silent)
    return next((reason for reason in silences if reason), None)


def is_in_the_dark(now: Moment, kpi: Kpi) -> bool:
    """Whether the KPI looks back to an opening before the first day that the data speaks of."""
    return now.opens_in_the_dark and kpi.looks_back


def reading_of(now: Moment, kpi: Kpi, segment: Segment | None, found: Estimate, pending: int = 0) -> Reading:
    """An estimate with its status; `pending` customers are not decided yet."""
    status, reason = _status(now, kpi, found, pending)
    return Reading(kpi.id, now.period, segment, found.value, found.numerator, found.denominator, found.n, found.low,
                   found.high, status, reason, kpi.convention)


def _status(now: Moment, kpi: Kpi, found: Estimate, pending: int) -> tuple[Status, Message | None]:
    """The first status that applies, with its reason (handbook 4)."""
    waiting = _("Not decided yet: {pending} ({n}).", n=pending, pending=[
        term.measure.label for term in formula.terms(kpi.pending or kpi.numerator)]) if pending else None
    if found.value is None:
        return "undefined", found.reason if found.n else waiting or found.reason
    if not now.is_complete:
        return "incomplete", _("The data ends on {day}, before the period does.", day=now.book.as_of)
    if waiting:
        return "incomplete", waiting
    if kpi.is_rate and found.n < SMALL_SAMPLE:
        return "small_sample", Message(FEW[kpi.counted].template, {"n": found.n})
    return ("small_sample", found.reason) if found.reason else ("ok", None)


def segment_name(segment: Segment) -> str | Message:
    if segment.value is None:
        return NOT_SET_LABEL
    if segment.field in STARTS and (cohort := period_name(segment.value)):
        return cohort
    return VALUE_LABELS.get(segment.field, {}).get(segment.value, segment.value)
