"""Lists of scored customers; columns keep their names, the labels name them for the reader (see kpi/listing.py)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cs_kpi.book import Book
from cs_kpi.health.history import Effect
from cs_kpi.health.score import NO_BAND, Scores
from cs_kpi.health.sources import label_of
from cs_kpi.health.words import all_because, banded, cap_reasons
from cs_kpi.health_rules import HealthConfiguration
from cs_kpi.kpi.readings import Segment
from cs_kpi.ledger import MICRO, Ints
from cs_kpi.locale import Language, Message, _, shown
from cs_kpi.periods import Period
from cs_kpi.retention.renewals import due
from cs_kpi.standing.standing import Standing, standing

LABELS = {"score": _("Score"), "band": _("Band"), "coverage": _("Coverage"), "why": _("Why"),
          "renewal": _("Next renewal")}
POINTS = "points:"
"""Before the id of a component: the column of its points."""


def scored(found: Standing, language: Language, places: Ints | None = None) -> pd.DataFrame:
    """Score, band, points per component, coverage, why, next renewal, owner and MRR; the lowest score first, those
    without one last.

    places : of the customers to list, in the order wanted; None: all
    """
    rows = _lowest_first(found.scores) if places is None else places
    scores, book = found.scores, found.book
    code = scores.customer[rows]
    frame = pd.DataFrame({"customer_id": book.customer_ids[code],
                          "customer_name": book.customers["customer_name"].to_numpy()[code],
                          "score": np.round(scores.score[rows], 1), "band": band_words(scores, rows, language)})
    for column, id in enumerate(scores.parts):
        points = np.where(np.isnan(scores.scored[rows, column]), np.nan, scores.points[rows, column] / MICRO)
        frame[POINTS + id] = np.round(points, 1)
    frame["coverage"] = scores.coverage[rows]
    frame["why"] = [shown(reasons, language) for reasons in all_because(book, scores, rows)]
    frame["renewal"] = renewals(found, code)
    if "owner" in book.customers:
        frame["owner"] = book.customers["owner"].to_numpy()[code]
    return frame if found.mrr is None else frame.assign(mrr=found.mrr[rows])


def everybody(book: Book, configuration: HealthConfiguration, period: Period, segment: Segment | None,
              language: Language) -> pd.DataFrame:
    """`scored` of all customers of a closing."""
    return scored(standing(book, configuration, period, segment), language)


def labels(found: Standing, frame: pd.DataFrame) -> dict[str, Message]:
    """What the columns are called; a renewal of which nothing is known is left out."""
    points = {POINTS + id: _("Points: {part}", part=label_of(found.book, id)) for id in found.scores.parts}
    named = {"score": LABELS["score"], "band": LABELS["band"], "why": LABELS["why"], **points,
             "coverage": LABELS["coverage"], "renewal": LABELS["renewal"]}
    return {name: label for name, label in named.items() if name != "renewal" or frame["renewal"].notna().any()}


def capped(found: Standing, language: Language) -> pd.DataFrame:
    """The customers whom a cap keeps from a better band, with the reason; those that pay most first."""
    rows = np.flatnonzero(found.scores.acted.any(axis=1))
    if found.mrr is not None:
        rows = rows[np.argsort(-found.mrr[rows], kind="stable")]
    frame = scored(found, language, rows)[[
        "customer_id", "customer_name", "score", "band", *(["owner"] if "owner" in found.book.customers else []),
        *(["mrr"] if found.mrr is not None else [])]]
    uncapped = [banded(int(found.scores.uncapped[place])).text(language) for place in rows]
    reasons = [cap_reasons(found.book, found.scores, int(place)) for place in rows]
    return frame.assign(uncapped=uncapped, reason=[shown(one, language) for one in reasons])


CAPPED_LABELS = {"score": LABELS["score"], "band": LABELS["band"], "uncapped": _("Without the cap"),
                 "reason": _("Reason")}


MOVED_LABELS = {"band_before": _("Band before"), "band": _("Band after"), "score_before": _("Score before"),
                "score": _("Score after")}


def moved(book: Book, found: Effect, language: Language) -> pd.DataFrame:
    """Whom an edit moves to another band, those that move furthest first."""
    code = found.after.customer[found.moved]
    frame = pd.DataFrame({"customer_id": book.customer_ids[code],
                          "customer_name": book.customers["customer_name"].to_numpy()[code],
                          "band_before": band_words(found.before, found.moved, language),
                          "band": band_words(found.after, found.moved, language),
                          "score_before": np.round(found.before.score[found.moved], 1),
                          "score": np.round(found.after.score[found.moved], 1)})
    if "owner" in book.customers:
        frame["owner"] = book.customers["owner"].to_numpy()[code]
    return frame


def band_words(scores: Scores, rows: Ints, language: Language) -> list[str | None]:
    """Shape and word of each customer's band; None without a score."""
    words = {place: banded(place).text(language) for place in range(3)}
    return [words.get(int(band)) for band in scores.band[rows]]


def renewals(found: Standing, code: Ints) -> list[object]:
    """The next end of a term of each customer within twelve months; None where none is known."""
    if not found.book.has_contracts or found.book.is_snapshot:
        return [None] * len(code)
    coming = found.book.once(due)
    first = coming.groupby("customer_id")["term_end"].min() if len(coming) else pd.Series(dtype="datetime64[s]")
    return [None if pd.isna(day) else day.date() for day in first.reindex(found.book.customer_ids[code])]


def _lowest_first(scores: Scores) -> Ints:
    order = np.argsort(scores.score, kind="stable")
    has_score = scores.band[order] != NO_BAND
    return np.concatenate([order[has_score], order[~has_score]])
