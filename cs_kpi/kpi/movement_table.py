"""The movement table: from opening to closing MRR, line by line, in every period and segment (handbook 3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from cs_kpi.book import Book
from cs_kpi.errors import DataError
from cs_kpi.kpi.intervals import by_segment
from cs_kpi.kpi.readings import missing
from cs_kpi.kpi.registry import KPIS
from cs_kpi.kpi.tally import Tally
from cs_kpi.ledger import MICRO, Ints
from cs_kpi.measures.moments import Moment, moments
from cs_kpi.measures.segments import segment_field, segmenter
from cs_kpi.periods import Period

MOVEMENTS = ("new", "reactivation", "expansion", "contraction", "churn")
LINES = ("opening", *MOVEMENTS, "moved", "closing")
"""closing = opening + new + reactivation + expansion - contraction - churn + moved, in every segment."""


def movement_table(book: Book, periods: Sequence[Period], by: str | None = None) -> pd.DataFrame:
    """How MRR moved, one row per period and segment, in currency units.

    by : the field to cut by; None: everybody, and nothing is moved between segments
    returns : period, segment (None: not set, or everybody) and the columns of LINES. Where a period opens before the
        data begins, only its closing is known; the rest is NaN.
    Raises DataError where MRR is not available, and for an unknown field.
    """
    if reason := missing(book, KPIS["mrr"]):
        raise DataError(reason)
    field = segment_field(book, by) if by else None
    cut = segmenter(field, book) if field else None
    columns = [field.column] if field and field.source == "subscriptions" else []
    rows = [row for now in moments(book, periods, columns) for row in _rows(Tally(now, cut(now) if cut else None))]
    return pd.DataFrame(rows, columns=["period", "segment", *LINES], dtype=object).astype(dict.fromkeys(LINES, float))


def _rows(tally: Tally) -> Iterator[tuple[object, ...]]:
    now = tally.now
    lines: dict[str, Ints] = {name: tally.total(name, "movement") for name in MOVEMENTS}
    lines |= {"opening": tally.total("opening_mrr", "movement"), "moved": _moved(tally),
              "closing": tally.total("closing_mrr", "closing")}
    names = (None, *tally.segments.names) if tally.segments else (None,)
    for place, name in enumerate(names):
        amounts = [int(lines[line][place]) / MICRO for line in LINES]
        if place == 0 and tally.segments and not any(amounts):
            continue
        if now.opens_in_the_dark:
            amounts[:-1] = [np.nan] * (len(LINES) - 1)
        yield (now.period, name, *amounts)


def _moved(tally: Tally) -> Ints:
    """What came into every segment, less what left it, with customers that changed theirs, at their closing MRR."""
    if tally.segments is None:
        return np.zeros(1, dtype=np.int64)
    before, after = tally.segments.codes("opening"), tally.segments.codes("closing")
    who = _changed(tally.now, before, after)
    amount = tally.now.closing[who]
    return by_segment(amount, after[who], tally.size) - by_segment(amount, before[who], tally.size)


def _changed(now: Moment, before: Ints, after: Ints) -> Ints:
    return np.flatnonzero((now.opening > 0) & (now.closing > 0) & (before != after))
