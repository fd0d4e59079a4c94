"""Tables of churn risk in words of one language: today's customers by their risk, and the scores of the test."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from cs_kpi.book import date_of
from cs_kpi.churn.contract_features import days_to_renewal
from cs_kpi.churn.history import History
from cs_kpi.churn.metrics import Estimate
from cs_kpi.churn.reasons import Reason, WayOut, reasons, way_out
from cs_kpi.churn.risk import Risks
from cs_kpi.churn.tested import Evaluation
from cs_kpi.locale import Language, _
from cs_kpi.locale.formats import NO_VALUE, formatted, rounded

RISK_LABELS = {"risk": _("Risk"), "mrr": _("MRR"), "why": _("Why"), "change": _("What would change it"),
               "owner": _("CSM"), "renewal": _("Term end")}
SCORE_LABELS = {"roc_auc": _("ROC AUC"), "pr_auc": _("PR AUC"), "brier": _("Brier score"), "skill": _("Brier skill"),
                "lift": _("Lift of the top 10 %")}
RAISES, LOWERS = "↑", "↓"
GLUE = "\N{NO-BREAK SPACE}"
"""An arrow stays on the line of its words."""
MOST_REASONS = 3
SHOWN_DIGITS = 3
ALREADY_LOW, NOTHING = _("Below the limit already"), _("Nothing that a team can act on")


def ranking(risks: Risks, limit: float, language: Language) -> pd.DataFrame:
    """Every customer of the day, the highest risk first: MRR, owner and next end of a term as far as the book has them,
    what moves the risk most, and what would bring it below the limit."""
    order = np.argsort(-risks.risk, kind="stable")
    code, book = risks.customer[order], risks.book
    frame = pd.DataFrame({
        "customer_id": book.customer_ids[code], "customer_name": book.customers["customer_name"].to_numpy()[code],
        "risk": np.round(risks.risk[order], SHOWN_DIGITS),
        "why": [why(reasons(risks, place, MOST_REASONS), language) for place in order],
        "change": [way(way_out(risks, place, limit), float(risks.risk[place]), language) for place in order]})
    if frame["change"].isin([ALREADY_LOW.text(language), NOTHING.text(language)]).all():
        frame = frame.drop(columns="change")
    if book.has("subscriptions.mrr"):
        frame["mrr"] = risks.mrr[order]
    if book.has("customers.owner"):
        frame["owner"] = book.customers["owner"].to_numpy()[code]
    if book.has("subscriptions.term_end") and not book.is_snapshot:
        frame["renewal"] = _renewals(risks)[order]
    return frame


def _renewals(risks: Risks) -> np.ndarray:
    """The next end of a term of each customer."""
    ahead = days_to_renewal(risks.book.once(History).at(risks.day))[risks.customer]
    return np.array([np.datetime64("NaT") if np.isnan(days) else np.datetime64(date_of(risks.day + int(days)))
                     for days in ahead], dtype="datetime64[s]")


def why(found: Iterable[Reason], language: Language) -> str:
    """What raises the risk with an arrow up, what lowers it with one down."""
    said = " / ".join(f"{RAISES if one.raises else LOWERS}{GLUE}{one.words.text(language)}" for one in found)
    return said or _("Nothing stands out").text(language)


def way(out: WayOut, risk: float, language: Language) -> str:
    """What would bring a risk below the limit, and the risk that the model gives then."""
    if risk < out.limit:
        return ALREADY_LOW.text(language)
    if not out.changes:
        return NOTHING.text(language)
    told = " / ".join(one.after.text(language) for one in out.changes)
    return f"{told} → {formatted(out.changes[-1].risk, 'share', language)}"


def score_table(tested: Evaluation, language: Language) -> pd.DataFrame:
    """Every way of foreseeing with its numbers and their intervals."""
    table = {_("Tested").text(language): [one.label.text(language) for one in tested.scores]}
    for measure, label in SCORE_LABELS.items():
        digits = 3 if measure == "brier" else 2
        table[label.text(language)] = [interval(getattr(one, measure), digits) for one in tested.scores]
    return pd.DataFrame(table)


def interval(one: Estimate, digits: int) -> str:
    """
    >>> interval(Estimate(0.8451, 0.82, 0.871), 2)
    '0.85 (0.82 – 0.87)'
    """
    if np.isnan(one.value):
        return NO_VALUE
    value, low, high = (rounded(number, digits) if not np.isnan(number) else NO_VALUE
                        for number in (one.value, one.low, one.high))
    return f"{value} ({low} – {high})"


def risk_of(risks: Risks) -> pd.Series:
    """The risk of each customer by its id: for other lists of customers."""
    return pd.Series(risks.risk, index=risks.book.customer_ids[risks.customer], name="risk")
