"""The figure's numbers in words, as the page writes them."""

from __future__ import annotations

from babel.numbers import format_decimal

from cs_kpi.charts.figure import Figure, Role
from cs_kpi.charts.geometry import step_role, valid
from cs_kpi.charts.words import plain, series_names
from cs_kpi.locale import Language
from cs_kpi.locale.formats import Unit, formatted, money_suffix, rounded
from cs_kpi.settings import MoneyUnit

LONGEST_SUFFIX = 4  # characters: 百万円 stays on a label, ` million USD` is left to the axis


def amount(figure: Figure, value: float | None, language: Language, money_unit: MoneyUnit = "one", *,
           signed: bool = False) -> str:
    return formatted(valid(value), figure.unit, language, currency=figure.currency, money_unit=money_unit,
                     signed=signed)


def amount_of(value: float | None, unit: Unit, figure: Figure, language: Language,
              money_unit: MoneyUnit = "one") -> str:
    """A value of another unit than the figure's."""
    return formatted(valid(value), unit, language, currency=figure.currency, money_unit=money_unit)


def label_amount(figure: Figure, value: float | None, language: Language, money_unit: MoneyUnit = "one", *,
                 signed: bool = False) -> str:
    """The amount as it stands inside the chart, without a long unit, which the axis already names."""
    text = amount(figure, value, language, money_unit, signed=signed)
    return text.removesuffix(long_suffix(figure, language, money_unit))


def long_suffix(figure: Figure, language: Language, money_unit: MoneyUnit) -> str:
    if figure.unit != "money" or money_unit == "one":
        return ""
    suffix = money_suffix(language, figure.currency, money_unit)
    return suffix if len(suffix) > LONGEST_SUFFIX else ""


def is_signed(figure: Figure, category: int) -> bool:
    """A step of a waterfall carries its sign, a total does not."""
    return figure.kind == "waterfall" and step_role(figure, category) != "total"


def whole_amount(figure: Figure, value: float, language: Language, money_unit: MoneyUnit = "one") -> str:
    """The shortest form of an amount, for small cells: shares in whole percent."""
    if figure.unit != "share":
        return label_amount(figure, value, language, money_unit)
    return f"{format_decimal(rounded(value * 100, 0), locale=language)}%"


def row_names(figure: Figure, language: Language) -> list[str]:
    """Names of a heatmap's rows, with how many stand behind each: 2024年4月 (n=35)."""
    names = series_names(figure.series, language)
    return [name if series.size is None else f"{name}  (n={format_decimal(series.size, locale=language)})"
            for name, series in zip(names, figure.series, strict=True)]


SIGNS: dict[Role, str] = {"good": "●", "watch": "▲", "bad": "■"}
"""Beside the colours of health bands and of target status, so that nobody needs to see the colour."""


def status_text(figure: Figure, row: int, language: Language) -> str:
    """The word of a bullet's row with the sign of its role; empty where there is none."""
    if not figure.statuses:
        return ""
    status = figure.statuses[row]
    return f"{SIGNS.get(status.role, '')} {plain(status.word, language)}".strip()


def bullet_amounts(figure: Figure, row: int, language: Language, money_unit: MoneyUnit = "one") -> str:
    """Actual and target of a row, in its own unit: 1.2億円 / 1.5億円."""
    unit = (figure.statuses[row].unit if figure.statuses else None) or figure.unit
    return " / ".join(amount_of(series.values[row], unit, figure, language, money_unit) for series in figure.series[:2])
