"""Time and memory of all subscription KPIs over 60 months, beside the same closings in DuckDB SQL.

python -m bench.subscriptions              every size, each run in a fresh process; prints the table
python -m bench.subscriptions --rows 10000 one size
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from bench.ledgers import FIRST, subscriptions

SIZES = (10_000, 100_000, 1_000_000)
AS_OF = dt.date(2024, 12, 31)
HERE = Path(__file__).parent
STATUS = Path("/proc/self/status")


def peak_mb() -> float:
    """The most memory that this process has held since `forget_peak`, in MB (Linux)."""
    [line] = [line for line in STATUS.read_text().splitlines() if line.startswith("VmHWM")]
    return int(line.split()[1]) / 1024


def forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def seconds(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result


def engine(frame: pd.DataFrame) -> dict[str, Any]:
    """The one-time ledger, then every KPI of every month with intervals, then the movement table alone."""
    from cs_kpi.book import Book
    from cs_kpi.kpi.movement_table import MOVEMENTS, movement_table
    from cs_kpi.kpi.readings import readings
    from cs_kpi.kpi.registry import KPIS
    from cs_kpi.periods import periods
    from cs_kpi.settings import Settings

    forget_peak()
    loaded = peak_mb()
    book = Book({"subscriptions": frame}, Settings(as_of=AS_OF))
    months = periods("month", FIRST.astype("datetime64[D]").astype(dt.date), AS_OF)
    once, _ = seconds(lambda: (book.ledger.first_active, book.customer_ids))
    kpis = [name for name, kpi in KPIS.items() if {term.measure.at for term in kpi.terms} <= {
        "opening", "closing", "movement"} and {need.split(".")[0] for need in kpi.needs} == {"subscriptions"}
        and all(term.measure.moves or term.measure.at != "movement" for term in kpi.terms)]
    all_kpis, found = seconds(lambda: readings(book, months, kpis))
    most = peak_mb() - loaded
    movements, table = seconds(lambda: movement_table(book, months))
    by_plan, _ = seconds(lambda: readings(book, months, kpis, by="plan"))
    sums = {row.period.id: [round(getattr(row, line)) for line in MOVEMENTS] for row in table.itertuples()}
    return {"once": once, "all_kpis": all_kpis, "movements": movements, "by_plan": by_plan, "memory": most,
            "readings": len(found), "sums": sums}


def duckdb(frame: pd.DataFrame, script: str) -> dict[str, Any]:
    """The one-time ledger, then the movements of every month by one of the two scripts."""
    import duckdb as engine_of_sql

    group = ["customer_id", "product"] if "product" in frame else ["customer_id"]
    same = " and ".join(f"contract.{field} = following.{field}" for field in group)
    bridging = (HERE / "ledger.sql").read_text().format(group=", ".join(group), same=same)
    with engine_of_sql.connect() as connection:
        connection.execute("create table subscriptions as select * from frame")
        forget_peak()
        loaded = peak_mb()
        once, _ = seconds(lambda: connection.execute(bridging))
        sql = (HERE / script).read_text()
        took, rows = seconds(lambda: connection.execute(sql, {"as_of": AS_OF}).fetchall())
    sums = {month: [round(amount / 1e6) for amount in amounts] for month, *amounts in rows}
    return {"once": once, "took": took, "memory": peak_mb() - loaded, "sums": sums}


RUNS: dict[str, Callable[[pd.DataFrame], dict[str, Any]]] = {
    "engine": engine, "duckdb movements": partial(duckdb, script="movements.sql"),
    "duckdb closings": partial(duckdb, script="closings.sql")}


def alone(name: str, table: Path) -> dict[str, Any]:
    """One run in a process of its own, best of three."""
    command = [sys.executable, "-m", "bench.subscriptions", "--run", name, "--table", str(table)]
    runs = [json.loads(subprocess.run(command, check=True, capture_output=True, text=True, cwd=HERE.parent).stdout)
            for _again in range(3)]
    best = {key: min(run[key] for run in runs) for key in runs[0] if key != "sums"}
    return best | {"sums": runs[0]["sums"]}


HEADER = ("rows", "product", "ledger, once", "all KPIs", "by plan", "movements alone", "memory", "SQL: ledger, once",
          "SQL: closings", "SQL: memory", "all KPIs faster by", "SQL: movements", "movements faster by")


def line(rows: int, with_product: bool) -> tuple[str, ...]:
    """One line of the table; the engine and both scripts have to agree on every movement of every month."""
    frame = subscriptions(rows)
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "table.pickle"
        (frame if with_product else frame.drop(columns="product")).to_pickle(table)
        ours, sparse, dense = (alone(name, table) for name in RUNS)
    if not ours["sums"] == sparse["sums"] == dense["sums"]:
        raise SystemExit(f"{rows} rows: the engine and DuckDB disagree")
    return (f"{rows:,}", "yes" if with_product else "no", *(f"{ours[key]:.2f} s" for key in (
                "once", "all_kpis", "by_plan", "movements")), f"{ours['memory']:.0f} MB", f"{dense['once']:.2f} s",
            f"{dense['took']:.2f} s", f"{dense['memory']:.0f} MB", f"{dense['took'] / ours['all_kpis']:.1f} x",
            f"{sparse['took']:.2f} s", f"{sparse['took'] / ours['movements']:.1f} x")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rows", type=int)
    options.add_argument("--run", choices=RUNS, help=argparse.SUPPRESS)
    options.add_argument("--table", type=Path, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.run:
        print(json.dumps(RUNS[chosen.run](pd.read_pickle(chosen.table))))
        return
    print("| " + " | ".join(HEADER) + " |")
    print("|" + " --: |" * len(HEADER))
    for rows in (chosen.rows,) if chosen.rows else SIZES:
        for with_product in (False, True):
            print("| " + " | ".join(line(rows, with_product)) + " |", flush=True)


if __name__ == "__main__":
    main()
