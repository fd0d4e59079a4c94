"""Values of merged cells among the rows of a table: a label holds for every row it spans, an amount counts once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from cs_kpi.ingest.header_levels import NUMBERLIKE
from cs_kpi.ingest.naming.vocabulary import places
from cs_kpi.ingest.records import Merge
from cs_kpi.ingest.rows import first_rows
from cs_kpi.ingest.values.date_styles import parts_of_text
from cs_kpi.ingest.values.names import shown
from cs_kpi.locale import Message, _
from cs_kpi.tables import TABLES

LIKELY = 0.8


def filled_down(body: pd.DataFrame, merges: Sequence[Merge], kept: Sequence[int]) -> tuple[
        pd.DataFrame, tuple[Message, ...]]:
    """The body of a table with labels of merged cells in every row that they span and that says anything else, and
    what is to be said of it.

    body : indexed by the spreadsheet's row numbers; kept : the sheet's column of each of its columns, from 0
    """
    begin = int(body.index[0]) - 1 if len(body) else 0
    inside = [merge for merge in merges if merge[0] >= begin]
    if not inside or not len(body):
        return body, ()
    speaks, result, notes = body.notna().any(axis=1).to_numpy(), body.copy(), []
    for place, column in enumerate(kept):
        down = [(top - begin, min(bottom - begin + 1, len(body))) for top, left, bottom, _right in inside
                if left == column and bottom > top and top - begin < len(body)]
        if down:
            cells, filled, once = _spread(str(body.columns[place]), body.iloc[:, place].to_numpy(object), down, speaks)
            result.isetitem(place, pd.Series(cells, index=body.index, dtype=object))
            notes += _notes(str(body.columns[place]), body.index.to_numpy()[filled], body.index.to_numpy()[once])
    return result, (*notes, *_note_sideways(body, inside, kept, begin))


def _spread(header: str, cells: np.ndarray, down: Sequence[tuple[int, int]], speaks: np.ndarray
            ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The cells with labels filled down, the rows that were filled, and the first rows of amounts that were not."""
    result, filled, once = cells.copy(), np.zeros(len(cells), dtype=bool), np.zeros(len(cells), dtype=bool)
    kinds: set[str] = {TABLES[place.table].by_name[place.field].kind for place, likeness in places(header).items()
             if likeness >= LIKELY}
    for top, bottom in down:
        value = cells[top]
        if value is None or value != value:
            continue
        rows = np.arange(top + 1, bottom)[speaks[top + 1:bottom]]
        if _is_amount(value, kinds):
            once[top] = len(rows) > 0
        else:
            result[rows] = value
            filled[rows] = True
    return result, filled, once


def _is_amount(value: Any, kinds: set[str]) -> bool:
    """Whether a value is one that would count several times if it stood in several rows."""
    if kinds & {"money", "number"}:
        return True
    if kinds or isinstance(value, bool):
        return False
    text = shown(value)
    return isinstance(value, (int, float)) or (bool(NUMBERLIKE.fullmatch(text)) and parts_of_text(text) is None)


def _notes(header: str, filled: np.ndarray, once: np.ndarray) -> list[Message]:
    notes = []
    if len(filled):
        notes.append(_("Merged cells of column '{column}' hold for every row that they span: {count} rows filled (row "
                       "{rows}).", column=header, count=len(filled), rows=first_rows(filled)))
    if len(once):
        notes.append(_("Numbers in merged cells of column '{column}' count once, in the first of their rows: {count} "
                       "(row {rows}).", column=header, count=len(once), rows=first_rows(once)))
    return notes


def _note_sideways(body: pd.DataFrame, merges: Sequence[Merge], kept: Sequence[int], begin: int) -> list[Message]:
    """Numbers merged over several columns, such as one amount over three months, count in the first alone."""
    places = {column: place for place, column in enumerate(kept)}
    rows = [top - begin for top, left, _bottom, right in merges if right > left and left in places
            and top - begin < len(body) and _is_amount(body.iat[top - begin, places[left]], set())
            and sum(left < column <= right for column in kept)]
    found = body.index.to_numpy()[np.unique(np.array(rows, dtype=np.int64))]
    return [] if not len(found) else [
        _("Numbers merged over several columns count in the first of them: {count} (row {rows}).", count=len(found),
          rows=first_rows(found))]
