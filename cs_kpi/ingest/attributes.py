"""Columns that no field claims, kept for segments and models under their own headers."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from itertools import islice

import numpy as np
import pandas as pd

from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.records import SheetMapping
from cs_kpi.ingest.values.date_styles import parts_of_text
from cs_kpi.ingest.values.dates import dates
from cs_kpi.ingest.values.names import texts
from cs_kpi.ingest.values.uniques import Uniques, is_not_yet, is_nothing
from cs_kpi.tables import TABLES

SAMPLE = 50
GROUPED = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?")


def attributes(area: Area, headers: Iterable[str]) -> pd.DataFrame:
    """float64 where every filled cell is a number, datetime64[s] where every one is a date, else text."""
    return pd.DataFrame({header: _attribute(area.body[header]) for header in headers if header in area.headers},
                        index=area.body.index)


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
    return pd.concat([frame, extra.rename(columns=renamed).loc[frame.index]], axis=1)


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


def shared_out(pieces: dict[str, pd.DataFrame], table: Area, mapping: SheetMapping) -> dict[str, pd.DataFrame]:
    """Attributes that never differ for a customer go with the customers, the others with the main table."""
    if not pieces:
        return {}
    extra = attributes(table, mapping.attributes)
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
