"""Columns that no field claims, kept for segments and models under their own headers."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from itertools import islice

import numpy as np
import pandas as pd

from cs_kpi.ingest.decimal_marks import beside
from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.log import Log
from cs_kpi.ingest.records import SheetMapping
from cs_kpi.ingest.values.date_styles import parts_of_text
from cs_kpi.ingest.values.dates import dates
from cs_kpi.ingest.values.names import texts
from cs_kpi.ingest.values.uniques import Uniques, is_not_yet, is_nothing
from cs_kpi.locale import Message, _
from cs_kpi.tables import TABLES

SAMPLE = 50
GROUPED = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
COMMA_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,2}(?:\.\d{3})+|[1-9]\d*)(?:,\d+)?")


def attributes(area: Area, headers: Iterable[str], log: Log) -> pd.DataFrame:
    """float64 where every filled cell is a number, datetime64[s] where every one is a date, else text.

    Numbers have the decimal comma that what stands beside them speaks for.
    """
    wanted = [header for header in headers if header in area.headers]
    open_ = {header for header in wanted if _may_have_comma(area.body[header])}
    mark, reason = beside("", area, log) if open_ else (None, None)
    return pd.DataFrame({header: _of_comma(header, area, reason, log) if mark == "," and header in open_
                         else _attribute(area.body[header]) for header in wanted}, index=area.body.index)


def _may_have_comma(cells: pd.Series) -> bool:
    """Whether the first cells are numbers with a decimal comma, or such as 1.234, which may part thousands."""
    first = [value for value in cells.dropna().head(SAMPLE) if not is_nothing(value)]
    return any(isinstance(value, str) and not value.isdigit() for value in first) and all(map(_is_of_comma, first))


def _is_of_comma(value: object) -> bool:
    if isinstance(value, str):
        return COMMA_NUMBER.fullmatch(value) is not None
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _of_comma(header: str, area: Area, reason: Message | None, log: Log) -> pd.Series:
    """The numbers of a column in which a point parts thousands, which is said; else the attribute as it stands."""
    uniques = Uniques.of(area.body[header])
    filled = [value for value in uniques.values if not is_nothing(value)]
    if not all(map(_is_of_comma, filled)):
        return _attribute(area.body[header])
    if pointed := next((value for value in filled if isinstance(value, str) and "." in value), None):
        log.note(_("The point in numbers of column '{column}' such as {example} parts thousands, since {reason}.",
                   column=header, example=pointed, reason=reason))
    numbers = np.array([np.nan if is_nothing(value) else float(
        str(value).replace(".", "").replace(",", ".") if isinstance(value, str) else value)
        for value in uniques.values])
    return pd.Series(uniques.spread(numbers, np.nan), index=area.body.index)


def _attribute(cells: pd.Series) -> pd.Series:
    first = [value for value in cells.dropna().head(SAMPLE) if not is_nothing(value)]
    if first and not all(map(_is_number, first)) and not all(map(_is_dated, first)):
        return texts(cells)
    uniques = Uniques.of(cells)
    filled = (value for value in uniques.values if not is_nothing(value))
    first = list(islice(filled, SAMPLE))
    if first and all(map(_is_number, first)) and all(map(_is_number, filled)):
        numbers = np.array([np.nan if is_nothing(value) else float(str(value).replace(",", ""))
                            for value in uniques.values])
        return pd.Series(uniques.spread(numbers, np.nan), index=cells.index)
    if first and all(map(_is_dated, first)):
        read = dates(cells, numbers=False)
        if not read.unreadable.any() and len(read.open_orders) < 2 and not np.isnat(read.days).all():
            return pd.Series(read.days, index=cells.index)
    return texts(cells)


def _is_number(value: object) -> bool:
    """Numbers as they stand; text only where nothing is lost, so 007 stays a text."""
    if isinstance(value, bool):
        return False
    if isinstance(value, (int, float)):
        return True
    if not isinstance(value, str) or not value.isascii():
        return False
    digits = (value.replace(",", "") if GROUPED.fullmatch(value) else value).lstrip("-")
    whole, _dot, rest = digits.partition(".")
    return whole.isdigit() and (not rest or rest.isdigit()) and (whole == "0" or not whole.startswith("0")) \
        and len(digits) < 16


def _is_dated(value: object) -> bool:
    if isinstance(value, str):
        parts = parts_of_text(value, numbers=False)
        return is_not_yet(value) if parts is None else parts.short is None or parts.short[2] > 99
    return isinstance(value, dt.date)


def with_attributes(frame: pd.DataFrame, extra: pd.DataFrame, table: str) -> pd.DataFrame:
    """A table's frame with attributes behind its fields; a header that is also a field's name is told apart."""
    renamed = {header: f"{header} (2)" for header in extra if header in TABLES[table].by_name or header in frame}
    extra = extra.rename(columns=renamed)
    return pd.concat([frame, extra if extra.index.equals(frame.index) else extra.loc[frame.index]], axis=1)


def of_customers(extra: pd.DataFrame, keys: pd.Series) -> list[str]:
    """The attributes that never differ between rows of one customer, and so belong to the customer."""
    codes, known = pd.factorize(keys)
    placed = codes >= 0
    return [header for header in extra if _is_constant(extra[header].to_numpy()[placed], codes[placed], len(known))]


def _is_constant(values: np.ndarray, codes: np.ndarray, count: int) -> bool:
    numbers, _values = pd.factorize(values)
    filled = numbers >= 0
    first = np.full(count, -1, dtype=np.int64)
    first[codes[filled][::-1]] = numbers[filled][::-1]
    return bool((first[codes[filled]] == numbers[filled]).all())


def shared_out(pieces: dict[str, pd.DataFrame], table: Area, mapping: SheetMapping, log: Log
               ) -> dict[str, pd.DataFrame]:
    """Attributes that never differ for a customer go with the customers, the others with the main table."""
    if not pieces:
        return {}
    extra = attributes(table, mapping.attributes, log)
    main = next((name for name in pieces if name != "customers"), "customers")
    frames = dict(pieces)
    theirs: list[str] = []
    if "customers" in pieces and main != "customers":
        customers = pieces["customers"]
        theirs = of_customers(extra.loc[customers.index], customers["customer_id"])
        frames["customers"] = with_attributes(customers, extra[theirs], "customers")
    frames[main] = with_attributes(pieces[main], extra.drop(columns=theirs), main)
    return frames


def one_row_each(customers: pd.DataFrame) -> pd.DataFrame:
    """One row per customer; of several values the first that is filled."""
    if customers["customer_id"].is_unique:
        return customers
    rows = customers.index.to_series().groupby(customers["customer_id"].to_numpy(), sort=False).first()
    first = customers.groupby("customer_id", sort=False, as_index=False).first()
    return first.set_axis(rows.to_numpy(), axis=0)[customers.columns]
