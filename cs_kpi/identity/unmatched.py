"""Keys that no list of customers has: counted and listed, so that they can be given to a customer by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from cs_kpi.identity.directory import LISTS, Tables
from cs_kpi.identity.joins import Keys
from cs_kpi.identity.names import written

SOURCE = ("_file", "_sheet")


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A key that is no customer of the lists. `rows` over all `tables` that have it; `sheets` as (file, sheet)."""

    key: str
    tables: tuple[str, ...]
    sheets: tuple[tuple[str, ...], ...]
    rows: int


def unmatched(tables: Tables) -> list[Unmatched]:
    """Keys that no list of customers has, most rows first.

    Where a list gives ids beside names, also the customers of contracts that are not on it; else whoever has a
    contract is a customer. Nothing where no table makes customers.
    """
    listed = _with_ids(tables.get("customers"))
    everyone = _ids(tables.get("customers")) | _ids(tables.get("subscriptions"))
    found: dict[str, list[_Place]] = {}
    for name, frame in tables.items():
        if "customer_id" in frame:
            for key, place in _not_in(listed if name in LISTS else everyone, name, frame):
                found.setdefault(key, []).append(place)
    return sorted((_one(key, places) for key, places in found.items()), key=lambda one: (-one.rows, one.key))


class _Place(NamedTuple):
    table: str
    sheet: tuple[str, ...]
    rows: int


def _not_in(known: frozenset[str], table: str, frame: pd.DataFrame) -> Iterator[tuple[str, _Place]]:
    """The keys of a table outside `known`, with each sheet that has them."""
    keys = Keys.of(frame["customer_id"])
    is_unknown = np.array([key not in known for key in keys.values] + [False], dtype=bool)[keys.codes]
    if known and is_unknown.any():
        rows = frame.loc[is_unknown, ["customer_id", *(name for name in SOURCE if name in frame)]]
        counts = rows.groupby(list(rows.columns), sort=False).size().reset_index()
        for key, *sheet, count in counts.itertuples(index=False, name=None):
            yield str(key), _Place(table, tuple(map(str, sheet)), int(count))


def _one(key: str, places: Iterable[_Place]) -> Unmatched:
    places = list(places)
    sheets = dict.fromkeys(place.sheet for place in places if place.sheet)
    return Unmatched(key, tuple(dict.fromkeys(place.table for place in places)), tuple(sheets),
                     sum(place.rows for place in places))


def _ids(frame: pd.DataFrame | None) -> frozenset[str]:
    return frozenset() if frame is None else frozenset(map(str, frame["customer_id"].dropna().unique()))


def _with_ids(customers: pd.DataFrame | None) -> frozenset[str]:
    """The customers of lists that give ids; none where every list knows names alone."""
    if customers is None or "customer_name" not in customers:
        return _ids(customers)
    names = customers["customer_name"]
    forms = {name: written(name) for name in names.dropna().unique()}
    return _ids(customers[names.isna() | (names.map(forms) != customers["customer_id"])])
