"""Columns of days without their year (4/1, Apr 1): they are no dates, which is said."""

from __future__ import annotations

from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.log import Log
from cs_kpi.ingest.records import SheetMapping
from cs_kpi.ingest.values.date_styles import is_yearless
from cs_kpi.ingest.values.names import shown
from cs_kpi.ingest.values.uniques import is_not_yet, is_nothing
from cs_kpi.ingest.vocabulary import places
from cs_kpi.locale import _
from cs_kpi.tables import TABLES

SAMPLE, MOSTLY = 300, 0.5
NAMED = 0.95


def names_day(header: str) -> bool:
    """Whether a header is the name of a day, and of nothing else as much.

    >>> names_day("契約開始日"), names_day("Start date"), names_day("解約"), names_day("顧客名")
    (True, True, False, False)
    """
    named = places(header)
    best = max(named.values(), default=0.0)
    return best >= NAMED and all(TABLES[place.table].by_name[place.field].kind == "date"
                                 for place, likeness in named.items() if likeness == best)


def note_on_days_without_year(area: Area, mapping: SheetMapping, log: Log) -> None:
    """One sentence for each column that its header calls a day, and that was taken for nothing else."""
    for header in area.headers:
        if header in mapping.columns.values() or not names_day(header):
            continue
        cells = [shown(cell) for cell in area.body[header].dropna().head(SAMPLE)
                 if not is_nothing(cell) and not is_not_yet(cell)]
        yearless = [cell for cell in cells if is_yearless(cell)]
        if yearless and len(yearless) >= MOSTLY * len(cells):
            log.lack(_("Column '{column}' has days without a year (such as '{example}'), so it was not read as dates. "
                       "Write the year into its cells and load the file again.",
                       column=header, example=yearless[0]))
