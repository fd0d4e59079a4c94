"""Held out: dates, amounts, ids and encodings of Japanese sheets."""

from __future__ import annotations

import random

from tests.ingest.corpus.cases import File, Wanted, case, keyed
from tests.ingest.corpus.lives import contracts, customers, lives
from tests.ingest.corpus.writing import (
    blank,
    comma,
    compact,
    dots,
    era,
    full_width,
    kanji,
    serial,
    short_era,
    slash,
    table,
    workbook,
)


@case("days in nine ways in one column, words for no end (a security firm)", part="held out")
def days_in_nine_ways(r: random.Random) -> File:
    given = lives(r, 27, "警{:03d}", first=2020)
    ways = (slash, dots, compact, kanji, era, short_era, serial, lambda day: f"{day:%Y-%m-%d}",
            lambda day: full_width(slash(day)))
    nothing = ("継続中", "未定", "－", "なし", "―", "N/A", "", "契約中")
    rows = [[life.id, life.name, ways[at % 9](life.start), ways[(at + 4) % 9](life.end) if life.end else r.choice(nothing),
             life.mrr] for at, life in enumerate(given)]
    head = ["契約先番号", "契約先名称", "警備開始日", "警備終了日", "月額警備料"]
    return File("警備契約.xlsx", workbook({"契約": [head, *rows]}), {"契約": Wanted(
        keyed("契約先番号", subscriptions={"start_date": "警備開始日", "end_date": "警備終了日", "mrr": "月額警備料"},
              customers={"customer_name": "契約先名称"}), {"subscriptions": contracts(given), "customers": customers(given)},
        may=("警備終了日", "警備開始日"))})


@case("yen as shops write it: ¥12,000-, 12,000円(税抜), ￥12,000 and in full width", part="held out")
def yen_as_shops_write_it(r: random.Random) -> File:
    given = lives(r, 16, "S{:03d}")
    ways = ("¥{:,}-", "{:,}円(税抜)", "￥{:,}", "￥{:,}－", "{:,} 円")
    rows = [[life.id, kanji(life.start), full_width(f"{life.mrr:,}") + "円" if at % 6 == 5 else
             ways[at % 6].format(life.mrr)] for at, life in enumerate(given)]
    return File("美容室契約.csv", table([["サロンID", "ご契約日", "月額ご利用料"], *rows], encoding="utf-8-sig"), {"美容室契約": Wanted(
        keyed("サロンID", subscriptions={"start_date": "ご契約日", "mrr": "月額ご利用料"}), {"subscriptions": contracts(
            [life.__class__(life.id, life.name, life.start, None, life.mrr) for life in given])}, may=("ご契約日",))})


@case("a fee in 万円 a month by its header, and 1.5万円 spelled out in some cells", part="held out")
def fees_in_ten_thousands(r: random.Random) -> File:
    given = lives(r, 12, "MY{:02d}")
    rows = [[life.id, life.name, life.mrr / 10_000, slash(life.start), blank(slash)(life.end)] for life in given]
    head = ["取引先ID", "取引先", "利用料(万円/月)", "開始", "終了"]
    return File("万円単位.csv", table([head, *rows], encoding="euc_jp"), {"万円単位": Wanted(
        keyed("取引先ID", subscriptions={"mrr": "利用料(万円/月)", "start_date": "開始", "end_date": "終了"},
              customers={"customer_name": "取引先"}), {"subscriptions": contracts(given)}, may=("終了", "開始"))})


@case("a list price with 値引率 beside: the fee is what is left", part="held out")
def list_price_and_reduction(r: random.Random) -> File:
    given = lives(r, 12, "N{:03d}")
    cuts = [r.choice((0, 5, 10, 20)) for _ in given]
    rows = [[life.id, slash(life.start), blank(slash)(life.end), comma(life.mrr), f"{cut}%"]
            for life, cut in zip(given, cuts, strict=True)]
    wanted = [row | {"mrr": row["mrr"] * (100 - cut) / 100} for row, cut in zip(contracts(given), cuts, strict=True)]
    return File("値引一覧.csv", table([["契約者番号", "契約始期", "契約終期", "月額定価", "値引率"], *rows], encoding="cp932"), {
        "値引一覧": Wanted(keyed("契約者番号", subscriptions={
            "start_date": "契約始期", "end_date": "契約終期", "mrr": "月額定価", "discount": "値引率"}),
            {"subscriptions": wanted}, may=("契約終期",))})


@case("料金種別: 基本料, 従量課金, 初期費用 and 無料トライアル as rows of one bill", part="held out")
def kinds_of_fees(r: random.Random) -> File:
    kinds = {"基本料": "recurring", "従量課金": "variable", "初期費用": "one-time", "無料トライアル": "trial"}
    rows, wanted = [], []
    for life in lives(r, 18, "K-{:03d}"):
        word = r.choice(list(kinds))
        amount = 0 if word == "無料トライアル" else life.mrr
        rows.append([life.id, word, slash(life.start), comma(amount)])
        wanted.append({"customer_id": life.id, "start_date": life.start, "charge_kind": kinds[word], "mrr": amount})
    return File("料金明細.xlsx", workbook({"料金明細": [["ご契約者ID", "料金種別", "適用開始日", "月額料金(円)"], *rows]}), {
        "料金明細": Wanted(keyed("ご契約者ID", subscriptions={
            "charge_kind": "料金種別", "start_date": "適用開始日", "mrr": "月額料金(円)"}),
            {"subscriptions": [{name: row[name] for name in ("customer_id", "start_date", "charge_kind")} for row in wanted]},
            may=("適用開始日",))})


@case("無料 is a fee of 0; 別途見積, a day that is none and a row without customer are refused", part="held out")
def what_cannot_be_read(r: random.Random) -> File:
    given = lives(r, 12, "R{:03d}")
    rows = [[life.id, slash(life.start), blank(slash)(life.end), comma(life.mrr)] for life in given]
    rows[1][3], rows[3][3], rows[5][1], rows[7][0], rows[9][2] = "無料", "別途見積", "2023/13/1", None, "2002/4/1"
    wanted = [row | ({"mrr": 0} if at == 1 else {}) for at, row in enumerate(contracts(given)) if at not in (3, 5, 7, 9)]
    return File("宿泊施設.csv", table([["施設ID", "掲載開始日", "掲載終了日", "月額掲載料"], *rows]), {"宿泊施設": Wanted(
        keyed("施設ID", subscriptions={"start_date": "掲載開始日", "end_date": "掲載終了日", "mrr": "月額掲載料"}),
        {"subscriptions": wanted}, may=("掲載終了日", "掲載開始日"),
        refused=frozenset({(5, "月額掲載料"), (7, "掲載開始日"), (9, "施設ID"), (11, "掲載終了日")}))})


@case("codes in full width in the ledger and in half width in the log: the same customers", part="held out")
def codes_in_two_widths(r: random.Random) -> object:
    given = lives(r, 8, "AB-{:04d}")
    used = [(r.choice(given), r.randint(1, 28), r.randint(1, 50)) for _ in range(20)]
    ledger = [["荷主コード", "荷主名", "契約日", "月額基本料"],
              *([f" {full_width(life.id)}", life.name, kanji(life.start), comma(life.mrr)] for life in given)]
    log = [["利用日", "荷主コード", "出荷件数"], *([f"2025/6/{day}", life.id, count] for life, day, count in used)]
    running = [row | {"end_date": None} for row in contracts(given)]
    uses = [{"customer_id": life.id, "date": f"2025-06-{day:02d}", "count": count} for life, day, count in used]
    return (File("荷主.xlsx", workbook({"荷主": ledger}), {"荷主": Wanted(
        keyed("荷主コード", subscriptions={"start_date": "契約日", "mrr": "月額基本料"}, customers={"customer_name": "荷主名"}),
        {"subscriptions": running}, may=("契約日",))}),
        File("出荷ログ.csv", table(log, encoding="cp932"), {"出荷ログ": Wanted(
            keyed("荷主コード", usage={"date": "利用日", "count": "出荷件数"}), {"usage": uses})})), {"usage": uses}


@case("one company as ㈱, (株) and 株式会社 under three numbers: three customers, names as written; cp932", part="held out")
def one_company_three_numbers(r: random.Random) -> File:
    names = ("㈱北斗電機", "株式会社北斗電機", "北斗電機（株）", "①番館", "髙橋物産", "～縁～")
    given = lives(r, len(names), "{:04d}")
    rows = [[life.id, name, slash(life.start), life.mrr] for life, name in zip(given, names, strict=True)]
    return File("得意先台帳.csv", table([["得意先CD", "得意先名", "取引開始日", "月額金額"], *rows], encoding="cp932"), {"得意先台帳": Wanted(
        keyed("得意先CD", subscriptions={"start_date": "取引開始日", "mrr": "月額金額"}, customers={"customer_name": "得意先名"}),
        {"customers": [{"customer_id": life.id} for life in given],
         "subscriptions": [{"customer_id": life.id, "mrr": life.mrr} for life in given]}, may=("取引開始日",))})


@case("use keyed by the number of the contract, enquiries by the customer's name, both joined to the ledger", part="held out")
def joined_by_number_and_name(r: random.Random) -> object:
    given = lives(r, 9, "顧{:03d}")
    used = [(r.choice(given), r.randint(1, 28), r.randint(3, 90)) for _ in range(18)]
    asked = [(r.choice(given), r.randint(1, 28)) for _ in range(12)]
    data = workbook({
        "契約": [["契約番号", "お客様コード", "お客様名称", "契約開始", "月額"],
               *([f"K{life.id[1:]}", life.id, life.name, life.start, life.mrr] for life in given)],
        "利用実績": [["契約番号", "利用年月日", "利用時間(分)"], *([f"K{life.id[1:]}", f"2025/5/{day}", m] for life, day, m in used)],
        "問合せ": [["受付日", "お客様名称", "区分"], *([f"2025/5/{day}", life.name, "操作方法"] for life, day in asked)]})
    return (File("CS管理.xlsx", data, {
        "契約": Wanted(keyed("お客様コード", subscriptions={"subscription_id": "契約番号", "start_date": "契約開始", "mrr": "月額"},
                           customers={"customer_name": "お客様名称"}), {"customers": customers(given)}, may=("契約開始",)),
        "利用実績": Wanted({"usage.subscription_id": "契約番号", "usage.date": "利用年月日", "usage.minutes": "利用時間(分)"}),
        "問合せ": Wanted({"interactions.customer_id": "お客様名称", "interactions.date": "受付日", "interactions.kind": "区分"},
                      may=("お客様名称",))}),), {
        "usage": [{"customer_id": life.id, "date": f"2025-05-{day:02d}", "minutes": m} for life, day, m in used],
        "interactions": [{"customer_id": life.id, "date": f"2025-05-{day:02d}"} for life, day in asked]}
