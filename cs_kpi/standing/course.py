"""Health over time: the mean of all customers, and one customer's score with what moved it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cs_kpi.book import Book, date_of
from cs_kpi.churn.events import Floats
from cs_kpi.health.history import Course, closings, course
from cs_kpi.health.score import customers_at, scores
from cs_kpi.health.versions import course_then, differences, in_force
from cs_kpi.health_rules import HealthConfiguration, HealthVersion
from cs_kpi.locale import Language, _, shown


@dataclass(frozen=True, eq=False)
class Past:
    """then : every closing under the version that held; today : all of them under the last version, or an edited one

    changes : places of the closings that are the first under another version, with that version
    """

    days: tuple[int, ...]
    then: Course
    today: Course
    changes: tuple[tuple[int, HealthVersion], ...]


def past(book: Book, versions: Sequence[HealthVersion], now: HealthConfiguration) -> Past:
    """The courses of all customers. now : by what the past is scored again"""
    then = course_then(book, versions)
    held = [in_force(versions, day) for day in then.days]
    changes = tuple((place, one) for place, one in enumerate(held) if place and one != held[place - 1])
    return Past(then.days, then, course(book, now), changes)


def version_changes(book: Book, versions: Sequence[HealthVersion]) -> list[tuple[int, HealthVersion]]:
    """The closings that are the first under another version, with that version."""
    days = closings(book)
    held = [in_force(versions, day) for day in days]
    return [(days[place], one) for place, one in enumerate(held) if place and one != held[place - 1]]


def mean_of(found: Course) -> list[float | None]:
    """The mean score at each closing; None where nobody had one."""
    return [float(np.nanmean(row)) if not np.isnan(row).all() else None for row in found.score]


def counts_of(found: Course) -> np.ndarray:
    """Closings x bands: how many customers were in each band."""
    return np.array([[int((row == place).sum()) for place in range(3)] for row in found.band])


@dataclass(frozen=True, eq=False)
class Life:
    """One customer's score at every closing at which it had one.

    then, today : under the version that held, and under the present one
    behaviour, formula : they sum to the change of `then` against the closing before; NaN at the first
    """

    code: int
    days: tuple[int, ...]
    then: Floats
    today: Floats
    behaviour: Floats
    formula: Floats


def life(book: Book, versions: Sequence[HealthVersion], now: HealthConfiguration, code: int) -> Life:
    """The history of one customer."""
    who, rows = np.array([code]), []
    before: int | None = None
    for day in closings(book):
        if code not in customers_at(book, day):
            continue
        held = in_force(versions, day).configuration
        score, again = (float(scores(book, one, day, who).score[0]) for one in (held, now))
        behaviour = formula = np.nan
        if before is not None:
            old = in_force(versions, before).configuration
            on_old, was = (float(scores(book, old, one, who).score[0]) for one in (day, before))
            behaviour, formula = on_old - was, score - on_old
        rows.append((day, score, again, behaviour, formula))
        before = day
    columns = np.array([row[1:] for row in rows], dtype=float).reshape(-1, 4).T
    return Life(code, tuple(row[0] for row in rows), *columns)


def life_table(found: Life) -> pd.DataFrame:
    """A row per closing, the latest first."""
    frame = pd.DataFrame({"closing": [date_of(day) for day in found.days], "score": found.then,
                          "change": found.behaviour + found.formula, "behaviour": found.behaviour,
                          "formula": found.formula, "today": found.today})
    return frame.round(1).iloc[::-1].reset_index(drop=True)


def version_table(book: Book, versions: Sequence[HealthVersion], saved: Sequence[tuple[str, str]], language: Language
                  ) -> pd.DataFrame:
    """Every version, the latest first, with what differs from the one before. saved : when and by whom, of each"""
    rows = []
    for place, (one, (at, by)) in enumerate(zip(versions, saved, strict=True)):
        said = differences(book, versions[place - 1].configuration, one.configuration) if place else []
        rows.append([one.number, one.configuration.name, one.configuration.made_on, at, by,
                     ("" if language == "ja" else " ").join(shown(line, language) for line in said)
                     or shown(_("no difference") if place else _("the first one"), language)])
    heads = [_("No."), _("Name"), _("Counts from"), _("Saved"), _("Saved by"), _("What changed")]
    return pd.DataFrame(rows[::-1], columns=[head.text(language) for head in heads])
