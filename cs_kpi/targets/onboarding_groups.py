"""Customers by onboarding: completed in time, not completed, and those whose limit has not passed (handbook 5).

A customer is in one of the first two groups from its limit on, so that both hold only customers that were still active
at the limit: who completes early is not counted as staying because of it.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from cs_kpi.book import Book, day_of
from cs_kpi.errors import DataError
from cs_kpi.ledger import NEVER, Ints
from cs_kpi.locale import Message, _
from cs_kpi.measures.moments import Moment
from cs_kpi.measures.onboarding import no_criterion, onboarding
from cs_kpi.measures.segments import Segmentation

GROUPS_FIELD = "onboarding"
GROUPS: dict[str, Message] = {"completed": _("Onboarding completed"), "not_completed": _("Onboarding not completed"),
                              "undecided": _("Onboarding limit not passed")}
COMPLETED, NOT_COMPLETED, UNDECIDED = range(3)


def grouping(book: Book) -> Callable[[Moment], Segmentation]:
    """The groups at any moment. Raises DataError where there is no onboarding criterion."""
    if reason := no_criterion(book):
        raise DataError(reason)
    found = book.once(onboarding)
    is_in_time = (found.completed_on < NEVER) & (found.completed_on <= found.limit)

    def at(day: int) -> Ints:
        """The group at the closing of a day; -1 for whose start is not known."""
        group = np.where(found.limit > day, UNDECIDED, np.where(is_in_time, COMPLETED, NOT_COMPLETED))
        return np.where(found.limit < NEVER, group, -1)

    def cut(now: Moment) -> Segmentation:
        opening, closing = day_of(now.period.opening), day_of(now.period.end)
        return Segmentation(tuple(GROUPS), at(opening), at(closing), now.was_there)
    return cut
