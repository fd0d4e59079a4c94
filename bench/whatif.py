"""How long a moved slider of the what-if page takes to be on the screen, in a real browser. Needs a Chromium.

python -m bench.whatif

From the message that the browser sends for the slider to the last one that it gets back: work of the server and of the
wire. Beside it from the key to the new number on the screen, in which Streamlit waits on purpose (about 0.2 s) for
further keys before it sends anything.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, WebSocket, sync_playwright

from cs_kpi.samples import sample
from cs_kpi.workspace import Workspace
from tests.browser.chromium import ARGUMENTS, chromium
from tests.browser.served import ServedApp

TRIES, REST = 15, 0.7
SCENARIO = '{"name":"x","field":"plan","goal":{"kpi":"arr","value":1400000,"month":"2026-06"}}'
CHANGED = "before => document.querySelectorAll('[data-testid=stMetricValue]')[1].innerText != before"
VIEWS = {"what-if": "", "meeting": "&meeting=1"}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        app = ServedApp(Path(folder))
        work = Workspace(app.database_url)
        work.add_file(*sample("en", "tidy"), by="")
        work.close()
        app.start()
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        print("| view | sent to last answer, median | slowest | key to screen, median |")
        print("| --- | --: | --: | --: |")
        for name, more in VIEWS.items():
            page = browser.new_context(locale="en-US", viewport={"width": 1920, "height": 1080}).new_page()
            wire, screen = measured(page, f"{app.url}/targets?scenario={SCENARIO}{more}")
            found = (statistics.median(wire), max(wire), statistics.median(screen))
            print(f"| {name} | " + " | ".join(f"{seconds:.2f} s" for seconds in found) + " |")
        browser.close()
        app.stop()


def measured(page: Page, address: str) -> tuple[list[float], list[float]]:
    """Seconds from the message sent to the last answer, and from the key to the new number."""
    sent, got = [], []

    def listen(socket: WebSocket) -> None:
        socket.on("framesent", lambda _frame: sent.append(time.perf_counter()))
        socket.on("framereceived", lambda _frame: got.append(time.perf_counter()))
    page.on("websocket", listen)
    page.goto(address)
    number = page.get_by_test_id("stMetricValue").nth(1)
    number.wait_for(timeout=60_000)
    page.wait_for_timeout(3_000)
    thumb = page.locator(".st-key-plan-churn-slider").get_by_role("slider")
    thumb.focus()
    wire, screen = [], []
    for _try in range(TRIES):
        before = number.inner_text()
        sent.clear()
        got.clear()
        begun = time.perf_counter()
        thumb.press("ArrowLeft")
        page.wait_for_function(CHANGED, arg=before)
        screen.append(time.perf_counter() - begun)
        page.wait_for_timeout(REST * 1000)
        wire.append(got[-1] - sent[0])
    return wire[1:], screen[1:]


if __name__ == "__main__":
    main()
