"""Several KPIs of one period side by side for the segments of a field, as a table to read."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from cs_kpi.book import Book
from cs_kpi.kpi.readings import Reading, readings, segment_name
from cs_kpi.kpi.registry import KPIS
from cs_kpi.locale import Language, _, shown
from cs_kpi.locale.formats import MONEY_SCALE, money_suffix
from cs_kpi.measures.segments import segment_field
from cs_kpi.periods import Period
from cs_kpi.settings import MoneyUnit

LOW, HIGH = _("95% from"), _("95% to")


def segment_table(book: Book, kpis: Sequence[str], period: Period, by: str, language: Language,
                  money_unit: MoneyUnit = "one") -> pd.DataFrame:
    """One row per segment, columns named for the reader: the segment, its n, each KPI's value, and the interval of the
    first one; NaN where there is no value, and no column for a KPI that is not available."""
    found: dict[str, list[Reading]] = {name: [] for name in kpis}
    for one in readings(book, [period], kpis, by):
        if one.segment is not None:
            found[one.kpi].append(one)
    first = found[kpis[0]]
    columns: dict[str, list[object]] = {
        shown(segment_field(book, by).label, language): [shown(segment_name(one.segment), language) for one in first
                                                         if one.segment],
        _("n (customers)").text(language): [one.n for one in first]}
    for name, run in found.items():
        if run:
            head, scale = _head(book, name, language, money_unit)
            columns[head] = [None if one.value is None else one.value / scale for one in run]
        if run is first:
            columns |= {LOW.text(language): [one.low for one in run], HIGH.text(language): [one.high for one in run]}
    return pd.DataFrame(columns)


def _head(book: Book, name: str, language: Language, money_unit: MoneyUnit) -> tuple[str, int]:
    """The name of a column, with the unit where amounts are divided, and by what."""
    label = KPIS[name].label.text(language)
    if KPIS[name].unit != "money" or money_unit == "one":
        return label, 1
    return f"{label} ({money_suffix(language, book.currency, money_unit).strip()})", MONEY_SCALE[money_unit]
