"""Held out by trades: Japanese customers under the words of their own trades, written after the fallback by content."""

from __future__ import annotations

import datetime as dt
import random

from tests.ingest.corpus.cases import File, Wanted, case, keyed
from tests.ingest.corpus.lives import JA_FIRST, contracts, customers, lives
from tests.ingest.corpus.writing import blank, kanji, slash, table, workbook


def named(trade: str) -> list[str]:
    return [f"{first}{trade}" for first in JA_FIRST]


@case("public baths: 湯名 without any id, 組合, 浴槽数, the fee as 会費 (bookings)", part="held out by trades")
def public_baths(r: random.Random) -> File:
    given = lives(r, 14)
    places = dict(zip((life.id for life in given), named("湯"), strict=False))
    rows = [[places[life.id], r.choice(("東組合", "西組合")), r.randint(1, 6), slash(life.start),
             blank(slash)(life.end), life.mrr] for life in given]
    wanted = [row | {"customer_id": places[row["customer_id"]]} for row in contracts(given)]
    head = ["湯名", "組合", "浴槽数", "利用開始日", "利用停止日", "月会費"]
    return File("銭湯一覧.xlsx", workbook({"一覧": [head, *rows]}), {"一覧": Wanted(
        keyed("湯名", customers={"customer_name": "湯名"}, subscriptions={
            "start_date": "利用開始日", "end_date": "利用停止日", "mrr": "月会費"}),
        {"subscriptions": wanted}, may=("利用開始日", "利用停止日"))})


@case("driving schools: 教習所コード beside 教習所, 校長 and 住所 beside them (bookings of lessons)", part="held out by trades")
def driving_schools(r: random.Random) -> File:
    given = lives(r, 15, "DS{:03d}")
    places = named("自動車学校")
    rows = [[life.id, places[at], f"{r.choice(('佐藤', '鈴木', '高橋'))} {at}郎", f"{JA_FIRST[at]}市{at + 1}丁目", life.start,
             life.end, life.mrr] for at, life in enumerate(given)]
    head = ["教習所コード", "教習所", "校長", "住所", "契約日", "解約日", "月額利用料"]
    return File("教習所.xlsx", workbook({"契約": [["教習予約システム 契約一覧"], [], head, *rows]}), {"契約": Wanted(
        keyed("教習所コード", customers={"customer_name": "教習所"}, subscriptions={
            "start_date": "契約日", "end_date": "解約日", "mrr": "月額利用料"}),
        {"subscriptions": contracts(given),
         "customers": [{"customer_id": life.id, "customer_name": places[at]} for at, life in enumerate(given)]},
        header_row=3, may=("契約日", "解約日"))})


@case("funeral halls: 式場, 使い始め and 使い終わり, 毎月の支払 in yen with a sign (reservations)", part="held out by trades")
def mourning_halls(r: random.Random) -> File:
    given = lives(r, 12)
    places = dict(zip((life.id for life in given), named("会館"), strict=False))
    rows = [[places[life.id], kanji(life.start), blank(kanji)(life.end), f"¥{life.mrr:,}"] for life in given]
    wanted = [row | {"customer_id": places[row["customer_id"]]} for row in contracts(given)]
    return File("式場.csv", table([["式場", "使い始め", "使い終わり", "毎月の支払"], *rows]), {"式場": Wanted(
        keyed("式場", customers={"customer_name": "式場"}, subscriptions={
            "start_date": "使い始め", "end_date": "使い終わり", "mrr": "毎月の支払"}),
        {"subscriptions": wanted}, may=("使い始め", "使い終わり"))})


@case("cram schools: 塾 by months 2025/01 to 2025/05 side by side, 合計 at the right and below", part="held out by trades")
def cram_schools(r: random.Random) -> File:
    months = [f"2025/{month:02d}" for month in range(1, 6)]
    fees = {name: r.randint(5, 40) * 1000 for name in named("塾")[:9]}
    rows = [[name, *[fee] * 5, fee * 5] for name, fee in fees.items()]
    total = ["合計", *[sum(fees.values())] * 5, 5 * sum(fees.values())]
    return File("塾別売上.xlsx", workbook({"売上": [["塾", *months, "合計"], *rows, total]}), {"売上": Wanted(
        keyed("塾", subscriptions={}),
        {"subscriptions": [{"customer_id": name, "start_date": dt.date(2025, 1, 1), "end_date": None, "mrr": fee}
                           for name, fee in fees.items()]},
        shape="monthly_wide", months={month: month.replace("/", "-") for month in months}, may=("塾",))})


@case("fishing ports: a row per 漁協 and month with 請求額 (auction system)", part="held out by trades")
def fishing_ports(r: random.Random) -> File:
    fees = {name: r.randint(10, 60) * 1000 for name in named("漁協")[:8]}
    rows = [[f"2025年{month}月", name, fee] for month in range(1, 5) for name, fee in fees.items()]
    return File("請求.csv", table([["請求月", "漁協", "請求額"], *rows], encoding="cp932"), {"請求": Wanted(
        keyed("漁協", subscriptions={"start_date": "請求月", "mrr": "請求額"}),
        {"subscriptions": [{"customer_id": name, "start_date": dt.date(2025, 1, 1), "end_date": None, "mrr": fee}
                           for name, fee in fees.items()]}, shape="monthly_long", may=("漁協", "請求額"))})


@case("radio stations: a log of use with 局, 操作日, 機能, 回数 (schedules)", part="held out by trades")
def radio_stations(r: random.Random) -> File:
    rows, wanted = [], []
    for _ in range(24):
        name, day = r.choice(named("放送局")[:6]), dt.date(2025, r.randint(1, 5), r.randint(1, 28))
        feature, count = r.choice(("編成", "送出", "権利")), r.randint(1, 30)
        rows.append([day, name, feature, count])
        wanted.append({"customer_id": name, "date": day, "feature": feature, "count": count})
    return File("操作ログ.xlsx", workbook({"ログ": [["操作日", "局", "機能", "回数"], *rows]}), {"ログ": Wanted(
        keyed("局", usage={"date": "操作日", "feature": "機能", "count": "回数"}), {"usage": wanted})})


@case("ski slopes: the slope stands only in the first row of its contracts, 商品 and 月額 in each", part="held out by trades")
def ski_slopes(r: random.Random) -> File:
    rows, wanted = [], []
    for name in named("スキー場")[:7]:
        for at, product in enumerate(("リフト券", "予約", "スクール")[:r.randint(1, 3)]):
            start, fee = dt.date(2024, r.randint(1, 12), 1), r.randint(5, 30) * 1000
            rows.append([None if at else name, product, start, fee])
            wanted.append({"customer_id": name, "product": product, "start_date": start, "mrr": fee})
    return File("スキー場.xlsx", workbook({"契約": [["スキー場名", "商品", "契約開始日", "月額"], *rows]}), {"契約": Wanted(
        keyed("スキー場名", subscriptions={"product": "商品", "start_date": "契約開始日", "mrr": "月額"}),
        {"subscriptions": wanted}, may=("スキー場名", "契約開始日"))})


@case("art halls: answers by hall, 記入日, おすすめ度(0〜10), ご感想 (tickets)", part="held out by trades")
def art_halls(r: random.Random) -> File:
    rows, wanted = [], []
    for name in named("美術館")[:12]:
        day, score = dt.date(2025, r.randint(1, 5), r.randint(1, 28)), r.randint(0, 10)
        said = r.choice((None, "画面が見やすい", "発券が速い"))
        rows.append([slash(day), name, score, said])
        wanted.append({"customer_id": name, "answered_on": day, "kind": "nps", "score": score, "comment": said})
    head = ["記入日", "美術館", "おすすめ度(0〜10)", "ご感想"]
    return File("推奨度アンケート.csv", table([head, *rows]), {"推奨度アンケート": Wanted(
        keyed("美術館", surveys={"answered_on": "記入日", "score": "おすすめ度(0〜10)", "comment": "ご感想"}),
        {"surveys": wanted})})


@case("breweries of sake: 蔵元 with id, 杜氏, 契約状況 and 継続月数, no days (stock)", part="held out by trades")
def trade_sake_breweries(r: random.Random) -> File:
    given = lives(r, 16, "S{:02d}")
    rows = [[life.id, name, r.choice(("佐藤", "鈴木")), life.mrr, r.randint(2, 60), "解約" if life.end else "契約中"]
            for life, name in zip(given, named("酒造"), strict=False)]
    head = ["蔵元ID", "蔵元", "杜氏", "月額", "継続月数", "契約状況"]
    return File("蔵元.xlsx", workbook({"蔵元": [head, *rows]}), {"蔵元": Wanted(
        keyed("蔵元ID", customers={"customer_name": "蔵元", "tenure_months": "継続月数", "has_left": "契約状況"},
              subscriptions={"mrr": "月額"}),
        {"customers": [{"customer_id": row[0], "customer_name": row[1], "has_left": row[5] == "解約"} for row in rows]},
        shape="snapshot")})


@case("names of companies as usual beside 取扱店: 得意先名 stays the customer (retail)", part="held out by trades")
def dealers(r: random.Random) -> File:
    given = lives(r, 12, "T{:03d}")
    rows = [[life.id, life.name, f"{JA_FIRST[at]}支店", life.start, life.end, life.mrr] for at, life in enumerate(given)]
    head = ["得意先コード", "得意先名", "取扱店", "契約開始日", "契約終了日", "月額(円)"]
    return File("得意先.xlsx", workbook({"得意先": [head, *rows]}), {"得意先": Wanted(
        keyed("得意先コード", customers={"customer_name": "得意先名"}, subscriptions={
            "start_date": "契約開始日", "end_date": "契約終了日", "mrr": "月額(円)"}),
        {"subscriptions": contracts(given), "customers": customers(given)}, may=("契約開始日", "契約終了日"))})
