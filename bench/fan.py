"""Does the fan hold what it says? The share of outcomes between P10 and P90, on generated books whose future is known.

python -m bench.fan                  300 books that nothing was set with, some minutes
python -m bench.fan --books 40       the first of them
python -m bench.fan --set-with       the books with which the drift was set
"""

from __future__ import annotations

import argparse
import datetime as dt
from concurrent.futures import ProcessPoolExecutor

import numpy as np
import pandas as pd

from cs_kpi.book import Book
from cs_kpi.kpi.registry import KPIS
from cs_kpi.periods import month_start
from cs_kpi.settings import Settings
from cs_kpi.targets.backtest import outcome
from cs_kpi.targets.history import history

JUDGED, SET_WITH = range(10_000, 10_300), range(600)
"""Seeds: how far rates wander (`paths.DRIFT`) was set with the second, and is judged by the first."""
LENGTHS, HORIZONS, KEPT = (24, 36, 60), (3, 12), ("mrr", "customers")
FIRST, MONTHS = dt.date(2019, 1, 1), 73


def book(seed: int) -> Book:
    """Contracts of six years: customers come and leave at rates that stay, wander, grow or have seasons.

    None of the numbers is the fan's own: rates wander by a reverting process, new customers come in Poisson numbers.
    """
    draw = np.random.default_rng(seed)
    rows: list[tuple[str, dt.date, dt.date | None, float]] = []
    live: dict[str, tuple[float, dt.date]] = {}
    level = {"new": draw.uniform(1, 12), "churn": draw.uniform(0.005, 0.04), "up": draw.uniform(0.005, 0.03),
             "down": draw.uniform(0.002, 0.012)}
    trend = draw.choice([0.0, 0.0, draw.uniform(-0.01, 0.02)])
    wander = draw.choice([0.0, 0.05, 0.1])
    season = 1 + draw.choice([0.0, 0.5]) * np.sin(2 * np.pi * (np.arange(12) + draw.integers(12)) / 12)
    spread, state, number = draw.uniform(0.4, 1.0), dict.fromkeys(level, 0.0), 0
    for month in range(MONTHS):
        day = month_start(FIRST, month)
        state = {name: 0.9 * value + draw.normal(0, wander) for name, value in state.items()}
        now = {name: value * np.exp(state[name]) for name, value in level.items()}
        arrivals = draw.integers(20, 150) if month == 0 else draw.poisson(
            now["new"] * (1 + trend) ** month * season[month % 12])
        for customer, (mrr, since) in list(live.items()):
            lot = draw.random()
            if lot < now["churn"]:
                rows.append((customer, since, day, mrr))
                del live[customer]
            elif lot < now["churn"] + now["up"] + now["down"]:
                rows.append((customer, since, day, mrr))
                grows = lot < now["churn"] + now["up"]
                live[customer] = (round(mrr * (draw.uniform(1.1, 1.6) if grows else draw.uniform(0.6, 0.9)), 2), day)
        for _one in range(int(arrivals)):
            number += 1
            live[f"C{number}"] = (round(float(np.exp(draw.normal(6, spread))), 2), day)
    rows += [(customer, since, None, mrr) for customer, (mrr, since) in live.items()]
    frame = pd.DataFrame(rows, columns=["customer_id", "start_date", "end_date", "mrr"])
    frame["start_date"], frame["end_date"] = pd.to_datetime(frame["start_date"]), pd.to_datetime(frame["end_date"])
    return Book({"subscriptions": frame}, Settings(as_of=month_start(FIRST, MONTHS) - dt.timedelta(days=1)))


def judged(seed: int) -> list[tuple[int, int, str, str]]:
    """Length of history, horizon, KPI, and where the outcome lay: below, inside or above."""
    full = history(book(seed), most=MONTHS)
    return [(length, horizon, kpi, outcome(full, length, horizon, KPIS[kpi]))
            for length in LENGTHS for horizon in HORIZONS for kpi in KEPT]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--books", type=int)
    options.add_argument("--set-with", action="store_true")
    asked = options.parse_args()
    seeds = (SET_WITH if asked.set_with else JUDGED)[:asked.books]
    with ProcessPoolExecutor() as workers:
        found = [one for book_found in workers.map(judged, seeds) for one in book_found]
    print(f"Seeds {seeds[0]} to {seeds[-1]}; the drift was set with {SET_WITH[0]} to {SET_WITH[-1]}.\n")
    print("| months of history | horizon | KPI | below P10 | inside | above P90 |")
    print("| --: | --: | --- | --: | --: | --: |")
    for length in LENGTHS:
        for horizon in HORIZONS:
            for kpi in KEPT:
                where = [one[3] for one in found if one[:3] == (length, horizon, kpi)]
                print(f"| {length} | {horizon} | {kpi} | " + " | ".join(
                    f"{where.count(side) / len(where):.0%}" for side in ("below", "inside", "above")) + " |")


if __name__ == "__main__":
    main()
