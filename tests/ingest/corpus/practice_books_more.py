"""Held out in practice: more workbooks of several sheets and files uploaded at once."""

from __future__ import annotations

import datetime as dt
import random

from tests.ingest.corpus.cases import File, Wanted, Written, case, keyed
from tests.ingest.corpus.lives import contracts, customers, lives
from tests.ingest.corpus.practice_books import OFF, PRACTICE, between, by_id, grid, running, unslashed
from tests.ingest.corpus.writing import american, comma, slash, table, workbook


@case("HR outsourcing: Clients with the fee of today again, Agreements with a row per amendment, CSM Pulse by week, CSAT in words, How to use", part=PRACTICE)
def payroll_clients_book(r: random.Random) -> Written:
    given = lives(r, 12, "CL-{:03d}", "en", round_to=50, shortest=200)
    people = [[x.id, x.name, r.choice(("OH", "TX", "WA")), r.randint(10, 400), r.choice(("Jess", "Omar")), r.choice(("Payroll", "Full HR")),
               x.start + dt.timedelta(r.randint(20, 90)), r.choice(("", "Multi-state"))] for x in given]
    deals, wanted = [], []
    for at, x in enumerate(given):
        turn, later = x.start + dt.timedelta(r.randint(60, 180)), x.mrr + r.randint(1, 9) * 50
        spans = [(x.start, turn, x.mrr), (turn, x.end, later)] if at % 3 == 1 else [(x.start, x.end, x.mrr)]
        people[at].append(0 if x.end else spans[-1][2])
        for number, (start, end, fee) in enumerate(spans):
            deals.append([x.id, f"AG-{700 + at}", number or "Original", start, end, fee, r.randint(10, 400), "signed"])
            wanted.append({"customer_id": x.id, "start_date": start, "end_date": end, "mrr": fee})
    felt = [[dt.date(2025, 6, day), x.id, x.name, r.randint(1, 5), r.choice(("Jess", "Omar")), r.choice(("", "slow replies", "new CFO"))]
            for day in (2, 16) for x in running(given)]
    words = ("Very dissatisfied", "Dissatisfied", "Neutral", "Satisfied", "Very satisfied")
    answers = [[between(r), x.id, "HR manager", r.choice(words), r.choice(("", "Quick help on W-2s"))] for x in running(given)]
    question = "How satisfied are you with our service?"
    data = workbook({
        "How to use": [["One row per client. Do not sort the Pulse sheet."], ["Questions: ask CS Ops"]],
        "Clients": grid("Client #|Client|HQ State|Employees|Success Manager|Service|Onboarding completed|Notes|Current monthly fee", people),
        "Agreements": grid("Client #|Agreement No|Amendment|Effective|Ended|Monthly Fee|Payees|Status", deals),
        "Pulse": grid("Week of|Client #|Client|CSM Pulse (1-5)|By|Why", felt),
        "CSAT": grid(f"Submitted|Client #|Respondent|{question}|Comments", answers, ["CSAT survey Q2 2025"])})
    file = File("Client success book.xlsx", data, {
        "How to use": OFF,
        "Clients": Wanted(keyed("Client #", customers={
            "customer_name": "Client", "owner": "Success Manager", "onboarding_completed_on": "Onboarding completed"}),
            {"customers": [{"customer_id": row[0], "customer_name": row[1], "onboarding_completed_on": row[6]} for row in people]},
            may=("Service", "Current monthly fee", "Client #")),
        "Agreements": Wanted(keyed("Client #", subscriptions={
            "subscription_id": "Agreement No", "start_date": "Effective", "end_date": "Ended", "mrr": "Monthly Fee"}),
            {"subscriptions": wanted}, may=("Payees", "Status")),
        "Pulse": Wanted(keyed("Client #", pulse={"date": "Week of", "value": "CSM Pulse (1-5)", "by": "By", "note": "Why"}),
                        {"pulse": [{"customer_id": row[1], "date": row[0], "value": row[3]} for row in felt]}, may=("Client #", "Client")),
        "CSAT": Wanted(keyed("Client #", surveys={
            "answered_on": "Submitted", "respondent": "Respondent", "score": question, "comment": "Comments"}),
            {"surveys": [{"customer_id": row[1], "answered_on": row[0], "kind": "csat", "score": words.index(row[3]) + 1}
                         for row in answers]})})
    return (file,), {"subscriptions": wanted}


@case("eラーニング: 法人契約 by 法人名 with 契約金額(年額), 受講ログ by 契約ID of learners, 満足度アンケート in words by 法人名", part=PRACTICE)
def learning_contracts_and_logs(r: random.Random) -> Written:
    given = lives(r, 11, "LC{:04d}", round_to=2000)
    rows, wanted = [], []
    for x in given:
        until = x.end + dt.timedelta(r.randint(0, 60)) if x.end else between(r, dt.date(2025, 8, 1), dt.date(2026, 3, 31))
        auto = r.choice(("有", "無"))
        rows.append([x.id, x.name, r.choice(("製造業", "金融業")), r.choice(("コンプライアンス", "DX基礎")), r.randint(10, 300), x.mrr * 12, x.start,
                     until, x.end, auto, r.choice(("営業1課", "営業2課"))])
        wanted.append({"customer_id": x.name, "start_date": x.start, "term_end": until, "end_date": x.end, "mrr": x.mrr,
                       "auto_renews": auto == "有"})
    ids = {x.id: x.name for x in given}
    logs = [[r.choice(running(given)).id, f"L{r.randint(1, 60):05d}", r.choice(("コンプライアンス", "DX基礎")), slash(between(r)), r.randint(3, 90),
             f"{r.randint(1, 10) * 10}%", r.choice(("", r.randint(40, 100)))] for _ in range(22)]
    words = ("非常に不満", "不満", "普通", "満足", "非常に満足")
    answers = [[slash(between(r)), r.choice(given).name, "人事部", r.choice(words), r.choice(("", "動画が短くて良い"))] for _ in range(12)]
    used = [{"customer_id": ids[row[0]], "date": unslashed(row[3]), "user_id": row[1], "minutes": row[4]} for row in logs]
    return (
        File("法人契約.xlsx", workbook({"契約": grid(
            "契約ID|法人名|業種|契約コース|受講枠数|契約金額(年額)|利用開始日|契約満了日|解約日|自動更新|担当部署", rows)}), {"契約": Wanted(
                keyed("法人名", customers={"customer_name": "法人名"}, subscriptions={
                    "subscription_id": "契約ID", "seats": "受講枠数", "amount": "契約金額(年額)", "start_date": "利用開始日",
                    "term_end": "契約満了日", "end_date": "解約日", "auto_renews": "自動更新"}),
                {"subscriptions": wanted}, may=("契約コース", "担当部署"))}),
        File("受講ログ.csv", table(grid("契約ID|受講者ID|コース名|学習日|学習時間(分)|進捗率|テスト点数", logs), encoding="utf-8-sig"), {"受講ログ": Wanted(
            {"usage.subscription_id": "契約ID", "usage.user_id": "受講者ID", "usage.date": "学習日", "usage.minutes": "学習時間(分)"},
            {"usage": [{"subscription_id": row[0], "date": unslashed(row[3]), "minutes": row[4]} for row in logs]},
            may=("コース名",))}),
        File("満足度アンケート.csv", table(grid("回答日|法人名|回答者|総合満足度|自由記述", answers), encoding="utf-8-sig"), {"満足度アンケート": Wanted(
            keyed("法人名", surveys={"answered_on": "回答日", "respondent": "回答者", "score": "総合満足度", "comment": "自由記述"}),
            {"surveys": [{"customer_id": row[1], "kind": "csat", "score": words.index(row[3]) + 1} for row in answers]}, may=("法人名",))}),
    ), {"usage": used}


@case("顧客台帳 that has 月額, dates and an NPS of each company in one sheet, with 解約ヒアリング, 打合せ記録 and a list for pull-downs", part=PRACTICE)
def ledger_with_hearings(r: random.Random) -> Written:
    given = lives(r, 14, round_to=500)
    rows = []
    for at, x in enumerate(given, 1):
        done = x.start + dt.timedelta(r.randint(15, 80)) if r.random() < 0.8 else None
        rows.append([at, x.name, r.choice(("美容", "飲食", "医療")), r.choice(("伊藤", "渡辺")), r.choice(("ライト", "ベーシック")), x.mrr, x.start, done,
                     x.end, r.choice(("◎", "○", "△")), r.choice((None, r.randint(2, 10))), r.choice(("", "決算月3月"))])
    left = [[x.end, x.name, r.choice(("価格", "機能不足", "担当者退職")), r.choice(("他社へ切替", "予算削減")), "伊藤", "済"] for x in given if x.end]
    met = [[between(r), r.choice(running(given)).name, r.choice(("定例会", "訪問", "Web会議")), "先方2名", r.choice(("活用状況の確認", "新機能の紹介")),
            r.choice(("伊藤", "渡辺"))] for _ in range(12)]
    data = workbook({
        "顧客台帳": grid("No|会社名|業種|担当CS|プラン|月額(円)|利用開始日|オンボーディング完了日|解約日|活用度|NPS|備考", rows, ["顧客台帳", None, None, "最終更新 2025/6/30"]),
        "解約ヒアリング": grid("解約日|会社名|解約理由|詳細|聞き取り担当|対応", left),
        "打合せ記録": grid("実施日|会社名|種別|出席者|内容|記入者", met),
        "リスト": [["プラン", "担当CS", "活用度"], ["ライト", "伊藤", "◎"], ["ベーシック", "渡辺", "○"], [None, None, "△"]]})
    named = [{"customer_id": row[1], "onboarding_completed_on": row[7], "owner": row[3]} for row in rows]
    told = [{**row, "customer_id": x.name} for row, x in zip(contracts(given), given, strict=True)]
    return File("顧客台帳.xlsx", data, {
        "顧客台帳": Wanted(keyed("会社名", customers={"customer_name": "会社名", "owner": "担当CS", "onboarding_completed_on": "オンボーディング完了日"},
                             subscriptions={"plan": "プラン", "mrr": "月額(円)", "start_date": "利用開始日", "end_date": "解約日"}),
                       {"customers": named, "subscriptions": told, "surveys": [
                           {"customer_id": row[1], "kind": "nps", "score": row[10]} for row in rows if row[10] is not None]},
                       may=("NPS", "会社名", "活用度"), header_row=2),
        "解約ヒアリング": Wanted(keyed("会社名", cancellations={"cancelled_on": "解約日", "reason": "解約理由", "comment": "詳細"}),
                          {"cancellations": [{"customer_id": b, "cancelled_on": a, "reason": c} for a, b, c, *_ in left]},
                          may=("会社名", "解約日")),
        "打合せ記録": Wanted(keyed("会社名", interactions={"date": "実施日", "kind": "種別", "note": "内容", "by": "記入者"}),
                        {"interactions": [{"customer_id": row[1], "date": row[0], "note": row[4]} for row in met]}, may=("会社名",)),
        "リスト": OFF})


@case("a sheet per CSM with the same columns, each under a title, and an empty template sheet", part=PRACTICE)
def sheet_per_csm(r: random.Random) -> Written:
    given = lives(r, 18, language="en", round_to=10)
    head = "Company|Domain|Plan|Seats|MRR (USD)|Start|Cancel Date|Health|Last Touch|Notes"
    told = [{**row, "customer_id": x.name} for row, x in zip(contracts(given), given, strict=True)]
    pages, wanted = {}, {}
    for number, csm in enumerate(("Kim", "Noor", "Ola")):
        own = slice(number * 6, number * 6 + 6)
        pages[csm] = grid(head, [[x.name, f"c{at}.example.com", r.choice(("Starter", "Growth")), r.randint(3, 80), x.mrr, x.start, x.end,
                                  r.choice(("Green", "Yellow", "Red")), between(r), r.choice(("", "wants API", "new admin"))]
                                 for at, x in enumerate(given[own])] + [[], ["Total", *[None] * 3, sum(x.mrr for x in given[own])]], [f"{csm}'s book of business"], [])
        wanted[csm] = Wanted(keyed("Company", customers={"customer_name": "Company"}, subscriptions={
            "plan": "Plan", "seats": "Seats", "mrr": "MRR (USD)", "start_date": "Start", "end_date": "Cancel Date"}),
            {"subscriptions": told[own]}, header_row=3, may=("Health", "Last Touch", "Company", "Notes"))
    pages["_template"] = grid(head, [], ["<name>'s book of business"], [])
    return (File("Books of business.xlsx", workbook(pages), {**wanted, "_template": OFF}),), {"subscriptions": told}


@case("managed services: account list with a monthly retainer, and the CSMs' pulse of three weeks in three csv files", part=PRACTICE)
def pulse_week_by_week(r: random.Random) -> Written:
    given = lives(r, 11, "ACC{:03d}", "en", round_to=100)
    rows = [[x.id, x.name, r.choice(("Finance", "Retail", "Public")), r.choice(("High-touch", "Tech-touch")), r.choice(("Bea", "Luis")),
             f"${x.mrr:,}", american(x.start), x.end and american(x.end), r.choice(("NYC", "Remote")), f"c{at}@example.com"]
            for at, x in enumerate(given)]
    files, told = [File("Accounts.csv", table(grid(
        "Account ID|Account|Industry|Touch Model|CSM|Monthly Retainer|Start Date|End Date|Office|Main Contact", rows)), {"Accounts": Wanted(
            keyed("Account ID", customers={"customer_name": "Account", "owner": "CSM", "touch_model": "Touch Model"}, subscriptions={
                "mrr": "Monthly Retainer", "start_date": "Start Date", "end_date": "End Date"}),
            {"customers": customers(given), "subscriptions": contracts(given)})})], []
    for day in (16, 23, 30):
        date = dt.date(2025, 6, day)
        felt = [[american(date), x.name, r.randint(1, 5), r.choice(("Bea", "Luis")), r.choice(("", "QBR went well", "ticket backlog"))]
                for x in running(given)]
        wanted = [{"customer_id": row[1], "date": date, "value": row[2]} for row in felt]
        told += wanted
        stem = f"CSM pulse {date}"
        files.append(File(f"{stem}.csv", table(grid("Date|Account|Pulse (1 = bad, 5 = great)|CSM|Comment", felt)), {stem: Wanted(
            keyed("Account", pulse={"date": "Date", "value": "Pulse (1 = bad, 5 = great)", "by": "CSM", "note": "Comment"}),
            {"pulse": wanted}, may=("Account",))}))
    return tuple(files), {"pulse": by_id(told, given), "subscriptions": contracts(given)}


@case("chain stores: 企業一覧, 店舗一覧 with 企業コード and the fee of each store, お問い合わせ by 店舗コード, 利用回数 by day", part=PRACTICE)
def chain_stores(r: random.Random) -> Written:
    given = lives(r, 15, "T{:04d}", round_to=100)
    chains = {f"E{at:03d}": life.name for at, life in enumerate(lives(r, 4), 1)}
    firms = [[id_, name, r.choice(("飲食", "美容")), r.choice(("東京都", "京都府")), r.randint(2, 40), "本部一括"] for id_, name in chains.items()]
    shops, wanted = [], []
    for x in given:
        firm, town = r.choice(sorted(chains)), r.choice(("駅前", "中央", "南口", "本町"))
        shops.append([x.id, f"{x.id[-2:]}号 {town}店", firm, r.choice(("東日本", "西日本")), comma(x.mrr), slash(x.start), x.end and slash(x.end), ""])
        wanted.append({"customer_id": x.id, "customer_name": shops[-1][1], "parent_id": firm})
    asks = [[f"Q{at:03d}", slash(between(r)), r.choice(given).id, r.choice(("予約台帳", "端末", "請求")), r.choice(("電話", "フォーム")),
             r.choice(("完了", "確認中"))] for at in range(1, 13)]
    days = [dt.date(2025, 6, day) for day in (10, 20, 30)]
    uses = [[day.strftime("%Y/%m/%d"), x.id, r.randint(1, 60)] for day in days for x in running(given)]
    return (
        File("企業一覧.csv", table(grid("企業コード|企業名|業態|本社所在地|店舗数|請求区分", firms), encoding="cp932"), {"企業一覧": Wanted(
            keyed("企業コード", customers={"customer_name": "企業名"}),
            {"customers": [{"customer_id": id_, "customer_name": name} for id_, name in chains.items()]})}),
        File("店舗一覧.csv", table(grid("店舗コード|店舗名|企業コード|エリア|月額利用料(税抜)|利用開始日|解約日|備考", shops), encoding="cp932"), {"店舗一覧": Wanted(
            keyed("店舗コード", customers={"customer_name": "店舗名", "parent_id": "企業コード"}, subscriptions={
                "mrr": "月額利用料(税抜)", "start_date": "利用開始日", "end_date": "解約日"}),
            {"customers": wanted, "subscriptions": contracts(given)})}),
        File("お問い合わせ.csv", table(grid("受付番号|受付日|店舗コード|カテゴリ|経路|ステータス", asks), encoding="cp932"), {"お問い合わせ": Wanted(
            keyed("店舗コード", interactions={"date": "受付日", "status": "ステータス"}),
            {"interactions": [{"customer_id": row[2], "date": unslashed(row[1])} for row in asks]},
            may=("カテゴリ", "経路"))}),
        File("利用回数.csv", table(grid("日付|店舗コード|利用回数", uses)), {"利用回数": Wanted(
            keyed("店舗コード", usage={"date": "日付", "count": "利用回数"}),
            {"usage": [{"customer_id": b, "date": a.replace("/", "-"), "count": c} for a, b, c in uses]})}),
    ), {"subscriptions": contracts(given)}
