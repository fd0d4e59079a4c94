"""Held out by a stranger: Japanese files of a dozen trades, written before a line of the matcher was read."""

from __future__ import annotations

import datetime as dt
import random

from tests.ingest.corpus.cases import File, Wanted, case, keyed
from tests.ingest.corpus.held_out_layouts_ja import stretches
from tests.ingest.corpus.lives import contracts, customers, lives
from tests.ingest.corpus.writing import blank, comma, compact, era, kanji, short_era, slash, table, workbook

STRANGER = "held out by a stranger"
FISCAL = [dt.date(2024 + (at > 8), (at + 3) % 12 + 1, 1) for at in range(12)]


def days(r: random.Random, count: int, year: int = 2025) -> list[dt.date]:
    return sorted(dt.date(year, 1, 1) + dt.timedelta(r.randint(0, 170)) for _ in range(count))


@case("a sheet of instructions first; 契約先, 契約, 金額 over the headers, 合計 and notes below (expense reports)", part=STRANGER)
def expense_reports(r: random.Random) -> File:
    given = lives(r, 14, "K{:05d}")
    rows, wanted = [], []
    for at, life in enumerate(given, start=1):
        plan, setup, term = r.choice(("ライト", "スタンダード", "プレミアム")), r.choice((0, 100_000)), dt.date(2026, r.randint(1, 12), 1)
        rows.append([at, life.id, life.name, plan, slash(life.start), slash(term), blank(slash, "－")(life.end),
                     comma(setup) if setup else "－", comma(life.mrr), r.choice(("佐藤", "鈴木", "高橋"))])
        wanted.append({"customer_id": life.id, "start_date": life.start, "end_date": life.end, "term_end": term,
                       "mrr": life.mrr, "plan": plan, "charge_kind": "recurring"})
        if setup:
            wanted.append({"customer_id": life.id, "start_date": life.start, "end_date": life.start, "mrr": setup,
                           "plan": plan, "charge_kind": "one-time"})
    head = [["No.", "契約先", None, "契約", None, None, None, "金額(税抜・円)", None, "CS担当"],
            [None, "コード", "会社名", "プラン", "開始日", "満了日", "解約日", "初期費用", "月額", None]]
    below = [["合計", *[None] * 6, None, comma(sum(life.mrr for life in given)), None], [],
             ["※解約日は最終利用日を記入すること"], ["※金額は税抜"]]
    data = workbook({"はじめに": [["契約台帳の使い方"], ["1. 新規契約は最下行に追加する"], ["2. 解約時は行を消さず解約日を入れる"]],
                     "台帳": [["契約台帳(2025年6月末時点)"], [], *head, *rows, *below]},
                    merged={"台帳": ["A3:A4", "B3:C3", "D3:G3", "H3:I3", "J3:J4"]})
    return File("契約台帳_最新版.xlsx", data, {"はじめに": Wanted(is_used=False), "台帳": Wanted(
        keyed("契約先 コード", customers={"customer_name": "契約先 会社名", "owner": "CS担当"}, subscriptions={
            "plan": "契約 プラン", "start_date": "契約 開始日", "term_end": "契約 満了日", "end_date": "契約 解約日",
            "mrr": "金額(税抜・円) 月額"}), {"subscriptions": wanted, "customers": customers(given)},
        header_row=4, header_levels=2, may=("契約 開始日", "契約 解約日", "契約 プラン"))})


@case("several buildings a client: 契約先 beside 物件名 and 所在地, 月額管理料, 契約始期 and 契約満期 (building maintenance)", part=STRANGER)
def building_maintenance(r: random.Random) -> File:
    rows, wanted, clients = [], [], {}
    for at, life in enumerate(lives(r, 9, "{:06d}"), start=1):
        clients[life.id] = life.name
        for number in range(r.randint(1, 3)):
            fee, term = life.mrr + 1000 * number, dt.date(2026, 3, 31)
            rows.append([f"B{at:02d}-{number}", f"{r.choice(('本町', '駅前', '中央', '港'))}{at}{number}ビル", life.id, life.name,
                         f"大阪市北区{at}-{number + 1}", r.choice(("清掃", "設備点検", "常駐")), kanji(life.start), kanji(term),
                         f"{fee:,}円"])
            wanted.append({"customer_id": life.id, "start_date": life.start, "term_end": term, "mrr": fee})
    head = ["物件番号", "物件名", "契約先番号", "契約先", "所在地", "業務種別", "契約始期", "契約満期", "月額管理料"]
    return File("管理物件一覧.xlsx", workbook({"物件": [["管理物件一覧"], ["本社 営業部"], head, *rows]}), {"物件": Wanted(
        keyed("契約先番号", customers={"customer_name": "契約先"}, subscriptions={
            "start_date": "契約始期", "term_end": "契約満期", "mrr": "月額管理料"}),
        {"subscriptions": wanted,
         "customers": [{"customer_id": id_, "customer_name": name} for id_, name in clients.items()]},
        header_row=3, may=("契約始期", "業務種別", "物件番号"))})


@case("2024年度 over 4月 to 3月 by prefecture with its 小計, 年度計 at the right, 総合計 below, 千円 (cram schools)", part=STRANGER)
def cram_school_fees(r: random.Random) -> File:
    given, rows, number = {}, [], 0
    for prefecture in ("東京都", "埼玉県", "千葉県"):
        sums = [0] * 12
        for _ in range(4):
            number += 1
            begin, fee = r.choice((0, 0, 2, 5)), r.randint(20, 90)
            stop = r.choice((12, 12, 10)) if begin < 6 else 12
            fees = [fee + (5 if at >= 7 and number % 3 == 0 else 0) if begin <= at < stop else 0 for at in range(12)]
            given[f"J{number:03d}"] = [each * 1000 for each in fees]
            rows.append([prefecture, f"J{number:03d}", f"{r.choice(('明光', '進学', '英才', '志学'))}塾{number}校",
                         *(each or "-" for each in fees), sum(fees)])
            sums = [one + other for one, other in zip(sums, fees, strict=True)]
        rows.append([f"{prefecture} 小計", None, None, *sums, sum(sums)])
    rows.append(["総合計", None, None, *([sum(row[at] for row in rows if "小計" in row[0]) for at in range(3, 16)])])
    head = [["都道府県", "教室番号", "教室名", "2024年度", *[None] * 11, "年度計"],
            [None, None, None, *(f"{month.month}月" for month in FISCAL), None]]
    data = workbook({"月謝システム利用料": [["教室別売上(単位:千円)"], *head, *rows]},
                    merged={"月謝システム利用料": ["A2:A3", "B2:B3", "C2:C3", "D2:O2", "P2:P3"]})
    return File("教室別.xlsx", data, {"月謝システム利用料": Wanted(
        keyed("教室番号", customers={"customer_name": "教室名"}, subscriptions={}),
        {"subscriptions": stretches(given, FISCAL)}, shape="monthly_wide", header_levels=2,
        months={f"2024年度 {month.month}月": f"{month:%Y-%m}" for month in FISCAL})})


@case("members of a gym in cp932: 会員No, 氏名, フリガナ, 入会, 退会, 会費(月), 最終来館, 性別, 生年月日 (fitness)", part=STRANGER)
def gym_members(r: random.Random) -> File:
    people = (("髙橋 一郎", "タカハシ イチロウ"), ("渡邊 花", "ワタナベ ハナ"), ("山﨑 実", "ヤマザキ ミノル"), ("伊藤 さくら", "イトウ サクラ"),
              ("小林 健", "コバヤシ ケン"), ("加藤 葵", "カトウ アオイ"), ("吉田 翔", "ヨシダ ショウ"), ("森 美咲", "モリ ミサキ"),
              ("池田 亮", "イケダ リョウ"), ("橋本 結衣", "ハシモト ユイ"), ("石川 大輔", "イシカワ ダイスケ"), ("前田 陽菜", "マエダ ヒナ"))
    given = lives(r, 12, "{:07d}")
    fees = [r.choice((6600, 8800, 11000)) for _ in given]
    rows = [[life.id, *person, r.choice("男女"), f"{r.randint(1950, 2004)}/{r.randint(1, 12)}/{r.randint(1, 28)}",
             r.choice(("レギュラー", "デイタイム", "ナイト")), slash(life.start), blank(slash, "")(life.end), fee,
             slash(life.end or dt.date(2025, 6, r.randint(1, 28)))]
            for life, person, fee in zip(given, people, fees, strict=True)]
    head = ["会員No", "氏名", "フリガナ", "性別", "生年月日", "会員種別", "入会年月日", "退会年月日", "会費(月)", "最終来館日"]
    wanted = [row | {"mrr": fee} for row, fee in zip(contracts(given), fees, strict=True)]
    return File("会員名簿.csv", table([head, *rows], encoding="cp932"), {"会員名簿": Wanted(
        keyed("会員No", customers={"customer_name": "氏名", "furigana": "フリガナ"}, subscriptions={
            "start_date": "入会年月日", "end_date": "退会年月日", "mrr": "会費(月)"}),
        {"subscriptions": wanted, "customers": [{"customer_id": life.id, "customer_name": person[0], "furigana": person[1]}
                                                for life, person in zip(given, people, strict=True)]},
        may=("入会年月日", "退会年月日", "会員種別", "会員No", "最終来館日"))})


@case("a log of devices by 契約番号, and the contracts on the other sheet under the client's name (sensors)", part=STRANGER)
def sensor_log(r: random.Random) -> File:
    given = lives(r, 8, "IoT-{:04d}")
    units = {life.id: r.randint(1, 60) for life in given}
    held = [[life.id, life.name, slash(life.start), blank(slash)(life.end), units[life.id], life.mrr] for life in given]
    log, used = [], []
    for day in days(r, 30):
        life, count = r.choice(given), r.randint(10, 2000)
        log.append([f"{slash(day)} {r.randint(0, 23):02d}:15", f"DEV{r.randint(1, 40):05d}", life.id, count, round(count * 0.012, 1)])
        used.append({"subscription_id": life.id, "date": day, "count": count})
    wanted = [{"customer_id": life.name, "subscription_id": life.id, "start_date": life.start, "end_date": life.end,
               "seats": units[life.id], "mrr": life.mrr} for life in given]
    data = workbook({"契約": [["契約番号", "ご契約者様", "利用開始日", "利用終了日", "回線数", "月額料金(円)"], *held],
                     "送信ログ": [["送信日時", "端末番号", "契約番号", "送信回数", "通信量(MB)"], *log]})
    return File("見守りセンサー.xlsx", data, {
        "契約": Wanted(keyed("ご契約者様", customers={"customer_name": "ご契約者様"}, subscriptions={
            "subscription_id": "契約番号", "start_date": "利用開始日", "end_date": "利用終了日", "seats": "回線数",
            "mrr": "月額料金(円)"}), {"subscriptions": wanted}, may=("利用開始日", "利用終了日")),
        "送信ログ": Wanted({"usage.subscription_id": "契約番号", "usage.date": "送信日時", "usage.count": "送信回数"},
                       {"usage": used}, may=("端末番号", "通信量(MB)"))})


@case("calls on clients: 訪問日, 派遣先, 訪問者, 面談内容, 次回アクション, newest first (staffing)", part=STRANGER)
def staffing_calls(r: random.Random) -> File:
    clients = ("中部精機", "東海食品", "名港倉庫", "知多ケミカル", "三河部品")
    rows, wanted = [], []
    for day in reversed(days(r, 18)):
        client, by, note = r.choice(clients), r.choice(("岡田", "西村", "内藤")), r.choice(
            ("スタッフの勤怠は良好。増員の相談あり", "時給改定の説明", "交代要員の依頼を受けた", "契約更新の意思を確認"))
        rows.append([kanji(day), client, by, r.choice(("訪問", "電話", "オンライン")), note, r.choice((None, "見積提出"))])
        wanted.append({"customer_id": client, "date": day, "by": by, "note": note})
    head = ["訪問日", "派遣先", "訪問者", "手段", "面談内容", "次回アクション"]
    return File("派遣先フォロー記録.xlsx", workbook({"フォロー": [["派遣先フォロー記録"], head, *rows]}), {"フォロー": Wanted(
        keyed("派遣先", interactions={"date": "訪問日", "kind": "手段", "by": "訪問者", "note": "面談内容"}),
        {"interactions": wanted}, header_row=2, may=("派遣先",))})


@case("a row a month: 掲載月 as 2025年1月, 掲載企業, 掲載料 in 千円, a 月計 after each month (job media)", part=STRANGER)
def job_media(r: random.Random) -> File:
    months = [dt.date(2025, month, 1) for month in range(1, 7)]
    given = {}
    for at in range(1, 9):
        begin, stop, fee = r.choice((0, 0, 2)), r.choice((6, 6, 4)), r.randint(5, 40) * 1000
        given[f"M{at:03d}"] = [fee if begin <= month < stop else 0 for month in range(6)]
    given["M001"] = [given["M002"][0] or 9000] * 6
    rows = []
    for at, month in enumerate(months):
        filled = [(id_, fees[at]) for id_, fees in given.items() if fees[at]]
        rows += [[f"{month.year}年{month.month}月", id_, f"{id_[-1]}番館ホールディングス", "通常枠", fee // 1000]
                 for id_, fee in filled]
        rows.append([f"{month.month}月計", None, None, None, sum(fee for _, fee in filled) // 1000])
    head = ["掲載月", "企業コード", "掲載企業", "枠", "掲載料(千円)"]
    return File("掲載料_月次.csv", table([head, *rows], encoding="cp932"), {"掲載料_月次": Wanted(
        keyed("企業コード", customers={"customer_name": "掲載企業"}, subscriptions={"mrr": "掲載料(千円)", "start_date": "掲載月"}),
        {"subscriptions": stretches(given, months)}, shape="monthly_long", may=("掲載月", "枠"))})


@case("clinics as they stand: 導入からの月数, 保守契約 as 有 or 無(解約), 月額保守料, 満足度(5段階) (medical records)", part=STRANGER)
def medical_records(r: random.Random) -> File:
    given = [(f"{r.randint(10, 47)}{at:05d}", f"{name}{kind}", r.randint(2, 90), r.random() < 0.3, r.randint(10, 60) * 1000,
              r.randint(1, 5)) for at, (name, kind) in enumerate(
                  ((name, kind) for name in ("ひまわり", "さくら", "第二みどり", "やすらぎ", "北野", "南条") for kind in ("内科", "歯科", "眼科")), 1)]
    rows = [[id_, name, r.choice(("内科", "外科", "小児科")), months, "解約" if left else "契約中", comma(fee), score]
            for id_, name, months, left, fee, score in given]
    head = ["医療機関番号", "医療機関名", "主たる診療科", "利用月数", "契約区分", "月額保守料", "満足度(5段階)"]
    return File("導入先一覧.xlsx", workbook({"導入先": [["電子カルテ導入先一覧"], ["2025/6/30 現在"], [], head, *rows]}), {"導入先": Wanted(
        keyed("医療機関番号", customers={"customer_name": "医療機関名", "tenure_months": "利用月数", "has_left": "契約区分"},
              subscriptions={"mrr": "月額保守料"}, surveys={"score": "満足度(5段階)"}),
        {"customers": [{"customer_id": id_, "customer_name": name, "tenure_months": months, "has_left": left}
                       for id_, name, months, left, _fee, _score in given],
         "surveys": [{"customer_id": row[0], "score": row[5]} for row in given]},
        shape="snapshot", header_row=4, may=("満足度(5段階)",))})


@case("labels down the left, one client a column: 警備先コード, 警備先, 警備開始日, 警備料(月額) (security)", part=STRANGER)
def guarded_places(r: random.Random) -> File:
    given = lives(r, 7, "SG-{:03d}")
    down = [["警備先コード", *(life.id for life in given)], ["警備先", *(life.name for life in given)],
            ["所轄", *(r.choice(("北署", "南署")) for _ in given)], ["機器台数", *(r.randint(2, 30) for _ in given)],
            ["警備開始日", *(slash(life.start) for life in given)],
            ["警備終了日", *(blank(slash, "―")(life.end) for life in given)], ["警備料(月額)", *(life.mrr for life in given)]]
    return File("警備先カルテ.xlsx", workbook({"カルテ": down}), {"カルテ": Wanted(
        keyed("警備先コード", customers={"customer_name": "警備先"}, subscriptions={
            "start_date": "警備開始日", "end_date": "警備終了日", "mrr": "警備料(月額)"}),
        {"subscriptions": contracts(given), "customers": customers(given)}, may=("警備開始日", "警備終了日", "機器台数"))})


@case("steps of bookkeeping across, 令和7年 days, 未 and 対象外, 顧問先番号 with leading zeros (accountants)", part=STRANGER)
def bookkeeping_steps(r: random.Random) -> File:
    steps = ("資料依頼", "口座連携", "初回仕訳", "月次報告開始")
    rows, wanted = [], []
    for life, day in zip(lives(r, 10, "{:04d}"), days(r, 10), strict=True):
        done = r.randint(1, 4)
        on = [day + dt.timedelta(12 * at) for at in range(done)]
        rows.append([life.id, life.name, f"{r.randint(1, 12)}月", r.choice(("山口", "村上")), *map(era, on), *["未"] * (4 - done)])
        wanted += [{"customer_id": life.id, "milestone": step, "completed_on": when} for step, when in zip(steps, on, strict=False)]
    head = ["顧問先番号", "顧問先", "決算月", "主担当", *steps]
    return File("新規顧問先_立上げ管理.xlsx", workbook({"立上げ": [["新規顧問先 立上げ進捗"], [], head, *rows]}), {"立上げ": Wanted(
        keyed("顧問先番号", customers={"customer_name": "顧問先", "owner": "主担当"}), {"milestones": wanted}, header_row=3,
        milestones={step: step for step in steps}, may=("顧問先番号", *steps))})


@case("店番, 店名, 加盟店オーナー, 担当SV, 加盟日, 閉店日, 月額ロイヤリティ, 開業の月商 beside (franchise)", part=STRANGER)
def franchisees(r: random.Random) -> File:
    given = lives(r, 13, "{:03d}")
    rows = [[life.id, f"{place}店", r.choice(("有限会社丸福", "個人 大野", "㈱サンキュー")), r.choice(("関東", "東北")), r.choice(("今井", "藤田")),
             compact(life.start), blank(compact)(life.end), f"¥{life.mrr:,}", r.randint(20, 90) * 100_000]
            for life, place in zip(given, ("浦和", "大宮", "川口", "仙台", "盛岡", "山形", "福島", "柏", "松戸", "船橋", "水戸", "宇都宮", "高崎"), strict=True)]
    head = ["店番", "店名", "加盟店オーナー", "エリア", "担当SV", "加盟日", "閉店日", "月額ロイヤリティ", "前年平均月商"]
    return File("加盟店台帳.xlsx", workbook({"加盟店": [["フランチャイズ本部 加盟店台帳"], head, *rows]}), {"加盟店": Wanted(
        keyed("店番", customers={"customer_name": "店名", "owner": "担当SV"}, subscriptions={
            "start_date": "加盟日", "end_date": "閉店日", "mrr": "月額ロイヤリティ"}),
        {"subscriptions": contracts(given), "customers": [
            {"customer_id": row[0], "customer_name": row[1], "owner": row[4]} for row in rows]},
        header_row=2, may=("加盟日", "閉店日"))})


@case("a sheet a month: 届出日, 利用者, 解約希望日, 解約理由(大), 解約理由(小), 対応者 (rental phones)", part=STRANGER)
def notices_of_leaving(r: random.Random) -> File:
    head = ["届出日", "ご利用企業", "解約希望日", "解約理由(大)", "解約理由(小)", "対応者"]
    sheets, judged = {}, {}
    given = iter(lives(r, 18))
    for month in (4, 5, 6):
        rows, wanted = [], []
        for _ in range(6):
            told, name = dt.date(2025, month, r.randint(1, 28)), next(given).name
            left, (large, small) = told + dt.timedelta(30), r.choice((("料金", "他社が安い"), ("品質", "電波が弱い"), ("事業", "人員減")))
            rows.append([short_era(told), name, short_era(left), large, small, r.choice(("中野", "上田"))])
            wanted.append({"customer_id": name, "cancelled_on": left, "reason": large})
        sheets[f"{month}月"] = [[f"解約届一覧 2025年{month}月"], head, *rows]
        judged[f"{month}月"] = Wanted(
            keyed("ご利用企業", cancellations={"cancelled_on": "解約希望日", "reason": "解約理由(大)"}), {"cancellations": wanted},
            header_row=2, may=("ご利用企業", "解約希望日", "解約理由(小)"))
    return File("解約届2025.xlsx", workbook(sheets), judged)
