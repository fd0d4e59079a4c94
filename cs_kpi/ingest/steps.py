"""Cells of a column that stands for one step: the day on which it was done, a mark that it was, or nothing yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from cs_kpi.ingest.naming.words import plain
from cs_kpi.ingest.values.dates import Order, dates
from cs_kpi.ingest.values.names import flag, shown
from cs_kpi.ingest.values.uniques import Uniques, is_not_yet, is_nothing

DONE = frozenset(plain(word) for word in (
    "完了", "完了済", "完了済み", "実施済", "実施済み", "設定済", "設定済み", "対応済", "対応済み", "達成", "達成済",
    "終了", "done", "complete", "completed", "finished", "ok", "●", "★", "☑", "✅", "☒", "レ点"))
NOT_DONE = frozenset(plain(word) for word in (
    "未了", "未着手", "未対応", "未設定", "未済", "着手", "着手中", "準備中", "調整中", "保留", "不要", "対象外",
    "スキップ", "△", "□", "☐", "not started", "not done", "incomplete", "todo", "to do", "skipped", "on hold",
    "not required", "wip", "started", "scheduled", "none"))

IS_DONE, NOT_YET, UNTOLD = 1, 0, -1


@dataclass(frozen=True, slots=True)
class Steps:
    """days : datetime64[s] per row, NaT where no day stands
    is_tick : rows whose cell says that the step was done, but not when
    unreadable : rows with a cell that says neither a day nor whether it was done
    """

    days: pd.Series
    is_tick: np.ndarray
    unreadable: np.ndarray

    @property
    def share_told(self) -> float:
        """Of the cells that say something is done, or something else, the share that are days or ticks."""
        told = int((self.days.notna() | self.is_tick).sum())
        return told / max(told + int(self.unreadable.sum()), 1)


def steps(cells: pd.Series, order: Order | None = None, *, numbers: bool = True) -> Steps:
    """A column of one step, read.

    numbers : bare numbers may be Excel serials

    >>> read = steps(pd.Series(["2024-04-01", "✓", "未", "soon", None], dtype=object))
    >>> read.days.notna().tolist(), read.is_tick.tolist(), read.unreadable.tolist()
    ([True, False, False, False, False], [False, True, False, False, False], [False, False, False, True, False])
    """
    read = dates(cells, order, numbers=numbers)
    uniques = Uniques.of(cells)
    told = uniques.spread(np.array([_told(value) for value in uniques.values], dtype=np.int8), NOT_YET)
    is_tick = (told == IS_DONE) & np.isnat(read.days)
    return Steps(pd.Series(read.days, index=cells.index), is_tick, read.unreadable & (told == UNTOLD))


def _told(value: Any) -> int:
    """Whether a cell says in words that a step is done, or not yet; or something else."""
    if is_nothing(value) or is_not_yet(value):
        return NOT_YET
    word = plain(shown(value))
    known = True if word in DONE else False if word in NOT_DONE else flag(value)
    return UNTOLD if known is None else IS_DONE if known else NOT_YET
