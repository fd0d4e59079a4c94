"""Rows of the canonical tables as a Book counts them: its customers, their answers, the contracts that carry MRR."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd

from cs_kpi.snapshot import tenure_bands

Tables = Mapping[str, pd.DataFrame]
NO_CONTRACTS = pd.DataFrame(columns=["customer_id", "start_date", "end_date", "mrr"])
NO_ANSWERS = {"customer_id": "str", "answered_on": "datetime64[s]", "kind": "str", "score": "float64",
              "scale": "float64"}


def customer_ids(tables: Tables) -> np.ndarray:
    """Every customer that any table names, sorted."""
    named = [frame["customer_id"].dropna().unique() for frame in tables.values() if "customer_id" in frame]
    ids = set().union(*(set(part) for part in named)) if named else set()
    return np.array(sorted(map(str, ids)), dtype=object)


def customers(tables: Tables, ids: np.ndarray) -> pd.DataFrame:
    """One row per id: id, name (the id where none is known) and every customer attribute."""
    frame = tables.get("customers", pd.DataFrame({"customer_id": pd.Series(dtype=object)}))
    frame = frame.drop(columns=[c for c in frame if str(c).startswith("_")])
    known = frame.groupby("customer_id", sort=False).first()
    table = known.reindex(ids)
    table.index.name = "customer_id"
    table = table.reset_index()
    names = table["customer_name"] if "customer_name" in table else pd.Series(None, index=table.index, dtype=object)
    table["customer_name"] = names.where(names.notna(), table["customer_id"])
    if "tenure_months" in table:
        table["tenure_band"] = tenure_bands(table["tenure_months"])
    return table


def answers(tables: Tables, as_of: dt.date | None) -> pd.DataFrame:
    """The answers of surveys; those without a day are of the last day that the data speaks of."""
    frame = tables.get("surveys")
    if frame is None:
        frame = pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in NO_ANSWERS.items()})
    days = frame["answered_on"] if "answered_on" in frame else pd.Series(pd.NaT, index=frame.index)
    days = days.astype("datetime64[s]")
    return frame.assign(answered_on=days.fillna(pd.Timestamp(as_of)) if as_of else days)


def counted(tables: Tables, kinds: Collection[str]) -> pd.DataFrame:
    """The subscription rows that carry MRR. kinds : of charges that do"""
    frame = tables.get("subscriptions")
    if frame is None or "mrr" not in frame:
        return NO_CONTRACTS
    is_counted = frame["mrr"].notna() & frame["customer_id"].notna()
    if "charge_kind" in frame:
        is_counted &= frame["charge_kind"].fillna("recurring").isin(list(kinds))
    if "end_date" in frame:
        is_counted &= ~(frame["end_date"] < frame["start_date"])
    return frame[is_counted].reset_index(drop=True)


def content(name: str, frame: pd.DataFrame) -> bytes:
    """Changes when and only when something in a table changes."""
    digest = hashlib.sha256(f"{name}{list(frame.columns)}{len(frame)}".encode())
    digest.update(pd.util.hash_pandas_object(frame, index=False).to_numpy().tobytes())
    return digest.digest()
