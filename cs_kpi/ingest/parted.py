"""Days that stand apart in several columns (年 and 月), and two in one (契約期間 2024/4/1～2025/3/31)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from cs_kpi.ingest import fiscal_years
from cs_kpi.ingest.naming.words import nfkc, plain
from cs_kpi.ingest.values.date_styles import parts_of_text
from cs_kpi.ingest.values.names import shown
from cs_kpi.ingest.values.uniques import Uniques, is_nothing
from cs_kpi.locale import Message, _

YEARS = frozenset(("年", "西暦", "暦年", "対象年", "請求年", "計上年", "売上年", "利用年",
                   "year", "yyyy", "calendar year", "billing year"))
MONTHS = frozenset(("月", "対象月", "請求月", "計上月", "売上月", "利用月", "month", "mm", "billing month"))
DAYS = frozenset(("日", "day", "dd"))
TERM = re.compile(r"(?:ご?契約|ご?利用|サービス|提供|適用|課金|ご?請求(?:対象)?|対象|保守|ライセンス|"
                  r"サブスク(?:リプション)?)?期間|"
                  r"(?:(?:contract|subscription|service|license|licence|agreement|billing|billed|invoice|invoiced|"
                  r"coverage|covered|charge) )?(?:period|term|dates|duration)|coverage|"
                  r"period (?:billed|covered|charged)")
APART = re.compile(r"\s*(?:~|〜|∼|→|⇒|から|より|自|至|\bto\b|\bthrough\b|\buntil\b|\s[-–—―ー−]\s|[–—―])\s*")
HYPHEN = re.compile(r"(?<=[\d日])\s*-\s*(?=(?:\d{4}|[rhs令平昭]))", re.IGNORECASE)
YEARLESS = re.compile(r"(\d{1,2})\s*[/月.]\s*(\d{1,2})日?")
NEARLY_ALL = 0.8


class Parted(NamedTuple):
    """Further columns of a table, and what is to be told of them."""

    columns: Mapping[str, pd.Series]
    notes: tuple[Message, ...]


def parted(body: pd.DataFrame) -> Parted:
    """The columns that a table's other columns make: a month of year and month, the first and last day of a term."""
    headers = [str(header) for header in body]
    columns, notes = _joined(body, headers)
    for header in headers:
        if TERM.fullmatch(plain(header)) and (ends := _ends(body[header])) is not None:
            is_ja = not header.isascii()
            names = (f"開始日（{header}）", f"満了日（{header}）") if is_ja else (
                f"Start date ({header})", f"Term end ({header})")
            if not set(names) & set(headers):
                columns |= dict(zip(names, ends, strict=True))
                notes.append(_("Column '{column}' holds the first and the last day of a term. They are read as columns "
                               "'{start}' and '{end}'.", column=header, start=names[0], end=names[1]))
    return Parted(columns, tuple(notes))


def _joined(body: pd.DataFrame, headers: list[str]) -> tuple[dict[str, pd.Series], list[Message]]:
    """The column of months, or days, that columns of years, months and days make together."""
    found = [next((header for header in headers if plain(header) in words), None) for words in (YEARS, MONTHS, DAYS)]
    year, month, day = found
    if year is None and (fiscal := fiscal_parts(headers)):
        return _fiscal(body, *fiscal)
    if year is None or month is None:
        return {}, []
    parts = [header for header in (year, month, day) if header is not None]
    texts = _together(body[parts])
    if day is not None and texts is None:
        parts, texts = [year, month], _together(body[[year, month]])
    if texts is None:
        return {}, []
    what = {2: ("年月", "Year month"), 3: ("日付", "Date")}[len(parts)][year.isascii()]
    name = f"{what} ({', '.join(parts)})" if year.isascii() else f"{what}（{'・'.join(parts)}）"
    return {name: texts}, [_("Columns {columns} are read together as column '{name}'.", columns=parts, name=name)]


def fiscal_parts(headers: Sequence[str]) -> tuple[str, str, str] | None:
    """The headers of fiscal year and month, and the name of the column that they make; None without them."""
    year, month = (next((header for header in headers if plain(header) in words), None)
                   for words in (fiscal_years.FISCAL, MONTHS))
    if year is None or month is None:
        return None
    return year, month, f"Year month ({year}, {month})" if year.isascii() else f"年月（{year}・{month}）"


def _fiscal(body: pd.DataFrame, year: str, month: str, name: str) -> tuple[dict[str, pd.Series], list[Message]]:
    texts = fiscal_years.months(body[[year, month]])
    if not texts.notna().any() or texts.notna().sum() < NEARLY_ALL * body[month].notna().sum():
        return {}, []
    return {name: texts}, [_("Columns {columns} are read together as column '{name}'.", columns=[year, month],
                             name=name)]


def _together(cells: pd.DataFrame) -> pd.Series | None:
    """Year, month and perhaps day of each row as one text; None where most are no such thing."""
    codes, rows = pd.factorize(pd.MultiIndex.from_frame(cells.map(shown)))
    read = np.array([_written(*row) for row in rows] + [None], dtype=object)[:-1]
    is_filled = np.array([any(row) for row in rows], dtype=bool)[codes]
    is_read = np.array([one is not None for one in read], dtype=bool)[codes]
    if not is_read.any() or is_read.sum() < NEARLY_ALL * is_filled.sum():
        return None
    return pd.Series(np.append(read, [None])[codes], index=cells.index, dtype=object)


def _written(year: str, month: str, day: str = "") -> str | None:
    """
    >>> _written("2024", "4"), _written("令和6年", "4月", "1"), _written("2024", "Apr"), _written("12", "4")
    ('2024年4月', '令和6年4月1日', 'Apr 2024', None)
    """
    year, month = nfkc(year).removesuffix("年"), nfkc(month).removesuffix("月")
    if not month.isdigit():
        text = f"{day} {month} {year}".strip()
    else:
        text = f"{year}年{month}月" + (f"{nfkc(day).removesuffix('日')}日" if day else "")
    part = parts_of_text(text, numbers=False)
    return text if part is not None and not part.short and 1 <= part.month <= 12 else None


def _ends(cells: pd.Series) -> tuple[pd.Series, pd.Series] | None:
    """The first and the last day of each term; None where most cells are no two days."""
    uniques = Uniques.of(cells)
    pairs = [_pair(value) if isinstance(value, str) else None for value in uniques.values]
    is_filled = uniques.spread(np.array([not is_nothing(value) for value in uniques.values], dtype=bool), False)
    is_read = uniques.spread(np.array([pair is not None for pair in pairs], dtype=bool), False)
    if not is_read.any() or is_read.sum() < NEARLY_ALL * is_filled.sum():
        return None
    told = [pair or (value, None) for value, pair in zip(uniques.values, pairs, strict=True)]
    first, last = (uniques.spread(np.array([pair[place] for pair in told] + [None], dtype=object)[:-1], None)
                   for place in (0, 1))
    return pd.Series(first, index=cells.index, dtype=object), pd.Series(last, index=cells.index, dtype=object)


def _pair(cell: str) -> tuple[str | None, str | None] | None:
    """
    >>> _pair("2024/4/1～2025/3/31"), _pair("2024年4月1日から3月31日まで"), _pair("2024/4/1～"), _pair("12ヶ月")
    (('2024/4/1', '2025/3/31'), ('2024年4月1日', '2025/3/31'), ('2024/4/1', None), None)
    """
    text = nfkc(cell)
    found = [part.strip() for part in APART.split(text)]
    sides = found if len(found) > 1 else [part.strip() for part in HYPHEN.split(text)]
    sides = [side for place, side in enumerate(sides) if side or place in (0, len(sides) - 1)]
    if len(sides) == 3 and not sides[0]:
        sides = sides[1:]
    if len(sides) != 2 or not any(sides):
        return None
    first, last = sides[0], re.sub(r"\s*(?:まで|迄)$", "", sides[1])
    if first and (day := YEARLESS.fullmatch(last)):
        last = _with_year(first, int(day[1]), int(day[2]))
    is_day = [not side or parts_of_text(side, numbers=False) is not None for side in (first, last)]
    return (first or None, last or None) if all(is_day) else None


def _with_year(first: str, month: int, day: int) -> str:
    """The next such day after the first one."""
    part = parts_of_text(first, numbers=False)
    if part is None or part.short:
        return ""
    return f"{part.year + ((month, day) <= (part.month, part.day))}/{month}/{day}"
