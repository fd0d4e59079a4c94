"""Layouts: several tables on a sheet or over several sheets, index and hidden sheets, totals, blanks and notes."""

from __future__ import annotations

import datetime as dt
import random

from tests.ingest.corpus.cases import File, Wanted, case
from tests.ingest.corpus.lives import contracts, customers, lives, names
from tests.ingest.corpus.shapes import stories
from tests.ingest.corpus.writing import blank, slash, table, workbook

OFF = Wanted(is_used=False)


@case("an index and a data-dictionary sheet first, an old hidden sheet, then the ledger")
def index_first(r: random.Random) -> File:
    given, old = lives(r, 10, "IX{:03d}"), lives(r, 5, "OLD{:03d}")
    index = [["目次"], ["No", "シート名", "内容"], [1, "項目説明", "各列の意味"], [2, "契約台帳", "契約の一覧"]]
    words = [["項目名", "説明", "型"], ["顧客ID", "CRMの取引先ID", "文字"], ["契約開始日", "利用を始めた日", "日付"],
             ["解約日", "解約した日。契約中は空欄", "日付"], ["月額", "税抜の月額", "数値"]]
    head = ["顧客ID", "顧客名", "契約開始日", "解約日", "月額"]
    ledger = [head, *([life.id, life.name, life.start, life.end, life.mrr] for life in given)]
    hidden = [head, *([life.id, life.name, life.start, life.end, life.mrr] for life in old)]
    data = workbook({"目次": index, "項目説明": words, "旧台帳(2022)": hidden, "契約台帳": ledger}, hidden=["旧台帳(2022)"])
    return File("契約台帳一式.xlsx", data, {"目次": OFF, "項目説明": OFF, "旧台帳(2022)": OFF, "契約台帳": Wanted(
        {"subscriptions.customer_id": "顧客ID", "customers.customer_id": "顧客ID", "customers.customer_name": "顧客名",
         "subscriptions.start_date": "契約開始日", "subscriptions.end_date": "解約日", "subscriptions.mrr": "月額"},
        {"subscriptions": contracts(given), "customers": customers(given)})})


@case("two tables side by side: contracts on the left, survey answers on the right")
def side_by_side(r: random.Random) -> File:
    given = lives(r, 10, "LR{:02d}", "en", round_to=50)
    answers = [(r.choice(given).id, dt.date(2024, r.randint(1, 12), r.randint(1, 28)), r.randint(0, 10))
               for _ in range(14)]
    sheet: list[list[object]] = [["Contracts", *[None] * 4, "NPS answers"],
                                 ["Customer ID", "Start date", "End date", "MRR", None, "Customer ID", "Answered on",
                                  "NPS score"]]
    for at in range(14):
        left = [given[at].id, given[at].start, given[at].end, given[at].mrr] if at < 10 else [None] * 4
        sheet.append([*left, None, *answers[at]])
    return File("dashboard.xlsx", workbook({"Data": sheet}), {
        "Data": Wanted({"subscriptions.customer_id": "Customer ID", "subscriptions.start_date": "Start date",
                        "subscriptions.end_date": "End date", "subscriptions.mrr": "MRR"},
                       {"subscriptions": contracts(given)}),
        "Data (2)": Wanted({"surveys.customer_id": "Customer ID", "surveys.answered_on": "Answered on",
                            "surveys.score": "NPS score"},
                           {"surveys": [{"customer_id": id_, "answered_on": day, "kind": "nps", "score": score}
                                        for id_, day, score in answers]})})


@case("two tables one under the other, each with its title")
def one_under_the_other(r: random.Random) -> File:
    given = lives(r, 8, "OU{:02d}")
    left = [(life.id, life.end, r.choice(("価格", "機能不足", "統廃合"))) for life in given if life.end]
    sheet = [["■ 契約一覧"], ["顧客ID", "契約開始日", "月額"],
             *([life.id, slash(life.start), life.mrr] for life in given), [], [],
             ["■ 解約一覧"], ["顧客ID", "解約日", "解約理由"], *([id_, slash(day), why] for id_, day, why in left)]
    return File("上下の表.xlsx", workbook({"管理": sheet}), {
        "管理": Wanted({"subscriptions.customer_id": "顧客ID", "subscriptions.start_date": "契約開始日",
                      "subscriptions.mrr": "月額"},
                     {"subscriptions": [{"customer_id": life.id, "start_date": life.start, "mrr": life.mrr}
                                        for life in given]}),
        "管理 (2)": Wanted({"cancellations.customer_id": "顧客ID", "cancellations.cancelled_on": "解約日",
                          "cancellations.reason": "解約理由"},
                         {"cancellations": [{"customer_id": id_, "cancelled_on": day, "reason": why}
                                            for id_, day, why in left]})})


@case("小計 after each branch, 総計 at the end, blank rows between, notes with ※ below")
def subtotals_and_notes(r: random.Random) -> File:
    branches, rows, given = ("東京", "大阪", "名古屋"), [], lives(r, 15, "ST{:03d}")
    for at, branch in enumerate(branches):
        part = given[at * 5:at * 5 + 5]
        rows += [[branch, life.id, life.name, life.start, life.end, life.mrr] for life in part]
        rows += [["小計", None, None, None, None, sum(life.mrr for life in part)], []]
    rows += [["総計", None, None, None, None, sum(life.mrr for life in given)], [],
             ["※1 月額は税抜です。"], ["※2 解約日が空欄のものは契約中です。"]]
    head = ["支店", "契約番号", "お客様名", "サービス開始日", "サービス終了日", "月額(税抜)"]
    wanted = [row | {"subscription_id": life.id, "customer_id": life.name}
              for row, life in zip(contracts(given), given, strict=True)]
    return File("支店別契約.xlsx", workbook({"支店別": [head, *rows]}), {"支店別": Wanted(
        {"subscriptions.subscription_id": "契約番号", "subscriptions.customer_id": "お客様名",
         "subscriptions.start_date": "サービス開始日",
         "subscriptions.end_date": "サービス終了日", "subscriptions.mrr": "月額(税抜)"},
        {"subscriptions": wanted}, may=("お客様名",))})


@case("a sheet per month, 2024年4月 to 2024年6月, each the customers and fees of that month")
def a_sheet_per_month(r: random.Random) -> File:
    months = [dt.date(2024, month, 1) for month in (4, 5, 6)]
    given = dict(zip((f"MS{n:02d}" for n in range(1, 13)), stories(r, 12, months), strict=True))
    head = ["顧客ID", "対象年月", "月額"]
    sheets = {f"{month.year}年{month.month}月": [head, *([id_, f"{month.year}年{month.month}月", amounts[at]]
                                                    for id_, amounts in given.items() if amounts[at])]
              for at, month in enumerate(months)}
    columns = {"subscriptions.customer_id": "顧客ID", "subscriptions.start_date": "対象年月", "subscriptions.mrr": "月額"}
    return File("月別契約.xlsx", workbook(sheets), {
        name: Wanted(columns, {"subscriptions": [
            {"customer_id": row[0], "start_date": months[at], "mrr": row[2]} for row in rows[1:]]}, shape="monthly_long")
        for at, (name, rows) in enumerate(sheets.items())})


@case("use in a csv per month, all of one kind")
def a_file_per_month(r: random.Random) -> object:
    files, wanted = [], []
    for month in (1, 2, 3):
        rows = [[f"PM{r.randint(1, 9)}", dt.date(2025, month, r.randint(1, 28)), r.choice(("search", "export", "alerts")),
                 r.randint(1, 30)] for _ in range(12)]
        expected = [{"customer_id": a, "date": b, "feature": c, "count": d} for a, b, c, d in rows]
        wanted += expected
        files.append(File(f"usage-2025-{month:02d}.csv",
                          table([["Account ID", "Event date", "Feature", "Event count"],
                                 *([a, b.isoformat(), c, d] for a, b, c, d in rows)]),
                          {f"usage-2025-{month:02d}": Wanted(
                              {"usage.customer_id": "Account ID", "usage.date": "Event date", "usage.feature": "Feature",
                               "usage.count": "Event count"}, {"usage": expected})}))
    return tuple(files), {"usage": wanted}


@case("customers merged over their contracts: the id stands in the first row only")
def merged_customers(r: random.Random) -> File:
    rows, merged, wanted = [], [], []
    for n, name in enumerate(names(r, 6), start=1):
        top = len(rows) + 2
        for number in range(r.randint(1, 3)):
            start = dt.date(2022 + number, r.randint(1, 12), 1)
            rows.append([f"MG{n}" if not number else None, name if not number else None, f"製品{'ABC'[number]}", start,
                         (number + 1) * 10_000])
            wanted.append({"customer_id": f"MG{n}", "product": f"製品{'ABC'[number]}", "start_date": start,
                           "mrr": (number + 1) * 10_000})
        if len(rows) + 1 > top:
            merged += [f"A{top}:A{len(rows) + 1}", f"B{top}:B{len(rows) + 1}"]
    head = ["顧客コード", "顧客名称", "製品", "契約開始日", "月額(円)"]
    return File("製品別契約.xlsx", workbook({"製品別": [head, *rows]}, merged={"製品別": merged}), {"製品別": Wanted(
        {"subscriptions.customer_id": "顧客コード", "customers.customer_id": "顧客コード",
         "customers.customer_name": "顧客名称", "subscriptions.product": "製品",
         "subscriptions.start_date": "契約開始日", "subscriptions.mrr": "月額(円)"}, {"subscriptions": wanted})})


@case("a matrix with the months down the side and the customers across: none of the five shapes, so nothing is read")
def months_down_the_side(r: random.Random) -> File:
    months = [dt.date(2024, month, 1) for month in range(1, 9)]
    given = dict(zip((f"顧客{c}" for c in "ABCDEF"), stories(r, 6, months), strict=True))
    rows = [[f"{month.year}年{month.month}月", *(amounts[at] or None for amounts in given.values())]
            for at, month in enumerate(months)]
    return File("縦横逆.xlsx", workbook({"MRR": [["年月", *given], *rows]}), {"MRR": OFF})


@case("formulas without a stored result beside the columns that matter, and a Total row of formulas")
def formulas(r: random.Random) -> File:
    given = lives(r, 9, "F-{:02d}", "en", round_to=10)
    rows = [[life.id, life.start, life.end, life.mrr, f"=D{at}*12"] for at, life in enumerate(given, start=2)]
    head = ["Customer ID", "Start", "End", "MRR", "ARR"]
    total = ["Total", None, None, "=SUM(D2:D10)", "=SUM(E2:E10)"]
    return File("with formulas.xlsx", workbook({"Sheet1": [head, *rows, total]}), {"Sheet1": Wanted(
        {"subscriptions.customer_id": "Customer ID", "subscriptions.start_date": "Start",
         "subscriptions.end_date": "End", "subscriptions.mrr": "MRR"},
        {"subscriptions": contracts(given)}, may=("ARR",))})


@case("a blank column and ○ marks between, notes in a merged row above the header")
def marks_between(r: random.Random) -> File:
    given = lives(r, 9, "MK{:02d}")
    sheet = [["黄色のセルは確認中。更新は毎週金曜"], ["No.", "顧客ID", None, "契約開始日", "解約日", "月額", "重点"],
             *([at, life.id, None, slash(life.start), blank(slash)(life.end), life.mrr, "○" if at % 2 else None]
               for at, life in enumerate(given, start=1))]
    return File("重点顧客.xlsx", workbook({"重点": sheet}, merged={"重点": ["A1:G1"]}), {"重点": Wanted(
        {"subscriptions.customer_id": "顧客ID", "subscriptions.start_date": "契約開始日",
         "subscriptions.end_date": "解約日", "subscriptions.mrr": "月額"},
        {"subscriptions": contracts(given)}, header_row=2)})
