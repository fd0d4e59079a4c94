"""Who is who: ids with zeros, as numbers, in full width; one customer spelled in several ways; stores of a company."""

from __future__ import annotations

import datetime as dt
import random

from tests.ingest.corpus.cases import File, Wanted, case
from tests.ingest.corpus.lives import contracts, lives, names
from tests.ingest.corpus.writing import full_width, table, workbook


@case("ids with leading zeros in a csv, in full width and with stray blanks")
def zeros_and_widths(r: random.Random) -> File:
    given = lives(r, 12, "{:06d}")
    styles = (str, full_width, lambda id_: f" {id_} ", lambda id_: f"{id_}\u3000")
    rows = [[styles[at % 4](life.id), life.start.isoformat(), life.end and life.end.isoformat(), life.mrr]
            for at, life in enumerate(given)]
    return File("ゼロ埋め.csv", table([["会員番号", "利用開始日", "利用終了日", "月額"], *rows], encoding="cp932"), {
        "ゼロ埋め": Wanted({"subscriptions.customer_id": "会員番号", "subscriptions.start_date": "利用開始日",
                        "subscriptions.end_date": "利用終了日", "subscriptions.mrr": "月額"},
                       {"subscriptions": contracts(given)})})


@case("ids typed as numbers in one sheet, 7890.0, and as text in another")
def ids_as_numbers(r: random.Random) -> object:
    given = lives(r, 10, "{:d}", "en", round_to=10)
    given = [type(life)(str(7000 + int(life.id) * 37), *(life.name, life.start, life.end, life.mrr)) for life in given]
    asked = [(r.choice(given).id, dt.date(2025, r.randint(1, 6), r.randint(1, 28)), r.randint(0, 10)) for _ in range(12)]
    data = workbook({
        "Contracts": [["Customer ID", "Start date", "End date", "MRR"],
                      *([float(life.id), life.start, life.end, life.mrr] for life in given)],
        "NPS": [["Customer ID", "Response date", "NPS"], *([id_, day, score] for id_, day, score in asked)]})
    answers = [{"customer_id": id_, "answered_on": day, "score": score} for id_, day, score in asked]
    return (File("numbers.xlsx", data, {
        "Contracts": Wanted({"subscriptions.customer_id": "Customer ID", "subscriptions.start_date": "Start date",
                             "subscriptions.end_date": "End date", "subscriptions.mrr": "MRR"},
                            {"subscriptions": contracts(given)}),
        "NPS": Wanted({"surveys.customer_id": "Customer ID", "surveys.answered_on": "Response date",
                       "surveys.score": "NPS"}, {"surveys": answers})}),), {"surveys": answers}


@case("one customer as (株)山田, 株式会社山田 and 山田㈱, with フリガナ: never merged unasked, names as they are written")
def one_name_three_spellings(r: random.Random) -> File:
    head = ["顧客ID", "顧客名", "フリガナ", "契約開始日", "月額"]
    spelled = [("A1", "(株)山田商店", "ヤマダショウテン"), ("A2", "株式会社山田商店", "ヤマダショウテン"),
               ("A3", "山田商店㈱", "ﾔﾏﾀﾞｼｮｳﾃﾝ"), ("A4", "髙橋電機", "タカハシデンキ"), ("A5", "高橋電機", "タカハシデンキ")]
    spelled += [(f"B{at}", name, "シロカバ") for at, name in enumerate(names(r, 5))]
    rows = [[*who, dt.date(2023, at + 1, 1), 10_000 * (at + 1)] for at, who in enumerate(spelled)]
    return File("名寄せ前.xlsx", workbook({"一覧": [head, *rows]}), {"一覧": Wanted(
        {"customers.customer_id": "顧客ID", "customers.customer_name": "顧客名", "customers.furigana": "フリガナ",
         "subscriptions.customer_id": "顧客ID", "subscriptions.start_date": "契約開始日", "subscriptions.mrr": "月額"},
        {"customers": [{"customer_id": row[0]} for row in rows],
         "subscriptions": [{"customer_id": row[0], "start_date": row[3], "mrr": row[4]} for row in rows]})})


@case("stores under a company: 企業コード is the parent, 店舗コード the customer")
def stores(r: random.Random) -> File:
    given = lives(r, 14, "T{:04d}")
    parent = {life.id: f"P{r.randint(1, 4):02d}" for life in given}
    rows = [[parent[life.id], life.id, f"{life.name} {r.choice(('駅前店', '本店', '北口店'))}", life.start, life.end,
             life.mrr] for life in given]
    head = ["企業コード", "店舗コード", "店舗名", "契約開始日", "解約日", "月額"]
    return File("店舗一覧.xlsx", workbook({"店舗": [head, *rows]}), {"店舗": Wanted(
        {"customers.parent_id": "企業コード", "customers.customer_id": "店舗コード", "customers.customer_name": "店舗名",
         "subscriptions.customer_id": "店舗コード", "subscriptions.start_date": "契約開始日",
         "subscriptions.end_date": "解約日", "subscriptions.mrr": "月額"},
        {"subscriptions": contracts(given),
         "customers": [{"customer_id": life.id, "parent_id": parent[life.id]} for life in given]})})


@case("departments in English: Parent account above the account")
def departments(r: random.Random) -> File:
    given = lives(r, 10, "D-{:02d}", "en")
    rows = [[life.id, life.name, f"G{at % 3}", r.choice(("High", "Low"))] for at, life in enumerate(given)]
    head = ["Account ID", "Account Name", "Parent Account ID", "Touch"]
    return File("accounts.csv", table([head, *rows]), {"accounts": Wanted(
        {"customers.customer_id": "Account ID", "customers.customer_name": "Account Name",
         "customers.parent_id": "Parent Account ID", "customers.touch_model": "Touch"},
        {"customers": [{"customer_id": row[0], "customer_name": row[1], "parent_id": row[2],
                        "touch_model": row[3].lower()} for row in rows]})})
