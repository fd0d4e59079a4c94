"""Held out after all: eight files of the stranger, written after both rounds of mending, to see what those are worth."""

from __future__ import annotations

import datetime as dt
import random

from tests.ingest.corpus.cases import File, Wanted, case, keyed
from tests.ingest.corpus.held_out_layouts_ja import stretches
from tests.ingest.corpus.lives import EN_FIRST, JA_FIRST, contracts, lives
from tests.ingest.corpus.writing import american, blank, comma, kanji, short_era, slash, table, workbook

AFTER = "held out after all"


@case("寄託者 and 倉庫 space: 契約開始年月日 in R6.4.1, 解約年月日, 保管料(月額), 坪数 (warehouses)", part=AFTER)
def depositors(r: random.Random) -> File:
    given = lives(r, 12, "D{:04d}")
    rows = [[life.id, life.name, r.randint(10, 300), short_era(life.start), blank(short_era, "－")(life.end), comma(life.mrr)] for life in given]
    total = ["合計", None, sum(row[2] for row in rows), None, None, comma(sum(life.mrr for life in given))]
    head = ["寄託者番号", "寄託者", "坪数", "契約開始年月日", "解約年月日", "保管料(月額)"]
    return File("寄託契約.xlsx", workbook({"寄託": [["寄託契約一覧表"], ["単位:円"], head, *rows, total]}), {"寄託": Wanted(
        keyed("寄託者番号", customers={"customer_name": "寄託者"}, subscriptions={
            "start_date": "契約開始年月日", "end_date": "解約年月日", "mrr": "保管料(月額)"}),
        {"subscriptions": contracts(given)}, header_row=3, may=("契約開始年月日", "解約年月日"))})


@case("送迎 bookings a month for each 園: 園, 4月 to 6月 under 2025年度, 月平均 at the right (kindergarten buses)", part=AFTER)
def buses(r: random.Random) -> File:
    rows, wanted = [], []
    for at in range(1, 9):
        counts = [r.randint(5, 400) for _ in range(3)]
        rows.append([f"{JA_FIRST[at]}幼稚園", *counts, round(sum(counts) / 3, 1)])
        wanted += [{"customer_id": f"{JA_FIRST[at]}幼稚園", "count": count} for count in counts]
    head = [["園", "2025年度 予約件数", None, None, "月平均"], [None, "4月", "5月", "6月", None]]
    data = workbook({"予約件数": [["送迎予約 利用状況"], *head, *rows]}, merged={"予約件数": ["A2:A3", "B2:D2", "E2:E3"]})
    return File("送迎予約_利用状況.xlsx", data, {"予約件数": Wanted(
        keyed("園", usage={}), {"usage": wanted}, header_levels=2, months_of="usage.count",
        months={f"2025年度 予約件数 {month}月": f"2025-{month:02d}" for month in (4, 5, 6)}, may=("園",))})


@case("tickets in cp932: 受付番号, 受付日時, 利用施設, 問合せ区分, 緊急度, 回答者, 完了 (nursing call systems)", part=AFTER)
def nurse_calls(r: random.Random) -> File:
    rows, wanted = [], []
    for at in range(1, 22):
        day, name, kind = dt.date(2025, r.randint(1, 6), r.randint(1, 28)), r.choice(("みどり園", "やすらぎ荘", "ひだまりの家", "青空苑")), \
            r.choice(("操作方法", "故障", "請求"))
        urgency, state = r.choice(("高", "中", "低")), r.choice(("完了", "対応中"))
        rows.append([f"Q{at:05d}", f"{slash(day)} 9:{r.randint(10, 59)}", name, kind, urgency, r.choice(("原", "辻")), state])
        wanted.append({"customer_id": name, "date": day, "kind": kind, "priority": urgency, "status": state})
    head = ["受付番号", "受付日時", "利用施設", "問合せ区分", "緊急度", "回答者", "対応状況"]
    return File("問合せ台帳.csv", table([head, *rows], encoding="cp932"), {"問合せ台帳": Wanted(
        keyed("利用施設", interactions={"date": "受付日時", "kind": "問合せ区分", "priority": "緊急度", "status": "対応状況"}),
        {"interactions": wanted}, may=("利用施設", "回答者"))})


@case("two sheets: 導入店 with 導入日, 撤去日, リース料/月; 満足度 with 店 in words of five (karaoke)", part=AFTER)
def karaoke(r: random.Random) -> File:
    given = lives(r, 11, "{:05d}")
    words = ("非常に不満", "不満", "普通", "満足", "非常に満足")
    rows = [[life.id, f"カラオケ{JA_FIRST[at]}店", slash(life.start), blank(slash, "")(life.end), life.mrr, r.choice(("A型", "B型"))]
            for at, life in enumerate(given)]
    answers, wanted = [], []
    for _ in range(12):
        at, score, day = r.randrange(11), r.randint(1, 5), dt.date(2025, r.randint(1, 6), r.randint(1, 28))
        answers.append([slash(day), given[at].id, words[score - 1], r.choice(("曲が多い", "", "音が途切れる"))])
        wanted.append({"customer_id": given[at].id, "answered_on": day, "score": score, "kind": "csat"})
    data = workbook({"導入店": [["導入店No.", "導入店", "導入日", "撤去日", "リース料/月", "機種"], *rows],
                     "満足度": [["調査日", "導入店No.", "総合満足度", "ご意見"], *answers]})
    return File("カラオケ.xlsx", data, {
        "導入店": Wanted(keyed("導入店No.", customers={"customer_name": "導入店"}, subscriptions={
            "start_date": "導入日", "end_date": "撤去日", "mrr": "リース料/月"}), {"subscriptions": contracts(given)},
            may=("導入日", "撤去日", "機種")),
        "満足度": Wanted(keyed("導入店No.", surveys={"answered_on": "調査日", "score": "総合満足度", "comment": "ご意見"}),
                      {"surveys": wanted}, may=("総合満足度",))})


@case("US: Dealership, Rooftop ID, Go-live, Cancel effective, Monthly $, AE, term months (car dealers)", part=AFTER)
def dealerships(r: random.Random) -> File:
    given = lives(r, 13, "RT-{:04d}", "en", round_to=10)
    places = [f"{name} Motors" for name in EN_FIRST]
    rows = [[place, life.id, american(life.start), blank(american, "")(life.end), f"${life.mrr:,}", r.choice(("Kay", "Ron")), 36]
            for life, place in zip(given, places, strict=False)]
    head = ["Dealership", "Rooftop ID", "Launch date", "Cancel effective", "Monthly $", "AE", "Initial term (mo)"]
    return File("rooftops.csv", table([head, *rows]), {"rooftops": Wanted(
        keyed("Rooftop ID", customers={"customer_name": "Dealership"}, subscriptions={
            "start_date": "Launch date", "end_date": "Cancel effective", "mrr": "Monthly $"}),
        {"subscriptions": contracts(given)}, may=("Launch date", "Cancel effective", "AE"))})


@case("UK: Lost clubs with Club, Left on, Why, Value lost pcm; dates as 3 Feb 2025 (leisure)", part=AFTER)
def lost_clubs(r: random.Random) -> File:
    rows, wanted = [], []
    for name in EN_FIRST[:11]:
        day, why = dt.date(2025, r.randint(1, 6), r.randint(1, 28)), r.choice(("Price", "Closed down", "Went to rival"))
        rows.append([f"{name} Rowing Club", f"{day.day} {day:%b %Y}", why, f"£{r.randint(40, 400)}"])
        wanted.append({"customer_id": f"{name} Rowing Club", "cancelled_on": day, "reason": why})
    head = ["Club", "Left on", "Why", "Value lost pcm"]
    return File("Lost clubs 2025.xlsx", workbook({"Lost": [["Clubs lost this year"], head, *rows]}), {"Lost": Wanted(
        keyed("Club", cancellations={"cancelled_on": "Left on", "reason": "Why"}), {"cancellations": wanted},
        header_row=2, may=("Club", "Left on"))})


@case("India: a row a month, Month as Apr-25, Hospital, Licences, Billed (Rs.) as 1,20,000/-; Sub-total rows (hospitals)",
      part=AFTER)
def hospitals(r: random.Random) -> File:
    months = [dt.date(2025, month, 1) for month in (4, 5, 6)]
    given = {f"{name} Hospital": [r.randint(80, 300) * 1000] * (2 if at == 3 else 3) + [0] * (at == 3) for at, name in enumerate(EN_FIRST[:8])}
    rows = []
    for at, month in enumerate(months):
        billed = [(name, fees[at]) for name, fees in given.items() if fees[at]]
        rows += [[f"{month:%b-%y}", name, r.choice(("Pune", "Surat")), f"{fee // 100000},{fee % 100000 // 1000:02d},000/-" if fee >= 100000
                  else f"{fee:,}/-"] for name, fee in billed]
        rows.append([f"Sub-total {month:%b}", None, None, f"{sum(fee for _, fee in billed):,}/-"])
    head = ["Month", "Hospital", "City", "Billed (Rs.)"]
    return File("billing register.xlsx", workbook({"Register": [head, *rows]}), {"Register": Wanted(
        keyed("Hospital", customers={"customer_name": "Hospital"}, subscriptions={"start_date": "Month", "mrr": "Billed (Rs.)"}),
        {"subscriptions": stretches(given, months)}, shape="monthly_long", may=("Month", "Hospital"))})


@case("a snapshot: 劇団 without id, 契約からの月数, 契約の有無 as ○ or ×, 月額 in 千円 by the title (ticketing)", part=AFTER)
def theatres(r: random.Random) -> File:
    given = [(f"劇団{name}", r.randint(1, 80), r.random() < 0.3, r.randint(5, 40)) for name in JA_FIRST[:16]]
    rows = [[name, months, "解約済" if left else "利用中", fee] for name, months, left, fee in given]
    head = ["劇団", "契約からの月数", "いまの状況", "月額"]
    return File("劇団.xlsx", workbook({"現況": [["劇団一覧(単位:千円)", None, None, kanji(dt.date(2025, 6, 30))], head, *rows]}), {"現況": Wanted(
        keyed("劇団", customers={"customer_name": "劇団", "tenure_months": "契約からの月数", "has_left": "いまの状況"},
              subscriptions={"mrr": "月額"}),
        {"customers": [{"customer_id": row[0], "tenure_months": row[1], "has_left": row[2]} for row in given]},
        shape="snapshot", header_row=2)})
