"""Discounts as they are spoken: 2割, 2割5分, 3割引, 半額, 10%OFF."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd

from cs_kpi.ingest.naming.words import nfkc
from cs_kpi.ingest.values.uniques import Uniques

TENTHS = re.compile(r"(\d(?:\.\d+)?)\s*割(?:\s*(\d)\s*分)?\s*(?:引き?|off)?")
PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*%\s*(?:割?引き?|off|discount)")


def percentages(column: pd.Series) -> pd.Series:
    """The column with tenths and percentages off as plain percentages; other cells as they are.

    >>> percentages(pd.Series(["2割", "2割5分引", "半額", "10%OFF", "500円"])).tolist()
    ['20%', '25%', '50%', '10%', '500円']
    """
    uniques = Uniques.of(column)
    read = np.array([_percentage(value) for value in uniques.values] + [None], dtype=object)[:-1]
    return pd.Series(uniques.spread(read, None), index=column.index, dtype=object)


def _percentage(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    text = nfkc(value).casefold()
    if text == "半額":
        return "50%"
    if found := TENTHS.fullmatch(text):
        return f"{10 * float(found[1]) + float(found[2] or 0):g}%"
    found = PERCENT.fullmatch(text)
    return f"{found[1]}%" if found else value
