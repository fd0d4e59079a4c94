"""Time of all KPIs over 36 months: 20,000 customers, 2,000,000 rows of usage, surveys and milestones.

python -m bench.all_kpis             the table, best of three, each run in a fresh process
python -m bench.all_kpis --profile   where the time goes
"""

from __future__ import annotations

import argparse
import cProfile
import datetime as dt
import json
import pstats
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from bench.ledgers import subscriptions

CUSTOMERS, USES, ANSWERS = 20_000, 2_000_000, 60_000
AS_OF, FIRST = dt.date(2024, 12, 31), dt.date(2022, 1, 1)
FEATURES = np.array(["Reports", "API", "Automation", "Dashboards", "Import", "Export", "Alerts", "Admin"], dtype=object)
STEPS = np.array(["Kickoff", "Setup", "Training"], dtype=object)
HERE = Path(__file__).parent


def tables(seed: int = 7) -> dict[str, pd.DataFrame]:
    """The canonical tables, strings as a sheet's reading gives them."""
    random = np.random.default_rng(seed)
    contracts = subscriptions(4 * CUSTOMERS)
    contracts = contracts.assign(seats=random.integers(1, 40, len(contracts)).astype(float), term_end=pd.Series(
        contracts["end_date"]).where(random.random(len(contracts)) < 0.8))
    ids = np.array(sorted(contracts["customer_id"].unique()), dtype=object)
    days = np.datetime64(FIRST) + np.arange((AS_OF - FIRST).days + 1)
    who, user = random.integers(0, len(ids), USES), random.integers(0, 6, USES)
    usage = pd.DataFrame({
        "customer_id": ids[who], "date": days[random.integers(0, len(days), USES)].astype("datetime64[s]"),
        "user_id": (ids[:, None] + np.array([f"-U{n}" for n in range(6)], dtype=object))[who, user],
        "feature": FEATURES[random.integers(0, len(FEATURES), USES)],
        "count": random.integers(1, 9, USES).astype(float),
        "minutes": np.where(random.random(USES) < 0.9, random.integers(1, 90, USES), np.nan)})
    nps = random.random(ANSWERS) < 0.5
    surveys = pd.DataFrame({
        "customer_id": ids[random.integers(0, len(ids), ANSWERS)], "kind": np.where(nps, "nps", "csat"),
        "answered_on": days[random.integers(0, len(days), ANSWERS)].astype("datetime64[s]"),
        "score": np.where(nps, random.integers(0, 11, ANSWERS), random.integers(1, 6, ANSWERS)).astype(float),
        "scale": np.where(nps, 10.0, 5.0)})
    milestones = pd.DataFrame({
        "customer_id": np.repeat(ids, len(STEPS)), "milestone": np.tile(STEPS, len(ids)),
        "completed_on": days[random.integers(0, len(days), 3 * len(ids))].astype("datetime64[s]")})
    found = {"subscriptions": contracts, "usage": usage, "surveys": surveys, "milestones": milestones}
    return {name: frame.astype({c: "str" for c in frame if frame[c].dtype == object}) for name, frame in found.items()}


def run(found: dict[str, pd.DataFrame]) -> dict[str, float]:
    """Seconds from the Book to all readings, of the same again, and cut by plan."""
    from cs_kpi.book import Book
    from cs_kpi.kpi.declarations import KPIS
    from cs_kpi.kpi.readings import readings
    from cs_kpi.periods import periods
    from cs_kpi.settings import Settings

    book = Book(found, Settings(as_of=AS_OF, key_features=("Reports", "API")))
    months = periods("month", FIRST, AS_OF)
    first, told = seconds(lambda: readings(book, months))
    assert len(told) == len(months) * len({one.kpi for one in told})
    lacking = {one.kpi for one in told if one.status == "not_available"}
    assert all(KPIS[name].group == "health" for name in lacking)  # no score is set up: see health_score.py
    again, _ = seconds(lambda: readings(book, months))
    by_plan, _ = seconds(lambda: readings(book, months, by="plan"))
    one_month, _ = seconds(lambda: readings(book, months[-1:]))
    return {"first": first, "again": again, "by_plan": by_plan, "one_month": one_month}


def seconds(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result


def profile() -> None:
    found, spent = tables(), cProfile.Profile()
    spent.enable()
    run(found)
    spent.disable()
    pstats.Stats(spent).sort_stats("cumulative").print_stats(45)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--profile", action="store_true")
    options.add_argument("--once", action="store_true", help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.profile:
        profile()
        return
    if chosen.once:
        print(json.dumps(run(tables())))
        return
    command = [sys.executable, "-m", "bench.all_kpis", "--once"]
    runs = [json.loads(subprocess.run(command, check=True, capture_output=True, text=True, cwd=HERE.parent).stdout)
            for _again in range(3)]
    best = {name: min(one[name] for one in runs) for name in runs[0]}
    print("| Book to all readings, 36 months | the same again | by plan | one month |")
    print("| --: | --: | --: | --: |")
    print("| " + " | ".join(f"{best[name]:.2f} s" for name in ("first", "again", "by_plan", "one_month")) + " |")


if __name__ == "__main__":
    main()
