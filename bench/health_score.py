"""Time and memory of the health score: 20,000 customers, 28 month ends, with and without the churn risk in it.

python -m bench.health_score                    the whole size; prints the table
python -m bench.health_score --customers 2000   a tenth of it
"""

from __future__ import annotations

import argparse
import datetime as dt

from bench.churn_model import CUSTOMERS, book
from bench.subscriptions import forget_peak, peak_mb, seconds

PARTS = (("use_level", 0, 40, 3.0), ("use_trend_3", -0.5, 0.2, 2.0), ("use_recency", 60, 0, 2.0), ("urgent", 2, 0, 1.0),
         ("nps_last", 0, 10, 1.0))
RISK = (("churn_risk", 1, 0, 3.0),)
ROUNDS = (("without churn risk", PARTS), ("with churn risk", PARTS + RISK))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--customers", type=int, default=CUSTOMERS)
    chosen = options.parse_args()
    import sklearn.ensemble  # noqa: F401  (once a server, not once a model)

    from cs_kpi.health.backtest import backtest
    from cs_kpi.health.history import course, last_day
    from cs_kpi.health.score import scores
    from cs_kpi.health_rules import Component, HealthConfiguration, Rules

    print("| score | customers | closings | today's scores | again | course over all closings | backtest | memory |")
    print("|" + " --- |" + " --: |" * 7)
    for name, parts in ROUNDS:
        data = book(chosen.customers)
        _ = data.ledger.first_active, data.customer_ids
        forget_peak()
        loaded = peak_mb()
        score = HealthConfiguration(name=name, made_on=dt.date(2024, 3, 31), insists_on_risk=True, rules=Rules(
            components=tuple(Component(feature=id, bad=bad, good=good, weight=weight)
                             for id, bad, good, weight in parts)))
        day = last_day(data)
        first, _scores = seconds(lambda data=data, score=score, day=day: scores(data, score, day))
        again, today = seconds(lambda data=data, score=score, day=day: scores(data, score, day))
        over, found = seconds(lambda data=data, score=score: course(data, score))
        tested, _backtest = seconds(lambda data=data, score=score: backtest(data, score))
        print(f"| {name} | {len(today):,} | {len(found.days)} | {first:.1f} s | {again:.2f} s | {over:.1f} s "
              f"| {tested:.1f} s | {peak_mb() - loaded:.0f} MB |", flush=True)


if __name__ == "__main__":
    main()
