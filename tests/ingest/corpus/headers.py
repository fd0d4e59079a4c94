"""Headers: below a title, in levels with merged cells, repeated, broken over lines, with units, written downwards."""

from __future__ import annotations

import datetime as dt
import random

from tests.ingest.corpus.cases import File, Wanted, case
from tests.ingest.corpus.lives import contracts, customers, lives, names
from tests.ingest.corpus.shapes import runs, stories
from tests.ingest.corpus.writing import blank, dots, slash, table, workbook

FISCAL = [dt.date(2024 + (month < 4), month, 1) for month in (*range(4, 13), 1, 2, 3)]


@case("title, author and unit (千円) above the header on row 5; a column without name between")
def title_above_ja(r: random.Random) -> File:
    given = lives(r, 11, "A{:03d}")
    head = ["", "契約先ID", "契約先", "開始年月日", "終了年月日", "月額利用料", "備考"]
    rows = [["", life.id, life.name, life.start, life.end, life.mrr / 1000, r.choice((None, "値引き交渉中"))]
            for life in given]
    sheet = [["契約管理表"], ["作成:CS推進室", None, None, "2025年6月30日現在"], [None, None, None, None, None, "単位:千円"],
             [], head, *rows]
    return File("契約管理表_v3_最新.xlsx", workbook({"管理表": sheet}, merged={"管理表": ["A1:G1"]}), {"管理表": Wanted(
        {"subscriptions.customer_id": "契約先ID", "subscriptions.start_date": "開始年月日",
         "subscriptions.end_date": "終了年月日", "subscriptions.mrr": "月額利用料", "customers.customer_id": "契約先ID",
         "customers.customer_name": "契約先"},
        {"subscriptions": contracts(given), "customers": customers(given)}, header_row=5)})


@case("2024年度 merged over 4月 to 3月: two levels, the calendar year from the fiscal one")
def fiscal_year_over_months(r: random.Random) -> File:
    given = dict(zip((f"N{n:02d}" for n in range(1, 11)), stories(r, 10, FISCAL), strict=True))
    head = [["顧客ID", "2024年度", *[None] * 11], [None, *(f"{month.month}月" for month in FISCAL)]]
    rows = [[id_, *(amount or None for amount in amounts)] for id_, amounts in given.items()]
    data = workbook({"売上": [*head, *rows]}, merged={"売上": ["A1:A2", "B1:M1"]})
    return File("年度別売上.xlsx", data, {"売上": Wanted(
        {"subscriptions.customer_id": "顧客ID"},
        {"subscriptions": [row for id_, amounts in given.items() for row in runs(id_, amounts, FISCAL)]},
        shape="monthly_wide", header_row=2, header_levels=2,
        months={f"2024年度 {month.month}月": f"{month:%Y-%m}" for month in FISCAL})})


@case("three levels: fiscal year, half-year with its 上半期計, month")
def three_levels(r: random.Random) -> File:
    given = dict(zip((f"TK-{n:02d}" for n in range(1, 9)), stories(r, 8, FISCAL), strict=True))
    head = [["取引先コード", "取引先名", "2024年度", *[None] * 13],
            [None, None, "上期", *[None] * 6, "下期", *[None] * 6],
            [None, None, *(f"{month.month}月" for month in FISCAL[:6]), "上半期計",
             *(f"{month.month}月" for month in FISCAL[6:]), "下半期計"]]
    who = dict(zip(given, names(r, 8), strict=True))
    rows = [[id_, who[id_], *amounts[:6], sum(amounts[:6]), *amounts[6:], sum(amounts[6:])]
            for id_, amounts in given.items()]
    data = workbook({"Sheet1": [*head, *rows]}, merged={"Sheet1": ["A1:A3", "B1:B3", "C1:P1", "C2:I2", "J2:P2"]})
    months = {f"2024年度 {'上期' if 4 <= month.month <= 9 else '下期'} {month.month}月": f"{month:%Y-%m}"
              for month in FISCAL}
    return File("上下期MRR.xlsx", data, {"Sheet1": Wanted(
        {"subscriptions.customer_id": "取引先コード", "customers.customer_id": "取引先コード",
         "customers.customer_name": "取引先名"},
        {"subscriptions": [row for id_, amounts in given.items() for row in runs(id_, amounts, FISCAL)]},
        shape="monthly_wide", header_row=3, header_levels=3, months=months)})


@case("groups of columns merged over their headers: 顧客情報, 契約情報, 担当")
def groups_over_headers(r: random.Random) -> File:
    given = lives(r, 9, "GX{:04d}")
    owner = {life.id: r.choice(("田中", "伊藤", "渡辺")) for life in given}
    head = [["顧客情報", None, "契約情報", None, None, None, "担当"],
            ["ID", "名称", "プラン", "開始日", "解約日", "月額", "CSM"]]
    rows = [[life.id, life.name, "Std", slash(life.start), blank(slash, "-")(life.end), life.mrr, owner[life.id]]
            for life in given]
    data = workbook({"台帳": [*head, *rows]}, merged={"台帳": ["A1:B1", "C1:F1"]})
    return File("台帳_グループ見出し.xlsx", data, {"台帳": Wanted(
        {"subscriptions.customer_id": "顧客情報 ID", "customers.customer_id": "顧客情報 ID",
         "customers.customer_name": "顧客情報 名称", "subscriptions.plan": "契約情報 プラン",
         "subscriptions.start_date": "契約情報 開始日", "subscriptions.end_date": "契約情報 解約日",
         "subscriptions.mrr": "契約情報 月額", "customers.owner": "担当 CSM"},
        {"subscriptions": contracts(given), "customers": [
            {"customer_id": life.id, "customer_name": life.name, "owner": owner[life.id]} for life in given]},
        header_row=2, header_levels=2)})


@case("repeated names of headers")
def repeated_names(r: random.Random) -> File:
    given = lives(r, 8, "RP-{:03d}", "en", round_to=10)
    rows = [[life.id, life.name, "x@example.com", life.start, life.end, life.mrr, "ok", "call back"] for life in given]
    head = ["Customer ID", "Customer", "Note", "Start date", "End date", "MRR", "Note", "Note"]
    return File("book of business.xlsx", workbook({"BoB": [head, *rows]}), {"BoB": Wanted(
        {"subscriptions.customer_id": "Customer ID", "customers.customer_id": "Customer ID",
         "customers.customer_name": "Customer", "subscriptions.start_date": "Start date",
         "subscriptions.end_date": "End date", "subscriptions.mrr": "MRR"},
        {"subscriptions": contracts(given), "customers": customers(given)}, may=("Note", "Note (2)", "Note (3)"))})


@case("line breaks and full-width blanks inside of headers; letters written downwards")
def broken_headers(r: random.Random) -> File:
    given = lives(r, 10, "{:05d}")
    head = ["顧客\nＩＤ", "顧　客　名", "契\n約\n開\n始\n日", "解 約 日", "月額\n利用料\n（円）", "契約\n台数"]
    seats = {life.id: r.randint(1, 40) for life in given}
    rows = [[life.id, life.name, life.start, life.end, life.mrr, seats[life.id]] for life in given]
    wanted = [row | {"seats": seats[str(row["customer_id"])]} for row in contracts(given)]
    return File("改行見出し.xlsx", workbook({"一覧": [head, *rows]}), {"一覧": Wanted(
        {"subscriptions.customer_id": head[0], "customers.customer_id": head[0], "customers.customer_name": head[1],
         "subscriptions.start_date": head[2], "subscriptions.end_date": head[3], "subscriptions.mrr": head[4],
         "subscriptions.seats": head[5]}, {"subscriptions": wanted, "customers": customers(given)})})


@case("units in brackets: (千円・税込), (%), (名)")
def units_in_headers_ja(r: random.Random) -> File:
    given = lives(r, 9, "U{:03d}")
    head = ["顧客ID", "利用開始日", "解約日", "月額料金(千円・税込)", "割引率(%)", "ライセンス数(名)"]
    rows = [[life.id, slash(life.start), blank(slash)(life.end), life.mrr / 1000, 10 if at % 3 == 0 else None,
             at + 5] for at, life in enumerate(given)]
    wanted = [row | {"mrr": life.mrr * (0.9 if at % 3 == 0 else 1), "seats": at + 5}
              for at, (row, life) in enumerate(zip(contracts(given), given, strict=True))]
    return File("料金表.csv", table([head, *rows], encoding="utf-8-sig"), {"料金表": Wanted(
        {"subscriptions.customer_id": "顧客ID", "subscriptions.start_date": "利用開始日",
         "subscriptions.end_date": "解約日", "subscriptions.mrr": "月額料金(千円・税込)",
         "subscriptions.discount": "割引率(%)", "subscriptions.seats": "ライセンス数(名)"}, {"subscriptions": wanted})})


@case("units in English: ACV (USD k); dates with dots")
def units_in_headers_en(r: random.Random) -> File:
    given = lives(r, 10, "u-{:03d}", "en", round_to=1000)
    head = ["Customer ID", "Contract start date", "Cancellation date", "ACV (USD k)"]
    rows = [[life.id, dots(life.start), blank(dots)(life.end), life.mrr * 12 / 1000] for life in given]
    wanted = [row | {"currency": "USD"} for row in contracts(given)]
    return File("acv.csv", table([head, *rows]), {"acv": Wanted(
        {"subscriptions.customer_id": "Customer ID", "subscriptions.start_date": "Contract start date",
         "subscriptions.end_date": "Cancellation date", "subscriptions.amount": "ACV (USD k)"},
        {"subscriptions": wanted}, may=("Cancellation date",))})
