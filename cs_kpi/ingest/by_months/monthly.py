"""MRR by months, one column or one row each, read as contracts (handbook 1, shapes 3 and 4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from cs_kpi.ingest import contracts, unit_prices, unnamed, unreadable
from cs_kpi.ingest.by_months import month_seats, month_statuses, yearly_rows
from cs_kpi.ingest.by_months.month_columns import ANY_YEAR, CARRIED, is_total_of, left_out
from cs_kpi.ingest.by_months.month_runs import NO_ENTRIES, intervals
from cs_kpi.ingest.columns import MISSING, NOT_AN_AMOUNT, Column, note_on_multiple
from cs_kpi.ingest.decimal_marks import read_amounts
from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.log import Log
from cs_kpi.ingest.month_names import month_headers
from cs_kpi.ingest.naming.words import plain
from cs_kpi.ingest.records import SheetMapping
from cs_kpi.ingest.rows import first_rows, is_total
from cs_kpi.ingest.units import Unit
from cs_kpi.ingest.values.amounts import Amounts, amounts
from cs_kpi.ingest.values.uniques import Uniques, is_not_yet
from cs_kpi.locale import _
from cs_kpi.tables import TABLES

NOT_UNDER_CONTRACT = frozenset((
    "なし", "無し", "無", "no", "x", "×", "解約", "解約済", "解約済み", "退会", "退会済", "契約終了", "終了", "未契約",
    "契約なし", "契約前", "休止", "休会", "churn", "churned", "cancelled", "canceled", "left", "ended",
    "terminated", "inactive"))
"""Words in the cell of a month that say that there was no contract; other words may hide an amount."""
MONTHS_A_YEAR = 12

Columns = Mapping[str, Column]


def is_monthly(mapping: SheetMapping) -> bool:
    """Whether a sheet's contracts come from months; an end date that the user chose makes contract rows of a list."""
    return is_wide(mapping) or (mapping.shape == "monthly_long" and "subscriptions.end_date" not in mapping.columns)


def is_wide(mapping: SheetMapping) -> bool:
    return mapping.shape == "monthly_wide" and bool(mapping.mrr_months)


def without_totals(table: Area, mapping: SheetMapping, log: Log) -> Area:
    """The table without rows and columns that add up others, which is said."""
    key = mapping.columns.get("subscriptions.customer_id", mapping.columns.get("usage.customer_id"))
    if not (is_monthly(mapping) or mapping.use_months) or key is None:
        return table
    is_sum = _where(table.body[key], is_total)
    if mapping.months:
        is_sum |= _sums_above(table, key, mapping.months, is_sum)
    if is_sum.any():
        log.note(_("Total rows left out, so that nothing counts twice: {count} (row {rows}).", count=int(is_sum.sum()),
                   rows=first_rows(table.body.index.to_numpy()[is_sum])))
    used = {*mapping.columns.values(), *mapping.attributes}
    aside = [header for header in left_out(table.headers, mapping.months, table.parts) if header not in used]
    if mapping.months and aside:
        log.note(_("Columns of totals or of repeated months were left out, so that nothing counts twice: {columns}.",
                   columns=aside))
    return replace(table, body=table.body[~is_sum])


def _sums_above(table: Area, key: str, months: Iterable[str], is_sum: np.ndarray) -> np.ndarray:
    """Rows named like the total of something (東京支店 計) whose amounts are those of the rows since the last one."""
    named = _where(table.body[key], lambda cell: isinstance(cell, str) and is_total_of(cell))
    if not named.any():
        return named
    values = np.column_stack([np.nan_to_num(amounts(table.body[header]).values) for header in months])
    found, begin = np.zeros(len(named), dtype=bool), 0
    for row in np.flatnonzero(named | is_sum).tolist():
        above = values[begin:row]
        is_plain = str(table.body[key].iloc[row]).isascii()
        if named[row] and len(above) > is_plain and np.allclose(above.sum(axis=0), values[row]):
            found[row] = True
        begin = row + 1 if found[row] or is_sum[row] else begin
    return found


def subscriptions(columns: Columns, table: Area, mapping: SheetMapping, log: Log) -> pd.DataFrame:
    """One row for each run of equal MRR, indexed by the row of the sheet in which it begins."""
    columns = {field: item for field, item in columns.items() if not is_wide(mapping) or field in CARRIED}
    out = _refused(columns, table, log)
    if is_wide(mapping):
        label, columns, entries = _of_columns(columns, table, mapping, out, log)
        observed = np.array(list(mapping.mrr_months.values()), dtype="datetime64[M]").astype(np.int64)
    else:
        columns, unread = unit_prices.multiplied(columns, table, out, log)
        out |= unread
        label, entries = (columns.get("mrr") or columns["amount"]).header, _of_rows(columns, table, out, log)
        observed = np.arange(entries["month"].min(), entries["month"].max() + 1) if len(entries) else NO_ENTRIES
    _note_credit_notes(label, entries, log)
    log.rows_of_months = table.body.index[~out]
    runs = intervals(entries, observed, log.sheet.name if is_wide(mapping) else label, log)
    by_months = month_seats.seats(table, mapping, log) if is_wide(mapping) else None
    runs = runs if by_months is None else month_seats.parted(runs, by_months)
    frame = _carried(columns, table, log).loc[runs.index]
    if by_months is not None:
        frame["seats"] = runs["seats"]
    for place, field in enumerate(("start_date", "end_date", "mrr")):
        frame.insert(1 + place, field, runs[field])
    return frame


def _note_credit_notes(label: str, entries: pd.DataFrame, log: Log) -> None:
    negative = np.unique(entries["row"][entries["value"] < 0])
    if len(negative):
        log.note(_("Negative amounts in column '{column}' are kept as credit notes: {count} (row {rows}).",
                   column=label, count=len(negative), rows=first_rows(negative)))


def _carried(columns: Columns, table: Area, log: Log) -> pd.DataFrame:
    """What each row says of its contract beside months and amounts."""
    fields = pd.DataFrame({field: item.values for field, item in columns.items() if field in CARRIED})
    fields["charge_kind"] = contracts.charge_kinds(columns, fields.index)
    currency = unnamed.currencies(columns, table, log)
    return fields if currency is None else fields.assign(currency=currency)


def _refused(columns: Columns, table: Area, log: Log) -> np.ndarray:
    """Rows with an unreadable cell, or without month where months are rows."""
    out = np.zeros(len(table.body), dtype=bool)
    for field, item in columns.items():
        if field == "seats":
            out |= unreadable.refused("subscriptions", field, item, item.unreadable, log)
        else:
            log.refuse(item.cells, item.unreadable, item.header, item.reason)
            out |= item.unreadable
    if "start_date" in columns:
        month = columns["start_date"]
        missing = month.values.isna().to_numpy() & ~month.unreadable
        log.refuse(month.cells, missing, month.header, MISSING)
        out |= missing
    return out


def _without_customer(columns: Columns, speaks: np.ndarray, out: np.ndarray, log: Log) -> None:
    """Refuse rows with an amount and no customer; `out` grows by them and by blank ones."""
    key = columns["customer_id"]
    missing = key.values.isna().to_numpy() & ~out
    log.refuse(key.cells, missing & speaks, key.header, MISSING)
    out |= missing


def _of_rows(columns: Columns, table: Area, out: np.ndarray, log: Log) -> pd.DataFrame:
    """Entries of a table with a row per customer and month; a series is a customer with one product, plan ..."""
    money = columns.get("mrr") or columns["amount"]
    unclear = _where(money.cells, _hides_amount) & ~out
    log.refuse(money.cells, unclear, money.header, NOT_AN_AMOUNT)
    out |= unclear
    value = contracts.monthly(columns, log)
    assert value is not None
    values = value.to_numpy(dtype=float)
    _without_customer(columns, np.isfinite(values), out, log)
    keys = [columns[field].values for field in columns if field in CARRIED]
    series = pd.DataFrame(dict(enumerate(keys))).groupby(list(range(len(keys))), dropna=False, sort=False).ngroup()
    month = columns["start_date"].values.to_numpy(dtype="datetime64[M]").astype(np.int64)
    entries = pd.DataFrame({"series": series.to_numpy(), "month": month, "row": value.index, "value": values})
    entries = entries[~out & np.isfinite(values) & (values != 0)]
    entries = entries[~month_statuses.lost(entries, table, log)]
    twice = entries.duplicated(["series", "month"])
    if twice.any():
        log.note(_("Several rows of one customer and month were added up: {count} (row {rows}).",
                   count=int(twice.sum()), rows=first_rows(entries["row"][twice].to_numpy())))
    covered = yearly_rows.months_covered(dict(columns), table, month, log)
    return entries if (covered == 1).all() or not len(entries) else yearly_rows.spread(
        entries, pd.Series(covered, index=value.index), int(entries["month"].max()))


def _of_columns(columns: Columns, table: Area, mapping: SheetMapping, out: np.ndarray, log: Log
                ) -> tuple[str, dict[str, Column], pd.DataFrame]:
    """Entries of a table with a column per month, every row a series; with the name of its amounts, and their column
    as far as it says their currency."""
    headers = sorted(mapping.mrr_months, key=lambda header: mapping.months[header])
    label = f"{headers[0]} – {headers[-1]}"
    _note_months(headers, mapping, log)
    _note_units(label, table.units[headers[0]], log)
    values, read = _amounts_of_columns(headers, table, out, log)
    if contracts.is_yearly((headers[0], table.title, log.sheet.name), label, log):
        values = values / MONTHS_A_YEAR
    speaks = np.isfinite(values) & (values != 0)
    _without_customer(columns, speaks.any(axis=0), out, log)
    place, series = np.nonzero(speaks & ~out)
    months = np.array([mapping.months[header] for header in headers], dtype="datetime64[M]").astype(np.int64)
    entries = pd.DataFrame({"series": series, "month": months[place], "row": table.body.index.to_numpy()[series],
                            "value": values[place, series]})
    return label, {**columns, "mrr": _money(headers[0], table, read)}, entries


def _note_months(headers: list[str], mapping: SheetMapping, log: Log) -> None:
    first, last = mapping.months[headers[0]], mapping.months[headers[-1]]
    if len(headers) == 1 and not month_headers(headers, ANY_YEAR):
        log.note(_("Column '{column}' is read as the MRR of {month}, the month in the name of the sheet, the title "
                   "or the file. If it is another one, choose the month of the column on the data page.",
                   column=headers[0], month=first))
    else:
        log.note(_("{count} columns are read as the MRR of their months, from {first} to {last}.", count=len(headers),
                   first=first, last=last))


def _amounts_of_columns(headers: list[str], table: Area, out: np.ndarray, log: Log) -> tuple[np.ndarray, Amounts]:
    """Months x rows; one decimal mark for all. Rows with a cell that is no amount are refused: `out` grows by them."""
    body, count = table.body, len(table.body)
    cells = pd.concat([body[header] for header in headers], ignore_index=True).astype(object)
    read = read_amounts(cells.where(~_where(cells, _is_no_contract), None), headers[0],
                        TABLES["subscriptions"].by_name["mrr"], table, log)
    unreadable = (read.unreadable | _where(cells, _hides_amount)).reshape(len(headers), count)
    for place, header in enumerate(headers):
        log.refuse(body[header], unreadable[place] & ~out, header, NOT_AN_AMOUNT)
    out |= unreadable.any(axis=0)
    factor = np.repeat([table.units[header].multiplier for header in headers], count)
    return np.where(read.has_unit, read.values, read.values * factor).reshape(len(headers), count), read


def _money(header: str, table: Area, read: Amounts) -> Column:
    """A column that tells the currency of each row: that of its first cell that names one."""
    count = len(table.body)
    codes = read.currency.reshape(-1, count) if count else read.currency.reshape(1, 0)
    first = codes[(codes != "").argmax(axis=0), np.arange(count)]
    none, unknown = np.zeros(count, dtype=bool), pd.Series(np.nan, index=table.body.index)
    told = replace(read, values=unknown.to_numpy(), unreadable=none, has_unit=none, is_percent=none, currency=first)
    return Column(header, table.body[header], unknown, none, NOT_AN_AMOUNT, told)


def _note_units(label: str, unit: Unit, log: Log) -> None:
    note_on_multiple(label, unit, log)
    if unit.tax == "included":
        log.note(_("The header of column '{column}' says that its amounts include tax. The settings decide whether tax "
                   "is taken off.", column=label))


def _where(cells: pd.Series, claim: Callable[[Any], bool]) -> np.ndarray:
    uniques = Uniques.of(cells)
    return uniques.spread(np.array([claim(value) for value in uniques.values], dtype=bool), False)


def _is_no_contract(cell: Any) -> bool:
    return isinstance(cell, str) and plain(cell) in NOT_UNDER_CONTRACT


def _hides_amount(cell: Any) -> bool:
    """Words such as 継続中 and 未定, which elsewhere mean that there is no value: a customer may stand behind them."""
    return is_not_yet(cell) and not _is_no_contract(cell)
