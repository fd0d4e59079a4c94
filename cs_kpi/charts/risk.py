"""The figures of churn risk: what the test says, and what moves the risk of one customer."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np

from cs_kpi.charts.figure import Figure, Marker, Role, Series
from cs_kpi.churn.folds import FOLDS, REPEATS
from cs_kpi.churn.metrics import GRID, Curve, Estimate
from cs_kpi.churn.reasons import LEAST, reasons
from cs_kpi.churn.risk import Risks
from cs_kpi.churn.scorecard import probability
from cs_kpi.churn.tested import NAMED, RIVAL, Evaluation, MonthPart
from cs_kpi.locale import Language, Message, _
from cs_kpi.locale.formats import formatted, rounded
from cs_kpi.periods import month_name

PARTS: dict[MonthPart, tuple[Message, Role]] = {
    "learned": (_("Learned from"), "accent"), "between": (_("Not used"), "neutral"),
    "tested": (_("Tested on"), "second"), "open": (_("Fate not known yet"), "contraction")}
LINES: dict[str, Role] = {"model": "accent", "tenure": "expansion", RIVAL: "second"}
MOST_PARTS = 12
"""Features of one customer that stand alone; what the others add is one bar."""
ALWAYS = 3
"""How many stand alone however little they add."""


def _percent(share: float) -> str:
    return f"{rounded(100 * share, 0)}%"


def _shares() -> tuple[str, ...]:
    return tuple(_percent(one) for one in GRID)


def calibration(tested: Evaluation, language: Language) -> Figure:
    """The risk that was said beside what happened, for customers with about the same risk."""
    bands = tested.calibration
    said = Series(_("Risk said"), tuple(one.foreseen for one in bands), "neutral")
    came = [one.happened for one in bands]
    happened = Series(_("Happened"), tuple(one.value for one in came), "churn", _lows(came), _highs(came))
    held = sum(one.happened.low <= one.foreseen <= one.happened.high for one in bands)
    footnote = _("Customers of the test in groups of about {n}, from the lowest risk to the highest; whiskers are 95% "
                 "intervals by drawing customers again.", n=round(sum(one.rows for one in bands) / max(1, len(bands))))
    names = tuple(_("Group {n}", n=place + 1).text(language) for place in range(len(bands)))
    subtitle = _("In {held} of {n} groups the risk said lies within the interval of what happened", held=held,
                 n=len(bands))
    return Figure("risk-calibration", "grouped_bars", _("Does it happen as often as it says?"), names, (said, happened),
                  "share", footnote, subtitle, category_title=_("Risk, low to high"))


def lift_curve(tested: Evaluation, language: Language) -> Figure:
    """How many times more leavers are among the riskiest than by chance, by how many are called risky."""
    series = _lines(tested, lambda one: one.lift)
    model = tested.curves[0].lift
    subtitle = _("Among the riskiest tenth, {lift} times as many left as by chance (95% interval {low} to {high})",
                 lift=_decimal(model[1].value), low=_decimal(model[1].low), high=_decimal(model[1].high))
    return Figure("risk-lift", "line", _("How much better than chance (lift)"), _shares(), series, "ratio",
                  _tested_on(tested), subtitle, category_title=_("Share of customers called risky"),
                  value_title=_("Leavers, times chance"), references=(Marker(1.0, _("Chance")),))


def roc_curve(tested: Evaluation, language: Language) -> Figure:
    """Which share of the leavers is found at the price of which share of the stayers called risky in vain."""
    chance = Series(_("Chance"), (0.0, *GRID.tolist()), "neutral")
    model = tested.model
    subtitle = _("Area under the curve {auc} (95% interval {low} to {high}); 0.50 is chance",
                 **_two_digits(model.roc_auc)) if model else None
    return Figure("risk-roc", "line", _("Leavers found and stayers called in vain (ROC)"), ("0%", *_shares()),
                  (*_lines(tested, lambda one: one.found), chance), "share", _tested_on(tested), subtitle,
                  category_title=_("Share of stayers called risky in vain"), value_title=_("Share of leavers found"))


def precision_curve(tested: Evaluation, language: Language) -> Figure:
    """What share of those called risky left, by the share of leavers that is to be found."""
    model = tested.model
    rate = float(tested.test_rate)
    subtitle = _("Average precision {auc} (95% interval {low} to {high}); chance is {rate}", rate=f"{rate:.2f}",
                 **_two_digits(model.pr_auc)) if model else None
    return Figure("risk-precision", "line", _("Of those called risky, how many left (precision)"), _shares(),
                  _lines(tested, lambda one: one.precision), "share", _tested_on(tested), subtitle,
                  category_title=_("Share of leavers found"), value_title=_("Of those called risky, left"),
                  references=(Marker(rate, _("Chance")),))


def months_used(tested: Evaluation, language: Language) -> Figure:
    """The closings of the data by what they were for."""
    months = tested.months
    series = tuple(Series(label, tuple(float(one.rows) if one.part == part else None for one in months), role)
                   for part, (label, role) in PARTS.items() if any(one.part == part for one in months))
    left = sum(one.left for one in months if one.part == "tested")
    subtitle = _("{n} customer-months were tested; in {left} of them it happened within the horizon",
                 n=tested.tested_rows, left=left)
    footnote = _("Customers at each month's closing. Not used: the months whose outcome was not known yet when the "
                 "test opens.")
    return Figure("risk-months", "stacked_bars", _("What it learned from, and what it was tested on"),
                  tuple(month_name(one.closing, language) for one in months), series, "count", footnote, subtitle,
                  category_title=_("Closing"))


def contributions(risks: Risks, place: int, name: str, language: Language) -> Figure:
    """What each feature adds to the log-odds of one customer; with the start value they sum to it."""
    every = reasons(risks, place, len(risks.model.parts), least=0.0)
    shown = [one for place, one in enumerate(every[:MOST_PARTS]) if place < ALWAYS or abs(one.points) >= LEAST]
    rest = sum(one.points for one in every) - sum(one.points for one in shown)
    total, start = float(risks.log_odds[place]), risks.model.intercept
    rows: list[tuple[str, float, Role]] = [(_("Start value (the average customer)").text(language), start, "neutral")]
    rows += [(one.words.text(language), one.points, "churn" if one.raises else "expansion") for one in shown]
    if len(every) > len(shown):
        rows.append((_("Everything else").text(language), rest, "neutral"))
    rows.append((_("Sum: the log-odds of this customer").text(language), total, "total"))
    labels, values, roles = zip(*rows, strict=True)
    subtitle = _("Risk {risk}; the average customer's would be {start}", risk=formatted(float(risks.risk[place]),
                 "share", language), start=formatted(float(probability(np.array(start))), "share", language))
    footnote = _("The bars are exact: with the start value they sum to the model's log-odds {total}, which is a risk "
                 "of {risk}. Above 0 raises the risk.", total=f"{total:.2f}",
                 risk=formatted(float(risks.risk[place]), "share", language))
    return Figure("risk-contributions", "ranked_bars", _("What moves the risk of {name}", name=name), labels,
                  (Series(_("Adds to the log-odds"), values, "accent"),), "ratio", footnote, subtitle, roles=roles,
                  category_title=_("Feature"))


def _lines(tested: Evaluation, part: Callable[[Curve], Sequence[Estimate]]) -> tuple[Series, ...]:
    """A line for each way of ranking; the model with its interval."""
    rivals = {one.name: one.label for one in tested.scores}
    found = []
    for one in tested.curves:
        values = part(one)
        bounds = (_lows(values), _highs(values)) if one.name == "model" else (None, None)
        found.append(Series(rivals.get(one.name) or NAMED[one.name], tuple(_known(value.value) for value in values),
                            LINES.get(one.name, "neutral"), *bounds))
    return tuple(found)


def _lows(found: Sequence[Estimate]) -> tuple[float | None, ...]:
    return tuple(_known(one.low) for one in found)


def _highs(found: Sequence[Estimate]) -> tuple[float | None, ...]:
    return tuple(_known(one.high) for one in found)


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value


def _decimal(value: float) -> str:
    return "—" if math.isnan(value) else f"{rounded(value, 1)}"


def _two_digits(one: Estimate) -> dict[str, str]:
    return {"auc": f"{one.value:.2f}", "low": f"{one.low:.2f}", "high": f"{one.high:.2f}"}


def _tested_on(tested: Evaluation) -> Message:
    if tested.is_dated:
        return _("{n} customer-months that the model had not seen; the band is the 95% interval of the model, by "
                 "drawing customers again.", n=tested.tested_rows)
    return _("{n} customers, each told by a model that had not seen it ({folds} folds, {times} times); the band is the "
             "95% interval of the model, by drawing customers again.", n=tested.tested_rows, folds=FOLDS, times=REPEATS)

