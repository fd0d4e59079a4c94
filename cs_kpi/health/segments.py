"""Which rules of a configuration hold for whom at a closing."""

from __future__ import annotations

import numpy as np

from cs_kpi.churn.history import Known
from cs_kpi.health_rules import HealthConfiguration
from cs_kpi.ledger import Ints
from cs_kpi.measures.moments import coded
from cs_kpi.measures.segments import SegmentField, segment_fields, starts


def rules_of(known: Known, configuration: HealthConfiguration) -> Ints:
    """Of every customer the place of its rules in `configuration.every`; 0 where no segment's rules hold."""
    field = next((one for one in known.book.once(segment_fields) if one.id == configuration.field), None)
    found = np.zeros(known.size, dtype=np.int64)
    if field is None or not configuration.segments:
        return found
    code, names = _coded(known, field)
    for place, name in enumerate(configuration.segments, 1):
        if name in names:
            found[code == names.index(name)] = place
    return found


def _coded(known: Known, field: SegmentField) -> tuple[np.ndarray, tuple[str, ...]]:
    """Place of each customer's value at this closing, and the names; a contract field by the largest MRR then."""
    if field.source == "subscriptions":
        return known.leading(field.column), known.history.parts(field.column).names
    values = starts(known.book, field.column) if field.source == "start" else known.book.customers[field.column]
    return coded(values)
