"""Whether a sheet's ends are those of terms, which renew, rather than days on which customers left."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from cs_kpi.header_words import AMOUNT_PERIODS
from cs_kpi.ingest.columns import Column
from cs_kpi.ingest.log import Log
from cs_kpi.ingest.months import months_between
from cs_kpi.ingest.naming.vocabulary import says
from cs_kpi.locale import Message, _

PASSED_MEANS: dict[str, Message] = {"renewed": _("the contract renewed itself"), "left": _("the customer left")}

NEARLY_ALL, MANY = 0.9, 0.2
"""With so many ends, a blank one is a slip; fewer passed ones than this share may as well be customers who left."""
FEWEST = 3
"""Fewer contracts than these may have whole terms by chance."""
USUAL_MONTHS = (1, 3, 6, 12, 24, 36, 48, 60, 72, 84)
ONE_DAY = pd.Timedelta(days=1)

Columns = Mapping[str, Column]


def renewed(columns: Columns, gone: np.ndarray, out: np.ndarray, log: Log) -> np.ndarray:
    """Rows whose passed end is the end of a term that renewed itself, where nothing says which contracts renew: asked
    where every row or nearly every one has an end, these look like terms, and no row follows another.

    gone : rows whose status says that the customer has left
    out : rows that are not read, and have no say
    """
    end = columns["end_date"]
    nobody = np.zeros(len(out), dtype=bool)
    is_filled = end.values.notna().to_numpy() & ~out
    passed = (end.values < pd.Timestamp(log.today)).to_numpy()
    last = is_last(columns, out)
    asked = is_filled & passed & last & ~gone
    filled, rows = int(is_filled.sum()), int((~out).sum())
    is_full = rows - filled <= max(1, (1 - NEARLY_ALL) * rows)
    if not asked.any() or not is_full or (is_filled & ~last).any():
        return nobody
    is_twin = _has_twin(columns, is_filled)
    ahead = int((is_filled & ~passed).sum())
    if not is_twin and (filled < FEWEST or not (_are_terms(columns, is_filled) or ahead >= MANY * rows)):
        return nobody
    if not is_twin and filled < rows and asked.sum() < MANY * rows:
        return nobody
    text = _("Column '{column}' has a date in {filled} of {rows} rows, as the ends of terms have, and {count} of these "
             "dates have passed. What does such a date mean?", column=end.header, filled=filled, rows=rows,
             count=int(asked.sum()))
    assumed = "renewed" if not _pays_a_term(columns) and (is_twin or filled == rows or ahead) else "left"
    return asked if log.ask("end_date_means", end.header, text, PASSED_MEANS, assumed) == "renewed" else nobody


def is_last(columns: Columns, out: np.ndarray) -> np.ndarray:
    """Rows after which their customer (and product, where products are mapped) has no later end."""
    keys = [columns[field].values[~out].fillna("") for field in ("customer_id", "product") if field in columns]
    ends = columns["end_date"].values
    latest = ends[~out].groupby(keys).transform("max")
    return (ends == latest.reindex(ends.index)).to_numpy()


def _pays_a_term(columns: Columns) -> bool:
    """Whether the amount is the total for the term, which pays for no other."""
    return "mrr" not in columns and "amount" in columns and says(columns["amount"].header, AMOUNT_PERIODS["term"])


def _has_twin(columns: Columns, is_filled: np.ndarray) -> bool:
    """Whether the end stands beside the day of renewal, which is the same or the next one."""
    if "term_end" not in columns:
        return False
    apart = (columns["term_end"].values - columns["end_date"].values)[is_filled].dropna()
    return len(apart) > 0 and bool(apart.isin([pd.Timedelta(0), ONE_DAY]).mean() >= NEARLY_ALL)


def _are_terms(columns: Columns, is_filled: np.ndarray) -> bool:
    """Whether nearly all contracts last as long as terms do: a year, half a year, a month."""
    months = months_between(columns["start_date"].values.to_numpy(), columns["end_date"].values.to_numpy())
    return bool(np.isin(months[is_filled], USUAL_MONTHS).mean() >= NEARLY_ALL)
