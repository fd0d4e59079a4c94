"""Keys given to customers where that is beyond doubt: a key that is the very name of one listed customer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cs_kpi.identity.directory import Directory
from cs_kpi.identity.names import spelled_out, written
from cs_kpi.identity.records import Identities
from cs_kpi.locale import Message, _
from cs_kpi.tables import TABLES


@dataclass(frozen=True, slots=True)
class Join:
    """A key of some table that was given to a customer by its name. `rows` of that table."""

    table: str
    key: str
    customer_id: str
    rows: int


@dataclass(frozen=True)
class Keys:
    """The different keys of a table and which one each row has; -1 where it has none."""

    codes: np.ndarray
    values: list[str]
    dtype: object

    @classmethod
    def of(cls, column: pd.Series) -> Keys:
        codes, values = pd.factorize(column)
        return cls(codes, list(map(str, values.tolist())), column.dtype)

    @property
    def rows(self) -> np.ndarray:
        """How many rows each key has."""
        return np.bincount(self.codes[self.codes >= 0], minlength=len(self.values))

    def renamed(self, final: Iterable[str]) -> pd.Series:
        """The column with another key for each of `values`."""
        values = pd.Series(list(final), dtype=self.dtype).array  # type: ignore[call-overload]
        return pd.Series(values.take(self.codes, allow_fill=True))


def certain(keys: Iterable[str], known: Directory, identities: Identities) -> dict[str, str]:
    """key -> customer id, for keys that are no id of a listed customer but the name of exactly one, ㈱ for 株式会社.

    A key that is an id without a name of its own, but stands beside a name, goes to the customer that is kept under
    this name because no list gives it an id.
    """
    declined = set(identities.declined)
    found: dict[str, str] = {}
    for key in keys:
        if key in known.with_own_id:
            continue
        named = known.by_name.get(spelled_out(key), set()) - {key}
        if not named and key not in known.listed:
            named = {name for called in known.mentioned.get(key, ())
                     if (name := written(called)) in known.listed and name not in known.with_own_id}
        if len(named) == 1:
            customer = next(iter(named))
            if (min(key, customer), max(key, customer)) not in declined:
                found[key] = customer
    return found


def stated(joins: Iterable[Join]) -> list[Message]:
    """What was joined, a sentence a table."""
    by_table: dict[str, list[Join]] = {}
    for join in joins:
        by_table.setdefault(join.table, []).append(join)
    return [_("{table}: {rows} rows hold the customer's name instead of its ID, and were given to the {keys} customers "
              "that are called exactly so.", table=TABLES[name].label, keys=len(found),
              rows=sum(join.rows for join in found)) for name, found in by_table.items()]
