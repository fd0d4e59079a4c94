"""What a churn model and a health score can look at: each feature declared once, known at a closing (handbook 6)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from cs_kpi.book import Book
from cs_kpi.churn.events import Floats
from cs_kpi.churn.history import History, Known
from cs_kpi.churn.quantities import FeatureUnit, Quantity
from cs_kpi.locale import Message, _
from cs_kpi.tables import VALUE_LABELS

Better = Literal["up", "down"]
Group = Literal["contract", "use", "onboarding", "voice", "contact", "customer"]
GROUP_LABELS: dict[Group, Message] = {
    "contract": _("Contract"), "use": _("Use"), "onboarding": _("Onboarding"), "voice": _("Answers and pulse"),
    "contact": _("Contacts and tickets"), "customer": _("Attributes")}
DIRECTION_WORDS: dict[Better | None, Message] = {
    "up": _("More is usually healthier"), "down": _("Less is usually healthier"),
    None: _("Neither more nor less is healthier by itself")}
Value = Callable[[Known], Floats]


@dataclass(frozen=True, slots=True)
class Words:
    """How a reason says a value, by templates with `{value}` (its size) in them.

    plus : for any value; fell : for one below 0; one : for exactly 1; none : for 0
    """

    plus: Message
    fell: Message | None = None
    one: Message | None = None
    none: Message | None = None

    def template(self, value: float) -> Message:
        if value < 0 and self.fell:
            return self.fell
        chosen = {0.0: self.none, 1.0: self.one}.get(value)
        return chosen or self.plus


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing known of every customer at a closing.

    needs : "table" or "table.field", all of which the book must have
    better : the direction that is usually healthier; None where none is
    is_actionable : whether a team can do something about it
    is_dated : whether it is known when it held; what is not is off until a user switches it on
    without_dates : whether a list without dates can tell it
    is_log : money and counts, of which a model sees the size, not the amount
    is_told : what else the book must have, where a list of tables cannot say it
    value : one number per customer; of a category the place in `names`; NaN where nothing is known
    """

    id: str
    group: Group
    label: Message | str
    unit: FeatureUnit
    value: Value
    needs: tuple[str, ...] = ()
    better: Better | None = None
    is_actionable: bool = False
    is_dated: bool = True
    without_dates: bool = False
    is_log: bool = False
    words: Words | None = None
    names_of: Callable[[History], tuple[str, ...]] | None = None
    column: str | None = None
    is_told: Callable[[Book], bool] | None = None

    @property
    def is_category(self) -> bool:
        return self.unit == "category"

    @property
    def direction(self) -> Message:
        return DIRECTION_WORDS[self.better]

    def names(self, history: History) -> tuple[str, ...]:
        return self.names_of(history) if self.names_of else ()

    def is_there(self, book: Book) -> bool:
        """Whether this book can tell it."""
        return (all(book.has(need) for need in self.needs) and (self.without_dates or not book.is_snapshot)
                and (self.is_told is None or self.is_told(book)))

    def sentence(self, value: float, currency: str | None = None, name: str | None = None) -> Message:
        """A value in words: "use fell 62 % against the month before"; `name` is that of a category."""
        if self.is_category:
            told = VALUE_LABELS.get(self.column or "", {}).get(str(name), name)
            return _("{feature}: {value}", feature=self.label, value=_("not known") if name is None else told)
        if np.isnan(value):
            return _("{feature}: {value}", feature=self.label, value=_("not known"))
        if self.words is None:
            return _("{feature}: {value}", feature=self.label, value=Quantity.of(value, self.unit, currency))
        size = abs(value) if self.words.fell else value
        return replace(self.words.template(_shown(value, self.unit)),
                       values={"value": Quantity.of(size, self.unit, currency)})


def _shown(value: float, unit: FeatureUnit) -> float:
    """The value as it is rounded where it is shown, so that nothing fell by 0 %."""
    return float(np.floor(value * 100 + 0.5) / 100) if unit == "share" else float(np.floor(value + 0.5))


FEATURES: dict[str, Feature] = {}


def feature(id: str, group: Group, label: Message, unit: FeatureUnit, *, needs: tuple[str, ...],
            better: Better | None = None, is_actionable: bool = False, is_dated: bool = True,
            without_dates: bool = False, is_log: bool = False, words: Words | None = None,
            column: str | None = None, is_told: Callable[[Book], bool] | None = None) -> Callable[[Value], Value]:
    """Declare what the decorated function returns as a feature."""
    def declared(value: Value) -> Value:
        names_of = None if column is None else lambda history: history.parts(column).names
        FEATURES[id] = Feature(id, group, label, unit, value, needs, better, is_actionable, is_dated, without_dates,
                               is_log, words, names_of, column, is_told)
        return value
    return declared
