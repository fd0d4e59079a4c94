"""Dates in every style, blanks in every word, and dates that cannot be."""

from __future__ import annotations

import datetime as dt
import random

from pandas.tseries.offsets import MonthEnd

from tests.ingest.corpus.cases import File, Wanted, case
from tests.ingest.corpus.lives import Life, contracts, lives
from tests.ingest.corpus.writing import (
    american,
    blank,
    compact,
    dots,
    era,
    european,
    full_width,
    kanji,
    kanji_month,
    serial,
    short_era,
    short_month,
    slash,
    table,
    workbook,
)

STYLES = (slash, dt.date.isoformat, dots, compact, kanji, era, short_era, lambda day: full_width(slash(day)))
NOTHING = ("－", "―", "なし", "未定", "継続中", "N/A", "", "-", "ー", "n/a")


@case("every Japanese style of a date in one column, 令和, 平成 and 元年 included; every word for a blank end")
def styles_mixed(r: random.Random) -> File:
    given = lives(r, 32, "D{:03d}", first=2018)
    rows = [[life.id, STYLES[at % 8](life.start),
             STYLES[(at + 3) % 8](life.end) if life.end else NOTHING[at % len(NOTHING)], life.mrr]
            for at, life in enumerate(given)]
    head = ["お客様番号", "ご契約日", "ご解約日", "月額料金"]
    return File("日付いろいろ.csv", table([head, *rows]), {"日付いろいろ": Wanted(
        {"subscriptions.customer_id": "お客様番号", "subscriptions.start_date": "ご契約日",
         "subscriptions.end_date": "ご解約日", "subscriptions.mrr": "月額料金"},
        {"subscriptions": contracts(given)}, may=("ご解約日",))})


def by_months(given: list[Life]) -> list[dict[str, object]]:
    """Contracts given by months: from the first day of the first to the last day of the last."""
    return [row | {"end_date": life.end and life.end + MonthEnd(0)}
            for row, life in zip(contracts(given), given, strict=True)]


@case("months without a day: a start in 2024年4月 is its first day, an end its last")
def months_only(r: random.Random) -> File:
    given = lives(r, 12, "MO{:02d}", is_month_first=True)
    rows = [[life.id, kanji_month(life.start), blank(kanji_month)(life.end), life.mrr] for life in given]
    return File("年月のみ.csv", table([["顧客ID", "契約開始月", "解約月", "月額"], *rows], encoding="cp932"), {
        "年月のみ": Wanted({"subscriptions.customer_id": "顧客ID", "subscriptions.start_date": "契約開始月",
                        "subscriptions.end_date": "解約月", "subscriptions.mrr": "月額"},
                       {"subscriptions": by_months(given)}, may=("解約月",))})


@case("Apr-24 in a contract list: months, not the 24th of April")
def short_months(r: random.Random) -> File:
    given = lives(r, 14, "sm{:d}", "en", is_month_first=True, round_to=10)
    rows = [[life.id, short_month(life.start), blank(short_month)(life.end), life.mrr] for life in given]
    return File("starts.csv", table([["Customer ID", "Start month", "End month", "MRR"], *rows]), {"starts": Wanted(
        {"subscriptions.customer_id": "Customer ID", "subscriptions.start_date": "Start month",
         "subscriptions.end_date": "End month", "subscriptions.mrr": "MRR"}, {"subscriptions": by_months(given)})})


@case("Excel's serial numbers where the format was lost")
def serial_numbers(r: random.Random) -> File:
    given = lives(r, 12, "SN{:03d}")
    rows = [[life.id, serial(life.start), blank(serial)(life.end), life.mrr] for life in given]
    return File("シリアル値.xlsx", workbook({"値貼り付け": [["顧客ID", "契約開始日", "解約日", "月額"], *rows]}), {
        "値貼り付け": Wanted({"subscriptions.customer_id": "顧客ID", "subscriptions.start_date": "契約開始日",
                         "subscriptions.end_date": "解約日", "subscriptions.mrr": "月額"},
                        {"subscriptions": contracts(given)})})


@case("a workbook of a Mac with the date system of 1904, real dates")
def dates_of_1904(r: random.Random) -> File:
    given = lives(r, 10, "M4-{:02d}", "en", round_to=10)
    rows = [[life.id, life.start, life.end, life.mrr] for life in given]
    data = workbook({"Contracts": [["Customer ID", "Start date", "End date", "MRR"], *rows]}, is_1904=True)
    return File("from a mac.xlsx", data, {"Contracts": Wanted(
        {"subscriptions.customer_id": "Customer ID", "subscriptions.start_date": "Start date",
         "subscriptions.end_date": "End date", "subscriptions.mrr": "MRR"}, {"subscriptions": contracts(given)})})


@case("dates with times and zones: the day that is written counts")
def times_and_zones(r: random.Random) -> File:
    given = lives(r, 12, "tz_{:03d}", "en", round_to=10)
    styles = ("{}T23:30:00Z", "{}T08:15:00+09:00", "{} 00:00:00", "{} 14:05:59 UTC", "{}T12:00:00.123Z")
    rows = [[life.id, r.choice(styles).format(life.start), life.end and r.choice(styles).format(life.end), life.mrr]
            for life in given]
    return File("api_dump.csv", table([["customer_id", "started_at", "ended_at", "mrr"], *rows]), {"api_dump": Wanted(
        {"subscriptions.customer_id": "customer_id", "subscriptions.start_date": "started_at",
         "subscriptions.end_date": "ended_at", "subscriptions.mrr": "mrr"}, {"subscriptions": contracts(given)})})


@case("4/1/2024 in American order, proved by some day above 12")
def american_order(r: random.Random) -> File:
    given = lives(r, 20, "us{:02d}", "en", round_to=10)
    rows = [[life.id, american(life.start), blank(american)(life.end), life.mrr] for life in given]
    return File("us contracts.csv", table([["Client ID", "Effective date", "Termination date", "Monthly fee"], *rows]), {
        "us contracts": Wanted(
            {"subscriptions.customer_id": "Client ID", "subscriptions.start_date": "Effective date",
             "subscriptions.end_date": "Termination date", "subscriptions.mrr": "Monthly fee"},
            {"subscriptions": contracts(given)}, may=("Termination date",))})


@case("1/4/2024 in European order; the end column proves nothing by itself and follows the start column")
def european_order(r: random.Random) -> File:
    given = lives(r, 24, "eu{:02d}", "en", round_to=10)
    rows = [[life.id, european(life.start), blank(european)(life.end), life.mrr] for life in given]
    return File("eu contracts.csv", table([["Client no.", "Start of contract", "End of contract", "MRR"], *rows], ";"), {
        "eu contracts": Wanted(
            {"subscriptions.customer_id": "Client no.", "subscriptions.start_date": "Start of contract",
             "subscriptions.end_date": "End of contract", "subscriptions.mrr": "MRR"},
            {"subscriptions": contracts(given)})})


@case("days up to 12 only: the order cannot be told and is asked")
def order_unknown(r: random.Random) -> File:
    days = [dt.date(2024, r.randint(1, 12), r.randint(1, 12)) for _ in range(10)]
    rows = [[f"q{at}", american(day), 100] for at, day in enumerate(days)]
    return File("ambiguous.csv", table([["Customer ID", "Start date", "MRR"], *rows]), {"ambiguous": Wanted(
        {"subscriptions.customer_id": "Customer ID", "subscriptions.start_date": "Start date",
         "subscriptions.mrr": "MRR"}, asked=frozenset({"date_order"}))})


@case("cells that are no dates, ends before starts and a missing key are refused one by one; the rest goes on")
def refused_rows(r: random.Random) -> File:
    given = lives(r, 12, "RF{:02d}")
    rows = [[life.id, slash(life.start), blank(slash)(life.end), life.mrr] for life in given]
    rows[2][1] = "要確認"
    rows[4][3] = "見積中です"
    rows[6][2] = "2019/2/30"
    rows[8][2] = "2001/1/1"
    rows[10][0] = None
    kept = [row for at, row in enumerate(contracts(given)) if at not in (2, 4, 6, 8, 10)]
    return File("要確認あり.csv", table([["顧客ID", "契約開始日", "解約日", "月額"], *rows], encoding="euc_jp"), {
        "要確認あり": Wanted({"subscriptions.customer_id": "顧客ID", "subscriptions.start_date": "契約開始日",
                         "subscriptions.end_date": "解約日", "subscriptions.mrr": "月額"},
                        {"subscriptions": kept},
                        refused=frozenset({(4, "契約開始日"), (6, "月額"), (8, "解約日"), (10, "解約日"), (12, "顧客ID")}))})
