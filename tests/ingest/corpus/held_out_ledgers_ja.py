"""Held out: ledgers of contracts as Japanese companies of several trades keep them."""

from __future__ import annotations

import datetime as dt
import random

from tests.ingest.corpus.cases import File, Wanted, case, keyed
from tests.ingest.corpus.lives import contracts, customers, lives
from tests.ingest.corpus.writing import blank, comma, era, kanji, kanji_month, slash, table, workbook


@case("a fee per ID times the number of IDs, title and date above, header in row 4 (HR software)", part="held out")
def hr_software_ledger(r: random.Random) -> File:
    given = lives(r, 14, "HR{:04d}")
    rows, wanted, owners = [], [], []
    for life in given:
        ids, unit, owner = r.randint(10, 300), r.choice((300, 400, 500)), r.choice(("三宅", "小川", "堀"))
        plan = r.choice(("勤怠", "勤怠+給与", "人事評価"))
        rows.append([life.id, life.name, plan, ids, unit, ids * unit, slash(life.start), blank(slash)(life.end), owner])
        wanted.append({"customer_id": life.id, "start_date": life.start, "end_date": life.end, "mrr": ids * unit,
                       "seats": ids, "plan": plan})
        owners.append({"customer_id": life.id, "customer_name": life.name, "owner": owner})
    head = ["企業コード", "企業名", "ご契約プラン", "ID数", "ID単価(税抜)", "月額計(税抜)", "利用開始", "解約", "担当CS"]
    above = [["【社外秘】ご契約企業一覧"], ["2025/6/30 現在  作成:カスタマーサクセス部"], []]
    return File("契約企業一覧_20250630.xlsx", workbook({"一覧": [*above, head, *rows]}), {"一覧": Wanted(
        keyed("企業コード", subscriptions={"plan": "ご契約プラン", "seats": "ID数", "mrr": "月額計(税抜)", "start_date": "利用開始",
                                     "end_date": "解約"}, customers={"customer_name": "企業名", "owner": "担当CS"}),
        {"subscriptions": wanted, "customers": owners}, header_row=4, may=("解約",))})


@case("shops of restaurant companies: 運営会社 above 店舗, 導入日 and 撤退日 (POS tills)", part="held out")
def restaurant_shops(r: random.Random) -> File:
    given = lives(r, 16, "T-{:05d}")
    chains = {life.id: r.choice(("株式会社まるなか", "有限会社海山亭", "合同会社ナツメ")) for life in given}
    rows = [[at, chains[life.id], life.id, f"{life.name[-4:]}店", r.choice(("居酒屋", "カフェ", "ラーメン")), life.start, life.end,
             life.mrr] for at, life in enumerate(given, start=1)]
    head = ["#", "運営会社", "店舗No.", "店舗名", "業態", "導入日", "撤退日", "月額(円)"]
    return File("POS導入店舗.xlsx", workbook({"店舗": [head, *rows]}), {"店舗": Wanted(
        keyed("店舗No.", subscriptions={"start_date": "導入日", "end_date": "撤退日", "mrr": "月額(円)"},
              customers={"customer_name": "店舗名", "parent_id": "運営会社"}),
        {"subscriptions": contracts(given),
         "customers": [{"customer_id": life.id, "parent_id": chains[life.id]} for life in given]}, may=("撤退日", "導入日"))})


@case("clinics: codes with leading zeros, フリガナ, 令和 dates, a fee with tax, cp932", part="held out")
def clinics(r: random.Random) -> File:
    names = (("ひまわり歯科", "ヒマワリシカ"), ("さくら内科", "サクラナイカ"), ("みどり眼科", "ミドリガンカ"), ("髙木整形外科", "タカギセイケイゲカ"),
             ("つばさ小児科", "ツバサショウニカ"), ("北町皮フ科", "キタマチヒフカ"), ("あおい耳鼻科", "アオイジビカ"), ("ことり動物病院", "コトリドウブツビョウイン"))
    given = lives(r, len(names), "{:06d}")
    rows = [[life.id, *name, r.choice(("東京都", "千葉県")), era(life.start), blank(era)(life.end), life.mrr]
            for life, name in zip(given, names, strict=True)]
    head = ["医院コード", "医院名", "フリガナ", "都道府県", "契約年月日", "解約年月日", "毎月のご利用料金(税込)"]
    return File("医院マスタ.csv", table([head, *rows], encoding="cp932"), {"医院マスタ": Wanted(
        keyed("医院コード", subscriptions={"start_date": "契約年月日", "end_date": "解約年月日", "mrr": "毎月のご利用料金(税込)"},
              customers={"customer_name": "医院名", "furigana": "フリガナ"}),
        {"subscriptions": contracts(given), "customers": [
            {"customer_id": life.id, "customer_name": name, "furigana": kana}
            for life, (name, kana) in zip(given, names, strict=True)]}, may=("解約年月日",))})


@case("契約期間 merged over 自 and 至, every renewal a row, 年間契約金額, the customer by name only (construction)",
      part="held out")
def construction_terms(r: random.Random) -> File:
    rows, wanted = [], []
    for life in lives(r, 9, "X{:02d}"):
        first = life.start.replace(day=1)
        for year in range(r.randint(1, 3)):
            start = first.replace(year=first.year + year)
            end = start.replace(year=start.year + 1) - dt.timedelta(1)
            rows.append([life.name, slash(start), slash(end), comma(life.mrr * 12), "本社一括"])
            wanted.append({"customer_id": life.name, "start_date": start, "end_date": end, "mrr": life.mrr})
    head = [["得意先", "契約期間", None, "年間契約金額(税抜)", "備考"], [None, "自", "至", None, None]]
    data = workbook({"契約": [*head, *rows]}, merged={"契約": ["A1:A2", "B1:C1", "D1:D2", "E1:E2"]})
    return File("施工管理クラウド契約.xlsx", data, {"契約": Wanted(
        keyed("得意先", subscriptions={"start_date": "契約期間 自", "end_date": "契約期間 至", "amount": "年間契約金額(税抜)"}),
        {"subscriptions": wanted}, header_levels=2, may=("得意先",))})


@case("a tax office: 顧問料 by month beside 決算報酬 once a year, 顧問開始日 and 顧問解除日", part="held out")
def tax_office(r: random.Random) -> File:
    given = lives(r, 13, "{:03d}")
    rows = [[life.id, life.name, r.choice(("法人", "個人")), comma(life.mrr), comma(life.mrr * 4), kanji(life.start),
             blank(kanji, "－")(life.end), r.choice(("大塚", "牧野"))] for life in given]
    head = ["顧問先コード", "顧問先名", "法人/個人", "月額顧問料", "決算報酬", "顧問開始日", "顧問解除日", "主担当"]
    return File("顧問先一覧.csv", table([head, *rows], encoding="cp932"), {"顧問先一覧": Wanted(
        keyed("顧問先コード", subscriptions={"start_date": "顧問開始日", "end_date": "顧問解除日", "mrr": "月額顧問料"},
              customers={"customer_name": "顧問先名", "owner": "主担当"}),
        {"subscriptions": contracts(given), "customers": customers(given)}, may=("顧問解除日", "決算報酬"))})


@case("deliveries to consumers: an amount per delivery, every month or every second or third", part="held out")
def deliveries_to_consumers(r: random.Random) -> File:
    cycles = {"毎月": 1, "2ヶ月に1回": 2, "3ヶ月に1回": 3}
    rows, wanted = [], []
    for n, life in enumerate(lives(r, 18, "M{:06d}"), start=1):
        cycle, amount = r.choice(list(cycles)), r.randint(5, 20) * 600
        rows.append([f"T{n:05d}", life.id, r.choice(("導入美容液", "シャンプー")), cycle, slash(life.start), blank(slash)(life.end),
                     amount])
        wanted.append({"customer_id": life.id, "subscription_id": f"T{n:05d}", "start_date": life.start,
                       "end_date": life.end, "mrr": amount / cycles[cycle]})
    head = ["定期ID", "会員No.", "商品", "お届けサイクル", "初回お届け日", "定期解約日", "1回あたり金額(税込)"]
    return File("定期会員.csv", table([head, *rows], encoding="utf-8-sig"), {"定期会員": Wanted(
        keyed("会員No.", subscriptions={"subscription_id": "定期ID", "product": "商品", "billing_interval": "お届けサイクル",
                                     "start_date": "初回お届け日", "end_date": "定期解約日",
                                     "amount": "1回あたり金額(税込)"}), {"subscriptions": wanted}, may=("定期解約日",))})


@case("an agency that resells: the end user is the customer, unit price beside the amount, months without days",
      part="held out")
def resold_licences(r: random.Random) -> File:
    given = lives(r, 12, "EU-{:03d}", is_month_first=True)
    rows, wanted = [], []
    for life in given:
        seats = r.randint(2, 60)
        rows.append([r.choice(("東和販売", "ミライ商会")), life.id, life.name, seats, life.mrr // seats, comma(life.mrr),
                     kanji_month(life.start), blank(kanji_month)(life.end)])
        last = life.end and (life.end + dt.timedelta(31)).replace(day=1) - dt.timedelta(1)
        wanted.append({"customer_id": life.id, "start_date": life.start, "end_date": last, "mrr": life.mrr, "seats": seats})
    head = ["販売代理店", "エンドユーザーコード", "エンドユーザー名", "ライセンス数", "仕切単価", "月額請求額", "利用開始月", "利用終了月"]
    return File("代理店経由契約.xlsx", workbook({"代理店経由": [head, *rows]}), {"代理店経由": Wanted(
        keyed("エンドユーザーコード", subscriptions={"seats": "ライセンス数", "mrr": "月額請求額", "start_date": "利用開始月",
                                          "end_date": "利用終了月"}, customers={"customer_name": "エンドユーザー名"}),
        {"subscriptions": wanted, "customers": customers(given)})})


@case("renewals to come: 現契約満了日 alone, 自動更新 as ○ and ×, 解約通知期限 in days before", part="held out")
def renewals_to_come(r: random.Random) -> File:
    rows, wanted = [], []
    for n, life in enumerate(lives(r, 12, "Y{:02d}"), start=1):
        start = dt.date(2024, r.randint(5, 12), 1)
        end, renews, days = start.replace(year=2025) - dt.timedelta(1), r.choice("○×"), r.choice((30, 60, 90))
        rows.append([f"契-{n:03d}", life.name, slash(start), slash(end), renews, f"{days}日前", comma(life.mrr), "要フォロー"])
        wanted.append({"customer_id": life.name, "subscription_id": f"契-{n:03d}", "start_date": start, "term_end": end,
                       "auto_renews": renews == "○", "notice_days": days, "mrr": life.mrr})
    head = ["契約No", "お客様名", "現契約開始日", "現契約満了日", "自動更新", "解約通知期限", "月額(税抜)", "更新アクション"]
    return File("更新管理表.xlsx", workbook({"2025上期": [["更新管理表(2025年度上期)"], head, *rows]}), {"2025上期": Wanted(
        keyed("お客様名", subscriptions={"subscription_id": "契約No", "start_date": "現契約開始日", "term_end": "現契約満了日",
                                     "auto_renews": "自動更新", "notice_days": "解約通知期限", "mrr": "月額(税抜)"}),
        {"subscriptions": wanted}, may=("お客様名",), asked=frozenset({"term_end_means"}))})


@case("everything of a customer in one row: contract, reason for leaving, day of going live, last NPS", part="held out")
def customer_karte(r: random.Random) -> File:
    given = lives(r, 15, "CS-{:04d}", shortest=200)
    rows, left, live, scores = [], [], [], []
    for life in given:
        done, nps = life.start + dt.timedelta(r.randint(20, 80)), r.choice((None, 3, 6, 8, 9, 10))
        reason = r.choice(("価格", "担当者退職", "機能不足")) if life.end else None
        rows.append([life.id, life.name, r.choice(("製造", "小売")), r.choice(("ライト", "プロ")), life.mrr, life.start, done,
                     life.end, reason, nps])
        live.append({"customer_id": life.id, "customer_name": life.name, "onboarding_completed_on": done})
        left += [{"customer_id": life.id, "cancelled_on": life.end, "reason": reason}] if reason else []
        scores += [{"customer_id": life.id, "kind": "nps", "score": nps}] if nps is not None else []
    head = ["カルテ番号", "お客様名", "業種", "契約プラン", "月額利用料金", "サービス開始日", "オンボーディング完了日", "サービス解約日", "解約の理由", "直近NPS"]
    return File("顧客カルテ.xlsx", workbook({"カルテ": [head, *rows]}), {"カルテ": Wanted(
        keyed("カルテ番号", subscriptions={"plan": "契約プラン", "mrr": "月額利用料金", "start_date": "サービス開始日",
                                     "end_date": "サービス解約日"},
              customers={"customer_name": "お客様名", "onboarding_completed_on": "オンボーディング完了日"},
              cancellations={"cancelled_on": "サービス解約日", "reason": "解約の理由"}, surveys={"score": "直近NPS"}),
        {"subscriptions": contracts(given), "customers": live, "cancellations": left, "surveys": scores},
        may=("サービス開始日",))})
