"""Held out in practice: sheets laid out for people to read, with titles, groups, totals and notes around the rows."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from tests.ingest.corpus.cases import File, Row, Wanted, case, keyed
from tests.ingest.corpus.lives import Life, customers, lives, names
from tests.ingest.corpus.writing import blank, short_era, slash, workbook

PRACTICE = "held out in practice"
PLANS = ("ライト", "スタンダード", "プレミアム")
FIELDS = ("製造", "小売", "医療", "建設", "運輸")


def later(first: dt.date, count: int) -> dt.date:
    """The first day of the month `count` months on."""
    return dt.date(first.year + (first.month - 1 + count) // 12, (first.month - 1 + count) % 12 + 1, 1)


def course(r: random.Random, count: int, low: int = 8, high: int = 60) -> list[int | None]:
    """Fees of so many months: most run through, some join, leave or change once."""
    fee, begin = r.randint(low, high), r.choice((0, 0, 0, 0, r.randint(1, count - 3)))
    leave = r.choice((count, count, count, count, r.randint(begin + 2, count)))
    step = r.choice((count, count, r.randint(begin + 1, leave - 1)))
    rise = max(fee // r.choice((3, 5, -4)), 1 - fee) or 1
    return [fee + rise * (at >= step) if begin <= at < leave else None for at in range(count)]


def runs(id_: str, first: dt.date, fees: Sequence[int | None], scale: int = 1, **more: Any) -> list[Row]:
    """The intervals of a monthly row; the last month leaves them open."""
    rows = []
    for fee, places in groupby(range(len(fees)), key=fees.__getitem__):
        held = [*places]
        if fee:
            end = later(first, held[-1] + 1) if held[-1] + 1 < len(fees) else None
            rows.append({"customer_id": id_, "start_date": later(first, held[0]), "end_date": end, "mrr": fee * scale, **more})
    return rows


def months(headers: Sequence[str], first: dt.date) -> dict[str, str]:
    return {header: f"{later(first, at):%Y-%m}" for at, header in enumerate(headers)}


def total(*fees: int | None) -> int:
    return sum(fee or 0 for fee in fees)


def until(life: Life) -> dt.date:
    """The next day on which a running contract runs out; the end of one that ended."""
    after = life.start.replace(year=2025)
    return life.end or (after if after > dt.date(2025, 7, 1) else after.replace(year=2026)) - dt.timedelta(1)


@case("年度のMRR推移表: 表題, 作成日 and 単位：千円 above, 上期計, 下期計 and 年度計 between and after the months, 合計 and notes below", part=PRACTICE)
def fiscal_year_mrr(r: random.Random) -> File:
    first, rows, wanted, named = dt.date(2024, 4, 1), [], [], []
    for at, life in enumerate(lives(r, 14, "K-{:03d}", is_month_first=True), start=1):
        fees = course(r, 12)
        begun = life.start if fees[0] else later(first, next(at for at, fee in enumerate(fees) if fee))
        rows.append([at, life.id, life.name, r.choice(FIELDS), r.choice(PLANS), slash(begun), *fees[:6], total(*fees[:6]), *fees[6:],
                     total(*fees[6:]), total(*fees), r.choice((None, None, "値上げ交渉中", "請求先変更"))])
        wanted += runs(life.id, first, fees, 1000)
        named.append({"customer_id": life.id, "customer_name": life.name, "started_on": begun})
    first_half, second_half = [f"{month}月" for month in range(4, 10)], [f"{month}月" for month in (10, 11, 12, 1, 2, 3)]
    sums = [total(*(row[at] for row in rows)) for at in range(6, 21)]
    data = workbook({"MRR推移": [
        ["2024年度　MRR推移表（顧客別）"], [None] * 17 + ["作成日：2025/4/8"], [None] * 17 + ["作成：経営管理部　単位：千円（税抜）"], [],
        ["No.", "顧客コード", "顧客名", "業種", "プラン", "契約開始日", *first_half, "上期計", *second_half, "下期計", "年度計", "備考"],
        *rows, [None, None, "合計", None, None, None, *sums], [],
        ["※ 従量課金分・初期費用は含まない"], ["※ 空欄は契約なし"]]}, merged={"MRR推移": ["A1:H1"]})
    return File("2024年度MRR推移表.xlsx", data, {"MRR推移": Wanted(
        keyed("顧客コード", customers={"customer_name": "顧客名", "started_on": "契約開始日"}, subscriptions={"plan": "プラン"}),
        {"subscriptions": wanted, "customers": named}, shape="monthly_wide", months=months(first_half + second_half, first),
        months_of="subscriptions.mrr")})


@case("契約一覧 under a heading row for each CSM, with 小計 and a blank row after each group, dates as R6.4.1, 自動更新 as ○ and ×", part=PRACTICE)
def groups_by_csm(r: random.Random) -> File:
    rows, wanted, given = [], [], lives(r, 15, "A{:04d}")
    for at, csm in enumerate(("小川", "戸田", "西")):
        group = given[at * 5:at * 5 + 5]
        rows.append([f"【担当：{csm}】"])
        for life in group:
            plan, seats, renews = r.choice(PLANS), r.randint(1, 30) * 5, r.random() < 0.7
            rows.append([life.id, life.name + "　" * (life.id[-1] == "7"), r.choice(FIELDS), r.choice(("東京都", "愛知県", "大阪府")), plan, seats, life.mrr,
                         short_era(life.start), short_era(until(life)), "○" if renews else "×", "解約" if life.end else "契約中",
                         blank(short_era)(life.end), r.choice((None, "値引き中", "担当者異動"))])
            wanted.append({"customer_id": life.id, "start_date": life.start, "end_date": life.end, "term_end": until(life), "mrr": life.mrr,
                           "plan": plan, "seats": seats, "auto_renews": renews})
        rows += [[None, f"小計（{len(group)}社）", *[None] * 4, sum(life.mrr for life in group)], []]
    head = ["顧客ID", "会社名", "業種", "都道府県", "プラン", "ID数", "月額（税抜）", "利用開始日", "契約満了日", "自動更新", "状態", "解約日", "備考"]
    data = workbook({"契約一覧": [["契約先一覧（担当別）"], ["令和7年6月30日現在"], [], head, *rows,
                                  [None, "合計", *[None] * 4, sum(life.mrr for life in given)]]})
    return File("契約先一覧_担当別.xlsx", data, {"契約一覧": Wanted(
        keyed("顧客ID", customers={"customer_name": "会社名"}, subscriptions={
            "start_date": "利用開始日", "end_date": "解約日", "term_end": "契約満了日", "auto_renews": "自動更新", "mrr": "月額（税抜）",
            "plan": "プラン", "seats": "ID数"}),
        {"subscriptions": wanted, "customers": customers(given)}, may=("状態", "解約日", "担当"))})


@case("顧客カルテ: one row per customer with contract, reason for leaving, onboarding steps and a dated NPS side by side", part=PRACTICE)
def wide_chart(r: random.Random) -> File:
    rows, wanted, named, left, steps, answers = [], [], [], [], [], []
    for life in lives(r, 16, "CS{:05d}", shortest=200):
        csm, done = r.choice(("森", "浅野", "堀")), [life.start + dt.timedelta(day) for day in (7, r.randint(14, 25), r.randint(28, 40))]
        done = done[:r.choice((3, 3, 3, 2))]
        over = done[2] + dt.timedelta(r.randint(5, 40)) if len(done) == 3 else None
        score = None if r.random() < 0.3 else r.randint(3, 10)
        asked, reason = life.start + dt.timedelta(150), r.choice(("予算削減", "他社切替", "利用定着せず")) if life.end else None
        rows.append([life.id, life.name, r.choice(FIELDS), r.randint(2, 90) * 10, csm, r.choice(PLANS), life.mrr, life.start, until(life), life.end,
                     reason, *done, *[None] * (3 - len(done)), over, "-" if score is None else score, asked if score is not None else "-", "03-0000-0000", None])
        wanted.append({"customer_id": life.id, "start_date": life.start, "end_date": life.end, "term_end": until(life), "mrr": life.mrr})
        named.append({"customer_id": life.id, "customer_name": life.name, "owner": csm, "onboarding_completed_on": over})
        left += [{"customer_id": life.id, "cancelled_on": life.end, "reason": reason}] if life.end else []
        steps += [{"customer_id": life.id, "milestone": step, "completed_on": day}
                  for step, day in zip(("キックオフ", "初期設定", "管理者研修"), done, strict=False)]
        answers += [{"customer_id": life.id, "kind": "nps", "score": score, "answered_on": asked}] if score is not None else []
    head = ["顧客番号", "会社名", "業種", "従業員数", "担当CSM", "契約プラン", "月額利用料", "契約開始日", "契約満了日", "解約日", "解約理由",
            "キックオフ", "初期設定", "管理者研修", "オンボーディング完了日", "NPS", "NPS回答日", "電話番号", "メモ"]
    data = workbook({"カルテ": [["顧客カルテ　2025年6月版"], ["作成者：カスタマーサクセス部", None, None, None, "単位：円"], [], head, *rows]})
    return File("顧客カルテ.xlsx", data, {"カルテ": Wanted(
        keyed("顧客番号", customers={"customer_name": "会社名", "owner": "担当CSM", "onboarding_completed_on": "オンボーディング完了日"},
              subscriptions={"start_date": "契約開始日", "end_date": "解約日", "term_end": "契約満了日", "mrr": "月額利用料", "plan": "契約プラン"},
              cancellations={"cancelled_on": "解約日", "reason": "解約理由"}, milestones={}, surveys={"answered_on": "NPS回答日"}),
        {"subscriptions": wanted, "customers": named, "cancellations": left, "milestones": steps, "surveys": answers},
        milestones={step: step for step in ("キックオフ", "初期設定", "管理者研修")}, scores={"NPS": "nps"}, may=("NPS",))})


@case("revenue by month down the page, with account, name and segment only in the first row of each account", part=PRACTICE)
def long_with_gaps(r: random.Random) -> File:
    first, rows, wanted, named, merged = dt.date(2025, 1, 1), [], [], [], []
    for at, name in enumerate(names(r, 6, "en"), start=101):
        id_, seats, plan = f"ACC-{at}", r.randint(5, 60), r.choice(("Team", "Business"))
        fees = course(r, 6, 40, 300)
        opening = len(rows) + 5
        for place, fee in ((place, fee) for place, fee in enumerate(fees) if fee):
            lead = [id_, name, r.choice(("SMB", "Mid-market"))] if len(rows) + 5 == opening else [None] * 3
            rows.append([*lead, f"{later(first, place):%b %Y}", plan, seats, f"${fee * 10:,}", f"INV-{r.randint(10000, 99999)}",
                         r.choice(("Y", "Y", "N")), None])
        merged += [f"{letter}{opening}:{letter}{len(rows) + 4}" for letter in "ABC"]
        wanted += runs(id_, first, fees, 10)
        named.append({"customer_id": id_, "customer_name": name})
    head = ["Account ID", "Customer", "Segment", "Month", "Plan", "Seats", "MRR (USD)", "Invoice no.", "Paid?", "Comment"]
    data = workbook({"H1 2025": [["Recurring revenue by customer, H1 2025"], ["Owner: Finance / last updated 2025-06-30"], [], head, *rows, [],
                                 ["Recurring fees only. Usage overages are billed separately."]]}, merged={"H1 2025": merged})
    return File("Recurring revenue H1.xlsx", data, {"H1 2025": Wanted(
        keyed("Account ID", customers={"customer_name": "Customer"}, subscriptions={
            "start_date": "Month", "mrr": "MRR (USD)", "plan": "Plan", "seats": "Seats"}),
        {"subscriptions": wanted, "customers": named}, shape="monthly_long")})


@case("MRR予実管理表: 計画 by month to the left, 実績 by month to the right under merged headings, the year only in the title", part=PRACTICE)
def plan_beside_actual(r: random.Random) -> File:
    first, rows, wanted, named = dt.date(2025, 1, 1), [], [], []
    for at, name in enumerate(names(r, 12), start=1):
        fees, csm = [fee and fee * 1000 for fee in course(r, 6)], r.choice(("岡", "三宅"))
        plan = [next(fee for fee in fees if fee) + r.choice((0, 0, 5000))] * 6
        rows.append([f"T{at:03d}", name, csm, r.choice(("月払い", "年払い")), *plan, sum(plan), *(fee or 0 for fee in fees), total(*fees),
                     total(*fees) - sum(plan)])
        wanted += runs(f"T{at:03d}", first, fees)
        named.append({"customer_id": f"T{at:03d}", "customer_name": name, "owner": csm})
    head = [f"{month}月" for month in range(1, 7)]
    data = workbook({"予実": [["2025年上半期（1月～6月）　MRR予実管理表"], ["単位：円", None, "作成：CS企画"],
                              ["顧客ID", "顧客名", "CS担当", "支払方法", "計画", *[None] * 6, "実績", *[None] * 6, "差異"],
                              [None] * 4 + [*head, "計", *head, "計"], *rows,
                              ["合計", None, None, None, *(sum(row[at] for row in rows) for at in range(4, 19))]]},
                    merged={"予実": ["A1:H1", "E3:K3", "L3:R3", "A3:A4", "B3:B4", "C3:C4", "D3:D4", "S3:S4"]})
    return File("MRR予実_2025上半期.xlsx", data, {"予実": Wanted(
        keyed("顧客ID", customers={"customer_name": "顧客名", "owner": "CS担当"}, subscriptions={}),
        {"subscriptions": wanted, "customers": named}, shape="monthly_wide", months=months([f"実績 {month}" for month in head], first),
        months_of="subscriptions.mrr", header_levels=2, may=("支払方法",))})


@case("MRR by customer, fiscal year from April, in USD thousands, segments as heading rows with totals, quarters between the months", part=PRACTICE)
def segments_and_quarters(r: random.Random) -> File:
    first, rows, wanted, named, given = dt.date(2024, 4, 1), [], [], [], names(r, 12, "en")
    heads, totals = [f"{later(first, at):%b-%y}" for at in range(12)], [0] * 12
    for place, segment in enumerate(("Enterprise", "Mid-Market", "SMB")):
        rows.append([segment])
        group = []
        for at in range(place * 4, place * 4 + 4):
            fees, csm = course(r, 12, 10, 80), r.choice(("R. Ames", "P. Lind"))
            group.append([fee or 0 for fee in fees])
            rows.append([f"{40100 + at}", given[at], r.choice(("EMEA", "NA", "APAC")), csm, *quarterly([fee and fee / 10 for fee in fees])])
            wanted += runs(f"{40100 + at}", first, fees, 100)
            named.append({"customer_id": f"{40100 + at}", "customer_name": given[at], "owner": csm})
        sums = [sum(fees) for fees in zip(*group, strict=True)]
        totals = [one + more for one, more in zip(totals, sums, strict=True)]
        rows += [[f"Total {segment}", None, None, None, *quarterly([fee / 10 for fee in sums])], []]
    top = ["Cust. no.", "Customer", "Region", "CSM",
           *(head for at in range(0, 12, 3) for head in (*heads[at:at + 3], f"Q{at // 3 + 1}")), "FY total"]
    data = workbook({"MRR FY25": [["MRR by customer: FY25 (Apr 2024 - Mar 2025)"], ["USD thousands, excl. tax"], [], top, *rows,
                                  ["Grand total", None, None, None, *quarterly([fee / 10 for fee in totals])], [],
                                  ["Prepared by Finance for the April board pack"]]})
    return File("FY25 MRR by customer.xlsx", data, {"MRR FY25": Wanted(
        keyed("Cust. no.", customers={"customer_name": "Customer", "owner": "CSM"}, subscriptions={}),
        {"subscriptions": wanted, "customers": named}, shape="monthly_wide", months=months(heads, first), months_of="subscriptions.mrr")})


def quarterly(fees: Sequence[float | None]) -> list[float | None]:
    """Twelve months with a sum after every three and one at the end."""
    cells: list[float | None] = []
    for at in range(0, 12, 3):
        cells += [*fees[at:at + 3], round(sum(fee or 0 for fee in fees[at:at + 3]), 1)]
    return [*cells, round(sum(fee or 0 for fee in fees), 1)]
