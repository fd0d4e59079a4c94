"""Held out later: contracts and fees as Japanese companies of further trades keep them."""

from __future__ import annotations

import datetime as dt
import random

from tests.ingest.corpus.cases import File, Wanted, case, keyed
from tests.ingest.corpus.held_out_layouts_ja import stretches
from tests.ingest.corpus.lives import JA_FIRST, contracts, customers, lives
from tests.ingest.corpus.writing import (
    blank,
    comma,
    compact,
    dots,
    full_width,
    kanji,
    kanji_month,
    short_era,
    slash,
    table,
    workbook,
)


@case("care homes: 事業所番号, R6.4.1, the fee as ¥12,000, a title and a day above (care records)", part="held out later")
def care_records(r: random.Random) -> File:
    given = lives(r, 12, "13700{:05d}")
    rows = [[life.id, life.name, r.choice(("訪問介護", "通所介護", "特養")), short_era(life.start),
             blank(short_era, "―")(life.end), f"¥{life.mrr:,}"] for life in given]
    head = ["事業所番号", "事業所名", "サービス種別", "契約開始日", "契約終了日", "月額利用料(税抜)"]
    above = [["介護記録システム　契約事業所一覧"], ["", "", "", "", "", "令和7年6月30日現在"], []]
    return File("契約事業所一覧.xlsx", workbook({"契約事業所": [*above, head, *rows]}), {"契約事業所": Wanted(
        keyed("事業所番号", subscriptions={"start_date": "契約開始日", "end_date": "契約終了日", "mrr": "月額利用料(税抜)"},
              customers={"customer_name": "事業所名"}),
        {"subscriptions": contracts(given), "customers": customers(given)}, header_row=4,
        may=("契約開始日", "契約終了日", "サービス種別"))})


@case("farms: センサー台数 times a price a month each, 合計 below (sensors in the field)", part="held out later")
def field_sensors(r: random.Random) -> File:
    given = lives(r, 13, "F-{:03d}")
    rows, wanted = [], []
    for life in given:
        sensors = r.randint(2, 40)
        rows.append([life.id, life.name, r.choice(("トマト", "いちご", "水稲")), sensors, 1500, sensors * 1500,
                     kanji(life.start), blank(kanji)(life.end)])
        wanted.append({"customer_id": life.id, "start_date": life.start, "end_date": life.end, "seats": sensors,
                       "mrr": sensors * 1500})
    total = ["合計", None, None, sum(row[3] for row in rows), None, sum(row[5] for row in rows), None, None]
    head = ["農園ID", "農園名", "作物", "センサー台数", "単価(円/台)", "月額合計(円)", "利用開始日", "解約日"]
    return File("センサー契約.xlsx", workbook({"契約農園": [head, *rows, total]}), {"契約農園": Wanted(
        keyed("農園ID", subscriptions={"seats": "センサー台数", "mrr": "月額合計(円)", "start_date": "利用開始日", "end_date": "解約日"},
              customers={"customer_name": "農園名"}),
        {"subscriptions": wanted, "customers": customers(given)}, may=("利用開始日", "解約日"))})


@case("months as 2024/4 to 2025/3 in thousands by the title, 年間計 at the right, 総計 below (car parks)",
      part="held out later")
def car_parks(r: random.Random) -> File:
    months = [dt.date(2024 + (at > 8), (at + 3) % 12 + 1, 1) for at in range(12)]
    given = {}
    for at in range(1, 11):
        begin, end, fee = r.choice((0, 0, 3, 6)), r.choice((12, 12, 12, 9)), r.randint(10, 60) * 1000
        given[f"PK{at:03d}"] = [fee + (5000 if month > 6 and at % 3 == 0 else 0) if begin <= month < end else 0
                                for month in range(12)]
    rows = [[id_, f"{at}丁目駐車場運営", *(fee // 1000 or None for fee in fees), sum(fees) // 1000]
            for at, (id_, fees) in enumerate(given.items(), start=1)]
    total = ["総計", None, *(sum(fees[at] for fees in given.values()) // 1000 for at in range(12)),
             sum(map(sum, given.values())) // 1000]
    head = ["事業者コード", "事業者名", *(f"{month.year}/{month.month}" for month in months), "年間計"]
    above = [["2024年度 月額利用料推移", *[None] * 12, "(単位:千円)"], []]
    return File("月額推移_2024年度.xlsx", workbook({"月額推移": [*above, head, *rows, total]}), {"月額推移": Wanted(
        keyed("事業者コード", subscriptions={}, customers={"customer_name": "事業者名"}),
        {"subscriptions": stretches(given, months)}, shape="monthly_wide", header_row=3,
        months={f"{month.year}/{month.month}": f"{month:%Y-%m}" for month in months})})


@case("fishing boats: 入会日 and 退会日 as 20240401, 月会費 with 円, cp932 (online booking)", part="held out later")
def fishing_boats(r: random.Random) -> File:
    given = lives(r, 11, "{:04d}")
    rows = [[life.id, f"第一{name}丸", r.choice(("神奈川", "千葉", "静岡")), compact(life.start), blank(compact)(life.end),
             f"{life.mrr:,}円"] for life, name in zip(given, JA_FIRST, strict=False)]
    head = ["船宿番号", "船宿名", "県", "入会日", "退会日", "月会費"]
    return File("船宿名簿.csv", table([head, *rows], encoding="cp932"), {"船宿名簿": Wanted(
        keyed("船宿番号", subscriptions={"start_date": "入会日", "end_date": "退会日", "mrr": "月会費"},
              customers={"customer_name": "船宿名"}),
        {"subscriptions": contracts(given)}, may=("入会日", "退会日"))})


@case("machines under maintenance: 年間保守料, 保守満了日 and 自動更新 as 有 and 無 (makers of machines)", part="held out later")
def machines_under_maintenance(r: random.Random) -> File:
    rows, wanted = [], []
    for at, life in enumerate(lives(r, 10, "M{:04d}", first=2023, is_month_first=True), start=1):
        term = life.start.replace(year=2026) - dt.timedelta(1)
        is_automatic = r.random() < 0.6
        rows.append([f"H{at:03d}", life.id, life.name, f"NC旋盤{r.randint(100, 999)}", dots(life.start), dots(term),
                     comma(life.mrr * 12), "有" if is_automatic else "無"])
        wanted.append({"customer_id": life.id, "subscription_id": f"H{at:03d}", "start_date": life.start,
                       "term_end": term, "auto_renews": is_automatic, "mrr": life.mrr})
    head = ["保守契約番号", "納入先コード", "納入先名", "機種", "保守開始日", "保守満了日", "年間保守料(円)", "自動更新"]
    return File("保守契約.csv", table([head, *rows], encoding="utf-8-sig"), {"保守契約": Wanted(
        keyed("納入先コード", subscriptions={"subscription_id": "保守契約番号", "start_date": "保守開始日", "term_end": "保守満了日",
                                       "auto_renews": "自動更新"}, customers={"customer_name": "納入先名"}),
        {"subscriptions": wanted}, may=("年間保守料(円)", "機種", "保守開始日"))})


@case("funeral halls: contract, day of going live, last NPS and who looks after them in one row", part="held out later")
def funeral_halls(r: random.Random) -> File:
    rows, answers, people = [], [], []
    given = lives(r, 14, "SG{:03d}")
    for life in given:
        live, score = life.start + dt.timedelta(r.randint(20, 80)), r.choice((None, *range(3, 11)))
        owner, plan = r.choice(("野口", "西山", "関")), r.choice(("ベーシック", "プレミアム"))
        rows.append([life.id, life.name, plan, life.mrr, life.start, life.end, live, score, owner])
        people.append({"customer_id": life.id, "customer_name": life.name, "onboarding_completed_on": live,
                       "owner": owner})
        if score is not None:
            answers.append({"customer_id": life.id, "kind": "nps", "score": score})
    head = ["顧客番号", "会社名", "プラン", "月額料金", "契約日", "解約日", "オンボーディング完了日", "直近NPS", "担当者"]
    return File("葬儀社_顧客一覧.xlsx", workbook({"顧客一覧": [head, *rows]}), {"顧客一覧": Wanted(
        keyed("顧客番号", subscriptions={"plan": "プラン", "mrr": "月額料金", "start_date": "契約日", "end_date": "解約日"},
              customers={"customer_name": "会社名", "onboarding_completed_on": "オンボーディング完了日", "owner": "担当者"}),
        {"subscriptions": contracts(given), "customers": people, "surveys": answers},
        may=("顧客番号", "契約日", "解約日", "直近NPS"))})


@case("sake breweries: a row per customer and month, 2024年4月, 12,000円, utf-8 with BOM (shop system)", part="held out later")
def sake_breweries(r: random.Random) -> File:
    months = [dt.date(2024, month, 1) for month in range(1, 6)]
    given = {f"蔵{at:02d}": [fee] * (5 if at != 3 else 3) + [0] * (0 if at != 3 else 2)
             for at, fee in enumerate((12000, 28000, 9800, 45000), start=1)}
    rows = [[id_, kanji_month(month), f"{fee:,}円"] for at, month in enumerate(months)
            for id_, fee in ((id_, fees[at]) for id_, fees in given.items()) if fee]
    head = ["取引先コード", "対象月", "月額利用料"]
    return File("月次利用料.csv", table([head, *rows], encoding="utf-8-sig"), {"月次利用料": Wanted(
        keyed("取引先コード", subscriptions={"mrr": "月額利用料"}),
        {"subscriptions": stretches(given, months)}, shape="monthly_long", may=("対象月",))})


@case("smart locks: 次回更新日 as the end of the term, 解約申入期限 as 90日前, fee for one month", part="held out later")
def smart_locks(r: random.Random) -> File:
    rows, wanted = [], []
    for life in lives(r, 12, "SL-{:04d}", is_month_first=True):
        renewal = life.start.replace(year=2026)
        notice = r.choice((30, 60, 90))
        rows.append([life.id, life.name, life.start, renewal, f"{notice}日前", r.choice(("継続見込", "検討中", "未確認")), life.mrr])
        wanted.append({"customer_id": life.id, "start_date": life.start, "term_end": renewal, "notice_days": notice,
                       "mrr": life.mrr})
    head = ["契約先コード", "管理会社名", "契約開始日", "次回更新日", "解約申入期限", "更新意向", "月額(税抜)"]
    return File("更新管理表.xlsx", workbook({"更新管理": [["スマートロック 更新管理表"], [], head, *rows]}), {"更新管理": Wanted(
        keyed("契約先コード", subscriptions={"start_date": "契約開始日", "term_end": "次回更新日", "notice_days": "解約申入期限",
                                       "mrr": "月額(税抜)"}, customers={"customer_name": "管理会社名"}),
        {"subscriptions": wanted}, header_row=3, may=("契約開始日", "更新意向"))})


@case("printers: 契約状況 契約中 and 解約済 and 継続月数 without any day (web to print)", part="held out later")
def printers(r: random.Random) -> File:
    given = lives(r, 18, "PR{:03d}")
    rows = [[life.id, life.name, r.choice(("ライト", "標準")), life.mrr, r.randint(1, 50), "解約済" if life.end else "契約中"]
            for life in given]
    head = ["顧客コード", "顧客名", "プラン", "月額", "継続月数", "契約状況"]
    return File("印刷会社_契約状況.csv", table([head, *rows]), {"印刷会社_契約状況": Wanted(
        keyed("顧客コード", customers={"customer_name": "顧客名"}), {"customers": customers(given)}, shape="snapshot",
        may=("顧客コード", "プラン", "月額", "継続月数", "契約状況"))})


@case("libraries: 契約期間 over 開始 and 終了, 料金 over 初期費用 and 月額, amounts in full width", part="held out later")
def libraries(r: random.Random) -> File:
    given = lives(r, 9, "L{:02d}")
    names = {life.id: f"{first}市立図書館" for life, first in zip(given, JA_FIRST, strict=False)}
    rows = [[life.id, names[life.id], slash(life.start), blank(slash, "継続中")(life.end), r.choice((0, 100000)),
             full_width(f"{life.mrr:,}")] for life in given]
    once = [{"customer_id": row[0], "start_date": life.start, "end_date": life.start, "mrr": row[4]}
            for row, life in zip(rows, given, strict=True) if row[4]]
    heads = [["館コード", "図書館名", "契約期間", None, "料金(円)", None], [None, None, "開始", "終了", "初期費用", "月額"]]
    data = workbook({"契約館": [*heads, *rows]}, merged={"契約館": ["A1:A2", "B1:B2", "C1:D1", "E1:F1"]})
    return File("図書館契約.xlsx", data, {"契約館": Wanted(
        keyed("館コード", subscriptions={"start_date": "契約期間 開始", "end_date": "契約期間 終了", "mrr": "料金(円) 月額"},
              customers={"customer_name": "図書館名"}),
        {"subscriptions": [*contracts(given), *once],
         "customers": [{"customer_id": id_, "customer_name": name} for id_, name in names.items()]}, header_levels=2,
        may=("契約期間 開始", "契約期間 終了", "料金(円) 初期費用"))})
