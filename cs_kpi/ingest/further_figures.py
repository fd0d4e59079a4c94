"""Columns of figures that no KPI is made of: other measures of the months that were read, and figures per year."""

from __future__ import annotations

import re
from collections.abc import Collection

from cs_kpi.ingest.by_months.month_columns import named_seats
from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.log import Log
from cs_kpi.ingest.looks import looks
from cs_kpi.ingest.month_names import is_week, without_measure
from cs_kpi.ingest.month_years import year_label
from cs_kpi.ingest.records import SheetMapping
from cs_kpi.locale import _

FEWEST = 2
MOSTLY = 0.8


def note_on_further_figures(area: Area, mapping: SheetMapping, tables: Collection[str], log: Log) -> None:
    """tables : those that were read from the sheet"""
    free = [header for header in area.headers if header not in {*mapping.columns.values(), *mapping.wide_headers}]
    _note_on_measures(area, mapping, free, log)
    seats = [header for header in named_seats(log.sheet, area) if header in free and _holds_numbers(area, header)]
    if seats and not mapping.mrr_months:
        log.note(_("The columns from '{first}' to '{last}' ({count}) hold seats per month. Without a fee per month "
                   "beside them no contract changes with them, so they are kept as attributes. Load them beside "
                   "columns of the fees of these months, or a row per contract for every change of its seats.",
                   first=seats[0], last=seats[-1], count=len(seats)))
    weeks = [header for header in free if is_week(header) and _holds_numbers(area, header)]
    if len(weeks) >= FEWEST:
        log.note(_("The columns from '{first}' to '{last}' ({count}) hold figures per week. They are kept as "
                   "attributes, and no KPI is made of them. Load a column per month, or a row per customer and week.",
                   first=weeks[0], last=weeks[-1], count=len(weeks)))
    years = [header for header in free if _names_year(header) and _holds_numbers(area, header)]
    if len(years) < FEWEST:
        return
    if "subscriptions" in tables:
        log.note(_("Columns {columns} hold figures per year. They are kept as attributes, and no KPI is made of them.",
                   columns=years))
    else:
        log.lack(_("Columns {columns} hold figures per year. A year does not tell in which of its months a customer "
                   "paid, so they were not read as contracts. For MRR, load a column per month, or a row per contract "
                   "with its start and its fee.", columns=years))


def _note_on_measures(area: Area, mapping: SheetMapping, free: list[str], log: Log) -> None:
    """粗利 or 予算 beside 売上 in each month."""
    months = sorted({without_measure(header) for header in mapping.months} - {""}, key=len, reverse=True)
    found: dict[str, list[str]] = {}
    for header in free:
        rest = next((re.sub(r"^\W+|\W+$", "", re.sub(_word(month), " ", header)) for month in months
                     if re.search(_word(month), header)), "")
        if rest and _holds_numbers(area, header):
            found.setdefault(rest, []).append(header)
    if several := [rest for rest, headers in found.items() if len(headers) >= FEWEST]:
        log.note(_("Beside what was read, the sheet has further figures for its months: {names}. They are kept as "
                   "attributes, and no KPI is made of them. If they are the MRR, or use such as logins, choose that "
                   "for their columns on the data page.", names=several))


def _word(month: str) -> str:
    return rf"(?<!\d){re.escape(month)}(?!\d)"


def _names_year(header: str) -> bool:
    return year_label(without_measure(header)) is not None


def _holds_numbers(area: Area, header: str) -> bool:
    seen = looks(area.body[header])
    return seen.filled > 0 and seen.numbers >= MOSTLY
