"""Text files: encodings, separators, quoted line breaks, missing last fields, and no header at all."""

from __future__ import annotations

import datetime as dt
import random

from tests.ingest.corpus.cases import File, Wanted, case
from tests.ingest.corpus.lives import contracts, customers, lives
from tests.ingest.corpus.writing import blank, comma, slash, table


@case("cp932 with ㈱, ①, 髙 and a full-width tilde, which are not in Shift_JIS")
def cp932_extras(r: random.Random) -> File:
    given = lives(r, 12, "S{:03d}")
    given = [type(life)(life.id, name, life.start, life.end, life.mrr) for life, name in
             zip(given, [f"{sign}{life.name}" for sign, life in zip("㈱①髙～㈲Ⅲ﨑㈱②髙㌔№", given, strict=True)], strict=True)]
    rows = [[life.id, life.name, slash(life.start), blank(slash)(life.end), life.mrr] for life in given]
    wanted = [{"customer_id": life.id} for life in given]
    return File("機種依存文字.csv", table([["顧客№", "顧客名", "契約開始日", "解約日", "月額"], *rows], encoding="cp932"), {
        "機種依存文字": Wanted({"subscriptions.customer_id": "顧客№", "customers.customer_id": "顧客№",
                          "customers.customer_name": "顧客名", "subscriptions.start_date": "契約開始日",
                          "subscriptions.end_date": "解約日", "subscriptions.mrr": "月額"},
                         {"subscriptions": contracts(given), "customers": wanted})})


@case("euc_jp with tabs")
def euc_with_tabs(r: random.Random) -> File:
    given = lives(r, 10, "E{:03d}")
    rows = [[life.id, life.name, slash(life.start), blank(slash)(life.end), comma(life.mrr)] for life in given]
    return File("旧システム出力.txt", table([["契約者番号", "契約者名", "契約年月日", "解約年月日", "月額料金"], *rows], "\t", "euc_jp"),
                {"旧システム出力": Wanted(
                    {"subscriptions.customer_id": "契約者番号", "customers.customer_id": "契約者番号",
                     "customers.customer_name": "契約者名", "subscriptions.start_date": "契約年月日",
                     "subscriptions.end_date": "解約年月日", "subscriptions.mrr": "月額料金"},
                    {"subscriptions": contracts(given), "customers": customers(given)}, may=("解約年月日",))})


@case("utf-16 with commas, as old programs of Windows save Unicode")
def utf16_with_commas(r: random.Random) -> File:
    given = lives(r, 9, "W{:02d}")
    rows = [[life.id, life.name, life.start.isoformat(), blank(dt.date.isoformat)(life.end), life.mrr] for life in given]
    return File("unicode.csv", table([["得意先CD", "得意先名", "契約開始", "契約終了", "月額"], *rows], encoding="utf-16"), {
        "unicode": Wanted({"subscriptions.customer_id": "得意先CD", "customers.customer_id": "得意先CD",
                           "customers.customer_name": "得意先名", "subscriptions.start_date": "契約開始",
                           "subscriptions.end_date": "契約終了", "subscriptions.mrr": "月額"},
                          {"subscriptions": contracts(given), "customers": customers(given)})})


@case("line breaks and commas inside of quotation marks; old Mac line ends nowhere, doubled quotes somewhere")
def quoted_line_breaks(r: random.Random) -> File:
    words = ["Too expensive,\nand nobody used it", 'They said "maybe later"', "Merged with\r\nanother company", "Silence"]
    rows, wanted = [], []
    for n in range(1, 15):
        day, reason = dt.date(2024, r.randint(1, 12), r.randint(1, 28)), r.choice(("Price", "Merger", "No use"))
        rows.append([f"QB{n}", day.isoformat(), reason, r.choice(words)])
        wanted.append({"customer_id": f"QB{n}", "cancelled_on": day, "reason": reason})
    return File("exit interviews.csv", table([["Customer ID", "Cancelled on", "Reason", "Comment"], *rows], end="\n"), {
        "exit interviews": Wanted({"cancellations.customer_id": "Customer ID", "cancellations.cancelled_on": "Cancelled on",
                                   "cancellations.reason": "Reason", "cancellations.comment": "Comment"},
                                  {"cancellations": wanted})})


@case("the last field is missing where it is blank; blank lines at the end")
def missing_last_field(r: random.Random) -> File:
    given = lives(r, 14, "L{:03d}", "en", round_to=10)
    lines = ["Customer ID;Start date;MRR;End date"]
    lines += [";".join([life.id, life.start.isoformat(), str(life.mrr), *([life.end.isoformat()] if life.end else [])])
              for life in given]
    return File("ragged.csv", ("\n".join(lines) + "\n\n\n").encode(), {"ragged": Wanted(
        {"subscriptions.customer_id": "Customer ID", "subscriptions.start_date": "Start date",
         "subscriptions.mrr": "MRR", "subscriptions.end_date": "End date"}, {"subscriptions": contracts(given)})})


@case("no header at all: fields by content, and asked")
def no_header(r: random.Random) -> File:
    given = lives(r, 16, "NH{:04d}")
    rows = [[life.id, life.name, slash(life.start), blank(slash)(life.end), life.mrr] for life in given]
    columns = {"subscriptions.customer_id": "A", "subscriptions.start_date": "C", "subscriptions.end_date": "D",
               "subscriptions.mrr": "E", "customers.customer_id": "A", "customers.customer_name": "B"}
    return File("export_0630.csv", table(rows, encoding="cp932"), {"export_0630": Wanted(
        columns, {"subscriptions": contracts(given), "customers": customers(given)}, header_row=0)})


@case("a decimal comma between commas, kept together by quotation marks")
def decimal_comma_in_commas(r: random.Random) -> File:
    given = lives(r, 10, "dc-{:d}", "en", round_to=10)
    rows = [[life.id, life.start.isoformat(), f"{life.mrr},50"] for life in given]
    return File("quoted decimals.csv", table([["Customer ID", "Start date", "MRR"], *rows]), {"quoted decimals": Wanted(
        {"subscriptions.customer_id": "Customer ID", "subscriptions.start_date": "Start date",
         "subscriptions.mrr": "MRR"},
        {"subscriptions": [{"customer_id": life.id, "start_date": life.start, "mrr": life.mrr + 0.5}
                           for life in given]})})
