"""The command `risk`: how well a model foresaw who leaves, then every customer's risk with its reasons."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import numpy as np

from cs_kpi.book import Book, date_of
from cs_kpi.churn.honesty import headline
from cs_kpi.churn.metrics import Estimate
from cs_kpi.churn.reasons import Reason, WayOut, reasons, risk_limit, way_out
from cs_kpi.churn.registry import at_hand
from cs_kpi.churn.risk import Outlook, Risks, outlook
from cs_kpi.churn.tested import Evaluation, Score
from cs_kpi.churn_rules import LABELS, ChurnSettings
from cs_kpi.console import one_line, table
from cs_kpi.health.rival import health_rival
from cs_kpi.locale import Language, _, shown
from cs_kpi.locale.formats import formatted, rounded

LISTED = 20
MEASURES = ("roc_auc", "pr_auc", "brier", "skill", "lift")


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--horizon", type=_months, metavar="MONTHS",
                        help="how far ahead (default: that of the settings, else 3 months)")
    parser.add_argument("--label", choices=LABELS, help="what is foreseen: the customer left (default), "
                        "a cancellation was recorded, a subscription ended")
    parser.add_argument("--with", dest="with_features", action="append", default=[], metavar="FEATURE",
                        help="look at a feature that is off by default, such as customers.owner; may be repeated")
    parser.add_argument("--without", dest="without_features", action="append", default=[], metavar="FEATURE",
                        help="do not look at a feature; may be repeated")
    parser.add_argument("--limit", type=_share, metavar="RISK", help="the risk from which on it is high, as 0.2 "
                        "(default: twice the mean)")
    parser.add_argument("--insist", action="store_true", help="list risks even where the test found no signal")
    parser.add_argument("--top", type=int, default=LISTED, metavar="N", help="how many customers are listed for "
                        f"people (default: {LISTED}); JSON has all")


def _months(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 24:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of months from 1 to 24")
    return int(text)


def _share(text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = np.nan
    if not 0 < share < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is not a risk between 0 and 1, such as 0.2")
    return share


def found(book: Book, options: argparse.Namespace) -> Outlook:
    """The outlook under the settings, changed by the options; beside the health score of the settings, if there is one.
    """
    saved = at_hand(book, book.settings.churn)
    given = {"horizon_months": options.horizon, "label": options.label, "risk_limit": options.limit}
    return outlook(book, saved.model_copy(update={
        **{name: value for name, value in given.items() if value is not None},
        "with_features": (*saved.with_features, *options.with_features),
        "without_features": (*saved.without_features, *options.without_features)}), health_rival(book))


def _listed(outlook: Outlook, options: argparse.Namespace) -> Risks | None:
    return outlook.risks if outlook.verdict.is_good or options.insist else None


def document(outlook: Outlook, options: argparse.Namespace) -> dict[str, object]:
    """Everything as JSON holds it; `risk` is empty where no model can be believed, unless --insist."""
    settings, tested, verdict = outlook.settings, outlook.evaluation, outlook.verdict
    language: Language = options.language
    risks = _listed(outlook, options)
    model = outlook.trained.model if outlook.trained else None
    return {
        "horizon_months": settings.horizon_months, "label": settings.label, "is_dated": tested.is_dated,
        "verdict": verdict.kind, "is_good": verdict.is_good, "is_fed": verdict.is_fed,
        "against": [one.text(language) for one in verdict.against],
        "notes": [one.text(language) for one in verdict.notes],
        "evaluation": _evaluation(tested, outlook, language), "model": model.kind if model else None,
        "base_log_odds": model.intercept if model else None, "features": list(outlook.features),
        "leaks": [leak.feature.id for leak in outlook.leaks],
        "risk": [] if risks is None else [
            _customer(risks, place, settings, language) for place in np.argsort(-risks.risk, kind="stable")]}


def _evaluation(tested: Evaluation, outlook: Outlook, language: Language) -> dict[str, object]:
    return {
        "headline": headline(tested.top, outlook.settings).text(language) if tested.top else None,
        "left": tested.left, "trained_left": tested.trained_left, "tested_left": tested.tested_left,
        "trained_rows": tested.trained_rows, "tested_rows": tested.tested_rows, "base_rate": tested.base_rate,
        "trained": [day.isoformat() for day in tested.trained or ()],
        "tested": [day.isoformat() for day in tested.tested or ()],
        "scores": [{"name": one.name, "label": one.label.text(language),
                    **{measure: _estimate(getattr(one, measure)) for measure in MEASURES}} for one in tested.scores],
        "calibration": [{"foreseen": one.foreseen, "happened": _estimate(one.happened), "n": one.rows, "left": one.left}
                        for one in tested.calibration],
        "top": None if tested.top is None else {
            "size": tested.top.size, "left": _estimate(tested.top.left), "by_chance": tested.top.by_chance,
            "closing": tested.top.closing.isoformat() if tested.top.closing else None}}


def _estimate(one: Estimate) -> dict[str, float]:
    return {"value": one.value, "low": one.low, "high": one.high}


def _customer(risks: Risks, place: int, settings: ChurnSettings, language: Language) -> dict[str, object]:
    code = risks.customer[place]
    limit = risk_limit(risks, settings.risk_limit)
    out = way_out(risks, place, limit)
    every = reasons(risks, place, most=len(risks.model.parts), least=0.0)
    return {
        "customer_id": risks.book.customer_ids[code], "customer_name": risks.book.customers["customer_name"].iloc[code],
        "mrr": float(risks.mrr[place]), "risk": float(risks.risk[place]), "log_odds": float(risks.log_odds[place]),
        "is_high": bool(risks.risk[place] >= limit),
        "reasons": [{"feature": one.feature.id, "points": one.points, "words": one.words.text(language)}
                    for one in every],
        "changes": [{"feature": one.feature.id, "before": one.before.text(language), "after": one.after.text(language),
                     "risk": one.risk} for one in out.changes],
        "changes_are_enough": out.is_enough}


def text(outlook: Outlook, options: argparse.Namespace) -> str:
    """For people: the judgement first, the test, then the riskiest customers."""
    language: Language = options.language
    verdict, tested = outlook.verdict, outlook.evaluation
    lines = [one.text(language) for one in verdict.against]
    if tested.top and verdict.is_good:
        lines.append(headline(tested.top, outlook.settings).text(language))
    lines += [f"- {one_line(one.text(language))}" for one in verdict.notes]
    parts = ["\n".join(lines)]
    if tested.scores:
        parts += [_scores(tested.scores, language), _calibration(tested, language)]
    risks = _listed(outlook, options)
    if risks is not None:
        parts.append(_riskiest(risks, outlook, options))
    elif outlook.risks is not None:
        hidden = _("Risks are not listed, since they would be chance. --insist lists them nevertheless.")
        parts.append(hidden.text(language))
    return "\n\n".join(parts)


def _scores(scores: tuple[Score, ...], language: Language) -> str:
    header = [_("Tested"), _("ROC AUC"), _("PR AUC"), _("Brier score"), _("Brier skill"), _("Lift of the top 10 %")]
    rows = [[one.label.text(language), *(_interval(getattr(one, measure)) for measure in MEASURES)] for one in scores]
    return table([word.text(language) for word in header], rows, right=range(1, 6))


def _interval(one: Estimate) -> str:
    if np.isnan(one.value):
        return "—"
    return "{} ({} – {})".format(*(rounded(number, 3) for number in (one.value, one.low, one.high)))


def _calibration(tested: Evaluation, language: Language) -> str:
    header = [_("Risk said"), _("Happened"), _("95% interval"), _("n")]
    rows = [[_percent(one.foreseen), _percent(one.happened.value),
             f"{_percent(one.happened.low)} – {_percent(one.happened.high)}", str(one.rows)]
            for one in tested.calibration]
    return table([word.text(language) for word in header], rows, right=range(4))


def _percent(share: float) -> str:
    return formatted(share, "share", "en")


def _riskiest(risks: Risks, outlook: Outlook, options: argparse.Namespace) -> str:
    """The customers of today, the highest risk first, each with what moves it and what would change it."""
    language: Language = options.language
    order = np.argsort(-risks.risk, kind="stable")[:options.top]
    limit = risk_limit(risks, outlook.settings.risk_limit)
    header = [_("Customer ID"), _("Customer name"), _("MRR"), _("Risk"), _("Why"), _("What would change it")]
    rows = [[str(risks.book.customer_ids[risks.customer[place]]),
             str(risks.book.customers["customer_name"].iloc[risks.customer[place]]),
             formatted(float(risks.mrr[place]), "money", language, currency=risks.book.currency),
             _percent(float(risks.risk[place])), "; ".join(_why(reasons(risks, place), language)),
             _way(way_out(risks, place, limit), float(risks.risk[place]), language)] for place in order]
    day = "" if not outlook.evaluation.is_dated else f" ({shown(date_of(risks.day), language)})"
    title = _("Risk of today's customers; high from {limit} on", limit=_percent(limit)).text(language) + day
    return title + "\n" + table([word.text(language) for word in header], rows, right=[2, 3])


def _why(found: list[Reason], language: Language) -> Iterator[str]:
    """What raises the risk with a plus, what lowers it with a minus."""
    return (f"{'+' if one.raises else '-'} {one.words.text(language)}" for one in found)


def _way(out: WayOut, risk: float, language: Language) -> str:
    if risk < out.limit:
        return ""
    if not out.changes:
        return _("nothing that a team can act on").text(language)
    told = "; ".join(one.after.text(language) for one in out.changes)
    return f"{told} → {_percent(out.changes[-1].risk)}"
