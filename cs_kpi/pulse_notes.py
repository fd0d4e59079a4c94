"""Pulses that the team enters in the app: they join the table of pulses of every Book."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping

import pandas as pd
from pydantic import BaseModel, ConfigDict, Field

from cs_kpi.exit_reasons import with_recorded

LOWEST, HIGHEST = 1, 5


class PulseNote(BaseModel):
    """How a CSM feels about a customer on a day, from 1 (about to leave) to 5 (content).

    at : when it was written down, with its time zone
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    customer_id: str
    date: dt.date
    value: int = Field(ge=LOWEST, le=HIGHEST)
    note: str = Field(default="", max_length=2_000)
    by: str = Field(default="", max_length=80)
    at: dt.datetime


def with_pulses(tables: Mapping[str, pd.DataFrame], pulses: Iterable[PulseNote], known: Collection[str]
                ) -> dict[str, pd.DataFrame]:
    """The canonical tables with those pulses whose customer is known by a table, in the order of their writing: of two
    of one day the lower counts, as with answers. known : the ids of all customers"""
    rows = sorted(pulses, key=lambda one: (one.date, one.at))
    return with_recorded(tables, "pulse", pd.DataFrame({
        "customer_id": pd.Series([one.customer_id for one in rows], dtype="str"),
        "date": pd.to_datetime(pd.Series([one.date for one in rows])).astype("datetime64[s]"),
        "value": pd.Series([one.value for one in rows], dtype="float64"),
        "by": pd.Series([one.by or None for one in rows], dtype="str"),
        "note": pd.Series([one.note or None for one in rows], dtype="str")}), known)
