"""Columns that a team keeps beside the declared ones, as features; those that may change unseen are off by default."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from cs_kpi.book import Book
from cs_kpi.churn.features import Feature
from cs_kpi.churn.history import Known
from cs_kpi.locale import Message
from cs_kpi.tables import CUSTOMERS

MOST_VALUES = 60
"""A text column with more different values is a name, an id or a note."""
FEWEST_NUMBERS = 8
"""A column of numbers with fewer different ones is a category."""
CHANGING_WORDS = ("status", "state", "score", "health", "risk", "churn", "cancel", "left", "reason", "flag", "owner",
                  "csm", "manager", "satisf", "nps", "csat", "sentiment", "pulse", "last", "latest", "current", "renew",
                  "closed", "ended", "lost", "touch", "stage", "forecast", "ステータス", "状況", "状態", "スコア",
                  "点数", "ヘルス", "リスク", "解約", "退会", "離脱", "理由", "フラグ", "担当", "満足", "評価", "所感",
                  "温度感", "最終", "最新", "直近", "現在", "更新", "終了", "タッチ", "見込")
"""Words in the name of a column that changes with time, or is filled in when a customer leaves, and carries no date."""
COUNTING_WORDS = ("total", "count", "usage", "logins", "amount", "revenue", "sum", "累計", "合計", "回数", "件数",
                  "利用", "売上", "金額", "実績")
"""Words in the name of a number that grows with time."""
CONTRACT_WORDS = ("plan", "tier", "seat", "licen", "mrr", "price", "monthly", "プラン", "コース", "席", "ライセンス",
                  "料金", "月額", "年額")
"""Words in the name of what a customer has bought: a later upgrade or downgrade shows in it."""
_NOT_ATTRIBUTES = {field.name for field in CUSTOMERS.fields} - {"touch_model", "owner"} | {"tenure_band"}


def attribute_features(book: Book) -> Iterator[Feature]:
    """A feature for every attribute of the customers that can be told apart by it."""
    for column in map(str, book.customers.columns):
        if column in _NOT_ATTRIBUTES or column.startswith("_"):
            continue
        values = book.customers[column]
        different = int(values.nunique())
        if pd.api.types.is_datetime64_any_dtype(values) or not different:
            continue
        is_number = (pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values)
                     and different >= FEWEST_NUMBERS)
        if is_number:
            yield _number(column, book)
        elif different <= MOST_VALUES and (different <= 2 or different <= len(values) // 2):
            yield _category(column, book)


def attribute_id(column: str) -> str:
    return f"customers.{column}"


def changes(column: str, *, is_number: bool, is_snapshot: bool) -> bool:
    """Whether a column's name says that its values hold today and perhaps not then.

    A list without dates is all of one day, so that what was bought and numbers that only grow with time are let in.

    >>> changes("Churn Score", is_number=True, is_snapshot=True), changes("業種", is_number=False, is_snapshot=False)
    (True, False)
    """
    plain = column.casefold()
    counting = COUNTING_WORDS if is_number else ()
    words = CHANGING_WORDS if is_snapshot else (*CHANGING_WORDS, *CONTRACT_WORDS, *counting)
    return any(word in plain for word in words)


def _number(column: str, book: Book) -> Feature:
    def value(known: Known) -> np.ndarray:
        return known.history.number(column)
    return Feature(attribute_id(column), "customer", _label(column), "score", value, (f"customers.{column}",),
                   is_dated=not changes(column, is_number=True, is_snapshot=book.is_snapshot), without_dates=True,
                   column=column)


def _category(column: str, book: Book) -> Feature:
    def value(known: Known) -> np.ndarray:
        return known.history.attribute(column)[0]
    return Feature(attribute_id(column), "customer", _label(column), "category", value, (f"customers.{column}",),
                   is_dated=not changes(column, is_number=False, is_snapshot=book.is_snapshot), without_dates=True,
                   names_of=lambda history: history.attribute(column)[1], column=column)


def _label(column: str) -> Message | str:
    return CUSTOMERS.by_name[column].label if column in CUSTOMERS.by_name else column
