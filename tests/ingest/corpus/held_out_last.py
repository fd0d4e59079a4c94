"""Held out last: ten files more of the stranger, written after the mending for the first twenty and before any result."""

from __future__ import annotations

import datetime as dt
import random

from tests.ingest.corpus.cases import File, Wanted, case, keyed
from tests.ingest.corpus.held_out_layouts_ja import stretches
from tests.ingest.corpus.lives import EN_FIRST, JA_FIRST, contracts, lives
from tests.ingest.corpus.writing import blank, comma, era, european, european_number, slash, table, workbook

LAST = "held out last"


@case("入居企業 by 区画, 入居日 in 令和, 退去日, 利用料 a month with 円; a sheet on why they left (coworking)", part=LAST)
def coworking(r: random.Random) -> File:
    given = lives(r, 12, "{}")
    rows = [[f"{r.randint(2, 9)}F-{life.id}", life.name, r.choice(("固定席", "個室", "フリー席")), era(life.start),
             blank(era, "")(life.end), f"{life.mrr:,}円"] for life in given]
    wanted = [row | {"customer_id": life.name} for row, life in zip(contracts(given), given, strict=True)]
    left = [life for life in given if life.end]
    reasons = [[life.name, era(life.end or life.start), r.choice(("手狭になった", "在宅へ移行", "料金")), None] for life in left]
    data = workbook({"入居": [["入居企業管理表"], ["区画", "入居企業", "席種", "入居日", "退去日", "月額利用料"], *rows],
                     "退去理由": [["入居企業", "退去日", "退去理由", "備考"], *reasons]})
    return File("コワーキング入居.xlsx", data, {
        "入居": Wanted(keyed("入居企業", customers={"customer_name": "入居企業"}, subscriptions={
            "start_date": "入居日", "end_date": "退去日", "mrr": "月額利用料"}), {"subscriptions": wanted}, header_row=2,
            may=("入居日", "退去日", "席種")),
        "退去理由": Wanted(keyed("入居企業", cancellations={"cancelled_on": "退去日", "reason": "退去理由"}), {"cancellations": [
            {"customer_id": row[0], "cancelled_on": life.end, "reason": row[2]}
            for row, life in zip(reasons, left, strict=True)]}, may=("入居企業", "退去日", "備考"))})


@case("each month over 台数 and 金額, 千円, 計 below (fleets)", part=LAST)
def fleets(r: random.Random) -> File:
    months = [dt.date(2025, month, 1) for month in range(1, 5)]
    given, rows = {}, []
    for at in range(1, 9):
        cars, first, stop = r.randint(3, 60), r.choice((0, 0, 1)), r.choice((4, 4, 3))
        given[f"U{at:03d}"] = [cars * 2000 if first <= month < stop else 0 for month in range(4)]
        cells = [cell for fee in given[f"U{at:03d}"] for cell in ((cars, fee // 1000) if fee else (None, None))]
        rows.append([f"U{at:03d}", f"{JA_FIRST[at]}運輸", *cells])
    total = ["計", None, *(sum(row[at] or 0 for row in rows) for at in range(2, 10))]
    head = [["運送会社CD", "運送会社", *(cell for month in months for cell in (f"2025年{month.month}月", None))],
            [None, None, *(["台数", "金額(千円)"] * 4)]]
    data = workbook({"請求実績": [*head, *rows, total]}, merged={"請求実績": ["A1:A2", "B1:B2", "C1:D1", "E1:F1", "G1:H1", "I1:J1"]})
    return File("車載端末_請求実績.xlsx", data, {"請求実績": Wanted(
        keyed("運送会社CD", customers={"customer_name": "運送会社"}, subscriptions={}),
        {"subscriptions": stretches(given, months)}, shape="monthly_wide", header_levels=2,
        months={f"2025年{month.month}月 金額(千円)": f"{month:%Y-%m}" for month in months})})


@case("a log in cp932: 受講日時, 受講企業, 社員番号, 講座名, 視聴分 (e-learning)", part=LAST)
def lessons_seen(r: random.Random) -> File:
    rows, wanted = [], []
    firms = ("北海テック", "東洋ガス設備", "みどり信用金庫", "白山フーズ")
    for _ in range(25):
        day, firm, staff, lesson, minutes = dt.date(2025, r.randint(1, 6), r.randint(1, 28)), r.choice(firms), \
            f"{r.randint(1, 60):05d}", r.choice(("情報セキュリティ", "ハラスメント防止", "個人情報保護")), r.randint(1, 45)
        rows.append([f"{slash(day)} {r.randint(8, 20):02d}:{r.randint(0, 59):02d}", firm, staff, lesson, minutes])
        wanted.append({"customer_id": firm, "date": day, "feature": lesson, "minutes": minutes})
    head = ["受講日時", "受講企業", "社員番号", "講座名", "視聴分"]
    return File("受講履歴.csv", table([head, *rows], encoding="cp932"), {"受講履歴": Wanted(
        keyed("受講企業", usage={"date": "受講日時", "feature": "講座名", "minutes": "視聴分"}), {"usage": wanted},
        may=("受講企業", "社員番号"))})


@case("no id: 動物病院, 導入からの年数, 現況 as ご利用中 or ご解約, 月々の利用料, 推奨度 (vets)", part=LAST)
def vets(r: random.Random) -> File:
    given = [(f"{name}動物病院", r.randint(1, 9), r.random() < 0.35, r.randint(8, 30) * 1000, r.randint(0, 10)) for name in JA_FIRST[:18]]
    rows = [[name, years, "ご解約" if left else "ご利用中", comma(fee), score] for name, years, left, fee, score in given]
    head = ["動物病院", "ご利用年数", "現況", "月々の利用料(円)", "推奨度(0〜10)"]
    return File("動物病院一覧.xlsx", workbook({"全件": [["予約システム 動物病院一覧"], [], head, *rows]}), {"全件": Wanted(
        keyed("動物病院", customers={"customer_name": "動物病院", "tenure_months": "ご利用年数", "has_left": "現況"},
              subscriptions={"mrr": "月々の利用料(円)"}, surveys={"score": "推奨度(0〜10)"}),
        {"customers": [{"customer_id": row[0], "tenure_months": row[1] * 12, "has_left": row[2]} for row in given],
         "surveys": [{"customer_id": row[0], "score": row[4], "kind": "nps"} for row in given]},
        shape="snapshot", header_row=3, may=("推奨度(0〜10)",))})


@case("納品先 beside 請求先, 初回納品日, 停止日, 1か月あたり金額, ルート担当 (office coffee)", part=LAST)
def office_coffee(r: random.Random) -> File:
    given = lives(r, 13, "{:05d}")
    rows = [[life.id, life.name, "本社一括" if r.random() < 0.3 else "同左", r.choice(("月曜便", "木曜便")), r.choice(("沢田", "野口", "堀")),
             slash(life.start), blank(slash, "-")(life.end), life.mrr] for life in given]
    head = ["納品先コード", "納品先", "請求先", "便", "ルート担当", "初回納品日", "停止日", "1か月あたり金額"]
    return File("納品先マスタ.csv", table([head, *rows]), {"納品先マスタ": Wanted(
        keyed("納品先コード", customers={"customer_name": "納品先", "owner": "ルート担当"}, subscriptions={
            "start_date": "初回納品日", "end_date": "停止日", "mrr": "1か月あたり金額"}),
        {"subscriptions": contracts(given), "customers": [
            {"customer_id": row[0], "customer_name": row[1]} for row in rows]},
        may=("初回納品日", "停止日", "便", "請求先"))})


@case("US: Congregation, Denomination, With us since, Departed, $ / month as $49.00, Pastor's e-mail (churches)", part=LAST)
def congregations(r: random.Random) -> File:
    rows, wanted = [], []
    for life in lives(r, 13, language="en", round_to=1):
        name, fee = f"{life.name.split()[0]} {r.choice(('Baptist', 'Lutheran'))} Church", life.mrr + 0.99
        if any(row[0] == name for row in rows):
            continue
        rows.append([name, r.choice(("Baptist", "Lutheran")), life.start, life.end, f"${fee:.2f}",
                     f"pastor@{life.name.split()[0].casefold()}.org"])
        wanted.append({"customer_id": name, "start_date": life.start, "end_date": life.end, "mrr": fee})
    head = ["Congregation", "Denomination", "With us since", "Departed", "$ / month", "Pastor's e-mail"]
    return File("congregations.xlsx", workbook({"List": [head, *rows]}), {"List": Wanted(
        keyed("Congregation", customers={"customer_name": "Congregation"}, subscriptions={
            "start_date": "With us since", "end_date": "Departed", "mrr": "$ / month"}),
        {"subscriptions": wanted}, may=("With us since", "Departed"))})


@case("UK: Chambers, Responded on as 3/6/2025, Score out of 10, What could we do better?, tenant's name (lawyers)", part=LAST)
def chambers_answers(r: random.Random) -> File:
    rows, wanted = [], []
    for at in range(16):
        name, score, words = f"{EN_FIRST[at % 9]} Chambers", r.randint(2, 10), r.choice(("Faster search", "", "All good"))
        day = dt.date(2025, r.randint(1, 6), r.randint(13, 28))
        rows.append([name, european(day), score, words])
        wanted.append({"customer_id": name, "answered_on": day, "score": score, "comment": words or None})
    head = ["Chambers", "Responded on", "NPS (out of 10)", "What could we do better?"]
    return File("pulse survey.csv", table([["NPS spring 2025"], head, *rows]), {"pulse survey": Wanted(
        keyed("Chambers", surveys={"answered_on": "Responded on", "score": "NPS (out of 10)", "comment": "What could we do better?"}),
        {"surveys": wanted}, may=("Chambers", "NPS (out of 10)"))})


@case("Germany: Plant key, Plant, Live from, Notice received, Terminated as of, Yearly fee EUR as 1.200,00 (energy)", part=LAST)
def plants(r: random.Random) -> File:
    rows, wanted = [], []
    for life in lives(r, 13, "PL{:03d}", "en", round_to=12):
        told = life.end and life.end - dt.timedelta(90)
        rows.append([life.id, f"{life.name.split()[0]} Kraftwerk", f"{life.start:%d.%m.%Y}", f"{told:%d.%m.%Y}" if told else "",
                     f"{life.end:%d.%m.%Y}" if life.end else "", european_number(life.mrr * 12)])
        wanted.append({"customer_id": life.id, "start_date": life.start, "end_date": life.end, "mrr": life.mrr})
    head = ["Plant key", "Plant", "Live from", "Notice received", "Terminated as of", "Yearly fee EUR"]
    return File("plants.csv", table([head, *rows], ";", "cp1252"), {"plants": Wanted(
        keyed("Plant key", customers={"customer_name": "Plant"}, subscriptions={
            "start_date": "Live from", "end_date": "Terminated as of", "amount": "Yearly fee EUR"}),
        {"subscriptions": wanted}, may=("Live from", "Terminated as of"))})


@case("India: steps across, days as 17/04/2025, Pending for not yet, Zone and Relationship manager (school ERP)", part=LAST)
def school_erp(r: random.Random) -> File:
    steps = ("Agreement signed", "Data migrated", "Staff trained", "Fees module live")
    rows, wanted = [], []
    for at, name in enumerate(EN_FIRST[:11], start=1):
        done, first = r.randint(1, 4), dt.date(2025, r.randint(1, 4), r.randint(13, 28))
        on = [first + dt.timedelta(15 * step) for step in range(done)]
        rows.append([f"SCH{at:04d}", f"{name} Public School", r.choice(("North", "South")), r.choice(("Anil", "Meera")),
                     *(f"{day:%d/%m/%Y}" for day in on), *["Pending"] * (4 - done)])
        wanted += [{"customer_id": f"SCH{at:04d}", "milestone": step, "completed_on": day} for step, day in zip(steps, on, strict=False)]
    head = ["School code", "School", "Zone", "Relationship manager", *steps]
    return File("Implementation tracker.xlsx", workbook({"Tracker": [["Implementation tracker FY26"], head, *rows]}), {"Tracker": Wanted(
        keyed("School code", customers={"customer_name": "School", "owner": "Relationship manager"}), {"milestones": wanted},
        header_row=2, milestones={step: step for step in steps}, may=("School code", *steps))})


@case("US: months as real days in the header, Change at the right, a last row 'Portfolio' (property groups)", part=LAST)
def property_groups(r: random.Random) -> File:
    months = [dt.date(2025, month, 1) for month in range(1, 7)]
    given = {}
    for at, name in enumerate(EN_FIRST[:9]):
        first, stop, fee = (0 if at < 6 else 2), (6 if at % 4 else 4), r.randint(20, 90) * 25
        given[f"{name} Residential"] = [fee if first <= month < stop else 0 for month in range(6)]
    rows = [[name, r.choice(("TX", "FL")), *(fee or None for fee in fees), fees[-1] - fees[0]] for name, fees in given.items()]
    total = ["Portfolio", None, *(sum(fees[at] for fees in given.values()) for at in range(6)),
             sum(fees[-1] - fees[0] for fees in given.values())]
    head = ["Property group", "State", *months, "Change"]
    data = workbook({"MRR": [["MRR by property group, USD"], [], head, *rows, total]})
    return File("mrr by group.xlsx", data, {"MRR": Wanted(
        keyed("Property group", subscriptions={}), {"subscriptions": stretches(given, months)}, shape="monthly_wide",
        header_row=3, months={f"{month:%Y-%m-%d}": f"{month:%Y-%m}" for month in months}, may=("Property group",))})
