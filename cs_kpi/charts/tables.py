"""The table behind a chart: what stands under it, and what its csv and its slide hold."""

from __future__ import annotations

import pandas as pd

from cs_kpi.charts.figure import Figure
from cs_kpi.charts.geometry import valid
from cs_kpi.charts.words import ITEM, PERIOD, marked_names, plain, series_names, unique
from cs_kpi.locale import Language
from cs_kpi.locale.formats import MONEY_SCALE, money_suffix
from cs_kpi.settings import MoneyUnit


def table(figure: Figure, language: Language, money_unit: MoneyUnit = "one") -> pd.DataFrame:
    """First column the category, then one column of raw numbers per series; NaN where there is no value.

    Amounts are divided only where a larger unit is chosen, and the header says so: `MRR (百万円)`.
    """
    scale, suffix = _scale(figure, language, money_unit)
    head = plain(figure.item or (ITEM if figure.kind == "waterfall" else PERIOD), language)
    heads = unique([head, *(name + suffix for name in series_names(figure.series, language))])
    columns = [pd.Series([None if v is None else v / scale for v in map(valid, series.values)], dtype="float64")
               for series in figure.series]
    return pd.concat([pd.Series(marked_names(figure, language), dtype="object"), *columns], axis=1, keys=heads)


def _scale(figure: Figure, language: Language, money_unit: MoneyUnit) -> tuple[int, str]:
    if figure.unit != "money" or money_unit == "one":
        return 1, ""
    return MONEY_SCALE[money_unit], f" ({money_suffix(language, figure.currency, money_unit).strip()})"
