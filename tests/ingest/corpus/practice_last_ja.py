"""Held out in practice, last: what lies in the folder of a Japanese customer success team, half of it plain and tidy."""

from __future__ import annotations

import datetime as dt
import random
from itertools import groupby, pairwise

from tests.ingest.corpus.cases import File, Row, Wanted, case, keyed
from tests.ingest.corpus.lives import contracts, lives, names
from tests.ingest.corpus.writing import comma, kanji, slash, table, workbook

LAST = "held out in practice, last"
TODAY = dt.date(2025, 7, 1)
KANA = (("みそら商会", "ミソラショウカイ"), ("ひのき工務店", "ヒノキコウムテン"), ("かもめ運送", "カモメウンソウ"), ("さくらぎ歯科", "サクラギシカ"),
        ("ほしぞら学園", "ホシゾラガクエン"), ("つばめ印刷", "ツバメインサツ"), ("あけぼの介護", "アケボノカイゴ"), ("こだま電設", "コダマデンセツ"),
        ("しらさぎ食品", "シラサギショクヒン"), ("いろは書房", "イロハショボウ"), ("むさしの園芸", "ムサシノエンゲイ"), ("すばる機械", "スバルキカイ"),
        ("わかば薬品", "ワカバヤクヒン"), ("なぎさ観光", "ナギサカンコウ"))


def later(first: dt.date, count: int) -> dt.date:
    """The same day `count` months on."""
    year, month = divmod(first.year * 12 + first.month - 1 + count, 12)
    return first.replace(year=year, month=month + 1)


def runs(id_: str, first: dt.date, fees: list[int]) -> list[Row]:
    """The intervals of monthly fees in thousands, 0 where there is none; the last month leaves them open."""
    rows = []
    for fee, places in groupby(range(len(fees)), key=fees.__getitem__):
        held = [*places]
        if fee:
            rows.append({"customer_id": id_, "start_date": later(first, held[0]), "mrr": fee * 1000,
                         "end_date": later(first, held[-1] + 1) if held[-1] + 1 < len(fees) else None})
    return rows


@case("取引先一覧, tidy: 取引先CD and 取引先名称 with カナ, CS主担当, フォロー区分, ご契約プラン, ライセンス数, 月額利用料(税別), サービス開始日 and 終了日", part=LAST)
def last_ja_accounts(r: random.Random) -> File:
    given, rows, told, wanted = lives(r, 14, "TR-{:04d}"), [], [], []
    for at, (life, (name, kana)) in enumerate(zip(given, KANA, strict=True)):
        csm, plan, seats = r.choice(("内田", "久保")), r.choice(("ミニ", "レギュラー", "ラージ")), r.choice((5, 15, 30, 80))
        rows.append([life.id, name, kana, r.choice(("飲食", "教育", "製造", "福祉")), r.choice(("関東", "関西", "九州")), f"06-0000-{at:04d}", csm,
                     r.choice(("ハイタッチ", "ロータッチ", "テックタッチ")), plan, seats, life.mrr, life.start, life.end, r.choice((None, None, "紹介経由"))])
        told.append({"customer_id": life.id, "customer_name": name, "furigana": kana, "owner": csm})
        wanted.append({"customer_id": life.id, "start_date": life.start, "end_date": life.end, "mrr": life.mrr, "plan": plan, "seats": seats})
    head = ["取引先CD", "取引先名称", "カナ", "業態", "エリア", "代表電話", "CS主担当", "フォロー区分", "ご契約プラン", "ライセンス数", "月額利用料(税別)",
            "サービス開始日", "サービス終了日", "特記事項"]
    return File("取引先一覧.xlsx", workbook({"一覧": [head, *rows]}), {"一覧": Wanted(
        keyed("取引先CD", customers={"customer_name": "取引先名称", "furigana": "カナ", "owner": "CS主担当", "touch_model": "フォロー区分"}, subscriptions={
            "start_date": "サービス開始日", "end_date": "サービス終了日", "mrr": "月額利用料(税別)", "plan": "ご契約プラン", "seats": "ライセンス数"}),
        {"customers": told, "subscriptions": wanted}, may=("サービス開始日",))})


@case("契約台帳 of a cloud vendor: title and unit above, several contracts of a 契約先, 請求額(1回分) by 請求サイクル, 契約始期 and 終期 partly as 2024年4月1日, "
      "自動継続 あり or なし, 解約日", part=LAST)
def last_ja_ledger(r: random.Random) -> File:
    companies, rows, wanted = [(f"{at:05d}", name) for at, name in enumerate(names(r, 9), start=3101)], [], []
    cycles = {"月払": 1, "半年払": 6, "年払": 12}
    for at, life in enumerate(lives(r, 15, "KY{:06d}", is_month_first=True)):
        (id_, name), cycle, renews = companies[at % 9], r.choice((*cycles,)), r.random() < 0.8
        end = life.end and life.end - dt.timedelta(1)
        until = next(day for day in (later(life.start, 12 * more) - dt.timedelta(1) for more in range(1, 9)) if day >= (end or TODAY))
        product, plan, seats = ("勤怠クラウド", "給与クラウド", "労務クラウド")[(at + at // 9) % 3], r.choice(("S", "M", "L")), r.randint(1, 20) * 5
        write = kanji if at % 4 == 1 else (lambda day: day)
        rows.append([at + 1, life.id, id_, name, product, plan, seats, comma(life.mrr * cycles[cycle]) if at % 5 == 2 else life.mrr * cycles[cycle], cycle,
                     write(life.start), write(until), "あり" if renews else "なし", end or None, r.choice(("直販", "代理店")), r.choice((None, None, "覚書あり"))])
        wanted.append({"customer_id": id_, "subscription_id": life.id, "start_date": life.start, "end_date": end, "term_end": until, "mrr": life.mrr,
                       "product": product, "plan": plan, "seats": seats, "auto_renews": renews})
    head = ["管理No", "契約番号", "契約先コード", "契約先名", "サービス名", "コース", "ID数", "請求額(1回分)", "請求サイクル", "契約始期", "契約終期", "自動継続",
            "解約日", "販路", "備考"]
    told = [{"customer_id": id_, "customer_name": name} for id_, name in companies]
    return File("契約台帳_20250630.xlsx", workbook({"台帳": [
        ["契約台帳"], [None, None, None, None, "2025/6/30 時点", None, None, "(単位:円 税抜)"], [], head, *rows, [], ["※解約済みの契約も残しています"]]}), {"台帳": Wanted(
            keyed("契約先コード", customers={"customer_name": "契約先名"}, subscriptions={
                "subscription_id": "契約番号", "start_date": "契約始期", "term_end": "契約終期", "end_date": "解約日", "amount": "請求額(1回分)",
                "billing_interval": "請求サイクル", "product": "サービス名", "plan": "コース", "seats": "ID数", "auto_renews": "自動継続"}),
            {"subscriptions": wanted, "customers": told}, may=("契約始期", "解約日"))})


@case("解約一覧, tidy: ご契約社名 as the only key, 利用開始, 利用終了日, 月額費用, 解約事由 and ヒアリング内容, 継続月数 beside them", part=LAST)
def last_ja_left(r: random.Random) -> File:
    rows, wanted, left, told = [], [], [], []
    for name in names(r, 13):
        start, fee = dt.date(r.randint(2021, 2023), r.randint(1, 12), 1), r.randint(6, 70) * 1000
        months = r.randint(8, 24)
        end, reason = later(start, months) - dt.timedelta(1), r.choice(("コスト", "機能不足", "担当者の退職", "事業縮小", "競合へ切替"))
        told_us = r.choice(("他部署のツールに統一するとのこと", "現場で使われなくなった", "来期の予算がつかなかった"))
        rows.append([name, r.choice(("小売", "士業", "物流")), r.choice(("首都圏", "東海", "東北")), r.choice(("ベーシック", "アドバンス")), slash(start), slash(end),
                     months, fee, reason, told_us, r.choice(("あり", "なし"))])
        wanted.append({"customer_id": name, "start_date": start, "end_date": end, "mrr": fee})
        left.append({"customer_id": name, "cancelled_on": end, "reason": reason, "comment": told_us})
        told.append({"customer_id": name, "customer_name": name})
    head = ["ご契約社名", "業種", "エリア", "コース", "利用開始", "利用終了日", "継続月数", "月額費用", "解約事由", "ヒアリング内容", "再契約の見込み"]
    return File("解約一覧.csv", table([head, *rows], encoding="cp932"), {"解約一覧": Wanted(
        keyed("ご契約社名", customers={"customer_name": "ご契約社名"}, subscriptions={
            "start_date": "利用開始", "end_date": "利用終了日", "mrr": "月額費用", "plan": "コース"},
            cancellations={"cancelled_on": "利用終了日", "reason": "解約事由", "comment": "ヒアリング内容"}),
        {"subscriptions": wanted, "cancellations": left, "customers": told}, may=("利用開始", "継続月数", "コース"))})


@case("導入進捗シート: title and legend above, steps from 初回MTG to 本番稼働 with dates, partly as text, 未 where not yet done, 稼働予定日 beside them", part=LAST)
def last_ja_rollout(r: random.Random) -> File:
    steps, rows, done, told = ["初回MTG", "環境構築", "データ取込", "操作説明会", "本番稼働"], [], [], []
    for at, name in enumerate(names(r, 12), start=1):
        id_, start = f"E{at:03d}", dt.date(2025, r.randint(1, 3), r.randint(1, 28))
        day, reached, cells = start, r.choice((5, 5, 4, 3, 2)), []
        for place, step in enumerate(steps):
            day += dt.timedelta(r.randint(3, 14))
            if place < reached:
                done.append({"customer_id": id_, "milestone": step, "completed_on": day})
            cells.append((slash(day) if at % 3 == 0 else day) if place < reached else "未")
        rows.append([at, id_, name, r.choice(("卸売", "宿泊", "教育")), r.choice((20, 60, 150)), r.choice(("石原", "須藤")), start, start + dt.timedelta(75), *cells,
                     "完了" if reached == 5 else "導入中", r.choice((None, None, "先方の情シス確認待ち", "CSVの文字化けあり"))])
        told.append({"customer_id": id_, "customer_name": name})
    head = ["#", "企業コード", "企業名", "業種", "従業員数", "導入支援", "契約開始", "稼働予定日", *steps, "状況", "課題"]
    return File("導入進捗シート.xlsx", workbook({"進捗管理": [
        ["導入進捗シート(2025年1〜3月契約分)"], [None, "未=未実施　日付=実施日"], [], head, *rows]}, merged={"進捗管理": ["A1:F1"]}), {"進捗管理": Wanted(
            keyed("企業コード", customers={"customer_name": "企業名"}), {"milestones": done, "customers": told},
            milestones={step: step for step in steps}, may=("契約開始", "企業コード", "導入支援", "本番稼働"))})


@case("利用実績.csv out of the product, a row per company and day: 集計日, 契約企業ID, ログイン回数, 総利用時間(分), 利用ユーザー数 and データ容量 beside them", part=LAST)
def last_ja_daily_use(r: random.Random) -> File:
    companies, rows, wanted = [(f"org-{r.randint(100, 999)}{at}", name) for at, name in enumerate(names(r, 4))], [], []
    for at in range(20):
        (id_, name), day, count = companies[at % 4], dt.date(2025, 6, 23) + dt.timedelta(at // 4), r.randint(1, 60)
        minutes = count * r.randint(3, 20)
        rows.append([f"{day}", id_, name, r.choice(("有料", "有料", "有料")), count, minutes, r.randint(1, count), f"{r.random() * 40:.1f}"])
        wanted.append({"customer_id": id_, "date": day, "count": count, "minutes": minutes})
    head = ["集計日", "契約企業ID", "契約企業名", "契約区分", "ログイン回数", "総利用時間(分)", "利用ユーザー数", "データ容量(GB)"]
    return File("利用実績.csv", table([head, *rows], encoding="utf-8-sig"), {"利用実績": Wanted(
        keyed("契約企業ID", usage={"date": "集計日", "count": "ログイン回数", "minutes": "総利用時間(分)"}),
        {"usage": wanted}, may=("契約企業ID", "契約企業名", "契約区分", "利用ユーザー数"))})


@case("サポート対応記録 kept by hand: title, period and number of tickets above, お客様 with stray blanks as the only key, 受信日, 一次回答日 and クローズ日, "
      "重要度, サポート担当", part=LAST)
def last_ja_desk(r: random.Random) -> File:
    companies, rows, wanted, day = names(r, 6), [], [], dt.date(2025, 5, 7)
    for at in range(1, 17):
        name, by, is_open, weight = r.choice(companies), r.choice(("大野", "古川")), at > 13, r.choice(("高", "中", "低"))
        day += dt.timedelta(r.randint(0, 4))
        rows.append([at, slash(day) if at % 6 == 0 else day, f"{name} " if at % 7 == 3 else name, r.choice(("経理部", "人事部", None)), r.choice(("電話", "メール")),
                     *r.choice((("障害", "画面が固まる"), ("操作", "権限の設定方法"), ("請求", "請求先の変更"))), weight, day + dt.timedelta(1),
                     None if is_open else day + dt.timedelta(3), "未完了" if is_open else "完了", by])
        wanted.append({"customer_id": name, "date": day, "by": by})
    head = ["No", "受信日", "お客様", "部署", "経路", "カテゴリ", "内容", "重要度", "一次回答日", "クローズ日", "ステータス", "サポート担当"]
    return File("サポート対応記録.xlsx", workbook({"5-6月": [
        ["サポート対応記録"], ["期間:2025年5月〜6月", None, None, None, "件数", 16], [], head, *rows]}), {"5-6月": Wanted(
            keyed("お客様", interactions={"date": "受信日", "priority": "重要度", "status": "ステータス", "by": "サポート担当"}),
            {"interactions": wanted}, may=("お客様", "経路", "カテゴリ", "内容"))})


@case("the answers of a web form: タイムスタンプ, 貴社名, a whole question of 0 to 10 about recommending, the reason, and what is hoped for", part=LAST)
def last_ja_form(r: random.Random) -> File:
    question = "本サービスを同業の方や知人にどの程度すすめたいと思いますか?(0=まったく思わない、10=強く思う)"
    why, rows, wanted = "その点数をつけた理由をお聞かせください", [], []
    for at, name in enumerate(names(r, 15), start=1):
        day, score = dt.date(2025, 6, at), r.randint(3, 10)
        comment = r.choice(("サポートが早い", "動作が重いことがある", "入力の手間が減った", None))
        rows.append([f"{day:%Y/%m/%d} {r.randint(9, 18)}:{r.randint(10, 59)}:{r.randint(10, 59)}", f"user{at}@example.com", name, r.choice(("総務部", "情報システム部")),
                     score, comment, r.choice(("スマホ対応", "他システム連携", None)), r.choice(("はい", "いいえ"))])
        wanted.append({"customer_id": name, "answered_on": day, "kind": "nps", "score": score, "comment": comment})
    head = ["タイムスタンプ", "メールアドレス", "貴社名", "ご所属", question, why, "今後ほしい機能があればご記入ください", "事例取材にご協力いただけますか"]
    return File("お客様アンケート(回答).xlsx", workbook({"フォームの回答 1": [head, *rows]}), {"フォームの回答 1": Wanted(
        keyed("貴社名", surveys={"answered_on": "タイムスタンプ", "score": question, "comment": why}),
        {"surveys": wanted}, may=("貴社名", "メールアドレス", "ご所属", "今後ほしい機能があればご記入ください"))})


@case("売上(月額分)推移 from accounting in 千円: 24年4月 to 25年3月, - where nothing is billed, 弊社担当, 累計 at the right, 合計 and 前月差 at the foot", part=LAST)
def last_ja_monthly(r: random.Random) -> File:
    first, rows, wanted, told = dt.date(2024, 4, 1), [], [], []
    heads = {f"{later(first, at):%y}年{later(first, at).month}月": f"{later(first, at):%Y-%m}" for at in range(12)}
    for at, name in enumerate(names(r, 13)):
        id_, fee, begin, stop, csm = f"{7001 + at}", r.randint(12, 120), (0, 0, 0, 3, 0, 6)[at % 6], (12, 12, 8, 12, 12)[at % 5], r.choice(("原田", "野村"))
        fees = [(fee + 15 * (at % 4 == 1 and month >= 7)) * (begin <= month < stop) for month in range(12)]
        rows.append([id_, name, r.choice(("甲信越", "北陸")), csm, *(cell or "-" for cell in fees), sum(fees)])
        wanted += runs(id_, first, fees)
        told.append({"customer_id": id_, "customer_name": name, "owner": csm})
    sums = [sum(cell for cell in column if cell != "-") for column in list(zip(*rows, strict=True))[4:]]
    head = ["先方CD", "先方名", "地区", "弊社担当", *heads, "累計"]
    return File("月額売上推移.xlsx", workbook({"月額": [
        ["月額売上推移(ストック分のみ)"], [None] * 14 + ["単位:千円"], head, *rows, ["合計", None, None, None, *sums],
        ["前月差", None, None, None, None, *[now - before for before, now in pairwise(sums[:12])]]]}), {"月額": Wanted(
            keyed("先方CD", customers={"customer_name": "先方名", "owner": "弊社担当"}, subscriptions={}),
            {"subscriptions": wanted, "customers": told}, months=heads)})


@case("a workbook of three tidy sheets: 企業 with 初回契約日 and CS担当者, 契約 with 終了日 blank while it runs, 面談 with 内容 and 次回予定", part=LAST)
def last_ja_book(r: random.Random) -> File:
    given, firms, deals, talks, told, met = lives(r, 12, "A{:03d}"), [], [], [], [], []
    for at, life in enumerate(given, start=1):
        csm = r.choice(("平野", "島田"))
        firms.append([life.id, life.name, r.choice(("建設", "飲食", "医療")), r.choice((30, 120, 400)), r.choice(("札幌市", "仙台市", "広島市")), csm, life.start,
                      r.choice("ABC")])
        deals.append([f"D-{at:04d}", life.id, r.choice(("基本パック", "充実パック")), life.start, life.end, life.mrr, r.choice(("銀行振込", "口座振替"))])
        told.append({"customer_id": life.id, "customer_name": life.name, "owner": csm, "started_on": life.start})
        day, note = dt.date(2025, 5, 1) + dt.timedelta(at * 4), r.choice(("新任の担当者に操作を説明", "追加部署の見積を依頼された", "利用状況を報告"))
        if not life.end:
            talks.append([day, life.id, r.choice(("訪問", "Web会議")), r.choice(("課長", "部長")), note, day + dt.timedelta(30)])
            met.append({"customer_id": life.id, "date": day, "note": note})
    return File("顧客情報.xlsx", workbook({
        "企業": [["企業ID", "企業名", "業種", "社員数", "所在地", "CS担当者", "初回契約日", "ランク"], *firms],
        "契約": [["契約ID", "企業ID", "プラン名", "開始日", "終了日", "月額(円)", "支払方法"], *deals],
        "面談": [["面談日", "企業ID", "形式", "相手", "内容", "次回予定"], *talks]}), {
            "企業": Wanted(keyed("企業ID", customers={"customer_name": "企業名", "owner": "CS担当者", "started_on": "初回契約日"}), {"customers": told}),
            "契約": Wanted(keyed("企業ID", subscriptions={"subscription_id": "契約ID", "start_date": "開始日", "end_date": "終了日", "mrr": "月額(円)", "plan": "プラン名"}),
                         {"subscriptions": contracts(given)}, may=("企業ID", "開始日")),
            "面談": Wanted(keyed("企業ID", interactions={"date": "面談日", "note": "内容"}), {"interactions": met}, may=("企業ID", "形式", "相手"))})
