"""Held out in practice, kept back: single sheets as Japanese subscription businesses keep them, for the last measuring."""

from __future__ import annotations

import datetime as dt
import random

from tests.ingest.corpus.cases import File, Wanted, case, keyed
from tests.ingest.corpus.lives import lives, names
from tests.ingest.corpus.writing import comma, short_era, slash, table, workbook

KEPT = "held out in practice, kept"


@case("解約一覧: 解約受付日 before 解約日, MRR(円), 契約開始日 and 利用期間(月), 解約理由 in two levels, 詳細コメント, 移行先, 引き止め施策", part=KEPT)
def practice_ja_churn_log(r: random.Random) -> File:
    rows, wanted, left, told = [], [], [], []
    days = sorted(dt.date(2024, 7, 1) + dt.timedelta(r.randint(0, 350)) for _ in range(14))
    for at, (name, day) in enumerate(zip(names(r, 14), days, strict=True), start=1):
        start, fee, id_ = day - dt.timedelta(r.randint(120, 1100)), r.randint(8, 90) * 1000, f"CID{r.randint(100, 899)}{at:02d}"
        reason, said = r.choice(("価格", "機能不足", "社内要因", "競合切替")), r.choice(("予算縮小のため継続困難", "推進担当者が退職", "必要な連携機能がない"))
        rows.append([at, slash(day - dt.timedelta(r.randint(20, 60))), slash(day), id_, name, r.choice(("SMB", "MID", "ENT")), slash(start),
                     round((day - start).days / 30.4), comma(fee), reason, r.choice(("予算", "担当者", "連携")), said, r.choice((None, "他社製品", "Excel運用")),
                     r.choice((None, "値引き提案", "役員面談"))])
        wanted.append({"customer_id": id_, "start_date": start, "end_date": day, "mrr": fee})
        left.append({"customer_id": id_, "cancelled_on": day, "reason": reason, "comment": said})
        told.append({"customer_id": id_, "customer_name": name})
    head = ["#", "解約受付日", "解約日", "顧客ID", "顧客名", "セグメント", "契約開始日", "利用期間(月)", "MRR(円)", "解約理由(大分類)", "解約理由(小分類)",
            "詳細コメント", "移行先", "引き止め施策"]
    return File("解約一覧.xlsx", workbook({"FY24": [["解約一覧(2024年7月〜2025年6月)"], head, *rows]}), {"FY24": Wanted(
        keyed("顧客ID", customers={"customer_name": "顧客名"}, subscriptions={"start_date": "契約開始日", "end_date": "解約日", "mrr": "MRR(円)"},
              cancellations={"cancelled_on": "解約日", "reason": "解約理由(大分類)", "comment": "詳細コメント"}),
        {"subscriptions": wanted, "cancellations": left, "customers": told}, may=("契約開始日", "利用期間(月)", "解約理由(小分類)"))})


@case("NPS answers out of a form: タイムスタンプ, メールアドレス, 貴社名, お名前, the whole question as header of the score, the reason, wishes", part=KEPT)
def practice_ja_nps_form(r: random.Random) -> File:
    question = "本サービスを親しい同僚や知人に薦める可能性はどのくらいありますか?(0:全く薦めない〜10:非常に薦めたい)"
    why, companies, rows, wanted, day = "上記の点数をつけられた理由をお聞かせください", names(r, 10), [], [], dt.datetime(2025, 5, 12, 10, 3)
    for at in range(15):
        name, score, said = companies[at % 10], r.choice((3, 5, 6, 7, 8, 8, 9, 9, 10)), r.choice(("操作が簡単", "動作が重いときがある", "サポートが丁寧", None))
        day += dt.timedelta(hours=r.randint(3, 20))
        rows.append([day, f"user{at}@example.co.jp", name, f"回答者{at + 1}", r.choice(("総務", "人事", "情報システム")), score, said,
                     r.choice((None, "スマホ対応", "帳票の種類")), r.choice(("同意する", "同意する"))])
        wanted.append({"customer_id": name, "answered_on": day.date(), "kind": "nps", "score": score, "comment": said})
    head = ["タイムスタンプ", "メールアドレス", "貴社名", "お名前", "所属部署", question, why, "今後強化してほしい機能があれば教えてください", "個人情報の取り扱いについて"]
    return File("NPSアンケート(回答).xlsx", workbook({"フォームの回答 1": [head, *rows]}), {"フォームの回答 1": Wanted(
        keyed("貴社名", surveys={"answered_on": "タイムスタンプ", "score": question, "comment": why}), {"surveys": wanted},
        may=("貴社名", "メールアドレス", "お名前"))})


@case("アップセル受注一覧: 受注日 before 適用開始日, 追加商品, 追加月額(税抜), 初期費用 mostly 0, 区分 of the deal, 担当CS and 協力営業", part=KEPT)
def practice_ja_upsells(r: random.Random) -> File:
    companies = [(f"AC{at:04d}", name) for at, name in enumerate(names(r, 9), start=11)]
    owners = {id_: r.choice(("斎藤", "石井")) for id_, _name in companies}
    rows, wanted = [], []
    for at in range(14):
        (id_, name), fee, product = companies[at % 9], r.randint(2, 30) * 1000, r.choice(("ID追加", "電子契約オプション", "分析オプション"))
        signed = dt.date(2024, 10, 1) + dt.timedelta(at * 17)
        start = (signed.replace(day=1) + dt.timedelta(32)).replace(day=1)
        once = r.choice((0, 0, 50000))
        rows.append([f"UP-{at + 1:03d}", signed, id_, name, "クロスセル" if "オプション" in product else "アップセル", product, comma(fee),
                     once, start, owners[id_], r.choice((None, "営業二課")), r.choice(("QBRで提案", "問い合わせ起点", "更新時提案"))])
        wanted.append({"customer_id": id_, "start_date": start, "mrr": fee, "product": product, "charge_kind": "recurring"})
        wanted += [{**wanted[-1], "mrr": once, "charge_kind": "one-time"}] if once else []
    head = ["案件No", "受注日", "顧客ID", "顧客名", "区分", "追加商品", "追加月額(税抜)", "初期費用", "適用開始日", "担当CS", "協力営業", "きっかけ"]
    told = [{"customer_id": id_, "customer_name": name, "owner": owners[id_]} for id_, name in companies]
    return File("アップセル受注一覧.xlsx", workbook({"受注": [["CS起点アップセル・クロスセル 受注一覧"], [], head, *rows]}), {"受注": Wanted(
        keyed("顧客ID", customers={"customer_name": "顧客名", "owner": "担当CS"}, subscriptions={
            "start_date": "適用開始日", "mrr": "追加月額(税抜)", "product": "追加商品"}),
        {"subscriptions": wanted, "customers": told}, may=("案件No", "区分", "適用開始日"))})


@case("満足度アンケート with answers in words from 非常に満足 to 非常に不満, 継続のご意向, よく使う機能, ご意見・ご要望, utf-8 with a mark", part=KEPT)
def practice_ja_csat(r: random.Random) -> File:
    words = {"非常に満足": 5, "満足": 4, "どちらともいえない": 3, "不満": 2, "非常に不満": 1}
    rows, wanted, told = [], [], []
    for at, name in enumerate(names(r, 14), start=1):
        word, said, day = r.choice(list(words)), r.choice(("特になし", "検索が遅い", "マニュアルを充実してほしい", "")), dt.date(2025, 2, r.randint(3, 28))
        rows.append([at, slash(day), f"{4000 + at}", name, r.choice(("人事部", "経営企画")), f"ご担当者{at}", word, r.choice(("継続したい", "検討中", "未定")),
                     r.choice(("勤怠", "給与明細", "年末調整")), said])
        wanted.append({"customer_id": f"{4000 + at}", "answered_on": day, "kind": "csat", "score": words[word], "respondent": f"ご担当者{at}"})
        told.append({"customer_id": f"{4000 + at}", "customer_name": name})
    head = ["回答No", "回答日", "お客様番号", "貴社名", "部署名", "ご回答者名", "総合満足度", "継続のご意向", "よく使う機能", "ご意見・ご要望"]
    return File("顧客満足度アンケート結果_2024年度.csv", table([head, *rows], encoding="utf-8-sig"), {"顧客満足度アンケート結果_2024年度": Wanted(
        keyed("お客様番号", customers={"customer_name": "貴社名"}, surveys={
            "answered_on": "回答日", "score": "総合満足度", "comment": "ご意見・ご要望", "respondent": "ご回答者名"}),
        {"surveys": wanted, "customers": told})})


@case("受講法人一覧 of an e-learning service as it stands today: 契約状況 契約中 or 解約済, 継続月数, 月額利用料, no dates of contracts; 受講率, 修了率", part=KEPT)
def practice_ja_learners(r: random.Random) -> File:
    rows, told, wanted = [], [], []
    for at, name in enumerate(names(r, 18), start=1):
        id_, has_left, months, fee, csm = f"H{at:04d}", r.random() < 0.3, r.randint(2, 48), r.randint(5, 60) * 1000, r.choice(("森", "池田"))
        plan, seats = r.choice(("10名パック", "50名パック", "無制限")), r.choice((10, 50, 200))
        rows.append([id_, name, r.choice(("製造", "金融", "サービス")), r.choice(("関東", "関西", "九州")), csm, plan, seats, fee, months,
                     "解約済" if has_left else "契約中", f"{r.randint(10, 98)}%", f"{r.randint(5, 80)}%", r.choice(("代理店", "直販"))])
        told.append({"customer_id": id_, "customer_name": name, "owner": csm, "has_left": has_left, "tenure_months": months})
        wanted.append({"customer_id": id_, "mrr": fee, "plan": plan, "seats": seats})
    head = ["法人ID", "法人名", "業界", "エリア", "CS担当者", "プラン", "契約ID数", "月額利用料", "継続月数", "契約状況", "受講率", "修了率", "販路"]
    return File("受講法人一覧.xlsx", workbook({"法人": [head, *rows]}), {"法人": Wanted(
        keyed("法人ID", customers={"customer_name": "法人名", "owner": "CS担当者", "has_left": "契約状況", "tenure_months": "継続月数"},
              subscriptions={"mrr": "月額利用料", "plan": "プラン", "seats": "契約ID数"}),
        {"customers": told, "subscriptions": wanted}, shape="snapshot")})


@case("顧問先一覧 of a payroll outsourcer: 請求額(1回) as 19,000円 with 請求サイクル 毎月, 四半期 or 年1回, 受託開始日, 契約終了日 and 終了理由 of those who left only, dates as R5.4.1", part=KEPT)
def practice_ja_payroll_clients(r: random.Random) -> File:
    given, rows, wanted, left, told = lives(r, 14, "{:04d}"), [], [], [], []
    for life in given:
        (cycle, months), staff = r.choice((("毎月", 1), ("四半期", 3), ("年1回", 12))), r.choice(("橋本", "阿部"))
        reason = r.choice(("内製化", "他社へ変更", "廃業")) if life.end else None
        rows.append([life.id, life.name, f"{r.randint(1, 12)}月", r.randint(5, 300), r.choice(("給与計算", "給与計算・年末調整", "社会保険手続")), cycle,
                     f"{life.mrr * months:,}円", short_era(life.start), life.end and short_era(life.end), reason, staff, r.choice((None, "資料提出が遅れがち", "賞与年2回"))])
        wanted.append({"customer_id": life.id, "start_date": life.start, "end_date": life.end, "mrr": life.mrr})
        told.append({"customer_id": life.id, "customer_name": life.name, "owner": staff})
        if life.end:
            left.append({"customer_id": life.id, "cancelled_on": life.end, "reason": reason})
    head = ["顧問先コード", "顧問先名", "決算月", "従業員数", "受託業務", "請求サイクル", "請求額(1回)", "受託開始日", "契約終了日", "終了理由", "主担当", "特記事項"]
    return File("顧問先一覧.xlsx", workbook({"顧問先": [head, *rows]}), {"顧問先": Wanted(
        keyed("顧問先コード", customers={"customer_name": "顧問先名", "owner": "主担当"}, subscriptions={
            "start_date": "受託開始日", "end_date": "契約終了日", "amount": "請求額(1回)", "billing_interval": "請求サイクル"},
            cancellations={"cancelled_on": "契約終了日", "reason": "終了理由"}),
        {"subscriptions": wanted, "customers": told, "cancellations": left}, may=("受託業務", "受託開始日", "従業員数"))})
