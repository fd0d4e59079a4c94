"""Which customers the sheets list, and by what names; the one place where names are looked up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from cs_kpi.identity.names import bare, spelled_out, written
from cs_kpi.ingest.naming.vocabulary import Place, places
from cs_kpi.tables import TABLES

NAMES_A_CUSTOMER = 0.8
"""As sure as a header has to be for a field of ours."""
LISTS = ("customers", "subscriptions")
"""Tables that make a customer; in the others a customer is only mentioned."""
Tables = Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class Directory:
    """Ids and names as the tables have them.

    listed : id -> the names beside it in lists of customers; none for an id that only contracts name
    mentioned : id -> the names beside it in columns of other tables that name a customer
    """

    listed: Mapping[str, tuple[str, ...]]
    mentioned: Mapping[str, tuple[str, ...]]

    @cached_property
    def with_own_id(self) -> frozenset[str]:
        """Listed customers whose id is something else than their name."""
        return frozenset(key for key, names in self.listed.items() for name in names if written(name) != key)

    @cached_property
    def by_name(self) -> dict[str, set[str]]:
        """Name as ids are written, legal forms written out -> the customers with an id of their own called so."""
        found: dict[str, set[str]] = {}
        for key, names in self.listed.items():
            for name in (*names, *self.mentioned.get(key, ())):
                if written(name) != key:
                    found.setdefault(spelled_out(name), set()).add(key)
        return found

    def names(self, key: str) -> tuple[str, ...]:
        """What a customer is called; its id where no name is known."""
        return tuple(dict.fromkeys((*self.listed.get(key, ()), *self.mentioned.get(key, ())))) or (key,)


def directory(tables: Tables) -> Directory:
    """Who the tables list, and by what names they mention them."""
    listed: dict[str, tuple[str, ...]] = {}
    mentioned: dict[str, tuple[str, ...]] = {}
    for name, frame in tables.items():
        if "customer_id" not in frame:
            continue
        into = listed if name == "customers" else mentioned
        for column in _naming(name, frame):
            pairs = frame[["customer_id", column]].dropna().drop_duplicates()
            for key, called in _called(pairs if name == "customers" else _of_one_name(pairs, column), column).items():
                into[key] = tuple(dict.fromkeys((*into[key], *called))) if key in into else called
        if name in LISTS:
            keys = map(str, frame["customer_id"].dropna().unique().tolist())
            listed.update(dict.fromkeys((key for key in keys if key not in listed), ()))
    return Directory(listed, mentioned)


def _called(pairs: pd.DataFrame, column: str) -> dict[str, tuple[str, ...]]:
    """Id -> the names beside it, each once."""
    keys, names = (list(map(str, pairs[name].tolist())) for name in ("customer_id", column))
    found: dict[str, tuple[str, ...]] = dict(zip(keys, zip(names), strict=True))
    if len(found) == len(keys):
        return found
    several: dict[str, dict[str, None]] = {}
    for key, name in zip(keys, names, strict=True):
        several.setdefault(key, {})[name] = None
    return {key: tuple(called) for key, called in several.items()}


def _of_one_name(pairs: pd.DataFrame, column: str) -> pd.DataFrame:
    """The ids that stand beside one name only, however spelled: a column of users names many for one customer."""
    names = pairs[column].map(bare).groupby(pairs["customer_id"]).nunique()
    return pairs[pairs["customer_id"].map(names) == 1]


def _naming(table: str, frame: pd.DataFrame) -> list[str]:
    """The columns of a table that hold customers' names: the field, or an attribute whose header says so."""
    if table == "customers":
        return ["customer_name"] if "customer_name" in frame else []
    fields = TABLES[table].by_name
    return [header for header in map(str, frame.columns)
            if header not in fields and not header.startswith("_") and _names_a_customer(header)
            and not pd.api.types.is_numeric_dtype(frame[header])]


def _names_a_customer(header: str) -> bool:
    return places(header.removesuffix(" (2)")).get(Place("customers", "customer_name"), 0.0) >= NAMES_A_CUSTOMER
