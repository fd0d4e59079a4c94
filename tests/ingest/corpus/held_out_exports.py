"""Held out: exports of products, others or other reports than in the first part; each names its page."""

from __future__ import annotations

import datetime as dt
import random

from tests.ingest.corpus.cases import File, Wanted, case, keyed
from tests.ingest.corpus.held_out_layouts_ja import YEAR, stretches
from tests.ingest.corpus.lives import contracts, customers, lives, names
from tests.ingest.corpus.shapes import stories
from tests.ingest.corpus.writing import comma, slash, table


def day(r: random.Random) -> dt.date:
    return dt.date(2025, r.randint(1, 6), r.randint(13, 28))


@case("Chargebee's MRR by month: the month as its last day, the MRR of the month before beside", part="held out",
      page="https://datacatalog.chargebee.com/subscription_mrr_monthly_summary")
def chargebee_mrr_by_month(r: random.Random) -> File:
    given = {f"cb_{n:02d}": amounts for n, amounts in enumerate(stories(r, 8, YEAR), 1)}
    rows = []
    for id_, amounts in given.items():
        for at, month in enumerate(YEAR):
            last = (month + dt.timedelta(31)).replace(day=1) - dt.timedelta(1)
            if amounts[at]:
                rows.append([f"{id_}-{at}", id_, f"sub_{id_}", "Asia/Tokyo", f"{last} 00:00:00", "active", "active", "USD",
                             amounts[at], amounts[at - 1] if at else 0])
    head = ["id", "customer_id", "subscription_id", "reporting_timezone", "reporting_month", "status", "status_previous",
            "billing_currency_code", "mrr_billing_currency", "mrr_previous_billing_currency"]
    return File("subscription_mrr_monthly_summary.csv", table([head, *rows]), {"subscription_mrr_monthly_summary": Wanted(
        keyed("customer_id", subscriptions={"subscription_id": "subscription_id", "start_date": "reporting_month",
                                            "currency": "billing_currency_code", "mrr": "mrr_billing_currency"}),
        {"subscriptions": [row | {"subscription_id": f"sub_{row['customer_id']}"} for row in stretches(given, YEAR)]},
        shape="monthly_long")})


@case("Zuora's subscriptions with their term, renewal and Contracted MRR", part="held out", page=(
    "https://docs.zuora.com/zuora-platform/data/reporting/data-sources-and-exports/data-source-reference/"
    "subscription-data-source"))
def zuora_subscriptions(r: random.Random) -> File:
    given = lives(r, 12, "A{:08d}", "en", round_to=10)
    rows, wanted = [], []
    for n, life in enumerate(given, start=1):
        term = life.start.replace(year=2026, day=min(life.start.day, 28))
        rows.append([life.name, life.id, f"A-S{n:08d}", "Cancelled" if life.end else "Active", life.start, term,
                     "true" if n % 2 else "false", life.end, "USD", f"{life.mrr:.2f}"])
        wanted.append({"customer_id": life.id, "subscription_id": f"A-S{n:08d}", "start_date": life.start,
                       "end_date": life.end, "term_end": term, "auto_renews": bool(n % 2), "mrr": life.mrr, "currency": "USD"})
    head = ["Account: Name", "Account: Account Number", "Subscription: Name", "Subscription: Status",
            "Subscription: Contract Effective Date", "Subscription: Term End Date", "Subscription: Auto Renew",
            "Subscription: Cancelled Date", "Subscription: Currency", "Subscription: CMRR"]
    text = table([head, *([cell.isoformat() if isinstance(cell, dt.date) else cell for cell in row] for row in rows)])
    return File("Subscription_Data_Source.csv", text, {"Subscription_Data_Source": Wanted(
        keyed(head[1], subscriptions={"subscription_id": head[2], "start_date": head[4], "term_end": head[5], "auto_renews": head[6],
                                      "end_date": head[7], "currency": head[8], "mrr": head[9]},
              customers={"customer_name": head[0]}),
        {"subscriptions": wanted, "customers": customers(given)}, may=(head[3], head[7]))})


@case("Intercom conversations", part="held out",
      page="https://gist.github.com/YoshiteruIwasaki/3edd71eb1d968fcfa4c56ef7a0bcfbd8")
def intercom_conversations(r: random.Random) -> File:
    wanted = [{"customer_id": f"co_{r.randint(1, 20)}", "date": day(r), "status": r.choice(("open", "closed")), "by": "Aya"}
              for _ in range(15)]
    rows = [[n, f"{row['date']} 10:00:00", row["status"], "Aya", row["customer_id"], f"Firm {row['customer_id']}", f"u{n}", "Jo",
             "Hi,\nhow do I export?"] for n, row in enumerate(wanted, 1)]
    head = ["ID", "Created Date", "Status", "Admin User", "Company ID", "Company", "User ID", "User Name", "Conversation"]
    return File("intercom_conversations.csv", table([head, *rows]), {"intercom_conversations": Wanted(
        keyed("Company ID", interactions={"date": "Created Date", "status": "Status", "by": "Admin User", "note": "Conversation"}),
        {"interactions": wanted}, may=("User ID", "User Name", "Company ID", "Company"))})


@case("L-Gate の利用履歴: names of columns in English, schools in Japanese", part="held out",
      page="https://www.info.l-gate.net/admin_manual/%e5%88%a9%e7%94%a8%e5%b1%a5%e6%ad%b4%e3%82%92csv%e3%81%a7%e7%a2%ba%e8%aa%8d"
           "%e3%81%99%e3%82%8b/")
def lgate_history(r: random.Random) -> File:
    wanted = [{"customer_id": r.choice(("第一小学校", "桜中学校", "北小学校")), "date": day(r), "user_id": f"s{r.randint(1, 50):04d}",
               "feature": r.choice(("signin", "launch"))} for _ in range(20)]
    rows = [[f"{row['date']} 08:45:10", row["feature"], row["user_id"], "山田", "花子", "2025年度:3年1組", row["customer_id"],
             "192.0.2.1"] for row in wanted]
    head = ["createdAt", "action", "username", "familyName", "givenName", "schoolClassName", "schoolName", "remoteAddress"]
    return File("利用履歴.csv", table([head, *rows], encoding="utf-8-sig"), {"利用履歴": Wanted(
        keyed("schoolName", usage={"date": "createdAt", "feature": "action", "user_id": "username"}), {"usage": wanted},
        may=("schoolName",))})


@case("SurveyMonkey answers: Start Date and End Date are those of the answer", part="held out",
      page="no page lists them: as public programs read the export of all responses")
def surveymonkey_answers(r: random.Random) -> File:
    head = ["Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address", "Email Address", "First Name", "Last Name",
            "Company name", "How likely is it that you would recommend us to a friend or colleague?"]
    rows, wanted = [], []
    for n in range(14):
        when, who, score = day(r), f"Firm {r.choice('ABCDEF')}", r.randint(0, 10)
        stamp = f"{when:%m/%d/%Y} 03:1{n % 10}:00 PM"
        rows.append([114_000_000 + n, 4100, stamp, stamp, "198.51.100.7", f"p{n}@example.com", "", "", who, score])
        wanted.append({"customer_id": who, "answered_on": when, "kind": "nps", "score": score})
    return File("NPS 2025.csv", table([head, *rows]), {"NPS 2025": Wanted(
        keyed("Company name", surveys={"score": head[9]}) | {"surveys.answered_on": "End Date"}, {"surveys": wanted},
        may=("Company name", "Respondent ID", "Email Address"))})


@case("Freshdesk tickets", part="held out", page="no page lists them: as public programs read the export of tickets")
def freshdesk_tickets(r: random.Random) -> File:
    wanted = [{"customer_id": name, "date": day(r), "kind": r.choice(("Question", "Incident")),
               "priority": r.choice(("Low", "Urgent")), "status": r.choice(("Open", "Closed")), "by": "Ravi"}
              for name in names(r, 12, "en")]
    rows = [[n, "Login", row["status"], row["priority"], "Portal", row["kind"], row["by"], "Support", f"{row['date']} 11:20:31",
             f"{row['date']} 18:00:00", "Ann Lee", "ann@example.com", row["customer_id"]] for n, row in enumerate(wanted, 1)]
    head = ["Ticket ID", "Subject", "Status", "Priority", "Source", "Type", "Agent", "Group", "Created time", "Resolved time",
            "Full name", "Email", "Company name"]
    return File("freshdesk_tickets.csv", table([head, *rows]), {"freshdesk_tickets": Wanted(
        keyed("Company name", interactions={"date": "Created time", "kind": "Type", "priority": "Priority", "status": "Status",
                                            "by": "Agent"}), {"interactions": wanted}, may=("Company name", "Subject"))})


@case("楽楽販売 の請求データ: the bill of a month for each customer, read as months or asked, never as contracts",
      part="held out", page="https://success-navi.rakurakuhanbai.jp/manual/detail/1140")
def rakuraku_bills(r: random.Random) -> File:
    rows, wanted = [], []
    for n, name in enumerate(names(r, 6), start=1):
        amount = r.randint(5, 40) * 1000
        for month in range(1, 7):
            rows.append([f"2025/{month}/1", f"CID{n:04d}", name, comma(amount), f"25年{month:02d}月請求分", f"2025/{month}/28"])
        wanted.append({"customer_id": f"CID{n:04d}", "start_date": dt.date(2025, 1, 1), "end_date": None, "mrr": amount})
    head = ["請求日", "顧客コード", "顧客名", "請求額", "請求内容", "入金予定日"]
    return File("請求データ.csv", table([head, *rows], encoding="cp932"), {"請求データ": Wanted(
        keyed("顧客コード", subscriptions={"start_date": "請求日", "mrr": "請求額"}, customers={"customer_name": "顧客名"}),
        {"subscriptions": wanted}, shape="monthly_long", may=("請求内容",))})


@case("Recurly subscriptions: canceled_at is the notice, expires_at the end", part="held out",
      page="https://docs.recurly.com/docs/subscriptions-exports")
def recurly_subscriptions(r: random.Random) -> File:
    given = lives(r, 12, "acc-{:04d}", "en", round_to=10)
    rows = [[f"u{n:018d}", life.id, f"p{n}@example.com", "gold", "Gold", "expired" if life.end else "active", 1, life.mrr, "USD",
             f"{life.start} 04:00:00 UTC", life.end and f"{life.end - dt.timedelta(12)} 04:00:00 UTC",
             life.end and f"{life.end} 04:00:00 UTC"] for n, life in enumerate(given, 1)]
    head = ["uuid", "account_code", "email", "plan_code", "plan_name", "state", "quantity", "unit_amount", "currency",
            "activated_at", "canceled_at", "expires_at"]
    return File("subscriptions_export.csv", table([head, *rows]), {"subscriptions_export": Wanted(
        keyed("account_code", subscriptions={"subscription_id": "uuid", "plan": "plan_name", "currency": "currency",
                                             "start_date": "activated_at", "end_date": "expires_at"}),
        {"subscriptions": [{name: row[name] for name in ("customer_id", "start_date", "end_date")} for row in contracts(given)]},
        may=("quantity", "unit_amount", "canceled_at", "plan_code"))})


@case("a list for invoices: 請求先 and 定期 lines with 開始年月 and 終了年月 of each", part="held out",
      page="no page lists them: as sales programs of Japanese offices export standing orders")
def standing_orders(r: random.Random) -> File:
    given = lives(r, 11, "{:08d}", is_month_first=True)
    rows, wanted = [], []
    for life in given:
        last = life.end and (life.end + dt.timedelta(31)).replace(day=1) - dt.timedelta(1)
        rows.append([life.id, life.name, "保守サービス", 1, life.mrr, life.mrr, f"{life.start:%Y/%m}",
                     life.end and f"{life.end:%Y/%m}", slash(life.start)])
        wanted.append({"customer_id": life.id, "start_date": life.start, "end_date": last, "mrr": life.mrr})
    head = ["請求先コード", "請求先名", "品名", "数量", "単価", "月額金額", "請求開始年月", "請求終了年月", "登録日"]
    return File("定期請求.csv", table([head, *rows], encoding="cp932"), {"定期請求": Wanted(
        keyed("請求先コード", subscriptions={"product": "品名", "mrr": "月額金額", "start_date": "請求開始年月",
                                       "end_date": "請求終了年月"}, customers={"customer_name": "請求先名"}),
        {"subscriptions": wanted, "customers": customers(given)}, may=("数量", "登録日"))})
