"""The table behind a chart: what stands under it, and what its csv and its slide hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from cs_kpi.charts.amounts import amount_of
from cs_kpi.charts.figure import Figure, Measured
from cs_kpi.charts.geometry import valid
from cs_kpi.charts.words import ITEM, PERIOD, category_names, marked_names, plain, series_names
from cs_kpi.locale import Language, Message, _
from cs_kpi.locale.formats import MONEY_SCALE, Unit, money_suffix
from cs_kpi.locale.names import unique
from cs_kpi.settings import MoneyUnit

PERIODIC = frozenset({"line", "stacked_bars", "stacked_area", "grouped_bars", "fan"})
GROUP, STATUS, COUNT = _("Group"), _("Status"), _("n")
BOUNDS = {"low": _("{name}, lower limit"), "high": _("{name}, upper limit")}
FAN_BOUNDS = {"low": _("{name}, P10"), "inner_low": _("{name}, P25"), "inner_high": _("{name}, P75"),
              "high": _("{name}, P90")}

Column = tuple[str, pd.Series, Unit | None]


def table(figure: Figure, language: Language, money_unit: MoneyUnit = "one") -> pd.DataFrame:
    """First column the category, then one column of raw numbers per series; NaN where there is no value.

    A heatmap's rows stay rows; a point stands in one row with its group, x and size; limits of intervals come last.
    Amounts are divided only where a larger unit is chosen, and the header says so: `MRR (百万円)`.
    """
    columns = _columns(figure, language, money_unit)
    return pd.concat([values for _head, values, _unit in columns], axis=1, keys=_heads(columns))


def column_units(figure: Figure, language: Language, money_unit: MoneyUnit = "one") -> dict[str, Unit]:
    """The unit of every column of the table that holds numbers."""
    columns = _columns(figure, language, money_unit)
    return {head: unit for head, (_head, _values, unit) in zip(_heads(columns), columns, strict=True) if unit}


def _heads(columns: Sequence[Column]) -> list[str]:
    return unique([head for head, _values, _unit in columns])


def _columns(figure: Figure, language: Language, money_unit: MoneyUnit) -> list[Column]:
    maker = {"heatmap": _grid, "scatter": _points, "bullet": _targets}.get(figure.kind, _by_category)
    return maker(figure, language, money_unit)


def _by_category(figure: Figure, language: Language, money_unit: MoneyUnit) -> list[Column]:
    names = series_names(figure.series, language)
    first = _words(_head(figure, language), marked_names(figure, language))
    columns = [_numbers(name, series.values, figure.unit, figure, language, money_unit)
               for name, series in zip(names, figure.series, strict=True)]
    return [first, *columns, *(_limits(figure, language, money_unit) if figure.kind != "line" else [])]


def _limits(figure: Figure, language: Language, money_unit: MoneyUnit) -> list[Column]:
    """The ends of the intervals, or of the ranges of a projection."""
    said = FAN_BOUNDS if figure.kind == "fan" else BOUNDS
    return [_numbers(Message(word.template, {"name": name}).text(language), values, figure.unit, figure, language,
                     money_unit)
            for name, series in zip(series_names(figure.series, language), figure.series, strict=True)
            for field, word in said.items() if (values := getattr(series, field)) is not None]


def _grid(figure: Figure, language: Language, money_unit: MoneyUnit) -> list[Column]:
    """Rows as they are drawn, with how many stand behind each."""
    head = plain(figure.series_title, language) if figure.series_title else ITEM.text(language)
    sizes = [series.size for series in figure.series]
    counted = [] if all(size is None for size in sizes) else [
        (COUNT.text(language), pd.Series(sizes, dtype="float64"), "count")]
    cells = [_numbers(name, [series.values[i] for series in figure.series], figure.unit, figure, language, money_unit)
             for i, name in enumerate(marked_names(figure, language))]
    return [_words(head, series_names(figure.series, language)), *counted, *cells]  # type: ignore[list-item]


def _points(figure: Figure, language: Language, money_unit: MoneyUnit) -> list[Column]:
    """One row per point that stands in a group."""
    groups = series_names(figure.series, language)
    at = [(i, n) for i in range(len(figure.categories)) for n, series in enumerate(figure.series)
          if valid(series.values[i]) is not None]
    names = category_names(figure, language)
    columns = [_words(_head(figure, language), [names[i] for i, _n in at])]
    if len(groups) > 1:
        head = plain(figure.series_title, language) if figure.series_title else GROUP.text(language)
        columns.append(_words(head, [groups[n] for _i, n in at]))
    y = Measured(figure.value_title or figure.title, tuple(figure.series[n].values[i] for i, n in at), figure.unit)
    measured = [replace(one, values=tuple(one.values[i] for i, _n in at)) for one in (figure.x, figure.size) if one]
    return columns + [_numbers(plain(one.name, language), one.values, one.unit, figure, language, money_unit)
                      for one in (*measured[:1], y, *measured[1:])]


def _targets(figure: Figure, language: Language, money_unit: MoneyUnit) -> list[Column]:
    """Actual, target and status; in words where the rows have units of their own."""
    names = series_names(figure.series, language)
    units = [status.unit for status in figure.statuses]
    columns = [_words(_head(figure, language), marked_names(figure, language))]
    for name, series in zip(names, figure.series, strict=True):
        if any(units):
            said = [amount_of(value, unit or figure.unit, figure, language, money_unit)
                    for value, unit in zip(series.values, units, strict=True)]
            columns.append(_words(name, said))
        else:
            columns.append(_numbers(name, series.values, figure.unit, figure, language, money_unit))
    if figure.statuses:
        columns.append(_words(STATUS.text(language), [plain(status.word, language) for status in figure.statuses]))
    return columns


def _head(figure: Figure, language: Language) -> str:
    named = figure.category_title or (figure.x.name if figure.kind == "survival" and figure.x else None)
    if named:
        return plain(named, language)
    return (PERIOD if figure.kind in PERIODIC else ITEM).text(language)


def _words(head: str, words: Sequence[str]) -> Column:
    return head, pd.Series(list(words), dtype="object"), None


def _numbers(head: str, values: Sequence[float | None], unit: Unit, figure: Figure, language: Language,
             money_unit: MoneyUnit) -> Column:
    scale, suffix = 1, ""
    if unit == "money" and money_unit != "one":
        scale, suffix = MONEY_SCALE[money_unit], f" ({money_suffix(language, figure.currency, money_unit).strip()})"
    column = pd.Series([None if v is None else v / scale for v in map(valid, values)], dtype="float64")
    return head + suffix, column, unit
