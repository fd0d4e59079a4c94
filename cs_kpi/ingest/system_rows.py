"""What rows of systems are where single headers could mislead: a name beside the customer's own name, the day on which
a record was made, a unit beside the number of units, tasks of a project, sessions."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd

from cs_kpi.ingest import system_cells
from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.matching import ENOUGH, SURE, Scores
from cs_kpi.ingest.naming.vocabulary import Place
from cs_kpi.ingest.naming.words import plain
from cs_kpi.ingest.values.amounts import amounts
from cs_kpi.ingest.values.names import ids
from cs_kpi.ingest.values.uniques import Uniques, is_nothing

KEY = Place("customers", "customer_id")
NAME, FIRST = Place("customers", "customer_name"), Place("customers", "started_on")
START, END, INTERVAL = (Place("subscriptions", name) for name in ("start_date", "end_date", "billing_interval"))
MONEY = (Place("subscriptions", "mrr"), Place("subscriptions", "amount"))
OWNER, TERM = Place("customers", "owner"), Place("subscriptions", "term_end")
STEP, DONE = Place("milestones", "milestone"), Place("milestones", "completed_on")
USED = Place("usage", "date")
SCORE, ANSWERED = Place("surveys", "score"), Place("surveys", "answered_on")
ANY_NAME = frozenset(("name", "title", "full name", "display name", "名前", "名称", "タイトル"))
MADE = frozenset(("created", "created at", "created on", "created date", "created time", "create date", "creation date",
                  "date created", "作成日", "作成日時", "登録日", "登録日時"))
"""The day on which a record was made, and no day of its contract."""
MAKERS, CHANGED = frozenset(("作成者", "登録者", "更新者", "最終更新者")), frozenset(("更新日", "更新日時"))
TASK = frozenset(("task id", "task name", "assignee", "assignee email", "due date", "due on", "parent task", "section",
                  "section column", "list", "list name", "board", "card id", "card name", "sprint", "subtasks",
                  "blocked by", "start date", "projects", "project", "issue key", "タスクid", "課題キー", "期限日",
                  "期限", "担当者", "親課題", "親タスク", "セクション", "プロジェクト名"))
FEWEST_OF_TASKS = 2
COMPLETED = ("completed", "completed date", "date completed", "completed time", "完了日時")
STEPS = ("task name", "task", "card name", "name", "title", "summary", "subject", "タスク名", "タスク", "課題名",
         "件名", "タイトル", "名前")
SESSION = re.compile(r"(?:.* )?(?:session|visit) (?:id|no|number|key)|(?:セッション|訪問)(?:id|番号|no)")
BEGUN = frozenset(("start", "started", "started at", "start time", "start date", "started on", "begin", "began at",
                   "開始", "開始日時", "開始時刻", "開始日"))
SAMPLE, MOST_UNITS = 3000, 60
OWN_NAME, FEWEST_KEYS = 0.95, 4
"""So well a header says that a customer is called so; and so many customers tell that words are shared."""


def told(found: Scores, table: Area) -> Scores:
    """The scores in which each of these is what it is among the others."""
    for rule in (system_cells.told, _intervals, _names, _places, _records, _tasks, _updates, _sessions, _answers):
        found = rule(found, table)
    return found


def _sure(found: Scores, *wanted: Place) -> list[str]:
    return [header for header, rated in found.items() if any(rated.get(place, 0.0) >= SURE for place in wanted)]


def _less(found: Scores, headers: Iterable[str], *places: Place) -> Scores:
    """The scores in which these headers are none of these places."""
    return {**found, **{header: {place: score for place, score in found[header].items() if place not in places}
                        for header in headers if header in found}}


def _intervals(found: Scores, table: Area) -> Scores:
    """Beside a unit (month, year) a number is how many of them one bill covers."""
    named = [header for header, rated in found.items() if rated.get(INTERVAL, 0.0) >= ENOUGH]
    counted = [header for header in named if are_counts(table.body[header])]
    return _less(found, counted, INTERVAL) if 0 < len(counted) < len(named) else found


def are_counts(cells: pd.Series) -> bool:
    """Whether all cells are small whole numbers from 1 on.

    >>> are_counts(pd.Series(["1", "3", None])), are_counts(pd.Series(["month"])), are_counts(pd.Series([0, 1]))
    (True, False, False)
    """
    values = [value for value in Uniques.of(cells.head(SAMPLE)).values if not is_nothing(value)]
    numbers = amounts(pd.Series(values, dtype=object)).values
    return bool(values) and bool(((numbers >= 1) & (numbers <= MOST_UNITS) & (numbers % 1 == 0)).all())


def _names(found: Scores, _table: Area) -> Scores:
    """Beside a column that says whose name it is, one that is called Name and no more is that of something else."""
    named = _sure(found, NAME)
    bare = [header for header in named if plain(header) in ANY_NAME]
    return _less(found, bare, NAME) if 0 < len(bare) < len(named) else found


def _places(found: Scores, table: Area) -> Scores:
    """Under the id of each customer, a few words that many of them share (HQ, Warehouse) are no customers' names."""
    key = max(found, key=lambda header: found[header].get(KEY, 0.0), default=None)
    if key is None or found[key].get(KEY, 0.0) < SURE:
        return found
    known = ids(table.body[key].head(SAMPLE)).nunique()
    shared = [header for header in _sure(found, NAME) if header != key and found[header][NAME] < OWN_NAME
              and known >= FEWEST_KEYS and ids(table.body[header].head(SAMPLE)).nunique() <= known / 2]
    return _less(found, shared, NAME)


def _records(found: Scores, _table: Area) -> Scores:
    """Beside the start of a contract and its fee, the day of its record is not that of its customer's first one."""
    is_of_contracts = _sure(found, START) and _sure(found, *MONEY)
    made = [header for header, rated in found.items() if rated.get(FIRST, 0.0) >= ENOUGH
            and (plain(header) in MADE or plain(header).partition("subscription")[2].removeprefix("s").strip() in MADE)]
    return _less(found, made, FIRST) if is_of_contracts else found


def _updates(found: Scores, table: Area) -> Scores:
    """更新日 beside the day on which a record was made, and no contract, is that of its last change."""
    is_record = any(plain(header) in MADE | MAKERS for header in table.headers)
    is_of_contracts = _sure(found, START, *MONEY)
    return found if is_of_contracts or not is_record else _less(
        found, [header for header in found if plain(header) in CHANGED], TERM)


def _tasks(found: Scores, table: Area) -> Scores:
    """Rows of a project, whose steps are called Name or 件名 beside the day on which each was completed."""
    words = {plain(header): header for header in reversed(table.headers)}
    done = _sure(found, DONE) or [words[word] for word in COMPLETED if word in words]
    if not done or _sure(found, STEP) or len(TASK & set(words)) < FEWEST_OF_TASKS:
        return found
    step = next((words[word] for word in STEPS if word in words), None)
    if step is None:
        return found
    others = [header for header in _sure(found, NAME) if header != step]
    made = [header for header in table.headers if plain(header) in MADE]
    if plain(step) in ANY_NAME and not others and not any(place.field == "customer_id" for rated in found.values()
                                                         for place, score in rated.items() if score >= SURE):
        return found
    found = _less(found, [*made, *_sure(found, START, OWNER)], FIRST, START, OWNER)
    found = _less(found, done, Place("customers", "onboarding_completed_on"))
    return {**found, done[0]: {**found.get(done[0], {}), DONE: 1.0}, step: {STEP: SURE}}


def _answers(found: Scores, _table: Area) -> Scores:
    """When somebody began to answer is not the day of the answer, and no start of a contract."""
    if not _sure(found, SCORE) or not _sure(found, ANSWERED) or _sure(found, *MONEY):
        return found
    return _less(found, [header for header in found if plain(header) in BEGUN], START, FIRST)


def _sessions(found: Scores, table: Area) -> Scores:
    """The start of a session is the day of use, and its end no end of a contract."""
    if not any(SESSION.fullmatch(plain(header)) for header in table.headers) or _sure(found, *MONEY):
        return found
    begun = next((header for header in table.headers if plain(header) in BEGUN and header in found), None)
    if begun is None or _sure(found, USED):
        return found
    found = _less(found, list(found), START, END, FIRST)
    return {**found, begun: {USED: SURE}}
