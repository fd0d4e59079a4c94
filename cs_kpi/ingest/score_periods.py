"""Columns of scores that name the period of their answers: NPS Q1 2025, CSAT Mar-25, NPS 2024 beside NPS 2025."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from pathlib import PurePath

import numpy as np
import pandas as pd

from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.month_names import month_headers
from cs_kpi.ingest.naming.vocabulary import BRACKET
from cs_kpi.ingest.naming.words import nfkc
from cs_kpi.ingest.records import Sheet, SurveyKind
from cs_kpi.ingest.score_columns import kind_of
from cs_kpi.ingest.values.amounts import amounts

PERIODS = tuple((re.compile(pattern), months) for pattern, months in (
    (r"\bq(?P<part>[1-4])[\s\-/'’]*(?P<year>20\d\d|\d\d)\b", 3), (r"\b(?P<year>20\d\d)[\s\-/]*q(?P<part>[1-4])\b", 3),
    (r"\bh(?P<part>[12])[\s\-/'’]*(?P<year>20\d\d|\d\d)\b", 6), (r"\b(?P<year>20\d\d)[\s\-/]*h(?P<part>[12])\b", 6),
    (r"(?<!\d)(?P<year>20\d\d)(?!\d)(?![\s\-/.年]*\d)(?!年?度)", 12)))
BARE = tuple((re.compile(pattern), months) for pattern, months in (
    (r"\bq(?P<part>[1-4])\b", 3), (r"\bh(?P<part>[12])\b", 6)))
"""Quarters and halves whose year the title tells."""
FISCAL = re.compile(r"\bfy\b|\bfy ?\d|fiscal|年度|[上下]半?期|第[1-4一二三四]四半期")
KIND = re.compile(r"\b(?:nps|csat)\b(?:[ _]?(?:score|rating))?|推奨度|顧客満足度|満足度|スコア")
YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
LARGEST = 10
"""A higher value is the NPS or CSAT of many answers, and no answer."""


def of_periods(sheet: Sheet, table: Area) -> dict[str, SurveyKind]:
    """header -> kind of the answers, for columns of scores whose header says when they were given; the kind may be told
    by a title above months and quarters."""
    texts = (sheet.name, table.title, PurePath(sheet.file).stem)
    usual = next((kind for text in texts if (kind := kind_of(text))), None)
    kinds = {header: kind_of(header) or usual for header in table.headers if day_of(header, sheet, table.title)}
    return {header: kind for header, kind in kinds.items() if kind and _are_single_answers(table.body[header])}


def _are_single_answers(cells: pd.Series) -> bool:
    read = amounts(cells.head(3000))
    values = read.values[np.isfinite(read.values)]
    return len(values) > 0 and not read.is_percent.any() and not read.unreadable.any() and bool(
        (values >= 0).all() and (values <= LARGEST).all() and (values % 1 == 0).all())


def day_of(header: str, sheet: Sheet, title: str) -> dt.date | None:
    """The last day of the calendar period that the header of a score names; None where it names none, or a fiscal one.

    >>> from cs_kpi.ingest.records import Sheet
    >>> sheet = Sheet("NPS 2025.csv", "Sheet1", pd.DataFrame())
    >>> [str(day_of(header, sheet, "")) for header in ("NPS Q1 2024", "Mar-25 CSAT", "NPS Q2", "NPS FY24", "NPS 2023")]
    ['2024-03-31', '2025-03-31', '2025-06-30', 'None', '2023-12-31']
    """
    text = BRACKET.sub(" ", nfkc(header)).casefold().replace("_", " ")
    rest = " ".join(KIND.sub(" ", text).split())
    if FISCAL.search(text):
        return None
    if month := month_headers([rest]).get(rest):
        return _end(int(month[:4]), int(month[5:]))
    for patterns, told in ((PERIODS, None), (BARE, _year((PurePath(sheet.file).stem, sheet.name, title)))):
        for pattern, months in patterns:
            found = pattern.search(rest)
            if found and not pattern.sub("", rest).strip(" -/()'") and (told or "year" in found.groupdict()):
                part = int(found.groupdict().get("part") or 1)
                year = told or int(found["year"][-2:]) + 2000
                return _end(year, part * months)
    return None


def _year(texts: Iterable[str]) -> int | None:
    """The one year that names and title say."""
    found = {int(year) for text in texts for year in YEAR.findall(nfkc(text))}
    return found.pop() if len(found) == 1 else None


def _end(year: int, month: int) -> dt.date:
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    return following - dt.timedelta(1)
