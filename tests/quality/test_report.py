"""What is missing, and what was assumed while sheets were read."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from cs_kpi.book import Book
from cs_kpi.ingest.files import sheets
from cs_kpi.ingest.mapping import guess
from cs_kpi.ingest.reading import read
from cs_kpi.kpi.registry import KPIS
from cs_kpi.quality.report import lacks, remarks

LEDGER = "顧客ID,月額(千円),契約開始日,満了日\nA,1,2020/4/1,2021/3/31\nB,2,2020/5/1,2021/4/30\n"


def reading(text: str = LEDGER):
    sheet = sheets("台帳.csv", text.encode())[0]
    return read(sheet, guess(sheet), dt.date(2024, 12, 31))


def test_a_missing_field_names_the_kpis_it_would_bring() -> None:
    frame = pd.DataFrame({"customer_id": ["A"], "start_date": pd.to_datetime(["2024-01-01"]), "mrr": [1.0]})
    product = next(lack for lack in lacks(Book({"subscriptions": frame}, today=dt.date(2024, 12, 31)))
                   if lack.field is not None and str(lack.field) == "Product")
    assert {str(label) for label in product.kpis} == {str(KPIS["cross_sell_mrr"].label),
                                                      str(KPIS["cross_sell_rate"].label)}


def test_what_was_changed_and_assumed_is_told_with_its_sheet() -> None:
    told = remarks([reading()], "ja")
    assert set(told["ファイル"]) == {"台帳.csv"}
    sentences = "\n".join(told["内容"])
    assert "1,000" in sentences
    assert "仮定: 自動更新された" in sentences


def test_an_answer_is_told_as_one() -> None:
    sheet = sheets("台帳.csv", LEDGER.encode())[0]
    mapping = guess(sheet).model_copy(update={"answers": {"term_end_means:満了日": "left"}})
    told = remarks([read(sheet, mapping, dt.date(2024, 12, 31))], "en")
    assert "Answered: the customer left" in "\n".join(told["What was done"])
