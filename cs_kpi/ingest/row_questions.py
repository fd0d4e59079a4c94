"""Sheets that tell of customers no more than a day and a few words: what their rows are is asked."""

from __future__ import annotations

from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.log import Log
from cs_kpi.ingest.looks import looks
from cs_kpi.ingest.matching import SURE, assignment, scores
from cs_kpi.ingest.naming.vocabulary import Place, places
from cs_kpi.ingest.records import SheetMapping
from cs_kpi.ingest.values.names import ids
from cs_kpi.locale import Message, _
from cs_kpi.tables import TABLES

DAYS = (Place("interactions", "date"), Place("usage", "date"), Place("cancellations", "cancelled_on"))
"""What a day may be that is called Date and no more, the likelier first."""
NEITHER = "customers"
MEANINGS: dict[str, Message] = {
    "interactions": _("contacts with customers"), "usage": _("use of the product"),
    "cancellations": _("cancellations"), NEITHER: _("none of these: read the customers only")}
BARE = {"customers.customer_id", "customers.customer_name"}
MOST_COLUMNS = 6
"""In a wider list of customers a day is one of many things, and not what its rows are about."""
REPEATED = 0.9


def confirmed(mapping: SheetMapping, table: Area, log: Log) -> SheetMapping:
    """The mapping of a sheet of customers and days as the user says what its rows are; by default contacts where
    customers stand there several times and words say more, else customers alone."""
    day = _day(mapping, table)
    if not day:
        return mapping
    text = _("Each row of this sheet has a customer and a day ('{column}'), and no header or title says what happened "
             "on it. What are these rows?", column=day)
    meant = log.ask("rows_are", day, text, MEANINGS, _likely(mapping, table, day))
    return mapping if meant == NEITHER else _read_as(mapping, table, meant, day)


def _day(mapping: SheetMapping, table: Area) -> str:
    """The only column of days, where its header could be any day; none where the sheet tells more."""
    if set(mapping.columns) - BARE or "customers.customer_id" not in mapping.columns or mapping.wide_headers \
            or len(mapping.attributes) > MOST_COLUMNS or not mapping.header_row:
        return ""
    days = [header for header in mapping.attributes if looks(table.body[header]).dates >= SURE]
    return days[0] if len(days) == 1 and set(DAYS) <= set(places(days[0])) else ""


def _likely(mapping: SheetMapping, table: Area, day: str) -> str:
    keys = ids(table.body[mapping.columns["customers.customer_id"]]).dropna()
    has_words = any(looks(table.body[header]).numbers < SURE for header in mapping.attributes if header != day)
    return "interactions" if has_words and keys.nunique() <= REPEATED * len(keys) else NEITHER


def _read_as(mapping: SheetMapping, table: Area, name: str, day: str) -> SheetMapping:
    """The mapping in which rows are those of a table, with what its other columns surely are."""
    found = {header: {place: score for place, score in rated.items() if score >= SURE}
             for header, rated in scores(table).items() if header in mapping.attributes and header != day}
    date = next(place for place in DAYS if place.table == name)
    columns = {f"{name}.customer_id": mapping.columns["customers.customer_id"], str(date): day}
    columns |= {str(place): fit.header for place, fit in assignment(found, [name]).items()
                if place.field in TABLES[name].by_name and str(place) not in columns}
    return mapping.model_copy(update={
        "columns": columns, "shape": "rows",
        "attributes": tuple(header for header in mapping.attributes if header not in columns.values())})
