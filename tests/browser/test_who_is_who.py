"""Customers whose ids changed on a day, in a real browser: confirmed, there after a reload, and undone."""

from __future__ import annotations

import io

import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from cs_kpi.workspace import Workspace
from tests.browser.served import ServedApp

PATIENCE = 60_000
LEDGER = "顧客ID,会社名,契約開始日,解約日,月額\n" + "".join(
    f"A{at},{name},2024-01-01,2024-03-31,100\nN{at},{name}㈱,2024-04-01,,100\n"
    for at, name in enumerate(("青空物流", "みどり食品", "桜井製作所", "*[ソラシド](電機)*")))
SURVEYS = "会社名,回答日,NPS\n去る商店,2024-03-01,9\n=1+1,2024-03-01,9\n"


@pytest.mark.parametrize("page", ["ja-JP"], indirect=True)
def test_a_migration_is_confirmed_remembered_and_undone(page: Page, app: ServedApp) -> None:
    work = Workspace(app.database_url)
    work.add_file("契約.csv", LEDGER.encode(), by="")
    work.add_file("アンケート.csv", SURVEYS.encode(), by="")
    page.goto(app.url)
    section = page.locator(".st-key-who-is-who")
    count = page.get_by_test_id("stMetric").first
    expect(section.get_by_text("ID移行の可能性があります。2024/03/31に4社中4社が終了し")).to_be_visible(timeout=PATIENCE)
    expect(section.get_by_text("*[ソラシド](電機)*").first).to_be_visible()
    expect(count).to_contain_text("10", timeout=PATIENCE)

    section.get_by_role("button", name="4組すべて同じ顧客", exact=True).click()
    expect(count).to_contain_text("6", timeout=PATIENCE)
    page.reload()
    expect(count).to_contain_text("6", timeout=PATIENCE)
    expect(section.get_by_text("ID移行の可能性")).to_have_count(0)

    section.get_by_text("一覧にないID・名称：2件").click()
    with page.expect_download(timeout=PATIENCE) as waiting:
        section.locator(".st-key-unmatched-csv").get_by_role("button").click()
    with open(waiting.value.path(), "rb") as file:
        listed = pd.read_csv(io.BytesIO(file.read()))
    assert listed["IDまたは名称"].tolist() == ["'=1+1", "去る商店"]

    section.get_by_text("これまでの決定：4件").click()
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0, timeout=PATIENCE)  # the page is drawn to its end
    section.get_by_role("button", name="すべて元に戻す").click()
    expect(count).to_contain_text("10", timeout=PATIENCE)
