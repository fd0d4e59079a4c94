"""Held out in practice, kept until the end: more exports of products, under the headers that their makers publish."""

from __future__ import annotations

import datetime as dt
import random

from tests.ingest.corpus.cases import File, Wanted, case, keyed
from tests.ingest.corpus.lives import contracts, customers, lives, names
from tests.ingest.corpus.writing import european, slash, table, workbook

KEPT = "held out in practice, kept"


@case("Gladly's Conversation Export: Created At above ids and names of agents and inboxes, each with a dash and the moment it was taken",
      part=KEPT, page="https://connect.gladly.com/docs/help-documentation/article/conversation-export")
def gladly_conversations(r: random.Random) -> File:
    rows, wanted = [], []
    agents = {"Ana": "a1x9", "Ben": "b7k2"}
    for at in range(18):
        id_, day, agent = f"cus-{r.randint(1, 7):04d}", dt.date(2025, r.randint(4, 6), r.randint(1, 27)), r.choice(list(agents))
        status = r.choice(("CLOSED", "CLOSED", "OPEN"))
        done = f"{day + dt.timedelta(1)} 10:05:00" if status == "CLOSED" else ""
        rows.append([f"{day} 09:{10 + at}:00", f"cnv-{80000 + at}", id_, f"https://acme.example.com/conversation/{80000 + at}", status, agents[agent], agent,
                     "ibx-1", "Billing" if at % 3 else "Technical", done, done, r.choice(("Customer", "Agent")), "", ""])
        wanted.append({"customer_id": id_, "date": day, "status": status, "by": agent})
    head = ["Created At", "Conversation ID", "Customer ID", "Conversation Link", "Status", "Assigned Agent ID – Current",
            "Assigned Agent Name – Current", "Inbox ID – Current", "Inbox Name – Current", "First Closed At", "Last Closed At",
            "Initiator Type – Created", "Initiator Agent ID – Created", "Initiator Agent Name – Created"]
    return File("Conversation Export.csv", table([head, *rows]), {"Conversation Export": Wanted(
        keyed("Customer ID", interactions={"date": "Created At", "status": "Status", "by": "Assigned Agent Name – Current"}),
        {"interactions": wanted}, may=("Customer ID", "Inbox Name – Current", "Initiator Type – Created"))})


@case("請求管理ロボの請求先: one row per 請求先部署, so that two rows may be one customer; 宛名, address and 決済情報 around it", part=KEPT,
      page="https://apispec.billing-robo.jp/public/billing/bulk_upsert.html")
def billing_robo_customers(r: random.Random) -> File:
    rows, wanted = [], []
    for at, name in enumerate(names(r, 12)):
        for part in ("本社", "大阪支店")[:2 if at % 5 == 3 else 1]:
            rows.append([f"T{at + 1:04d}", name, 3300 + len(rows), f"D{len(rows):03d}", part, f"{name} 経理ご担当者", f"10{r.randint(10000, 99999)}",
                         "大阪府" if part == "大阪支店" else "東京都", "中央区1-2-3", f"keiri{at}@example.jp", "03-5555-0000", f"P{at:03d}", "銀行振込", 0])
        wanted.append({"customer_id": f"T{at + 1:04d}", "customer_name": name})
    head = ["請求先コード", "請求先名", "請求先部署番号", "請求先部署コード", "請求先部署名", "宛名1", "郵便番号", "都道府県名", "市区町村番地", "メールアドレス",
            "電話番号", "決済情報コード", "決済情報名", "決済手段"]
    return File("請求先_20250630.csv", table([head, *rows], encoding="cp932"), {"請求先_20250630": Wanted(
        keyed("請求先コード", customers={"customer_name": "請求先名"}), {"customers": wanted}, may=("請求先部署名",))})


@case("Zoho Deskの問い合わせレポート: 取引先名 beside 連絡先名, 作成日時 among three times, 問い合わせの担当者, 分類 and カテゴリー, 顧客満足度 mostly empty",
      part=KEPT, page="https://help.zoho.com/portal/ja/kb/desk/getting-started/introduction/articles/"
      "%E3%83%98%E3%83%AB%E3%83%97%E3%83%87%E3%82%B9%E3%82%AF%E3%81%AE%E6%A8%99%E6%BA%96%E3%82%BF%E3%83%96%E3%81%A8%E6%A8%99%E6%BA%96%E9%A0%85%E7%9B%AE")
def zoho_desk_tickets(r: random.Random) -> File:
    companies, rows, wanted = names(r, 6), [], []
    for at in range(16):
        name, day, by = r.choice(companies), dt.date(2025, r.randint(4, 6), r.randint(1, 27)), r.choice(("小林", "長谷川"))
        title, status = r.choice(("ログインできない", "帳票が出力されない", "請求先の変更", "操作方法について")), r.choice(("完了", "完了", "対応中", "保留"))
        rows.append(["サポート", name, f"ご担当{at % 5}", by, status, title, r.choice(("勤怠", "経費")), r.choice(("障害", "操作", "契約")), "", r.choice(("質問", "問題", "要望")),
                     f"{slash(day + dt.timedelta(2))} 18:00", f"{slash(day)} 09:{10 + at}", f"{slash(day + dt.timedelta(1))} 11:05",
                     r.choice(("", "", "", "良い")), "false"])
        wanted.append({"customer_id": name, "date": day, "status": status, "by": by, "note": title})
    head = ["部門", "取引先名", "連絡先名", "問い合わせの担当者", "ステータス", "件名", "商品名", "カテゴリー", "サブカテゴリー", "分類", "期限", "作成日時", "顧客の返信日時",
            "顧客満足度", "エスカレーションあり"]
    return File("問い合わせ一覧.xlsx", workbook({"レポート": [["問い合わせ一覧(2025年4月～6月)"], [], head, *rows]}), {"レポート": Wanted(
        keyed("取引先名", interactions={"date": "作成日時", "status": "ステータス", "by": "問い合わせの担当者", "note": "件名"}),
        {"interactions": wanted}, may=("取引先名", "作成日時", "分類", "カテゴリー", "連絡先名", "顧客満足度"))})


@case("Xero sales invoices with stars before headers, British days: one invoice per customer and month, *Quantity times *UnitAmount", part=KEPT,
      page="no page lists them: as public code writes and reads Xero's sales invoice CSV")
def xero_invoices(r: random.Random) -> File:
    days = [dt.date(2025, month, 25) for month in range(2, 7)]
    rows, wanted = [], []
    for at, name in enumerate(names(r, 4, "en")):
        price, seats = r.choice((18, 24, 32)), r.randint(5, 40)
        runs = {0: [(0, 3, seats), (3, 5, seats + 6)], 3: [(0, 4, seats)]}.get(at, [(at - 1, 5, seats)])
        for first, last, count in runs:
            rows += [[name, f"accounts{at}@example.co.uk", f"{at + 1} High Street", "Leeds", "LS1 1AA", f"INV-{310 + at * 10 + day.month}", "", european(day),
                      european(day + dt.timedelta(14)), "MSP-USER", "Managed IT support, per user", count, f"{price:.2f}", "", 200,
                      "20% (VAT on Income)", "", "", "GBP"] for day in days[first:last]]
            wanted.append({"customer_id": name, "start_date": days[first].replace(day=1), "end_date": days[last].replace(day=1) if last < 5 else None,
                           "mrr": price * count})
    head = ["*ContactName", "EmailAddress", "POAddressLine1", "POCity", "POPostalCode", "*InvoiceNumber", "Reference", "*InvoiceDate", "*DueDate",
            "InventoryItemCode", "*Description", "*Quantity", "*UnitAmount", "Discount", "*AccountCode", "*TaxType", "TrackingName1",
            "TrackingOption1", "Currency"]
    return File("SalesInvoices.csv", table([head, *rows]), {"SalesInvoices": Wanted(
        keyed("*ContactName", subscriptions={}), {"subscriptions": wanted},
        may=("*ContactName", "*InvoiceDate", "*UnitAmount", "*Quantity", "*Description", "*InvoiceNumber", "InventoryItemCode", "Currency"))})


@case("a report of accounts with Gainsight's required fields: Original Contract Date before the current contract's, ARR, CSM Owner, Sales Rep",
      part=KEPT, page="https://support.gainsight.com/Training_and_Videos/Implementation_and_Onboarding/Data_Preparation_Account_and_Contact_Data")
def gainsight_account_report(r: random.Random) -> File:
    rows, wanted, named = [], [], []
    for life in lives(r, 14, "001A00000{:05d}x", "en", round_to=100):
        start, csm = dt.date(2024, r.randint(8, 12), 1), r.choice(("Kim", "Noor", "Alex"))
        until = start.replace(year=2025)
        rows.append([life.id, life.name, "Active", "Customer", life.start, start, until - dt.timedelta(1), until, life.mrr * 12, csm,
                     r.choice(("Implementation", "Launched", "Adoption")), r.choice(("East", "West")), r.choice(("Lee", "Ray")), r.choice(("Direct", "Reseller"))])
        wanted.append({"customer_id": life.id, "start_date": start, "mrr": life.mrr})
        named.append({"customer_id": life.id, "customer_name": life.name, "started_on": life.start, "owner": csm})
    head = ["Account ID", "Account Name", "Account Status", "Account Record Type", "Original Contract Date", "Current Contract Start Date",
            "Current Contract End Date", "Renewal Date", "ARR", "CSM Owner", "Customer Stage", "Sales Territory", "Sales Rep", "Company Type"]
    return File("Customers for CS.xlsx", workbook({"Report": [["Active customers, as of 30 June 2025"], head, *rows]}), {"Report": Wanted(
        keyed("Account ID", customers={"customer_name": "Account Name", "started_on": "Original Contract Date", "owner": "CSM Owner"},
              subscriptions={"start_date": "Current Contract Start Date", "amount": "ARR"}),
        {"subscriptions": wanted, "customers": named},
        may=("Account Status", "Customer Stage", "Current Contract End Date", "Renewal Date"))})


@case("Chargebee's Subscriptions.csv: started_at under an empty start_date, plan_amount is the unit price times the quantity, cancelled_at",
      part=KEPT, page="no page lists them: as public programs that move data read Chargebee's export of subscriptions")
def chargebee_subscriptions(r: random.Random) -> File:
    given, rows = lives(r, 14, "cb_{:05d}", "en", round_to=12), []
    for at, life in enumerate(given):
        count = r.choice((2, 3, 4, 6))
        term = dt.date(2025, 6, min(life.start.day, 28))
        rows.append([f"16BjT{at:06d}", "team-monthly", count, f"{life.mrr / count:.2f}", f"{life.mrr:.2f}", "Cancelled" if life.end else "Active", "", "", "",
                     "" if life.end else f"{term} 10:00", "" if life.end else f"{term.replace(month=7)} 09:59", "", f"{life.start} 10:00",
                     f"{life.start} 10:00", life.end and f"{life.end} 10:00", "", "On", "", "", life.id, "Jo", "Doe", f"jo{at}@example.com", life.name,
                     "Austin", "US"])
    head = ["subscriptions.id", "subscriptions.plan_id", "subscriptions.plan_quantity", "subscriptions.plan_unit_price", "subscriptions.plan_amount",
            "subscriptions.status", "subscriptions.start_date", "subscriptions.trial_start", "subscriptions.trial_end",
            "subscriptions.current_term_start", "subscriptions.current_term_end", "subscriptions.remaining_billing_cycles",
            "subscriptions.created_at", "subscriptions.started_at", "subscriptions.cancelled_at", "subscriptions.po_number",
            "subscriptions.auto_collection", "subscriptions.pause_date", "subscriptions.resume_date", "customers.id", "customers.first_name",
            "customers.last_name", "customers.email", "addresses.company", "addresses.city", "addresses.country"]
    return File("Subscriptions.csv", table([head, *rows]), {"Subscriptions": Wanted(
        keyed("customers.id", customers={"customer_name": "addresses.company"}, subscriptions={
            "start_date": "subscriptions.started_at", "end_date": "subscriptions.cancelled_at", "amount": "subscriptions.plan_amount",
            "plan": "subscriptions.plan_id", "seats": "subscriptions.plan_quantity"}),
        {"subscriptions": contracts(given), "customers": customers(given)},
        may=("subscriptions.id", "subscriptions.status", "subscriptions.current_term_end", "subscriptions.start_date"))})
