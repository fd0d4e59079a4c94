"""Held out in practice: exports and import templates of products, under the headers that their makers publish."""

from __future__ import annotations

import datetime as dt
import random

from tests.ingest.corpus.cases import File, Wanted, case, keyed
from tests.ingest.corpus.lives import contracts, customers, lives, names
from tests.ingest.corpus.writing import slash, table, workbook

PRACTICE = "held out in practice"


@case("Gainsight's account template: Source Account ID, Original Contract Date, Renewal Date, ARR and MRR and TCV, Go_Live_Date",
      part=PRACTICE, page="https://support.gainsight.com/SFDC_Edition/View_More_Categories/Training_and_Videos/"
      "Implementation_and_Onboarding/Installation_Guide%3A_Account%2C_User%2C_Contact_Management")
def gainsight_account_template(r: random.Random) -> File:
    rows, wanted, named = [], [], []
    for life in lives(r, 14, "0015e00000{:05d}", "en", round_to=100):
        renewal = dt.date(2025 + (life.start.month < 7), life.start.month, min(life.start.day, 28))
        parent = "0015e0000000001" if r.random() < 0.2 and life.id != "0015e0000000001" else None
        rows.append([life.id, life.name, "", parent, r.randint(20, 900), r.choice(("Retail", "Healthcare", "Software")), life.start, renewal,
                     r.choice(("Adoption", "Launched", "Implementation")), "Active", r.randint(5, 120), (dt.date(2025, 6, 30) - life.start).days // 30,
                     r.randint(20, 180), life.start + dt.timedelta(r.randint(20, 90)), life.mrr * 12, life.mrr, life.mrr * 36,
                     r.choice(("Tier 1", "Tier 2")), f"0055e00000{r.randint(1, 3):05d}"])
        wanted.append({"customer_id": life.id, "start_date": life.start, "term_end": renewal, "mrr": life.mrr})
        named.append({"customer_id": life.id, "customer_name": life.name, "parent_id": parent})
    head = ["Source Account ID", "Account Name", "Account Description", "Parent Account ID", "Number of Employees", "Industry",
            "Original Contract Date", "Renewal Date", "Customer Stage", "Status", "Number of Users", "Customer Lifetime in Months",
            "Lifecycle in Weeks", "Go_Live_Date", "ARR", "MRR", "TCV", "Tier", "Account Owner Id"]
    return File("Installation Template.xlsx", workbook({"Account": [head, *rows]}), {"Account": Wanted(
        keyed("Source Account ID", customers={"customer_name": "Account Name", "parent_id": "Parent Account ID"}, subscriptions={
            "start_date": "Original Contract Date", "term_end": "Renewal Date", "mrr": "MRR"}),
        {"subscriptions": wanted, "customers": named},
        may=("ARR", "Original Contract Date", "Status", "Customer Stage", "Number of Users", "Customer Lifetime in Months", "Go_Live_Date",
             "Account Owner Id", "Tier"))})


@case("請求管理ロボの請求情報: 単価 for a 数量 every 繰返し周期 months from サービス提供開始日, codes for kinds, Shift-JIS", part=PRACTICE,
      page="https://apispec.billing-robo.jp/public/demand/bulk_upsert.html")
def billing_robo_demands(r: random.Random) -> File:
    rows, wanted = [], []
    for at, life in enumerate(lives(r, 16, "T{:04d}", is_month_first=True, round_to=500)):
        every, count = r.choice((1, 1, 1, 12)), r.choice((1, 1, 5, 10))
        price = life.mrr * every
        rows.append([100201 + at, life.id, 3300 + at, "", "", "ST-01", 1, "クラウド勤怠スタンダード", price, count, "式", 0, 10, "", 1, every, 1,
                     slash(life.start), "", 0, "", "", f"{slash(life.start - dt.timedelta(6))} 10:22", 1])
        wanted.append({"customer_id": life.id, "start_date": life.start, "end_date": None, "mrr": life.mrr * count})
    head = ["請求情報番号", "請求先コード", "請求先部署番号", "請求先部署コード", "請求情報コード", "商品コード", "請求タイプ", "商品名", "単価", "数量", "単位",
            "税区分", "消費税率", "備考", "請求方法", "繰返し周期", "繰返し周期単位", "サービス提供開始日", "最終サービス提供期間", "繰返し回数",
            "次回請求書発行日", "メモ", "登録日時", "状態"]
    return File("請求情報_20250630.csv", table([head, *rows], encoding="cp932"), {"請求情報_20250630": Wanted(
        keyed("請求先コード", subscriptions={"start_date": "サービス提供開始日", "amount": "単価", "seats": "数量", "billing_interval": "繰返し周期",
                                       "product": "商品名"}),
        {"subscriptions": wanted}, may=("請求情報番号", "請求先コード", "最終サービス提供期間", "状態", "商品コード", "請求タイプ", "メモ"))})


@case("Planhat licenses: companyId beside _id, evergreen ones with a toDate once lost, mrr beside an empty value, _currency",
      part=PRACTICE, page="https://www.planhat.com/developers/api/license")
def planhat_licenses(r: random.Random) -> File:
    given = lives(r, 15, "61b0c2{:018x}", "en", round_to=10)
    rows = [[f"62f1aa{at:018x}", f"lic-{1000 + at}", life.id, life.name, "Platform", "EUR", "", f"{life.start}T00:00:00.000Z",
             life.end and f"{life.end}T00:00:00.000Z", "false", "lost" if life.end else "ongoing", "lost" if life.end else "ongoing",
             f"{life.mrr:.2f}", "", 30, "days", "false"] for at, life in enumerate(given)]
    head = ["_id", "externalId", "companyId", "companyName", "product", "_currency", "value", "fromDate", "toDate", "fixedPeriod", "status",
            "renewalStatus", "mrr", "renewalDate", "noticePeriod", "noticeUnit", "isOverdue"]
    return File("licenses.csv", table([head, *rows]), {"licenses": Wanted(
        keyed("companyId", customers={"customer_name": "companyName"}, subscriptions={
            "start_date": "fromDate", "end_date": "toDate", "mrr": "mrr", "currency": "_currency", "product": "product"}),
        {"subscriptions": contracts(given), "customers": customers(given)},
        may=("_id", "externalId", "value", "status", "renewalStatus", "renewalDate", "noticePeriod", "product"))})


@case("Zoho CRMの取引先: 取引先番号 after the name, 取引先の担当者 as owner, 親取引先 by its name, 評価 and 取引先の種類 as attributes",
      part=PRACTICE, page="https://www.zoho.jp/crm/help/accounts/standard-fields.html")
def zoho_crm_accounts(r: random.Random) -> File:
    rows, wanted = [], []
    for at, name in enumerate(names(r, 15)):
        owner, number = r.choice(("三浦", "長谷川", "小林")), f"{20400 + at * 7}"
        rows.append([name, owner, f"https://www{at}.example.jp", "", rows[0][0] if at in (4, 9) else "", r.randint(10, 800), "", r.choice(("製造", "小売", "医療")),
                     r.choice(("顧客", "顧客", "代理店")), number, r.choice(("本社", "東京", "福岡")), f"03-5555-{1000 + at}", "", f"info{at}@example.jp",
                     r.choice(("", "アクティブ")), "", "三浦", "小林"])
        wanted.append({"customer_id": number, "customer_name": name, "owner": owner})
    head = ["取引先名", "取引先の担当者", "Webサイト", "証券コード", "親取引先", "従業員数", "株主", "業界", "取引先の種類", "取引先番号", "取引先の場所", "電話",
            "Fax", "メール", "評価", "産業分類コード", "作成者", "更新者"]
    return File("取引先.csv", table([head, *rows], encoding="utf-8-sig"), {"取引先": Wanted(
        keyed("取引先番号", customers={"customer_name": "取引先名", "owner": "取引先の担当者", "parent_id": "親取引先"}),
        {"customers": wanted})})


@case("GoCardless subscriptions: an amount every interval_unit, monthly or yearly, from start_date; customers.id, end_date empty",
      part=PRACTICE, page="https://support.gocardless.com/hc/en-gb/articles/360000685149-Switching-large-numbers-of-Dashboard-"
      "plans-or-subscriptions-to-an-integration")
def gocardless_subscriptions(r: random.Random) -> File:
    rows, wanted, named = [], [], []
    for at, life in enumerate(lives(r, 14, "CU000{:05d}", "en", round_to=5)):
        is_yearly = r.random() < 0.3
        rows.append([f"SB000{at:05d}", f"{life.start - dt.timedelta(5)}T09:12:44.000Z", f"{life.mrr * (12 if is_yearly else 1):.2f}", "GBP", "active",
                     "IT support plan", f"{life.start}", "", 1, "yearly" if is_yearly else "monthly", "" if is_yearly else 1, "",
                     "every year" if is_yearly else "on the 1st of each month", f"MD000{at:05d}", life.id, "Jo", "Doe", life.name])
        wanted.append({"customer_id": life.id, "start_date": life.start, "mrr": life.mrr})
        named.append({"customer_id": life.id, "customer_name": life.name})
    head = ["id", "created_at", "amount", "currency", "status", "name", "start_date", "end_date", "interval", "interval_unit", "day_of_month",
            "month", "human_readable_interval", "links.mandate", "customers.id", "customers.given_name", "customers.family_name",
            "customers.company_name"]
    return File("GoCardless-subscriptions.csv", table([head, *rows]), {"GoCardless-subscriptions": Wanted(
        keyed("customers.id", customers={"customer_name": "customers.company_name"}, subscriptions={
            "start_date": "start_date", "amount": "amount", "billing_interval": "interval_unit", "currency": "currency"}),
        {"subscriptions": wanted, "customers": named}, may=("id", "name", "status", "end_date", "interval"))})


@case("Asana's CSV of an onboarding project, finished tasks alone: Name is the step, Completed At its day, a field Customer at the end",
      part=PRACTICE, page="no page lists them: as public code reads Asana's CSV export of a project")
def asana_onboarding(r: random.Random) -> File:
    rows, wanted = [], []
    steps = ("Kickoff call", "Data import", "SSO set up", "Admin training", "Go-live")
    for name in names(r, 5, "en"):
        day = dt.date(2025, r.randint(1, 4), r.randint(1, 28))
        for step in steps[:r.randint(2, 5)]:
            made, day = day, day + dt.timedelta(r.randint(3, 14))
            rows.append([1209000000000000 + len(rows), f"{made}", f"{day}", f"{day}", step, "Done", "Sam", "sam@example.com", "", f"{day + dt.timedelta(2)}",
                         "", r.choice(("", "see call notes")), "Customer onboarding", "", name])
            wanted.append({"customer_id": name, "milestone": step, "completed_on": day})
    head = ["Task ID", "Created At", "Completed At", "Last Modified", "Name", "Section/Column", "Assignee", "Assignee Email", "Start Date",
            "Due Date", "Tags", "Notes", "Projects", "Parent task", "Customer"]
    return File("Customer_onboarding.csv", table([head, *rows]), {"Customer_onboarding": Wanted(
        keyed("Customer", milestones={"milestone": "Name", "completed_on": "Completed At"}), {"milestones": wanted},
        may=("Customer", "Assignee"))})


@case("Leanplum's sessions file: userId as the subscriber, start of the session beside userStart, thirty columns of devices and places",
      part=PRACTICE, page="https://docs.leanplum.com/reference/exportdata-schema-csv-s3-bucket")
def leanplum_sessions(r: random.Random) -> File:
    rows, wanted = [], []
    users = [(f"member-{at:04d}", dt.date(2024, r.randint(1, 12), r.randint(1, 28))) for at in range(101, 107)]
    for at in range(20):
        (user, since), day = users[at % 6], dt.date(2025, 6, at + 5)
        rows.append([r.getrandbits(62), user, r.randint(0, 999), f"{since} 07:30:00", "US", "IL", "Chicago", f"{day} 18:{10 + at}:02", f"{r.randint(40, 900)}.25",
                     "41.9", "-87.6", "en_US", "America/Chicago", "-5.00", "4.2.0", "ios", "6.0.1", "iOS", "18.5", "iPhone", "", "",
                     f"{r.getrandbits(48):012x}", r.randint(10, 400), r.randint(2, 60), f"{r.randint(600, 9000)}.00", 0, "false", "true", "", ""])
        wanted.append({"customer_id": user, "date": day})
    head = ["sessionId", "userId", "userBucket", "userStart", "country", "region", "city", "start", "duration", "lat", "lon", "locale", "timezone",
            "timezoneOffset", "appVersion", "client", "sdkVersion", "osName", "osVersion", "deviceModel", "browserName", "browserVersion",
            "deviceId", "priorEvents", "priorSessions", "priorTimeSpentInApp", "priorStates", "isDeveloper", "isSession",
            "sourcePublisherId", "sourcePublisher"]
    return File("sessions.csv", table([head, *rows]), {"sessions": Wanted(
        keyed("userId", usage={"date": "start"}), {"usage": wanted}, may=("userId", "userStart", "duration", "client"))})


@case("Typeform's answers: questions as headers, a token under '#', Submit Date (UTC) beside Start Date (UTC), empty Stage Date and Tags",
      part=PRACTICE, page="no page lists them: as files of Typeform answers in public repositories begin and end")
def typeform_nps(r: random.Random) -> File:
    ask = ["Which company are you with?", "What's your role?", "How likely are you to recommend us to a friend or colleague?",
           "What's the main reason for your score?"]
    rows, wanted = [], []
    for at, name in enumerate(names(r, 14, "en")):
        day, score, why = dt.date(2025, 5, r.randint(2, 28)), r.randint(3, 10), r.choice(("", "Great support team", "Reports are slow", "Easy to use"))
        rows.append([f"{r.getrandbits(128):032x}", name, r.choice(("Admin", "Manager", "")), score, why, "completed", f"{day} 08:{10 + at}:05", "",
                     f"{day} 08:{12 + at}:41", f"{r.getrandbits(40):010x}", "", "Thank you"])
        wanted.append({"customer_id": name, "answered_on": day, "kind": "nps", "score": score, "comment": why or None})
    head = ["#", *ask, "Response Type", "Start Date (UTC)", "Stage Date (UTC)", "Submit Date (UTC)", "Network ID", "Tags", "Ending"]
    return File("responses-nps-2025-05.csv", table([head, *rows]), {"responses-nps-2025-05": Wanted(
        keyed(ask[0], surveys={"answered_on": "Submit Date (UTC)", "score": ask[2], "comment": ask[3]}), {"surveys": wanted},
        may=(ask[0], ask[1]))})


@case("サイボウズ Officeの報告書: 会社 as code/name, 日付 of the visit beside 作成日時, 相手参加者 and 参加者, two fields of the house", part=PRACTICE,
      page="https://jp.cybozu.help/o/ja/admin/spec/format/rp.html")
def cybozu_reports(r: random.Random) -> File:
    companies, rows, wanted = names(r, 6), [], []
    for _ in range(15):
        at, day = r.randrange(6), dt.date(2025, r.randint(4, 6), r.randint(1, 28))
        rows.append([r.choice(("定例会のご報告", "更新のご相談", "操作説明会", "障害のお詫び訪問")), "三浦", "カスタマーサクセス部", f"{slash(day)} 18:05", f"{at + 1:05d}/{companies[at]}",
                     "情報システム部 ご担当", "三浦;小林", slash(day), "10:00", "11:00", r.choice(("利用部署が増える見込み", "特になし", "帳票の要望あり")),
                     r.choice(("", "来月")), "", "小林", ""])
        wanted.append({"date": day})
    head = ["標題", "作成者名", "作成者(組織名)", "作成日時", "会社", "相手参加者", "参加者", "日付", "開始時間", "終了時間", "内容", "次回予定", "非公開", "通知先", "コメント"]
    return File("報告書.csv", table([head, *rows], encoding="cp932"), {"報告書": Wanted(
        keyed("会社", interactions={"date": "日付"}), {"interactions": wanted}, may=("会社", "標題", "内容", "コメント", "作成者名", "参加者"))})


@case("Steady members of a magazine: plan_monthly_amount_cents for annual ones too, email as the member, cancelled_at before expires_at",
      part=PRACTICE, page="https://help.steadyhq.com/en/articles/6265612-export-list-and-information-about-your-members-in-csv-format")
def steady_members(r: random.Random) -> File:
    rows, wanted = [], []
    for at, life in enumerate(lives(r, 16, "reader{:02d}@example.de", round_to=100)):
        cents = r.choice((400, 600, 1200))
        rows.append([f"Leser{at}", "Muster", life.id, {400: "Basis", 600: "Plus", 1200: "Förder"}[cents], cents, "false", r.choice(("monthly", "annual")),
                     "cancelled" if life.end else "active", f"{life.start}", "", life.end and f"{life.end - dt.timedelta(12)}", life.end, "", "", "", "", "", "",
                     "", "DE"])
        wanted.append({"customer_id": life.id, "start_date": life.start, "mrr": cents / 100})
    head = ["first_name", "last_name", "email", "plan_name", "plan_monthly_amount_cents", "gifted", "subscription_period", "subscription_state",
            "subscribed_at", "trial_ends_at", "cancelled_at", "expires_at", "shipping_first_name", "shipping_last_name", "shipping_company_name",
            "shipping_street_and_number", "shipping_city", "shipping_zip_code", "shipping_state", "shipping_country_code"]
    return File("members.csv", table([head, *rows]), {"members": Wanted(
        keyed("email", subscriptions={"start_date": "subscribed_at", "mrr": "plan_monthly_amount_cents", "plan": "plan_name"}),
        {"subscriptions": wanted}, may=("email", "first_name", "last_name", "subscription_period", "subscription_state", "cancelled_at", "expires_at"))})


@case("an export of Intercom conversations: the author's companies, message and conversation each with a type, state and created_at",
      part=PRACTICE, page="https://www.prodsight.ai/help-sub/intercomexport-help-center/getting-started/"
      "what-does-the-intercom-conversation-export-contain")
def prodsight_conversations(r: random.Random) -> File:
    companies, rows, wanted = names(r, 6, "en"), [], []
    for at in range(16):
        name, day, state = r.choice(companies), dt.date(2025, 6, r.randint(1, 28)), r.choice(("open", "closed", "closed", "snoozed"))
        said = r.choice(("The export is stuck again", "How do I add a user?", "Can we get an invoice copy?"))
        rows.append([f"{49100000 + at}", said, "conversation_message", f"{day} 09:{10 + at}:08", "user", f"5f2{at:021x}", f"u-{at % 9}", f"User {at % 9}",
                     f"user{at % 9}@example.com", name, r.choice(("billing", "bug", "")), f"{2260000 + at}", state, f"{day} 09:{10 + at}:08",
                     f"{day} 10:02:00", f"{day + dt.timedelta(1)} 16:40:12" if state == "closed" else "", "xk2p9q1a", "Acme App"])
        wanted.append({"customer_id": name, "date": day, "note": said, "status": state})
    head = ["message_id", "message_body", "message_type", "message_created_at", "message_author_type", "message_author_id",
            "message_author_user_id", "message_author_name", "message_author_email", "message_author_companies", "conversation_tags",
            "conversation_id", "conversation_state", "conversation_created_at", "conversation_first_response_at", "conversation_closed_at",
            "app_id", "app_name"]
    return File("conversations.csv", table([head, *rows]), {"conversations": Wanted(
        keyed("message_author_companies", interactions={"note": "message_body", "status": "conversation_state"}), {"interactions": wanted},
        may=("message_author_companies", "message_created_at", "conversation_created_at", "message_type", "message_author_type",
             "conversation_tags", "message_author_name"))})


@case("コングラントの継続契約: no dates, ステータス of three kinds with 解約 among them, 金額 is 単価 times 口数 every 決済頻度", part=PRACTICE,
      page="https://help.congrant.com/2818c6ad32d848798365c3aff01a9b17")
def congrant_contracts(r: random.Random) -> File:
    rows, wanted = [], []
    for at, name in enumerate(names(r, 18)):
        status = "再決済待ち" if at in (5, 11) else r.choice(("継続中", "継続中", "解約"))
        price, count = r.choice((3000, 5000, 10000)), r.choice((1, 1, 2, 5))
        rows.append([f"R{3000 + at}", name, status, r.choice(("毎月", "毎月", "毎年")), "法人会員", price, count, price * count])
        wanted.append({"customer_id": name, "has_left": status == "解約"})
    head = ["継続寄付No.", "サポーター", "ステータス", "決済頻度", "プラン", "単価", "口数", "金額"]
    return File("継続契約.xlsx", workbook({"継続契約": [head, *rows]}), {"継続契約": Wanted(
        keyed("サポーター", customers={"has_left": "ステータス"}, subscriptions={"amount": "金額", "billing_interval": "決済頻度"}),
        {"customers": wanted}, may=("継続寄付No.", "サポーター", "プラン", "口数"))})
