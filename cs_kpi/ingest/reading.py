"""A sheet under a mapping, read into canonical tables; what could not be read is said cell by cell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from cs_kpi.ingest import (
    beside,
    charge_words,
    content_questions,
    deals,
    fiscal_years,
    interval_counts,
    known_exports,
    minor_units,
    partings,
    repeated,
    row_questions,
    sideways,
    snapshots,
)
from cs_kpi.ingest import unreadable as unreadable_cells
from cs_kpi.ingest.attributes import one_row_each, shared_out
from cs_kpi.ingest.by_months import monthly, yearly_rows
from cs_kpi.ingest.by_months.month_questions import with_years
from cs_kpi.ingest.by_months.use_months import use_in_rows
from cs_kpi.ingest.columns import MISSING, Column, column, ends_of, is_known_field
from cs_kpi.ingest.date_orders import date_orders
from cs_kpi.ingest.derived import DERIVED, as_they_are
from cs_kpi.ingest.doubts import note_on_doubts
from cs_kpi.ingest.export_formats import KnownExport
from cs_kpi.ingest.further_figures import note_on_further_figures
from cs_kpi.ingest.headerless import confirmed
from cs_kpi.ingest.headers import Area, area
from cs_kpi.ingest.log import Log
from cs_kpi.ingest.missing import note_on_contracts, note_on_months, note_on_no_rows, note_on_what_is_missing
from cs_kpi.ingest.parted import fiscal_parts
from cs_kpi.ingest.records import Sheet, SheetMapping, SheetReading
from cs_kpi.ingest.unread_events import note_on_unread_events
from cs_kpi.ingest.values.dates import Order
from cs_kpi.ingest.values.names import shown
from cs_kpi.ingest.wide_columns import CARRIED
from cs_kpi.ingest.yearless import note_on_days_without_year
from cs_kpi.locale import Message, _
from cs_kpi.tables import TABLES

TURNED = _("The fields of this sheet stand down its first column, and each customer in a column. It was read column by "
           "column: what is said of row 2 concerns column B of the file, and so on.")
QUIETLY_ABSENT = {"surveys": "score", "milestones": "completed_on", "pulse": "value"}
"""A blank in these says that there is nothing to tell yet: a question not answered, a step not done."""
DECIDING = {"subscriptions": ("end_date", "billing_interval"), "customers": ("has_left",),
            "surveys": ("answered_on", "scale")}
"""Beside the needed fields, those on which the numbers hang: an unreadable cell refuses its row, unasked."""
SAMPLES = 3


def read(sheet: Sheet, mapping: SheetMapping, today: dt.date | None = None) -> SheetReading:
    """The canonical tables of one sheet.

    today : the day by which a term has passed or not; by default the day on which this runs

    Text columns have pandas' `str` dtype, dates datetime64[s], money and numbers float64, flags `boolean`. Only
    mapped or derived fields are columns; `subscriptions` always has `charge_kind`. A row that one table refuses still
    counts for the others.
    """
    table = area(sheet, mapping.header_row, mapping.header_levels, today)
    log = Log(sheet, mapping.answers, today or dt.date.today())
    for note in (*([TURNED] if sheet.is_turned else []), *table.notes):
        log.note(note)
    for row, torn in table.torn.items():
        log.refuse_one(row, torn.column, torn.value, torn.reason)
    mapping = confirmed(with_years(_within(mapping, table, log), table, log), log)
    table = replace(table, body=fiscal_years.asked(table.body, mapping, fiscal_parts(table.headers), log))
    mapping = row_questions.confirmed(content_questions.confirmed(mapping, table, log), table, log)
    mapping = repeated.chosen(mapping, table, log)
    export = known_exports.recognised(table.headers)
    known_exports.note_on_export(export, mapping, log)
    log.usual_amount, log.are_multiplied = (export.usual_amount, export.is_per_unit) if export else ("month", False)
    table = known_exports.counted_rows(export, monthly.without_totals(table, mapping, log), mapping, log)
    table = table if export else partings.farewells_only(deals.contracts_only(table, mapping, log), mapping, log)
    keyed, whole = snapshots.with_key(mapping, table, log)
    pieces = _pieces(whole, keyed, export, log)
    note_on_doubts(table, mapping, pieces, log)
    if not pieces:
        note_on_what_is_missing(sheet, table, mapping, log)
    elif not any(len(frame) for frame in pieces.values()):
        note_on_no_rows(sheet, log)
        pieces = pieces if len(table.body) else {}
    note_on_unread_events(table, mapping, pieces, log)
    note_on_days_without_year(table, mapping, log)
    note_on_contracts(table, mapping, log)
    note_on_months(table, mapping, log)
    note_on_further_figures(table, mapping, pieces, log)
    is_undated = snapshots.is_snapshot(mapping) and "customers" in pieces
    if "subscriptions" in pieces and not is_undated and not monthly.is_monthly(mapping):
        pieces["subscriptions"] = beside.completed(pieces["subscriptions"], table, mapping, export, log)
    frames = (snapshots.with_all_attributes if is_undated else shared_out)(pieces, table, mapping, log)
    is_read = np.zeros(len(sheet.cells) + 1, dtype=bool)
    for index in (log.rows_of_months, *(frame.index for frame in pieces.values())):
        is_read[index] = True
    if is_undated:
        frames["customers"] = snapshots.one_row_each(frames["customers"], log)
    if "customers" in frames:
        frames["customers"] = one_row_each(frames["customers"])
    refusals = tuple(sorted(log.refusals.values(), key=lambda item: item.row))
    blanks = tuple(sorted((cell for at, cell in log.blanks.items() if at not in log.refusals),
                          key=lambda cell: cell.row))
    return SheetReading(mapping, {name: _with_source(frame, sheet) for name, frame in frames.items()}, table.headers,
                        _samples(table), int(is_read.sum()), refusals, blanks, tuple(log.questions.values()),
                        tuple(log.notes), log.months, tuple(log.lacks), tuple(log.contracts_lack))


def _within(mapping: SheetMapping, table: Area, log: Log) -> SheetMapping:
    """The mapping without columns that this sheet does not have, which is said."""
    columns = {place: header for place, header in mapping.columns.items()
               if header in table.headers and is_known_field(place)}
    for header in dict.fromkeys([*mapping.columns.values(), *mapping.milestones, *mapping.scores]):
        if header not in table.headers:
            log.note(_("The sheet has no column '{column}' any more. Choose another column for it on the data page.",
                       column=header))
    attributes_ = tuple(header for header in mapping.attributes if header in table.headers)
    wide = {part: {header: told for header, told in getattr(mapping, part).items() if header in table.headers}
            for part in ("months", "months_of", "milestones", "scores")}
    return mapping.model_copy(update={"columns": columns, "attributes": attributes_, **wide})


def _pieces(table: Area, mapping: SheetMapping, export: KnownExport | None, log: Log) -> dict[str, pd.DataFrame]:
    """Each table's rows, indexed by their row in the sheet; tables that lack a needed field are left out and named."""
    pieces = {}
    orders = date_orders(table, _date_headers(mapping), log, ends_of(mapping.columns))
    is_undated = snapshots.is_snapshot(mapping)
    for name in dict.fromkeys((*mapping.tables, *mapping.wide_tables)):
        if name == "subscriptions" and is_undated:
            continue
        fields = {place.split(".")[1]: header for place, header in mapping.columns.items()
                  if place.startswith(f"{name}.")}
        frames = _frames(name, fields, table, mapping, orders, export, log)
        if frames:
            pieces[name] = frames[0] if len(frames) == 1 else pd.concat(frames).sort_index(kind="stable")
    if is_undated and "customers" in pieces and (fields := snapshots.amount_fields(mapping)):
        columns = {field: column(table, header, "subscriptions", TABLES["subscriptions"].by_name[field], log)
                   for field, header in fields.items()}
        pieces |= snapshots.with_amounts(pieces["customers"], columns, table, log)
    return pieces


def _frames(name: str, fields: dict[str, str], table: Area, mapping: SheetMapping, orders: Mapping[str, Order],
            export: KnownExport | None, log: Log) -> list[pd.DataFrame]:
    """One table's rows: those that its fields make, and those of columns read sideways; none where it is left out."""
    by_months = name == "subscriptions" and monthly.is_monthly(mapping)
    has_wide = name in mapping.wide_tables and name != "subscriptions"
    is_wide = has_wide and not _lacking(name, fields, is_wide=True)
    lacking = _lacking(name, fields, (has_wide and set(fields) <= set(CARRIED[name])) or (
        by_months and monthly.is_wide(mapping)))
    if lacking:
        log.note(_("Table '{table}' was not read, because no column is mapped to {fields}. Choose one on the data "
                   "page.", table=TABLES[name].label, fields=lacking))
    columns = {field: column(table, header, name, TABLES[name].by_name[field], log, orders.get(header))
               for field, header in fields.items() if is_wide or not lacking}
    columns = known_exports.adapted(export, name, columns, table)
    if name == "subscriptions" and columns and not (export and export.trial_ends):
        columns = charge_words.with_kinds(columns, table, log)
    if name == "subscriptions" and columns and not by_months and export is None:
        columns = interval_counts.counted(minor_units.divided(columns, log), table, log)
        columns = yearly_rows.with_intervals(columns, table, log)
    frames = []
    if by_months and not lacking:
        frames.append(monthly.subscriptions(columns, table, mapping, log))
    elif not lacking and not _lacking(name, fields):
        months = use_in_rows(columns, log) if name == "usage" else None
        frames.append(_rows(name, months.columns, table, False, log, months.is_silent) if months else
                      _rows(name, columns, table, mapping.tables[0] == name, log))
    if is_wide:
        frames += [_rows(name, item.columns, table, False, log, item.is_silent)
                   for item in sideways.rows(name, columns, table, mapping, orders, log)]
    return frames


def _date_headers(mapping: SheetMapping) -> list[str]:
    fields = {header: place.split(".") for place, header in mapping.columns.items()}
    return [*(header for header, (table, field) in fields.items() if TABLES[table].by_name[field].kind == "date"),
            *mapping.milestones]


def _lacking(name: str, fields: dict[str, str], is_wide: bool = False) -> list[Message]:
    """Needed fields without a column; in columns of months and the like may stand all but the customer."""
    table = TABLES[name]
    needed = table.required if not is_wide else () if name == "usage" else ("customer_id",)
    lacking = [table.by_name[field].label for field in needed if field not in fields]
    if name == "subscriptions" and not is_wide and not {"mrr", "amount"} & set(fields):
        lacking.append(table.by_name["mrr"].label)
    if name == "usage" and not {"customer_id", "subscription_id"} & set(fields):
        lacking.append(table.by_name["customer_id"].label)
    return lacking


def _rows(name: str, columns: dict[str, Column], table: Area, is_main: bool, log: Log,
          silent: np.ndarray | None = None) -> pd.DataFrame:
    """The rows of one table that can be read, without those that have nothing to tell for it."""
    absent = _absent(name, columns, is_main) if silent is None else silent
    refused = np.zeros(len(table.body), dtype=bool)
    deciding = {*_needed(name, columns), *TABLES[name].one_of, *DECIDING.get(name, ())}
    for field, item in columns.items():
        unreadable = item.unreadable & ~absent
        if field in deciding:
            log.refuse(item.cells, unreadable, item.header, item.reason)
            refused |= unreadable
        else:
            refused |= unreadable_cells.refused(name, field, item, unreadable, log)
    for field in _needed(name, columns):
        item = columns[field]
        missing = item.values.isna().to_numpy() & ~item.unreadable & ~absent
        is_blank = item.cells.isna().to_numpy()
        log.refuse(item.cells, missing & is_blank, item.header, MISSING)
        log.refuse(item.cells, missing & ~is_blank, item.header, item.reason)
        refused |= missing
    derived = DERIVED.get(name, as_they_are)(columns, table, log, refused | absent)
    frame, wrong = derived
    left_out = refused | absent | wrong
    return frame[~left_out] if left_out.any() else frame


def _needed(name: str, columns: dict[str, Column]) -> list[str]:
    """Fields without which a row cannot be read; usage needs one key, whichever it has."""
    needed = list(TABLES[name].required)
    if name == "usage":
        needed.append("customer_id" if "customer_id" in columns else "subscription_id")
    return needed


def _absent(name: str, columns: dict[str, Column], is_main: bool) -> np.ndarray:
    """Rows that say nothing for this table: no answer, a step not done, a customer without contract or farewell."""
    quiet = [QUIETLY_ABSENT[name]] if name in QUIETLY_ABSENT else []
    if not is_main and name == "subscriptions":
        quiet = [field for field in ("start_date", "mrr", "amount") if field in columns]
    if not is_main and name == "cancellations":
        quiet = ["cancelled_on"]
    if not quiet:
        return np.zeros(len(next(iter(columns.values())).cells), dtype=bool)
    blank = [columns[field].values.isna().to_numpy() & ~columns[field].unreadable for field in quiet]
    return np.logical_and.reduce(blank)


def _with_source(frame: pd.DataFrame, sheet: Sheet) -> pd.DataFrame:
    source = pd.DataFrame({"_file": pd.Series(sheet.file, index=frame.index, dtype="str"),
                           "_sheet": pd.Series(sheet.name, index=frame.index, dtype="str"),
                           "_row": frame.index.to_numpy(dtype=np.int64)}, index=frame.index)
    return pd.concat([frame, source], axis=1).reset_index(drop=True)


def _samples(table: Area) -> dict[str, tuple[str, ...]]:
    """Up to three different values of each column, as the user sees them."""
    head = table.body.head(1000)
    return {header: tuple(dict.fromkeys(shown(cell)[:60] for cell in head[header].dropna().iloc[:50] if shown(cell)))
            [:SAMPLES] for header in table.headers}
