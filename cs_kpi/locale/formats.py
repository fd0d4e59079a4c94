"""Numbers as a reader sees them: rounded half up once, in the locale's form and the unit the team chose.

The core computes in shares (0..1) and in the currency itself; percent and 千円 exist only here.
"""

from __future__ import annotations

import math
import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from babel.numbers import format_currency, format_decimal, get_currency_precision

from cs_kpi.locale import Language, Message, _
from cs_kpi.settings import MoneyUnit

Unit = Literal["money", "share", "count", "ratio", "points", "minutes", "months", "score"]
DECIMALS: dict[Unit, int] = {"share": 1, "count": 0, "ratio": 2, "points": 0, "minutes": 1, "months": 1, "score": 0}
MONEY_SCALE: dict[MoneyUnit, int] = {"one": 1, "thousand": 1_000, "ten_thousand": 10_000, "million": 1_000_000}
UNIT_WORD: dict[MoneyUnit, Message] = {
    "one": Message(""), "thousand": _("thousand"), "ten_thousand": _("ten thousand"), "million": _("million")}
NO_VALUE = "—"
WITH_WORD: dict[Unit, Message] = {"months": _("# months"), "minutes": _("# min")}
"""A number of this unit in words; # is the number."""


def rounded(value: float, decimals: int) -> Decimal:
    """`value` rounded half up (70.5 -> 71, 1.125 -> 1.13), from its shortest decimal form.

    >>> rounded(1.125, 2), rounded(-0.04, 1)
    (Decimal('1.13'), Decimal('0.0'))
    """
    exact = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return exact if exact else abs(exact)


def formatted(value: float | None, unit: Unit, language: Language, *, currency: str | None = None,
              money_unit: MoneyUnit = "one", signed: bool = False) -> str:
    """`value` in words of `language`; a dash where there is none.

    >>> formatted(0.01449, "share", "ja"), formatted(12_345_600, "money", "ja", currency="JPY", money_unit="million")
    ('1.4%', '12.3百万円')
    """
    if value is None or math.isnan(value):
        return NO_VALUE
    size = abs(value)
    text = _money(size, language, currency, money_unit) if unit == "money" else _number(size, unit, language)
    is_zero = not any(digit in text for digit in "123456789")
    sign = "" if is_zero else "-" if value < 0 else "+" if signed else ""
    return sign + text


def with_unit(value: float | None, unit: Unit, language: Language, *, currency: str | None = None,
              money_unit: MoneyUnit = "one", signed: bool = False) -> str:
    """`value` as `formatted`, with the word of a unit that a number alone does not show.

    >>> with_unit(16.66, "months", "en"), with_unit(0.5, "share", "en"), with_unit(None, "months", "en")
    ('16.7 months', '50.0%', '—')
    """
    text = formatted(value, unit, language, currency=currency, money_unit=money_unit, signed=signed)
    return WITH_WORD[unit].text(language).replace("#", text) if unit in WITH_WORD and text != NO_VALUE else text


def _number(value: float, unit: Unit, language: Language) -> str:
    decimals = DECIMALS[unit]
    scaled = Decimal(repr(float(value))) * 100 if unit == "share" else Decimal(repr(float(value)))
    number = scaled.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = format_decimal(number, format="#,##0." + "0" * decimals if decimals else "#,##0", locale=language)
    return text + "%" if unit == "share" else text


def _money(value: float, language: Language, currency: str | None, money_unit: MoneyUnit) -> str:
    if money_unit == "one" and currency:
        number = rounded(value, get_currency_precision(currency))
        if language == "ja" and currency == "JPY":
            return format_decimal(number, "#,##0", locale="ja") + "円"
        return format_currency(number, currency, locale=language)
    scaled = value / MONEY_SCALE[money_unit]
    decimals = (0 if value == int(value) else 2) if money_unit == "one" else 1 if scaled >= 10 or not scaled else 2
    number = rounded(scaled, decimals)
    text = format_decimal(number, format="#,##0." + "0" * decimals if decimals else "#,##0", locale=language)
    return text + money_suffix(language, currency, money_unit)


def money_suffix(language: Language, currency: str | None, money_unit: MoneyUnit) -> str:
    """What stands behind a scaled amount: 百万円 in Japanese yen, ` million USD` in English.

    >>> money_suffix("ja", "JPY", "thousand"), money_suffix("en", "USD", "million")
    ('千円', ' million USD')
    """
    word = UNIT_WORD[money_unit].text(language)
    if language == "ja":
        return word + ("円" if currency == "JPY" else f" {currency}" if currency else "")
    return "".join(f" {part}" for part in (word, currency) if part)


def money_affixes(language: Language, currency: str | None, money_unit: MoneyUnit = "one") -> tuple[str, str]:
    """What stands before and behind an amount.

    >>> money_affixes("en", "USD"), money_affixes("ja", "JPY", "ten_thousand")
    (('$', ''), ('', '万円'))
    """
    before, behind = re.split(r"[\d.,]+", _money(1, language, currency, money_unit))
    return before, behind


def change_text(now: float, before: float, unit: Unit, language: Language, **money: object) -> str:
    """The difference of two values with its sign and unit; shares differ in points (pt), never in percent.

    >>> change_text(0.021, 0.033, "share", "en"), change_text(120, 100, "count", "en")
    ('-1.2 pt', '+20')
    """
    if unit == "share":
        difference = rounded((now - before) * 100, 1)
        return f"{difference:+.1f} pt" if difference else "0.0 pt"
    return with_unit(now - before, unit, language, signed=True, **money)  # type: ignore[arg-type]
