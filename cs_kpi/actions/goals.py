"""Activity goals: so many contacts a month with every customer of a tier, held against what was recorded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from pydantic import BaseModel, ConfigDict, Field

from cs_kpi.actions.today import Today
from cs_kpi.actions.touch import TIERS, Tier, TouchModel, tiers, told_tiers
from cs_kpi.book import Book, day_of, days
from cs_kpi.ledger import Ints
from cs_kpi.locale import Message, _
from cs_kpi.periods import Period

Every = Literal["month", "quarter"]
EVERY_LABELS: dict[Every, Message] = {"month": _("a month"), "quarter": _("a quarter")}


class ActivityGoal(BaseModel):
    """kinds : of interactions that count; none: all. tier : whom it is about; None: every customer"""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(min_length=1, max_length=80)
    times: int = Field(default=1, ge=1, le=100)
    every: Every = "month"
    kinds: tuple[str, ...] = ()
    tier: Tier | None = None


@dataclass(frozen=True)
class Held:
    """A goal in one period, per customer it is about: code, how often, and by what day the last one was.

    met : who was contacted as often as the goal says
    """

    goal: ActivityGoal
    period: Period
    customer: Ints
    count: Ints

    @property
    def met(self) -> np.ndarray:
        return self.count >= self.goal.times

    @property
    def share(self) -> float:
        """Of the customers it is about, 0..1; NaN where there are none."""
        return float(self.met.mean()) if len(self.customer) else float("nan")


def missing(book: Book) -> bool:
    """Whether the book says nothing of contacts."""
    return not book.has("interactions.date")


def held(today: Today, goal: ActivityGoal, period: Period, model: TouchModel | None) -> Held:
    """The goal in a period. It is about today's customers of the tier who were customers from the period's opening on:
    who came in its middle had not the whole of it.

    model : the team's touch model; None: the tiers of the customer list
    """
    book = today.book
    opening = next(iter(book.ledger.closings([day_of(period.opening)]))) > 0 if book.has_contracts else (
        book.first_active <= day_of(period.opening))
    tier = tiers(today, model) if model else told_tiers(today)
    inside = np.ones(len(today.customer), dtype=bool)
    if goal.tier is not None:
        inside = tier == TIERS.index(goal.tier) if tier is not None else ~inside
    who = today.customer[inside & opening[today.customer]]
    return Held(goal, period, who, contacts(book, goal, period)[who])


def contacts(book: Book, goal: ActivityGoal, period: Period) -> Ints:
    """How many contacts of the goal's kinds each customer had in the period."""
    rows = book.tables["interactions"]
    day, code = days(rows["date"]), book.codes(rows["customer_id"])
    counts = (day >= day_of(period.start)) & (day <= day_of(period.end)) & (code >= 0)
    if goal.kinds:
        counts &= rows["kind"].isin(goal.kinds).to_numpy(dtype=bool) if "kind" in rows else False
    return np.bincount(code[counts], minlength=len(book.customer_ids)).astype(np.int64)


def by_owner(today: Today, found: Held) -> pd.DataFrame:
    """Per CSM: owner, customers, met, share, contacts; the lowest share first, customers of nobody under a blank."""
    owner = np.array(today.owner, dtype=object)[found.customer]
    table = pd.DataFrame({"owner": owner, "met": found.met, "contacts": found.count})
    grouped = table.groupby("owner", sort=True).agg(customers=("met", "size"), met=("met", "sum"),
                                                    contacts=("contacts", "sum")).reset_index()
    return grouped.assign(share=grouped["met"] / grouped["customers"]).sort_values(
        ["share", "owner"], kind="stable").reset_index(drop=True)


def not_met(today: Today, found: Held) -> pd.DataFrame:
    """The customers who had fewer contacts than the goal says, those who pay most first: customer_id, customer_name,
    count, last_contact (of the goal's kinds, before the period's end; NaT: none), owner, mrr."""
    code = found.customer[~found.met]
    owner = np.array(today.owner, dtype=object)
    table = pd.DataFrame({
        "customer_id": today.book.customer_ids[code],
        "customer_name": today.book.customers["customer_name"].to_numpy()[code],
        "count": found.count[~found.met], "last_contact": _last(today.book, found)[code],
        "owner": owner[code], "mrr": today.mrr[code]})
    return table.sort_values(["mrr", "customer_id"], ascending=[False, True], kind="stable").reset_index(drop=True)


def _last(book: Book, found: Held) -> np.ndarray:
    rows = book.tables["interactions"]
    day, code = days(rows["date"]), book.codes(rows["customer_id"])
    counts = (day <= day_of(found.period.end)) & (code >= 0)
    if found.goal.kinds and "kind" in rows:
        counts &= rows["kind"].isin(found.goal.kinds).to_numpy(dtype=bool)
    last = np.full(len(book.customer_ids), -1, dtype=np.int64)
    np.maximum.at(last, code[counts], day[counts])
    return np.where(last >= 0, last, np.datetime64("NaT").astype("int64")).astype("datetime64[D]").astype(
        "datetime64[s]")
