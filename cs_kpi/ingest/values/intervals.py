"""Billing intervals: words or numbers of months."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from cs_kpi.ingest.naming.abbreviations import spelt_out
from cs_kpi.ingest.naming.words import nfkc, plain
from cs_kpi.ingest.values.names import shown
from cs_kpi.ingest.values.uniques import Uniques, is_blank, is_nothing

TERM, ONCE = "term", "once"
MONTHS = re.compile(r"(\d+(?:\.\d+)?)\s*(?:[かヶケヵカ個箇]月|months?|mo|m|月)?"
                    r"(?:払い|払|ごと|毎|契約|分|に(?:1|一)[回度])?")
YEARS = re.compile(r"(\d+(?:\.\d+)?)\s*(?:年|years?|yrs?|y)(?:間)?(?:払い|払|ごと|毎|契約|分)?")
TIMES = re.compile(r"(年|月)に?(\d+)回(?:払い?|請求|課金)?")
BESIDE = re.compile(r"\b(?:in (?:advance|arrears)|advance|arrears|up ?front|pre ?paid|billing|billed|payments?"
                    r"|invoic(?:e|ed|ing)|paid|plan|subscription|contract|recurring|every|each)\b")
"""What may stand beside how often is billed: annually in advance."""
NUMBERED = re.compile(r"[\d.]+")
"""Nothing but a number beside such words is no length of time: INV-1024 is the number of an invoice."""
LONGEST = 240
"""So many months at most lie between two bills; larger numbers are amounts, or numbers of invoices."""
PAID = re.compile(r"(?:の)?(?:一括|前|後)?(?:払い?|支払い?|請求|課金|契約|ごと|毎)$")
"""The same in Japanese: 半年払, 年一括請求."""
SPECIAL = {"week": 12 / 52, "day": 12 / 365.25}


def intervals(column: pd.Series, words: Mapping[str, str]) -> tuple[pd.Series, np.ndarray]:
    """Months per bill as text ("1", "12", "0.25", "term", "once"), missing where blank, and what could not be read.

    words : plain word -> declared interval
    """
    uniques = Uniques.of(column)
    read = [interval_of(value, words) for value in uniques.values]
    unreadable = np.array([item is None and not is_blank(value)
                           for item, value in zip(read, uniques.values, strict=True)], dtype=bool)
    spread = uniques.spread(np.array(read, dtype=object), None)
    return pd.Series(spread, index=column.index, dtype="str"), uniques.spread(unreadable, False)


def months_of(interval: str) -> float:
    """Months that one bill covers; NaN where the interval is no length of time."""
    return SPECIAL.get(interval) or (float("nan") if interval in (TERM, ONCE) else float(interval))


def interval_of(value: Any, words: Mapping[str, str]) -> str | None:
    """One cell; None where it is no interval."""
    if is_nothing(value):
        return None
    text = nfkc(shown(value)).casefold()
    if found := words.get(plain(text)) or words.get(_bare(text)):
        return found
    if (times := TIMES.fullmatch(text)) and int(times[2]) > 0:
        return f"{(12 if times[1] == '年' else 1) / int(times[2]):g}"
    bare = _bare(text)
    if months := MONTHS.fullmatch(text) or (None if NUMBERED.fullmatch(bare) else MONTHS.fullmatch(bare)):
        return f"{float(months[1]):g}" if 0 < float(months[1]) <= LONGEST else None
    if years := YEARS.fullmatch(text):
        return f"{float(years[1]) * 12:g}" if float(years[1]) > 0 else None
    return None


def _bare(text: str) -> str:
    """A cell with its English words spelt out and without what only says how it is paid."""
    return " ".join(BESIDE.sub(" ", spelt_out(plain(text))).split()) if text.isascii() else PAID.sub("", plain(text))
