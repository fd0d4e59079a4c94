"""The command `health`: every customer's score with its points; with --backtest, whether scores foresaw who left."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from pydantic import ValidationError

from cs_kpi.book import Book, date_of
from cs_kpi.churn.metrics import Estimate
from cs_kpi.cli_input import text_of
from cs_kpi.console import one_line, table
from cs_kpi.errors import DataError
from cs_kpi.health.backtest import Backtest, Named, backtest
from cs_kpi.health.history import last_day
from cs_kpi.health.measured import Trial
from cs_kpi.health.score import NO_BAND, Scores, scores
from cs_kpi.health.sources import checked, sources
from cs_kpi.health.starting import starting
from cs_kpi.health.words import BAND_LABELS, because, score_text
from cs_kpi.health_rules import BANDS, HealthConfiguration
from cs_kpi.ledger import MICRO
from cs_kpi.locale import Language, _, shown
from cs_kpi.locale.formats import formatted, rounded

LISTED = 20


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--config", type=Path, metavar="C.json", help="how health is scored (default: that of the "
                        "settings, else a first one guessed from the data; JSON output holds it, to be edited)")
    parser.add_argument("--against", type=Path, metavar="D.json", help="another configuration to be compared with in "
                        "the backtest")
    parser.add_argument("--backtest", action="store_true", help="test the score on the past")
    parser.add_argument("--top", type=int, default=LISTED, metavar="N", help="how many customers are listed for "
                        f"people, the lowest scores first (default: {LISTED}); JSON has all")


def configuration(book: Book, options: argparse.Namespace) -> HealthConfiguration:
    """That of --config, else of the settings, else the first guess."""
    if options.config:
        return _read(options.config)
    return book.settings.health or starting(book, options.language, min(book.as_of or book.today, book.today))


def _read(path: Path) -> HealthConfiguration:
    try:
        return HealthConfiguration.model_validate_json(text_of(path))
    except ValidationError as error:
        first = error.errors()[0]
        raise DataError(_("The health configuration in '{file}' cannot be used: {problem} (at {place}). Correct the "
                          "file, then try again.", file=str(path), problem=first["msg"],
                          place=".".join(map(str, first["loc"])) or _("the beginning"))) from error


def document(book: Book, options: argparse.Namespace) -> dict[str, object]:
    """Everything as JSON holds it."""
    chosen = configuration(book, options)
    notes, found = checked(book, chosen), scores(book, chosen, last_day(book))
    language: Language = options.language
    tested = _tested(book, chosen, options)
    return {
        "configuration": chosen.model_dump(mode="json"),
        "day": None if book.is_snapshot or book.as_of is None else book.as_of.isoformat(),
        "notes": [one.text(language) for one in notes],
        "bands": {band: int((found.band == place).sum()) for place, band in enumerate(BANDS)},
        "without_score": int((found.band == NO_BAND).sum()),
        "customers": [_customer(book, found, place, language) for place in _order(found)],
        "backtest": None if tested is None else _backtest(tested, language)}


def _tested(book: Book, chosen: HealthConfiguration, options: argparse.Namespace) -> Backtest | None:
    if not options.backtest:
        return None
    return backtest(book, chosen, _read(options.against) if options.against else None)


def _order(found: Scores) -> list[int]:
    """The lowest score first, those without one last."""
    return np.argsort(found.score, kind="stable").tolist()


def _customer(book: Book, found: Scores, place: int, language: Language) -> dict[str, object]:
    code, band = found.customer[place], int(found.band[place])
    return {
        "customer_id": book.customer_ids[code], "customer_name": book.customers["customer_name"].iloc[code],
        "score": None if band == NO_BAND else round(int(found.micro[place]) / MICRO, 6),
        "band": None if band == NO_BAND else BANDS[band], "coverage": float(found.coverage[place]),
        "points": {id: round(int(found.points[place, column]) / MICRO, 6) for column, id in enumerate(found.parts)},
        "values": {id: float(found.values[place, column]) for column, id in enumerate(found.parts)},
        "capped_by": [cap.model_dump(mode="json") for cap, acts in zip(found.caps, found.acted[place], strict=True)
                      if acts],
        "why": [one.text(language) for one in because(book, found, place)]}


def _backtest(tested: Backtest, language: Language) -> dict[str, object]:
    warned, beside = tested.warnings, tested.comparison
    return {
        "is_proven": not tested.against, "against": [one.text(language) for one in tested.against],
        "findings": [one.text(language) for one in tested.findings],
        "notes": [one.text(language) for one in tested.notes],
        "closings": [day.isoformat() for day in tested.closings or ()], "rows": tested.rows, "left": tested.left,
        **_trial(tested.trial, language),
        "warnings": None if warned is None else {
            "share": _estimate(warned.share), "of_all": warned.of_all, "mrr": warned.mrr,
            "unknown_mrr": warned.unknown_mrr, "lead_months": warned.lead_months, "warned": warned.warned,
            "left": warned.left},
        "greens_left": [_named(one) for one in tested.greens_left],
        "reds_stayed": [_named(one) for one in tested.reds_stayed],
        "comparison": None if beside is None else {
            "begins": beside.begins.isoformat() if beside.begins else None,
            "trials": [_trial(one, language) for one in beside.trials],
            "fitted": beside.fitted.model_dump(mode="json") if beside.fitted else None,
            "why_not": beside.why_not.text(language) if beside.why_not else None}}


def _trial(one: Trial, language: Language) -> dict[str, object]:
    return {"name": shown(one.name, language), "roc_auc": _estimate(one.roc_auc), "lift": _estimate(one.lift),
            "bands": [{"band": band.band, "rows": band.rows, "left": band.left, "rate": _estimate(band.rate)}
                      for band in one.bands]}


def _estimate(one: Estimate) -> dict[str, float]:
    return {"value": one.value, "low": one.low, "high": one.high}


def _named(one: Named) -> dict[str, object]:
    return {"customer_id": one.customer_id, "customer_name": one.customer_name,
            "closing": one.closing.isoformat() if one.closing else None, "score": one.score, "mrr": one.mrr,
            "left": one.left.isoformat() if one.left else None}


def text(book: Book, options: argparse.Namespace) -> str:
    """For people: bands, the lowest scores with what they are made of, then the test."""
    language: Language = options.language
    chosen = configuration(book, options)
    notes, found = checked(book, chosen), scores(book, chosen, last_day(book))
    tested = _tested(book, chosen, options)
    parts = [_title(book, chosen, found, language), *(one.text(language) for one in notes),
             _parts(book, chosen, language), _lowest(book, found, options)]
    return "\n\n".join(parts + (_test(tested, options) if tested else []))


def _title(book: Book, chosen: HealthConfiguration, found: Scores, language: Language) -> str:
    bands = [_("{band}: {n}", band=BAND_LABELS[band], n=int((found.band == place).sum()))
             for place, band in enumerate(BANDS)]
    day = "" if book.is_snapshot else f" ({shown(date_of(found.day), language)})"
    return _("Health score '{name}': {bands}", name=one_line(chosen.name), bands=bands).text(language) + day


def _parts(book: Book, chosen: HealthConfiguration, language: Language) -> str:
    known = sources(book, chosen)
    header = [_("Part"), _("Bad"), _("Good"), _("Weight")]
    rows = [[shown(known[one.feature].label, language) if one.feature in known else one.feature,
             f"{one.bad:g}", f"{one.good:g}", f"{one.weight:g}"] for one in chosen.rules.components]
    return table([word.text(language) for word in header], rows, right=range(1, 4))


def _lowest(book: Book, found: Scores, options: argparse.Namespace) -> str:
    language: Language = options.language
    header = [_("Customer ID"), _("Customer name"), _("Score"), _("Band"), _("Coverage"), _("Why")]
    rows = [[str(book.customer_ids[found.customer[place]]),
             str(book.customers["customer_name"].iloc[found.customer[place]]),
             score_text(float(found.score[place])),
             BAND_LABELS[BANDS[found.band[place]]].text(language) if found.band[place] != NO_BAND else "—",
             formatted(float(found.coverage[place]), "share", language),
             "; ".join(one.text(language) for one in because(book, found, place))]
            for place in _order(found)[:options.top]]
    return table([word.text(language) for word in header], rows, right=[2, 4])


def _test(tested: Backtest, options: argparse.Namespace) -> list[str]:
    language: Language = options.language
    said = [one.text(language) for one in (*tested.against, *tested.findings)]
    said += [f"- {one.text(language)}" for one in tested.notes]
    found = ["\n".join(said), _trials((tested.trial,), language)]
    if beside := tested.comparison:
        title = _("Side by side, on the closings from {day} on", day=beside.begins) if beside.begins else _(
            "Side by side, on a part of the customers")
        found.append(title.text(language) + "\n" + _trials(beside.trials, language))
        found += [beside.why_not.text(language)] if beside.why_not else []
    green, red = len(tested.greens_left), len(tested.reds_stayed)
    titles = ((_("Green three months before they left: {n}", n=green),
               _("Red at the last closing that can be judged, and stayed: {n}", n=red)) if tested.closings else
              (_("Green, and left: {n}", n=green), _("Red, and stayed: {n}", n=red)))
    lists = zip(titles, (tested.greens_left, tested.reds_stayed), strict=True)
    return found + [title.text(language) + "\n" + _names(named, options.top, language) for title, named in lists
                    if named]


def _trials(trials: Sequence[Trial], language: Language) -> str:
    header = [_("Tested"), _("ROC AUC"), _("Lift of the top 10 %"), *(BAND_LABELS[band] for band in BANDS)]
    return table([word.text(language) for word in header], [_trial_row(one, language) for one in trials],
                 right=range(1, 6))


def _trial_row(one: Trial, language: Language) -> list[str]:
    bands = ["{} ({} – {})".format(*(formatted(share, "share", language)
                                     for share in (band.rate.value, band.rate.low, band.rate.high)))
             if band.rows else "—" for band in one.bands]
    return [one_line(shown(one.name, language)), _interval(one.roc_auc), _interval(one.lift), *bands]


def _interval(one: Estimate) -> str:
    if np.isnan(one.value):
        return "—"
    return "{} ({} – {})".format(*(rounded(number, 2) for number in (one.value, one.low, one.high)))


def _names(named: tuple[Named, ...], most: int, language: Language) -> str:
    """The first of them, the largest MRR first; how many more there are is said."""
    header = [_("Customer ID"), _("Customer name"), _("Closing"), _("Score"), _("MRR")]
    rows = [[one.customer_id, one.customer_name, shown(one.closing, language) if one.closing else "—",
             score_text(one.score), formatted(one.mrr, "money", language)] for one in named[:most]]
    more = [_("and {n} more", n=len(named) - most).text(language)] if len(named) > most else []
    return "\n".join([table([word.text(language) for word in header], rows, right=[3, 4]), *more])
