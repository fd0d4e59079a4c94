"""What a sheet holds beside what was read, so that nobody takes it for read: months in columns, a second fee."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd

from cs_kpi.ingest import second_fees
from cs_kpi.ingest.by_months.month_columns import named_seats
from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.log import Log
from cs_kpi.ingest.looks import looks
from cs_kpi.ingest.matching import SURE
from cs_kpi.ingest.milestone_columns import is_about, progress
from cs_kpi.ingest.naming.asides import is_unit_price
from cs_kpi.ingest.naming.vocabulary import Place, places
from cs_kpi.ingest.naming.words import nfkc, plain
from cs_kpi.ingest.records import SheetMapping
from cs_kpi.ingest.statuses import note_on_left_without_end
from cs_kpi.ingest.values.date_styles import parts_of_text
from cs_kpi.locale import _
from cs_kpi.tables import TABLES

FEWEST_MONTHS = 3
MOSTLY = 0.8
CREATED = re.compile(r"\b(?:created|creation)\b|^作成日")
BARE_MONTH = re.compile(r"\d{1,2}月(?:分|度)?")


def note_on_doubts(area: Area, mapping: SheetMapping, pieces: Mapping[str, pd.DataFrame], log: Log) -> None:
    """pieces : what was read, table by table, indexed by the row in the sheet"""
    if set(pieces) <= {"customers"}:
        _note_on_months(area, log)
    if "milestones.milestone" not in mapping.columns:
        _note_on_progress(area, mapping, log)
    if "start_date" in pieces.get("subscriptions", ()):
        _note_on_borrowed_start(mapping, log)
        _note_on_second_fee(area, mapping, log)
        note_on_left_without_end(area.body, pieces["subscriptions"], log)


def _note_on_months(area: Area, log: Log) -> None:
    seats = set(named_seats(log.sheet, area))
    months = [header for header in area.headers if header not in seats and _is_month(header)
              and _holds_numbers(area, header)]
    if len(months) < FEWEST_MONTHS:
        return
    log.note(_("The columns from '{first}' to '{last}' ({count}) look like values per month, and were not read as "
               "contracts. Needed are a column that names the customer, and months with their year in the headers, "
               "such as 2024-04. Correct the headers and load the file again.", first=months[0], last=months[-1],
               count=len(months)))


def _note_on_progress(area: Area, mapping: SheetMapping, log: Log) -> None:
    """A share or a status of the whole onboarding is no milestone, since it has no day."""
    found = progress(mapping.attributes, bool(mapping.milestones) or is_about(log.sheet, area))
    if found:
        log.note(_("Columns {columns} tell how far the onboarding is, but not what was completed on which day. They "
                   "are kept as attributes.", columns=found))


def _note_on_borrowed_start(mapping: SheetMapping, log: Log) -> None:
    """The day on which a record was written stands for the start of a contract, where nothing else does."""
    header = mapping.columns.get("subscriptions.start_date", "")
    if CREATED.search(plain(header)):
        log.note(_("No column holds the start of the contract, so the day in column '{column}' is taken for it. If the "
                   "records were written later, choose another column on the data page.", column=header))


def _is_month(header: str) -> bool:
    """2024年4月, Apr-24, 202404, 4月, or the first day of a month."""
    text = nfkc(header)
    part = parts_of_text(text, numbers=len(text) == 6)
    return bool(BARE_MONTH.fullmatch(text)) or (part is not None and not part.short and part.day in (0, 1))


def _holds_numbers(area: Area, header: str) -> bool:
    seen = looks(area.body[header])
    return seen.filled > 0 and seen.numbers >= MOSTLY


def _note_on_second_fee(area: Area, mapping: SheetMapping, log: Log) -> None:
    place = Place("subscriptions", "mrr")
    taken = mapping.columns.get(str(place))
    if any(asked.startswith(f"{second_fees.TOPIC}:") for asked in log.questions):
        return
    for header in mapping.attributes:
        is_alike = taken and is_unit_price(taken) == is_unit_price(header)
        if is_alike and places(header).get(place, 0.0) >= SURE and _holds_numbers(area, header):
            log.note(_("Columns '{taken}' and '{other}' both look like {field}: '{taken}' was taken, and '{other}' is "
                       "kept as an attribute. If it is the other one, choose it on the data page.", taken=taken,
                       other=header, field=TABLES["subscriptions"].by_name["mrr"].label))
