"""What healthy customers did differently at the age of one who is like them: use, steps, contacts, seats.

It tells cases and no causes: a handful of customers who are alike in what is known, and who may differ in much else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from cs_kpi.book import Book, days
from cs_kpi.customer.likeness import Likeness
from cs_kpi.customer.money import level
from cs_kpi.customer.rows import Rows
from cs_kpi.customer.timeline import TICKET, contact_kind
from cs_kpi.customer.traits import first_days
from cs_kpi.ledger import MICRO, NEVER
from cs_kpi.locale import Language, Message, _, shown
from cs_kpi.locale.formats import Unit, formatted
from cs_kpi.measures.onboarding import no_criterion, onboarding
from cs_kpi.settings import MoneyUnit

LATELY_DAYS = 30
MEETING = "meeting"


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that customers did up to an age.

    needs : "table.column" of days from which it is read; a customer who came before the table begins is not known
    value : of a customer, up to and with a day
    """

    label: Message
    unit: Unit
    needs: str
    value: Callable[[Book, int, int], float]


@dataclass(frozen=True, slots=True)
class Contrast:
    """One deed of a customer beside that of the cases. low, high : the least and the most of the cases; n : known of
    how many"""

    deed: Deed
    mine: float
    median: float
    low: float
    high: float
    n: int

    @property
    def is_outside(self) -> bool:
        """Whether the customer did less, or more, than every one of them."""
        return self.mine < self.low or self.mine > self.high

    @property
    def size(self) -> float:
        """How different it is, 0 to 1, whatever the unit."""
        return abs(self.mine - self.median) / max(abs(self.mine), abs(self.median), abs(self.high), 1e-9)


def _uses(book: Book, code: int, day: int, lately: int = NEVER) -> float:
    log = book.once(Rows).uses(code)
    return float(log.count[(log.day <= day) & (log.day > day - lately)].sum()) / MICRO


def _different(book: Book, code: int, day: int, of: Literal["feature", "user"]) -> float:
    log = book.once(Rows).uses(code)
    values = (log.feature if of == "feature" else log.user)[log.day <= day]
    return float(len(np.unique(values[values >= 0])))


def _contacts(book: Book, code: int, day: int, kind: str = "") -> float:
    rows = book.once(Rows).of("interactions", code)
    inside = days(rows["date"]) <= day
    if kind:
        inside &= np.array([contact_kind(str(one)) == kind for one in rows["kind"]], dtype=bool)
    return float(inside.sum())


def _steps(book: Book, code: int, day: int) -> float:
    rows = book.once(Rows).of("milestones", code)
    return float(rows.loc[days(rows["completed_on"]) <= day, "milestone"].nunique())


def _onboarded(book: Book, code: int, day: int) -> float:
    """Days to the end of onboarding; NaN where it was not reached by the day."""
    done = int(book.once(onboarding).completed_on[code])
    return float(done - int(book.start_day[code])) if done <= day else np.nan


def _seats(book: Book, code: int, day: int) -> float:
    rows, ledger = book.once(Rows).contracts(code), book.ledger
    rows = rows[(ledger.start[rows] <= day) & (day < ledger.end[rows])]
    seats = book.counted["seats"].iloc[rows].to_numpy(dtype=float, na_value=np.nan)
    return float(np.nansum(seats)) if (~np.isnan(seats)).any() else np.nan


def _mrr(book: Book, code: int, day: int) -> float:
    return float(level(book, code, np.array([day]))[0]) / MICRO


DEEDS: tuple[tuple[Deed, tuple[str, ...]], ...] = (
    (Deed(_("Uses in the 30 days up to then"), "count", "usage.date",
          lambda book, code, day: _uses(book, code, day, LATELY_DAYS)), ()),
    (Deed(_("Uses up to then"), "count", "usage.date", _uses), ()),
    (Deed(_("Different features used"), "count", "usage.date",
          lambda book, code, day: _different(book, code, day, "feature")), ("usage.feature",)),
    (Deed(_("Different users"), "count", "usage.date",
          lambda book, code, day: _different(book, code, day, "user")), ("usage.user_id",)),
    (Deed(_("Onboarding steps reached"), "count", "milestones.completed_on", _steps), ()),
    (Deed(_("Meetings"), "count", "interactions.date",
          lambda book, code, day: _contacts(book, code, day, MEETING)), ("interactions.kind",)),
    (Deed(_("Tickets"), "count", "interactions.date",
          lambda book, code, day: _contacts(book, code, day, TICKET)), ("interactions.kind",)),
    (Deed(_("Contacts and tickets"), "count", "interactions.date", _contacts), ()),
    (Deed(_("Seats"), "count", "subscriptions.start_date", _seats), ("subscriptions.seats",)),
    (Deed(_("MRR"), "money", "subscriptions.start_date", _mrr), ("subscriptions.mrr",)))
ONBOARDED = Deed(_("Days to the end of onboarding"), "count", "", _onboarded)


def contrasts(book: Book, code: int, found: Likeness) -> list[Contrast]:
    """What the customer and the cases did up to the customer's age, the most different first.

    What is not known of the customer, or of fewer than two cases, is left out, and what nobody did at all.
    """
    if found.age_days is None:
        return []
    deeds = [one for one, needs in DEEDS if book.has(one.needs) and all(book.has(need) for need in needs)]
    if no_criterion(book) is None:
        deeds.append(ONBOARDED)
    made = [_contrast(book, one, code, found.cases, found.age_days) for one in deeds]
    told = (one for one in made if one is not None and (one.mine or one.high))
    return sorted(told, key=lambda one: (-one.is_outside, -one.size))


def _contrast(book: Book, deed: Deed, code: int, cases: tuple[int, ...], age: int) -> Contrast | None:
    first = book.once(first_days).get(deed.needs.partition(".")[0], -NEVER)
    mine, *theirs = (deed.value(book, one, int(book.start_day[one]) + age - 1)
                     if book.start_day[one] >= first else np.nan for one in (code, *cases))
    told = np.array([value for value in theirs if not np.isnan(value)])
    if np.isnan(mine) or len(told) < 2:
        return None
    return Contrast(deed, mine, float(np.median(told)), float(told.min()), float(told.max()), len(told))


def contrast_table(book: Book, found: list[Contrast], language: Language, money_unit: MoneyUnit = "one"
                   ) -> pd.DataFrame:
    """The contrasts as a table to read."""
    def text(value: float, one: Contrast) -> str:
        return formatted(value, one.deed.unit, language, currency=book.currency, money_unit=money_unit)

    columns = {
        _("Up to the same age"): [shown(one.deed.label, language) for one in found],
        _("This customer"): [text(one.mine, one) for one in found],
        _("Those like it (median)"): [text(one.median, one) for one in found],
        _("Least to most of them"): [f"{text(one.low, one)} – {text(one.high, one)}" for one in found],
        _("Stands out"): [_less_or_more(one, language) for one in found],
        _("n of those like it"): [one.n for one in found]}
    return pd.DataFrame({head.text(language): values for head, values in columns.items()})


def _less_or_more(one: Contrast, language: Language) -> str:
    if not one.is_outside:
        return ""
    return (_("less than all of them") if one.mine < one.low else _("more than all of them")).text(language)


def steps_apart(book: Book, code: int, found: Likeness) -> list[tuple[str, int]]:
    """Onboarding steps that the customer had not reached at its age, and how many of the cases had."""
    if found.age_days is None or not book.has("milestones.completed_on"):
        return []
    reached = [_reached(book, one, int(book.start_day[one]) + found.age_days - 1) for one in (code, *found.cases)]
    names = sorted(set().union(*reached[1:]) - reached[0])
    counted = [(name, sum(name in one for one in reached[1:])) for name in names]
    return sorted(counted, key=lambda pair: (-pair[1], pair[0]))


def _reached(book: Book, code: int, day: int) -> set[str]:
    rows = book.once(Rows).of("milestones", code)
    return set(rows.loc[days(rows["completed_on"]) <= day, "milestone"].dropna().astype(str))
