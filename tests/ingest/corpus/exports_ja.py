"""Exports of products with Japanese labels; the headers are those of the page that each case names."""

from __future__ import annotations

import datetime as dt
import random

from tests.ingest.corpus.cases import File, Wanted, case
from tests.ingest.corpus.lives import contracts, customers, lives
from tests.ingest.corpus.writing import blank, slash, table


@case("Salesforce の契約レポート, Japanese labels", page="https://klever.jp/archives/4995")
def salesforce_contracts_ja(r: random.Random) -> File:
    given = lives(r, 12, "800{:05d}")
    head = ["取引先名", "契約番号", "契約開始日", "契約 期間(月)", "契約終了日", "状況", "契約所有者", "月額(税抜)"]
    rows, wanted = [], []
    for n, life in enumerate(given, start=1):
        end = life.start.replace(year=life.start.year + 1, day=min(life.start.day, 28)) - dt.timedelta(1)
        rows.append([life.name, f"{n:08d}", slash(life.start), 12, slash(end), "有効", "佐々木 花", life.mrr])
        wanted.append({"customer_id": life.name, "subscription_id": f"{n:08d}", "start_date": life.start,
                       "mrr": life.mrr})
    return File("report_契約.csv", table([head, *rows], encoding="cp932"), {"report_契約": Wanted(
        {"subscriptions.customer_id": "取引先名", "subscriptions.subscription_id": "契約番号",
         "subscriptions.start_date": "契約開始日", "subscriptions.mrr": "月額(税抜)"}, {"subscriptions": wanted},
        may=("取引先名", "契約終了日", "契約所有者"))})


@case("HubSpot の取引, Japanese labels", page="https://knowledge.hubspot.com/ja/properties/hubspots-default-deal-properties")
def hubspot_deals_ja(r: random.Random) -> File:
    given = lives(r, 12, "{:010d}")
    head = ["レコードID", "取引名", "取引ステージ", "クローズ日", "取引担当者", "金額", "月間経常収益(MRR)", "年間経常収益(ARR)",
            "関連付けられた会社のID", "関連付けられた会社"]
    rows = [[life.id, f"{life.name} 新規", "成約", f"{life.start} 10:00", "中村 健", life.mrr * 12, life.mrr, life.mrr * 12,
             f"88{life.id}", life.name] for life in given]
    wanted = [{"customer_id": f"88{life.id}", "subscription_id": life.id, "start_date": life.start, "mrr": life.mrr}
              for life in given]
    return File("hubspot-取引.csv", table([head, *rows], encoding="utf-8-sig"), {"hubspot-取引": Wanted(
        {"subscriptions.customer_id": "関連付けられた会社のID", "subscriptions.subscription_id": "レコードID",
         "subscriptions.start_date": "クローズ日", "subscriptions.mrr": "月間経常収益(MRR)",
         "customers.customer_id": "関連付けられた会社のID", "customers.customer_name": "関連付けられた会社"},
        {"subscriptions": wanted}, may=("取引担当者",))})


@case("kintone の契約アプリ, cp932, レコード番号 and 更新日時 beside",
      page="https://jp.cybozu.help/k/ja/user/app_collectdata/data_export.html")
def kintone_app(r: random.Random) -> File:
    given = lives(r, 14, "KT-{:03d}")
    head = ["レコード番号", "顧客番号", "顧客名", "契約開始日", "解約日", "月額", "担当者", "作成者", "作成日時", "更新者", "更新日時"]
    rows = [[at, life.id, life.name, life.start.isoformat(), blank(dt.date.isoformat)(life.end), life.mrr, "斎藤 直人",
             "admin", f"{slash(life.start)} 9:05", "admin", "2025/06/30 18:22"] for at, life in enumerate(given, start=1)]
    return File("契約管理_20250630T182233+0900.csv", table([head, *rows], encoding="cp932"), {
        "契約管理_20250630T182233+0900": Wanted(
            {"subscriptions.customer_id": "顧客番号", "customers.customer_id": "顧客番号",
             "customers.customer_name": "顧客名", "subscriptions.start_date": "契約開始日",
             "subscriptions.end_date": "解約日", "subscriptions.mrr": "月額", "customers.owner": "担当者"},
            {"subscriptions": contracts(given), "customers": customers(given)}, may=("解約日",))})


@case("freee の取引先", page="https://support.freee.co.jp/hc/ja/articles/23583052555161")
def freee_partners(r: random.Random) -> File:
    given = lives(r, 12, "{:05d}")
    head = ["名前(通称)", "取引先コード", "ショートカット1", "ショートカット2", "正式名称(帳票出力時に使用される名称)", "カナ名称", "敬称",
            "事業所種別", "地域", "郵便番号", "都道府県"]
    rows = [[life.name, life.id, "", "", life.name, "アオバ", "御中", "法人", "国内", "1000001", "東京都"] for life in given]
    return File("freee_partners.csv", table([head, *rows], encoding="cp932"), {"freee_partners": Wanted(
        {"customers.customer_id": "取引先コード", "customers.customer_name": "名前(通称)", "customers.furigana": "カナ名称"},
        {"customers": customers(given)}, may=("正式名称(帳票出力時に使用される名称)",))})


@case("freee の取引 (monthly sales by 取引先): the amounts of a month, read as months or asked, never as contracts",
      page="https://support.freee.co.jp/hc/ja/articles/202847320")
def freee_deals(r: random.Random) -> File:
    head = ["収支区分", "管理番号", "発生日", "決済期日", "取引先コード", "取引先", "勘定科目", "税区分", "金額", "税計算区分", "税額",
            "備考", "品目", "部門", "メモタグ（複数指定可、カンマ区切り）", "セグメント1", "セグメント2", "セグメント3", "決済日", "決済口座", "決済金額"]
    rows, wanted = [], []
    for n in range(1, 5):
        amount = r.randint(3, 30) * 1000
        for month in range(1, 7):
            day = dt.date(2025, month, 28)
            rows.append(["収入", f"{month:02d}{n:03d}", day.isoformat(), "", f"F{n:03d}", f"取引先{n}", "売上高", "課税売上10%",
                         amount, "内税", amount // 11, "", "月額利用料", "", "", "", "", "", "", "", ""])
        wanted.append({"customer_id": f"F{n:03d}", "start_date": dt.date(2025, 1, 1), "end_date": None, "mrr": amount})
    return File("freee_deals.csv", table([head, *rows], encoding="utf-8-sig"), {"freee_deals": Wanted(
        {"subscriptions.customer_id": "取引先コード", "subscriptions.start_date": "発生日", "subscriptions.mrr": "金額"},
        {"subscriptions": wanted}, shape="monthly_long", may=("取引先コード", "取引先", "品目"))})


@case("マネーフォワード クラウド請求書Plus の取引先", page="https://biz.moneyforward.com/support/receivable/?p=1799")
def money_forward_partners(r: random.Random) -> File:
    given = lives(r, 10, "MF{:04d}")
    head = ["取引先コード", "取引先名", "取引先名(カナ)", "データソース", "備考"]
    rows = [[life.id, life.name, "キタホクト", "CSV", ""] for life in given]
    return File("取引先_20250630.csv", table([head, *rows], encoding="cp932"), {"取引先_20250630": Wanted(
        {"customers.customer_id": "取引先コード", "customers.customer_name": "取引先名", "customers.furigana": "取引先名(カナ)"},
        {"customers": customers(given)})})


@case("Google フォーム: タイムスタンプ and whole questions as headers, answers in words",
      page="https://manamina.valuesccg.com/articles/1520")
def google_form_ja(r: random.Random) -> File:
    words = {"非常に満足": 5, "満足": 4, "どちらともいえない": 3, "不満": 2, "非常に不満": 1}
    head = ["タイムスタンプ", "貴社名をご記入ください", "サービスの総合的な満足度を教えてください", "ご意見・ご要望(自由記述)"]
    rows, wanted = [], []
    for _ in range(18):
        day, who, word = dt.date(2025, r.randint(1, 6), r.randint(1, 28)), f"株式会社{r.choice('青赤白黒緑')}山", r.choice(list(words))
        rows.append([f"{slash(day)} 13:05:22", who, word, r.choice(("", "助かっています"))])
        wanted.append({"customer_id": who, "answered_on": day, "kind": "csat", "score": words[word]})
    return File("満足度アンケート(回答) - フォームの回答 1.csv", table([head, *rows]), {
        "満足度アンケート(回答) - フォームの回答 1": Wanted(
            {"surveys.customer_id": head[1], "surveys.answered_on": head[0], "surveys.score": head[2],
             "surveys.comment": head[3]}, {"surveys": wanted}, may=(head[1],))})


@case("Google Forms in English: likelihood to recommend beside satisfaction, two scores in one row",
      page="https://zen-p.net/sict/google3.html")
def google_form_two_scores(r: random.Random) -> File:
    head = ["Timestamp", "Email Address", "Company name", "How likely are you to recommend us? (0-10)",
            "How satisfied are you overall? (1-5)"]
    rows, wanted = [], []
    for at in range(15):
        day, who = dt.date(2025, r.randint(1, 6), r.randint(13, 28)), f"Firm {r.choice('ABCDEFG')}"
        nps, csat = r.randint(0, 10), r.randint(1, 5)
        rows.append([f"{day.month}/{day.day}/{day.year} 9:15:00", f"p{at}@example.com", who, nps, csat])
        wanted += [{"customer_id": who, "answered_on": day, "kind": "nps", "score": nps},
                   {"customer_id": who, "answered_on": day, "kind": "csat", "score": csat}]
    return File("Feedback (Responses).csv", table([head, *rows]), {"Feedback (Responses)": Wanted(
        # Either of the two may stand as the score; the other stands beside it.
        {"surveys.customer_id": "Company name", "surveys.answered_on": "Timestamp", "surveys.score": head[4]},
        {"surveys": wanted}, scores={head[3]: "nps"}, may=("Company name", "Email Address"))})
