"""Held out: months across, levels of headers, totals, several tables and sheets, in Japanese."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from tests.ingest.corpus.cases import File, Wanted, case, keyed
from tests.ingest.corpus.lives import contracts, customers, lives, names
from tests.ingest.corpus.shapes import runs, stories
from tests.ingest.corpus.writing import blank, comma, slash, table, workbook

SCHOOL_YEAR = [dt.date(2024 + at // 12, at % 12 + 1, 1) for at in range(3, 15)]
YEAR = SCHOOL_YEAR[:9]


def stretches(given: dict[str, list[int]], months: list[dt.date]) -> list[dict[str, Any]]:
    return [row for id_, amounts in given.items() for row in runs(id_, amounts, months)]


@case("令和6年度 merged over 4月分 to 3月分, a sum of the year at the right (schools)", part="held out")
def school_year(r: random.Random) -> File:
    given = {f"{1301 + n}": amounts for n, amounts in enumerate(stories(r, 9, SCHOOL_YEAR))}
    head = [["学校番号", "学校名", "設置者", "令和6年度", *[None] * 11, "年間計"],
            [None, None, None, *(f"{month.month}月分" for month in SCHOOL_YEAR), None]]
    rows = [[id_, f"第{at}小学校", "市立", *amounts, sum(amounts)] for at, (id_, amounts) in enumerate(given.items(), 1)]
    data = workbook({"R6": [*head, *rows]}, merged={"R6": ["A1:A2", "B1:B2", "C1:C2", "D1:O1", "P1:P2"]})
    return File("学校別利用料.xlsx", data, {"R6": Wanted(
        keyed("学校番号", subscriptions={}, customers={"customer_name": "学校名"}), {"subscriptions": stretches(given, SCHOOL_YEAR)},
        shape="monthly_wide", header_levels=2,
        months={f"令和6年度 {month.month}月分": f"{month:%Y-%m}" for month in SCHOOL_YEAR})})


@case("単位：千円 in the title, months as 24年4月, 合計 above the rows, ― for nothing, notes below (online shops)",
      part="held out")
def shops_in_thousands(r: random.Random) -> File:
    given = {f"shop{n:02d}": amounts for n, amounts in enumerate(stories(r, 10, YEAR), 1)}
    heads = [f"{month:%y}年{month.month}月" for month in YEAR]
    totals = [sum(amounts[at] for amounts in given.values()) // 1000 for at in range(9)]
    rows = [[id_, name, *(amount // 1000 or "―" for amount in amounts)]
            for (id_, amounts), name in zip(given.items(), names(r, 10), strict=True)]
    sheet = [["ショップ別 月額課金推移", None, None, "（単位：千円）"], [], ["ショップID", "ショップ名", *heads], [None, "合計", *totals],
             *rows, [], ["※6月に料金改定", None], ["※千円未満切捨て"]]
    return File("課金推移.xlsx", workbook({"推移": sheet}), {"推移": Wanted(
        keyed("ショップID", subscriptions={}, customers={"customer_name": "ショップ名"}), {"subscriptions": stretches(given, YEAR)},
        shape="monthly_wide", header_row=3, months={head: f"{month:%Y-%m}" for head, month in zip(heads, YEAR, strict=True)})})


@case("a row per customer and month, the month as the number 202404, cp932 (warehouses)", part="held out")
def months_as_numbers(r: random.Random) -> File:
    given = {f"N{n:03d}": amounts for n, amounts in enumerate(stories(r, 8, YEAR), 1)}
    rows = [[f"{month:%Y%m}", id_, "東京DC", comma(amounts[at])] for at, month in enumerate(YEAR)
            for id_, amounts in given.items() if amounts[at]]
    return File("請求実績.csv", table([["対象年月", "寄託者コード", "拠点", "システム利用料"], *rows], encoding="cp932"), {"請求実績": Wanted(
        keyed("寄託者コード", subscriptions={"start_date": "対象年月", "mrr": "システム利用料"}),
        {"subscriptions": stretches(given, YEAR)}, shape="monthly_long")})


@case("a month that no customer has a value in is asked about", part="held out")
def month_without_values(r: random.Random) -> File:
    heads = [f"{month.year}/{month.month}" for month in YEAR]
    fees = {f"GP{n:02d}": r.randint(5, 40) * 1000 for n in range(1, 9)}
    rows = [[id_, *(None if at == 4 else fee for at in range(9))] for id_, fee in fees.items()]
    return File("MRR推移.xlsx", workbook({"MRR": [["企業ID", *heads], *rows]}), {"MRR": Wanted(
        keyed("企業ID", subscriptions={}), {"subscriptions": [
            {"customer_id": id_, "start_date": YEAR[0], "end_date": None, "mrr": fee} for id_, fee in fees.items()]},
        shape="monthly_wide", asked=frozenset({"gap"}),
        months={head: f"{month:%Y-%m}" for head, month in zip(heads, YEAR, strict=True)})})


@case("some customers have an amount once in twelve months: billed for the year, or a month's fee? asked", part="held out")
def billed_once_a_year(r: random.Random) -> File:
    heads = [f"{month.year}年{month.month}月" for month in SCHOOL_YEAR]
    rows = [[f"年払{n}", *(240_000 if at == n % 12 else None for at in range(12))] for n in range(1, 5)]
    rows += [[f"月払{n}", *[20_000] * 12] for n in range(1, 7)]
    return File("売上集計.xlsx", workbook({"売上": [["取引先", *heads], *rows]}), {"売上": Wanted(
        keyed("取引先", subscriptions={}), shape="monthly_wide", asked=frozenset({"billed"}), may=("取引先",),
        months={head: f"{month:%Y-%m}" for head, month in zip(heads, SCHOOL_YEAR, strict=True)})})


@case("new customers above, lost ones below on the sheet of one month", part="held out")
def new_and_lost(r: random.Random) -> File:
    won, lost = lives(r, 6, "W{:02d}"), lives(r, 5, "L{:02d}")
    gone = [(life.name, dt.date(2025, 6, r.randint(1, 30)), r.choice(("予算", "競合切替", "閉業"))) for life in lost]
    sheet = [["■新規契約"], ["会社名", "契約開始日", "月額料金", "営業担当"],
             *([life.name, life.start, life.mrr, "江口"] for life in won), [], [],
             ["■解約"], ["会社名", "解約日", "解約理由"], *([*row] for row in gone)]
    return File("月次報告.xlsx", workbook({"6月": sheet}), {
        "6月": Wanted(keyed("会社名", subscriptions={"start_date": "契約開始日", "mrr": "月額料金"}),
                     {"subscriptions": [{"customer_id": life.name, "start_date": life.start, "mrr": life.mrr} for life in won]},
                     may=("会社名", "契約開始日", "営業担当")),
        "6月 (2)": Wanted(keyed("会社名", cancellations={"cancelled_on": "解約日", "reason": "解約理由"}),
                         {"cancellations": [{"customer_id": a, "cancelled_on": b, "reason": c} for a, b, c in gone]},
                         may=("会社名", "解約日"))})


@case("a sheet per month that says its month in its name only", part="held out")
def months_in_names_of_sheets(r: random.Random) -> object:
    months = [dt.date(2025, month, 1) for month in (4, 5, 6)]
    given = {f"Q{n:02d}": amounts for n, amounts in enumerate(stories(r, 9, months), 1)}
    sheets = {f"{month:%Y.%m}": [["加盟店ID", "月額利用料"], *([id_, amounts[at]] for id_, amounts in given.items() if amounts[at])]
              for at, month in enumerate(months)}
    return (File("加盟店月次.xlsx", workbook(sheets), {name: Wanted(
        keyed("加盟店ID", subscriptions={}),
        {"subscriptions": [{"customer_id": row[0], "start_date": months[at], "mrr": row[1]} for row in rows[1:]]},
        months={"月額利用料": f"{months[at]:%Y-%m}"}) for at, (name, rows) in enumerate(sheets.items())}),), {
        "subscriptions": [row for id_, amounts in given.items() for row in runs(id_, amounts, months)]}


@case("はじめに and 項目定義 first, the data on the third sheet, an old one hidden", part="held out")
def manual_first(r: random.Random) -> File:
    given = lives(r, 11, "J-{:03d}")
    head = ["団体コード", "団体名", "契約日", "解約日", "月額会費"]
    rows = [[life.id, life.name, life.start, life.end, life.mrr] for life in given]
    sheets = {"はじめに": [["顧客管理表 運用マニュアル"], ["1. 毎月末に更新すること"], ["2. 色付きセルは入力不可"]],
              "項目定義": [["項目名", "型", "説明"], *([name, "文字列", f"{name}を入力"] for name in head)],
              "顧客管理表": [head, *rows], "顧客管理表_旧": [head, *rows[:5]]}
    return File("顧客管理表v3.xlsx", workbook(sheets, hidden=["顧客管理表_旧"]), {
        "はじめに": Wanted(is_used=False), "項目定義": Wanted(is_used=False), "顧客管理表_旧": Wanted(is_used=False),
        "顧客管理表": Wanted(keyed("団体コード", subscriptions={"start_date": "契約日", "end_date": "解約日", "mrr": "月額会費"},
                           customers={"customer_name": "団体名"}),
                     {"subscriptions": contracts(given), "customers": customers(given)}, may=("解約日", "契約日"))})


@case("table from C6, blank rows between areas, 関東 計 and 関西 計 and 総合計, notes at the right", part="held out")
def areas_with_sums(r: random.Random) -> File:
    given = lives(r, 12, "A{:03d}")
    sheet: list[list[Any]] = [[], [None, None, "エリア別契約状況"], [], [None, None, None, None, None, None, "税抜・円"], []]
    sheet.append([None, None, "会員番号", "会員名", "入会日", "退会日", "月会費"])
    for area, part in (("関東", given[:5]), ("関西", given[5:])):
        sheet += [[None, None, life.id, life.name, slash(life.start), blank(slash)(life.end), life.mrr] for life in part]
        sheet += [[None, None, f"{area} 計", None, None, None, sum(life.mrr for life in part)], []]
    sheet.append([None, None, "総合計", None, None, None, sum(life.mrr for life in given)])
    return File("エリア別.xlsx", workbook({"契約状況": sheet}), {"契約状況": Wanted(
        keyed("会員番号", subscriptions={"start_date": "入会日", "end_date": "退会日", "mrr": "月会費"},
              customers={"customer_name": "会員名"}), {"subscriptions": contracts(given), "customers": customers(given)},
        header_row=6, may=("退会日", "入会日"))})


@case("customers merged over the lines of their contracts; line breaks and blanks inside of headers", part="held out")
def lines_of_contracts(r: random.Random) -> File:
    given = lives(r, 7, "Z{:02d}")
    rows, wanted, merged, at = [], [], [], 2
    for life in given:
        count = r.randint(1, 3)
        for line in range(count):
            product, amount = ("基本", "分析", "連携")[line], life.mrr + 1000 * line
            rows.append([*([life.id, life.name] if line == 0 else [None, None]), product, life.start, life.end, amount])
            wanted.append({"customer_id": life.id, "product": product, "start_date": life.start, "end_date": life.end,
                           "mrr": amount})
        merged += [f"{letter}{at}:{letter}{at + count - 1}" for letter in "AB" if count > 1]
        at += count
    head = ["顧 客\n番 号", "顧　客　名", "商品\n(オプション含む)", "課金\n開始日", "課金\n終了日", "月額\n(円)"]
    return File("明細付き台帳.xlsx", workbook({"台帳": [head, *rows]}, merged={"台帳": merged}), {"台帳": Wanted(
        keyed("顧客番号", subscriptions={"product": "商品(オプション含む)", "start_date": "課金開始日", "end_date": "課金終了日",
                                     "mrr": "月額(円)"}, customers={"customer_name": "顧客名"}),
        {"subscriptions": wanted, "customers": customers(given)})})


@case("logins per month, said by the title only", part="held out")
def logins_by_title(r: random.Random) -> File:
    months = YEAR[:6]
    given = {f"LG{n:02d}": [r.choice((0, 2, 15, 60)) for _ in months] for n in range(1, 11)}
    heads = [f"{month.year}年{month.month}月" for month in months]
    sheet = [["月別ログイン回数（全社）"], ["企業コード", *heads], *([id_, *counts] for id_, counts in given.items())]
    return File("ログイン.xlsx", workbook({"Sheet1": sheet}), {"Sheet1": Wanted(
        keyed("企業コード", usage={}), {"usage": [{"customer_id": id_, "count": n} for id_, row in given.items() for n in row if n]},
        months_of="usage.count", may=("企業コード",), months={head: f"{month:%Y-%m}" for head, month in zip(heads, months, strict=True)})})


@case("状態 稼働中/解約済み and ご利用月数 without any day", part="held out")
def standing_without_days(r: random.Random) -> File:
    given = [(f"SC{n:03d}", r.randint(1, 70), r.random() < 0.25, r.randint(4, 60) * 1000) for n in range(1, 23)]
    rows = [[id_, r.choice(("戸建", "店舗")), months, comma(fee), "解約済み" if left else "稼働中"] for id_, months, left, fee in given]
    head = ["ご契約番号", "物件種別", "ご利用月数", "月額料金", "状態"]
    return File("稼働状況.csv", table([head, *rows], encoding="cp932"), {"稼働状況": Wanted(
        keyed("ご契約番号", customers={"tenure_months": "ご利用月数", "has_left": "状態"}, subscriptions={"mrr": "月額料金"}),
        {"customers": [{"customer_id": id_, "tenure_months": months, "has_left": left} for id_, months, left, _ in given]},
        shape="snapshot", may=("ご契約番号",))})
