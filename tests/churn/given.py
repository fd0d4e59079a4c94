"""Generated books for the churn model: with known causes and known noise, without any, and with every table."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cs_kpi.book import Book
from cs_kpi.settings import Settings

FIRST = np.datetime64("2023-01-01")
INDUSTRIES = np.array(["Care", "Retail", "School"], dtype=object)
PLANS = np.array(["Basic", "Pro"], dtype=object)


@dataclass(frozen=True)
class Planted:
    """A book whose generator knows the truth.

    risk : months x customers: the true probability of leaving within three months after a month's closing, for who is
        there; NaN for the others
    closings : the days of the rows of `risk`, counted from 1970
    """

    book: Book
    risk: np.ndarray
    closings: np.ndarray


def planted(customers: int = 600, months: int = 24, seed: int = 0, strength: float = 1.0, base: float = -4.0
            ) -> Planted:
    """Customers that leave, month by month, with a hazard that depends on three causes alone: how much they use the
    service (`mood`, which drifts), urgent tickets, and their plan. Region, seats and contacts of other kinds mean
    nothing. With strength 0 nothing does.
    """
    random = np.random.default_rng(seed)
    begin = FIRST.astype("datetime64[M]")
    came = random.integers(0, max(1, months // 3), customers)
    basic = random.random(customers) < 0.5
    mood = random.normal(0, 1, customers)
    there = np.zeros(customers, dtype=bool)
    gone = np.full(customers, -1)
    hazard_of = np.zeros((months, customers))
    present = np.zeros((months, customers), dtype=bool)
    use, tickets = [], []
    for month in range(months):
        there |= came == month
        who = np.flatnonzero(there & (gone < 0))
        mood[who] = 0.9 * mood[who] + 0.45 * random.normal(0, 1, len(who))
        uses = random.poisson(np.exp(2.5 + 0.8 * mood))
        urgent = random.poisson(0.25, customers)
        use.append((who, uses[who]))
        tickets.append((who, urgent[who], random.poisson(0.5, customers)[who]))
        logit = base + strength * (-1.1 * mood + 1.0 * urgent + 0.8 * basic)
        hazard_of[month] = 1 / (1 + np.exp(-logit))
        present[month, who] = True
        if month < months - 1:
            leaves = who[random.random(len(who)) < hazard_of[month, who]]
            gone[leaves] = month + 1  # the contract ends in the next month
    return Planted(_book(begin, months, came, gone, basic, use, tickets, random), _three_months(hazard_of, present),
                   ((begin + np.arange(1, months + 1)).astype("datetime64[D]") - 1).astype(int))


def _three_months(hazard: np.ndarray, present: np.ndarray) -> np.ndarray:
    """What the hazard of the month says of three months: the best that can be known is a little less than this, since
    mood and tickets move on."""
    known = np.where(present, hazard, np.nan)
    return 1 - (1 - known) ** 3


def _book(begin: np.datetime64, months: int, came: np.ndarray, gone: np.ndarray, basic: np.ndarray, use: list,
          tickets: list, random: np.random.Generator) -> Book:
    ids = np.array([f"C{number:04}" for number in range(len(came))], dtype=object)
    start = (begin + came).astype("datetime64[s]")
    end = np.where(gone >= 0, (begin + np.maximum(gone, 0)).astype("datetime64[D]") + 14, np.datetime64("NaT"))
    contracts = pd.DataFrame({
        "customer_id": ids, "start_date": start, "end_date": end.astype("datetime64[s]"),
        "mrr": np.round(random.lognormal(5, 0.5, len(ids))), "plan": PLANS[(~basic).astype(int)],
        "seats": random.integers(1, 50, len(ids)).astype(float), "charge_kind": "recurring"})
    customers = pd.DataFrame({"customer_id": ids, "customer_name": ids,
                              "region": np.array(["N", "E", "S", "W"], dtype=object)[random.integers(0, 4, len(ids))]})
    used = [_dated(begin + month, ids[who], random, count=counts.astype(float))
            for month, (who, counts) in enumerate(use)]
    heard = []
    for month, (who, urgent, other) in enumerate(tickets):
        heard.append(_dated(begin + month, np.repeat(ids[who], urgent), random, priority="urgent"))
        heard.append(_dated(begin + month, np.repeat(ids[who], other), random, priority="low"))
    last = ((begin + months).astype("datetime64[D]") - 1).astype(dt.date)
    return Book({"subscriptions": contracts, "customers": customers, "usage": pd.concat(used, ignore_index=True),
                 "interactions": pd.concat(heard, ignore_index=True)}, Settings(as_of=last), today=last)


def _dated(month: np.datetime64, ids: np.ndarray, random: np.random.Generator, **more: object) -> pd.DataFrame:
    day = month.astype("datetime64[D]") + random.integers(0, 27, len(ids))
    return pd.DataFrame({"customer_id": ids, "date": day.astype("datetime64[s]"), **more})


def silent(seed: int, customers: int = 300, months: int = 24) -> Book:
    """A book in which leaving has nothing to do with anything."""
    return planted(customers, months, seed, strength=0.0, base=-3.6).book


def listed(customers: int = 800, seed: int = 0) -> pd.DataFrame:
    """A list without dates, in which tenure and contract matter, with the columns of the fuller Telco files."""
    random = np.random.default_rng(seed)
    tenure = random.integers(1, 72, customers)
    monthly = random.random(customers) < 0.5
    left = random.random(customers) < 1 / (1 + np.exp(0.8 + 0.04 * tenure - 1.5 * monthly))
    satisfied = np.where(left, random.choice([1, 2, 3], customers, p=[0.5, 0.27, 0.23]),
                         random.choice([3, 4, 5], customers, p=[0.43, 0.35, 0.22]))
    score = np.where(left, random.integers(65, 101, customers), random.integers(5, 81, customers))
    reasons = np.array(["Competitor", "Price", "Attitude"], dtype=object)[random.integers(0, 3, customers)]
    return pd.DataFrame({
        "Customer ID": [f"C{number:04}" for number in range(customers)], "Tenure": tenure,
        "Contract": np.where(monthly, "Month-to-month", "One year"),
        "Monthly fee": np.round(random.lognormal(4, 0.3, customers), 2), "Churn": np.where(left, "Yes", "No"),
        "Situation": np.where(left, "Churned", np.where(tenure < 3, "Joined", "Stayed")), "Churn Score": score,
        "Satisfaction Score": satisfied, "Last impression": satisfied, "Churn Reason": np.where(left, reasons, None)})
