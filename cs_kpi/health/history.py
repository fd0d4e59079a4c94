"""Scores over time: what of a change is the customer's behaviour and what is the formula, and whom an edit moves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cs_kpi.book import Book, date_of, day_of
from cs_kpi.churn.closings import closing_days
from cs_kpi.churn.events import Floats
from cs_kpi.churn.snapshots import UNDATED
from cs_kpi.health.score import NO_BAND, Scores, scores
from cs_kpi.health_rules import BANDS, HealthConfiguration
from cs_kpi.ledger import Ints
from cs_kpi.periods import month_start


@dataclass(frozen=True, eq=False)
class Course:
    """Scores of all customers over closings.

    days : month ends, and `as_of` where it lies inside a month
    score, band : days x customers: NaN and NO_BAND where the customer was not there or had no score
    """

    days: tuple[int, ...]
    score: Floats
    band: Ints


@dataclass(frozen=True, eq=False)
class Shift:
    """What became of scores from one closing to another while the formula changed; NaN where one of them is not there.

    before, after : the old formula on the old data, the new one on the new
    behaviour : the old formula on the new data, less before: what the customer did
    formula : the new formula on the new data less the old one on it; behaviour and formula sum to after less before
    formula_then : the new formula on the old data less the old one on it
    """

    customer: Ints
    before: Floats
    after: Floats
    behaviour: Floats
    formula: Floats
    formula_then: Floats


@dataclass(frozen=True, eq=False)
class Effect:
    """What an edit does to the customers of one day.

    before, after : their scores under the old and the new configuration
    moved : places of the customers whose band changes, those that move furthest first
    counts : bands before x bands after, how many customers; those without a score on either side left out
    """

    before: Scores
    after: Scores
    moved: Ints
    counts: Ints


def last_day(book: Book) -> int:
    """The closing of today: `as_of`; of a list without dates its only one."""
    return UNDATED if book.is_snapshot or book.as_of is None else day_of(book.as_of)


def closings(book: Book) -> list[int]:
    """The closings at which customers can be scored."""
    first, last = book.data_from or book.first_day, book.as_of
    if book.is_snapshot or first is None or last is None:
        return [last_day(book)]
    found = closing_days(month_start(first, -1) if book.data_from else first, last)
    found = [day for day in found if not book.data_from or day >= day_of(book.data_from) - 1]
    return found if found and date_of(found[-1]) == last else [*found, day_of(last)]


def course(book: Book, configuration: HealthConfiguration) -> Course:
    """The scores of every customer at every closing under one configuration: the past re-scored under it."""
    days, size = closings(book), len(book.customer_ids)
    score, band = np.full((len(days), size), np.nan), np.full((len(days), size), NO_BAND, dtype=np.int64)
    for place, day in enumerate(days):
        found = scores(book, configuration, day)
        score[place, found.customer], band[place, found.customer] = found.score, found.band
    return Course(tuple(days), score, band)


def shift(book: Book, old: HealthConfiguration, new: HealthConfiguration, before: int, after: int) -> Shift:
    """Why scores are not what they were: of all customers of the book, from one closing to a later one."""
    old_then, old_now, new_then, new_now = (
        _of_all(book, one, day) for one in (old, new) for day in (before, after))
    return Shift(np.arange(len(book.customer_ids)), old_then, new_now, old_now - old_then, new_now - old_now,
                 new_then - old_then)


def _of_all(book: Book, configuration: HealthConfiguration, day: int) -> Floats:
    found = scores(book, configuration, day)
    placed = np.full(len(book.customer_ids), np.nan)
    placed[found.customer] = found.score
    return placed


def effect(book: Book, old: HealthConfiguration, new: HealthConfiguration, day: int | None = None) -> Effect:
    """How many customers an edit moves to another band, and who; today's, or those of a closing."""
    at = last_day(book) if day is None else day
    before = scores(book, old, at)
    after = scores(book, new, at, before.customer)
    counts = np.zeros((len(BANDS), len(BANDS)), dtype=np.int64)
    both = (before.band != NO_BAND) & (after.band != NO_BAND)
    np.add.at(counts, (before.band[both], after.band[both]), 1)
    moved = np.flatnonzero(before.band != after.band)
    far = np.nan_to_num(np.abs(after.score - before.score)[moved], nan=np.inf)
    return Effect(before, after, moved[np.argsort(-far, kind="stable")], counts)
