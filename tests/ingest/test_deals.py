"""A list of deals counts those that were won, whatever product or hand wrote it."""

from __future__ import annotations

import pytest

from tests.ingest.given import csv, reading


@pytest.mark.parametrize(("header", "won", "lost", "still_open"), [
    ("商談フェーズ", "受注", "失注", "提案中"), ("案件ステータス", "受注済", "失注（価格）", "見積提出"),
    ("Sales stage", "Closed Won", "Closed Lost", "Proposal sent"), ("Deal status", "Won", "Lost", "Negotiation")])
def test_lost_deals_are_no_contracts_and_open_ones_are_asked_about(header: str, won: str, lost: str, still_open: str
                                                                  ) -> None:
    given = csv(f"会社名,{header},月額,契約開始日\n甲,{won},1000,2024/2/1\n乙,{lost},1000,2024/2/1\n"
                f"丙,{still_open},1000,2024/2/1\n丁,{won},1000,2024/2/1\n")
    found = reading(given)
    assert found.tables["subscriptions"]["customer_id"].tolist() == ["甲", "丁"]
    assert [(one.id, one.assumed) for one in found.questions] == [(f"open_deals:{header}", "deals")]
    assert any(note.text("en").startswith("Rows that are no contract") for note in found.notes)
    kept = reading(given, open_deals="contracts")
    assert kept.tables["subscriptions"]["customer_id"].tolist() == ["甲", "丙", "丁"]


def test_the_status_of_customers_says_nothing_of_deals() -> None:
    found = reading(csv("会社名,ステータス,月額,契約開始日\n甲,導入中,1000,2024/2/1\n乙,更新交渉中,1000,2024/2/1\n"
                        "丙,利用中,1000,2024/2/1\n丁,受注,1000,2024/2/1\n"))
    assert found.tables["subscriptions"]["customer_id"].tolist() == ["甲", "乙", "丙", "丁"]


def test_deals_of_hubspot_without_their_ids_are_known_by_name_and_stage() -> None:
    found = reading(csv("取引名,取引ステージ,金額,関連する会社,契約開始日\n甲 新規,契約締結,1200000,甲,2024/02/01\n"
                        "乙,失注,600000,乙,2024/02/01\n"))
    assert found.tables["subscriptions"]["customer_id"].tolist() == ["甲"]
