"""Headers in two or three levels: 2024年度 over 4月 5月, 契約 over 開始日 終了日; by merged cells, or by blanks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cs_kpi.ingest.month_names import follow_each_other, month_headers
from cs_kpi.ingest.month_years import is_bare_month, year_label
from cs_kpi.ingest.naming.vocabulary import is_known
from cs_kpi.ingest.naming.words import nfkc
from cs_kpi.ingest.records import Merge, Sheet
from cs_kpi.ingest.values.names import shown

MOST_LEVELS = 3
LONGEST = 60
NUMBERLIKE = re.compile(r"[\d\s,.%¥$€()+\-/:△▲]+")
GAP = re.compile(r"(?<=[^\x00-\x7f])[\r\n\u3000]+|[\r\n\u3000]+(?=[^\x00-\x7f])")
UNIT = re.compile(
    r"[(\[【].{1,10}[)\]】]|(?:[百十]?[千万億]?円|件|人|名|社|個|点|回|分|秒|時間|日|か?ヶ?月|年|%|usd|jpy|eur|税込|税抜)",
    re.IGNORECASE)
"""What a cell says that stands under or above a header and gives its unit only."""
ASIDE = re.compile(
    r"[(\[【]?単位.*|.*(?:作成|更新|現在|時点|出力|印刷).*|[※＊*■●◆].*|[(\[【].*[)\]】]"
    r"|.*\d{4}[年/.-]\d{1,2}[月/.-]\d{1,2}.*|(?:as of|updated|printed|created)\b.*", re.IGNORECASE)
"""Cells above a header that say something of the whole sheet: 単位：千円, 2024年4月1日現在."""
PROVED, SEEN_BELOW = 0.5, 10


@dataclass(frozen=True, slots=True)
class Head:
    """The first rows of a sheet as text, and the merged cells among them (rows and columns from 0)."""

    rows: Sequence[Sequence[str]]
    cells: Sequence[Sequence[Any]]
    merges: tuple[Merge, ...]


def head_of(sheet: Sheet, rows: int) -> Head:
    """As much of a sheet as its header needs, some rows of data included."""
    cells = sheet.cells.head(rows + SEEN_BELOW).astype(object).to_numpy().tolist()
    return Head([[clean(cell) for cell in row] for row in cells], cells,
                tuple(merge for merge in sheet.merges if merge[0] < rows + SEEN_BELOW))


def clean(name: Any) -> str:
    """A header on one line, as the user would say it.

    >>> clean("契約\\n開始日"), clean(" Start\\n date ")
    ('契約開始日', 'Start date')
    """
    return " ".join(GAP.sub("", shown(name)).split())


def is_unit(text: str) -> bool:
    """
    >>> [is_unit(text) for text in ("(円)", "（件）", "千円", "%", "月額", "4月", "(1,200)")]
    [True, True, True, True, False, False, False]
    """
    return UNIT.fullmatch(nfkc(text)) is not None and not any(sign.isdigit() for sign in text)


def last_row(head: Head, row: int) -> tuple[int, int]:
    """The last row of the header to which a row belongs, counted from 1, and the number of its levels."""
    for last in range(min(row + MOST_LEVELS - 1, len(head.rows)), row, -1):
        levels = levels_ending(head, last)
        if last - levels < row:
            return last, levels
    return row, levels_ending(head, row)


def levels_ending(head: Head, row: int) -> int:
    """How many rows make the header whose last one is given, counted from 1; 1 where it stands alone."""
    levels = 1
    while levels < MOST_LEVELS and row - levels >= 1 and _is_level(head, row - levels - 1, row - 1):
        levels += 1
    return levels


def parts(head: Head, row: int, levels: int) -> list[tuple[str, ...]]:
    """What the levels of a header say of each column, from above, nothing twice; none where it has no name."""
    first = row - levels
    spread = [_spread(head, at, first, row - 1) for at in range(first, row)]
    return [tuple(dict.fromkeys(level[place] for level in spread if level[place])) for place in range(_width(head))]


def _width(head: Head) -> int:
    return len(head.rows[0]) if head.rows else 0


def _spread(head: Head, at: int, first: int, last: int) -> list[str]:
    """A level's text for every column: within its merged cells, else to the right above names, up to the next one
    and within the groups of the levels above."""
    texts = list(head.rows[at])
    edges = {begin for level in range(first, at) for begin, _end in _groups(head, level, last)}
    for begin, end in _groups(head, at, last) if at < last else ():
        for place in range(begin + 1, end + 1):
            if place in edges:
                break
            if any(head.rows[level][place] for level in range(at + 1, last + 1)):
                texts[place] = head.rows[at][begin]
    return texts


def _groups(head: Head, at: int, last: int) -> list[tuple[int, int]]:
    """First and last column of what each filled cell of a level stands over."""
    row, below = head.rows[at], head.rows[at + 1:last + 1]
    merged = {merge[1]: merge[3] for merge in head.merges if merge[0] == at and merge[3] > merge[1]}
    named = [any(level[place] for level in below) for place in range(len(row))]
    filled = [place for place, text in enumerate(row) if text]
    found = []
    for place, after in zip(filled, [*filled[1:], len(row)], strict=True):
        end = min(merged.get(place, place), len(row) - 1)
        if not merged and named[place]:
            end = max((other for other in range(place, after) if named[other]), default=place)
        found.append((place, end))
    return found


def _is_level(head: Head, at: int, last: int) -> bool:
    """Whether a row names groups of the columns that the rows below it, down to `last`, name."""
    row, lower = head.rows[at], head.rows[at + 1]
    named = {place for level in head.rows[at + 1:last + 1] for place, text in enumerate(level) if text}
    telling = [place for place, text in enumerate(row) if text and not ASIDE.fullmatch(nfkc(text))]
    if len(named) < 2 or not telling or not _are_names(lower):
        return False
    is_joined = any(top <= at < bottom and right - left < len(named) - 1 and head.rows[top][left]
                    for top, left, bottom, right in head.merges)
    groups = [(begin, end) for begin, end in _groups(head, at, last)
              if begin in telling and sum(begin <= place <= end for place in named) > 1]
    if not groups and not (is_joined and len(telling) > 1):
        return False
    is_title = len(telling) == 1 and telling[0] <= min(named) and not is_joined
    is_merged = any(top == at and right > left for top, left, _bottom, right in head.merges)
    if is_title or not (is_merged or is_joined or _is_needed(head, at, last, groups)):
        return False
    return is_joined or at + 1 < last or _is_proved(head, at + 1, groups)


def _are_names(row: Sequence[str]) -> bool:
    """Whether a row can hold names of columns: short texts and months, not units alone and no numbers."""
    filled = [text for text in row if text]
    months = month_headers(filled)
    if months and not follow_each_other(filled) and len(months) < len(filled):
        return False
    return bool(filled) and not all(map(is_unit, filled)) and all(
        text in months or (len(text) <= LONGEST and (not NUMBERLIKE.fullmatch(text) or year_label(text)))
        for text in filled)


def _is_needed(head: Head, at: int, last: int, groups: Sequence[tuple[int, int]]) -> bool:
    """Whether columns could not be told apart, or would have no name, without an upper row that merges nothing."""
    row = head.rows[at]
    below = [[level[place] for level in head.rows[at + 1:last + 1]] for place in range(len(row))]
    data = head.rows[last + 1:last + 1 + SEEN_BELOW]
    alone = [place for place, text in enumerate(row) if text and not any(below[place])
             and any(line[place] for line in data)]
    repeated = len({tuple(names) for names in below if any(names)}) < sum(any(names) for names in below)
    dated = [begin for begin, end in groups if year_label(row[begin])
             and sum(is_bare_month(text) for names in below[begin:end + 1] for text in names) > 1]
    lone = sum(bool(text) for text in row) == 1
    return bool(dated) or (not lone and bool(alone or repeated))


def _is_proved(head: Head, at: int, groups: Sequence[tuple[int, int]]) -> bool:
    """Whether a row is a header and no first row of data: known words, months, or texts above other kinds of cells."""
    places = [place for begin, end in groups for place in range(begin, end + 1) if head.rows[at][place]]
    months = month_headers([head.rows[at][place] for place in places])
    known = sum(is_known(text) or is_bare_month(text) or text in months or bool(year_label(text))
                for text in (head.rows[at][place] for place in places))
    unlike = sum(_is_unlike_below(head, at, place) for place in places)
    return max(known, unlike) >= PROVED * len(places)


def _is_unlike_below(head: Head, at: int, place: int) -> bool:
    below = [row[place] for row in head.rows[at + 1:at + 1 + SEEN_BELOW] if row[place]]
    return len(below) > 1 and all(NUMBERLIKE.fullmatch(text) for text in below)


