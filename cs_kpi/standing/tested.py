"""The tables of a backtest: ways of scoring side by side, fitted weights, and whom the score misjudged."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from cs_kpi.book import Book
from cs_kpi.churn.metrics import Estimate
from cs_kpi.health.backtest import Named
from cs_kpi.health.compare import Comparison
from cs_kpi.health.editing import rules_of
from cs_kpi.health.measured import BandRate, Trial
from cs_kpi.health.sources import label_of
from cs_kpi.health.words import banded
from cs_kpi.health_rules import BANDS, HealthConfiguration
from cs_kpi.locale import Language, Message, _, shown
from cs_kpi.locale.formats import NO_VALUE, formatted, rounded

_SCORED = {"closing": _("Scored on"), "score": _("Score then")}
NAMED_LABELS: dict[str, dict[str, Message]] = {
    "greens_left": {**_SCORED, "left": _("Last closing as a customer")}, "reds_stayed": _SCORED}


def beside(both: Comparison, language: Language) -> pd.DataFrame:
    """A row for each way of scoring: ROC AUC, lift, and who left of each band, with intervals."""
    heads = [_("Tested"), _("ROC AUC"), _("Lift of the lowest tenth"),
             *(_("Left: {band}", band=banded(place)) for place in range(len(BANDS)))]
    rows = [_row(one, language) for one in both.trials]
    return pd.DataFrame(rows, columns=[head.text(language) for head in heads])


def _row(one: Trial, language: Language) -> list[str]:
    return [shown(one.name, language), _interval(one.roc_auc), _interval(one.lift),
            *(_rate(band, language) for band in one.bands)]


def _interval(one: Estimate) -> str:
    if np.isnan(one.value):
        return NO_VALUE
    return "{} ({} – {})".format(*(rounded(number, 2) for number in (one.value, one.low, one.high)))


def _rate(band: BandRate, language: Language) -> str:
    if not band.rows:
        return NO_VALUE
    return "{} ({} – {}), n = {}".format(*(formatted(share, "share", language) for share in (
        band.rate.value, band.rate.low, band.rate.high)), formatted(band.rows, "count", language))


def fitted_weights(book: Book, now: HealthConfiguration, fitted: HealthConfiguration, language: Language
                   ) -> dict[str, list[str]]:
    """Each part's share of the weight as it is and as fitted, by segment where rules differ; columns of words."""
    whose: list[str | None] = [None, *now.segments]
    columns: dict[str, list[str]] = {_("Part").text(language): [], _("Share now").text(language): [],
                                     _("Share fitted").text(language): []}
    for segment in whose:
        ours, theirs = (_shares(one, segment) for one in (now, fitted))
        for id, share in ours.items():
            label = label_of(book, id)
            named = label if segment is None else _("{value}: {change}", value=segment, change=label)
            cells = (shown(named, language), formatted(share, "share", language),
                     formatted(theirs.get(id, 0.0), "share", language))
            for column, cell in zip(columns.values(), cells, strict=True):
                column.append(cell)
    return columns


def _shares(one: HealthConfiguration, segment: str | None) -> dict[str, float]:
    parts = rules_of(one, segment).components
    whole = sum(part.weight for part in parts)
    return {part.feature: part.weight / whole for part in parts}


def misjudged(named: Sequence[Named]) -> pd.DataFrame:
    """Customers with the day on which they were scored, the score, the last closing as a customer, and their MRR."""
    return pd.DataFrame([{"customer_id": one.customer_id, "customer_name": one.customer_name, "closing": one.closing,
                          "score": round(one.score, 1), "left": one.left, "mrr": one.mrr} for one in named])
