"""The scale of each answer: as its cell says (4/5, 80 %), as the sheet or header says, else the smallest usual one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cs_kpi.ingest.columns import Column
from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.log import Log
from cs_kpi.ingest.score_columns import scale_of
from cs_kpi.ingest.values.names import of_scale
from cs_kpi.ingest.values.uniques import Uniques
from cs_kpi.locale import Message, _

SCALES = (5.0, 7.0, 10.0, 100.0)
NPS_SCALE, WHOLE = 10.0, 100.0
NOT_OF_TEN = _("An NPS answer is a whole number from 0 to 10, and this cell is a share or of another scale. Fill in "
               "the answer itself and load the file again.")
SHARES: dict[str, Message] = {"results": _("results of several answers: leave them out"),
                              "answers": _("single answers on a scale up to 100 %")}
TICKS: dict[str, Message] = {"ticks": _("1 is satisfied, 0 is not"), "scores": _("scores on a scale up to 5")}


@dataclass(frozen=True, slots=True)
class Scaled:
    """Score and scale per row; `refused` rows cannot be such an answer, `silent` ones tell of no single answer."""

    score: pd.Series
    scale: pd.Series
    refused: np.ndarray
    silent: np.ndarray


def scaled(columns: Mapping[str, Column], kind: pd.Series, area: Area, log: Log, out: np.ndarray) -> Scaled:
    """What each row's cell says; `kind` is nps or csat per row, `out` the rows that are not read anyway."""
    column = columns["score"]
    score, is_nps = column.values.astype(float), (kind == "nps").to_numpy()
    own = _of_cells(area.body[column.header] if column.header in area.headers else column.cells)
    is_plain = score.notna().to_numpy() & np.isnan(own) & ~out
    share = _shares(column, is_plain, is_nps, area)
    is_share = np.isfinite(share)
    refused = is_nps & (is_share | (np.isfinite(own) & (own != NPS_SCALE))) & ~out
    is_csat_share = is_share & ~is_nps & ~out
    silent = np.zeros(len(score), dtype=bool)
    if is_csat_share.any():
        silent = is_csat_share if _are_results(column, int(is_csat_share.sum()), log) else silent
        score, own = score.mask(is_csat_share, share * WHOLE), np.where(is_csat_share, WHOLE, own)
    usual = _usual(columns, score[is_plain & ~is_share & ~is_nps], log)
    scale = pd.Series(np.where(is_nps, NPS_SCALE, usual), index=score.index)
    given = columns["scale"].values.fillna(scale) if "scale" in columns else scale
    return Scaled(score, given.mask(np.isfinite(own), own), refused, silent)


def _of_cells(cells: pd.Series) -> np.ndarray:
    """The scale that a cell names, as 5 in 4/5; NaN where it names none."""
    uniques = Uniques.of(cells)
    told = [of_scale(value) for value in uniques.values]
    return uniques.spread(np.array([found[1] if found else np.nan for found in told], dtype=float), np.nan)


def _shares(column: Column, is_plain: np.ndarray, is_nps: np.ndarray, area: Area) -> np.ndarray:
    """Rows that are a share of a whole, as 0..1: cells with a percent sign, numbers under a header with one, and
    columns of satisfaction with nothing but fractions of one, as a workbook keeps percentages."""
    values = column.values.to_numpy(dtype=float)
    has_sign = column.amounts.is_percent if column.amounts else np.zeros(len(values), dtype=bool)
    rest = is_plain & ~has_sign
    highest = values[rest].max(initial=0.0)
    if column.header in area.units and area.units[column.header].is_percent:
        return np.where(has_sign, values, np.where(rest, values / (WHOLE if highest > 1 else 1.0), np.nan))
    others = rest & ~is_nps
    are_fractions = bool(((values[others] > 0) & (values[others] < 1)).any()) and values[others].max(initial=0.0) <= 1
    return np.where(has_sign | (others & are_fractions), values, np.nan)


def _are_results(column: Column, count: int, log: Log) -> bool:
    """Whether percentages are results of several answers; then they are left out, and it is said."""
    text = _("Column '{column}' has percentages ({count}). A customer's satisfaction may be one answer on a scale up "
             "to 100 %, or the result of several answers, which cannot be counted as one. Which is it?",
             column=column.header, count=count)
    if log.ask("score_share", column.header, text, SHARES, "results") == "answers":
        return False
    log.note(_("The percentages of column '{column}' were left out, since they may be results of several answers: "
               "{count}. Answer the question on the data page if each is a single answer.", column=column.header,
               count=count))
    return True


def _usual(columns: Mapping[str, Column], scores: pd.Series, log: Log) -> float:
    """The scale of satisfaction where no cell says it."""
    header, highest = columns["score"].header, scores.max()
    if told := scale_of(header):
        return told
    if "scale" not in columns and set(scores.unique()) == {0.0, 1.0} and log.ask(
            "score_ticks", header, _("Column '{column}' holds nothing but 0 and 1. What do they mean?", column=header),
            TICKS, "ticks") == "ticks":
        return 1.0
    return next((scale for scale in SCALES if not highest > scale), float(highest))
