"""Customers from before the sheets speak of onboarding: they count as not completed, although nobody knows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cs_kpi.book import Book, date_of
from cs_kpi.kpi.onboarding import starters
from cs_kpi.kpi.readings import Segment
from cs_kpi.ledger import NEVER
from cs_kpi.locale import Message, _
from cs_kpi.measures.onboarding import STATES, onboarding
from cs_kpi.onboarding.goals import told_since
from cs_kpi.periods import Period

NOT_COMPLETED = [list(STATES).index(name) for name in ("left", "overdue")]


def from_before(book: Book, run: Sequence[Period] | None = None, segment: Segment | None = None) -> Message | None:
    """How many that started in a run and count as not completed had passed their limit before any step was recorded;
    None where there are none. The book has a criterion."""
    found = book.once(onboarding)
    begin = max(told_since(book, rule) for rule in found.criterion.rules)
    if begin >= NEVER:
        return None
    is_early = (found.limit < begin) & np.isin(found.state, NOT_COMPLETED) & starters(book, run, segment)
    if not is_early.any():
        return None
    return _("{n} customers had passed their limit before {day}, when the records of these steps begin. They count as "
             "not completed, which nobody knows: look at later starts.", n=int(is_early.sum()), day=date_of(begin))
