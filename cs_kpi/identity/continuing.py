"""Customers that go on under a new id: their old contract runs until the new one starts."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from cs_kpi.identity.directory import Tables

BRIDGED_DAYS = 92
"""A confirmed migration bridges as many days as a renewal ever may (the most that the grace setting takes)."""


def continued(tables: Tables, migrations: Mapping[str, str]) -> Tables:
    """The tables with the contracts of migrated customers unbroken, and without the cancellations of that day.

    migrations : new id -> old id

    The rows of an old id that end last run on to the first start of the new id, where that is no earlier than their
    end and at most `BRIDGED_DAYS` after it. Ids stay as they are.
    """
    contracts = tables.get("subscriptions")
    if contracts is None or "end_date" not in contracts or not migrations:
        return tables
    goes_on = _goes_on(contracts, migrations)
    if goes_on.empty:
        return tables
    bridge = contracts["customer_id"].map(goes_on["start"])
    is_last = bridge.notna() & (contracts["end_date"] == contracts["customer_id"].map(goes_on["end"]))
    changed = {"subscriptions": contracts.assign(end_date=contracts["end_date"].mask(is_last, bridge))}
    farewells = tables.get("cancellations")
    if farewells is not None:
        is_none = farewells["cancelled_on"] == farewells["customer_id"].map(goes_on["end"])
        changed["cancellations"] = farewells[~is_none].reset_index(drop=True)
    return {**tables, **changed}


def _goes_on(contracts: pd.DataFrame, migrations: Mapping[str, str]) -> pd.DataFrame:
    """Old id -> when its contracts end and the new ones start, where the new ones follow."""
    pairs = pd.DataFrame({"new": list(migrations), "old": list(migrations.values())})
    by_customer = contracts.groupby("customer_id")
    pairs["start"] = pairs["new"].map(by_customer["start_date"].min())
    pairs["end"] = pairs["old"].map(by_customer["end_date"].max())
    gap = (pairs["start"] - pairs["end"]).dt.days
    return pairs[(gap >= 0) & (gap <= BRIDGED_DAYS)].groupby("old")[["start", "end"]].min()
