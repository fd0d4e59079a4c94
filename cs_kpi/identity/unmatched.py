"""Keys that no list of customers has: counted and listed, so that they can be given to a customer by hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cs_kpi.identity.directory import LISTS, Tables
from cs_kpi.identity.joins import Keys
from cs_kpi.identity.names import written


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A key that is no customer of the lists. `rows` over all `tables` that have it; `sheets` as (file, sheet)."""

    key: str
    tables: tuple[str, ...]
    sheets: tuple[tuple[str, str], ...]
    rows: int


def unmatched(tables: Tables) -> list[Unmatched]:
    """Keys that no list of customers has, most rows first.

    Where a list gives ids beside names, also the customers of contracts that are not on it; else whoever has a
    contract is a customer. Nothing where no table makes customers.
    """
    listed = _with_ids(tables.get("customers"))
    everyone = _ids(tables.get("customers")) | _ids(tables.get("subscriptions"))
    pieces = [_not_in(listed if name in LISTS else everyone, name, frame) for name, frame in tables.items()
              if "customer_id" in frame]
    found = pd.concat(pieces, ignore_index=True) if pieces else pd.DataFrame(columns=["key"])
    return sorted((_one(str(key), rows) for key, rows in found.groupby("key", sort=False)),
                  key=lambda one: (-one.rows, one.key))


def _not_in(known: frozenset[str], table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """The keys of a table outside `known`, one row per key and sheet with the count of its rows."""
    keys = Keys.of(frame["customer_id"])
    is_unknown = np.array([key not in known for key in keys.values] + [False], dtype=bool)[keys.codes]
    if not known or not is_unknown.any():
        return pd.DataFrame(columns=["key", "_file", "_sheet", "rows", "table"])
    rows = frame.loc[is_unknown, [name for name in ("_file", "_sheet") if name in frame]]
    rows = rows.assign(key=frame.loc[is_unknown, "customer_id"].astype(str), table=table)
    return rows.groupby(list(rows.columns), sort=False).size().rename("rows").reset_index()


def _one(key: str, rows: pd.DataFrame) -> Unmatched:
    places = rows[["_file", "_sheet"]].drop_duplicates() if "_file" in rows else rows[[]]
    return Unmatched(key, _different(rows["table"]), tuple(places.itertuples(index=False, name=None)),
                     int(rows["rows"].sum()))


def _different(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(str, values)))


def _ids(frame: pd.DataFrame | None) -> frozenset[str]:
    return frozenset() if frame is None else frozenset(map(str, frame["customer_id"].dropna().unique()))


def _with_ids(customers: pd.DataFrame | None) -> frozenset[str]:
    """The customers of lists that give ids; none where every list knows names alone."""
    if customers is None or "customer_name" not in customers:
        return _ids(customers)
    names = customers["customer_name"]
    forms = {name: written(name) for name in names.dropna().unique()}
    return _ids(customers[names.isna() | (names.map(forms) != customers["customer_id"])])
