"""Books made up so that it is known why customers buy more, or that there is no reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from cs_kpi.actions.today import Today
from cs_kpi.book import Book
from cs_kpi.growth.offers import Offers, offers
from cs_kpi.growth_rules import GrowthSettings
from cs_kpi.settings import Settings

BEGIN = np.datetime64("2022-01", "M")
PRODUCTS = ("A", "B", "C", "D")
FULL, CALM = 0.3, 0.003
"""Chance a month to buy more seats with full seats and without, in `grown`."""
DATES = {"start_date", "end_date", "term_end", "date", "answered_on", "onboarding_completed_on", "cancelled_on"}
NUMBERS = {"mrr", "seats", "count", "score"}


def last_day(months: int) -> dt.date:
    return ((BEGIN + months).astype("datetime64[D]") - 1).astype(dt.date)


def grown(customers: int = 150, months: int = 30, seed: int = 0, full: float = FULL) -> Book:
    """Seats are used by more and more people; who is full buys more seats, the others hardly ever. With `full` as the
    chance of the others, nothing leads to more."""
    random = np.random.default_rng(seed)
    seats = random.integers(8, 30, customers).astype(float)
    users = seats * random.uniform(0.3, 0.8, customers)
    price = random.uniform(50, 200, customers)
    since, rows, use = np.zeros(customers, dtype=int), [], []
    for month in range(months):
        share = users / seats
        is_full = np.floor(users) / seats >= 0.9
        buys = (random.random(customers) < np.where(is_full, full, CALM if full == FULL else full)) & (month > 0)
        for one in np.flatnonzero(buys):
            rows.append((one, since[one], month, seats[one], price[one]))
            seats[one], since[one] = np.ceil(seats[one] * random.choice([1.2, 1.3, 1.5])), month
        for one in range(customers):
            use += [(one, month, user) for user in range(min(int(users[one]), int(seats[one])))]
        users = np.minimum(users * random.normal(1.02 if share.mean() < 2 else 1.0, 0.05, customers), seats)
    rows += [(one, since[one], None, seats[one], price[one]) for one in range(customers)]
    contracts = pd.DataFrame({
        "customer_id": [f"C{one:03}" for one, *_rest in rows],
        "start_date": _month_starts([row[1] for row in rows]), "end_date": _month_starts([row[2] for row in rows]),
        "seats": [row[3] for row in rows], "mrr": [round(row[3] * row[4]) for row in rows]})
    log = pd.DataFrame(use, columns=["customer", "month", "user"])
    usage = pd.DataFrame({
        "customer_id": "C" + log["customer"].astype(str).str.zfill(3), "user_id": "U" + log["user"].astype(str),
        "date": (BEGIN + log["month"].to_numpy()).astype("datetime64[D]").astype("datetime64[s]"), "count": 1.0})
    last = last_day(months)
    return Book({"subscriptions": contracts, "usage": usage}, Settings(as_of=last), today=last)


def bought(customers: int = 200, months: int = 30, seed: int = 0, follows: float = 1.0, *, is_uneven: bool = False,
           with_use: bool = False) -> Book:
    """Every customer begins with A, C or D and takes others at random; B is taken `follows` times as often by who has
    A. is_uneven : some customers take many and some products sell better, which is no rule either; B is sold from the
    tenth month on. with_use : two features are used by anybody, for no reason."""
    random = np.random.default_rng(seed)
    eager = random.gamma(1.0, 1.0, customers) if is_uneven else np.ones(customers)
    popular = np.array([0.02, 0.015, 0.01, 0.03]) if is_uneven else np.full(4, 0.015)
    came = random.integers(0, months // 2, customers)
    begins = random.choice([0, 2, 3], customers, p=[0.5, 0.3, 0.2])
    taken = np.full((customers, 4), months + 99)
    taken[np.arange(customers), begins] = came
    for month in range(months):
        has = taken < month
        hazard = eager[:, None] * popular[None, :] * np.where(month < 10, [1, 1 - is_uneven, 1, 1], 1)
        hazard[:, 1] *= np.where(has[:, 0], follows, 1.0)
        takes = (random.random((customers, 4)) < hazard) & (taken > months) & has.any(axis=1)[:, None]
        taken[takes] = month
    who, product = np.nonzero(taken < months)
    contracts = pd.DataFrame({
        "customer_id": [f"C{one:04}" for one in who], "start_date": _month_starts(taken[who, product].tolist()),
        "mrr": np.array([100.0, 40.0, 80.0, 60.0])[product], "product": np.array(PRODUCTS, dtype=object)[product]})
    tables = {"subscriptions": contracts}
    if with_use:
        month, one, feature = np.nonzero(random.random((months, customers, 2)) < 0.5)
        tables["usage"] = pd.DataFrame({
            "customer_id": [f"C{each:04}" for each in one], "count": random.poisson(6, len(one)) + 1.0,
            "date": (BEGIN + month).astype("datetime64[D]").astype("datetime64[s]"),
            "feature": np.array(["Reports", "API"], dtype=object)[feature]})
    last = last_day(months)
    return Book(tables, Settings(as_of=last), today=last)


def _month_starts(months: Iterable[int | None]) -> pd.Series:
    return pd.Series([pd.NaT if month is None else pd.Timestamp(str((BEGIN + month).astype("datetime64[D]")))
                      for month in months], dtype="datetime64[s]")


def book(last: str = "2024-06-30", growth: GrowthSettings | None = None, **tables: list[dict[str, Any]]) -> Book:
    """A small book of rows, each a dict of its cells."""
    found = {}
    for name, rows in tables.items():
        table = pd.DataFrame(rows)
        for column in table:
            table[column] = (pd.to_datetime(table[column]) if column in DATES else table[column].astype(float)
                             if column in NUMBERS else table[column].astype(object))
        found[name] = table
    day = dt.date.fromisoformat(last)
    return Book(found, Settings(as_of=day, growth=growth or GrowthSettings()), today=day)


def told(whole: Book) -> Offers:
    """Candidates with the bars of today."""
    return offers(Today(whole))
