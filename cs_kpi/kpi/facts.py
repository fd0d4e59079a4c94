"""A passport in words: what a number means, how it came about, and what else a reader may ask."""

from __future__ import annotations

from cs_kpi.book import Book
from cs_kpi.kpi.conventions import CONVENTIONS
from cs_kpi.kpi.formula import names, terms
from cs_kpi.kpi.methods import METHODS
from cs_kpi.kpi.passport import Passport, as_written
from cs_kpi.kpi.readings import STATUS_LABELS, Segment, segment_name
from cs_kpi.kpi.registry import DEFAULT_CONVENTION, Kpi
from cs_kpi.locale import Language, Message, _, shown
from cs_kpi.locale.formats import Unit, with_unit
from cs_kpi.measures.registry import Counted
from cs_kpi.settings import MoneyUnit

COUNTED_LABELS: dict[Counted, Message] = {
    "customers": _("n (customers)"), "answers": _("n (answers)"), "terms": _("n (contract terms)")}


def formulas(book: Book, found: Passport, language: Language, money_unit: MoneyUnit = "one") -> list[str]:
    """The formula in words, then with its numbers."""
    kpi, value = found.kpi, _number(book, found.reading.value, found.kpi.unit, language, money_unit)
    named = {name: word for side in kpi.sides.values() for name, word in names(side, language).items()}
    is_told = bool(found.totals) and METHODS[kpi.method].is_told_by_totals
    measures = {term.measure.name: term.measure.unit for term in kpi.terms} if is_told else {}
    numbers = {name: _number(book, found.totals[name], unit, language, money_unit) for name, unit in measures.items()}
    written = as_written(kpi, numbers, language) if is_told else value
    return [f"{kpi.label.text(language)} = {as_written(kpi, named, language)}",
            f"= {written} = {value}" if written != value else f"= {value}"]


def facts(book: Book, found: Passport, segment: Segment | None, language: Language,
          money_unit: MoneyUnit = "one") -> dict[Message, str]:
    """Status, interval, numerator, denominator, n, convention, what was left out, sources and data date, in the order
    of asking; only those that there are."""
    reading, kpi = found.reading, found.kpi
    said: dict[Message, str] = {_("Status"): STATUS_LABELS[reading.status].text(language)
                                + (f" — {reading.reason.text(language)}" if reading.reason else "")}
    low, high = (_number(book, value, kpi.unit, language, money_unit) for value in (reading.low, reading.high))
    if reading.low is not None and reading.high is None:
        said[_("At least")] = low
    elif reading.low is not None:
        said[_("95% interval")] = _("{low} to {high}", low=low, high=high).text(language)
    elif reading.value in (0, 1) and kpi.unit == "share" and kpi.method == "ratio":
        said[_("95% interval")] = _("none: all customers are alike in it here, which does not tell how much it may "
                                    "change").text(language)
    if reading.numerator is not None:
        said[_("Numerator")] = _number(book, reading.numerator, _unit(kpi.numerator), language, money_unit)
    if reading.denominator is not None and kpi.denominator:
        unit = "share" if kpi.over else _unit(kpi.denominator)
        said[_("Denominator")] = _number(book, reading.denominator, unit, language, money_unit)
    if reading.status != "not_available":
        said[COUNTED_LABELS[kpi.counted]] = _number(book, reading.n, "count", language, money_unit)
    said[_("Convention")] = convention_words(kpi).text(language)
    return said | _around(book, found, segment, language)


def _around(book: Book, found: Passport, segment: Segment | None, language: Language) -> dict[Message, str]:
    said: dict[Message, str] = {}
    if found.remark:
        said[_("Note")] = found.remark.text(language)
    if segment:
        said[_("Segment")] = shown(segment_name(segment), language)
    if found.left_out:
        said[_("Left out")] = " ".join(line.text(language) for line in found.left_out)
    if found.sources:
        said[_("Sources")] = source_words(found.sources, language)
    said[_("Data up to")] = _("no date").text(language) if book.is_snapshot else shown(book.as_of, language)
    return said


def source_words(sources: tuple[tuple[str, str, int], ...], language: Language) -> str:
    """Files, sheets and how many rows."""
    return shown([_("{file} › {sheet} ({rows} rows)", file=file, sheet=sheet, rows=rows)
                  for file, sheet, rows in sources], language)


def convention_words(kpi: Kpi) -> Message:
    """By whose definition a KPI is computed."""
    if kpi.convention != DEFAULT_CONVENTION:
        return CONVENTIONS[kpi.convention]
    return _("Default; as in {source}", source=kpi.source) if kpi.source else _("Default")


def _unit(expression: str) -> Unit:
    return terms(expression)[0].measure.unit


def _number(book: Book, value: float | None, unit: Unit, language: Language, money_unit: MoneyUnit) -> str:
    return with_unit(value, unit, language, currency=book.currency, money_unit=money_unit)
