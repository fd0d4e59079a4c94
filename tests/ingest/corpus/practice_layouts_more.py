"""Held out in practice, more layouts: names in the first row of a group, dates without a year, two fiscal years."""

from __future__ import annotations

import datetime as dt
import random

from tests.ingest.corpus.cases import File, Wanted, case, keyed
from tests.ingest.corpus.lives import lives, names
from tests.ingest.corpus.practice_layouts import PLANS, PRACTICE, course, later, months, runs, total
from tests.ingest.corpus.writing import american, comma, kanji, short_era, workbook


@case("契約明細一覧: customer, 会社名 and 営業担当 merged over the rows of its services, 契約番号 per row, a total at the end", part=PRACTICE)
def services_under_customer(r: random.Random) -> File:
    rows, wanted, named, merged = [], [], [], []
    for life in lives(r, 8, "{:06d}", first=2022):
        cs, opening = r.choice(("本田", "柏木")), len(rows) + 6
        for at, service in enumerate(r.sample(("勤怠管理", "給与計算", "労務申請", "年末調整"), r.randint(1, 3))):
            start, fee = life.start + dt.timedelta(at * 45), r.randint(6, 60) * 500
            end = life.end if life.end and life.end > start else None
            number = f"{life.id}-{at + 1:02d}"
            lead = [None] * 4 if at else [life.id, life.name, r.choice(("関東", "東海", "九州")), cs]
            rows.append([*lead, number, service, r.randint(10, 300), f"{fee:,}円", kanji(start), kanji(end) if end else "", r.choice(("口座振替", "請求書")),
                         None])
            wanted.append({"customer_id": life.id, "subscription_id": number, "product": service, "start_date": start, "end_date": end, "mrr": fee})
        merged += [f"{letter}{opening}:{letter}{len(rows) + 5}" for letter in "ABCD"]
        named.append({"customer_id": life.id, "customer_name": life.name, "owner": cs})
    head = ["顧客番号", "会社名", "エリア", "担当CS", "契約番号", "サービス", "対象人数", "月額（税別）", "利用開始日", "解約日", "支払方法", "特記事項"]
    data = workbook({"契約明細": [["契約明細一覧"], ["作成日", None, "2025年6月30日"], ["作成者", None, "業務推進課"], [], head, *rows,
                                  ["合計", *[None] * 6, f"{comma(sum(row['mrr'] for row in wanted))}円"]]}, merged={"契約明細": ["A1:D1", *merged]})
    return File("契約明細一覧.xlsx", data, {"契約明細": Wanted(
        keyed("顧客番号", customers={"customer_name": "会社名", "owner": "担当CS"}, subscriptions={
            "subscription_id": "契約番号", "product": "サービス", "start_date": "利用開始日", "end_date": "解約日", "mrr": "月額（税別）"}),
        {"subscriptions": wanted, "customers": named}, may=("対象人数", "解約日"))})


@case("onboarding tracker: a date for each step, ticks for the paperwork, hyphens for what is not done, legend and counts around", part=PRACTICE)
def onboarding_ticks(r: random.Random) -> File:
    rows, wanted, named, steps = [], [], [], []
    names_of = ("Kickoff", "Data import", "Admin training", "First report sent")
    for at, name in enumerate(names(r, 14, "en"), start=1):
        start, csm, fee = dt.date(2025, 1, 6) + dt.timedelta(at * 11), r.choice(("Mina", "Theo", "Jules")), r.randint(4, 40) * 50
        done = [start + dt.timedelta(day) for day in (4, 12, 21, 33)][:r.choice((1, 2, 3, 4, 4))]
        over = start + dt.timedelta(40) if len(done) == 4 and start < dt.date(2025, 5, 1) else None
        rows.append([f"OB-{at:03d}", name, csm, r.choice(("Starter", "Growth")), f"${fee:,}", american(start), "✓", r.choice(("✓", "✗")),
                     *map(american, done), *["-"] * (4 - len(done)), american(over) if over else "-", r.choice(("On track", "At risk", "Blocked")),
                     r.choice((None, "waiting for SSO", "champion on leave"))])
        wanted.append({"customer_id": f"OB-{at:03d}", "start_date": start, "mrr": fee})
        named.append({"customer_id": f"OB-{at:03d}", "customer_name": name, "owner": csm, "onboarding_completed_on": over})
        steps += [{"customer_id": f"OB-{at:03d}", "milestone": step, "completed_on": day} for step, day in zip(names_of, done, strict=False)]
    head = ["Account #", "Account", "CSM", "Plan", "Monthly fee", "Contract start", "Contract countersigned", "Slack channel", *names_of,
            "Onboarding completed", "Status", "Notes"]
    data = workbook({"Onboarding": [["Onboarding tracker 2025"], ["✓ done   ✗ not needed   - open"], [], head, *rows, [],
                                    [None, f"{len(rows)} accounts, {sum(row['onboarding_completed_on'] is not None for row in named)} completed"]]})
    return File("Onboarding tracker.xlsx", data, {"Onboarding": Wanted(
        keyed("Account #", customers={"customer_name": "Account", "owner": "CSM", "onboarding_completed_on": "Onboarding completed"},
              subscriptions={"start_date": "Contract start", "mrr": "Monthly fee", "plan": "Plan"}, milestones={}),
        {"subscriptions": wanted, "customers": named, "milestones": steps}, milestones={step: step for step in names_of}, may=("Status",))})


@case("新規導入先一覧: 4月1日 without a year, which the title gives, a row 4月分 above each month's customers, 済 and 未 for tasks", part=PRACTICE)
def days_of_the_titles_year(r: random.Random) -> File:
    rows, wanted, named, steps, number = [], [], [], [], 0
    given = names(r, 15)
    for month in range(1, 6):
        rows.append([f"■ {month}月開始分"])
        for day in sorted(r.sample((6, 13, 20, 27), r.choice((2, 3)))):
            id_, name, start = f"N25{number + 1:03d}", given[number], dt.date(2025, month, day)
            number += 1
            cs, fee, plan = r.choice(("杉山", "久保")), r.randint(10, 80) * 1000, r.choice(PLANS)
            done = [start + dt.timedelta(after) for after in (3, 10, 18)][:r.choice((2, 3, 3))]
            over = start + dt.timedelta(25) if len(done) == 3 and month < 5 else None
            rows.append([id_, name, cs, plan, fee, monthly(start), *map(monthly, done), *[None] * (3 - len(done)), over and monthly(over),
                         r.choice(("済", "未")), r.choice(("済", "済", "未")), r.choice((None, "紹介案件", "旧システム併用中"))])
            wanted.append({"customer_id": id_, "start_date": start, "mrr": fee, "plan": plan})
            named.append({"customer_id": id_, "customer_name": name, "owner": cs, "onboarding_completed_on": over})
            steps += [{"customer_id": id_, "milestone": step, "completed_on": when}
                      for step, when in zip(("キックオフ", "初期設定", "操作研修"), done, strict=False)]
        rows.append([])
    head = ["顧客ID", "社名", "CS担当", "プラン", "月額(円)", "利用開始日", "キックオフ", "初期設定", "操作研修", "オンボーディング完了日", "契約書回収",
            "口座登録", "メモ"]
    data = workbook({"新規": [["2025年　新規導入先一覧（1月～5月）"], [None] * 9 + ["最終更新：2025年6月20日　カスタマーサクセスG"], head, *rows,
                              ["※完了日は顧客の合意を得た日"]]})
    return File("2025新規導入先一覧.xlsx", data, {"新規": Wanted(
        keyed("顧客ID", customers={"customer_name": "社名", "owner": "CS担当", "onboarding_completed_on": "オンボーディング完了日"},
              subscriptions={"start_date": "利用開始日", "mrr": "月額(円)", "plan": "プラン"}, milestones={}),
        {"subscriptions": wanted, "customers": named, "milestones": steps},
        milestones={step: step for step in ("キックオフ", "初期設定", "操作研修")})})


def monthly(day: dt.date) -> str:
    return f"{day.month}月{day.day}日"


@case("logins per month and account: title and filter lines above, seats and CSM left of the months, total, average and trend right of them",
      part=PRACTICE)
def logins_by_month(r: random.Random) -> File:
    heads, rows, wanted, named = [f"{later(dt.date(2025, 1, 1), at):%b %Y}" for at in range(6)], [], [], []
    for at, name in enumerate(names(r, 13, "en"), start=1):
        level, csm = r.randint(20, 600), r.choice(("Dana", "Ola"))
        counts = [max(level + r.randint(-15, 25), 1) for _ in heads]
        rows.append([f"P{at:04d}", name, r.choice(("Retail", "Health", "Legal")), csm, r.choice(("Basic", "Pro")), r.randint(5, 80), *counts,
                     sum(counts), round(sum(counts) / 6, 1), "up" if counts[-1] > counts[0] else "down"])
        wanted += [{"customer_id": f"P{at:04d}", "count": count} for count in counts]
        named.append({"customer_id": f"P{at:04d}", "customer_name": name, "owner": csm})
    head = ["Account ID", "Account name", "Industry", "CSM", "Plan", "Seats", *heads, "Total", "Average", "Trend"]
    data = workbook({"Logins": [["Logins per month by account"], ["Workspace: production", None, "Excludes internal users"], ["Exported 1 July 2025"], [],
                                head, *rows, ["Total", *[None] * 5, *(sum(row[at] for row in rows) for at in range(6, 13))]]})
    return File("Logins by account H1.xlsx", data, {"Logins": Wanted(
        keyed("Account ID", customers={"customer_name": "Account name", "owner": "CSM"}, usage={}),
        {"usage": wanted, "customers": named}, months=months(heads, dt.date(2025, 1, 1)), months_of="usage.count", may=("Plan", "Seats"))})


@case("解約企業一覧 of a year: 令和 dates, 解約時月額 in 千円, 解約理由 beside 詳細, ○ and × for what was tried, 件数 and 合計 below", part=PRACTICE)
def leavers_of_the_year(r: random.Random) -> File:
    rows, wanted, named, told = [], [], [], []
    given = sorted((dt.date(2024, 4, 1) + dt.timedelta(r.randint(0, 360)), name) for name in names(r, 11))
    for at, (end, name) in enumerate(given, start=1):
        id_, start, fee, cs = f"{r.randint(1000, 9999)}{at:02d}", dt.date(r.choice((2020, 2021, 2022)), r.randint(1, 12), 1), r.randint(15, 120), "園田"
        reason, words = r.choice((("価格", "予算縮小のため継続困難"), ("機能不足", "帳票の出力形式が合わない"), ("担当者退職", "引き継ぎされず利用停止"),
                                  ("事業撤退", "該当部門の廃止")))
        rows.append([at, short_era(end), id_, name, r.choice(PLANS), short_era(start), fee, reason, words, cs, r.choice("○×"), r.choice("○×"),
                     r.choice(("あり", "なし"))])
        wanted.append({"customer_id": id_, "start_date": start, "end_date": end, "mrr": fee * 1000})
        named.append({"customer_id": id_, "customer_name": name, "owner": cs})
        told.append({"customer_id": id_, "cancelled_on": end, "reason": reason, "comment": words})
    head = ["No", "解約日", "得意先コード", "得意先名", "契約プラン", "契約開始日", "解約時月額（千円）", "解約理由", "詳細", "CS担当", "値引提案", "役員訪問", "再契約見込"]
    data = workbook({"解約": [["令和6年度　解約企業一覧"], [None] * 10 + ["作成日：R7.4.3"], head, *rows,
                              [None, f"計 {len(rows)}件", *[None] * 4, sum(row[6] for row in rows)], ["（注）事業譲渡による名義変更は除く"]]})
    return File("R6解約企業一覧.xlsx", data, {"解約": Wanted(
        keyed("得意先コード", customers={"customer_name": "得意先名", "owner": "CS担当"}, subscriptions={
            "start_date": "契約開始日", "end_date": "解約日", "mrr": "解約時月額（千円）", "plan": "契約プラン"},
            cancellations={"cancelled_on": "解約日", "reason": "解約理由", "comment": "詳細"}),
        {"subscriptions": wanted, "customers": named, "cancellations": told})})


@case("ストック売上推移: 2024年度 and 2025年度 merged over their months, products under a customer named once, a 小計 row for each customer",
      part=PRACTICE)
def two_fiscal_years(r: random.Random) -> File:
    first, rows, wanted, named, sums = dt.date(2024, 10, 1), [], [], [], [0] * 9
    for at, name in enumerate(names(r, 7), start=1):
        id_, cs, held = f"G-{at:04d}", r.choice(("有村", "早川")), []
        for product in ("基本パック", "帳票オプション", "API連携")[:r.choice((1, 2, 3))]:
            fees = [fee and fee * 500 for fee in course(r, 9)]
            lead = [None] * 4 if held else [id_, name, cs, r.choice(("直販", "代理店"))]
            rows.append([*lead, product, *fees[:6], total(*fees[:6]), *fees[6:], total(*fees[6:]), None])
            held.append([fee or 0 for fee in fees])
            wanted += runs(id_, first, fees, product=product)
        group = [sum(fees) for fees in zip(*held, strict=True)]
        sums = [one + more for one, more in zip(sums, group, strict=True)]
        rows.append([None, None, None, None, "小計", *group[:6], sum(group[:6]), *group[6:], sum(group[6:]), None])
        named.append({"customer_id": id_, "customer_name": name, "owner": cs})
    earlier, recent = [f"{month}月" for month in (10, 11, 12, 1, 2, 3)], ["4月", "5月", "6月"]
    data = workbook({"推移": [["ストック売上　顧客・製品別推移"], ["単位：円（税抜）", *[None] * 10, "経営企画室　2025年7月1日作成"],
                              ["顧客ID", "顧客名", "CS担当", "販路", "製品", "2024年度", *[None] * 6, "2025年度", *[None] * 3, "備考"],
                              [None] * 5 + [*earlier, "計", *recent, "計", None], *rows,
                              ["総合計", *[None] * 4, *sums[:6], sum(sums[:6]), *sums[6:], sum(sums[6:])], ["※スポット売上は含まない"]]},
                    merged={"推移": ["F3:L3", "M3:P3", *(f"{letter}3:{letter}4" for letter in "ABCDEQ")]})
    heads = [*(f"2024年度 {month}" for month in earlier), *(f"2025年度 {month}" for month in recent)]
    return File("ストック売上推移.xlsx", data, {"推移": Wanted(
        keyed("顧客ID", customers={"customer_name": "顧客名", "owner": "CS担当"}, subscriptions={"product": "製品"}),
        {"subscriptions": wanted, "customers": named}, shape="monthly_wide", header_levels=2, months=months(heads, first),
        months_of="subscriptions.mrr")})
