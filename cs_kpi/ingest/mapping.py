"""What a sheet is taken for: its table or tables, and the header that feeds each field. A guess, open to correction."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from cs_kpi.ingest import (
    bills,
    content,
    content_hints,
    current_terms,
    event_rows,
    farewell_lists,
    headerless,
    interval_columns,
    keys,
    known_exports,
    leavers_fees,
    main_table,
    milestone_columns,
    own_ids,
    partings,
    people,
    prefixes,
    score_columns,
    snapshots,
    system_rows,
    wide_columns,
)
from cs_kpi.ingest.by_months import month_columns, month_rows
from cs_kpi.ingest.descriptions import describes_others, without_summary
from cs_kpi.ingest.export_formats import KnownExport
from cs_kpi.ingest.headers import Area, area, clean
from cs_kpi.ingest.matching import SHARED, SURE, Fit, Scores, assignment, scores
from cs_kpi.ingest.month_names import below_months
from cs_kpi.ingest.naming.compositions import SURELY
from cs_kpi.ingest.naming.vocabulary import Place
from cs_kpi.ingest.records import Shape, Sheet, SheetMapping
from cs_kpi.ingest.turned import field_labels
from cs_kpi.ingest.values.names import ids
from cs_kpi.meanings import is_description
from cs_kpi.tables import TABLES

BESIDE = {"customers": ("subscriptions", "surveys", "cancellations", "pulse"),
          "subscriptions": ("customers", "surveys", "cancellations", "pulse"),
          "interactions": ("surveys", "pulse", "customers"), "milestones": ("customers",), "usage": ("customers",),
          "surveys": ("customers",), "cancellations": ("customers",), "pulse": ("customers",)}
"""Tables that one sheet may feed beside its main one."""
LOGS = ("interactions", "surveys", "cancellations", "pulse")
"""Tables whose rows name a customer beside its id, and say nothing else of it."""
SIGNATURES = {"subscriptions": ("start_date",), "surveys": ("score",), "cancellations": ("reason",),
              "pulse": ("value",)}
"""Fields that must name such a table beyond doubt."""
FIRST: dict[Shape, str] = {"one_row_per_customer": "customers", "contract_rows": "subscriptions",
                           "monthly_long": "subscriptions", "monthly_wide": "customers", "snapshot": "customers"}
ONE_EACH = 0.98


def guess(sheet: Sheet, header_row: int | None = None, header_levels: int | None = None,
          known: keys.Known = frozenset()) -> SheetMapping:
    """How a sheet is most likely meant; without columns where nothing of the handbook's tables is on it.

    header_row : where the user says the headers are, counted from 1; found where not given
    header_levels : how many rows the user says they take
    known : what headers are in other sheets
    """
    if header_row is None and _is_description(sheet):
        return SheetMapping(file=sheet.file, sheet=sheet.name, header_row=1, is_used=False)
    table = prefixes.titled(area(replace(sheet, cells=sheet.cells.head(5000)), header_row, header_levels))
    if header_row is None and not sheet.is_turned and field_labels(sheet):
        return _mapping(sheet, table, {}, None)
    if unnamed := headerless.by_content(table):
        return _mapping(sheet, table, unnamed, _shape(unnamed, table, "subscriptions"))
    export = known_exports.recognised(table.headers)
    told = scores(table) if export else event_rows.told(bills.told(system_rows.told(
        interval_columns.with_codes(scores(table), table), table), table), table)
    hints = content.Told(told) if export else content_hints.told(event_rows.with_use(keys.with_known(
        told, table, known), table, known), sheet, table)
    rated = known_exports.rated(export, table.headers, told) if export else keys.with_own_names(
        keys.with_keys(hints.scores, sheet, table), table)
    whose = content.Told(rated) if export else people.told(rated, table).beside(hints)
    by_content = whose if export else content.told(whose.scores, sheet, table).beside(whose)
    found = score_columns.rated(milestone_columns.with_the_whole(sheet, table, by_content.scores), sheet, table)
    by_content = content.Told(found) if export else content.with_day(by_content, found, sheet, table)
    found = farewell_lists.with_remarks(leavers_fees.with_lost_fees(
        partings.with_effective_day(by_content.scores, sheet, table), sheet, table), table)
    may_be_by_months = export is None or export.may_be_by_months
    aside = wide_columns.wide(sheet, table, found) if may_be_by_months else wide_columns.Wide()
    found = wide_columns.rest(month_rows.with_months_of_use(found, table), aside)
    dated = snapshots.without(found)
    is_list = snapshots.is_told(table, found)
    mapping = _by_months(sheet, table, dated, is_list) if may_be_by_months else None
    mapping = mapping or (None if export else _of_a_snapshot(sheet, table, found)) or _of_fields(
        sheet, table, dated if export else own_ids.with_contract_ids(keys.with_starts(keys.without_applications(
            current_terms.with_one_start(dated))), sheet, table), export, aside.tables)
    return without_summary(by_content.marked(wide_columns.with_wide(mapping, sheet, table, found, aside)))


def _of_a_snapshot(sheet: Sheet, table: Area, found: Scores) -> SheetMapping | None:
    if not snapshots.is_told(table, found):
        return None
    told = _chosen(snapshots.narrowed(found), "customers")
    return _mapping(sheet, table, told | snapshots.amounts(found, told), "snapshot")


def _of_fields(sheet: Sheet, table: Area, found: Scores, export: KnownExport | None, beside: tuple[str, ...]
               ) -> SheetMapping:
    """The mapping by fields; a sheet that tells of customers sideways is a list of them where it is nothing else."""
    main = main_table.of(sheet, table, found, export.tables if export else tuple(TABLES))
    for name in (main,) if main else ("customers", *beside) if beside else ():
        if chosen := _chosen(found, name):
            return _mapping(sheet, table, chosen, _shape(chosen, table, name))
    return _mapping(sheet, table, {}, None)


def _is_description(sheet: Sheet) -> bool:
    """Whether it is the sheet with which our own template says what its columns mean."""
    return len(sheet.cells) > 0 and is_description(tuple(clean(cell) for cell in sheet.cells.iloc[0] if clean(cell)))


def _mapping(sheet: Sheet, table: Area, chosen: dict[Place, Fit], shape: Shape | None,
             months: dict[str, str] | None = None) -> SheetMapping:
    if shape in FIRST:
        chosen = dict(sorted(chosen.items(), key=lambda item: item[0].table != FIRST[shape]))
    by_columns = months or {}
    aside = [*by_columns, *month_columns.left_out(table.headers, by_columns, table.parts)] if by_columns else []
    return SheetMapping(
        file=sheet.file, sheet=sheet.name, header_row=table.header_row,
        header_levels=table.header_levels, shape=shape,
        columns={str(place): fit.header for place, fit in chosen.items()},
        months=by_columns,
        attributes=_rest(table.headers, [*aside, *(fit.header for fit in chosen.values())]) if chosen else (),
        headers=table.headers,
        confidence={str(place): round(min(fit.score, 1.0), 3) for place, fit in chosen.items()},
        is_used=not sheet.is_hidden and (bool(chosen) or not (sheet.is_box or describes_others(sheet))))


def _by_months(sheet: Sheet, table: Area, found: Scores, is_list: bool) -> SheetMapping | None:
    """The mapping of a table with MRR by months, one column or one row each; None where it is no such table.

    is_list : it tells who has left, so that the month in its name is only that of the list
    """
    key = assignment(found, ["subscriptions"]).get(Place("subscriptions", "customer_id"))
    if key is None:
        return None
    columns = month_columns.wide(sheet, table, found)
    rows = None if columns else month_rows.long(sheet, table, found, key.header)
    if not columns and rows is None and not is_list:
        columns = month_rows.of_name(sheet, table, found, key.header)
    if not columns and rows is None:
        return None
    others = {header: rated for header, rated in found.items() if header not in below_months(table.parts)}
    chosen = _chosen(month_columns.rated_by_months(others, columns or rows or {}), "subscriptions")
    return _mapping(sheet, table, chosen, "monthly_wide" if columns else "monthly_long", columns)


def _chosen(found: Scores, main: str) -> dict[Place, Fit]:
    """Fields of the main table and of those that the same sheet feeds beside it."""
    group = [main]
    for beside in BESIDE.get(main, ()):
        tried = _joint(found, [*group, beside])
        if _is_signed(found, tried, beside, main) and _keeps(tried, _joint(found, group), main):
            group.append(beside)
    chosen = _joint(found, group)
    return {place: fit for table in group for place, fit in chosen.items() if place.table == table}


def _joint(found: Scores, group: list[str]) -> dict[Place, Fit]:
    """One assignment over several tables; a lesser table takes only headers that are its own beyond doubt."""
    lesser = set(group[1:]) - ({"subscriptions"} if group[0] in LOGS else {"customers", "subscriptions"})

    def allowed(place: Place, header: str) -> bool:
        if place in SHARED and SHARED[place].table in group and (
                SHARED[place] in found[header] or farewell_lists.is_of_notice(found, place, header)):
            return False
        is_needed = place.field in TABLES[place.table].required
        return place.table not in lesser or is_needed or _is_own(found, header, place)

    return assignment(found, group, allowed)


def _is_own(found: Scores, header: str, place: Place) -> bool:
    rated = found[header]
    return rated[place] >= SURE and {other.table for other, score in rated.items() if score >= SURE} == {place.table}


def _is_signed(found: Scores, tried: dict[Place, Fit], name: str, main: str) -> bool:
    has = {place.field: fit for place, fit in tried.items() if place.table == name}
    table = TABLES[name]
    if not set(table.required) <= set(has) or (table.one_of and not set(table.one_of) & set(has)):
        return False
    if name == "customers":
        own = {field for field, fit in has.items() if field != "customer_id" and fit.score >= SURE}
        return bool(own & {"started_on", *_named_beside(has)} if main in ("milestones", "usage", *LOGS)
                    else own - {"started_on"})
    if name == "pulse" and main == "interactions" and has["value"].score < SURELY:
        return False
    return all(field in has and (name == "subscriptions" or _is_own(found, has[field].header, Place(name, field)))
               for field in SIGNATURES[name])


def _named_beside(has: dict[str, Fit]) -> set[str]:
    """The name of the customer where it stands beside an id."""
    key, name = has.get("customer_id"), has.get("customer_name")
    return {"customer_name"} if key and name and key.header != name.header else set()


def _keeps(tried: dict[Place, Fit], alone: dict[Place, Fit], main: str) -> bool:
    """Whether a table beside the main one leaves it what it needs."""
    needed = {Place(main, name) for name in TABLES[main].required} & set(alone)
    return needed <= set(tried)


def _shape(chosen: dict[Place, Fit], table: Area, main: str | None) -> Shape | None:
    """One row per customer where customers and contracts share a sheet and no customer stands there twice."""
    tables = {place.table for place in chosen}
    if not main:
        return None
    if not {"customers", "subscriptions"} <= tables:
        return "contract_rows" if main == "subscriptions" else "rows"
    keys: pd.Series = ids(table.body[chosen[Place("customers", "customer_id")].header]).dropna()
    return "one_row_per_customer" if keys.nunique() >= ONE_EACH * len(keys) else "contract_rows"


def _rest(headers: tuple[str, ...], used: list[str]) -> tuple[str, ...]:
    return tuple(header for header in headers if header not in used)
