"""The customers behind a reading, by name: who makes up its numerator and its denominator."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cs_kpi.book import Book
from cs_kpi.errors import DataError
from cs_kpi.kpi import formula
from cs_kpi.kpi.formula import scale
from cs_kpi.kpi.methods import METHODS
from cs_kpi.kpi.readings import Segment, missing, selected, splits_needed, unknown
from cs_kpi.kpi.registry import Kpi
from cs_kpi.kpi.tally import Tally
from cs_kpi.locale import Language, _
from cs_kpi.locale.formats import MONEY_SCALE, money_suffix
from cs_kpi.measures.moments import Moment, moment
from cs_kpi.measures.registry import At
from cs_kpi.measures.segments import segment_field, segmentation, segmenter
from cs_kpi.periods import Period
from cs_kpi.settings import MoneyUnit


def behind(book: Book, kpi_id: str, period: Period, segment: Segment | None = None,
           convention: str | None = None) -> pd.DataFrame:
    """Every customer with a part in the numerator or denominator of a reading.

    returns : customer_id, customer_name, numerator, denominator (NaN for totals), in the unit of their measures; they
        sum to the reading's. LTV has over_numerator and over_denominator beside them, the churn that it divides by.
        Largest numerator first, then by name. Nobody where the data says nothing of the period.
    Raises DataError where the KPI is not available for this book.
    """
    [kpi] = selected(book, [kpi_id], convention)
    if reason := missing(book, kpi):
        raise DataError(reason)
    field = segment_field(book, segment.field) if segment else None
    now = moment(book, period, splits_needed(book, [kpi], field))
    vectors = METHODS[kpi.method].vectors(kpi, *tally_of(now, segment))
    is_in = np.logical_or.reduce([vector != 0 for vector in vectors.values()])
    who = np.flatnonzero(is_in & (unknown(now, kpi) is None))
    values = {side: vector[who] / scale(kpi.sides[side]) for side, vector in vectors.items()}
    frame = book.customers.loc[who, ["customer_id", "customer_name"]].assign(**{"denominator": np.nan, **values})
    frame = frame[["customer_id", "customer_name", *dict.fromkeys(("numerator", "denominator", *values))]]
    order = np.lexsort((frame["customer_name"].astype(str), -frame["numerator"].abs()))
    return frame.iloc[order].reset_index(drop=True)


def tally_of(now: Moment, segment: Segment | None) -> tuple[Tally, int | None]:
    """The sums of a moment cut as a segment wants it, and its place among them; -1 where there is none of its name."""
    if segment is None:
        return Tally(now), None
    tally = Tally.of(now, segmenter(segment_field(now.book, segment.field), now.book))
    names = (None, *(tally.segments.names if tally.segments else ()))
    return tally, names.index(segment.value) if segment.value in names else -1


def moment_of(book: Book, period: Period, segment: Segment | None) -> Moment:
    """The moment of a period with what `inside_of` needs for a segment."""
    field = segment_field(book, segment.field) if segment else None
    return moment(book, period, [field.column] if field and field.source == "subscriptions" else [])


def inside_of(now: Moment, at: At, segment: Segment | None) -> np.ndarray:
    """Which customers are in the segment at a moment."""
    if segment is None:
        return np.ones(len(now.opening), dtype=bool)
    cut = segmentation(segment_field(now.book, segment.field), now)
    names = (None, *cut.names)
    if segment.value not in names:
        return np.zeros(len(now.opening), dtype=bool)
    return cut.codes(at) == names.index(segment.value)


def listed(book: Book, frame: pd.DataFrame, kpi: Kpi, language: Language, hides_names: bool = False,
           money_unit: MoneyUnit = "one") -> pd.DataFrame:
    """What `behind` found, with columns named for the reader; ids and names give way to a number where hidden."""
    named = {"customer_id": _("Customer ID").text(language), "customer_name": _("Customer name").text(language)}
    for side, written in kpi.sides.items():
        text = formula.words(written, language)
        named[side] = text[:1].upper() + text[1:]
        if formula.terms(written)[0].measure.unit == "money" and money_unit != "one":
            frame = frame.assign(**{side: frame[side] / MONEY_SCALE[money_unit]})
            named[side] += f" ({money_suffix(language, book.currency, money_unit).strip()})"
    if named.get("denominator") == named["numerator"]:
        named["denominator"] += f" ({_('Denominator').text(language)})"
    if hides_names:
        named.pop("customer_id")
        frame = frame.assign(customer_name=numbered(book, frame["customer_id"], language))
    return frame[[*named]].rename(columns=named)


def numbered(book: Book, ids: pd.Series, language: Language) -> list[str]:
    """What stands for the customers where names are hidden: Customer 0042."""
    return [_("Customer {number}", number=f"{code + 1:04d}").text(language) for code in book.codes(ids)]
