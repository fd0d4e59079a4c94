"""Months that stand as names of columns, alone or beside a word for what the column measures."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from cs_kpi.ingest.month_years import Year, YearLabel, bare_months, dated, is_cut, year_in
from cs_kpi.ingest.naming.words import nfkc
from cs_kpi.ingest.records import Measure
from cs_kpi.ingest.values.date_styles import parts_of_text
from cs_kpi.ingest.values.dates import dates


def _words(japanese: str, english: str) -> re.Pattern[str]:
    return re.compile(rf"{japanese}|(?<![a-z])(?:{english})(?![a-z])", re.IGNORECASE)


MEASURES: dict[Measure, re.Pattern[str]] = {
    "usage.minutes": _words("(?:利用|滞在|接続|ログイン|視聴)時間|利用分数",
                            "(?:usage |session |total )?(?:minutes|mins?|hours|hrs)"),
    "subscriptions.mrr": _words(
        "年額|月額(?:利用料|料金)?|利用料金?|料金|請求金?額|金額|売上[高額]?|収益|課金額",
        "[ma]rr|fees?|revenue|sales|amount"),
    "usage.count": _words(
        "(?:月間)?(?:ログイン|アクセス|セッション|起動|閲覧|利用(?![料額金開終]))(?:回数|件数|数)?|(?:月間)?アクティブユーザー?数?|"
        "利用者数|回数|件数",
        r"(?:usage |login |session )?counts?|log[ -]?ins?|sessions?|(?:monthly )?active users?|[dwm]au|usage|visits?|"
        r"events?|actions?"),
    "subscriptions.seats": _words("(?:契約)?(?:ID|席|シート|ライセンス|アカウント|ユーザー?)数",
                                  r"(?:paid |contracted )?(?:seats?|licen[cs]es?|users?)(?: counts?)?"),
}
"""Words beside a month that say what its column holds, the more telling first."""
UNITS: dict[Measure, re.Pattern[str]] = {
    "usage.minutes": re.compile(r"[(\[](?:分|時間|minutes|mins?|hours|hrs|h)[)\]]", re.IGNORECASE),
    "subscriptions.mrr": re.compile(r"[(\[][^)\]]*[円¥$€£][^)\]]*[)\]]"),
    "usage.count": re.compile(r"[(\[](?:回|件|回数|件数)[)\]]"),
    "subscriptions.seats": re.compile(r"[(\[](?:席|ID|seats?|licen[cs]es?)[)\]]", re.IGNORECASE),
}
BRACKETED = re.compile(r"[(【\[].*?[)】\]]")
ACTUAL = re.compile("実績|actual", re.IGNORECASE)
SHORT_YEAR = re.compile(r"^'?(1[5-9]|2\d)年\s*(1[0-2]|0?[1-9])月")
"""24年4月: a year of two figures, too high for one of 令和."""
NAMED_MONTH = re.compile(r"^(20\d\d)[._](\d{1,2})(?!\d)")
MONTH_IN_NAME = re.compile(r"(?<!\d)(20\d\d)(?:年|[-_./ ])?(0[1-9]|1[0-2]|(?<=[年\-_./ ])[1-9])"
                           r"(?:月(?!\d)|(?!月|\d|[-_./日]\d))")
"""Not a day: 20240430 and 2024-04-30 say when a file was written."""
BETWEEN = re.compile(r"^((?:20\d\d|令和\s?\d{1,2}|R\d{1,2})年度?)\s+[^\d]+\s((?:1[0-2]|0?[1-9])月)$")
"""What stands between a year and a month of a header of levels says what is counted: 2025年度 予約 4月."""
FEWEST = 3
"""From this many columns on, headers that are months make a table by months."""


def months_of(headers: Sequence[str], told: YearLabel | None = None, otherwise: Measure | None = "subscriptions.mrr"
              ) -> dict[str, str]:
    """header -> "2024-01" for headers that are months; of two for one month and measure the first.

    told : the year of months that stand without one
    otherwise : the measure of headers that name none

    >>> months_of(("顧客", "2024年1月", "2024/02", "Mar-24", "202404", "2024-05-01", "上半期計"))
    {'2024年1月': '2024-01', '2024/02': '2024-02', 'Mar-24': '2024-03', '202404': '2024-04', '2024-05-01': '2024-05'}
    """
    found: dict[tuple[str, Measure | None], str] = {}
    for header, month in month_headers(headers, told).items():
        found.setdefault((month, measure_of(header) or otherwise), header)
    return {header: month for (month, _measure), header in found.items()}


def month_headers(headers: Sequence[str], told: YearLabel | None = None) -> dict[str, str]:
    """header -> "2024-01" for every header that is a month, or the first or last day of one.

    told : the year of months that stand without one; without it these are none

    >>> month_headers(("顧客", "2024年度 4月", "2024年度 上半期計", "2024年度 3月"))
    {'2024年度 4月': '2024-04', '2024年度 3月': '2025-03'}
    >>> month_headers(("2024-04 ログイン数", "MRR 2024/04", "2024年4月（利用時間）", "ログイン数"))
    {'2024-04 ログイン数': '2024-04', 'MRR 2024/04': '2024-04', '2024年4月（利用時間）': '2024-04'}
    """
    texts = [BETWEEN.sub(r"\1 \2", SHORT_YEAR.sub(r"20\1年\2月", without_measure(header))) for header in headers]
    days = dates(pd.Series(texts, dtype=object)).days.astype("datetime64[D]")
    next_day = days + np.timedelta64(1, "D")
    is_edge = (days == days.astype("datetime64[M]")) | (next_day == next_day.astype("datetime64[M]"))
    found = {header: str(day.astype("datetime64[M]")) for header, day, fits in zip(headers, days, is_edge, strict=True)
             if fits and not is_week(header)}
    bare = {headers[place]: month for place, month in dated(bare_months(texts), told).items()}
    return {header: bare.get(header, found.get(header, "")) for header in headers if header in found or header in bare}


def is_week(header: str) -> bool:
    """Whether a header is a week: 2024-W14, which begins on the first of April, is no month."""
    part = parts_of_text(header)
    return part is not None and part.is_week


def below_months(parts: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Headers of several levels of which one is a month: what stands there is of that month, whatever it is called."""
    return {header for header, said in parts.items() if month_headers(said, YearLabel(2000))}


def undated_cut(headers: Sequence[str]) -> list[str]:
    """Months of a fiscal year of which only January to March stand there, so that nothing tells their year."""
    months = bare_months([without_measure(header) for header in headers])
    labels = {one.label for one in months}
    label = next(iter(labels), None)
    is_open = len(labels) == 1 and label is not None and is_cut(label, [one.month for one in months])
    return [headers[one.place] for one in months] if is_open else []


def without_measure(header: str) -> str:
    """What a header says beside its measure, its unit and other brackets."""
    text = BRACKETED.sub(" ", nfkc(header))
    for pattern in (*MEASURES.values(), ACTUAL):
        text = pattern.sub(" ", text)
    return text.strip()


def measure_of(header: str) -> Measure | None:
    """What a header says that its cells are; None where it does not.

    >>> [measure_of(one) for one in ("2024-04 ログイン数", "MRR 2024/04", "4月 利用時間", "2024-04 (回)", "2024-04")]
    ['usage.count', 'subscriptions.mrr', 'usage.minutes', 'usage.count', None]
    """
    text = nfkc(header)
    return next((measure for patterns in (MEASURES, UNITS) for measure, pattern in patterns.items()
                 if pattern.search(text)), None)


def year_of_months(body: pd.DataFrame, texts: Iterable[str], today: dt.date | None = None) -> Year | None:
    """The year of the headers of a table that are months without one; None where none is.

    texts : title and names, which may tell it; today : up to which months can have values
    """
    months = bare_months([without_measure(header) for header in body.columns])
    if not any(one.label is None for one in months):
        return None
    filled = [one.place for one in months if body.iloc[:, one.place].notna().any()]
    return year_in(texts, months, filled, today or dt.date.today())


def follow_each_other(headers: Iterable[str]) -> bool:
    """Whether headers are months of a table by months: at least three, mostly one after the other; a month may stand
    there once for each of several measures.

    >>> follow_each_other(["A", "2024/4", "2024/5", "2024/6"]), follow_each_other(["2023/4/1", "2024/3/31", "2024/4/1"])
    (True, False)
    """
    months = np.array(list(month_headers(list(headers)).values()), dtype="datetime64[M]").astype(np.int64)
    months = months[np.append(True, np.diff(months) != 0)] if len(months) else months
    return len(months) >= FEWEST and bool(np.median(np.diff(months)) == 1)


def month_in(name: str) -> str:
    """The one month that a name says.

    >>> month_in("MRR_202404"), month_in("売上_2024年4月"), month_in("mrr-2024-04-30"), month_in("2024年4月〜2024年6月")
    ('2024-04', '2024-04', '', '')
    """
    found = {f"{year}-{int(month):02d}" for year, month in MONTH_IN_NAME.findall(nfkc(name))}
    bare = month_headers((NAMED_MONTH.sub(r"\1/\2", nfkc(name)),)).values()
    return found.pop() if len(found) == 1 else next(iter(bare), "") if not found else ""
