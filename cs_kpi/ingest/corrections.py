"""What the user makes of a column: another field, an attribute, nothing, or a column that is read sideways."""

from __future__ import annotations

from cs_kpi.ingest import snapshots, wide_columns
from cs_kpi.ingest.records import SheetMapping
from cs_kpi.tables import TABLES

IGNORED = "ignored"
"""Given to `corrected` for a column that is to be left out altogether."""
NAME_AS_ID = "name_as_id"
"""Given to `corrected` for a column that names the customer and is the id as well, for every table of the sheet."""


def corrected(mapping: SheetMapping, header: str, place: str | None, month: str | None = None) -> SheetMapping:
    """The mapping with a header moved to a field ("table.field") or to name and id (NAME_AS_ID), to the attributes
    (None) or left out (IGNORED), or read as a column of a month, a milestone or a further answer (one of
    wide_columns.PLACES).

    month : of such a column, as 2024-01; by default the one it had, or that the header names

    A field has one header; the one it had before becomes an attribute. A customer id serves every table of the
    sheet, and a table that the sheet did not feed before gets the id of the others. Raises DataError where a month is
    needed and not told.
    """
    if place is not None and place in wide_columns.PLACES:
        month = month or mapping.months.get(header)
        read = wide_columns.corrected(corrected(mapping, header, IGNORED), header, place, month)
        columns = _with_key(read.columns, mapping, wide_columns.table_of(place))
        return read.model_copy(update={"columns": columns, "confidence": {
            at: mapping.confidence.get(at, 1.0) for at in columns}})
    mapping = wide_columns.without(mapping, header)
    columns = {at: name for at, name in mapping.columns.items() if name != header}
    displaced = []
    if place is not None and place != IGNORED:
        meant = _places(columns, place)
        displaced = [columns[at] for at in meant if at in columns]
        columns |= dict.fromkeys(meant, header)
        columns = _with_key(columns, mapping, meant[0].split(".")[0])
    columns = _without_bare_tables(columns, mapping)
    attributes = [*mapping.attributes, *displaced, *([header] if place is None else [])]
    attributes = [name for name in dict.fromkeys(attributes)
                  if name not in columns.values() and (name != header or place is None)]
    confidence = {at: 1.0 if name == header else mapping.confidence.get(at, 1.0) for at, name in columns.items()}
    changed = mapping.model_copy(update={"columns": columns, "attributes": tuple(attributes), "confidence": confidence})
    return changed.model_copy(update={"shape": snapshots.shape_of(changed)})


def _places(columns: dict[str, str], place: str) -> list[str]:
    """The places that a choice of the user means: a customer id is the id of every table of the sheet."""
    if place == NAME_AS_ID:
        return ["customers.customer_name", *_places(columns, "customers.customer_id")]
    if not place.endswith(".customer_id"):
        return [place]
    tables = dict.fromkeys([*(at.split(".")[0] for at in columns), place.split(".")[0]])
    return [f"{table}.customer_id" for table in tables]


def _with_key(columns: dict[str, str], mapping: SheetMapping, table: str) -> dict[str, str]:
    known = {**mapping.columns, **columns}
    key = next((name for at, name in known.items() if at.endswith(".customer_id")), None)
    return columns if key is None else {**columns, f"{table}.customer_id": columns.get(f"{table}.customer_id", key)}


def _without_bare_tables(columns: dict[str, str], mapping: SheetMapping) -> dict[str, str]:
    """Tables of which only the customer id is left are dropped, unless they had no more before, or nothing stays."""
    rich = {at.split(".")[0] for at in columns if not at.endswith(".customer_id")}
    rich.update(mapping.wide_tables)
    before = {at.split(".")[0] for at in mapping.columns if not at.endswith(".customer_id")}
    kept = {at: name for at, name in columns.items()
            if at.split(".")[0] in rich or (at.startswith("customers.") and "customers" not in before)}
    return kept or columns


def field_options() -> list[str]:
    """Every "table.field" that a header can be moved to, in the order of the handbook."""
    return [f"{table.name}.{field.name}" for table in TABLES.values() for field in table.fields]


def column_options() -> list[str]:
    """What a header can be made, table by table: a field, or what its column is read as sideways."""
    return [option for table in TABLES.values() for option in (
        *(f"{table.name}.{field.name}" for field in table.fields),
        *(place for place in wide_columns.PLACES if wide_columns.table_of(place) == table.name))]


def with_months_as(mapping: SheetMapping, place: str) -> SheetMapping:
    """The mapping with all columns of months read alike, as MRR or as use."""
    for header, month in mapping.months.items():
        mapping = corrected(mapping, header, place, month)
    return mapping
