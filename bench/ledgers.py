"""Generated contract tables of any size, as a team's ledger looks after five years."""

from __future__ import annotations

import numpy as np
import pandas as pd

FIRST, MONTHS = np.datetime64("2020-01"), 60
ROWS_PER_CUSTOMER, ROWS_PER_CHAIN = 4, 3
PRODUCTS = np.array(["Core", "Analytics", "Support"], dtype=object)
PLANS = np.array(["Basic", "Pro", "Enterprise"], dtype=object)
TERM_MONTHS = np.array([1, 3, 6, 12, 12, 12])


def subscriptions(rows: int, seed: int = 7) -> pd.DataFrame:
    """The canonical table: chains of renewals, with price changes, gaps, leavers and a second or third product.

    A chain is one product of one customer; most customers have one chain, every third has two.
    """
    random = np.random.default_rng(seed)
    customers, chains = rows // ROWS_PER_CUSTOMER, rows // ROWS_PER_CHAIN
    chain = np.sort(random.integers(0, chains, rows))
    is_first = np.append(True, chain[1:] != chain[:-1])
    place = np.arange(rows) - np.repeat(np.flatnonzero(is_first), np.diff(np.append(np.flatnonzero(is_first), rows)))
    customer = np.append(np.arange(customers), random.integers(0, customers, chains - customers))
    product = (customer + (np.arange(chains) >= customers)) % len(PRODUCTS)
    term = TERM_MONTHS[random.integers(0, len(TERM_MONTHS), rows)]
    gap = np.where(random.random(rows) < 0.05, random.integers(1, 6, rows), 0)
    before = _sum_before(term + gap, place) + random.integers(0, MONTHS, chains)[chain]
    start = (FIRST + before).astype("datetime64[D]")
    end = (FIRST + before + term).astype("datetime64[D]") - np.where(random.random(rows) < 0.5, 1, 0)
    runs_on = np.append(is_first[1:], True) & (random.random(rows) < 0.7)
    raised = 1 + 0.1 * _sum_before(random.choice([-1, 0, 0, 0, 1], rows), place)
    price = 1_000 * random.integers(5, 200, chains)[chain] * np.maximum(raised, 0.1)
    return pd.DataFrame({
        "customer_id": np.array([f"C{n:07d}" for n in range(customers)], dtype=object)[customer[chain]],
        "start_date": start.astype("datetime64[s]"),
        "end_date": np.where(runs_on, np.datetime64("NaT"), end.astype("datetime64[s]")),
        "mrr": np.round(price),
        "product": PRODUCTS[product[chain]],
        "plan": PLANS[customer[chain] % len(PLANS)]})


def _sum_before(amount: np.ndarray, place: np.ndarray) -> np.ndarray:
    """Sum of `amount` over the earlier rows of the same run."""
    total = np.cumsum(amount) - amount
    return total - total[np.arange(len(place)) - place]
