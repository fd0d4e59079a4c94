"""The two kinds of model, each fitted and written down as a Scorecard.

Logistic: scaled numbers, one-hot categories, indicators of what is missing. Boosted: histogram gradient boosting over
ranges of values, every tree about one feature, so that it too is a sum over features.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cs_kpi.churn.events import Floats
from cs_kpi.churn.features import Feature
from cs_kpi.churn.scorecard import Kind, Line, Part, Scorecard, Steps, Words, probability, scaled
from cs_kpi.churn.settings import ChurnSettings
from cs_kpi.churn.table import FeatureTable
from cs_kpi.ledger import Ints

RANGES = 24
"""Into how many ranges of about as many rows a number is cut for the boosted model."""
FEWEST_OF_A_WORD = 20
"""A category's value on fewer rows counts with the other rare ones."""
TAIL = 0.005
"""Values beyond these quantiles count as the quantile."""
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


@dataclass(frozen=True)
class Rows:
    """What a model is fitted to."""

    table: FeatureTable
    label: Floats
    customer: Ints

    def only(self, rows: Ints | slice | np.ndarray) -> Rows:
        return Rows(self.table.only(rows), self.label[rows], self.customer[rows])

    @property
    def left(self) -> int:
        """How many different customers left."""
        return len(np.unique(self.customer[self.label == 1]))

    @property
    def base_rate(self) -> float:
        return float(self.label.mean()) if len(self.label) else float("nan")


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


@dataclass(frozen=True)
class _Number:
    """How a column of numbers enters the logistic model."""

    feature: Feature
    low: float
    high: float
    mean: float
    deviation: float
    median: float
    has_missing: bool

    @property
    def width(self) -> int:
        return 1 + self.has_missing

    def columns(self, values: Floats) -> Floats:
        told = np.clip(scaled(values, self.feature.is_log), self.low, self.high)
        missing = np.isnan(values)
        filled = (np.where(missing, self.median, told) - self.mean) / self.deviation
        return np.column_stack([filled, missing]) if self.has_missing else filled[:, None]

    def part(self, weights: Floats) -> Line:
        slope = float(weights[0] / self.deviation)
        missing = slope * (self.median - self.mean) + (float(weights[1]) if self.has_missing else 0.0)
        return Line(feature=self.feature.id, is_log=self.feature.is_log, low=self.low, high=self.high,
                    centre=self.mean, slope=slope, offset=0.0, missing=missing)


@dataclass(frozen=True)
class _Category:
    """The words of a category that are frequent enough, by code, and whether some are missing."""

    feature: Feature
    codes: tuple[int, ...]
    names: tuple[str, ...]
    has_missing: bool

    @property
    def width(self) -> int:
        return len(self.codes) + self.has_missing

    def columns(self, values: Floats) -> Floats:
        found = [values == code for code in self.codes] + ([np.isnan(values)] if self.has_missing else [])
        return np.column_stack(found).astype(float)

    def part(self, weights: Floats) -> Words:
        named = {self.names[code]: float(weight) for code, weight in zip(self.codes, weights, strict=False)}
        return Words(feature=self.feature.id, values=named, other=0.0,
                     missing=float(weights[-1]) if self.has_missing else 0.0)


def _encoders(rows: Rows) -> list[_Number | _Category]:
    """One for each feature that differs between rows."""
    found = [_category(one, rows) if one.is_category else _number(one, rows) for one in rows.table.features.values()]
    return [one for one in found if one is not None]


def _number(feature: Feature, rows: Rows) -> _Number | None:
    values = scaled(rows.table.column(feature.id).astype(float), feature.is_log)
    told = values[~np.isnan(values)]
    if not len(told):
        return None
    low, median, high = (float(one) for one in np.quantile(told, [TAIL, 0.5, 1 - TAIL]))
    low, high = (float(told.min()), float(told.max())) if low == high else (low, high)
    if low == high:
        return None
    filled = np.clip(np.where(np.isnan(values), median, values), low, high)
    has_missing = len(values) - len(told) >= FEWEST_OF_A_WORD
    return _Number(feature, low, high, float(filled.mean()), float(filled.std()), median, has_missing)


def _category(feature: Feature, rows: Rows) -> _Category | None:
    values, names = rows.table.column(feature.id), rows.table.names[feature.id]
    missing = np.isnan(values)
    counts = np.bincount(values[~missing].astype(np.int64), minlength=len(names))
    codes = tuple(int(code) for code in np.flatnonzero(counts >= FEWEST_OF_A_WORD))
    has_missing = int(missing.sum()) >= FEWEST_OF_A_WORD
    return _Category(feature, codes, names, has_missing) if len(codes) + has_missing > 1 else None


def _logistic(candidate: Candidate, rows: Rows, settings: ChurnSettings) -> list[Part]:
    from sklearn.linear_model import LogisticRegression

    encoders = _encoders(rows)
    if not encoders:
        return []
    design = np.empty((len(rows.label), sum(one.width for one in encoders)), dtype=np.float32)
    place = 0
    for one in encoders:
        design[:, place:place + one.width] = one.columns(rows.table.column(one.feature.id).astype(float))
        place += one.width
    # Rows of one customer say much the same: together they weigh as one customer, so that C means the same for
    # a book of many months and a list.
    weight = np.full(len(rows.label), len(np.unique(rows.customer)) / len(rows.label))
    model = LogisticRegression(C=candidate.strength, max_iter=300, tol=1e-4)
    model.fit(design, rows.label, sample_weight=weight)
    ends = np.cumsum([one.width for one in encoders])
    weights = np.split(model.coef_[0].astype(float), ends[:-1])
    return [one.part(part) for one, part in zip(encoders, weights, strict=True)]


def _boosted(candidate: Candidate, rows: Rows, settings: ChurnSettings) -> list[Part]:
    from sklearn.ensemble import HistGradientBoostingClassifier

    encoders = _encoders(rows)
    if not encoders:
        return []
    edges = [np.empty(0) if isinstance(one, _Category) else _edges(rows.table.column(one.feature.id)) for one in encoders]
    codes = np.column_stack([_codes(one, edge, rows.table.column(one.feature.id))
                             for one, edge in zip(encoders, edges, strict=True)])
    model = HistGradientBoostingClassifier(
        max_iter=int(candidate.strength), learning_rate=LEARNING_RATE, max_leaf_nodes=4, l2_regularization=1.0,
        min_samples_leaf=max(20, len(rows.label) // 200), early_stopping=False, random_state=settings.seed,
        interaction_cst="no_interactions", categorical_features=[isinstance(one, _Category) for one in encoders])
    model.fit(codes, rows.label)
    return [_table_part(one, edge, place, model, len(encoders))
            for place, (one, edge) in enumerate(zip(encoders, edges, strict=True))]


def _edges(values: Floats) -> Floats:
    """Limits of ranges with about as many rows each."""
    told = values[~np.isnan(values)].astype(float)
    found = np.unique(np.quantile(told, np.arange(1, RANGES) / RANGES))
    return found[found > told.min()]


def _codes(one: _Number | _Category, edges: Floats, values: Floats) -> Floats:
    """The range of each value, or the place of its word among the frequent ones; rare ones share the place behind."""
    if isinstance(one, _Number):
        return np.where(np.isnan(values), np.nan, np.searchsorted(edges, values, side="right"))
    place = np.full(len(one.names) + 1, len(one.codes), dtype=float)
    place[list(one.codes)] = np.arange(len(one.codes))
    return np.where(np.isnan(values), np.nan, place[np.where(np.isnan(values), len(one.names), values).astype(np.int64)])


def _table_part(one: _Number | _Category, edges: Floats, place: int, model: object, width: int) -> Part:
    """What each range or word adds, read off the model with all other features held still: exact, since no tree looks
    at two of them."""
    size = len(edges) + 1 if isinstance(one, _Number) else len(one.codes) + 1
    asked = np.zeros((size + 1, width))
    asked[:, place] = [*range(size), np.nan]
    *values, missing = (float(value) for value in model.decision_function(asked))  # type: ignore[attr-defined]
    if isinstance(one, _Number):
        return Steps(feature=one.feature.id, edges=tuple(map(float, edges)), values=tuple(values), missing=missing)
    named = {one.names[code]: value for code, value in zip(one.codes, values, strict=False)}
    return Words(feature=one.feature.id, values=named, other=values[-1], missing=missing)
