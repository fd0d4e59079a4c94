"""The measures of what customers say: promoters and detractors, satisfied answers (handbook 4)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from cs_kpi.book import Book, days
from cs_kpi.ledger import MICRO, Ints
from cs_kpi.locale import Message, _
from cs_kpi.measures.moments import Moment
from cs_kpi.measures.registry import measure

PROMOTER_FROM, DETRACTOR_TO = 9, 6
SATISFIED_FROM, TOP_FROM = 0.8, 0.9
"""Of the scale: 4 and 5 of five (handbook 4); 9 and 10 of ten (the convention `top_two_of_ten`)."""
USUAL_SCALE = 5
ROUNDING = 1e-9


@dataclass(frozen=True)
class Answers:
    """The answers of one kind by day, the lower of a day last, one entry an answer.

    row : its place in `Book.surveys`
    share : score by scale
    giver : one number for each customer and respondent; a number of its own for an answer without a name
    """

    row: Ints
    day: Ints
    customer: Ints
    score: np.ndarray
    share: np.ndarray
    giver: Ints

    def part(self, now: Moment) -> slice:
        first, last = now.days
        return slice(*np.searchsorted(self.day, [first, last + 1]).tolist())


def _answers(book: Book, kind: str) -> Answers:
    frame = book.surveys
    customer = book.codes(frame["customer_id"])
    is_meant = (customer >= 0) & frame[["score", "answered_on"]].notna().all(axis=1).to_numpy()
    if "kind" in frame:
        is_meant &= (frame["kind"] == kind).to_numpy(dtype=bool, na_value=False)
    row, frame, customer = np.flatnonzero(is_meant), frame[is_meant], customer[is_meant]
    day, score = days(frame["answered_on"]), frame["score"].to_numpy(dtype=float)
    scale = frame["scale"].fillna(USUAL_SCALE).to_numpy(dtype=float) if "scale" in frame else USUAL_SCALE
    order = np.lexsort((-score, day))
    giver = _givers(frame, customer)
    return Answers(row[order], day[order], customer[order], score[order], (score / scale)[order], giver[order])


def _givers(frame: pd.DataFrame, customer: Ints) -> Ints:
    if "respondent" not in frame:
        return np.arange(len(frame))
    name, names = pd.factorize(frame["respondent"])
    key = customer * (len(names) + 1) + name
    return pd.factorize(np.where(name < 0, -1 - np.arange(len(frame)), key))[0].astype(np.int64)


nps_answers, csat_answers = partial(_answers, kind="nps"), partial(_answers, kind="csat")
"""Answers of a Book, each a function of its own, so that `Book.once` keeps both."""


def latest(found: Answers, now: Moment) -> Ints:
    """The places among the NPS answers of the latest one in the period of each giver, on the same day the lower one."""
    part = found.part(now)
    last = np.full(int(found.giver.max(initial=-1)) + 1, -1, dtype=np.int64)
    last[found.giver[part]] = np.arange(part.start, part.stop)
    return last[last >= 0]


def _without(kind: partial[Answers], reason: Message, book: Book) -> Message | None:
    return None if len(book.once(kind).day) else reason


no_nps = partial(_without, nps_answers, _("The surveys hold no NPS answers. Load them, or say on the data page which "
                                          "survey the scores answer."))
no_csat = partial(_without, csat_answers, _("The surveys hold no satisfaction answers (CSAT). Load them, or say on the "
                                            "data page which survey the scores answer."))


def _nps(now: Moment, low: float, high: float) -> Ints:
    found = now.book.once(nps_answers)
    chosen = latest(found, now)
    is_in = chosen[(found.score[chosen] >= low) & (found.score[chosen] <= high)]
    return np.bincount(found.customer[is_in], minlength=len(now.is_there)).astype(np.int64)


@measure(_("promoters"), "count", of="answers", from_contracts=False, needs=("surveys",), lacks=no_nps)
def promoters(now: Moment) -> Ints:
    return _nps(now, PROMOTER_FROM, np.inf)


@measure(_("detractors"), "count", of="answers", from_contracts=False, needs=("surveys",), lacks=no_nps)
def detractors(now: Moment) -> Ints:
    return _nps(now, -np.inf, DETRACTOR_TO)


@measure(_("NPS answers"), "count", of="answers", from_contracts=False, needs=("surveys",), lacks=no_nps)
def nps_given(now: Moment) -> Ints:
    return _nps(now, -np.inf, np.inf)


def _csat(now: Moment, lowest: float) -> Ints:
    found = now.book.once(csat_answers)
    part = found.part(now)
    is_in = found.share[part] >= lowest - ROUNDING
    return np.bincount(found.customer[part][is_in], minlength=len(now.is_there)).astype(np.int64)


@measure(_("satisfied answers"), "count", of="answers", from_contracts=False, needs=("surveys",), lacks=no_csat)
def satisfied(now: Moment) -> Ints:
    return _csat(now, SATISFIED_FROM)


@measure(_("answers of at least nine tenths"), "count", of="answers", from_contracts=False, needs=("surveys",),
         lacks=no_csat)
def very_satisfied(now: Moment) -> Ints:
    return _csat(now, TOP_FROM)


@measure(_("CSAT answers"), "count", of="answers", from_contracts=False, needs=("surveys",), lacks=no_csat)
def csat_given(now: Moment) -> Ints:
    return _csat(now, -np.inf)


@measure(_("sum of the scores"), "ratio", from_contracts=False, needs=("surveys",), lacks=no_csat)
def csat_scores(now: Moment) -> Ints:
    found = now.book.once(csat_answers)
    part = found.part(now)
    total = np.zeros(len(now.is_there), dtype=np.int64)
    np.add.at(total, found.customer[part], np.rint(found.score[part] * MICRO).astype(np.int64))
    return total
