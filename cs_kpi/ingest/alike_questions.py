"""The same question about several sheets, to be answered once: the order of dates in each month's file."""

from __future__ import annotations

from collections.abc import Sequence

from cs_kpi.ingest import unnamed
from cs_kpi.ingest.records import Question

OF_NO_COLUMN = frozenset((unnamed.TOPIC,))
"""Topics that are the same question, whatever the column is called in which it comes up."""


def alike(questions: Sequence[Question]) -> list[list[int]]:
    """The places of questions that one answer can settle, in the order of their first: the same topic, column and
    options, each of another sheet."""
    groups: dict[tuple[object, ...], list[int]] = {}
    for place, one in enumerate(questions):
        topic = one.id.split(":")[0]
        column = "" if topic in OF_NO_COLUMN else one.id
        groups.setdefault((topic, column, frozenset(one.options), one.assumed), []).append(place)
    return list(groups.values())
