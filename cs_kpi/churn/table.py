"""Features of customers at closings, as one matrix with its columns' names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from cs_kpi.churn.events import Floats
from cs_kpi.churn.features import Feature
from cs_kpi.churn.history import History
from cs_kpi.churn.snapshots import Snapshots
from cs_kpi.ledger import Ints

Progress = Callable[[float], None]
"""Is told how much is done, 0 to 1."""


def silent(_share: float) -> None:
    """The progress of somebody who does not want to know."""


@dataclass(frozen=True)
class FeatureTable:
    """A number per row and feature.

    features : by id, in the order of the columns
    names : of each category what its codes mean
    values : rows x features; NaN where nothing is known
    """

    features: Mapping[str, Feature]
    names: Mapping[str, tuple[str, ...]]
    values: Floats

    def __len__(self) -> int:
        return len(self.values)

    def column(self, id: str) -> Floats:
        return self.values[:, list(self.features).index(id)]

    def only(self, rows: Ints | slice | np.ndarray) -> FeatureTable:
        return replace(self, values=self.values[rows])

    def without(self, *ids: str) -> FeatureTable:
        kept = [place for place, id in enumerate(self.features) if id not in ids]
        return FeatureTable({id: one for id, one in self.features.items() if id not in ids}, self.names,
                            self.values[:, kept])


def table_of(history: History, chosen: Mapping[str, Feature], rows: Snapshots, told: Progress = silent) -> FeatureTable:
    """The features of every snapshot."""
    values = np.empty((len(rows), len(chosen)), dtype=np.float32, order="F")
    for number, day in enumerate(rows.closings):
        place, known = rows.rows_of(day), history.at(day)
        who = rows.customer[place]
        for column, one in enumerate(chosen.values()):
            values[place, column] = one.value(known)[who]
        told((number + 1) / len(rows.closings))
    return FeatureTable(chosen, _names(history, chosen), values)


def table_at(history: History, chosen: Mapping[str, Feature], customer: Ints, day: int) -> FeatureTable:
    """The features of some customers on one day, every digit kept."""
    known = history.at(day)
    columns = [one.value(known)[customer].astype(float) for one in chosen.values()]
    values = np.column_stack(columns) if columns else np.empty((len(customer), 0))
    return FeatureTable(chosen, _names(history, chosen), values)


def _names(history: History, chosen: Mapping[str, Feature]) -> dict[str, tuple[str, ...]]:
    return {id: one.names(history) for id, one in chosen.items() if one.is_category}
