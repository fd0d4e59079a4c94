"""The saved health score as a rival of the churn model: does the model tell more than the score does already?"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from cs_kpi.book import Book
from cs_kpi.churn.events import Floats
from cs_kpi.churn.risk import Rivals
from cs_kpi.churn.snapshots import Snapshots
from cs_kpi.errors import DataError
from cs_kpi.health.past import past
from cs_kpi.health_rules import CHURN_RISK, HealthConfiguration


def health_rival(book: Book) -> Rivals | None:
    """100 - the health score of every snapshot, by the name of the saved configuration; None where none is saved, or
    where it looks at nothing but the churn risk.

    The churn risk in it is left out: the model would compete with itself.
    """
    chosen = without_risk(book.settings.health) if book.settings.health else None
    if chosen is None:
        return None

    def unhealth(rows: Snapshots) -> Mapping[str, Floats]:
        try:
            found = past(book, chosen)
        except DataError:  # the list does not tell how health was before customers left
            return {}
        score = 100.0 - found.scores.score
        same = np.array_equal(found.rows.customer, rows.customer) and np.array_equal(found.rows.closing, rows.closing)
        return {chosen.name: score} if same and not np.isnan(score).all() else {}
    return unhealth


def without_risk(configuration: HealthConfiguration) -> HealthConfiguration | None:
    """The same score without the churn risk; None where nothing is left."""
    rules = []
    for one in configuration.every:
        parts = tuple(part for part in one.components if part.feature != CHURN_RISK)
        if not parts:
            return None
        caps = tuple(cap for cap in one.caps if cap.feature != CHURN_RISK)
        rules.append(one.model_copy(update={"components": parts, "caps": caps}))
    segments = dict(zip(configuration.segments, rules[1:], strict=True))
    return configuration.model_copy(update={"rules": rules[0], "segments": segments})
