"""Healthy customers most like one customer: Gower's distance over what was known of them at their start.

Gower (1971), "A general coefficient of similarity and some of its properties", Biometrics 27: of each trait 0 (alike)
to 1 (wholly apart), averaged over the traits that are known of both. Here the groups of traits (attributes, contract,
size, early use) weigh alike, whatever the number of columns that a team keeps.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from cs_kpi.actions.today import Today
from cs_kpi.book import Book, day_of
from cs_kpi.churn.events import Floats
from cs_kpi.customer.traits import Trait, traits
from cs_kpi.health_rules import BANDS
from cs_kpi.ledger import MICRO, NEVER, Ints
from cs_kpi.locale import Language, Message, _, shown

MOST_CASES = 5
MOST_APART = 0.25
"""Who is farther away than this on average is not called like it."""
LEAST_KNOWN = 0.5
"""The share of the weight that has to be known of both."""
FEWEST_TRAITS = 2
LONGER_DAYS = 90
"""How much older a case has to be, so that it is known to have stayed."""
TOO_LITTLE = _("Too little is known of this customer to call anybody like it. Attributes such as industry or size, "
               "plans, or use in its first 30 days would tell.")
EARLIER_DAYS = (730, 365, 180, 90)
Healthy = Literal["green", "low_risk", "stayed"]
HEALTHY_WORDS: dict[Healthy, Message] = {
    "green": _("Healthy: green in the health score of today"),
    "low_risk": _("Healthy: a churn risk below the mean of today's customers"),
    "stayed": _("Healthy: still a customer, and paying no less than at that age (no health score is set up, and no "
                "churn risk is believed)")}


@dataclass(frozen=True, slots=True)
class Likeness:
    """Who is most like a customer.

    age_days : at which they are compared: that of the customer at the end of the data or when it left, or an earlier
        one
    cases : codes, the nearest first; apart : how far each is, 0 to 1
    shared, near : of each what it has in common in words, and the numbers in which it is near
    healthy : what was taken as healthy; candidates : how many there were
    nearest : how far the nearest candidate is; None: there is none to compare with
    reason : why there are no cases; None where there are
    """

    age_days: int | None
    cases: tuple[int, ...] = ()
    apart: tuple[float, ...] = ()
    shared: tuple[tuple[Message, ...], ...] = ()
    near: tuple[tuple[Message | str, ...], ...] = ()
    healthy: Healthy = "stayed"
    candidates: int = 0
    compared_by: tuple[Message | str, ...] = ()
    nearest: float | None = None
    reason: Message | None = None


def likeness(today: Today, code: int) -> Likeness:
    """The healthy customers most like the one with this code, who were there at least 90 days longer.

    Of one who has been here longer than all of them they are told at an earlier age of both.
    """
    book = today.book
    age = None if book.is_snapshot else age_of(book, code)
    if age is None and not book.is_snapshot:
        return Likeness(None, reason=_("Its first day is not known, so nobody can be compared with it at the same "
                                       "age."))
    first = _at_age(today, code, age)
    if first.cases or age is None:
        return first
    earlier = (_at_age(today, code, days) for days in EARLIER_DAYS if days < age)
    return next((one for one in earlier if one.cases), first)


def _at_age(today: Today, code: int, age: int | None) -> Likeness:
    book = today.book
    known = _known_traits(book, code, age)
    if len(known) < FEWEST_TRAITS:
        return Likeness(age, reason=TOO_LITTLE)
    healthy, is_candidate = _candidates(today, code, age)
    apart = _apart(known, code)
    near = np.flatnonzero(is_candidate & ~np.isnan(apart))
    near = near[np.argsort(apart[near], kind="stable")]
    found = near[apart[near] <= MOST_APART][:MOST_CASES]
    facts = {"healthy": healthy, "candidates": int(is_candidate.sum()),
             "compared_by": tuple(one.label for one in known)}
    if not len(found):
        nearest = float(apart[near[0]]) if len(near) else None
        return Likeness(age, **facts, nearest=nearest, reason=_none(facts["candidates"], age))  # type: ignore[arg-type]
    return Likeness(age, tuple(found.tolist()), tuple(apart[found].tolist()),
                    tuple(_shared(known, code, one) for one in found.tolist()),
                    tuple(_near(known, code, one) for one in found.tolist()), **facts,  # type: ignore[arg-type]
                    nearest=float(apart[found[0]]))


def _none(candidates: int, age: int | None) -> Message:
    if not candidates:
        return (_("No healthy customer has been here 90 days longer than this one.") if age is not None
                else _("There is no healthy customer to compare with."))
    return _("No like customer: of {n} healthy ones who were here longer, none is near enough.", n=candidates)


def age_of(book: Book, code: int) -> int | None:
    """Days as a customer up to the end of the data or to leaving, the first day counted; None where it is not known."""
    assert book.as_of is not None
    start, last = int(book.start_day[code]), day_of(book.as_of)
    if start >= NEVER or start > last:
        return None
    return int(min(last + 1, book.once(_last_ends)[code]) - start)


def _last_ends(book: Book) -> Ints:
    """The first day behind each customer's last day with MRR; NEVER for who is still there."""
    found = np.full(len(book.customer_ids), NEVER, dtype=np.int64)
    customer, _begin, end = book.ledger.spells
    found[customer] = end  # sorted by customer and day: the last one stays
    return found


def _known_traits(book: Book, code: int, age: int | None) -> list[Trait]:
    """What is known of the customer at its age; of the windows of early use the longest."""
    known = [one for one in book.once(traits) if not np.isnan(one.values[code]) and (
        age is None or one.from_days <= age)]
    longest = max((one.from_days for one in known), default=0)
    return [one for one in known if one.from_days in (0, longest)]


def _apart(known: list[Trait], code: int) -> Floats:
    """Gower's distance of everybody from one customer; NaN where too little is known of them."""
    groups = [one.group for one in known]
    weight = np.array([1.0 / groups.count(group) for group in groups])
    each = np.column_stack([one.apart(code) for one in known])
    told = ~np.isnan(each)
    whole = (told * weight).sum(axis=1)
    with np.errstate(invalid="ignore"):
        mean = (np.where(told, each, 0.0) * weight).sum(axis=1) / whole
    return np.where(whole >= LEAST_KNOWN * weight.sum(), mean, np.nan)


def _candidates(today: Today, code: int, age: int | None) -> tuple[Healthy, np.ndarray]:
    """Who is healthy today, and was there long enough to be seen at the same age and after it."""
    book, found = today.book, today.is_there.copy()
    found[code] = False
    if age is not None:
        start = book.start_day
        found &= (start < NEVER) & (start + age + LONGER_DAYS <= today.day)
    if today.scores is not None:
        return "green", found & (today.band == BANDS.index("green"))
    if today.risk is not None:
        return "low_risk", found & (today.risk < np.nanmean(today.risk))
    return "stayed", found if age is None else found & _paid_no_less(today, age, np.flatnonzero(found))


def _paid_no_less(today: Today, age: int, who: Ints) -> np.ndarray:
    """Whose MRR of today is not below that at the age; without contracts everybody."""
    book, found = today.book, np.zeros(len(today.book.customer_ids), dtype=bool)
    if not book.has_contracts:
        found[who] = True
        return found
    ledger, day = book.ledger, book.start_day + age
    active = (ledger.start <= day[ledger.customer]) & (day[ledger.customer] < ledger.end)
    then = np.maximum(np.bincount(ledger.customer[active], ledger.mrr[active], ledger.size), 0.0) / MICRO
    found[who] = today.mrr[who] >= then[who]
    return found


def _shared(known: list[Trait], code: int, other: int) -> tuple[Message, ...]:
    """The words that two customers have in common."""
    return tuple(_("{feature}: {value}", feature=one.label, value=one.names[int(one.values[code])])
                 for one in known if one.is_category and one.values[code] == one.values[other])


def _near(known: list[Trait], code: int, other: int) -> tuple[Message | str, ...]:
    """The numbers in which two customers are near each other."""
    return tuple(one.label for one in known if not one.is_category and one.apart(code)[other] <= MOST_APART)


def case_table(today: Today, found: Likeness, language: Language) -> pd.DataFrame:
    """The cases with how alike they are (0..1), what they share, and what they pay."""
    code = np.array(found.cases, dtype=np.int64)
    book = today.book
    frame = pd.DataFrame({
        "customer_id": book.customer_ids[code], "customer_name": book.customers["customer_name"].to_numpy()[code],
        "likeness": 1 - np.array(found.apart), "shared": [shown(one, language) for one in found.shared],
        "near": [shown(one, language) for one in found.near]})
    if "owner" in book.customers:
        frame["owner"] = book.customers["owner"].to_numpy()[code]
    return frame.assign(mrr=today.mrr[code]) if book.has("subscriptions.mrr") else frame
