"""A number beside the unit of a billing interval: 3 beside month is a bill every three months."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from cs_kpi.ingest.columns import Column
from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.log import Log
from cs_kpi.ingest.matching import SURE
from cs_kpi.ingest.naming.vocabulary import places
from cs_kpi.ingest.system_rows import INTERVAL, are_counts
from cs_kpi.ingest.values.amounts import amounts
from cs_kpi.ingest.values.intervals import ONCE, TERM, months_of
from cs_kpi.locale import _


def counted(columns: Mapping[str, Column], table: Area, log: Log) -> dict[str, Column]:
    """The columns of contracts with intervals of so many units, where a column beside the unit says how many."""
    unit = columns.get("billing_interval")
    if unit is None or are_counts(table.body[unit.header]):
        return dict(columns)
    taken = {item.header for item in columns.values()}
    header = next((one for one in table.headers if one not in taken and places(one).get(INTERVAL, 0.0) >= SURE
                   and are_counts(table.body[one])), None)
    if header is None:
        return dict(columns)
    number = np.nan_to_num(amounts(table.body[header]).values, nan=1.0)
    if (number == 1).all():
        return dict(columns)
    log.note(_("A bill covers as many of the units in column '{unit}' as column '{number}' says.", unit=unit.header,
               number=header))
    read = [_times(value, float(times)) for value, times in zip(unit.values, number, strict=True)]
    values = pd.Series(read, index=unit.values.index, dtype="str")
    return {**columns, "billing_interval": replace(unit, values=values)}


def _times(interval: str | float, number: float) -> str | float:
    """So many months per bill, as text; what is no length of time stays as it is."""
    if not isinstance(interval, str) or interval in (TERM, ONCE) or number == 1:
        return interval
    months = months_of(interval) * number
    return f"{months:g}" if months.is_integer() else repr(months)
