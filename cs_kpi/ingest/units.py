"""Units that stand in a header or in the title above a table: 千円, 税抜, %, (USD), seconds."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cs_kpi.ingest.words import nfkc

MULTIPLES = (("百万円", 1e6), ("千円", 1e3), ("万円", 1e4), ("億円", 1e8), ("百万", 1e6), ("in thousands", 1e3),
             ("thousands", 1e3), ("in millions", 1e6), ("millions", 1e6))
CODES = re.compile(r"(?<![a-z])(usd|jpy|eur|gbp|aud|cad|chf|cny|krw|sgd|twd|inr)(?![a-z])|([$€£¥円])")
SYMBOLS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "円": "JPY"}
SHORT_MULTIPLE = re.compile(r"[(\[](?:[$€£¥]|usd|eur|jpy|gbp)?\s*(k|m)\s*(?:[$€£¥]|usd|eur|jpy|円)?[)\]]")
CENTS = re.compile(r"(?<![a-z])(?:in )?cents(?![a-z])")
MARKED = re.compile(r"単位\s*[::]?\s*[^)\s]*|[(\[【][^)\]】]*[)\]】]")
MINUTES = ((re.compile(r"(?<![a-z])(?:secs?|seconds?)(?![a-z])|秒"), 1 / 60),
           (re.compile(r"(?<![a-z])(?:hours?|hrs?)(?![a-z])|\(時間\)|\(h\)"), 60.0))


@dataclass(frozen=True, slots=True)
class Unit:
    """What a header or title says of the numbers under it. `tax` is "included", "excluded" or empty."""

    multiplier: float = 1.0
    currency: str = ""
    tax: str = ""
    is_percent: bool = False
    minutes: float = 1.0

    def over(self, wider: Unit) -> Unit:
        """This unit, completed by what the title says of the whole table."""
        return Unit(self.multiplier if self.multiplier != 1.0 or self.currency else wider.multiplier,
                    self.currency or wider.currency, self.tax or wider.tax, self.is_percent, self.minutes)


def unit_of_header(header: str) -> Unit:
    """
    >>> unit_of_header("月額（千円・税抜）")
    Unit(multiplier=1000.0, currency='JPY', tax='excluded', is_percent=False, minutes=1.0)
    """
    text = nfkc(header).casefold().replace("_", " ")
    multiplier = next((factor for word, factor in MULTIPLES if word in text), 1.0)
    if found := SHORT_MULTIPLE.search(text):
        multiplier = 1e3 if found[1] == "k" else 1e6
    multiplier = 0.01 if CENTS.search(text) else multiplier
    code = CODES.search(text)
    currency = "" if not code else code[1].upper() if code[1] else SYMBOLS[code[2]]
    tax = "included" if "税込" in text else "excluded" if "税抜" in text or "税別" in text else ""
    minutes = next((factor for pattern, factor in MINUTES if pattern.search(text)), 1.0)
    return Unit(multiplier, currency, tax, "%" in text, minutes)


def unit_of_title(title: str) -> Unit:
    """Only what is marked as a unit counts: in brackets, or after 単位."""
    marked = unit_of_header(" ".join(MARKED.findall(nfkc(title))))
    return Unit(marked.multiplier, marked.currency, marked.tax)
