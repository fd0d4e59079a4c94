"""The heatmap of start cohorts: how many of each are there, and what they pay, by months since their start."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from cs_kpi.book import Book
from cs_kpi.charts.figure import Figure, Series
from cs_kpi.charts.segments import OTHERS
from cs_kpi.kpi.estimates import SMALL_SAMPLE
from cs_kpi.kpi.intervals import wilson
from cs_kpi.kpi.readings import Segment, segment_name
from cs_kpi.locale import Language, Message, _
from cs_kpi.locale.formats import Unit, formatted
from cs_kpi.measures.segments import STARTS
from cs_kpi.retention.cohorts import Cohorts, Floats, cohorts
from cs_kpi.tables import CUSTOMERS

Of = Literal["customers", "mrr"]
Shown = Literal["share", "count", "against_mean"]
OF_LABELS: dict[Of, Message] = {"customers": _("Customers"), "mrr": _("MRR")}
SHOWN_LABELS: dict[Shown, Message] = {"share": _("As a share"), "count": _("In numbers"),
                                  "against_mean": _("Against the mean")}
MOST_ROWS = 30
"""More values of a field that is no start are shown as the largest 29 and the others together."""
MILESTONES = (12, 6, 3, 1)
"""Months since the start of which the sentence speaks: the first one that somebody was observed for."""
ALL = _("All cohorts")
SEVERAL = "\0several"
"""Stands for a row that is no cohort of its own; no sheet can hold such a word."""


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    """The rows to draw; part over whole is the share."""

    names: Sequence[Message | str]
    size: np.ndarray
    part: Floats
    whole: Floats
    observed: np.ndarray

    @property
    def share(self) -> Floats:
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(self.whole > 0, self.part / self.whole, np.nan)

    def joined(self, rows: Sequence[int]) -> _Rows:
        """These rows added up to one."""
        return _Rows([OTHERS], self.size[rows].sum(keepdims=True), *(
            values[rows].sum(axis=0, keepdims=True) for values in (self.part, self.whole, self.observed)))

    def with_rest(self, kept: Sequence[int], rest: Sequence[int]) -> _Rows:
        """The kept rows, and the rest added up under them."""
        last = self.joined(rest)
        return _Rows([*(self.names[row] for row in kept), OTHERS], np.append(self.size[kept], last.size), *(
            np.vstack([mine[kept], theirs]) for mine, theirs in
            ((self.part, last.part), (self.whole, last.whole), (self.observed, last.observed))))


def cohort_heatmap(book: Book, by: str, of: Of, shown: Shown, language: Language,
                   segment: Segment | None = None) -> Figure:
    """A row per cohort, a column per month since the start: shares, numbers, or shares against all cohorts together.

    Shares begin with the row of all cohorts. Raises DataError for an unknown field.
    """
    found = cohorts(book, by, segment)
    rows = _rows(found, of)
    mean = rows.joined(range(len(rows.size))).share[0] if len(rows.size) else np.array([])
    values = {"share": rows.share, "count": np.where(rows.observed > 0, rows.part, np.nan),
              "against_mean": rows.share - mean}[shown]
    series = [Series(name, _cells(line), size=int(size))
              for name, line, size in zip(rows.names, values, rows.size, strict=True)]
    if shown == "share" and len(series) > 1:
        series.insert(0, Series(ALL, _cells(mean), size=int(rows.size.sum())))
    unit: Unit = "share" if shown != "count" else "money" if of == "mrr" else "count"
    title = _("{what} by {field}", what=_what(of, shown), field=found.field.label)
    if segment is not None:
        title = _("{kpi} ({segment})", kpi=title, segment=segment_name(segment))
    return Figure(f"cohorts-{by}", "heatmap", title, tuple(map(str, range(len(mean)))), tuple(series), unit,
                  _footnote(book, found, of), _seen(rows, mean, of, language), "", book.currency,
                  centre=0.0 if shown == "against_mean" else None, category_title=_("Months since the start"),
                  value_title=_what(of, shown), series_title=found.field.label)


def row_names(book: Book, by: str, shown: Shown, segment: Segment | None = None) -> list[str | None]:
    """The cohort of every row of the heatmap, as it is drawn; SEVERAL for a row that adds up others."""
    found = cohorts(book, by, segment)
    largest = _largest(found)
    names = list(found.names) if largest is None else [*(found.names[row] for row in largest), SEVERAL]
    return [SEVERAL, *names] if shown == "share" and len(names) > 1 else names


def _largest(found: Cohorts) -> list[int] | None:
    """The rows to keep beside the others together; None where there are few enough, or starts."""
    if found.field.id in STARTS or len(found.names) <= MOST_ROWS:
        return None
    return sorted(np.argsort(-found.size, kind="stable")[:MOST_ROWS - 1].tolist())


def _rows(found: Cohorts, of: Of) -> _Rows:
    names = [segment_name(Segment(found.field.id, name)) for name in found.names]
    part, whole = ((found.active.astype(float), found.observed.astype(float)) if of == "customers"
                   else (found.mrr, found.observed_mrr))
    rows = _Rows(names, found.size, part, whole, found.observed)
    largest = _largest(found)
    if largest is None:
        return rows
    return rows.with_rest(largest, sorted(set(range(len(names))) - set(largest)))


def _cells(line: np.ndarray) -> tuple[float | None, ...]:
    return tuple(None if np.isnan(value) else float(value) for value in line)


def _what(of: Of, shown: Shown) -> Message:
    """What stands in a cell."""
    return {("customers", "share"): _("Share of customers still there"),
            ("customers", "count"): _("Customers still there"),
            ("customers", "against_mean"): _("Share of customers still there, against all cohorts"),
            ("mrr", "share"): _("MRR as a share of that at the start"), ("mrr", "count"): _("MRR"),
            ("mrr", "against_mean"): _("MRR as a share of that at the start, against all cohorts")}[(of, shown)]


def _seen(rows: _Rows, mean: np.ndarray, of: Of, language: Language) -> Message | None:
    """What is left of all cohorts after a year, or after as long as somebody was seen; and where that differs."""
    month = next((one for one in MILESTONES if one < len(mean) and not np.isnan(mean[one])), None)
    if month is None:
        return None
    share, n = formatted(float(mean[month]), "share", language), int(rows.observed[:, month].sum())
    said = (_("After {months} months {share} of the customers are still there (n = {n})", months=month, share=share,
              n=n) if of == "customers" else
            _("After {months} months the customers pay {share} of what they paid at the start (n = {n})", months=month,
              share=share, n=n))
    known = [place for place in range(len(rows.size)) if rows.observed[place, month] >= SMALL_SAMPLE]
    if len(known) < 2 or of != "customers":
        return said
    best, worst = (pick(known, key=lambda place: rows.share[place, month]) for pick in (max, min))
    limits = [wilson(int(rows.part[place, month]), int(rows.whole[place, month])) for place in (best, worst)]
    if limits[0][0] <= limits[1][1]:
        return said  # the best and the worst may differ by chance alone
    return _("{said}; best {best} {high}, worst {worst} {low}", said=said, best=rows.names[best],
             worst=rows.names[worst], high=formatted(float(rows.share[best, month]), "share", language),
             low=formatted(float(rows.share[worst, month]), "share", language))


def _footnote(book: Book, found: Cohorts, of: Of) -> Message:
    """How a cell is counted, up to when, and who is in no cohort."""
    if not book.has_contracts:
        counted = _("Customers with use in the month, by the month of their first; who comes back counts again.")
    elif of == "mrr":
        counted = _("MRR at the closing of each month, of the customers observed that long; who comes back counts "
                    "again.")
    else:
        counted = _("Customers with MRR at the closing of each month, of those observed that long; who comes back "
                    "counts again.")
    said = _("{counted} Months that are over by {day}.", counted=counted, day=book.as_of or "")
    if not found.left_out:
        return said
    return _("{said} Left out: {n} customers that were there before the data begins.", said=said, n=found.left_out)


def left_out(book: Book, segment: Segment | None = None) -> Message | None:
    """Who is in no cohort and why, with what would mend it."""
    count = cohorts(book, "start_month", segment).left_out
    if not count or book.data_from is None:
        return None
    return _("{n} customers were there before the data begins ({day}), so nobody knows since when: they are in no "
             "cohort. Assign '{field}' in the customer list, and they are.", n=count, day=book.data_from,
             field=CUSTOMERS.by_name["started_on"].label)
