"""The figures of health today: scores by band, health beside MRR, and a part's values between bad and good."""

from __future__ import annotations

import numpy as np

from cs_kpi.book import Book
from cs_kpi.charts.figure import Figure, Marker, Measured, Role, Series
from cs_kpi.charts.revenue import span_label
from cs_kpi.health.score import NO_BAND
from cs_kpi.health.sources import label_of
from cs_kpi.health.spread import Spread
from cs_kpi.health.words import BAND_LABELS, banded, value_of
from cs_kpi.health_rules import BANDS, Band, Component, HealthConfiguration
from cs_kpi.kpi.readings import Segment, segment_name
from cs_kpi.locale import Language, Message, _, shown
from cs_kpi.locale.formats import formatted
from cs_kpi.periods import Period
from cs_kpi.standing.standing import Standing

ROLES: dict[Band, Role] = {"red": "bad", "yellow": "watch", "green": "good"}
BIN = 5
"""Width of a column of scores."""


def score_bands(found: Standing, configuration: HealthConfiguration, period: Period, language: Language,
                segment: Segment | None = None) -> Figure:
    """How many customers have which score, coloured by band; a cap may put a high score into a lower band."""
    scores = found.scores
    place = np.minimum(np.nan_to_num(scores.score) // BIN, 100 // BIN - 1).astype(np.int64)
    series = tuple(Series(banded(code), tuple(
        float(n) if n else None for n in np.bincount(place[scores.band == code], minlength=100 // BIN)), ROLES[band])
        for code, band in enumerate(BANDS))
    names = tuple(f"{low}–{low + BIN - 1 if low + BIN < 100 else 100}" for low in range(0, 100, BIN))
    return Figure("health-scores", "stacked_bars", titled(_("Health scores"), period.label(language), segment), names,
                  series, "count", _note(found, configuration), _by_band(found), span_label([period], language),
                  category_title=_("Score"), value_title=_("Customers"), markers=_limits(configuration))


def _limits(configuration: HealthConfiguration) -> tuple[Marker, ...]:
    """Where bands begin, where that is between two columns and the same for everybody."""
    if configuration.segments:
        return ()
    rules = configuration.rules
    begins: tuple[tuple[float, Band], ...] = ((rules.yellow_from, "yellow"), (rules.green_from, "green"))
    return tuple(Marker(limit / BIN, _("{band} from {score}", band=BAND_LABELS[band], score=f"{limit:g}"))
                 for limit, band in begins if 0 < limit < 100 and limit % BIN == 0)


def _note(found: Standing, configuration: HealthConfiguration) -> Message:
    scored = int((found.scores.band != NO_BAND).sum())
    return _("Health score '{name}', 0 to 100, 100 is healthy. n = {n}; {without} more have no score, since nothing of "
             "it is known.", name=configuration.name, n=scored, without=len(found) - scored)


def _by_band(found: Standing) -> Message | None:
    scored = sum(one.customers for one in found.counts if one.band)
    if not scored:
        return None
    told = {str(one.band): one.customers for one in found.counts if one.band}
    return _("{red} of {n} customers are red, {yellow} yellow, {green} green", n=scored, **told)


def titled(title: Message, period: str, segment: Segment | None) -> Message:
    if segment is None:
        return _("{title}, {period}", title=title, period=period)
    return _("{title} ({segment}), {period}", title=title, period=period, segment=segment_name(segment))


def health_and_mrr(found: Standing, period: Period, language: Language, segment: Segment | None = None,
                   hides_names: bool = False) -> Figure:
    """Every customer by score and MRR; the bands differ in shape."""
    assert found.mrr is not None
    book, scores = found.book, found.scores
    there = np.flatnonzero(scores.band != NO_BAND)
    names = book.customers["customer_name"].to_numpy()[scores.customer[there]]
    if hides_names:
        names = [_("Customer {number}", number=f"{code + 1:04d}").text(language) for code in scores.customer[there]]
    mrr = found.mrr[there]
    series = tuple(Series(BAND_LABELS[band], tuple(float(paid) if at == code else None for paid, at in zip(
        mrr, scores.band[there], strict=True)), ROLES[band]) for code, band in enumerate(BANDS))
    red = float(mrr[scores.band[there] == 0].sum())
    whole = float(mrr.sum())
    subtitle = _("{share} of MRR is with red customers ({mrr})", share=formatted(red / whole, "share", language),
                 mrr=formatted(red, "money", language, currency=book.currency)) if whole else None
    return Figure("health-mrr", "scatter", titled(_("Health and MRR"), period.label(language), segment),
                  tuple(map(str, names)), series, "money",
                  _("Each point is a customer. Right below: small and healthy; left above: large and at risk. n = {n}.",
                    n=len(there)), subtitle, span_label([period], language), book.currency,
                  x=Measured(_("Score"), tuple(float(one) for one in scores.score[there]), "score"),
                  value_title=_("MRR"), series_title=_("Band"))


def part_spread(book: Book, found: Spread, part: Component, language: Language) -> Figure:
    """Today's customers by the value of one part, with its thresholds."""
    label = label_of(book, part.feature)
    names = tuple(_column(book, part.feature, low, high, language)
                  for low, high in zip(found.low, found.high, strict=True))
    zones: tuple[tuple[Message, Role], ...] = (
        (_("scores 0"), "bad"), (_("between"), "neutral"), (_("scores 100"), "good"))
    series = tuple(Series(word, tuple(float(n) if at == zone else None for n, at in zip(
        found.counts, found.zone, strict=True)), role) for zone, (word, role) in enumerate(zones))
    n = int(found.counts.sum())
    best, worst = (int(found.counts[found.zone == zone].sum()) for zone in (2, 0))
    subtitle = _("{best} of {n} customers score 100 here, {worst} score 0", best=best, n=n, worst=worst) if n else None
    markers = (Marker(found.bad, _("bad: {value}", value=value_of(book, part.feature, part.bad))),
               Marker(found.good, _("good: {value}", value=value_of(book, part.feature, part.good))))
    note = _("Customers of today by '{part}', whichever rules hold for them. n = {n}; of {unknown} more it is not "
             "known.", part=label, n=n, unknown=found.unknown)
    return Figure("health-part", "stacked_bars", _("'{part}' between bad and good", part=label), names, series, "count",
                  note, subtitle, category_title=label, value_title=_("Customers"), markers=markers)


def _column(book: Book, id: str, low: float, high: float, language: Language) -> str:
    ends = [value_of(book, id, end) if np.isfinite(end) else None for end in (low, high)]
    if low == high:
        return shown(ends[0], language)
    return "–".join("" if end is None else shown(end, language) for end in ends)
