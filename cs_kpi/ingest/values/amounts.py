"""Amounts and numbers as people type them: signs, units, separators, brackets for negatives."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, NamedTuple

import numpy as np
import pandas as pd

from cs_kpi.ingest.naming.words import nfkc
from cs_kpi.ingest.values.uniques import Uniques, is_blank, is_error, is_not_yet, is_nothing

Mark = Literal[".", ","]
UNITS = {"億": 1e8, "百万": 1e6, "千万": 1e7, "万": 1e4, "千": 1e3, "百": 1e2, "k": 1e3, "m": 1e6, "mm": 1e6, "mn": 1e6,
         "million": 1e6, "thousand": 1e3, "bn": 1e9, "lakh": 1e5, "lakhs": 1e5, "lac": 1e5, "crore": 1e7, "crores": 1e7}
CURRENCIES = {"¥": "JPY", "\\": "JPY", "円": "JPY", "$": "USD", "us$": "USD", "a$": "AUD", "c$": "CAD", "s$": "SGD",
              "nt$": "TWD", "hk$": "HKD", "€": "EUR", "£": "GBP", "₩": "KRW", "₹": "INR",
              "₱": "PHP", "฿": "THB", "₫": "VND", "r$": "BRL", "zł": "PLN", "ドル": "USD",
              "米ドル": "USD", "ユーロ": "EUR", "yen": "JPY", "rmb": "CNY"} | {
    code: code.upper() for code in ("jpy", "usd", "eur", "gbp", "aud", "cad", "chf", "cny", "krw", "sgd", "twd",
                                    "inr", "hkd", "thb", "vnd")}
NAMED_CURRENCIES = CURRENCIES | {"日本円": "JPY", "dollar": "USD", "dollars": "USD",
                                 "euro": "EUR", "euros": "EUR", "ポンド": "GBP"}
CODE = re.compile(r"[a-z]{3}")
SIMPLE = re.compile(r"-?\d+(?:\.\d+)?")
CLOSED = re.compile(r"(?<=\d)\s*[−\-－ー—–―]\s*$")
"""The stroke after ¥12,000- that keeps anybody from adding a figure; behind a sign of currency it is no minus."""
RUPEES, INDIAN_END = re.compile(r"^rs\.?\s*(?=\d)"), re.compile(r"(?<=\d)\s*/[-–]$")
"""Rs 1,200/- of Indian bills."""
SIGN = re.compile(r"^[△▲▼−–—‐\-]\s*|[−\-]$")
COIN = re.compile("|".join(re.escape(coin) for coin in sorted(CURRENCIES, key=len, reverse=True)))
TAIL = re.compile(r"\s*(?:/\s*(?:月|年|mo|month|yr|year|seat|席|id)|(?:per|a)\s+(?:month|year|seat))$")
COUNTERS = re.compile(r"\s*(?:席|名様?|人|件|回|日前|日間|日|点|本|社|個|台|分|時間|アカウント|ライセンス"
                      r"|ユーザー?|ids?|pts?|seats?|users?|licen[cs]es?|days?|times|points?|minutes?|mins?|hours?|hrs?)$")
TERM = re.compile(r"([\d.,' ]*\d)(?: (?=[a-z]))?"
                  r"(億|百万|千万|万|千|百|million|thousand|lakhs?|lac|crores?|bn|mn|mm|k|m)?")
FEWEST_DIGITS = 3
"""12万3000 is an amount; what 12万3 means, nobody can tell."""
OPEN = re.compile(r"[^\d.]*[1-9]\d{0,2}\.\d{3}(?:[^\d.万千百億kmb]*)")
DECIMAL_COMMA = re.compile(r"^0,\d+$|\d,\d{1,2}$|\d,\d{4,}$|\.\d{3},|\.\d{3}\.\d{3}|\d \d{3},\d{1,2}$")
DECIMAL_POINT = re.compile(r"\.\d{1,2}$|\.\d{4,}$|,\d{3}\.|,\d{3},\d{3}")
GROUPED = {".": re.compile(r"\d{1,3}(?:[,' ]\d{3})+(?:\.\d+)?|\d{1,2}(?:,\d\d)+,\d{3}(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+"),
           ",": re.compile(r"\d{1,3}(?:[.' ]\d{3})+(?:,\d+)?|\d+(?:,\d+)?")}


class Amount(NamedTuple):
    """One cell: its value, whether it names its own unit (万, 千円, 円), whether it is a percentage, its currency."""

    value: float
    has_unit: bool = False
    is_percent: bool = False
    currency: str = ""


NONE = Amount(float("nan"))


@dataclass(frozen=True, slots=True)
class Amounts:
    """Per row: the value (NaN where empty or unreadable), and what the cell itself says about it.

    decimal_mark : the mark that the whole column uses
    example : a cell such as 1.234, where each point of the column may part thousands as well as decimals; else empty
    """

    values: np.ndarray
    unreadable: np.ndarray
    has_unit: np.ndarray
    is_percent: np.ndarray
    currency: np.ndarray
    decimal_mark: Mark = "."
    example: str = ""


def amounts(column: pd.Series, mark: Mark | None = None) -> Amounts:
    """The numbers of a column; a decimal comma only where the column as a whole leaves no doubt, or as given."""
    uniques = Uniques.of(column)
    likely, example = _decimal_mark(uniques.values)
    mark = mark or likely
    read = [_amount(value, mark) for value in uniques.values]
    found = [item or NONE for item in read]
    values = np.array([item.value for item in found], dtype=float)
    return Amounts(
        uniques.spread(values, np.nan),
        uniques.spread(np.array([item is None for item in read], dtype=bool), False),
        uniques.spread(np.array([item.has_unit for item in found], dtype=bool), False),
        uniques.spread(np.array([item.is_percent for item in found], dtype=bool), False),
        uniques.spread(np.array([item.currency for item in found], dtype=object), ""), mark, example)


def _decimal_mark(values: list[Any]) -> tuple[Mark, str]:
    """The decimal mark of a column, and a cell that leaves it open."""
    texts = [value for value in values if isinstance(value, str) and ("," in value or "." in value)]
    if not any("," in text for text in texts):
        is_grouped = any(re.search(r"\.\d{3}\.\d{3}", text) for text in texts)
        return ("," if is_grouped else "."), "" if is_grouped else _open(texts)
    digits = [re.sub(r"[^\d.,\s]", "", nfkc(text)).strip() for text in texts]
    has_comma = any(DECIMAL_COMMA.search(text) for text in digits)
    has_point = any(DECIMAL_POINT.search(text) for text in digits)
    return ("," if has_comma and not has_point else "."), ""


def _open(texts: list[str]) -> str:
    """The first cell with a point, where all of them have one point, three figures behind it and no zero in front."""
    told = [text for text in texts if (read := amount_of_text(text)) is not None and not read.is_percent]
    return told[0].strip() if told and all(map(OPEN.fullmatch, (nfkc(text).strip() for text in told))) else ""


def _amount(value: Any, mark: Mark) -> Amount | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return Amount(float(value)) if np.isfinite(value) else NONE
    if isinstance(value, (dt.date, dt.time, dt.timedelta)):
        return None
    if is_error(value):
        return None
    if is_nothing(value) or is_not_yet(value):
        return NONE
    if SIMPLE.fullmatch(value) and mark == ".":
        return Amount(float(value))
    return amount_of_text(value, mark)


@lru_cache(maxsize=65536)
def amount_of_text(cell: str, mark: Mark = ".") -> Amount | None:
    """Read one cell of text; None where it is no number.

    >>> amount_of_text("▲１，２００円").value, amount_of_text("3百万円").value, amount_of_text("(1,200)").value
    (-1200.0, 3000000.0, -1200.0)
    >>> amount_of_text("1億2,000万円").value, amount_of_text("1.234,56", ",").value, amount_of_text("3.5 %").value
    (120000000.0, 1234.56, 0.035)
    """
    if len(cell) > 60:
        return None
    text = nfkc(cell).casefold()
    if text in {"無料", "free", "無償"}:
        return Amount(0.0)
    text = INDIAN_END.sub("", RUPEES.sub("₹", text))
    text = CLOSED.sub("", text) if text.startswith(("¥", "\\")) else text
    text, is_negative = _unsigned(re.sub(r"\((?:税込み?|税抜き?|税別)\)|[+]", "", text))
    coins = COIN.findall(text)
    text, is_percent = COIN.sub("", TAIL.sub("", text)).strip(), text.endswith("%")
    text, is_negative_inside = _unsigned(COUNTERS.sub("", text.removesuffix("%").strip()))
    value, has_unit = _sum_of_terms(text, mark)
    if value is None:
        return None
    value = value / 100 if is_percent else value
    return Amount(-value if is_negative or is_negative_inside else value, has_unit or "円" in coins, is_percent,
                  CURRENCIES[coins[0]] if coins else "")


def currencies(column: pd.Series) -> tuple[pd.Series, np.ndarray]:
    """Codes of three letters, and the rows whose cell is neither one nor a sign or name of a currency."""
    uniques = Uniques.of(column)
    read = [currency_of(value) for value in uniques.values]
    unknown = np.array([code is None and not (is_blank(value) or is_not_yet(value))
                        for code, value in zip(read, uniques.values, strict=True)], dtype=bool)
    spread = uniques.spread(np.array(read, dtype=object), None)
    return pd.Series(spread, index=column.index, dtype="str"), uniques.spread(unknown, False)


def currency_of(value: Any) -> str | None:
    """
    >>> currency_of("ＥＵＲ"), currency_of("円"), currency_of("USD (net)")
    ('EUR', 'JPY', None)
    """
    if not isinstance(value, str) or is_nothing(value) or is_not_yet(value):
        return None
    text = nfkc(value).casefold()
    return NAMED_CURRENCIES.get(text) or (text.upper() if CODE.fullmatch(text) else None)


def _unsigned(text: str) -> tuple[str, bool]:
    """The text without its minus sign or accounting brackets, and whether it had one."""
    text = text.strip()
    if text.startswith("(") and text.endswith(")"):
        return text[1:-1].strip(), True
    bare = SIGN.sub("", text, count=1).strip()
    return bare, bare != text


def _sum_of_terms(text: str, mark: Mark) -> tuple[float | None, bool]:
    """1億2,000万 -> 1.2e8; None where something is left that is no number."""
    total, position, has_unit = 0.0, 0, False
    text = text.strip()
    while position < len(text):
        found = TERM.match(text, position)
        number = _number(found[1].strip(), mark) if found else None
        if found is None or number is None or (position and not found[2] and len(found[1].strip()) < FEWEST_DIGITS):
            return None, False
        total += number * UNITS.get(found[2] or "", 1.0)
        has_unit |= bool(found[2])
        position = found.end() + len(text[found.end():]) - len(text[found.end():].lstrip())
    return (total, has_unit) if text else (None, False)


def _number(text: str, mark: Mark) -> float | None:
    if not GROUPED[mark].fullmatch(text):
        return None
    text = text.replace("'", "").replace(" ", "")
    return float(text.replace(",", "") if mark == "." else text.replace(".", "").replace(",", "."))
