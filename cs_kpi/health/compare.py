"""A score beside another configuration and beside weights fitted to the data, all judged on the same later closings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cs_kpi.book import date_of
from cs_kpi.churn.folds import FEWEST_TESTED, FEWEST_TRAINED, folds
from cs_kpi.churn_rules import ChurnSettings
from cs_kpi.health.fitted import weights
from cs_kpi.health.measured import Trial, sample_of, trial
from cs_kpi.health.past import Past
from cs_kpi.health_rules import HealthConfiguration, Rules
from cs_kpi.ledger import Ints
from cs_kpi.locale import Message, _

LEAST_WEIGHT = 0.5
"""A fitted weight below this, of 100, is left out."""


@dataclass(frozen=True)
class Comparison:
    """Ways of scoring on the same rows.

    begins : the first closing on which they are judged; None for a list without dates
    trials : this one first
    fitted : the same score with weights fitted to what was known before; None, and `why_not`, where there are none
    """

    begins: dt.date | None
    trials: tuple[Trial, ...]
    fitted: HealthConfiguration | None
    why_not: Message | None = None


def compared(of: Past, others: Sequence[Past] = ()) -> Comparison | None:
    """The comparison on the later closings; None where too few left to judge anything by.

    others : the same book's past under other configurations, with the same horizon
    """
    settings = ChurnSettings(horizon_months=of.configuration.horizon_months)
    split = folds(sample_of(of), settings)[0][0]
    scored = of.judged
    for other in others:
        scored = np.intersect1d(scored, other.judged)
    test, train = np.intersect1d(split.test, scored), np.intersect1d(split.train, of.judged)
    if _left(of, test) < FEWEST_TESTED:
        return None
    trials = [trial(of.configuration.name, of, of.scores, test)]
    trials += [trial(other.configuration.name, other, other.scores, test) for other in others]
    fitted, why_not = _fitted(of, train)
    if fitted:
        trials.append(trial(_("Weights fitted to the data"), of, of.under(fitted), test))
    begins = date_of(int(of.rows.closing[test].min())) if of.rows.is_dated else None
    return Comparison(begins, tuple(trials), fitted, why_not)


def _left(of: Past, which: Ints) -> int:
    """Different customers among the rows who left."""
    return len(np.unique(of.rows.customer[which[of.rows.label[which] == 1]]))


def _fitted(of: Past, train: Ints) -> tuple[HealthConfiguration | None, Message | None]:
    """The configuration with the weights that earlier closings give; segments with too few leavers keep their own."""
    known = _left(of, train)
    if known < FEWEST_TRAINED:
        return None, _("Weights cannot be fitted: only {n} customers had left by then, where {needed} are needed.",
                       n=known, needed=FEWEST_TRAINED)
    every = [_refitted(of, rules, train[of.rules[train] == place])
             for place, rules in enumerate(of.configuration.every)]
    if not any(every):
        return None, _("No weights could be fitted: no part of the score goes with staying in the earlier months.")
    rules = [new or old for new, old in zip(every, of.configuration.every, strict=True)]
    segments = dict(zip(of.configuration.segments, rules[1:], strict=True))
    return of.configuration.model_copy(update={"rules": rules[0], "segments": segments}), None


def _refitted(of: Past, rules: Rules, rows: Ints) -> Rules | None:
    if _left(of, rows) < FEWEST_TRAINED:
        return None
    columns = [of.scores.parts.index(part.feature) for part in rules.components]
    found = weights(of.scores.scored[rows][:, columns], of.rows.label[rows], len(np.unique(of.rows.customer[rows])))
    kept = tuple(part.model_copy(update={"weight": round(float(weight), 1)})
                 for part, weight in zip(rules.components, found, strict=True) if weight >= LEAST_WEIGHT)
    return rules.model_copy(update={"components": kept}) if kept else None
