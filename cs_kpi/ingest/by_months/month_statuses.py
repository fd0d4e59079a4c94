"""Rows of a month whose status says that the customer has left, with an amount beside: what was lost, or still paid."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.log import Log
from cs_kpi.ingest.statuses import left_words
from cs_kpi.locale import Message, _

TOPIC = "left_month"
LOST = "lost"
MEANS: dict[str, Message] = {LOST: _("what was lost: nothing is paid in that month any more"),
                             "paid": _("what was still paid: it is the last month")}
SHOWN_WORDS = 3


def lost(entries: pd.DataFrame, table: Area, log: Log) -> np.ndarray:
    """Which entries say that their customer has left and hold what was lost by it; asked, with that assumed.

    entries : `series`, `month` and `row` of each amount
    Only the last month of a series that was there before is looked at: a status that all months of a customer repeat is
    that of today.
    """
    found = np.zeros(len(entries), dtype=bool)
    by_series = entries.groupby("series")["month"]
    first, last = by_series.transform("min"), by_series.transform("max")
    is_end = ((entries["month"] == last) & (last > first)).to_numpy()
    for header, words in left_words(table.body).items():
        said = pd.Series(words, index=table.body.index).loc[entries["row"]].to_numpy()
        there_before = pd.Series(said == "", index=entries.index).groupby(entries["series"]).transform("any").to_numpy()
        gone = (said != "") & is_end & there_before & ~found
        if gone.any() and _asked(header, [*dict.fromkeys(said[gone])], int(gone.sum()), log) == LOST:
            found |= gone
    return found


def _asked(header: str, words: list[str], count: int, log: Log) -> str:
    return log.ask(TOPIC, header, _(
        "In the last month of {count} customers, column '{column}' says that they have left ({words}), and there is an "
        "amount. What is it?", count=count, column=header, words=words[:SHOWN_WORDS]), MEANS, LOST)
