"""The measures of health: scores of the customers at closing, and the MRR of those in the red band (handbook 4)."""

from __future__ import annotations

import numpy as np

from cs_kpi.book import Book
from cs_kpi.churn.snapshots import UNDATED
from cs_kpi.errors import DataError
from cs_kpi.health.history import last_day
from cs_kpi.health.score import NO_BAND, Scores, is_kept, scores
from cs_kpi.health.sources import checked
from cs_kpi.health_rules import BANDS, CHURN_RISK
from cs_kpi.ledger import Ints
from cs_kpi.locale import Message, _
from cs_kpi.measures.moments import Moment
from cs_kpi.measures.registry import measure

RED = BANDS.index("red")
NEEDED = ("usage|subscriptions|surveys|milestones|interactions|pulse|customers",)
"""Any of what a score can look at; the configuration decides what it does."""


def no_score(book: Book) -> Message | None:
    """Why there is no health score: none is set up, or nothing of it is in the data."""
    if book.settings.health is None:
        return _("No health score is set up yet. The page 'Health score' suggests one from your data, which takes one "
                 "click; on the command line --settings gives one.")
    try:
        checked(book, book.settings.health)
    except DataError as error:
        return error.message
    return None


def scored(now: Moment) -> Scores:
    """The scores of a period's closing, computed once."""
    configuration, day = now.book.settings.health, UNDATED if now.book.is_snapshot else now.days[1]
    assert configuration is not None
    kept = now.book.once(_by_day)
    if day not in kept:
        kept[day] = scores(now.book, configuration, day, np.flatnonzero(now.is_there))
    return kept[day]


def present_scores(book: Book) -> Scores | None:
    """Today's scores by the configuration in force; None where there is none, where nothing of it is in the data, or
    where a model would have to be trained for them first."""
    chosen = book.settings.health
    if chosen is None or no_score(book) is not None:
        return None
    if CHURN_RISK in chosen.features and not is_kept(book, chosen, CHURN_RISK, last_day(book)):
        return None
    return scores(book, chosen, last_day(book))


def _by_day(_book: Book) -> dict[int, Scores]:
    return {}


@measure(_("sum of health scores at closing"), "ratio", at="closing", from_contracts=False, needs=NEEDED,
         lacks=no_score, undated="told")
def health_points(now: Moment) -> Ints:
    return _placed(now, np.where(is_scored(now)[scored(now).customer], scored(now).micro, 0))


@measure(_("customers at closing with a health score"), "count", at="closing", from_contracts=False, needs=NEEDED,
         lacks=no_score, undated="told")
def is_scored(now: Moment) -> np.ndarray:
    return _placed(now, (scored(now).band != NO_BAND).astype(np.int64)) > 0


@measure(_("closing MRR of customers in the red band"), "money", at="closing", lacks=no_score, undated="told")
def red_mrr(now: Moment) -> Ints:
    return now.closing * _placed(now, (scored(now).band == RED).astype(np.int64))


def _placed(now: Moment, value: Ints) -> Ints:
    """Values of the scored customers as a vector over all."""
    found = np.zeros(len(now.closing), dtype=np.int64)
    found[scored(now).customer] = value
    return found
