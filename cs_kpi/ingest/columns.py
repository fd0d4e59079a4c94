"""One column read as one field: canonical values, and the cells that cannot be read so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cs_kpi.fields import Field
from cs_kpi.ingest import leaving
from cs_kpi.ingest.days import note_on_days
from cs_kpi.ingest.decimal_marks import read_amounts
from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.log import Log
from cs_kpi.ingest.naming.vocabulary import choice_words
from cs_kpi.ingest.rows import first_rows
from cs_kpi.ingest.units import Unit, note_on_minutes
from cs_kpi.ingest.values import names
from cs_kpi.ingest.values.amounts import Amounts, currencies
from cs_kpi.ingest.values.dates import Order, dates
from cs_kpi.ingest.values.discounts import percentages
from cs_kpi.ingest.values.durations import days, minutes, months
from cs_kpi.ingest.values.intervals import intervals
from cs_kpi.ingest.values.uniques import Uniques, are_plain_keys, is_error, told_words
from cs_kpi.locale import Message, _
from cs_kpi.tables import TABLES

CUSTOMER_FIELDS = ("customer_id", "customer_name")
END_FIELDS = ("end_date", "term_end", "cancelled_on")
MISSING = _("The cell is empty, but this column is needed. Fill it in and load the file again.")
NOT_A_DATE = _("This is not a date. Correct the cell in the spreadsheet and load it again.")
NOT_A_NUMBER = _("This is not a number. Correct the cell in the spreadsheet and load it again.")
NOT_AN_AMOUNT = _("This is not an amount. Correct the cell in the spreadsheet and load it again.")
SAYS_NOTHING = _("The cell says that there is no value, but this column is needed. Fill it in and load the file again.")
NOT_AN_INTERVAL = _("This is not a billing interval. Write for instance monthly, yearly, or a number of months.")
SHOWN_VALUES = 3


@dataclass(slots=True)
class Column:
    """values : canonical, indexed by spreadsheet row; unreadable : cells that hold something else than asked for
    cells : the column as it stands; amounts : for numbers, what each cell says of itself
    """

    header: str
    cells: pd.Series
    values: pd.Series
    unreadable: np.ndarray
    reason: Message
    amounts: Amounts | None = None


def column(area: Area, header: str, table: str, field: Field, log: Log, order: Order | None = None) -> Column:
    """The cells under a header, read as a field of a table; short dates in an order, where they cannot tell it."""
    cells = area.body[header]
    nothing = np.zeros(len(cells), dtype=bool)
    if field.kind == "date":
        return _date_column(header, cells, field, order, log)
    if field.kind in ("money", "number"):
        return _number_column(header, area, table, field, log)
    if field.name == "has_left":
        values, unreadable = leaving.has_left(header, cells, log)
        return Column(header, cells, values, unreadable, leaving.NOT_A_STATUS)
    if field.kind == "flag":
        values, unknown = names.flags(cells)
        _note_unknown(log, header, cells, unknown)
        return Column(header, cells, values, nothing, SAYS_NOTHING)
    if field.name == "currency":
        values, unknown = currencies(cells)
        _note_unknown(log, header, cells, unknown)
        return Column(header, cells, values, nothing, SAYS_NOTHING)
    if field.kind == "choice":
        return Column(header, cells, _choice(header, cells, table, field, log), nothing, SAYS_NOTHING)
    if field.kind == "interval":
        values, unreadable = intervals(cells, choice_words(table, field.name))
        return Column(header, cells, values, unreadable, NOT_AN_INTERVAL)
    return _text_column(header, cells, field, log)


def _text_column(header: str, cells: pd.Series, field: Field, log: Log) -> Column:
    is_customer = field.name in CUSTOMER_FIELDS
    uniques = None if are_plain_keys(cells) else Uniques.of(cells)
    form = names.ids if field.kind == "id" else names.texts
    values = form(cells, is_customer, uniques) if uniques else cells
    if uniques:
        _note_words_for_nothing(header, cells, uniques, field, log)
    return Column(header, cells, values, np.zeros(len(cells), dtype=bool), SAYS_NOTHING)


def _note_words_for_nothing(header: str, cells: pd.Series, uniques: Uniques, field: Field, log: Log) -> None:
    """Words for nothing that stand where an id or a name should, and failed formulas, are told with what became of
    them: NULL may be a customer's name."""
    for word in told_words(uniques.values):
        rows = cells.index[(cells == word).to_numpy(dtype=bool, na_value=False)].to_numpy()
        told = {"column": header, "word": names.shown(word), "count": len(rows), "rows": first_rows(rows)}
        if is_error(word):
            log.note(_("Cells of column '{column}' whose formula failed ('{word}') are read as blank: {count} (row "
                       "{rows}). Correct the formula and load the file again.", **told))
        elif field.name in CUSTOMER_FIELDS:
            log.note(_("Cells of column '{column}' that say '{word}' are read as the name of a customer: {count} (row "
                       "{rows}).", **told))
        elif field.kind == "id":
            log.note(_("Cells of column '{column}' that say '{word}' are read as blank, not as an ID: {count} (row "
                       "{rows}).", **told))


def _date_column(header: str, cells: pd.Series, field: Field, order: Order | None, log: Log) -> Column:
    read = dates(cells, order, is_end=field.name in END_FIELDS, words="any")
    note_on_days(header, cells, field.name in END_FIELDS, read, log)
    return Column(header, cells, pd.Series(read.days, index=cells.index), read.unreadable, NOT_A_DATE)


def _number_column(header: str, area: Area, table: str, field: Field, log: Log) -> Column:
    cells, unit = _as_numbers(area.body[header], table, field), area.units[header]
    read = read_amounts(cells, header, field, area, log)
    values = read.values
    if field.kind == "money" and unit.multiplier != 1.0:
        values = np.where(read.has_unit, values, values * unit.multiplier)
    if field.name == "minutes":
        values = values * unit.minutes
    if field.name == "tenure_months":
        values = values * leaving.months_of_tenure(header, values, log)
        kept = pd.Series(np.where(values < 0, np.nan, values), index=cells.index)
        return Column(header, cells, kept, read.unreadable | (values < 0), NOT_A_NUMBER, read)
    _note_units(header, field, unit, read, log)
    return Column(header, cells, pd.Series(values, index=cells.index), read.unreadable,
                  NOT_AN_AMOUNT if field.kind == "money" else NOT_A_NUMBER, read)


def _as_numbers(cells: pd.Series, table: str, field: Field) -> pd.Series:
    """Cells that say a number in another way (1:30:00, 3ヶ月前, 非常に満足) as that number."""
    if field.name == "minutes":
        return minutes(cells)
    if field.name == "discount":
        return percentages(cells)
    if field.name == "notice_days":
        return days(cells)
    if field.name == "tenure_months":
        return months(cells)
    return names.scores(cells, choice_words(table, field.name)) if field.name in ("score", "value") else cells


def _note_units(header: str, field: Field, unit: Unit, read: Amounts, log: Log) -> None:
    if field.kind == "money":
        note_on_multiple(header, unit, log)
    if field.kind == "money" and unit.tax:
        log.note(_("The header of column '{column}' says that its amounts include tax. The settings decide whether tax "
                   "is taken off.", column=header) if unit.tax == "included" else
                 _("The header of column '{column}' says that its amounts are without tax.", column=header))
    if field.name == "minutes" and unit.minutes != 1.0:
        log.note(note_on_minutes(header, unit.minutes))
    if read.decimal_mark == "," and not read.example:
        log.note(_("Column '{column}' is read with a decimal comma (1.234,56).", column=header))


def note_on_multiple(header: str, unit: Unit, log: Log) -> None:
    """Says that amounts stand in thousands and the like, or in cents."""
    if unit.multiplier > 1.0:
        log.note(_("The amounts of column '{column}' are given in units of {factor} and were multiplied by it.",
                   column=header, factor=int(unit.multiplier)))
    if unit.multiplier < 1.0:
        log.note(_("The amounts of column '{column}' are given in cents and were divided by {factor}.",
                   column=header, factor=round(1 / unit.multiplier)))


def _choice(header: str, cells: pd.Series, table: str, field: Field, log: Log) -> pd.Series:
    """Canonical words; for the kind of charge also flags, since a column 'is_trial' is one."""
    words = choice_words(table, field.name)
    if field.name == "charge_kind":
        is_trial, no_flag = names.flags(cells)
        if is_trial.notna().any() and not no_flag.any():
            log.note(_("Column '{column}' marks trials; the other rows count as recurring.", column=header))
            return pd.Series(np.where(is_trial.fillna(False), "trial", "recurring"), index=cells.index, dtype="str")
    values, unknown = names.choices(cells, words)
    _note_unknown(log, header, cells, unknown)
    return values


def _note_unknown(log: Log, header: str, cells: pd.Series, unknown: np.ndarray) -> None:
    if unknown.any():
        examples = [names.shown(cell) for cell in cells[unknown].unique()[:SHOWN_VALUES]]
        log.note(_("Cells of column '{column}' that were not understood and left blank: {count} (such as {examples}).",
                   column=header, count=int(unknown.sum()), examples=examples))


def is_known_field(place: str) -> bool:
    """Whether "table.field" is one of the handbook's."""
    table, _dot, field = place.partition(".")
    return table in TABLES and field in TABLES[table].by_name


def ends_of(columns: Mapping[str, str]) -> set[str]:
    """The headers that feed days on which something ends."""
    return {header for place, header in columns.items() if place.partition(".")[2] in END_FIELDS}
