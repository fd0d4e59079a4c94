"""Rows with a cell that cannot be read and on which no number hangs: left out, until the user keeps them without it."""

from __future__ import annotations

import numpy as np

from cs_kpi.ingest.columns import Column
from cs_kpi.ingest.log import Log
from cs_kpi.ingest.rows import first_rows
from cs_kpi.locale import Message, _
from cs_kpi.tables import TABLES

TOPIC = "unreadable"
ANSWERS: dict[str, Message] = {"refuse": _("Leave these rows out, until the cells are corrected"),
                               "blank": _("Keep these rows, with the cell left blank")}


def refused(table: str, field: str, column: Column, rows: np.ndarray, log: Log) -> np.ndarray:
    """The rows that their unreadable cell refuses (handbook 2): all of them, unless the user keeps them.

    rows : the unreadable cells of the column in rows that the table has
    """
    if not rows.any():
        return rows
    keeps = log.ask(TOPIC, column.header, _cost(table, field, column, rows), ANSWERS, "refuse") == "blank"
    (log.blank if keeps else log.refuse)(column.cells, rows, column.header, column.reason)
    return np.zeros_like(rows) if keeps else rows


def _cost(table: str, field: str, column: Column, rows: np.ndarray) -> Message:
    """The question, with how many rows it is about and what keeping them costs."""
    told = {"column": column.header, "count": int(rows.sum()), "rows": first_rows(column.cells.index[rows].to_numpy())}
    if field == "discount":
        return _("Column '{column}' has cells that cannot be read: {count} (row {rows}). Are their rows left out, or "
                 "kept? Kept, nothing would be taken off their amounts.", **told)
    return _("Column '{column}' has cells that cannot be read: {count} (row {rows}). Are their rows left out, or kept? "
             "Kept, this would be unknown in them: {field}.", **told, field=TABLES[table].by_name[field].label)
