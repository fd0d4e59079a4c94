"""Ledgers that leave something open: who left without a date, terms in every row, prices of one, terms in one cell."""

from __future__ import annotations

import datetime as dt
import random

from tests.ingest.corpus.cases import TODAY, File, Wanted, case, keyed
from tests.ingest.corpus.lives import lives
from tests.ingest.corpus.writing import slash, table, workbook


@case("a flag 解約済 beside 契約日, no day of leaving: they count as gone on the last day of the sheet, and it is asked")
def flagged_without_a_day(r: random.Random) -> File:
    given = lives(r, 12, "FL{:03d}")
    last = max(life.start for life in given)
    rows = [[life.id, life.name, slash(life.start), life.mrr, "解約済" if life.end else ""] for life in given]
    wanted = [{"customer_id": life.id, "start_date": life.start, "end_date": last if life.end else None,
               "mrr": life.mrr} for life in given]
    return File("顧客台帳.csv", table([["顧客ID", "会社名", "契約日", "月額", "解約フラグ"], *rows]), {"顧客台帳": Wanted(
        keyed("顧客ID", subscriptions={"start_date": "契約日", "mrr": "月額"}, customers={"customer_name": "会社名"}),
        {"subscriptions": wanted}, may=("契約日",), asked=frozenset({"left_on"}))})


@case("契約終了日 in every row, a day before 契約更新日: passed ones renewed, and it is asked")
def terms_in_every_row(r: random.Random) -> File:
    rows, wanted = [], []
    for n in range(1, 13):
        start = dt.date(2022 + n % 3, r.randint(1, 12), 1)
        again = start.replace(year=start.year + r.choice((1, 2)))
        end = again - dt.timedelta(1)
        rows.append([f"TE{n:02d}", start, end, again, 10_000 * n])
        wanted.append({"customer_id": f"TE{n:02d}", "start_date": start, "term_end": again, "mrr": 10_000 * n,
                       "end_date": None if end < TODAY else end})
    head = ["顧客コード", "契約開始日", "契約終了日", "契約更新日", "月額料金"]
    return File("契約一覧.xlsx", workbook({"契約一覧": [head, *rows]}), {"契約一覧": Wanted(
        {"subscriptions.customer_id": "顧客コード", "subscriptions.start_date": "契約開始日", "subscriptions.mrr": "月額料金",
         "subscriptions.end_date": "契約終了日", "subscriptions.term_end": "契約更新日"}, {"subscriptions": wanted},
        asked=frozenset({"end_date_means"}))})


@case("月額単価 x ID数, and a term in one cell (2024/4/1～2025/3/31)")
def prices_of_one(r: random.Random) -> File:
    rows, wanted = [], []
    for n in range(1, 13):
        start, price, ids = dt.date(2023, r.randint(1, 12), 1), r.choice((500, 800, 1200)), r.randint(3, 90)
        end = start.replace(year=2026) - dt.timedelta(1)
        rows.append([f"PU{n:02d}", f"{slash(start)}～{slash(end)}", price, ids])
        wanted.append({"customer_id": f"PU{n:02d}", "start_date": start, "term_end": end, "seats": ids,
                       "mrr": price * ids})
    return File("ライセンス.csv", table([["契約者ID", "契約期間", "月額単価", "ID数"], *rows]), {"ライセンス": Wanted(
        {"subscriptions.customer_id": "契約者ID", "subscriptions.start_date": "開始日（契約期間）",
         "subscriptions.term_end": "満了日（契約期間）", "subscriptions.mrr": "月額単価", "subscriptions.seats": "ID数"},
        {"subscriptions": wanted}, asked=frozenset({"unit_price"}))})


@case("ends and discounts in words: 2024年3月末, 2024/5/31 予定, 2割; 9999/12/31 for no end; seats that cannot be read")
def ends_in_words(r: random.Random) -> File:
    ends = {"2024年3月末": dt.date(2024, 3, 31), "2024/5/31 予定": dt.date(2024, 5, 31), "9999/12/31": None, "未": None,
            "2024/6/30(申出済)": dt.date(2024, 6, 30), "2024/9/10": dt.date(2024, 9, 10), "": None}
    rows, wanted = [], []
    for n, (cell, end) in enumerate(list(ends.items()) * 2, start=1):
        start, fee = dt.date(2022, r.randint(1, 12), r.randint(1, 28)), 10_000 * n
        off, share = r.choice((("2割", 0.2), ("5%", 0.05), ("", 0.0)))
        rows.append([f"EW{n:02d}", slash(start), cell, "約20" if n % 5 == 0 else n, off, fee])
        if n % 5:
            wanted.append({"customer_id": f"EW{n:02d}", "start_date": start, "end_date": end,
                           "mrr": fee * (1 - share), "seats": n})
    head = ["顧客ID", "契約日", "解約日", "ID数", "割引率", "月額"]
    return File("解約管理.csv", table([head, *rows], encoding="cp932"), {"解約管理": Wanted(
        {"subscriptions.customer_id": "顧客ID", "subscriptions.start_date": "契約日", "subscriptions.end_date": "解約日",
         "subscriptions.seats": "ID数", "subscriptions.discount": "割引率", "subscriptions.mrr": "月額"},
        {"subscriptions": wanted}, refused=frozenset({(6, "ID数"), (11, "ID数")}), may=("解約日",))})
