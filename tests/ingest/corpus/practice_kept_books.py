"""Held out in practice, kept until the end: workbooks of several sheets and several files at once."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from tests.ingest.corpus.cases import File, Wanted, Written, case, keyed
from tests.ingest.corpus.lives import contracts, customers, lives
from tests.ingest.corpus.practice_books import OFF, between, by_id, grid, running, unslashed
from tests.ingest.corpus.writing import comma, slash, table, workbook

KEPT = "held out in practice, kept"


@case("契約明細 with several rows per customer (追加, プラン変更), 導入進捗 wide by 顧客名, 解約記録 with 申出日 beside 解約日", part=KEPT)
def contract_lines_and_onboarding(r: random.Random) -> Written:
    given = lives(r, 12, "A{:05d}", shortest=240)
    lines, wanted, steps, done, left, told = [], [], [], [], [], []
    for at, x in enumerate(given):
        turn, more = x.start + dt.timedelta(r.randint(60, 200)), x.mrr + r.randint(2, 9) * 1000
        spans: list[tuple[Any, ...]] = [("新規", "基幹プラン", x.start, x.end, x.mrr)]
        if at % 4 == 0:
            spans = [("新規", "基幹プラン", x.start, turn, x.mrr), ("プラン変更", "基幹プラン", turn, x.end, more)]
        elif at % 4 == 1:
            spans.append(("追加", "電子署名オプション", turn, x.end, r.randint(2, 9) * 500))
        for number, (kind, product, start, end, fee) in enumerate(spans, 1):
            lines.append([f"{x.id}-{number}", x.id, x.name, kind, product, comma(fee), slash(start), end and slash(end), r.choice(("年一括", "月払")),
                          r.choice(("直販", "代理店")), ""])
            wanted.append({"customer_id": x.id, "start_date": start, "end_date": end, "mrr": fee, "product": product})
        days: list[dt.date | None] = [x.start + dt.timedelta(n) for n in (r.randint(1, 7), r.randint(8, 20), r.randint(21, 40))]
        days = [*days[:2], None] if at % 5 == 3 else days
        steps.append([x.name, r.choice(("吉田", "松本")), *days, r.choice(("", "先方繁忙期"))])
        done += [{"customer_id": x.name, "milestone": name, "completed_on": day}
                 for name, day in zip(("キックオフ", "初期設定", "管理者研修"), days, strict=True) if day]
        if x.end:
            why = r.choice(("費用対効果", "合併", "利用者が増えず"))
            left.append([x.id, x.name, x.end - dt.timedelta(r.randint(30, 60)), x.end, why, r.choice(("本社の方針", "", "後継者不在")), "吉田"])
            told.append({"customer_id": x.id, "cancelled_on": x.end, "reason": why})
    data = workbook({
        "導入進捗": grid("顧客名|担当CS|キックオフ|初期設定|管理者研修|備考", steps, ["導入進捗管理（日付は完了日）"]),
        "解約記録": grid("顧客コード|顧客名|申出日|解約日|解約理由|詳細|対応者", left)})
    return (
        File("契約明細.csv", table(grid("明細番号|顧客コード|顧客名|区分|商品名|月額(税抜)|開始日|解約日|支払方法|販路|備考", lines), encoding="cp932"), {
            "契約明細": Wanted(keyed("顧客コード", customers={"customer_name": "顧客名"}, subscriptions={
                "product": "商品名", "mrr": "月額(税抜)", "start_date": "開始日", "end_date": "解約日"}),
                {"subscriptions": wanted, "customers": customers(given)}, may=("明細番号", "区分", "支払方法"))}),
        File("CS進捗.xlsx", data, {
            "導入進捗": Wanted(keyed("顧客名", customers={"customer_name": "顧客名", "owner": "担当CS"}, milestones={}), {"milestones": done},
                           milestones={name: name for name in ("キックオフ", "初期設定", "管理者研修")}, header_row=2),
            "解約記録": Wanted(keyed("顧客コード", cancellations={"cancelled_on": "解約日", "reason": "解約理由", "comment": "詳細"}),
                           {"cancellations": told}, may=("顧客コード", "顧客名", "解約日"))}),
    ), {"subscriptions": wanted, "milestones": by_id(done, given), "cancellations": told}


@case("CS workbook: README, Accounts, Subscriptions, Onboarding of steps due and done, Tickets by name, NPS, Definitions", part=KEPT)
def cs_workbook_with_readme(r: random.Random) -> Written:
    given = lives(r, 12, "AC-{:03d}", "en", round_to=50)
    people = [[x.id, x.name, r.choice(("EMEA", "NA")), r.choice(("Fintech", "Edtech")), r.randint(20, 900), r.choice(("Ruth", "Deniz")),
               f"c{at}@example.com", r.choice(("", "Logo OK for website"))] for at, x in enumerate(given)]
    deals = [[f"S-{at:03d}", x.id, r.choice(("Core", "Plus")), r.randint(5, 80), x.start, x.mrr, x.end, r.choice(("Annual upfront", "Monthly")),
              "Active" if not x.end else "Cancelled"] for at, x in enumerate(given)]
    steps, done = [], []
    for x in given:
        for name, limit in (("Kickoff", 7), ("SSO live", 21), ("First report", 30)):
            day = x.start + dt.timedelta(r.randint(1, limit + 20)) if r.random() < 0.9 or name == "Kickoff" else None
            steps.append([x.id, x.name, name, x.start + dt.timedelta(limit), day, r.choice(("Ruth", "Deniz"))])
            done += [{"customer_id": x.id, "milestone": name, "completed_on": day}] if day else []
    asks = [[4000 + at, between(r), r.choice(given).name, r.choice(("Urgent", "Normal")), r.choice(("Solved", "Open")),
             r.choice(("Export fails", "Add a user")), r.choice(("Ruth", "Sam"))] for at in range(14)]
    told = [{"customer_id": row[2], "date": row[1]} for row in asks]
    votes = [[between(r), x.id, r.choice(("Admin", "End user")), r.randint(2, 10), r.choice(("", "Great team"))] for x in running(given)]
    data = workbook({
        "README": [["CS workbook - owner: CS Ops"], ["Accounts: from CRM every Monday"], ["Tickets: from the help desk"]],
        "Accounts": grid("Account ID|Account name|Region|Vertical|Employees|CSM|Champion email|Notes", people),
        "Subscriptions": grid("Subscription|Account ID|Plan|Seats|Start date|MRR|Cancelled on|Billing|Status", deals),
        "Onboarding": grid("Account ID|Account name|Milestone|Due date|Completed on|Owner", steps),
        "Tickets": grid("Ticket #|Created|Account|Priority|Status|Subject|Assignee", asks),
        "NPS": grid("Answered|Account ID|Role|NPS score|Comment", votes),
        "Definitions": [["Term", "Meaning"], ["MRR", "Monthly recurring revenue without tax"], ["Churned", "Cancelled and access ended"]]})
    file = File("CS workbook.xlsx", data, {
        "README": OFF, "Definitions": OFF,
        "Accounts": Wanted(keyed("Account ID", customers={"customer_name": "Account name", "owner": "CSM"}), {"customers": customers(given)}),
        "Subscriptions": Wanted(keyed("Account ID", subscriptions={
            "subscription_id": "Subscription", "plan": "Plan", "seats": "Seats", "start_date": "Start date", "mrr": "MRR",
            "end_date": "Cancelled on"}), {"subscriptions": contracts(given)}, may=("Billing", "Status", "Account ID")),
        "Onboarding": Wanted(keyed("Account ID", milestones={"milestone": "Milestone", "completed_on": "Completed on"}), {"milestones": done},
                             may=("Account ID", "Account name", "Owner")),
        "Tickets": Wanted(keyed("Account", interactions={"date": "Created", "priority": "Priority", "status": "Status", "note": "Subject",
                                                         "by": "Assignee"}), {"interactions": told}, may=("Account",)),
        "NPS": Wanted(keyed("Account ID", surveys={"answered_on": "Answered", "score": "NPS score", "comment": "Comment"}),
                      {"surveys": [{"customer_id": row[1], "answered_on": row[0], "kind": "nps", "score": row[3]} for row in votes]},
                      may=("Role",))})
    return (file,), {"interactions": by_id(told, given), "milestones": done, "subscriptions": contracts(given)}


@case("経理のMRR推移 in 千円 over six months with 合計, the CS team's 担当表 by the same 顧客番号, and 定例会記録 by 顧客名", part=KEPT)
def mrr_of_accounting_and_minutes(r: random.Random) -> Written:
    given = lives(r, 11, "{:04d}")
    months = [dt.date(2025, month, 1) for month in range(1, 7)]
    rows, wanted = [], []
    for at, x in enumerate(given):
        fee, more = r.randint(8, 90), r.randint(91, 120)
        cells: list[int | None] = [None] * 2 + [fee] * 4 if at % 5 == 1 else [fee] * 4 + [None] * 2 if at % 5 == 3 else [fee] * 6
        spans = [(months[2 if at % 5 == 1 else 0], months[4] if at % 5 == 3 else None, fee)]
        if at == 5:
            cells, spans = [fee] * 3 + [more] * 3, [(months[0], months[3], fee), (months[3], None, more)]
        rows.append([x.id, x.name, r.choice(("標準", "上位")), *cells])
        wanted += [{"customer_id": x.id, "start_date": a, "end_date": b, "mrr": c * 1000} for a, b, c in spans]
    total = [None, "合計", None, *(sum(row[3 + at] or 0 for row in rows) for at in range(6))]
    people = [[x.id, x.name, r.choice(("卸売", "通信")), r.choice(("松井", "岡")), r.choice(("ハイタッチ", "テックタッチ")), f"045-000-{at:04d}",
               r.choice(("◯", "×"))] for at, x in enumerate(given)]
    met = [[slash(between(r)), r.choice(given).name, r.choice(("オンライン", "訪問")), r.choice(("更新の相談", "四半期報告")), r.choice(("松井", "岡")),
            slash(between(r, dt.date(2025, 7, 2), dt.date(2025, 9, 30)))] for _ in range(10)]
    told = [{"customer_id": row[1], "date": unslashed(row[0])} for row in met]
    head = "顧客番号|顧客名|プラン|" + "|".join(f"2025年{month.month}月" for month in months)
    return (
        File("MRR推移_2025上期.xlsx", workbook({"MRR推移": grid(head, [*rows, total], ["MRR推移表", None, None, None, None, "単位：千円"])}), {
            "MRR推移": Wanted(keyed("顧客番号", customers={"customer_name": "顧客名"}, subscriptions={"plan": "プラン"}),
                            {"subscriptions": wanted}, header_row=2, may=("顧客番号",),
                            months={f"2025年{month.month}月": f"{month:%Y-%m}" for month in months})}),
        File("担当表.xlsx", workbook({"担当表": grid("顧客番号|顧客名|業種|担当CS|タッチモデル|電話|事例掲載", people)}), {"担当表": Wanted(
            keyed("顧客番号", customers={"customer_name": "顧客名", "owner": "担当CS", "touch_model": "タッチモデル"}), {"customers": customers(given)})}),
        File("定例会記録.csv", table(grid("実施日|顧客名|形式|議題|実施者|次回予定日", met)), {"定例会記録": Wanted(
            keyed("顧客名", interactions={"date": "実施日", "note": "議題", "by": "実施者"}), {"interactions": told}, may=("顧客名", "形式"))}),
    ), {"subscriptions": wanted, "interactions": by_id(told, given)}


@case("telecom reseller: accounts, a service inventory with MRC and NRC of several lines per account, contacts, tickets by name", part=KEPT)
def service_inventory(r: random.Random) -> Written:
    given = lives(r, 9, "{:07d}", "en", round_to=5)
    accounts = [[x.id, x.name, r.choice(("NJ", "NY", "PA")), r.choice(("Wholesale", "Direct")), r.choice(("Gale", "Ivo")), "Net 30", f"{x.start}"]
                for x in given]
    lines, wanted = [], []
    for at, x in enumerate(given):
        for number in range(1 + at % 3):
            end, fee = x.end or (dt.date(2025, 3, 31) if at == 5 and number else None), r.randint(20, 400)
            start = x.start + dt.timedelta(number * 30)
            lines.append([f"CKT{at:03d}{number}", x.id, r.choice(("HQ", "Warehouse")), ("Fiber 500M", "SIP trunk", "LTE backup")[number],
                          f"{fee:.2f}", f"{r.randint(0, 5) * 50:.2f}", f"{start}", end and f"{end}", r.choice((12, 36)), "" if end else "In service"])
            wanted.append({"customer_id": x.id, "start_date": start, "end_date": end, "mrr": fee, "subscription_id": f"CKT{at:03d}{number}"})
    people = [[x.id, f"Contact {at}", f"p{at}@example.com", r.choice(("Billing", "IT", "Owner")), f"+1 555 01{at:02d}"] for at, x in enumerate(given)]
    asks = [[f"TT{at:04d}", f"{between(r)} 0{r.randint(8, 9)}:15", r.choice(given).name, r.choice(("Outage", "Billing", "Move/Add")),
             r.choice(("P1", "P3")), r.choice(("Closed", "Pending carrier")), r.choice(("Gale", "NOC"))] for at in range(12)]
    told = [{"customer_id": row[2], "date": row[1][:10]} for row in asks]
    return (
        File("accounts.csv", table(grid("Account No|Account Name|State|Channel|Account Manager|Terms|Customer Since", accounts)), {"accounts": Wanted(
            keyed("Account No", customers={"customer_name": "Account Name", "owner": "Account Manager", "started_on": "Customer Since"}),
            {"customers": customers(given)})}),
        File("service_inventory.csv", table(grid(
            "Circuit ID|Account No|Site|Service|MRC|NRC|Activation Date|Disconnect Date|Term (months)|Status", lines)), {"service_inventory": Wanted(
                keyed("Account No", subscriptions={"subscription_id": "Circuit ID", "product": "Service", "mrr": "MRC",
                                                   "start_date": "Activation Date", "end_date": "Disconnect Date"}),
                {"subscriptions": wanted}, may=("Account No", "Status"))}),
        File("contacts.csv", table(grid("Account No|Contact Name|Email|Role|Phone", people)), {"contacts": Wanted(may=("Account No",))}),
        File("tickets.csv", table(grid("Ticket|Opened|Customer|Type|Priority|Status|Owner", asks)), {"tickets": Wanted(
            keyed("Customer", interactions={"date": "Opened", "kind": "Type", "priority": "Priority", "status": "Status", "by": "Owner"}),
            {"interactions": told}, may=("Customer", "Owner"))}),
    ), {"subscriptions": wanted, "interactions": by_id(told, given)}


@case("契約台帳 with a sheet per fiscal year, renewed customers again in the next, 解約一覧 and 凡例", part=KEPT)
def ledger_per_fiscal_year(r: random.Random) -> Written:
    given = lives(r, 14)
    pages: dict[str, list[list[Any]]] = {f"{year}年度": [] for year in (2023, 2024, 2025)}
    wanted: dict[str, list[dict[str, Any]]] = {page: [] for page in pages}
    gone = []
    for at, x in enumerate(given):
        first, last = (2023, 2024, 2023)[at % 3], 2024 if at % 4 == 1 else 2025
        month = r.choice((4, 4, 6)) if last == 2025 else r.choice((4, 6, 7))
        fee, service = x.mrr, r.choice(("勤怠", "給与"))
        for year in range(first, last + 1):
            start = dt.date(year, month, 1)
            pages[f"{year}年度"].append([f"{year}-{at:03d}", x.name, service, fee * 12, start, start.replace(year=year + 1) - dt.timedelta(1),
                                       "更新" if year > first else "新規", r.choice(("第一", "第二")), r.choice(("", "稟議中"))])
            wanted[f"{year}年度"].append({"customer_id": x.name, "start_date": start, "mrr": fee})
            fee += r.choice((0, 0, 2000))
        if last == 2024:
            gone.append([x.name, dt.date(2025, month, 1) - dt.timedelta(1), r.choice(("価格", "内製化")), r.choice(("", "親会社の指示"))])
    written = {page: Wanted(keyed("契約先", customers={"customer_name": "契約先"}, subscriptions={"amount": "年額(円)", "start_date": "契約開始日"}),
                            {"subscriptions": wanted[page]}, may=("契約終了日", "契約No", "サービス", "区分", "契約先"), header_row=2) for page in pages}
    data = workbook({
        **{page: grid("契約No|契約先|サービス|年額(円)|契約開始日|契約終了日|区分|担当課|備考", rows, [f"{page} 契約台帳"]) for page, rows in pages.items()},
        "解約一覧": grid("契約先|解約日|解約理由|補足", gone), "凡例": [["区分", "意味"], ["新規", "初めての契約"], ["更新", "前年度から継続"]]})
    told = [{"customer_id": a, "cancelled_on": b, "reason": c} for a, b, c, _d in gone]
    return (File("契約台帳.xlsx", data, {
        **written, "凡例": OFF,
        "解約一覧": Wanted(keyed("契約先", cancellations={"cancelled_on": "解約日", "reason": "解約理由", "comment": "補足"}), {"cancellations": told},
                       may=("契約先", "解約日"))}),), {"subscriptions": [row for rows in wanted.values() for row in rows], "cancellations": told}


@case("news service: organisations, subscriptions billed by month or year, reads by subscription no, NPS by organisation's name", part=KEPT)
def news_service_exports(r: random.Random) -> Written:
    given = lives(r, 13, "ORG{:04d}", "en", round_to=20)
    numbers = {f"N-{at * 7 + 300}": x for at, x in enumerate(given)}
    people = [[x.id, x.name, r.choice(("University", "Law firm", "Bank")), r.choice(("GB", "IE", "NL")), r.choice(("Faye", "Ron")), f"{at}@example.org",
               "TRUE"] for at, x in enumerate(given)]
    deals = []
    for no, x in numbers.items():
        is_yearly = r.random() < 0.5
        deals.append([no, x.id, r.choice(("Daily Pro", "Archive")), x.mrr * (12 if is_yearly else 1), "GBP", "yearly" if is_yearly else "monthly",
                      f"{x.start}", x.end and f"{x.end}", r.randint(1, 30), "ended" if x.end else "live"])
    live = [no for no, x in numbers.items() if not x.end]
    reads = [[f"{between(r)}T0{r.randint(6, 9)}:30:00Z", r.choice(live), f"rd{r.randint(1, 50)}", r.choice(("article", "search", "newsletter")),
              r.choice(("web", "app"))] for _ in range(22)]
    used = [{"customer_id": numbers[row[1]].id, "date": row[0][:10], "user_id": row[2]} for row in reads]
    votes = [[f"{between(r)}", x.name, r.randint(1, 10), r.choice(("", "More charts please")), "email"] for x in running(given)]
    told = [{"customer_id": row[1], "answered_on": row[0], "kind": "nps", "score": row[2]} for row in votes]
    return (
        File("organisations.csv", table(grid("org_id|organisation|type|country|success_manager|billing_email|newsletter_opt_in", people)), {
            "organisations": Wanted(keyed("org_id", customers={"customer_name": "organisation", "owner": "success_manager"}),
                                    {"customers": customers(given)})}),
        File("subscriptions.csv", table(grid(
            "subscription_no|org_id|product|price|currency|billing_period|start_date|end_date|readers|state", deals)), {"subscriptions": Wanted(
                keyed("org_id", subscriptions={
                    "subscription_id": "subscription_no", "product": "product", "amount": "price", "billing_interval": "billing_period",
                    "currency": "currency", "start_date": "start_date", "end_date": "end_date"}),
                {"subscriptions": contracts(given)}, may=("org_id", "readers", "state"))}),
        File("reads.csv", table(grid("read_at|subscription_no|reader_id|kind|channel", reads)), {"reads": Wanted(
            {"usage.subscription_id": "subscription_no", "usage.date": "read_at", "usage.user_id": "reader_id"},
            {"usage": [{"subscription_id": row[1], "date": row[0][:10], "user_id": row[2]} for row in reads]}, may=("kind", "channel"))}),
        File("nps_q2.csv", table(grid("responded|organisation|nps|comment|source", votes)), {"nps_q2": Wanted(
            keyed("organisation", surveys={"answered_on": "responded", "score": "nps", "comment": "comment"}), {"surveys": told},
            may=("organisation",))}),
    ), {"subscriptions": contracts(given), "usage": used, "surveys": by_id(told, given)}
