"""Time and memory of the churn model: 20,000 customers x 24 months, 2,000,000 rows of use.

python -m bench.churn_model                    the whole size; prints the table
python -m bench.churn_model --customers 2000   a tenth of it
"""

from __future__ import annotations

import argparse
import datetime as dt

import numpy as np
import pandas as pd

from bench.subscriptions import forget_peak, peak_mb, seconds

CUSTOMERS, MONTHS, USES_OF_A_CUSTOMER = 20_000, 27, 100
FIRST = np.datetime64("2022-01-01")
SNAPSHOTS = 24
"""Months whose three months are complete."""


def book(customers: int, seed: int = 5):  # type: ignore[no-untyped-def]
    """Customers of whom about 1 % leave a month, sooner with little use; use, contacts, answers, attributes."""
    from cs_kpi.book import Book
    from cs_kpi.settings import Settings

    random = np.random.default_rng(seed)
    ids = np.array([f"C{number:06}" for number in range(customers)], dtype=object)
    mood = random.normal(size=customers)
    lasts = random.geometric(np.clip(0.012 * np.exp(-0.7 * mood), 0.0005, 0.5))
    begin = FIRST.astype("datetime64[M]") - random.integers(0, 24, customers)
    end = (begin + lasts).astype("datetime64[D]") + random.integers(0, 27, customers)
    last = (FIRST.astype("datetime64[M]") + MONTHS).astype("datetime64[D]") - 1
    gone = np.where(end <= last, end, np.datetime64("NaT")).astype("datetime64[s]")
    start = begin.astype("datetime64[D]").astype("datetime64[s]")
    contracts = pd.DataFrame({
        "customer_id": ids, "start_date": start, "end_date": gone, "term_end": start + np.timedelta64(364, "D"),
        "mrr": np.round(random.lognormal(5, 1, customers)), "charge_kind": "recurring",
        "plan": np.array(["Basic", "Pro", "Team"], dtype=object)[random.integers(0, 3, customers)],
        "seats": random.integers(1, 80, customers).astype(float)})
    attributes = {f"attribute {number}": np.array([f"v{value}" for value in range(8)], dtype=object)[
        random.integers(0, 8, customers)] for number in range(6)}
    until = np.where(np.isnat(gone), last, gone.astype("datetime64[D]"))
    there = np.maximum((until - np.maximum(begin.astype("datetime64[D]"), FIRST)).astype(int), 1)
    weight = np.exp(0.6 * mood) * there
    usage = _rows(random, ids, weight, customers * USES_OF_A_CUSTOMER, start, until)
    usage["count"] = random.integers(1, 9, len(usage)).astype(float)
    usage["feature"] = np.array([f"f{value}" for value in range(12)], dtype=object)[random.integers(0, 12, len(usage))]
    usage["user_id"] = np.array([f"u{value}" for value in range(9)], dtype=object)[random.integers(0, 9, len(usage))]
    contacts = _rows(random, ids, np.ones(customers), customers * 6, start, until)
    contacts["priority"] = np.array(["urgent", "low", "low"], dtype=object)[random.integers(0, 3, len(contacts))]
    answers = _rows(random, ids, np.ones(customers), customers * 2, start, until)
    answers["score"] = random.integers(0, 11, len(answers)).astype(float)
    answers = answers.rename(columns={"date": "answered_on"}).assign(kind="nps")
    return Book({"subscriptions": contracts, "customers": pd.DataFrame({"customer_id": ids, **attributes}),
                 "usage": usage, "interactions": contacts, "surveys": answers},
                Settings(as_of=last.astype(dt.date), data_from=FIRST.astype(dt.date)), today=last.astype(dt.date))


def _rows(random: np.random.Generator, ids: np.ndarray, weight: np.ndarray, number: int, start: np.ndarray,
          until: np.ndarray) -> pd.DataFrame:
    """Rows of customers on days of their time within the months of the data."""
    who = random.choice(len(ids), number, p=weight / weight.sum())
    first = np.maximum(start.astype("datetime64[D]"), FIRST)[who].astype(int)
    span = np.maximum(until.astype("datetime64[D]")[who].astype(int) - first, 1)
    day = (first + (random.random(number) * span).astype(int)).astype("datetime64[D]")
    return pd.DataFrame({"customer_id": ids[who], "date": day.astype("datetime64[s]")})


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--customers", type=int, default=CUSTOMERS)
    chosen = options.parse_args()
    import sklearn.ensemble  # noqa: F401  (once a server, not once a model)

    from cs_kpi.churn.history import History
    from cs_kpi.churn.reasons import reasons
    from cs_kpi.churn.registry import features
    from cs_kpi.churn.risk import outlook, risks_now
    from cs_kpi.churn.snapshots import snapshots
    from cs_kpi.churn.table import table_of
    from cs_kpi.churn_rules import ChurnSettings

    data = book(chosen.customers)
    _ = data.ledger.first_active, data.customer_ids
    forget_peak()
    loaded = peak_mb()
    rows = snapshots(data, ChurnSettings())
    took, table = seconds(lambda: table_of(History(data), features(data), rows))
    del table
    whole, found = seconds(lambda: outlook(data))
    scored, risks = seconds(lambda: risks_now(data, data.once(History), found.features, found.trained.model).risk)
    explained, _told = seconds(lambda: [reasons(found.risks, place) for place in range(100)])
    auc = found.evaluation.model.roc_auc
    print("| customers | snapshots | rows of use | features | training and test | scoring | 100 customers' reasons "
          "| memory | model | ROC AUC |")
    print("|" + " --: |" * 10)
    print(f"| {chosen.customers:,} | {len(rows):,} in {len(rows.closings)} months | {len(data.tables['usage']):,} "
          f"| {took:.1f} s | {whole - took:.1f} s | {scored:.2f} s ({len(risks):,} customers) | {explained:.2f} s "
          f"| {peak_mb() - loaded:.0f} MB | {found.trained.model.kind} "
          f"| {auc.value:.3f} ({auc.low:.3f} to {auc.high:.3f}) |")


if __name__ == "__main__":
    main()
