"""One KPI over time, a line per segment of a field."""

from __future__ import annotations

from collections.abc import Sequence

from cs_kpi.book import Book
from cs_kpi.charts.figure import Figure, Role, Series
from cs_kpi.charts.revenue import footnote, span_label
from cs_kpi.kpi.readings import Segment, readings, segment_name, series
from cs_kpi.kpi.registry import chosen
from cs_kpi.locale import Language, _
from cs_kpi.measures.segments import segment_field
from cs_kpi.periods import Period

ROLES: tuple[Role, ...] = ("accent", "second", "neutral", "accent")
"""A role that comes again takes a lighter tint."""


def trend_by_segment(book: Book, kpi_id: str, run: Sequence[Period], by: str, values: Sequence[str | None],
                     language: Language) -> Figure:
    """A line per value of the field, in their order. Raises DataError for an unknown KPI or field."""
    kpi, field = chosen(kpi_id, book.settings), segment_field(book, by)
    found = {(one.segment, one.period): one.value for one in readings(book, run, [kpi_id], by) if one.segment}
    lines = tuple(Series(segment_name(Segment(by, value)),
                         tuple(found.get((Segment(by, value), period)) for period in run), role)
                  for value, role in zip(values, ROLES, strict=False))
    whole = series(book, run, [kpi_id])[kpi_id]
    period = span_label(run, language)
    return Figure(f"{kpi_id}-sides", "line", _("{title}, {period}", title=kpi.label, period=period),
                  tuple(one.label(language) for one in run), lines, kpi.unit, footnote(book, whole, [kpi_id]),
                  _("By {field}", field=field.label), period, book.currency,
                  frozenset(place for place, one in enumerate(whole) if one.status == "incomplete"))
