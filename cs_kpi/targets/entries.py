"""Values and goals as people type them, on the page and on the command line: 1.2%, 120万, 2m, *0.5, arr=...@2027-03."""

from __future__ import annotations

import math
import re
import unicodedata
from typing import get_args

from pydantic import ValidationError

from cs_kpi.errors import DataError
from cs_kpi.locale import _
from cs_kpi.locale.formats import MONEY_SCALE, money_affixes
from cs_kpi.targets.forecast import Ground
from cs_kpi.targets.levers import Lever, level, place_of
from cs_kpi.targets.scenario import DRIVER_UNITS, DriverId, Goal, GoalKpi
from cs_kpi.targets.words import Form

UNITS = {"": 1.0, "%": 0.01, "k": 1e3, "m": 1e6, "thousand": 1e3, "million": 1e6, "ten thousand": 1e4, "千": 1e3,
         "万": 1e4, "百万": 1e6, "億": 1e8}
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
    said = unicodedata.normalize("NFKC", text)
    for affix in filter(None, (*money_affixes(form.language, form.currency), form.currency)):
        said = said.replace(affix.strip(), "")
    is_factor, value = number(said)
    if is_factor:
        return value * now
    has_unit = any(character.isalpha() or character == "%" for character in said)
    if has_unit:
        return value
    return value / 100 if DRIVER_UNITS[driver] == "share" else value * MONEY_SCALE[form.money_unit]


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
    try:
        return Goal(kpi=name.strip(), value=number(value)[1], month=month.strip())  # type: ignore[arg-type]
    except ValidationError:
        raise DataError(_("'{text}' is not a goal. Write for instance arr=120000000@2027-03; the KPIs are {kpis}.",
                          text=text, kpis=list(get_args(GoalKpi)))) from None
