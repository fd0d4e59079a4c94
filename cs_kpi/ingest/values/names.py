"""Ids, texts, flags and words for choices: what a cell names rather than counts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from cs_kpi.ingest.naming.words import nfkc, plain
from cs_kpi.ingest.values.amounts import amount_of_text
from cs_kpi.ingest.values.uniques import Uniques, are_plain_keys, is_blank, is_name_too, is_nothing, plain_keys

YES = frozenset(plain(word) for word in (
    "true", "yes", "y", "t", "1", "on", "はい", "有", "有り", "あり", "○", "◯", "〇", "◎", "✓", "✔", "レ", "済", "済み",
    "する", "自動更新", "自動更新あり", "対象", "該当", "可", "オン", "checked", "enabled", "auto"))
NO = frozenset(plain(word) for word in (
    "false", "no", "n", "f", "0", "off", "いいえ", "無", "無し", "なし", "×", "✕", "✗", "x", "未", "しない",
    "自動更新なし", "対象外", "非該当", "不可", "オフ", "unchecked", "disabled", "manual", "手動"))
TYPED_ID = re.compile(r"\d+\.0")


def shown(value: Any) -> str:
    """A cell as the user sees it, near enough."""
    if isinstance(value, str):
        return value.strip()
    if value is None or value != value:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, dt.datetime):
        is_midnight = value.time() == dt.time()
        return value.date().isoformat() if is_midnight else value.isoformat(sep=" ", timespec="minutes")
    return value.isoformat() if isinstance(value, dt.date) else str(value).strip()


def ids(column: pd.Series, is_customer: bool = False, uniques: Uniques | None = None) -> pd.Series:
    """Keys that compare equal however they were typed: 7890.0, '7890 ', '７８９０' are '7890'; zeros in front stay.

    is_customer : the column names customers, one of which may be called NULL
    uniques : the column taken apart, where it is already
    """
    return _texts(column, _id, is_customer, uniques)


def texts(column: pd.Series, is_customer: bool = False, uniques: Uniques | None = None) -> pd.Series:
    """Texts as they stand, without blanks around; nothing where the cell says nothing. The column itself where none
    changes."""
    return _texts(column, shown, is_customer, uniques)


def _id(value: Any) -> str:
    text = " ".join(nfkc(value if isinstance(value, str) else shown(value)).split())
    return text[:-2] if text.endswith(".0") and TYPED_ID.fullmatch(text) else text


def _texts(column: pd.Series, form: Any, is_customer: bool, uniques: Uniques | None) -> pd.Series:
    if uniques is None and are_plain_keys(column):
        return column
    uniques = uniques or Uniques.of(column)
    is_plain = plain_keys(uniques.values)
    read = [value if as_it_is else
            None if is_nothing(value) and not (is_customer and is_name_too(value)) else form(value) or None
            for value, as_it_is in zip(uniques.values, is_plain, strict=True)]
    if column.dtype == "str" and read == uniques.values:
        return column
    return pd.Series(uniques.spread(np.array(read, dtype=object), None), index=column.index, dtype="str")


def flags(column: pd.Series) -> tuple[pd.Series, np.ndarray]:
    """Yes and no in either language as nullable booleans, and the rows whose cell says neither."""
    uniques = Uniques.of(column)
    read = [flag(value) for value in uniques.values]
    known = np.array([1 if item else 0 if item is False else -1 for item in read], dtype=np.int8)
    unknown = np.array([item is None and not is_blank(value)
                        for item, value in zip(read, uniques.values, strict=True)], dtype=bool)
    numbers = uniques.spread(known, -1)
    values = pd.Series(pd.array(numbers == 1, dtype="boolean"), index=column.index).mask(numbers < 0)
    return values, uniques.spread(unknown, False)


def flag(value: Any) -> bool | None:
    """True, False, or None where the cell is no flag."""
    if isinstance(value, bool):
        return value
    word = plain(shown(value))
    return True if word in YES else False if word in NO else None


def choices(column: pd.Series, words: Mapping[str, str]) -> tuple[pd.Series, np.ndarray]:
    """Canonical words by the declared ones (`words`: plain word -> canonical), and the rows with an unknown word."""
    uniques = Uniques.of(column)
    read = [choice(value, words) for value in uniques.values]
    unknown = np.array([item is None and not is_blank(value)
                        for item, value in zip(read, uniques.values, strict=True)], dtype=bool)
    values = uniques.spread(np.array(read, dtype=object), None) if read else np.full(len(column), None)
    return pd.Series(values, index=column.index, dtype="str"), uniques.spread(unknown, False)


def choice(value: Any, words: Mapping[str, str]) -> str | None:
    """The canonical word of a cell: by the whole cell, else by the one declared word that it holds."""
    if is_nothing(value):
        return None
    word = plain(shown(value))
    if word in words:
        return words[word]
    held = {canonical for known, canonical in words.items()
            if (f" {known} " in f" {word} " if known.isascii() else len(known) > 1 and known in word)}
    return held.pop() if len(held) == 1 else None


STARS = re.compile("[★☆]{3,10}")
OF_SCALE = re.compile(r"(\d{1,3}(?:\.\d+)?)\s*点?\s*(?:/|out of|of)\s*(\d{1,3})\s*点?")
LARGEST_OF_WORDS = 5
"""What answers in words are worth at the most; a larger number beside a word is of another scale."""


def scores(column: pd.Series, words: Mapping[str, str]) -> pd.Series:
    """Answers in words (非常に満足, '5: very satisfied') replaced by their number; other cells as they are."""
    uniques = Uniques.of(column)
    read = np.array([_score(value, words) for value in uniques.values], dtype=object)
    return pd.Series(uniques.spread(read, None), index=column.index, dtype=object)


def of_scale(value: Any) -> tuple[float, float] | None:
    """A score and its scale, where the cell says both.

    >>> of_scale("4/5"), of_scale("８ / 10"), of_scale("4 out of 5"), of_scale("4"), of_scale("★★★★☆")
    ((4.0, 5.0), (8.0, 10.0), (4.0, 5.0), None, (4.0, 5.0))
    """
    if isinstance(value, str) and STARS.fullmatch(stars := value.strip()) and "☆" in stars:
        return float(len(stars) - stars.count("☆")), float(len(stars))
    found = OF_SCALE.fullmatch(nfkc(value).casefold().strip()) if isinstance(value, str) else None
    return (float(found[1]), float(found[2])) if found else None


def _score(value: Any, words: Mapping[str, str]) -> Any:
    if not isinstance(value, str):
        return value
    if told := of_scale(value):
        return told[0]
    text = nfkc(value)
    if plain(text) in words and not any(sign.isdigit() for sign in text):
        return float(words[plain(text)])
    led = re.match(r"(\d{1,3}(?:\.\d+)?)\s*(?:点|/\s*\d+|[\s.:\-)]+(.*[^\d.,%].*))$", text)
    if led and led[2] and plain(led[2]) in words and float(led[1]) <= LARGEST_OF_WORDS:
        return float(words[plain(led[2])])  # 1: 非常に満足 counts from the best, and the word says what is meant
    return float(led[1]) if led and amount_of_text(text) is None else value
