"""Values and goals as people type them, on the page and on the command line: 1.2%, 120万, 2m, *0.5, arr=...@2027-03."""

from __future__ import annotations

import math
import re
import unicodedata
from typing import get_args

from pydantic import ValidationError

from cs_kpi.errors import DataError
from cs_kpi.locale import LANGUAGES, _
from cs_kpi.locale.formats import MONEY_SCALE, Unit, money_affixes
from cs_kpi.targets.forecast import Ground, kpi_of
from cs_kpi.targets.levers import Lever, level, place_of
from cs_kpi.targets.scenario import DRIVER_UNITS, DriverId, Goal, GoalKpi
from cs_kpi.targets.words import Form

UNITS = {"": 1.0, "%": 0.01, "k": 1e3, "m": 1e6, "thousand": 1e3, "million": 1e6, "ten thousand": 1e4, "千": 1e3,
         "万": 1e4, "百万": 1e6, "億": 1e8}
GOALS_TYPED: dict[Unit, str] = {"money": "1,200,000, 1.2m, 120万", "share": "104.5%", "count": "1,200"}
"""Goals as they may be typed."""
_UNIT = "|".join(sorted(filter(None, UNITS), key=len, reverse=True))
_PART = rf"([\d,_]*\.?\d+)\s*({_UNIT})?"
_NUMBER = re.compile(rf"(?P<times>[*×x]\s*)?(?:{_PART}\s*)+", re.IGNORECASE)


def number(text: str) -> tuple[bool, float]:
    """Whether what is typed is a factor of today's value, and the number. Raises DataError where it is neither.

    >>> number("1億2000万"), number("*0.5"), number("1.2%")
    ((False, 120000000.0), (True, 0.5), (False, 0.012))
    """
    said = unicodedata.normalize("NFKC", text).strip()
    read = _NUMBER.fullmatch(said)
    if not read:
        if _NUMBER.fullmatch(said.lstrip("-−▲△").strip()):
            raise DataError(_("'{text}' is below zero. Write a value of 0 or more, or *0.5 for half of today's.",
                              text=text))
        raise _unreadable(text)
    parts = re.findall(_PART, said, re.IGNORECASE)
    found = sum(float(re.sub("[,_]", "", digits)) * UNITS[unit.lower()] for digits, unit in parts)
    if not math.isfinite(found):
        raise _unreadable(text)
    return bool(read["times"]), found


def _unreadable(text: str) -> DataError:
    return DataError(_("'{text}' is not a number. Write for instance 0.008, 0.8%, 1,200,000, 1.2m, 120万 or *0.5.",
                       text=text))


def typed(text: str, driver: DriverId, now: float, form: Form) -> float:
    """A driver's value as typed into its field, where a share is in percent and money in the unit that is shown.

    now : today's value, which *0.5 halves
    """
    is_factor, value = _in_form(text, DRIVER_UNITS[driver], form)
    return value * now if is_factor else value


def typed_goal(text: str, kpi: GoalKpi, form: Form) -> float:
    """A goal's value as typed into its field, read as a driver's is. Raises DataError where it is none."""
    unit = kpi_of(kpi).unit
    try:
        is_factor, value = _in_form(text, unit, form)
    except DataError:
        is_factor, value = False, 0.0
    if is_factor or not value:
        raise DataError(_("'{text}' cannot be a goal: it takes a value above 0. Write for instance {examples}.",
                          text=text, examples=GOALS_TYPED[unit]))
    return value


def _in_form(text: str, unit: Unit, form: Form) -> tuple[bool, float]:
    """Whether it is a factor, and the number: of a bare one, percent of a share, or the money unit that is shown."""
    said = unicodedata.normalize("NFKC", text)
    bare = _without_currency(said, form) if unit == "money" else said
    is_factor, value = number(bare)
    if is_factor or bare != said or any(character.isalpha() or character == "%" for character in bare):
        return is_factor, value
    return False, value * (0.01 if unit == "share" else MONEY_SCALE[form.money_unit] if unit == "money" else 1.0)


def _without_currency(said: str, form: Form) -> str:
    """The amount without its currency, in either language's form; without any where the book's is not known."""
    signs = {sign.strip() for language in LANGUAGES for sign in money_affixes(language, form.currency)}
    if form.currency is None:
        signs |= {"円", *(character for character in said if unicodedata.category(character) == "Sc")}
    for sign in filter(None, [*signs, form.currency]):
        said = said.replace(sign, "")
    return said


def value(of: Ground, driver: DriverId, segment: str | None, text: str) -> float:
    """A driver's value as written after `--set`."""
    is_factor, found = number(text)
    return found * today(of, driver, segment) if is_factor else found


def today(of: Ground, driver: DriverId, segment: str | None = None) -> float:
    """A driver's value as it is; 0 for onboarding where nothing is known of it."""
    if driver == "onboarding":
        return of.effect.completed if of.effect else 0.0
    return float(level(of.base, of.base.values, Lever(driver, place_of(of.base, segment))))


def goal(text: str) -> Goal:
    """A goal as written KPI=VALUE@MONTH."""
    name, _equals, rest = text.partition("=")
    value, _at, month = rest.partition("@")
    is_factor, reached = number(value)
    try:
        if not is_factor:
            return Goal(kpi=name.strip(), value=reached, month=month.strip())  # type: ignore[arg-type]
    except ValidationError:
        pass
    raise DataError(_("'{text}' is not a goal. Write for instance arr=120000000@2027-03; the KPIs are {kpis}.",
                      text=text, kpis=list(get_args(GoalKpi))))
