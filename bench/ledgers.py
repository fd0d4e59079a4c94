"""Generated contract tables of any size, as a team's ledger looks after five years."""

from __future__ import annotations

import numpy as np
import pandas as pd

FIRST, MONTHS = np.datetime64("2020-01"), 60
ROWS_PER_CUSTOMER = 4
PRODUCTS = np.array(["Core", "Analytics", "Support"], dtype=object)
PLANS = np.array(["Basic", "Pro", "Enterprise"], dtype=object)
TERM_MONTHS = np.array([1, 3, 6, 12, 12, 12])


def subscriptions(rows: int, seed: int = 7) -> pd.DataFrame:
    """The canonical table: chains of renewals per customer and product, with price changes, gaps and leavers."""
    random = np.random.default_rng(seed)
    customers = rows // ROWS_PER_CUSTOMER
    customer = np.sort(random.integers(0, customers, rows))
    place = _place_in_run(customer)
    product = _product(random, customer, place)
    term = TERM_MONTHS[random.integers(0, len(TERM_MONTHS), rows)]
    began = FIRST + random.integers(0, MONTHS - 12, customers)
    gap = np.where(random.random(rows) < 0.05, random.integers(1, 6, rows), 0)
    months_before = _sum_before(term + gap, place)
    start = (began[customer] + months_before).astype("datetime64[D]")
    end = (began[customer] + months_before + term).astype("datetime64[D]")
    end = end - np.where(random.random(rows) < 0.5, 1, 0)
    is_last = np.append(customer[1:] != customer[:-1], True)
    runs_on = is_last & (random.random(rows) < 0.7)
    price = 1_000 * random.integers(5, 200, customers)[customer] * (1 + 0.1 * random.integers(-1, 4, rows))
    return pd.DataFrame({
        "customer_id": np.array([f"C{n:07d}" for n in range(customers)], dtype=object)[customer],
        "start_date": start.astype("datetime64[s]"),
        "end_date": np.where(runs_on, np.datetime64("NaT"), end.astype("datetime64[s]")),
        "mrr": np.round(price, 2),
        "product": PRODUCTS[product],
        "plan": PLANS[random.integers(0, 3, customers)[customer]]})


def _place_in_run(customer: np.ndarray) -> np.ndarray:
    first = np.flatnonzero(np.append(True, customer[1:] != customer[:-1]))
    return np.arange(len(customer)) - np.repeat(first, np.diff(np.append(first, len(customer))))


def _sum_before(amount: np.ndarray, place: np.ndarray) -> np.ndarray:
    """Sum of `amount` over the earlier rows of the same run."""
    total = np.cumsum(amount) - amount
    return total - total[np.arange(len(place)) - place]


def _product(random: np.random.Generator, customer: np.ndarray, place: np.ndarray) -> np.ndarray:
    """Mostly the customer's first product; now and then another one."""
    own = random.integers(0, 3, customer.max() + 1)[customer]
    return np.where((place > 0) & (random.random(len(customer)) < 0.2), (own + 1) % 3, own)
