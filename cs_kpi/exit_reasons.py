"""Reasons for leaving that the team writes down in the app: they join the table of cancellations of every Book."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping

import pandas as pd
from pydantic import BaseModel, ConfigDict, Field

RECORDED = "_recorded"
"""Column of the cancellations that were written down in the app; they do not decide how far the data speaks."""


class ExitReason(BaseModel):
    """What an exit interview brought."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    customer_id: str
    cancelled_on: dt.date
    reason: str = Field(min_length=1, max_length=120)
    comment: str = Field(default="", max_length=2_000)


def with_reasons(tables: Mapping[str, pd.DataFrame], reasons: Iterable[ExitReason], known: Collection[str]
                 ) -> dict[str, pd.DataFrame]:
    """The canonical tables with those reasons whose customer is known by a table; a customer that is in no file any
    more does not come back by its reason. known : the ids of all customers"""
    rows = list(reasons)
    return with_recorded(tables, "cancellations", pd.DataFrame({
        "customer_id": pd.Series([one.customer_id for one in rows], dtype="str"),
        "cancelled_on": pd.to_datetime(pd.Series([one.cancelled_on for one in rows])).astype("datetime64[s]"),
        "reason": pd.Series([one.reason for one in rows], dtype="str"),
        "comment": pd.Series([one.comment or None for one in rows], dtype="str")}), known)


def with_recorded(tables: Mapping[str, pd.DataFrame], name: str, told: pd.DataFrame, known: Collection[str]
                  ) -> dict[str, pd.DataFrame]:
    """The canonical tables with rows that were written down in the app, of customers that are known."""
    if told.empty:
        return dict(tables)
    told = told[told["customer_id"].isin(known)].assign(**{RECORDED: True}).reset_index(drop=True)
    if told.empty:
        return dict(tables)
    before = tables.get(name)
    if before is None:
        return {**tables, name: told}
    both = pd.concat([before.assign(**{RECORDED: False}), told], ignore_index=True)
    kinds = {RECORDED: "bool", "_row": "Int64"} if "_row" in both else {RECORDED: "bool"}
    return {**tables, name: both.astype(kinds)}


def from_sheets(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of a table that files brought."""
    return frame[~frame[RECORDED].to_numpy(dtype=bool)] if RECORDED in frame else frame
