"""Columns that give away who has left: they foresee nothing, since they are filled in afterwards."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from cs_kpi.churn.encoders import Rows
from cs_kpi.churn.features import Feature
from cs_kpi.churn.metrics import Ranking
from cs_kpi.ledger import Ints
from cs_kpi.locale import Message, _

NEARLY_PERFECT, NEARLY_PERFECT_DATED = 0.95, 0.99
"""ROC AUC of one column alone; of a feature with dates of its own, which cannot know the future, more is believed."""
FEWEST = 10
"""Customers who left, below which nothing is said."""
PURE, HELD = 0.98, 0.4
"""Values that nearly only leavers have, when they hold such a share of all leavers, give them away."""
EMPTY = 0.01
RANGES = 24
Kind = Literal["perfect", "pure", "filled"]


@dataclass(frozen=True, slots=True)
class Leak:
    """A column that gives away who left.

    kind : `perfect`: ranks leavers above the others nearly without fail; `pure`: has values that nearly only leavers
        have; `filled`: is filled in for leavers alone
    is_used : it is looked at nevertheless, because the settings say so
    """

    feature: Feature
    kind: Kind
    share: float
    is_used: bool = False

    @property
    def sentence(self) -> Message:
        share = f"{round(100 * self.share)}%"
        told = {"perfect": _("'{feature}' alone tells who left nearly without fail (ROC AUC {auc}).",
                             feature=self.feature.label, auc=f"{self.share:.2f}"),
                "pure": _("'{feature}' has values that nearly only customers who left have ({share} of those who "
                          "left).", feature=self.feature.label, share=share),
                "filled": _("'{feature}' is filled in only for customers who left ({share} of them).",
                            feature=self.feature.label, share=share)}[self.kind]
        ending = _("It is used because the settings say so; the numbers below are then too good to be true.") \
            if self.is_used else _("It was probably filled in afterwards and is not used.")
        return _("{finding} {consequence}", finding=told, consequence=ending)


def leaks(rows: Rows, used: tuple[str, ...] = ()) -> list[Leak]:
    """The features of `rows` that give away who left.

    used : ids that the settings switch on; those are named, and kept
    """
    if rows.left < FEWEST or rows.base_rate == 1:
        return []
    found = (_leak(one, rows, one.id in used) for one in rows.table.features.values())
    return [one for one in found if one]


def _leak(feature: Feature, rows: Rows, is_used: bool) -> Leak | None:
    code, size = _codes(feature, rows)
    left = np.bincount(code, rows.label, size)
    count = np.bincount(code, minlength=size)
    missing = size - 1
    told = feature.group != "customer"
    if not told and count[missing]:
        stayed_filled = 1 - (count[missing] - left[missing]) / (count.sum() - left.sum())
        left_filled = 1 - left[missing] / left.sum()
        if stayed_filled <= EMPTY and left_filled >= HELD:
            return Leak(feature, "filled", float(left_filled), is_used)
    auc = _auc_alone(code, size, rows)
    if auc >= (NEARLY_PERFECT_DATED if told else NEARLY_PERFECT):
        return Leak(feature, "perfect", auc, is_used)
    is_pure = (left >= PURE * count) & (count >= FEWEST)
    held = float(left[is_pure].sum() / left.sum())
    return Leak(feature, "pure", held, is_used) if not told and held >= HELD and rows.base_rate < 0.5 else None


def _codes(feature: Feature, rows: Rows) -> tuple[Ints, int]:
    """The value of each row as a code: words, or ranges with about as many rows; the last code is missing."""
    values = rows.table.column(feature.id).astype(float)
    missing = np.isnan(values)
    if feature.is_category:
        size = len(rows.table.names[feature.id])
        return np.where(missing, size, values).astype(np.int64), size + 1
    edges = np.unique(np.quantile(values[~missing], np.arange(1, RANGES) / RANGES)) if (~missing).any() else np.empty(0)
    return np.where(missing, len(edges) + 1, np.searchsorted(edges, values, side="right")), len(edges) + 2


def _auc_alone(code: Ints, size: int, rows: Rows) -> float:
    """ROC AUC of the share of leavers by code, counted on one half of the customers and tested on the other."""
    half = rows.customer % 2
    found: list[float] = []
    for mine in (0, 1):
        learn, test = half != mine, half == mine
        left = np.bincount(code[learn], rows.label[learn], size)
        share = (left + rows.base_rate) / (np.bincount(code[learn], minlength=size) + 1)
        if test.any():
            found.append(Ranking(share[code[test]], rows.label[test]).roc_auc(np.ones(int(test.sum()))))
    known = [auc for auc in found if not math.isnan(auc)]
    return float(np.mean(known)) if known else math.nan
