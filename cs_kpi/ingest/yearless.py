"""Columns of days without their year (4/1, Apr 1): they are no dates, which is said."""

from __future__ import annotations

from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.log import Log
from cs_kpi.ingest.records import SheetMapping
from cs_kpi.ingest.titled_years import names_day
from cs_kpi.ingest.values.date_styles import is_yearless
from cs_kpi.ingest.values.names import shown
from cs_kpi.ingest.values.uniques import is_not_yet, is_nothing
from cs_kpi.locale import _

SAMPLE, MOSTLY = 300, 0.5


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
                       column=header, example=yearless[0]), is_of_contracts=False)
