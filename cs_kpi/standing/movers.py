"""Whose health moved from one closing to the next, and why: what the customer did, or how the score is made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cs_kpi.book import Book
from cs_kpi.churn.events import Floats
from cs_kpi.health.history import shift
from cs_kpi.health.score import NO_BAND, Scores, scores
from cs_kpi.health.sources import label_of
from cs_kpi.health.versions import in_force
from cs_kpi.health.words import value_of
from cs_kpi.health_rules import HealthVersion
from cs_kpi.kpi.behind import inside_of
from cs_kpi.kpi.readings import Segment
from cs_kpi.ledger import MICRO, Ints
from cs_kpi.locale import Language, Message, _, shown
from cs_kpi.measures.moments import moment, span
from cs_kpi.periods import Period
from cs_kpi.standing.listing import band_words
from cs_kpi.standing.standing import has_money, split_of

FEWEST_POINTS = 5.0
"""A customer has moved whose band changed, or whose score did by so much."""
LABELS = {"band_before": _("Band before"), "band": _("Band now"), "change": _("Moved by"), "why": _("Most of it"),
          "score_before": _("Score before"), "score": _("Score now"), "behaviour": _("By behaviour"),
          "formula": _("By the formula")}


@dataclass(frozen=True, eq=False)
class Moves:
    """Customers with a score at the opening and the closing of a period.

    days : of both closings
    then, now : their scores, each under the version that held; on_old : at the closing under the version of the opening
    behaviour, formula : they sum to the change
    """

    book: Book
    days: tuple[int, int]
    then: Scores
    now: Scores
    on_old: Scores
    behaviour: Floats
    formula: Floats
    mrr: Floats | None

    @property
    def change(self) -> Floats:
        return self.now.score - self.then.score

    def places(self, sign: int) -> Ints:
        """Who moved up (1) or down (-1): a changed band first, then the largest change."""
        changed = self.now.band - self.then.band
        far = np.where(changed != 0, np.sign(changed) == sign, (np.sign(self.change) == sign)
                       & (np.abs(self.change) >= FEWEST_POINTS))
        found = np.flatnonzero(far)
        return found[np.lexsort((-np.abs(self.change[found]), -np.abs(changed[found])))]


def moves(book: Book, versions: Sequence[HealthVersion], period: Period, segment: Segment | None = None) -> Moves:
    """The moves within a period of those who were customers at both ends; of a segment as it is at the closing."""
    now = moment(book, period, split_of(book, segment))
    opening, closing = span(book, period)
    old, new = (in_force(versions, day).configuration for day in (opening, closing))
    found = shift(book, old, new, opening, closing)
    is_there = now.was_there & now.is_there & inside_of(now, "closing", segment)
    who = np.flatnonzero(is_there & ~np.isnan(found.before) & ~np.isnan(found.after) & ~np.isnan(found.behaviour))
    return Moves(book, (opening, closing), scores(book, old, opening, who), scores(book, new, closing, who),
                 scores(book, old, closing, who), found.behaviour[who], found.formula[who],
                 now.closing[who] / MICRO if has_money(book) else None)


def listed(found: Moves, sign: int, language: Language) -> pd.DataFrame:
    """Who moved up or down, with both bands and scores, and what made the change."""
    rows, book = found.places(sign), found.book
    code = found.now.customer[rows]
    frame = pd.DataFrame({
        "customer_id": book.customer_ids[code], "customer_name": book.customers["customer_name"].to_numpy()[code],
        "band_before": band_words(found.then, rows, language), "band": band_words(found.now, rows, language),
        "score_before": np.round(found.then.score[rows], 1), "score": np.round(found.now.score[rows], 1),
        "change": np.round(found.change[rows], 1), "behaviour": np.round(found.behaviour[rows], 1),
        "formula": np.round(found.formula[rows], 1),
        "why": [shown(_why(found, int(place)), language) for place in rows]})
    if "owner" in book.customers:
        frame["owner"] = book.customers["owner"].to_numpy()[code]
    if not found.formula.any():
        frame = frame.drop(columns=["behaviour", "formula"])
    return frame if found.mrr is None else frame.assign(mrr=found.mrr[rows])


def _why(found: Moves, place: int) -> Message:
    """The larger cause: the formula, or the part whose points moved most in the direction of the change."""
    behaviour, formula = found.behaviour[place], found.formula[place]
    if abs(formula) > abs(behaviour):
        return _("The score is made differently: {points} points", points=_signed(formula))
    if found.then.band[place] != found.now.band[place] and not behaviour and not formula:
        return _("A cap began or ended to hold")
    moved = (found.on_old.points[place] - found.then.points[place]) / MICRO
    column = int(np.argmax(moved * (np.sign(behaviour) or 1)))
    id = found.then.parts[column]
    before, after = (value_of(found.book, id, side.values[place, column]) if not np.isnan(side.values[place, column])
                     else _("not known") for side in (found.then, found.on_old))
    return _("{part}: {before} → {after} ({points} points)", part=label_of(found.book, id), before=before, after=after,
             points=_signed(moved[column]))


def _signed(points: float) -> str:
    return f"{points:+.1f}"


def summary(found: Moves) -> Message:
    """How many bands changed, and what moved the mean."""
    changed = found.now.band - found.then.band
    known = found.now.band != NO_BAND
    return _("{down} customers fell to a lower band, {up} rose to a better one; the mean score of the {n} customers "
             "there at both closings moved by {change} points: {behaviour} by behaviour, {formula} by the formula.",
             down=int((changed < 0).sum()), up=int((changed > 0).sum()), n=int(known.sum()),
             change=_signed(_mean(found.change)), behaviour=_signed(_mean(found.behaviour)),
             formula=_signed(_mean(found.formula)))


def _mean(values: Floats) -> float:
    return float(values.mean()) if len(values) else 0.0
