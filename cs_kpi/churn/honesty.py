"""Whether a model may be believed, in whole sentences at the top of everything that shows it (handbook 6)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from cs_kpi.churn.folds import FEWEST_TESTED, FEWEST_TRAINED
from cs_kpi.churn.leaks import Leak
from cs_kpi.churn.metrics import Estimate
from cs_kpi.churn.tested import Evaluation, Top
from cs_kpi.churn_rules import ChurnSettings, Label
from cs_kpi.locale import Message, _
from cs_kpi.locale.formats import formatted, rounded
from cs_kpi.periods import PeriodName, period_of

VerdictKind = Literal["good", "too_few", "no_signal", "leak"]
VERDICT_WORDS: dict[VerdictKind, Message] = {
    "good": _("This model can be believed: tested on what it had not seen, it ranked customers better than chance, and "
              "its risks were nearer to what happened than one risk for everybody."),
    "too_few": _("No model: too few customers left to learn from."),
    "no_signal": _("Not to be believed: who leaves cannot be told from these data."),
    "leak": _("Not to be believed: it looks at a column that gives away who left.")}


@dataclass(frozen=True)
class Verdict:
    """What may be believed.

    kind : the verdict in a word
    is_good : shown as a model that foresees
    words : the verdict as the first sentence of what shows it
    is_fed : risk may be a part of the health score; a user may insist otherwise
    against : why not, each a sentence; empty for a good model
    notes : what else has to be known: columns left out, how it was tested
    """

    kind: VerdictKind
    against: tuple[Message, ...]
    notes: tuple[Message, ...]

    @property
    def is_good(self) -> bool:
        return self.kind == "good"

    @property
    def words(self) -> Message:
        return VERDICT_WORDS[self.kind]

    @property
    def is_fed(self) -> bool:
        return self.is_good


def verdict(evaluation: Evaluation, found: list[Leak], settings: ChurnSettings) -> Verdict:
    """The judgement on one evaluation."""
    too_few, silent = _too_few(evaluation, settings), _no_signal(evaluation)
    given_away = [leak.sentence for leak in found if leak.is_used]
    kind: VerdictKind = "too_few" if too_few else "no_signal" if silent else "leak" if given_away else "good"
    notes = [leak.sentence for leak in found if not leak.is_used]
    if evaluation.scores:
        notes.append(_how_tested(evaluation, settings))
    return Verdict(kind, (*(too_few or silent), *given_away), tuple(notes))


_LEFT: dict[Label, Message] = {
    "left": _("Only {n} customers left {where}, where {needed} are needed."),
    "cancelled": _("Only {n} customers had a cancellation recorded {where}, where {needed} are needed."),
    "ended": _("Only {n} customers had a subscription end {where}, where {needed} are needed.")}


def _few(label: Label, n: int, where: Message, needed: int) -> Message:
    return Message(_LEFT[label].template, {"n": n, "where": where, "needed": needed})


def _too_few(evaluation: Evaluation, settings: ChurnSettings) -> list[Message]:
    if evaluation.is_enough:
        return []
    if evaluation.left < FEWEST_TRAINED:
        counted = [_few(settings.label, evaluation.left, _("in the whole data"), FEWEST_TRAINED)]
    else:
        parts = ((evaluation.trained_left, _("in the earlier months, which a model would learn from"), FEWEST_TRAINED),
                 (evaluation.tested_left, _("in the later months, on which it would be tested"), FEWEST_TESTED))
        counted = [_few(settings.label, n, where, needed) for n, where, needed in parts if n < needed]
    return [*counted, _("A model from so few would show chance, not risk, so none is given. The health score works "
                        "without it. Load a longer history, or choose a label that happens more often.")]


def _no_signal(evaluation: Evaluation) -> list[Message]:
    model = evaluation.model
    if model is None:
        return []
    found = []
    if not model.roc_auc.low > 0.5:
        found.append(_("No signal: the model ranks customers no better than chance would (ROC AUC {value}, 95 % "
                       "interval {low} to {high}; 0.50 is chance).", **_two_digits(model.roc_auc)))
    if not model.skill.value > 0:
        found.append(_("No signal: its risks were no nearer to what happened than saying the base rate of {base} for "
                       "everybody (Brier skill {value}).", base=formatted(evaluation.base_rate, "share", "en"),
                       value=f"{model.skill.value:.3f}"))
    if found:
        found.append(_("Who leaves cannot be told from what these tables hold. Risk is not part of the health score; "
                       "other columns, such as use or answers with dates, may change that."))
    return found


def _two_digits(estimate: Estimate) -> dict[str, str]:
    return {name: f"{getattr(estimate, name):.2f}" for name in ("value", "low", "high")}


def _how_tested(evaluation: Evaluation, settings: ChurnSettings) -> Message:
    if evaluation.trained is None or evaluation.tested is None:
        return _("This list has no dates, so the model was tested on customers that it had not seen, fold by fold, and "
                 "not on later months. It tells who is like those who left; not when they will.")
    first, last = (PeriodName("", period=period_of("month", day)) for day in evaluation.tested)
    return _("It learned from what was known at the end of {first} and was tested on {rows} customer-months from then "
             "to {last}.", first=first, last=last, rows=evaluation.tested_rows)


def _whole(value: float) -> int | str:
    return "—" if math.isnan(value) else int(rounded(value, 0))


def headline(top: Top, settings: ChurnSettings) -> Message:
    """The test as a team lead says it."""
    values: dict[str, object] = {"size": top.size, "left": _whole(top.left.value),
                                 "chance": float(rounded(top.by_chance, 1)),
                                 "months": settings.horizon_months, "low": _whole(top.left.low),
                                 "high": _whole(top.left.high)}
    if top.closing is None:
        return _("Of the {size} customers it called riskiest, {left} had left (95 % interval {low} to {high}); by "
                 "chance {chance} would have.", **values)
    values["month"] = PeriodName("", period=period_of("month", top.closing))
    told = {"left": _("Of the {size} customers it called riskiest at the end of {month}, {left} left within {months} "
                      "months (95 % interval {low} to {high}); by chance {chance} would have."),
            "cancelled": _("Of the {size} customers it called riskiest at the end of {month}, {left} had a "
                           "cancellation recorded within {months} months (95 % interval {low} to {high}); by chance "
                           "{chance} would have."),
            "ended": _("Of the {size} customers it called riskiest at the end of {month}, {left} had a subscription "
                       "end within {months} months (95 % interval {low} to {high}); by chance {chance} would have.")}
    return Message(told[settings.label].template, values)
