"""Rows that are not data: blank ones, totals, repeated headers, notes below the table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import product
from typing import Any

import numpy as np
import pandas as pd

from cs_kpi.ingest import counts
from cs_kpi.ingest.headings import headings
from cs_kpi.ingest.naming.vocabulary import places
from cs_kpi.ingest.naming.words import plain
from cs_kpi.ingest.sums import adds_up
from cs_kpi.ingest.values.names import shown
from cs_kpi.ingest.values.uniques import Uniques, holding, is_nothing, may_hold
from cs_kpi.locale import Message, _

TOTAL = re.compile(r"総?合計|小計|総計|累計|計|(?:grand |sub ?)?totals?|平均値?|average")
TOTAL_OF = re.compile(r".{1,12}(?:合計|小計|総計|累計)|[^ ]{1,12}(?<![会時設統生家推余])計|(?:合計|小計|総計)[^ ]{1,8}"
                      r"|(?:上半期|下半期|上期|下期|年度?|\d+月|[^ ]{1,6}期)計"
                      r"|(?:grand |sub ?)?totals? (?:for |of )?.{1,12}|.{1,12} (?:sub ?)?total")
TOTAL_ITSELF = re.compile(r"総?合計|小計|総計|計|(?:grand |sub ?)?totals?|sum")
"""Words that are no customer's name where they are all that stands there."""
COMPARISON = re.compile(
    r"対?(?:前年|昨年|前月|前期|前回|予算|計画|目標)度?(?:同[月期])?[比差](?:率|額)?|(?:達成|伸び|伸長|成長|増減|構成比?)率|増減額?|構成比|"
    r"(?:今|当|前|先|翌)[月年期]度?(?:計|実績|合計|分)|年計|月計|期計|累計(?:額|実績)?|"
    r"(?:yoy|mom|qoq|y/y|m/m)(?: growth| change)?|(?:vs|versus) (?:last|previous|prior) \w+|"
    r"(?:growth|change)(?: rate)?|cumulative(?: total)?|running total|ytd(?: total)?|year to date")
"""Words of rows that compare or add up others, and are no customer's name."""
HINTS = (*"計均比率差額績分減", "otal", "OTAL", "verage", "sum", "Sum", "SUM", "rowth", "hange", "umul", "YTD", "ytd",
         "vs", "Date", "date", *map("".join, product("yY", "oO", "yY")), *map("".join, product("mM", "oO", "mM")))
HINT = re.compile("|".join(HINTS))
NUMBERLIKE = re.compile(r"[\d\s,.%¥$€()+\-/:△▲]+")
NAME_FIELDS, KEY_FIELDS = {"customer_id", "customer_name"}, {"customer_id", "subscription_id"}
KEY_TAILS = re.compile(r"(?:.*[^a-z])?(?:id|code)|.+(?:コード|番号)")
NAMED = 0.8
LONGEST_LABEL = 30
LABEL_COLUMNS = 5
MOSTLY = 0.9
SHOWN_ROWS = 5
REMARK = re.compile(r"\s*(?:※|＊|\*|注|備考|■|●|◆|【|note\b|source\b|出典|作成)", re.IGNORECASE)


def left_out(body: pd.DataFrame, names: Sequence[Sequence[str]] = ()) -> tuple[np.ndarray, tuple[Message, ...]]:
    """Which rows of a table's body are no data, and the sentences that say so.

    body : columns are the headers, the index holds the spreadsheet's row numbers
    names : what each level of the header says of each column, where it has several
    """
    filled = _filled(body)
    count = filled.sum(axis=1)
    blank = count == 0
    remarks = _remarks(body, count)
    said = names or [[header] for header in body.columns]
    columns = [_read(body.iloc[:, place], words) for place, words in enumerate(said)]
    hints = [holding(column.values, HINT) for column in columns]
    totals = (_totals(columns, hints, filled, count) | _named_total(body, columns, hints, TOTAL_ITSELF)
              | counts.are_counts(body, filled)) & ~remarks
    compared = _named_total(body, columns, hints, COMPARISON) & ~remarks & ~totals
    repeated = _repeated_headers(said, columns, count) & ~totals & ~compared
    above = headings(body, filled, ~(blank | remarks | totals | compared | repeated))
    summed = adds_up(body, ~(blank | remarks | totals | compared | repeated | above))
    rows = body.index.to_numpy()
    notes = [_("Row {row} was left out as a note: '{text}'.", row=str(rows[place]), text=_text(body, int(place)))
             for place in np.flatnonzero(remarks)[:SHOWN_ROWS]]
    if totals.any():
        notes.append(_("Total rows left out, so that nothing counts twice: {count} (row {rows}).",
                       count=int(totals.sum()), rows=first_rows(rows[totals])))
    if summed.any():
        notes.append(_("Row {row} ('{text}') was left out as a total: its numbers are the sums of all rows above. If "
                       "it is a customer, move the row up in the spreadsheet and load the file again.",
                       row=first_rows(rows[summed]), text=_text(body, int(np.flatnonzero(summed)[0]))))
    if compared.any():
        notes.append(_("Rows that compare or add up others, and are no customers, were left out: {count} (row {rows}).",
                       count=int(compared.sum()), rows=first_rows(rows[compared])))
    if above.any():
        notes.append(_("Rows that are headings of those below them ({texts}), and no customers, were left out: {count} "
                       "(row {rows}).", texts=[_text(body, int(place)) for place in np.flatnonzero(above)[:SHOWN_ROWS]],
                       count=int(above.sum()), rows=first_rows(rows[above])))
    if repeated.any():
        notes.append(_("Repeated header rows left out: {count} (row {rows}).", count=int(repeated.sum()),
                       rows=first_rows(rows[repeated])))
    if blank.any():
        notes.append(_("Blank rows left out: {count}.", count=int(blank.sum())))
    return blank | remarks | totals | compared | repeated | above | summed, tuple(notes)


def _read(cells: pd.Series, said: Sequence[str]) -> Uniques:
    """A column taken apart, where it may hold a total or its own header again."""
    return Uniques.of(cells) if may_hold(cells, (*HINTS, *said)) else Uniques.unread(len(cells))


def _filled(body: pd.DataFrame) -> np.ndarray:
    """Rows x columns: whether a cell holds more than blanks."""
    if not body.shape[1]:
        return np.zeros((len(body), 0), dtype=bool)
    filled = np.empty(body.shape, dtype=bool, order="F")  # column by column, as it is written and added up
    for place in range(body.shape[1]):
        filled[:, place] = body.iloc[:, place].notna().to_numpy()
    count = filled.sum(axis=1)
    for row in np.flatnonzero((count > 0) & (count <= 2)):
        filled[row] &= [bool(shown(cell)) for cell in body.iloc[row]]
    return filled


def _remarks(body: pd.DataFrame, count: np.ndarray) -> np.ndarray:
    """Lone texts below the last data row, and anywhere in the table where they begin like a remark."""
    remarks = np.zeros(len(body), dtype=bool)
    if body.shape[1] < 3:
        return remarks
    data = np.flatnonzero(count > 1)
    end = int(data.max()) if len(data) else -1
    for row in np.flatnonzero(count == 1):
        text = _text(body, int(row))
        remarks[row] = bool(text) and not text.replace(".", "").isdigit() and (row > end or bool(REMARK.match(text)))
    return remarks


def _totals(columns: list[Uniques], hints: list[list[int]], filled: np.ndarray, count: np.ndarray) -> np.ndarray:
    """Rows labelled as a total that lack what data rows have."""
    pure, some = np.zeros(len(count), dtype=bool), np.zeros(len(count), dtype=bool)
    for uniques, hinted in zip(columns[:LABEL_COLUMNS], hints, strict=False):
        for place in hinted:
            if kind := _total_kind(uniques.values[place]):
                is_here = uniques.codes == place
                pure |= is_here & (kind == 2)
                some |= is_here
    if not some.any():
        return some
    data = (count > 0) & ~some
    usual = filled[data].mean(axis=0) >= MOSTLY if data.sum() > 10 else filled[~some].any(axis=0)
    lacks = (usual & ~filled).any(axis=1)
    return (some & lacks) | (pure & (len(columns) <= 3))


def _named_total(body: pd.DataFrame, columns: list[Uniques], hints: list[list[int]], words: re.Pattern[str]
                 ) -> np.ndarray:
    """Rows whose customer, or whose first text, is such a word and nothing else, however full they are; a row that
    has an id of its own is a customer of that name."""
    found = np.zeros(len(body), dtype=bool)
    is_word = {place: _says_only(*column, words) for place, column in enumerate(zip(columns, hints, strict=True))}
    rows = np.flatnonzero(np.logical_or.reduce(list(is_word.values()))) if is_word else np.array([], dtype=int)
    if not len(rows):
        return found
    names = {place for place, header in enumerate(body.columns) if _is_named(header, NAME_FIELDS)}
    keys = {place for place, header in enumerate(body.columns)
            if _is_named(header, KEY_FIELDS) or KEY_TAILS.fullmatch(plain(header))}
    for row, cells in zip(rows, body.iloc[rows].to_numpy(dtype=object).tolist(), strict=True):
        texts = (place for place, cell in enumerate(cells) if isinstance(cell, str) and not is_nothing(cell)
                 and not NUMBERLIKE.fullmatch(cell))
        is_named = any(is_word[place][row] for place in {*names, next(texts)})
        found[row] = is_named and all(is_word[place][row] or is_nothing(cells[place]) for place in keys)
    return found


def _says_only(uniques: Uniques, hinted: list[int], words: re.Pattern[str]) -> np.ndarray:
    found = [place for place in hinted if len(uniques.values[place]) <= LONGEST_LABEL
             and words.fullmatch(plain(uniques.values[place]))]
    return np.isin(uniques.codes, found) if found else np.zeros(len(uniques.codes), dtype=bool)


def _is_named(header: str, fields: set[str]) -> bool:
    return any(place.field in fields and likeness >= NAMED for place, likeness in places(header).items())


def is_total(value: Any) -> bool:
    """Whether a cell says nothing but that its row is a total."""
    return _total_kind(value) == 2


def _total_kind(value: Any) -> int:
    if not isinstance(value, str) or len(value) > LONGEST_LABEL or not HINT.search(value):
        return 0
    word = plain(value)
    return 2 if TOTAL.fullmatch(word) else 1 if TOTAL_OF.fullmatch(word) else 0


def _repeated_headers(names: Sequence[Sequence[str]], columns: list[Uniques], count: np.ndarray) -> np.ndarray:
    """Rows that say the header again, or one of its levels, as page by page prints do."""
    same = np.zeros(len(count), dtype=np.int64)
    for said, column in zip(names, columns, strict=True):
        for name in said:
            if name in column.values:
                same += column.codes == column.values.index(name)
    return (same >= 2) & (same >= 0.6 * count)


def _text(body: pd.DataFrame, row: int) -> str:
    return next((shown(cell) for cell in body.iloc[row] if shown(cell)), "")[:80]


def first_rows(rows: np.ndarray) -> str:
    """The first row numbers as a list to read, with a sign that there are more."""
    listed = ", ".join(str(row) for row in rows[:SHOWN_ROWS])
    return f"{listed} …" if len(rows) > SHOWN_ROWS else listed
