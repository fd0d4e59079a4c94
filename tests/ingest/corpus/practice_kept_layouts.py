"""Held out in practice and kept back: every third of the layouts, in the order of writing."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from tests.ingest.corpus.cases import File, Row, Wanted, case, keyed
from tests.ingest.corpus.lives import contracts, lives, names
from tests.ingest.corpus.practice_layouts import FIELDS, PLANS, course, runs, until
from tests.ingest.corpus.writing import american, blank, short_era, slash, workbook

KEPT = "held out in practice, kept"


@case("customer book: Account, Contract, Onboarding and Feedback merged over their columns, a title and an as-of line above", part=KEPT)
def customer_book(r: random.Random) -> File:
    rows, wanted, named, steps, answers = [], [], [], [], []
    for life in lives(r, 14, "A-{:04d}", "en", first=2022, round_to=50, shortest=200):
        csm, plan, seats, score = r.choice(("Imani", "Cole", "Freya")), r.choice(("Core", "Plus")), r.randint(3, 90), r.choice((None, *range(4, 11)))
        kickoff, trained = life.start + dt.timedelta(r.randint(3, 9)), life.start + dt.timedelta(r.randint(15, 30))
        over = trained + dt.timedelta(10) if r.random() < 0.8 else None
        rows.append([life.id, life.name, r.choice(("Retail", "Finance", "Logistics")), csm, plan, life.start, until(life), life.end, life.mrr, seats,
                     kickoff, trained, over, score, r.choice((None, "wants API", "happy")), r.choice((None, "reference customer"))])
        wanted.append({"customer_id": life.id, "start_date": life.start, "end_date": life.end, "term_end": until(life), "mrr": life.mrr,
                       "plan": plan, "seats": seats})
        named.append({"customer_id": life.id, "customer_name": life.name, "owner": csm, "onboarding_completed_on": over})
        steps += [{"customer_id": life.id, "completed_on": day} for day in (kickoff, trained)]
        answers += [{"customer_id": life.id, "kind": "nps", "score": score}] if score is not None else []
    data = workbook({"Book": [["Customer book FY25"], ["Customer Success Ops | as of 30 June 2025 | USD"], [],
                              ["Account", None, None, None, "Contract", *[None] * 5, "Onboarding", None, None, "Feedback", None, "Notes"],
                              ["ID", "Name", "Industry", "CSM", "Plan", "Start date", "Renewal date", "Cancelled on", "MRR", "Seats", "Kickoff",
                               "Admin training", "Completed", "NPS", "Comment", None], *rows]},
                    merged={"Book": ["A1:F1", "A4:D4", "E4:J4", "K4:M4", "N4:O4", "P4:P5"]})
    return File("Customer book FY25.xlsx", data, {"Book": Wanted(
        keyed("Account ID", customers={"customer_name": "Account Name", "owner": "Account CSM",
                                       "onboarding_completed_on": "Onboarding Completed"},
              subscriptions={"start_date": "Contract Start date", "term_end": "Contract Renewal date", "end_date": "Contract Cancelled on",
                             "mrr": "Contract MRR", "plan": "Contract Plan", "seats": "Contract Seats"}, milestones={}, surveys={}),
        {"subscriptions": wanted, "customers": named, "milestones": steps, "surveys": answers}, header_levels=2,
        milestones={"Onboarding Kickoff": "Kickoff", "Onboarding Admin training": "Admin training"}, scores={"Feedback NPS": "nps"},
        may=("Feedback NPS", "Feedback Comment", "Contract Cancelled on", "Notes"))})


@case("契約管理: the list to the left, 担当別集計 to the right of it after an empty column, titles over both", part=KEPT)
def summary_at_the_side(r: random.Random) -> File:
    rows, given, named = [], lives(r, 15, "M{:05d}"), []
    for life in given:
        csm = r.choice(("相沢", "岩淵", "宇野"))
        named.append({"customer_id": life.id, "customer_name": life.name, "owner": csm})
        rows.append([life.id, life.name, r.choice(FIELDS), csm, r.choice(PLANS), f"{life.mrr:,}円", slash(life.start), blank(slash, "―")(life.end),
                     "解約済" if life.end else "利用中", r.choice((None, "本社移転", "窓口変更"))])
    for at, csm in enumerate(("相沢", "岩淵", "宇野")):
        held = [life.mrr for life, name in zip(given, named, strict=True) if name["owner"] == csm and not life.end]
        rows[at] += [None, csm, len(held), f"{sum(held):,}円"]
    held = [life.mrr for life in given if not life.end]
    rows[3] += [None, "計", len(held), f"{sum(held):,}円"]
    head = ["契約先ID", "契約先名", "業種", "担当CSM", "契約プラン", "月額料金", "契約日", "解約日", "利用状況", "備考", None, "担当", "社数", "月額計"]
    data = workbook({"契約管理": [["■ 契約先一覧", *[None] * 10, "■ 担当別集計（利用中のみ）"], ["更新：2025/6/30"], head, *rows]})
    return File("契約管理表.xlsx", data, {"契約管理": Wanted(
        keyed("契約先ID", customers={"customer_name": "契約先名", "owner": "担当CSM"}, subscriptions={
            "start_date": "契約日", "end_date": "解約日", "mrr": "月額料金", "plan": "契約プラン"}),
        {"subscriptions": contracts(given), "customers": named}, may=("利用状況", "解約日"))})


@case("月次スナップショット: a sheet for each month, named 2025年3月 and so on, the same columns and a 合計 row in each", part=KEPT)
def sheet_per_month(r: random.Random) -> tuple[tuple[File, ...], dict[str, list[Row]]]:
    first, given, sheets, wanted = dt.date(2025, 3, 1), [], {}, []
    written: dict[str, Wanted] = {}
    for at, name in enumerate(names(r, 13), start=1):
        given.append((f"S{at:04d}", name, r.choice(FIELDS), r.choice(PLANS), r.randint(2, 40), r.choice(("黒川", "島")), course(r, 4)))
        wanted += runs(given[-1][0], first, given[-1][-1], 1000)
    head = ["顧客ID", "顧客名", "業種", "プラン", "ID数", "担当CSM", "月額料金", "特記"]
    for at in range(4):
        here: list[list[Any]] = [[*one[:6], one[6][at] * 1000, None] for one in given if one[6][at]]
        sheets[f"2025年{at + 3}月"] = [[f"契約顧客一覧（2025年{at + 3}月末時点）"], [*[None] * 6, "単位：円"], head, *here,
                                      ["合計", *[None] * 5, sum(row[6] for row in here)]]
        written[f"2025年{at + 3}月"] = Wanted(
            keyed("顧客ID", customers={"customer_name": "顧客名", "owner": "担当CSM"}, subscriptions={"plan": "プラン", "seats": "ID数"}),
            shape="monthly_wide", months={"月額料金": f"2025-{at + 3:02d}"})
    return (File("契約顧客一覧_月次.xlsx", workbook(sheets), written),), {"subscriptions": wanted}


@case("保守契約台帳: 月額 in 万円 with decimals, 令和 dates, 解約予告 in months, sections by service, 作成日 and 作成者 above and notes below", part=KEPT)
def maintenance_ledger(r: random.Random) -> File:
    rows, wanted, named, given = [], [], [], lives(r, 14, "{:05d}", is_month_first=True, round_to=500)
    for at, service in enumerate(("ネットワーク保守", "ヘルプデスク")):
        rows.append([f"＜{service}＞"])
        for life in given[at * 7:at * 7 + 7]:
            renews = r.random() < 0.8
            rows.append([f"H-{len(named) + 1:03d}", life.id, life.name, f"東京都港区{r.randint(1, 9)}-{r.randint(1, 20)}", "03-0000-0000", life.mrr / 10000,
                         short_era(life.start), short_era(until(life)), blank(short_era)(life.end), "○" if renews else "×",
                         r.choice(("1ヶ月前", "3ヶ月前")), r.choice(("平日9-17時", "24時間365日")), r.choice((None, "機器更改予定", "要見積"))])
            wanted.append({"customer_id": life.id, "start_date": life.start, "end_date": life.end, "term_end": until(life), "mrr": life.mrr,
                           "auto_renews": renews})
            named.append({"customer_id": life.id, "customer_name": life.name})
        rows.append([None, None, "小計", None, None, sum(life.mrr for life in given[at * 7:at * 7 + 7]) / 10000])
    head = ["契約No", "得意先コード", "得意先名", "所在地", "電話", "月額（万円）", "保守開始日", "満了日", "解約日", "自動更新", "解約予告", "対応時間", "摘要"]
    data = workbook({"台帳": [["保守契約台帳（令和7年6月末現在）"], ["作成日：令和7年7月1日", None, None, "作成者：サービス管理課"], [], head, *rows, [],
                              ["注1）金額は税抜。"], ["注2）満了日に申し出がないときは1年自動更新（自動更新欄○の契約）。"]]}, merged={"台帳": ["A1:F1"]})
    return File("保守契約台帳.xlsx", data, {"台帳": Wanted(
        keyed("得意先コード", customers={"customer_name": "得意先名"}, subscriptions={
            "start_date": "保守開始日", "term_end": "満了日", "end_date": "解約日", "mrr": "月額（万円）", "auto_renews": "自動更新",
            "notice_days": "解約予告", "subscription_id": "契約No"}),
        {"subscriptions": wanted, "customers": named}, may=("解約日",))})


@case("renewal tracker: a heading row for each renewal month with a count and a sum below it, risk in words for the colours, ARR, Y and N", part=KEPT)
def renewals_by_month(r: random.Random) -> File:
    rows, wanted, named, at, given = [], [], [], 0, names(r, 12, "en")
    for month in (7, 8, 9, 10):
        rows.append([f"{dt.date(2025, month, 1):%B %Y}"])
        fees = []
        for name in given[at:at + 3]:
            at += 1
            due, csm, plan, seats = dt.date(2025, month, r.randint(1, 28)), r.choice(("Bea", "Hugo")), r.choice(("Standard", "Premium")), r.randint(5, 90)
            start, fee, renews, days = due.replace(year=r.choice((2022, 2023, 2024))), r.randint(4, 60) * 600, r.random() < 0.6, r.choice((30, 60, 90))
            rows.append([name, f"10{at:04d}", csm, r.choice(("SMB", "Enterprise")), plan, seats, f"${fee:,}", american(start), american(due),
                         "Y" if renews else "N", days, r.choice(("Green", "Amber", "Red")), r.choice((None, "Verbal yes", "Quote sent")), None])
            fees.append(fee)
            wanted.append({"customer_id": f"10{at:04d}", "start_date": start, "term_end": due, "mrr": fee / 12, "plan": plan, "seats": seats,
                           "auto_renews": renews, "notice_days": days})
            named.append({"customer_id": f"10{at:04d}", "customer_name": name, "owner": csm})
        rows += [["3 renewals", *[None] * 5, f"${sum(fees):,}"], []]
    head = ["Account", "Account no.", "CSM", "Segment", "Plan", "Seats", "ARR", "Contract start", "Renewal date", "Auto-renew", "Notice (days)", "Risk",
            "Outcome", "Next step"]
    data = workbook({"Renewals": [["Renewal tracker H2 2025"], ["Red = call this week, Amber = watch, Green = fine"], [], head, *rows]})
    return File("Renewal tracker H2.xlsx", data, {"Renewals": Wanted(
        keyed("Account no.", customers={"customer_name": "Account", "owner": "CSM"}, subscriptions={
            "start_date": "Contract start", "term_end": "Renewal date", "amount": "ARR", "auto_renews": "Auto-renew",
            "notice_days": "Notice (days)", "plan": "Plan", "seats": "Seats"}),
        {"subscriptions": wanted, "customers": named}, may=("Risk", "Outcome", "Next step"))})


@case("加入企業一覧: 継続月数 and a circle under 解約 in place of dates, 満足度（5段階）, 済 for papers, a note on the circle, 合計 below", part=KEPT)
def circles_for_leavers(r: random.Random) -> File:
    rows, wanted, fees, answers, given = [], [], [], [], lives(r, 18, "HR{:04d}")
    for at, life in enumerate(given, start=1):
        left, held, score = r.random() < 0.25, r.randint(2, 60), r.choice((None, 2, 3, 4, 4, 5))
        rows.append([at, life.id, life.name, r.choice(FIELDS), r.choice(("～50名", "51～300名", "301名～")), r.choice(PLANS), life.mrr, held,
                     "○" if left else None, score, "済", r.choice(("済", None)), r.choice(("○", "×")), None])
        wanted.append({"customer_id": life.id, "customer_name": life.name, "has_left": left, "tenure_months": held})
        fees.append({"customer_id": life.id, "mrr": life.mrr})
        answers += [{"customer_id": life.id, "kind": "csat", "score": score}] if score else []
    head = ["No.", "企業コード", "企業名", "業種", "規模", "プラン", "月額（円）", "継続月数", "解約", "満足度（5段階）", "契約書", "覚書", "事例掲載", "備考"]
    data = workbook({"一覧": [["給与計算アウトソーシング　加入企業一覧"], ["2025年6月30日時点", None, None, "○＝解約済み"], [], head, *rows,
                              [None, None, "合計", None, None, None, sum(life.mrr for life in given)], ["※規模は契約時の人数"]]})
    return File("加入企業一覧.xlsx", data, {"一覧": Wanted(
        keyed("企業コード", customers={"customer_name": "企業名", "has_left": "解約", "tenure_months": "継続月数"},
              subscriptions={"mrr": "月額（円）", "plan": "プラン"}, surveys={}),
        {"customers": wanted, "subscriptions": fees, "surveys": answers}, shape="snapshot", scores={"満足度（5段階）": "csat"},
        may=("満足度（5段階）",))})
