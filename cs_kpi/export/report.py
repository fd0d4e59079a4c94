"""What a report holds, whatever file it becomes: readings over a run of periods, and the sums that they are made of."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from cs_kpi.book import Book
from cs_kpi.charts.figure import Figure
from cs_kpi.deck.registry import Group
from cs_kpi.deck.scene import Kept, Scene
from cs_kpi.kpi import formula
from cs_kpi.kpi.behind import tally_of
from cs_kpi.kpi.methods import METHODS, side_at
from cs_kpi.kpi.passport import as_written
from cs_kpi.kpi.readings import Reading, Segment, segment_name, selected, series, splits_needed
from cs_kpi.kpi.registry import Kpi
from cs_kpi.locale import Language, Message, _, shown
from cs_kpi.measures.moments import moments
from cs_kpi.measures.registry import At, Measure
from cs_kpi.measures.segments import segment_field, segment_fields
from cs_kpi.periods import Period
from cs_kpi.settings import MoneyUnit

USUAL_CUTS = ("plan", "product", "industry", "size", "region")
Key = tuple[str, At | None]
"""A measure, and the moment of its segments where there is a segment."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a report is about.

    run : the periods, the last one being the one that it speaks of
    kpis : ids, in order
    by : the field by which segments are compared; None: no comparison
    kept : what the pages save and train; a report shows it, and never trains by itself
    """

    run: tuple[Period, ...]
    kpis: tuple[str, ...]
    segment: Segment | None = None
    by: str | None = None
    hides_names: bool = False
    kept: Kept = field(default_factory=Kept, compare=False)

    @property
    def period(self) -> Period:
        return self.run[-1]

    def scene(self, book: Book, language: Language, money_unit: MoneyUnit = "one") -> Scene:
        """The same for what decks know to show."""
        return Scene(book, self.period, self.run, language, money_unit, self.hides_names, self.segment, self.by,
                     kept=self.kept)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A figure, and the short name of its sheet.

    part : of the report, under whose head it stands
    is_course : it shows readings alone, which the sheet of KPIs has already
    """

    name: Message
    figure: Figure
    part: Group
    is_course: bool = False


@dataclass(frozen=True, slots=True)
class Lacking:
    """What this book cannot tell of, and why."""

    name: Message
    reason: Message


@dataclass(frozen=True, slots=True)
class Course:
    """A KPI with its reading in every period of the run."""

    kpi: Kpi
    readings: tuple[Reading, ...]

    @property
    def last(self) -> Reading:
        return self.readings[-1]


def compared_by(book: Book, segment: Segment | None) -> str | None:
    """The field by which segments are compared where none is asked for: the segment's own, else the book's first."""
    if segment is not None:
        return segment.field
    fields = [field.id for field in segment_fields(book) if field.source != "start"]
    return next((name for name in (*USUAL_CUTS, *fields) if name in fields), None)


def courses(book: Book, scope: Scope) -> list[Course]:
    """The KPIs of a scope over its run, in order. Raises DataError for an unknown KPI or field."""
    found = series(book, scope.run, scope.kpis, scope.segment)
    return [Course(kpi, tuple(found[kpi.id])) for kpi in selected(book, scope.kpis)]


def is_told(kpi: Kpi, reading: Reading) -> bool:
    """Whether a reading is made of the sums of its own period."""
    return METHODS[kpi.method].is_told_by_totals and reading.numerator is not None


def key_of(scope: Scope, kpi: Kpi, side: str, measure: Measure) -> Key:
    return measure.name, side_at(kpi, side) if scope.segment else None


def sums(book: Book, scope: Scope, found: Sequence[Course]) -> dict[Key, tuple[float | None, ...]]:
    """The sum of every measure that the readings are made of, in every period; None where no reading tells of it."""
    field = segment_field(book, scope.segment.field) if scope.segment else None
    splits = splits_needed(book, [course.kpi for course in found], field)
    totals: dict[Key, list[float | None]] = {}
    for place, now in enumerate(moments(book, scope.run, splits)):
        tally, segment = tally_of(now, scope.segment)
        for kpi, side, measure in _parts(found, place):
            run = totals.setdefault(key_of(scope, kpi, side, measure), [None] * len(scope.run))
            if run[place] is None:
                vector = tally.vector(measure.name, side_at(kpi, side), segment)
                run[place] = int(vector.sum()) / formula.scale(measure.name)
    return {key: tuple(run) for key, run in totals.items()}


def _parts(found: Sequence[Course], place: int) -> Iterator[tuple[Kpi, str, Measure]]:
    for course in found:
        if is_told(course.kpi, course.readings[place]):
            for side in ("numerator", "denominator"):
                for term in formula.terms(course.kpi.sides[side]) if side in course.kpi.sides else ():
                    yield course.kpi, side, term.measure


def side_sum(scope: Scope, kpi: Kpi, side: str, totals: Mapping[Key, tuple[float | None, ...]], place: int) -> float:
    """A numerator or denominator added up from the sums; NaN where one of them is not known."""
    values = [(term.factor, totals.get(key_of(scope, kpi, side, term.measure), ())) for term in
              formula.terms(kpi.sides[side])]
    known = [(factor, run[place]) for factor, run in values if run]
    if len(known) < len(values):
        return math.nan
    return math.fsum(math.nan if value is None else factor * value for factor, value in known)


def formula_words(kpi: Kpi, language: Language) -> str:
    """The formula of a KPI in words."""
    named = {name: word for side in kpi.sides.values() for name, word in formula.names(side, language).items()}
    return as_written(kpi, named, language)


def data_date(book: Book, language: Language) -> str:
    return _("no date").text(language) if book.is_snapshot else shown(book.as_of, language)


def head_words(book: Book, scope: Scope, language: Language) -> str:
    """Period, data date, segment and convention, in one line."""
    parts = [scope.period.label(language),
             f"{_('Data up to').text(language)}: {data_date(book, language)}"]
    if scope.segment:
        parts.append(f"{_('Segment').text(language)}: {shown(segment_name(scope.segment), language)}")
    if book.currency:
        parts.append(f"{_('Currency').text(language)}: {book.currency}")
    return " · ".join(parts)
