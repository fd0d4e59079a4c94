"""Customers that go on under a new id: their old contract runs until the new one starts."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from cs_kpi.identity.directory import Tables

CARRY_MRR = ("recurring", "variable")
BRIDGED_DAYS = 92
"""A confirmed migration bridges as many days as a renewal ever may (the most that the grace setting takes)."""


def continued(tables: Tables, migrations: Mapping[str, str]) -> Tables:
    """The tables with the contracts of migrated customers unbroken, and without the cancellations of that day.

    migrations : new id -> old id

    The paid rows of an old id that end last run on to the first paid start of the new id, where that is no earlier
    than their end and at most `BRIDGED_DAYS` after it, and nothing else of the old id runs on. Ids stay as they are.
    """
    contracts = tables.get("subscriptions")
    if contracts is None or "end_date" not in contracts or not migrations:
        return tables
    is_last, bridge = _last_rows(contracts, migrations)
    if not is_last.any():
        return tables
    changed = {"subscriptions": contracts.assign(end_date=contracts["end_date"].mask(is_last, bridge))}
    farewells = tables.get("cancellations")
    if farewells is not None:
        ends = contracts[is_last].groupby("customer_id")["end_date"].first()
        is_none = farewells["cancelled_on"] == farewells["customer_id"].map(ends)
        changed["cancellations"] = farewells[~is_none].reset_index(drop=True)
    return {**tables, **changed}


def _last_rows(contracts: pd.DataFrame, migrations: Mapping[str, str]) -> tuple[pd.Series, pd.Series]:
    """The rows that run on, and until when."""
    is_paid = contracts["mrr"] != 0
    if "charge_kind" in contracts:
        is_paid &= contracts["charge_kind"].fillna("recurring").isin(CARRY_MRR)
    starts = contracts[is_paid].groupby("customer_id")["start_date"].min()
    pairs = pd.DataFrame({"old": list(migrations.values()), "start": pd.Series(list(migrations)).map(starts)})
    bridge = contracts["customer_id"].map(pairs.groupby("old")["start"].min())
    end, customer = contracts["end_date"], contracts["customer_id"]
    runs_on = is_paid & (contracts["start_date"] < bridge) & ~(end <= bridge)
    is_near = is_paid & (end <= bridge) & (end >= bridge - pd.Timedelta(days=BRIDGED_DAYS))
    is_near &= ~runs_on.groupby(customer).transform("any")
    return is_near & (end == end.where(is_near).groupby(customer).transform("max")), bridge
