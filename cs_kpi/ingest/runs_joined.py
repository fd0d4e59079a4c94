"""Runs of equal MRR that files of single months have torn apart, as one row again (handbook 1, shapes 3 and 4)."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from cs_kpi.ingest.records import SheetReading

OF_A_SERIES = ("customer_id", "product", "plan", "currency", "charge_kind", "subscription_id")
SAME = ("mrr", "seats")


def joined(contracts: pd.DataFrame, readings: Iterable[SheetReading]) -> pd.DataFrame:
    """The contracts, of which rows of different sheets by months are one where a row ends as one with the same amount
    begins; it keeps the source of the first.

    contracts : of all sheets, open runs ended where later months go on
    """
    titles = [f"{one.mapping.file}\\0{one.mapping.sheet}" for one in readings if one.months]
    if len(titles) < 2 or "end_date" not in contracts:
        return contracts
    is_monthly = (contracts["_file"].astype(str) + "\\0" + contracts["_sheet"].astype(str)).isin(titles)
    rows = contracts[is_monthly]
    keys = [field for field in OF_A_SERIES if field in rows]
    series = rows.groupby(keys, dropna=False, sort=False).ngroup()
    ordered = rows.assign(_series=series).sort_values(["_series", "start_date"], kind="stable")
    before = ordered.shift()
    goes_on = (ordered["_series"] == before["_series"]) & (ordered["start_date"] == before["end_date"])
    for field in (field for field in SAME if field in ordered):
        goes_on &= (ordered[field] == before[field]) | (ordered[field].isna() & before[field].isna())
    goes_on &= ~ordered.duplicated(["_series", "start_date"], keep=False)
    run = np.cumsum(~goes_on.to_numpy())
    ends = ordered["end_date"].to_numpy()[np.append(np.diff(run) > 0, True)] if len(run) else ordered["end_date"]
    first = ordered[~goes_on].drop(columns="_series").assign(end_date=ends)
    return pd.concat([contracts[~is_monthly], first]).sort_index(kind="stable").reset_index(drop=True)
