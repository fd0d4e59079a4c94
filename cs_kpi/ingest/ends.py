"""When contracts ended: which of a sheet's ends and terms mean that the customer left (handbook 1)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from cs_kpi.header_words import LEAVING_WORDS
from cs_kpi.ingest import terms
from cs_kpi.ingest.columns import Column
from cs_kpi.ingest.log import Log
from cs_kpi.ingest.naming.vocabulary import says
from cs_kpi.ingest.statuses import says_left
from cs_kpi.ingest.terms import MANY, NEARLY_ALL, PASSED_MEANS, is_last
from cs_kpi.locale import _

Columns = Mapping[str, Column]


def with_ends(frame: pd.DataFrame, columns: Columns, body: pd.DataFrame, out: np.ndarray, log: Log) -> pd.DataFrame:
    """The rows with `end_date` where customers left and `term_end` where only a term ran out.

    body : the sheet's cells, for a status that says who left
    out : rows that are not read, and have no say
    """
    if "end_date" in columns:
        renewed = _renewed(columns, out | says_left(body), out, log)
        return _as_terms(frame, renewed) if renewed.any() else frame
    if "term_end" in columns and _term_means_left(columns["term_end"], log):
        return frame.assign(end_date=columns["term_end"].values)
    return frame


def end_column(columns: Columns, frame: pd.DataFrame) -> Column | None:
    """The column that says when contracts of this frame ended."""
    return columns.get("end_date") or (columns["term_end"] if "end_date" in frame else None)


def _term_means_left(term: Column, log: Log) -> bool:
    passed = int((term.values < pd.Timestamp(log.today)).sum())
    return bool(passed) and log.ask("term_end_means", term.header, _(
        "Column '{column}' says when terms run out, and {count} of them have passed. What does a passed one mean?",
        column=term.header, count=passed), PASSED_MEANS, "renewed") == "left"


def _renewed(columns: Columns, gone: np.ndarray, out: np.ndarray, log: Log) -> np.ndarray:
    """Rows whose passed end is the end of a term that renewed itself: asked in a ledger where every row has an end, or
    nearly every one and many have passed, so that an end cannot tell who left, and the header does not either."""
    end = columns["end_date"]
    if says(end.header, LEAVING_WORDS):
        return np.zeros(len(out), dtype=bool)
    if "auto_renews" not in columns:
        return terms.renewed(columns, gone, out, log)
    renews = columns["auto_renews"].values.fillna(False).to_numpy(dtype=bool)
    passed = (end.values < pd.Timestamp(log.today)).to_numpy()
    asked = renews & passed & is_last(columns, out) & ~gone
    is_filled = end.values.notna().to_numpy()
    filled, rows = int((is_filled & ~out).sum()), int((~out).sum())
    if not asked.any() or filled < NEARLY_ALL * rows or (filled < rows and asked.sum() < MANY * rows):
        return np.zeros(len(out), dtype=bool)
    text = _("Column '{column}' has a date in every row, and {count} dates that have passed stand in rows that renew "
             "automatically. What does such a date mean?", column=end.header, count=int(asked.sum())) \
        if filled == rows else \
        _("Column '{column}' has a date in {filled} of {rows} rows, and {count} dates that have passed stand in rows "
          "that renew automatically. What does such a date mean?", column=end.header, filled=filled, rows=rows,
          count=int(asked.sum()))
    is_ledger_of_terms = filled == rows or bool((is_filled & ~passed & ~out).any())
    answer = log.ask("end_date_means", end.header, text, PASSED_MEANS, "renewed" if is_ledger_of_terms else "left")
    return asked if answer == "renewed" else np.zeros(len(out), dtype=bool)


def _as_terms(frame: pd.DataFrame, renewed: np.ndarray) -> pd.DataFrame:
    """The ends of these rows moved to the ends of their terms, where those are not given."""
    ends = frame["end_date"].where(renewed)
    term = frame["term_end"].fillna(ends) if "term_end" in frame else ends
    return frame.assign(end_date=frame["end_date"].mask(renewed), term_end=term)
