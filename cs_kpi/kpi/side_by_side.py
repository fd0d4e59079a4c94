"""Several segments of a field next to each other: every KPI, and whether a difference is more than noise."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from cs_kpi.book import Book
from cs_kpi.kpi.cards import half_width
from cs_kpi.kpi.docs import UNIT_LABELS
from cs_kpi.kpi.readings import STATUS_LABELS, Reading, Segment, readings, segment_name, selected
from cs_kpi.kpi.registry import Kpi
from cs_kpi.locale import Language, Message, _
from cs_kpi.locale.formats import NO_VALUE, change_text, with_unit
from cs_kpi.measures.segments import segment_field, segment_fields, segment_values
from cs_kpi.periods import Period, period_of
from cs_kpi.settings import MoneyUnit

MOST_SIDES = 4
Mark = Literal["signal", "noise", "same"]
MARK_LABELS: dict[Mark, Message] = {"signal": _("signal"), "noise": _("within noise"), "same": _("same")}
NO_CUSTOMER = _("No customer is in this segment.")


@dataclass(frozen=True, slots=True)
class Side:
    """A KPI of one segment; `mark` says whether it differs from the first segment's, None where nobody can tell:
    totals have no interval."""

    reading: Reading
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A KPI in one period, a side per segment, the first of which the others are held against."""

    kpi: Kpi
    period: Period
    sides: tuple[Side, ...]

    @property
    def has_value(self) -> bool:
        return any(side.reading.value is not None for side in self.sides)


def side_by_side(book: Book, kpis: Sequence[str], period: Period, field: str, values: Sequence[str | None]
                 ) -> list[Row]:
    """A row per available KPI, each in its headline period where it has one, as on its card; in the picked one where no
    segment has a value there.

    values : two to four values of the field, the one to hold the others against first
    """
    wanted = {kpi.id: kpi for kpi in selected(book, kpis)}
    found = _readings(book, list(wanted), period, field)
    headlines = [name for name, kpi in wanted.items() if kpi.headline and period.kind not in (kpi.headline, "snapshot")]
    trailing = _readings(book, headlines, period_of("ttm", period.end), field) if headlines else {}
    rows = []
    for name, kpi in wanted.items():
        if name not in found:
            continue
        run = _picked(trailing.get(name, {}), name, period, field, values)
        if all(reading.value is None for reading in run):
            run = _picked(found[name], name, period, field, values)
        rows.append(Row(kpi, run[0].period, (Side(run[0]), *(Side(one, mark(kpi, one, run[0])) for one in run[1:]))))
    return rows


def _readings(book: Book, kpis: Sequence[str], period: Period, field: str) -> dict[str, dict[Segment, Reading]]:
    """KPI -> segment -> reading, of the available ones."""
    found: dict[str, dict[Segment, Reading]] = {}
    for reading in readings(book, [period], kpis, field):
        if reading.segment is not None:
            found.setdefault(reading.kpi, {})[reading.segment] = reading
    return found


def _picked(found: dict[Segment, Reading], kpi: str, period: Period, field: str, values: Sequence[str | None]
            ) -> list[Reading]:
    return [found.get(Segment(field, value)) or Reading(kpi, period, Segment(field, value), None, None, None, 0, None,
                                                        None, "undefined", NO_CUSTOMER) for value in values]


def mark(kpi: Kpi, one: Reading, first: Reading) -> Mark | None:
    """Whether two segments differ by more than their 95 % intervals together allow."""
    if one.value is None or first.value is None:
        return None
    if one.value == first.value:
        return "same"
    allowed = math.hypot(half_width(one), half_width(first))
    if not kpi.is_rate or not math.isfinite(allowed):
        return None
    return "noise" if abs(one.value - first.value) <= allowed else "signal"


def largest(book: Book, field: str, period: Period, count: int = 2) -> list[str | None]:
    """The segments with the most customers at the closing, the largest first; who has no value comes after those that
    have one, and empty segments last, in their own order."""
    sizes = _sizes(book, field, period)
    return sorted(sizes, key=lambda value: (not sizes[value], value is None, -sizes[value]))[:count]


def first_field(book: Book, period: Period) -> str | None:
    """The first field of which two values have customers at the closing; the first of all where none has, None where
    there is no field."""
    fields = [one.id for one in segment_fields(book)]
    filled = (name for name in fields
              if sum(value is not None and size > 0 for value, size in _sizes(book, name, period).items()) > 1)
    return next(filled, next(iter(fields), None))


def _sizes(book: Book, field: str, period: Period) -> dict[str | None, float]:
    """Value of the field -> customers at the closing."""
    found = {one.segment.value: one.value or 0.0 for one in readings(book, [period], ["customers"], field)
             if one.segment is not None}
    return {value: found.get(value, 0.0) for value in segment_values(book, segment_field(book, field))}


def shown_side_by_side(rows: Sequence[Row], book: Book, language: Language, money_unit: MoneyUnit = "one"
                       ) -> pd.DataFrame:
    """One row per KPI that has a value in some segment, to read: a column per segment, and beside every further one
    its difference from the first."""
    rows = [row for row in rows if row.has_value]
    columns: dict[str, list[str]] = {_("KPI").text(language): [_named(row, language) for row in rows]}
    if not rows:
        return pd.DataFrame(columns)
    first = _segment(rows[0].sides[0], language)
    for place, side in enumerate(rows[0].sides):
        name = _segment(side, language)
        columns[name] = [_cell(row, place, book, language, money_unit) for row in rows]
        if place:
            head = _("{segment} against {first}", segment=name, first=first).text(language)
            columns[head] = [_marked(row, place, book, language, money_unit) for row in rows]
    return pd.DataFrame(columns)


def _named(row: Row, language: Language) -> str:
    name = row.kpi.label.text(language)
    return f"{name} · {row.period.label(language)}" if row.period.kind == row.kpi.headline else name


def _segment(side: Side, language: Language) -> str:
    assert side.reading.segment is not None
    name = segment_name(side.reading.segment)
    return name.text(language) if isinstance(name, Message) else name


def _cell(row: Row, place: int, book: Book, language: Language, money_unit: MoneyUnit) -> str:
    """The value with its interval, and how many it rests on where they are few."""
    reading = row.sides[place].reading
    value, low, high = (with_unit(number, row.kpi.unit, language, currency=book.currency, money_unit=money_unit)
                        for number in (reading.value, reading.low, reading.high))
    if reading.value is None:
        return STATUS_LABELS[reading.status].text(language)
    between = f" ({_('{low} to {high}', low=low, high=high).text(language)})"
    text = value + between if reading.low is not None and reading.high is not None else value
    return f"{text} n={reading.n}" if reading.status == "small_sample" else text


def _marked(row: Row, place: int, book: Book, language: Language, money_unit: MoneyUnit) -> str:
    one, first = row.sides[place].reading.value, row.sides[0].reading.value
    if one is None or first is None:
        return NO_VALUE
    change = change_text(one, first, row.kpi.unit, language, currency=book.currency, money_unit=money_unit)
    found = row.sides[place].mark
    return change if found is None else MARK_LABELS[found].text(language) if found == "same" else (
        f"{change} · {MARK_LABELS[found].text(language)}")


def listed_side_by_side(rows: Sequence[Row], book: Book, language: Language, money_unit: MoneyUnit = "one"
                        ) -> pd.DataFrame:
    """The same as numbers, for a download: a row per KPI and segment with value, interval, n and mark."""
    found = []
    for row in rows:
        for side in row.sides:
            reading = side.reading
            found.append({
                _("KPI").text(language): row.kpi.label.text(language),
                _("Period").text(language): row.period.label(language),
                _("Segment").text(language): _segment(side, language),
                _("Unit").text(language): _unit(row.kpi, book, language),
                _("Value").text(language): reading.value,
                _("95% from").text(language): reading.low, _("95% to").text(language): reading.high,
                "n": reading.n, _("Status").text(language): STATUS_LABELS[reading.status].text(language),
                _("Against the first").text(language): MARK_LABELS[side.mark].text(language) if side.mark else ""})
    return pd.DataFrame(found)


def _unit(kpi: Kpi, book: Book, language: Language) -> str:
    """In what the numbers of a download are: money in whole units of its currency, shares as 0 to 1."""
    if kpi.unit == "share":
        return _("share, 0 to 1").text(language)
    return book.currency if kpi.unit == "money" and book.currency else UNIT_LABELS[kpi.unit].text(language)
