"""Held out in practice: single sheets as Japanese subscription businesses keep them from day to day."""

from __future__ import annotations

import datetime as dt
import random

from tests.ingest.corpus.cases import File, Row, Wanted, case, keyed
from tests.ingest.corpus.lives import contracts, lives, names
from tests.ingest.corpus.writing import comma, compact, era, slash, table, workbook

PRACTICE = "held out in practice"
TRADES = ("製造", "小売", "医療・介護", "IT", "建設")


def after(day: dt.date, count: int) -> dt.date:
    """The same day of the month, `count` months later."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return day.replace(year=year, month=month + 1)


def runs(id_: str, months: list[dt.date], cells: list[int]) -> list[Row]:
    """The intervals of one customer's monthly amounts, 0 where there is none."""
    rows: list[Row] = []
    for at, (month, amount) in enumerate(zip(months, cells, strict=True)):
        if amount and at and cells[at - 1] == amount:
            rows[-1]["end_date"] = after(month, 1)
        elif amount:
            rows.append({"customer_id": id_, "start_date": month, "end_date": after(month, 1), "mrr": amount})
    return [{**row, "end_date": None if row["end_date"] > months[-1] else row["end_date"]} for row in rows]


@case("顧客管理表 of a CS team: title and date above, 顧客コード, タッチ区分, ID数, 月額(税抜) partly with ¥, 次回更新日, 解約日 or -", part=PRACTICE)
def practice_ja_customer_list(r: random.Random) -> File:
    rows, wanted, told = [], [], []
    for at, life in enumerate(lives(r, 15, "K{:05d}"), start=1):
        csm, seats = r.choice(("佐藤", "鈴木", "田中(美)")), r.choice((5, 10, 20, 50, 120))
        plan, until = r.choice(("ライト", "スタンダード", "プロ")), None if life.end else dt.date(2025, r.randint(8, 12), r.randint(1, 28))
        rows.append([at, life.id, life.name, r.choice(TRADES), r.choice(("〜50名", "51〜300名", "301名〜")), r.choice(("東京都", "大阪府", "愛知県")), csm,
                     r.choice(("ハイタッチ", "ロータッチ", "テックタッチ")), plan, seats, f"¥{life.mrr:,}" if at % 5 == 0 else life.mrr, life.start,
                     until, life.end or "-", r.choice((None, None, "値上げ交渉中", "担当者異動あり、要フォロー"))])
        wanted.append({"customer_id": life.id, "start_date": life.start, "end_date": life.end, "term_end": until, "mrr": life.mrr,
                       "plan": plan, "seats": seats})
        told.append({"customer_id": life.id, "customer_name": life.name, "owner": csm})
    head = ["No.", "顧客コード", "企業名", "業種", "従業員規模", "所在地", "担当CS", "タッチ区分", "契約プラン", "ID数", "月額(税抜)", "利用開始日", "次回更新日", "解約日", "備考"]
    return File("顧客管理表_2025.xlsx", workbook({"顧客一覧": [["顧客管理表"], ["最終更新:2025/6/30"], [], head, *rows]}), {"顧客一覧": Wanted(
        keyed("顧客コード", customers={"customer_name": "企業名", "owner": "担当CS", "touch_model": "タッチ区分"}, subscriptions={
            "start_date": "利用開始日", "end_date": "解約日", "term_end": "次回更新日", "mrr": "月額(税抜)", "plan": "契約プラン", "seats": "ID数"}),
        {"subscriptions": wanted, "customers": told}, may=("利用開始日", "解約日"))})


@case("契約更新管理表: お客様名 as the only key, 契約満了日 to come, 自動更新 有 or 無, 解約予告(日), 年間利用料, 担当営業 beside 担当CS", part=PRACTICE)
def practice_ja_renewals(r: random.Random) -> File:
    rows, wanted, told = [], [], []
    for at, name in enumerate(names(r, 13), start=1):
        until, fee, renews, days = dt.date(2025, r.randint(8, 12), 1) - dt.timedelta(1), r.randint(10, 90) * 1000, r.random() < 0.6, r.choice((30, 60, 90))
        start, product, csm = until.replace(year=2024) + dt.timedelta(1), r.choice(("勤怠管理", "経費精算")), r.choice(("高橋", "伊藤"))
        rows.append([f"S-24{at:04d}", name, product, start, until, "有" if renews else "無", days, until - dt.timedelta(days),
                     comma(fee * 12), r.choice("ABC"), r.choice(("未着手", "案内済", "更新合意")), r.choice(("渡辺", "山本")), csm, None])
        wanted.append({"customer_id": name, "subscription_id": f"S-24{at:04d}", "start_date": start, "term_end": until, "mrr": fee,
                       "product": product, "auto_renews": renews, "notice_days": days})
        told.append({"customer_id": name, "customer_name": name, "owner": csm})
    head = ["契約番号", "お客様名", "製品", "契約開始日", "契約満了日", "自動更新", "解約予告(日)", "申出期限", "年間利用料", "更新見込", "対応状況", "担当営業", "担当CS", "メモ"]
    return File("契約更新管理.xlsx", workbook({"2025下期": [["契約更新管理表(2025年7月〜11月満了分)"], head, *rows]}), {"2025下期": Wanted(
        keyed("お客様名", customers={"customer_name": "お客様名", "owner": "担当CS"}, subscriptions={
            "subscription_id": "契約番号", "start_date": "契約開始日", "term_end": "契約満了日", "amount": "年間利用料", "product": "製品",
            "auto_renews": "自動更新", "notice_days": "解約予告(日)"}),
        {"subscriptions": wanted, "customers": told}, may=("契約開始日", "対応状況"))})


@case("オンボーディング進捗表: a column of dates for each step, - where it does not apply, オンボーディング完了日, 進捗率 and 完了予定日 beside them", part=PRACTICE)
def practice_ja_onboarding(r: random.Random) -> File:
    steps = ["キックオフ", "アカウント発行", "初期設定", "管理者研修", "利用者説明会"]
    rows, done, told = [], [], []
    for at, name in enumerate(names(r, 12), start=1):
        start = day = dt.date(2025, r.randint(1, 4), r.randint(1, 28))
        reached, cells = r.choice((2, 3, 5, 5, 5)), []
        for step in steps[:reached]:
            day += dt.timedelta(r.randint(2, 14))
            cells.append(day)
            done.append({"customer_id": f"{at + 300}", "milestone": step, "completed_on": day})
        completed = day + dt.timedelta(3) if reached == 5 else None
        rows.append([f"{at + 300}", name, r.choice(("小林", "加藤")), r.choice(("Basic", "Premium")), slash(start), *map(slash, cells),
                     *[r.choice((None, "-"))] * (5 - reached), f"{reached * 20}%", slash(start + dt.timedelta(60)), completed and slash(completed),
                     r.choice((None, "先方多忙のため延期", "データ移行待ち"))])
        told.append({"customer_id": f"{at + 300}", "customer_name": name, "started_on": start, "onboarding_completed_on": completed})
    head = ["顧客ID", "会社名", "導入担当", "プラン", "契約開始日", *steps, "進捗率", "完了予定日", "オンボーディング完了日", "課題・備考"]
    return File("オンボーディング進捗.xlsx", workbook({"進捗": [head, *rows]}), {"進捗": Wanted(
        keyed("顧客ID", customers={"customer_name": "会社名", "started_on": "契約開始日", "onboarding_completed_on": "オンボーディング完了日"}),
        {"milestones": done, "customers": told}, milestones={step: step for step in steps}, may=("顧客ID", "契約開始日", "導入担当", "プラン"))})


@case("問い合わせ一覧 in cp932 out of a help desk: 受付日時, 会社名, 問合せ区分 and 受付方法, 緊急度, 対応者, 状況, 完了日時", part=PRACTICE)
def practice_ja_tickets(r: random.Random) -> File:
    companies, rows, wanted, day = [(f"{at:06d}", name) for at, name in enumerate(names(r, 6), start=210)], [], [], dt.date(2025, 4, 1)
    for at in range(1, 19):
        (id_, name), by, is_open = r.choice(companies), r.choice(("サポート1", "サポート2")), at > 15
        day += dt.timedelta(r.randint(0, 5))
        rows.append([f"Q{at:05d}", f"{day:%Y/%m/%d} {r.randint(9, 17)}:{r.randint(10, 59)}", id_, name, "総務ご担当者様",
                     r.choice(("メール", "電話", "チャット")), r.choice(("操作方法", "不具合", "請求", "要望")), r.choice(("高", "中", "低")),
                     r.choice(("帳票が出力できない", "ユーザー追加の方法", "請求書の再発行")), by, "対応中" if is_open else "完了",
                     None if is_open else f"{day + dt.timedelta(1):%Y/%m/%d} 10:00"])
        wanted.append({"customer_id": id_, "date": day, "by": by})
    head = ["受付番号", "受付日時", "顧客番号", "会社名", "お問合せ者", "受付方法", "問合せ区分", "緊急度", "件名", "対応者", "状況", "完了日時"]
    told = [{"customer_id": id_, "customer_name": name} for id_, name in companies if any(row[2] == id_ for row in rows)]
    return File("問い合わせ一覧_20250630.csv", table([head, *rows], encoding="cp932"), {"問い合わせ一覧_20250630": Wanted(
        keyed("顧客番号", customers={"customer_name": "会社名"}, interactions={"date": "受付日時", "priority": "緊急度", "status": "状況", "by": "対応者"}),
        {"interactions": wanted, "customers": told}, may=("受付方法", "問合せ区分", "件名"))})


@case("利用ログ out of the product's database, utf-8 with a mark: テナントID, 利用日, ユーザーID, 機能名, 操作回数, 利用時間(分), 端末 and IPアドレス", part=PRACTICE)
def practice_ja_usage(r: random.Random) -> File:
    tenants = [(f"tn_{r.randint(1000, 9999)}{at}", name) for at, name in enumerate(names(r, 4))]
    rows, wanted = [], []
    for at in range(20):
        (id_, name), day, user = tenants[at % 4], dt.date(2025, 6, 1 + at), f"u{r.randint(100, 120)}"
        feature, count, minutes = r.choice(("請求書作成", "ダッシュボード", "CSV出力")), r.randint(1, 40), r.randint(1, 90)
        rows.append([id_, name, f"{day}", user, r.choice(("管理者", "一般")), feature, count, minutes, r.choice(("PC", "スマートフォン")), f"192.0.2.{at}"])
        wanted.append({"customer_id": id_, "date": day, "user_id": user, "feature": feature, "count": count, "minutes": minutes})
    head = ["テナントID", "テナント名", "利用日", "ユーザーID", "権限", "機能名", "操作回数", "利用時間(分)", "端末", "IPアドレス"]
    return File("利用ログ_202506.csv", table([head, *rows], encoding="utf-8-sig"), {"利用ログ_202506": Wanted(
        keyed("テナントID", customers={"customer_name": "テナント名"}, usage={
            "date": "利用日", "user_id": "ユーザーID", "feature": "機能名", "count": "操作回数", "minutes": "利用時間(分)"}),
        {"usage": wanted, "customers": [{"customer_id": id_, "customer_name": name} for id_, name in tenants]})})


@case("MRR推移表 from finance in 千円: a title with the unit, twelve months as 2024年7月, 年間計 at the right and 合計 at the foot", part=PRACTICE)
def practice_ja_mrr_sheet(r: random.Random) -> File:
    months = [after(dt.date(2024, 7, 1), at) for at in range(12)]
    heads = {f"{month.year}年{month.month}月": f"{month:%Y-%m}" for month in months}
    rows, wanted, told = [], [], []
    for at, name in enumerate(names(r, 12), start=1):
        id_, fee, raised, first, last = f"T{at:03d}", r.randint(15, 150), r.choice((0, 0, 10)), r.choice((0, 0, 2, 5)), r.choice((12, 12, 7, 10))
        cells = [0 if not first <= month < last else fee + raised * (month >= 6) for month in range(12)]
        rows.append([id_, name, r.choice(("A", "B")), r.choice(TRADES), *[cell or None for cell in cells], sum(cells)])
        wanted += runs(id_, months, [cell * 1000 for cell in cells])
        told.append({"customer_id": id_, "customer_name": name})
    total = [None, "合計", None, None, *[sum(row[at] or 0 for row in rows) for at in range(4, 17)]]
    head = ["得意先コード", "得意先名", "ランク", "業種", *heads, "年間計"]
    return File("MRR推移_2024年7月-2025年6月.xlsx", workbook({"MRR": [
        ["MRR推移表(単位:千円、税抜)"], ["作成:経理部 2025/7/1"], head, *rows, total]}), {"MRR": Wanted(
            keyed("得意先コード", customers={"customer_name": "得意先名"}), {"subscriptions": wanted, "customers": told},
            months=heads, may=("得意先コード", "ランク"))})


@case("請求一覧 from accounting, a line per customer and month: 対象月 beside 請求日, 金額(税抜) beside 請求額(税込), 合計 at the foot", part=PRACTICE)
def practice_ja_invoices(r: random.Random) -> File:
    months = [dt.date(2025, month, 1) for month in range(1, 7)]
    rows: list[list[object]] = []
    given = [(f"{1000 + at}", name, r.randint(8, 60) * 1000) for at, name in enumerate(names(r, 5), start=1)]
    kept = {id_: [0 if (at == 1 and number < 2) or (at == 3 and number > 3) else fee for number in range(6)]
            for at, (id_, _name, fee) in enumerate(given)}
    for number, month in enumerate(months):
        for id_, name, _fee in given:
            if fee := kept[id_][number]:
                rows.append([f"INV-{len(rows) + 1:05d}", after(month, 1) - dt.timedelta(1), f"{month:%Y/%m}", id_, name, "クラウドサービス月額利用料",
                             fee, fee // 10, fee + fee // 10, after(month, 2) - dt.timedelta(1), None if number > 4 else after(month, 2) - dt.timedelta(2)])
    head = ["請求番号", "請求日", "対象月", "取引先コード", "取引先名", "摘要", "金額(税抜)", "消費税", "請求額(税込)", "支払期限", "入金日"]
    total = [None, None, None, None, "合計", None, *[sum(row[at] for row in rows) for at in (6, 7, 8)], None, None]  # type: ignore[misc]
    return File("請求一覧_2025年1-6月.xlsx", workbook({"請求一覧": [head, *rows, total]}), {"請求一覧": Wanted(
        keyed("取引先コード", customers={"customer_name": "取引先名"}, subscriptions={"start_date": "対象月"}),
        {"subscriptions": [row for id_, cells in kept.items() for row in runs(id_, months, cells)],
         "customers": [{"customer_id": id_, "customer_name": name} for id_, name, _fee in given]}, may=("金額(税抜)", "摘要", "請求日", "請求番号"))})


@case("顧客マスタ in cp932 out of an in-house database: 法人番号 beside 顧客番号, ご担当者名 of the customer, CS担当, 申込日 before 利用開始日, 解約理由", part=PRACTICE)
def practice_ja_customer_master(r: random.Random) -> File:
    given, rows, left, told = lives(r, 16, "{:07d}"), [], [], []
    for at, life in enumerate(given, start=1):
        csm, reason = r.choice(("中村", "松本", "井上")), r.choice(("コスト削減", "他社切替", "利用頻度低下"))
        rows.append([at, life.id, f"{r.randint(1, 9)}0100010{at:05d}", life.name, r.choice(("東京都", "福岡県")), f"03-0000-{at:04d}", "情報システム部ご担当者様",
                     r.choice(TRADES), csm, "解約" if life.end else "契約中", slash(life.start - dt.timedelta(20)), slash(life.start),
                     r.choice(("エントリー", "ビジネス")), r.randint(1, 80), life.mrr, life.end and slash(life.end), reason if life.end else "",
                     r.choice(("", "", "請求書は紙で郵送"))])
        told.append({"customer_id": life.id, "customer_name": life.name, "owner": csm})
        if life.end:
            left.append({"customer_id": life.id, "cancelled_on": life.end, "reason": reason})
    head = ["レコード番号", "顧客番号", "法人番号", "会社名", "都道府県", "電話番号", "ご担当者名", "業種", "CS担当", "契約状態", "申込日", "利用開始日",
            "料金プラン", "契約アカウント数", "月額料金", "解約日", "解約理由", "備考"]
    return File("顧客マスタ.csv", table([head, *rows], encoding="cp932"), {"顧客マスタ": Wanted(
        keyed("顧客番号", customers={"customer_name": "会社名", "owner": "CS担当"}, subscriptions={
            "start_date": "利用開始日", "end_date": "解約日", "mrr": "月額料金", "plan": "料金プラン", "seats": "契約アカウント数"},
            cancellations={"cancelled_on": "解約日", "reason": "解約理由"}),
        {"subscriptions": contracts(given), "customers": told, "cancellations": left}, may=("契約状態", "利用開始日"))})


@case("保守契約台帳 of an IT support company: 契約金額(期間総額) for one to three years, 契約開始日 and 契約満了日 as 令和6年8月1日, 対象拠点数, 支払条件", part=PRACTICE)
def practice_ja_support_ledger(r: random.Random) -> File:
    companies, rows, wanted = names(r, 11), [], []
    for at, name in enumerate(companies, start=1):
        start, years, fee = dt.date(2024, r.randint(8, 12), 1), r.choice((1, 1, 2, 3)), r.randint(3, 40) * 5000
        until, service = start.replace(year=2024 + years) - dt.timedelta(1), r.choice(("ヘルプデスク", "サーバー監視", "セキュリティ運用"))
        rows.append([at, f"MK-{at:03d}", name, service, r.randint(1, 9), era(start), era(until), f"{years}年", comma(fee * 12 * years),
                     r.choice(("末締め翌月末", "末締め翌々月10日")), r.choice(("第一営業部", "第二営業部")), r.choice(("済", "済", "未"))])
        wanted.append({"customer_id": name, "subscription_id": f"MK-{at:03d}", "start_date": start, "term_end": until, "mrr": fee, "product": service})
    head = ["No", "契約No.", "契約先", "サービス", "対象拠点数", "契約開始日", "契約満了日", "契約年数", "契約金額(期間総額)", "支払条件", "主管部署", "契約書原本"]
    return File("保守契約台帳.xlsx", workbook({"台帳": [head, *rows, [], ["※金額は税抜。期間途中の増設分は別紙参照"]]}), {"台帳": Wanted(
        keyed("契約先", customers={"customer_name": "契約先"}, subscriptions={
            "subscription_id": "契約No.", "start_date": "契約開始日", "term_end": "契約満了日", "amount": "契約金額(期間総額)", "product": "サービス"}),
        {"subscriptions": wanted, "customers": [{"customer_id": name, "customer_name": name} for name in companies]}, may=("契約開始日", "契約年数", "対象拠点数"))})


@case("定例会実施記録: 実施日, 会議種別, 当社出席者 and 先方出席者, 議事要旨, 次回アクション with its 期限, and the CSM所感(1〜5) of the day", part=PRACTICE)
def practice_ja_meetings(r: random.Random) -> File:
    companies, rows, met, felt, day = names(r, 6), [], [], [], dt.date(2025, 3, 3)
    for at in range(16):
        name, kind, value, day = companies[at % 6], r.choice(("定例会", "QBR", "活用勉強会")), r.randint(1, 5), day + dt.timedelta(r.randint(1, 7))
        note = r.choice(("追加部署への展開を検討中", "ログイン率が低下、再研修を提案", "特に課題なし"))
        rows.append([slash(day), name, kind, r.choice(("オンライン", "訪問")), r.choice(("木村", "林")), "部長、主任", note, r.choice(("提案書送付", "見積提示", None)),
                     slash(day + dt.timedelta(14)), value])
        met.append({"customer_id": name, "date": day, "note": note})
        felt.append({"customer_id": name, "date": day, "value": value})
    head = ["実施日", "企業名", "会議種別", "形式", "当社出席者", "先方出席者", "議事要旨", "次回アクション", "期限", "CSM所感(1〜5)"]
    return File("定例会実施記録.xlsx", workbook({"記録": [head, *rows]}), {"記録": Wanted(
        keyed("企業名", interactions={"date": "実施日", "kind": "会議種別", "note": "議事要旨"},
              pulse={"date": "実施日", "value": "CSM所感(1〜5)"}),
        {"interactions": met, "pulse": felt}, may=("当社出席者", "議事要旨", "形式"))})


@case("ログイン回数の月次集計: one column per month of 2025, blank before a customer came, 発行ID数, 前月比 and CSM beside them", part=PRACTICE)
def practice_ja_logins(r: random.Random) -> File:
    heads, rows, wanted, told = {f"2025年{month}月": f"2025-{month:02d}" for month in range(1, 7)}, [], [], []
    for at, name in enumerate(names(r, 12), start=1):
        id_, first, csm = f"A-{at:04d}", r.choice((0, 0, 0, 2, 3)), r.choice(("清水", "山口"))
        cells = [None if month < first else r.randint(3, 400) for month in range(6)]
        rows.append([id_, name, csm, r.choice((10, 30, 100)), *cells, f"{cells[5] / cells[4]:.0%}"])
        wanted += [{"customer_id": id_, "count": cell} for cell in cells if cell]
        told.append({"customer_id": id_, "customer_name": name, "owner": csm})
    head = ["顧客CD", "企業名", "CSM", "発行ID数", *heads, "前月比"]
    return File("ログイン回数集計.xlsx", workbook({"月別": [["月別ログイン回数(全ユーザー合計)"], head, *rows]}), {"月別": Wanted(
        keyed("顧客CD", customers={"customer_name": "企業名", "owner": "CSM"}), {"usage": wanted, "customers": told},
        months=heads, may=("顧客CD", "発行ID数"))})


@case("回線契約一覧 of a telecom reseller in cp932: several lines per 契約者番号, 開通日 and 廃止日 as 20240401, 月額基本料 less 割引額, 料金コース, 最低利用期間", part=PRACTICE)
def practice_ja_lines(r: random.Random) -> File:
    companies, rows, wanted = [(f"{80000 + at}", name) for at, name in enumerate(names(r, 8), start=1)], [], []
    for at, life in enumerate(lives(r, 16)):
        (id_, name), off = companies[at % 8], r.choice((0, 0, 500, 1000))
        service, course, fee = r.choice(("光回線", "IP電話", "モバイル")), r.choice(("標準", "長期割")), life.mrr // 10 + 2000
        rows.append([f"L{at:06d}", id_, name, service, course, compact(life.start), life.end and compact(life.end), fee, off, "24ヶ月",
                     r.choice(("口座振替", "請求書")), r.choice(("本社", "支店", "倉庫"))])
        wanted.append({"customer_id": id_, "subscription_id": f"L{at:06d}", "start_date": life.start, "end_date": life.end, "mrr": fee - off,
                       "product": service, "plan": course})
    head = ["回線番号", "契約者番号", "契約者名", "サービス種別", "料金コース", "開通日", "廃止日", "月額基本料", "割引額", "最低利用期間", "支払方法", "設置場所"]
    return File("回線契約一覧.csv", table([head, *rows], encoding="cp932"), {"回線契約一覧": Wanted(
        keyed("契約者番号", customers={"customer_name": "契約者名"}, subscriptions={
            "subscription_id": "回線番号", "start_date": "開通日", "end_date": "廃止日", "mrr": "月額基本料", "discount": "割引額",
            "product": "サービス種別", "plan": "料金コース"}),
        {"subscriptions": wanted, "customers": [{"customer_id": id_, "customer_name": name} for id_, name in companies]}, may=("開通日", "廃止日"))})
