"""Damaged files, one after the other, on a running server: it stays up, and another session keeps its numbers."""

from __future__ import annotations

import random
import urllib.request

from playwright.sync_api import Browser, Page, expect

from tests.browser.served import ServedApp
from tests.ingest.corpus import CASES
from tests.ingest.test_fuzz import damaged, real

UPLOAD = '[data-testid="stFileUploader"] input[type=file]'
KINDS = ("xlsx", "csv", "ods", "utf-16")


def upload(page: Page, name: str, data: bytes) -> None:
    page.locator(UPLOAD).first.set_input_files({"name": name, "mimeType": "application/octet-stream", "buffer": data})


def test_the_server_outlives_every_damaged_file_and_other_sessions_notice_nothing(
        page: Page, browser: Browser, app: ServedApp) -> None:
    page.goto(app.url)
    [fine] = CASES["one_row_per_customer_en"].files()[0]
    upload(page, fine.name, fine.data)
    page.get_by_text(fine.name).first.wait_for()
    other = browser.new_page(locale="en-US")
    other.goto(f"{app.url}/overview")
    metric = other.locator("main").get_by_text("$", exact=False).first
    shown = metric.inner_text()
    for seed in range(8):
        kind = KINDS[seed % len(KINDS)]
        upload(page, f"hurt {seed}.{'csv' if kind == 'utf-16' else kind}",
               damaged(real(kind), real("csv"), random.Random(f"served {seed}")))
        expect(page.locator(UPLOAD).first).to_be_attached(timeout=30_000)
        with urllib.request.urlopen(f"{app.url}/_stcore/health", timeout=10) as answer:
            assert answer.status == 200
        expect(metric).to_have_text(shown)
    other.close()
