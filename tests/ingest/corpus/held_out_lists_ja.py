"""Held out: surveys, use, onboarding, enquiries, meetings and reasons for leaving, in Japanese."""

from __future__ import annotations

import datetime as dt
import random

from tests.ingest.corpus.cases import File, Wanted, case, keyed
from tests.ingest.corpus.lives import lives, names
from tests.ingest.corpus.writing import blank, kanji, slash, table, workbook


def day(r: random.Random, year: int = 2025) -> dt.date:
    return dt.date(year, r.randint(1, 6), r.randint(1, 28))


@case("why customers left: day of notice beside day of leaving, reason in two columns", part="held out")
def why_they_left(r: random.Random) -> File:
    rows, wanted = [], []
    for name in names(r, 14):
        told = day(r)
        left, reason, detail = told + dt.timedelta(40), r.choice(("コスト", "内製化", "統廃合")), r.choice(("値上げ", "親会社方針"))
        rows.append([slash(told), slash(left), name, "スタンダード", reason, detail, "値引き提案"])
        wanted.append({"customer_id": name, "cancelled_on": left, "reason": reason, "comment": detail})
    head = ["解約申出日", "解約日", "お客様名", "プラン", "解約理由(大分類)", "解約理由(詳細)", "引き止め策"]
    return File("解約一覧.csv", table([head, *rows], encoding="cp932"), {"解約一覧": Wanted(
        keyed("お客様名", cancellations={"cancelled_on": "解約日", "reason": "解約理由(大分類)", "comment": "解約理由(詳細)"}),
        {"cancellations": wanted}, may=("お客様名", "プラン", "解約日"))})


@case("steps of going live under one heading, days and ー for not yet", part="held out")
def steps_under_a_heading(r: random.Random) -> File:
    steps = ["契約手続き", "キックオフMTG", "マスタ登録", "操作研修", "本稼働"]
    rows, wanted = [], []
    for n, name in enumerate(names(r, 11), start=1):
        first, done = day(r, 2024), r.randint(1, 5)
        days = [first + dt.timedelta(12 * at) if at < done else None for at in range(5)]
        rows.append([f"D{n:02d}", name, *(blank(slash, "ー")(one) for one in days)])
        wanted += [{"customer_id": f"D{n:02d}", "milestone": step, "completed_on": one}
                   for step, one in zip(steps, days, strict=True) if one]
    head = [["導入先ID", "導入先名", "導入ステップ", *[None] * 4], [None, None, *steps]]
    data = workbook({"進捗": [*head, *rows]}, merged={"進捗": ["A1:A2", "B1:B2", "C1:G1"]})
    return File("導入支援管理.xlsx", data, {"進捗": Wanted(
        keyed("導入先ID", milestones={}, customers={"customer_name": "導入先名"}),
        {"milestones": wanted}, header_levels=2, milestones={f"導入ステップ {step}": step for step in steps})})


@case("one row per step done: 完了項目 and 完了日", part="held out")
def steps_as_rows(r: random.Random) -> File:
    wanted = [{"customer_id": f"B{r.randint(1, 9):02d}", "milestone": r.choice(("初回ログイン", "データ取込", "社内説明会")),
               "completed_on": day(r)} for _ in range(20)]
    rows = [[row["customer_id"], row["milestone"], kanji(row["completed_on"]), "済"] for row in wanted]
    return File("オンボ完了ログ.csv", table([["顧客番号", "オンボーディング項目", "完了日", "確認"], *rows], encoding="euc_jp"), {
        "オンボ完了ログ": Wanted(keyed("顧客番号", milestones={"milestone": "オンボーディング項目", "completed_on": "完了日"}),
                           {"milestones": wanted})})


@case("steps ticked with 済 and no day anywhere: they are steps, but on no day", part="held out")
def steps_ticked(r: random.Random) -> File:
    steps = ["初期設定", "データ移行", "管理者研修", "運用開始"]
    rows = [[f"C{n:02d}", *("済" if at < r.randint(0, 4) else "" for at in range(4)), "順調"] for n in range(1, 13)]
    return File("チェックリスト.xlsx", workbook({"オンボーディング進捗": [["顧客コード", *steps, "備考"], *rows]}), {"オンボーディング進捗": Wanted(
        keyed("顧客コード", milestones={}), milestones={step: step for step in steps}, may=("顧客コード",))})


@case("薦める可能性 from 0 to 10 beside 満足度 in words, tabs and utf-16", part="held out")
def survey_with_words(r: random.Random) -> File:
    words = {"とても満足": 5, "満足": 4, "どちらともいえない": 3, "不満": 2, "とても不満": 1}
    rows, wanted = [], []
    for n in range(18):
        who, when, nps, word = r.choice(("松風園", "海野商店", "リバー設計")), day(r), r.randint(0, 10), r.choice(list(words))
        rows.append([f"{slash(when)} 10:{n + 10}", who, f"回答者{n}", nps, "使いやすい", word])
        wanted += [{"customer_id": who, "answered_on": when, "kind": "nps", "score": nps},
                   {"customer_id": who, "answered_on": when, "kind": "csat", "score": words[word]}]
    head = ["回答日時", "貴社名", "ご担当者名", "本サービスを知人に薦める可能性(0～10)", "その理由", "サポートの満足度"]
    return File("アンケート結果.csv", table([head, *rows], delimiter="\t", encoding="utf-16"), {"アンケート結果": Wanted(
        keyed("貴社名", surveys={"answered_on": "回答日時", "score": head[3], "comment": "その理由", "respondent": "ご担当者名"}),
        {"surveys": wanted}, scores={head[5]: "csat"}, may=("貴社名",))})


@case("one score named 点数, said to be NPS by the title", part="held out")
def score_named_by_title(r: random.Random) -> File:
    wanted = [{"customer_id": f"T{r.randint(1, 30):03d}", "answered_on": day(r), "kind": "nps", "score": r.randint(0, 10)}
              for _ in range(15)]
    rows = [[slash(row["answered_on"]), row["customer_id"], row["score"], "特になし"] for row in wanted]
    return File("2025Q2.xlsx", workbook({"回答": [["NPS調査 2025年第2四半期"], ["回答日", "テナントID", "点数", "自由記述"], *rows]}), {
        "回答": Wanted(keyed("テナントID", surveys={"answered_on": "回答日", "score": "点数", "comment": "自由記述"}),
                     {"surveys": wanted}, header_row=2)})


@case("operations by user and day, with their minutes", part="held out")
def log_of_operations(r: random.Random) -> File:
    wanted = [{"customer_id": f"tn-{r.randint(1, 9)}", "date": day(r), "user_id": f"u{r.randint(1, 40)}",
               "feature": r.choice(("帳票出力", "承認", "検索")), "count": r.randint(1, 30), "minutes": r.randint(1, 90)}
              for _ in range(25)]
    rows = [[f"{slash(row['date'])} 09:00:00", *(row[name] for name in ("customer_id", "user_id", "feature", "count", "minutes"))]
            for row in wanted]
    head = ["操作日時", "テナントID", "ユーザーID", "操作した機能", "操作回数", "滞在時間（分）"]
    return File("操作ログ.csv", table([head, *rows], encoding="utf-8-sig"), {"操作ログ": Wanted(
        keyed("テナントID", usage={"date": "操作日時", "user_id": "ユーザーID", "feature": "操作した機能", "count": "操作回数",
                               "minutes": "滞在時間（分）"}), {"usage": wanted})})


@case("enquiries with urgency, state, who answered and the text, line breaks inside", part="held out")
def enquiries(r: random.Random) -> File:
    rows, wanted = [], []
    for n in range(1, 19):
        row = {"customer_id": f"{r.randint(1, 40):04d}", "date": day(r), "kind": r.choice(("障害", "操作質問", "要望")),
               "priority": r.choice(("高", "中", "低")), "status": r.choice(("対応済", "対応中")), "by": r.choice(("若林", "辻"))}
        wanted.append(row)
        rows.append([f"Q{n:04d}", f"{slash(row['date'])} 14:05", row["customer_id"], row["kind"], row["priority"],
                     "画面が開かない。\n至急、確認希望", row["status"], row["by"]])
    head = ["受付番号", "受付日時", "契約者番号", "問合せ区分", "緊急度", "問合せ内容", "対応状況", "対応者"]
    return File("問合せ台帳.csv", table([head, *rows], encoding="cp932"), {"問合せ台帳": Wanted(
        keyed("契約者番号", interactions={"date": "受付日時", "kind": "問合せ区分", "priority": "緊急度", "status": "対応状況",
                                    "by": "対応者", "note": "問合せ内容"}), {"interactions": wanted})})


@case("notes of meetings: 面談日, 面談形式, 議事", part="held out")
def meetings(r: random.Random) -> File:
    rows, wanted = [], []
    for _ in range(14):
        row = {"customer_id": r.choice(("丸三運輸", "東雲ホテル", "ベル薬局")), "date": day(r), "kind": r.choice(("訪問", "Web", "電話"))}
        wanted.append(row)
        rows.append([kanji(row["date"]), row["customer_id"], row["kind"], "利用状況の確認", "長谷川"])
    return File("定例会記録.xlsx", workbook({"定例会": [["面談日", "訪問先", "面談形式", "議事", "弊社担当"], *rows]}), {"定例会": Wanted(
        keyed("訪問先", interactions={"date": "面談日", "kind": "面談形式", "note": "議事", "by": "弊社担当"}),
        {"interactions": wanted}, may=("訪問先",))})


@case("a CSM's rating of five by month", part="held out")
def ratings_by_csm(r: random.Random) -> File:
    wanted = [{"customer_id": f"F{r.randint(1, 20):03d}", "date": day(r), "value": r.randint(1, 5)} for _ in range(16)]
    rows = [[slash(row["date"]), row["customer_id"], row["value"], "横田", "要注意"] for row in wanted]
    head = ["評価日", "顧客CD", "CSM評価(1～5)", "評価者", "評価コメント"]
    return File("ヘルス評価.csv", table([head, *rows]), {"ヘルス評価": Wanted(
        keyed("顧客CD", pulse={"date": "評価日", "value": "CSM評価(1～5)", "by": "評価者", "note": "評価コメント"}),
        {"pulse": wanted})})


@case("a list of customers with what they are, no money and no contract", part="held out")
def list_of_customers(r: random.Random) -> File:
    given = lives(r, 10, "{:05d}")
    rows = [[life.id, life.name, "カナ", r.choice(("医療", "教育")), r.randint(10, 900), r.choice(("ハイタッチ", "テックタッチ")), "西尾"]
            for life in given]
    head = ["管理No.", "法人名", "法人名カナ", "業界", "従業員数", "支援モデル", "カスタマーサクセス担当"]
    return File("顧客リスト.csv", table([head, *rows], encoding="euc_jp"), {"顧客リスト": Wanted(
        keyed("管理No.", customers={"customer_name": "法人名", "furigana": "法人名カナ", "touch_model": "支援モデル",
                                  "owner": "カスタマーサクセス担当"}),
        {"customers": [{"customer_id": life.id, "customer_name": life.name} for life in given]})})
