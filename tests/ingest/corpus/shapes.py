"""The five shapes of the handbook, each in the words of one language and then of the other."""

from __future__ import annotations

import datetime as dt
import random

from tests.ingest.corpus.cases import File, Wanted, case
from tests.ingest.corpus.lives import contracts, customers, lives, names
from tests.ingest.corpus.writing import blank, comma, kanji, slash, table, workbook

MONTHS = [dt.date(2024, month, 1) for month in range(1, 13)]


def runs(customer: str, amounts: list[int], months: list[dt.date]) -> list[dict[str, object]]:
    """The contracts that a customer's amounts by month make (handbook 1): runs of equal amounts."""
    found: list[dict[str, object]] = []
    before = 0
    for month, amount in zip(months, amounts, strict=True):
        if amount != before:
            if before:
                found[-1]["end_date"] = month
            if amount:
                found.append({"customer_id": customer, "start_date": month, "end_date": None, "mrr": amount})
        before = amount
    return found


def stories(r: random.Random, count: int, months: list[dt.date]) -> list[list[int]]:
    """For each customer its amount in every month: starts, raises, leavings and returns."""
    made = []
    for _ in range(count):
        start, amount = r.choice((0, 0, 0, 2, 5)), r.randint(5, 60) * 1000
        raised, left = r.randint(3, 20), r.randint(6, 25)
        made.append([0 if at < start or at >= left else amount + (10_000 if at >= raised else 0)
                     for at in range(len(months))])
    return made


@case("contract rows, English words, ISO dates")
def contract_rows_en(r: random.Random) -> File:
    given = lives(r, 18, "ACC-{:03d}", "en", round_to=10)
    rows = [[life.id, life.name, life.start.isoformat(), life.end and life.end.isoformat(), life.mrr, "monthly"]
            for life in given]
    head = ["Account ID", "Account name", "Subscription start", "Subscription end", "Fee per month", "Billing cycle"]
    wanted = Wanted({"subscriptions.customer_id": "Account ID", "subscriptions.start_date": "Subscription start",
                     "subscriptions.end_date": "Subscription end", "subscriptions.mrr": "Fee per month",
                     "customers.customer_id": "Account ID", "customers.customer_name": "Account name"},
                    {"subscriptions": contracts(given), "customers": customers(given)}, may=("Billing cycle",))
    return File("subscriptions_2025.csv", table([head, *rows]), {"subscriptions_2025": wanted})


@case("contract rows, Japanese words, real dates, renewals as further rows")
def contract_rows_ja(r: random.Random) -> File:
    given = lives(r, 12, "K{:05d}", shortest=400)
    rows, wanted = [], []
    for life in given:
        turn = life.start + dt.timedelta(365)
        for start, end, mrr in ((life.start, turn, life.mrr), (turn, life.end, life.mrr + 5000)):
            rows.append([life.id, life.name, start, end, mrr, r.choice(("標準", "上位"))])
            wanted.append({"customer_id": life.id, "start_date": start, "end_date": end, "mrr": mrr})
    head = ["顧客番号", "会社名", "利用開始日", "利用終了日", "月額料金", "コース"]
    return File("契約一覧.xlsx", workbook({"契約": [head, *rows]}), {"契約": Wanted(
        {"subscriptions.customer_id": "顧客番号", "subscriptions.start_date": "利用開始日",
         "subscriptions.end_date": "利用終了日", "subscriptions.mrr": "月額料金", "subscriptions.plan": "コース",
         "customers.customer_id": "顧客番号", "customers.customer_name": "会社名"},
        {"subscriptions": wanted, "customers": customers(given)})})


@case("one row per customer that feeds four tables, Japanese")
def one_row_per_customer_ja(r: random.Random) -> File:
    given = lives(r, 20, "{:06d}", first=2022)
    extra = {life.id: (r.choice(("佐藤", "鈴木", "高橋")), life.start + dt.timedelta(r.randint(10, 80)),
                       r.choice((None, 3, 7, 9, 10)), r.choice(("製造", "小売", "医療"))) for life in given}
    rows = [[life.id, life.name, extra[life.id][3], extra[life.id][0], slash(life.start), slash(extra[life.id][1]),
             comma(life.mrr), extra[life.id][2], blank(slash)(life.end),
             r.choice(("価格", "担当者の退職", "利用しなくなった")) if life.end else None] for life in given]
    reasons = {row[0]: row[9] for row in rows}
    head = ["顧客コード", "企業名", "業種", "担当CS", "契約日", "導入完了日", "月額(円)", "NPS", "解約日", "解約理由"]
    return File("顧客カルテ.csv", table([head, *rows], encoding="cp932"), {"顧客カルテ": Wanted(
        {"customers.customer_id": "顧客コード", "customers.customer_name": "企業名", "customers.owner": "担当CS",
         "customers.onboarding_completed_on": "導入完了日", "subscriptions.customer_id": "顧客コード",
         "subscriptions.start_date": "契約日", "subscriptions.mrr": "月額(円)", "subscriptions.end_date": "解約日",
         "surveys.customer_id": "顧客コード", "surveys.score": "NPS", "cancellations.customer_id": "顧客コード",
         "cancellations.cancelled_on": "解約日", "cancellations.reason": "解約理由"},
        {"subscriptions": contracts(given),
         "customers": [{"customer_id": life.id, "customer_name": life.name, "owner": extra[life.id][0],
                        "onboarding_completed_on": extra[life.id][1]} for life in given],
         "surveys": [{"customer_id": life.id, "kind": "nps", "score": extra[life.id][2]} for life in given
                     if extra[life.id][2] is not None],
         "cancellations": [{"customer_id": life.id, "cancelled_on": life.end, "reason": reasons[life.id]}
                           for life in given if life.end]},
        shape="one_row_per_customer", may=("契約日",))})


@case("one row per customer, English, with a CSAT column and the touch model")
def one_row_per_customer_en(r: random.Random) -> File:
    given = lives(r, 16, "cust_{:d}", "en", round_to=25)
    touch = {life.id: r.choice(("High touch", "Low touch", "Tech touch")) for life in given}
    csat = {life.id: r.choice((None, 2, 4, 5)) for life in given}
    rows = [[life.name, life.id, touch[life.id], life.start, life.end, life.mrr * 12, csat[life.id]] for life in given]
    head = ["Company", "Customer ID", "Touch model", "Contract start", "Churn date", "ARR ($)", "CSAT (1-5)"]
    return File("customer master.xlsx", workbook({"Accounts": [head, *rows]}), {"Accounts": Wanted(
        {"customers.customer_name": "Company", "customers.customer_id": "Customer ID",
         "customers.touch_model": "Touch model", "subscriptions.customer_id": "Customer ID",
         "subscriptions.start_date": "Contract start", "subscriptions.end_date": "Churn date",
         "subscriptions.amount": "ARR ($)", "surveys.customer_id": "Customer ID", "surveys.score": "CSAT (1-5)"},
        {"subscriptions": contracts(given),
         "customers": [{"customer_id": life.id, "touch_model": touch[life.id].split()[0].lower()} for life in given],
         "surveys": [{"customer_id": name, "kind": "csat", "score": score} for name, score in csat.items() if score]},
        may=("Contract start", "Churn date"))})


@case("monthly long: a row per customer and month")
def monthly_long_ja(r: random.Random) -> File:
    months = MONTHS[:6]
    given = dict(zip((f"T-{n}" for n in range(1, 7)), stories(r, 6, months), strict=True))
    rows = [[id_, f"{month:%Y-%m}", amount] for at, month in enumerate(months) for id_, amounts in given.items()
            if (amount := amounts[at])]
    wanted = [row for id_, amounts in given.items() for row in runs(id_, amounts, months)]
    return File("月次売上.csv", table([["取引先ID", "計上月", "MRR"], *rows]), {"月次売上": Wanted(
        {"subscriptions.customer_id": "取引先ID", "subscriptions.start_date": "計上月", "subscriptions.mrr": "MRR"},
        {"subscriptions": wanted}, shape="monthly_long")})


@case("monthly long in English, months as Apr-24")
def monthly_long_en(r: random.Random) -> File:
    months = MONTHS[3:9]
    given = dict(zip((f"org-{n:02d}" for n in range(1, 7)), stories(r, 6, months), strict=True))
    rows = [[f"{month:%b}-{month:%y}", id_, amount] for id_, amounts in given.items()
            for month, amount in zip(months, amounts, strict=True) if amount]
    wanted = [row for id_, amounts in given.items() for row in runs(id_, amounts, months)]
    return File("mrr by month.tsv", table([["Month", "Organization ID", "MRR"], *rows], "\t"), {"mrr by month": Wanted(
        {"subscriptions.start_date": "Month", "subscriptions.customer_id": "Organization ID",
         "subscriptions.mrr": "MRR"}, {"subscriptions": wanted}, shape="monthly_long")})


@case("monthly wide, 2024年1月, with a total column and a total row, blanks and zeros for no contract")
def monthly_wide_ja(r: random.Random) -> File:
    given = dict(zip((f"C{n:03d}" for n in range(1, 11)), stories(r, 10, MONTHS), strict=True))
    who = names(r, 10)
    rows = [[id_, name, *(amount or r.choice((None, 0)) for amount in amounts), sum(amounts)]
            for (id_, amounts), name in zip(given.items(), who, strict=True)]
    total = ["合計", None, *(sum(column) for column in zip(*given.values(), strict=True)), sum(map(sum, given.values()))]
    heads = [f"2024年{month.month}月" for month in MONTHS]
    return File("MRR推移.xlsx", workbook({"MRR推移": [["顧客ID", "顧客名", *heads, "合計"], *rows, total]}), {
        "MRR推移": Wanted({"subscriptions.customer_id": "顧客ID", "customers.customer_id": "顧客ID",
                         "customers.customer_name": "顧客名"},
                        {"subscriptions": [row for id_, amounts in given.items() for row in runs(id_, amounts, MONTHS)]},
                        shape="monthly_wide",
                        months={head: f"{month:%Y-%m}" for head, month in zip(heads, MONTHS, strict=True)})})


@case("monthly wide, real dates as headers shown as Feb-24, subtotals per half-year")
def monthly_wide_en(r: random.Random) -> File:
    given = dict(zip(names(r, 9, "en"), stories(r, 9, MONTHS), strict=True))
    head = ["Client", *MONTHS[:6], "H1 total", *MONTHS[6:], "H2 total", "Total"]
    rows = [[name, *(a or None for a in amounts[:6]), sum(amounts[:6]), *(a or None for a in amounts[6:]),
             sum(amounts[6:]), sum(amounts)] for name, amounts in given.items()]
    wanted = [row for name, amounts in given.items() for row in runs(name, amounts, MONTHS)]
    data = workbook({"MRR bridge": [head, *rows]}, formats={"MRR bridge": dict.fromkeys("BCDEFGIJKLMN", "mmm-yy")})
    return File("revenue.xlsx", data, {"MRR bridge": Wanted(
        {"subscriptions.customer_id": "Client"}, {"subscriptions": wanted}, shape="monthly_wide",
        months={f"{month:%Y-%m-%d}": f"{month:%Y-%m}" for month in MONTHS}, may=("Client",))})


@case("snapshot with tenure in months and a status, Japanese, no dates")
def snapshot_ja(r: random.Random) -> File:
    given = [(f"S{n:03d}", r.randint(1, 60), r.random() < 0.3, r.randint(3, 50) * 1000) for n in range(1, 26)]
    rows = [[id_, r.choice(("東日本", "西日本")), tenure, "解約済" if left else "契約中", fee]
            for id_, tenure, left, fee in given]
    return File("顧客スナップショット.xlsx", workbook({"一覧": [["会員番号", "エリア", "継続月数", "契約状態", "月額"], *rows]}), {
        "一覧": Wanted({"customers.customer_id": "会員番号", "customers.tenure_months": "継続月数",
                      "customers.has_left": "契約状態", "subscriptions.customer_id": "会員番号",
                      "subscriptions.mrr": "月額"},
                     {"customers": [{"customer_id": id_, "tenure_months": tenure, "has_left": left}
                                    for id_, tenure, left, _fee in given]}, shape="snapshot")})


@case("snapshot in English with a Yes/No flag; a fee to date stands beside the monthly one")
def snapshot_en(r: random.Random) -> File:
    given = [(f"{n:04d}-{r.choice('ABCDEF')}QX", r.randint(0, 72), r.random() < 0.27, r.randint(20, 118))
             for n in range(1, 31)]
    rows = [[id_, tenure, r.choice(("Month-to-month", "One year", "Two year")), fee + 0.35, (fee + 0.35) * tenure,
             "Yes" if left else "No"] for id_, tenure, left, fee in given]
    head = ["Subscriber ID", "Tenure (months)", "Contract type", "Monthly charge", "Charges to date", "Churned"]
    return File("base_2025-06.csv", table([head, *rows]), {"base_2025-06": Wanted(
        {"customers.customer_id": "Subscriber ID", "customers.tenure_months": "Tenure (months)",
         "customers.has_left": "Churned", "subscriptions.customer_id": "Subscriber ID",
         "subscriptions.mrr": "Monthly charge"},
        {"customers": [{"customer_id": id_, "tenure_months": tenure, "has_left": left}
                       for id_, tenure, left, _fee in given]}, shape="snapshot", may=("Contract type",))})


@case("logins per month in columns become usage")
def logins_wide(r: random.Random) -> File:
    months = MONTHS[:6]
    counts = {f"U{n:03d}": [r.choice((0, 3, 12, 40)) for _ in months] for n in range(1, 13)}
    heads = [f"{month.year}/{month:%m} ログイン回数" for month in months]
    wanted = [{"customer_id": id_, "count": count} for id_, row in counts.items() for count in row if count]
    data = workbook({"ログイン回数": [["顧客ID", *heads], *([id_, *row] for id_, row in counts.items())]})
    return File("利用状況.xlsx", data, {"ログイン回数": Wanted(
        {"usage.customer_id": "顧客ID"}, {"usage": wanted}, months_of="usage.count", may=("顧客ID",),
        months={head: f"{month:%Y-%m}" for head, month in zip(heads, months, strict=True)})})


@case("a column per onboarding step, each with the day on which it was done")
def milestones_wide(r: random.Random) -> File:
    steps = ["キックオフ", "初期設定完了", "データ移行", "管理者研修", "本番稼働"]
    rows, wanted = [], []
    for n in range(1, 16):
        day, done = dt.date(2024, 4, 1) + dt.timedelta(r.randint(0, 300)), r.randint(0, 5)
        days = [day + dt.timedelta(9 * at) if at < done else None for at in range(5)]
        rows.append([f"OB{n:03d}", *(blank(kanji, "未")(one) for one in days)])
        wanted += [{"customer_id": f"OB{n:03d}", "milestone": step, "completed_on": one}
                   for step, one in zip(steps, days, strict=True) if one]
    return File("オンボーディング進捗.xlsx", workbook({"進捗": [["顧客ID", *steps], *rows]}), {"進捗": Wanted(
        {"milestones.customer_id": "顧客ID"}, {"milestones": wanted}, milestones={step: step for step in steps},
        may=("顧客ID",))})
