"""Excel number formats that show a value as the page does, while the cell keeps the value itself."""

from __future__ import annotations

from babel.numbers import get_currency_precision, get_currency_symbol

from cs_kpi.charts.amounts import long_suffix
from cs_kpi.charts.figure import Figure
from cs_kpi.charts.scale import Axis, value_axis
from cs_kpi.locale import Language
from cs_kpi.locale.formats import DECIMALS, MONEY_SCALE, Unit, money_suffix
from cs_kpi.settings import MoneyUnit

MILLION = 1_000_000
COMMAS: dict[MoneyUnit, str] = {"one": "", "thousand": ",", "million": ",,"}  # each one divides by 1,000


def value_code(figure: Figure, language: Language, money_unit: MoneyUnit = "one", *, is_short: bool = False) -> str:
    """Format of data labels and cells, with the unit; short ones leave a long unit to the axis."""
    if figure.unit == "share":
        return "0.0%"
    if figure.unit != "money":
        return _decimals(DECIMALS[figure.unit])
    if money_unit == "one":
        return _whole_currency(figure.currency, language)
    is_bare = is_short and long_suffix(figure, language, money_unit)
    suffix = "" if is_bare else _quoted(money_suffix(language, figure.currency, money_unit))
    if money_unit == "ten_thousand":
        return _tens_of_thousands(suffix, value_axis(figure).low < 0)
    return _decimals(1) + COMMAS[money_unit] + suffix


def axis_code(axis: Axis, unit: Unit, money_unit: MoneyUnit = "one") -> str:
    """Format of the axis: no more decimals than its steps need; its title holds the unit."""
    if unit == "share":
        return _decimals(_needed(axis.step * 100), grouped=False) + "%"
    if unit == "money" and money_unit == "ten_thousand":
        return _hundreds(axis.low < 0) if axis.step % MILLION == 0 else _tens_of_thousands("", axis.low < 0)
    scale, commas = (MONEY_SCALE[money_unit], COMMAS[money_unit]) if unit == "money" else (1, "")
    return _decimals(_needed(axis.step / scale)) + commas


def unit_code(unit: Unit, currency: str | None, language: Language) -> str:
    """Format of a number that belongs to no figure."""
    if unit == "share":
        return "0.0%"
    return _whole_currency(currency, language) if unit == "money" else _decimals(DECIMALS[unit])


def _whole_currency(currency: str | None, language: Language) -> str:
    if not currency:
        return "#,##0"
    number = _decimals(get_currency_precision(currency))
    if language == "ja" and currency == "JPY":
        return number + _quoted("円")
    return _quoted(get_currency_symbol(currency, locale=language)) + number


def _tens_of_thousands(suffix: str, has_negatives: bool) -> str:
    """Excel has no division by 10,000: divide by 1,000 and set the decimal point before the last digit oneself.

    Separators have to be set by hand too, which takes conditions; programs disagree on the minus sign under
    conditions, so there are none where a value is negative.
    """
    small = f"0\\.0,{suffix}"
    if has_negatives:
        return small
    return f'[>=10000000000]#","000","000\\.0,{suffix};[>=10000000]#","000\\.0,{suffix};{small}'


def _hundreds(has_negatives: bool) -> str:
    """For whole millions: divide by a million and append 00 (12,000,000 is 1,200 times ten thousand)."""
    return '0,,"00";-0,,"00";0' if has_negatives else '[>=10000000]#","0,,"00";[=0]0;0,,"00"'


def _decimals(count: int, *, grouped: bool = True) -> str:
    return ("#,##0" if grouped else "0") + ("." + "0" * count if count else "")


def _needed(step: float) -> int:
    return next((count for count in range(6) if abs(round(step, count) - step) < 1e-9), 6)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', "") + '"' if text else ""
