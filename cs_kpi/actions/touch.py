"""The touch model: who gets high, low and tech touch by thresholds, what a CSM can carry, and what a change moves."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, Self, get_args

import numpy as np
import pandas as pd
from pydantic import BaseModel, ConfigDict, Field, model_validator

from cs_kpi.actions.today import Today
from cs_kpi.book import Book
from cs_kpi.churn.events import Floats
from cs_kpi.ledger import Ints

Tier = Literal["high", "low", "tech"]
TIERS: tuple[Tier, ...] = get_args(Tier)
"""From the most attention to the least; a tier's code is its place here. Labels: `tables.VALUE_LABELS`."""
HIGH, LOW, TECH = range(3)
MRR = "mrr"
FEWEST_NUMBERS = 0.5
"""A column is a measure of size where so much of what stands in it is a number."""


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Threshold(_Record):
    """field : `mrr`, or a column of the customer list such as employees or potential; from where on a tier begins"""

    field: str = MRR
    high_from: float = Field(ge=0, allow_inf_nan=False)
    low_from: float = Field(ge=0, allow_inf_nan=False)

    @model_validator(mode="after")
    def _is_in_order(self) -> Self:
        if self.low_from > self.high_from:
            raise ValueError("low touch begins above high touch")
        return self


class TouchModel(_Record):
    """How much attention who gets; a customer is in the highest tier that any threshold gives it.

    high_capacity, low_capacity : so many customers of a tier one CSM can carry who has no others
    time : of each CSM the part of a full one; 1 where nobody says otherwise
    high_share : the part of the team's time that is for high touch, where thresholds are proposed
    """

    thresholds: tuple[Threshold, ...] = Field(min_length=1)
    high_capacity: int = Field(default=15, ge=1, le=10_000)
    low_capacity: int = Field(default=60, ge=1, le=10_000)
    time: dict[str, float] = Field(default_factory=dict)
    high_share: float = Field(default=0.5, ge=0, le=1)

    @model_validator(mode="after")
    def _has_each_field_once(self) -> Self:
        fields = [one.field for one in self.thresholds]
        if len(set(fields)) < len(fields):
            raise ValueError("a field has two thresholds")
        return self

    def time_of(self, owner: str) -> float:
        return self.time.get(owner, 1.0)


@dataclass(frozen=True)
class Load:
    """What a CSM carries. owner : blank for customers that nobody looks after

    share : of the CSM's capacity that high and low touch take; NaN without a CSM or time
    """

    owner: str
    customers: tuple[int, int, int]
    mrr: float
    share: float


def size_fields(book: Book) -> list[str]:
    """The columns of the customer list that hold numbers, such as employees or potential."""
    skipped = {"customer_id", "customer_name", "furigana", "parent_id", "tenure_months", "tenure_band", "has_left"}
    found = []
    for name in book.customers:
        values = book.customers[name]
        if name in skipped or values.dtype.kind in "bM" or not values.notna().any():
            continue
        numbers = pd.to_numeric(values, errors="coerce")
        if numbers.notna().sum() >= FEWEST_NUMBERS * values.notna().sum():
            found.append(str(name))
    return found


def sizes(today: Today, field: str) -> Floats:
    """The number by which a threshold is held, per customer code; NaN where none is known."""
    if field == MRR:
        return today.mrr
    if field not in today.book.customers:
        return np.full(len(today.book.customer_ids), np.nan)
    return pd.to_numeric(today.book.customers[field], errors="coerce").to_numpy(dtype=float, na_value=np.nan)


def above_all(today: Today, field: str) -> float:
    """A whole number above what any of today's customers has."""
    known = sizes(today, field)[today.customer]
    return math.floor(float(np.nanmax(known, initial=0.0))) + 1.0


def tiers(today: Today, model: TouchModel) -> Ints:
    """The tier of each of today's customers, in their order; a threshold belongs to the higher tier."""
    found = np.full(len(today.customer), TECH, dtype=np.int64)
    for one in model.thresholds:
        size = sizes(today, one.field)[today.customer]
        found = np.minimum(found, np.where(size >= one.high_from, HIGH, np.where(size >= one.low_from, LOW, TECH)))
    return found


def told_tiers(today: Today) -> Ints | None:
    """The tiers in the customer list, -1 for a blank; None where it has none."""
    if not today.book.has("customers.touch_model"):
        return None
    code = {tier: place for place, tier in enumerate(TIERS)}
    told = today.book.customers["touch_model"].map(code).fillna(-1).to_numpy(dtype=np.int64)
    return told[today.customer]


def owners(today: Today) -> list[str]:
    """The CSMs of today's customers, by name."""
    return sorted({today.owner[code] for code in today.customer} - {""})


def proposed(today: Today, model: TouchModel) -> TouchModel:
    """The thresholds of MRR at which high and low touch fit the capacity of the team, the customers who pay most first.

    Who pays alike is in one tier; where a tier would overflow for that, the threshold is above them.
    """
    people = owners(today)
    time = sum(model.time_of(one) for one in people)
    paid = np.sort(today.mrr[today.customer])[::-1]
    high = math.floor(model.high_share * time * model.high_capacity + 1e-9)
    low = math.floor((1 - model.high_share) * time * model.low_capacity + 1e-9)
    high_from = _threshold(paid, high)
    rest = paid[paid < high_from]
    chosen = Threshold(high_from=high_from, low_from=min(_threshold(rest, low), high_from))
    others = tuple(one for one in model.thresholds if one.field != MRR)
    return model.model_copy(update={"thresholds": (chosen, *others)})


def _threshold(paid: Floats, room: int) -> float:
    """The lowest amount from which on at most `room` customers pay; `paid` from the largest."""
    if room >= len(paid):
        return 0.0
    if room == 0 or paid[room] == paid[0]:
        return math.floor(paid[0]) + 1.0
    return float(paid[:room][paid[:room] > paid[room]].min())


def first_model(today: Today) -> TouchModel:
    """What is proposed to a team that has not set anything."""
    return proposed(today, TouchModel(thresholds=(Threshold(high_from=0, low_from=0),)))


def workload(today: Today, model: TouchModel) -> list[Load]:
    """What each CSM carries by the tiers of the model, the fullest first; customers of nobody last."""
    tier, owner = tiers(today, model), np.array(today.owner, dtype=object)[today.customer]
    found = []
    for name in [*owners(today), ""]:
        mine = owner == name
        if not mine.any():
            continue
        counts = tuple(int(((tier == place) & mine).sum()) for place in range(len(TIERS)))
        time = model.time_of(name) if name else 0.0
        need = counts[HIGH] / model.high_capacity + counts[LOW] / model.low_capacity
        found.append(Load(name, counts, float(today.mrr[today.customer][mine].sum()),  # type: ignore[arg-type]
                          need / time if time else math.nan))
    return sorted(found, key=lambda one: (not one.owner, -(one.share if one.share == one.share else 0.0), one.owner))


def moved(today: Today, before: Ints, after: Ints) -> pd.DataFrame:
    """The customers whose tier changes: who moves up first, then by MRR.

    before, after : tiers in the order of `today.customer`; before -1: none
    returns : customer_id, customer_name, before, after (codes), owner, mrr
    """
    place = np.flatnonzero(before != after)
    code = today.customer[place]
    owner = np.array(today.owner, dtype=object)
    found = pd.DataFrame({
        "customer_id": today.book.customer_ids[code],
        "customer_name": today.book.customers["customer_name"].to_numpy()[code],
        "before": before[place], "after": after[place], "owner": owner[code], "mrr": today.mrr[code]})
    goes_down = (found["after"] > found["before"]) & (found["before"] >= 0)
    order = np.lexsort((-found["mrr"], goes_down))
    return found.iloc[order].reset_index(drop=True)
