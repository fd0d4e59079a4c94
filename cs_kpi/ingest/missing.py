"""What to say of a sheet that gave no table: what was seen, what is lacking, what to do next."""

from __future__ import annotations

from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.log import Log
from cs_kpi.ingest.records import Sheet, SheetMapping
from cs_kpi.ingest.vocabulary import places
from cs_kpi.locale import _
from cs_kpi.tables import TABLES


def note_on_what_is_missing(sheet: Sheet, area: Area, mapping: SheetMapping, log: Log) -> None:
    """One sentence, the most helpful that the sheet allows."""
    if not len(sheet.cells):
        log.note(_("Sheet '{sheet}' is empty. If it should hold data, save the file again and load it once more.",
                   sheet=sheet.name))
    elif not area.header_row:
        log.note(_("Sheet '{sheet}' has no row with the names of its columns. If it holds a table, enter the number of "
                   "its header row on the data page.", sheet=sheet.name))
    elif not mapping.columns:
        log.note(_("Sheet '{sheet}' was not recognised as customers, contracts, usage or another table: no column "
                   "names a customer together with a date, an amount or an answer. If it is one, choose its columns on "
                   "the data page.", sheet=sheet.name))


def nearly(headers: tuple[str, ...]) -> list[str]:
    """Tables of which at least one needed field beside the customer is on the sheet."""
    seen = {place for header in headers for place in places(header)}
    return [name for name, table in TABLES.items() if any(
        place.table == name and place.field in table.required and place.field != "customer_id" for place in seen)]
