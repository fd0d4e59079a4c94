"""What is to be told of a column of days: cells that stand for no day."""

from __future__ import annotations

import pandas as pd

from cs_kpi.ingest.log import Log
from cs_kpi.ingest.rows import first_rows
from cs_kpi.ingest.values.dates import Dates
from cs_kpi.ingest.values.names import shown
from cs_kpi.locale import _

SHOWN = 3


def note_on_days(header: str, cells: pd.Series, is_end: bool, read: Dates, log: Log) -> None:
    """Names the cells that were not read as the day that they show: 9999/12/31 is no end, 1900/1/0 no day."""
    stand_in = cells[read.is_zero | read.is_endless]
    if not len(stand_in):
        return
    told = {"column": header, "count": len(stand_in), "rows": first_rows(stand_in.index.to_numpy()),
            "examples": [_("'{word}'", word=word) for word in dict.fromkeys(map(shown, stand_in))][:SHOWN]}
    log.note(_("Cells of column '{column}' that stand for no end ({examples}): {count} (row {rows}). They are read as "
               "still running.", **told) if is_end else
             _("Cells of column '{column}' that stand for no day ({examples}): {count} (row {rows}). They are read as "
               "blank.", **told))
