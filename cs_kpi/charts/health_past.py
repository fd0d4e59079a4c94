"""The figures of health over time: churn by band in a backtest, the mean score with the versions, one customer's."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cs_kpi.book import Book, date_of
from cs_kpi.charts.figure import Figure, Marker, Role, Series
from cs_kpi.charts.health import ROLES
from cs_kpi.churn.events import Floats
from cs_kpi.health.backtest import Backtest
from cs_kpi.health.score import Scores
from cs_kpi.health.sources import label_of
from cs_kpi.health.words import banded
from cs_kpi.health_rules import BANDS, HealthVersion
from cs_kpi.ledger import MICRO
from cs_kpi.locale import Language, Message, _, shown
from cs_kpi.periods import period_of
from cs_kpi.standing.course import Life, Past, counts_of, mean_of


def band_rates(found: Backtest, language: Language) -> Figure:
    """Who left of each band within the horizon, with Wilson's intervals."""
    bands = found.trial.bands
    values, low, high = (tuple(getattr(one.rate, side) if one.rows else None for one in bands)
                         for side in ("value", "low", "high"))
    months = found.configuration.horizon_months
    title = (_("Churn within {n} months by band", n=months) if found.closings else _("Churn by band"))
    counts = [_("{group}: {left} of {n}", group=banded(place), left=one.left, n=one.rows)
              for place, one in enumerate(bands)]
    note = _("Score '{name}'. {counts}. Closings a horizon apart, so that nobody counts twice as leaving; lines are "
             "95 % intervals.", name=found.configuration.name, counts=counts)
    return Figure("health-bands", "grouped_bars", title, tuple(banded(place).text(language) for place in range(len(
        BANDS))), (Series(_("Share who left"), values, "churn", low, high),), "share", note, _verdict(found),
        _span(found, language), category_title=_("Band"))


def _span(found: Backtest, language: Language) -> str:
    return " – ".join(shown(day, language) for day in found.closings or ())


def _verdict(found: Backtest) -> Message:
    if found.trial.tells_bands_apart:
        return _("Red customers leave more often than green ones, beyond chance")
    return _("The bands cannot be told apart beyond chance")


def mean_over_time(book: Book, found: Past, language: Language, is_edited: bool = False) -> Figure:
    """The mean score at every closing: as it was scored then, and the whole past under one score."""
    lines = [Series(_("As scored then"), tuple(mean_of(found.then)), "accent")]
    if is_edited or found.changes:
        word = _("Under the edited score") if is_edited else _("All under the present score")
        lines.append(Series(word, tuple(mean_of(found.today)), "second"))
    note = _("Mean health score of the customers at each closing. A line across marks the first closing under another "
             "version of the score: a step there may come from the formula, not from customers.")
    return Figure("health-trend", "line", _("Mean health score over time"), _closings(found.days, language),
                  tuple(lines), "score", note, None, incomplete=_unfinished(book, found.days), value_title=_("Score"),
                  markers=_versions(found))


def bands_over_time(book: Book, found: Past, language: Language) -> Figure:
    """How many customers were in which band at every closing, as scored then."""
    counts = counts_of(found.then)
    series = tuple(Series(banded(place), tuple(map(float, counts[:, place])), ROLES[band])
                   for place, band in enumerate(BANDS))
    return Figure("health-band-trend", "stacked_bars", _("Customers by band over time"),
                  _closings(found.days, language), series, "count", _("As scored then, by the version that held."),
                  None, incomplete=_unfinished(book, found.days), value_title=_("Customers"), markers=_versions(found))


def _versions(found: Past) -> tuple[Marker, ...]:
    return tuple(Marker(place, one.configuration.name) for place, one in found.changes)


def _closings(days: Sequence[int], language: Language) -> tuple[str, ...]:
    return tuple(period_of("month", date_of(day)).label(language) for day in days)


def _unfinished(book: Book, days: Sequence[int]) -> frozenset[int]:
    return frozenset(place for place, day in enumerate(days) if period_of("month", date_of(day)).end != date_of(day))


def life_lines(book: Book, found: Life, name: str, versions: Sequence[tuple[int, HealthVersion]], language: Language
               ) -> Figure:
    """One customer's score over time, as scored then and under the present score.

    versions : from which day on which
    """
    lines = [Series(_("As scored then"), _known(found.then), "accent")]
    markers = [Marker(found.days.index(day), one.configuration.name) for day, one in versions if day in found.days]
    if versions:
        lines.append(Series(_("All under the present score"), _known(found.today), "second"))
    return Figure("health-life", "line", _("Health of {customer}", customer=name), _closings(found.days, language),
                  tuple(lines), "score", _("Score at every closing at which it was a customer."), None,
                  incomplete=_unfinished(book, found.days), value_title=_("Score"), markers=tuple(markers))


def _known(values: Floats) -> tuple[float | None, ...]:
    return tuple(None if np.isnan(value) else float(value) for value in values)


def points_of(book: Book, found: Scores, place: int, name: str, language: Language) -> Figure:
    """What a customer's score is made of: the points of its parts, up to the score."""
    parts = [(label_of(book, id), int(points) / MICRO) for id, points, alone in zip(
        found.parts, found.points[place], found.scored[place], strict=True) if not np.isnan(alone)]
    values = (*(points for _label, points in parts), float(found.score[place]))
    step: Role = "accent"
    return Figure("health-points", "waterfall", _("What the score of {customer} is made of", customer=name),
                  (*(shown(label, language) for label, _points in parts), _("Score").text(language)),
                  (Series(_("Score points"), values),), "ratio",
                  _("Points of each part; they sum to the score. Parts of which nothing is known are left out."), None,
                  roles=(*(step,) * len(parts), "total"), category_title=_("Part"), value_title=_("Score points"))
