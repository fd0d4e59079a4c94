"""Units that stand in a header or in the title above a table: 千円, 税抜, %, (USD), seconds."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cs_kpi.ingest.naming.multiples import multiple_of_header, multiple_of_title
from cs_kpi.ingest.naming.words import nfkc
from cs_kpi.locale import Message, _

CODES = re.compile(r"(?<![a-z])[ktm]?(usd|jpy|eur|gbp|aud|cad|chf|cny|krw|sgd|twd|inr"
                   r"|nzd|hkd|sek|nok|dkk|zar|brl|mxn|aed|pln|thb|idr|myr|php|vnd|ils)(?![a-z])|([$€£¥₹円])")
SYMBOLS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "円": "JPY", "₹": "INR"}
CENTS = re.compile(r"(?<![a-z])(?:in )?cents(?![a-z])")
MARKED = re.compile(r"単位\s*[::]?\s*[^)\s]*|[(\[【][^)\]】]*[)\]】]")
TAX = r"[.:]? ?(?:of )?(?:vat|tax(?:es)?|gst|hst|sales tax)\b"
TAXES = (("included", re.compile(rf"税込|(?<![a-z])(?:incl(?:uding|usive|udes)?|inc|gross of|with){TAX}")),
         ("excluded", re.compile(r"税抜|税別|(?<![a-z])(?:excl(?:uding|usive|udes)?|ex|net of|before|without|w/o|plus)"
                                 rf"{TAX}")))
"""What a header says of tax; plus VAT is without it."""
MINUTES = ((re.compile(r"(?<![a-z])(?:ms|msecs?|millis|milliseconds?)(?![a-z])|ミリ秒"), 1 / 60_000),
           (re.compile(r"(?<![a-z])(?:secs?|seconds?)(?![a-z])|秒"), 1 / 60),
           (re.compile(r"(?<![a-z])(?:hours?|hrs?)(?![a-z])|\(時間\)|\(h\)"), 60.0))


@dataclass(frozen=True, slots=True)
class Unit:
    """What a header or title says of the numbers under it.

    tax : "included", "excluded" or empty
    is_plain : it says itself that its amounts are no multiples: 月額(円)
    """

    multiplier: float = 1.0
    currency: str = ""
    tax: str = ""
    is_percent: bool = False
    minutes: float = 1.0
    is_plain: bool = False

    def over(self, wider: Unit) -> Unit:
        """This unit, completed by what the title says of the whole table."""
        is_told = self.multiplier != 1.0 or self.is_plain or (
            "" != wider.currency != self.currency != "")
        return Unit(self.multiplier if is_told else wider.multiplier, self.currency or wider.currency,
                    self.tax or wider.tax, self.is_percent, self.minutes, self.is_plain)


def note_on_minutes(header: str, minutes: float) -> Message:
    """What is said of a column of lengths of time that are no minutes. `minutes` : how many one of its units is"""
    if minutes > 1:
        return _("Column '{column}' is given in hours and was converted to minutes.", column=header)
    return _("Column '{column}' is given in milliseconds and was converted to minutes.", column=header) \
        if minutes < 1 / 60 else _("Column '{column}' is given in seconds and was converted to minutes.", column=header)


def unit_of_header(header: str) -> Unit:
    """
    >>> unit_of_header("月額（千円・税抜）")
    Unit(multiplier=1000.0, currency='JPY', tax='excluded', is_percent=False, minutes=1.0, is_plain=False)
    """
    text = nfkc(header).casefold().replace("_", " ")
    multiplier = 0.01 if CENTS.search(text) else multiple_of_header(text)
    code = CODES.search(text)
    currency = "" if not code else code[1].upper() if code[1] else SYMBOLS[code[2]]
    tax = next((told for told, pattern in TAXES if pattern.search(text)), "")
    minutes = next((factor for pattern, factor in MINUTES if pattern.search(text)), 1.0)
    return Unit(multiplier, currency, tax, "%" in text, minutes, multiplier == 1.0 and "円" in text)


def unit_of_title(title: str) -> Unit:
    """What is said of a whole table; a currency and the tax only where they are marked as a unit: in brackets, after
    単位, or beside a multiple."""
    text = nfkc(title).casefold().replace("_", " ")
    marked = unit_of_header(" ".join(MARKED.findall(nfkc(title))))
    multiplier = multiple_of_title(text)
    if multiplier == 1.0:
        return Unit(marked.multiplier if marked.multiplier < 1 else 1.0, marked.currency, marked.tax,
                    is_plain=marked.is_plain)
    beside = unit_of_header(title)
    return Unit(multiplier, marked.currency or beside.currency, marked.tax or beside.tax)
