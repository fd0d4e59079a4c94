"""Shapes of sheets about what customers do and say, to be drawn by `generated_sheets`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from tests.ingest.corpus.lives import Life
from tests.ingest.generated_contracts import REASONS, SAID
from tests.ingest.generated_sheets import PEOPLE, Draw, Drawn, Filled, Language, headers

Words = dict[Language, tuple[str, ...]]
FEATURES: Words = {"ja": ("ダッシュボード", "CSV出力", "レポート", "通知"), "en": ("Dashboard", "Export", "Reports", "Alerts")}
CALLS: Words = {"ja": ("定例会", "QBR", "電話", "訪問"), "en": ("QBR", "Check-in call", "Training", "Email")}
PRIORITIES: Words = {"ja": ("高", "中", "低"), "en": ("High", "Medium", "Low")}
STATES: Words = {"ja": ("対応中", "完了", "保留"), "en": ("Open", "Closed", "Pending")}
SUBJECTS: Words = {"ja": ("CSV出力でエラーが出る", "宛名を変更したい", "権限の設定方法を知りたい"),
                   "en": ("Export fails above 10,000 rows", "Invoice address is wrong", "Asked how to add two users")}
STEPS: Words = {"ja": ("キックオフ", "初期設定", "データ移行", "管理者研修"), "en": ("Kickoff", "Data import", "Admin training", "Go live")}
SATISFIED = {"ja": (("非常に満足", 5), ("満足", 4), ("普通", 3), ("不満", 2)),
             "en": (("Very satisfied", 5), ("Satisfied", 4), ("Neutral", 3), ("Dissatisfied", 2))}
UNKNOWN: Words = {"ja": ("ほげ", "ムニャ", "ケロリ"), "en": ("Zorbel", "Brimmel", "Fendle")}
"""Headers that nobody knows."""


def usage_log(draw: Draw) -> Drawn:
    """Use by day: how often, or how long, or of what."""
    given, rows, columns = _rows(draw, "usage", "usage.date")
    r, count = draw.r, len(given)
    columns += [_fed(draw, rows, place, cells) for place, cells in r.sample([
        ("usage.count", [r.randint(1, 90) for _ in given]), ("usage.user_id", [f"u{r.randint(1, 40):03d}" for _ in given]),
        ("usage.feature", draw.among(FEATURES[draw.language], count))], r.randint(1, 3))]
    return Drawn(columns, {"usage": rows}, ("利用ログ", "アクセス履歴") if draw.language == "ja" else ("Usage", "usage_log"))


def ticket_list(draw: Draw) -> Drawn:
    """Tickets with priority, and two or more of status, agent and subject."""
    given, rows, columns = _rows(draw, "interactions", "interactions.date")
    columns.append(_fed(draw, rows, "interactions.priority", draw.among(PRIORITIES[draw.language], len(given))))
    columns += [_fed(draw, rows, place, draw.among(words[draw.language], len(given))) for place, words in draw.r.sample([
        ("interactions.status", STATES), ("interactions.by", PEOPLE), ("interactions.note", SUBJECTS)], 2)]
    return Drawn(columns, {"interactions": rows}, ("問い合わせ", "チケット一覧") if draw.language == "ja" else ("Tickets", "Support"))


def meeting_log(draw: Draw) -> Drawn:
    """Meetings and calls, of which kind and by whom."""
    given, rows, columns = _rows(draw, "interactions", "interactions.date")
    columns += [_fed(draw, rows, place, draw.among(words[draw.language], len(given)))
                for place, words in (("interactions.kind", CALLS), ("interactions.by", PEOPLE))]
    return Drawn(columns, {"interactions": rows}, ("面談記録", "MTGログ") if draw.language == "ja" else ("Meetings", "Call log"))


def answers(draw: Draw) -> Drawn:
    """Answers in numbers or in words, with what was said."""
    given, rows, columns = _rows(draw, "surveys", "surveys.answered_on")
    if draw.r.random() < 0.4:
        said = draw.among(SATISFIED[draw.language], len(given))
        columns.append(_fed(draw, rows, "surveys.score", [score for _word, score in said], [word for word, _score in said]))
    else:
        columns.append(_fed(draw, rows, "surveys.score", [draw.r.randint(1, 5) for _ in given]))
    columns.append(_fed(draw, rows, "surveys.comment", draw.among(SAID[draw.language], len(given))))
    return Drawn(columns, {"surveys": rows}, ("アンケート", "満足度調査") if draw.language == "ja" else ("CSAT", "Survey"))


def step_rows(draw: Draw) -> Drawn:
    """A row per step of the onboarding that is done."""
    given, rows, columns = _rows(draw, "milestones", "milestones.completed_on")
    columns.append(_fed(draw, rows, "milestones.milestone", draw.among(STEPS[draw.language], len(given))))
    return Drawn(columns, {"milestones": rows}, ("オンボーディング", "導入進捗") if draw.language == "ja" else ("Onboarding", "Tracker"))


def farewells(draw: Draw) -> Drawn:
    """Who left on which day, and why; no contract."""
    given, rows, columns = _rows(draw, "cancellations", "cancellations.cancelled_on|subscriptions.end_date", is_once=True)
    columns.append(_fed(draw, rows, "cancellations.reason", draw.among(REASONS[draw.language], len(given))))
    return Drawn(columns, {"cancellations": rows}, ("解約", "解約一覧") if draw.language == "ja" else ("Churn", "Cancellations"))


def pulse_list(draw: Draw) -> Drawn:
    """What a CSM makes of each customer, 1 to 5."""
    given, rows, columns = _rows(draw, "pulse", "pulse.date")
    columns.append(_fed(draw, rows, "pulse.value", [draw.r.randint(1, 5) for _ in given]))
    return Drawn(columns, {"pulse": rows}, ("所感", "温度感") if draw.language == "ja" else ("Pulse", "CSM pulse"))


def strange_day(draw: Draw) -> Drawn:
    """One of the others, with a day that its header does not tell."""
    drawn = draw.r.choice((usage_log, ticket_list, answers, step_rows, pulse_list))(draw)
    table = next(iter(drawn.tables))
    days = {f"{table}.{name}" for name in ("date", "answered_on", "completed_on")}
    named = [Filled(draw.r.choice(UNKNOWN[draw.language]), one.cells, one.places) if days & set(one.places) else one
             for one in drawn.columns]
    return Drawn(named, drawn.tables, drawn.names)


KNOWN = (usage_log, ticket_list, meeting_log, answers, step_rows, farewells, pulse_list)
SHAPES = (*KNOWN, strange_day)


def _rows(draw: Draw, table: str, day: str, is_once: bool = False
          ) -> tuple[list[Life], list[dict[str, Any]], list[Filled]]:
    """Rows in order of their days, each of some customer, and the columns of both; by its id or by its name."""
    lived = draw.lives()
    given = lived if is_once else [draw.r.choice(lived[:7]) for _ in lived]
    days = sorted(dt.date(2025, 1, 6) + dt.timedelta(draw.r.randint(0, 150)) for _ in given)
    by_name = draw.r.random() < 0.5
    keys = [life.name if by_name else life.id for life in given]
    who = draw.column("customers.customer_name" if by_name else "customers.customer_id", keys)
    written = draw.days(day, days)
    field = day.split("|")[0]
    rows = [{"customer_id": key, field.split(".")[1]: when} for key, when in zip(keys, days, strict=True)]
    return given, rows, [Filled(who.header, who.cells, (f"{table}.customer_id",), is_free=True),
                         Filled(written.header, written.cells, (field,), is_free=True)]


def _fed(draw: Draw, rows: list[dict[str, Any]], place: str, values: Sequence[Any], cells: Sequence[Any] | None = None
         ) -> Filled:
    """A column for a field, whose values the rows are to have."""
    for row, value in zip(rows, values, strict=True):
        row[place.split(".")[1]] = value
    several = next((one for one in headers(draw.language) if place in one.split("|")), place)
    return Filled(draw.header(place if place in headers(draw.language) else several), cells or values, (place,))
