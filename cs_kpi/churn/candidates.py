"""The two kinds of model, each fitted and written down as a Scorecard.

Logistic: scaled numbers, one-hot categories, indicators of what is missing. Boosted: histogram gradient boosting over
ranges of values, every tree about one feature, so that it too is a sum over features.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cs_kpi.churn.encoders import Category, Number, Rows, encoders
from cs_kpi.churn.events import Floats
from cs_kpi.churn.scorecard import Kind, Line, Part, Scorecard, Steps, Words, probability
from cs_kpi.churn_rules import ChurnSettings

RANGES = 24
"""Into how many ranges of about as many rows a number is cut for the boosted model."""
FEWEST_TO_SHARE = 100_000
"""Rows below which one core fits the trees: on a busy machine cores wait for each other many times longer."""
LEARNING_RATE = 0.08


@dataclass(frozen=True, slots=True)
class Candidate:
    """strength : of the logistic, how little its coefficients are held back (C of scikit-learn, counted in customers);
    of the boosted, how many trees."""

    kind: Kind
    strength: float


CANDIDATES = (Candidate("logistic", 0.01), Candidate("logistic", 0.1), Candidate("logistic", 1.0),
              Candidate("boosted", 40), Candidate("boosted", 120))
"""The simplest first: of equals it is taken."""
DEFAULT = Candidate("logistic", 0.1)
"""Where there is too little to choose by."""


def base_rate(rows: Rows, settings: ChurnSettings) -> Scorecard:
    """Everybody has the same risk."""
    share = min(max(rows.base_rate, 1e-6), 1 - 1e-6)
    return Scorecard(kind="base_rate", strength=0, label=settings.label, horizon_months=settings.horizon_months,
                     intercept=float(np.log(share / (1 - share))), parts=())


def fitted(candidate: Candidate, rows: Rows, settings: ChurnSettings) -> Scorecard:
    """The model of one candidate; the same rows and seed give the same model."""
    if candidate.kind == "base_rate" or not rows.table.features or not 0 < rows.base_rate < 1:
        return base_rate(rows, settings)
    build = _logistic if candidate.kind == "logistic" else _boosted
    parts, intercept = _centred(build(candidate, rows, settings), rows)
    return Scorecard(kind=candidate.kind, strength=candidate.strength, label=settings.label,
                     horizon_months=settings.horizon_months, parts=tuple(parts), intercept=intercept)


def stretched(model: Scorecard, rows: Rows, slope: float) -> Scorecard:
    """The model with all differences between customers times `slope`, its mean risk that of the rows."""
    parts = tuple(part.times(slope) for part in model.parts)
    changed = model.model_copy(update={"parts": parts})
    spread = changed.points(rows.table).sum(axis=1)
    return changed.model_copy(update={"intercept": _intercept(spread, rows.base_rate)})


def _centred(parts: list[Part], rows: Rows) -> tuple[list[Part], float]:
    """Parts that are 0 on average over the rows, and the intercept at which the mean risk is the base rate."""
    centred, total = [], np.zeros(len(rows.label))
    for part in parts:
        points = part.points(rows.table.column(part.feature).astype(float), rows.table.names.get(part.feature, ()))
        mean = float(points.mean())
        total += points - mean
        centred.append(_lowered(part, mean))
    return centred, _intercept(total, rows.base_rate)


def _lowered(part: Part, by: float) -> Part:
    match part:
        case Line():
            return part.model_copy(update={"offset": part.offset - by, "missing": part.missing - by})
        case Steps():
            return part.model_copy(update={"values": tuple(v - by for v in part.values), "missing": part.missing - by})
    return part.model_copy(update={"values": {name: v - by for name, v in part.values.items()},
                                   "other": part.other - by, "missing": part.missing - by})


def _intercept(spread: Floats, share: float) -> float:
    """By Newton's method: where mean(probability(intercept + spread)) is `share`."""
    at = float(np.log(share / (1 - share)))
    for _step in range(50):
        risk = probability(at + spread)
        move = (share - risk.mean()) / max(float((risk * (1 - risk)).mean()), 1e-9)
        at += float(np.clip(move, -2, 2))
        if abs(move) < 1e-10:
            break
    return at


def _logistic(candidate: Candidate, rows: Rows, settings: ChurnSettings) -> list[Part]:
    from sklearn.linear_model import LogisticRegression

    found = encoders(rows)
    if not found:
        return []
    design = np.empty((len(rows.label), sum(one.width for one in found)), dtype=np.float32)
    place = 0
    for one in found:
        design[:, place:place + one.width] = one.columns(rows.table.column(one.feature.id).astype(float))
        place += one.width
    # Rows of one customer say much the same: together they weigh as one customer, so that C means the same for
    # a book of many months and a list.
    weight = np.full(len(rows.label), len(np.unique(rows.customer)) / len(rows.label))
    model = LogisticRegression(C=candidate.strength, max_iter=300, tol=1e-4)
    model.fit(design, rows.label, sample_weight=weight)
    ends = np.cumsum([one.width for one in found])
    weights = np.split(model.coef_[0].astype(float), ends[:-1])
    return [one.part(part) for one, part in zip(found, weights, strict=True)]


def _boosted(candidate: Candidate, rows: Rows, settings: ChurnSettings) -> list[Part]:
    from sklearn.ensemble import HistGradientBoostingClassifier
    from threadpoolctl import threadpool_limits

    found = encoders(rows)
    if not found:
        return []
    edges = [np.empty(0) if isinstance(one, Category) else _edges(rows.table.column(one.feature.id)) for one in found]
    codes = np.column_stack([_codes(one, edge, rows.table.column(one.feature.id))
                             for one, edge in zip(found, edges, strict=True)])
    model = HistGradientBoostingClassifier(
        max_iter=int(candidate.strength), learning_rate=LEARNING_RATE, max_leaf_nodes=4, l2_regularization=1.0,
        min_samples_leaf=max(20, len(rows.label) // 200), early_stopping=False, random_state=settings.seed,
        interaction_cst="no_interactions", categorical_features=[isinstance(one, Category) for one in found])
    sizes = [len(edge) + 1 if isinstance(one, Number) else len(one.codes) + 1
             for one, edge in zip(found, edges, strict=True)]
    with threadpool_limits(1 if len(rows.label) < FEWEST_TO_SHARE else None):
        model.fit(codes, rows.label)
    with threadpool_limits(1):
        told = model.decision_function(_asked(sizes))
    each = np.split(told, np.cumsum([size + 1 for size in sizes])[:-1])
    return [_table_part(one, edge, values.tolist()) for one, edge, values in zip(found, edges, each, strict=True)]


def _asked(sizes: list[int]) -> Floats:
    """Rows in which one feature after the other takes each of its ranges or words, and then none, all others held
    still: what the model says to these is all that it says, since no tree looks at two features."""
    asked = np.zeros((sum(sizes) + len(sizes), len(sizes)))
    first = 0
    for place, size in enumerate(sizes):
        asked[first:first + size + 1, place] = [*range(size), np.nan]
        first += size + 1
    return asked


def _edges(values: Floats) -> Floats:
    """Limits of ranges with about as many rows each."""
    told = values[~np.isnan(values)].astype(float)
    found = np.unique(np.quantile(told, np.arange(1, RANGES) / RANGES))
    return found[found > told.min()]


def _codes(one: Number | Category, edges: Floats, values: Floats) -> Floats:
    """The range of each value, or the place of its word among the frequent ones; rare ones share the place behind."""
    if isinstance(one, Number):
        return np.where(np.isnan(values), np.nan, np.searchsorted(edges, values, side="right"))
    place = np.full(len(one.names) + 1, len(one.codes), dtype=float)
    place[list(one.codes)] = np.arange(len(one.codes))
    code = np.where(np.isnan(values), len(one.names), values).astype(np.int64)
    return np.where(np.isnan(values), np.nan, place[code])


def _table_part(one: Number | Category, edges: Floats, told: list[float]) -> Part:
    """What each range or word adds, and, last, a missing value."""
    *values, missing = told
    if isinstance(one, Number):
        return Steps(feature=one.feature.id, edges=tuple(map(float, edges)), values=tuple(values), missing=missing)
    named = {one.names[code]: value for code, value in zip(one.codes, values, strict=False)}
    return Words(feature=one.feature.id, values=named, other=values[-1], missing=missing)
