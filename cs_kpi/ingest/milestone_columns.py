"""Columns that stand for one onboarding milestone each, with the day on which a customer completed it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby
from pathlib import PurePath

import pandas as pd

from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.matching import SURE, Scores, assignment
from cs_kpi.ingest.month_names import month_headers
from cs_kpi.ingest.naming.vocabulary import Place, is_known, synonyms
from cs_kpi.ingest.naming.words import nfkc, plain
from cs_kpi.ingest.records import Sheet
from cs_kpi.ingest.steps import steps
from cs_kpi.ingest.values.names import ids
from cs_kpi.tables import TABLES

STEP = re.compile(
    "キックオフ|初期設定|設定完了|設定日|初回|データ(?:移行|投入|取込|連携|登録)|移行|取り?込|連携|本番|稼働|導入|研修|トレーニング|説明会|"
    "アカウント(?:発行|作成|開設)|構築|招待|活用開始|運用開始|利用開始|定着|要件定義|ヒアリング|マスタ|レクチャー|勉強会|引継|ステップ|"
    r"kick[ -]?off|set ?up|configur|import|migrat|train|go[ -]?live|launch|log ?in|invit|integrat|activat|onboard|"
    r"\bstep\b|milestone|complet|sign ?up|verif|confirm|connect|first |welcome|hand ?over|workshop|demo\b")
NO_STEP = re.compile(
    "予定|期限|期日|目標|計画|見込|更新|作成日|最終|次回|前回|生年月日|誕生|設立|請求|入金|支払|満了|解約|退会|契約|申込|登録日|受付|"
    r"問い?合|回答|商談|訪問|利用日|\b(?:due|deadline|plan|planned|target|expected|scheduled|est|estimated|eta|forecast\w*|projected|baseline|"
    r"proposed|revised|original|promised|agreed|last|latest|next|"
    r"updated|modified|birth|birthday|invoice|renewal|renews|expir\w*|cancel\w*|churn\w*|closed|answered)\b"
    r"|^(?:(?:date|record|row|ticket|case) )?created\b|\bcreated by\b")
HEADING = re.compile(r"ステップ|手順|マイルストーン|オンボ|導入(?:項目|工程|タスク|状況|進捗)|\bsteps?\b|milestone|"
                     "onboarding|implementation")
"""Words of a group of columns that are all steps."""
PLANNED = re.compile(r"予定|期限|期日|目標|計画|見込|次回|進捗|状況|"
                     r"\b(?:due|deadline|plan|planned|target|expected|scheduled|est|estimated|eta|forecast\w*|projected|"
                     r"baseline|proposed|revised|original|promised|agreed)\b")
GO_LIVE = re.compile(r"稼働|リリース|\bgo[ -]?lives?\b|\bgolives?\b|went live|launch")
ABOUT = re.compile("オンボ|立ち上げ|導入(?!企業|先|実績|事例|顧客|店舗|社数)|マイルストーン|キックオフ|onboard|"
                   "milestone|implementation")
WHOLE = frozenset(map(plain, ("完了日", "完了", "completed on", "completed at", "completion date", "completed")))
PROGRESS = re.compile(r"進捗|完了率|達成率|ステータス|状況|状態|\bprogress\b|\bstatus\b|\bstate\b|\bstage\b")
TAIL = re.compile(r"[\s_]*(?:実施日|実績日?|年月日|日付|日時|(?<!\d)日)$|[\s_]+(?:date|at|on)$", re.IGNORECASE)
COMPLETED = Place("customers", "onboarding_completed_on")
START = Place("subscriptions", "start_date")
FEES = {Place("subscriptions", "mrr"), Place("subscriptions", "amount")}
DAYS = frozenset(("date", "day", "when", "日付", "日"))
SAMPLE = 3000
MOSTLY, ONE_EACH = 0.6, 0.98
FEWEST = 2


def milestones(sheet: Sheet, table: Area, found: Scores) -> dict[str, str]:
    """header -> name of the milestone, for columns of days (or ticks) that no declared field claims.

    On a sheet about onboarding one such column is enough; on another list with a row per customer it takes a run of
    them, most with names that steps have.
    """
    key = assignment(found, ["milestones"]).get(Place("milestones", "customer_id"))
    if key is None or _is_long(found):
        return {}
    has_fee = any(score >= SURE and place in FEES for rated in found.values() for place, score in rated.items())
    below = {header for header, parts in table.parts.items() if len(parts) > 1 and HEADING.search(_words(parts[0]))}
    dated = [header for header in table.headers if header != key.header and (
        (header in below and not PLANNED.search(_words(header)) and not _is_whole(table, header, found))
        or _is_free(header, found.get(header, {}), has_fee))
             and _holds_steps(table.body[header], header in below or is_step(header))]
    if not is_about(sheet, table):
        keys = ids(table.body[key.header]).dropna()
        is_list = keys.nunique() >= ONE_EACH * len(keys)
        dated = _runs(table.headers, dated) if is_list else []
    if all(COMPLETED in found.get(header, ()) for header in dated):
        return {}
    heads = {table.parts.get(header, ("",))[:-1] for header in dated}
    lasts = {table.parts[header][-1]: header for header in dated} if len(heads) == 1 and heads != {()} else {}
    return {lasts[last]: name for last, name in named(lasts).items()} if len(lasts) == len(dated) else named(dated)


def _is_whole(table: Area, header: str, found: Scores) -> bool:
    """Whether a column below the steps is the day on which all of them were done: Onboarding over Completed."""
    return found.get(header, {}).get(COMPLETED, 0.0) >= SURE and plain(table.parts[header][-1]) in WHOLE


def is_about(sheet: Sheet, table: Area) -> bool:
    """Whether the name of sheet or file, or the title, speaks of onboarding."""
    return any(ABOUT.search(nfkc(text).casefold()) for text in (sheet.name, table.title, PurePath(sheet.file).stem))


def is_step(header: str) -> bool:
    return STEP.search(_words(header)) is not None


def _words(header: str) -> str:
    return nfkc(header).casefold().replace("_", " ")


def _is_long(found: Scores) -> bool:
    """Whether a column names the milestone of each row."""
    place = Place("milestones", "milestone")
    return any(rated.get(place, 0.0) >= SURE for rated in found.values())


def _is_free(header: str, rated: dict[Place, float] | object, has_fee: bool) -> bool:
    """Whether no declared field has a good claim to a header; going live is a step like others, and so is what begins a
    contract in a list without fees (Agreement signed)."""
    assert isinstance(rated, dict)
    if NO_STEP.search(_words(header)) or month_headers([header]):
        return False
    sure = [place for place, score in rated.items() if score >= SURE]
    if set(sure) == {COMPLETED} or not sure:
        return not sure or GO_LIVE.search(_words(header)) is not None
    if not has_fee and set(sure) == {START} and plain(header) not in synonyms():
        return True
    return not is_known(header) and not any(place.table in ("customers", "subscriptions") for place in sure)


def _holds_steps(cells: pd.Series, is_named: bool) -> bool:
    """Whether the cells are days, ticks or nothing yet; ticks alone and blanks alone need a name of a step."""
    read = steps(cells.head(SAMPLE), numbers=is_named)
    has_days = bool(read.days.notna().any())
    return read.share_told >= MOSTLY if has_days else is_named and not read.unreadable.any() and (
        bool(read.is_tick.any()) or not cells.notna().any())


def _runs(headers: Iterable[str], dated: list[str]) -> list[str]:
    """Those that stand side by side, where at least two and half of them have names of steps."""
    runs = [list(run) for is_dated, run in groupby(headers, key=lambda header: header in dated) if is_dated]
    return [header for run in runs for header in run
            if sum(map(is_step, run)) >= FEWEST and 2 * sum(map(is_step, run)) >= len(run)]


def named(headers: Iterable[str]) -> dict[str, str]:
    """header -> name of its milestone, without the word for day at its end.

    >>> named(["キックオフ実施日", "初期設定完了日", "Data imported at", "step_1_signup", "キックオフ日"])
    {'キックオフ実施日': 'キックオフ', '初期設定完了日': '初期設定完了', 'Data imported at': 'Data imported', \
'step_1_signup': 'step_1_signup', 'キックオフ日': 'キックオフ日'}
    """
    names: dict[str, str] = {}
    for header in headers:
        name = TAIL.sub("", header).strip() or header
        names[header] = name if name not in names.values() else header
    return names


def with_the_whole(sheet: Sheet, table: Area, found: Scores) -> Scores:
    """The scores in which a bare 完了日 on a sheet about onboarding is the day on which all of it was completed, and a
    bare Date on a list of those who went live the day on which they did."""
    if _is_long(found):
        return found
    if _lists_go_lives(sheet, table):
        return {header: {COMPLETED: 0.9} if plain(header) in DAYS else rated for header, rated in found.items()}
    if not is_about(sheet, table):
        return found
    return {header: {COMPLETED: 0.9} if plain(header) in WHOLE and Place("milestones", "completed_on") in rated
            else rated for header, rated in found.items()}


def _lists_go_lives(sheet: Sheet, table: Area) -> bool:
    """Whether a title says that customers went live, and one column alone says when."""
    if not any(GO_LIVE.search(_words(text)) for text in (sheet.name, table.title, PurePath(sheet.file).stem)):
        return False
    days = [header for header in table.headers if _mostly_days(table.body[header])]
    return len(days) == 1 and plain(days[0]) in DAYS


def progress(headers: Iterable[str], is_about_onboarding: bool) -> list[str]:
    """Headers of a share or a status of the whole onboarding, which are no milestones."""
    return [header for header in headers if PROGRESS.search(_words(header))
            and (is_about_onboarding or ABOUT.search(_words(header)))]


def days_of_ticks(table: Area, fields: dict[str, str], attributes: Iterable[str], milestones_: Iterable[str]
                  ) -> list[str]:
    """Columns of days from which the day of a tick may be taken: mapped ones and attributes."""
    mapped = [header for place, header in fields.items() if _kind(place) == "date"]
    dated = [header for header in attributes if _mostly_days(table.body[header])]
    taken = set(milestones_)
    return [header for header in dict.fromkeys([*mapped, *dated]) if header not in taken]


def _kind(place: str) -> str:
    name, _dot, field = place.partition(".")
    return TABLES[name].by_name[field].kind


def _mostly_days(cells: pd.Series) -> bool:
    read = steps(cells.head(SAMPLE), numbers=False)
    return bool(read.days.notna().any()) and not read.is_tick.any() and read.share_told >= MOSTLY
