"""The figure's numbers in words, as the page writes them."""

from __future__ import annotations

from cs_kpi.charts.figure import Figure
from cs_kpi.charts.geometry import step_role, valid
from cs_kpi.locale import Language
from cs_kpi.locale.formats import formatted, money_suffix
from cs_kpi.settings import MoneyUnit

LONGEST_SUFFIX = 4  # characters: 百万円 stays on a label, ` million USD` is left to the axis


def amount(figure: Figure, value: float | None, language: Language, money_unit: MoneyUnit = "one", *,
           signed: bool = False) -> str:
    return formatted(valid(value), figure.unit, language, currency=figure.currency, money_unit=money_unit,
                     signed=signed)


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
