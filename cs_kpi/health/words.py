"""A score in words: the bands' names, what costs a customer most points, what capped its band."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from cs_kpi.book import Book
from cs_kpi.churn.features import Feature
from cs_kpi.churn.quantities import Quantity
from cs_kpi.health.score import NO_BAND, NO_SCORE, Scores
from cs_kpi.health.sources import label_of, sources, unit_of
from cs_kpi.health_rules import BANDS, Band, Cap, Missing, Rules
from cs_kpi.ledger import Ints
from cs_kpi.locale import Language, Message, _, shown
from cs_kpi.locale.formats import NO_VALUE, rounded

BAND_LABELS: dict[Band, Message] = {"red": _("red"), "yellow": _("yellow"), "green": _("green")}
BAND_SHAPES: dict[Band, str] = {"red": "■", "yellow": "▲", "green": "●"}
"""As in charts: a band is never told by its colour alone."""
MOST = 3
HEALTHY = 50.0
"""A part that scores at least this is not named among what is wrong."""


MISSING_LABELS: dict[Missing, Message] = {
    "exclude": _("nothing"), "neutral": _("the middle (50)"), "penalise": _("the worst (0)")}
WHEN_LABELS: dict[str, Message] = {"at_most": _("at or below"), "at_least": _("at or above")}


def because(book: Book, found: Scores, place: int, most: int = MOST) -> list[Message]:
    """What pulls one customer's score down, the costliest first, with its value; then the caps that acted."""
    return all_because(book, found, np.array([place]), most)[0]


def all_because(book: Book, found: Scores, places: Ints, most: int = MOST) -> list[list[Message]]:
    """The same for several customers."""
    known = sources(book, found.configuration)
    weight = np.array([[{part.feature: part.weight for part in rules.components}.get(id, 0.0) for id in found.parts]
                       for rules in found.configuration.every])[found.rules[places]]
    alone = found.scored[places]
    lost = np.where(alone < HEALTHY, weight * (100 - alone), 0.0)
    order = np.argsort(-lost, axis=1, kind="stable")[:, :most]
    return [_because(book, found, known, int(place), [int(column) for column in columns if row[column] > 0])
            for place, columns, row in zip(places, order, lost, strict=True)]


def _because(book: Book, found: Scores, known: Mapping[str, Feature], place: int, worst: Sequence[int]
             ) -> list[Message]:
    if found.micro[place] == NO_SCORE:
        return [_("Nothing that the score looks at is known.")]
    told = [known[found.parts[column]].sentence(float(found.values[place, column]), book.currency) for column in worst]
    return told + (cap_reasons(book, found, place) if found.acted[place].any() else [])


def cap_reasons(book: Book, found: Scores, place: int) -> list[Message]:
    """Why a customer is in no better band."""
    return [cap_words(book, cap) for cap, acts in zip(found.caps, found.acted[place], strict=True) if acts]


def banded(place: int) -> Message:
    """A band as a list shows it: its shape and its word.

    >>> str(banded(2)), str(banded(NO_BAND))
    ('● green', 'no score')
    """
    if place == NO_BAND:
        return _("no score")
    return _("{shape} {band}", shape=BAND_SHAPES[BANDS[place]], band=BAND_LABELS[BANDS[place]])


def part_table(book: Book, rules: Rules, language: Language) -> dict[str, list[str]]:
    """What each part looks at, from bad to good, and its share of the weight; columns of words, the heaviest first."""
    whole = sum(part.weight for part in rules.components)
    parts = sorted(rules.components, key=lambda part: -part.weight)
    columns: dict[Message, list[object]] = {
        _("Part"): [label_of(book, part.feature) for part in parts],
        _("Bad"): [value_of(book, part.feature, part.bad) for part in parts],
        _("Good"): [value_of(book, part.feature, part.good) for part in parts],
        _("Share of the weight"): [Quantity.of(part.weight / whole, "share") for part in parts]}
    return {head.text(language): [shown(cell, language) for cell in cells] for head, cells in columns.items()}


def value_of(book: Book, id: str, value: float) -> Quantity:
    """A value of a feature with its unit, as far as it shows."""
    return Quantity.of(value, unit_of(book, id), book.currency)


def score_text(score: float | None) -> str:
    """A score as it is read beside others: one decimal.

    >>> score_text(64.95), score_text(None)
    ('65.0', '—')
    """
    return NO_VALUE if score is None or np.isnan(score) else str(rounded(score, 1))


def cap_words(book: Book, cap: Cap) -> Message:
    """What a cap says of a customer on whom it acts."""
    told = {"band": BAND_LABELS[cap.band], "feature": label_of(book, cap.feature), "limit": f"{cap.limit:g}"}
    return {"at_most": _("at most {band}, since {feature} is {limit} or less", **told),
            "at_least": _("at most {band}, since {feature} is {limit} or more", **told)}[cap.when]


def cap_sentence(book: Book, cap: Cap) -> Message:
    """What a cap says of everybody."""
    told = {"band": BAND_LABELS[cap.band], "feature": label_of(book, cap.feature), "limit": f"{cap.limit:g}"}
    return {"at_most": _("{feature} at {limit} or less is at most {band}", **told),
            "at_least": _("{feature} at {limit} or more is at most {band}", **told)}[cap.when]
