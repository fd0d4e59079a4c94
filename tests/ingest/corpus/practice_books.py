"""Held out in practice: workbooks of several sheets and several files at once, as one CS team has them."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from typing import Any

from tests.ingest.corpus.cases import File, Row, Wanted, Written, case, keyed
from tests.ingest.corpus.lives import Life, contracts, customers, lives
from tests.ingest.corpus.writing import comma, slash, table, workbook

PRACTICE = "held out in practice"
OFF = Wanted(is_used=False)
APRIL, JUNE_END = dt.date(2025, 4, 1), dt.date(2025, 6, 30)


def grid(head: str, rows: Sequence[Sequence[Any]], *above: Sequence[Any]) -> list[Sequence[Any]]:
    """Rows under a head written as "A|B|C", and whatever stands above it."""
    return [*above, head.split("|"), *rows]


def between(r: random.Random, first: dt.date = APRIL, last: dt.date = JUNE_END) -> dt.date:
    return first + dt.timedelta(r.randint(0, (last - first).days))


def unslashed(text: str) -> dt.date:
    return dt.date(*map(int, text.split("/")))


def running(given: Sequence[Life]) -> list[Life]:
    return [life for life in given if not life.end]


def by_id(rows: Sequence[Row], given: Sequence[Life]) -> list[Row]:
    """The same rows with the id of the customer in place of its name."""
    ids = {life.name: life.id for life in given}
    return [{**row, "customer_id": ids[row["customer_id"]]} for row in rows]


@case("CS管理表 of six sheets: 目次, 顧客一覧 under a title, 契約 by 顧客ID, 利用ログ, 問い合わせ by 顧客名, NPSアンケート",
      part=PRACTICE)
def cs_book_of_six_sheets(r: random.Random) -> Written:
    given = lives(r, 12, "K-{:04d}")
    index = [["CS管理表 目次"], [], ["シート名", "内容", "更新"], ["顧客一覧", "契約中・解約済みの全社", "毎月"],
             ["契約", "契約と更新", "都度"], ["利用ログ", "管理画面から出力", "毎週"]]
    people = [[x.id, x.name, r.choice(("製造", "小売", "医療")), r.choice(("東京都", "大阪府", "福岡県")), r.randint(10, 900),
               f"03-{r.randint(1000, 9999)}-0000", r.choice(("田中", "鈴木")), r.choice(("ハイタッチ", "ロータッチ")), x.start,
               r.choice(("", "", "紹介経由"))] for x in given]
    deals = [[f"S{at:05d}", x.id, x.name, r.choice(("ライト", "プロ")), r.randint(5, 90), x.mrr, x.start, x.end, "口座振替", ""]
             for at, x in enumerate(given, 1)]
    uses = [[between(r), r.choice(running(given)).id, f"u{r.randint(1, 40):03d}", r.choice(("検索", "帳票出力", "承認")),
             r.randint(1, 30)] for _ in range(20)]
    calls = [[f"T{at:04d}", between(r), r.choice(given).name, r.choice(("操作方法", "不具合", "要望")), r.choice(("高", "中", "低")),
              r.choice(("完了", "対応中")), r.choice(("ログインできない", "CSVの出力")), r.choice(("山本", "小林"))] for at in range(1, 13)]
    answers = [[between(r), x.id, x.name, "総務ご担当者様", r.randint(3, 10), r.choice(("使いやすい", ""))] for x in running(given)]
    told = [{"customer_id": row[2], "date": row[1]} for row in calls]
    data = workbook({
        "目次": index,
        "顧客一覧": grid("顧客ID|顧客名|業種|都道府県|従業員数|電話番号|担当CS|タッチ区分|初回契約日|備考", people, ["顧客一覧（2025年6月末）"], []),
        "契約": grid("契約番号|顧客ID|顧客名|プラン|ID数|月額合計(税抜)|契約開始日|解約日|支払方法|備考", deals),
        "利用ログ": grid("日付|顧客ID|ユーザーID|機能|回数", uses),
        "問い合わせ": grid("受付No|受付日|顧客名|区分|優先度|対応状況|件名|対応者", calls),
        "NPSアンケート": grid("回答日|顧客ID|顧客名|回答者|推奨度(0-10)|コメント", answers)})
    file = File("CS管理表.xlsx", data, {
        "目次": OFF,
        "顧客一覧": Wanted(keyed("顧客ID", customers={"customer_name": "顧客名", "owner": "担当CS", "touch_model": "タッチ区分",
                                               "started_on": "初回契約日"}), {"customers": customers(given)}, header_row=3),
        "契約": Wanted(keyed("顧客ID", subscriptions={
            "subscription_id": "契約番号", "plan": "プラン", "seats": "ID数", "mrr": "月額合計(税抜)", "start_date": "契約開始日",
            "end_date": "解約日"}), {"subscriptions": contracts(given)}, may=("顧客ID", "顧客名")),
        "利用ログ": Wanted(keyed("顧客ID", usage={"date": "日付", "user_id": "ユーザーID", "feature": "機能", "count": "回数"}),
                       {"usage": [{"customer_id": b, "date": a, "user_id": c, "count": e} for a, b, c, _d, e in uses]}),
        "問い合わせ": Wanted(keyed("顧客名", interactions={
            "date": "受付日", "kind": "区分", "priority": "優先度", "status": "対応状況", "note": "件名", "by": "対応者"}),
            {"interactions": told}, may=("顧客名",)),
        "NPSアンケート": Wanted(keyed("顧客ID", surveys={
            "answered_on": "回答日", "respondent": "回答者", "score": "推奨度(0-10)", "comment": "コメント"}),
            {"surveys": [{"customer_id": row[1], "answered_on": row[0], "kind": "nps", "score": row[4]} for row in answers]},
            may=("顧客ID", "顧客名"))})
    return (file,), {"customers": customers(given), "interactions": by_id(told, given), "subscriptions": contracts(given)}


@case("CRM accounts by id, recurring billing from accounting by name, usage of the product by subscription id", part=PRACTICE)
def crm_billing_and_usage(r: random.Random) -> Written:
    given = lives(r, 14, "001A{:05d}", "en", round_to=50)
    subscriptions = {f"SUB-{1000 + at}": x for at, x in enumerate(r.sample(given, len(given)))}
    accounts = [[x.id, x.name, r.choice(("Retail", "Health", "SaaS")), r.choice(("Mid-Market", "SMB")), r.choice(("Leeds", "Austin")),
                 f"+1 555 01{r.randint(10, 99)}", r.choice(("P. Ames", "L. Roth")), f"{x.start}", f"https://example.com/{at}"]
                for at, x in enumerate(given)]
    billed = [[x.name + " " * (id_ in ("SUB-1004", "SUB-1009")), id_, r.choice(("Platform - Team", "Platform - Business")), r.randint(5, 60), f"{x.mrr:,.2f}", "USD", f"{x.start}",
               x.end and f"{x.end}", "Net 30", r.choice(("", "PO required"))] for id_, x in subscriptions.items()]
    open_ = [id_ for id_, x in subscriptions.items() if not x.end]
    uses = [[f"{between(r)}", r.choice(open_), f"usr_{r.randint(1, 60)}", r.choice(("report_run", "export", "login")), r.randint(1, 25)]
            for _ in range(24)]
    told = [{"customer_id": subscriptions[b].id, "date": a, "user_id": c, "count": e} for a, b, c, _d, e in uses]
    named = [{"customer_id": x.name, "start_date": x.start, "end_date": x.end, "mrr": x.mrr} for x in given]
    return (
        File("crm_accounts.csv", table(grid(
            "Account ID|Account Name|Industry|Segment|Billing City|Phone|CSM|Customer Since|Website", accounts)), {"crm_accounts": Wanted(
                keyed("Account ID", customers={"customer_name": "Account Name", "owner": "CSM", "started_on": "Customer Since"}),
                {"customers": customers(given)})}),
        File("recurring_billing.csv", table(grid(
            "Customer|Subscription ID|Item|Qty|Monthly Charge|Currency|Start Date|Cancelled On|Terms|Memo", billed)),
            {"recurring_billing": Wanted(keyed("Customer", subscriptions={
                "subscription_id": "Subscription ID", "mrr": "Monthly Charge", "currency": "Currency", "start_date": "Start Date",
                "end_date": "Cancelled On"}), {"subscriptions": named}, may=("Customer", "Item", "Qty"))}),
        File("product_usage.csv", table(grid("day|subscription_id|user_id|event|events", uses)), {"product_usage": Wanted(
            {"usage.subscription_id": "subscription_id", "usage.date": "day", "usage.user_id": "user_id", "usage.feature": "event",
             "usage.count": "events"}, {"usage": [{"subscription_id": b, "date": a, "count": e} for a, b, _c, _d, e in uses]})}),
    ), {"customers": customers(given), "subscriptions": contracts(given), "usage": told}


@case("invoices of four months in four files: Billing Period, Net Amount beside VAT and Gross, one customer stops, one pays more",
      part=PRACTICE)
def invoices_of_four_months(r: random.Random) -> Written:
    given = lives(r, 10, "{:06d}", "en", round_to=25)
    months, files, wanted = [dt.date(2025, month, 1) for month in range(3, 7)], [], []
    for at, x in enumerate(given):
        if at == 2:
            wanted.append({"customer_id": x.id, "start_date": months[0], "end_date": months[2], "mrr": x.mrr})
        elif at == 5:
            wanted += [{"customer_id": x.id, "start_date": months[0], "end_date": months[3], "mrr": x.mrr},
                       {"customer_id": x.id, "start_date": months[3], "end_date": None, "mrr": x.mrr + 100}]
        else:
            wanted.append({"customer_id": x.id, "start_date": months[0], "end_date": None, "mrr": x.mrr})
    for number, month in enumerate(months):
        rows = []
        for at, x in enumerate(given):
            fee = x.mrr + (100 if at == 5 and number == 3 else 0)
            if at != 2 or number < 2:
                rows.append([f"INV-{number + 1}{at:03d}", f"{month}", f"{month:%Y-%m}", x.id, x.name, f"Managed backup {month:%B %Y}",
                             f"{fee:.2f}", f"{fee * 0.2:.2f}", f"{fee * 1.2:.2f}", f"{month + dt.timedelta(30)}",
                             r.choice(("Paid", "Paid", "Open"))])
        stem = f"invoices-{month:%Y-%m}"
        files.append(File(f"{stem}.csv", table(grid(
            "Invoice No|Invoice Date|Billing Period|Customer No|Customer Name|Description|Net Amount|VAT 20%|Gross Amount|Due Date|Status",
            rows)), {stem: Wanted(keyed("Customer No", customers={"customer_name": "Customer Name"}, subscriptions={"mrr": "Net Amount"}),
                                  may=("Net Amount", "Billing Period", "Invoice Date", "Description", "Customer No"))}))
    return tuple(files), {"subscriptions": wanted}


@case("利用実績 of three months in three csv files in Shift JIS, and 契約者マスタ as a workbook with 月額利用料", part=PRACTICE)
def usage_of_three_months(r: random.Random) -> Written:
    given = lives(r, 18, "{:05d}", round_to=500)
    rows = [[x.id, x.name, f"〒100-00{at:02d}", r.choice(("東京都港区", "愛知県名古屋市")), f"03-0000-{at:04d}", r.choice(("士業", "建設", "卸売")),
             r.choice(("佐々木", "森")), r.choice(("スタンダード", "プレミアム")), x.mrr, x.start, x.end, ""] for at, x in enumerate(given)]
    files, told = [File("契約者マスタ.xlsx", workbook({"契約者": grid(
        "顧客コード|会社名|郵便番号|住所|代表電話|業種|弊社担当|契約プラン|月額利用料|契約開始日|解約日|備考", rows, ["※金額は税抜"])}), {"契約者": Wanted(
            keyed("顧客コード", customers={"customer_name": "会社名", "owner": "弊社担当"}, subscriptions={
                "plan": "契約プラン", "mrr": "月額利用料", "start_date": "契約開始日", "end_date": "解約日"}),
            {"customers": customers(given), "subscriptions": contracts(given)}, header_row=2)})], []
    for month in (4, 5, 6):
        uses = [[f"2025年{month}月", x.id, x.name, r.randint(1, 300), r.randint(1, 40), r.randint(10, 4000), r.randint(1, 80)]
                for x in running(given)]
        wanted = [{"customer_id": row[1], "count": row[3], "minutes": row[5]} for row in uses]
        told += wanted
        stem = f"利用実績_2025{month:02d}"
        files.append(File(f"{stem}.csv", table(grid(
            "対象年月|顧客コード|会社名|ログイン回数|利用者数|利用時間(分)|ストレージ使用量(GB)", uses), encoding="cp932"), {stem: Wanted(
                keyed("顧客コード", usage={"date": "対象年月", "count": "ログイン回数", "minutes": "利用時間(分)"}),
                {"usage": wanted}, may=("顧客コード", "会社名", "利用者数"))}))
    return tuple(files), {"usage": told, "subscriptions": contracts(given)}


@case("IT保守: 取引先マスタ by code, 定期請求 of accounting by 請求先名 with ㈱, 受付票 by 取引先コード", part=PRACTICE)
def support_billed_by_name(r: random.Random) -> Written:
    given = lives(r, 13, "TR{:04d}")
    short = {x.name: x.name.replace("株式会社", "㈱") for x in given}
    people = [[x.id, x.name, "", r.choice(("情報システム部", "総務部")), f"06-0000-{at:04d}", r.choice(("大阪市", "神戸市")), r.randint(5, 80),
               r.choice(("A", "B")), r.choice(("西村", "東"))] for at, x in enumerate(given)]
    bills = [[short[x.name], r.choice(("保守パック", "ヘルプデスク")), comma(x.mrr), slash(x.start), slash(x.end) if x.end else "-", "月末締翌月末",
              r.choice(("振込", "口振")), ""] for x in given]
    bills.append(["合計", "", comma(sum(x.mrr for x in given)), *[""] * 5])
    slips = [[f"R25-{at:04d}", slash(between(r)), r.choice(given).id, r.choice(("電話", "メール", "訪問")), r.choice(("至急", "通常")),
              r.choice(("プリンタ不調", "PC入替", "VPN接続")), r.choice(("済", "継続")), r.choice(("西村", "東"))] for at in range(1, 16)]
    wanted = [{**row, "customer_id": short[x.name].replace("㈱", "(株)")} for row, x in zip(contracts(given), given, strict=True)]
    return (
        File("取引先マスタ.csv", table(grid("取引先コード|取引先名|カナ|窓口部署|TEL|所在地|PC台数|ランク|担当者", people), encoding="cp932"),
             {"取引先マスタ": Wanted(keyed("取引先コード", customers={"customer_name": "取引先名", "owner": "担当者"}),
                             {"customers": customers(given)}, may=("カナ", "ランク"))}),
        File("定期請求一覧.csv", table(grid("請求先名|品目|月額(税抜)|開始日|解約日|締め支払|支払方法|摘要", bills), encoding="cp932"), {
            "定期請求一覧": Wanted(keyed("請求先名", subscriptions={
                "product": "品目", "mrr": "月額(税抜)", "start_date": "開始日", "end_date": "解約日"}),
                {"subscriptions": wanted}, may=("請求先名", "品目"))}),
        File("受付票.csv", table(grid("受付番号|受付日|取引先コード|受付方法|緊急度|内容|状況|対応者", slips), encoding="cp932"), {"受付票": Wanted(
            keyed("取引先コード", interactions={"date": "受付日", "kind": "受付方法", "priority": "緊急度", "note": "内容", "status": "状況",
                                          "by": "対応者"}),
            {"interactions": [{"customer_id": row[2], "date": unslashed(row[1])} for row in slips]})}),
    ), {"subscriptions": contracts(given)}


@case("renewals tracker with a pivot on top: Renewals, Add-ons won on top of them, Churn log of others", part=PRACTICE)
def renewals_add_ons_churn(r: random.Random) -> Written:
    given = lives(r, 16, language="en", round_to=100)
    current, gone = given[:11], given[11:]
    pivot = [["Row Labels", "Sum of ARR"], ["Enterprise", 400000], ["SMB", 120000], ["Grand Total", 520000]]
    rows, wanted, added, extra, lost, left = [], [], [], [], [], []
    for x in current:
        due, notice, auto = between(r, dt.date(2025, 8, 1), dt.date(2026, 5, 31)), r.choice((30, 60, 90)), r.random() < 0.6
        rows.append([x.name, r.choice(("Enterprise", "SMB")), r.choice(("Mina", "Theo")), x.mrr * 12, x.start, due, "Yes" if auto else "No",
                     notice, r.choice(("Low", "Med", "High")), r.choice(("Commit", "Best case")), r.choice(("", "send quote"))])
        wanted.append({"customer_id": x.name, "start_date": x.start, "end_date": None, "mrr": x.mrr, "term_end": due, "auto_renews": auto,
                       "notice_days": notice})
    for at, x in enumerate(current[:5]):
        day, fee = between(r, dt.date(2024, 9, 1)), r.randint(1, 9) * 100
        added.append([f"OPP-{at + 210}", x.name, r.choice(("SSO", "Analytics", "API")), fee, day, "Closed Won", r.choice(("Ida", "Raj"))])
        extra.append({"customer_id": x.name, "start_date": day, "mrr": fee})
    for x in gone:
        day, why = between(r, dt.date(2024, 7, 1)), r.choice(("Price", "Went in-house", "Acquired", "No adoption"))
        lost.append([x.name, day, x.mrr * 12, why, r.choice(("", "Acme")), r.choice(("champion left", "budget cut")), "Mina"])
        left.append({"customer_id": x.name, "cancelled_on": day, "reason": why})
    data = workbook({
        "Summary": pivot,
        "Renewals": grid("Account|Segment|CSM|ARR|Contract Start|Renewal Date|Auto-renew|Notice (days)|Risk|Forecast|Next step", rows),
        "Add-ons won": grid("Opp|Account|Product|MRR|Effective From|Stage|Rep", added,
                            ["Sold on top of the base contract, not included in the ARR on Renewals"]),
        "Churn log": grid("Account|Churn Date|ARR lost|Reason|Competitor|What happened|CSM", lost)})
    file = File("Renewals FY25.xlsx", data, {
        "Summary": OFF,
        "Renewals": Wanted(keyed("Account", customers={"customer_name": "Account", "owner": "CSM"}, subscriptions={
            "amount": "ARR", "start_date": "Contract Start", "term_end": "Renewal Date", "auto_renews": "Auto-renew",
            "notice_days": "Notice (days)"}), {"subscriptions": wanted}, may=("Risk",)),
        "Add-ons won": Wanted(keyed("Account", subscriptions={"product": "Product", "mrr": "MRR", "start_date": "Effective From"}),
                              {"subscriptions": extra}, may=("Account", "Opp", "Rep"), header_row=2),
        "Churn log": Wanted(keyed("Account", cancellations={"cancelled_on": "Churn Date", "reason": "Reason", "comment": "What happened"}),
                            {"cancellations": left}, may=("Account", "CSM", "Churn Date"))})
    return (file,), {"cancellations": left,
                     "subscriptions": [{name: row.get(name) for name in ("customer_id", "start_date", "mrr")} for row in wanted + extra]}
