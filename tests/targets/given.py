"""Books whose rates are known by heart."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from cs_kpi.book import Book
from cs_kpi.periods import month_start
from cs_kpi.settings import Settings
from tests import tables


def four_months() -> Book:
    """Three customers at the end of 2023; January to April 2024 are complete.

    openings 600, 600, 500, 540 (sum 2,240), customers 3, 3, 2, 2 (sum 10); B leaves with 100 in February, A pays 40
    more from March on, D comes with 60 in April; the last closing is 600 with 3 customers.
    """
    return tables.book([("A", "2023-12-01", "2024-02-29", 400), ("A", "2024-03-01", None, 440),
                        ("B", "2023-12-01", "2024-02-15", 100), ("C", "2023-12-01", None, 100),
                        ("D", "2024-04-10", None, 60)], as_of="2024-04-30")


def steady_book(as_of: str = "2024-12-31") -> Book:
    """Ten customers at 100; every month one leaves and one comes, so that every month's rates are the same."""
    rows = []
    for number in range(40):
        start = "2023-01-01" if number < 10 else str(month_start(dt.date(2023, 2, 1), number - 10))
        end = month_start(dt.date(2023, 2, 1), number)
        rows.append((f"C{number:02d}", start, str(end), 100))
    return tables.book(rows, as_of=as_of)


def lively(months: int = 40, seed: int = 3) -> Book:
    """A book of two plans with every movement, onboarding days, and enough months for a fan."""
    draw, first = np.random.default_rng(seed), dt.date(2021, 1, 1)
    rows: list[tuple[str, str, dt.date, dt.date | None, float]] = []
    people: list[tuple[str, dt.date | None]] = []
    for number in range(60 + 5 * months):
        plan = "Pro" if number % 3 else "Basic"
        begin = month_start(first, 0 if number < 60 else (number - 60) // 5 + 1)
        mrr = float(np.round(draw.lognormal(5 if plan == "Pro" else 4, 0.5), 2))
        done = bool(draw.random() < 0.7)
        people.append((f"C{number}", begin + dt.timedelta(days=20) if done else None))
        _life(draw, rows, f"C{number}", plan, begin, month_start(first, months + 1), mrr, 0.015 if done else 0.045)
    frame = pd.DataFrame(rows, columns=["customer_id", "plan", "start_date", "end_date", "mrr"])
    frame["start_date"], frame["end_date"] = pd.to_datetime(frame["start_date"]), pd.to_datetime(frame["end_date"])
    customers = pd.DataFrame(people, columns=["customer_id", "onboarding_completed_on"])
    customers["onboarding_completed_on"] = pd.to_datetime(customers["onboarding_completed_on"])
    return Book({"subscriptions": frame, "customers": customers},
                Settings(as_of=month_start(first, months + 1) - dt.timedelta(days=1), onboarding_days=45))


def _life(draw: np.random.Generator, rows: list[tuple[str, str, dt.date, dt.date | None, float]], customer: str,
          plan: str, begin: dt.date, last: dt.date, mrr: float, churn: float) -> None:
    """One customer's rows: leaving, paying more or less, changing the plan, coming back."""
    day = month_start(begin, 1)
    while day < last:
        lot = draw.random()
        if lot < churn:
            rows.append((customer, plan, begin, day, mrr))
            if draw.random() > 0.15:
                return
            begin = day = month_start(day, 3)
        elif lot < churn + 0.03:
            rows.append((customer, plan, begin, day, mrr))
            begin, mrr = day, round(mrr * float(draw.choice([1.2, 1.3, 0.8])), 2)
            plan = "Pro" if draw.random() < 0.3 else plan
        day = month_start(day, 1)
    rows.append((customer, plan, begin, None, mrr))


def at_rest() -> Book:
    """Forty customers, of whom thirty pay more or less from July 2022 on and ten come in August; since then nothing but
    that one leaves each month from January to May 2024. Gains are zero today, and have a best month."""
    rows: list[tuple[object, ...]] = []
    for number in range(30):
        end = f"2024-0{number + 1}-15" if number < 5 else None
        rows += [(f"A{number}", "2022-01-01", "2022-06-30", 100),
                 (f"A{number}", "2022-07-01", end, 90 if number % 2 else 150)]
    return tables.book([*rows, *((f"N{number}", "2022-08-10", None, 100) for number in range(10))], as_of="2024-12-31")


def yearly_terms() -> Book:
    """Twelve customers whose year ran out, one a month of 2024 on the 14th: nine went on without an end, three left."""
    rows: list[tuple[object, ...]] = []
    for number in range(12):
        begin = month_start(dt.date(2023, 1, 1), number).replace(day=15)
        rows.append((f"C{number}", str(begin), str(begin.replace(year=2024, day=14)), 100))
        if number not in (2, 5, 8):
            rows.append((f"C{number}", str(begin.replace(year=2024)), None, 100))
    return tables.book(rows, as_of="2024-12-31")
