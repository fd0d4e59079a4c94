"""Held out by template: Japanese templates and exports with the headers of the page that each case names, as published."""

from __future__ import annotations

import datetime as dt
import random

from tests.ingest.corpus.cases import File, Wanted, case, keyed
from tests.ingest.corpus.held_out_layouts_ja import stretches
from tests.ingest.corpus.lives import JA_FIRST, contracts, lives, names
from tests.ingest.corpus.writing import blank, comma, slash, table, workbook

TEMPLATE = "held out by template"
PEOPLE = ("佐藤", "鈴木", "高橋", "田中")
KANA = "アカサタナハマヤラワイキシチニヒミリウクスツヌフム"


@case("楽楽販売: bills with a row a line: the bill's 請求額 on every one of its lines, beside the line's 明細額", part=TEMPLATE,
      page="https://success-navi.rakurakuhanbai.jp/manual/detail/1140")
def rakuraku_bill_lines(r: random.Random) -> File:
    months = [dt.date(2025, month, 1) for month in range(1, 7)]
    given, rows = {}, []
    for n, name in enumerate(names(r, 6), start=1):
        lines = [(item, r.randint(1, 9) * 10000) for item in ("基本利用料", "オプション", "保守")[:1 + n % 3]]
        given[f"CID{n:04d}"] = [sum(amount for _item, amount in lines)] * 6
        rows += [[slash(month), f"CID{n:04d}", name, comma(sum(one for _item, one in lines)), comma(amount), item,
                  slash(month.replace(day=28))] for month in months for item, amount in lines]
    rows.sort(key=lambda row: (int(row[0].split("/")[1]), row[1]))
    head = ["請求日", "顧客コード", "顧客名", "請求額", "明細額", "請求内容(明細)", "入金予定日"]
    return File("請求データ.csv", table([head, *rows], encoding="cp932"), {"請求データ": Wanted(
        keyed("顧客コード", subscriptions={"start_date": "請求日", "mrr": "明細額"}, customers={"customer_name": "顧客名"}),
        {"subscriptions": stretches(given, months)}, shape="monthly_long", may=("請求内容(明細)",))})


@case("board: the customers to register, 基本契約書締結 as 0 and 1, 法人番号", part=TEMPLATE,
      page="https://the-board.jp/helps/help_csv_import_of_clients")
def board_clients(r: random.Random) -> File:
    given = names(r, 12)
    rows = [[name, name.replace("株式会社", ""), "御中", f"10{at:01d}-00{at:02d}", "東京都", f"千代田区{at}-1", "", f"03-0000-00{at:02d}",
             "", "月末締め翌月末払い", "先方", at % 2, r.randint(0, 1), "PDF", "導入済", "", f"{7010001000000 + at}", "", ""]
            for at, name in enumerate(given)]
    head = ["顧客名", "顧客略称名", "敬称", "郵便番号", "都道府県", "住所1", "住所2(建物名)", "TEL", "FAX", "デフォルト支払条件",
            "振込手数料負担", "NDA締結", "基本契約書締結", "書類送付方法", "タグ", "備考", "法人番号", "To", "Cc"]
    return File("clients.csv", table([head, *rows], encoding="cp932"), {"clients": Wanted(
        keyed("顧客名", customers={"customer_name": "顧客名"}),
        {"customers": [{"customer_id": name, "customer_name": name} for name in given]})})


@case("メールワイズ の会社データ: 会社コード, 会社よみ, 担当(会社)", part=TEMPLATE,
      page="https://jp.cybozu.help/m/ja/admin/spec/format/customer.html")
def mailwise_companies(r: random.Random) -> File:
    rows, wanted = [], []
    for at, name in enumerate(names(r, 11), start=1):
        kana, owner = KANA[at:at + 4], r.choice(PEOPLE)
        rows.append([r.choice(("既存", "代理店")), f"{at:05d}", name, kana, f"03-1111-00{at:02d}", owner])
        wanted.append({"customer_id": f"{at:05d}", "customer_name": name, "furigana": kana, "owner": owner})
    head = ["会社グループ", "会社コード", "会社名", "会社よみ", "電話番号(会社)", "担当(会社)"]
    return File("company.csv", table([head, *rows], encoding="cp932"), {"company": Wanted(
        keyed("会社コード", customers={"customer_name": "会社名", "furigana": "会社よみ", "owner": "担当(会社)"}),
        {"customers": wanted})})


@case("メールワイズ の訪問履歴: 日時, 日付 and 時刻 of the visit, 作成日時 of the entry, up to three customers in a row", part=TEMPLATE,
      page="https://jp.cybozu.help/m/ja/admin/spec/format/contact.html")
def mailwise_visits(r: random.Random) -> File:
    given = [(f"{at:05d}", name) for at, name in enumerate(names(r, 6), start=1)]
    rows, wanted = [], []
    for at in range(1, 20):
        day, (id_, name), subject = dt.date(2025, r.randint(1, 6), r.randint(1, 28)), r.choice(given), r.choice(("定例", "導入相談"))
        entered = day + dt.timedelta(r.randint(0, 2))
        rows.append([f"{slash(day)} 14:00", slash(day), "14:00", f"{slash(entered)} 18:12", r.choice(PEOPLE) + " 花子", at, subject,
                     "", id_, name, r.choice(PEOPLE) + " 様", "", "", "", "", "", "", "訪問済み、次回は来月"])
        wanted.append({"customer_id": id_, "date": day})
    head = ["日時", "日付", "時刻", "作成日時", "作成者", "(番号)", "件名", "顧客", *(
        f"{what}{n}" for n in (1, 2, 3) for what in ("会社コードまたは顧客コード", "会社名", "名前")), "コメント"]
    return File("訪問履歴.csv", table([head, *rows], encoding="cp932"), {"訪問履歴": Wanted(
        keyed("会社コードまたは顧客コード1", interactions={"date": "日付"}), {"interactions": wanted},
        may=("件名", "コメント", "作成者", "会社名1", "会社コードまたは顧客コード1"))})


@case("ラクうる の顧客: persons and companies, システム顧客番号 beside 会員ID, no contract", part=TEMPLATE,
      page="https://contents.raku-uru.jp/documents/manual/data/customer/update.html")
def rakuuru_customers(r: random.Random) -> File:
    rows, wanted = [], []
    for at, name in enumerate(names(r, 12), start=1):
        id_ = f"CS{at:08d}"
        rows.append([id_, f"user{at:06d}", r.choice(PEOPLE), "太郎", "サトウ", "タロウ", name, "総務部", f"10000{at:02d}", "東京都", "千代田区",
                     f"丸の内{at}", "", f"u{at}@example.com", f"03000000{at:02d}", "", "", "", "", ""])
        wanted.append({"customer_id": id_, "customer_name": name})
    head = ["システム顧客番号", "会員ID", "氏名(姓)", "氏名(名)", "氏名フリガナ(セイ)", "氏名フリガナ(メイ)", "会社名", "部署名", "郵便番号",
            "都道府県", "市区町村", "町域・番地", "ビル等", "メールアドレス", "電話番号", "携帯電話番号", "FAX番号", "性別", "生年月日", "備考"]
    return File("customer.csv", table([head, *rows], encoding="cp932"), {"customer": Wanted(
        keyed("システム顧客番号", customers={"customer_name": "会社名"}), {"customers": wanted}, may=("氏名フリガナ(セイ)",))})


@case("Sansan の名刺: persons of companies, 名刺交換日 and 退職者フラグ say nothing of a contract", part=TEMPLATE,
      page="https://help.datahub.sansan.com/hc/ja/articles/30079225578521")
def sansan_cards(r: random.Random) -> File:
    companies = names(r, 6)
    rows = [[r.choice(companies), "情報システム部", r.choice(("部長", "課長", "")), "ヤマダ", "タロウ", f"03-2222-00{at:02d}", "", "", "",
             f"p{at}@example.com", "", "", "", "JP", "東京都港区", slash(dt.date(2024, r.randint(1, 12), 9)), f"BC{at:06d}",
             r.choice(PEOPLE), int(at % 7 == 0)] for at in range(1, 19)]
    head = ["会社名", "部署", "役職", "姓カナ", "名カナ", "TEL1", "TEL2", "携帯番号", "Fax", "email1", "URL1", "タグ", "メモ", "国コード",
            "住所1", "名刺交換日", "名刺ID", "名刺所有者", "退職者フラグ"]
    return File("名刺一覧.csv", table([head, *rows]), {"名刺一覧": Wanted(
        keyed("会社名", customers={"customer_name": "会社名"}), may=("名刺所有者", "姓カナ", "名刺交換日", "メモ"))})


@case("案件管理の契約CSV: 契約金額 is the total from 契約開始日 to 契約終了日, 契約日 of the signature, 支払種別 毎月支払", part=TEMPLATE,
      page="no page lists them: as the guide of a public program for contracts of engineers gives them")
def project_contracts(r: random.Random) -> File:
    rows, wanted = [], []
    for at, name in enumerate(names(r, 12), start=1):
        months, fee, first = r.choice((3, 6, 12)), r.randint(5, 30) * 10000, dt.date(2024, r.randint(1, 12), 1)
        at_end = first.month - 1 + months
        end = dt.date(first.year + at_end // 12, at_end % 12 + 1, 1) - dt.timedelta(1)
        rows.append([f"契約{at}", r.choice(("システム開発案件", "保守案件")), name, "準委任", f"{first - dt.timedelta(12)}", f"{first}",
                     f"{end}", fee * months, "毎月支払", "yamada@example.com:800000:0.8", "active"])
        wanted.append({"customer_id": name, "start_date": first, "mrr": fee})
    head = ["契約名", "案件名", "会社名", "契約種別", "契約日", "契約開始日", "契約終了日", "契約金額", "支払種別", "アサインメンバー", "ステータス"]
    return File("契約.csv", table([head, *rows]), {"契約": Wanted(
        keyed("会社名", customers={"customer_name": "会社名"}, subscriptions={
            "start_date": "契約開始日", "end_date": "契約終了日", "amount": "契約金額"}),
        {"subscriptions": wanted}, asked=frozenset({"amount_is"}), may=("契約名", "案件名", "契約種別", "支払種別", "ステータス"))})


@case("解約分析の契約一覧: 契約日, 集客, 申込形態, 金額 (a month's), 年齢, 性別, 営業担当, 解約日, 解約理由", part=TEMPLATE,
      page="no page lists them: as a public program for the analysis of churn reads them")
def churn_list(r: random.Random) -> File:
    given = lives(r, 16, "M{:04d}", round_to=500)
    rows, gone = [], []
    for life in given:
        why = r.choice(("高い", "使わなくなった", "引越し"))
        rows.append([life.id, f"{life.start}", r.choice(("X", "Y")), r.choice(("催事", "紹介")), r.choice(("対面", "オンライン")), life.mrr,
                     r.randint(20, 80), r.choice("男女"), r.choice(("那覇", "浦添")), r.choice(PEOPLE), blank(str)(life.end),
                     why if life.end else ""])
        if life.end:
            gone.append({"customer_id": life.id, "cancelled_on": life.end, "reason": why})
    head = ["顧客ID", "契約日", "商品", "集客", "申込形態", "金額", "年齢", "性別", "地域", "営業担当", "解約日", "解約理由"]
    return File("申込一覧.csv", table([head, *rows]), {"申込一覧": Wanted(
        keyed("顧客ID", customers={"owner": "営業担当"}, subscriptions={
            "start_date": "契約日", "end_date": "解約日", "amount": "金額", "product": "商品"},
              cancellations={"cancelled_on": "解約日", "reason": "解約理由"}),
        {"subscriptions": contracts(given), "cancellations": gone}, asked=frozenset({"amount_is"}))})


@case("契約書管理台帳: 締結日, 契約相手先, 契約金額 (a year's), 更新時期 in words, 満了日 alone", part=TEMPLATE,
      page="https://cloudsign.jp/media/contract-management-ledger")
def contract_ledger(r: random.Random) -> File:
    rows, wanted = [], []
    for life in lives(r, 13, round_to=12000):
        until = life.start.replace(day=1, year=2025 + int(life.mrr % 24000 == 0))
        rows.append([life.start, life.name, r.choice(("業務委託", "サービス利用", "保守")), life.mrr * 12, r.choice(PEOPLE), "満了の3か月前", until])
        wanted.append({"customer_id": life.name, "start_date": life.start, "term_end": until})
    head = ["締結日", "契約相手先", "契約内容", "契約金額", "担当者", "更新時期", "満了日"]
    return File("契約書管理台帳.xlsx", workbook({"台帳": [["契約書管理台帳"], [], head, *rows]}), {"台帳": Wanted(
        keyed("契約相手先", customers={"customer_name": "契約相手先", "owner": "担当者"}, subscriptions={
            "start_date": "締結日", "term_end": "満了日", "amount": "契約金額"}),
        {"subscriptions": wanted}, header_row=3, asked=frozenset({"amount_is", "term_end_means"}), may=("締結日", "契約内容"))})


@case("解約理由の一覧: customer_id, cancellation_date, tenure_months, revenue_lost, churn_reason_code, open_ended_feedback",
      part=TEMPLATE, page="https://beefed.ai/ja/personas/weston-the-churn-reason-collector/services")
def cancellations_table(r: random.Random) -> File:
    rows, wanted = [], []
    for at in range(1, 15):
        day, why, words = dt.date(2025, r.randint(1, 6), r.randint(1, 28)), r.choice(("price", "no_use", "support")), r.choice(JA_FIRST) + "へ移行"
        rows.append([f"C{at:04d}", f"{day}", r.choice(("pro", "lite")), r.randint(2, 40), r.randint(5, 50) * 1000, why, words])
        wanted.append({"customer_id": f"C{at:04d}", "cancelled_on": day, "reason": why, "comment": words})
    head = ["customer_id", "cancellation_date", "plan", "tenure_months", "revenue_lost", "churn_reason_code", "open_ended_feedback"]
    return File("cancellations.csv", table([head, *rows]), {"cancellations": Wanted(
        keyed("customer_id", cancellations={"cancelled_on": "cancellation_date", "reason": "churn_reason_code",
                                            "comment": "open_ended_feedback"}),
        {"cancellations": wanted}, may=("tenure_months", "customer_id"))})
