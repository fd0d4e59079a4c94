"""Books in which nothing drives anything: contracts, use and answers are drawn apart from each other."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from cs_kpi.book import Book
from cs_kpi.periods import month_start
from cs_kpi.settings import Settings

FIRST = dt.date(2020, 1, 1)
DRIVERS = ("csat", "nps", "active_customer_rate", "new_customers", "expansion_customer_rate")
"""KPIs of these books that have nothing to do with who leaves."""


def independent(seed: int, months: int = 36, customers: int = 150) -> Book:
    """As many come in a month as leave on average; answers and use are drawn for everybody, whoever leaves when."""
    draw = np.random.default_rng(seed)
    rows: list[tuple[str, dt.date, dt.date | None, float]] = []
    uses: list[tuple[str, dt.date]] = []
    answers: list[tuple[str, dt.date, str, float]] = []
    births = [0] * customers + [month for month in range(1, months) for _one in range(int(draw.poisson(4)))]
    for number, born in enumerate(births):
        last = born + int(draw.geometric(0.03))
        mrr = float(draw.integers(50, 500))
        rise = int(draw.integers(born + 1, max(last, born + 1) + 1)) if draw.random() < 0.5 else last
        rows.append((f"C{number}", _day(born, draw), _day(min(rise, last), draw), mrr))
        if rise < last:
            rows.append((f"C{number}", rows[-1][2] or FIRST, _day(last, draw), mrr * 1.2))
        for month in range(months):
            if draw.random() < 0.5:
                uses.append((f"C{number}", _day(month, draw)))
            if draw.random() < 0.1:
                answers.append((f"C{number}", _day(month, draw), "csat", float(draw.integers(1, 6))))
            if draw.random() < 0.1:
                answers.append((f"C{number}", _day(month, draw), "nps", float(draw.integers(0, 11))))
    return Book({"subscriptions": _dated(rows, ["customer_id", "start_date", "end_date", "mrr"]),
                 "usage": _dated(uses, ["customer_id", "date"]),
                 "surveys": _dated(answers, ["customer_id", "answered_on", "kind", "score"])},
                Settings(as_of=month_start(FIRST, months) - dt.timedelta(days=1)))


def _day(month: int, draw: np.random.Generator) -> dt.date:
    return month_start(FIRST, month) + dt.timedelta(days=int(draw.integers(0, 28)))


def _dated(rows: list, names: list[str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=names)
    return frame.assign(**{name: pd.to_datetime(frame[name]) for name in names if name.endswith(("date", "_on"))})
