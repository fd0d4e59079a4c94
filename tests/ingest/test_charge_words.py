"""What is paid once, or not yet, is no MRR, where only the words of another column say so."""

from __future__ import annotations

import pytest

from cs_kpi.binding import book_of
from tests.ingest.given import csv, reading


def counted(text: str, **answers: str) -> list[float]:
    return book_of([reading(csv(text), **answers)]).counted["mrr"].tolist()


@pytest.mark.parametrize("word", ["初期費用", "初期設定費", "導入支援費用", "Setup fee", "One-time fee",
                                  "Implementation fee"])
@pytest.mark.parametrize("header", ["品目", "商品名", "件名", "Item", "Description"])
def test_items_that_are_paid_once_are_no_mrr_and_are_asked_about(header: str, word: str) -> None:
    text = f"顧客名,契約開始日,{header},月額\n甲,2024/4/1,基本,1000\n甲,2024/4/1,{word},50000\n乙,2024/4/1,基本,2000\n"
    assert [one.id for one in reading(csv(text)).questions] == [f"once_words:{header}"]
    assert counted(text) == [1000, 2000]
    assert sorted(counted(text, once_words="recurring")) == [1000, 2000, 50000]


def test_bills_by_months_do_not_count_them_either() -> None:
    text = "取引先,対象月,品目,金額\n甲,2024/4,利用料,1000\n甲,2024/4,初期費用,50000\n甲,2024/5,利用料,1000\n"
    assert counted(text) == [1000]


@pytest.mark.parametrize("word", ["trialing", "トライアル中", "無料体験中", "Free trial"])
def test_trials_are_no_customers_yet(word: str) -> None:
    text = f"Customer,Start date,Status,MRR\nA,2024-01-05,active,100\nB,2024-01-05,{word},200\n"
    assert counted(text) == [100]
    assert counted(text, trial_words="paid") == [100, 200]


@pytest.mark.parametrize(("header", "one", "other"), [
    ("商品", "セットアップ", "セットアップ"), ("Status", "active", "trial converted"), ("備考", "初期費用 請求済", "")])
def test_other_words_say_nothing_of_it(header: str, one: str, other: str) -> None:
    text = f"顧客名,契約開始日,{header},月額\n甲,2024/4/1,{one},1000\n乙,2024/4/1,{other},2000\n"
    assert not [asked for asked in reading(csv(text)).questions if "words" in asked.id]
    assert counted(text) == [1000, 2000]
