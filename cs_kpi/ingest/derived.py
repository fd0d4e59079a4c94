"""What rows of a table say beyond their cells: MRR of a contract, kind and scale of an answer, kind of a contact."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from cs_kpi.ingest import (
    amount_guess,
    contracts,
    discounts,
    further_fees,
    pulses,
    scales,
    second_fees,
    unit_prices,
    unnamed,
    voice,
    zeroed,
)
from cs_kpi.ingest.columns import Column
from cs_kpi.ingest.departures import with_departures
from cs_kpi.ingest.ends import end_column, with_ends
from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.log import Log
from cs_kpi.ingest.term_lengths import with_term_months
from cs_kpi.locale import _

ENDS_BEFORE_START = _("The end lies before the start. Correct one of the two dates and load the file again.")

Derivation = Callable[[dict[str, Column], Area, Log, np.ndarray], tuple[pd.DataFrame, np.ndarray]]
"""Frame of a table's fields, and the rows among them that are wrong; `out` are those refused before."""


def _frame(columns: dict[str, Column]) -> pd.DataFrame:
    return pd.DataFrame({field: item.values for field, item in columns.items()})


def as_they_are(columns: dict[str, Column], table: Area, log: Log, out: np.ndarray) -> tuple[pd.DataFrame, np.ndarray]:
    return _frame(columns), np.zeros(len(out), dtype=bool)


def _subscriptions(columns: dict[str, Column], table: Area, log: Log, out: np.ndarray
                   ) -> tuple[pd.DataFrame, np.ndarray]:
    columns = second_fees.chosen(columns, table, out, log)
    columns, unread = unit_prices.multiplied(columns, table, out, log)
    columns = further_fees.added(columns, table, out | unread, log)
    columns = zeroed.completed(columns, table, out | unread, log)
    frame = with_ends(_frame(columns), columns, table.body, out, log)
    taken = discounts.not_yet_taken(with_term_months(columns, table, log), table, out, log)
    frame["mrr"] = contracts.monthly(taken, log, amount_guess.likely(taken, table, out, log))
    frame["charge_kind"] = contracts.charge_kinds(columns, frame.index)
    currency = unnamed.currencies(columns, table, log)
    if currency is not None:
        frame["currency"] = currency
    wrong = unread
    end = end_column(columns, frame)
    if end is not None:
        early = (end.values < frame["start_date"]).to_numpy() & ~out
        log.refuse(end.cells, early, end.header, ENDS_BEFORE_START)
        wrong = wrong | early
    wrong |= _without_mrr(columns, frame["mrr"], log, out | wrong)
    frame = with_departures(frame, columns, table, out | wrong, log)
    contracts.note_on_credit_notes(columns, frame["mrr"][~(out | wrong)], log)
    contracts.note_on_free(columns, frame.loc[~(out | wrong), ["mrr", "charge_kind"]], log)
    return frame, wrong


def _without_mrr(columns: dict[str, Column], mrr: pd.Series, log: Log, out: np.ndarray) -> np.ndarray:
    """Rows with no amount, or with one that cannot be spread over a term."""
    money = columns.get("mrr") or columns["amount"]
    unknown = ~np.isfinite(mrr.to_numpy(dtype=float)) & ~out
    is_blank = money.values.isna().to_numpy()
    log.refuse(money.cells, unknown & is_blank, money.header, contracts.NO_AMOUNT)
    log.refuse(money.cells, unknown & ~is_blank, money.header, contracts.NO_TERM)
    return unknown


def _surveys(columns: dict[str, Column], table: Area, log: Log, out: np.ndarray) -> tuple[pd.DataFrame, np.ndarray]:
    frame = _frame(columns)
    frame["kind"] = voice.kinds(columns, table, log)
    score, read = columns["score"], scales.scaled(columns, frame["kind"], table, log, out)
    frame["score"], frame["scale"] = read.score, read.scale
    cells = table.body[score.header] if score.header in table.headers else score.cells
    log.refuse(cells, read.refused, score.header, scales.NOT_OF_TEN)
    out = out | read.refused | read.silent
    outside = ((frame["score"] < 0) | (frame["score"] > frame["scale"])).to_numpy() & ~out
    log.refuse(cells, outside, score.header, voice.OUT_OF_SCALE)
    return frame, outside | read.refused | read.silent


def _interactions(columns: dict[str, Column], table: Area, log: Log, out: np.ndarray
                  ) -> tuple[pd.DataFrame, np.ndarray]:
    frame = _frame(columns)
    kind = voice.interaction_kind(table, log)
    if kind and "kind" not in columns:
        frame["kind"] = pd.Series(kind, index=frame.index, dtype="str")
    return frame, np.zeros(len(out), dtype=bool)


def _pulse(columns: dict[str, Column], table: Area, log: Log, out: np.ndarray) -> tuple[pd.DataFrame, np.ndarray]:
    item = columns["value"]
    unread = pulses.in_words(item.header, table, out, log)
    values, wrong = pulses.ratings(item, out | unread, log)
    return _frame(columns).assign(value=values), wrong | unread


DERIVED: dict[str, Derivation] = {
    "subscriptions": _subscriptions, "surveys": _surveys, "interactions": _interactions, "pulse": _pulse}
