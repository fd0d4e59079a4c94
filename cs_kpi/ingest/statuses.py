"""Columns of a status (契約状況, deal stage): which rows say that the customer has left."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cs_kpi.ingest.log import Log
from cs_kpi.ingest.matching import SURE
from cs_kpi.ingest.rows import first_rows
from cs_kpi.ingest.values.names import flags, shown
from cs_kpi.ingest.values.uniques import Uniques
from cs_kpi.ingest.vocabulary import Place, names, places
from cs_kpi.ingest.words import plain
from cs_kpi.locale import _
from cs_kpi.tables import LEFT_STATUSES, STATUS_WORDS

LEFT = Place("customers", "has_left")
MOST_UNKNOWN = 0.2


def says_left(body: pd.DataFrame) -> np.ndarray:
    """Whether any status of a row says that the customer has left."""
    said = [left != "" for left in _words(body).values()]
    return np.logical_or.reduce(said) if said else np.zeros(len(body), dtype=bool)


def note_on_left_without_end(body: pd.DataFrame, contracts: pd.DataFrame, log: Log) -> None:
    """Rows that count as running for want of a date, although their status says otherwise.

    contracts : the rows that were read, indexed as `body` is by their row in the sheet
    """
    running = contracts.index[contracts["end_date"].isna()] if "end_date" in contracts else contracts.index
    for header, left in _words(body).items():
        said = pd.Series(left, index=body.index).loc[running]
        for word in dict.fromkeys(said[said != ""]):
            rows = said.index[said == word].to_numpy()
            log.note(_("Rows that say '{word}' in column '{column}', but have no end date: {count} (row {rows}). They "
                       "count as running. Fill in the dates.", word=word, column=header, count=len(rows),
                       rows=first_rows(rows)))


def _words(body: pd.DataFrame) -> dict[str, np.ndarray]:
    """Status or flag column -> per row the word for having left, or nothing."""
    flagged = {header: _flagged(body[header]) for header in body
               if places(str(header)).get(LEFT, 0.0) >= SURE and not names(str(header), STATUS_WORDS)}
    return flagged | {header: _left(body[header]) for header in body if names(str(header), STATUS_WORDS)}


def _flagged(cells: pd.Series) -> np.ndarray:
    """The cells of a flag (解約フラグ, Churned) that say yes; none where most cells are no flag."""
    said, unknown = flags(cells)
    is_flag = unknown.mean() <= MOST_UNKNOWN if len(unknown) else False
    words = [shown(cell) if is_flag and yes else "" for cell, yes in zip(cells, said.fillna(False), strict=True)]
    return np.array(words, dtype=object)


def _left(cells: pd.Series) -> np.ndarray:
    uniques = Uniques.of(cells)
    words = [shown(value) if isinstance(value, str) and plain(value) in LEFT_STATUSES else ""
             for value in uniques.values]
    return uniques.spread(np.array(words, dtype=object), "")
