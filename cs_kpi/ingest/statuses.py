"""Columns of a status (契約状況, deal stage) or of a flag (解約フラグ): which rows say that the customer has left."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cs_kpi.header_words import STATUS_WORDS
from cs_kpi.ingest.fates import fate
from cs_kpi.ingest.log import Log
from cs_kpi.ingest.matching import SURE
from cs_kpi.ingest.naming.vocabulary import Place, names, places
from cs_kpi.ingest.rows import first_rows
from cs_kpi.ingest.values.names import flags, shown
from cs_kpi.ingest.values.uniques import Uniques
from cs_kpi.locale import _

LEFT = Place("customers", "has_left")
MOST_UNKNOWN = 0.2


def says_left(body: pd.DataFrame) -> np.ndarray:
    """Whether any status of a row says that the customer has left."""
    said = [left != "" for left in left_words(body).values()]
    return np.logical_or.reduce(said) if said else np.zeros(len(body), dtype=bool)


def note_on_left_without_end(body: pd.DataFrame, contracts: pd.DataFrame, log: Log) -> None:
    """Rows that count as running for want of a date, although their status says otherwise.

    contracts : the rows that were read, indexed as `body` is by their row in the sheet
    """
    running = contracts.index[contracts["end_date"].isna()] if "end_date" in contracts else contracts.index
    for header, left in left_words(body).items():
        said = pd.Series(left, index=body.index).loc[running]
        for word in dict.fromkeys(said[said != ""]):
            rows = said.index[said == word].to_numpy()
            log.note(_("Rows that say '{word}' in column '{column}', but have no end date: {count} (row {rows}). They "
                       "count as running. Fill in the dates.", word=word, column=header, count=len(rows),
                       rows=first_rows(rows)))


def left_words(body: pd.DataFrame) -> dict[str, np.ndarray]:
    """Status or flag column -> per row the word for having left, or nothing."""
    flagged = {header: _flagged(body[header]) for header in map(str, body)
               if is_of_contract(header) and not names(header, STATUS_WORDS)}
    return flagged | {header: _said(body[header], is_of_contract(header), "left") for header in map(str, body)
                      if names(header, STATUS_WORDS)}


def open_words(body: pd.DataFrame) -> dict[str, np.ndarray]:
    """Column of a customer's or contract's status -> per row a word between being there and having left (休会)."""
    return {header: _said(body[header], True, "open") for header in map(str, body)
            if is_of_contract(header) and names(header, STATUS_WORDS)}


def is_of_contract(header: str) -> bool:
    """Whether a header says whether a customer is still there."""
    return places(header).get(LEFT, 0.0) >= SURE


def _flagged(cells: pd.Series) -> np.ndarray:
    """The cells of a flag (解約フラグ, Churned) that say yes; none where most cells are no flag. 解約済 says it too."""
    said, unknown = flags(cells)
    uniques = Uniques.of(cells)
    fates = uniques.spread(np.array([str(fate(value)) for value in uniques.values], dtype=object), "None")
    is_flag = (unknown & (fates == "None")).mean() <= MOST_UNKNOWN if len(unknown) else False
    gone = said.fillna(False).to_numpy(dtype=bool) | (fates == "left")
    words = [shown(cell) if is_flag and yes else "" for cell, yes in zip(cells, gone, strict=True)]
    return np.array(words, dtype=object)


def _said(cells: pd.Series, is_contract: bool, wanted: str) -> np.ndarray:
    uniques = Uniques.of(cells)
    words = [shown(value) if isinstance(value, str) and fate(value, is_contract) == wanted else ""
             for value in uniques.values]
    return uniques.spread(np.array(words, dtype=object), "")
