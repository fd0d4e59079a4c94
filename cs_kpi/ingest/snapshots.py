"""Lists without dates: one row per customer with a churn flag, perhaps a tenure and a fee (handbook 1, shape 5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from cs_kpi.header_words import STATUS_WORDS, UNDATED_FIELDS
from cs_kpi.ingest import contracts, discounts, second_fees, unit_prices, unnamed, unreadable
from cs_kpi.ingest.attributes import attributes, with_attributes
from cs_kpi.ingest.columns import Column
from cs_kpi.ingest.fates import fate
from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.log import Log
from cs_kpi.ingest.matching import SURE, Fit, Scores, assignment
from cs_kpi.ingest.naming.vocabulary import Place, choice_words, names
from cs_kpi.ingest.naming.words import plain
from cs_kpi.ingest.records import Shape, SheetMapping
from cs_kpi.ingest.rows import first_rows
from cs_kpi.ingest.units import Unit
from cs_kpi.ingest.values.names import flag, ids, shown
from cs_kpi.ingest.values.uniques import Uniques, is_nothing
from cs_kpi.locale import _
from cs_kpi.tables import CUSTOMERS

LEFT, KEY = Place("customers", "has_left"), Place("customers", "customer_id")
DATES = {("subscriptions", "start_date"), ("subscriptions", "end_date"), ("subscriptions", "term_end"),
         ("customers", "started_on"), ("cancellations", "cancelled_on")}
"""With one of these a list is no snapshot: it says when; with the first day alone only where there is a fee,
which makes a contract of it."""
FIRST_DAY = Place("customers", "started_on")
MONEY = {Place("subscriptions", "mrr"), Place("subscriptions", "amount")}
AMOUNTS = ("mrr", "amount", "billing_interval", "discount", "currency", "charge_kind")
TERMS = ("plan", "product", "seats")
"""What a snapshot tells of contracts: what is paid and for what; the rest stays an attribute under its own header."""
OPEN = ("discount", "seats")
"""Fields of which an unreadable cell leaves its row out only until the user keeps it without."""
ONE_EACH = 0.98
OF_A_TICKET = {Place("interactions", name) for name in ("kind", "priority", "by")}
MOST_STATUSES = 12
CUSTOMER_PLACES = tuple(f"customers.{name}" for name in CUSTOMERS.by_name)
HAS_LEFT = "_has_left"
"""The column of a fee's row that says whether its customer has left."""
AS_ATTRIBUTE = "_kept:"
"""Before the header of a column that is an attribute again where contracts with dates go first."""

Columns = Mapping[str, Column]


def without(found: Scores) -> Scores:
    """The scores without the fields that only a snapshot has."""
    return {header: {place: score for place, score in rated.items() if not _is_undated(place)}
            for header, rated in found.items()}


def narrowed(found: Scores) -> Scores:
    """The scores of customers and of amounts alone, so that everything else of a contract stays an attribute."""
    return {header: {place: score for place, score in rated.items()
                     if place.table != "subscriptions" or place.field in (*AMOUNTS, *TERMS, "customer_id")}
            for header, rated in found.items()}


def _is_undated(place: Place) -> bool:
    return place.table == "customers" and place.field in UNDATED_FIELDS


def is_told(table: Area, found: Scores) -> bool:
    """Whether a sheet is a snapshot: who left is told, by one row per customer and without the day."""
    told = {place for rated in found.values() for place, score in rated.items() if score >= SURE}
    if told & (DATES if told & MONEY else DATES - {FIRST_DAY}):
        return False
    if any(rated.get(Place("interactions", "date"), 0) >= SURE for rated in found.values()) and any(
            score >= SURE for rated in found.values() for place, score in rated.items() if place in OF_A_TICKET):
        return False
    flagged = assignment(narrowed(found), ["customers"]).get(LEFT)
    if flagged is None or not _tells(table.body[flagged.header], flagged.header):
        return False
    key = assignment(found, ["customers"]).get(KEY)
    if key is None:
        return flagged.score >= SURE and not names(flagged.header, STATUS_WORDS)
    keys = ids(table.body[key.header]).dropna()
    return key.header != flagged.header and len(keys) > 0 and keys.nunique() >= ONE_EACH * len(keys)


def _tells(cells: pd.Series, header: str) -> bool:
    """Whether a column's cells say who left; a status does so by a word for it, a flag by its header."""
    known = choice_words("customers", "has_left")
    values = [value for value in Uniques.of(cells).values if not is_nothing(value)]
    means = [known.get(plain(shown(value))) or (fate(value) if isinstance(value, str) else None) for value in values]
    if names(header, STATUS_WORDS):
        return "left" in means and len(values) <= MOST_STATUSES
    is_said = [word is not None or flag(value) is not None for word, value in zip(means, values, strict=True)]
    return sum(is_said) > len(is_said) / 2 and len(values) <= MOST_STATUSES


def amounts(found: Scores, chosen: Mapping[Place, Fit]) -> dict[Place, Fit]:
    """The columns of a snapshot's fees and of what they are paid for; none where there is no amount."""
    used = {fit.header for fit in chosen.values()}
    free = {header: rated for header, rated in narrowed(found).items() if header not in used}
    money = {place: fit for place, fit in assignment(free, ["subscriptions"]).items() if place.field in AMOUNTS
             or (place.field in TERMS and fit.score >= SURE)}
    if not {"mrr", "amount"} & {place.field for place in money}:
        return {}
    key = {Place("subscriptions", "customer_id"): chosen[KEY]} if KEY in chosen else {}
    return key | money


def is_snapshot(mapping: SheetMapping) -> bool:
    """Whether a sheet is read without dates; a start date that the user chose makes contract rows of it."""
    return "customers.has_left" in mapping.columns and "subscriptions.start_date" not in mapping.columns \
        and not mapping.mrr_months


def shape_of(mapping: SheetMapping) -> Shape | None:
    """The shape of a mapping that the user has changed."""
    if is_snapshot(mapping):
        return "snapshot"
    if mapping.shape != "snapshot":
        return mapping.shape
    return "one_row_per_customer" if "subscriptions" in mapping.tables else "rows"


def with_key(mapping: SheetMapping, table: Area, log: Log) -> tuple[SheetMapping, Area]:
    """Mapping and table with an id for every row, where no column names the customers of a snapshot."""
    if not is_snapshot(mapping) or str(KEY) in mapping.columns:
        return mapping, table
    log.note(_("No column names the customers, so each row counts as one customer, called by its row."))
    numbers = pd.Series([f"{log.sheet.name} {row}" for row in table.body.index], index=table.body.index, dtype=object)
    header = next(name for name in ("#", "##", "###") if name not in table.headers)
    keyed = replace(table, headers=(*table.headers, header), body=table.body.assign(**{header: numbers}),
                    units={**table.units, header: Unit()})
    return mapping.model_copy(update={"columns": {str(KEY): header, **mapping.columns}}), keyed


def amount_fields(mapping: SheetMapping) -> dict[str, str]:
    """Field -> header of what a snapshot tells of fees; nothing where none is mapped."""
    fields = {field: mapping.columns[f"subscriptions.{field}"] for field in (*AMOUNTS, *TERMS)
              if f"subscriptions.{field}" in mapping.columns}
    return fields if {"mrr", "amount"} & set(fields) else {}


def with_amounts(customers: pd.DataFrame, columns: Columns, table: Area, log: Log) -> dict[str, pd.DataFrame]:
    """Customers, and the fee of each row that has one; a row with an unreadable fee is in neither.

    columns : the fields of AMOUNTS and TERMS that are mapped
    """
    wrong = np.logical_or.reduce([
        unreadable.refused("subscriptions", field, item, item.unreadable, log) if field in OPEN
        else item.unreadable for field, item in columns.items()])
    columns = second_fees.chosen(columns, table, wrong, log)
    columns, unread = unit_prices.multiplied(columns, table, wrong, log)
    wrong |= unread
    for field, item in columns.items():
        if field not in OPEN:
            log.refuse(item.cells, item.unreadable, item.header, item.reason)
    money = columns.get("mrr") or columns["amount"]
    mrr = contracts.monthly(discounts.not_yet_taken(columns, table, wrong, log), log)
    assert mrr is not None
    unknown = ~np.isfinite(mrr.to_numpy(dtype=float)) & ~wrong
    unspread = unknown & money.values.notna().to_numpy()
    log.refuse(money.cells, unspread, money.header, contracts.NO_TERM)
    kept = customers.loc[customers.index.isin(table.body.index[~(wrong | unspread)])]
    fees = pd.DataFrame({"customer_id": kept["customer_id"], "mrr": mrr.loc[kept.index],
                         "charge_kind": contracts.charge_kinds(columns, mrr.index).loc[kept.index],
                         HAS_LEFT: kept["has_left"]})
    currency = unnamed.currencies(columns, table, log)
    fees = fees if currency is None else fees.assign(currency=currency.loc[kept.index])
    fees = fees.assign(**{field: columns[field].values.loc[kept.index] for field in TERMS if field in columns})
    if len(blank := kept.index[fees["mrr"].isna()].to_numpy()):
        log.note(_("Rows without an amount in column '{column}': {count} (row {rows}). Their customers count, with an "
                   "MRR of 0.", column=money.header, count=len(blank), rows=first_rows(blank)))
    contracts.note_on_credit_notes(columns, fees["mrr"].dropna(), log)
    return {"customers": kept, "subscriptions": fees[fees["mrr"].notna()]}


def with_all_attributes(pieces: Mapping[str, pd.DataFrame], table: Area, mapping: SheetMapping,
                        log: Log) -> dict[str, pd.DataFrame]:
    """Every attribute with the customers; beside them, out of sight, the columns of the flag and of the fee as they
    stand, for a book in which contracts with dates go first."""
    customers = pieces["customers"]
    told = [mapping.columns[str(LEFT)], *(amount_fields(mapping).get(field, "") for field in ("mrr", "amount"))]
    aside = attributes(table, [header for header in told if header], log).add_prefix(AS_ATTRIBUTE)
    others = [header for place, header in mapping.columns.items() if place.startswith("subscriptions.")]
    shown_ = [header for header in table.headers if header in {*mapping.attributes, *others} and header not in told
              and header not in {mapping.columns.get(place) for place in CUSTOMER_PLACES}]
    whole = with_attributes(customers, attributes(table, shown_, log), "customers")
    return {**pieces, "customers": pd.concat([whole, aside.loc[whole.index]], axis=1)}


def one_row_each(customers: pd.DataFrame, log: Log) -> pd.DataFrame:
    """Customers with `has_left` and tenure decided over all rows of each: left where every row says so, the longest
    tenure."""
    twice = customers.index[customers["customer_id"].duplicated(keep=False)].to_numpy()
    if not len(twice):
        return customers
    log.note(_("Customers that stand in several rows count once: their fees are added up, and they have left where "
               "every row says so (row {rows}).", rows=first_rows(twice)))
    keys = customers["customer_id"]
    decided = {"has_left": customers["has_left"].groupby(keys).transform("min")}
    if "tenure_months" in customers:
        decided["tenure_months"] = customers["tenure_months"].groupby(keys).transform("max")
    return customers.assign(**decided)


def as_attributes(customers: pd.DataFrame) -> pd.DataFrame:
    """Customers of a snapshot as a list beside contracts with dates: flag and fee are attributes under their
    headers."""
    renamed = {column: header for column in map(str, customers) if column.startswith(AS_ATTRIBUTE)
               and (header := column.removeprefix(AS_ATTRIBUTE)) not in customers}
    return customers.drop(columns="has_left").rename(columns=renamed)
