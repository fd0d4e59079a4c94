"""The usual Japanese ledgers: 契約日, 満了日, 解約日, 自動更新, 解約申入期限, 初期費用, 従量."""

from __future__ import annotations

import datetime as dt
import random

from tests.ingest.corpus.cases import File, Wanted, case
from tests.ingest.corpus.lives import contracts, lives
from tests.ingest.corpus.writing import blank, era, kanji, short_era, slash, table, workbook


@case("契約日, 満了日 and 解約日 side by side, 自動更新 as 有/無, 解約申入期限 as 3ヶ月前")
def ledger_with_terms(r: random.Random) -> File:
    given = lives(r, 14, "L-{:03d}")
    terms = {life.id: (life.start.replace(year=life.start.year + 1, day=min(life.start.day, 28)), r.choice(("有", "無")),
                       r.choice(("3ヶ月前", "1ヶ月前", "60日前"))) for life in given}
    days = {"3ヶ月前": 90, "1ヶ月前": 30, "60日前": 60}
    rows = [[life.id, life.name, slash(life.start), slash(terms[life.id][0]), blank(slash)(life.end), terms[life.id][1],
             terms[life.id][2], life.mrr] for life in given]
    head = ["管理番号", "契約先名", "契約日", "満了日", "解約日", "自動更新", "解約申入期限", "月額費用"]
    wanted = [row | {"term_end": terms[life.id][0], "auto_renews": terms[life.id][1] == "有",
                     "notice_days": days[terms[life.id][2]]} for row, life in zip(contracts(given), given, strict=True)]
    return File("契約管理台帳.xlsx", workbook({"契約管理台帳": [head, *rows]}), {"契約管理台帳": Wanted(
        {"subscriptions.start_date": "契約日", "subscriptions.term_end": "満了日", "subscriptions.end_date": "解約日",
         "subscriptions.auto_renews": "自動更新", "subscriptions.notice_days": "解約申入期限",
         "subscriptions.mrr": "月額費用"},
        {"subscriptions": [{name: value for name, value in row.items() if name != "customer_id"} for row in wanted]},
        may=("管理番号", "契約先名", "解約日", "契約日"))})


@case("満了日 alone, no 解約日: asked what a passed one means")
def term_end_alone(r: random.Random) -> File:
    rows = []
    for n in range(1, 13):
        start = dt.date(2022, r.randint(1, 12), r.randint(1, 28))
        rows.append([f"M{n:02d}", era(start), era(start.replace(year=start.year + r.choice((1, 2, 5)))), 12_000 * n])
    return File("満了日のみ.csv", table([["お客様コード", "契約締結日", "契約満了日", "月額利用料"], *rows], encoding="cp932"), {
        "満了日のみ": Wanted({"subscriptions.customer_id": "お客様コード", "subscriptions.start_date": "契約締結日",
                         "subscriptions.term_end": "契約満了日", "subscriptions.mrr": "月額利用料"},
                        asked=frozenset({"term_end_means"}))})


@case("初期費用 beside 月額 and 従量単価: only the monthly fee is MRR, an initial one is a one-time row")
def initial_fee_beside(r: random.Random) -> File:
    given = lives(r, 12, "SF{:03d}")
    rows = [[life.id, life.name, kanji(life.start), blank(kanji, "―")(life.end), r.choice((0, 50_000, 100_000)), life.mrr,
             r.choice((10, 12))] for life in given]
    head = ["契約者ID", "契約者", "契約開始", "解約年月日", "初期費用", "月額基本料", "従量単価"]
    wanted = [row | {"charge_kind": "recurring"} for row in contracts(given)]
    wanted += [{"customer_id": life.id, "start_date": life.start, "end_date": life.start, "mrr": cells[4],
                "charge_kind": "one-time"} for life, cells in zip(given, rows, strict=True) if cells[4]]
    return File("料金内訳.xlsx", workbook({"料金内訳": [head, *rows]}), {"料金内訳": Wanted(
        {"subscriptions.customer_id": "契約者ID", "subscriptions.start_date": "契約開始",
         "subscriptions.end_date": "解約年月日", "subscriptions.mrr": "月額基本料", "customers.customer_id": "契約者ID",
         "customers.customer_name": "契約者"}, {"subscriptions": wanted}, may=("解約年月日",))})


@case("a rental ledger: 品目, 数量, ステータス, 契約期間(月), dates as R6.4.1")
def rental_ledger(r: random.Random) -> File:
    given = lives(r, 15, "RN{:04d}", first=2020)
    rows = [[at, life.id, life.name, r.choice(("複合機A", "複合機B")), r.choice((1, 2, 5)), short_era(life.start),
             blank(short_era)(life.end), "解約" if life.end else "契約中", 36, life.mrr]
            for at, life in enumerate(given, start=1)]
    head = ["No", "顧客コード", "顧客名", "商品名", "数量", "契約開始日", "解約日", "ステータス", "契約期間(月)", "月額合計"]
    wanted = [row | {"product": cells[3]} for row, cells in zip(contracts(given), rows, strict=True)]
    return File("レンタル契約.csv", table([head, *rows], encoding="cp932"), {"レンタル契約": Wanted(
        {"subscriptions.customer_id": "顧客コード", "customers.customer_id": "顧客コード",
         "customers.customer_name": "顧客名", "subscriptions.product": "商品名", "subscriptions.start_date": "契約開始日",
         "subscriptions.end_date": "解約日", "subscriptions.mrr": "月額合計"}, {"subscriptions": wanted},
        may=("解約日", "数量"))})


@case("担当者の所感 by month: a CSM's own rating, ◎○△×  written as 5 to 1")
def pulse_sheet(r: random.Random) -> File:
    rows, wanted = [], []
    for _ in range(20):
        id_, day, value = f"PL{r.randint(1, 9)}", dt.date(2025, r.randint(1, 6), r.randint(1, 28)), r.randint(1, 5)
        rows.append([id_, slash(day), value, r.choice(("山本", "小林")), "好調"])
        wanted.append({"customer_id": id_, "date": day, "value": value})
    return File("所感.csv", table([["顧客ID", "記入日", "所感(5段階)", "記入者", "コメント"], *rows]), {"所感": Wanted(
        {"pulse.customer_id": "顧客ID", "pulse.date": "記入日", "pulse.value": "所感(5段階)", "pulse.by": "記入者",
         "pulse.note": "コメント"}, {"pulse": wanted})})
