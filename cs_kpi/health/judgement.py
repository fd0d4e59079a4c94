"""What a backtest shows, in whole sentences."""

from __future__ import annotations

import math
from collections.abc import Iterator

from cs_kpi.churn.folds import FEWEST_TESTED
from cs_kpi.churn.metrics import Estimate
from cs_kpi.health.measured import BandRate, Trial
from cs_kpi.health_rules import HealthConfiguration
from cs_kpi.locale import Message, _
from cs_kpi.locale.formats import formatted


def against(trial: Trial, left: int, rows: int) -> tuple[Message, ...]:
    """Why the score is not proven; empty where it is."""
    if not rows:
        return (_("No customer had a score at a past closing whose further fate is known, so nothing can be tested. "
                  "Load a longer history of what the score looks at."),)
    if left < FEWEST_TESTED:
        return (_("Only {n} customers with a score left, where {needed} are needed to judge it. The score can be used; "
                  "whether it foresees who leaves is not known.", n=left, needed=FEWEST_TESTED),)
    if not trial.has_signal:
        if trial.roc_auc.high < 0.5:
            return (_("The wrong way round: customers with high scores left more often (ROC AUC {value}, 95 % interval "
                      "{low} to {high}; 0.50 is chance). Check which end of each part is good.",
                      **_two_digits(trial.roc_auc)),)
        return (_("No signal: the score tells who leaves no better than chance would (ROC AUC {value}, 95 % interval "
                  "{low} to {high}; 0.50 is chance).", **_two_digits(trial.roc_auc)),)
    return ()


def findings(trial: Trial, configuration: HealthConfiguration, left: int, warned: Estimate | None, of_all: float
             ) -> tuple[Message, ...]:
    """What the test shows, as a team lead says it; nothing where too few left.

    warned : None for a list without dates
    """
    if left < FEWEST_TESTED:
        return ()
    is_dated = warned is not None
    found = [*_of_bands(trial, configuration.horizon_months, is_dated)]
    if not math.isnan(trial.lift.value):
        found.append(_("The tenth of the customers with the lowest scores left {lift} times as often as all of them "
                       "(95 % interval {low} to {high}).", lift=f"{trial.lift.value:.1f}", low=f"{trial.lift.low:.1f}",
                       high=f"{trial.lift.high:.1f}"))
    if warned is not None and not math.isnan(warned.value):
        found.append(_("Three months before it was lost, {share} of the churned MRR was red or yellow (95 % interval "
                       "{low} to {high}); of all MRR {of_all} was.", share=percent(warned.value),
                       low=percent(warned.low), high=percent(warned.high), of_all=percent(of_all)))
    return tuple(found)


def _of_bands(trial: Trial, months: int, is_dated: bool) -> Iterator[Message]:
    """How red did against green."""
    red, green = trial.bands[0], trial.bands[-1]
    if not red.rows or not green.rows:
        return
    told = {"red": _rate(red), "green": _rate(green)}
    if is_dated and trial.tells_bands_apart:
        yield _("Of red customers {red} left within {months} months, of green ones {green}: the intervals do not "
                "overlap.", months=months, **told)
    elif is_dated:
        yield _("Of red customers {red} left within {months} months, of green ones {green}: the intervals overlap, so "
                "the bands cannot be told apart.", months=months, **told)
    elif trial.tells_bands_apart:
        yield _("Of red customers {red} had left, of green ones {green}: the intervals do not overlap.", **told)
    else:
        yield _("Of red customers {red} had left, of green ones {green}: the intervals overlap, so the bands cannot be "
                "told apart.", **told)


def _rate(one: BandRate) -> Message:
    return _("{rate} ({low} to {high})", rate=percent(one.rate.value), low=percent(one.rate.low),
             high=percent(one.rate.high))


def _two_digits(estimate: Estimate) -> dict[str, str]:
    return {name: f"{getattr(estimate, name):.2f}" for name in ("value", "low", "high")}


def percent(share: float) -> str:
    return formatted(share, "share", "en")
