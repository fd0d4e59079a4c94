"""A value inside a sentence, with its unit: 62 %, 12,000円, 2.5 months."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cs_kpi.locale import Language, Message
from cs_kpi.locale.formats import formatted, rounded

FeatureUnit = Literal["money", "share", "count", "months", "days", "score", "category"]


@dataclass(frozen=True, slots=True)
class Quantity(Message):
    """A number as a reader sees it; a share as whole percent, a score with a decimal only where it has one.

    >>> Quantity.of(0.6249, "share").text("en"), Quantity.of(4.0, "score").text("en")
    ('62%', '4')
    """

    number: float = 0.0
    unit: FeatureUnit = "count"
    currency: str | None = None

    @classmethod
    def of(cls, number: float, unit: FeatureUnit, currency: str | None = None) -> Quantity:
        return cls("", {}, float(number), unit, currency)

    def text(self, language: Language) -> str:
        match self.unit:
            case "money":
                return formatted(self.number, "money", language, currency=self.currency)
            case "share":
                return formatted(self.number * 100, "count", language) + "%"
            case "months":
                return formatted(self.number, "months" if rounded(self.number, 1) % 1 else "count", language)
            case "score":
                return f"{rounded(self.number, 1).normalize():f}"
        return formatted(self.number, "count", language)

    def __hash__(self) -> int:
        return hash((self.number, self.unit, self.currency))
