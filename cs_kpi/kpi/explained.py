"""Another tool's figures: how they are kept and read, and in words which convention explains them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np
import pandas as pd
from pydantic import BaseModel, ConfigDict, Field

from cs_kpi.book import Book
from cs_kpi.kpi.compare import Explanation, explanations
from cs_kpi.kpi.conventions import CONVENTIONS, conventions_of
from cs_kpi.kpi.declarations import KPIS
from cs_kpi.kpi.readings import Segment, series
from cs_kpi.kpi.registry import chosen, declared
from cs_kpi.locale import Language, Message, _
from cs_kpi.locale.formats import DECIMALS, MONEY_SCALE, NO_VALUE, Unit, change_text, formatted
from cs_kpi.periods import Period, parse
from cs_kpi.settings import MoneyUnit

Scale = Literal["percent", "one", "thousand", "ten_thousand", "million"]
FACTORS: dict[Scale, float] = {"percent": 0.01, "one": 1, "thousand": 1e3, "ten_thousand": 1e4, "million": 1e6}
SAME_ERROR = 1e-9
"""Errors nearer to each other than this, relatively, come from the same figures."""


class OutsideFigures(BaseModel):
    """What another tool says of a KPI, as it was typed or read.

    figures : period id -> number, in `written_in`; None: not told, guessed from our own values
    source : the file and column they were read from; empty where they were typed
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    figures: dict[str, float] = Field(default_factory=dict)
    written_in: Scale | None = None
    source: str = ""

    def by_period(self, scale: Scale, fiscal_year_start: int) -> dict[Period, float]:
        """The figures in the KPI's own unit, the earliest period first."""
        found = {parse(name, fiscal_year_start): value * FACTORS[scale] for name, value in self.figures.items()}
        return dict(sorted(found.items(), key=lambda one: one[0].end))


def scales(unit: Unit) -> tuple[Scale, ...]:
    """In what figures of a unit may be written, the usual first."""
    if unit == "share":
        return "percent", "one"
    return ("one", "thousand", "ten_thousand", "million") if unit == "money" else ("one",)


def likely_scale(book: Book, kpi_id: str, given: OutsideFigures, segment: Segment | None = None) -> Scale:
    """In what the figures are most likely written: where they come nearest to ours under any convention."""
    options = scales(KPIS[kpi_id].unit)
    if not given.figures or len(options) == 1:
        return options[0]
    run = [parse(name, book.settings.fiscal_year_start) for name in given.figures]
    theirs = np.array(list(given.figures.values()), dtype=float)
    best, closest = options[0], math.inf
    for kpi in conventions_of(kpi_id):
        ours = np.array([np.nan if one.value is None else one.value
                         for one in series(book, run, [kpi_id], segment, kpi.convention)[kpi_id]])
        both = (theirs * ours > 0)
        for scale in options if both.any() else ():
            away = float(np.median(np.abs(np.log(theirs[both] * FACTORS[scale] / ours[both]))))
            if away < closest - SAME_ERROR:
                best, closest = scale, away
    return best


def ranked(book: Book, kpi_id: str, given: Sequence[tuple[Period, float]], segment: Segment | None = None
           ) -> list[Explanation]:
    """`explanations` of figures in the KPI's own unit, given as pairs, which a cache can keep."""
    return explanations(book, kpi_id, dict(given), segment)


def compared(found: Explanation) -> int:
    """In how many periods a convention has a value to compare."""
    return sum(gap is not None for gap in found.differences.values())


def verdict(book: Book, kpi_id: str, found: Sequence[Explanation], language: Language, money_unit: MoneyUnit = "one"
            ) -> list[Message]:
    """Which convention explains the figures best, and how well: one to three sentences."""
    best, kpi = found[0], KPIS[kpi_id]
    if math.isinf(best.error):
        return [_("{kpi} has no value here in any of these periods, so nothing can be compared. Enter figures of "
                  "periods that the data covers.", kpi=kpi.label)]
    alike = [one for one in found[1:] if math.isclose(one.error, best.error, rel_tol=SAME_ERROR, abs_tol=1e-12)
             and compared(one) == compared(best)]
    said = [_best(book, kpi_id, found, language, money_unit)]
    if alike:
        said.append(_("{others} cannot be told apart from it by these figures.",
                      others=[CONVENTIONS[one.convention] for one in alike]))
    if compared(best) < len(best.differences):
        said.append(_("{n} of the {all} periods have no value here and are left out.",
                      n=len(best.differences) - compared(best), all=len(best.differences)))
    return said


def _best(book: Book, kpi_id: str, found: Sequence[Explanation], language: Language, money_unit: MoneyUnit) -> Message:
    best, n = found[0], compared(found[0])
    name, now = CONVENTIONS[best.convention], chosen(kpi_id, book.settings).convention
    if best.error <= tolerance(declared(kpi_id, best.convention).unit, money_unit):
        return _("The definition '{name}' gives the other tool's figures, up to rounding, in every period given "
                 "({n}).",
                 name=name, n=n)
    unit = declared(kpi_id, best.convention).unit
    gap = gap_text(best.error, unit, book, language, money_unit)
    error = next(one.error for one in found if one.convention == now)
    if best.convention != now and error - best.error <= tolerance(unit, money_unit):
        return _("No definition explains the figures: '{name}' and '{now}' both differ by {gap} in a typical period. "
                 "The difference lies in the data rather than in the definition: look at who is counted, from which "
                 "day on, and with what amount.", name=name, now=CONVENTIONS[now], gap=gap)
    if best.convention == now or math.isinf(error):
        return _("No definition explains the figures: '{name}' is the closest and still differs by {gap} in a typical "
                 "period. The difference lies in the data rather than in the definition: look at who is counted, from "
                 "which day on, and with what amount.", name=name, gap=gap)
    return _("The definition '{name}' is the closest: it differs by {gap} in a typical period, '{now}' by {error}.",
             name=name, gap=gap, now=CONVENTIONS[now],
             error=gap_text(error, declared(kpi_id, now).unit, book, language, money_unit))


def tolerance(unit: Unit, money_unit: MoneyUnit = "one") -> float:
    """Half of the last digit that is shown: less is rounding."""
    if unit == "money":
        return 0.5 * MONEY_SCALE[money_unit]
    return 0.5 * 10.0 ** -DECIMALS[unit] / (100 if unit == "share" else 1)


def gap_text(gap: float | None, unit: Unit, book: Book, language: Language, money_unit: MoneyUnit = "one",
             signed: bool = False) -> str:
    """A difference between two values: of shares in points."""
    if gap is None or math.isinf(gap):
        return NO_VALUE
    text = change_text(gap, 0, unit, language, currency=book.currency, money_unit=money_unit)
    return text if signed else text.lstrip("+")


def shown_ranking(book: Book, kpi_id: str, found: Sequence[Explanation], language: Language,
                  money_unit: MoneyUnit = "one") -> pd.DataFrame:
    """One row per convention, the closest first: how far off it is typically and at most."""
    rows = []
    for one in found:
        unit = declared(kpi_id, one.convention).unit
        gaps = [abs(gap) for gap in one.differences.values() if gap is not None]
        rows.append({
            _("Definition").text(language): CONVENTIONS[one.convention].text(language),
            _("Typical difference").text(language): gap_text(one.error, unit, book, language, money_unit),
            _("Largest difference").text(language): gap_text(max(gaps, default=None), unit, book, language, money_unit),
            _("Periods compared").text(language): len(gaps)})
    return pd.DataFrame(rows)


def shown_by_period(book: Book, kpi_id: str, found: Sequence[Explanation], given: Mapping[Period, float],
                    language: Language, money_unit: MoneyUnit = "one") -> pd.DataFrame:
    """One row per period: the other tool's figure, and by how much each convention differs from it."""
    unit = KPIS[kpi_id].unit
    columns: dict[str, list[str]] = {
        _("Period").text(language): [period.label(language) for period in given],
        _("The other tool").text(language): [formatted(value, unit, language, currency=book.currency,
                                                       money_unit=money_unit) for value in given.values()]}
    for one in found:
        own = declared(kpi_id, one.convention).unit
        columns[_("{name} less the other tool", name=CONVENTIONS[one.convention]).text(language)] = [
            gap_text(one.differences[period], own, book, language, money_unit, signed=True) for period in given]
    return pd.DataFrame(columns)
