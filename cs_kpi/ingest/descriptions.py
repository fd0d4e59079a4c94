"""Sheets that describe others: an index (目次), a legend (凡例), a data dictionary (項目説明). They hold no data."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cs_kpi.ingest.header_levels import clean
from cs_kpi.ingest.naming.words import nfkc
from cs_kpi.ingest.records import Sheet, SheetMapping, SheetReading
from cs_kpi.ingest.turned import field_labels, values_fit
from cs_kpi.locale import Message, _

NAMES = re.compile(
    r".*(?:目次|索引|凡例|用語|定義|項目説明|項目一覧|ディクショナリ|data dictionary|glossary|read ?me|legend).*"
    r"|.{0,8}(?:説明|使い方|はじめに|記入要領)|(?:table of )?contents|index|dictionary|about|instructions")


PIVOTS = {"row labels", "row label", "行ラベル"}
"""What the first column of a pivot table is called."""


def describes_others(sheet: Sheet) -> bool:
    """Whether a sheet is called like an index, a legend or a dictionary, or lists the names of fields."""
    return _is_called_so(sheet) or is_dictionary(sheet)


def without_summary(mapping: SheetMapping) -> SheetMapping:
    """The mapping, not used where it is that of a pivot table that gives no more than the labels of its rows: groups,
    and their sums."""
    headers = {nfkc(header).casefold() for header in mapping.columns.values()}
    is_summary = len(headers) == 1 and not mapping.wide_headers and headers <= PIVOTS
    return mapping.model_copy(update={"is_used": False}) if is_summary else mapping


def without_pivots(readings: Sequence[SheetReading]) -> tuple[list[SheetReading], list[Message]]:
    """Readings without pivot tables beside the contracts of their own workbook, which they sum up, and what is said."""
    whole = {one.mapping.file for one in readings if "subscriptions" in one.tables and not _is_pivot(one.mapping)}
    gone = [one for one in readings if _is_pivot(one.mapping) and one.mapping.file in whole]
    return [one for one in readings if all(one is not pivot for pivot in gone)], [
        _("Sheet '{sheet}' is a pivot table beside the data that it sums up, so it is not counted.",
          sheet=one.mapping.sheet) for one in gone]


def _is_pivot(mapping: SheetMapping) -> bool:
    return any(place.endswith(".customer_id") and nfkc(header).casefold() in PIVOTS
               for place, header in mapping.columns.items())


def _is_called_so(sheet: Sheet) -> bool:
    first = next((text for cell in sheet.cells.head(3).to_numpy().ravel() if (text := clean(cell))), "")
    return any(NAMES.fullmatch(nfkc(text).casefold()) for text in (sheet.name, first))


def is_dictionary(sheet: Sheet) -> bool:
    """Whether names of fields stand down a column and beside them words about each, and no values of theirs."""
    found = field_labels(sheet)
    return found is not None and values_fit(sheet, found) is False
