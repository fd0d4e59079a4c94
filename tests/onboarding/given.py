"""Books in which it is known what keeps customers, because it was put there."""

from __future__ import annotations

import datetime as dt

import numpy as np

from cs_kpi.book import Book
from tests.tables import book

FIRST = dt.date(2022, 1, 3)
STEPS = ("Kickoff", "Import", "Training", "Report")


def planted(seed: int, cause: str | None, customers: int = 600) -> Book:
    """Customers that start over two years and are observed for another. Every step is taken by half of them, most
    within a month. Who takes `cause` within 30 days leaves within the year in one case of ten, everybody else in one of
    two; nobody leaves before day 100. Without a cause everybody leaves in three cases of ten."""
    draw = np.random.default_rng(seed)
    contracts, steps = [], []
    for number in range(customers):
        start = FIRST + dt.timedelta(days=int(draw.integers(0, 730)))
        taken = {step: int(draw.integers(1, 46)) for step in STEPS if draw.random() < 0.5}
        risk = 0.3 if cause is None else 0.1 if taken.get(cause, 99) <= 30 else 0.5
        end = start + dt.timedelta(days=int(draw.integers(100, 360))) if draw.random() < risk else None
        contracts.append((f"c{number:03d}", start.isoformat(), end and end.isoformat(), 100))
        steps += [(f"c{number:03d}", step, (start + dt.timedelta(days=days)).isoformat())
                  for step, days in taken.items()]
    return book(contracts, milestones=steps, as_of="2025-01-31")
