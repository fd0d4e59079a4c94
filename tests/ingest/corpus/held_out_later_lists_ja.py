"""Held out later: surveys, logs, steps, visits and reasons as Japanese companies of further trades keep them."""

from __future__ import annotations

import datetime as dt
import random

from tests.ingest.corpus.cases import File, Wanted, case, keyed
from tests.ingest.corpus.lives import lives
from tests.ingest.corpus.writing import kanji, short_era, slash, table, workbook

WORDS = ("非常に不満", "不満", "普通", "満足", "非常に満足")
WEEKDAYS = "月火水木金土日"


def day(r: random.Random, year: int = 2025) -> dt.date:
    return dt.date(year, 1, 1) + dt.timedelta(r.randint(0, 170))


@case("steps across with days, 未 for not yet, the nursery by 園コード (nurseries)", part="held out later")
def nurseries_going_live(r: random.Random) -> File:
    steps = ("キックオフ", "初期設定", "保護者アカウント配布", "本番稼働")
    rows, wanted = [], []
    for life in lives(r, 10, "EN{:03d}"):
        done, on = r.randint(1, 4), day(r)
        days = [on + dt.timedelta(14 * at) for at in range(done)]
        rows.append([life.id, life.name, *map(slash, days), *["未"] * (4 - done)])
        wanted += [{"customer_id": life.id, "milestone": step, "completed_on": when}
                   for step, when in zip(steps, days, strict=False)]
    above = [["導入進捗管理表(保育園)"], ["※未完了の項目は「未」と記入"], []]
    return File("導入進捗.xlsx", workbook({"導入進捗": [*above, ["園コード", "園名", *steps], *rows]}), {"導入進捗": Wanted(
        keyed("園コード", customers={"customer_name": "園名"}), {"milestones": wanted}, header_row=4,
        milestones={step: step for step in steps}, may=("園コード", *steps))})


@case("documents sent by month: 企業ID, 年月, 送信件数 (signing of contracts)", part="held out later")
def documents_sent(r: random.Random) -> File:
    rows, wanted = [], []
    for at in range(1, 7):
        for month in (1, 2, 3):
            count = r.randint(3, 400)
            rows.append([f"ES{at:05d}", f"2025/{month:02d}", count])
            wanted.append({"customer_id": f"ES{at:05d}", "count": count})
    return File("送信件数_月次.csv", table([["企業ID", "年月", "送信件数"], *rows]), {"送信件数_月次": Wanted(
        keyed("企業ID", usage={"date": "年月", "count": "送信件数"}), {"usage": wanted})})


@case("answers of a form: タイムスタンプ, 総合満足度 in five words, ご意見 (school lunches)", part="held out later")
def lunch_answers(r: random.Random) -> File:
    rows, wanted = [], []
    for at in range(1, 15):
        on, score, opinion = day(r), r.randint(1, 5), r.choice((None, "献立表の印刷が簡単になった", "アレルギー確認が不便"))
        rows.append([f"{slash(on)} {r.randint(9, 17)}:05:22", f"給食センター{at:02d}", WORDS[score - 1], opinion])
        wanted.append({"customer_id": f"給食センター{at:02d}", "answered_on": on, "kind": "csat", "score": score,
                       "comment": opinion})
    head = ["タイムスタンプ", "施設名", "総合満足度", "ご意見・ご要望"]
    return File("満足度アンケート(回答).csv", table([head, *rows]), {"満足度アンケート(回答)": Wanted(
        keyed("施設名", surveys={"answered_on": "タイムスタンプ", "comment": "ご意見・ご要望"}), {"surveys": wanted},
        may=("施設名", "総合満足度"))})


@case("lorries that left: 解約受付日 beside 解約日, 解約理由, 乗換先, 2025年4月1日 (drive recorders)", part="held out later")
def drive_recorders_returned(r: random.Random) -> File:
    rows, wanted = [], []
    for life in lives(r, 11, "DR-{:04d}"):
        told = day(r)
        left, reason = told + dt.timedelta(30), r.choice(("価格", "車両の減少", "他社へ乗換", "廃業"))
        rows.append([life.id, life.name, kanji(told), kanji(left), reason, "B社" if reason == "他社へ乗換" else "-"])
        wanted.append({"customer_id": life.id, "cancelled_on": left, "reason": reason})
    head = ["顧客コード", "運送会社名", "解約受付日", "解約日", "解約理由", "乗換先"]
    return File("解約管理.xlsx", workbook({"2025年解約": [head, *rows]}), {"2025年解約": Wanted(
        keyed("顧客コード", cancellations={"cancelled_on": "解約日", "reason": "解約理由"}), {"cancellations": wanted},
        may=("顧客コード", "運送会社名", "解約日", "乗換先"))})


@case("visits on 2025/06/03(火), how, by whom, what was said (coach companies)", part="held out later")
def visits_to_coaches(r: random.Random) -> File:
    rows, wanted = [], []
    for _ in range(13):
        on, name, kind = day(r), r.choice(("はやぶさ観光", "みなと交通", "山路バス")), r.choice(("訪問", "電話", "Web会議"))
        by, note = r.choice(("石井", "久保")), r.choice(("配車表の操作説明", "増車の相談", "請求書の問合せ"))
        rows.append([f"{on:%Y/%m/%d}({WEEKDAYS[on.weekday()]})", name, kind, by, note])
        wanted.append({"customer_id": name, "date": on, "kind": kind, "by": by, "note": note})
    head = ["対応日", "顧客名", "対応方法", "対応者", "対応内容"]
    return File("対応履歴.xlsx", workbook({"対応履歴": [head, *rows]}), {"対応履歴": Wanted(
        keyed("顧客名", interactions={"date": "対応日", "kind": "対応方法", "by": "対応者", "note": "対応内容"}),
        {"interactions": wanted}, may=("顧客名",))})


@case("what the CSM thinks, 1 to 5, R7.4.1, two sheets of one kind (fishing cooperatives)", part="held out later")
def cooperatives_felt(r: random.Random) -> File:
    sheets, wanted = {}, {}
    head = ["記入日", "組合コード", "組合名", "担当者所感(5段階)", "コメント", "記入者"]
    for name in ("東日本", "西日本"):
        rows, values = [], []
        for at in range(1, 8):
            on, value, note = day(r), r.randint(1, 5), r.choice((None, "利用が減っている", "他組合を紹介いただいた"))
            id_ = f"{name[0]}{at:02d}"
            rows.append([short_era(on), id_, f"{name}第{at}漁協", value, note, "本多"])
            values.append({"customer_id": id_, "date": on, "value": value, "note": note, "by": "本多"})
        sheets[name] = [head, *rows]
        wanted[name] = Wanted(keyed("組合コード", pulse={"date": "記入日", "value": "担当者所感(5段階)", "note": "コメント",
                                                    "by": "記入者"}),
                              {"pulse": values}, may=("組合コード", "組合名"))
    return File("担当者所感.xlsx", workbook(sheets), wanted)
