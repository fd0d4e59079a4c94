"""Amounts in every style, by every interval, with discounts, credit notes, currencies and kinds of charges."""

from __future__ import annotations

import datetime as dt
import random

from tests.ingest.corpus.cases import File, Wanted, case
from tests.ingest.corpus.lives import contracts, lives
from tests.ingest.corpus.writing import blank, comma, european, european_number, full_width, slash, table, workbook

YEN = (lambda yen: f"¥{comma(yen)}", lambda yen: full_width(f"¥{comma(yen)}").replace("¥", "￥"),
       lambda yen: f"{comma(yen)}円", lambda yen: f"\\{comma(yen)}", lambda yen: f"{yen / 10_000:g}万",
       lambda yen: f"{yen / 10_000:g}万円", lambda yen: full_width(comma(yen)), str)


@case("every way of writing yen in one column of a cp932 file, with the yen sign that is a backslash")
def yen_styles(r: random.Random) -> File:
    given = lives(r, 24, "Y{:03d}")
    rows = [[life.id, slash(life.start), blank(slash)(life.end), YEN[at % 8](life.mrr).replace("¥", "\\")]
            for at, life in enumerate(given)]
    rows.append(["Y900", "2024/4/1", None, "3百万円"])
    wanted = [*contracts(given),
              {"customer_id": "Y900", "start_date": dt.date(2024, 4, 1), "end_date": None, "mrr": 3_000_000}]
    return File("請求金額.csv", table([["請求先ID", "開始日", "終了日", "月額請求額"], *rows], encoding="cp932"), {
        "請求金額": Wanted({"subscriptions.customer_id": "請求先ID", "subscriptions.start_date": "開始日",
                        "subscriptions.end_date": "終了日", "subscriptions.mrr": "月額請求額"},
                       {"subscriptions": wanted})})


@case("12,000 without quotes between commas: put together where one way fits, refused where two do")
def torn_amounts(r: random.Random) -> File:
    given = lives(r, 16, "T{:03d}")
    rows = [[life.id, slash(life.start), blank(slash)(life.end) or "", comma(life.mrr), str(r.randint(1, 99)), ""]
            for life in given]
    rows += [["T900", "2024/4/1", "", "12,100", "500", ""], ["T901", "2024/4/1", "", "800", "5", "済"],
             ["T902", "2024/4/1", "", "1,234,000", "5", "済"]]
    wanted = [*contracts(given), *({"customer_id": id_, "start_date": dt.date(2024, 4, 1), "end_date": None, "mrr": mrr}
                                   for id_, mrr in (("T901", 800), ("T902", 1_234_000)))]
    head = ["顧客ID", "契約開始日", "解約日", "月額", "席数", "備考"]
    text = "\n".join(",".join(map(str, row)) for row in (head, *rows))
    return File("台帳カンマ.csv", text.encode("cp932"), {"台帳カンマ": Wanted(
        {"subscriptions.customer_id": "顧客ID", "subscriptions.start_date": "契約開始日",
         "subscriptions.end_date": "解約日", "subscriptions.mrr": "月額", "subscriptions.seats": "席数"},
        {"subscriptions": wanted}, refused=frozenset({(18, "月額")}))})


@case("credit notes as (1,200), △500, ▲500, -300 and 300-")
def credit_notes(r: random.Random) -> File:
    given = lives(r, 14, "N{:03d}")
    negative = {2: "(1,200)", 5: "△500", 7: "▲500", 9: "-300", 11: "(¥3,000)"}
    values = {2: -1200, 5: -500, 7: -500, 9: -300, 11: -3000}
    rows = [[life.id, slash(life.start), blank(slash)(life.end), negative.get(at, comma(life.mrr))]
            for at, life in enumerate(given)]
    wanted = [row | {"mrr": values.get(at, row["mrr"])} for at, row in enumerate(contracts(given))]
    return File("値引明細.csv", table([["得意先コード", "適用開始日", "適用終了日", "月額金額"], *rows]), {"値引明細": Wanted(
        {"subscriptions.customer_id": "得意先コード", "subscriptions.start_date": "適用開始日",
         "subscriptions.end_date": "適用終了日", "subscriptions.mrr": "月額金額"}, {"subscriptions": wanted})})


@case("1.234,56 between semicolons, days first")
def decimal_comma(r: random.Random) -> File:
    given = lives(r, 16, "K-{:04d}", "en", round_to=100)
    rows = [[life.id, life.name, european(life.start), blank(european)(life.end), european_number(life.mrr + 0.56)]
            for life in given]
    wanted = [row | {"mrr": life.mrr + 0.56} for row, life in zip(contracts(given), given, strict=True)]
    return File("Vertraege.csv", table([["Customer no", "Customer name", "Start date", "End date", "MRR (EUR)"], *rows],
                                       ";", "utf-8-sig"), {"Vertraege": Wanted(
        {"subscriptions.customer_id": "Customer no", "customers.customer_id": "Customer no",
         "customers.customer_name": "Customer name", "subscriptions.start_date": "Start date",
         "subscriptions.end_date": "End date", "subscriptions.mrr": "MRR (EUR)"},
        {"subscriptions": [row | {"currency": "EUR"} for row in wanted]})})


@case("1 234,56 with narrow blanks between thousands, tab between fields, utf-16")
def blank_thousands(r: random.Random) -> File:
    given = lives(r, 12, "fr{:02d}", "en", round_to=100)
    rows = [[life.id, life.start.isoformat(), blank(dt.date.isoformat)(life.end),
             f"{life.mrr + 0.5:,.2f}".replace(",", r.choice((" ", "\u202f", "\xa0"))).replace(".", ",")] for life in given]
    wanted = [row | {"mrr": life.mrr + 0.5} for row, life in zip(contracts(given), given, strict=True)]
    return File("contrats.txt", table([["customer_id", "start_date", "end_date", "monthly_amount"], *rows], "\t",
                                      "utf-16"), {"contrats": Wanted(
        {"subscriptions.customer_id": "customer_id", "subscriptions.start_date": "start_date",
         "subscriptions.end_date": "end_date", "subscriptions.mrr": "monthly_amount"}, {"subscriptions": wanted})})


@case("a fee with its interval in words: 月払い, 年払い, 四半期, 半年払い")
def billing_intervals_ja(r: random.Random) -> File:
    months = {"月払い": 1, "年払い": 12, "四半期払い": 3, "半年払い": 6}
    given = lives(r, 16, "B{:03d}")
    paid = [r.choice(list(months)) for _ in given]
    rows = [[life.id, life.start, life.end, life.mrr * months[how], how] for life, how in zip(given, paid, strict=True)]
    head = ["顧客ID", "契約開始日", "解約日", "請求額", "支払サイクル"]
    return File("支払サイクル.xlsx", workbook({"請求": [head, *rows]}), {"請求": Wanted(
        {"subscriptions.customer_id": "顧客ID", "subscriptions.start_date": "契約開始日",
         "subscriptions.end_date": "解約日", "subscriptions.amount": "請求額",
         "subscriptions.billing_interval": "支払サイクル"}, {"subscriptions": contracts(given)})})


@case("price with an interval in English and a discount of 3.5 %")
def billing_intervals_en(r: random.Random) -> File:
    months = {"month": 1, "year": 12, "quarterly": 3, "annual": 12}
    given = lives(r, 14, "p{:03d}", "en", round_to=100)
    paid = [r.choice(list(months)) for _ in given]
    cut = [r.choice((None, "3.5 %", "10%", "20 %")) for _ in given]
    share = {None: 0.0, "3.5 %": 0.035, "10%": 0.1, "20 %": 0.2}
    rows = [[life.id, life.start.isoformat(), life.end and life.end.isoformat(), life.mrr * months[how], how, off]
            for life, how, off in zip(given, paid, cut, strict=True)]
    wanted = [row | {"mrr": life.mrr * (1 - share[off])}
              for row, life, off in zip(contracts(given), given, cut, strict=True)]
    return File("price list.csv", table([["Customer ID", "Start date", "End date", "Price", "Billing interval",
                                          "Discount"], *rows]), {"price list": Wanted(
        {"subscriptions.customer_id": "Customer ID", "subscriptions.start_date": "Start date",
         "subscriptions.end_date": "End date", "subscriptions.amount": "Price",
         "subscriptions.billing_interval": "Billing interval", "subscriptions.discount": "Discount"},
        {"subscriptions": wanted})})


@case("the total of a term with both its dates is divided by its months")
def term_totals(r: random.Random) -> File:
    rows, wanted = [], []
    for n in range(1, 16):
        start = dt.date(2022, 1, 1) + dt.timedelta(r.randint(0, 900))
        start, months, mrr = start.replace(day=min(start.day, 28)), r.choice((6, 12, 24, 36)), r.randint(5, 40) * 1000
        at = start.month - 1 + months
        after = start.replace(year=start.year + at // 12, month=at % 12 + 1)
        end = after - dt.timedelta(1) if n % 2 else after
        rows.append([f"TT{n:02d}", start, end, mrr * months])
        wanted.append({"customer_id": f"TT{n:02d}", "start_date": start, "end_date": end, "mrr": mrr})
    return File("期間総額.xlsx", workbook({"契約": [["顧客ID", "契約開始日", "契約終了日", "契約総額"], *rows]}), {"契約": Wanted(
        {"subscriptions.customer_id": "顧客ID", "subscriptions.start_date": "契約開始日",
         "subscriptions.end_date": "契約終了日", "subscriptions.amount": "契約総額"}, {"subscriptions": wanted})})


@case("a column of currencies, and signs of currency in the cells")
def currencies(r: random.Random) -> File:
    signs = {"USD": "$", "EUR": "€", "GBP": "£"}
    given = lives(r, 12, "x{:02d}", "en", round_to=10)
    money = [r.choice(list(signs)) for _ in given]
    rows = [[life.id, life.start.isoformat(), f"{signs[code]}{life.mrr:,.2f}", code]
            for life, code in zip(given, money, strict=True)]
    wanted = [{"customer_id": life.id, "start_date": life.start, "mrr": life.mrr, "currency": code}
              for life, code in zip(given, money, strict=True)]
    return File("global.csv", table([["Account No.", "Start date", "MRR", "Currency"], *rows]), {"global": Wanted(
        {"subscriptions.customer_id": "Account No.", "subscriptions.start_date": "Start date",
         "subscriptions.mrr": "MRR", "subscriptions.currency": "Currency"}, {"subscriptions": wanted})})


@case("kinds of charges: 月額, 従量, 初期費用 and トライアル in one ledger")
def charge_kinds(r: random.Random) -> File:
    kinds = {"月額": "recurring", "従量": "variable", "初期費用": "one-time", "トライアル": "trial"}
    rows, wanted = [], []
    for n in range(1, 21):
        word = r.choice(list(kinds))
        start, amount = dt.date(2024, r.randint(1, 12), r.randint(1, 28)), r.randint(1, 9) * 10_000
        rows.append([f"CK{n:02d}", word, start, amount])
        wanted.append({"customer_id": f"CK{n:02d}", "start_date": start, "charge_kind": kinds[word]})
    return File("請求区分.xlsx", workbook({"明細": [["顧客ID", "課金区分", "契約開始日", "月額"], *rows]}), {"明細": Wanted(
        {"subscriptions.customer_id": "顧客ID", "subscriptions.charge_kind": "課金区分",
         "subscriptions.start_date": "契約開始日", "subscriptions.mrr": "月額"},
        {"subscriptions": wanted})})
