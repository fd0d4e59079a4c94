"""What is said of rows that look like events and were read as customers alone."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from cs_kpi.ingest.event_days import DAY_OF
from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.log import Log
from cs_kpi.ingest.looks import looks
from cs_kpi.ingest.main_table import SEVERAL_TIMES
from cs_kpi.ingest.matching import SURE
from cs_kpi.ingest.naming.vocabulary import Place, places
from cs_kpi.ingest.records import SheetMapping
from cs_kpi.ingest.values.names import ids
from cs_kpi.locale import _
from cs_kpi.tables import TABLES

ONCE_AND_AGAIN = frozenset(("customers",))
MOSTLY = 0.8


def note_on_unread_events(area: Area, mapping: SheetMapping, pieces: Mapping[str, pd.DataFrame], log: Log) -> None:
    """A reason or an answer without its day, or customers in several rows with days of nothing that a header says: one
    sentence."""
    if set(pieces) != ONCE_AND_AGAIN or mapping.wide_tables:
        return
    for header in mapping.attributes:
        place = _told(header)
        if place:
            day = TABLES[place.table].by_name[DAY_OF[place]].label
            log.note(_("Column '{column}' looks like '{field}', but no column could be told to be '{day}', so table "
                       "'{table}' was not read. If one is, choose it on the data page.", column=header, day=day,
                       field=TABLES[place.table].by_name[place.field].label, table=TABLES[place.table].label))
            return
    key = mapping.columns.get("customers.customer_id")
    if key is None:  # an ID was taken away by hand, or stands in no column of its own
        return
    keys = ids(area.body[key]).dropna()
    days = [header for header in mapping.attributes if looks(area.body[header]).dates >= MOSTLY]
    if days and keys.nunique() <= SEVERAL_TIMES * len(keys):
        log.note(_("Customers stand in several rows of this sheet, so that its rows may be use, contacts, answers or "
                   "steps, but no header says which. Only the customers were read. If its rows are one of these, "
                   "choose their columns on the data page; '{column}' holds days.", column=days[0]))


def _told(header: str) -> Place | None:
    """What only rows of one table of events have."""
    sure = {place for place, score in places(header).items() if score >= SURE}
    return next(iter(sure)) if len(sure) == 1 and sure <= set(DAY_OF) - {Place("surveys", "score")} else None
