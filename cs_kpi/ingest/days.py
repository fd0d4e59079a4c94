"""What is to be told of a column of days: cells that stand for no day, and words beside a day."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cs_kpi.ingest.log import Log
from cs_kpi.ingest.rows import first_rows
from cs_kpi.ingest.values.dates import Dates
from cs_kpi.ingest.values.names import shown
from cs_kpi.locale import Message, _

SHOWN = 3


def note_on_days(header: str, cells: pd.Series, is_end: bool, read: Dates, log: Log) -> None:
    """Names the cells that were not read as they stand: 9999/12/31 is no end, 1900/1/0 no day, 予定 left out."""
    for chosen, text in ((read.is_zero | read.is_endless, NO_END if is_end else NO_DAY), (read.is_worded, WORDED),
                         (read.is_week, LAST_OF_WEEKS if is_end else WEEKS)):
        if chosen.any():
            log.note(Message(text.template, _told(header, cells[chosen])))


NO_END = _("Cells of column '{column}' that stand for no end ({examples}): {count} (row {rows}). They are read as "
           "still running.")
NO_DAY = _("Cells of column '{column}' that stand for no day ({examples}): {count} (row {rows}). They are read as "
           "blank.")
WORDED = _("Cells of column '{column}' with words beside the day ({examples}): {count} (row {rows}). The day counts, "
           "and the words were left out.")

WEEKS = _("Cells of column '{column}' that are weeks ({examples}): {count} (row {rows}). Each is read as its Monday.")
LAST_OF_WEEKS = _("Cells of column '{column}' that are weeks ({examples}): {count} (row {rows}). Each is read as its "
                  "Sunday.")


def _told(header: str, cells: pd.Series) -> dict[str, object]:
    words = list(dict.fromkeys(map(shown, cells)))[:SHOWN]
    return {"column": header, "count": len(cells), "rows": first_rows(np.asarray(cells.index)),
            "examples": [_("'{word}'", word=word) for word in words]}
