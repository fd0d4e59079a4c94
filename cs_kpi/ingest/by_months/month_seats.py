"""Seats in columns of months beside those of MRR: a run of equal MRR is parted where its seats change."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cs_kpi.ingest.columns import NOT_A_NUMBER
from cs_kpi.ingest.decimal_marks import read_amounts
from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.log import Log
from cs_kpi.ingest.records import SheetMapping
from cs_kpi.locale import _
from cs_kpi.tables import TABLES


def seats(table: Area, mapping: SheetMapping, log: Log) -> pd.DataFrame | None:
    """The seats of each row in each month since 1970 that the sheet speaks of; a month between two of them has those
    of the month before. None where no column holds seats."""
    headers = sorted(mapping.seat_months, key=mapping.months.__getitem__)
    if not headers:
        return None
    log.note(_("{count} columns are read as the seats of their months, from {first} to {last}.", count=len(headers),
               first=mapping.months[headers[0]], last=mapping.months[headers[-1]]))
    cells = pd.concat([table.body[header] for header in headers], ignore_index=True).astype(object)
    read = read_amounts(cells, headers[0], TABLES["subscriptions"].by_name["seats"], table, log)
    values, unreadable = (part.reshape(len(headers), -1) for part in (read.values, read.unreadable))
    for place, header in enumerate(headers):
        log.blank(table.body[header], unreadable[place], header, NOT_A_NUMBER)
    months = np.array([mapping.months[header] for header in headers], dtype="datetime64[M]").astype(np.int64)
    every = np.arange(months[0], months[-1] + 1)
    return pd.DataFrame(values[np.searchsorted(months, every, side="right") - 1].T, index=table.body.index,
                        columns=every)


def parted(runs: pd.DataFrame, by_months: pd.DataFrame) -> pd.DataFrame:
    """The runs with their `seats`, each parted where these change; NaN in months of which the columns do not speak.

    runs : start_date, end_date and mrr, indexed by row of the sheet; by_months : see `seats`
    """
    if not len(runs):
        return runs.assign(seats=np.array([]))
    first, after = (runs[field].to_numpy().astype("datetime64[M]") for field in ("start_date", "end_date"))
    begin = first.astype(np.int64)
    is_open = np.isnat(after)
    last = max(int(by_months.columns[-1]), int(begin.max()))
    stop = np.where(is_open, last + 1, after.astype(np.int64))
    length = stop - begin
    run = np.repeat(np.arange(len(runs)), length)
    month = np.arange(length.sum()) - np.repeat(np.cumsum(length) - length, length) + begin[run]
    places = month - int(by_months.columns[0])
    is_told = (places >= 0) & (places < by_months.shape[1])
    rows = by_months.index.get_indexer(runs.index)[run]
    held = np.where(is_told, by_months.to_numpy()[rows, np.clip(places, 0, by_months.shape[1] - 1)], np.nan)
    same = (held[1:] == held[:-1]) | (np.isnan(held[1:]) & np.isnan(held[:-1]))
    starts = np.flatnonzero(np.append(True, (run[1:] != run[:-1]) | ~same))
    ends_run = np.append(run[starts[1:]] != run[starts[:-1]], True)
    following = np.append(month[starts[1:]], 0).astype("datetime64[M]").astype("datetime64[s]")
    found = runs.iloc[run[starts]]
    return found.assign(start_date=month[starts].astype("datetime64[M]").astype("datetime64[s]"),
                        end_date=np.where(ends_run, found["end_date"].to_numpy(), following), seats=held[starts])
