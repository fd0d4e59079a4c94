"""How long a page takes to answer in the browser: from the click to rest, on a ledger of 100,000 contract rows, and on
20,000 customers with 2,000,000 rows of usage.

Prints a table of medians over several reruns; the first visit, which computes, is apart. Needs a Chromium.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from cs_kpi.workspace import Workspace
from tests.browser.chromium import ARGUMENTS, HOW_TO, chromium
from tests.browser.served import ServedApp

ROWS = 100_000
CUSTOMERS, USES = 20_000, 2_000_000
PAGES = ("overview", "overview?set=series_a", "revenue", "retention", "compare")
RERUNS = 9
AIM_SECONDS = 0.3
RUNNING = "document.querySelector('[data-testid=\"stApp\"]').dataset.testScriptState !== 'notRunning'"
REST = f"() => !({RUNNING}) && !document.querySelector('[data-stale=\"true\"]')"
TURNED = "kind => new URLSearchParams(location.search).get('kind') === kind"
DRAWN = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
"""The address says that the rerun has come: a quick one is over before the page ever shows that it runs."""


def ledger(rows: int = ROWS) -> bytes:
    """Contract rows of customers over five years, four each, with a price rise at every renewal."""
    lines = ["customer_id,customer_name,plan,mrr,start_date,end_date"]
    for row in range(rows):
        customer, term = divmod(row, 4)
        month = customer % 48 + term * 12
        start, end = (f"{2019 + m // 12}-{m % 12 + 1:02d}-01" for m in (month, month + 12))
        last = term == 3 and customer % 3
        lines.append(f"C{customer:05d},Customer {customer},{'ABC'[customer % 3]},{1000 + 50 * term + customer % 97},"
                     f"{start},{'' if last else end}")
    return "\n".join(lines).encode()


def usage() -> bytes:
    """Rows of use over the years 2021 to 2023: a day, a feature and how often."""
    lines = ["customer_id,date,feature,count"]
    for row in range(USES):
        customer, use = row % CUSTOMERS, row // CUSTOMERS
        day = (use * 11 + customer * 7) % 1008
        written = f"{2021 + day // 336}-{day // 28 % 12 + 1:02d}-{day % 28 + 1:02d}"
        lines.append(f"C{customer:05d},{written},F{use % 5},{row % 9 + 1}")
    return "\n".join(lines).encode()


def seconds_to_rest(page: Page, kind: str) -> float:
    """From picking another kind of period until the script has run and nothing on the page is stale."""
    started = time.perf_counter()
    page.get_by_role("radio", name=kind, exact=True).click()
    page.wait_for_function(TURNED, arg=kind.lower(), timeout=60_000)
    page.evaluate(DRAWN)
    page.wait_for_function(REST, timeout=60_000)
    return time.perf_counter() - started


def measured(page: Page, url: str, path: str) -> tuple[float, float]:
    """Seconds of the first visit, and the median of switching between two periods that were seen before."""
    started = time.perf_counter()
    page.goto(f"{url}/{path}{'&' if '?' in path else '?'}kind=year&period=2023")
    page.get_by_role("radio", name="Quarter", exact=True).wait_for(timeout=600_000)
    page.wait_for_function(REST, timeout=600_000)
    first = time.perf_counter() - started
    times = []
    for turn in range(RERUNS + 2):
        times.append(seconds_to_rest(page, ("Quarter", "Year")[turn % 2]))
        page.wait_for_timeout(300)
    return first, statistics.median(times[2:])


def table(files: dict[str, bytes], title: str) -> None:
    """Print what every page takes on a workspace with these files."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        app = ServedApp(Path(folder))
        work = Workspace(app.database_url)
        for name, data in files.items():
            work.add_file(name, data, by="bench")
        work.close()
        app.start()
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        page = browser.new_page(locale="en-US", viewport={"width": 1280, "height": 900})
        print(f"{title}; seconds in the browser (aim for a rerun: {AIM_SECONDS})")
        print(f"{'page':<24} {'first visit':>12} {'rerun':>8} {'of aim':>8}")
        for path in PAGES:
            first, rerun = measured(page, app.url, path)
            print(f"{path:<24} {first:>12.2f} {rerun:>8.2f} {rerun / AIM_SECONDS:>7.0%}", flush=True)
        browser.close()
        app.stop()


def main() -> None:
    if chromium() is None:
        sys.exit(HOW_TO)
    table({"ledger.csv": ledger()}, f"{ROWS:,} contract rows")
    table({"ledger.csv": ledger(4 * CUSTOMERS), "usage.csv": usage()},
          f"{CUSTOMERS:,} customers, {USES:,} rows of usage")


if __name__ == "__main__":
    main()
