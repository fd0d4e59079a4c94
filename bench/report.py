"""How long workbook and HTML report take and what memory: the sample, and 20,000 customers with 2,000,000 uses.

    python -m bench.report      the processes are fresh, so that the memory is each file's own
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from pathlib import Path

from cs_kpi.book import Book

SAMPLE = Path(__file__).parents[1] / "sample_data" / "ja" / "tidy_ja.xlsx"
KINDS = ("xlsx", "html")
LIMITS = {"sample": 10.0, "large": 30.0}
"""CPU seconds, on one core."""


def book(size: str) -> Book:
    """With the health score that is suggested for it: a report guesses none."""
    from bench.customer import tables
    from cs_kpi.binding import book_of
    from cs_kpi.health.starting import starting
    from cs_kpi.ingest.files import sheets
    from cs_kpi.ingest.fitting import applied
    from cs_kpi.ingest.reading import read
    from cs_kpi.settings import Settings

    if size == "large":
        whole = Book(tables(), Settings())
    else:
        found = sheets(SAMPLE.name, SAMPLE.read_bytes())
        whole = book_of([one for sheet, mapping in zip(found, applied([], found), strict=True)
                         if (one := read(sheet, mapping)).tables])
    return whole.under(whole.settings.model_copy(update={"health": starting(whole, "ja")}))


def measured(size: str, kind: str) -> dict[str, float]:
    """CPU and clock seconds, MB beyond the loaded book, and MB of the file, of all KPIs over the usual run."""
    from cs_kpi.deck.records import Deck
    from cs_kpi.deck.scene import period_and_run
    from cs_kpi.export.report import Scope, compared_by
    from cs_kpi.export.report_html import report_html
    from cs_kpi.export.workbook import report_workbook
    from cs_kpi.kpi.registry import KPIS

    of = book(size)
    scope = Scope(tuple(period_and_run(of, Deck())[1]), tuple(KPIS), None, compared_by(of, None))
    before, clock, begun = _mb(), time.perf_counter(), time.process_time()
    data = (report_workbook if kind == "xlsx" else report_html)(of, scope, "ja")
    return {"cpu": time.process_time() - begun, "clock": time.perf_counter() - clock, "more": _mb() - before,
            "mb": _mb(), "file": len(data) / 1e6, "customers": len(of.customer_ids)}


def _mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    if len(sys.argv) > 2:
        print(json.dumps(measured(sys.argv[1], sys.argv[2])))
        return
    print("| customers | file | CPU s | limit | clock s | MB beyond the book | MB in all | MB of the file |")
    print("| --: | --- | --: | --: | --: | --: | --: | --: |")
    for size, limit in LIMITS.items():
        for kind in KINDS:
            done = subprocess.run([sys.executable, "-m", "bench.report", size, kind], capture_output=True, text=True,
                                  check=True)
            one = json.loads(done.stdout)
            print(f"| {one['customers']:,.0f} | {kind} | {one['cpu']:.1f} | {limit:.0f} | {one['clock']:.1f} | "
                  f"{one['more']:.0f} | {one['mb']:.0f} | {one['file']:.1f} |", flush=True)


if __name__ == "__main__":
    main()
